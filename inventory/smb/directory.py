"""Directory answers of an SMB server, as rows: FileIdFullDirectoryInformation, [MS-FSCC] 2.4.18.

One answer tells of each file its times, sizes, attributes and file id: nothing else has to be asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from typing import NamedTuple

# NextEntryOffset, FileIndex; creation, access, write, change times; EndOfFile, AllocationSize; FileAttributes,
# FileNameLength, EaSize (the reparse tag where the attributes say so), reserved; FileId
_ENTRY = Struct("<II4q2qIIIIQ")
_NO_FILE_IDS = (0, 0xFFFF_FFFF_FFFF_FFFF)

FILE_ATTRIBUTE_DIRECTORY = 0x10
FILE_ATTRIBUTE_REPARSE_POINT = 0x400

_FILETIME_OF_1970 = 116_444_736_000_000_000  # 100 ns since 1601


class Row(NamedTuple):
    """One name of a directory. Times are FILETIMEs, 100 ns since 1601 UTC; ``tag`` is 0 where there is none."""

    name: str
    attributes: int
    size_bytes: int
    written: int
    created: int
    file_id: int
    tag: int

    @property
    def is_directory(self) -> bool:
        return bool(self.attributes & FILE_ATTRIBUTE_DIRECTORY)


class BadAnswer(ValueError):
    """The server's answer is no directory information."""


def read_directory(answer: bytes) -> Iterator[Row]:
    """The names of one answer but ``.`` and ``..``. Raises BadAnswer.

    Names are any UTF-16 units: a lone surrogate must not hide its directory.
    """
    view = memoryview(answer)
    offset, end = 0, len(answer)
    while offset < end:
        if end - offset < _ENTRY.size:
            raise BadAnswer("cut")
        (
            following,
            _index,
            created,
            _read,
            written,
            _changed,
            size,
            _allocated,
            attributes,
            length,
            ea,
            _,
            file_id,
        ) = _ENTRY.unpack_from(view, offset)
        start = offset + _ENTRY.size
        if start + length > end or length % 2 or (following and following < _ENTRY.size + length):
            raise BadAnswer("offsets")
        name = bytes(view[start : start + length]).decode("utf-16-le", "surrogatepass")
        if name not in (".", ".."):
            tag = ea if attributes & FILE_ATTRIBUTE_REPARSE_POINT else 0
            known = 0 if file_id in _NO_FILE_IDS else file_id
            yield Row(name, attributes, max(size, 0), written, created, known, tag)
        if not following:
            return
        offset += following


def microseconds(filetime: int) -> int | None:
    """Microseconds since 1970 UTC; None for 0 and below, which say nothing ([MS-FSCC] 2.1.1)."""
    return (filetime - _FILETIME_OF_1970) // 10 if filetime > 0 else None
