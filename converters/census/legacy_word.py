"""The census of Word's binary files (97 to 2003): text in the order of its stories, tables, pictures, notes, comments.

Text stands in pieces ([MS-DOC] 2.4.1), and what a character is (deleted, a picture, the mark of a note) in runs of
properties beside it. Left out, as in every census: deleted text, the instructions of fields, headers and footers.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import olefile

from converters.census.fields import VOLATILE, linked_target
from converters.census.legacy_drawings import PICTURE_FRAME, shape_types
from converters.census.legacy_word_runs import CharacterRuns, ParagraphRuns, Pieces
from converters.census.record import Census
from converters.errors import Refused

_STREAM_BYTES = 200_000_000
_SECOND_TABLE, _FAST_SAVED = 0x0200, 0x0004  # flags of FibBase
_LENGTHS, _POSITIONS = 64, 154  # FibRgLw97, FibRgFcLcb97
# indexes of FibRgFcLcb97 ([MS-DOC] 2.5.6)
_FOOTNOTES, _COMMENTS, _CHARACTERS, _PARAGRAPHS, _CLX, _ENDNOTES, _DRAWINGS = 2, 4, 12, 13, 33, 46, 50
_FOOTNOTE_BYTES, _COMMENT_BYTES = 2, 30  # of the data beside each character position (2.8.20, 2.8.1)
_PARAGRAPH_ENDS = ("\r", "\x07", "\x0c")
_PICTURE = "\x01"
_SPECIAL = re.compile("[\x01\x07\x0c\r\x13-\x15]|[^\x01\x07\x0c\r\x13-\x15]+")
_UNKNOWN = "\ufffc"
_AS_TEXT = str.maketrans(
    {"\x0b": " ", "\x0e": " ", "\t": " ", "\x1e": "-", "\x1f": None, "\x02": None, "\x05": None}
    | {chr(code): None for code in (0, 1, 3, 4, 6, 8)}
)
_OBJECTS = frozenset(("EMBED", "LINK", "CONTROL"))  # fields whose result is the picture of an object


@dataclass(frozen=True, slots=True)
class _Story:
    """A part of the text, from one character position to another."""

    start: int
    end: int
    in_order: bool


@dataclass(slots=True)
class _Field:
    """A field that is open: ``hidden`` what stands in it now, ``an_object`` whose picture its result is."""

    instruction: list[str] = field(default_factory=list)
    in_result: bool = False
    hidden: bool = True
    an_object: bool = False


class _Document:
    """The streams of a document, and where things stand in them. Raises Refused DAMAGED_OLE."""

    def __init__(self, ole: olefile.OleFileIO) -> None:
        self.main = ole.openstream("WordDocument").read(_STREAM_BYTES)
        if len(self.main) < _POSITIONS + 8 * (_DRAWINGS + 1):
            raise Refused("DAMAGED_OLE", detail="WordDocument")
        (flags,) = struct.unpack_from("<H", self.main, 10)
        name = "1Table" if flags & _SECOND_TABLE else "0Table"
        if not ole.exists(name):
            raise Refused("DAMAGED_OLE", detail=name)
        self.table = ole.openstream(name).read(_STREAM_BYTES)
        self.data = ole.openstream("Data").read(_STREAM_BYTES) if ole.exists("Data") else b""
        self.fast_saved = bool(flags & _FAST_SAVED)

    def piece(self, index: int) -> bytes:
        """A structure of the table stream, empty where there is none."""
        position, size = struct.unpack_from("<II", self.main, _POSITIONS + 8 * index)
        return self.table[position : position + size]

    def references(self, index: int, bytes_each: int) -> int:
        """How many references a PLC holds: positions, one more than there are references, and data beside each."""
        size = len(self.piece(index))
        return (size - 4) // (4 + bytes_each) if size > 4 else 0

    def stories(self) -> Iterator[_Story]:
        """Body, footnotes, comments, endnotes and text boxes, without headers and macros' text (2.5.5)."""
        body, footnotes, headers, macros, comments, endnotes, boxes = struct.unpack_from(
            "<7i", self.main, _LENGTHS + 12
        )
        start = 0
        for length, counted in (
            (body, True),
            (footnotes, True),
            (headers, False),
            (macros, False),
            (comments, True),
            (endnotes, True),
            (boxes, True),
        ):
            if counted and length > 0:
                yield _Story(start, start + length, in_order=start == 0)
            start += max(length, 0)


