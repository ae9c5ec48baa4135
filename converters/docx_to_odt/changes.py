"""Tracked changes (ECMA-376 Part 1, 17.13.5; ODF 1.3 Part 3, 5.5)."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from converters.docx_to_odt.change_dates import change_date
from converters.docx_to_odt.inline import Inline
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.support import report_element

_INSERTIONS = frozenset(map(qn, ("w:ins", "w:moveTo")))
_MARK_CHANGES = frozenset(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))
_DATE, _UTC = qn("w:date"), qn("w16du:dateUtc")
_PARAGRAPH_OR_TABLE = (qn("w:p"), qn("w:tbl"))
_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo")))
_BLOCKS = _WRAPPERS.union(_PARAGRAPH_OR_TABLE)
WriteContent = Callable[[Inline, etree._Element], None]


def write_change(element: etree._Element, inline: Inline, write_content: WriteContent) -> None:
    """Write inserted or deleted runs: the first stay between marks, the second stand in the list of changes."""
    if element.tag in _INSERTIONS:
        _write_insertion(element, inline, write_content)
    else:
        _write_deletion(element, inline, write_content)


def _write_insertion(element: etree._Element, inline: Inline, write_content: WriteContent) -> None:
    changes = inline.story.conversion.changes
    identifier = changes.next_id()
    changes.regions.append(_region(identifier, "text:insertion", element, ""))
    inline.leave_span()
    inline.writer.empty("text:change-start", {"text:change-id": identifier})
    write_content(inline, element)
    inline.leave_span()
    inline.writer.empty("text:change-end", {"text:change-id": identifier})


def _write_deletion(element: etree._Element, inline: Inline, write_content: WriteContent) -> None:
    story = inline.story
    changes = story.conversion.changes
    deleted = Inline(story, inline.style, inline.base)
    deleted.is_deleted = True
    write_content(deleted, element)
    content = "".join(segment.xml for segment in deleted.finish())
    identifier = changes.next_id()

    def write(writer: XmlWriter) -> None:
        with writer.element("text:p", {"text:style-name": inline.style.name}):
            writer.raw(content)

    changes.regions.append(_region(identifier, "text:deletion", element, XmlWriter().fragment(write)))
    inline.leave_span()
    inline.writer.empty("text:change", {"text:change-id": identifier})
    inline.visible = True


def start_format_change(element: etree._Element, inline: Inline) -> str | None:
    """Mark where formatting was changed (17.13.5.31): who and when, ODF does not keep what it was before.

    Not in deleted text, which stands in the list of changes itself, and not in notes and text boxes: None there.
    """
    if inline.is_deleted or inline.story.depth:
        return None
    changes = inline.story.conversion.changes
    identifier = changes.next_id()
    changes.regions.append(_region(identifier, "text:format-change", element, ""))
    inline.leave_span()
    inline.writer.empty("text:change-start", {"text:change-id": identifier})
    return identifier


def end_format_change(identifier: str, inline: Inline) -> None:
    inline.leave_span()
    inline.writer.empty("text:change-end", {"text:change-id": identifier})


def end_mark_changes(inline: Inline) -> None:
    """End, where a paragraph begins, the changes of the paragraph mark before it."""
    for identifier in inline.story.pending_changes:
        inline.writer.empty("text:change-end", {"text:change-id": identifier})
    inline.story.pending_changes.clear()


def start_mark_changes(
    paragraph: etree._Element, mark_properties: etree._Element | None, inline: Inline
) -> None:
    """Mark an inserted or deleted paragraph mark (17.13.5.15, 17.13.5.20) from its end into the next paragraph.

    As LibreOffice writes it: a deleted mark keeps its place, too. Where no paragraph of the same flow follows, the
    loss is reported.
    """
    for element in mark_properties if mark_properties is not None else ():
        if element.tag not in _MARK_CHANGES:
            continue
        story = inline.story
        if not _paragraph_follows(paragraph):
            report_element("TRACKED_CHANGE_FLATTENED", element.tag, story.log, inline.place)
            continue
        identifier = story.conversion.changes.next_id()
        tag = "text:insertion" if element.tag in _INSERTIONS else "text:deletion"
        story.conversion.changes.regions.append(_region(identifier, tag, element, ""))
        inline.leave_span()
        inline.writer.empty("text:change-start", {"text:change-id": identifier})
        story.pending_changes.append(identifier)


def _paragraph_follows(paragraph: etree._Element) -> bool:
    """Whether the next block is a paragraph in the same flow of text: no table, no frame, no end of a section."""
    if any(paragraph.find(f"{qn('w:pPr')}/{qn(tag)}") is not None for tag in ("w:sectPr", "w:framePr")):
        return False
    element: etree._Element | None = paragraph
    while element is not None:
        following = element.getnext()
        while following is not None and following.tag not in _BLOCKS:
            following = following.getnext()
        while following is not None and following.tag in _WRAPPERS:
            following = next(following.iter(*_PARAGRAPH_OR_TABLE), None)
        if following is not None:
            frame = following.find(f"{qn('w:pPr')}/{qn('w:framePr')}")
            return following.tag == qn("w:p") and frame is None
        parent = element.getparent()
        element = parent if parent is not None and parent.tag in _WRAPPERS else None
    return False


def _region(identifier: str, tag: str, element: etree._Element, content: str) -> str:
    def write(writer: XmlWriter) -> None:
        names = {"xml:id": identifier, "text:id": identifier}
        with writer.element("text:changed-region", names), writer.element(tag):
            with writer.element("office:change-info"):
                writer.text_element("dc:creator", element.get(qn("w:author"), ""))
                writer.text_element("dc:date", change_date(element.get(_DATE), element.get(_UTC)))
            writer.raw(content)

    return XmlWriter().fragment(write)


def write_tracked_changes(writer: XmlWriter, regions: list[str], *, recording: bool) -> None:
    """Write ``text:tracked-changes``, which stands before the text."""
    if regions or recording:
        with writer.element("text:tracked-changes", {"text:track-changes": "true" if recording else "false"}):
            for region in regions:
                writer.raw(region)
