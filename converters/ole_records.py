"""The records that streams of Office 97 to 2003 are made of."""

from __future__ import annotations

import struct
from collections.abc import Iterator


def biff_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(record type, content) of a BIFF stream; ends at a record that is cut off."""
    position = 0
    while position + 4 <= len(data):
        code, size = struct.unpack_from("<HH", data, position)
        position += 4
        if position + size > len(data):
            return
        yield code, data[position : position + size]
        position += size


def art_records(
    data: bytes, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int, int, int, int]]:
    """(version, instance, type, first byte of the content, byte behind it) of the records side by side.

    Presentations and drawings are made of them ([MS-PPT] 2.3.1, [MS-ODRAW] 2.2.1).
    """
    end = len(data) if end is None else min(end, len(data))
    position = start
    while position + 8 <= end:
        head, kind, size = struct.unpack_from("<HHI", data, position)
        position += 8
        yield head & 0x0F, head >> 4, kind, position, min(position + size, end)
        position += size
