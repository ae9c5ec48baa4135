"""Paragraphs with numbering as ``text:list`` (ODF 1.3 Part 3, 5.3): WordprocessingML has flat paragraphs instead."""

from __future__ import annotations

from converters.docx_to_odt.conversion import OpenList, Story
from converters.docx_to_odt.numbering import LEVELS, Instance


def enter_list_item(story: Story, instance: Instance, level: int) -> None:
    """Open what is needed for a numbered paragraph: its list, or the next item of the list that is open."""
    numbering = story.conversion.numbering
    depth = min(max(level, 0), LEVELS - 1) + 1
    current = story.open_list
    if current is not None and current.num_id != instance.id:
        leave_list(story)
        current = None
    writer = story.writer
    if current is None:
        style_name = numbering.style_name(instance.id) or ""
        _start_list(story, instance, style_name)
        current = story.open_list = OpenList(instance.id, style_name, 1)
        writer.start("text:list-item")
    else:
        while current.depth > depth:
            writer.end()
            writer.end()
            current.depth -= 1
        if current.depth == depth:
            writer.end()
            writer.start("text:list-item")
    while current.depth < depth:
        writer.start("text:list")
        writer.start("text:list-item")
        current.depth += 1


def _start_list(story: Story, instance: Instance, style_name: str) -> None:
    conversion = story.conversion
    blocks = conversion.last_list_blocks
    identifier = f"list{conversion.counters.next('lists')}"
    attributes = {
        "xml:id": identifier,
        "text:style-name": style_name,
        "text:continue-list": blocks.get(instance.list_key),
    }
    blocks[instance.list_key] = identifier
    story.writer.start("text:list", attributes)


def leave_list(story: Story) -> None:
    """Close the open list, if any: what follows is no part of it."""
    if story.open_list is not None:
        for _ in range(story.open_list.depth):
            story.writer.end()
            story.writer.end()
        story.open_list = None
