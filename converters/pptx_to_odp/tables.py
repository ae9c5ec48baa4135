"""Tables: ``a:tbl`` as ``table:table`` in a frame (ECMA-376 Part 1, 21.1.3; ODF 1.3 Part 3, 9.1, 10.4.2).

Lines of text keep the height that the font gives them, which is what both formats mean by a spacing of 100 percent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from converters.drawings.anatomy import write_description
from converters.drawings.context import DrawingContext
from converters.drawings.fills import FILLS, resolve_fill
from converters.drawings.lines import resolve_line
from converters.drawings.text_body import TextWriter
from converters.drawings.text_cascade import TextCascade
from converters.drawings.transforms import Transform
from converters.odf.properties import (
    CellGraphicProperties,
    GraphicProperties,
    ParagraphProperties,
    TableCellProperties,
    TableColumnProperties,
    TableRowProperties,
    TextProperties,
)
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.colors import Color
from converters.ooxml.namespaces import qn
from converters.pptx_to_odp.frame_attributes import frame_attributes
from converters.pptx_to_odp.table_backgrounds import over_background, read_background
from converters.pptx_to_odp.table_height import row_height, table_height
from converters.pptx_to_odp.table_styles import CellStyle, TableStyle, read_table_style
from converters.support import Support
from converters.units import from_emu, number, read_int, read_on_off

if TYPE_CHECKING:
    from converters.pptx_to_odp.slide_family import SlideFamily

_INSETS = {"marL": 91_440, "marT": 45_720, "marR": 91_440, "marB": 45_720}
_ANCHORS = {"t": "top", "ctr": "middle", "b": "bottom"}
_SIDES = {"left": "a:lnL", "right": "a:lnR", "top": "a:lnT", "bottom": "a:lnB"}
_MAX_SPAN = 1_000
# LibreOffice draws the lines of tables on pages wider than their style says: it takes hundredths of a millimetre for twips
_DRAWN_WIDER = 2540 / 1440

CELL_PROPERTIES = Support(
    context="table cell properties",
    handlers={**FILLS, **dict.fromkeys(_SIDES.values(), resolve_line)},
    ignored={
        "a:extLst": "extensions repeat what older readers see",
        "a:headers": "for accessibility tools alone",
    },
    unsupported={
        "a:lnTlToBr": "LINE_APPROXIMATED",
        "a:lnBlToTr": "LINE_APPROXIMATED",
        "a:cell3D": "SHAPE_EFFECT_DROPPED",
    },
)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table being written: its style, with the flags that say which parts of it hold, and the colour behind its cells."""

    writer: XmlWriter
    context: DrawingContext
    family: SlideFamily
    style: TableStyle
    rows: int
    columns: int
    background: Color | None

    def write_row(self, row: etree._Element, number: int) -> None:
        height = row_height(row)
        properties = TableRowProperties(
            row_height=from_emu(height) if height else None,
            use_optimal_row_height="false" if height else "true",
        )
        style = self.context.automatic.name_for(Style("table-row", (properties,)))
        with self.writer.element("table:table-row", {"table:style-name": style}):
            for column, cell in enumerate(row.findall(qn("a:tc"))[: self.columns]):
                self._write_cell(cell, number, column)

    def _write_cell(self, cell: etree._Element, row: int, column: int) -> None:
        if read_on_off(cell.get("hMerge"), False) or read_on_off(cell.get("vMerge"), False):
            self.writer.empty("table:covered-table-cell")
            return
        spans = [min(_MAX_SPAN, max(1, read_int(cell.get(name), 1) or 1)) for name in ("gridSpan", "rowSpan")]
        part = self.style.cell(row, column, self.rows, self.columns)
        body = cell.find(qn("a:txBody"))
        text = self._text_writer(body, part) if body is not None else None
        empty = text.empty_text(body) if text is not None and body is not None else None
        attributes = {
            "table:style-name": self._cell_style(cell.find(qn("a:tcPr")), part, row, column, empty),
            "table:number-columns-spanned": str(spans[0]) if spans[0] > 1 else None,
            "table:number-rows-spanned": str(spans[1]) if spans[1] > 1 else None,
        }
        with self.writer.element("table:table-cell", attributes):
            if text is not None and body is not None and empty is None:
                text.write(body)

    def _text_writer(self, body: etree._Element, part: CellStyle) -> TextWriter:
        default = self.family.presentation.default_text_style
        own = [one for one in (part.text, body.find(qn("a:lstStyle"))) if one is not None]
        cascade = TextCascade((default,) if default is not None else (), tuple(own))
        return TextWriter(self.writer, cascade, self.context)

    def _cell_style(
        self,
        properties: etree._Element | None,
        part: CellStyle,
        row: int,
        column: int,
        empty: TextProperties | None,
    ) -> str:
        """``empty`` is the text of a cell without any: LibreOffice finds it in the cell's style alone."""
        context = self.context
        for found in properties if properties is not None else ():
            code = CELL_PROPERTIES.loss_code(found.tag)
            name = etree.QName(found).localname
            if code == "LINE_APPROXIMATED":
                if found.find(qn("a:noFill")) is None:
                    context.log.report(code, context.place, property=name)
            elif code == "SHAPE_EFFECT_DROPPED":
                context.log.report(code, context.place, effect=name)
            elif code is not None:
                CELL_PROPERTIES.report(found.tag, context.log, context.place)
        get = properties.get if properties is not None else {}.get
        fill = resolve_fill(properties, context) or part.fill or GraphicProperties(fill="none")
        fill = over_background(fill, self.background)
        insets = {name: from_emu(read_int(get(name), default) or 0) for name, default in _INSETS.items()}
        anchor = _ANCHORS.get(get("anchor") or "t", "top")
        borders = self._borders(properties, part, row, column)
        vertical = get("vert") or "horz"
        if vertical not in ("horz", "eaVert", "vert"):
            context.log.report("SHAPE_GEOMETRY_APPROXIMATED", context.place, geometry=vertical)
        style = Style(
            "table-cell",
            (
                CellGraphicProperties(
                    fill=fill.fill,
                    fill_color=fill.fill_color,
                    fill_gradient_name=fill.fill_gradient_name,
                    fill_image_name=fill.fill_image_name,
                    repeat=fill.repeat,
                    opacity=fill.opacity,
                    textarea_vertical_align=anchor,
                    padding_left=insets["marL"],
                    padding_top=insets["marT"],
                    padding_right=insets["marR"],
                    padding_bottom=insets["marB"],
                ),
                TableCellProperties(
                    border_left=borders["left"],
                    border_right=borders["right"],
                    border_top=borders["top"],
                    border_bottom=borders["bottom"],
                    background_color=fill.fill_color if fill.fill == "solid" else None,
                    vertical_align=anchor,
                    padding_left=insets["marL"],
                    padding_top=insets["marT"],
                    padding_right=insets["marR"],
                    padding_bottom=insets["marB"],
                ),
                ParagraphProperties(
                    border_left=borders["left"],
                    border_right=borders["right"],
                    border_top=borders["top"],
                    border_bottom=borders["bottom"],
                    writing_mode="tb-rl" if vertical in ("eaVert", "vert") else None,
                ),
                *((empty,) if empty is not None else ()),
            ),
        )
        return context.automatic.name_for(style)

    def _borders(
        self, properties: etree._Element | None, part: CellStyle, row: int, column: int
    ) -> Mapping[str, str]:
        found = {}
        for side, tag in _SIDES.items():
            own = properties.find(qn(tag)) if properties is not None else None
            styled = part.border(side, row, column, self.rows, self.columns)
            found[side] = _border([own, *styled.lines], styled.reference, self.context)
        return found


