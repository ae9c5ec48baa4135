"""VML shapes that are drawn: lines, boxes, ovals, outlines, words as drawings, rules (ECMA-376 Part 4, 19.1.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from converters.docx_to_odt.anchors import Anchor
from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.drawing_contexts import anchor_place, drawing_context
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.shapes import render_content
from converters.docx_to_odt.vml_anchors import Group, line_ends, polyline_points, read_style
from converters.docx_to_odt.vml_formatting import given, read_formatting, text_insets, vml_color
from converters.docx_to_odt.vml_geometry import VmlOutline, read_outline
from converters.drawings.context import DrawingContext
from converters.drawings.picture_frames import write_image
from converters.drawings.pictures import carry_picture
from converters.drawings.transforms import Transform
from converters.odf.properties import GraphicProperties, TextProperties, lay_over
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import EMU_PER_POINT, from_emu, read_int

_TYPE_NUMBER = re.compile(r"_x0000_t(\d+)$")
_BOXES = frozenset(("", "0", "1", "75", "202"))  # MSOSPT: none, rectangle, picture frame, text box
_STRAIGHT = frozenset(("20", "32"))  # line, straight connector
_PLAIN_WORD_ART = "136"
_RULE_COLOR = "#a0a0a0"  # of a rule in the standard colour
_DEFAULT_ARC = 0.2  # 19.1.2.16, arcsize


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape with the type it is made from and its place; ``group`` is the one around it."""

    element: etree._Element
    shape_type: etree._Element | None
    anchor: Anchor
    group: Group | None

    @property
    def transform(self) -> Transform:
        """The shape's box with its turn and flips."""
        style = read_style(self.element.get("style"))
        flip = style.get("flip", "")
        place = anchor_place(self.anchor)
        return replace(
            place,
            rotation=_rotation(style.get("rotation")),
            flip_horizontal="x" in flip,
            flip_vertical="y" in flip,
        )

    @property
    def content(self) -> etree._Element | None:
        return self.element.find(f"{qn('v:textbox')}/{qn('w:txbxContent')}")


def _rotation(text: str | None) -> float:
    """Degrees, or 65536ths of one with ``fd``, as 60000ths."""
    value = (text or "").strip()
    degrees = (
        (read_int(value[:-2], 0) or 0) / 65536 if value.endswith("fd") else float(read_int(value, 0) or 0)
    )
    return degrees * 60_000


def shape_type_of(shape: etree._Element) -> etree._Element | None:
    """The ``v:shapetype`` that a shape is made from; it may stand with any shape of the part."""
    name = shape.get("type", "").lstrip("#")
    if not name:
        return None
    for found in shape.getroottree().getroot().iter(qn("v:shapetype")):
        if found.get("id") == name:
            return found
    return None


def _type_number(shape: etree._Element, shape_type: etree._Element | None) -> str:
    number = given(shape, shape_type, qn("o:spt"))
    if number is not None:
        return str(read_int(number, 0))
    match = _TYPE_NUMBER.search(shape.get("type", ""))
    return match[1] if match else ""


def is_box(shape: etree._Element, shape_type: etree._Element | None) -> bool:
    """Whether a shape is a rectangle that does not lie askew: a frame shows the same."""
    style = read_style(shape.get("style"))
    if _rotation(style.get("rotation")) % 21_600_000:
        return False
    if shape.tag == qn("v:rect"):
        return True
    return shape.tag == qn("v:shape") and _type_number(shape, shape_type) in _BOXES


def write_drawn(writer: XmlWriter, drawn: Drawn, context: DrawingContext, story: Story) -> None:
    """Write a shape with its outline and text."""
    text = ""
    if drawn.content is not None:
        width = drawn.anchor.width_emu / EMU_PER_POINT
        text = render_content(drawn.content, story, width_points=width, headings=False)
    kind = drawn.element.tag
    if kind == qn("v:shape") and _type_number(drawn.element, drawn.shape_type) in _STRAIGHT:
        kind = qn("v:line")
    _WRITERS[kind](writer, drawn, context, text)


def _attributes(
    drawn: Drawn, context: DrawingContext, *, text: str, fill: bool = True
) -> dict[str, str | None]:
    properties = lay_over(read_formatting(drawn.element, drawn.shape_type, context), _FIXED)
    if text:
        properties = lay_over(properties, text_insets(drawn.element))
    if not fill:
        properties = replace(properties, fill="none", fill_color=None, opacity=None)
    return context.shape_attributes(drawn.element.get("id"), properties, holds_text=bool(text))


def _finish(writer: XmlWriter, drawn: Drawn, text: str) -> None:
    if drawn.anchor.description:
        writer.text_element("svg:desc", drawn.anchor.description)
    writer.raw(text)


