"""A process group in a private folder: started behind the guard, watched while it works, ended with all it started."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

from converters.errors import Failed
from converters.libreoffice.isolation import Network, network

# what of our environment LibreOffice sees: neither proxies, nor preloads, nor anybody's profile
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "FONTCONFIG_FILE")
# the same for everybody, so that what a document shows does not depend on the host
_FIXED = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC", "SAL_USE_VCLPLUGIN": "svp"}
# A limit on address space: LibreOffice maps far more than it uses.
ADDRESS_SPACE_MEGABYTES = 2_500
SAMPLE_SECONDS = 0.2
_STOP_SECONDS = 5
_STIRRING_SECONDS = 0.02  # of processor time: less than that is standing still
_GUARD = Path(__file__).with_name("guard.py")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one document may cost; the clock starts when LibreOffice is handed it, never while it waits.

    ``wall_seconds`` at all; ``cpu_seconds`` of processor time in all processes; ``still_seconds`` without any, which
    a program that reads a file of this machine and has no network spends only where it waits for something that never
    comes; ``memory_megabytes`` resident in all processes.
    """

    wall_seconds: float
    cpu_seconds: float
    still_seconds: float
    memory_megabytes: int


def environment(folder: Path) -> dict[str, str]:
    """The few variables that LibreOffice gets, with its home and temporary files inside ``folder``."""
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return {**kept, **_FIXED, "HOME": str(folder), "TMPDIR": str(folder)}


def start(
    command: list[str],
    folder: Path,
    memory_megabytes: int,
    messages: IO[bytes],
    *,
    talks: bool = False,
) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own, without a network where the machine allows that.

    ``messages`` takes its standard error. With ``talks`` its standard input and output are pipes, else nothing.
    """
    if sys.platform.startswith("linux"):
        memory_bytes = (memory_megabytes + ADDRESS_SPACE_MEGABYTES) << 20
        reach = "none" if network() is Network.ISOLATED else "host"
        guard = [sys.executable, "-I", "-S", str(_GUARD), str(os.getpid()), str(memory_bytes), reach]
        command = [*guard, str(folder), *command]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE if talks else subprocess.DEVNULL,
        stdout=subprocess.PIPE if talks else subprocess.DEVNULL,
        stderr=messages,
        cwd=folder,
        env=environment(folder),
    )


class Watch:
    """What a process and those below it have cost since the watch began."""

    def __init__(self, process: subprocess.Popen[bytes], bounds: Bounds) -> None:
        self.bounds = bounds
        self._root = process.pid
        self._spent: dict[int, float] = {}
        self._began = self._stirred_at = time.monotonic()
        self._cpu_at_start, self.memory_bytes = self._sample()
        self._stirred_cpu = self._cpu_at_start

    def check(self) -> None:
        """Raises Failed TIMEOUT, LIBREOFFICE_HANGS, OUT_OF_MEMORY where a bound is passed."""
        cpu, self.memory_bytes = self._sample()
        now = time.monotonic()
        bounds = self.bounds
        if self.memory_bytes > bounds.memory_megabytes << 20:
            raise Failed("OUT_OF_MEMORY", megabytes=bounds.memory_megabytes)
        if now - self._began > bounds.wall_seconds:
            raise Failed("TIMEOUT", seconds=round(bounds.wall_seconds))
        if cpu - self._cpu_at_start > bounds.cpu_seconds:
            raise Failed("TIMEOUT", seconds=round(bounds.cpu_seconds))
        if cpu - self._stirred_cpu > _STIRRING_SECONDS:
            self._stirred_cpu, self._stirred_at = cpu, now
        elif now - self._stirred_at > bounds.still_seconds:
            raise Failed("LIBREOFFICE_HANGS", seconds=round(bounds.still_seconds))

    def _sample(self) -> tuple[float, int]:
        """Processor seconds of all processes so far, those that ended included; resident bytes of those that run."""
        memory = 0
        for process in family(self._root):
            try:
                times = process.cpu_times()
                memory += process.memory_info().rss
            except psutil.Error:
                continue
            self._spent[process.pid] = times.user + times.system
        return sum(self._spent.values()), memory


def family(root: int) -> list[psutil.Process]:
    """A process and all below it; empty where it has ended."""
    try:
        process = psutil.Process(root)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started; does nothing where it has ended."""
    if process.poll() is not None:
        return
    descendants = family(process.pid)[1:]
    process.terminate()  # the guard ends the session that it started
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for descendant in descendants:
        if descendant.is_running():
            descendant.kill()
