"""Simple and complex fields (ECMA-376 Part 1, 17.16). Those that ODF has become fields; others keep their shown text.

A complex field is a begin, an instruction, a separator, a result and an end, each a run of its own; fields nest.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from lxml import etree

from converters.docx_to_odt.conversion import FieldExtents, OpenField
from converters.docx_to_odt.field_instructions import Instruction, parse_instruction
from converters.docx_to_odt.field_writers import COMPUTED_FIELDS, FIELDS, writer_for
from converters.docx_to_odt.form_fields import (
    BOX_FIELDS,
    TEXT_FIELD,
    box_text,
    end_mark,
    start_mark,
    write_box,
)
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.run_properties import EMPTY_RUN_FORMAT, RunFormat
from converters.ooxml.namespaces import qn
from converters.support import Support

WriteContent = Callable[[Inline, etree._Element], None]

_KEPT = frozenset(map(qn, ("w:fldChar", "w:instrText")))
_FIELD_CHARACTER, _KIND = qn("w:fldChar"), qn("w:fldCharType")
_TEXTS = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:noBreakHyphen"): "\u2011"}


def field_character(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    """``w:fldChar``: the begin, the separator or the end of a complex field."""
    fields = inline.story.fields
    kind = element.get(_KIND)
    if kind == "begin":
        extents = _extents(element, inline)
        if element in extents.endless:  # it would take in the rest of the document
            inline.story.log.report("FIELD_UNFINISHED", inline.place)
            return
        whole = element in extents.whole
        fields.append(OpenField(form_data=element.find(qn("w:ffData")), whole=whole))
    elif not fields:
        return  # an end without a begin shows nothing
    elif kind == "separate":
        _start_result(fields[-1], inline)
    elif kind == "end":
        field = fields[-1]
        if not field.in_result:
            _start_result(field, inline, empty=True)
        _end_field(field, inline, format_)
        fields.remove(field)


def instruction_text(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    fields = inline.story.fields
    if fields and not fields[-1].in_result:
        fields[-1].instruction += element.text or ""
        fields[-1].run = fields[-1].run or format_


def field_swallows(element: etree._Element, inline: Inline, format_: RunFormat) -> bool:
    """Whether a run's child belongs to a field that shows something else: what stands in an instruction, or the
    result of a field that ODF computes anew."""
    if element.tag in _KEPT:
        return False
    for field in inline.story.fields:
        if not field.in_result:
            return True
        if field.mode == "replaced":
            if element.tag in _TEXTS:
                field.result += _TEXTS[element.tag] or element.text or ""
                field.run = format_
            else:
                RESULT_SUPPORT.report(element.tag, inline.story.log, inline.place)
            return True
    return False


def _extents(begin: etree._Element, inline: Inline) -> FieldExtents:
    conversion, part = inline.story.conversion, inline.story.part
    if part not in conversion.field_extents:
        conversion.field_extents[part] = _read_extents(begin.getroottree().getroot())
    return conversion.field_extents[part]


def _read_extents(root: etree._Element) -> FieldExtents:
    open_fields: list[etree._Element] = []
    whole = []
    for element in root.iter(_FIELD_CHARACTER):
        kind = element.get(_KIND)
        if kind == "begin":
            open_fields.append(element)
        elif kind == "end" and open_fields:
            begin = open_fields.pop()
            if _holder(begin) is _holder(element):
                whole.append(begin)
    return FieldExtents(frozenset(open_fields), frozenset(whole))


def _holder(character: etree._Element) -> etree._Element | None:
    """What holds the run of a field character: a paragraph, or a link or tag inside one."""
    run = character.getparent()
    return run.getparent() if run is not None else None


def write_simple_field(element: etree._Element, inline: Inline, write_content: WriteContent) -> None:
    """``w:fldSimple``: instruction and result in one element (17.16.19)."""
    field = OpenField(element.get(qn("w:instr"), ""), whole=True)
    inline.story.fields.append(field)
    _start_result(field, inline)
    write_content(inline, element)
    _end_field(field, inline, EMPTY_RUN_FORMAT)
    inline.story.fields.remove(field)


def _start_result(field: OpenField, inline: Inline, *, empty: bool = False) -> None:
    field.in_result = True
    instruction = parse_instruction(field.instruction)
    name, story = instruction.name, inline.story
    outside = [outer for outer in story.fields if outer is not field]
    if any(outer.mode == "replaced" or not outer.in_result for outer in outside):
        return  # it belongs to a field that shows something else
    if name == "HYPERLINK":
        href = hyperlink_target(instruction)
        if href:
            field.mode, field.href = "link", href
            inline.open_link(href)
    elif name in BOX_FIELDS:
        field.mode = "replaced"
    elif story.in_index:
        pass  # its entries stay as Word wrote them until the index is updated
    elif writer_for(instruction, story.conversion) is not None:
        field.mode = "replaced"
    elif name == TEXT_FIELD or (name and name not in FIELDS):
        if name != TEXT_FIELD:
            code = "FIELD_DROPPED" if empty and name in COMPUTED_FIELDS else "FIELD_FLATTENED"
            story.log.report(code, inline.place, field=name)
        if field.whole and not inline.in_link:
            field.mode = "mark"
            start_mark(name, field.instruction, field.form_data, inline)
    elif name and FIELDS[name] is not None:  # a field of ODF, but not with these arguments
        story.log.report("FIELD_FLATTENED", inline.place, field=name)


def _end_field(field: OpenField, inline: Inline, format_: RunFormat) -> None:
    if field.mode == "link":
        inline.close_link()
    elif field.mode == "mark":
        end_mark(inline)
    elif field.mode == "replaced":
        instruction = parse_instruction(field.instruction)
        if instruction.name in BOX_FIELDS:
            _write_box(field, instruction.name, inline, field.run or format_)
        elif (write := writer_for(instruction, inline.story.conversion)) is not None:
            write(instruction, field.result, inline, field.run or format_)


def _write_box(field: OpenField, name: str, inline: Inline, format_: RunFormat) -> None:
    if inline.in_link:
        inline.text(box_text(name, field.form_data), format_)
    else:
        write_box(name, field.form_data, inline, format_)


def hyperlink_target(instruction: Instruction) -> str:
    """The target of a HYPERLINK field: an address, a bookmark with ``\\l``, or both (17.16.5.25)."""
    target = instruction.arguments[0] if instruction.arguments else ""
    anchor = instruction.switches.get("l", "")
    return quote(target, safe="%/:=&?~#+!$,;'@()*[]|") + (f"#{quote(anchor, safe='')}" if anchor else "")


_ANEW = "what a field shows is computed anew"
RESULT_SUPPORT = Support(
    "shown text of a field that ODF computes anew",
    {"w:t": field_swallows, "w:tab": field_swallows, "w:br": field_swallows, "w:noBreakHyphen": field_swallows},
    ignored=dict.fromkeys(
        ("w:rPr", "w:cr", "w:lastRenderedPageBreak", "w:softHyphen", "w:delText", "w:delInstrText", "w:sym",
         "w:ptab", "w:separator", "w:continuationSeparator", "w:annotationRef", "w:footnoteRef", "w:endnoteRef"),
        _ANEW,
    ),
    unsupported={
        "w:drawing": "DRAWING_DROPPED",
        "w:pict": "DRAWING_DROPPED",
        "w:object": "EMBEDDED_OBJECT_DROPPED",
        "w:footnoteReference": "NOTE_MISSING",
        "w:endnoteReference": "NOTE_MISSING",
        "w:commentReference": "COMMENT_MISSING",
    },
)  # fmt: skip
