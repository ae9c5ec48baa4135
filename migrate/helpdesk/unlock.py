"""A document opened with its password, for a worker. The password is given on a pipe, never kept."""

from __future__ import annotations

from pathlib import Path

from converters.encryption.opening import Opened, open_encrypted
from converters.ooxml.package import DEFAULT_LIMITS

SECONDS = 60.0


def unlock(given: tuple[Path, Path, str]) -> Opened:
    """Write (source, target, password): the source without its password to the target, a file of its owner alone.

    Raises as :func:`converters.encryption.opening.open_encrypted`.
    """
    source, target, password = given
    target.touch(0o600)
    return open_encrypted(source, target, [password], DEFAULT_LIMITS, SECONDS)
