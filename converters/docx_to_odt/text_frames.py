"""Paragraphs in frames of their own (``w:framePr``) and drop caps (ECMA-376 Part 1, 17.3.1.11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.frame_positions import HORIZONTAL_ALIGN, RELATIONS, VERTICAL_ALIGN
from converters.docx_to_odt.lists import leave_list
from converters.odf.properties import GraphicProperties
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import from_twips, read_twips

WriteParagraph = Callable[[Story, etree._Element], None]
# Word does not treat "none" as "notBeside", though 17.18.104 describes both alike ([MS-OI29500] 2.1.563): text runs on
_WRAPS: Mapping[str, str] = {"none": "run-through", "notBeside": "none", "through": "run-through"}
_PLACING = frozenset(
    map(
        qn,
        ("w:w", "w:h", "w:x", "w:y", "w:xAlign", "w:yAlign", "w:hAnchor", "w:vAnchor", "w:wrap", "w:dropCap"),
    )
)


def floats(frame: etree._Element, story: Story) -> bool:
    """Whether the properties place a frame: some only hold a lock, or keep the paragraph in line.

    In a table cell they repeat the place of the floating table around it.
    """
    if story.table_depth or frame.get(qn("w:yAlign")) == "inline":
        return False
    return any(name in _PLACING for name in frame.attrib)


def write_pending_paragraphs(story: Story, write_paragraph: WriteParagraph) -> None:
    """Make frames of the paragraphs that wait: neighbours with equal properties share one frame."""
    waiting, story.pending_paragraphs = story.pending_paragraphs, []
    while waiting:
        properties = dict(waiting[0][0].attrib)
        count = next(
            (i for i, (frame, _) in enumerate(waiting) if dict(frame.attrib) != properties), len(waiting)
        )
        same, waiting = waiting[:count], waiting[count:]
        story.pending_frames.append(
            _frame(story, same[0][0], [element for _, element in same], write_paragraph)
        )


def _frame(
    story: Story, frame: etree._Element, paragraphs: list[etree._Element], write_paragraph: WriteParagraph
) -> str:
    flow = story.nested()
    flow.writer = XmlWriter()
    for element in paragraphs:
        write_paragraph(flow, element)
    leave_list(flow)
    story.paragraphs = flow.paragraphs
    content = flow.writer.result()

    def twips(name: str) -> float:
        return read_twips(frame.get(qn(f"w:{name}"))) or 0.0

    number = story.conversion.counters.next("frames")
    attributes: dict[str, str | None] = {"draw:name": f"Frame {number}", "text:anchor-type": "paragraph"}
    values: dict[str, Any] = {}
    for axis, coordinate, edge, name, anchor, alignments, default in (
        ("horizontal", "svg:x", "from-left", "x", "hAnchor", HORIZONTAL_ALIGN, "text"),
        ("vertical", "svg:y", "from-top", "y", "vAnchor", VERTICAL_ALIGN, "text"),
    ):
        values[f"{axis}_rel"] = RELATIONS.get(frame.get(qn(f"w:{anchor}"), default), "paragraph")
        align = alignments.get(frame.get(qn(f"w:{name}Align"), ""))
        values[f"{axis}_pos"] = align or edge
        if align is None:
            attributes[coordinate] = from_twips(twips(name))
    across, down = from_twips(twips("hSpace")), from_twips(twips("vSpace"))
    wrap = frame.get(qn("w:wrap"), "around")
    properties = GraphicProperties(
        wrap=_WRAPS.get(wrap, "parallel"),
        number_wrapped_paragraphs="no-limit",
        margin_left=across,
        margin_right=across,
        margin_top=down,
        margin_bottom=down,
        padding="0cm",
        border="none",
        fill="none",
        background_color="transparent",
        flow_with_text="false",
        wrap_influence_on_position="once-concurrent",
        **values,
    )
    attributes["draw:style-name"] = story.automatic.name_for(Style("graphic", (properties,), "Frame"))
    width, height = twips("w"), twips("h")
    exact = frame.get(qn("w:hRule")) == "exact"
    if width:
        attributes["svg:width"] = from_twips(width)
    if height and exact:
        attributes["svg:height"] = from_twips(height)
    least = {
        "fo:min-height": from_twips(height) if height and not exact else None,
        "fo:min-width": None if width else from_twips(20.0),  # as wide as its text
    }

    def write(writer: XmlWriter) -> None:
        with (
            writer.element("draw:frame", attributes),
            writer.element("draw:text-box", least),
        ):
            writer.raw(content)

    return XmlWriter().fragment(write)
