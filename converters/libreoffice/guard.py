"""A small process between a worker and LibreOffice: when the worker goes, LibreOffice and its folder go too.

``soffice`` forks ``soffice.bin``; a signal to the first leaves the second running. The guard starts it in a session
of its own, waits, and ends the whole process group when it is told to stop or when its parent dies. It runs as a
script with the standard library alone, so that it starts in some milliseconds.

    guard.py PARENT_PID MEMORY_BYTES FOLDER PROGRAM ARGUMENT...

FOLDER is removed only where the guard is stopped; else its owner still wants to read the result.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> int:
    parent, memory_bytes, folder, *command = arguments
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = int(memory_bytes) if hard == resource.RLIM_INFINITY else min(int(memory_bytes), hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    child: subprocess.Popen[bytes] | None = None
    stopped = False

    def stop(_number: int, _frame: object) -> None:
        nonlocal stopped
        stopped = True
        if child is None:  # it is just being started: main stops it as soon as it is known
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    child = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)
    if stopped or os.getppid() != int(parent):  # it died before the signal was asked for
        stop(0, None)
    code = child.wait()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)  # what LibreOffice may have left
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) & 0xFF)
