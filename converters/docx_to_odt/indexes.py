"""Fields whose result is a list of entries as ODF's indexes (ECMA-376 Part 1, 17.16.5.68, 17.16.5.28; ODF 1.3 Part 3, 8).

``TOC`` becomes a table of contents, with ``\\c`` or ``\\a`` a table of figures; ``INDEX`` an alphabetical index. Each
keeps its entries as Word last wrote them, page numbers included, until a user updates it; its source says how.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.field_instructions import Instruction, parse_instruction
from converters.docx_to_odt.style_names import paragraph_style_name
from converters.odf.properties import Columns, SectionProperties
from converters.odf.stylesheet import Style, encode_name
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import read_int

_FIELD_CHARACTER, _INSTRUCTION, _KIND = qn("w:fldChar"), qn("w:instrText"), qn("w:fldCharType")
_INDEX = re.compile(r"^\s*(TOC|INDEX)\b")
_RANGE = re.compile(r"(\d)\s*-\s*(\d)")
MAX_LEVEL = 9
INDEX_LEVELS = 3  # main entry and two below (ODF 1.3 Part 3, 8.8)

# switches that a source in ODF answers to; the others change what an update collects and are reported
_TOC_SWITCHES = frozenset("ouhtnzwpac*")
_INDEX_SWITCHES = frozenset("ech*z")


def has_instructions(story: Story, element: etree._Element) -> bool:
    """Whether a field of the part that an element stands in has an instruction: no index begins without one."""
    known = story.conversion.instructed
    if story.part not in known:
        known[story.part] = next(element.getroottree().iter(_INSTRUCTION), None) is not None
    return known[story.part]


def end_of_index(blocks: Sequence[etree._Element], index: int) -> int | None:
    """The index after the last paragraph of the table or index that begins in ``blocks[index]``, or None.

    None, too, where the field does not end among these blocks: then its paragraphs stay plain paragraphs.
    """
    first = blocks[index]
    for element in first.iter(_INSTRUCTION):
        if _INDEX.match(element.text or ""):
            break
    else:
        return None
    depth, index_depth, text = 0, None, ""
    for position in range(index, len(blocks)):
        for element in blocks[position].iter(_FIELD_CHARACTER, _INSTRUCTION):
            if element.tag == _INSTRUCTION:
                text += element.text or ""
                if index_depth is None and _INDEX.match(text):
                    index_depth = depth
                continue
            kind = element.get(_KIND)
            text = ""
            if kind == "begin":
                depth += 1
            elif kind == "end":
                if index_depth == depth:
                    return position if position > index and _shows_nothing(blocks[position]) else position + 1
                depth -= 1
        if index_depth is None:
            return None
    return None


def _shows_nothing(element: etree._Element) -> bool:
    return next(element.iter(qn("w:t"), qn("w:drawing"), qn("w:tab")), None) is None


def write_index(
    story: Story, blocks: Sequence[etree._Element], write_block: Callable[[Story, etree._Element], None]
) -> None:
    """Write the paragraphs of a table or index inside its element, after what it is made from."""
    instruction = _read_instruction(blocks[0])
    tag, name, known, write_source = _kind(instruction)
    dropped = sorted(set(instruction.switches) - known)
    if dropped:
        switches = " ".join(f"\\{switch}" for switch in dropped)
        story.log.report("INDEX_SWITCH_DROPPED", story.place, field=instruction.name, switches=switches)
    number = story.conversion.counters.next("indexes")
    writer = story.writer
    attributes = {
        "text:name": f"{name}{number}",
        "text:style-name": story.automatic.name_for(Style("section", (_columns(instruction),))),
        "text:protected": "false",
    }
    outside, story.in_index = story.in_index, True
    try:
        with writer.element(tag, attributes):
            write_source(writer, instruction)
            with writer.element("text:index-body"):
                for block in blocks:
                    write_block(story, block)
    finally:
        story.in_index = outside


def _read_instruction(first: etree._Element) -> Instruction:
    """The instruction of the table or index: the first of that name in its first paragraph."""
    text = ""
    for element in first.iter(_FIELD_CHARACTER, _INSTRUCTION):
        if element.tag == _INSTRUCTION:
            text += element.text or ""
        elif _INDEX.match(text):
            break
        else:
            text = ""
    return parse_instruction(text)


def _columns(instruction: Instruction) -> SectionProperties:
    count = read_int(instruction.switches.get("c")) if instruction.name == "INDEX" else None
    return SectionProperties(columns=Columns(count, "36pt")) if count and count > 1 else SectionProperties()


WriteSource = Callable[[XmlWriter, Instruction], None]


def _kind(instruction: Instruction) -> tuple[str, str, frozenset[str], WriteSource]:
    if instruction.name == "INDEX":
        return "text:alphabetical-index", "Alphabetical Index", _INDEX_SWITCHES, _write_alphabetical_source
    if "c" in instruction.switches or "a" in instruction.switches:
        return "text:illustration-index", "Table of Figures", _TOC_SWITCHES, _write_illustration_source
    return "text:table-of-content", "Table of Contents", _TOC_SWITCHES, _write_contents_source


# -- sources --------------------------------------------------------------------------------------------------------


def _write_contents_source(writer: XmlWriter, instruction: Instruction) -> None:
    switches = instruction.switches
    match = _RANGE.search(switches.get("o", ""))
    levels = int(match[2]) if match else MAX_LEVEL
    styles = _styles_by_level(switches.get("t", ""))
    attributes = {
        "text:outline-level": str(max(1, min(levels, MAX_LEVEL))),
        "text:use-outline-level": "true" if "o" in switches or "u" in switches or not styles else "false",
        "text:use-index-marks": "false",
        "text:use-index-source-styles": "true" if styles else None,
    }
    with writer.element("text:table-of-content-source", attributes):
        for level in range(1, MAX_LEVEL + 1):
            template = {"text:outline-level": str(level), "text:style-name": f"Contents_20_{level}"}
            with writer.element("text:table-of-content-entry-template", template):
                _write_entry(writer, instruction, level, chapter=True)
        for level, names in styles.items():
            with writer.element("text:index-source-styles", {"text:outline-level": str(level)}):
                for name in names:
                    writer.empty("text:index-source-style", {"text:style-name": name})


def _styles_by_level(text: str) -> Mapping[int, list[str]]:
    """``\\t "Style,1,Other style,2"``: ODF's style names by level (17.16.5.68)."""
    pieces = [piece.strip() for piece in re.split(r"[,;]", text)]
    found: dict[int, list[str]] = {}
    for name, level in zip(pieces[::2], pieces[1::2], strict=False):
        number = read_int(level)
        if name and number is not None and 1 <= number <= MAX_LEVEL:
            found.setdefault(number, []).append(encode_name(paragraph_style_name(name)))
    return found


