"""An ODF package under a password: each file compressed, encrypted and stored, with what opens it in the manifest.

Source: ODF 1.3 Part 2, 3.4 (encryption), 4.2 to 4.8 (the manifest's elements); the padding is that of W3C XML Encryption
1.1, 5.2. The choices are those that LibreOffice writes and every version since 3.5 reads: SHA-256 of the password as
start key, PBKDF2 with HMAC-SHA-1, AES-256 in CBC mode. ``mimetype`` and what stands in ``META-INF/`` stay readable.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from lxml import etree

from converters.odf.deflate import DeflateStream
from converters.odf.namespaces import NAMESPACES, qn

MANIFEST = "META-INF/manifest.xml"
ALGORITHM = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
START_KEY = "http://www.w3.org/2000/09/xmldsig#sha256"  # the name by which every LibreOffice knows SHA-256
CHECKSUM = NAMESPACES["manifest"] + "#sha256-1k"
ITERATIONS = 100_000
KEY_BYTES, BLOCK_BYTES, SALT_BYTES = 32, 16, 16
_CHECKED_BYTES = 1024  # of the compressed file, at its beginning
_PIECE_BYTES = 1 << 20


class NotTheSame(Exception):
    """An encrypted package does not hold what the plain one holds."""


@dataclass(frozen=True, slots=True)
class _Key:
    """What a file is encrypted with, and where it may be told: all but the key itself."""

    salt: bytes
    vector: bytes
    key: bytes

    @classmethod
    def derive(cls, start_key: bytes, salt: bytes, vector: bytes, iterations: int = ITERATIONS) -> _Key:
        return cls(salt, vector, hashlib.pbkdf2_hmac("sha1", start_key, salt, iterations, KEY_BYTES))

    @property
    def cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self.key), modes.CBC(self.vector))


class _EncryptingStream:
    """Encrypts what is written to ``target``; ``checksum`` is that of the first bytes written."""

    def __init__(self, target: IO[bytes], key: _Key) -> None:
        self._target = target
        self._encryptor = key.cipher.encryptor()
        self._padder = PKCS7(BLOCK_BYTES * 8).padder()
        self._head = b""

    def write(self, data: bytes) -> int:
        if len(self._head) < _CHECKED_BYTES:
            self._head += data[: _CHECKED_BYTES - len(self._head)]
        self._target.write(self._encryptor.update(self._padder.update(data)))
        return len(data)

    def finish(self) -> None:
        self._target.write(self._encryptor.update(self._padder.finalize()) + self._encryptor.finalize())

    @property
    def checksum(self) -> bytes:
        return hashlib.sha256(self._head).digest()


def encrypt_package(plain: Path, target: Path, password: str) -> None:
    """Write ``target``, the ODF package ``plain`` with every file of its content encrypted.

    The password is taken as it is, in UTF-8. Raises zipfile.BadZipFile, lxml.etree.XMLSyntaxError where ``plain`` is no
    package.
    """
    start_key = hashlib.sha256(password.encode()).digest()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(target, "w") as package:
        manifest = _parsed(source.read(MANIFEST))
        entries = {entry.get(qn("manifest:full-path"), ""): entry for entry in manifest}
        for info in source.infolist():
            name = info.filename
            if name == MANIFEST:
                continue
            if _stays_readable(name):
                package.writestr(_stored(info), source.read(info))
                continue
            key = _Key.derive(start_key, secrets.token_bytes(SALT_BYTES), secrets.token_bytes(BLOCK_BYTES))
            with source.open(info) as content, package.open(_stored(info), "w") as file:
                encrypting = _EncryptingStream(file, key)
                deflating = DeflateStream(encrypting)  # type: ignore[arg-type]  # it only writes
                while piece := content.read(_PIECE_BYTES):
                    deflating.write(piece)
                deflating.finish()
                encrypting.finish()
            if name not in entries:
                entries[name] = etree.SubElement(
                    manifest,
                    qn("manifest:file-entry"),
                    {qn("manifest:full-path"): name, qn("manifest:media-type"): ""},
                )
            _describe(entries[name], info.file_size, key, encrypting.checksum)
        text = etree.tostring(manifest, xml_declaration=True, encoding="UTF-8")
        package.writestr(_stored(source.getinfo(MANIFEST)), text, zipfile.ZIP_DEFLATED)


def prove_encrypted(target: Path, plain: Path, password: str) -> None:
    """Open ``target`` with the password and compare every file with that of ``plain``. Raises NotTheSame."""
    with zipfile.ZipFile(plain) as expected, zipfile.ZipFile(target) as package:
        names = [name for name in expected.namelist() if name != MANIFEST]
        if sorted(names) != sorted(name for name in package.namelist() if name != MANIFEST):
            raise NotTheSame("names")
        for name, content in _decrypted(package, password):
            with expected.open(name) as wanted:
                for piece in content:
                    if wanted.read(len(piece)) != piece:
                        raise NotTheSame(name)
                if wanted.read(1):
                    raise NotTheSame(name)


def _decrypted(package: zipfile.ZipFile, password: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    """(name, content in pieces) of the files that the manifest calls encrypted. Raises NotTheSame where one is not."""
    start_key = hashlib.sha256(password.encode()).digest()
    described = {
        entry.get(qn("manifest:full-path"), ""): entry.find(qn("manifest:encryption-data"))
        for entry in _parsed(package.read(MANIFEST))
    }
    for name in package.namelist():
        if _stays_readable(name):
            continue
        data = described.get(name)
        algorithm = data.find(qn("manifest:algorithm")) if data is not None else None
        derivation = data.find(qn("manifest:key-derivation")) if data is not None else None
        if algorithm is None or derivation is None:
            raise NotTheSame(name)
        key = _Key.derive(
            start_key,
            base64.b64decode(derivation.get(qn("manifest:salt"), "")),
            base64.b64decode(algorithm.get(qn("manifest:initialisation-vector"), "")),
            int(derivation.get(qn("manifest:iteration-count"), "0")),
        )
        yield name, _inflated(package, name, key)


def _inflated(package: zipfile.ZipFile, name: str, key: _Key) -> Iterator[bytes]:
    decryptor, unpadder = key.cipher.decryptor(), PKCS7(BLOCK_BYTES * 8).unpadder()
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        with package.open(name) as file:
            while piece := file.read(_PIECE_BYTES):
                yield inflater.decompress(unpadder.update(decryptor.update(piece)))
        rest = unpadder.update(decryptor.finalize()) + unpadder.finalize()
        yield inflater.decompress(rest) + inflater.flush()
    except (ValueError, zlib.error) as error:
        raise NotTheSame(f"{name}: {error}") from None


def _stays_readable(name: str) -> bool:
    return name == "mimetype" or name.endswith("/") or name.startswith("META-INF/")


def _parsed(manifest: bytes) -> etree._Element:
    return etree.fromstring(
        manifest, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    )


def _stored(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """An entry of the same name that is not compressed (ODF 1.3 Part 2, 3.4.1)."""
    copy = zipfile.ZipInfo(info.filename, info.date_time)
    copy.compress_type, copy.external_attr = zipfile.ZIP_STORED, info.external_attr
    copy.file_size = info.file_size  # a hint: whether sizes of 64 bits are needed
    return copy


def _describe(entry: etree._Element, size: int, key: _Key, checksum: bytes) -> None:
    """Tell in a file's manifest entry how to open it (ODF 1.3 Part 2, 4.4)."""
    entry.set(qn("manifest:size"), str(size))
    data = etree.SubElement(entry, qn("manifest:encryption-data"))
    data.set(qn("manifest:checksum-type"), CHECKSUM)
    data.set(qn("manifest:checksum"), _text(checksum))
    for tag, attributes in (
        ("algorithm", {"algorithm-name": ALGORITHM, "initialisation-vector": _text(key.vector)}),
        ("start-key-generation", {"start-key-generation-name": START_KEY, "key-size": str(KEY_BYTES)}),
        (
            "key-derivation",
            {
                "key-derivation-name": "PBKDF2",
                "key-size": str(KEY_BYTES),
                "iteration-count": str(ITERATIONS),
                "salt": _text(key.salt),
            },
        ),
    ):
        element = etree.SubElement(data, qn(f"manifest:{tag}"))
        for name, value in attributes.items():
            element.set(qn(f"manifest:{name}"), value)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
