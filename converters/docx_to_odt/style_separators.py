"""Style separators: two paragraphs of different styles in one line (ECMA-376 Part 1, 17.3.2.36).

The mark of the first paragraph is hidden for good (``w:specVanish``), so that the second runs on behind it: a heading
that the table of contents takes, followed by text that it does not. ODF has one style per paragraph. The first becomes
a frame that stands in the line like a character, as LibreOffice writes it, and stays a heading.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.lists import leave_list
from converters.odf.properties import GraphicProperties
from converters.odf.stylesheet import NamedStyle, Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import first_child
from converters.units import read_on_off

# the frame of a heading that runs on in the text: LibreOffice knows it by this name
INLINE_HEADING = NamedStyle(
    "Inline_20_Heading",
    Style(
        "graphic",
        (
            GraphicProperties(
                min_width="0cm",
                min_height="0cm",
                margin_left="0cm",
                margin_right="0cm",
                padding="0cm",
                border="none",
                vertical_pos="middle",
                vertical_rel="text",
                fill="none",
            ),
        ),
    ),
    "Inline Heading",
)
WriteParagraph = Callable[[Story, etree._Element], None]
_P, _VAL = qn("w:p"), qn("w:val")
_RPR = qn("w:rPr")
_HIDDEN = (qn("w:specVanish"), qn("w:vanish"))


def ends_in_style_separator(paragraph: etree._Element, properties: etree._Element) -> bool:
    """Whether the next paragraph runs on in the line of this one, whose ``w:pPr`` is given."""
    mark = first_child(properties, _RPR)
    if mark is None:
        return False
    for tag in _HIDDEN:
        found = first_child(mark, tag)
        if found is None or not read_on_off(found.get(_VAL)):
            return False
    following = paragraph.getnext()
    return (
        following is not None and following.tag == _P and next(paragraph.iter(qn("w:sectPr")), None) is None
    )


def inline_heading(story: Story, paragraph: etree._Element, write_paragraph: WriteParagraph) -> str:
    """The frame of a paragraph that ends in a style separator, for the next paragraph to begin with."""
    flow = story.nested()
    flow.writer = XmlWriter()
    flow.runs_into = story
    flow.pending_bookmarks, story.pending_bookmarks = story.pending_bookmarks, []
    write_paragraph(flow, paragraph)
    leave_list(flow)
    story.paragraphs = flow.paragraphs
    story.conversion.document.add_named_style(INLINE_HEADING)
    number = story.conversion.counters.next("frames")
    frame = {
        "draw:style-name": INLINE_HEADING.name,
        "draw:name": f"Frame {number}",
        "text:anchor-type": "as-char",
    }
    size = {"fo:min-height": "0cm", "fo:min-width": "0cm"}

    def write(writer: XmlWriter) -> None:
        with writer.element("draw:frame", frame), writer.element("draw:text-box", size):
            writer.raw(flow.writer.result())

    return XmlWriter().fragment(write)
