"""The cells of a pivot table, laid out from the records of its cache as LibreOffice lays it out when it refreshes it.

For tables in tabular form with at most one field in the columns; any other stays without figures. The words between
the figures are LibreOffice's own.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from converters.xlsx_to_ods.pivot_model import DATA_LAYOUT, DataField, PivotField, PivotTable
from converters.xlsx_to_ods.pivot_records import Item
from converters.xlsx_to_ods.references import MAX_COLUMN, MAX_ROW, Area

Record = tuple[Item, ...]
_NO_NUMBER = "#DIV/0!"
# table:function -> the figure of the numbers; those that need more of them than there are have none
_FUNCTIONS: dict[str, Callable[[Sequence[float]], float]] = {
    "sum": math.fsum,
    "average": statistics.fmean,
    "max": max,
    "min": min,
    "product": math.prod,
    "countnums": len,
    "stdev": statistics.stdev,
    "stdevp": statistics.pstdev,
    "var": statistics.variance,
    "varp": statistics.pvariance,
}
_ZERO_WITHOUT_NUMBERS = frozenset(("sum", "max", "min"))


@dataclass(frozen=True, slots=True)
class ResultCell:
    """``field`` is the field whose number format shows the value, None for words; ``data`` the data field that it is of."""

    row: int
    column: int
    value: str | float
    field: int | None = None
    data: DataField | None = None


@dataclass(frozen=True, slots=True)
class PivotResult:
    area: Area
    cells: tuple[ResultCell, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: its labels by the position of their field, and the records that it sums up."""

    labels: dict[int, Item]
    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures. ``member`` is None for the total, and where no field stands in the columns."""

    data: DataField
    member: Item | None
    is_total: bool = False


def lay_out(table: PivotTable, records: Sequence[Record]) -> PivotResult | None:
    """The table's cells; None for a table of another form, or one that would leave the sheet."""
    data = {item.field for item in table.data}
    if not _is_plain(table) or any(record[field].is_uncountable for record in records for field in data):
        return None
    shown = [record for record in records if _is_shown(table, record)]
    lines = list(_lines(table, shown, 0))
    if table.grand_total in ("both", "column"):
        lines.append(_Line({0: Item("Total Result")}, shown))
    columns = _columns(table, shown)
    head = _head(table, columns)
    first_row, first_column = table.area.first_row, table.area.first_column
    last_row = first_row + len(head) + len(lines) - 1
    last_column = first_column + len(table.rows) + len(columns) - 1
    if last_row > MAX_ROW or last_column > MAX_COLUMN:
        return None
    cells = [
        ResultCell(first_row + row, first_column + column, value, field)
        for row, line in enumerate(head)
        for column, (value, field) in sorted(line.items())
    ]
    for row, line in enumerate(lines, first_row + len(head)):
        cells += _line_cells(table, line, columns, row, first_column)
    return PivotResult(Area(first_row, first_column, last_row, last_column), tuple(cells))


def _is_plain(table: PivotTable) -> bool:
    fields = _column_fields(table)
    layout = DATA_LAYOUT in table.columns
    return (
        bool(table.rows and table.data)
        and not table.pages
        and DATA_LAYOUT not in table.rows
        and len(fields) <= 1
        and (not layout or table.columns[-1] == DATA_LAYOUT)
        and (layout or len(table.data) == 1)
        and all(_is_plain_field(table.fields[number]) for number in (*table.rows, *fields))
        and all(
            item.shown_as == "normal" and not table.fields[item.field].cache.is_calculated
            for item in table.data
        )
    )


def _column_fields(table: PivotTable) -> list[int]:
    return [number for number in table.columns if number != DATA_LAYOUT]


def _is_plain_field(field: PivotField) -> bool:
    return (
        not (field.is_outline or field.has_blank_lines or field.shows_empty)
        and field.cache.base is None
        and field.cache.ranges is None
        and field.subtotals in ((), ("auto",))
        and field.sort_data is None
        and all(
            member.name in field.cache.items and member.name is not None and not member.is_collapsed
            for member in field.members
        )
    )


def _is_shown(table: PivotTable, record: Record) -> bool:
    return not any(
        member.is_hidden and record[number].name == member.name
        for number in (*table.rows, *_column_fields(table))
        for member in table.fields[number].members
    )


# -- rows and columns ----------------------------------------------------------------------------------------------


