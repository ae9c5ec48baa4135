"""What an OLE2 compound file is, by its streams; and whether it asks for a password.

Sources: [MS-CFB]; [MS-DOC] 2.5.2 (FibBase); [MS-XLS] 2.4.21 (BOF), 2.4.117 (FilePass), 2.4.323 (Template);
[MS-PPT] 2.3.2 (CurrentUserAtom); [MS-OFFCRYPTO] 2.1 (data spaces).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import olefile

from converters.errors import Refused
from converters.ole_records import biff_records

SIGNATURE = olefile.MAGIC
BIFF_HEAD_BYTES = 65_536
_RIGHTS_MANAGED = "\x09DRMContent"  # [MS-OFFCRYPTO] 2.2.9
_ENCRYPTED_SHOW = 0xF3D1C4DF  # CurrentUserAtom.headerToken of an encrypted presentation
_BOF, _FILEPASS, _TEMPLATE, _BOUNDSHEET = 0x0809, 0x002F, 0x0060, 0x0085


@dataclass(frozen=True, slots=True)
class OleIdentity:
    kind: str
    encrypted: bool = False
    rights_managed: bool = False


@contextmanager
def opened(source: Path | IO[bytes]) -> Iterator[olefile.OleFileIO]:
    """A compound file opened for reading. Raises Refused DAMAGED_OLE, also from within the block."""
    with (
        damage_refused(),
        olefile.OleFileIO(str(source) if isinstance(source, Path) else source) as ole,
    ):
        yield ole


@contextmanager
def damage_refused() -> Iterator[None]:
    """Raises Refused DAMAGED_OLE for what olefile raises on broken tables."""
    try:
        yield
    except Refused:
        raise
    except OSError as error:
        if error.errno is not None:
            raise
        raise Refused("DAMAGED_OLE", detail=str(error)) from None
    except (ValueError, IndexError, struct.error, TypeError, AttributeError, OverflowError) as error:
        raise Refused("DAMAGED_OLE", detail=str(error)) from None


def identify_ole(source: Path | IO[bytes]) -> OleIdentity:
    """The kind of a compound file. Raises Refused DAMAGED_OLE."""
    with opened(source) as ole:
        return identify_streams(ole)


def identify_streams(ole: olefile.OleFileIO) -> OleIdentity:
    """The kind of an opened compound file. Raises Refused DAMAGED_OLE, and what olefile raises on broken tables."""
    managed = ole.exists(_RIGHTS_MANAGED)
    for stream, read in _DOCUMENT_STREAMS.items():
        if ole.exists(stream):
            found = read(ole)  # of a file under rights management, a stub that says so
            return OleIdentity(found.kind, encrypted=True, rights_managed=True) if managed else found
    names = {path[0] for path in ole.listdir(streams=True, storages=True)}
    for name, kind in _MARKS.items():
        if name in names:
            return OleIdentity(kind)
    for stream, mark, kind in _HEADS:
        if ole.exists(stream) and ole.openstream(stream).read(len(mark)) == mark:
            return OleIdentity(kind)
    if any(name.strip().isdigit() and name.startswith("  ") for name in names):
        return OleIdentity("mpp")  # Project keeps its tables in storages named "   114"
    return OleIdentity("ole_other")


def _identify_encrypted(ole: olefile.OleFileIO) -> OleIdentity:
    spaces = ["/".join(path) for path in ole.listdir(streams=True, storages=True)]
    if any("DRMEncryptedDataSpace" in path or "DRMEncryptedTransform" in path for path in spaces):
        return OleIdentity("ooxml_rights_managed", encrypted=True, rights_managed=True)
    return OleIdentity("ooxml_encrypted", encrypted=True)


def _identify_word(ole: olefile.OleFileIO) -> OleIdentity:
    head = ole.openstream("WordDocument").read(32)
    if len(head) < 12:
        raise Refused("DAMAGED_OLE", detail="WordDocument")
    _mark, version = struct.unpack_from("<HH", head)
    (flags,) = struct.unpack_from("<H", head, 10)
    kind = ("dot" if flags & 0x0001 else "doc") + ("95" if version < 0x00C1 else "")
    return OleIdentity(kind, encrypted=bool(flags & 0x0100))


def _identify_excel(ole: olefile.OleFileIO) -> OleIdentity:
    name = "Workbook" if ole.exists("Workbook") else "Book"
    codes = [code for code, _content in biff_records(ole.openstream(name).read(BIFF_HEAD_BYTES))]
    if not codes or codes[0] != _BOF:
        raise Refused("DAMAGED_OLE", detail=name)
    globals_end = codes.index(_BOUNDSHEET) if _BOUNDSHEET in codes else len(codes)
    head = codes[:globals_end]
    kind = "xls95" if name == "Book" else "xlt" if _TEMPLATE in head else "xls"
    return OleIdentity(kind, encrypted=_FILEPASS in head)


def _identify_powerpoint(ole: olefile.OleFileIO) -> OleIdentity:
    encrypted = ole.exists("EncryptedSummary")
    if ole.exists("Current User"):
        atom = ole.openstream("Current User").read(16)
        encrypted |= len(atom) == 16 and struct.unpack_from("<I", atom, 12)[0] == _ENCRYPTED_SHOW
    return OleIdentity("ppt", encrypted=encrypted)


# stream -> reader; an encrypted package may be the only stream, so it comes first
_DOCUMENT_STREAMS = {
    "EncryptedPackage": _identify_encrypted,
    "WordDocument": _identify_word,
    "Workbook": _identify_excel,
    "Book": _identify_excel,
    "PowerPoint Document": _identify_powerpoint,
}
# stream, how it begins, kind
_HEADS = (
    ("CONTENTS", b"CHNKWKS", "works"),  # Works 4 and later
    ("Contents", b"\xe8\xac", "pub"),  # Publisher 97 and before, without its stream of text
)
_MARKS = {
    "VisioDocument": "vsd",
    "__properties_version1.0": "msg",
    "Quill": "pub",
    "MatOST": "works",
    "PP40": "ppt95",
    "\x09DRMContent": "ole_other",
}
