"""A target put in place: written beside it under another name, then renamed, never wider in rights than its source."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from converters.errors import Failed

_NEW_FILE_MODE = 0o600


class Placement:
    """The way of one result to ``target``.

    The names of the two temporary files (the second is that of another engine) follow from the target's, so that a
    parent can remove them after its worker died and a later run finds the remains of a killed one.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        short = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
        self.temporary = target.parent / f".migrating-{short}.part"
        self.second = target.parent / f".migrating-{short}.second.part"

    def check(self, source: Path, *, overwrite: bool) -> None:
        """Raises Failed TARGET_EXISTS, CANNOT_WRITE before any work is done."""
        try:
            if self.target.exists() or self.target.is_symlink():
                same = self.target.exists() and self.target.samefile(source)
                if same or not overwrite or not self.target.is_file():
                    raise Failed("TARGET_EXISTS")
            if not self.target.parent.is_dir():
                raise Failed("CANNOT_WRITE", detail="the folder does not exist")
        except OSError as error:
            raise Failed("CANNOT_WRITE", detail=error.strerror or str(error)) from None

    def prepare(self) -> Path:
        """The temporary file, empty and readable by its owner alone. Raises Failed CANNOT_WRITE."""
        return _prepare(self.temporary)

    def prepare_second(self) -> Path:
        """The same for another engine's result."""
        return _prepare(self.second)

    def place(self, made: Path, source: os.stat_result, *, overwrite: bool, keep_modified: bool) -> str:
        """Rename one of the temporary files to the target and answer its SHA-256.

        The target's mode is the source's, without any right to execute. Raises Failed TARGET_EXISTS where a file came
        up meanwhile, CANNOT_WRITE.
        """
        try:
            with made.open("rb+") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
                os.fsync(stream.fileno())
            made.chmod(source.st_mode & 0o666)
            if keep_modified:
                os.utime(made, ns=(source.st_atime_ns, source.st_mtime_ns))
            if overwrite:
                made.replace(self.target)
            else:
                self._place_new(made)
        except OSError as error:
            raise Failed("CANNOT_WRITE", detail=error.strerror or str(error)) from None
        return sha256

    def _place_new(self, made: Path) -> None:
        try:
            os.link(made, self.target)  # fails where a file came up meanwhile, unlike a rename
        except FileExistsError:
            raise Failed("TARGET_EXISTS") from None
        except OSError:  # a file system without hard links
            if self.target.exists():
                raise Failed("TARGET_EXISTS") from None
            made.replace(self.target)
        else:
            made.unlink()

    def discard(self) -> None:
        """Remove the temporary files that are there."""
        try:
            for path in (self.temporary, self.second):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise Failed("CANNOT_WRITE", detail=error.strerror or str(error)) from None


def _prepare(path: Path) -> Path:
    try:
        path.unlink(missing_ok=True)  # the remains of a killed run
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _NEW_FILE_MODE))
    except OSError as error:
        raise Failed("CANNOT_WRITE", detail=error.strerror or str(error)) from None
    return path
