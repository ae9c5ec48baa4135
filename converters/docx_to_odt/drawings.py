"""DrawingML in text: pictures and text boxes as frames (ECMA-376 Part 1, 20.2, 20.4; ODF 1.3 Part 3, 10.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from converters.docx_to_odt.anchors import Anchor, read_anchor
from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.run_properties import RunFormat
from converters.drawings.pictures import carry_picture
from converters.odf.properties import GraphicProperties
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.colors import read_color
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.support import Support
from converters.units import EMU_PER_POINT, centimetres, from_emu, points, read_int

_LINE_EMU = 9_525  # a line without a width (20.1.2.2.24)
_INSETS = (
    ("left", "lIns", 91_440),
    ("right", "rIns", 91_440),
    ("top", "tIns", 45_720),
    ("bottom", "bIns", 45_720),
)
_TEXT_ANCHORS = {"t": "top", "ctr": "middle", "b": "bottom"}


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
    """``pic:pic``, with its crop, flips and line."""
    fill = next((child for child in children(element) if child.tag == qn("pic:blipFill")), None)
    blip = fill.find(qn("a:blip")) if fill is not None else None
    if fill is None or blip is None:
        inline.story.log.report("PICTURE_MISSING", inline.place)
        return
    shape = element.find(qn("pic:spPr"))
    for effect in blip:
        EFFECT_SUPPORT.dispatch(effect, inline.story.log, inline.place)
    _report_shape_losses(shape, inline)
    transform = shape.find(qn("a:xfrm")) if shape is not None else None
    rotation = read_int(transform.get("rot"), 0) if transform is not None else 0
    if rotation:
        inline.story.log.report("PICTURE_EFFECT_DROPPED", inline.place, effect="rotation")
    properties = replace(
        anchor.properties,
        clip=_clip(fill.find(qn("a:srcRect")), anchor),
        mirror=_mirror(transform),
        border=_line(shape, inline.story),
    )
    write_picture_frame(
        inline, replace(anchor, properties=properties), blip.get(qn("r:embed")) or blip.get(qn("r:link"))
    )


def write_picture_frame(inline: Inline, anchor: Anchor, relationship_id: str | None) -> None:
    """Write a frame with the picture that a relationship names; what cannot be carried is reported."""
    story = inline.story
    conversion = story.conversion
    picture = carry_picture(
        conversion.document, conversion.package, story.part, relationship_id, story.log, inline.place
    )
    if picture is None:
        return

    def write(writer: XmlWriter) -> None:
        writer.empty(
            "draw:image",
            {
                "xlink:href": picture.href,
                "xlink:type": "simple",
                "xlink:show": "embed",
                "xlink:actuate": "onLoad",
                "draw:mime-type": picture.media_type,
            },
        )

    write_frame(inline, anchor, "Graphics", write)


def write_frame(
    inline: Inline,
    anchor: Anchor,
    parent: str,
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


def _clip(crop: etree._Element | None, anchor: Anchor) -> str | None:
    """``a:srcRect`` in thousandths of a percent of the source as ``fo:clip`` in lengths of the shown size (20.1.8.55)."""
    if crop is None or not crop.attrib:
        return None
    share = {side: (read_int(crop.get(side), 0) or 0) / 100_000 for side in ("t", "r", "b", "l")}
    across, down = 1 - share["l"] - share["r"], 1 - share["t"] - share["b"]
    if across <= 0 or down <= 0 or not any(share.values()):
        return None
    full = {"t": anchor.height_emu / down, "b": anchor.height_emu / down}
    lengths = (
        from_emu(share[side] * full.get(side, anchor.width_emu / across)) for side in ("t", "r", "b", "l")
    )
    return f"rect({', '.join(lengths)})"


def _mirror(transform: etree._Element | None) -> str | None:
    if transform is None:
        return None
    flips = [
        name
        for attribute, name in (("flipH", "horizontal"), ("flipV", "vertical"))
        if transform.get(attribute) in ("1", "true")
    ]
    return " ".join(reversed(flips)) or None


def _line(shape: etree._Element | None, story: Story) -> str | None:
    line = shape.find(qn("a:ln")) if shape is not None else None
    if line is None or line.find(qn("a:noFill")) is not None:
        return None
    color = read_color(line.find(qn("a:solidFill")), story.conversion.theme.scheme())
    if color is None:
        return None
    width = read_int(line.get("w"), _LINE_EMU) or _LINE_EMU
    return f"{points(round(width / EMU_PER_POINT, 2))} solid {color.rgb}"


# -- shapes ------------------------------------------------------------------------------------------------------


def _shape(element: etree._Element, inline: Inline, anchor: Anchor) -> None:
    """``wps:wsp``: its text as a text box; a shape without text is reported."""
    text = element.find(f"{qn('wps:txbx')}/{qn('w:txbxContent')}")
    if text is None:
        geometry = element.find(f"{qn('wps:spPr')}/{qn('a:prstGeom')}")
        kind = geometry.get("prst", "shape") if geometry is not None else "shape"
        inline.story.log.report("DRAWING_DROPPED", inline.place, kind=kind)
        return
    _report_shape_losses(element.find(qn("wps:spPr")), inline)
    body = element.find(qn("wps:bodyPr"))
    properties = _box_properties(element.find(qn("wps:spPr")), body, inline.story, anchor.properties)
    grows = body is not None and body.find(qn("a:spAutoFit")) is not None
    write_text_box(inline, replace(anchor, properties=properties), text, grows=grows)


def write_text_box(inline: Inline, anchor: Anchor, content: etree._Element, *, grows: bool) -> None:
    """Write a frame with a text box around block content; ``grows``: its height follows the text."""
    story = inline.story
    flow = story.nested()
    flow.width_points = anchor.width_emu / EMU_PER_POINT or story.width_points
    height = from_emu(anchor.height_emu) if anchor.height_emu else None

    def write(writer: XmlWriter) -> None:
        flow.writer = writer
        with writer.element("draw:text-box", {"fo:min-height": height if grows else None}):
            story.conversion.write_flow(flow, content)

    write_frame(inline, anchor, "Frame", write, {"svg:height": None} if grows else None)
    story.paragraphs = flow.paragraphs


def _box_properties(
    shape: etree._Element | None, body: etree._Element | None, story: Story, base: GraphicProperties
) -> GraphicProperties:
    values: dict[str, Any] = {}
    for side, attribute, default in _INSETS:
        inset = read_int(body.get(attribute), default) if body is not None else default
        values[f"padding_{side}"] = from_emu(inset if inset is not None else default)
    fill = shape.find(qn("a:solidFill")) if shape is not None else None
    color = read_color(fill, story.conversion.theme.scheme())
    values["background_color"] = color.rgb if color is not None else "transparent"
    values["fill"] = "solid" if color is not None else "none"
    values["fill_color"] = color.rgb if color is not None else None
    values["border"] = _line(shape, story) or "none"
    anchor = body.get("anchor", "t") if body is not None else "t"
    values["textarea_vertical_align"] = _TEXT_ANCHORS.get(anchor, "top")
    return replace(base, **values)


def _report_shape_losses(properties: etree._Element | None, inline: Inline) -> None:
    """What of ``pic:spPr`` or ``wps:spPr``, and of the effects in it, a frame cannot show."""
    for child in properties if properties is not None else ():
        SHAPE_SUPPORT.dispatch(child, inline.story.log, inline.place, inline)


def _group(element: etree._Element, inline: Inline, anchor: Anchor) -> None:
    """``wpg:wgp``, ``wpc:wpc``: the texts and pictures of a group stand one after the other; the group is reported."""
    inline.story.log.report("DRAWING_GROUP_SPLIT", inline.place)
    for child in children(element):
        size = child.find(f".//{qn('a:xfrm')}/{qn('a:ext')}")
        part = anchor
        if size is not None and child.tag != qn("wpg:grpSp"):
            width, height = read_int(size.get("cx"), 0) or 0, read_int(size.get("cy"), 0) or 0
            part = replace(
                anchor, width_emu=width or anchor.width_emu, height_emu=height or anchor.height_emu
            )
        CONTENT_SUPPORT.dispatch(child, inline.story.log, inline.place, inline, part)


DRAWING_SUPPORT = Support("drawing", {"wp:inline": _placed, "wp:anchor": _placed})
CONTENT_SUPPORT = Support(
    "drawing content",
    {
        "pic:pic": _picture,
        "wps:wsp": _shape,
        "wpg:wgp": _group,
        "wpg:grpSp": _group,
        "wpc:wpc": _group,
    },
    ignored={
        "wpc:bg": "the background of a drawing canvas, which is reported as a group",
        "wpc:whole": "the outline of a drawing canvas, which is reported as a group",
        "wpg:grpSpPr": "the geometry of a group, which is reported",
        "wpg:cNvGrpSpPr": "names and locks of a group",
        "wpg:cNvPr": "names and locks of a group",
    },
    unsupported={
        "c:chart": "CHART_DROPPED",
        "cx:chart": "CHART_DROPPED",
        "dgm:relIds": "SMARTART_DROPPED",
        "lc:lockedCanvas": "DRAWING_DROPPED",
        "wpg:graphicFrame": "CHART_DROPPED",
        "wpi:contentPart": "INK_DROPPED",
        "w14:contentPart": "INK_DROPPED",
        "am3d:model3d": "DRAWING_DROPPED",
    },
)
SHAPE_SUPPORT = Support(
    "shape properties",
    {"a:effectLst": _report_shape_losses},
    ignored=dict.fromkeys(
        ("a:xfrm", "a:prstGeom", "a:solidFill", "a:noFill", "a:ln", "a:extLst"), "read with the shape"
    ),
    unsupported={
        "a:custGeom": "SHAPE_GEOMETRY_APPROXIMATED",
        "a:gradFill": "SHAPE_FILL_APPROXIMATED",
        "a:pattFill": "SHAPE_FILL_APPROXIMATED",
        "a:blipFill": "SHAPE_FILL_APPROXIMATED",
        "a:grpFill": "SHAPE_FILL_APPROXIMATED",
        "a:effectDag": "SHAPE_EFFECT_DROPPED",
        "a:scene3d": "SHAPE_EFFECT_DROPPED",
        "a:sp3d": "SHAPE_EFFECT_DROPPED",
        "a:outerShdw": "SHAPE_EFFECT_DROPPED",
        "a:innerShdw": "SHAPE_EFFECT_DROPPED",
        "a:prstShdw": "SHAPE_EFFECT_DROPPED",
        "a:glow": "SHAPE_EFFECT_DROPPED",
        "a:reflection": "SHAPE_EFFECT_DROPPED",
        "a:softEdge": "SHAPE_EFFECT_DROPPED",
        "a:blur": "SHAPE_EFFECT_DROPPED",
    },
)
EFFECT_SUPPORT = Support(
    "picture effect",
    {},
    ignored={"a:extLst": "what newer versions add; the picture itself stands in the blip"},
    unsupported={
        f"a:{name}": "PICTURE_EFFECT_DROPPED"
        for name in (
            "alphaBiLevel", "alphaCeiling", "alphaFloor", "alphaInv", "alphaMod", "alphaModFix", "alphaRepl", "biLevel",
            "blur", "clrChange", "clrRepl", "duotone", "fillOverlay", "grayscl", "hsl", "lum", "tint",
        )
    },
)  # fmt: skip
