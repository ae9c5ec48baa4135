"""The entries of a zip whose directory is cut off or cannot be trusted (APPNOTE 4.3.7, 4.3.12).

Each entry has a local header before its data, so that what the directory said is told again all over the file. Data
that is cut or changed is unpacked as far as it goes.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from converters.errors import Refused
from converters.ooxml.package import Limits, is_unsafe

LOCAL_MARK = b"PK\x03\x04"
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_ENTRY_END = re.compile(rb"PK(?:\x03\x04|\x01\x02|\x05\x06|\x07\x08)")
_NAME = re.compile(r"[\w\-.\[\] ()&,:;=@!'~+%$#{}^/\\]+")
_LONGEST_NAME = 512
_SIZES_FOLLOW, _UTF8 = 0x8, 0x800
_STEP = 1024  # bytes unpacked at once; the step that fails is taken again byte by byte
_LONGEST_EXTRA = 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """``data`` is all that could be unpacked; ``whole`` that its length and its checksum are the stated ones.

    ``size`` is the stated length, None where it is not known.
    """

    name: str
    data: bytes
    whole: bool
    size: int | None = None


@dataclass(frozen=True, slots=True)
class _Header:
    name: str
    method: int
    packed_size: int | None  # None where it is stated behind the data only
    size: int | None
    crc: int | None
    start: int  # of the data


def salvage(data: bytes, limits: Limits) -> list[Entry]:
    """The entries of ``data``, in the order of the file; of several under one name the best.

    Raises Refused LIMIT_ENTRIES, LIMIT_PART_SIZE, LIMIT_TOTAL_SIZE, LIMIT_RATIO, UNSAFE_NAME.
    """
    listed = _listed(data)
    best: dict[str, Entry] = {}
    total = 0
    for count, header in enumerate(_headers(data, listed)):
        if count >= limits.entries:
            raise Refused("LIMIT_ENTRIES", entries=count + 1, limit=limits.entries)
        if is_unsafe(header.name):
            raise Refused("UNSAFE_NAME", name=header.name)
        if header.name.endswith("/"):
            continue
        entry = _unpack(data, header, limits)
        total += len(entry.data)
        if total > limits.total_bytes:
            raise Refused("LIMIT_TOTAL_SIZE", limit=limits.total_bytes)
        name = entry.name.lower()
        known = best.get(name)
        if known is None or (entry.whole, len(entry.data)) > (known.whole, len(known.data)):
            best[name] = entry
    return list(best.values())


def _listed(data: bytes) -> dict[int, zipfile.ZipInfo]:
    """What the directory says, by the place of the local header; nothing where there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {entry.header_offset: entry for entry in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, struct.error):
        return {}


def _headers(data: bytes, listed: dict[int, zipfile.ZipInfo]) -> Iterator[_Header]:
    """Every local header that the directory names or that its mark shows; the directory's word holds."""
    marked = {match.start() for match in re.finditer(re.escape(LOCAL_MARK), data)}
    for offset in sorted(marked | listed.keys()):
        entry = listed.get(offset)
        header = _listed_header(data, offset, entry) if entry else _local_header(data, offset)
        if header is not None:
            yield header


def _listed_header(data: bytes, offset: int, entry: zipfile.ZipInfo) -> _Header | None:
    start = offset + _LOCAL.size + len(entry.orig_filename.encode("utf-8", "replace"))
    if offset + _LOCAL.size <= len(data):
        name_bytes, extra_bytes = struct.unpack_from("<HH", data, offset + 26)
        if name_bytes <= _LONGEST_NAME and extra_bytes <= _LONGEST_EXTRA:
            start = offset + _LOCAL.size + name_bytes + extra_bytes
    name = entry.filename.replace("\\", "/").lstrip("/")
    return _Header(name, entry.compress_type, entry.compress_size, entry.file_size, entry.CRC, start)


def _local_header(data: bytes, offset: int) -> _Header | None:
    """The header at a mark; None where what follows is none, as in data that looks like a mark."""
    if offset + _LOCAL.size > len(data):
        return None
    _, _, flags, method, _, _, crc, packed, size, name_bytes, extra_bytes = _LOCAL.unpack_from(data, offset)
    start = offset + _LOCAL.size + name_bytes + extra_bytes
    if not 0 < name_bytes <= _LONGEST_NAME or start > len(data):
        return None
    raw = data[offset + _LOCAL.size : offset + _LOCAL.size + name_bytes]
    name = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    if _NAME.fullmatch(name) is None:
        return None
    name = name.replace("\\", "/").lstrip("/")
    if flags & _SIZES_FOLLOW or 0xFFFFFFFF in (packed, size):
        return _Header(name, method, None, None, None, start)
    return _Header(name, method, packed, size, crc, start)


def _unpack(data: bytes, header: _Header, limits: Limits) -> Entry:
    limit = min(limits.tree_bytes, max(limits.ratio_free_bytes, limits.ratio * (len(data) - header.start)))
    if header.method == zipfile.ZIP_STORED:
        unpacked, ended = _stored(data, header), True
    else:
        # whatever a broken header names: nothing but deflate is used in these packages
        unpacked, ended = _inflated(data, header, limit)
    if len(unpacked) > limit:
        raise Refused("LIMIT_PART_SIZE", part=header.name, limit=limit)
    if header.size is None:
        return Entry(header.name, unpacked, ended)
    whole = len(unpacked) == header.size and zlib.crc32(unpacked) == header.crc
    return Entry(header.name, unpacked, whole, header.size)


def _stored(data: bytes, header: _Header) -> bytes:
    if header.packed_size is not None and header.packed_size == header.size:
        return data[header.start : header.start + header.packed_size]
    following = _ENTRY_END.search(data, header.start)
    return data[header.start : following.start() if following else len(data)]


def _inflated(data: bytes, header: _Header, limit: int) -> tuple[bytes, bool]:
    """What a deflate stream gives until it ends, breaks or is cut off, and whether it ended."""
    inflation = zlib.decompressobj(-zlib.MAX_WBITS)
    found: list[bytes] = []
    length, position, step = 0, header.start, _STEP
    while position < len(data) and not inflation.eof and length <= limit:
        before = inflation.copy()
        try:
            piece = inflation.decompress(data[position : position + step], limit + 1 - length)
        except zlib.error:
            if step == 1:
                break
            inflation, step = before, 1
            continue
        position += step
        length += len(piece)
        found.append(piece)
        while inflation.unconsumed_tail and length <= limit:
            piece = inflation.decompress(inflation.unconsumed_tail, limit + 1 - length)
            length += len(piece)
            found.append(piece)
    if not inflation.eof and length <= limit:
        piece = inflation.flush()
        found.append(piece)
    return b"".join(found), inflation.eof
