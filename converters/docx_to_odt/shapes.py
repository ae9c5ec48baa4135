"""Shapes in text: text boxes, drawn shapes, groups and canvases ([MS-ODRAWXML] 2.20, wps, wpg, wpc; ODF 1.3 Part 3, 10.3).

A drawn shape keeps its outline and holds its text, as in LibreOffice. ODF has paragraphs and lists in shapes, no tables,
headings, notes or drawings (10.3.1, draw-text), and LibreOffice drops the bullets of such lists: a text box with any of these
becomes a frame, which holds anything.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from converters.docx_to_odt.anchors import Anchor
from converters.docx_to_odt.conversion import Story, TableFormat
from converters.docx_to_odt.drawing_contexts import anchor_place, drawing_context
from converters.docx_to_odt.frames import BARE_FRAME, frame_formatting, write_text_frame
from converters.docx_to_odt.graphics import write_graphic_in_group
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.text_chains import ChainLink, read_chain_link
from converters.drawings.anatomy import shape_name, write_description
from converters.drawings.context import DrawingContext
from converters.drawings.geometry import read_geometry
from converters.drawings.shape_properties import resolve_shape_properties
from converters.drawings.shapes import OrdinaryShapes, ShapeTree
from converters.drawings.text_frames import resolve_text_frame
from converters.drawings.transforms import GroupTransform, Transform, read_group_transform, read_transform
from converters.odf.properties import GraphicProperties, TextProperties, lay_over
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.colors import read_color
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.units import EMU_PER_POINT, centimetres, from_emu

# what ODF has in frames only; headings are titles of the document wherever they stand
_NEEDS_FRAME = re.compile(
    r"<(?:table:|draw:|text:(?:h|list|note|section|table-of-content|change\w*|ruby)[ />]|office:annotation)"
)
_NEEDS_FRAME_TAGS = tuple(
    map(
        qn,
        ("w:tbl", "w:drawing", "w:pict", "w:object", "w:footnoteReference", "w:endnoteReference", "w:outlineLvl",
         "w:commentReference", "m:oMath", "w:numPr", "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:framePr", "w:ruby"),
    )
)  # fmt: skip
_ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}
_LINKED = qn("wps:linkedTxbx")
_FILLS = frozenset(map(qn, ("a:solidFill", "a:gradFill", "a:blipFill", "a:pattFill")))
_CONTENT = f"{qn('wps:txbx')}/{qn('w:txbxContent')}"
_DOWNWARDS = GraphicProperties(writing_mode="tb-rl")
_DIRECTIONS: Mapping[str, GraphicProperties] = {
    **dict.fromkeys(("vert", "eaVert", "wordArtVert", "wordArtVertRtl"), _DOWNWARDS),
    "mongolianVert": GraphicProperties(writing_mode="tb-lr"),
    "vert270": GraphicProperties(upwards="bt-lr"),
}
_HEADING = re.compile(r"<(/?)text:h\b")
_OUTLINE_LEVEL = re.compile(r' text:outline-level="\d+"')


@dataclass(frozen=True, slots=True)
class TextShapes(OrdinaryShapes):
    """What Word knows of the shapes in a drawing. ``texts`` is text that is written already, by its shape."""

    story: Story
    texts: Mapping[etree._Element, str] = field(default_factory=dict)

    def alignment(self, shape: etree._Element) -> str:
        content = shape.find(_CONTENT)
        found = content.find(f"{qn('w:p')}/{qn('w:pPr')}/{qn('w:jc')}") if content is not None else None
        return _ALIGNMENTS.get(found.get(qn("w:val"), ""), "left") if found is not None else "left"

    def write_text(self, writer: XmlWriter, shape: etree._Element, context: DrawingContext) -> None:
        text = self.texts.get(shape)
        writer.raw(_without_headings(render_text(shape, self.story, context)) if text is None else text)

    def write_graphic_frame(
        self, writer: XmlWriter, frame: etree._Element, place: Transform, context: DrawingContext
    ) -> None:
        write_graphic_in_group(writer, frame, place, context)


def render_text(shape: etree._Element, story: Story, context: DrawingContext) -> str:
    """The text of a ``wps:wsp`` as ODF; its colour comes from the shape's style where the text names none."""
    content = shape.find(_CONTENT)
    if content is None:
        return ""
    reference = shape.find(f"{qn('wps:style')}/{qn('a:fontRef')}")
    color = read_color(reference, context.scheme)
    format_ = TableFormat(text=TextProperties(color=color.rgb)) if color is not None else None
    return render_content(content, story, width_points=_width_points(shape), format_=format_)


def render_content(
    content: etree._Element,
    story: Story,
    *,
    width_points: float,
    format_: TableFormat | None = None,
    headings: bool = True,
) -> str:
    """The blocks of a ``w:txbxContent`` as ODF; without ``headings``, they are paragraphs."""
    flow = story.nested()
    flow.writer = XmlWriter()
    flow.width_points = width_points or story.width_points
    flow.table_format = format_
    story.conversion.write_flow(flow, content)
    story.paragraphs = flow.paragraphs
    text = flow.writer.result()
    return text if headings else _without_headings(text)


