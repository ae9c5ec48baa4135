"""Structured references to tables (ECMA-376 Part 1, 18.17.2.4) as the areas that they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from converters.xlsx_to_ods.formula_tokens import FormulaSyntaxError, tokens
from converters.xlsx_to_ods.references import Area

_ITEM = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
_ESCAPED = re.compile(r"'(.)")


@dataclass(frozen=True, slots=True)
class Table:
    """A table part (18.5.1.2). ``name`` is the display name that formulas use."""

    name: str
    sheet: str
    area: Area
    columns: tuple[str, ...]
    header_rows: int = 1
    total_rows: int = 0
    filtered: bool = False
    positions: Mapping[str, int] = field(default_factory=dict)


def resolve_table(text: str, tables: Mapping[str, Table], row: int, sheet: str) -> tuple[Table, Area] | None:
    """The table and area of ``Sales[[#This Row],[Amount]]`` for a formula in a row of a sheet.

    None where the table, a column or the wanted part is not there. A reference without a name means the table
    around the cell.
    """
    name, _, _rest = text.partition("[")
    if name:
        table = tables.get(name.lower())
    else:
        table = next((t for t in tables.values() if t.sheet == sheet and _holds(t.area, row)), None)
    if table is None:
        return None
    inside = text[len(name) + 1 : -1]
    specifiers, columns = _split(inside)
    span = _columns(table, columns)
    rows = _rows(table, specifiers, row)
    if span is None or rows is None:
        return None
    return table, Area(rows[0], span[0], rows[1], span[1])


def grows_with_table(formula: str) -> bool:
    """Whether a formula (without ``=``) refers to rows of a table that grow as rows are added to it: to a column, the
    data or all of it, and not to the row of the formula, the header or the totals alone."""
    if "[" not in formula:
        return False
    try:
        return any(token.kind == "table" and _grows(token.text) for token in tokens(formula))
    except FormulaSyntaxError:
        return False


def _grows(reference: str) -> bool:
    specifiers, _columns_named = _split(reference[reference.index("[") + 1 : -1])
    return not specifiers or bool({"#all", "#data"}.intersection(specifiers))


def _holds(area: Area, row: int) -> bool:
    return area.first_row <= row <= area.last_row


def _split(inside: str) -> tuple[list[str], list[str]]:
    """(item specifiers like ``#this row``, column names) of what stands between the outer brackets."""
    inside = inside.strip()
    specifiers: list[str] = []
    if inside.startswith("@"):
        specifiers.append("#this row")
        inside = inside[1:]
    items = [match[1] for match in _ITEM.finditer(inside)] if "[" in inside else [inside] if inside else []
    columns = []
    for item in items:
        if item.startswith("#"):
            specifiers.append(item.lower())
        else:
            columns.append(_ESCAPED.sub(r"\1", item))
    return specifiers, columns


def _columns(table: Table, names: list[str]) -> tuple[int, int] | None:
    if not names:
        return table.area.first_column, table.area.last_column
    positions = [table.positions.get(name.lower()) for name in names]
    found = [position for position in positions if position is not None]
    if len(found) != len(positions):
        return None
    return table.area.first_column + min(found), table.area.first_column + max(found)


def _rows(table: Table, specifiers: list[str], row: int) -> tuple[int, int] | None:
    first_data = table.area.first_row + table.header_rows
    last_data = table.area.last_row - table.total_rows
    parts = {
        "#all": (table.area.first_row, table.area.last_row),
        "#data": (first_data, last_data),
        "#headers": (table.area.first_row, first_data - 1) if table.header_rows else None,
        "#totals": (last_data + 1, table.area.last_row) if table.total_rows else None,
        "#this row": (row, row),
    }
    wanted = [parts.get(specifier) for specifier in specifiers or ["#data"]]
    found = [part for part in wanted if part is not None]
    if len(found) != len(wanted) or not found:
        return None
    return min(part[0] for part in found), max(part[1] for part in found)
