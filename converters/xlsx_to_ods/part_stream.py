"""Parts of any size: skimmed past their rows, or parsed by expat in constant memory.

OPC forbids document types (ECMA-376 Part 2, 7.2), so no entity can be declared, let alone expanded.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import IO, Any
from xml.parsers import expat

from lxml import etree

from converters.errors import Refused
from converters.ooxml.package import Package
from converters.ooxml.xml import read_xml

BLOCK_BYTES = 1 << 18
MAX_DEPTH = 250
_OPEN = re.compile(rb"<((?:[A-Za-z_][\w.\-]*:)?)sheetData(?=[\s/>])[^>]*>")
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


def parse_part(package: Package, part: str, prepare: Callable[[Any], None]) -> None:
    """Parse a part with expat; ``prepare`` sets the parser's handlers.

    Raises Refused: DAMAGED_XML, DOCTYPE_FORBIDDEN and those of :func:`blocks`.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def forbid(*_arguments: object) -> None:
        raise Refused("DOCTYPE_FORBIDDEN", part=part)

    parser.StartDoctypeDeclHandler = forbid
    prepare(parser)
    try:
        for block in blocks(package, part):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused("DAMAGED_XML", part=part, detail=str(error)) from None


def skim_sheet(package: Package, part: str) -> etree._Element:
    """The root of a sheet part with an empty ``sheetData``: its head and tail, without the rows.

    A part that is not in an encoding whose ASCII characters are bytes, or that has no rows, is read whole.
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
