"""Room for what must never be read by others nor outlive its use: the plain text of an encrypted document."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def private_file() -> Iterator[Path]:
    """An empty file that this account alone can read, gone after the block.

    On Linux it has no name on any disk and goes with this process however that ends (memfd_create(2), proc(5)); it may
    be opened by its path as often as is wanted. Elsewhere it stands in a folder of its own.
    """
    descriptor = _anonymous()
    if descriptor is not None:
        try:
            yield _path(descriptor)
        finally:
            os.close(descriptor)
        return
    folder = tempfile.mkdtemp(prefix="migrate-private-")  # 0700
    try:
        path = Path(folder, "plain")
        path.touch(0o600)
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _anonymous() -> int | None:
    """A file in memory; None where this system has none, or no path leads to it."""
    if not hasattr(os, "memfd_create"):
        return None
    with suppress(OSError):
        descriptor = os.memfd_create("migrate-private")
        if _path(descriptor).exists():
            return descriptor
        os.close(descriptor)
    return None


def _path(descriptor: int) -> Path:
    return Path(f"/proc/{os.getpid()}/fd/{descriptor}")
