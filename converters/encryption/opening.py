"""A document opened with its password, by msoffcrypto-tool; what a hostile file could cost is bounded before.

Sources: [MS-OFFCRYPTO] 2.3.4 (Office Open XML: standard, agile), 2.3.5 and 2.3.6 (RC4 in binary files), 2.3.7 (XOR);
[MS-XLS] 2.2.10 and [MS-OFFCRYPTO] 2.4.2.1 (the passwords that Office itself gives to documents it only protects against change).
"""

from __future__ import annotations

import logging
import shutil
import struct
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import olefile

from converters.encryption.shows import open_show
from converters.errors import Failed, Refused
from converters.identify_ole import opened as opened_ole
from converters.ooxml.package import Limits
from converters.ooxml.xml import read_xml

# Office opens these without a question: they keep nobody from reading
EVERYBODYS = ("VelvetSweatshop", "/01Hannes Ruescher/01")
_KEY_BY_PASSWORD = "{http://schemas.microsoft.com/office/2006/keyEncryptor/password}encryptedKey"  # noqa: S105 - an element
_INFORMATION_BYTES = 1_000_000
_OBFUSCATED = 0x8000  # flag of the Fib: XOR
_PROPERTIES = ("EncryptedSummary", "encryption")  # streams that hold encrypted document properties


@dataclass(frozen=True, slots=True)
class Opened:
    """``for_everybody``: a password that Office gives and tells everybody opened it. ``without_properties``: title,
    author and the like are encrypted in a way that is not read."""

    password: str = field(repr=False)
    for_everybody: bool = False
    without_properties: bool = False


def can_open() -> bool:
    """Whether the extra that opens documents with a password is installed."""
    try:
        import msoffcrypto  # noqa: F401, PLC0415
    except ImportError:
        return False
    return True


def open_encrypted(
    source: Path, target: Path, passwords: Sequence[str], limits: Limits, timeout_seconds: float
) -> Opened:
    """Write ``source``, an encrypted compound file, to ``target`` without its encryption, by the first password that
    fits; those that Office itself gives are tried last.

    Raises Refused ENCRYPTED (no password was given), WRONG_PASSWORD, ENCRYPTION_UNSUPPORTED, LIMIT_KEY_ROUNDS,
    LIMIT_FILE_SIZE, DAMAGED_OLE; Failed EXTRA_MISSING, TIMEOUT.
    """
    if not can_open():
        if not passwords:
            raise Refused("ENCRYPTED")
        raise Failed("EXTRA_MISSING", extra="passwords")
    size = source.stat().st_size
    if size > limits.encrypted_bytes:
        raise Refused("LIMIT_FILE_SIZE", bytes=size, limit=limits.encrypted_bytes)
    with opened_ole(source) as ole:
        _check_method(ole, limits)
        without_properties = any(ole.exists(name) for name in _PROPERTIES)
    deadline = time.monotonic() + timeout_seconds
    for password in (*passwords, *EVERYBODYS):
        if time.monotonic() > deadline:
            raise Failed("TIMEOUT", seconds=round(timeout_seconds))
        if _opens(source, target, password):
            return Opened(password, password in EVERYBODYS, without_properties)
    if not passwords:
        raise Refused("ENCRYPTED")
    raise Refused("WRONG_PASSWORD", tried=len(passwords))


def _check_method(ole: olefile.OleFileIO, limits: Limits) -> None:
    """Refuse what msoffcrypto cannot open, and what it would take too long over or expand."""
    if ole.exists("EncryptionInfo"):
        data = ole.openstream("EncryptionInfo").read(_INFORMATION_BYTES)
        if len(data) < 8:
            raise Refused("DAMAGED_OLE", detail="EncryptionInfo")
        major, minor = struct.unpack_from("<HH", data)
        if (major, minor) == (4, 4):
            _check_agile(data[8:], limits)
        elif minor != 2:
            raise Refused("ENCRYPTION_UNSUPPORTED", method=f"{major}.{minor}")
    elif ole.exists("WordDocument"):
        (flags,) = struct.unpack("<H", ole.openstream("WordDocument").read(12)[10:12])
        if flags & _OBFUSCATED:
            raise Refused("ENCRYPTION_UNSUPPORTED", method="XOR")


def _check_agile(information: bytes, limits: Limits) -> None:
    """``information`` is XML ([MS-OFFCRYPTO] 2.3.4.10); it is parsed here first, with entities forbidden."""
    keys = list(read_xml(information, "EncryptionInfo").iter(_KEY_BY_PASSWORD))
    if not keys:
        raise Refused("ENCRYPTION_UNSUPPORTED", method="certificate")
    rounds = keys[0].get("spinCount", "")
    if not rounds.isdecimal():
        raise Refused("DAMAGED_OLE", detail="spinCount")
    if int(rounds) > limits.key_rounds:
        raise Refused("LIMIT_KEY_ROUNDS", rounds=int(rounds), limit=limits.key_rounds)


def _opens(source: Path, target: Path, password: str) -> bool:
    """Whether the password opens the document, which is then in ``target``."""
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError  # noqa: PLC0415  (behind an extra)

    with source.open("rb") as locked, target.open("w+b") as plain, _silent():
        try:
            return _decrypted(locked, plain, password)
        except InvalidKeyError:
            return False
        except DecryptionError as error:
            raise Refused("ENCRYPTION_UNSUPPORTED", method=str(error)[:100]) from None
        except (MemoryError, Refused):
            raise
        except OSError as error:
            if error.errno is not None:
                raise
            raise Refused("DAMAGED_OLE", detail=str(error)) from None
        except Exception as error:  # what a damaged header makes of a parser that trusts it
            raise Refused("DAMAGED_OLE", detail=type(error).__name__) from None


def _decrypted(locked: IO[bytes], plain: IO[bytes], password: str) -> bool:
    """Write the document without its password. Raises what msoffcrypto raises, InvalidKeyError for a wrong password."""
    import msoffcrypto  # noqa: PLC0415  (behind an extra)
    from msoffcrypto.exceptions import InvalidKeyError  # noqa: PLC0415

    document = msoffcrypto.OfficeFile(locked)
    if document.format == "ppt97":  # msoffcrypto leaves pictures, and objects out of order, as they are
        locked.seek(0)
        shutil.copyfileobj(locked, plain)
        return open_show(plain, password)
    if document.format == "ooxml":
        document.load_key(password=password, verify_password=True)
    else:  # verified always
        document.load_key(password=password)
    try:
        document.decrypt(plain)
    except InvalidKeyError:  # the password is right, and what it opens is no package
        raise Refused("DAMAGED_OLE", detail="EncryptedPackage") from None
    return True


@contextmanager
def _silent() -> Iterator[None]:
    """Nothing of msoffcrypto is logged meanwhile: at its lowest level it tells passwords and keys."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
