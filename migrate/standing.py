"""How a file that the ledger knows stands now: as it was written, changed since, or gone."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from migrate.batch.staging import hash_file

_MOST_BYTES = 50_000_000  # of a file whose bytes are compared


class Standing(StrEnum):
    UNTOUCHED = "untouched"
    CHANGED = "changed"
    GONE = "gone"
    UNKNOWN = "unknown"  # too large, or not to be read from here


def standing_of(path: str, sha256: str) -> Standing:
    """Compare a file of this machine with the hash that is known of it. Never raises for what stands there."""
    file = Path(path)
    try:
        if not file.is_file():
            reachable = file.parent.is_dir()
            return Standing.GONE if reachable else Standing.UNKNOWN
        if file.stat().st_size > _MOST_BYTES:
            return Standing.UNKNOWN
        return Standing.UNTOUCHED if hash_file(file) == sha256 else Standing.CHANGED
    except OSError:
        return Standing.UNKNOWN
