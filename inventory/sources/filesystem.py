"""Folders of a local disk or of a mounted share.

Metadata come from the listing alone. Symbolic links, junctions and other file systems are not entered; names that
share a file are counted once (by device and inode); placeholders are never opened; access times stay as they are
where the system allows it.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import BinaryIO

from inventory.network import network_file_system_of
from inventory.records import Item, ItemState
from inventory.skipping import SkipList, reason_by_name
from inventory.source import FIRST, Capabilities, Listing, Unlisted, Unopened, digest_of, listing_of
from inventory.windows import is_link_tag, long_path, recalls_content, recalls_listing

# listings that wait for a server at the same time, on a mounted share
NETWORK_LISTINGS = 8

# what a listing tells of one name, as plain values that a digest can cover: name, mode, size, modified (ns), inode,
# user, group, names that share it, device, and what some systems tell besides: attributes, reparse tag, created (us)
_Extra = tuple[int, int, int | None]
_Row = tuple[str, int, int, int, int, int, int, int, int, _Extra]
_NO_EXTRA: _Extra = (0, 0, None)
_NO_STATUS = -1  # in place of the mode: the name was listed, and asking for more failed
_TELLS_MORE = sys.platform in ("win32", "darwin")


class FilesystemSource:
    """A folder, or one file, by its path. Cursors are folders relative to the root, with slashes."""

    def __init__(self, root: str | os.PathLike[str], skip: Iterable[str] = ()) -> None:
        self.name = os.fspath(root)
        self._root = Path(root).absolute()
        self._is_folder = self._root.is_dir()
        self._skip = SkipList(skip)
        self._device = -1
        at_once = NETWORK_LISTINGS if network_file_system_of(self._root) else 1
        self.capabilities = Capabilities(local=True, listings_at_once=at_once)

    @property
    def root(self) -> Path:
        return self._root

    def listing(self, cursor: str = FIRST) -> Listing:
        if not self._is_folder:
            return listing_of([self._item_of("", _row(self._root.name, _stat(self._root)))], [])
        if self._device < 0:
            self._device = _stat(self._root).st_dev
        rows: list[_Row] = []
        folders: list[str] = []
        try:
            with os.scandir(_system_path(f"{self._root}/{cursor}" if cursor else str(self._root))) as found:
                for entry in found:
                    try:
                        status = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:  # gone since the listing: as if it had not been there
                        continue
                    except OSError as error:
                        denied = isinstance(error, PermissionError)
                        rows.append((entry.name, _NO_STATUS, int(denied), 0, 0, 0, 0, 0, 0, _NO_EXTRA))
                        continue
                    if stat.S_ISDIR(status.st_mode) and self._enters(entry.name, cursor, status):
                        folders.append(entry.name)
                        continue
                    rows.append(_row(entry.name, status))
        except PermissionError as error:
            raise Unlisted("FOLDER_DENIED") from error
        except OSError as error:
            raise Unlisted("FOLDER_UNREADABLE") from error
        rows.sort()
        folders.sort()
        prefix = f"{cursor}/" if cursor else ""
        return Listing(
            [prefix + folder for folder in folders],
            len(rows),
            digest_of((self._skip.rules, folders, rows)),
            lambda: [self._item_of(prefix, row) for row in rows],
        )

    def open(self, item: Item) -> BinaryIO:
        path = _system_path(str(self.local_path(item)))
        flags = (
            os.O_RDONLY
            | getattr(os, "O_BINARY", 0)
            | getattr(os, "O_NOFOLLOW", 0)
            | getattr(os, "O_CLOEXEC", 0)
        )
        try:
            try:
                # only the owner (or root) may leave the access time alone: open(2)
                return os.fdopen(os.open(path, flags | getattr(os, "O_NOATIME", 0)), "rb")
            except PermissionError:
                return os.fdopen(os.open(path, flags), "rb")
        except FileNotFoundError as error:
            raise Unopened("VANISHED") from error
        except PermissionError as error:
            raise Unopened("PERMISSION_DENIED") from error
        except OSError as error:
            raise Unopened("INPUT_ERROR") from error

    def local_path(self, item: Item) -> Path:
        return self._root / item.path if self._is_folder else self._root

    def _enters(self, name: str, cursor: str, status: os.stat_result) -> bool:
        path = f"{cursor}/{name}" if cursor else name
        return not self._reason_of_folder(name, path, status.st_dev, _extra_of(status))

    def _reason_of_folder(self, name: str, path: str, device: int, extra: _Extra) -> str:
        attributes, tag, _created = extra
        if is_link_tag(tag):
            return "SYMLINK"
        if reason := self._skip.reason(name, path):
            return reason
        if recalls_listing(attributes):
            return "OFFLINE"
        # 0: Windows does not say it in a listing
        return "MOUNT_POINT" if device not in (self._device, 0) else ""

    def _item_of(self, prefix: str, row: _Row) -> Item:
        name, mode, size, modified_ns, inode, uid, gid, links, device, extra = row
        path = prefix + name
        if mode == _NO_STATUS:
            reason = "PERMISSION_DENIED" if size else "INPUT_ERROR"
            return Item(self.name, path, 0, None, ItemState.UNREADABLE, reason)
        attributes, tag, created_us = extra
        regular = stat.S_ISREG(mode)
        if regular and not is_link_tag(tag):
            reason = "OFFLINE" if attributes and recalls_content(attributes) else reason_by_name(name)
            reason = reason or ("" if size else "EMPTY_FILE")
        elif stat.S_ISLNK(mode):
            reason = "SYMLINK"
        else:
            reason = (
                stat.S_ISDIR(mode) and self._reason_of_folder(name, path, device, extra)
            ) or "NOT_REGULAR"
        return Item(
            self.name,
            path,
            size if regular else 0,
            modified_ns // 1000,
            ItemState.SKIPPED if reason else ItemState.SEEN,
            reason,
            _user(uid),
            _group(gid),
            created_us,
            str(inode) if inode else "",
            "",
            links if regular else 1,
        )


def _row(name: str, status: os.stat_result) -> _Row:
    return (
        name,
        status.st_mode,
        status.st_size,
        status.st_mtime_ns,
        status.st_ino,
        status.st_uid,
        status.st_gid,
        status.st_nlink,
        status.st_dev,
        _extra_of(status),
    )


def _extra_of(status: os.stat_result) -> _Extra:
    if not _TELLS_MORE:
        return _NO_EXTRA
    birth = getattr(status, "st_birthtime", None)
    created_us = int(birth * 1_000_000) if birth else None
    return getattr(status, "st_file_attributes", 0), getattr(status, "st_reparse_tag", 0), created_us


def _stat(path: Path) -> os.stat_result:
    try:
        return Path(_system_path(str(path))).stat()
    except PermissionError as error:
        raise Unlisted("FOLDER_DENIED") from error
    except OSError as error:
        raise Unlisted("FOLDER_UNREADABLE") from error


def _system_path(path: str) -> str:
    return long_path(path) if sys.platform == "win32" else path


@cache
def _user(uid: int) -> str:
    if sys.platform == "win32":
        return ""
    import pwd  # noqa: PLC0415 - POSIX only

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


@cache
def _group(gid: int) -> str:
    if sys.platform == "win32":
        return ""
    import grp  # noqa: PLC0415 - POSIX only

    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)
