"""Fields that ODF 1.3 has not, as LibreOffice keeps them: marks in its extension namespace around what they show.

Legacy form fields (ECMA-376 Part 1, 17.16.17) stay fields that can be filled in; of an unknown field the instruction
stays, so that it is a field again when the document goes back to Word.
"""

from __future__ import annotations

from lxml import etree

from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.run_properties import RunFormat
from converters.ooxml.namespaces import qn
from converters.units import read_int, read_on_off

_VAL = qn("w:val")
_TYPE = "vnd.oasis.opendocument.field."
UNKNOWN_TYPE, CODE_PARAMETER = _TYPE + "UNHANDLED", _TYPE + "code"
TEXT_FIELD = "FORMTEXT"
BOX_FIELDS = frozenset(("FORMCHECKBOX", "FORMDROPDOWN"))  # they show their state, not a result
Parameters = tuple[tuple[str, str], ...]


def start_mark(name: str, code: str, data: etree._Element | None, inline: Inline) -> None:
    """Begin the mark around the result of a text form field, or of a field that ODF does not know."""
    if name == TEXT_FIELD:
        kind, parameters = _TYPE + TEXT_FIELD, _text_parameters(data)
    else:
        kind, parameters = UNKNOWN_TYPE, ((CODE_PARAMETER, code.strip()),)
    inline.leave_span()
    _write(inline, "field:fieldmark-start", kind, data, parameters)
    inline.writer.empty("field:fieldmark-separator")


def end_mark(inline: Inline) -> None:
    inline.leave_span()
    inline.writer.empty("field:fieldmark-end")


def write_box(name: str, data: etree._Element | None, inline: Inline, format_: RunFormat) -> None:
    """A check box or drop-down list in the text."""
    parameters = _box_parameters(data) if name == "FORMCHECKBOX" else _list_parameters(data)
    inline.enter_span(inline.style_name(format_))
    _write(inline, "field:fieldmark", _TYPE + name, data, parameters)
    inline.visible = True


def box_text(name: str, data: etree._Element | None) -> str:
    """What a check box or drop-down list shows, where no mark can stand."""
    if name == "FORMCHECKBOX":
        return "☒" if _is_checked(data) else "☐"
    entries, selected = _entries(data)
    return entries[selected] if selected < len(entries) else ""


def _write(inline: Inline, tag: str, kind: str, data: etree._Element | None, parameters: Parameters) -> None:
    writer = inline.writer
    with writer.element(tag, {"text:name": _name(data, inline), "field:type": kind}):
        for name, value in parameters:
            writer.empty("field:param", {"field:name": name, "field:value": value})


def _name(data: etree._Element | None, inline: Inline) -> str:
    found = _child(data, "w:name")
    name = found.get(_VAL, "") if found is not None else ""
    return name or f"Field{inline.story.conversion.counters.next('marks')}"


def _child(parent: etree._Element | None, tag: str) -> etree._Element | None:
    return parent.find(qn(tag)) if parent is not None else None


def _text_parameters(data: etree._Element | None) -> Parameters:
    found = _child(_child(data, "w:textInput"), "w:maxLength")
    return (("MaxLength", found.get(_VAL, "")),) if found is not None else ()


def _is_checked(data: etree._Element | None) -> bool:
    box = _child(data, "w:checkBox")
    state = _child(box, "w:checked")
    state = _child(box, "w:default") if state is None else state
    return state is not None and read_on_off(state.get(_VAL))


def _box_parameters(data: etree._Element | None) -> Parameters:
    return (("Checkbox_Checked", "true"),) if _is_checked(data) else ()


def _entries(data: etree._Element | None) -> tuple[list[str], int]:
    """The entries of a drop-down list and the index of the one that is chosen."""
    choices = _child(data, "w:ddList")
    if choices is None:
        return [], 0
    state = _child(choices, "w:result")
    state = _child(choices, "w:default") if state is None else state
    selected = read_int(state.get(_VAL), 0) if state is not None else 0
    return [entry.get(_VAL, "") for entry in choices.findall(qn("w:listEntry"))], max(selected or 0, 0)


def _list_parameters(data: etree._Element | None) -> Parameters:
    entries, selected = _entries(data)
    return (
        *(("Dropdown_ListEntry", entry) for entry in entries),
        *((("Dropdown_Selected", str(selected)),) if entries else ()),
    )
