"""SmartArt: the shapes that its application drew last, or the text of its points (ECMA-376 Part 1, 21.4; [MS-ODRAWXML] 2.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.shapes import OrdinaryShapes, ShapeTree
from converters.drawings.text_cascade import MAX_LEVEL
from converters.drawings.text_shapes import body_alignment, own_cascade, write_body
from converters.drawings.transforms import GroupTransform, Transform
from converters.errors import Refused
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import read_int

_SHOWN = frozenset(("node", "asst", "doc"))  # ST_PtType: the others are the diagram's own arrows and shapes


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing of a diagram: the part, for its relationships, and its ``dsp:spTree``."""

    part: str
    tree: etree._Element


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the outline: ``level`` counts from 0."""

    level: int
    element: etree._Element


class DiagramShapes(OrdinaryShapes):
    """The shapes of a drawing inherit from none; their text is all there is to them."""

    __slots__ = ()

    def alignment(self, shape: etree._Element) -> str:
        return body_alignment(shape, own_cascade(shape))

    def write_text(self, writer: XmlWriter, shape: etree._Element, context: DrawingContext) -> None:
        write_body(writer, shape, own_cascade(shape), context)

    def write_graphic_frame(
        self, writer: XmlWriter, frame: etree._Element, place: Transform, context: DrawingContext
    ) -> None:
        """A drawing of a diagram holds shapes and groups only."""
        context.log.report("DRAWING_DROPPED", context.place, kind="dsp:graphicFrame")


def read_drawing(references: etree._Element, context: DrawingContext) -> Drawing | None:
    """The drawing of the diagram that ``dgm:relIds`` names; None where there is none. A damaged one is reported."""
    part = _drawing_part(references, context)
    if part is None:
        return None
    try:
        root = context.package.read_xml(part)
    except Refused as error:
        context.log.report("PART_DAMAGED", context.place, detail=str(error))
        return None
    tree = root.find(qn("dsp:spTree"))
    return Drawing(part, tree) if tree is not None and len(tree) else None


def _drawing_part(references: etree._Element, context: DrawingContext) -> str | None:
    relationships = context.package.relationships(context.part)
    data = relationships.get(references.get(qn("r:dm"), ""))
    if data is not None and not data.external:
        try:
            model = context.package.read_xml(data.target)
        except Refused:
            return None
        for extension in model.iter(qn("dsp:dataModelExt")):
            drawing = relationships.get(extension.get("relId", ""))
            if drawing is not None and not drawing.external and drawing.target in context.package:
                return drawing.target
    drawings = [one.target for one in context.package.related(context.part, "diagramDrawing")]
    return drawings[0] if len(drawings) == 1 else None


def write_drawing(writer: XmlWriter, drawing: Drawing, place: Transform, context: DrawingContext) -> None:
    """Write a diagram's shapes at ``place``, for a ``draw:g`` that stands around them."""
    group = GroupTransform(place, 0, 0, place.width, place.height)
    inner = replace(context.in_group(), part=drawing.part)
    ShapeTree(writer, inner, DiagramShapes(), group).write(drawing.tree)


def read_outline(references: etree._Element, context: DrawingContext) -> list[Point]:
    """The points of a diagram that hold text of its user; none where there is no data. A damaged part is reported."""
    data = context.package.relationships(context.part).get(references.get(qn("r:dm"), ""))
    if data is None or data.external:
        return []
    try:
        model = context.package.read_xml(data.target)
    except Refused as error:
        context.log.report("PART_DAMAGED", context.place, detail=str(error))
        return []
    return list(_points(model))


def _points(model: etree._Element) -> Iterator[Point]:
    """The points of a data model in the order of the outline (21.4.3.4, 21.4.3.5)."""
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