def census_of_word(ole: olefile.OleFileIO) -> Census:
    """Raises Refused DAMAGED_OLE, and what olefile raises on broken tables."""
    document = _Document(ole)
    pieces = Pieces.read(document.main, document.piece(_CLX))
    characters = CharacterRuns.read(document.main, document.piece(_CHARACTERS))
    paragraphs = ParagraphRuns.read(document.main, document.piece(_PARAGRAPHS), document.data)
    census = Census()
    for story in document.stories():
        _count_story(census, story, pieces, characters, paragraphs)
    census.counts["notes"] = document.references(_FOOTNOTES, _FOOTNOTE_BYTES) + document.references(
        _ENDNOTES, _FOOTNOTE_BYTES
    )
    census.counts["comments"] = document.references(_COMMENTS, _COMMENT_BYTES)
    census.counts["pictures"] += sum(kind == PICTURE_FRAME for kind in shape_types(document.piece(_DRAWINGS)))
    if document.fast_saved:  # properties may stand beside the pieces, which no one here reads
        census.uncounted.update(("tables", "pictures"))
    return census


def _count_story(
    census: Census, story: _Story, pieces: Pieces, characters: CharacterRuns, paragraphs: ParagraphRuns
) -> None:
    reading = _Reading(census, in_order=story.in_order)
    for position, segment in pieces.segments(story.start, story.end, characters):
        properties = characters.at(position)
        if properties.changed:
            census.uncounted.add("tracked_change")
        if properties.deleted:
            continue
        for piece in _SPECIAL.finditer(segment):
            text = piece[0]
            if act := _ACTIONS.get(text):
                act(reading)
            elif reading.takes(text):
                continue
            elif text in _PARAGRAPH_ENDS:
                mark = position + piece.start() * pieces.width_at(position)
                reading.end_paragraph(paragraphs.depth_at(mark))
            elif text == _PICTURE:
                census.counts["pictures"] += properties.picture and not reading.in_object
            else:
                reading.text.append(text.replace("(", _UNKNOWN) if properties.symbol else text)
    reading.end_paragraph(0)


class _Reading:
    """A story while it is read."""

    def __init__(self, census: Census, *, in_order: bool) -> None:
        self._census, self._in_order = census, in_order
        self.text: list[str] = []
        self._fields: list[_Field] = []
        self._depth = 0  # of the tables around the last paragraph

    @property
    def in_object(self) -> bool:
        return any(found.an_object for found in self._fields)

    def takes(self, text: str) -> bool:
        """Whether a field has it: as its instruction, or as a result that another program would not show."""
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].instruction.append(text)
            return True
        return any(found.hidden for found in self._fields)

    def begin_field(self) -> None:
        self._fields.append(_Field())

    def separate_field(self) -> None:
        if not self._fields:
            return
        found = self._fields[-1]
        instruction = "".join(found.instruction)
        name = (instruction.split(None, 1) or [""])[0].upper()
        found.in_result, found.hidden, found.an_object = True, name in VOLATILE, name in _OBJECTS
        self._census.counts["objects"] += name == "EMBED"
        if target := linked_target(instruction):
            self._census.add_link(target)
        if found.hidden:
            self.text.append(_UNKNOWN)

    def end_field(self) -> None:
        if self._fields:
            self._fields.pop()

    def end_paragraph(self, depth: int) -> None:
        joined = "".join(self.text).translate(_AS_TEXT)
        self.text.clear()
        known = " ".join(word for word in joined.split() if _UNKNOWN not in word)
        self._census.add_text(known, in_order=self._in_order)
        self._census.counts["tables"] += max(0, depth - self._depth)
        self._depth = depth


_ACTIONS: Mapping[str, Callable[[_Reading], None]] = {
    "\x13": _Reading.begin_field,
    "\x14": _Reading.separate_field,
    "\x15": _Reading.end_field,
}