def _line(writer: XmlWriter, drawn: Drawn, context: DrawingContext, text: str) -> None:
    place = drawn.transform
    right, down = True, True
    if drawn.element.tag == qn("v:line"):
        (x1, y1), (x2, y2) = line_ends(drawn.element, drawn.group)
        right, down = x1 <= x2, y1 <= y2
    start, end = place.corner(not right, not down), place.corner(right, down)
    ends = zip(("svg:x1", "svg:y1", "svg:x2", "svg:y2"), (*start, *end), strict=True)
    attributes = {
        **_attributes(drawn, context, text=text, fill=False),
        **{name: from_emu(value) for name, value in ends},
    }
    with writer.element("draw:line", attributes):
        _finish(writer, drawn, text)


def _rectangle(writer: XmlWriter, drawn: Drawn, context: DrawingContext, text: str) -> None:
    radius = None
    if drawn.element.tag == qn("v:roundrect"):
        shorter = min(drawn.anchor.width_emu, drawn.anchor.height_emu)
        radius = from_emu(_arc_share(drawn.element.get("arcsize")) * shorter)
    attributes = {**_attributes(drawn, context, text=text), **drawn.transform.attributes()}
    with writer.element("draw:rect", {**attributes, "draw:corner-radius": radius}):
        _finish(writer, drawn, text)


def _arc_share(text: str | None) -> float:
    """``arcsize``: a share of half the shorter side's double, plain, in percent or in 65536ths (19.1.2.16)."""
    value = (text or "").strip()
    try:
        if value.endswith("f"):
            return float(value[:-1]) / 65536
        return float(value[:-1]) / 100 if value.endswith("%") else float(value)
    except ValueError:
        return _DEFAULT_ARC


def _oval(writer: XmlWriter, drawn: Drawn, context: DrawingContext, text: str) -> None:
    arc: dict[str, str | None] = {}
    if drawn.element.tag == qn(
        "v:arc"
    ):  # angles from the top, clockwise; ODF's from the right, counter-clockwise
        start, end = (read_int(drawn.element.get(name), default) or 0 for name, default in _ARC_ANGLES)
        arc = {
            "draw:kind": "arc",
            "draw:start-angle": str((90 - end) % 360),
            "draw:end-angle": str((90 - start) % 360),
        }
    attributes = {**_attributes(drawn, context, text=text), **drawn.transform.attributes(), **arc}
    with writer.element("draw:ellipse", attributes):
        _finish(writer, drawn, text)


