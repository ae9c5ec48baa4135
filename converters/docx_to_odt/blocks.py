"""Block content: what stands in the body, a cell, a header, a note (ECMA-376 Part 1, EG_BlockLevelElts)."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml import etree

from converters.docx_to_odt.bookmarks import (
    end_bookmark_between_paragraphs,
    start_bookmark_between_paragraphs,
)
from converters.docx_to_odt.content_controls import report_block_control, within_paragraph
from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.drop_caps import becomes_drop_cap
from converters.docx_to_odt.floating_tables import floating_table, table_as_character
from converters.docx_to_odt.indexes import end_of_index, has_instructions, write_index
from converters.docx_to_odt.lists import leave_list
from converters.docx_to_odt.paragraphs import write_paragraph
from converters.docx_to_odt.style_separators import ends_in_style_separator, inline_heading
from converters.docx_to_odt.tables import write_table
from converters.docx_to_odt.text_frames import floats, write_pending_paragraphs
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children, first_child
from converters.support import Support

_P, _TBL = qn("w:p"), qn("w:tbl")
_PPR, _FRAME = qn("w:pPr"), qn("w:framePr")


def block_elements(parent: etree._Element) -> list[etree._Element]:
    """The block content of an element, with the content of structured document tags in its place."""
    found: list[etree._Element] = []
    for child in list(children(parent)):
        if child.tag == _SDT and (paragraph := within_paragraph(child)) is not None:
            found.append(paragraph)
            continue
        content = (
            child.find(_SDT_CONTENT) if child.tag == _SDT else child if child.tag in _TRANSPARENT else None
        )
        if child.tag == _BOOKMARK_END and found and found[-1].tag == _P:
            found[-1].append(child)  # ODF has bookmarks inside paragraphs only
            continue
        found.append(child)
        if content is not None:
            found.extend(block_elements(content))
    _settle_last_marks(found)
    return found


def _settle_last_marks(found: list[etree._Element]) -> None:
    """Bookmarks after the last paragraph of a flow go into it: none follows that could take them."""
    end = len(found)
    while end and found[end - 1].tag == _SECTION:
        end -= 1
    start = end
    while start and found[start - 1].tag in _MARKS:
        start -= 1
    if 0 < start < end and found[start - 1].tag == _P:
        found[start - 1].extend(found[start:end])
        del found[start:end]


def write_blocks(story: Story, elements: Iterable[etree._Element]) -> None:
    """Write block elements; a table of contents takes its paragraphs with it."""
    blocks = list(elements)
    indexed = bool(blocks) and has_instructions(story, blocks[0])
    index = 0
    while index < len(blocks):
        story.at_end = index == len(blocks) - 1
        end = end_of_index(blocks, index) if indexed and blocks[index].tag == _P else None
        if end is None:
            SUPPORT.dispatch(blocks[index], story.log, story.place, story)
            index += 1
        else:
            leave_list(story)
            write_index(story, blocks[index:end], write_block)
            index = end


def write_block(story: Story, element: etree._Element) -> None:
    SUPPORT.dispatch(element, story.log, story.place, story)


def write_flow(story: Story, parent: etree._Element) -> None:
    """Write all block content of an element as one flow; there is at least one paragraph in the end."""
    before = story.paragraphs
    blocks = block_elements(parent)
    write_blocks(story, blocks)
    end_flow(story)
    if story.paragraphs == before or (blocks and blocks[-1].tag == _TBL and story.table_depth):
        story.writer.empty("text:p", {"text:style-name": "Standard"})


def end_flow(story: Story) -> None:
    """Close the list that is open, and give the frames that wait a paragraph: no other will anchor them."""
    leave_list(story)
    write_pending_paragraphs(story, write_paragraph)
    _place_frames(story)


def _place_frames(story: Story) -> None:
    """Frames that no paragraph follows get one of their own."""
    if story.pending_frames:
        with story.writer.element("text:p", {"text:style-name": "Standard"}):
            for frame in story.pending_frames:
                story.writer.raw(frame)
        story.pending_frames.clear()


def _paragraph(element: etree._Element, story: Story) -> None:
    """A paragraph in a frame of its own waits, with its neighbours in the same frame, for the one that anchors it."""
    properties = first_child(element, _PPR)
    frame = first_child(properties, _FRAME) if properties is not None else None
    if frame is not None and becomes_drop_cap(element, frame):
        write_pending_paragraphs(story, write_paragraph)
        story.pending_drop_cap = element
        return
    if frame is not None and floats(frame, story):
        story.pending_paragraphs.append((frame, element))
        return
    write_pending_paragraphs(story, write_paragraph)
    if properties is not None and ends_in_style_separator(element, properties):
        story.pending_frames.append(inline_heading(story, element, write_paragraph))
        return
    write_paragraph(story, element)
    story.at_start = False


def _table(element: etree._Element, story: Story) -> None:
    """A floating table stands in a frame, which the paragraph after it anchors; one of a note in a frame of its own."""
    floating = element.find(f"{qn('w:tblPr')}/{qn('w:tblpPr')}")
    if floating is not None and story.may_float:
        if (frame := floating_table(story, element, floating, write_flow)) is not None:
            story.pending_frames.append(frame)
    else:
        write_pending_paragraphs(story, write_paragraph)
        leave_list(story)
        if story.container in _NOTES and not story.table_depth:
            story.writer.raw(table_as_character(story, element, write_flow) or "")
        else:
            write_table(story, element, write_flow)
    story.at_start = False


def _structured_document_tag(element: etree._Element, story: Story) -> None:
    """The content stands beside (17.5.2)."""
    report_block_control(element, story.log, story.place)


def _equation(element: etree._Element, story: Story) -> None:
    """An equation between paragraphs stands in one of its own."""
    paragraph = etree.Element(_P)
    paragraph.append(copy.deepcopy(element))
    write_paragraph(story, paragraph)
    story.at_start = False


def _nothing(element: etree._Element, story: Story) -> None:
    """The content stands beside, see :func:`block_elements`."""


_NOTES = frozenset(("footnote", "endnote"))
_SECTION, _MARKS = qn("w:sectPr"), (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))
_SDT, _SDT_CONTENT, _BOOKMARK_END = qn("w:sdt"), qn("w:sdtContent"), qn("w:bookmarkEnd")
_TRANSPARENT = frozenset(map(qn, ("w:customXml", "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:smartTag")))

SUPPORT = Support(
    "block content",
    {
        "w:p": _paragraph,
        "w:tbl": _table,
        "m:oMath": _equation,
        "m:oMathPara": _equation,
        "w:sdt": _structured_document_tag,
        "w:customXml": _nothing,
        "w:smartTag": _nothing,
        "w:bookmarkStart": start_bookmark_between_paragraphs,
        "w:bookmarkEnd": end_bookmark_between_paragraphs,
    },
    ignored={
        "w:sectPr": "read with the sections",
        "w:tcPr": "read with the table",
        "w:proofErr": "a mark of the spelling checker",
        "w:permStart": "who may edit a range; protection is reported with the settings",
        "w:permEnd": "who may edit a range; protection is reported with the settings",
        "w:customXmlPr": "read by nothing shown: the markup is reported with its part",
        "w:sdtPr": "read with the structured document tag",
        "w:sdtEndPr": "formats the end mark of a structured document tag",
        "w:commentRangeStart": "the comment is anchored at its reference",
        "w:commentRangeEnd": "the comment is anchored at its reference",
        "w:customXmlInsRangeStart": "a change of markup that is not shown",
        "w:customXmlInsRangeEnd": "a change of markup that is not shown",
        "w:customXmlDelRangeStart": "a change of markup that is not shown",
        "w:customXmlDelRangeEnd": "a change of markup that is not shown",
        "w:customXmlMoveFromRangeStart": "a change of markup that is not shown",
        "w:customXmlMoveFromRangeEnd": "a change of markup that is not shown",
        "w:customXmlMoveToRangeStart": "a change of markup that is not shown",
        "w:customXmlMoveToRangeEnd": "a change of markup that is not shown",
        "w:moveFromRangeStart": "the moved runs carry the change themselves",
        "w:moveFromRangeEnd": "the moved runs carry the change themselves",
        "w:moveToRangeStart": "the moved runs carry the change themselves",
        "w:moveToRangeEnd": "the moved runs carry the change themselves",
    },
    unsupported={
        "w:altChunk": "IMPORTED_PART_DROPPED",
        "w:subDoc": "SUBDOCUMENT_DROPPED",
        "w:ins": "TRACKED_CHANGE_FLATTENED",
        "w:moveTo": "TRACKED_CHANGE_FLATTENED",
        "w:del": "TRACKED_CHANGE_FLATTENED",
        "w:moveFrom": "TRACKED_CHANGE_FLATTENED",
        "w:contentPart": "INK_DROPPED",
    },
)
