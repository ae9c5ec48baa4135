"""Tables (ECMA-376 Part 1, 17.4; ODF 1.3 Part 3, 9.1): styles are resolved into cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from converters.docx_to_odt.bookmarks import mark_cell
from converters.docx_to_odt.borders import Border
from converters.docx_to_odt.conversion import Story, TableFormat
from converters.docx_to_odt.page_starts import take_master_page
from converters.docx_to_odt.readings import report_readings
from converters.docx_to_odt.table_cells import Table, cell_look
from converters.docx_to_odt.table_grid import Cell, Grid, Row, read_grid
from converters.docx_to_odt.table_placement import (
    ALIGNMENTS,
    TableWidth,
    hang_twips,
    left_margin_twips,
    resolve_cell_padding,
    resolve_width,
)
from converters.docx_to_odt.table_properties import (
    DEFAULT_CELL_MARGINS_TWIPS,
    DEFAULT_LOOK,
    RowProperties,
    read_table_properties,
)
from converters.docx_to_odt.table_styles import Region
from converters.odf import properties as odf
from converters.odf.stylesheet import Style
from converters.ooxml.namespaces import qn
from converters.units import from_twips, percent

MAX_HEADER_ROWS = 10  # more mean that all were marked: Word repeats none where they fill the page
_NO_FORMAT = TableFormat()
LEAST_ROW_TWIPS = 1.0  # ODF knows no row without a height
WriteFlow = Callable[[Story, etree._Element], None]


@dataclass(frozen=True, slots=True)
class Placed:
    """How a table was written: its width, and how far its border hangs out of the place that the source names."""

    width: TableWidth
    hang_twips: float


def write_table(
    story: Story, element: etree._Element, write_flow: WriteFlow, *, in_frame: bool = False
) -> Placed | None:
    """Write a ``w:tbl``; None where it has no rows. ``in_frame``: a frame gives its place and width."""
    conversion = story.conversion
    properties = read_table_properties(element.find(qn("w:tblPr")), conversion.theme, story.log, story.place)
    style = conversion.table_styles.style(properties.style_id)
    grid = read_grid(story, element)
    if not grid.rows or not grid.column_twips:
        return None
    report_readings(story, style, grid.rows)
    look = DEFAULT_LOOK if properties.look is None else properties.look
    if "firstRow" in look:
        _lay_under(grid.rows[0], style.first_row)
    borders = {**style.whole.borders, **style.table.borders, **properties.borders}
    borders |= _first_cell_borders(grid)
    left, right = borders.get("left", Border()), borders.get("right", Border())
    padding = resolve_cell_padding(
        {**DEFAULT_CELL_MARGINS_TWIPS, **style.table.margins, **properties.margins}, left, right
    )
    nested = story.table_depth > 0
    grid_twips = sum(grid.column_twips)
    width = resolve_width(
        properties.width, grid_twips, story.width_points * 20, nested=nested, grid_is_given=grid.is_given
    )
    grid.column_twips[:] = [column * width.twips / grid_twips for column in grid.column_twips]
    margin, hang = 0.0, hang_twips(padding["left"], left, conversion.settings, nested=nested)
    if not in_frame:
        indent = properties.indent or style.table.indent
        margin = left_margin_twips(indent, padding["left"], left, conversion.settings, nested=nested)
    table = Table(story, properties, style, grid, padding, look)
    writer = story.writer
    number = conversion.counters.next("tables")
    attributes = {
        "table:name": f"Table{number}",
        "table:style-name": _table_style_name(table, width, margin, in_frame=in_frame),
    }
    with writer.element("table:table", attributes):
        for tag, text in (("table:title", properties.title), ("table:desc", properties.description)):
            if text:
                writer.text_element(tag, text)
        for column_twips in table.grid.column_twips:
            columns = odf.TableColumnProperties(column_width=from_twips(column_twips))
            writer.empty(
                "table:table-column",
                {"table:style-name": story.automatic.name_for(Style("table-column", (columns,)))},
            )
        _write_rows(table, write_flow)
    return Placed(width, hang)


def _write_rows(table: Table, write_flow: WriteFlow) -> None:
    rows, writer = table.grid.rows, table.story.writer
    headers = table.grid.header_rows
    if headers == len(rows) or headers > MAX_HEADER_ROWS:  # nothing is left to repeat them above
        headers = 0
    if headers:
        writer.start("table:table-header-rows")
    for index, row in enumerate(rows):
        if headers and index == headers:
            writer.end()
        _write_row(table, row, index, write_flow)


def _write_row(table: Table, row: Row, index: int, write_flow: WriteFlow) -> None:
    story = table.story
    height, exact = row.properties.height_twips, row.properties.height_rule == "exact"
    if _hides_its_marks(row):
        height, exact = max(height or 0.0, LEAST_ROW_TWIPS), True
    properties = odf.TableRowProperties(
        row_height=from_twips(height) if height and exact else None,
        min_row_height=from_twips(height) if height and not exact else None,
        keep_together="always" if row.properties.cant_split else "auto",
    )
    name = story.automatic.name_for(Style("table-row", (properties,)))
    visibility = "collapse" if row.properties.hidden else None
    with story.writer.element("table:table-row", {"table:style-name": name, "table:visibility": visibility}):
        for cell in row.cells:
            _write_cell(table, row, cell, index, write_flow)


def _hides_its_marks(row: Row) -> bool:
    """Whether a row has the height that it names, though empty paragraphs ask for more (17.4.20)."""
    return all(
        cell.properties.hide_mark
        and cell.properties.vertical_merge is None
        and next(cell.element.iter(qn("w:r"), qn("w:tbl")), None) is None
        for cell in row.cells
        if cell.element is not None
    )


def _write_cell(table: Table, row: Row, cell: Cell, index: int, write_flow: WriteFlow) -> None:
    story, writer = table.story, table.story.writer
    if cell.covered:  # its own borders count for the height of its row
        _, properties = cell_look(
            table, row, cell, Region(index, index, cell.column, cell.column + cell.span - 1)
        )
        name = story.automatic.name_for(Style("table-cell", (properties,)))
        writer.empty("table:covered-table-cell", {"table:style-name": name})
        for _ in range(cell.span - 1):
            writer.empty("table:covered-table-cell")
        if cell.element is not None:
            _report_hidden_content(story, cell.element)
        return
    region = Region(index, index + cell.row_span - 1, cell.column, cell.column + cell.span - 1)
    format_, properties = cell_look(table, row, cell, region)
    attributes = {
        "table:style-name": story.automatic.name_for(Style("table-cell", (properties,))),
        "table:number-columns-spanned": str(cell.span) if cell.span > 1 else None,
        "table:number-rows-spanned": str(cell.row_span) if cell.row_span > 1 else None,
        "office:value-type": "string",
    }
    with writer.element("table:table-cell", attributes):
        if cell.element is None:
            writer.empty("text:p", {"text:style-name": _filler_style_name(story)})
        else:
            flow = story.nested()
            flow.fields = story.fields
            flow.depth = story.depth
            flow.table_depth = story.table_depth + 1
            flow.width_points = _cell_width_points(table, cell)
            table_format = TableFormat(format_.paragraph, format_.text)
            if table.properties.style_id is not None or table_format != _NO_FORMAT:
                flow.table_format = table_format
            mark_cell(cell.element, flow)
            write_flow(flow, cell.element)
            story.paragraphs = flow.paragraphs
    for hidden in cell.merged:
        _report_hidden_content(story, hidden)
    for _ in range(cell.span - 1):
        writer.empty("table:covered-table-cell")


def _filler_style_name(story: Story) -> str:
    """The style of the paragraph that a cell must have and that Word does not: it adds nothing to the row's height."""
    paragraph = odf.ParagraphProperties(margin_top="0pt", margin_bottom="0pt", line_height="100%")
    text = odf.TextProperties(font_size="1pt", font_size_asian="1pt", font_size_complex="1pt")
    return story.automatic.name_for(Style("paragraph", (paragraph, text), "Standard"))


