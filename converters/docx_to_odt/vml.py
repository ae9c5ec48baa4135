"""VML in text: pictures, text boxes and the preview of embedded objects ([MS-OE376]; ECMA-376 Part 4, 19)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from converters.docx_to_odt.anchors import Anchor
from converters.docx_to_odt.frames import write_picture_frame, write_text_box
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.run_properties import RunFormat
from converters.odf.properties import GraphicProperties
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.support import Support
from converters.units import EMU_PER_POINT, from_emu, read_int

_LENGTH = re.compile(r"^\s*(-?[\d.]+)\s*(pt|in|cm|mm|px|pc|emu)?\s*$")
_POINTS: Mapping[str, float] = {
    "pt": 1,
    "in": 72,
    "cm": 72 / 2.54,
    "mm": 72 / 25.4,
    "px": 0.75,
    "pc": 12,
    "emu": 1 / EMU_PER_POINT,
}
_DEFAULT_INSETS = ("0.1in", "0.05in", "0.1in", "0.05in")  # left, top, right, bottom (14.1.2.22)
_HORIZONTAL_REL = {"page": "page", "margin": "page-content", "text": "paragraph", "char": "char"}
_VERTICAL_REL = {"page": "page", "margin": "page-content", "text": "paragraph", "line": "line"}
_HORIZONTAL_ALIGN = {
    "left": "left",
    "center": "center",
    "right": "right",
    "inside": "inside",
    "outside": "outside",
}
_VERTICAL_ALIGN = {"top": "top", "center": "middle", "bottom": "bottom"}


@dataclass(frozen=True, slots=True)
class Group:
    """A group around shapes: ``scale`` in EMU per unit across and down, ``offset`` of its corner in EMU."""

    anchor: Anchor
    scale: tuple[float, float]
    origin: tuple[int, int]
    offset: tuple[int, int]

    def place(self, style: Mapping[str, str]) -> tuple[int, int]:
        """Where a child stands, in EMU from where the group counts."""
        left, top = read_int(style.get("left"), 0) or 0, read_int(style.get("top"), 0) or 0
        across, down = (left - self.origin[0]) * self.scale[0], (top - self.origin[1]) * self.scale[1]
        return self.offset[0] + round(across), self.offset[1] + round(down)


def write_pict(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    """Write a ``w:pict``."""
    for child in children(element):
        SUPPORT.dispatch(child, inline.story.log, inline.place, inline)


def write_object(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    """Write a ``w:object``: its preview stays a picture; the object behind it is reported."""
    for child in children(element):
        if child.tag == qn("o:OLEObject"):
            program = child.get("ProgID", "")
            inline.story.log.report("EMBEDDED_OBJECT_DROPPED", inline.place, program=program)
        else:
            SUPPORT.dispatch(child, inline.story.log, inline.place, inline)


def _shape(element: etree._Element, inline: Inline, group: Group | None = None) -> None:
    """A VML shape: with a picture, with text, or neither, which is reported."""
    anchor = _read_anchor(element, group)
    data = element.find(qn("v:imagedata"))
    box = element.find(qn("v:textbox"))
    if data is not None:
        write_picture_frame(inline, anchor, data.get(qn("r:id")) or data.get(qn("r:pict")))
    elif box is not None and (content := box.find(qn("w:txbxContent"))) is not None:
        grows = "mso-fit-shape-to-text:t" in box.get("style", "").replace(" ", "")
        write_text_box(inline, _with_insets(anchor, box, element), content, grows=grows)
    else:
        kind = etree.QName(element).localname
        inline.story.log.report("DRAWING_DROPPED", inline.place, kind=f"VML {kind}")


def _group(element: etree._Element, inline: Inline, group: Group | None = None) -> None:
    """The shapes of a group stand apart, each at its place; the group is reported."""
    inline.story.log.report("DRAWING_GROUP_SPLIT", inline.place)
    style = read_style(element.get("style"))
    size, origin = _pair(element.get("coordsize"), 1000), _pair(element.get("coordorigin"), 0)
    if group is None:
        anchor = _read_anchor(element, None)
        scale = (anchor.width_emu / (size[0] or 1000), anchor.height_emu / (size[1] or 1000))
        offset = (_emu(style.get("margin-left")), _emu(style.get("margin-top")))
    else:  # a group in a group: its numbers are the outer group's units
        anchor, scale = group.anchor, group.scale
        offset = group.place(style)
    for child in children(element):
        SUPPORT.dispatch(child, inline.story.log, inline.place, inline, Group(anchor, scale, origin, offset))


def _pair(text: str | None, default: int) -> tuple[int, int]:
    pieces = [read_int(piece.strip(), default) for piece in (text or "").split(",")] + [default, default]
    return pieces[0] or 0, pieces[1] or 0


def read_style(text: str | None) -> dict[str, str]:
    """A VML ``style`` attribute as names and values."""
    pairs = (item.partition(":") for item in (text or "").split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value}


def _emu(text: str | None) -> int:
    match = _LENGTH.match(text or "")
    return round(float(match[1]) * _POINTS[match[2] or "px"] * EMU_PER_POINT) if match else 0


def _read_anchor(element: etree._Element, group: Group | None) -> Anchor:
    """Size and place of a shape; inside a group its numbers are the group's units."""
    style = read_style(element.get("style"))
    width, height = _emu(style.get("width")), _emu(style.get("height"))
    name = element.get("alt") or ""
    if group is not None:
        return _in_group(group, style, name)
    if style.get("position") != "absolute":
        inline_properties = GraphicProperties(vertical_pos="top", vertical_rel="baseline")
        return Anchor({"text:anchor-type": "as-char"}, inline_properties, width, height, description=name)
    values: dict[str, Any] = {}
    attributes: dict[str, str | None] = {"text:anchor-type": "char"}
    for axis, edge, length, coordinate, relations, alignments in (
        ("horizontal", "from-left", "margin-left", "svg:x", _HORIZONTAL_REL, _HORIZONTAL_ALIGN),
        ("vertical", "from-top", "margin-top", "svg:y", _VERTICAL_REL, _VERTICAL_ALIGN),
    ):
        relative = style.get(f"mso-position-{axis}-relative", "text")
        values[f"{axis}_rel"] = relations.get(relative, "paragraph")
        values[f"{axis}_pos"] = alignments.get(style.get(f"mso-position-{axis}", ""), edge)
        if values[f"{axis}_pos"] == edge:
            attributes[coordinate] = from_emu(_emu(style.get(length)))
    order = style.get("z-index", "0")
    behind = order.startswith("-")
    wrap = element.find(qn("w10:wrap"))
    kind = wrap.get("type", "") if wrap is not None else ""
    if kind in ("square", "tight", "through"):
        values["wrap"] = "parallel"
    elif kind == "topAndBottom":
        values["wrap"] = "none"
    else:
        values.update(wrap="run-through", run_through="background" if behind else "foreground")
    properties = GraphicProperties(
        wrap_influence_on_position="once-concurrent",
        number_wrapped_paragraphs="no-limit",
        flow_with_text="false",
        **values,
    )
    return Anchor(attributes, properties, width, height, description=name, inline=False)


