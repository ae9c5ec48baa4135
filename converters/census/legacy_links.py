"""Hyperlinks as binary Office files store them ([MS-OSHARED] 2.3.7): of workbooks, and their addresses."""

from __future__ import annotations

import struct

_URL = bytes.fromhex("E0C9EA79F9BACE118C8200AA004BA90B")
_HAS_MONIKER, _HAS_PLACE, _HAS_NAME, _HAS_FRAME, _AS_TEXT = 0x01, 0x08, 0x10, 0x80, 0x100


def read_hyperlink(data: bytes) -> str:
    """Where a Hyperlink object leads, with the place within; behind its class. Empty for what leads to no address."""
    try:
        return _read(data)
    except (struct.error, IndexError):
        return ""


def _read(data: bytes) -> str:
    (flags,) = struct.unpack_from("<I", data, 20)
    position = 24
    for wanted in (_HAS_NAME, _HAS_FRAME):
        if flags & wanted:
            position = _text(data, position)[1]
    target = ""
    if flags & _HAS_MONIKER and flags & _AS_TEXT:
        target, position = _text(data, position)
    elif flags & _HAS_MONIKER:
        if data[position : position + 16] != _URL:
            return ""
        (size,) = struct.unpack_from("<I", data, position + 16)
        raw = data[position + 20 : position + 20 + size]
        target = raw.decode("utf-16-le", "replace").split("\x00", 1)[0]
        position += 20 + size
    if target and flags & _HAS_PLACE:
        target += "#" + _text(data, position)[0]
    return target


def _text(data: bytes, position: int) -> tuple[str, int]:
    """A HyperlinkString, and where it ends."""
    (size,) = struct.unpack_from("<I", data, position)
    end = position + 4 + 2 * size
    return data[position + 4 : end].decode("utf-16-le", "replace").rstrip("\x00"), end
