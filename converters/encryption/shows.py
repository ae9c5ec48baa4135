"""A .ppt opened with its password ([MS-OFFCRYPTO] 2.3.5, RC4 CryptoAPI).

What is encrypted ([MS-PPT] 2.1.2, 2.1.3): each persist object, with a key of its identifier, and each field of each
picture, with the key of block 0. The user edit, the directory of persist objects and the container that tells how to
verify the password ([MS-PPT] 2.3.3, 2.3.4, 2.3.7) are not. Pictures: [MS-ODRAW] 2.2.22, 2.2.23.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

import olefile

from converters.errors import Refused

_CURRENT_USER, _DOCUMENT, _PICTURES, _SUMMARY = (
    "Current User",
    "PowerPoint Document",
    "Pictures",
    "EncryptedSummary",
)
_PLAIN_TOKEN = 0xE391C05F  # CurrentUserAtom.headerToken
_CRYPT_SESSION, _USER_EDIT, _DIRECTORY = 0x2F14, 0x0FF5, 0x1772
_USER_EDIT_BYTES, _ENCRYPTED_USER_EDIT_BYTES = 28, 32  # the last four refer to the container
_MOST_EDITS = 1000
_STORE_ENTRY = 0xF007  # OfficeArtFBSE, which may hold a picture
_STORE_ENTRY_FIELDS = (1, 1, 16, 2, 4, 4, 4, 1, 1, 1, 1)
_STORE_ENTRY_NAME = 33  # where the size of its name stands
_METAFILES = frozenset([0xF01A, 0xF01B, 0xF01C])  # EMF, WMF, PICT: 34 bytes of header, others have one
# instances of records that hold two identifiers
_TWO_IDENTIFIERS = frozenset([0x217, 0x3D5, 0x46B, 0x543, 0x6E1, 0x6E3, 0x6E5, 0x7A9])
_HEADER_BYTES = 8
_OLDEST_KEY_BITS = 40
Cipher = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class ShowKey:
    """What the ciphers of a presentation are made of."""

    password: str = field(repr=False)
    salt: bytes
    key_bits: int

    def cipher(self, block: int) -> Cipher:
        """RC4 from its beginning with the key of a block, which encrypts and decrypts ([MS-OFFCRYPTO] 2.3.5.2)."""
        from cryptography.hazmat.primitives.ciphers import Cipher as Ciphers  # noqa: PLC0415  (behind an extra)

        try:  # where it stands since version 43
            from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4  # noqa: PLC0415
        except ImportError:
            from cryptography.hazmat.primitives.ciphers.algorithms import ARC4  # noqa: PLC0415

        first = _sha1(self.salt + self.password.encode("utf-16-le"))
        final = _sha1(first + struct.pack("<I", block))
        key = final[:5] + bytes(11) if self.key_bits == _OLDEST_KEY_BITS else final[: self.key_bits // 8]
        algorithm = ARC4(key)  # noqa: S304 - what the file was encrypted with
        return lambda data: Ciphers(algorithm, mode=None).encryptor().update(data)


def open_show(plain: IO[bytes], password: str) -> bool:
    """Decrypt in place a presentation whose copy is ``plain``; False, and nothing changed, where the password is wrong.

    Raises Refused ENCRYPTION_UNSUPPORTED, DAMAGED_OLE; struct.error, OSError, IndexError on broken tables.
    """
    plain.seek(0)
    ole = olefile.OleFileIO(plain, write_mode=True)
    user = bytearray(ole.openstream(_CURRENT_USER).read())
    data = bytearray(ole.openstream(_DOCUMENT).read())
    (edit_at,) = struct.unpack_from("<I", user, 16)
    objects = _persist_objects(data, edit_at)
    (session,) = struct.unpack_from("<I", data, edit_at + _HEADER_BYTES + _USER_EDIT_BYTES)
    key = _verified_key(data, objects[session], password)
    if key is None:
        return False
    for identifier, offset in objects.items():
        kind = struct.unpack_from("<H", data, offset + 2)[0]
        if identifier != session and kind not in (_USER_EDIT, _DIRECTORY):
            _decrypt_object(data, offset, key.cipher(identifier))
    struct.pack_into("<I", data, edit_at + 4, _USER_EDIT_BYTES)
    struct.pack_into("<I", data, edit_at + _HEADER_BYTES + _USER_EDIT_BYTES, 0)
    struct.pack_into("<I", user, 12, _PLAIN_TOKEN)
    ole.write_stream(_CURRENT_USER, bytes(user))
    ole.write_stream(_DOCUMENT, bytes(data))
    if ole.exists(_PICTURES):
        pictures = ole.openstream(_PICTURES).read()
        ole.write_stream(_PICTURES, recoded_pictures(pictures, key.cipher(0), decrypting=True))
    if ole.exists(_SUMMARY):
        _rename(plain, _SUMMARY)
    plain.flush()
    return True


def _persist_objects(data: bytearray, edit_at: int) -> dict[int, int]:
    """Identifier -> offset of each persist object; a later edit's word holds ([MS-PPT] 2.1.2, Part 1)."""
    objects: dict[int, int] = {}
    for _ in range(_MOST_EDITS):
        (kind, size) = struct.unpack_from("<HI", data, edit_at + 2)
        if kind != _USER_EDIT or size != _ENCRYPTED_USER_EDIT_BYTES:
            raise Refused("DAMAGED_OLE", detail="UserEditAtom")
        before, directory = struct.unpack_from("<II", data, edit_at + _HEADER_BYTES + 8)
        kind, size = struct.unpack_from("<HI", data, directory + 2)
        if kind != _DIRECTORY:
            raise Refused("DAMAGED_OLE", detail="PersistDirectoryAtom")
        position, end = directory + _HEADER_BYTES, directory + _HEADER_BYTES + size
        while position < end:
            (head,) = struct.unpack_from("<I", data, position)
            first, count = head & 0xFFFFF, head >> 20
            for index, offset in enumerate(struct.unpack_from(f"<{count}I", data, position + 4)):
                objects.setdefault(first + index, offset)
            position += 4 + 4 * count
        if not before:
            break
        edit_at = before
    return objects


