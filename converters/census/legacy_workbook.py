"""The census of Excel's binary workbooks (97 to 2003): cells with their values and words, formulas, sheets and more.

Source: [MS-XLS] 2.1.4 (records and their continuations), 2.4 (records), 2.5.240, 2.5.293 (texts).
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import olefile

from converters.census.legacy_links import read_hyperlink
from converters.census.record import Census
from converters.errors import Refused
from converters.ole_records import biff_records

_STREAM_BYTES = 500_000_000
_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_SHEET, _CHART, _MACROS = 0x0010, 0x0020, 0x0040  # what a BOF begins
_SHOWN_SHEETS = (0, 1, 2)  # BoundSheet8.dt: of cells, of macros, a chart; not a module of Visual Basic
_PICTURE, _LINKED_TO_FORMULA = (
    0x08,
    0x0009,
)  # FtCmo.ot, FtPictFmla: an object or a control, shown by its picture
_FLAGS, _CONTROL = 0x0008, 0x0010  # FtPioGrbit, fCtl
_NO_NAMES = 0x002F  # flags of a name: hidden, a function, of Visual Basic, a macro, built in
_PTG_EXP = b"\x01"  # a formula that stands at another cell (2.5.198.58)


@dataclass(slots=True)
class _Record:
    """``pieces`` are its content and that of the records that continue it."""

    code: int
    pieces: list[bytes]

    @property
    def content(self) -> bytes:
        return self.pieces[0]


def _records(data: bytes) -> Iterator[_Record]:
    """Ends at a record that is cut off."""
    pending: _Record | None = None
    for code, content in biff_records(data):
        if code == _CONTINUE and pending is not None:
            pending.pieces.append(content)
            continue
        if pending is not None:
            yield pending
        pending = _Record(code, [content])
    if pending is not None:
        yield pending


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is read. ``shared``: for each first cell of a formula for several, how many others have it."""

    shared: Counter[tuple[int, int]] = field(default_factory=Counter)
    arrays: set[tuple[int, int]] = field(
        default_factory=set
    )  # first cells, which alone have a formula in ODF


@dataclass(slots=True)
class _Reading:
    census: Census = field(default_factory=Census)
    values: Counter[float] = field(default_factory=Counter)
    strings: list[str] = field(default_factory=list)
    substreams: list[int] = field(default_factory=list)
    sheet: _Sheet | None = None

    def add_number(self, value: float) -> None:
        self.census.counts["cells"] += 1
        self.values[value] += 1

    def add_text(self, text: str) -> None:
        if text:
            self.census.counts["cells"] += 1
            self.census.add_cell_text(text)

    def end_sheet(self) -> None:
        if self.sheet is None:
            return
        inner = sum(self.sheet.shared[first] for first in self.sheet.arrays)
        self.census.counts["formulas"] -= inner
        self.census.counts["cells"] += inner  # they show a part of the result
        self.sheet = None


def census_of_workbook(ole: olefile.OleFileIO) -> Census:
    """Raises Refused DAMAGED_OLE, and what olefile raises on broken tables."""
    data = ole.openstream("Workbook").read(_STREAM_BYTES)
    reading = _Reading()
    try:
        for record in _records(data):
            _read(record, reading)
    except (struct.error, IndexError) as error:
        raise Refused("DAMAGED_OLE", detail=f"Workbook: {error}") from None
    reading.end_sheet()
    reading.census.values = reading.values
    return reading.census


def _read(record: _Record, reading: _Reading) -> None:
    if record.code == _BOF:
        (kind,) = struct.unpack_from("<H", record.content, 2)
        reading.substreams.append(kind)
        if kind == _CHART:
            reading.census.counts["charts"] += 1
            reading.census.counts["objects"] += 1  # as in ODF, where a chart is one
        elif len(reading.substreams) == 1:
            reading.sheet = _Sheet()
    elif record.code == _EOF:
        if reading.substreams:
            reading.substreams.pop()
        if not reading.substreams:
            reading.end_sheet()
    elif reader := _READERS.get(record.code):
        reader(record, reading)
    elif reading.substreams and reading.substreams[-1] == _SHEET and (cell := _CELLS.get(record.code)):
        cell(record.content, reading)


def _read_bound_sheet(record: _Record, reading: _Reading) -> None:
    reading.census.counts["sheets"] += record.content[5] in _SHOWN_SHEETS


def _read_strings(record: _Record, reading: _Reading) -> None:
    reading.strings = list(_Texts(record.pieces).shared_strings())


def _read_object(record: _Record, reading: _Reading) -> None:
    """A picture, or an object that one stands for; a control is neither (2.4.181)."""
    content = record.content
    if len(content) < 6 or struct.unpack_from("<H", content, 4)[0] != _PICTURE:
        return
    position, flags, foreign = 0, 0, False
    while position + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, position)
        if kind == _FLAGS and position + 6 <= len(content):
            (flags,) = struct.unpack_from("<H", content, position + 4)
        foreign |= kind == _LINKED_TO_FORMULA and size > 0
        position += 4 + size
    if not foreign:
        reading.census.counts["pictures"] += 1
    elif not flags & _CONTROL:
        reading.census.counts["objects"] += 1


def _read_validation(record: _Record, reading: _Reading) -> None:
    """How many cells a Dv record is about (2.4.89)."""
    content = b"".join(record.pieces)
    position = 4
    for _ in range(4):  # titles and texts
        size, wide = struct.unpack_from("<HB", content, position)
        position += 3 + size * (2 if wide & 1 else 1)
    for _ in range(2):  # formulas
        position += 4 + struct.unpack_from("<H", content, position)[0]
    (count,) = struct.unpack_from("<H", content, position)
    for index in range(count):
        top, bottom, left, right = struct.unpack_from("<4H", content, position + 2 + 8 * index)
        reading.census.counts["validations"] += max(0, bottom - top + 1) * max(0, right - left + 1)


