"""Where the text of a Word binary file stands, and what its characters and paragraphs are.

Sources: [MS-DOC] 2.4.1 (retrieving text), 2.4.6 (direct properties), 2.6.1 and 2.6.2 (single property modifiers),
2.8.5, 2.8.6, 2.8.35 (PLCs), 2.9.33, 2.9.174 (formatted disk pages).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from converters.errors import Refused

_PAGE = 512
_COMPRESSED = 0x40000000
# bytes of an operand by the last three bits of its modifier (2.2.5.1); 0: the first byte says how many
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)
_TABLE_DEFINITION, _TAB_CHANGES = 0xD608, 0xC615  # whose lengths are written in ways of their own
_DELETED, _INSERTED, _SPECIAL, _SYMBOL = 0x0800, 0x0801, 0x0855, 0x6A09
_PICTURE, _OLE, _DATA = 0x6A03, 0x080A, 0x0806
_IN_TABLE, _DEPTH, _HUGE = 0x2416, 0x6649, (0x6645, 0x6646)


def modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(modifier, operand) of a list of single property modifiers; ends at one that is cut off."""
    position = 0
    while position + 3 <= len(data):
        (code,) = struct.unpack_from("<H", data, position)
        position += 2
        size = _OPERANDS[code >> 13]
        if not size:
            size = data[position] + 1
            if code == _TABLE_DEFINITION and position + 2 <= len(data):
                size = struct.unpack_from("<H", data, position)[0] + 1
            elif code == _TAB_CHANGES and data[position] == 255:
                return  # its length follows from its content; nothing that is looked for stands behind it
        yield code, data[position : position + size]
        position += size


@dataclass(frozen=True, slots=True)
class _Piece:
    first: int  # character positions
    last: int
    offset: int  # of its first byte in the main stream
    compressed: bool


