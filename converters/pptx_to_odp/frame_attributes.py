"""The attributes of what stands for a graphic frame: its name, place, layer and graphic style."""

from __future__ import annotations

from lxml import etree

from converters.drawings.anatomy import shape_name
from converters.drawings.context import DrawingContext
from converters.drawings.transforms import Transform
from converters.odf.properties import GraphicProperties
from converters.odf.stylesheet import Style

BARE = GraphicProperties(stroke="none", fill="none")


def frame_attributes(
    frame: etree._Element, place: Transform, context: DrawingContext, *properties: GraphicProperties
) -> dict[str, str | None]:
    """For a ``draw:frame`` or shape in the frame's place."""
    return {
        "draw:name": shape_name(frame),
        "draw:style-name": context.automatic.name_for(Style("graphic", properties, parent="standard")),
        "draw:layer": context.layer,
        **context.identifiers.shape_attributes(frame),
        **place.attributes(),
    }
