"""Simple and complex fields (ECMA-376 Part 1, 17.16). Those that ODF has become fields; others keep their shown text.

A complex field is a begin, an instruction, a separator, a result and an end, each a run of its own; fields nest.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from lxml import etree

from converters.docx_to_odt.conversion import OpenField
from converters.docx_to_odt.field_instructions import FIELDS, Instruction, parse_instruction, writer_for
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.run_properties import EMPTY_RUN_FORMAT, RunFormat
from converters.ooxml.namespaces import qn
from converters.support import Support
from converters.units import read_on_off

WriteContent = Callable[[Inline, etree._Element], None]

_KEPT = frozenset(map(qn, ("w:fldChar", "w:instrText")))
_FIELD_CHARACTER, _KIND = qn("w:fldChar"), qn("w:fldCharType")
_TEXTS = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:noBreakHyphen"): "\u2011"}


def field_character(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    """``w:fldChar``: the begin, the separator or the end of a complex field."""
    fields = inline.story.fields
    kind = element.get(_KIND)
    if kind == "begin":
        if _ends(element, inline):
            fields.append(OpenField(form_data=element.find(qn("w:ffData"))))
    elif not fields:
        return  # an end without a begin shows nothing
    elif kind == "separate":
        _start_result(fields[-1], inline)
    elif kind == "end":
        field = fields[-1]
        if not field.in_result:
            _start_result(field, inline)
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


def _ends(begin: etree._Element, inline: Inline) -> bool:
    """Whether a field ends anywhere: one without an end would take in the rest of the document; it shows it."""
    conversion, part = inline.story.conversion, inline.story.part
    if part not in conversion.endless_fields:
        conversion.endless_fields[part] = _endless_fields(begin.getroottree().getroot())
    return begin not in conversion.endless_fields[part]


def _endless_fields(root: etree._Element) -> frozenset[etree._Element]:
    """The ``w:fldChar`` elements of a part that begin a field without an end."""
    open_fields: list[etree._Element] = []
    for element in root.iter(_FIELD_CHARACTER):
        kind = element.get(_KIND)
        if kind == "begin":
            open_fields.append(element)
        elif kind == "end" and open_fields:
            open_fields.pop()
    return frozenset(open_fields)


def write_simple_field(element: etree._Element, inline: Inline, write_content: WriteContent) -> None:
    """``w:fldSimple``: instruction and result in one element (17.16.19)."""
    field = OpenField(element.get(qn("w:instr"), ""))
    inline.story.fields.append(field)
    _start_result(field, inline)
    write_content(inline, element)
    _end_field(field, inline, EMPTY_RUN_FORMAT)
    inline.story.fields.remove(field)


def _start_result(field: OpenField, inline: Inline) -> None:
    field.in_result = True
    instruction = parse_instruction(field.instruction)
    if any(outer.mode == "replaced" for outer in inline.story.fields if outer is not field):
        return
    if instruction.name == "HYPERLINK":
        href = hyperlink_target(instruction)
        if href:
            field.mode, field.href = "link", href
            inline.open_link(href)
    elif writer_for(instruction, inline.story.conversion) is not None:
        field.mode = "replaced"
    elif FIELDS.get(instruction.name, "") is None:
        pass  # its shown text is all there is
    elif instruction.name:
        inline.story.log.report("FIELD_FLATTENED", inline.place, field=instruction.name)


def _end_field(field: OpenField, inline: Inline, format_: RunFormat) -> None:
    if field.mode == "link":
        inline.close_link()
    elif field.mode == "replaced":
        instruction = parse_instruction(field.instruction)
        write = writer_for(instruction, inline.story.conversion)
        if write is not None:
            write(instruction, field.result, inline, field.run or format_)
    if field.form_data is not None:
        _write_form_field(field, inline, format_)


def _write_form_field(field: OpenField, inline: Inline, format_: RunFormat) -> None:
    """A legacy check box shows its state only in the form data; other form fields have shown text (17.16.7)."""
    data = field.form_data
    box = data.find(qn("w:checkBox")) if data is not None else None
    if box is not None:
        state = box.find(qn("w:checked"))
        state = box.find(qn("w:default")) if state is None else state
        checked = state is not None and read_on_off(state.get(qn("w:val")))
        inline.text("☒" if checked else "☐", format_)


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
