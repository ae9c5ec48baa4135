"""VML in text: what a ``w:pict`` and a ``w:object`` hold ([MS-OE376]; ECMA-376 Part 4, 19)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from converters.docx_to_odt.anchors import Anchor
from converters.docx_to_odt.drawing_contexts import drawing_context
from converters.docx_to_odt.frames import (
    BARE_FRAME,
    frame_formatting,
    write_frame,
    write_picture_frame,
    write_text_box,
)
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.run_properties import RunFormat
from converters.docx_to_odt.shapes import can_be_grouped
from converters.docx_to_odt.vml_anchors import Group, read_anchor, read_pair, read_style
from converters.docx_to_odt.vml_formatting import emu, read_formatting, text_insets
from converters.docx_to_odt.vml_shapes import (
    Drawn,
    is_box,
    shape_type_of,
    write_drawn,
    write_picture_in_group,
    write_rule,
    write_word_art,
)
from converters.drawings.embedded_objects import carry_object
from converters.drawings.embedded_objects import write_object as write_carried
from converters.odf.properties import GraphicProperties, lay_over
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.support import Support
from converters.units import read_int


def write_pict(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    """Write a ``w:pict``."""
    for child in children(element):
        SUPPORT.dispatch(child, inline.story.log, inline.place, inline)


def write_object(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    """Write a ``w:object``: the object stays in the package, in a frame with the picture that was shown (17.3.3.19)."""
    embedded = element.find(qn("o:OLEObject"))
    for child in children(element):
        if embedded is not None and child.tag == qn("v:shape"):
            _write_embedded(child, embedded, inline)
        else:
            SUPPORT.dispatch(child, inline.story.log, inline.place, inline)


def _write_embedded(shape: etree._Element, embedded: etree._Element, inline: Inline) -> None:
    story = inline.story
    anchor = read_anchor(shape, None)
    data = shape.find(qn("v:imagedata"))
    preview = (data.get(qn("r:id")) or data.get(qn("r:pict"))) if data is not None else None
    carried = carry_object(
        story.conversion.document,
        story.conversion.package,
        story.part,
        embedded.get(qn("r:id")),
        preview,
        embedded.get("ProgID", ""),
        story.log,
        inline.place,
    )
    if carried is not None:
        write_frame(inline, anchor, "Graphics", lambda writer: write_carried(writer, carried))
    elif preview is not None:
        write_picture_frame(inline, anchor, preview)


def _shape(element: etree._Element, inline: Inline) -> None:
    """A VML shape by itself: a picture, a text box, words as a drawing, a rule across the page, or drawn."""
    anchor = read_anchor(element, None)
    data = element.find(qn("v:imagedata"))
    content = element.find(f"{qn('v:textbox')}/{qn('w:txbxContent')}")
    kind = shape_type_of(element)
    if data is not None:
        write_picture_frame(inline, anchor, data.get(qn("r:id")) or data.get(qn("r:pict")))
    elif element.find(qn("v:textpath")) is not None:
        write_word_art(element, inline, anchor)
    elif element.get(qn("o:hr")) in ("t", "true", "1"):
        write_rule(element, inline, anchor)
    elif content is not None and (anchor.inline or is_box(element, kind) or not can_be_grouped(content)):
        box = content.getparent()
        grows = box is not None and "mso-fit-shape-to-text:t" in box.get("style", "").replace(" ", "")
        if box is not None and "mso-next-textbox" in box.get("style", ""):
            inline.story.log.report("TEXT_CHAIN_DROPPED", inline.place)
        write_text_box(inline, _as_frame(anchor, element, inline), content, grows=grows)
    else:
        inline.leave_span()
        context = drawing_context(inline.story, anchor)
        write_drawn(inline.writer, Drawn(element, kind, anchor, None), context, inline.story)
        inline.visible = inline.visible or anchor.inline


def _as_frame(anchor: Anchor, shape: etree._Element, inline: Inline) -> Anchor:
    """The anchor of a text box, with insets, fill and line of the shape."""
    formatting = frame_formatting(
        read_formatting(shape, shape_type_of(shape), drawing_context(inline.story, anchor))
    )
    properties = lay_over(lay_over(BARE_FRAME, formatting), anchor.properties)
    return replace(anchor, properties=lay_over(properties, text_insets(shape)))


def _group(element: etree._Element, inline: Inline) -> None:
    """A group is anchored as a whole; one with text that no shape may hold is split, each shape in its place."""
    style = read_style(element.get("style"))
    size, origin = read_pair(element.get("coordsize"), 1000), read_pair(element.get("coordorigin"), 0)
    anchor = read_anchor(element, None)
    scale = (anchor.width_emu / (size[0] or 1000), anchor.height_emu / (size[1] or 1000))
    offset = (emu(style.get("margin-left")), emu(style.get("margin-top")))
    group = Group(anchor, scale, origin, offset if not anchor.inline else (0, 0))
    story = inline.story
    if not can_be_grouped(element):
        story.log.report("DRAWING_GROUP_SPLIT", inline.place)
        for shape, own in _members(element, group, inline):
            _split_member(shape, own, inline)
        return
    inline.leave_span()
    context = drawing_context(story, anchor)
    inner = context.in_group()
    if anchor.inline:  # LibreOffice puts the text of shapes that stand as characters at the start of the line
        inner = replace(inner, anchoring=replace(inner.anchoring, text_style=None))
    with inline.writer.element("draw:g", context.shape_attributes(None, GraphicProperties())):
        if anchor.description:
            inline.writer.text_element("svg:desc", anchor.description)
        for shape, own in _members(element, group, inline):
            if shape.find(qn("v:imagedata")) is not None:
                write_picture_in_group(inline.writer, shape, read_anchor(shape, own), inner)
            else:
                drawn = Drawn(shape, shape_type_of(shape), read_anchor(shape, own), own)
                write_drawn(inline.writer, drawn, inner, story)
    inline.visible = inline.visible or anchor.inline


def _split_member(shape: etree._Element, group: Group, inline: Inline) -> None:
    anchor = read_anchor(shape, group)
    data = shape.find(qn("v:imagedata"))
    content = shape.find(f"{qn('v:textbox')}/{qn('w:txbxContent')}")
    if data is not None:
        write_picture_frame(inline, anchor, data.get(qn("r:id")) or data.get(qn("r:pict")))
    elif content is not None:
        write_text_box(inline, _as_frame(anchor, shape, inline), content, grows=False)
    else:
        inline.leave_span()
        context = drawing_context(inline.story, anchor)
        write_drawn(inline.writer, Drawn(shape, shape_type_of(shape), anchor, group), context, inline.story)


def _members(element: etree._Element, group: Group, inline: Inline) -> Iterator[tuple[etree._Element, Group]]:
    """The shapes of a group and of the groups in it, each with the group that counts for it."""
    for child in children(element):
        if child.tag == qn("v:group"):
            style = read_style(child.get("style"))
            size, origin = read_pair(child.get("coordsize"), 1000), read_pair(child.get("coordorigin"), 0)
            width, height = (read_int(style.get(name), 0) or 0 for name in ("width", "height"))
            scale = (group.scale[0] * width / (size[0] or 1000), group.scale[1] * height / (size[1] or 1000))
            yield from _members(child, Group(group.anchor, scale, origin, group.place(style)), inline)
        elif SUPPORT.handler(child.tag) is not None:
            yield child, group
        else:
            SUPPORT.report(child.tag, inline.story.log, inline.place)


_PART_OF_SHAPE = "belongs to the shape beside it"

SUPPORT = Support(
    "VML",
    {
        "v:shape": _shape,
        "v:rect": _shape,
        "v:roundrect": _shape,
        "v:oval": _shape,
        "v:line": _shape,
        "v:polyline": _shape,
        "v:arc": _shape,
        "v:curve": _shape,
        "v:image": _shape,
        "v:group": _group,
    },
    ignored={
        "v:shapetype": "a template that shapes repeat",
        "v:textpath": "read with the shape: it makes the text its outline",
        "w10:wrap": "read with the shape",
        "w10:anchorlock": "a lock of the editor",
        "w10:bordertop": "the line around a picture, drawn by its frame",
        "w10:borderbottom": "the line around a picture, drawn by its frame",
        "w10:borderleft": "the line around a picture, drawn by its frame",
        "w10:borderright": "the line around a picture, drawn by its frame",
        "o:OLEObject": "read with the object",
        "o:lock": "a lock of the editor",
        "o:FieldCodes": _PART_OF_SHAPE,
        "o:LinkType": _PART_OF_SHAPE,
        "o:LockedField": _PART_OF_SHAPE,
        "v:imagedata": _PART_OF_SHAPE,
        "v:textbox": _PART_OF_SHAPE,
        "v:fill": _PART_OF_SHAPE,
        "v:background": "read with the background of the document",
        "v:stroke": _PART_OF_SHAPE,
        "v:path": _PART_OF_SHAPE,
        "v:formulas": _PART_OF_SHAPE,
        "v:f": _PART_OF_SHAPE,
        "v:handles": _PART_OF_SHAPE,
        "v:h": _PART_OF_SHAPE,
        "v:shadow": _PART_OF_SHAPE,
        "w:txbxContent": _PART_OF_SHAPE,
    },
    unsupported={
        "v:extrusion": "SHAPE_EFFECT_DROPPED",
        "o:diagram": "SMARTART_DROPPED",
        "o:extrusion": "SHAPE_EFFECT_DROPPED",
        "o:signatureline": "SIGNATURE_LOST",
        "o:ink": "INK_DROPPED",
        "w:control": "ACTIVEX_DROPPED",
        "w:movie": "MEDIA_DROPPED",
        "w:objectEmbed": "EMBEDDED_OBJECT_DROPPED",
        "w:objectLink": "EMBEDDED_OBJECT_DROPPED",
    },
)
