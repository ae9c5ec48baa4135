"""Graphic frames: tables, diagrams, charts and embedded objects (ECMA-376 Part 1, 19.3.1.21, p:graphicFrame)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from converters.drawings.anatomy import write_description
from converters.drawings.chart_frames import carry_chart
from converters.drawings.context import DrawingContext
from converters.drawings.diagrams import read_drawing
from converters.drawings.embedded_objects import carry_object, write_object
from converters.drawings.shapes import ShapeTree
from converters.drawings.transforms import GroupTransform, Transform
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import prefixed, qn
from converters.ooxml.xml import children
from converters.pptx_to_odp.anchoring import IN_DIAGRAMS
from converters.pptx_to_odp.diagram_text import write_diagram_text
from converters.pptx_to_odp.frame_attributes import BARE, frame_attributes
from converters.pptx_to_odp.object_pictures import find_picture, write_object_picture
from converters.pptx_to_odp.tables import write_table
from converters.support import Support

if TYPE_CHECKING:
    from converters.pptx_to_odp.slide_family import SlideFamily


def write_graphic_frame(
    writer: XmlWriter, frame: etree._Element, place: Transform, context: DrawingContext, family: SlideFamily
) -> None:
    """Write what a graphic frame holds, or report what it was."""
    data = frame.find(f"{qn('a:graphic')}/{qn('a:graphicData')}")
    for content in children(data):
        handler = GRAPHIC_DATA.handler(content.tag)
        if handler is not None:
            handler(writer, frame, content, place, context, family)
        elif GRAPHIC_DATA.loss_code(content.tag) == "CHART_DROPPED":
            context.log.report("CHART_DROPPED", context.place)
        elif GRAPHIC_DATA.loss_code(content.tag) == "DRAWING_DROPPED":
            context.log.report("DRAWING_DROPPED", context.place, kind=prefixed(content.tag))
        else:
            GRAPHIC_DATA.report(content.tag, context.log, context.place)


def _diagram(
    writer: XmlWriter,
    frame: etree._Element,
    references: etree._Element,
    place: Transform,
    context: DrawingContext,
    family: SlideFamily,
) -> None:
    """SmartArt as the shapes that its application drew last ([MS-ODRAWXML] 2.4, dsp:drawing)."""
    drawing = read_drawing(references, context)
    if drawing is None:
        if not write_diagram_text(writer, frame, references, place, context, family):
            context.log.report("SMARTART_DROPPED", context.place)
        return
    with writer.element("draw:g", context.identifiers.shape_attributes(frame)):
        group = GroupTransform(place, 0, 0, place.width, place.height)
        inner = replace(context, part=drawing.part, anchoring=IN_DIAGRAMS)
        ShapeTree(writer, inner, family, group).write(drawing.tree)


def _chart(
    writer: XmlWriter,
    frame: etree._Element,
    chart: etree._Element,
    place: Transform,
    context: DrawingContext,
    _family: SlideFamily,
) -> None:
    address = carry_chart(context, chart.get(qn("r:id")), place.width, place.height)
    if address is None:
        return
    with writer.element("draw:frame", frame_attributes(frame, place, context, BARE)):
        link = {"xlink:type": "simple", "xlink:show": "embed", "xlink:actuate": "onLoad"}
        writer.empty("draw:object", {"xlink:href": address, **link})
        write_description(writer, frame)


def _embedded(
    writer: XmlWriter,
    frame: etree._Element,
    embedded: etree._Element,
    place: Transform,
    context: DrawingContext,
    family: SlideFamily,
) -> None:
    """An embedded object and its picture (19.3.2.4, p:oleObj); of one that is linked, the picture alone."""
    program = embedded.get("progId") or embedded.get("name") or "?"
    pictures = embedded.findall(qn("p:pic"))
    blip = pictures[0].find(f"{qn('p:blipFill')}/{qn('a:blip')}") if pictures else None
    preview = (context.part, blip.get(qn("r:embed"), "")) if blip is not None else None
    part, identifier = preview or find_picture(embedded.get("spid", ""), context) or (context.part, "")
    carried = carry_object(
        context.document, context.package, context.part, embedded.get(qn("r:id")), identifier, program, context.log,
        context.place, preview_part=part,
    )  # fmt: skip
    if carried is not None:
        with writer.element("draw:frame", frame_attributes(frame, place, context, BARE)):
            write_object(writer, carried)
            write_description(writer, frame)
        return
    for picture in pictures:
        context.identifiers.stand_in(picture, frame)
        ShapeTree(writer, context, family).write_picture(picture)
    if not pictures:
        write_object_picture(writer, frame, embedded.get("spid", ""), place, context)


GRAPHIC_DATA = Support(
    context="graphic frame",
    handlers={
        "a:tbl": write_table,
        "dgm:relIds": _diagram,
        "c:chart": _chart,
        "p:oleObj": _embedded,
    },
    unsupported={"cx:chart": "CHART_DROPPED", "lc:lockedCanvas": "DRAWING_DROPPED"},
)