def _write_entry(writer: XmlWriter, instruction: Instruction, level: int, *, chapter: bool) -> None:
    """What one entry shows: its link, number, text, a leader and the page, as the switches say."""
    switches = instruction.switches
    linked = "h" in switches
    if linked:
        writer.empty("text:index-entry-link-start", {"text:style-name": "Index_20_Link"})
    if chapter:
        writer.empty("text:index-entry-chapter")
    writer.empty("text:index-entry-text")
    if not _without_page(switches, level):
        separator = switches.get("p", "")
        if separator:
            writer.text_element("text:index-entry-span", separator)
        else:
            writer.empty("text:index-entry-tab-stop", {"style:type": "right", "style:leader-char": "."})
        writer.empty("text:index-entry-page-number")
    if linked:
        writer.empty("text:index-entry-link-end")


def _without_page(switches: Mapping[str, str], level: int) -> bool:
    """``\\n``: no page numbers, for all levels or a range of them."""
    if "n" not in switches:
        return False
    match = _RANGE.search(switches["n"])
    return match is None or int(match[1]) <= level <= int(match[2])


def _write_illustration_source(writer: XmlWriter, instruction: Instruction) -> None:
    """A table of figures: the captions of one sequence, with ``\\a`` without label and number."""
    with_label = "c" in instruction.switches
    source = {
        "text:caption-sequence-name": instruction.switches["c" if with_label else "a"] or "Figure",
        "text:caption-sequence-format": "text" if with_label else "caption",
    }
    with writer.element("text:illustration-index-source", source):
        template = {"text:style-name": "Figure_20_Index_20_1"}
        with writer.element("text:illustration-index-entry-template", template):
            _write_entry(writer, instruction, 1, chapter=False)


def _write_alphabetical_source(writer: XmlWriter, instruction: Instruction) -> None:
    letters = "h" in instruction.switches
    source = {"text:alphabetical-separators": "true" if letters else None, "text:ignore-case": "true"}
    with writer.element("text:alphabetical-index-source", source):
        levels = ["separator"] if letters else []
        for level in (*levels, *(str(number) for number in range(1, INDEX_LEVELS + 1))):
            style = "Index_20_Separator" if level == "separator" else f"Index_20_{level}"
            template = {"text:outline-level": level, "text:style-name": style}
            with writer.element("text:alphabetical-index-entry-template", template):
                writer.empty("text:index-entry-text")
                if level != "separator":
                    writer.text_element("text:index-entry-span", instruction.switches.get("e") or ", ")
                    writer.empty("text:index-entry-page-number")
