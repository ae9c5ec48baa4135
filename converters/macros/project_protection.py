"""Whether a VBA project is locked: the DPB and CMG values of its PROJECT stream ([MS-OVBA] 2.3.1.15-17, 2.4.3).

The values are obscured, not encrypted: the key stands in them. A lock keeps the editor from showing code that is
stored in the clear; reading it breaks nothing.
"""

from __future__ import annotations

import re

_VALUE = re.compile(r'^(CMG|DPB)="([0-9A-Fa-f]+)"', re.MULTILINE)
_SHORTEST = 4  # seed, version, project key and one byte of length at least
_PASSWORD_BYTES = 29  # of a password's hash (2.4.4.1)


def is_locked(text: str) -> bool:
    """Whether the PROJECT stream's ``text`` names a password or a protection by the user."""
    for key, value in _VALUE.findall(text):
        content = reveal(bytes.fromhex(value[: len(value) & ~1]))
        if key == "DPB" and len(content) >= _PASSWORD_BYTES:
            return True
        if key == "CMG" and content and content[0] & 1:  # ProjectProtectionState.fUserProtected
            return True
    return False


def reveal(data: bytes) -> bytes:
    """The content of an obscured value (2.4.3.3, Data Decryption); empty where it is none."""
    if len(data) < _SHORTEST:
        return b""
    seed = data[0]
    key = data[2] ^ seed
    plain, before, earlier = key, data[2], data[1]
    ignored = (seed & 6) // 2
    revealed = bytearray()
    for byte in data[3:]:
        plain = byte ^ (earlier + plain & 0xFF)
        earlier, before = before, byte
        revealed.append(plain)
    length = int.from_bytes(revealed[ignored : ignored + 4], "little")
    return bytes(revealed[ignored + 4 : ignored + 4 + min(length, len(revealed))])
