"""What straight connectors hold on to: shapes, and the points on them (ECMA-376 Part 1, 20.1.2.2.34, stCxn; ODF 1.3 Part 3, 10.3.16).

A connection site of DrawingML is a number that only its geometry explains. The line itself says where it ends: that place,
relative to the shape, becomes a ``draw:glue-point`` of the shape.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from converters.drawings.guides import radians
from converters.drawings.identifiers import Identifiers
from converters.drawings.transforms import (
    GroupTransform,
    Transform,
    read_group_transform,
    read_transform,
)
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.units import from_emu, read_on_off

_FIRST_OWN = 4  # glue points 0 to 3 are those that every shape has
_STRAIGHT = ("line", "straightConnector1")
_SIDES = (("start", "a:stCxn", False), ("end", "a:endCxn", True))
Point = tuple[str, str, str]  # draw:align, svg:x, svg:y
# (third of the width, third of the height) that a point is in -> draw:align, the corner or side that it keeps its distance to
_ALIGNMENTS = {
    (-1, -1): "top-left", (0, -1): "top", (1, -1): "top-right", (-1, 0): "left", (0, 0): "center", (1, 0): "right",
    (-1, 1): "bottom-left", (0, 1): "center", (1, 1): "bottom-right",
}  # fmt: skip


@dataclass(slots=True)
class Ties:
    """``ends`` are attributes of connectors, ``points`` the glue points of shapes, by their elements."""

    ends: dict[etree._Element, dict[str, str | None]] = field(default_factory=dict)
    points: dict[etree._Element, list[Point]] = field(default_factory=dict)

    def attributes(self, connector: etree._Element) -> dict[str, str | None]:
        return self.ends.get(connector, {})

    def write_points(self, writer: XmlWriter, shape: etree._Element) -> None:
        """Write the ``draw:glue-point`` elements of a shape."""
        for number, (align, x, y) in enumerate(self.points.get(shape, ()), start=_FIRST_OWN):
            point = {"draw:id": str(number), "svg:x": x, "svg:y": y, "draw:align": align}
            writer.empty("draw:glue-point", {**point, "draw:escape-direction": "auto"})


def tied_ends(connector: etree._Element) -> int:
    """How many ends of a ``p:cxnSp`` are tied."""
    return sum(1 for _ in connector.iter(*(qn(tag) for _, tag, _ in _SIDES)))


def read_ties(tree: etree._Element | None, identifiers: Identifiers) -> Ties:
    """The ties of the straight connectors of a slide to shapes that are surely written."""
    placed = list(_placed(tree, None)) if tree is not None else []
    shapes = {
        properties.get("id", ""): (shape, place)
        for shape, place in placed
        if shape.tag == qn("p:sp") and _holds(shape) and (properties := _non_visual(shape)) is not None
    }
    ties = Ties()
    for connector, place in placed:
        if connector.tag != qn("p:cxnSp") or not _is_straight(connector):
            continue
        for side, tag, is_end in _SIDES:
            tie = next(connector.iter(qn(tag)), None)
            found = shapes.get(tie.get("id", "")) if tie is not None else None
            if found is None or not (found[1].width and found[1].height):
                continue
            shape, around = found
            points = ties.points.setdefault(shape, [])
            point = _relative(place.corner(is_end, is_end), around)
            if point not in points:
                points.append(point)
            ties.ends.setdefault(connector, {}).update(
                {
                    f"draw:{side}-shape": identifiers.request(shape),
                    f"draw:{side}-glue-point": str(points.index(point) + _FIRST_OWN),
                }
            )
    return ties


def _placed(tree: etree._Element, group: GroupTransform | None) -> Iterator[tuple[etree._Element, Transform]]:
    """Shapes and connectors with their places on the page; what inherits its place is left out."""
    for element in children(tree):
        if element.tag == qn("p:grpSp"):
            properties = element.find(qn("p:grpSpPr"))
            transform = properties.find(qn("a:xfrm")) if properties is not None else None
            yield from _placed(element, read_group_transform(transform, group))
        elif element.tag in (qn("p:sp"), qn("p:cxnSp")):
            properties = element.find(qn("p:spPr"))
            place = read_transform(properties.find(qn("a:xfrm")) if properties is not None else None)
            if place is not None:
                yield element, group.to_page(place) if group is not None else place


def _non_visual(shape: etree._Element) -> etree._Element | None:
    """The names of a shape that is shown."""
    properties = shape.find(f"{qn('p:nvSpPr')}/{qn('p:cNvPr')}")
    return properties if properties is not None and not read_on_off(properties.get("hidden"), False) else None


def _holds(shape: etree._Element) -> bool:
    """Whether what a shape becomes has points to hold on to: not a line, not an equation."""
    return not _is_straight(shape) and next(shape.iter(qn("a14:m")), None) is None


def _is_straight(connector: etree._Element) -> bool:
    properties = connector.find(qn("p:spPr"))
    preset = properties.find(qn("a:prstGeom")) if properties is not None else None
    return preset is not None and preset.get("prst") in _STRAIGHT


def _relative(point: tuple[float, float], place: Transform) -> Point:
    """A point of the page as seen from a shape, turned back as the shape is turned.

    It is a length from the nearest corner, side or middle: of shares of the size, as ODF knows them too, LibreOffice
    has an understanding of its own. The schema has no word for the side below: from the middle, then.
    """
    x, y = (one - middle for one, middle in zip(point, place.centre, strict=True))
    angle = -radians(place.rotation)
    x, y = x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)
    across, down = (
        0 if abs(one) < size / 4 else int(math.copysign(1, one))
        for one, size in ((x, place.width), (y, place.height))
    )
    align = _ALIGNMENTS[across, down]
    if (across, down) == (0, 1):
        down = 0
    return align, from_emu(x - across * place.width / 2), from_emu(y - down * place.height / 2)
