"""Where LibreOffice is, and which."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from converters.errors import Failed

PROGRAM_VARIABLE = "SOFFICE"  # names the program where it stands elsewhere
OLDEST_VERSION = (7, 4)
_NAMES = ("soffice", "libreoffice", "loffice")
_USUAL_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
_VERSION = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?(?:\.(\d+))?")
_VERSION_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Program:
    path: Path
    version: tuple[int, ...]

    @property
    def version_text(self) -> str:
        return ".".join(map(str, self.version))


@cache
def find() -> Program | None:
    """The LibreOffice to use: ``SOFFICE``, then PATH, then the usual places; None where there is none.

    A ``SOFFICE`` that names no program is an error of configuration and finds nothing.
    """
    wish = os.environ.get(PROGRAM_VARIABLE)
    if wish:
        found = shutil.which(wish)
        return _program(Path(found)) if found else None
    for name in _NAMES:
        if found := shutil.which(name):
            return _program(Path(found))
    for pattern in _USUAL_PLACES:
        anchor = Path(pattern).anchor or "/"
        if not Path(anchor).exists():
            continue
        for path in sorted(Path(anchor).glob(pattern[len(anchor) :]), reverse=True):
            if os.access(path, os.X_OK):
                return _program(path)
    return None


def require() -> Program:
    """As :func:`find`. Raises Failed NO_LIBREOFFICE."""
    program = find()
    if program is None:
        raise Failed("NO_LIBREOFFICE")
    return program


def _program(path: Path) -> Program:
    return Program(path.resolve() if sys.platform == "win32" else path, _read_version(path))


def _read_version(path: Path) -> tuple[int, ...]:
    """The version the program tells; empty where it tells none."""
    try:
        answer = subprocess.run(
            [str(path), "--version"], capture_output=True, timeout=_VERSION_SECONDS, check=False, text=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    match = _VERSION.search(answer.stdout)
    return tuple(int(part) for part in match.groups() if part) if match else ()