def _border(
    lines: list[etree._Element | None], reference: etree._Element | None, context: DrawingContext
) -> str:
    """One side of a cell as ``fo:border-*``."""
    line = resolve_line(lines[:1] if lines[0] is not None else lines, reference, context)
    if line.stroke in (None, "none") or line.stroke_color is None:
        return "none"
    kind = "dashed" if line.stroke == "dash" else "solid"
    width = float((line.stroke_width or "0cm").removesuffix("cm")) / _DRAWN_WIDER
    return f"{number(width)}cm {kind} {line.stroke_color}"


def write_table(
    writer: XmlWriter,
    frame: etree._Element,
    table: etree._Element,
    place: Transform,
    context: DrawingContext,
    family: SlideFamily,
) -> None:
    """Write a table in its frame, each cell with the formatting that the table's style gives it."""
    columns = [
        max(0, read_int(column.get("w"), 0) or 0)
        for column in table.iterfind(f"{qn('a:tblGrid')}/{qn('a:gridCol')}")
    ]
    rows = table.findall(qn("a:tr"))
    if not columns or not rows:
        return
    height = table_height(rows, columns, place)
    place = replace(place, width=sum(columns) or place.width, height=height)
    properties = table.find(qn("a:tblPr"))
    style = read_table_style(properties, context, family.presentation.part)
    with writer.element("draw:frame", frame_attributes(frame, place, context)):
        with writer.element("table:table", _flags(properties)):
            for width in columns:
                record = TableColumnProperties(column_width=from_emu(width), use_optimal_column_width="false")
                name = context.automatic.name_for(Style("table-column", (record,)))
                writer.empty("table:table-column", {"table:style-name": name})
            background = read_background(properties, style.element, context)
            written = _Table(writer, context, family, style, len(rows), len(columns), background)
            for number, row in enumerate(rows):
                written.write_row(row, number)
        write_description(writer, frame)


# a:tblPr/@name -> the attribute of table:table that says which parts of its style hold (ODF 1.3 Part 3, 19.736)
_FLAGS = {
    "firstRow": "table:use-first-row-styles",
    "lastRow": "table:use-last-row-styles",
    "firstCol": "table:use-first-column-styles",
    "lastCol": "table:use-last-column-styles",
    "bandRow": "table:use-banding-rows-styles",
    "bandCol": "table:use-banding-columns-styles",
}


def _flags(properties: etree._Element | None) -> dict[str, str | None]:
    return {
        attribute: "true" if properties is not None and read_on_off(properties.get(name), False) else None
        for name, attribute in _FLAGS.items()
    }
