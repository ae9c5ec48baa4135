"""Graphic objects in text: charts and SmartArt (ECMA-376 Part 1, 20.4.2.8, a:graphic in w:drawing)."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from converters.docx_to_odt.anchors import Anchor
from converters.docx_to_odt.drawing_contexts import anchor_place, drawing_context
from converters.docx_to_odt.frames import write_frame, write_text_frame
from converters.docx_to_odt.inline import Inline
from converters.drawings.anatomy import shape_name, write_description
from converters.drawings.chart_frames import carry_chart
from converters.drawings.context import DrawingContext
from converters.drawings.diagrams import Point, read_drawing, read_outline, write_drawing
from converters.drawings.transforms import Transform
from converters.odf.properties import GraphicProperties, ParagraphProperties, TextProperties
from converters.odf.stylesheet import Style
from converters.odf.text import write_text
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import prefixed, qn
from converters.ooxml.xml import children
from converters.units import EMU_PER_POINT
from converters.units import points as points_length

_EMBEDDED = {"xlink:type": "simple", "xlink:show": "embed", "xlink:actuate": "onLoad"}
_LINE_HEIGHT, _SMALLEST_POINTS, _LARGEST_POINTS = 1.25, 4.0, 11.0
_BARE = GraphicProperties(stroke="none", fill="none")


def write_chart(element: etree._Element, inline: Inline, anchor: Anchor) -> None:
    """``c:chart``: the chart as an object of the package."""
    context = drawing_context(inline.story, anchor)
    address = carry_chart(context, element.get(qn("r:id")), anchor.width_emu, anchor.height_emu)
    if address is not None:
        write_frame(
            inline,
            anchor,
            "Graphics",
            lambda writer: writer.empty("draw:object", {"xlink:href": address, **_EMBEDDED}),
        )


def write_diagram(element: etree._Element, inline: Inline, anchor: Anchor) -> None:
    """``dgm:relIds``: the shapes that Word drew last; where it drew none, the diagram's text."""
    context = drawing_context(inline.story, anchor)
    drawing = read_drawing(element, context)
    if drawing is None:
        points = read_outline(element, context)
        if not points:
            context.log.report("SMARTART_DROPPED", context.place)
            return
        context.log.report("SMARTART_APPROXIMATED", context.place)
        write_text_frame(inline, anchor, _outline(points, inline, anchor), grows=True)
        return
    inline.leave_span()
    with inline.writer.element("draw:g", context.shape_attributes(shape_name(element), GraphicProperties())):
        write_description(inline.writer, element)
        plain = replace(context, anchoring=replace(context.anchoring, text_style=None))
        write_drawing(inline.writer, drawing, anchor_place(anchor), plain)
    inline.visible = inline.visible or anchor.inline


def _outline(points: list[Point], inline: Inline, anchor: Anchor) -> str:
    """The text of points as paragraphs, each level further in, as small as its lines must be to stay in the frame."""
    lines = [
        (point.level, "".join(one.text or "" for one in paragraph.iter(qn("a:t"))))
        for point in points
        for paragraph in point.element.iterfind(f"{qn('dgm:t')}/{qn('a:p')}")
    ]
    room = anchor.height_emu / EMU_PER_POINT / _LINE_HEIGHT / max(1, len(lines))
    size = max(_SMALLEST_POINTS, min(_LARGEST_POINTS, room))
    text = TextProperties(font_size=points_length(size))

    def style(level: int) -> str:
        indent = ParagraphProperties(
            margin_left=points_length(level * size), margin_top="0pt", margin_bottom="0pt", line_height="100%"
        )
        return inline.story.automatic.name_for(Style("paragraph", (indent, text), parent="Standard"))

    def write(writer: XmlWriter) -> None:
        for level, line in lines:
            with writer.element("text:p", {"text:style-name": style(level)}):
                write_text(writer, line)

    return XmlWriter().fragment(write)


def write_graphic_in_group(
    writer: XmlWriter, frame: etree._Element, place: Transform, context: DrawingContext
) -> None:
    """``wpg:graphicFrame``: a chart in a group of shapes; anything else is reported."""
    for content in children(frame.find(f"{qn('a:graphic')}/{qn('a:graphicData')}")):
        if content.tag != qn("c:chart"):
            context.log.report("DRAWING_DROPPED", context.place, kind=prefixed(content.tag))
            continue
        address = carry_chart(context, content.get(qn("r:id")), place.width, place.height)
        if address is not None:
            attributes = {**context.shape_attributes(shape_name(frame), _BARE), **place.attributes()}
            with writer.element("draw:frame", attributes):
                writer.empty("draw:object", {"xlink:href": address, **_EMBEDDED})
                write_description(writer, frame)
