"""The colours of table styles, row by row: what lies under the cells of a table where they say nothing themselves.

ODF has no styles for tables of a sheet, so the bands are written into the styles of the cells (18.5.1.5 tableStyleInfo).
Excel counts only shown rows into stripes; so do these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from converters.xlsx_to_ods.references import MAX_ROW, Area
from converters.xlsx_to_ods.table_styles import ELEMENTS, TableElement, TableStyle


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """What a table says of a cell: None where nothing; lines are values of ``fo:border``.

    Cells that lie alike in a table share one, so that it is told by its identity.
    """

    fill: str | None = None
    color: str | None = None
    weight: str | None = None
    left: str | None = None
    right: str | None = None
    top: str | None = None
    bottom: str | None = None


NO_OVERLAY = Overlay()
# (first column, last column, overlay)
Run = tuple[int, int, Overlay]
# a part of a table, and whether the cell lies at its upper, lower, left and right edge
_Part = tuple[str, bool, bool, bool, bool]


@dataclass(frozen=True, slots=True)
class BandedTable:
    """A table with the parts of its style that are switched on."""

    area: Area
    header_rows: int
    total_rows: int
    style: TableStyle
    row_stripes: bool = True
    column_stripes: bool = False
    first_column: bool = False
    last_column: bool = False


@dataclass(slots=True)
class _Counted:
    table: BandedTable
    shown_rows: int = 0  # of those below the header, up to the row before
    overlays: dict[tuple[_Part, ...], Overlay] = field(default_factory=dict)
    runs: dict[tuple[object, ...], list[Run]] = field(default_factory=dict)


class TableBands:
    """``at`` must be asked once for each row of each table, in ascending order."""

    def __init__(self, tables: Sequence[BandedTable]) -> None:
        self._tables = [_Counted(table) for table in sorted(tables, key=lambda item: item.area.first_column)]
        self.last_row = max((table.area.last_row for table in tables), default=0)

    def next_row(self, row: int) -> int:
        """The first row from ``row`` on that a table crosses; beyond the sheet where there is none."""
        areas = [item.table.area for item in self._tables if item.table.area.last_row >= row]
        return min((max(row, area.first_row) for area in areas), default=MAX_ROW + 1)

    def at(self, row: int, *, hidden: bool) -> list[Run]:
        """The columns of the row that lie in tables, in order."""
        runs: list[Run] = []
        for counted in self._tables:
            area = counted.table.area
            if area.first_row <= row <= area.last_row:
                runs += _runs(counted, row)
                is_data = area.first_row + counted.table.header_rows <= row
                counted.shown_rows += is_data and not hidden
        return runs


def _runs(counted: _Counted, row: int) -> list[Run]:
    """The runs of a row, made once for all rows that lie alike in the table's parts."""
    table, area = counted.table, counted.table.area
    first_data, last_data = area.first_row + table.header_rows, area.last_row - table.total_rows
    edges = (area.first_row, first_data - 1, first_data, last_data, last_data + 1, area.last_row)
    key = (row < first_data, row > last_data, *(row == edge for edge in edges), *_stripe(counted))
    found = counted.runs.get(key)
    if found is None:
        found = counted.runs[key] = _made_runs(counted, row)
    return found


def _made_runs(counted: _Counted, row: int) -> list[Run]:
    area = counted.table.area
    runs: list[Run] = []
    for column in range(area.first_column, area.last_column + 1):
        overlay = _overlay(counted, row, column)
        if runs and runs[-1][2] is overlay and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column, overlay)
        elif overlay is not NO_OVERLAY:
            runs.append((column, column, overlay))
    return runs


def _overlay(counted: _Counted, row: int, column: int) -> Overlay:
    key = tuple(_parts(counted, row, column))
    found = counted.overlays.get(key)
    if found is None:
        found = counted.overlays[key] = _laid_over(counted.table.style, key)
    return found


def _parts(counted: _Counted, row: int, column: int) -> list[_Part]:
    """The parts of the table that the cell belongs to, from the weakest to the strongest."""
    table, area = counted.table, counted.table.area
    first_data, last_data = area.first_row + table.header_rows, area.last_row - table.total_rows
    left, right = column == area.first_column, column == area.last_column
    top, bottom = row == area.first_row, row == area.last_row
    found: dict[str, _Part] = {"wholeTable": ("wholeTable", top, bottom, left, right)}
    is_data = first_data <= row <= last_data
    if table.column_stripes and is_data:
        name, starts, ends = _stripe_at(table.style, column - area.first_column, "ColumnStripe")
        found[name] = (name, row == first_data, row == last_data, starts, ends)
    if table.row_stripes and is_data:
        name, starts, ends = _stripe(counted)
        found[name] = (name, starts, ends, left, right)
    if table.first_column and left:
        found["firstColumn"] = ("firstColumn", top, bottom, True, True)
    if table.last_column and right:
        found["lastColumn"] = ("lastColumn", top, bottom, True, True)
    if row < first_data:
        found["headerRow"] = ("headerRow", top, row == first_data - 1, left, right)
    if row > last_data:
        found["totalRow"] = ("totalRow", row == last_data + 1, bottom, left, right)
    return [found[name] for name in ELEMENTS if name in found and name in table.style]


def _stripe(counted: _Counted) -> tuple[str, bool, bool]:
    """As :func:`_stripe_at`, of the next row that is shown."""
    return _stripe_at(counted.table.style, counted.shown_rows, "RowStripe")


def _stripe_at(style: TableStyle, position: int, kind: str) -> tuple[str, bool, bool]:
    """(name of the stripe at a position from 0, whether it is its first line, whether its last)."""
    first, second = (style.get(f"{which}{kind}", TableElement()).size for which in ("first", "second"))
    position %= first + second
    if position < first:
        return f"first{kind}", position == 0, position == first - 1
    return f"second{kind}", position == first, position == first + second - 1


def _laid_over(style: TableStyle, parts: Sequence[_Part]) -> Overlay:
    values: dict[str, str] = {}
    for name, at_top, at_bottom, at_left, at_right in parts:
        element = style[name]
        lines = dict(element.lines)
        said = {
            "fill": element.fill,
            "color": element.color,
            "weight": element.weight,
            "top": lines.get("top" if at_top else "horizontal"),
            "bottom": lines.get("bottom" if at_bottom else "horizontal"),
            "left": lines.get("left" if at_left else "vertical"),
            "right": lines.get("right" if at_right else "vertical"),
        }
        values |= {key: value for key, value in said.items() if value is not None}
    return Overlay(**values) if values else NO_OVERLAY