def _read_conditional_format(_record: _Record, reading: _Reading) -> None:
    reading.census.counts["conditional_formats"] += 1


def _read_note(_record: _Record, reading: _Reading) -> None:
    if reading.substreams[-1:] == [_SHEET]:
        reading.census.counts["comments"] += 1


def _read_link(record: _Record, reading: _Reading) -> None:
    reading.census.add_link(read_hyperlink(record.content[8:]))


def _read_name(record: _Record, reading: _Reading) -> None:
    """A name that a person gave: none of Excel's own, and none of a macro or an add-in (2.4.150)."""
    reading.census.counts["names"] += not struct.unpack_from("<H", record.content)[0] & _NO_NAMES


_READERS: dict[int, Callable[[_Record, _Reading], None]] = {
    0x0085: _read_bound_sheet,
    0x00FC: _read_strings,
    0x005D: _read_object,
    0x001C: _read_note,
    0x01B8: _read_link,
    0x0018: _read_name,
    0x01BE: _read_validation,
    0x01B0: _read_conditional_format,
}


# -- cells ---------------------------------------------------------------------------------------------------------


def _read_number(content: bytes, reading: _Reading) -> None:
    reading.add_number(struct.unpack_from("<d", content, 6)[0])


def _read_short_number(content: bytes, reading: _Reading) -> None:
    reading.add_number(rk_number(struct.unpack_from("<I", content, 6)[0]))


def _read_short_numbers(content: bytes, reading: _Reading) -> None:
    for position in range(4, len(content) - 2, 6):
        reading.add_number(rk_number(struct.unpack_from("<I", content, position + 2)[0]))


def rk_number(raw: int) -> float:
    """An RkNumber ([MS-XLS] 2.5.217): a whole number or the upper half of a float, whole or by hundred."""
    if raw & 2:
        value = float((raw >> 2) - (1 << 30 if raw & 0x80000000 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))[0]
    return value / 100 if raw & 1 else value


def _read_shared_string(content: bytes, reading: _Reading) -> None:
    (index,) = struct.unpack_from("<I", content, 6)
    if index < len(reading.strings):
        reading.add_text(reading.strings[index])


def _read_label(content: bytes, reading: _Reading) -> None:
    reading.add_text(_Texts([content[6:]]).text())


def _read_boolean(content: bytes, reading: _Reading) -> None:
    """A truth value; an error is a formula in ODF, which has no such constants."""
    reading.census.counts["formulas" if content[7] else "cells"] += 1


def _read_formula(content: bytes, reading: _Reading) -> None:
    reading.census.counts["formulas"] += 1
    if reading.sheet is not None and content[22:23] == _PTG_EXP:
        first = struct.unpack_from("<HH", content, 23)
        if first != struct.unpack_from("<HH", content):
            reading.sheet.shared[first] += 1


def _read_array(content: bytes, reading: _Reading) -> None:
    if reading.sheet is not None:
        row, _last, column = struct.unpack_from("<HHB", content)
        reading.sheet.arrays.add((row, column))


_CELLS: dict[int, Callable[[bytes, _Reading], None]] = {
    0x0203: _read_number,
    0x027E: _read_short_number,
    0x00BD: _read_short_numbers,
    0x00FD: _read_shared_string,
    0x0204: _read_label,
    0x0205: _read_boolean,
    0x0006: _read_formula,
    0x0221: _read_array,
}


# -- texts that go on in the next record ----------------------------------------------------------------------------


class _Texts:
    """Reads texts from the pieces of a record; within the characters of one, a piece begins with its own width."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._index, self._position = 0, 0

    def shared_strings(self) -> Iterator[str]:
        """The strings of an SST record (2.4.265); ends where its data does."""
        _total, unique = struct.unpack("<II", self._bytes(8))
        for _ in range(unique):
            if not self._left():
                return
            yield self.text()

    def text(self) -> str:
        """An XLUnicodeRichExtendedString, or a plain one."""
        size, flags = struct.unpack("<HB", self._bytes(3))
        runs = struct.unpack("<H", self._bytes(2))[0] if flags & 0x08 else 0
        extension = struct.unpack("<I", self._bytes(4))[0] if flags & 0x04 else 0
        text = self._characters(size, wide=bool(flags & 1))
        self._skip(4 * runs + extension)
        return text

    def _left(self) -> int:
        while self._index < len(self._pieces) and self._position >= len(self._pieces[self._index]):
            self._index, self._position = self._index + 1, 0
        return len(self._pieces[self._index]) - self._position if self._index < len(self._pieces) else 0

    def _bytes(self, size: int) -> bytes:
        """Raises struct.error where the data ends before."""
        found = b""
        while len(found) < size:
            left = self._left()
            if not left:
                raise struct.error("a text is cut off")
            piece = self._pieces[self._index][self._position : self._position + size - len(found)]
            self._position += len(piece)
            found += piece
        return found

    def _skip(self, size: int) -> None:
        while size and (left := self._left()):
            step = min(size, left)
            self._position += step
            size -= step

    def _characters(self, count: int, *, wide: bool) -> str:
        pieces = []
        begun = False
        while count:
            at_end = self._index < len(self._pieces) and self._position >= len(self._pieces[self._index])
            if not self._left():
                break
            if begun and at_end:
                wide = bool(self._bytes(1)[0] & 1)
            width = 2 if wide else 1
            size = min(count, self._left() // width)
            if not size:
                break
            raw = self._bytes(size * width)
            pieces.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            count -= size
            begun = True
        return "".join(pieces)
