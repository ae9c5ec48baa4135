"""Lines and connectors (ECMA-376 Part 1, 19.3.1.19, p:cxnSp; ODF 1.3 Part 3, 10.3.10 draw:connector, 10.3.3 draw:line)."""

from __future__ import annotations

from lxml import etree

from converters.drawings.anatomy import shape_name
from converters.drawings.context import DrawingContext, child
from converters.drawings.geometry import (
    Geometry,
    course,
    preset_geometry,
    read_geometry,
    write_geometry,
)
from converters.drawings.ties import tied_ends
from converters.drawings.transforms import Transform
from converters.odf.properties import GraphicProperties
from converters.odf.xmlwriter import XmlWriter
from converters.units import from_emu, number

_STRAIGHT = ("line", "straightConnector1")
# preset -> draw:type (ODF 1.3 Part 3, 19.226)
_KINDS = {
    f"{name}Connector{corners}": kind
    for name, kind in (("bent", "standard"), ("curved", "curve"))
    for corners in range(2, 6)
}


def is_straight(geometry: Geometry) -> bool:
    return geometry.name in _STRAIGHT


def _ends(place: Transform) -> dict[str, str | None]:
    (x1, y1), (x2, y2) = place.corner(False, False), place.corner(True, True)
    return {"svg:x1": from_emu(x1), "svg:y1": from_emu(y1), "svg:x2": from_emu(x2), "svg:y2": from_emu(y2)}


def _coursed(geometry: Geometry, place: Transform) -> dict[str, str | None]:
    """A connector's kind and course. LibreOffice believes a course that begins and ends where the connector does."""
    found = course(geometry, place)
    (x1, y1), (x2, y2) = ([number(value / 1000) + "cm" for value in found.points[i]] for i in (0, -1))
    ends = {"svg:x1": x1, "svg:y1": y1, "svg:x2": x2, "svg:y2": y2}
    return {"draw:type": _KINDS[geometry.name], **ends, "svg:d": found.path, "svg:viewBox": found.box}


def write_line(
    writer: XmlWriter,
    shape: etree._Element,
    place: Transform,
    properties: GraphicProperties,
    context: DrawingContext,
) -> None:
    """A shape with the geometry of a line."""
    _write(writer, "draw:line", shape, properties, context, _ends(place))


def write_connector(
    writer: XmlWriter,
    shape: etree._Element,
    place: Transform,
    properties: GraphicProperties,
    context: DrawingContext,
) -> None:
    """A connector: a straight one tied to its shapes, a bent or curved one with its course.

    Applications route bent connectors by rules of their own; the course is what the reader saw. A tied one would take
    another as soon as it is opened, so its ties are left out, which is reported. A course counts from the page: where
    places do not, it is drawn as a shape.
    """
    ends = context.ties.attributes(shape)
    if tied_ends(shape) * 2 > len(ends):
        context.log.report("CONNECTOR_TIES_DROPPED", context.place)
    geometry = read_geometry(child(shape, "spPr")) or preset_geometry("line")
    assert geometry is not None
    if is_straight(geometry):
        box = f"0 0 {max(1, round(place.width / 360))} {max(1, round(place.height / 360))}"
        attributes = {"draw:type": "line", **_ends(place), **ends, "svg:viewBox": box}
        _write(writer, "draw:connector", shape, properties, context, attributes)
        return
    if context.anchoring.counts_from_page and geometry.name in _KINDS:
        _write(writer, "draw:connector", shape, properties, context, _coursed(geometry, place))
        return
    attributes = {
        **context.shape_attributes(shape_name(shape), properties),
        **context.identifiers.shape_attributes(shape),
        **place.attributes(mirrored=True),
    }
    with writer.element("draw:custom-shape", attributes):
        write_geometry(writer, geometry, place)


def _write(
    writer: XmlWriter,
    tag: str,
    shape: etree._Element,
    properties: GraphicProperties,
    context: DrawingContext,
    attributes: dict[str, str | None],
) -> None:
    names = context.identifiers.shape_attributes(shape)
    writer.empty(tag, {**context.shape_attributes(shape_name(shape), properties), **names, **attributes})
