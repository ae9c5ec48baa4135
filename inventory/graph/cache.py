"""Where the token of a person who signed in is kept: the desktop's keyring, else a file for its owner alone.

Application tokens are kept in memory only: a certificate makes a new one in a second.
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Any


class Kept(StrEnum):
    KEYRING = "keyring"
    FILE = "file"
    MEMORY = "memory"


def token_cache(path: Path | None) -> tuple[Any, Kept]:
    """A cache for msal and where it is kept; None for memory alone.

    The keyring is used where one answers; on a server without a desktop there is none, and a file of mode 0600 that
    holds the refresh token in plain text takes its place: whoever calls this says so.
    """
    import msal  # noqa: PLC0415 - an extra, and slow to import

    if path is None:
        return msal.TokenCache(), Kept.MEMORY
    try:
        from msal_extensions import (  # noqa: PLC0415
            FilePersistence,
            PersistedTokenCache,
            build_encrypted_persistence,
        )
    except ModuleNotFoundError:
        return msal.TokenCache(), Kept.MEMORY
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        keyring = build_encrypted_persistence(str(path))
        keyring.save("{}") if not path.exists() else keyring.load()
    except Exception:  # each platform's keyring fails in its own way; what follows says where the token is
        _touch(path)
        return PersistedTokenCache(FilePersistence(str(path))), Kept.FILE
    return PersistedTokenCache(keyring), Kept.KEYRING


def _touch(path: Path) -> None:
    """The file exists with its mode before anything is written to it."""
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    path.chmod(0o600)