def _in_group(group: Group, style: Mapping[str, str], name: str) -> Anchor:
    width, height = (
        round((read_int(style.get(side), 0) or 0) * factor)
        for side, factor in zip(("width", "height"), group.scale, strict=True)
    )
    anchor = replace(group.anchor, width_emu=width, height_emu=height, description=name)
    if anchor.inline:
        return anchor
    x, y = group.place(style)
    placed = {"svg:x": from_emu(x), "svg:y": from_emu(y)}
    properties = replace(anchor.properties, horizontal_pos="from-left", vertical_pos="from-top")
    return replace(anchor, attributes={**anchor.attributes, **placed}, properties=properties)


def _with_insets(anchor: Anchor, box: etree._Element, shape: etree._Element) -> Anchor:
    given = [item.strip() for item in box.get("inset", "").split(",")]
    insets = [
        (given[i] if i < len(given) and given[i] else default) for i, default in enumerate(_DEFAULT_INSETS)
    ]
    left, top, right, bottom = (from_emu(_emu(inset)) for inset in insets)
    stroked = shape.get("stroked", "t") not in ("f", "false", "0")
    filled = shape.get("filled", "t") not in ("f", "false", "0")
    color = vml_color(shape.get("strokecolor")) or "#000000"
    properties = replace(
        anchor.properties,
        padding_left=left,
        padding_top=top,
        padding_right=right,
        padding_bottom=bottom,
        border=f"0.75pt solid {color}" if stroked else "none",
        background_color=(vml_color(shape.get("fillcolor")) or "#ffffff") if filled else "transparent",
        fill="solid" if filled else "none",
        fill_color=(vml_color(shape.get("fillcolor")) or "#ffffff") if filled else None,
    )
    return replace(anchor, properties=properties)


def vml_color(text: str | None) -> str | None:
    """``#rgb``, ``#rrggbb`` or a name, with what follows in brackets left out; None for any other."""
    color = (text or "").split()[0:1]
    if not color:
        return None
    value = color[0].lower()
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(char * 2 for char in value[1:])
    if re.fullmatch(r"#[0-9a-f]{6}", value):
        return value
    return {
        "black": "#000000",
        "white": "#ffffff",
        "red": "#ff0000",
        "blue": "#0000ff",
        "silver": "#c0c0c0",
    }.get(value)


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
        "w10:wrap": "read with the shape",
        "w10:anchorlock": "a lock of the editor",
        "w10:bordertop": "the line around a picture, drawn by its frame",
        "w10:borderbottom": "the line around a picture, drawn by its frame",
        "w10:borderleft": "the line around a picture, drawn by its frame",
        "w10:borderright": "the line around a picture, drawn by its frame",
        "o:lock": "a lock of the editor",
        "o:FieldCodes": _PART_OF_SHAPE,
        "o:LinkType": _PART_OF_SHAPE,
        "o:LockedField": _PART_OF_SHAPE,
        "v:imagedata": _PART_OF_SHAPE,
        "v:textbox": _PART_OF_SHAPE,
        "v:fill": _PART_OF_SHAPE,
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
        "v:background": "BACKGROUND_DROPPED",
        "v:textpath": "DRAWING_DROPPED",
        "v:extrusion": "DRAWING_DROPPED",
        "o:OLEObject": "EMBEDDED_OBJECT_DROPPED",
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
