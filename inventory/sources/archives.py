"""Any source with its zip and tar files listed inside, on request: an archive is a page like a folder.

The page of ``finance/old.zip`` is ``finance/old.zip!``, and a file in it ``finance/old.zip!/2019/a.docx``. Archives
within archives are rows and not opened. Contents are bounded before they are unpacked.
"""

from __future__ import annotations

import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, BinaryIO

from inventory.accounts import NamesAccounts
from inventory.records import Item, ItemState
from inventory.skipping import reason_by_name
from inventory.source import (
    FIRST,
    Capabilities,
    Listing,
    Source,
    Unlisted,
    Unopened,
    digest_of,
    listing_of,
)

MARK = "!"
MAX_MEMBERS = 100_000
MAX_MEMBER_BYTES = 512 * 1024 * 1024
MAX_ARCHIVE_BYTES = 16 * 1024**3  # unpacked
_ZIP, _TAR = (".zip",), (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_CHUNK = 1 << 20
_ENCRYPTED = 0x1  # general purpose bit 0, APPNOTE 4.4.4


class ArchiveSource:
    """A source and the insides of its archives."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.name = source.name
        self.capabilities: Capabilities = replace(source.capabilities)

    def listing(self, cursor: str = FIRST) -> Listing:
        if cursor.endswith(MARK) and _reader(cursor[: -len(MARK)]):
            items = list(self._members(cursor))
            return listing_of(sorted(items), [])
        found = self._source.listing(cursor)
        inside = [
            item.path + MARK for item in found.items() if item.state is ItemState.SEEN and _reader(item.path)
        ]
        # the same page without its archives has another digest: it has fewer pages below it
        return replace(found, cursors=[*found.cursors, *inside], digest=digest_of((found.digest, inside)))

    def open(self, item: Item) -> BinaryIO:
        archive, member = _split(item.path)
        if not member:
            return self._source.open(item)
        if item.size_bytes > MAX_MEMBER_BYTES:
            raise Unopened("ARCHIVE_LIMIT")
        return _unpacked(self._archive(archive), archive, member)

    def local_path(self, item: Item) -> Path | None:
        return None if _split(item.path)[1] else self._source.local_path(item)

    def account_names(self, sids: Sequence[str]) -> Mapping[str, str]:
        """What SIDs stand for, where the source can tell."""
        return self._source.account_names(sids) if isinstance(self._source, NamesAccounts) else {}

    def _archive(self, path: str) -> BinaryIO:
        return self._source.open(Item(self.name, path, 0, None))

    def _members(self, cursor: str) -> Iterator[Item]:
        archive = cursor[: -len(MARK)]
        read = _reader(archive)
        assert read is not None
        seen: set[str] = set()
        try:
            with self._archive(archive) as content, _damage_told():
                for path, size, modified_us, reason in read(content):
                    if (
                        path in seen
                    ):  # later members replace earlier ones of the name; one row stands for them
                        continue
                    seen.add(path)
                    yield self._item(f"{cursor}/{path}", size, modified_us, reason)
                    if len(seen) >= MAX_MEMBERS:
                        yield self._item(f"{cursor}/", 0, None, "ARCHIVE_LIMIT")
                        return
        except Unopened as error:
            raise Unlisted(error.reason) from error

    def _item(self, path: str, size: int, modified_us: int | None, reason: str) -> Item:
        reason = reason or reason_by_name(path.rsplit("/", 1)[-1])
        if not reason and _reader(path):
            reason = "NESTED_ARCHIVE"
        reason = reason or ("" if size else "EMPTY_FILE")
        state = ItemState.UNREADABLE if reason in _UNREADABLE else ItemState.SKIPPED
        return Item(self.name, path, size, modified_us, state if reason else ItemState.SEEN, reason)


_UNREADABLE = frozenset({"ARCHIVE_ENCRYPTED", "ARCHIVE_LIMIT"})

# path, size, modified, reason
_Told = tuple[str, int, int | None, str]


def _zip_members(content: BinaryIO) -> Iterator[_Told]:
    with zipfile.ZipFile(content) as archive:
        for member in archive.infolist():
            path = _path(member.filename)
            if member.is_dir() or not path:
                continue
            yield (
                path,
                member.file_size,
                _zip_time(member),
                "ARCHIVE_ENCRYPTED" if member.flag_bits & _ENCRYPTED else "",
            )


def _tar_members(content: BinaryIO) -> Iterator[_Told]:
    with tarfile.open(fileobj=content) as archive:
        for member in archive:
            path = _path(member.name)
            if member.offset_data + member.size > MAX_ARCHIVE_BYTES:
                yield path, 0, None, "ARCHIVE_LIMIT"
                return
            if member.isdir() or not path:
                continue
            reason = "" if member.isreg() else ("SYMLINK" if member.issym() else "NOT_REGULAR")
            yield path, member.size if member.isreg() else 0, int(member.mtime * 1_000_000), reason


_READERS: tuple[tuple[tuple[str, ...], Callable[[BinaryIO], Iterator[_Told]]], ...] = (
    (_ZIP, _zip_members),
    (_TAR, _tar_members),
)


def _reader(path: str) -> Callable[[BinaryIO], Iterator[_Told]] | None:
    """How an archive of this name is listed; None for what is no archive by its name."""
    name = path.rsplit("/", 1)[-1].lower()
    return next((read for extensions, read in _READERS if name.endswith(extensions)), None)


def _split(path: str) -> tuple[str, str]:
    """An item's archive and its path in it; the second is empty for an item that is in none."""
    at = path.find(MARK + "/")
    while at >= 0 and not _reader(path[:at]):
        at = path.find(MARK + "/", at + 1)
    return (path[:at], path[at + len(MARK) + 1 :]) if at >= 0 else (path, "")


def _path(name: str) -> str:
    """A member's path without what would lead out of the archive."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def _zip_time(member: zipfile.ZipInfo) -> int | None:
    """Local time of an unknown place, taken for UTC; APPNOTE 4.4.6."""
    try:
        return int(datetime(*member.date_time, tzinfo=UTC).timestamp() * 1_000_000)
    except ValueError:
        return None


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise Unlisted("ARCHIVE_DAMAGED") from error


def _unpacked(content: BinaryIO, archive: str, wanted: str) -> BinaryIO:
    """The content of a member in a temporary file, no larger than allowed whatever the archive says of it."""
    unpacked = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    try:
        with content:
            opened = (
                _open_zip(content, wanted) if archive.lower().endswith(_ZIP) else _open_tar(content, wanted)
            )
            with opened as member:
                left = MAX_MEMBER_BYTES
                while chunk := member.read(min(left + 1, _CHUNK)):
                    left -= len(chunk)
                    if left < 0:
                        raise Unopened("ARCHIVE_LIMIT")
                    unpacked.write(chunk)
    except (KeyError, RuntimeError, NotImplementedError, *_DAMAGE) as error:
        unpacked.close()
        raise Unopened("VANISHED" if isinstance(error, KeyError) else "ARCHIVE_DAMAGED") from error
    except Unopened:
        unpacked.close()
        raise
    unpacked.seek(0)
    return unpacked


@contextmanager
def _open_zip(content: BinaryIO, wanted: str) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(content) as archive:
        name = next((name for name in archive.namelist() if _path(name) == wanted), None)
        if name is None:
            raise KeyError(wanted)
        with archive.open(name) as member:
            yield member


@contextmanager
def _open_tar(content: BinaryIO, wanted: str) -> Iterator[IO[bytes]]:
    with tarfile.open(fileobj=content) as archive:
        for found in archive:
            if found.offset_data > MAX_ARCHIVE_BYTES:
                raise Unopened("ARCHIVE_LIMIT")
            if found.isreg() and _path(found.name) == wanted:
                member = archive.extractfile(found)
                assert member is not None
                yield member
                return
    raise KeyError(wanted)
