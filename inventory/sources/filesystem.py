"""Folders of a local disk or of a mounted share.

Metadata come from the listing alone. Symbolic links, junctions and other file systems are not entered; names that
share a file are counted once (by device and inode); placeholders are never opened; access times stay as they are
where the system allows it.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import BinaryIO

from inventory.records import Item, ItemState
from inventory.source import FIRST, Capabilities, Cursor, Unlisted, Unopened
from inventory.windows import long_path, recalls_content

SYSTEM_FOLDERS = frozenset(
    {
        "$recycle.bin",
        "system volume information",
        "dfsrprivate",
        ".snapshot",
        "~snapshot",
        ".zfs",
        "lost+found",
    }
)
# what a name alone says: an owner file is no document, whatever is in it
_OWNER_FILE_PREFIXES = ("~$", ".~lock.")


def reason_by_name(name: str) -> str:
    """The reason why a file of this name is not read; empty for others."""
    return "LOCK_FILE" if name.startswith(_OWNER_FILE_PREFIXES) else ""


class FilesystemSource:
    """A folder, or one file, by its path. Cursors are folders relative to the root, with slashes."""

    capabilities = Capabilities(owners=sys.platform != "win32", file_ids=True, local=True)

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.name = os.fspath(root)
        self._root = Path(root).absolute()
        self._is_folder = self._root.is_dir()

    @property
    def root(self) -> Path:
        return self._root

    def items(self, cursor: str = FIRST) -> Iterator[Item | Cursor]:
        if not self._is_folder:
            yield self._item(self._root.name, _stat(self._root), is_link=False)
            return
        try:
            with os.scandir(_system_path(self._root / cursor)) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except PermissionError as error:
            raise Unlisted("FOLDER_DENIED") from error
        except OSError as error:
            raise Unlisted("FOLDER_UNREADABLE") from error
        device = _stat(self._root).st_dev
        for entry in entries:
            path = f"{cursor}/{entry.name}" if cursor else entry.name
            try:
                yield self._entry(entry, path, device)
            except FileNotFoundError:  # gone since the listing: as if it had not been there
                continue
            except OSError as error:
                reason = "PERMISSION_DENIED" if isinstance(error, PermissionError) else "INPUT_ERROR"
                yield Item(self.name, path, 0, "", ItemState.UNREADABLE, reason)

    def open(self, item: Item) -> BinaryIO:
        path = _system_path(self.local_path(item))
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

    def _entry(self, entry: os.DirEntry[str], path: str, device: int) -> Item | Cursor:
        status = entry.stat(follow_symlinks=False)
        is_link = entry.is_symlink() or _is_reparse_point(status)
        if not stat.S_ISDIR(status.st_mode) or is_link:
            return self._item(path, status, is_link=is_link)
        if entry.name.lower() in SYSTEM_FOLDERS:
            return self._item(path, status, is_link=False, reason="SYSTEM_FOLDER")
        if status.st_dev not in (device, 0):  # 0: Windows does not say it in a listing
            return self._item(path, status, is_link=False, reason="MOUNT_POINT")
        return Cursor(path)

    def _item(self, path: str, status: os.stat_result, *, is_link: bool, reason: str = "") -> Item:
        reason = reason or _reason(path.rsplit("/", 1)[-1], status, is_link)
        regular = stat.S_ISREG(status.st_mode)
        return Item(
            source=self.name,
            path=path,
            size_bytes=status.st_size if regular else 0,
            modified=_iso(status.st_mtime_ns),
            state=ItemState.SKIPPED if reason else ItemState.SEEN,
            reason=reason,
            owner=_user(status.st_uid),
            group=_group(status.st_gid),
            created=_created(status),
            file_id=f"{status.st_dev}:{status.st_ino}" if status.st_ino else "",
            links=status.st_nlink if regular else 1,
        )


def _reason(name: str, status: os.stat_result, is_link: bool) -> str:
    if is_link:
        return "SYMLINK"
    if not stat.S_ISREG(status.st_mode):
        return "NOT_REGULAR"
    if recalls_content(getattr(status, "st_file_attributes", 0)):
        return "OFFLINE"
    return reason_by_name(name) or ("EMPTY_FILE" if status.st_size == 0 else "")


def _is_reparse_point(status: os.stat_result) -> bool:
    """Whether a Windows folder is a junction or mount point (their tags; a placeholder's tag is another)."""
    tag = getattr(status, "st_reparse_tag", 0)
    return tag in (getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0xA000_0003), 0xA000_000C)


def _stat(path: Path) -> os.stat_result:
    try:
        return Path(_system_path(path)).stat()
    except PermissionError as error:
        raise Unlisted("FOLDER_DENIED") from error
    except OSError as error:
        raise Unlisted("FOLDER_UNREADABLE") from error


def _system_path(path: Path) -> str:
    return long_path(str(path)) if sys.platform == "win32" else str(path)


def _iso(nanoseconds: int) -> str:
    """UTC in ISO 8601 with microseconds; empty for a time outside the years 1 to 9999."""
    try:
        moment = datetime.fromtimestamp(nanoseconds // 1_000_000_000, UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return f"{moment.isoformat()[:19]}.{nanoseconds // 1000 % 1_000_000:06d}Z"


def _created(status: os.stat_result) -> str:
    birth = getattr(status, "st_birthtime", None)
    return _iso(int(birth * 1_000_000_000)) if birth else ""


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
