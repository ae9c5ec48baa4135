"""The Python that speaks UNO: LibreOffice's own, or the system's with python3-uno. This program's needs none."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from converters.libreoffice.find import Program

_OWN_NAMES = ("python", "python3", "python.exe")  # beside soffice, in LibreOffice's own packages
_SYSTEM = ("/usr/bin/python3", "python3")
_ASK = "import uno; from com.sun.star.beans import PropertyValue"
_SECONDS = 30


@cache
def find_uno_python(program: Program) -> Path | None:
    """A Python that imports ``uno``; None where there is none, and documents pay LibreOffice's start one by one."""
    return next((path for path in _candidates(program) if _knows_uno(path)), None)


def _candidates(program: Program) -> Iterator[Path]:
    folder = program.path.resolve().parent
    for name in _OWN_NAMES:
        if (own := folder / name).is_file():
            yield own
    if sys.platform == "darwin":
        yield folder.parent / "Resources" / "python"
    for name in _SYSTEM:
        if found := shutil.which(name):
            yield Path(found)


def _knows_uno(path: Path) -> bool:
    try:
        answer = subprocess.run(
            [str(path), "-s", "-c", _ASK], capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0
