"""Options that several commands have, and how a command speaks: tables on a terminal, tab-separated when piped."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table

from migrate.locale import LANGUAGES, preferred_language

TERMINAL_COLUMNS = 80

lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    callback=lambda _context, _option, value: preferred_language(value),
    help="Language of the answer (default: MIGRATE_LANG, then the system's).",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Write JSON with stable English identifiers."
)


_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def write_json(answer: Any) -> None:
    """One JSON document; file names that are no Unicode come through as escapes."""
    text = json.dumps(answer, ensure_ascii=False, indent=2)
    click.echo(_LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


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
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*map(_literal, row))
    console.print(table)


def _literal(text: str) -> str:
    return text.replace("[", "\\[")


def terminal() -> Console:
    console = Console(highlight=False, soft_wrap=False)
    if console.is_terminal and console.width > TERMINAL_COLUMNS:
        console = Console(highlight=False, width=min(console.width, 120))
    return console
