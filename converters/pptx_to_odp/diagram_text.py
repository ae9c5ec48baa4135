"""The text of a SmartArt diagram that no application has drawn: its points as an outline (ECMA-376 Part 1, 21.4.3)."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.geometry import preset_geometry, write_geometry
from converters.drawings.text_body import TextWriter
from converters.drawings.text_cascade import MAX_LEVEL, TextCascade
from converters.drawings.transforms import Transform
from converters.errors import Refused
from converters.odf.properties import GraphicProperties
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.pptx_to_odp.frame_attributes import frame_attributes
from converters.units import read_int

if TYPE_CHECKING:
    from converters.pptx_to_odp.slide_family import SlideFamily

_SHOWN = frozenset(("node", "asst", "doc"))  # ST_PtType: the others are the diagram's own arrows and shapes
_INDENT_EMU = 285_750


@dataclass(frozen=True, slots=True)
class Point:
    level: int
    element: etree._Element


def read_points(model: etree._Element) -> Iterator[Point]:
    """The points of a data model that hold text of the user's, in the order of the outline."""
    points = {
        point.get("modelId", ""): point
        for point in model.iterfind(f"{qn('dgm:ptLst')}/{qn('dgm:pt')}")
        if point.get("type", "node") in _SHOWN
    }
    below: dict[str, list[tuple[int, str]]] = {}
    for connection in model.iterfind(f"{qn('dgm:cxnLst')}/{qn('dgm:cxn')}"):
        if connection.get("type", "parOf") == "parOf":
            order = read_int(connection.get("srcOrd"), 0) or 0
            below.setdefault(connection.get("srcId", ""), []).append((order, connection.get("destId", "")))
    roots = [identifier for identifier, point in points.items() if point.get("type") == "doc"]
    seen: set[str] = set(roots)
    waiting = [(identifier, 0) for identifier in reversed(roots)]
    while waiting:
        identifier, level = waiting.pop()
        if identifier not in roots:
            yield Point(min(level - 1, MAX_LEVEL), points[identifier])
        for _, child in sorted(below.get(identifier, ()), reverse=True):
            if child in points and child not in seen:
                seen.add(child)
                waiting.append((child, level + 1))


def write_diagram_text(
    writer: XmlWriter,
    frame: etree._Element,
    references: etree._Element,
    place: Transform,
    context: DrawingContext,
    family: SlideFamily,
) -> bool:
    """Write a diagram's text as an outline in its place and report the loss of its look; False where it has none."""
    data = context.package.relationships(context.part).get(references.get(qn("r:dm"), ""))
    if data is None or data.external:
        return False
    try:
        model = context.package.read_xml(data.target)
    except Refused as error:
        context.log.report("PART_DAMAGED", context.place, detail=str(error))
        return False
    body = _outline(read_points(model))
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
        write_geometry(writer, geometry, place.width, place.height)
    return True


def _outline(points: Iterator[Point]) -> etree._Element:
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
