"""A file put beside a result: never over one that somebody else wrote, never wider in rights than the source."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from converters.errors import Failed
from converters.macros.texts import texts_beside
from converters.outcome import Companion

_KIND = "macros"
_MOST_NAMES = 1_000


def put_beside(data: bytes | None, target: Path, source: os.stat_result) -> tuple[Companion, ...]:
    """Write ``data`` beside ``target``; nothing where there is none. Raises Failed CANNOT_WRITE.

    A file of that name with the same bytes is the same file; one with others stays, and ours takes a number.
    """
    if data is None:
        return ()
    try:
        path = _write(data, texts_beside(target), source.st_mode & 0o666)
    except OSError as error:
        raise Failed("CANNOT_WRITE", detail=error.strerror or str(error)) from None
    return (Companion(_KIND, str(path), hashlib.sha256(data).hexdigest()),)


def _write(data: bytes, wanted: Path, mode: int) -> Path:
    for path in candidates(wanted):
        if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
            return path
        try:
            descriptor = os.open(
                path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600
            )
        except FileExistsError:
            continue
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            path.chmod(mode)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path
    raise FileExistsError(wanted)


def candidates(wanted: Path) -> list[Path]:
    """``report.ods.macros.zip``, then ``report.ods.macros (2).zip`` and on."""
    numbered = (
        wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}") for number in range(2, _MOST_NAMES)
    )
    return [wanted, *numbered]
