"""The help of commands in the reader's language. English stands in the code, French in ``migrate/locale/help.toml``.

A copy of a command is made whose texts are those of the language; what click itself writes around them is too.
"""

from __future__ import annotations

import copy
import inspect
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import click

from migrate.locale import LANGUAGES, help_in_french, preferred_language, sentence, usage_in_french

# a line of examples or exit codes: what is typed, and what it is for
_EXAMPLE = re.compile(r"^(\s*\S(?:.*?\S)?)(\s{2,})(\S.*)$")
_DEFAULT = re.compile(r"\s*\[default: (.*)\]$")
_HEADINGS = {"Options": "Options", "Commands": "Commandes", "Arguments": "Arguments"}
_OF_CLICK = (
    ("Show this message and exit.", "Afficher ce message et terminer."),
    ("[default: ", "[par défaut\u00a0: "),
    ("[required]", "[obligatoire]"),
    ("(default: ", "(par défaut\u00a0: "),
)


def language_asked(arguments: Sequence[str]) -> str:
    """The language of ``--lang`` among arguments, for what is said outside of a command; else as ever."""
    joined = [argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")]
    apart = [value for option, value in pairwise(arguments) if option == "--lang"]
    return preferred_language(next((value for value in joined + apart if value[:2] in LANGUAGES), None))


def in_language(command: click.Command, language: str) -> click.Command:
    """The command with its help in a language; itself for English."""
    if language != "fr":
        return command
    french = copy.copy(command)
    french.context_class = _FrenchContext
    french.help, french.epilog = in_french(command.help), in_french(command.epilog)
    french.params = [_french_parameter(parameter) for parameter in command.params]
    french._help_option = None  # click keeps the option that it made for the other language
    if isinstance(french, click.Group) and isinstance(command, click.Group):
        french.commands = {name: in_language(one, language) for name, one in command.commands.items()}
    return french


def usage_error(error: click.ClickException, language: str) -> str:
    """What is wrong with a command line, with its usage and where help is, in a language."""
    message, context = error.format_message(), getattr(error, "ctx", None)
    lines = [context.get_usage(), help_hint(context, language), ""] if context else []
    if language == "fr":
        message = _wrong_in_french(message)
    return "\n".join([*lines, sentence("terminal", "error", language, text=message)])


def help_hint(context: click.Context, language: str) -> str:
    return sentence("terminal", "help_hint", language, command=f"{context.command_path} --help")


def _wrong_in_french(message: str) -> str:
    for pattern, french in usage_in_french().items():
        if found := pattern.fullmatch(message):
            return french.format(*found.groups())
    return message


def _french_parameter(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    french = copy.copy(parameter)
    french.help = in_french(parameter.help)
    return french


def in_french(text: str | None) -> str | None:
    """A help text in French, paragraph by paragraph; what is typed and what stands in no table stays."""
    if not text:
        return text
    return "\n\n".join(map(_paragraph, re.split(r"\n[ \t]*\n", inspect.cleandoc(text))))


def _paragraph(text: str) -> str:
    if "\b" in text:
        return "\n".join(map(_line, text.split("\n")))
    plain, default = " ".join(text.split()), ""
    if found := _DEFAULT.search(plain):
        plain, value = plain[: found.start()], found[1]
        default = f"  [default: {_said(f'= {value}', value)}]"
    return f"{_said(plain, plain) if plain else plain}{default}".strip()


def _line(text: str) -> str:
    if found := _EXAMPLE.match(text):
        return f"{found[1]}{found[2]}{_said(found[3], found[3])}"
    if not text.strip("\b \t"):
        return text
    indent = text[: len(text) - len(text.lstrip())]
    return indent + _said(text.strip(), text.strip())


def _said(english: str, otherwise: str) -> str:
    return help_in_french().get(english, otherwise)


class FrenchFormatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Utilisation\u00a0: ")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}\u00a0:\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(term, _of_click(text)) for term, text in rows], col_max, col_spacing)


def _of_click(text: str) -> str:
    for english, french in _OF_CLICK:
        text = text.replace(english, french)
    return text


class _FrenchContext(click.Context):
    formatter_class = FrenchFormatter
