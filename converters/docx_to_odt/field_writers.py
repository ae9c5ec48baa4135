"""The ODF fields that say the same as a field of Word (ECMA-376 Part 1, 17.16.5; ODF 1.3 Part 3, 7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from converters.docx_to_odt.conversion import Conversion
from converters.docx_to_odt.date_pictures import date_style
from converters.docx_to_odt.field_instructions import Instruction
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.run_properties import RunFormat
from converters.units import read_int

WriteField = Callable[[Instruction, str, Inline, RunFormat], None]
Accepts = Callable[[Instruction, Conversion], bool]

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
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROMAN: Mapping[str, int] = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def _number_format(instruction: Instruction) -> str | None:
    return _FORMATS.get(instruction.switches.get("*", ""))


def _argument(instruction: Instruction) -> str:
    return instruction.arguments[0] if instruction.arguments else ""


# -- pages, counts, dates, metadata ---------------------------------------------------------------------------------


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


def _plain(tag: str, attributes: Mapping[str, str | None] | None = None) -> WriteField:
    def write(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
        inline.element(format_, tag, attributes or {}, result)

    return write


def _fixed(tag: str) -> WriteField:
    return _plain(tag, {"text:fixed": "true"})


# names of document properties -> the field for the same metadata (17.16.5.16); others are custom ones
_PROPERTY_FIELDS: Mapping[str, str] = {
    "author": "text:initial-creator",
    "comments": "text:description",
    "keywords": "text:keywords",
    "lastsavedby": "text:creator",
    "subject": "text:subject",
    "title": "text:title",
}


def _property(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
    """DOCPROPERTY: a property of the document by name."""
    name = _argument(instruction)
    tag = _PROPERTY_FIELDS.get(name.lower())
    if tag is not None:
        inline.element(format_, tag, {"text:fixed": "true"}, result)
    else:
        inline.element(format_, "text:user-defined", {"text:name": name, "text:fixed": "true"}, result)


def _file_name(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
    display = "full" if "p" in instruction.switches else "name-and-extension"
    inline.element(format_, "text:file-name", {"text:display": display, "text:fixed": "false"}, result)


# -- references -----------------------------------------------------------------------------------------------------

# switches of REF -> what of the bookmark is shown (17.16.5.51; ODF 1.3 Part 3, 19.869)
_REFERENCE_KINDS = (
    ("p", "direction"),
    ("w", "number-all-superior"),
    ("n", "number-no-superior"),
    ("r", "number"),
)


def _reference(reference_format: str) -> WriteField:
    def write(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
        shown = reference_format
        if shown == "text":
            shown = next((kind for switch, kind in _REFERENCE_KINDS if switch in instruction.switches), shown)
        attributes = {"text:reference-format": shown, "text:ref-name": _argument(instruction)}
        inline.element(format_, "text:bookmark-ref", attributes, result)

    return write


def _note_reference(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
    """NOTEREF: the number of the note whose reference a bookmark is around (17.16.5.41)."""
    kind, identifier = inline.story.conversion.noted_bookmarks[_argument(instruction)]
    attributes = {
        "text:note-class": kind,
        "text:reference-format": "direction" if "p" in instruction.switches else "text",
        "text:ref-name": identifier,
    }
    inline.element(format_, "text:note-ref", attributes, result)


# -- sequences and index marks --------------------------------------------------------------------------------------


def _sequence(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
    """SEQ: the next number of a sequence. One that Word counted otherwise, as in a chapter, is stated."""
    name = _argument(instruction)
    conversion = inline.story.conversion
    index = conversion.sequence_counts[name] = conversion.sequence_counts.get(name, 0) + 1
    value = conversion.sequences.get(name, 0)
    shown = sequence_number(result)
    if "c" in instruction.switches:
        formula = name
    elif shown is None or shown == value + 1:
        formula, value = f"{name}+1", value + 1
    else:
        formula, value = str(shown), shown
    conversion.sequences[name] = value
    attributes = {
        "text:ref-name": f"ref{name}{index - 1}",
        "text:name": name,
        "text:formula": f"ooow:{formula}",
        "style:num-format": _number_format(instruction) or "1",
    }
    inline.element(format_, "text:sequence", attributes, result)


def sequence_number(text: str) -> int | None:
    """The number that a caption shows: ``12``, ``xii`` or a repeated letter (17.16.4.3.1); None for another text."""
    text = text.strip().upper()
    if (number := read_int(text)) is not None:
        return number if number >= 0 else None
    if (len(text) > 1 and all(char in _ROMAN for char in text)) or text in ("I", "V", "X"):
        values = [_ROMAN[char] for char in text]
        following = [*values[1:], 0]
        return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
    if text and len(set(text)) == 1 and text[0] in _ALPHABET:
        return _ALPHABET.index(text[0]) + 1 + len(_ALPHABET) * (len(text) - 1)
    return None


def _index_mark(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
    """XE: an entry of the alphabetical index, ``main:sub`` at most three deep (17.16.5.79)."""
    *keys, text = [part.strip() for part in _argument(instruction).split(":")][:3]
    attributes = {
        "text:string-value": text,
        "text:key1": keys[0] if keys else None,
        "text:key2": keys[1] if len(keys) > 1 else None,
        "text:main-entry": "true" if "b" in instruction.switches else None,
    }
    inline.writer.empty("text:alphabetical-index-mark", attributes)
    dropped = [f"\\{switch}" for switch in ("f", "r", "t") if switch in instruction.switches]
    if dropped:
        story = inline.story
        story.log.report("INDEX_SWITCH_DROPPED", story.place, field="XE", switches=" ".join(dropped))


def _contents_mark(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
    """TC: an entry of the table of contents that no heading stands for (17.16.5.66)."""
    level = read_int(instruction.switches.get("l"), 1) or 1
    attributes = {
        "text:string-value": _argument(instruction),
        "text:outline-level": str(min(max(level, 1), 10)),
    }
    inline.writer.empty("text:toc-mark", attributes)


# -- forms and mail merge -------------------------------------------------------------------------------------------


def _merge_field(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
    """MERGEFIELD: a column of a database that is chosen when letters are made (17.16.5.35)."""
    attributes = {
        "text:table-name": "",
        "text:table-type": "table",
        "text:column-name": _argument(instruction),
    }
    inline.element(format_, "text:database-display", attributes, result)


def _macro_button(instruction: Instruction, result: str, inline: Inline, format_: RunFormat) -> None:
    """MACROBUTTON, GOTOBUTTON: the shown text stands in the instruction, behind the macro's or place's name."""
    text = " ".join(instruction.arguments[1:])
    macro = _argument(instruction)
    if (address := inline.story.conversion.scripts.address(macro)) is not None:
        inline.macro_button(format_, macro, address, text)
        return
    inline.element(format_, "text:placeholder", {"text:placeholder-type": "text"}, text)


# -- which field is which -------------------------------------------------------------------------------------------


def _always(instruction: Instruction, conversion: Conversion) -> bool:
    return True


def _has_argument(instruction: Instruction, conversion: Conversion) -> bool:
    return bool(_argument(instruction))


def _has_bookmark(instruction: Instruction, conversion: Conversion) -> bool:
    return _argument(instruction) in conversion.bookmark_names


def _has_note(instruction: Instruction, conversion: Conversion) -> bool:
    return _argument(instruction) in conversion.noted_bookmarks


def _is_identifier(instruction: Instruction, conversion: Conversion) -> bool:
    return _argument(instruction).isidentifier() and "h" not in instruction.switches


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
    "EDITTIME": (_fixed("text:editing-duration"), _always),
    "AUTHOR": (_fixed("text:initial-creator"), _always),
    "LASTSAVEDBY": (_fixed("text:creator"), _always),
    "TITLE": (_fixed("text:title"), _always),
    "SUBJECT": (_fixed("text:subject"), _always),
    "KEYWORDS": (_fixed("text:keywords"), _always),
    "COMMENTS": (_fixed("text:description"), _always),
    "REVNUM": (_fixed("text:editing-cycles"), _always),
    "USERNAME": (_fixed("text:author-name"), _always),
    "USERINITIALS": (_fixed("text:author-initials"), _always),
    "DOCPROPERTY": (_property, _has_argument),
    "FILENAME": (_file_name, _always),
    "REF": (_reference("text"), _has_bookmark),
    "PAGEREF": (_reference("page"), _has_bookmark),
    "NOTEREF": (_note_reference, _has_note),
    "SEQ": (_sequence, _is_identifier),
    "XE": (_index_mark, _has_argument),
    "TC": (_contents_mark, _has_argument),
    "MERGEFIELD": (_merge_field, _has_argument),
    "MACROBUTTON": (_macro_button, _always),
    "GOTOBUTTON": (_macro_button, _always),
    "HYPERLINK": None,  # a link around its result
    "FORMTEXT": None,  # form fields are marks around what they show
    "FORMCHECKBOX": None,
    "FORMDROPDOWN": None,
    "QUOTE": None,
    "INCLUDEPICTURE": None,  # the picture stands in the result
    "SHAPE": None,
    "EMBED": None,
}
# fields that Word shows without a result in the file: nothing is left of them
COMPUTED_FIELDS = frozenset(
    ("AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BARCODE", "DISPLAYBARCODE", "EQ", "LISTNUM", "SYMBOL")
)


def writer_for(instruction: Instruction, conversion: Conversion) -> WriteField | None:
    """What writes the field in ODF; None where ODF has none that says the same."""
    row = FIELDS.get(instruction.name)
    return row[0] if row is not None and row[1](instruction, conversion) else None
