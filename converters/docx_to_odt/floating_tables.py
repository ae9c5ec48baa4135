"""Tables in frames: floating ones, which may break between pages (ECMA-376 Part 1, 17.4.57), and those of notes.

ODF lets a note hold a table (1.3 Part 3, 6.3.4), and LibreOffice drops one that stands there without a frame.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.frame_positions import HORIZONTAL_ALIGN, RELATIONS, VERTICAL_ALIGN
from converters.docx_to_odt.tables import Placed, write_table
from converters.odf.properties import GraphicProperties, ParagraphProperties
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import centimetres, from_twips, percent, read_twips

_CHARACTER = GraphicProperties(
    border="none",
    padding="0cm",
    margin_left="0cm",
    margin_right="0cm",
    margin_top="0cm",
    margin_bottom="0cm",
    vertical_pos="top",
    vertical_rel="baseline",
    fill="none",
    background_color="transparent",
)
_NO_SPACING = ParagraphProperties(margin_top="0cm", margin_bottom="0cm")


def floating_table(
    story: Story,
    element: etree._Element,
    position: etree._Element,
    write_flow: Callable[[Story, etree._Element], None],
) -> str | None:
    """The frame around a table, as a fragment for the paragraph that anchors it; None for a table without rows."""
    framed = _framed(story, element, write_flow)
    if framed is None:
        return None
    placed, content = framed

    def twips(name: str) -> float:
        return read_twips(position.get(qn(f"w:{name}"))) or 0.0

    values: dict[str, Any] = {
        f"margin_{side}": from_twips(twips(f"{side}FromText")) for side in ("left", "right", "top", "bottom")
    }
    attributes: dict[str, str | None] = {"text:anchor-type": "paragraph"}
    align = position.get(qn("w:tblpXSpec"))
    values["horizontal_pos"] = HORIZONTAL_ALIGN.get(align or "", "from-left")
    values["horizontal_rel"] = RELATIONS.get(position.get(qn("w:horzAnchor"), "text"), "paragraph")
    if values["horizontal_pos"] == "from-left":
        attributes["svg:x"] = from_twips(twips("tblpX") - placed.hang_twips)
    align = position.get(qn("w:tblpYSpec"))
    values["vertical_pos"] = VERTICAL_ALIGN.get(align or "", "from-top")
    values["vertical_rel"] = RELATIONS.get(position.get(qn("w:vertAnchor"), "margin"), "page-content")
    if values["vertical_pos"] == "from-top":
        attributes["svg:y"] = from_twips(twips("tblpY"))
    overlap = element.find(f"{qn('w:tblPr')}/{qn('w:tblOverlap')}")
    inside = story.table_depth > 0 or bool(story.container)
    properties = GraphicProperties(
        wrap="parallel",
        number_wrapped_paragraphs="no-limit",
        wrap_contour="false",
        border="none",
        padding="0cm",
        flow_with_text="true" if inside and values["vertical_rel"] != "page" else "false",
        fill="none",
        background_color="transparent",
        wrap_influence_on_position="once-concurrent",
        allow_overlap="false" if overlap is not None and overlap.get(qn("w:val")) == "never" else "true",
        **values,
    )
    return _frame(story, placed, content, attributes, properties)


def table_as_character(
    story: Story, element: etree._Element, write_flow: Callable[[Story, etree._Element], None]
) -> str | None:
    """A paragraph with a frame around a table, as a fragment; None for a table without rows."""
    framed = _framed(story, element, write_flow)
    if framed is None:
        return None
    frame = _frame(story, *framed, {"text:anchor-type": "as-char"}, _CHARACTER)
    paragraph = story.automatic.name_for(Style("paragraph", (_NO_SPACING,), "Standard"))

    def write(writer: XmlWriter) -> None:
        with writer.element("text:p", {"text:style-name": paragraph}):
            writer.raw(frame)

    return XmlWriter().fragment(write)


def _framed(
    story: Story, element: etree._Element, write_flow: Callable[[Story, etree._Element], None]
) -> tuple[Placed, str] | None:
    """A table with what is known of its place, and its XML."""
    flow = story.nested()
    flow.writer = XmlWriter()
    flow.table_depth = story.table_depth
    placed = write_table(flow, element, write_flow, in_frame=True)
    if placed is None:
        return None
    story.paragraphs = flow.paragraphs
    return placed, flow.writer.result()


def _frame(
    story: Story,
    placed: Placed,
    content: str,
    attributes: dict[str, str | None],
    properties: GraphicProperties,
) -> str:
    """The frame as a fragment."""
    attributes["draw:name"] = f"Frame {story.conversion.counters.next('frames')}"
    attributes["draw:style-name"] = story.automatic.name_for(Style("graphic", (properties,), "Frame"))
    attributes["svg:width"] = from_twips(max(placed.width.twips, 20.0))
    if placed.width.percent is not None:
        attributes["style:rel-width"] = percent(placed.width.percent)
    attributes["loext:may-break-between-pages"] = "true"

    def write(writer: XmlWriter) -> None:
        with (
            writer.element("draw:frame", attributes),
            writer.element("draw:text-box", {"fo:min-height": centimetres(0.04)}),
        ):
            writer.raw(content)

    return XmlWriter().fragment(write)
