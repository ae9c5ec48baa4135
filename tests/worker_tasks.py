"""Tasks for worker processes, which import them by name."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
import weakref
from pathlib import Path

from converters.errors import Refused


def double(number: int) -> int:
    return number * 2


def misbehave(how: str) -> str:
    if how == "hang":
        time.sleep(600)
    if how == "eat":
        return "x" * (1 << 34)
    if how == "die":
        os._exit(7)
    if how == "raise":
        raise LookupError("no such thing")
    if how == "refuse":
        raise Refused("DAMAGED_ZIP", detail="cut")
    return how


def note_and_hang(path: str) -> None:
    """Write the own process id, then hang."""
    Path(path).write_text(str(os.getpid()))
    time.sleep(600)


def start_child_and_hang(path: str) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(path).write_text(str(child.pid))
    time.sleep(600)


def wait_seconds(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


class _Tied:
    """An object that holds itself, and much else where it is to grow old."""

    def __init__(self, beside: int) -> None:
        self.itself = self
        self.beside: list[list[int]] = [[] for _ in range(beside)]


_tied: list[weakref.ref[_Tied]] = []


def tie(beside: int) -> tuple[int, int]:
    """Leave a reference cycle behind; answers how many of earlier tasks are still there, and how often the collector
    made what it found old meanwhile."""
    alive = sum(found() is not None for found in _tied)
    _tied.append(weakref.ref(_Tied(beside)))
    return alive, gc.get_count()[2]
