"""Paragraphs with numbering as ``text:list`` (ODF 1.3 Part 3, 5.3): WordprocessingML has flat paragraphs instead."""

from __future__ import annotations

from converters.docx_to_odt.conversion import OpenList, Story, WrittenList
from converters.docx_to_odt.numbering import LEVELS, Instance


def enter_list_item(story: Story, instance: Instance, level: int) -> None:
    """Open what is needed for a numbered paragraph: its list, or the next item of the list that is open.

    All instances of an abstract numbering count in one list (17.9.15), each with its own look; an override of a start
    counts once, where the instance is used first (17.9.8).
    """
    level = min(max(level, 0), LEVELS - 1)
    depth = level + 1
    current = story.open_list
    if current is not None and current.abstract_id != instance.abstract_id:
        leave_list(story)
        current = None
    writer = story.writer
    if current is None:
        current = story.open_list = _start_list(story, instance)
        writer.start("text:list-item", _item(story, instance, level, current) if depth == 1 else None)
    else:
        while current.depth > depth:
            writer.end()
            writer.end()
            current.depth -= 1
        if current.depth == depth:
            writer.end()
            writer.start("text:list-item", _item(story, instance, level, current))
    while current.depth < depth:
        current.depth += 1
        writer.start("text:list")
        writer.start(
            "text:list-item", _item(story, instance, level, current) if current.depth == depth else None
        )


def _start_list(story: Story, instance: Instance) -> OpenList:
    """Begin the list of an abstract numbering, or go on with it: in the list style with which it began."""
    conversion = story.conversion
    began = conversion.lists.get(instance.abstract_id)
    own_style = conversion.numbering.style_name(instance.id) or ""
    style_name = began.style_name if began is not None else own_style
    identifier = f"list{conversion.counters.next('lists')}"
    attributes = {
        "xml:id": identifier,
        "text:style-name": style_name,
        "text:continue-list": began.identifier if began is not None else None,
    }
    story.writer.start("text:list", attributes)
    conversion.lists[instance.abstract_id] = WrittenList(identifier, style_name)
    if began is None:  # its list style has the starts
        conversion.restarted.update((instance.id, level) for level in instance.restarts)
    return OpenList(instance.abstract_id, style_name, 1)


def _item(story: Story, instance: Instance, level: int, current: OpenList) -> dict[str, str | None]:
    """The attributes of an item: another list style than the list's, and a start of its own."""
    conversion = story.conversion
    style_name = conversion.numbering.style_name(instance.id)
    start = None
    if level in instance.restarts and (instance.id, level) not in conversion.restarted:
        conversion.restarted.add((instance.id, level))
        start = str(instance.levels[level].start)
    return {
        "text:start-value": start,
        "text:style-override": style_name if style_name != current.style_name else None,
    }


def leave_list(story: Story) -> None:
    """Close the open list, if any: what follows is no part of it."""
    if story.open_list is not None:
        for _ in range(story.open_list.depth):
            story.writer.end()
            story.writer.end()
        story.open_list = None
