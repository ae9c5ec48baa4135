"""The text of a SmartArt diagram that no application has drawn: its points as an outline (ECMA-376 Part 1, 21.4.3)."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.diagrams import Point, read_outline
from converters.drawings.geometry import preset_geometry, write_geometry
from converters.drawings.text_body import TextWriter
from converters.drawings.text_cascade import TextCascade
from converters.drawings.transforms import Transform
from converters.odf.properties import GraphicProperties
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.pptx_to_odp.frame_attributes import frame_attributes

if TYPE_CHECKING:
    from converters.pptx_to_odp.slide_family import SlideFamily

_INDENT_EMU = 285_750


def write_diagram_text(
    writer: XmlWriter,
    frame: etree._Element,
    references: etree._Element,
    place: Transform,
    context: DrawingContext,
    family: SlideFamily,
) -> bool:
    """Write a diagram's text as an outline in its place and report the loss of its look; False where it has none."""
    body = _outline(read_outline(references, context))
    if len(body) == 0:
        return False
    context.log.report("SMARTART_APPROXIMATED", context.place)
    default = family.presentation.default_text_style
    properties = GraphicProperties(
        stroke="none", fill="none", wrap_option="wrap", shrink_to_fit="true", auto_grow_height="false"
    )
    geometry = preset_geometry("rect")
    assert geometry is not None
    with writer.element("draw:custom-shape", frame_attributes(frame, place, context, properties)):
        TextWriter(writer, TextCascade((default,) if default is not None else ()), context).write(body)
        write_geometry(writer, geometry, Transform(width=place.width, height=place.height))
    return True


def _outline(points: Iterable[Point]) -> etree._Element:
    """A text body with the paragraphs of all points, each with a bullet at its level."""
    body = etree.Element(qn("a:txBody"))
    for point in points:
        for paragraph in point.element.iterfind(f"{qn('dgm:t')}/{qn('a:p')}"):
            if not any(text.text for text in paragraph.iter(qn("a:t"))):
                continue
            one = copy.deepcopy(paragraph)
            for old in one.findall(qn("a:pPr")):
                one.remove(old)
            properties = etree.Element(qn("a:pPr"))
            properties.set("lvl", str(point.level))
            properties.set("marL", str(_INDENT_EMU * (point.level + 1)))
            properties.set("indent", str(-_INDENT_EMU))
            etree.SubElement(properties, qn("a:buChar")).set("char", "•")
            one.insert(0, properties)
            body.append(one)
    return body
