"""The census of RTF: text in its order, tables, pictures, notes, comments, links.

Source: Rich Text Format Specification 1.9.1. Left out, as in every census: deleted text, the instructions of fields,
headers and footers; and what stands twice in RTF, once for readers of today and once for older ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from converters.census.fields import VOLATILE, linked_target
from converters.census.record import Census
from converters.errors import Refused

_BYTES = 200_000_000
_GROUPS = 20_000
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]"
)
_UNKNOWN = "\ufffc"
# \fcharset -> codec
_CHARACTER_SETS: Mapping[int, str] = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_SYMBOLS = 2
_CHARACTERS: Mapping[bytes, str] = {
    b"tab": " ",
    b"line": " ",
    b"emdash": "\u2014",
    b"endash": "\u2013",
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
    b"bullet": "\u2022",
    b"emspace": " ",
    b"enspace": " ",
    b"qmspace": " ",
    b"column": " ",
    b"chpgn": _UNKNOWN,
    b"chdate": _UNKNOWN,
    b"chtime": _UNKNOWN,
    b"sectnum": _UNKNOWN,
}
_SIGNS: Mapping[bytes, str] = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
# groups whose text is none of the document's, besides those that say so by \*
_ASIDE = frozenset(
    b"fonttbl colortbl stylesheet info header headerl headerr headerf footer footerl footerr footerf listtext pntext "
    b"pict nonesttables xe tc rxe bxe ixe sn sv sp shprslt nonshppict objclass objname filetbl revtbl do private1 template "
    b"ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn title author operator comment subject keywords doccomm".split()
)
# groups marked by \* that hold text or pictures of the document
_STARRED = frozenset((b"annotation", b"footnote", b"shppict", b"shpinst", b"fldinst", b"ud", b"pict"))
# groups whose pictures stand for something else, or a second time
_OTHER_PICTURES = frozenset(
    b"nonshppict shprslt object listpicture header headerl headerr headerf footer footerl footerr footerf background".split()
)


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits. ``shown``: its text is the document's; ``field``: the number of the field around it."""

    shown: bool = True
    pictures: bool = True
    instruction: bool = False
    deleted: bool = False
    aside: int = 0  # how many notes and text boxes are around
    note: bool = False
    skip: int = 1  # characters that stand for a Unicode one
    font: int = -1
    depth: int = 0  # of the tables around
    field: int = -1


