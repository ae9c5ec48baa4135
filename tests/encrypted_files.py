"""Documents under a password, made by the tests: agile, standard, and .ppt with RC4 CryptoAPI."""

from __future__ import annotations

import hashlib
import io
import struct

import olefile
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from msoffcrypto.method.ecma376_standard import ECMA376Standard

from converters.encryption.shows import ShowKey, recoded_pictures
from tests.office_files import compound, docx, paragraph

SALT = bytes(range(16))
WORDS = "Délibération secrète"


def letter() -> bytes:
    """A document that does not become small by compression: msoffcrypto writes small ones wrongly."""
    noise = "".join(hashlib.sha512(bytes([index])).hexdigest() for index in range(80))
    return docx(paragraph(WORDS) + paragraph(noise))


def agile(plain: bytes, password: str, rounds: int = 1000) -> bytes:
    """Office Open XML as Office 2010 and later encrypt it, with few rounds: it is made fast."""
    if rounds == 100_000:
        stream = io.BytesIO()
        OOXMLFile(io.BytesIO(plain)).encrypt(password, stream)
        return stream.getvalue()
    return bytes(ECMA376Agile.encrypt(password, io.BytesIO(plain), spin_count=rounds))


def with_information(data: bytes, old: bytes, new: bytes) -> bytes:
    """An encrypted file whose EncryptionInfo says something else, of the same length."""
    assert len(old) == len(new)
    assert data.count(old) == 1
    return data.replace(old, new)


def standard(plain: bytes, password: str) -> bytes:
    """Office Open XML as Office 2007 encrypts it: AES-128 in ECB mode ([MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9)."""
    key = bytes(ECMA376Standard.makekey_from_password(password, 0x660E, 0x8004, 0x18, 128, 16, SALT))

    def encrypted(data: bytes) -> bytes:
        encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
        return encryptor.update(data + bytes(-len(data) % 16))

    verifier = b"sixteen verified"
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + "AES\0".encode("utf-16-le")
    information = struct.pack("<HHII", 3, 2, 0x24, len(header)) + header
    information += struct.pack("<I", 16) + SALT + encrypted(verifier)
    information += struct.pack("<I", 20) + encrypted(hashlib.sha1(verifier).digest())
    package = struct.pack("<Q", len(plain)) + encrypted(plain)
    stream = io.BytesIO()
    ECMA376Encrypted(package, information).write_to(stream)
    return stream.getvalue()


def closed_show(plain: bytes, password: str) -> bytes:
    """A .ppt encrypted as PowerPoint 2003 does ([MS-PPT] 2.1.2, [MS-OFFCRYPTO] 2.3.5), its pictures too."""
    ole = olefile.OleFileIO(io.BytesIO(plain))
    user = bytearray(ole.openstream("Current User").read())
    data = bytearray(ole.openstream("PowerPoint Document").read())
    (edit_at,) = struct.unpack_from("<I", user, 16)
    edit = data[edit_at + 8 : edit_at + 36]
    (directory_at,) = struct.unpack_from("<I", edit, 12)
    (size,) = struct.unpack_from("<I", data, directory_at + 4)
    table = bytes(data[directory_at + 8 : directory_at + 8 + size])
    objects, position = {}, 0
    while position < size:
        (head,) = struct.unpack_from("<I", table, position)
        count = head >> 20
        offsets = struct.unpack_from(f"<{count}I", table, position + 4)
        objects.update({(head & 0xFFFFF) + index: offset for index, offset in enumerate(offsets)})
        position += 4 + 4 * count
    key = ShowKey(password, SALT, 128)
    for identifier, offset in objects.items():
        (length,) = struct.unpack_from("<I", data, offset + 4)
        data[offset : offset + 8 + length] = key.cipher(identifier)(bytes(data[offset : offset + 8 + length]))
    session_at, session = len(data), max(objects) + 1
    verifier = b"sixteen verified"
    secret = key.cipher(0)(verifier + hashlib.sha1(verifier).digest())
    header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + "RC4\0".encode("utf-16-le")
    content = struct.pack("<HHII", 2, 2, 4, len(header)) + header
    content += struct.pack("<I16s16sI20s", 16, SALT, secret[:16], 20, secret[16:])
    data += struct.pack("<HHI", 0xF, 0x2F14, len(content)) + content
    struct.pack_into("<I", edit, 12, len(data))
    table += struct.pack("<II", session | 1 << 20, session_at)
    data += struct.pack("<HHI", 0, 0x1772, len(table)) + table
    struct.pack_into("<II", user, 12, 0xF3D1C4DF, len(data))
    data += struct.pack("<HHI", 0, 0x0FF5, 32) + edit + struct.pack("<I", session)
    streams = {"Current User": bytes(user), "PowerPoint Document": bytes(data), "EncryptedSummary": b"closed"}
    if ole.exists("Pictures"):
        pictures = ole.openstream("Pictures").read()
        streams["Pictures"] = recoded_pictures(pictures, key.cipher(0), decrypting=False)
    return compound(streams)
