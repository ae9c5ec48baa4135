"""What Graph tells, as values: numbers of the database for kinds and scopes, times as microseconds."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from inventory.moments import microseconds_of

Json = Mapping[str, Any]


class ItemKind(IntEnum):
    """What a drive item is; never renumbered."""

    FILE = 0
    FOLDER = 1
    ROOT = 2
    PACKAGE = 3  # a notebook of OneNote
    SHORTCUT = 4  # to an item of another drive, which is counted there
    MALWARE = 5


class Shared(IntEnum):
    """Who an item is shared with beyond its site; never renumbered."""

    NOBODY = 0
    PEOPLE = 1
    ORGANISATION = 2
    ANYONE = 3


class State(StrEnum):
    """What became of a site's drives, or of a drive's items."""

    NEW = "new"
    SEEN = "seen"
    LOCKED = "locked"
    DENIED = "denied"
    FAILED = "failed"
    GONE = "gone"


# the first facet that an item has says what it is; without one of these it is a file
_KIND_OF_FACET: tuple[tuple[str, ItemKind], ...] = (
    ("root", ItemKind.ROOT),
    ("remoteItem", ItemKind.SHORTCUT),
    ("package", ItemKind.PACKAGE),
    ("folder", ItemKind.FOLDER),
    ("malware", ItemKind.MALWARE),
)
_SHARED_SCOPES = {
    "users": Shared.PEOPLE,
    "organization": Shared.ORGANISATION,
    "anonymous": Shared.ANYONE,
}
_QUICK_XOR_BYTES = 20


def item_kind(item: Json) -> ItemKind:
    return next((kind for facet, kind in _KIND_OF_FACET if item.get(facet) is not None), ItemKind.FILE)


def item_shared(item: Json) -> Shared:
    facet = item.get("shared")
    if not isinstance(facet, Mapping):
        return Shared.NOBODY
    return _SHARED_SCOPES.get(str(facet.get("scope") or "users"), Shared.PEOPLE)


def quick_xor_of(item: Json) -> bytes | None:
    """The item's quickXorHash; None where the service has made none yet."""
    text = inside(item, "file", "hashes", "quickXorHash")
    try:
        digest = base64.b64decode(str(text or ""), validate=True)
    except (binascii.Error, ValueError):
        return None
    return digest if len(digest) == _QUICK_XOR_BYTES else None


def inside(document: Json, *path: str) -> Any:
    """The value at a path of an answer; None where something on the way is missing."""
    value: Any = document
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def moment_us(text: Any) -> int | None:
    """A time of the service as microseconds; None for none, and for one that is none."""
    if not isinstance(text, str) or not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return microseconds_of(text) if moment.tzinfo else microseconds_of(text + "+00:00")


def text_of(value: Any, limit: int = 400) -> str:
    """A text of an answer, no longer than it may be; empty for anything else."""
    return value[:limit] if isinstance(value, str) else ""


def number_of(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
