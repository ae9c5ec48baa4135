"""What commands share: options, progress on a terminal, JSON, errors of the environment as one line with a remedy."""

from __future__ import annotations

import functools
import json
import os
import re
import sys
import textwrap
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from rich import box
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from converters.errors import ConverterError
from converters.outcome import EXIT_OK, EXIT_USAGE
from inventory.database import DEFAULT_DATABASE
from inventory.errors import InventoryError
from migrate.locale import LANGUAGES, preferred_language, remedy, sentence
from migrate.policy import Policy, PolicyError, load_policy, with_options
from migrate.sentences import error_remedy, error_sentence, reason_sentence, shown

TERMINAL_COLUMNS = 80
LISTED = 20  # files that a summary names; --json names all

Function = TypeVar("Function", bound=Callable[..., Any])

# what a progress is told: (done, total)
Step = Callable[[int, int], None]


def config_option(function: Function) -> Function:
    return click.option(
        "--config", type=click.Path(dir_okay=False, path_type=Path), help="Configuration file (migrate.toml)."
    )(function)


def database_option(function: Function) -> Function:
    return click.option(
        "--db",
        metavar="PATH|URL",
        help=f"Database: a local path or a PostgreSQL URL.  [default: {DEFAULT_DATABASE}]",
    )(function)


def json_option(function: Function) -> Function:
    return click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")(
        function
    )


def language_option(function: Function) -> Function:
    return click.option("--lang", type=click.Choice(LANGUAGES), help="Language of what is said.")(function)


def answer_options(function: Function) -> Function:
    """What every command has that answers from the database: --db, --json, --config, --lang, errors as sentences."""
    for decorated in (with_known_errors, language_option, config_option, json_option, database_option):
        function = decorated(function)
    return function


def department_options(function: Function) -> Function:
    """--departments and --on: a table of departments (or None) and the day (a date) that it is read for."""
    table = click.option(
        "--departments",
        "departments_file",
        type=click.Path(dir_okay=False, exists=True, path_type=Path),
        help="Table of folders and departments: CSV with path, department, from, until.",
    )
    day = click.option(
        "--on",
        "day",
        type=click.DateTime(["%Y-%m-%d"]),
        callback=lambda _context, _option, given: (given or datetime.now(UTC)).date(),
        help="The day whose departments count.  [default: today]",
    )
    return table(day(function))


def policy_for(config: Path | None, database: str | None, language: str | None) -> Policy:
    """The policy with the options that every command has. Raises PolicyError."""
    return with_options(load_policy(config), database=database, language=language)


def language_of(policy: Policy) -> str:
    return preferred_language(policy.language or None)


def check_files(files: Iterable[Path]) -> None:
    """Raises InventoryError SOURCE_MISSING, SOURCE_IS_FOLDER for a name that is no file."""
    for file in files:
        if file.is_dir():
            raise InventoryError("SOURCE_IS_FOLDER", source=shown(file))
        if not file.exists():
            raise InventoryError("SOURCE_MISSING", source=shown(file))


def ask_for_password(language: str) -> str:
    """A password, typed unseen; never given as an option's value, where others could read it."""
    answer: str = click.prompt(sentence("helpdesk", "password", language), hide_input=True, err=True)
    return answer


def cores() -> int:
    """The number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _KnownError(click.ClickException):
    exit_code = EXIT_USAGE

    def __init__(self, text: str, language: str) -> None:
        super().__init__(text)
        self.language = language

    def show(self, file: Any = None) -> None:
        say(sentence("terminal", "error", self.language, text=self.message), err=True)


def with_known_errors(function: Function) -> Function:
    """Wrong configuration and environment become a sentence with its remedy, and exit code 3."""

    @functools.wraps(function)
    def wrapped(*arguments: Any, **options: Any) -> Any:
        try:
            return function(*arguments, **options)
        except (InventoryError, PolicyError, ConverterError) as error:
            language = preferred_language(options.get("lang"))
            raise _KnownError(known_error_text(error, language), language) from error

    return wrapped  # type: ignore[return-value]


def known_error_text(error: InventoryError | PolicyError | ConverterError, language: str) -> str:
    """What is wrong and, on a line of its own, its remedy."""
    if isinstance(error, ConverterError):
        parts = (
            error_sentence(error.code, error.params, language),
            error_remedy(error.code, error.params, language),
        )
    else:
        parts = (
            reason_sentence(error.code, language, **error.params),
            remedy("reasons", error.code, language, **error.params),
        )
    return "\n".join(part for part in parts if part)


def write_json(document: Any) -> None:
    """One JSON document, in ASCII: names that are no Unicode come through as escapes."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=True))