def _without_headings(text: str) -> str:
    """A heading in a group is a paragraph: ODF has no headings in shapes."""
    return _HEADING.sub(lambda match: f"<{match[1]}text:p", _OUTLINE_LEVEL.sub("", text))


def _width_points(shape: etree._Element) -> float:
    properties = shape.find(qn("wps:spPr"))
    transform = read_transform(properties.find(qn("a:xfrm")) if properties is not None else None)
    return transform.width / EMU_PER_POINT if transform is not None else 0.0


def anchored_group(own: Transform | None, anchor: Anchor) -> GroupTransform:
    """Maps a drawing's own box to the place where it is anchored."""
    place = anchor_place(anchor)
    if own is None:
        return GroupTransform(place, 0, 0, place.width, place.height)
    if not (place.width and place.height):
        place = replace(place, width=own.width, height=own.height)
    return GroupTransform(place, own.x, own.y, own.width, own.height)


def write_shape(element: etree._Element, inline: Inline, anchor: Anchor) -> None:
    """``wps:wsp``: a drawn shape, with its text if it has any; a frame for text that no shape may hold."""
    story = inline.story
    own = _complete_place(element, anchor)
    anchor = _with_direction(element, anchor)
    context = drawing_context(story, anchor)
    texts: dict[etree._Element, str] = {}
    link = read_chain_link(element, story)
    if link is not None:
        text = render_text(element, story, context) or '<text:p text:style-name="Standard"/>'
        _write_text_frame(element, inline, anchor, text, context, link)
        return
    if element.find(_CONTENT) is not None:
        text = render_text(element, story, context)
        # LibreOffice puts the text of a shape that stands as a character at the start of the line
        if anchor.inline or _NEEDS_FRAME.search(text):
            _write_text_frame(element, inline, anchor, text, context)
            return
        texts[element] = text
    inline.leave_span()
    tree = ShapeTree(inline.writer, context, TextShapes(story, texts), anchored_group(own, anchor))
    tree.write_shape(element)
    inline.visible = inline.visible or anchor.inline


def _complete_place(element: etree._Element, anchor: Anchor) -> Transform:
    """The shape's own box; one that names none has the size of its anchor, and is told so."""
    properties = element.find(qn("wps:spPr"))
    if properties is None:
        properties = etree.SubElement(element, qn("wps:spPr"))
    own = read_transform(properties.find(qn("a:xfrm")))
    if own is not None:
        return own
    for old in properties.findall(qn("a:xfrm")):
        properties.remove(old)
    transform = etree.Element(qn("a:xfrm"))
    etree.SubElement(transform, qn("a:off"), x="0", y="0")
    etree.SubElement(transform, qn("a:ext"), cx=str(anchor.width_emu), cy=str(anchor.height_emu))
    properties.insert(0, transform)
    return Transform(width=anchor.width_emu, height=anchor.height_emu)


def _with_direction(shape: etree._Element, anchor: Anchor) -> Anchor:
    """The anchor of a shape whose text runs downwards or upwards (20.1.10.83, ST_TextVerticalType)."""
    body = shape.find(qn("wps:bodyPr"))
    direction = _DIRECTIONS.get(body.get("vert", "") if body is not None else "")
    if direction is None:
        return anchor
    return replace(anchor, properties=lay_over(anchor.properties, direction))


def _beside_line(inset: str | None, drawn: GraphicProperties) -> str | None:
    """The padding that leaves text where an inset has it: insets count from a shape's outline (21.1.2.1.1), a frame's
    padding from the inner side of its border (ODF 1.3 Part 3, 20.217)."""
    if inset is None or drawn.stroke in (None, "none") or drawn.stroke_width is None:
        return inset
    return centimetres(max(0.0, _in_centimetres(inset) - _in_centimetres(drawn.stroke_width)))


def _in_centimetres(length: str) -> float:
    return float(length.removesuffix("cm"))


def _write_text_frame(
    shape: etree._Element,
    inline: Inline,
    anchor: Anchor,
    text: str,
    context: DrawingContext,
    link: ChainLink | None = None,
) -> None:
    """A frame with the fill and outline of the shape: any outline but a rectangle is reported.

    A shape that fits its text (``a:spAutoFit``, 21.1.2.1.4) is as high as that, whatever height it was stored with.
    """
    geometry = read_geometry(shape.find(qn("wps:spPr")))
    if geometry is not None and not geometry.is_rectangle:
        context.log.report("SHAPE_GEOMETRY_APPROXIMATED", context.place, geometry=geometry.name or "custGeom")
    body = shape.find(qn("wps:bodyPr"))
    frame = resolve_text_frame([body] if body is not None else [], context).graphic
    drawn = resolve_shape_properties((shape,), context)
    properties = replace(
        lay_over(lay_over(BARE_FRAME, frame_formatting(drawn)), anchor.properties),
        padding_left=_beside_line(frame.padding_left, drawn),
        padding_right=_beside_line(frame.padding_right, drawn),
        padding_top=_beside_line(frame.padding_top, drawn),
        padding_bottom=_beside_line(frame.padding_bottom, drawn),
        textarea_vertical_align=frame.textarea_vertical_align,
    )
    grows = frame.auto_grow_height == "true" and link is None
    write_text_frame(
        inline, replace(anchor, properties=properties), text, grows=grows, shrinks=grows, link=link
    )


