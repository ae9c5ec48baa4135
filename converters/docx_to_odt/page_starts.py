"""What the first paragraph or table of a page or section carries: the master page, its number, line numbers."""

from __future__ import annotations

from typing import Any

from converters.docx_to_odt.conversion import Story


def take_master_page(story: Story, break_before: str | None) -> str | None:
    """The master page that begins with this paragraph or table, if any does; it is then no longer waiting.

    The headers of a section that goes on in the middle of a page hold from its first page break on.
    """
    master = story.pending_master_page
    if master is None and break_before == "page":
        master, story.master_after_break = story.master_after_break, None
    story.pending_master_page = story.pending_page_number = None
    return master


def take_line_numbering(story: Story) -> dict[str, Any]:
    """The paragraph properties for line numbers, where they differ from the document's."""
    if not story.lines_numbered:
        return {"number_lines": "false"} if story.conversion.numbers_lines else {}
    number, story.pending_line_number = story.pending_line_number, None
    return {} if number is None else {"number_lines": "true", "line_number": number}


def anything_waits(story: Story) -> bool:
    """Whether a break, a page or a line number waits for the next paragraph, which then looks like no other."""
    return (
        story.pending_break is not None
        or story.pending_break_after is not None
        or story.pending_master_page is not None
        or story.pending_page_number is not None
        or story.pending_line_number is not None
        or (story.conversion.numbers_lines and not story.lines_numbered)
    )