def answer(
    document: dict[str, Any], tell: Callable[[dict[str, Any], str], None], language: str, *, as_json: bool
) -> int:
    """An answer as the one document, or as ``tell`` says it in a language; answers the exit code."""
    if as_json:
        write_json(document)
    else:
        tell(document, language)
    return EXIT_OK


def write_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], console: Console | None = None
) -> None:
    """A table that fits 80 columns on a terminal; when piped, a line per row with tabs between, nothing cut."""
    console = console or terminal()
    if not console.is_terminal:
        for row in (headers, *rows):
            click.echo("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, header in enumerate(headers):
        figures = all(_FIGURE.fullmatch(row[number]) for row in rows)
        table.add_column(header, overflow="fold", justify="right" if rows and figures else "left")
    for row in rows:
        table.add_row(*map(_literal, row))
    console.print(table)


# a cell of a column that stands right: a number with its grouping, a percentage, a dash, nothing
_FIGURE = re.compile(r"[-\u2212–]?[\d\s\u00a0\u202f.,]*[\u00a0\u202f ]?%?")


def _literal(text: str) -> str:
    return text.replace("[", "\\[")


def terminal() -> Console:
    console = Console(highlight=False, soft_wrap=False)
    if console.is_terminal and console.width > TERMINAL_COLUMNS:
        console = Console(highlight=False, width=min(console.width, 120))
    return console


def say(text: str = "", *, style: str = "", err: bool = False, hanging: int | None = None) -> None:
    """Lines on standard output or error: broken between words on a terminal and coloured there alone, whole elsewhere.

    ``hanging`` is the column under which further lines stand, if not what the text begins with says.
    """
    console = _console(err)
    for line in text.split("\n"):
        shown_line = wrapped(line, console.width, hanging) if console.is_terminal else line
        console.print(Text(shown_line, style=style), soft_wrap=True, highlight=False)


def say_command(line: str, indent: int = 4) -> None:
    """A command to be copied: where a terminal is too narrow, broken as a shell reads it."""
    console, begins = _console(), " " * indent
    if not console.is_terminal or os.name == "nt":
        say(begins + line)
        return
    broken = textwrap.wrap(
        line,
        console.width - indent - 2,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    console.print(Text(" \\\n".join(begins + part for part in broken)), soft_wrap=True, highlight=False)


# what the further lines of a paragraph stand under: its indent with a bullet, a number of a list or a count
_HANGING = re.compile(r"\s+[\d\u00a0\u202f]+\s{2,}|\s*(?:[-–→]|\d+\.)\s+|\s*")


def wrapped(line: str, columns: int, hanging: int | None = None) -> str:
    """A line broken between words to ``columns``; a word that is longer, such as a path, stays whole to be copied."""
    begins = _HANGING.match(line)
    indent = " " * (hanging if hanging is not None else begins.end() if begins else 0)
    return "\n".join(
        textwrap.wrap(line, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        or [""]
    )


def near(path: object) -> str:
    """A path for a person: from the working folder on a terminal where it lies below, whole elsewhere."""
    text = shown(path)
    here = f"{Path.cwd()}{os.sep}"
    return text.removeprefix(here) if _console().is_terminal else text


def say_counts(rows: Iterable[tuple[int, str]]) -> None:
    """A line per row: how many, of what."""
    for count, text in rows:
        say(f"{count:7}  {text}")


def suggest(code: str, language: str, **params: object) -> None:
    """The next step, for a person at a terminal; whoever reads a pipe has not asked."""
    if _console().is_terminal:
        say()
        say(sentence("next", code, language, **params), style="dim")


@contextmanager
def progress(label: str, *, quiet: bool = False) -> Iterator[Step]:
    """A bar with rate and time left on standard error while it is a terminal; nothing elsewhere.

    with progress("Converting") as step:
        step(done, total)                 # total 0: not known yet
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    started = time.monotonic()
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(label, total=None, rate="")

        def step(done: int, total: int) -> None:
            seconds = max(time.monotonic() - started, 0.001)
            bars.update(task, completed=done, total=total or None, rate=f"{done / seconds:.1f}/s")

        yield step


def _console(err: bool = False) -> Console:
    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else 200
    return Console(file=stream, width=width, markup=False, emoji=False)
