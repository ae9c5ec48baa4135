"""quickXorHash: what OneDrive and SharePoint tell of contents, computed for files elsewhere.

160 bits: byte number i is exclusive-or'ed in at bit 11 i mod 160, then the length, as 64 bits with the lowest byte
first, into the last eight bytes. It is no cryptographic digest: equal digest and equal size make a candidate.
"""

from __future__ import annotations

from typing import BinaryIO

DIGEST_BYTES = 20
_BITS = DIGEST_BYTES * 8
_SHIFT = 11
_MASK = (1 << _BITS) - 1
_CHUNK = _BITS * 4_096  # bytes after which the shift is where it began


def quick_xor(content: BinaryIO) -> bytes:
    """The digest of a content, read to its end. 160 bytes after a byte, the same bit is met again: whole blocks of 160 bytes
    are exclusive-or'ed as numbers first."""
    block = 0
    length = 0
    while chunk := _read(content, _CHUNK):
        length += len(chunk)
        for start in range(0, len(chunk), _BITS):
            block ^= int.from_bytes(chunk[start : start + _BITS], "little")
    digest = 0
    for number, byte in enumerate(block.to_bytes(_BITS, "little")):
        shift = _SHIFT * number % _BITS
        value = byte << shift
        digest ^= (value & _MASK) ^ (value >> _BITS)
    digest ^= (length & 0xFFFFFFFFFFFFFFFF) << (_BITS - 64)
    return digest.to_bytes(DIGEST_BYTES, "little")


def _read(content: BinaryIO, size: int) -> bytes:
    """So many bytes, fewer at the end alone: blocks have to begin where blocks begin."""
    parts, found = [], 0
    while found < size and (part := content.read(size - found)):
        parts.append(part)
        found += len(part)
    return b"".join(parts)
