"""A PostgreSQL server of its own for tests: a fresh cluster on a free port, gone with the test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_FOLDERS = (Path("/usr/local/bin"), *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))


def _program(name: str) -> str | None:
    return shutil.which(name) or next(
        (str(folder / name) for folder in _FOLDERS if (folder / name).exists()), None
    )


def _account() -> list[str]:
    """PostgreSQL refuses to run as root: the command that gives up root's rights, empty for others."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]


@contextmanager
def postgresql_url() -> Iterator[str]:
    """The URL of an empty database on a new server; skips the test, saying so, where there is no PostgreSQL."""
    initdb, server = _program("initdb"), _program("postgres")
    account = _account()
    missing = not initdb or not server or (account and not shutil.which(account[0]))
    if missing or _no_driver():
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL or its driver is missing, and CI=true")
        pytest.skip("no PostgreSQL server or driver on this machine")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="migrate-postgresql-"))
    try:
        if account:
            shutil.chown(folder, "nobody", "nogroup")
        data, environment = (
            folder / "data",
            {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        )
        subprocess.run(
            [
                *account,
                str(initdb),
                "-D",
                str(data),
                "-U",
                "migrate",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
            ],
            check=True,
            capture_output=True,
            env=environment,
            cwd=folder,
        )
        options = ["-D", str(data), "-p", str(port), "-k", str(folder), "-h", "127.0.0.1", "-c", "fsync=off"]
        process = subprocess.Popen(
            [*account, str(server), *options], env=environment, cwd=folder, stderr=subprocess.DEVNULL
        )
        try:
            _await(port)
            yield f"postgresql://migrate@127.0.0.1:{port}/postgres"
        finally:
            process.terminate()
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _no_driver() -> bool:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return True
    return False


def _await(port: int) -> None:
    import time

    import psycopg

    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="migrate", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
