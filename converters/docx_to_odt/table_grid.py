"""The grid of a table: columns, spans and merges as ODF wants them (ECMA-376 Part 1, 17.4.48, 17.4.17, 17.4.85)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.table_properties import (
    CELL_SUPPORT,
    CellProperties,
    RowProperties,
    TableProperties,
    read_cell_properties,
    read_row_properties,
    read_table_properties,
)
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children, first_child, wording
from converters.support import Support
from converters.units import read_twips

_TR, _TC, _TCPR = qn("w:tr"), qn("w:tc"), qn("w:tcPr")
MAX_COLUMNS = 1_000
DEFAULT_COLUMN_TWIPS = 1_440.0


@dataclass(slots=True)
class Cell:
    """``element`` is None for what fills a row up to the grid. ``column`` counts grid columns from 0.

    ``last_properties`` are those of the last cell that a vertical merge takes in.
    """

    element: etree._Element | None
    properties: CellProperties
    column: int
    span: int
    row_span: int = 1
    covered: bool = False
    last_properties: CellProperties = field(default_factory=CellProperties)
    merged: list[etree._Element] = field(default_factory=list)  # cells of ``w:hMerge``, out of sight


@dataclass(slots=True)
class Row:
    element: etree._Element
    properties: RowProperties
    exceptions: TableProperties
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """``is_given``: the source says widths, of columns or cells."""

    column_twips: list[float]
    rows: list[Row]
    is_given: bool = True

    @property
    def header_rows(self) -> int:
        """How many rows repeat on every page: those marked so, from the first on (17.4.49)."""
        count = next((i for i, row in enumerate(self.rows) if not row.properties.header), len(self.rows))
        return count


def read_grid(story: Story, table: etree._Element) -> Grid:
    """The rows of a ``w:tbl`` with every cell's place; all rows are equally wide."""
    rows = [_read_row(story, element) for element in _elements(story, table, TABLE_CONTENT)]
    columns = max((row.cells[-1].column + row.cells[-1].span for row in rows if row.cells), default=0)
    for row in rows:
        end = row.cells[-1].column + row.cells[-1].span if row.cells else 0
        if end < columns:
            row.cells.append(Cell(None, CellProperties(), end, columns - end))
    _merge_rows(rows)
    widths, is_given = _column_widths(table, rows, columns)
    return Grid(widths, rows, is_given)