def write_shaped_picture(element: etree._Element, inline: Inline, anchor: Anchor) -> None:
    """``pic:pic`` that is turned or cut to an outline."""
    properties = element.find(qn("pic:spPr"))
    own = read_transform(properties.find(qn("a:xfrm")) if properties is not None else None)
    _write_tree(inline, anchor, own, lambda tree: tree.write_picture(element))


def write_group(element: etree._Element, inline: Inline, anchor: Anchor) -> None:
    """``wpg:wgp``: a group is anchored as a whole; ``wpg:grpSp`` where a group had to be split."""
    _report_chain(element, inline)
    properties = element.find(qn("wpg:grpSpPr"))
    own = read_transform(properties.find(qn("a:xfrm")) if properties is not None else None)
    _write_tree(inline, anchor, own, lambda tree: tree.write_group(element))


def write_canvas(element: etree._Element, inline: Inline, anchor: Anchor) -> None:
    """``wpc:wpc``: a canvas is a group whose shapes count from its corner."""
    _report_chain(element, inline)

    def write(tree: ShapeTree) -> None:
        attributes = tree.context.shape_attributes(shape_name(element), GraphicProperties())
        with inline.writer.element("draw:g", attributes):
            write_description(inline.writer, element)
            members = replace(tree, context=tree.context.in_group())
            if (ground := _canvas_ground(element, anchor)) is not None:
                members.write_shape(ground)
            members.write(element)

    _write_tree(inline, anchor, None, write)


def _canvas_ground(canvas: etree._Element, anchor: Anchor) -> etree._Element | None:
    """A rectangle that fills and outlines a canvas as ``wpc:bg`` and ``wpc:whole`` say; None where neither shows."""
    background, whole = canvas.find(qn("wpc:bg")), canvas.find(qn("wpc:whole"))
    fill = (
        next((one for one in children(background) if one.tag in _FILLS), None)
        if background is not None
        else None
    )
    line = whole.find(qn("a:ln")) if whole is not None else None
    if fill is None and (line is None or line.find(qn("a:noFill")) is not None):
        return None
    shape = etree.Element(qn("wps:wsp"))
    properties = etree.SubElement(shape, qn("wps:spPr"))
    transform = etree.SubElement(properties, qn("a:xfrm"))
    etree.SubElement(transform, qn("a:off"), x="0", y="0")
    etree.SubElement(transform, qn("a:ext"), cx=str(anchor.width_emu), cy=str(anchor.height_emu))
    etree.SubElement(properties, qn("a:prstGeom"), prst="rect")
    properties.append(copy.deepcopy(fill) if fill is not None else etree.Element(qn("a:noFill")))
    properties.append(copy.deepcopy(line) if line is not None else etree.Element(qn("a:ln")))
    return shape


def _report_chain(group: etree._Element, inline: Inline) -> None:
    """Shapes hand no text on to each other: all of it stays in the first."""
    if next(group.iter(_LINKED), None) is not None:
        inline.story.log.report("TEXT_CHAIN_DROPPED", inline.place)


def _write_tree(
    inline: Inline, anchor: Anchor, own: Transform | None, write: Callable[[ShapeTree], None]
) -> None:
    story = inline.story
    inline.leave_span()
    context = drawing_context(story, anchor)
    if anchor.inline:
        context = replace(context, anchoring=replace(context.anchoring, text_style=None))
    write(ShapeTree(inline.writer, context, TextShapes(story), anchored_group(own, anchor)))
    inline.visible = inline.visible or anchor.inline


def can_be_grouped(element: etree._Element) -> bool:
    """Whether the texts in a group are such as shapes may hold."""
    return next(element.iter(*_NEEDS_FRAME_TAGS), None) is None


def split_anchors(element: etree._Element, anchor: Anchor) -> Iterator[tuple[etree._Element, Anchor]]:
    """The shapes of a group that cannot stay one, each with an anchor of its own at its place."""
    properties = element.find(qn("wpg:grpSpPr"))
    transform = properties.find(qn("a:xfrm")) if properties is not None else None
    group = anchored_group(read_transform(transform), anchor)
    inner = read_group_transform(transform, group) or group
    for shape in children(element):
        box = next(
            (found for one in shape if (found := read_transform(one.find(qn("a:xfrm")))) is not None), None
        )
        if box is None:
            yield shape, anchor
            continue
        place = inner.to_page(box)
        one = replace(anchor, width_emu=round(place.width), height_emu=round(place.height))
        if not anchor.inline:
            at = {"svg:x": from_emu(place.x), "svg:y": from_emu(place.y)}
            properties_here = replace(one.properties, horizontal_pos="from-left", vertical_pos="from-top")
            one = replace(one, attributes={**one.attributes, **at}, properties=properties_here)
        yield shape, one
