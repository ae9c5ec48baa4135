"""DrawingML in text: what a ``w:drawing`` holds, and its pictures (ECMA-376 Part 1, 20.2, 20.4; ODF 1.3 Part 3, 10.4)."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from converters.docx_to_odt.anchors import Anchor, read_anchor
from converters.docx_to_odt.drawing_contexts import drawing_context
from converters.docx_to_odt.frames import BARE_FRAME, frame_formatting, write_picture_frame, write_text_frame
from converters.docx_to_odt.graphics import write_chart, write_diagram
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.run_properties import RunFormat
from converters.docx_to_odt.shapes import (
    can_be_grouped,
    split_anchors,
    write_canvas,
    write_group,
    write_shape,
    write_shaped_picture,
)
from converters.drawings.geometry import read_geometry
from converters.drawings.picture_frames import blip_effects, crop_lengths
from converters.drawings.shape_properties import resolve_shape_properties
from converters.drawings.transforms import Transform, read_transform
from converters.odf.properties import GraphicProperties, lay_over
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.support import Support

_MEMBER = GraphicProperties(
    horizontal_pos="from-left",
    horizontal_rel="paragraph",
    vertical_pos="from-top",
    vertical_rel="paragraph",
    wrap="run-through",
    run_through="foreground",
    flow_with_text="false",
)


def write_drawing(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    """Write a ``w:drawing``."""
    for holder in children(element):
        DRAWING_SUPPORT.dispatch(holder, inline.story.log, inline.place, inline)


def _placed(element: etree._Element, inline: Inline) -> None:
    anchor = read_anchor(element)
    link = element.find(f"{qn('wp:docPr')}/{qn('a:hlinkClick')}")
    href = ""
    if link is not None:
        relationship = inline.story.conversion.package.relationships(inline.story.part).get(
            link.get(qn("r:id"), "")
        )
        href = relationship.target if relationship is not None and relationship.external else ""
    data = element.find(f"{qn('a:graphic')}/{qn('a:graphicData')}")
    inline.leave_span()
    if href:
        inline.writer.start("draw:a", {"xlink:type": "simple", "xlink:href": href})
    for child in children(data):
        CONTENT_SUPPORT.dispatch(child, inline.story.log, inline.place, inline, anchor)
    if href:
        inline.writer.end()


def _picture(element: etree._Element, inline: Inline, anchor: Anchor) -> None:
    """``pic:pic``, with its crop, flips, line and effects; one cut to a shape or turned is a shape filled with it.

    A picture with a shadow is a shape for LibreOffice: its line lies around it and its shadow is soft, where a frame of
    text would draw its border over the picture.
    """
    fill = next((child for child in children(element) if child.tag == qn("pic:blipFill")), None)
    blip = fill.find(qn("a:blip")) if fill is not None else None
    if fill is None or blip is None:
        inline.story.log.report("PICTURE_MISSING", inline.place)
        return
    shape = element.find(qn("pic:spPr"))
    geometry = read_geometry(shape)
    transform = read_transform(shape.find(qn("a:xfrm")) if shape is not None else None) or Transform()
    if transform.rotation or (geometry is not None and not geometry.is_rectangle):
        write_shaped_picture(element, inline, anchor)
        return
    context = drawing_context(inline.story, anchor)
    identifier = blip.get(qn("r:embed")) or blip.get(qn("r:link"))
    drawn = blip_effects(blip, resolve_shape_properties((element,), context), context)
    as_shape = drawn.shadow == "visible"
    properties = lay_over(drawn if as_shape else frame_formatting(drawn), anchor.properties)
    clip = crop_lengths(fill.find(qn("a:srcRect")), identifier, context)
    properties = replace(properties, clip=clip, mirror=_mirror(transform))
    anchor = replace(anchor, properties=properties)
    write_picture_frame(inline, anchor, identifier, vector=_vector(blip), as_shape=as_shape)


def _vector(blip: etree._Element) -> str | None:
    """The relationship to the SVG that the picture stands in for ([MS-ODRAWXML] 2.16, asvg:svgBlip)."""
    found = next(blip.iter(qn("asvg:svgBlip")), None)
    return found.get(qn("r:embed")) if found is not None else None


def _mirror(transform: Transform) -> str | None:
    flips = [
        name
        for flipped, name in (
            (transform.flip_vertical, "vertical"),
            (transform.flip_horizontal, "horizontal"),
        )
        if flipped
    ]
    return " ".join(flips) or None


def _group(element: etree._Element, inline: Inline, anchor: Anchor) -> None:
    """A group or canvas; one with text that no shape may hold is split, each shape at its place."""
    if can_be_grouped(element):
        write = write_canvas if element.tag == qn("wpc:wpc") else write_group
        write(element, inline, anchor)
        return
    inline.story.log.report("DRAWING_GROUP_SPLIT", inline.place)
    if anchor.inline:
        _write_members_in_frame(element, inline, anchor)
        return
    for shape, own in split_anchors(element, anchor):
        CONTENT_SUPPORT.dispatch(shape, inline.story.log, inline.place, inline, own)


def _write_members_in_frame(element: etree._Element, inline: Inline, anchor: Anchor) -> None:
    """The shapes of a group that stands as a character: a frame of its size does, and holds them in their places."""
    members = Inline(inline.story, inline.style, inline.base)
    placed = replace(
        anchor,
        attributes={"text:anchor-type": "char"},
        properties=_MEMBER,
        inline=False,
        name="",
        title="",
        description="",
    )
    for shape, own in split_anchors(element, placed):
        CONTENT_SUPPORT.dispatch(shape, inline.story.log, inline.place, members, own)
    content = "".join(segment.xml for segment in members.finish())

    def write(writer: XmlWriter) -> None:
        with writer.element("text:p"):
            writer.raw(content)

    holder = lay_over(lay_over(BARE_FRAME, GraphicProperties(padding="0cm")), anchor.properties)
    write_text_frame(inline, replace(anchor, properties=holder), XmlWriter().fragment(write), grows=False)


DRAWING_SUPPORT = Support("drawing", {"wp:inline": _placed, "wp:anchor": _placed})
CONTENT_SUPPORT = Support(
    "drawing content",
    {
        "pic:pic": _picture,
        "wps:wsp": write_shape,
        "c:chart": write_chart,
        "dgm:relIds": write_diagram,
        "wpg:wgp": _group,
        "wpg:grpSp": _group,
        "wpc:wpc": _group,
    },
    ignored={
        "wpc:bg": "the background of a drawing canvas, read with it",
        "wpc:whole": "the outline of a drawing canvas, read with it",
        "wpg:grpSpPr": "the geometry of a group, read with it",
        "wpg:cNvGrpSpPr": "names and locks of a group",
        "wpg:cNvPr": "names and locks of a group",
    },
    unsupported={
        "cx:chart": "CHART_DROPPED",
        "lc:lockedCanvas": "DRAWING_DROPPED",
        "wpg:graphicFrame": "CHART_DROPPED",
        "wpi:contentPart": "INK_DROPPED",
        "w14:contentPart": "INK_DROPPED",
        "am3d:model3d": "DRAWING_DROPPED",
    },
)
