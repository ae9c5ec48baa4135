"""The properties of a compound file that inspection needs, and no others: a damaged count elsewhere costs nothing.

Sources: [MS-OLEPS] 2.21 (PropertySetStream), 2.20 (PropertySet), 2.15 (TypedPropertyValue); [MS-OSHARED] 2.3.3.2.
"""

from __future__ import annotations

import codecs
import struct
from datetime import UTC, datetime, timedelta

import olefile

_SUMMARY, _DOCUMENT = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
# stream -> identifier of the property -> name
_NAMES: dict[str, dict[int, str]] = {
    _SUMMARY: {
        2: "title",
        4: "creator",
        6: "description",
        7: "template",
        8: "last_modified_by",
        12: "created",
        13: "modified",
        14: "pages",
        15: "words",
        18: "application",
    },
    _DOCUMENT: {7: "slides", 8: "notes", 15: "company", 24: "project_signature"},
}
_STREAM_BYTES = 1_000_000
_SET_POSITION = 44  # of the first set's offset, behind header, count and format identifier
_CODE_PAGE, _UTF_16 = 1, 1200
_I2, _I4, _LPSTR, _LPWSTR, _FILETIME, _BLOB = 0x02, 0x03, 0x1E, 0x1F, 0x40, 0x41
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def read_properties(ole: olefile.OleFileIO) -> dict[str, str | int]:
    """Texts, numbers and times (ISO 8601, UTC without zone) by name; what is damaged is left out."""
    found: dict[str, str | int] = {}
    for stream, names in _NAMES.items():
        if ole.exists(stream):
            found |= _read_set(ole.openstream(stream).read(_STREAM_BYTES), names)
    return found


def _read_set(data: bytes, names: dict[int, str]) -> dict[str, str | int]:
    if len(data) < _SET_POSITION + 4:
        return {}
    (start,) = struct.unpack_from("<I", data, _SET_POSITION)
    if start + 8 > len(data):
        return {}
    (count,) = struct.unpack_from("<I", data, start + 4)
    places: dict[int, int] = {}
    for entry in range(start + 8, min(start + 8 + 8 * count, len(data) - 7), 8):
        identifier, offset = struct.unpack_from("<II", data, entry)
        places.setdefault(identifier, start + offset)
    encoding = _encoding(data, places.get(_CODE_PAGE))
    read = {
        name: _value(data, places[number], encoding) for number, name in names.items() if number in places
    }
    return {name: value for name, value in read.items() if value not in (None, "")}


def _encoding(data: bytes, place: int | None) -> str:
    if place is None or place + 6 > len(data):
        return "cp1252"
    (number,) = struct.unpack_from("<H", data, place + 4)
    name = {_UTF_16: "utf-16-le", 65001: "utf-8", 10000: "mac_roman"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _value(data: bytes, place: int, encoding: str) -> str | int | None:
    if place + 8 > len(data):
        return None
    kind, first = struct.unpack_from("<HxxI", data, place)
    if kind == _LPSTR:
        return _text(data[place + 8 : place + 8 + first], encoding)
    if kind == _LPWSTR:
        return _text(data[place + 8 : place + 8 + 2 * first], "utf-16-le")
    if kind in (_I2, _I4):
        return first & (0xFFFF if kind == _I2 else 0xFFFFFFFF)
    if kind == _BLOB:
        return first  # its size is all that is asked for
    if kind == _FILETIME and place + 12 <= len(data):
        return _time(struct.unpack_from("<Q", data, place + 4)[0])
    return None


def _text(raw: bytes, encoding: str) -> str:
    return raw.decode(encoding, "replace").split("\x00", 1)[0].strip()


def _time(ticks: int) -> str:
    """A time in tenths of microseconds since 1601; empty for none, and for a span such as the time of editing."""
    try:
        moment = _EPOCH + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return ""
    return moment.replace(tzinfo=None, microsecond=0).isoformat() if moment.year > 1601 else ""
