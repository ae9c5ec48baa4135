"""What a cell looks like: all that style, table, row and cell say for it (ECMA-376 Part 1, 17.4.66, 17.7.6)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from converters.docx_to_odt.borders import Border
from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.table_grid import Cell, Grid, Row
from converters.docx_to_odt.table_properties import TableProperties
from converters.docx_to_odt.table_styles import (
    SIDES,
    CellFormat,
    Region,
    TableStyle,
    border_names,
    parts_of_cell,
)
from converters.odf import properties as odf
from converters.units import from_twips

_VERTICAL = {"center": "middle", "bottom": "bottom", "top": "top", "both": "top"}
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
    known: dict[Hashable, tuple[CellFormat, odf.TableCellProperties]] = field(default_factory=dict)


def cell_look(
    table: Table, row: Row, cell: Cell, region: Region
) -> tuple[CellFormat, odf.TableCellProperties]:
    """All that holds for a cell, and what its style says; alike cells of a table share it: nobody may change it."""
    if table.style.parts:  # each part counts rows and columns in its own way
        format_ = resolve_cell_format(table, row, cell, region)
        return format_, cell_properties(table, cell, format_)
    key = (
        id(cell.properties),  # the grid keeps the records, so that the identities stay theirs
        id(cell.last_properties) if cell.row_span > 1 else None,
        id(row.exceptions) if row.exceptions.borders or row.exceptions.margins else None,
        cell.element is None,
        region.top <= 0,
        region.bottom >= len(table.grid.rows) - 1,
        region.left <= 0,
        region.right >= len(table.grid.column_twips) - 1,
    )
    found = table.known.get(key)
    if found is None:
        format_ = resolve_cell_format(table, row, cell, region)
        found = table.known[key] = format_, cell_properties(table, cell, format_)
    return found


def resolve_cell_format(table: Table, row: Row, cell: Cell, region: Region) -> CellFormat:
    """All that holds for a cell: style, table, conditional parts, row exceptions, the cell itself."""
    style, rows, columns = table.style, len(table.grid.rows), len(table.grid.column_twips)
    whole = Region(0, rows - 1, 0, columns - 1)
    format_ = CellFormat().lay(style.whole)
    format_.borders = {}
    _add_borders(
        format_,
        {**style.whole.borders, **style.table.borders, **table.properties.borders},
        region,
        whole,
        whole,
    )
    format_.shading = format_.shading or style.table.shading  # that of the table itself is never shown
    row_band, column_band = style.table.row_band or 1, style.table.column_band or 1
    for name, part_region in parts_of_cell(
        region, rows, columns, table.look, row_band, column_band, max(1, table.grid.header_rows)
    ):
        part = style.parts.get(name)
        if part is not None:
            borders = format_.borders
            format_ = format_.lay(part)
            format_.borders = borders
            _add_borders(format_, part.borders, region, part_region, whole)
    if row.exceptions.borders:
        _add_borders(format_, row.exceptions.borders, region, whole, whole)
    format_.margins = {**format_.margins, **row.exceptions.margins}
    own = cell.properties
    format_.borders.update({side: border for side, border in own.borders.items() if side in SIDES})
    if cell.row_span > 1 and (below := cell.last_properties.borders.get("bottom")) is not None:
        format_.borders["bottom"] = below
    format_.shading = own.shading or format_.shading
    format_.vertical_align = own.vertical_align or format_.vertical_align
    if cell.element is None:
        format_.borders, format_.shading = {}, None
    return format_


def _add_borders(
    format_: CellFormat, borders: dict[str, Border], cell: Region, region: Region, table: Region
) -> None:
    for side, names in border_names(cell, region, table).items():
        if (name := next((name for name in names if name in borders), None)) is not None:
            format_.borders[side] = borders[name]


def cell_properties(table: Table, cell: Cell, format_: CellFormat) -> odf.TableCellProperties:
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
    margins = {**table.margins, **format_.margins, **cell.properties.margins}
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
