"""``migrate completion``: what a shell reads to complete commands, options and their values."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from migrate.cli.terminal import language_option, suggest
from migrate.locale import preferred_language

# shell -> the file that it reads at its start, and the line that goes there
SHELLS = {
    "bash": ("~/.bashrc", 'eval "$(migrate completion bash)"'),
    "zsh": ("~/.zshrc", 'eval "$(migrate completion zsh)"'),
    "fish": ("~/.config/fish/config.fish", "migrate completion fish | source"),
}


@click.command()
@click.argument("shell", type=click.Choice(list(SHELLS)))
@language_option
def command(shell: str, lang: str | None) -> None:
    """Print what SHELL reads to complete the commands and options of migrate.

    \b
    eval "$(migrate completion bash)"     in ~/.bashrc
    eval "$(migrate completion zsh)"      in ~/.zshrc
    migrate completion fish | source      in ~/.config/fish/config.fish
    """
    click.echo(completion_script(shell))
    file, line = SHELLS[shell]
    suggest("completion", preferred_language(lang), file=file, line=line)


def completion_script(shell: str) -> str:
    """The script of a shell of :data:`SHELLS`; it asks the program itself for every answer."""
    found = get_completion_class(shell)
    assert found is not None
    # click's own source() first runs the shell to learn its version, which may be another's than the reader's
    made = found(click.Command("migrate"), {}, "migrate", "_MIGRATE_COMPLETE")
    return made.source_template % made.source_vars()
