"""Pictures of embedded objects as older applications kept them: in the slide's VML drawing, found by the shape's name.

Source: ECMA-376 Part 1, 19.3.2.4 (``p:oleObj/@spid``), Part 4, 19.1.2.11 (``v:imagedata``).
"""

from __future__ import annotations

from lxml import etree

from converters.drawings.anatomy import write_description
from converters.drawings.context import DrawingContext
from converters.drawings.picture_frames import write_image
from converters.drawings.pictures import carry_picture
from converters.drawings.transforms import Transform
from converters.errors import Refused
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.pptx_to_odp.frame_attributes import BARE, frame_attributes


def write_object_picture(
    writer: XmlWriter, frame: etree._Element, spid: str, place: Transform, context: DrawingContext
) -> None:
    """Write the picture of the VML shape ``spid`` in the frame's place; PICTURE_MISSING where there is none."""
    found = find_picture(spid, context)
    if found is None:
        context.log.report("PICTURE_MISSING", context.place)
        return
    part, identifier = found
    picture = carry_picture(context.document, context.package, part, identifier, context.log, context.place)
    if picture is None:
        return
    with writer.element("draw:frame", frame_attributes(frame, place, context, BARE)):
        write_image(writer, picture)
        write_description(writer, frame)


def find_picture(spid: str, context: DrawingContext) -> tuple[str, str] | None:
    """(part of the VML drawing, identifier of its relationship to the picture) for a shape."""
    for relationship in context.package.related(context.part, "vmlDrawing"):
        try:
            root = context.package.read_xml(relationship.target)
        except Refused as error:
            context.log.report("PART_DAMAGED", context.place, detail=str(error))
            continue
        for shape in root.iter(qn("v:shape")):
            image = shape.find(qn("v:imagedata"))
            if spid in (shape.get(qn("o:spid")), shape.get("id")) and image is not None:
                return relationship.target, image.get(qn("o:relid")) or image.get(qn("r:id")) or ""
    return None
