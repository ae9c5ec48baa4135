"""A small process between a worker and LibreOffice: when the worker goes, LibreOffice and its folder go too.

``soffice`` forks ``soffice.bin``; a signal to the first leaves the second running. The guard starts it in a session
of its own, waits, and ends the whole process group when it is told to stop or when its parent dies. It runs as a
script with the standard library alone, so that it starts in some milliseconds.

    guard.py PARENT_PID MEMORY_BYTES NETWORK FOLDER PROGRAM ARGUMENT...

NETWORK is ``none`` or ``host``: with ``none`` the program runs in a network namespace of its own, in which there is
not even a loopback (unshare(2), user_namespaces(7)); where the kernel does not give one, nothing is started and the
exit code is 97. FOLDER is removed only where the guard is stopped; else its owner still wants to read the result.
LibreOffice's pipes are sockets in /tmp, whatever TMPDIR says, and a killed one leaves them: the guard removes them.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import urllib.parse

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
NO_NAMESPACE = 97  # the exit code where the network cannot be taken away
_PIPE_FOLDERS = ("/tmp", "/var/tmp")  # noqa: S108 - sal/osl/unx/pipe.cxx


def main(arguments: list[str]) -> int:
    parent, memory_bytes, network, folder, *command = arguments
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    kernel.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # what detaches itself comes back here
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if network == "none" and not leave_network(kernel):
        return NO_NAMESPACE
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
        _end(child.pid, folder)
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    child = subprocess.Popen(command, start_new_session=True)
    if stopped or os.getppid() != int(parent):  # it died before the signal was asked for
        stop(0, None)
    code = child.wait()
    _end(child.pid, folder)  # what LibreOffice may have left
    return code


def leave_network(kernel: ctypes.CDLL) -> bool:
    """Move this process to a network of its own. A user namespace lets an ordinary user do that, and takes from
    root its power over the host; where that is forbidden, root can do without."""
    user, group = os.geteuid(), os.getegid()
    if kernel.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0:
        try:
            _write("/proc/self/setgroups", "deny")
            _write("/proc/self/uid_map", f"{user} {user} 1")
            _write("/proc/self/gid_map", f"{group} {group} 1")
        except OSError:
            return False  # without an identity of its own no file could be read
        return True
    return kernel.unshare(CLONE_NEWNET) == 0


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as stream:  # noqa: PTH123 - the script starts without pathlib
        stream.write(text)


def _end(group: int, folder: str) -> None:
    """Kill a process group and whatever of it was adopted by this process, and remove its pipes."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
    while detached := _descendants(os.getpid()):
        for process in detached:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.wait()
    for path in pipes(folder):
        with contextlib.suppress(OSError):
            os.unlink(path)  # noqa: PTH108


def _descendants(process: int) -> list[int]:
    """The processes below ``process``, by their parents in proc(5)."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):  # noqa: PTH208
        if not name.isdecimal():
            continue
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as stream:  # noqa: PTH123
                state = stream.read()
        except OSError:
            continue  # it ended meanwhile
        children.setdefault(int(state[state.rindex(")") + 2 :].split()[1]), []).append(int(name))
    below, waiting = [], [process]
    while waiting:
        found = children.get(waiting.pop(), [])
        below += found
        waiting += found
    return below


def pipes(folder: str) -> list[str]:
    """The named sockets of the LibreOffice whose profile stands in ``folder``: the one that keeps two from sharing a
    profile (desktop/source/app/officeipcthread.cxx names it by MD5, with digits left out) and the one that
    it listens at, which is named after the folder."""
    address = "file://" + urllib.parse.quote(f"{folder}/profile")
    digest = hashlib.md5(address.encode("utf-16-le"), usedforsecurity=False).digest()
    names = (os.path.basename(folder), "SingleOfficeIPC_" + "".join(f"{byte:x}" for byte in digest))  # noqa: PTH119
    return [f"{place}/OSL_PIPE_{os.getuid()}_{name}" for place in _PIPE_FOLDERS for name in names]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) & 0xFF)
