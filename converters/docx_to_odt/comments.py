"""Comments as annotations (ECMA-376 Part 1, 17.13.4; ODF 1.3 Part 3, 14.1)."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from converters.docx_to_odt.change_dates import change_date
from converters.docx_to_odt.conversion import CommentThreads
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.run_properties import RunFormat
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import read_on_off


def read_threads(comments: Mapping[str, etree._Element], root: etree._Element | None) -> CommentThreads:
    """Answers and settled comments ([MS-DOCX] 2.5.4.4, w15:commentEx), which name comments by their last paragraphs."""
    identifiers = _by_paragraph(comments)
    parents: dict[str, str] = {}
    resolved: set[str] = set()
    for entry in root if root is not None else ():
        identifier = identifiers.get(entry.get(qn("w15:paraId"), ""))
        parent = identifiers.get(entry.get(qn("w15:paraIdParent"), ""))
        if identifier is None:
            continue
        if parent is not None and parent != identifier:
            parents[identifier] = parent
        if read_on_off(entry.get(qn("w15:done")), False):
            resolved.add(identifier)
    return CommentThreads(parents, frozenset(resolved))


def read_times(
    comments: Mapping[str, etree._Element], identities: etree._Element | None, root: etree._Element | None
) -> dict[str, str]:
    """When comments were made in UTC ([MS-DOCX] 2.5.4.7, w16cex:commentExtensible), by identifier.

    Each is named by a durable number, which ``identities`` ([MS-DOCX] 2.5.4.6, w16cid:commentId) ties to a paragraph.
    """
    identifiers = _by_paragraph(comments)
    durable = {
        entry.get(qn("w16cid:durableId"), ""): identifiers.get(entry.get(qn("w16cid:paraId"), ""))
        for entry in (identities if identities is not None else ())
    }
    found = {
        durable.get(entry.get(qn("w16cex:durableId"), "")): entry.get(qn("w16cex:dateUtc"))
        for entry in (root if root is not None else ())
    }
    return {identifier: utc for identifier, utc in found.items() if identifier and utc}


def _by_paragraph(comments: Mapping[str, etree._Element]) -> dict[str, str]:
    """The comments by the numbers of their paragraphs."""
    return {
        paragraph.get(qn("w14:paraId"), ""): identifier
        for identifier, comment in comments.items()
        for paragraph in comment.iterfind(qn("w:p"))
    }


def start_comment(element: etree._Element, inline: Inline) -> None:
    identifier = element.get(qn("w:id"), "")
    if _write_annotation(identifier, inline, named=True):
        inline.story.conversion.open_comments.add(identifier)


def end_comment(element: etree._Element, inline: Inline) -> None:
    identifier = element.get(qn("w:id"), "")
    conversion = inline.story.conversion
    if identifier in conversion.open_comments:
        conversion.open_comments.remove(identifier)
        inline.leave_span()
        inline.writer.empty("office:annotation-end", {"office:name": _name(identifier)})


def write_comment_reference(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    """The reference stands after the range; a comment without a range is anchored here."""
    identifier = element.get(qn("w:id"), "")
    conversion = inline.story.conversion
    if identifier in conversion.written_comments:
        return
    if not _write_annotation(identifier, inline, named=False):
        inline.story.log.report("COMMENT_MISSING", inline.place)


def _name(identifier: str) -> str:
    return f"__Annotation__{identifier}"


def _write_annotation(identifier: str, inline: Inline, *, named: bool) -> bool:
    """Write the annotation once; False where there is no such comment."""
    story = inline.story
    conversion = story.conversion
    comment = conversion.comments.get(identifier)
    if comment is None or identifier in conversion.written_comments:
        return False
    conversion.written_comments.add(identifier)
    threads, times = conversion.comment_threads, conversion.comment_times
    parent = threads.parents.get(identifier)
    named = named or identifier in threads.parents.values()
    attributes = {
        "office:name": _name(identifier) if named else None,
        "loext:parent-name": _name(parent) if parent is not None else None,
        "loext:resolved": "true" if identifier in threads.resolved else None,
    }
    flow = story.nested("comment", conversion.note_parts.get("comment", ""))
    flow.writer = XmlWriter()
    with flow.writer.element("office:annotation", attributes):
        flow.writer.text_element("dc:creator", comment.get(qn("w:author"), ""))
        flow.writer.text_element("dc:date", change_date(comment.get(qn("w:date")), times.get(identifier)))
        if initials := comment.get(qn("w:initials")):
            flow.writer.text_element("meta:creator-initials", initials)
        conversion.write_flow(flow, comment)
    inline.leave_span()
    inline.writer.raw(flow.writer.result())
    return True
