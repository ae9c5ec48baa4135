"""The census of Word's binary files (97 to 2003): text in the order of its stories, tables, pictures, notes, comments.

Text stands in pieces ([MS-DOC] 2.4.1), and what a character is (deleted, a picture, the mark of a note) in runs of
properties beside it. Left out, as in every census: deleted text, the instructions of fields, headers and footers.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

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
_PARAGRAPH_ENDS = "\r\x07\x0c"
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
    instruction: str = ""
    in_result: bool = False

    @property
    def name(self) -> str:
        return (self.instruction.split(None, 1) or [""])[0].upper()


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
    text: list[str] = []
    fields: list[_Field] = []
    depth = 0  # of the tables around the last paragraph

    def end_paragraph() -> None:
        joined = "".join(text).translate(_AS_TEXT)
        text.clear()
        known = " ".join(word for word in joined.split() if _UNKNOWN not in word)
        census.add_text(known, in_order=story.in_order)

    for position, segment in pieces.segments(story.start, story.end, characters):
        properties = characters.at(position)
        if properties.deleted:
            continue
        for offset, character in enumerate(segment):
            if character == "\x13":
                fields.append(_Field())
            elif character == "\x14" and fields:
                fields[-1].in_result = True
                if target := linked_target(fields[-1].instruction):
                    census.add_link(target)
                if fields[-1].name in VOLATILE:
                    text.append(_UNKNOWN)
            elif character == "\x15":
                if fields:
                    fields.pop()
            elif fields and not fields[-1].in_result:
                fields[-1].instruction += character
            elif any(field.name in VOLATILE or not field.in_result for field in fields):
                continue
            elif character in _PARAGRAPH_ENDS:
                end_paragraph()
                level = paragraphs.depth_at(position + offset * pieces.width_at(position))
                census.counts["tables"] += max(0, level - depth)
                depth = level
            elif character == "\x01":
                in_object = any(field.name in _OBJECTS for field in fields)
                census.counts["pictures"] += properties.picture and not in_object
            elif properties.symbol and character == "(":
                text.append(_UNKNOWN)
            else:
                text.append(character)
    end_paragraph()
