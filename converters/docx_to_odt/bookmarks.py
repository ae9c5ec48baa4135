"""Bookmarks (ECMA-376 Part 1, 17.13.6; ODF 1.3 Part 3, 6.2.1)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.inline import Inline
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn

_P, _END = qn("w:p"), qn("w:bookmarkEnd")
_WITHOUT_EXTENT = frozenset((_END, qn("w:bookmarkStart"), qn("w:proofErr")))


def read_bookmark_names(root: etree._Element) -> frozenset[str]:
    return frozenset(element.get(qn("w:name"), "") for element in root.iter(_START))


def read_noted_bookmarks(root: etree._Element) -> dict[str, tuple[str, str]]:
    """Bookmark -> class and id of the first note whose reference stands in it, for NOTEREF (17.16.5.41)."""
    names: dict[str, str] = {}  # id -> name, of bookmarks that are open
    found: dict[str, tuple[str, str]] = {}
    for element in root.iter(_START, _END, *NOTE_REFERENCES):
        if element.tag == _START:
            names[element.get(qn("w:id"), "")] = element.get(qn("w:name"), "")
        elif element.tag == _END:
            names.pop(element.get(qn("w:id"), ""), None)
        else:
            kind = NOTE_REFERENCES[element.tag]
            for name in names.values():
                found.setdefault(name, (kind, note_id(kind, element.get(qn("w:id"), ""))))
    return found


def note_id(kind: str, identifier: str) -> str:
    """The ``text:id`` of a note by its class and ``w:id``."""
    return f"{kind[0]}tn{identifier}"


_CELL, _ROW = qn("w:tc"), qn("w:tr")
_START, _END = qn("w:bookmarkStart"), qn("w:bookmarkEnd")
NOTE_REFERENCES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}


def start_bookmark(element: etree._Element, inline: Inline) -> None:
    name = _opened(element, inline.story)
    if name is not None and _is_point(element):
        inline.story.conversion.bookmarks.pop(element.get(qn("w:id"), ""), None)
        inline.writer.empty("text:bookmark", {"text:name": name})
    elif name is not None and not _starts_before_frame(element, inline.story, name):
        inline.writer.empty("text:bookmark-start", {"text:name": name})


def _starts_before_frame(start: etree._Element, story: Story, name: str) -> bool:
    """Let a bookmark start before the frame of a heading that runs into the next paragraph, where it does not end in it.

    LibreOffice drops bookmarks that start in one flow of text and end in another.
    """
    outer, paragraph = story.runs_into, next(start.iterancestors(_P), None)
    if outer is None or paragraph is None:
        return False
    identifier = start.get(qn("w:id"))
    if any(end.get(qn("w:id")) == identifier for end in paragraph.iter(_END)):
        return False
    outer.pending_frames.append(
        XmlWriter().fragment(lambda writer: writer.empty("text:bookmark-start", {"text:name": name}))
    )
    return True


def end_bookmark(element: etree._Element, inline: Inline) -> None:
    name = inline.story.conversion.bookmarks.pop(element.get(qn("w:id"), ""), None)
    if name is not None:
        inline.writer.empty("text:bookmark-end", {"text:name": name})


def _is_point(start: etree._Element) -> bool:
    """Whether a bookmark ends where it starts: ODF has an element for a place (6.2.1.2)."""
    identifier = start.get(qn("w:id"))
    following = start.getnext()
    while following is not None and following.tag in _WITHOUT_EXTENT:
        if following.tag == _END and following.get(qn("w:id")) == identifier:
            return True
        following = following.getnext()
    return False


def start_bookmark_between_paragraphs(element: etree._Element, story: Story) -> None:
    """ODF has bookmarks inside paragraphs only: it starts with the next one."""
    name = _opened(element, story)
    if name is not None:
        story.pending_bookmarks.append(("text:bookmark-start", name))


def end_bookmark_between_paragraphs(element: etree._Element, story: Story) -> None:
    name = story.conversion.bookmarks.pop(element.get(qn("w:id"), ""), None)
    if name is not None:
        story.pending_bookmarks.append(("text:bookmark-end", name))


def _first_in(cell: etree._Element) -> Iterator[etree._Element]:
    """The cell and, where it is its row's first, the row."""
    yield cell
    row = cell.getparent()
    if row is not None and row.tag == _ROW and next(cell.itersiblings(_CELL, preceding=True), None) is None:
        yield row


def mark_cell(cell: etree._Element, flow: Story) -> None:
    """Bookmarks that start between rows or cells: the place where they start is the cell after them.

    Which cells they are around is no range of text in ODF (17.13.6.2, ``w:colFirst``).
    """
    for element in _first_in(cell):
        for sibling in element.itersiblings(preceding=True):
            if sibling.tag in (_CELL, _ROW):
                break
            if sibling.tag == _START and (name := _opened(sibling, flow)) is not None:
                flow.conversion.bookmarks.pop(sibling.get(qn("w:id"), ""))
                flow.pending_bookmarks.append(("text:bookmark", name))


def write_pending_bookmarks(inline: Inline) -> None:
    waiting = inline.story.pending_bookmarks
    points = {name for tag, name in waiting if tag.endswith("start")}
    points &= {name for tag, name in waiting if tag.endswith("end")}
    for tag, name in waiting:
        if name not in points:
            inline.writer.empty(tag, {"text:name": name})
        elif tag.endswith("start"):
            inline.writer.empty("text:bookmark", {"text:name": name})
    inline.story.pending_bookmarks.clear()


def _opened(element: etree._Element, story: Story) -> str | None:
    """The name of a bookmark that starts; None for a name that is taken (17.13.6.2)."""
    conversion = story.conversion
    name = element.get(qn("w:name"), "")
    if not name or name in conversion.used_bookmarks:
        return None
    conversion.used_bookmarks.add(name)
    conversion.bookmarks[element.get(qn("w:id"), "")] = name
    return name