class Pieces:
    """The text of a document, in the order in which it reads."""

    def __init__(self, main: bytes, pieces: list[_Piece]) -> None:
        self._main, self._pieces = main, pieces
        self._starts = sorted((piece.offset, piece.compressed) for piece in pieces)

    @classmethod
    def read(cls, main: bytes, clx: bytes) -> Pieces:
        """Raises Refused DAMAGED_OLE."""
        position = 0
        while position + 3 <= len(clx) and clx[position] == 1:  # properties for pieces
            position += 3 + struct.unpack_from("<H", clx, position + 1)[0]
        if position + 5 > len(clx) or clx[position] != 2:
            raise Refused("DAMAGED_OLE", detail="Clx")
        (size,) = struct.unpack_from("<I", clx, position + 1)
        table = clx[position + 5 : position + 5 + size]
        count = (len(table) - 4) // 12
        pieces = []
        ends_before = 0
        for index in range(max(count, 0)):
            first, last = struct.unpack_from("<II", table, 4 * index)
            if first < ends_before or last > len(main):  # no character takes less than a byte
                raise Refused("DAMAGED_OLE", detail="PlcPcd")
            ends_before = last
            (offset,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * index + 2)
            compressed = bool(offset & _COMPRESSED)
            offset &= _COMPRESSED - 1
            if last > first:
                pieces.append(_Piece(first, last, offset // 2 if compressed else offset, compressed))
        return cls(main, pieces)

    def segments(self, start: int, end: int, runs: CharacterRuns) -> Iterator[tuple[int, str]]:
        """(offset in the main stream, text) between two character positions, cut where properties change."""
        for piece in self._pieces:
            first, last = max(piece.first, start), min(piece.last, end)
            if first >= last:
                continue
            width = 1 if piece.compressed else 2
            offset = piece.offset + (first - piece.first) * width
            stop = piece.offset + (last - piece.first) * width
            while offset < stop:
                until = min(stop, runs.end_of(offset))
                until -= (until - offset) % width
                until = max(until, offset + width)
                raw = self._main[offset:until]
                if not raw:
                    return
                yield offset, raw.decode("cp1252" if piece.compressed else "utf-16-le", "replace")
                offset = until

    def width_at(self, offset: int) -> int:
        """Bytes of a character of the piece that holds an offset."""
        position = bisect_right(self._starts, (offset, True)) - 1
        return 1 if position >= 0 and self._starts[position][1] else 2


@dataclass(frozen=True, slots=True)
class CharacterProperties:
    deleted: bool = False
    changed: bool = False  # deleted or inserted, and tracked
    symbol: bool = False
    picture: bool = False  # the mark of a picture, not of an object or of a form field's data


_PLAIN = CharacterProperties()


class _Runs:
    """Runs of bytes of the main stream, each with what its page of properties says of it."""

    def __init__(self, starts: list[int], ends: list[int]) -> None:
        self.starts, self.ends = starts, ends

    def index(self, offset: int) -> int:
        """The number of the run that holds an offset; -1 for none."""
        position = bisect_right(self.starts, offset) - 1
        return position if position >= 0 and offset < self.ends[position] else -1

    def end_of(self, offset: int) -> int:
        """Where the properties of an offset may change."""
        position = bisect_right(self.starts, offset) - 1
        if position >= 0 and offset < self.ends[position]:
            return self.ends[position]
        return self.starts[position + 1] if position + 1 < len(self.starts) else 1 << 62


def _pages(main: bytes, plc: bytes) -> Iterator[bytes]:
    """The pages that a PLC names; one outside the stream is damage that leaves its text without properties."""
    count = (len(plc) - 4) // 8
    for index in range(max(count, 0)):
        (number,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * index)
        page = main[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
        if len(page) == _PAGE:
            yield page


class CharacterRuns(_Runs):
    def __init__(self, found: list[tuple[int, int, CharacterProperties]]) -> None:
        found.sort(key=lambda run: run[0])
        super().__init__([run[0] for run in found], [run[1] for run in found])
        self._properties = [run[2] for run in found]

    @classmethod
    def read(cls, main: bytes, plc: bytes) -> CharacterRuns:
        found = []
        for page in _pages(main, plc):
            count = page[-1]
            if 4 * (count + 1) + count > _PAGE:
                continue
            for index in range(count):
                start, end = struct.unpack_from("<II", page, 4 * index)
                at = page[4 * (count + 1) + index] * 2
                listed = page[at + 1 : at + 1 + page[at]] if at else b""
                found.append((start, end, _character_properties(listed)))
        return cls(found)

    def at(self, offset: int) -> CharacterProperties:
        index = self.index(offset)
        return self._properties[index] if index >= 0 else _PLAIN


def _character_properties(listed: bytes) -> CharacterProperties:
    if not listed:
        return _PLAIN
    found = dict(modifiers(listed))
    special = found.get(_SPECIAL, b"\x00") != b"\x00"
    return CharacterProperties(
        deleted=(deleted := found.get(_DELETED, b"\x00") != b"\x00"),
        changed=deleted or found.get(_INSERTED, b"\x00") != b"\x00",
        symbol=_SYMBOL in found,
        picture=special
        and _PICTURE in found
        and found.get(_OLE, b"\x00") == b"\x00"
        and found.get(_DATA, b"\x00") == b"\x00",
    )


class ParagraphRuns(_Runs):
    def __init__(self, found: list[tuple[int, int, int]]) -> None:
        found.sort()
        super().__init__([run[0] for run in found], [run[1] for run in found])
        self._depths = [run[2] for run in found]

    @classmethod
    def read(cls, main: bytes, plc: bytes, data: bytes) -> ParagraphRuns:
        """``data`` is the stream of properties too long for a page."""
        found = []
        for page in _pages(main, plc):
            count = page[-1]
            if 4 * (count + 1) + 13 * count > _PAGE:
                continue
            for index in range(count):
                start, end = struct.unpack_from("<II", page, 4 * index)
                at = page[4 * (count + 1) + 13 * index] * 2
                found.append((start, end, _depth(_paragraph_list(page, at), data)))
        return cls(found)

    def depth_at(self, offset: int) -> int:
        """In how many tables the paragraph stands whose mark is at ``offset``."""
        index = self.index(offset)
        return self._depths[index] if index >= 0 else 0


def _paragraph_list(page: bytes, at: int) -> bytes:
    """The modifiers of a PapxInFkp, without the number of the style before them."""
    if not at or at + 2 > _PAGE:
        return b""
    size = page[at]
    if size:
        return page[at + 3 : at + 2 * size]
    return page[at + 4 : at + 2 + 2 * page[at + 1]]


def _depth(listed: bytes, data: bytes) -> int:
    depth = 0
    for code, operand in modifiers(listed):
        if code == _IN_TABLE and operand != b"\x00":
            depth = max(depth, 1)
        elif code == _DEPTH and len(operand) == 4:
            depth = max(0, min(struct.unpack("<i", operand)[0], 32))
        elif code in _HUGE and len(operand) == 4:
            (at,) = struct.unpack("<I", operand)
            if at + 2 <= len(data):
                (size,) = struct.unpack_from("<H", data, at)
                depth = max(depth, _depth(data[at + 2 : at + 2 + size], b""))
    return depth