def _elements(story: Story, parent: etree._Element, support: Support) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those inside tags."""
    for child in children(parent):
        if child.tag in (_TR, _TC):
            yield child
        elif child.tag in _TRANSPARENT:
            if child.tag in _CHANGE_TAGS:
                support.report(child.tag, story.log, story.place)
            content = child.find(qn("w:sdtContent")) if child.tag == qn("w:sdt") else child
            if content is not None:
                yield from _elements(story, content, support)
        else:
            support.report(child.tag, story.log, story.place)


def _read_row(story: Story, element: etree._Element) -> Row:
    theme, log, place = story.conversion.theme, story.log, story.place
    row = Row(
        element,
        read_row_properties(first_child(element, qn("w:trPr")), theme, log, place),
        read_table_properties(first_child(element, qn("w:tblPrEx")), theme, log, place),
    )
    column = row.properties.grid_before
    if column:
        row.cells.append(Cell(None, CellProperties(), 0, column))
    for cell in _elements(story, element, ROW_CONTENT):
        properties = _cell_properties(story, cell)
        span = min(properties.span, MAX_COLUMNS - column)
        if span <= 0:
            log.report("CELL_MERGE_DROPPED", place)
            break
        if properties.horizontal_merge == "continue" and row.cells and row.cells[-1].element is not None:
            row.cells[-1].span += span
            row.cells[-1].merged.append(cell)
        else:
            row.cells.append(Cell(cell, properties, column, span))
        column += span
    if row.properties.grid_after:
        row.cells.append(Cell(None, CellProperties(), column, row.properties.grid_after))
    return row


def _cell_properties(story: Story, cell: etree._Element) -> CellProperties:
    """The properties of a cell: cells with equal ones share a record."""
    element = first_child(cell, _TCPR)
    if element is None:
        return CellProperties()
    known, key = story.conversion.cell_properties, wording(element)
    found = known.get(key)
    if found is None:
        properties = read_cell_properties(element, story.conversion.theme, story.log, story.place)
        known[key] = properties, tuple(child.tag for child in element if CELL_SUPPORT.loss_code(child.tag))
        return properties
    for tag in found[1]:  # the same loss at another place
        CELL_SUPPORT.report(tag, story.log, story.place)
    return found[0]


def _merge_rows(rows: list[Row]) -> None:
    """Count the rows that each vertical merge spans; a continuation without a start is a cell of its own."""
    open_merges: dict[int, Cell] = {}
    for row in rows:
        still_open: dict[int, Cell] = {}
        for cell in row.cells:
            merge = cell.properties.vertical_merge
            above = open_merges.get(cell.column)
            if merge == "restart":
                still_open[cell.column] = cell
            elif merge is not None and above is not None and above.span == cell.span:
                above.row_span += 1
                above.last_properties = cell.properties
                cell.covered = True
                still_open[cell.column] = above
        open_merges = still_open


def _column_widths(table: etree._Element, rows: list[Row], columns: int) -> tuple[list[float], bool]:
    grid = table.find(qn("w:tblGrid"))
    widths = [
        max(0.0, read_twips(column.get(qn("w:w"))) or 0.0)
        for column in (grid if grid is not None else ())
        if column.tag == qn("w:gridCol")
    ]
    if len(widths) >= columns and sum(widths[:columns]) > 0:
        return [max(width, 1.0) for width in widths[:columns]], True
    known = _widths_from_cells(rows, columns)
    found = [
        known.get(index) or (widths[index] if index < len(widths) else 0) or DEFAULT_COLUMN_TWIPS
        for index in range(columns)
    ]
    return found, bool(known) or sum(widths) > 0


def _widths_from_cells(rows: list[Row], columns: int) -> dict[int, float]:
    """Column widths from the preferred widths of cells; a spanning cell shares its width among its columns."""
    found: dict[int, float] = {}
    for row in rows:
        for cell in row.cells:
            width = cell.properties.width
            if width is not None and width.kind == "dxa" and width.value > 0:
                for index in range(cell.column, min(columns, cell.column + cell.span)):
                    if index not in found:
                        found[index] = width.value / cell.span
    return found


_CHANGES = dict.fromkeys(("w:ins", "w:del", "w:moveFrom", "w:moveTo"), "TRACKED_CHANGE_FLATTENED")
_CHANGE_TAGS = frozenset(map(qn, _CHANGES))
_TRANSPARENT = frozenset(map(qn, ("w:sdt", "w:customXml"))) | _CHANGE_TAGS
_BETWEEN = {
    "w:bookmarkStart": "read with the cell after it",
    "w:bookmarkEnd": "a bookmark around cells is the place where it starts",
    "w:proofErr": "a mark of the spelling checker",
    "w:permStart": "who may edit a range; protection is reported with the settings",
    "w:permEnd": "who may edit a range; protection is reported with the settings",
    "w:commentRangeStart": "the comment is anchored at its reference",
    "w:commentRangeEnd": "the comment is anchored at its reference",
    "w:customXmlPr": "names of custom markup, which is reported by its part",
    "w:moveFromRangeStart": "the moved runs carry the change themselves",
    "w:moveFromRangeEnd": "the moved runs carry the change themselves",
    "w:moveToRangeStart": "the moved runs carry the change themselves",
    "w:moveToRangeEnd": "the moved runs carry the change themselves",
}
TABLE_CONTENT = Support(
    "table content",
    {
        "w:tr": _read_row,
        "w:sdt": _elements,
        "w:customXml": _elements,
    },
    ignored={
        "w:tblPr": "read with the table",
        "w:tblGrid": "read with the table",
        "w:gridCol": "read with the table",
        **_BETWEEN,
    },
    unsupported={"w:tblGridChange": "FORMAT_CHANGE_DROPPED", **_CHANGES},
)
ROW_CONTENT = Support(
    "row content",
    {
        "w:tc": _read_row,
        "w:sdt": _elements,
        "w:customXml": _elements,
    },
    ignored={"w:trPr": "read with the row", "w:tblPrEx": "read with the row", **_BETWEEN},
    unsupported=_CHANGES,
)
