"""The compressed containers of VBA projects ([MS-OVBA] 2.4.1), with a bound on what they unpack to."""

from __future__ import annotations

import struct

from converters.errors import Refused

MAX_SOURCE_BYTES = 20_000_000  # of one container; a real module holds a few hundred kilobytes at most
_CHUNK = 4096
_SIGNATURE, _COMPRESSED = 3, 0x8000


def decompress(data: bytes) -> bytes:
    """The bytes of a container (2.4.1.3.1). Raises Refused DAMAGED_OLE, LIMIT_PART_SIZE."""
    if not data or data[0] != 1:
        raise Refused("DAMAGED_OLE", detail="no compressed container")
    result = bytearray()
    position = 1
    while position + 2 <= len(data):
        (header,) = struct.unpack_from("<H", data, position)
        if (header >> 12) & 7 != _SIGNATURE:
            break  # slack after the last chunk
        end = min(position + (header & 0x0FFF) + 3, len(data))
        if header & _COMPRESSED:
            _decompress_chunk(data, position + 2, end, result)
        else:
            result += data[position + 2 : position + 2 + _CHUNK]
        position = end
        if len(result) > MAX_SOURCE_BYTES:
            raise Refused("LIMIT_PART_SIZE", part="vbaProject.bin", limit=MAX_SOURCE_BYTES)
    return bytes(result)


def _decompress_chunk(data: bytes, position: int, end: int, result: bytearray) -> None:
    start = len(result)
    while position < end:
        flags = data[position]
        position += 1
        for bit in range(8):
            if position >= end:
                return
            if not flags >> bit & 1:
                result.append(data[position])
                position += 1
                continue
            if position + 2 > end:
                return
            (token,) = struct.unpack_from("<H", data, position)
            position += 2
            offset_bits = max((len(result) - start - 1).bit_length(), 4)
            length = (token & (0xFFFF >> offset_bits)) + 3
            origin = len(result) - (token >> (16 - offset_bits)) - 1
            if origin < start:
                raise Refused("DAMAGED_OLE", detail="a copy token points before its chunk")
            if len(result) + length - start > 2 * _CHUNK:
                raise Refused("DAMAGED_OLE", detail="a chunk unpacks to more than a chunk holds")
            for index in range(origin, origin + length):  # may overlap what it writes
                result.append(result[index])
