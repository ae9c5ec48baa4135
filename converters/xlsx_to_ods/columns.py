"""Columns: widths, styles, groups, headings (ECMA-376 Part 1, 18.3.1.13; ODF 1.3 Part 3, 9.1.6 ff)."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, isfinite

from converters.odf.document import OdfDocument
from converters.odf.properties import TableColumnProperties
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.units import points, read_int, read_on_off
from converters.xlsx_to_ods.references import MAX_COLUMN
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.styles import CellFormats

_PADDING_INCHES = 5 / 96  # 18.3.1.81: a base width of characters gains five pixels
_UNSTYLED_POINTS = (
    48.2  # columns of which neither sheet nor styles say anything: 17 mm, as LibreOffice has them
)
_MAX_LEVEL = 7
_MIN_WIDTH_POINTS = 0.1  # ODF allows no column without width (18.3.26)


@dataclass(frozen=True, slots=True)
class ColumnRun:
    """Neighbouring columns that are alike."""

    first: int
    last: int
    width_points: float
    style: int = 0
    hidden: bool = False
    level: int = 0


def read_columns(frame: SheetFrame, formats: CellFormats) -> list[ColumnRun]:
    """The runs of all columns of a sheet, in order and without gaps."""
    default = default_width_points(frame, formats)
    runs: list[ColumnRun] = []
    position = 1
    written = sorted(frame.columns, key=lambda item: read_int(item.get("min"), 0) or 0)
    for item in written:
        first = max(read_int(item.get("min"), 1) or 1, position)
        last = min(read_int(item.get("max"), first) or first, MAX_COLUMN)
        if last < first:
            continue
        if first > position:
            runs.append(ColumnRun(position, first - 1, default))
        try:
            width = _whole_twips(float(item.get("width", "")) * formats.digit_twips)
        except ValueError:
            width = default
        style = read_int(item.get("style"), 0) or 0
        hidden = read_on_off(item.get("hidden"), False) or width <= 0
        level = min(read_int(item.get("outlineLevel"), 0) or 0, _MAX_LEVEL)
        runs.append(ColumnRun(first, last, width if width > 0 else default, style, hidden, level))
        position = last + 1
    if position <= MAX_COLUMN:
        runs.append(ColumnRun(position, MAX_COLUMN, default))
    return runs


def column_style(runs: list[ColumnRun], formats: CellFormats, column: int) -> str:
    """The style that the cells of a column have where they name none."""
    index = next((run.style for run in runs if run.first <= column <= run.last), 0)
    return formats.cells[index if index < len(formats.cells) else 0].style


def default_width_points(frame: SheetFrame, formats: CellFormats) -> float:
    if frame.default_column_width is not None:
        return _whole_twips(frame.default_column_width * formats.digit_twips)
    if formats.is_unstyled and frame.default_row_points is None:
        return _UNSTYLED_POINTS
    return _whole_twips(frame.base_column_width * formats.digit_twips + _PADDING_INCHES * 1440)


def _whole_twips(twips: float) -> float:
    """The width in points, of whole twips as applications have it: one less can break a line of text."""
    return floor(twips + 0.5) / 20 if isfinite(twips) else 0.0


def write_columns(
    writer: XmlWriter,
    document: OdfDocument,
    formats: CellFormats,
    runs: list[ColumnRun],
    header: tuple[int, int] | None,
    breaks: frozenset[int],
) -> None:
    """Write the columns: groups outside, headings inside; a page break stands before the column after its mark."""
    level = 0
    in_header = False
    for run in _split(runs, header, breaks):
        heading = header is not None and header[0] <= run.first <= header[1]
        if in_header and (not heading or run.level != level):
            writer.end()
            in_header = False
        for _ in range(level - run.level):
            writer.end()
        for _ in range(run.level - level):
            writer.start("table:table-column-group", {"table:display": "false" if run.hidden else None})
        level = run.level
        if heading and not in_header:
            writer.start("table:table-header-columns")
            in_header = True
        _write_run(writer, document, formats, run, run.first - 1 in breaks)
    if in_header:
        writer.end()
    for _ in range(level):
        writer.end()


def _write_run(
    writer: XmlWriter, document: OdfDocument, formats: CellFormats, run: ColumnRun, broken: bool
) -> None:
    properties = TableColumnProperties(
        column_width=points(max(run.width_points, _MIN_WIDTH_POINTS)),
        break_before="page" if broken else "auto",
    )
    style = run.style if run.style < len(formats.cells) else 0
    count = run.last - run.first + 1
    writer.empty(
        "table:table-column",
        {
            "table:style-name": document.automatic.name_for(Style("table-column", (properties,))),
            "table:visibility": "collapse" if run.hidden else None,
            "table:number-columns-repeated": str(count) if count > 1 else None,
            "table:default-cell-style-name": formats.cells[style].style,
        },
    )


def _split(runs: list[ColumnRun], header: tuple[int, int] | None, breaks: frozenset[int]) -> list[ColumnRun]:
    """The runs, cut where headings begin or end and around page breaks."""
    cuts = {mark + 1 for mark in breaks} | {mark + 2 for mark in breaks}
    if header is not None:
        cuts |= {header[0], header[1] + 1}
    found = []
    for run in runs:
        edges = sorted({run.first, *(cut for cut in cuts if run.first < cut <= run.last)})
        for first, following in zip(edges, [*edges[1:], run.last + 1], strict=True):
            found.append(ColumnRun(first, following - 1, run.width_points, run.style, run.hidden, run.level))
    return found
