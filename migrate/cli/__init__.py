"""The command line: one file per command, each a thin shell over a function that tests call directly.

A command is one line of COMMANDS and one module with a click command named ``command``. Modules are imported when
their command runs, so that ``migrate --help`` starts at once.
"""

from __future__ import annotations

import difflib
import importlib
import os
import signal
import sys

import click
from click.shell_completion import CompletionItem

from converters.errors import NO_ROOM, describe
from converters.outcome import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_USAGE
from migrate import __version__
from migrate.cli.help_language import (
    FrenchFormatter,
    in_french,
    in_language,
    language_asked,
    usage_error,
)
from migrate.locale import sentence
from migrate.sentences import error_remedy, error_sentence

# name -> (module, one line of help), in the order of the work
COMMANDS: dict[str, tuple[str, str]] = {
    "scan": ("migrate.cli.scan", "What exists, what is in it, what stands in the way"),
    "tenant": ("migrate.cli.tenant", "A Microsoft 365 tenant: what a scan may read, and how one grants it"),
    "inventory": (
        "migrate.cli.inventory",
        "What the scans found, by department, kind, risk, age, owner, feature",
    ),
    "duplicates": ("migrate.cli.duplicates", "Which files are copies, and how much is left to convert once"),
    "links": (
        "migrate.cli.links",
        "Where links lead across shares, templates in use, who exchanges with whom",
    ),
    "privacy": ("migrate.cli.privacy", "What the database tells of people, for what and how long"),
    "interfaces": ("migrate.cli.interfaces", "Which files programs read or write, and stay as they are"),
    "inspect": ("migrate.cli.inspect", "What is in a file and what it would lose"),
    "convert": ("migrate.cli.convert", "One file or whole shares to ODF, with a verdict for every file"),
    "verify": ("migrate.cli.verify", "Is everything of the source in the result?"),
    "history": ("migrate.cli.history", "What happened to a file: when, how, with which losses"),
    "fix": ("migrate.cli.fix", "One broken file of one colleague: put right, explained, with a reply"),
    "plan": ("migrate.cli.plan", "What each department saves, what it costs, and from when"),
    "explain": ("migrate.cli.explain", "Any figure of a plan back to prices, rules, dates and files"),
    "report": ("migrate.cli.report", "The plan for those who decide, in French or English"),
    "serve": ("migrate.cli.serve", "Pages in a browser for managers, IT staff and the helpdesk"),
    "doctor": ("migrate.cli.doctor", "Is everything here that the work needs?"),
    "demo": ("migrate.cli.demo", "The whole path on a sample share, made on the spot"),
    "completion": ("migrate.cli.completion", "Commands and options completed by bash, zsh or fish"),
}

EPILOG = """\b
Exit codes:
  0    nothing is worse than --fail-on allows
  1    something is, or a file was refused
  2    something failed
  3    usage, configuration or environment
  130  interrupted"""


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return importlib.import_module(COMMANDS[cmd_name][0]).command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's own; an unknown command names the nearest."""
        language = language_asked(args)
        near = difflib.get_close_matches(args[0], COMMANDS, 1)
        if near and args[0] not in COMMANDS:
            ctx.fail(f"No such command '{args[0]}'. Did you mean '{near[0]}'?")
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and in_language(command, language), rest

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """As click's own, without importing every command for its help."""
        names = [
            CompletionItem(name, help=text)
            for name, (_module, text) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            french = isinstance(formatter, FrenchFormatter)
            formatter.write_dl(
                [
                    (name, in_french(text) or "" if french else text)
                    for name, (_module, text) in COMMANDS.items()
                ]
            )


@click.group(cls=_LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="migrate")
def group() -> None:
    """Leave Microsoft Office with proof: inventory, conversion to ODF, savings plan, report.

    \b
    migrate demo ./demo                   see the whole path on a sample share
    migrate inspect letter.docx           what is in a file and what it would lose
    migrate convert letter.docx           one file, beside the source
    migrate convert ./share --to ./odf    a whole tree, resumable
    """


def main() -> None:
    """The console script: usage errors and a full disk exit 3, an interruption 130, what nobody foresaw 2."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = in_language(group, language_asked(sys.argv)).main(prog_name="migrate", standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(sentence("terminal", "interrupted", language_asked(sys.argv)), err=True)
        code = EXIT_INTERRUPTED
    except click.ClickException as error:
        _show(error)
        code = EXIT_USAGE
    except Exception as error:
        if os.environ.get("MIGRATE_DEBUG"):
            raise
        code = _report_unforeseen(error)
    sys.exit(code if isinstance(code, int) else 0)


def _show(error: click.ClickException) -> None:
    if isinstance(error, click.UsageError):
        click.echo(usage_error(error, language_asked(sys.argv)), err=True)
    else:
        error.show()


def _report_unforeseen(error: Exception) -> int:
    """Say in one sentence what no command foresaw, and answer the exit code."""
    language = language_asked(sys.argv)
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        detail = ": ".join(filter(None, (error.filename and str(error.filename), error.strerror)))
        text = error_sentence("CANNOT_WRITE", {"detail": detail}, language)
        click.echo(sentence("terminal", "error", language, text=text), err=True)
        click.echo(error_remedy("CANNOT_WRITE", {}, language), err=True)
        return EXIT_USAGE
    click.echo(sentence("terminal", "unforeseen", language, detail=describe(error)), err=True)
    return EXIT_FAILED
