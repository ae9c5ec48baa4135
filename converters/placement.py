"""A target put in place: written beside it under another name, then renamed, never wider in rights than its source."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from converters.errors import Failed

_NEW_FILE_MODE = 0o600


class Placement:
    """The way of one result to ``target``.

    The temporary file's name follows from the target's, so that a parent can remove it after its worker died and a
    later run finds the remains of a killed one.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        short = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
        self.temporary = target.parent / f".migrating-{short}.part"

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
        try:
            self.temporary.unlink(missing_ok=True)  # the remains of a killed run
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
            os.close(os.open(self.temporary, flags, _NEW_FILE_MODE))
        except OSError as error:
            raise Failed("CANNOT_WRITE", detail=error.strerror or str(error)) from None
        return self.temporary

    def place(self, source: os.stat_result, *, overwrite: bool, keep_modified: bool) -> str:
        """Rename the temporary file to the target and answer its SHA-256.

        The target's mode is the source's, without any right to execute. Raises Failed TARGET_EXISTS where a file came
        up meanwhile, CANNOT_WRITE.
        """
        try:
            with self.temporary.open("rb+") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
                os.fsync(stream.fileno())
            self.temporary.chmod(source.st_mode & 0o666)
            if keep_modified:
                os.utime(self.temporary, ns=(source.st_atime_ns, source.st_mtime_ns))
            if overwrite:
                self.temporary.replace(self.target)
            else:
                self._place_new()
        except OSError as error:
            raise Failed("CANNOT_WRITE", detail=error.strerror or str(error)) from None
        return sha256

    def _place_new(self) -> None:
        try:
            os.link(self.temporary, self.target)  # fails where a file came up meanwhile, unlike a rename
        except FileExistsError:
            raise Failed("TARGET_EXISTS") from None
        except OSError:  # a file system without hard links
            if self.target.exists():
                raise Failed("TARGET_EXISTS") from None
            self.temporary.replace(self.target)
        else:
            self.temporary.unlink()

    def discard(self) -> None:
        """Remove the temporary file, if there is one."""
        try:
            self.temporary.unlink(missing_ok=True)
        except OSError as error:
            raise Failed("CANNOT_WRITE", detail=error.strerror or str(error)) from None
