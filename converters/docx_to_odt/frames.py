"""Frames in text: around pictures, text boxes and objects (ODF 1.3 Part 3, 10.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from lxml import etree

from converters.docx_to_odt.anchors import Anchor
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.text_chains import ChainLink
from converters.drawings.picture_frames import write_image
from converters.drawings.pictures import carry_picture
from converters.odf.properties import GraphicProperties
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.units import EMU_PER_POINT, centimetres, from_emu

_BORDERS = {"solid": "solid", "dash": "dashed"}
BARE_FRAME = GraphicProperties(fill="none", background_color="transparent", border="none")
_NO_HEIGHT = "0cm"
_STROKES = dict.fromkeys(
    ("stroke", "stroke_dash", "stroke_width", "stroke_color", "stroke_opacity", "stroke_linejoin", "stroke_linecap",
     "shadow", "shadow_offset_x", "shadow_offset_y", "shadow_color", "shadow_opacity", "shadow_blur")
)  # fmt: skip


def frame_formatting(drawn: GraphicProperties) -> GraphicProperties:
    """The formatting of a shape for a frame: its line as a border, its shadow as a frame's (ODF 1.3 Part 3, 20.183, 20.349)."""
    border = None
    if drawn.stroke in _BORDERS and drawn.stroke_width is not None:
        border = f"{drawn.stroke_width} {_BORDERS[drawn.stroke]} {drawn.stroke_color or '#000000'}"
    shadow = None
    if drawn.shadow == "visible":
        shadow = f"{drawn.shadow_color} {drawn.shadow_offset_x} {drawn.shadow_offset_y}"
    return replace(
        drawn,
        **_STROKES,
        fill=drawn.fill if drawn.fill != "none" else None,
        border=border,
        frame_shadow=shadow,
        background_color=drawn.fill_color if drawn.fill == "solid" else None,
    )


def write_picture_frame(
    inline: Inline,
    anchor: Anchor,
    relationship_id: str | None,
    *,
    vector: str | None = None,
    as_shape: bool = False,
) -> None:
    """Write a frame with the picture that a relationship names; what cannot be carried is reported.

    ``vector`` is the relationship to a drawing that the picture stands in for: readers choose (ODF 1.3 Part 3, 10.4.1).
    ``as_shape``: its style has no parent, by which LibreOffice tells the formatting of a shape from that of a frame.
    """
    story = inline.story
    conversion = story.conversion
    picture = carry_picture(
        conversion.document, conversion.package, story.part, relationship_id, story.log, inline.place
    )
    drawn = None
    if vector is not None:
        drawn = carry_picture(
            conversion.document, conversion.package, story.part, vector, story.log, inline.place
        )
    pictures = [one for one in (drawn, picture) if one is not None]
    if not pictures:
        return

    def write(writer: XmlWriter) -> None:
        for one in pictures:
            write_image(writer, one)

    write_frame(inline, anchor, None if as_shape else "Graphics", write)


def write_frame(
    inline: Inline,
    anchor: Anchor,
    parent: str | None,
    write_content: Callable[[XmlWriter], None],
    more: Mapping[str, str | None] | None = None,
) -> None:
    """Write a ``draw:frame`` where the inline content stands."""
    story = inline.story
    number = story.conversion.counters.next("frames")
    attributes = {
        "draw:style-name": story.automatic.name_for(Style("graphic", (anchor.properties,), parent)),
        "draw:name": f"{anchor.name or 'Frame'} {number}",
        **anchor.attributes,
        "svg:width": from_emu(anchor.width_emu) if anchor.width_emu else centimetres(0.05),
        "svg:height": from_emu(anchor.height_emu) if anchor.height_emu else centimetres(0.05),
        **(more or {}),
    }
    inline.leave_span()
    with inline.writer.element("draw:frame", attributes):
        write_content(inline.writer)
        if anchor.title:
            inline.writer.text_element("svg:title", anchor.title)
        if anchor.description:
            inline.writer.text_element("svg:desc", anchor.description)
    if anchor.inline:
        inline.visible = True


def write_text_box(inline: Inline, anchor: Anchor, content: etree._Element, *, grows: bool) -> None:
    """Write a frame with a text box around block content; ``grows``: its height follows the text."""
    story = inline.story
    flow = story.nested()
    flow.writer = XmlWriter()
    flow.width_points = anchor.width_emu / EMU_PER_POINT or story.width_points
    story.conversion.write_flow(flow, content)
    story.paragraphs = flow.paragraphs
    write_text_frame(inline, anchor, flow.writer.result(), grows=grows)


def write_text_frame(
    inline: Inline,
    anchor: Anchor,
    text: str,
    *,
    grows: bool,
    shrinks: bool = False,
    link: ChainLink | None = None,
) -> None:
    """Write a frame with a text box around blocks that are written already; ``link``: its place in a chain.

    ``grows``: its height is the anchor's at least, with ``shrinks`` that of its text.
    """
    height = from_emu(anchor.height_emu) if anchor.height_emu else None
    more = {"svg:height": None} if grows else {} if link is None else {"draw:name": link.name}
    attributes = {
        "fo:min-height": (_NO_HEIGHT if shrinks else height) if grows else None,
        "draw:chain-next-name": None if link is None else link.next_name,
    }

    def write(writer: XmlWriter) -> None:
        with writer.element("draw:text-box", attributes):
            writer.raw(text)

    write_frame(inline, anchor, "Frame", write, more)