def _verified_key(data: bytearray, session_at: int, password: str) -> ShowKey | None:
    """The key that a password makes, where the verifier of the container confirms it ([MS-OFFCRYPTO] 2.3.5.1)."""
    kind, _size = struct.unpack_from("<HI", data, session_at + 2)
    major, minor, _flags, header_bytes = struct.unpack_from("<HHII", data, session_at + _HEADER_BYTES)
    if kind != _CRYPT_SESSION or minor != 2 or major not in (2, 3, 4):
        raise Refused("ENCRYPTION_UNSUPPORTED", method=f"{major}.{minor}")
    header_at = session_at + _HEADER_BYTES + 12
    (key_bits,) = struct.unpack_from("<I", data, header_at + 16)
    verifier_at = header_at + header_bytes
    salt, verifier, _hash_bytes, expected = struct.unpack_from("<16s16sI20s", data, verifier_at + 4)
    key = ShowKey(password, salt, key_bits or _OLDEST_KEY_BITS)
    found = key.cipher(0)(verifier + expected)
    return key if _sha1(found[:16]) == found[16:] else None


def _decrypt_object(data: bytearray, offset: int, cipher: Cipher) -> None:
    """A record with all that is in it; its header tells, once decrypted, how long it is."""
    (size,) = struct.unpack_from("<I", cipher(bytes(data[offset : offset + _HEADER_BYTES])), 4)
    end = offset + _HEADER_BYTES + size
    if end > len(data):
        raise Refused("DAMAGED_OLE", detail=f"persist object at {offset}")
    data[offset:end] = cipher(bytes(data[offset:end]))


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()


def recoded_pictures(data: bytes, cipher: Cipher, *, decrypting: bool) -> bytes:
    """A stream of pictures decrypted, or encrypted where it is plain; what cannot be a record ends the work."""
    result = bytearray(data)
    position = 0
    while position + _HEADER_BYTES <= len(data):
        header = cipher(data[position : position + _HEADER_BYTES])
        plain_header = header if decrypting else data[position : position + _HEADER_BYTES]
        (size,) = struct.unpack_from("<I", plain_header, 4)
        end = position + _HEADER_BYTES + size
        if end > len(data):
            break
        for start, stop in _fields(data, position, end, plain_header, cipher, decrypting=decrypting):
            result[start:stop] = cipher(data[start:stop])
        position = end
    return bytes(result)


def _fields(
    data: bytes, position: int, end: int, header: bytes, cipher: Cipher, *, decrypting: bool
) -> Iterator[tuple[int, int]]:
    """The (start, stop) of each field of one record, its header among them."""
    yield position, position + _HEADER_BYTES
    position += _HEADER_BYTES
    instance, kind = struct.unpack_from("<H", header)[0] >> 4, struct.unpack_from("<H", header, 2)[0]
    if kind == _STORE_ENTRY:
        name_at = position + _STORE_ENTRY_NAME
        for size in _STORE_ENTRY_FIELDS:
            yield position, position + size
            position += size
        name = data[name_at : name_at + 1]
        if name_size := (cipher(name) if decrypting else name)[0]:
            yield position, position + name_size
            position += name_size
        if position + _HEADER_BYTES > end:
            return
        raw = data[position : position + _HEADER_BYTES]
        yield from _fields(
            data, position, end, cipher(raw) if decrypting else raw, cipher, decrypting=decrypting
        )
        return
    for size in [16] * (2 if instance in _TWO_IDENTIFIERS else 1) + [34 if kind in _METAFILES else 1]:
        yield position, min(position + size, end)
        position += size
    if position < end:
        yield position, end


def _rename(file: IO[bytes], stream: str) -> None:
    """Change the last letter of a stream's name in the directory: programs take the stream for the mark that all else
    is encrypted."""
    file.seek(0)
    data = file.read()
    name = stream.encode("utf-16-le") + b"\x00\x00"
    position = data.find(name)
    if position >= 0:
        file.seek(position)
        file.write((stream[:-1] + "x").encode("utf-16-le"))
