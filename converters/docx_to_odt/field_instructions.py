"""Field instructions and the ODF fields that say the same (ECMA-376 Part 1, 17.16.5; ODF 1.3 Part 3, 7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from converters.docx_to_odt.conversion import Conversion
from converters.docx_to_odt.date_pictures import date_style
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.run_properties import RunFormat

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|\\(\S)\s*|(\S+)')
# switches of a field that take an argument; "\*" and "\#" and "\@" always do (17.16.4.3)
_WITH_ARGUMENT: Mapping[str, str] = {
    "HYPERLINK": "lot",
    "SEQ": "rs",
    "TOC": "abcdflopst",
    "REF": "d",
    "XE": "brty",
}
_FORMATS: Mapping[str, str] = {
    "arabic": "1",
    "roman": "i",
    "ROMAN": "I",
    "Roman": "I",
    "alphabetic": "a",
    "ALPHABETIC": "A",
    "Alphabetic": "A",
    "ordinal": "1st",
}


@dataclass(frozen=True, slots=True)
class Instruction:
    """``switches`` by their letter, each with its argument or an empty text."""

    name: str = ""
    arguments: tuple[str, ...] = ()
    switches: Mapping[str, str] = field(default_factory=dict)


def parse_instruction(text: str) -> Instruction:
    """Read a field's instruction; the name is in capitals."""
    name = ""
    arguments: list[str] = []
    switches: dict[str, str] = {}
    expecting: str | None = None
    for match in _TOKEN.finditer(text):
        quoted, switch, word = match.groups()
        if switch is not None:
            expecting = switch
            switches.setdefault(switch, "")
            if switch not in "*#@" and switch.lower() not in _WITH_ARGUMENT.get(name, ""):
                expecting = None
            continue
        value = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else word
        if expecting is not None:
            switches[expecting] = value
            expecting = None
        elif not name:
            name = value.upper()
        else:
            arguments.append(value)
    return Instruction(name, tuple(arguments), switches)


WriteField = Callable[[Instruction, str, Inline, RunFormat], None]
Accepts = Callable[[Instruction, Conversion], bool]


def _number_format(instruction: Instruction) -> str | None:
    return _FORMATS.get(instruction.switches.get("*", ""))


def _page(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
    attributes = {"text:select-page": "current", "style:num-format": _number_format(instruction)}
    inline.element(format_, "text:page-number", attributes, result)


def _count(tag: str) -> WriteField:
    def write(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
        inline.element(format_, tag, {"style:num-format": _number_format(instruction)}, result)

    return write


def _date(tag: str, *, fixed: bool) -> WriteField:
    def write(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
        name = date_style(inline.story.automatic, instruction.switches.get("@", ""), time=tag == "text:time")
        inline.element(
            format_, tag, {"style:data-style-name": name, "text:fixed": "true" if fixed else None}, result
        )

    return write


def _metadata(tag: str) -> WriteField:
    def write(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
        inline.element(format_, tag, {"text:fixed": "true"}, result)

    return write


def _reference(reference_format: str) -> WriteField:
    def write(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
        shown = reference_format
        if shown == "text":
            shown = next((kind for switch, kind in _REFERENCE_KINDS if switch in instruction.switches), shown)
        name = _bookmark(instruction)
        attributes = {"text:reference-format": shown, "text:ref-name": name}
        inline.element(format_, "text:bookmark-ref", attributes, result)

    return write


_REFERENCE_KINDS = (("p", "direction"), ("w", "number-all-superior"), ("n", "number"), ("r", "number"))


def _bookmark(instruction: Instruction) -> str:
    return instruction.arguments[0] if instruction.arguments else ""


def _sequence(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
    name = _bookmark(instruction)
    conversion = inline.story.conversion
    number = conversion.sequences[name] = conversion.sequences.get(name, 0) + 1
    reset = instruction.switches.get("r", "")
    formula = reset if reset.isdigit() else name if "c" in instruction.switches else f"{name}+1"
    inline.element(
        format_,
        "text:sequence",
        {
            "text:ref-name": f"ref{name}{number - 1}",
            "text:name": name,
            "text:formula": f"ooow:{formula}",
            "style:num-format": _number_format(instruction) or "1",
        },
        result,
    )


def _always(instruction: Instruction, conversion: Conversion) -> bool:
    return True


def _has_bookmark(instruction: Instruction, conversion: Conversion) -> bool:
    return _bookmark(instruction) in conversion.bookmark_names


def _is_identifier(instruction: Instruction, conversion: Conversion) -> bool:
    return _bookmark(instruction).isidentifier() and "h" not in instruction.switches


# field -> (what writes it, when it can), or None where the shown text is all there is to keep
FIELDS: Mapping[str, tuple[WriteField, Accepts] | None] = {
    "PAGE": (_page, _always),
    "NUMPAGES": (_count("text:page-count"), _always),
    "NUMWORDS": (_count("text:word-count"), _always),
    "NUMCHARS": (_count("text:character-count"), _always),
    "DATE": (_date("text:date", fixed=False), _always),
    "TIME": (_date("text:time", fixed=False), _always),
    "CREATEDATE": (_date("text:creation-date", fixed=True), _always),
    "SAVEDATE": (_date("text:modification-date", fixed=True), _always),
    "PRINTDATE": (_date("text:print-date", fixed=True), _always),
    "AUTHOR": (_metadata("text:initial-creator"), _always),
    "LASTSAVEDBY": (_metadata("text:creator"), _always),
    "TITLE": (_metadata("text:title"), _always),
    "SUBJECT": (_metadata("text:subject"), _always),
    "KEYWORDS": (_metadata("text:keywords"), _always),
    "COMMENTS": (_metadata("text:description"), _always),
    "REVNUM": (_metadata("text:editing-cycles"), _always),
    "REF": (_reference("text"), _has_bookmark),
    "PAGEREF": (_reference("page"), _has_bookmark),
    "SEQ": (_sequence, _is_identifier),
    "HYPERLINK": None,  # a link around its result
    "TOC": None,  # a table of contents around its paragraphs
    "FORMTEXT": None,
    "FORMCHECKBOX": None,
    "FORMDROPDOWN": None,
    "QUOTE": None,
    "INCLUDEPICTURE": None,  # the picture stands in the result
    "SHAPE": None,
    "EMBED": None,
    "LISTNUM": None,
    "SECTIONPAGES": None,
    "TC": None,
}


def writer_for(instruction: Instruction, conversion: Conversion) -> WriteField | None:
    """What writes the field in ODF; None where ODF has none that says the same."""
    row = FIELDS.get(instruction.name)
    return row[0] if row is not None and row[1](instruction, conversion) else None
