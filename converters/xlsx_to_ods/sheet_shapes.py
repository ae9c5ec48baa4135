"""What a sheet tells the writers of shapes: its text styles, and the charts in its graphic frames."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from lxml import etree

from converters.drawings.anatomy import shape_name, write_description
from converters.drawings.chart_frames import carry_chart
from converters.drawings.context import DrawingContext
from converters.drawings.diagrams import read_drawing, write_drawing
from converters.drawings.shapes import OrdinaryShapes
from converters.drawings.text_cascade import TextCascade
from converters.drawings.text_shapes import body_alignment, own_cascade, write_body
from converters.drawings.transforms import Transform
from converters.odf.properties import GraphicProperties
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.support import Support
from converters.xlsx_to_ods.references import read_area, split_sheet

_TEXT_SIZE = 1_100  # hundredths of a point: Excel's size of text in shapes
# what stands for itself in Excel alone; the workbook holds a shape for other programs
SHOWN_BY_FALLBACK = ("cx:chart", "sle:slicer", "tsle:timeslicer")
GRAPHIC_DATA = Support(
    context="graphic frame",
    handlers={"c:chart": carry_chart, "dgm:relIds": read_drawing},
    ignored=dict.fromkeys(SHOWN_BY_FALLBACK, "reported with its part"),
    unsupported={"lc:lockedCanvas": "DRAWING_DROPPED"},
)


@dataclass(slots=True)
class CellRanges:
    """Answers the addresses of the cells that a chart's formulas name, and remembers which it gave."""

    sheets: Collection[str]
    given: list[str] = field(default_factory=list)
    is_complete: bool = True

    def address(self, formula: str) -> str | None:
        """The address of ``'My sheet'!$A$1:$A$9``; None for names, unions and other workbooks."""
        sheet, reference = split_sheet(formula.strip())
        area = read_area(reference)
        if area is None or sheet not in self.sheets:
            self.is_complete = False
            return None
        address = area.address(sheet)
        if address not in self.given:
            self.given.append(address)
        return address


@dataclass(frozen=True, slots=True)
class SheetFamily(OrdinaryShapes):
    """The family of the shapes on one sheet; ``sheets`` are the names of all sheets of the workbook."""

    sheets: Collection[str]

    def cascade(self, shape: etree._Element) -> TextCascade:
        return own_cascade(shape, _default_text())

    def alignment(self, shape: etree._Element) -> str:
        return body_alignment(shape, self.cascade(shape))

    def write_text(self, writer: XmlWriter, shape: etree._Element, context: DrawingContext) -> None:
        write_body(writer, shape, self.cascade(shape), context)

    def write_graphic_frame(
        self, writer: XmlWriter, frame: etree._Element, place: Transform, context: DrawingContext
    ) -> None:
        data = frame.find(f"{qn('a:graphic')}/{qn('a:graphicData')}")
        for content in children(data):
            if content.tag == qn("c:chart"):
                self._write_chart(writer, frame, content, place, context)
            elif content.tag == qn("dgm:relIds"):
                _write_diagram(writer, frame, content, place, context)
            elif GRAPHIC_DATA.loss_code(content.tag) == "DRAWING_DROPPED":
                context.log.report("DRAWING_DROPPED", context.place, kind="canvas")
            else:
                GRAPHIC_DATA.report(content.tag, context.log, context.place)

    def _write_chart(
        self,
        writer: XmlWriter,
        frame: etree._Element,
        chart: etree._Element,
        place: Transform,
        context: DrawingContext,
    ) -> None:
        ranges = CellRanges(self.sheets)
        context = replace(context, cell_ranges=ranges.address)
        address = carry_chart(context, chart.get(qn("r:id")), place.width, place.height)
        if address is None:
            return
        if not ranges.is_complete:
            context.log.report("CHART_DATA_DETACHED", context.place)
        style = Style("graphic", (GraphicProperties(stroke="none", fill="none"),))
        attributes = {
            "draw:name": shape_name(frame),
            "draw:style-name": context.automatic.name_for(style),
            **place.attributes(),
        }
        with writer.element("draw:frame", attributes):
            writer.empty(
                "draw:object",
                {
                    "draw:notify-on-update-of-ranges": " ".join(ranges.given)
                    if ranges.is_complete and ranges.given
                    else None,
                    "xlink:href": address,
                    "xlink:type": "simple",
                    "xlink:show": "embed",
                    "xlink:actuate": "onLoad",
                },
            )
            write_description(writer, frame)


def _write_diagram(
    writer: XmlWriter,
    frame: etree._Element,
    references: etree._Element,
    place: Transform,
    context: DrawingContext,
) -> None:
    """SmartArt as the shapes that Excel drew last ([MS-ODRAWXML] 2.4, dsp:drawing)."""
    drawing = read_drawing(references, context)
    if drawing is None:
        context.log.report("SMARTART_DROPPED", context.place)
        return
    with writer.element("draw:g", {"draw:name": shape_name(frame)}):
        write_description(writer, frame)
        write_drawing(writer, drawing, place, context)


def _default_text() -> etree._Element:
    """The list style of text that says nothing itself: the theme's minor font in Excel's size."""
    style = etree.Element(qn("a:lstStyle"))
    default = etree.SubElement(etree.SubElement(style, qn("a:defPPr")), qn("a:defRPr"))
    default.set("sz", str(_TEXT_SIZE))
    etree.SubElement(default, qn("a:latin")).set("typeface", "+mn-lt")
    return style