def _report_hidden_content(story: Story, element: etree._Element) -> None:
    """A merged cell shows the content of its first cell only; Word keeps what stands in the others out of sight."""
    if any((text.text or "").strip() for text in element.iter(qn("w:t"))):
        story.log.report("HIDDEN_CELL_DROPPED", story.place)


def _cell_width_points(table: Table, cell: Cell) -> float:
    width = sum(table.grid.column_twips[cell.column : cell.column + cell.span])
    return max(1.0, (width - table.margins["left"] - table.margins["right"]) / 20)


def _lay_under(row: Row, style: RowProperties) -> None:
    """What the table style says for the first row, where the row itself says nothing (17.7.6.4)."""
    own = row.element.find(qn("w:trPr"))
    if own is None or own.find(qn("w:tblHeader")) is None:
        row.properties.header = style.header
    if own is None or own.find(qn("w:cantSplit")) is None:
        row.properties.cant_split = style.cant_split


def _first_cell_borders(grid: Grid) -> dict[str, Border]:
    """The side borders that the table's first cell sets for itself."""
    cells = grid.rows[0].cells
    borders = cells[0].properties.borders if cells else {}
    return {side: borders[side] for side in ("left", "right") if side in borders}


def _table_style_name(table: Table, width: TableWidth, margin_twips: float, *, in_frame: bool) -> str:
    story, properties = table.story, table.properties
    break_before, page_number = story.pending_break, story.pending_page_number
    master, story.pending_break = take_master_page(story, break_before), None
    alignment = properties.alignment or table.style.table.alignment or "left"
    align = "left" if in_frame else ALIGNMENTS.get(alignment, "left")
    record = odf.TableProperties(
        width=from_twips(width.twips),
        rel_width=None if width.percent is None else percent(100 if in_frame else width.percent),
        align="right" if properties.right_to_left and align == "left" else align,
        margin_left=from_twips(margin_twips) if align == "left" else None,
        margin_top="0pt",
        margin_bottom="0pt",
        border_model="collapsing",
        may_break_between_rows="false" if _stays_whole(table) else None,
        break_before=break_before if master is None else None,
        page_number=page_number,
        writing_mode="rl-tb" if properties.right_to_left else None,
    )
    return story.automatic.name_for(Style("table", (record,), master_page=master))


def _stays_whole(table: Table) -> bool:
    """A single row that may not break: the table may not either."""
    rows = table.grid.rows
    return len(rows) == 1 and rows[0].properties.cant_split
