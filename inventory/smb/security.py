"""Owners as SMB tells them: the owner's SID from a security descriptor ([MS-DTYP] 2.4.2, 2.4.6)."""

from __future__ import annotations

from struct import Struct, error

# Revision, Sbz1, Control; offsets of owner, group, SACL, DACL
_DESCRIPTOR = Struct("<BBHIIII")
_SID_HEAD = Struct(">BBHI")  # Revision, SubAuthorityCount, IdentifierAuthority in two parts


def read_owner(descriptor: bytes) -> str:
    """The owner of a self-relative security descriptor; empty where it tells none."""
    try:
        offset = _DESCRIPTOR.unpack_from(descriptor)[3]
        return read_sid(descriptor, offset) if offset else ""
    except error:
        return ""


def read_sid(data: bytes, offset: int = 0) -> str:
    """``S-1-5-21-...``. Raises struct.error for bytes that end too early."""
    revision, count, high, low = _SID_HEAD.unpack_from(data, offset)
    parts = Struct(f"<{count}I").unpack_from(data, offset + _SID_HEAD.size)
    return "-".join(map(str, ("S", revision, high << 32 | low, *parts)))


def sid_bytes(sid: str) -> bytes:
    """The binary form of a SID. Raises ValueError."""
    letter, revision, authority, *parts = sid.split("-")
    numbers = [int(part) for part in parts]
    if letter != "S" or len(numbers) > 15:
        raise ValueError(sid)
    whole = int(authority)
    try:
        head = _SID_HEAD.pack(int(revision), len(numbers), whole >> 32, whole & 0xFFFF_FFFF)
        return head + Struct(f"<{len(numbers)}I").pack(*numbers)
    except error as failure:
        raise ValueError(sid) from failure