class _Reading:
    """A document while it is read, from its first group to the end of that."""

    def __init__(self) -> None:
        self.census = Census()
        self.state = _State()
        self.stack: list[_State] = []
        self.starred = self.fresh = False
        self.pending_skip = 0
        self.codepage = "cp1252"
        self.codecs: dict[int, str] = {}
        self.symbol_fonts: set[int] = set()
        self.in_fonts = 0  # depth of the font table's group
        self.fields: list[str] = []
        self.default_font = -1
        self.texts: list[list[str]] = [[]]  # of the paragraph at work, and of those around a note
        self.raw = bytearray()
        self.table_depth = 0

    # -- text

    def add_raw(self, data: bytes) -> None:
        if self.pending_skip:
            dropped = min(self.pending_skip, len(data))
            self.pending_skip -= dropped
            data = data[dropped:]
        self.raw += data

    def add(self, text: str) -> None:
        self.flush()
        self._put(text)

    def flush(self) -> None:
        """Give what was gathered byte by byte its characters."""
        if not self.raw:
            return
        raw, self.raw = bytes(self.raw), bytearray()
        font = self.state.font if self.state.font >= 0 else self.default_font
        if font in self.symbol_fonts and not self.state.instruction:
            self._put(_UNKNOWN)
        else:
            self._put(raw.decode(self.codecs.get(font, self.codepage), "replace"))

    def _put(self, text: str) -> None:
        state = self.state
        if state.instruction and 0 <= state.field < len(self.fields):
            self.fields[state.field] += text
        elif state.shown and not state.deleted and not self.in_fonts:
            self.texts[-1].append(text)

    def end_paragraph(self, depth: int) -> None:
        self.flush()
        if not self.state.shown:
            return
        joined = "".join(self.texts[-1])
        self.texts[-1].clear()
        known = " ".join(word for word in joined.split() if _UNKNOWN not in word)
        self.census.add_text(known, in_order=not self.state.aside)
        if not self.state.note:
            self.census.counts["tables"] += max(0, depth - self.table_depth)
            self.table_depth = depth

    # -- groups

    def open(self) -> None:
        """Raises Refused LIMIT_DEPTH."""
        self.flush()
        if len(self.stack) >= _GROUPS:
            raise Refused("LIMIT_DEPTH", part="rtf")
        self.stack.append(self.state)
        self.fresh, self.starred = True, False

    def close(self) -> None:
        self.flush()
        self.pending_skip = 0
        self.fresh = False
        if not self.stack:
            return
        outer = self.stack.pop()
        if self.state.aside > outer.aside:
            self.end_paragraph(self.table_depth)
            self.texts.pop()
        self.state = outer
        if self.in_fonts > len(self.stack):
            self.in_fonts = 0

    def begin_aside(self, *, note: bool) -> None:
        """A note or a text box: paragraphs of its own, which stand elsewhere in the result."""
        self.texts.append([])
        state = self.state
        self.state = replace(state, shown=True, aside=state.aside + 1, note=note or state.note)

    # -- control words

    def word(self, name: bytes, number: int | None) -> None:
        self.flush()
        fresh, self.fresh = self.fresh, False
        starred, self.starred = self.starred, False
        if fresh and starred and name not in _STARRED:
            self.state = replace(self.state, shown=False)
        if name == b"pict" and self.state.pictures:
            self.census.counts["pictures"] += 1
        if name == b"object" and self.state.shown:
            self.census.counts["objects"] += 1
        if fresh and name in _OTHER_PICTURES:
            self.state = replace(self.state, pictures=False)
        if fresh and name in _ASIDE:
            self.state = replace(self.state, shown=False)
        if text := _CHARACTERS.get(name):
            self.add(text)
        elif action := _WORDS.get(name):
            action(self, number)

    def u(self, number: int | None) -> None:
        if number is not None:
            self.add(chr(number % 0x10000))
        self.pending_skip = self.state.skip

    def plain(self, _number: int | None) -> None:
        self.state = replace(self.state, deleted=False, font=-1)

    def pard(self, _number: int | None) -> None:
        self.state = replace(self.state, depth=0)

    def cell(self, _number: int | None) -> None:
        self.end_paragraph(max(1, self.state.depth))

    def nested_cell(self, _number: int | None) -> None:
        self.end_paragraph(max(2, self.state.depth))

    def par(self, _number: int | None) -> None:
        self.end_paragraph(self.state.depth)

    def footnote(self, _number: int | None) -> None:
        if self.state.shown:
            self.census.counts["notes"] += 1
            self.begin_aside(note=True)

    def annotation(self, _number: int | None) -> None:
        if self.state.shown:
            self.census.counts["comments"] += 1
            self.begin_aside(note=True)

    def text_box(self, _number: int | None) -> None:
        if not self.stack or not self.state.note:
            self.begin_aside(note=False)

    def field(self, _number: int | None) -> None:
        self.fields.append("")
        self.state = replace(self.state, field=len(self.fields) - 1)

    def instruction(self, _number: int | None) -> None:
        self.state = replace(self.state, instruction=True)

    def result(self, _number: int | None) -> None:
        instruction = self.fields[self.state.field] if 0 <= self.state.field < len(self.fields) else ""
        if target := linked_target(instruction):
            self.census.add_link(target)
        if (instruction.split(None, 1) or [""])[0].upper() in VOLATILE:
            self.add(_UNKNOWN)
            self.state = replace(self.state, shown=False)
        self.state = replace(self.state, instruction=False)

    def ansi_codepage(self, number: int | None) -> None:
        self.codepage = _codec(number or 1252)

    def font(self, number: int | None) -> None:
        self.state = replace(self.state, font=-1 if number is None else number)

    def character_set(self, number: int | None) -> None:
        if not self.in_fonts:
            return
        if number == _SYMBOLS:
            self.symbol_fonts.add(self.state.font)
        elif number is not None and number in _CHARACTER_SETS:
            self.codecs[self.state.font] = _CHARACTER_SETS[number]

    def font_table(self, _number: int | None) -> None:
        self.in_fonts = len(self.stack)

    def shape(self, _number: int | None) -> None:
        self.state = replace(self.state, shown=False)


