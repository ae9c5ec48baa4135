"""Parts of any size: skimmed past their rows, or parsed by expat in constant memory.

OPC forbids document types (ECMA-376 Part 2, 7.2), so no entity can be declared, let alone expanded.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import IO, Any, Protocol
from xml.parsers import expat

from lxml import etree

from converters.errors import Refused
from converters.ooxml.package import Package
from converters.ooxml.xml import read_xml
from converters.xlsx_to_ods.plain_text import is_readable

BLOCK_BYTES = 1 << 20
MOST_WAITING = 1 << 24
MAX_DEPTH = 250
_OPEN = re.compile(rb"<((?:[A-Za-z_][\w.\-]*:)?)sheetData(?=[\s/>])[^>]*>")
_DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml\s[^<>]*\?>")
_ENCODING = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml\s[^<>]*encoding\s*=\s*[\"']([^\"']*)")
_DAMAGE = (zipfile.BadZipFile, EOFError, OSError, zlib.error)


@cache
def local_name(name: str) -> str:
    return name.rpartition(":")[2]


def blocks(package: Package, part: str) -> Iterator[bytes]:
    """The part in blocks; UTF-16 as it is. Raises Refused: MISSING_PART, DAMAGED_ZIP, LIMIT_PART_SIZE."""
    size = 0
    with package.open(part) as stream:
        while block := _read(stream, part):
            size += len(block)
            if size > package.limits.part_bytes:
                raise Refused("LIMIT_PART_SIZE", part=part, limit=package.limits.part_bytes)
            yield block


def _read(stream: IO[bytes], part: str) -> bytes:
    try:
        return stream.read(BLOCK_BYTES)
    except _DAMAGE as error:
        raise Refused("DAMAGED_ZIP", detail=f"{part}: {error}") from None


class PlainUnits(Protocol):
    """Elements that may be taken out of a part before its parser sees them, while they are in plain form."""

    container: bytes  # local names: of the element that they stand in, and their own
    unit: bytes

    def between(self) -> bool:
        """Whether the parser stands in the container, and in none of its units."""

    def take(self, data: bytes, position: int, limit: int) -> int:
        """Take plain units from ``position`` on; answers where the first other one begins, or ``limit``."""


def parse_part(
    package: Package, part: str, prepare: Callable[[Any], None], units: PlainUnits | None = None
) -> None:
    """Parse a part with expat; ``prepare`` sets the parser's handlers.

    Raises Refused: DAMAGED_XML, DOCTYPE_FORBIDDEN and those of :func:`blocks`.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def forbid(*_arguments: object) -> None:
        raise Refused("DOCTYPE_FORBIDDEN", part=part)

    parser.StartDoctypeDeclHandler = forbid
    prepare(parser)
    parse = parser.Parse if units is None else _Divider(parser, units).parse
    try:
        for block in blocks(package, part):
            parse(block, False)
        parse(b"", True)
    except expat.ExpatError as error:  # without its line: taken units are not counted
        raise Refused("DAMAGED_XML", part=part, detail=expat.ErrorString(error.code)) from None


class _Divider:
    """Hands the plain units of a part to their taker and everything else, in order, to the parser.

    Units are told by their bytes, which is sound only in UTF-8, without a namespace prefix, and without comments and
    the like: from the first of these on, the parser gets everything.
    """

    def __init__(self, parser: Any, units: PlainUnits) -> None:
        self._parser = parser
        self._units = units
        self._open = re.compile(rb"<" + units.container + rb"(?:\s[^<>]*)?>")
        self._close = b"</" + units.container
        self._unit = b"<" + units.unit
        self._waiting = b""
        self._found = False  # whether the container has begun
        self._dividing = True

    def parse(self, block: bytes, final: bool) -> None:
        data, self._waiting = self._waiting + block, b""
        if self._dividing and not final:
            data = self._divided(data)
        if self._dividing and not final and len(data) <= MOST_WAITING:
            self._waiting = data
        else:
            self._dividing = False
            self._parser.Parse(data, final)

    def _divided(self, data: bytes) -> bytes:
        """What is left to wait for more; all of it is the parser's where ``_dividing`` is False then."""
        position = 0
        if not self._found:
            match = self._open.search(data)
            if match is None:
                return data
            position, self._found = match.end(), True
            head = data[:position]
            self._dividing = _is_plain_head(head) and not head.endswith(b"/>")
            self._parser.Parse(head, False)
        limit = data.find(self._close, position) if self._dividing else -1
        ended = limit >= 0
        if self._dividing and not ended:
            limit = data.rfind(self._unit, position)
        if limit > position:
            self._dividing = is_readable(data[position:limit])
            if self._dividing:
                self._divide(data, position, limit)
                position = limit
        if ended:
            self._dividing = False
        return data[position:]

    def _divide(self, data: bytes, position: int, limit: int) -> None:
        units = self._units
        while position < limit:
            if units.between():
                position = units.take(data, position, limit)
                if position >= limit:
                    break
            following = data.find(self._unit, position + 1, limit)
            if following < 0:
                following = limit
            self._parser.Parse(data[position:following], False)
            position = following


def _is_plain_head(head: bytes) -> bool:
    encoding = _ENCODING.search(head)
    return is_readable(_DECLARATION.sub(b"", head)) and (
        encoding is None or encoding[1].lower() in (b"utf-8", b"us-ascii")
    )


def skim_sheet(package: Package, part: str) -> etree._Element:
    """The root of a sheet part with an empty ``sheetData``: its head and tail, without the rows.

    A part that is not in an encoding whose ASCII characters are bytes, that has a comment before its rows, or no rows,
    is read whole.
    Raises Refused as :func:`converters.ooxml.xml.read_xml`.
    """
    kept = _without_rows(package, part)
    if kept is None or len(kept) > package.limits.tree_bytes:
        return read_xml(package.read(part), part)
    return read_xml(kept, part)


def _without_rows(package: Package, part: str) -> bytes | None:
    kept = bytearray()
    close = b""
    opened = False
    tail: bytearray | None = None
    for block in blocks(package, part):
        if tail is not None:
            tail += block
            continue
        kept += block
        if not opened:
            if kept[:2] in (b"\xff\xfe", b"\xfe\xff") or kept[:4].count(0):
                return None
            match = _OPEN.search(kept)
            if match is None:
                continue
            if b"<!" in kept[: match.start()]:  # what was found may stand in a comment
                return None
            if match[0].endswith(b"/>"):
                tail = kept[match.end() :]
                kept = kept[: match.end()]
                continue
            opened, close = True, b"</" + match[1] + b"sheetData"
            head = kept[: match.end()]
            kept = kept[match.end() :]
        position = kept.find(close)
        if position >= 0:
            tail = kept[position:]
            kept = bytearray(head)
        else:
            kept = kept[-len(close) :]
    if tail is None:
        return None if opened else bytes(kept)
    return bytes(kept + tail)
