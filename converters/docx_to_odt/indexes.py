"""A TOC field's paragraphs as ``text:table-of-content`` (ECMA-376 Part 1, 17.16.5.68; ODF 1.3 Part 3, 8.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml import etree

from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.field_instructions import parse_instruction
from converters.odf.stylesheet import Style
from converters.ooxml.namespaces import qn

_FIELD_CHARACTER, _INSTRUCTION, _KIND = qn("w:fldChar"), qn("w:instrText"), qn("w:fldCharType")
_TOC = re.compile(r"^\s*TOC\b")
_LEVELS = re.compile(r"(\d)\s*-\s*(\d)")
MAX_LEVEL = 9


def end_of_contents(blocks: Sequence[etree._Element], index: int) -> int | None:
    """The index after the last paragraph of the table of contents that begins in ``blocks[index]``, or None.

    None, too, where the field does not end among these blocks: then its paragraphs stay plain paragraphs.
    """
    first = blocks[index]
    if not any(_TOC.match(element.text or "") for element in first.iter(_INSTRUCTION)):
        return None
    depth, toc_depth, text = 0, None, ""
    for position in range(index, len(blocks)):
        for element in blocks[position].iter(_FIELD_CHARACTER, _INSTRUCTION):
            if element.tag == _INSTRUCTION:
                text += element.text or ""
                if toc_depth is None and _TOC.match(text):
                    toc_depth = depth
                continue
            kind = element.get(_KIND)
            text = ""
            if kind == "begin":
                depth += 1
            elif kind == "end":
                if toc_depth == depth:
                    return position if position > index and _shows_nothing(blocks[position]) else position + 1
                depth -= 1
        if toc_depth is None:
            return None
    return None


def _shows_nothing(element: etree._Element) -> bool:
    return next(element.iter(qn("w:t"), qn("w:drawing"), qn("w:tab")), None) is None


def write_table_of_content(
    story: Story, blocks: Sequence[etree._Element], write_block: Callable[[Story, etree._Element], None]
) -> None:
    """Write the paragraphs of a table of contents inside its element; they stay as shown until it is updated."""
    number = story.conversion.counters.next("tables_of_content")
    name = f"Table of Contents{number}"
    text = "".join(element.text or "" for element in blocks[0].iter(_INSTRUCTION))
    instruction = parse_instruction(text)
    match = _LEVELS.search(instruction.switches.get("o", ""))
    levels = int(match[2]) if match else MAX_LEVEL
    section = story.automatic.name_for(Style("section"))
    writer = story.writer
    attributes = {"text:name": name, "text:style-name": section, "text:protected": "false"}
    with writer.element("text:table-of-content", attributes):
        source = {
            "text:outline-level": str(max(1, min(levels, MAX_LEVEL))),
            "text:use-outline-level": "true"
            if "o" in instruction.switches or "u" in instruction.switches
            else "false",
            "text:use-index-marks": "false",
        }
        with writer.element("text:table-of-content-source", source):
            for level in range(1, MAX_LEVEL + 1):
                _write_entry_template(story, level)
        with writer.element("text:index-body"):
            for block in blocks:
                write_block(story, block)


def _write_entry_template(story: Story, level: int) -> None:
    writer = story.writer
    template = {"text:outline-level": str(level), "text:style-name": f"Contents_20_{level}"}
    with writer.element("text:table-of-content-entry-template", template):
        writer.empty("text:index-entry-link-start", {"text:style-name": "Index_20_Link"})
        writer.empty("text:index-entry-chapter")
        writer.empty("text:index-entry-text")
        writer.empty("text:index-entry-tab-stop", {"style:type": "right", "style:leader-char": "."})
        writer.empty("text:index-entry-page-number")
        writer.empty("text:index-entry-link-end")
