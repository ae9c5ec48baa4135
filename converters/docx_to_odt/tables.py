"""Tables (ECMA-376 Part 1, 17.4; ODF 1.3 Part 3, 9.1): styles are resolved into cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from converters.docx_to_odt.borders import Border
from converters.docx_to_odt.conversion import Story, TableFormat
from converters.docx_to_odt.table_grid import Cell, Grid, Row, read_grid
from converters.docx_to_odt.table_placement import (
    ALIGNMENTS,
    TableWidth,
    left_margin_twips,
    resolve_cell_padding,
    resolve_width,
)
from converters.docx_to_odt.table_properties import (
    DEFAULT_SIDE_MARGIN_TWIPS,
    TableProperties,
    read_table_properties,
)
from converters.docx_to_odt.table_styles import (
    SIDES,
    CellFormat,
    Region,
    TableStyle,
    border_names,
    parts_of_cell,
)
from converters.odf import properties as odf
from converters.odf.stylesheet import Style
from converters.ooxml.namespaces import qn
from converters.units import from_twips, percent

WriteFlow = Callable[[Story, etree._Element], None]
_VERTICAL = {"center": "middle", "bottom": "bottom", "top": "top", "both": "top"}
_DEFAULT_MARGINS = {
    "left": DEFAULT_SIDE_MARGIN_TWIPS,
    "right": DEFAULT_SIDE_MARGIN_TWIPS,
    "top": 0.0,
    "bottom": 0.0,
}
_DIRECTIONS = {
    "tbRl": "tb-rl",
    "tbRlV": "tb-rl",
    "tbLrV": "tb-lr",
    "btLr": "bt-lr",
    "lrTb": None,
    "lrTbV": None,
}


@dataclass(slots=True)
class Table:
    """A table at work: its properties, style and grid."""

    story: Story
    properties: TableProperties
    style: TableStyle
    grid: Grid
    margins: dict[str, float]  # of cells, in twips
    look: frozenset[str]


def write_table(
    story: Story, element: etree._Element, write_flow: WriteFlow, *, in_frame: bool = False
) -> float:
    """Write a ``w:tbl``; the answer is its width in points. ``in_frame``: a frame gives its place."""
    conversion = story.conversion
    properties = read_table_properties(element.find(qn("w:tblPr")), conversion.theme, story.log, story.place)
    style = conversion.table_styles.style(properties.style_id)
    grid = read_grid(story, element)
    if not grid.rows or not grid.column_twips:
        return 0.0
    borders = {**style.whole.borders, **style.table.borders, **properties.borders}
    borders |= _first_cell_borders(grid)
    left, right = borders.get("left", Border()), borders.get("right", Border())
    padding = resolve_cell_padding(
        {**_DEFAULT_MARGINS, **style.table.margins, **properties.margins}, left, right
    )
    room = story.width_points * 20
    width = resolve_width(
        properties.width,
        sum(grid.column_twips),
        room,
        nested=story.table_depth > 0,
        grid_is_given=grid.is_given,
    )
    scale = width.twips / sum(grid.column_twips)
    grid.column_twips[:] = [column * scale for column in grid.column_twips]
    indent = properties.indent or style.table.indent
    margin = left_margin_twips(
        indent, padding["left"], left, conversion.settings, nested=story.table_depth > 0
    )
    table = Table(story, properties, style, grid, padding, properties.look or frozenset(("noVBand",)))
    writer = story.writer
    number = conversion.counters.next("tables")
    attributes = {
        "table:name": f"Table{number}",
        "table:style-name": _table_style_name(table, width, 0.0 if in_frame else margin, in_frame=in_frame),
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
    return width.twips / 20


def _write_rows(table: Table, write_flow: WriteFlow) -> None:
    rows, writer = table.grid.rows, table.story.writer
    headers = 0
    while headers < len(rows) and rows[headers].properties.header:
        headers += 1
    if headers == len(rows):  # nothing is left to repeat them above
        headers = 0
    if headers:
        writer.start("table:table-header-rows")
    for index, row in enumerate(rows):
        if headers and index == headers:
            writer.end()
        _write_row(table, row, index, write_flow)


def _write_row(table: Table, row: Row, index: int, write_flow: WriteFlow) -> None:
    story = table.story
    height = row.properties.height_twips
    exact = row.properties.height_rule == "exact"
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


def _write_cell(table: Table, row: Row, cell: Cell, index: int, write_flow: WriteFlow) -> None:
    story, writer = table.story, table.story.writer
    if cell.covered:
        for _ in range(cell.span):
            writer.empty("table:covered-table-cell")
        if cell.element is not None:
            _report_hidden_content(story, cell.element)
        return
    region = Region(index, index + cell.row_span - 1, cell.column, cell.column + cell.span - 1)
    format_ = _cell_format(table, row, cell, region)
    attributes = {
        "table:style-name": story.automatic.name_for(
            Style("table-cell", (_cell_properties(table, cell, format_),))
        ),
        "table:number-columns-spanned": str(cell.span) if cell.span > 1 else None,
        "table:number-rows-spanned": str(cell.row_span) if cell.row_span > 1 else None,
        "office:value-type": "string",
    }
    with writer.element("table:table-cell", attributes):
        if cell.element is None:
            writer.empty("text:p", {"text:style-name": "Standard"})
        else:
            flow = story.nested()
            flow.fields = story.fields
            flow.depth = story.depth
            flow.table_depth = story.table_depth + 1
            flow.width_points = _cell_width_points(table, cell)
            table_format = TableFormat(format_.paragraph, format_.text)
            if table.properties.style_id is not None or table_format != TableFormat():
                flow.table_format = table_format
            write_flow(flow, cell.element)
            story.paragraphs = flow.paragraphs
    for _ in range(cell.span - 1):
        writer.empty("table:covered-table-cell")


def _report_hidden_content(story: Story, element: etree._Element) -> None:
    """A merged cell shows the content of its first cell only; Word keeps what stands in the others out of sight."""
    if any((text.text or "").strip() for text in element.iter(qn("w:t"))):
        story.log.report("HIDDEN_CELL_DROPPED", story.place)


def _cell_width_points(table: Table, cell: Cell) -> float:
    width = sum(table.grid.column_twips[cell.column : cell.column + cell.span])
    return max(1.0, (width - table.margins["left"] - table.margins["right"]) / 20)


# -- formatting --------------------------------------------------------------------------------------------------


def _cell_format(table: Table, row: Row, cell: Cell, region: Region) -> CellFormat:
    """All that holds for a cell: style, table, conditional parts, row exceptions, the cell itself."""
    style, rows, columns = table.style, len(table.grid.rows), len(table.grid.column_twips)
    whole = Region(0, rows - 1, 0, columns - 1)
    format_ = CellFormat().lay(style.whole)
    format_.borders = {}
    _add_borders(
        format_, {**style.whole.borders, **style.table.borders, **table.properties.borders}, region, whole
    )
    format_.shading = table.properties.shading or format_.shading or style.table.shading
    row_band, column_band = style.table.row_band or 1, style.table.column_band or 1
    for name, part_region in parts_of_cell(region, rows, columns, table.look, row_band, column_band):
        part = style.parts.get(name)
        if part is not None:
            borders = format_.borders
            format_ = format_.lay(part)
            format_.borders = borders
            _add_borders(format_, part.borders, region, part_region)
    if row.exceptions.borders:
        _add_borders(format_, row.exceptions.borders, region, whole)
    own = cell.properties
    format_.borders.update({side: border for side, border in own.borders.items() if side in SIDES})
    format_.shading = own.shading or format_.shading
    format_.vertical_align = own.vertical_align or format_.vertical_align
    if cell.element is None:
        format_.borders, format_.shading = {}, None
    return format_


def _add_borders(format_: CellFormat, borders: dict[str, Border], cell: Region, region: Region) -> None:
    for side, name in border_names(cell, region).items():
        if name in borders:
            format_.borders[side] = borders[name]


def _cell_properties(table: Table, cell: Cell, format_: CellFormat) -> odf.TableCellProperties:
    values: dict[str, str | None] = {}
    sides = {side: format_.borders.get(side, Border()) for side in SIDES}
    lines = {border.line for border in sides.values()}
    if len(lines) == 1:
        values["border"] = lines.pop()
        values["border_line_width"] = sides["top"].line_width
    else:
        for side, border in sides.items():
            values[f"border_{side}"] = border.line
            values[f"border_line_width_{side}"] = border.line_width
    for name, diagonal in (("tl2br", "diagonal_tl_br"), ("tr2bl", "diagonal_bl_tr")):
        if (line := cell.properties.borders.get(name)) is not None and line.visible:
            values[diagonal] = line.line
    margins = {**table.margins, **cell.properties.margins}
    for side in SIDES:
        values[f"padding_{side}"] = from_twips(max(0.0, margins[side]))
    shading = format_.shading
    direction = _DIRECTIONS.get(cell.properties.text_direction or "lrTb")
    return odf.TableCellProperties(
        vertical_align=_VERTICAL.get(format_.vertical_align or "top"),
        background_color=shading,
        wrap_option="no-wrap" if cell.properties.no_wrap else None,
        writing_mode=direction if direction != "bt-lr" else None,
        bottom_to_top="bt-lr" if direction == "bt-lr" else None,
        **values,
    )


def _first_cell_borders(grid: Grid) -> dict[str, Border]:
    """The side borders that the table's first cell sets for itself."""
    cells = grid.rows[0].cells
    borders = cells[0].properties.borders if cells else {}
    return {side: borders[side] for side in ("left", "right") if side in borders}


def _table_style_name(table: Table, width: TableWidth, margin_twips: float, *, in_frame: bool) -> str:
    story, properties = table.story, table.properties
    alignment = properties.alignment or table.style.table.alignment or "left"
    align = "left" if in_frame else ALIGNMENTS.get(alignment, "left")
    record = odf.TableProperties(
        width=from_twips(width.twips),
        rel_width=percent(width.percent) if width.percent is not None else None,
        align="right" if properties.right_to_left and align == "left" else align,
        margin_left=from_twips(margin_twips) if align == "left" else None,
        margin_top="0pt",
        margin_bottom="0pt",
        border_model="collapsing",
        may_break_between_rows="false" if _stays_whole(table) else None,
        break_before=story.pending_break if story.pending_master_page is None else None,
        page_number=story.pending_page_number,
        writing_mode="rl-tb" if properties.right_to_left else None,
    )
    master = story.pending_master_page
    story.pending_break = story.pending_master_page = story.pending_page_number = None
    return story.automatic.name_for(Style("table", (record,), master_page=master))


def _stays_whole(table: Table) -> bool:
    """A single row that may not break: the table may not either."""
    rows = table.grid.rows
    return len(rows) == 1 and rows[0].properties.cant_split