def _polyline(writer: XmlWriter, drawn: Drawn, context: DrawingContext, text: str) -> None:
    values = polyline_points(drawn.element, drawn.group)
    xs, ys = values[::2], values[1::2]
    if len(xs) < 2:
        context.log.report("DRAWING_DROPPED", context.place, kind="v:polyline")
        return
    left, top = min(xs), min(ys)
    unit = max(1, max(max(xs) - left, max(ys) - top) // 20_000)
    points = [f"{(x - left) // unit},{(y - top) // unit}" for x, y in zip(xs, ys, strict=True)]
    closed = points[0] == points[-1]
    attributes = {
        **_attributes(drawn, context, text=text, fill=closed),
        **drawn.transform.attributes(),
        "svg:viewBox": f"0 0 {max(1, (max(xs) - left) // unit)} {max(1, (max(ys) - top) // unit)}",
        "draw:points": " ".join(points[:-1] if closed else points),
    }
    with writer.element("draw:polygon" if closed else "draw:polyline", attributes):
        _finish(writer, drawn, text)


def _outlined(writer: XmlWriter, drawn: Drawn, context: DrawingContext, text: str) -> None:
    """``v:shape`` and ``v:curve``: what its path says; a rectangle where that cannot be said."""
    outline = read_outline(drawn.element, drawn.shape_type)
    if outline is None:
        kind = _type_number(drawn.element, drawn.shape_type) or etree.QName(drawn.element).localname
        if kind not in _BOXES:
            context.log.report("SHAPE_GEOMETRY_APPROXIMATED", context.place, geometry=f"VML {kind}")
        _rectangle(writer, drawn, context, text)
        return
    place = drawn.transform
    attributes = {**_attributes(drawn, context, text=text), **place.attributes(mirrored=True)}
    with writer.element("draw:custom-shape", attributes):
        _finish(writer, drawn, text)
        _write_outline(writer, outline, place)


def _write_outline(writer: XmlWriter, outline: VmlOutline, place: Transform) -> None:
    geometry = {
        "svg:viewBox": f"0 0 {outline.width} {outline.height}",
        "draw:type": "non-primitive",
        "draw:modifiers": outline.modifiers or None,
        "draw:mirror-horizontal": "true" if place.flip_horizontal else None,
        "draw:mirror-vertical": "true" if place.flip_vertical else None,
        "draw:enhanced-path": outline.path,
    }
    with writer.element("draw:enhanced-geometry", geometry):
        for index, formula in enumerate(outline.equations):
            writer.empty("draw:equation", {"draw:name": f"f{index}", "draw:formula": formula})


def write_picture_in_group(
    writer: XmlWriter, shape: etree._Element, anchor: Anchor, context: DrawingContext
) -> None:
    """A picture among the shapes of a group."""
    data = shape.find(qn("v:imagedata"))
    identifier = (data.get(qn("r:id")) or data.get(qn("r:pict"))) if data is not None else None
    picture = carry_picture(
        context.document, context.package, context.part, identifier, context.log, context.place
    )
    if picture is not None:
        bare = GraphicProperties(stroke="none", fill="none")
        attributes = {
            **context.shape_attributes(shape.get("id"), bare),
            **anchor_place(anchor).attributes(),
        }
        with writer.element("draw:frame", attributes):
            write_image(writer, picture)


def write_word_art(shape: etree._Element, inline: Inline, anchor: Anchor) -> None:
    """``v:textpath``: words that fill the shape, as watermarks do (19.1.2.23)."""
    words = shape.find(qn("v:textpath"))
    assert words is not None
    kind = shape_type_of(shape)
    drawn = Drawn(shape, kind, anchor, None)
    context = drawing_context(inline.story, anchor)
    number = _type_number(shape, kind)
    if number != _PLAIN_WORD_ART:
        context.log.report("SHAPE_GEOMETRY_APPROXIMATED", context.place, geometry=f"WordArt {number}")
    style = read_style(words.get("style"))
    conversion = inline.story.conversion
    typeface = style.get("font-family", "").strip("\"' ")
    text = TextProperties(
        font_name=conversion.fonts.name_for(typeface) if typeface else None,
        font_weight="bold" if style.get("font-weight") == "bold" else None,
        font_style="italic" if style.get("font-style") == "italic" else None,
    )
    name = inline.story.automatic.name_for(Style("text", (text,)))
    place = drawn.transform
    attributes = {
        **context.shape_attributes(shape.get("id"), lay_over(read_formatting(shape, kind, context), _FIXED)),
        **place.attributes(),
    }
    inline.leave_span()
    writer = inline.writer
    with writer.element("draw:custom-shape", attributes):
        with writer.element("text:p"):
            writer.text_element("text:span", words.get("string", ""), {"text:style-name": name})
        writer.empty("draw:enhanced-geometry", _WORD_ART)
    inline.visible = inline.visible or anchor.inline


def write_rule(shape: etree._Element, inline: Inline, anchor: Anchor) -> None:
    """``o:hr``: a rule across the text, or a share of its width in tenths of a percent ([MS-OE376] 2.1.1833, hrpct)."""
    share = (read_int(shape.get(qn("o:hrpct")), 0) or 1000) / 1000
    width = anchor.width_emu or round(inline.story.width_points * share * EMU_PER_POINT)
    standard = shape.get(qn("o:hrstd")) in ("t", "true", "1")
    color = vml_color(shape.get("fillcolor")) or (_RULE_COLOR if standard else "#000000")
    placed = replace(anchor, width_emu=width)
    context = drawing_context(inline.story, placed)
    properties = GraphicProperties(stroke="none", fill="solid", fill_color=color)
    inline.leave_span()
    attributes = {**context.shape_attributes(None, properties), **anchor_place(placed).attributes()}
    inline.writer.empty("draw:rect", attributes)
    inline.visible = True


_FIXED = GraphicProperties(auto_grow_height="false", auto_grow_width="false")  # text does not change the size
_ARC_ANGLES = (("startangle", 0), ("endangle", 90))
_WORD_ART: Mapping[str, str | None] = {
    "svg:viewBox": "0 0 21600 21600",
    "draw:type": "fontwork-plain-text",
    "draw:text-path": "true",
    "draw:text-path-mode": "shape",
    "draw:text-path-scale": "path",
    "draw:enhanced-path": "M 0 0 L 21600 0 N M 0 21600 L 21600 21600 N",
}
_WRITERS: Mapping[str, Callable[[XmlWriter, Drawn, DrawingContext, str], None]] = {
    qn("v:line"): _line,
    qn("v:rect"): _rectangle,
    qn("v:roundrect"): _rectangle,
    qn("v:oval"): _oval,
    qn("v:arc"): _oval,
    qn("v:polyline"): _polyline,
    qn("v:shape"): _outlined,
    qn("v:curve"): _outlined,
    qn("v:image"): _rectangle,
}
