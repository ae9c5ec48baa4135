"""Where objects stand on a sheet: between two cells, each with an offset (ECMA-376 Part 1, 20.5.2.33; Part 4, 19.4.2.1)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.units import from_emu, read_int
from converters.xlsx_to_ods.columns import ColumnRun
from converters.xlsx_to_ods.references import MAX_COLUMN, MAX_ROW, cell_name, quoted_sheet
from converters.xlsx_to_ods.row_heights import written_heights
from converters.xlsx_to_ods.row_styles import DEFAULT_ROW_POINTS, float_or
from converters.xlsx_to_ods.sheet import SheetFrame

_EMU_PER_POINT = 12_700
_EMU_PER_PIXEL = 9_525
_VML_ANCHOR = 8  # numbers: column, offset, row, offset of both corners, offsets in pixels


@dataclass(frozen=True, slots=True)
class Corner:
    """A cell, counting from 1, and an offset into it in EMU."""

    row: int
    column: int
    x: int
    y: int


class SheetGrid:
    """Lengths on a sheet, as its columns and the written heights of its rows tell them."""

    def __init__(self, package: Package, frame: SheetFrame, columns: list[ColumnRun]) -> None:
        self._package = package
        self._part = frame.part
        self._columns = columns
        points = float_or(frame.default_row_points, DEFAULT_ROW_POINTS)
        self._default_points = points
        self._row_height = max(1, int(points * _EMU_PER_POINT))
        self._hidden = frame.rows_hidden
        self._heights: dict[int, float] = {}
        self._measured = 0  # rows up to this one are looked up

    def between(self, start: Corner, end: Corner) -> tuple[int, int]:
        """(width, height) in EMU."""
        width = self._left_of(end.column) + end.x - self._left_of(start.column) - start.x
        height = self._height_of(start.row, end.row) + end.y - start.y
        return max(0, width), max(0, height)

    def settled(self, corner: Corner) -> Corner:
        """The corner; one at the end of its row stands at the beginning of the next."""
        height = self._height_of(corner.row, corner.row + 1)
        if not height or abs(corner.y - height) > _EMU_PER_POINT // 2 or corner.row == MAX_ROW:
            return corner
        return replace(corner, row=corner.row + 1, y=0)

    def _height_of(self, first: int, stop: int) -> int:
        """The height of the rows from ``first`` to before ``stop``."""
        if stop > self._measured:
            self._measured = min(MAX_ROW, 2 * stop)
            self._heights = written_heights(self._package, self._part, self._measured, self._default_points)
        written = [points for row, points in self._heights.items() if first <= row < stop]
        rest = 0 if self._hidden else (stop - first - len(written)) * self._row_height
        return rest + int(sum(written) * _EMU_PER_POINT)

    def _left_of(self, column: int) -> int:
        """Where a column begins, in EMU."""
        total = 0
        for run in self._columns:
            if run.first >= column:
                break
            width = 0 if run.hidden else int(run.width_points * _EMU_PER_POINT)
            total += width * (min(run.last, column - 1) - run.first + 1)
        return total

    def under(self, x: int, y: int) -> Corner:
        """The cell under a position in EMU, with rows taken at their default height."""
        row, y_rest = divmod(y, self._row_height)
        for run in self._columns:
            width = 0 if run.hidden else int(run.width_points * _EMU_PER_POINT)
            span = width * (run.last - run.first + 1)
            if x < span:
                return Corner(min(row + 1, MAX_ROW), run.first + x // width, x % width, y_rest)
            x -= span
        return Corner(min(row + 1, MAX_ROW), MAX_COLUMN, 0, y_rest)


def read_corner(element: etree._Element | None) -> Corner | None:
    """The corner that an ``xdr:from``, ``xdr:to`` or its like tells."""
    if element is None:
        return None
    row, column, x, y = (
        read_int(element.findtext(qn(f"xdr:{name}")), 0) or 0 for name in ("row", "col", "colOff", "rowOff")
    )
    return _corner(row, column, x, y)


def read_vml_anchor(text: str) -> tuple[Corner, Corner] | None:
    """Both corners of the ``x:Anchor`` of a VML shape; None where it is none."""
    numbers = [read_int(item.strip()) for item in text.split(",")]
    if len(numbers) != _VML_ANCHOR or None in numbers:
        return None
    left, x, top, y, right, to_x, bottom, to_y = (number or 0 for number in numbers)
    pixel = _EMU_PER_PIXEL
    return _corner(top, left, x * pixel, y * pixel), _corner(bottom, right, to_x * pixel, to_y * pixel)


def _corner(row: int, column: int, x: int, y: int) -> Corner:
    """The corner of a row and column that count from 0."""
    return Corner(max(1, min(row + 1, MAX_ROW)), max(1, min(column + 1, MAX_COLUMN)), max(0, x), max(0, y))


def end_attributes(sheet: str, end: Corner | None) -> dict[str, str | None]:
    """The end of an object that is anchored to its first cell (ODF 1.3 Part 3, 19.627)."""
    if end is None:
        return {}
    return {
        "table:end-cell-address": f"{quoted_sheet(sheet)}.{cell_name(end.row, end.column)}",
        "table:end-x": from_emu(end.x),
        "table:end-y": from_emu(end.y),
    }


def place_attributes(start: Corner, size: tuple[int, int]) -> dict[str, str | None]:
    """The place of an object in its first cell, and its size in EMU."""
    return {
        "svg:x": from_emu(start.x),
        "svg:y": from_emu(start.y),
        "svg:width": from_emu(size[0]),
        "svg:height": from_emu(size[1]),
    }
