"""Speaker notes as ``presentation:notes`` (ECMA-376 Part 1, 19.3.1.26; ODF 1.3 Part 3, 10.2.4 and 16.17)."""

from __future__ import annotations

from converters.drawings.context import DrawingContext, child
from converters.drawings.shapes import ShapeTree
from converters.drawings.transforms import read_transform
from converters.odf.properties import DrawingPageProperties
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.pptx_to_odp.placeholders import inherited_shapes, placeholder_shapes
from converters.pptx_to_odp.presentation import Layer
from converters.pptx_to_odp.slide_family import SlideFamily


def write_notes(
    writer: XmlWriter, notes: Layer, context: DrawingContext, family: SlideFamily, slide_number: int
) -> None:
    """Write a slide's notes page: its picture of the slide, its text and whatever else stands on it."""
    page = DrawingPageProperties(
        display_header="false", display_footer="false", display_page_number="false", display_date_time="false"
    )
    style = context.automatic.name_for(Style("drawing-page", (page,)))
    with writer.element("presentation:notes", {"draw:style-name": style}):
        _write_thumbnail(writer, notes, context, slide_number)
        if notes.tree is not None:
            ShapeTree(writer, context, family).write(notes.tree)


def _write_thumbnail(writer: XmlWriter, notes: Layer, context: DrawingContext, slide_number: int) -> None:
    for placeholder, shape in placeholder_shapes(notes):
        if placeholder.type != "sldImg":
            continue
        for one in (shape, *inherited_shapes(shape, notes)):
            properties = child(one, "spPr")
            place = read_transform(properties.find(qn("a:xfrm")) if properties is not None else None)
            if place is not None:
                attributes = {
                    "draw:layer": context.layer,
                    **place.attributes(),
                    "draw:page-number": str(slide_number),
                    "presentation:class": "page",
                }
                writer.empty("draw:page-thumbnail", attributes)
                return
