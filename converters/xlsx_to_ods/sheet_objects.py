"""Embedded objects of other applications on a sheet (ECMA-376 Part 1, 18.3.1.59), with the picture shown of them."""

from __future__ import annotations

from lxml import etree

from converters.drawings.embedded_objects import carry_object, write_object
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.xlsx_to_ods.anchors import (
    Corner,
    SheetGrid,
    end_attributes,
    place_attributes,
    read_corner,
)
from converters.xlsx_to_ods.references import cell_name
from converters.xlsx_to_ods.row_layout import CellExtra
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.vml_shapes import VmlShape


def add_embedded_objects(
    package: Package,
    document: OdfDocument,
    frame: SheetFrame,
    shapes: list[VmlShape],
    grid: SheetGrid,
    extras: dict[int, dict[int, CellExtra]],
    log: LossLog,
) -> frozenset[str]:
    """Put the objects on their cells; answers the parts of all that the sheet names, carried or reported."""
    vml = {shape.identifier: shape for shape in shapes}
    named: set[str] = set()
    for element in frame.ole_objects:
        identifier, program = element.get(qn("r:id")), element.get("progId", "")
        relationship = package.relationships(frame.part).get(identifier or "")
        if relationship is not None and relationship.target in named:
            continue
        named |= {relationship.target} if relationship is not None else set()
        shape = vml.get(element.get("shapeId", ""))
        properties = element.find(qn("x:objectPr"))
        corners = _corners(properties) or (shape.corners if shape is not None else None)
        if corners is None:
            log.report("EMBEDDED_OBJECT_DROPPED", Place("sheet", container=frame.name), program=program)
            continue
        start, end = corners
        place = Place("shape", container=frame.name, cell=cell_name(start.row, start.column))
        preview = properties.get(qn("r:id")) if properties is not None else None
        part = frame.part
        if preview is None and shape is not None:
            preview, part = shape.image, shape.part
        carried = carry_object(
            document, package, frame.part, identifier, preview, program, log, place, preview_part=part
        )
        if carried is None:
            continue
        writer = XmlWriter()
        attributes = {**place_attributes(start, grid.between(start, end)), **end_attributes(frame.name, end)}
        with writer.element("draw:frame", attributes):
            write_object(writer, carried)
        cell = extras.setdefault(start.row, {}).setdefault(start.column, CellExtra())
        cell.after += writer.result()
    return frozenset(named)


def _corners(properties: etree._Element | None) -> tuple[Corner, Corner] | None:
    anchor = properties.find(qn("x:anchor")) if properties is not None else None
    if anchor is None:
        return None
    start, end = (read_corner(anchor.find(qn(f"x:{name}"))) for name in ("from", "to"))
    return (start, end) if start is not None and end is not None else None