_Action = Callable[[_Reading, int | None], None]


def _codec(number: int) -> str:
    try:
        b"".decode(f"cp{number}")
    except LookupError:
        return "cp1252"
    return f"cp{number}"


def _skip(reading: _Reading, number: int | None) -> None:
    reading.state = replace(reading.state, skip=1 if number is None else number)


def _in_table(reading: _Reading, _number: int | None) -> None:
    reading.state = replace(reading.state, depth=max(1, reading.state.depth))


def _depth(reading: _Reading, number: int | None) -> None:
    reading.state = replace(reading.state, depth=number or 0)


def _deleted(reading: _Reading, number: int | None) -> None:
    reading.state = replace(reading.state, deleted=number != 0)
    reading.census.uncounted.add("tracked_change")


def _inserted(reading: _Reading, _number: int | None) -> None:
    reading.census.uncounted.add("tracked_change")


def _default_font(reading: _Reading, number: int | None) -> None:
    reading.default_font = number or 0


_WORDS: Mapping[bytes, _Action] = {
    b"u": _Reading.u,
    b"uc": _skip,
    b"plain": _Reading.plain,
    b"pard": _Reading.pard,
    b"intbl": _in_table,
    b"itap": _depth,
    b"par": _Reading.par,
    b"sect": _Reading.par,
    b"page": _Reading.par,
    b"cell": _Reading.cell,
    b"row": _Reading.cell,
    b"nestcell": _Reading.nested_cell,
    b"footnote": _Reading.footnote,
    b"annotation": _Reading.annotation,
    b"shptxt": _Reading.text_box,
    b"shpinst": _Reading.shape,
    b"field": _Reading.field,
    b"fldinst": _Reading.instruction,
    b"fldrslt": _Reading.result,
    b"deleted": _deleted,
    b"revised": _inserted,
    b"ansicpg": _Reading.ansi_codepage,
    b"f": _Reading.font,
    b"deff": _default_font,
    b"fcharset": _Reading.character_set,
    b"fonttbl": _Reading.font_table,
}


def census_of_rtf(path: Path) -> Census:
    """Raises Refused LIMIT_DEPTH, LIMIT_FILE_SIZE."""
    size = path.stat().st_size
    if size > _BYTES:
        raise Refused("LIMIT_FILE_SIZE", bytes=size, limit=_BYTES)
    data = path.read_bytes()
    reading = _Reading()
    position = 0
    while found := _TOKEN.search(data, position):
        position = found.end()
        name, number, code, sign, brace, text = found.groups()
        if text is not None:
            reading.fresh = False
            reading.add_raw(text)
        elif name is not None:
            if name == b"bin":
                position += max(0, int(number or 0))
            else:
                reading.word(name, int(number) if number else None)
        elif code is not None:
            reading.fresh = False
            reading.add_raw(bytes([int(code, 16)]))
        elif brace == b"{":
            reading.open()
        elif brace == b"}":
            reading.close()
            if not reading.stack:
                break
        elif sign == b"*":
            reading.starred = reading.fresh
        elif sign is not None and sign in _SIGNS:
            reading.add(_SIGNS[sign])
        elif sign in (b"\r", b"\n"):
            reading.par(None)
    reading.end_paragraph(0)
    return reading.census
