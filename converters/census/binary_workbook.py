"""The census of XLSB: an Office Open XML package whose sheets are records instead of elements.

Source: [MS-XLSB] 2.1.4 (records), 2.4 (records by name), 2.5.97.41 (PtgExp), 2.5.165, 2.5.166 (texts).
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from converters.census.legacy_workbook import rk_number
from converters.census.ooxml import count_drawing
from converters.census.record import Census
from converters.errors import Refused
from converters.ooxml.package import Limits, Package, Relationship

_NAME, _NO_NAMES = 0x0027, 0x002F  # flags as those of legacy workbooks
_SHEET, _STRING, _COMMENT, _HYPERLINK = 0x009C, 0x0013, 0x027B, 0x01EE
_RK, _ERROR, _TRUTH, _REAL, _TEXT, _SHARED = 2, 3, 4, 5, 6, 7
_FORMULAS = frozenset((8, 9, 10, 11))
_ARRAY = 0x01AA
_NONE = 0xFFFFFFFF


def census_of_binary_workbook(path: Path, limits: Limits) -> Census:
    """Raises Refused as the package's readers do, and DAMAGED_OLE for records that are cut off."""
    census, values = Census(), Counter[float]()
    with Package(path, limits) as package:
        main = package.main_part
        relationships = package.relationships(main)
        part = package.related_part(main, "sharedStrings")
        strings = [_text(content, 1) for code, content in _records(package, part) if code == _STRING]
        for code, content in _records(package, main):
            if code == _NAME:
                census.counts["names"] += not struct.unpack_from("<I", content)[0] & _NO_NAMES
            if code != _SHEET:
                continue
            census.counts["sheets"] += 1
            relationship = relationships.get(_text(content, 8))
            if relationship is None or relationship.target not in package:
                continue
            _count_sheet(census, values, package, relationship.target, strings)
    census.values = values
    return census


def _records(package: Package, part: str | None) -> Iterator[tuple[int, bytes]]:
    """(type, content) of the records of a part; none where there is no part. Raises Refused DAMAGED_OLE."""
    data = package.read(part) if part is not None else b""
    position = 0
    try:
        while position < len(data):
            code = data[position]
            position += 1
            if code & 0x80:
                code = (code & 0x7F) | (data[position] & 0x7F) << 7
                position += 1
            size = shift = 0
            for _ in range(4):
                byte = data[position]
                position += 1
                size |= (byte & 0x7F) << shift
                shift += 7
                if not byte & 0x80:
                    break
            yield code, data[position : position + size]
            position += size
    except (IndexError, struct.error) as error:
        raise Refused("DAMAGED_OLE", detail=f"{part}: {error}") from None


def _text(content: bytes, position: int) -> str:
    """An XLWideString or an XLNullableWideString."""
    (size,) = struct.unpack_from("<I", content, position)
    if size == _NONE:
        return ""
    return content[position + 4 : position + 4 + 2 * size].decode("utf-16-le", "replace")


def _count_sheet(
    census: Census, values: Counter[float], package: Package, part: str, strings: list[str]
) -> None:
    relationships = package.relationships(part)
    for code, content in _records(package, part):
        if code in _FORMULAS:
            census.counts["formulas"] += 1
        elif code == _RK:
            _add_number(census, values, rk_number(struct.unpack_from("<I", content, 8)[0]))
        elif code == _REAL:
            _add_number(census, values, struct.unpack_from("<d", content, 8)[0])
        elif code == _TRUTH:
            census.counts["cells"] += 1
        elif code == _ERROR:
            census.counts["formulas"] += 1  # ODF has no such constants
        elif code in (_TEXT, _SHARED):
            _add_text(census, content, strings, shared=code == _SHARED)
        elif code == _ARRAY:  # how much of it is a formula and how much a value, ODF says in another way
            census.uncounted.update(("formulas", "cells"))
        elif code == _HYPERLINK:
            _add_link(census, content, relationships)
    for comments in package.related(part, "comments"):
        census.counts["comments"] += sum(
            code == _COMMENT for code, _content in _records(package, comments.target)
        )
    for drawing in package.related(part, "drawing"):
        count_drawing(census, package, drawing.target)


def _add_number(census: Census, values: Counter[float], value: float) -> None:
    census.counts["cells"] += 1
    values[value] += 1


def _add_link(census: Census, content: bytes, relationships: Mapping[str, Relationship]) -> None:
    identifier = _text(content, 16)
    relationship = relationships.get(identifier)
    if relationship is not None and relationship.external:
        place = _text(content, 20 + 2 * len(identifier))
        census.add_link(f"{relationship.target}#{place}" if place else relationship.target)


def _add_text(census: Census, content: bytes, strings: list[str], *, shared: bool) -> None:
    if shared:
        (index,) = struct.unpack_from("<I", content, 8)
        text = strings[index] if index < len(strings) else ""
    else:
        text = _text(content, 8)
    if text:
        census.counts["cells"] += 1
        census.add_cell_text(text)
