"""Tracked changes (ECMA-376 Part 1, 17.13.5; ODF 1.3 Part 3, 5.5)."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from converters.docx_to_odt.inline import Inline
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn

_INSERTIONS = frozenset(map(qn, ("w:ins", "w:moveTo")))
WriteContent = Callable[[Inline, etree._Element], None]
UNKNOWN_DATE = "1970-01-01T00:00:00"  # ODF requires one


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


def _region(identifier: str, tag: str, element: etree._Element, content: str) -> str:
    def write(writer: XmlWriter) -> None:
        names = {"xml:id": identifier, "text:id": identifier}
        with writer.element("text:changed-region", names), writer.element(tag):
            with writer.element("office:change-info"):
                writer.text_element("dc:creator", element.get(qn("w:author"), ""))
                writer.text_element("dc:date", change_date(element.get(qn("w:date"))))
            writer.raw(content)

    return XmlWriter().fragment(write)


def change_date(date: str | None) -> str:
    """``w:date`` for ``dc:date``: local time as Word writes it, without the zone mark that Word adds wrongly."""
    text = (date or "").removesuffix("Z")
    valid = len(text) >= 19 and text[4] == text[7] == "-" and text[10] == "T" and text[:4].isdigit()
    return text[:19] if valid else UNKNOWN_DATE


def write_tracked_changes(writer: XmlWriter, regions: list[str], *, recording: bool) -> None:
    """Write ``text:tracked-changes``, which stands before the text."""
    if regions or recording:
        with writer.element("text:tracked-changes", {"text:track-changes": "true" if recording else "false"}):
            for region in regions:
                writer.raw(region)
