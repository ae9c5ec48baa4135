"""Shapes in the drawings of binary Office files ([MS-ODRAW]): what each is, wherever its record stands."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from converters.ole_records import art_records

PICTURE_FRAME = 75  # MSOSPT msosptPictureFrame ([MS-ODRAW] 2.4.24)
SHAPE, SHAPE_CONTAINER, GROUP_CONTAINER = 0xF00A, 0xF004, 0xF003
_CONTAINER = 0x0F  # version of a record that holds records
_DEPTH = 64
_DELETED = 0x0008  # flag of a shape ([MS-ODRAW] 2.2.40)


def walk(
    data: bytes, start: int = 0, end: int | None = None, depth: int = 0
) -> Iterator[tuple[int, int, int, int]]:
    """(type, instance, first byte of the content, byte behind it) of every record, containers before what they hold."""
    for version, instance, kind, first, last in art_records(data, start, end):
        yield kind, instance, first, last
        if version == _CONTAINER and depth < _DEPTH:
            yield from walk(data, first, last, depth + 1)


def shape_types(info: bytes) -> Iterator[int]:
    """The types of the shapes of a Word document's body (OfficeArtContent, [MS-DOC] 2.9.172): the drawing of the body
    comes first, that of the headers after it."""
    position = 0
    for _version, _instance, _kind, _first, last in art_records(info):
        position = last  # the drawing group, which holds no shapes of its own
        break
    if position + 9 > len(info) or info[position]:
        return  # dgglbl 0: the body; without one there are headers' shapes alone
    for _version, _instance, _kind, first, last in art_records(info, position + 1):
        for kind, instance, inner, _last in walk(info, first, last):
            if kind == SHAPE and not struct.unpack_from("<I", info, inner + 4)[0] & _DELETED:
                yield instance
        return


_PROPERTIES, _FURTHER_PROPERTIES = 0xF00B, 0xF122  # OfficeArtFOPT, OfficeArtTertiaryFOPT
_ART_TEXT, _TABLE = 0x00C0, 0x039F  # gtextUNICODE, tableProperties ([MS-ODRAW] 2.3.22.1, 2.3.4.36)
_COMPLEX = 0x8000  # flag of a property whose value is the size of data behind the list


def _properties(data: bytes, first: int, last: int, count: int) -> Iterator[tuple[int, int, bytes]]:
    """(number, value, data) of the properties of a shape; ends at one that is cut off."""
    behind = first + 6 * count
    for index in range(count):
        if first + 6 * index + 6 > last:
            return
        number, value = struct.unpack_from("<HI", data, first + 6 * index)
        content = b""
        if number & _COMPLEX:
            content = data[behind : min(behind + value, last)]
            behind += value
        yield number & 0x3FFF, value, content


def art_text(data: bytes, first: int, last: int) -> str:
    """The text of a shape that is drawn letters (WordArt)."""
    for _version, instance, kind, start, end in art_records(data, first, last):
        if kind == _PROPERTIES:
            for number, _value, content in _properties(data, start, end, instance):
                if number == _ART_TEXT:
                    return content.decode("utf-16-le", "replace").rstrip("\x00")
    return ""


def is_table(data: bytes, first: int, last: int) -> bool:
    """Whether a group of shapes is a table: the shape that stands for the group says so."""
    for _version, _instance, kind, start, end in art_records(data, first, last):
        if kind != SHAPE_CONTAINER:
            return False
        for _v, count, inner, here, there in art_records(data, start, end):
            if inner in (_PROPERTIES, _FURTHER_PROPERTIES) and any(
                number == _TABLE and value & 1 for number, value, _c in _properties(data, here, there, count)
            ):
                return True
        return False
    return False
