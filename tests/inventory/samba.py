"""A Samba server of its own for tests: its own configuration and state on a free port, gone with the test.

As root it serves the account ``daemon``, for whom files of root can be closed; others serve themselves.
"""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PASSWORD = "Sesame, 0uvre-toi"

_GLOBAL = """\
[global]
  server role = standalone server
  workgroup = TEST
  interfaces = 127.0.0.1
  bind interfaces only = yes
  smb ports = {port}
  private dir = {state}
  lock directory = {state}
  state directory = {state}
  cache directory = {state}
  pid directory = {state}
  ncalrpc dir = {state}/ncalrpc
  passdb backend = tdbsam:{state}/passdb.tdb
  map to guest = Bad User
  guest account = {guest}
  log file = {state}/smbd.log
  log level = 1
  max log size = 0
  load printers = no
  disable spoolss = yes
  host msdfs = yes
  store dos attributes = no
  map archive = no
  full_audit:success = create_file
  full_audit:failure = none
  full_audit:syslog = no
  full_audit:prefix = audit|%S
"""

_SHARE = """
[{name}]
  path = {path}
  read only = yes
  vfs objects = {modules}full_audit
  {more}
"""


@dataclass(frozen=True)
class Samba:
    port: int
    user: str
    shares: Path
    log: Path

    def address(self, share: str, path: str = "", user: str | None = None) -> str:
        return f"smb://{user or self.user}@127.0.0.1:{self.port}/{share}/{path}".rstrip("/")

    def opened(self, share: str) -> list[str]:
        """The paths that clients opened on a share so far, folders too."""
        marker = f"audit|{share}|create_file|ok|"
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return [line.rsplit("|", 1)[-1] for line in lines if marker in line]

    def forget_log(self) -> None:
        self.log.write_text("")


@contextmanager
def samba() -> Iterator[Samba]:
    """A running server with the shares ``files``, ``public`` (guests too), ``offline`` and ``dfs``, all empty folders
    below ``shares``; skips the test, saying so, where there is no Samba."""
    server = shutil.which("smbd", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if not server or not shutil.which("pdbedit") or _no_library():
        if os.environ.get("CI") == "true":
            pytest.fail("Samba or smbprotocol is missing, and CI=true")
        pytest.skip("no Samba server, or no smbprotocol, on this machine")
    memory = Path("/dev/shm")
    folder = Path(
        tempfile.mkdtemp(prefix="migrate-samba-", dir=memory if os.access(memory, os.W_OK) else None)
    )
    try:
        folder.chmod(0o755)
        yield from _run(server, folder)
    finally:
        for path in folder.rglob("*"):
            if path.is_dir() and not path.is_symlink() and path.stat().st_mode & 0o700 != 0o700:
                path.chmod(0o700)
        shutil.rmtree(folder, ignore_errors=True)


def _run(server: str, folder: Path) -> Iterator[Samba]:
    state, shares = folder / "state", folder / "shares"
    state.mkdir()
    shares.mkdir()
    root = os.geteuid() == 0
    user = "daemon" if root else getpass.getuser()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    text = _GLOBAL.format(port=port, state=state, guest="nobody" if root else user)
    for name, modules, more in (
        ("files", "", ""),
        ("public", "", "guest ok = yes"),
        ("offline", "offline ", ""),
        ("dfs", "", "msdfs root = yes"),
    ):
        (shares / name).mkdir()
        text += _SHARE.format(name=name, path=shares / name, modules=modules, more=more)
    configuration = folder / "smb.conf"
    configuration.write_text(text)
    subprocess.run(
        ["pdbedit", "-s", str(configuration), "-a", "-t", "-u", user],
        input=f"{PASSWORD}\n{PASSWORD}\n",
        text=True,
        check=True,
        capture_output=True,
    )
    process = subprocess.Popen(
        [server, "--foreground", "--configfile", str(configuration)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(port, process)
        yield Samba(port, user, shares, state / "smbd.log")
    finally:
        process.terminate()  # its children end with it
        process.wait(30)


def _no_library() -> bool:
    try:
        import smbprotocol  # noqa: F401
    except ImportError:
        return True
    return False


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > deadline or process.poll() is not None:
                raise
            time.sleep(0.05)
