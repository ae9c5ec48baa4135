"""The way of a result to its target: made in a private folder beside it, then renamed.

The staging folder ``.<name>.<random>.partial`` stands on the target's file system, so that putting a result in place
is one rename. The ledger knows it before it exists; only what the ledger knows is ever removed.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import stat
from pathlib import Path

_NAME = re.compile(r"\..+\.[0-9a-f]{12}\.partial", re.DOTALL)
_LONGEST_NAME_BYTES = 180  # of 255 that a file system takes; the rest is for prefix and suffix
_BLOCK_BYTES = 1 << 20


class Occupied(Exception):
    """Something else stands at the target now."""


def staging_folder(target: Path) -> Path:
    """A new name for the folder in which the result for ``target`` is made."""
    name = os.fsencode(target.name)[:_LONGEST_NAME_BYTES].decode("utf-8", "ignore")
    return target.parent / f".{name}.{secrets.token_hex(6)}.partial"


def is_staging_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def make_staging(folder: Path) -> None:
    """Make a staging folder that its owner alone can enter. Raises OSError."""
    folder.mkdir(mode=0o700)


def remove_staging(folder: Path) -> None:
    """Remove a staging folder with what is in it, if it is there. Raises OSError; ValueError for another folder."""
    if not is_staging_name(folder.name):
        raise ValueError(f"{folder} is no staging folder")
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)


def hash_file(path: Path) -> str:
    """SHA-256 of a file. Raises OSError."""
    digest = hashlib.sha256()
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags | getattr(os, "O_NOATIME", 0))
    except PermissionError:  # only the owner may leave the access time alone: open(2)
        descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def hash_of_target(target: Path) -> str | None:
    """What stands at a target: its SHA-256, None for nothing, empty for what is no regular file. Raises OSError."""
    try:
        mode = target.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    return hash_file(target) if stat.S_ISREG(mode) else ""


def put_in_place(result: Path, target: Path, *, replacing: str | None) -> None:
    """Rename a result to its target, whose present bytes must hash to ``replacing`` (None: nothing may stand there).

    Raises Occupied, OSError.
    """
    with result.open("rb") as file:
        os.fsync(file.fileno())
    if replacing is not None:
        if hash_of_target(target) not in (replacing, None):
            raise Occupied
        result.replace(target)
        return
    try:
        os.link(result, target)  # unlike a rename it fails where a file came up meanwhile
    except FileExistsError:
        raise Occupied from None
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise Occupied from None
        result.replace(target)
    else:
        result.unlink()