def _members(table: PivotTable, number: int, records: Sequence[Record]) -> list[tuple[Item, list[Record]]]:
    """The items of a field among the records, in the order of the table, each with its records."""
    field = table.fields[number]
    found: dict[Item, list[Record]] = {}
    for record in records:
        found.setdefault(record[number], []).append(record)
    if field.sort == "manual":
        order = {member.name: position for position, member in enumerate(field.members)}
        return sorted(found.items(), key=lambda item: order.get(item[0].name, len(order)))
    return sorted(found.items(), key=_alphabetical, reverse=field.sort == "descending")


def _alphabetical(entry: tuple[Item, list[Record]]) -> tuple[bool, float, str]:
    item = entry[0]
    return item.number is None, item.number or 0.0, (item.name or "").casefold()


def _lines(table: PivotTable, records: Sequence[Record], depth: int) -> Iterator[_Line]:
    """The rows below one member of the outer fields: members of this field, each with its rows and its result."""
    for item, own in _members(table, table.rows[depth], records):
        if depth + 1 == len(table.rows):
            yield _Line({depth: item}, own)
            continue
        label = {depth: item}
        for line in _lines(table, own, depth + 1):
            yield _Line(label | line.labels, line.records)
            label = {}
        if table.fields[table.rows[depth]].subtotals:
            yield _Line({depth: Item(f"{_shown(item)} Result")}, own)


def _columns(table: PivotTable, records: Sequence[Record]) -> list[_Column]:
    fields = _column_fields(table)
    if not fields:
        return [_Column(data, None) for data in table.data]
    members = [item for item, _own in _members(table, fields[0], records)]
    found = [_Column(data, member) for member in members for data in table.data]
    if table.grand_total in ("both", "row"):
        found += [_Column(data, None, is_total=True) for data in table.data]
    return found


def _head(table: PivotTable, columns: Sequence[_Column]) -> list[dict[int, tuple[str | float, int | None]]]:
    """The rows above the figures: by column, a value and the field that shows it."""
    fields, first = _column_fields(table), len(table.rows)
    several = DATA_LAYOUT in table.columns
    names: dict[int, tuple[str | float, int | None]] = {
        position: (table.fields[number].cache.name, None) for position, number in enumerate(table.rows)
    }
    if several or not fields:
        names |= {
            first + position: (column.data.name, None)
            for position, column in enumerate(columns)
            if not column.is_total
        }
    if not fields:
        return [{first: ("Data", None)}, names] if several else [names]
    members: dict[int, tuple[str | float, int | None]] = {}
    for position, column in enumerate(columns):
        if column.is_total:
            total = f"Total {column.data.name}" if several else "Total Result"
            members[first + position] = (total, None)
        elif position % len(table.data) == 0 and column.member is not None:
            members[first + position] = (_value(column.member), fields[0])
    title: tuple[str | float, int | None] = (table.fields[fields[0]].cache.name, None)
    if several:
        return [{first: title, first + 1: ("Data", None)}, members, names]
    return [{0: (table.data[0].name, None), first: title}, names | members]


# -- cells ---------------------------------------------------------------------------------------------------------


def _line_cells(
    table: PivotTable, line: _Line, columns: Sequence[_Column], row: int, first_column: int
) -> Iterator[ResultCell]:
    for position, item in line.labels.items():
        yield ResultCell(row, first_column + position, _value(item), table.rows[position])
    fields = _column_fields(table)
    for position, column in enumerate(columns, first_column + len(table.rows)):
        records = line.records
        if column.member is not None:
            records = [record for record in records if record[fields[0]] == column.member]
        figure = _figure(column.data, records)
        if figure is not None:
            yield ResultCell(row, position, figure, column.data.field, column.data)


def _figure(data: DataField, records: Sequence[Record]) -> str | float | None:
    """What a data field makes of the records; None where there are none."""
    if not records:
        return None
    items = [record[data.field] for record in records]
    if data.function == "count":
        return float(sum(not item.is_empty for item in items))
    numbers = [item.number for item in items if item.number is not None]
    if not numbers and data.function in _ZERO_WITHOUT_NUMBERS:
        return 0.0
    try:
        return float(_FUNCTIONS[data.function](numbers))
    except statistics.StatisticsError:
        return _NO_NUMBER


def _value(item: Item) -> str | float:
    return item.number if item.number is not None else _shown(item)


def _shown(item: Item) -> str:
    return item.name if item.name is not None else "(empty)"
