"""What a scan finds: items, what became of them, and the coverage that every report states first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from converters.inspection import Inspection
from inventory.moments import iso_time


class ItemState(StrEnum):
    """What the scan did with an item; only ``read`` items may have an inspection. They have a hash, and so has what
    the search for duplicates read."""

    SEEN = "seen"  # listed; its content was not asked for
    READ = "read"
    SKIPPED = "skipped"  # by rule: reason says which
    UNREADABLE = "unreadable"  # permission, input error: reason says which
    GONE = "gone"  # was there at an earlier scan


class Item(NamedTuple):
    """A file as found: ``source`` is the root as the user named it, ``path`` relative to it with slashes.

    ``modified_us`` and ``created_us`` are microseconds since 1970 UTC, None where the source does not tell;
    ``file_id`` tells hard links and renames within a source apart (inode, index number, drive item id); ``links`` is
    the number of names that share the file. A folder is an item only where it was not listed.
    """

    source: str
    path: str
    size_bytes: int
    modified_us: int | None
    state: ItemState = ItemState.SEEN
    reason: str = ""
    owner: str = ""
    group: str = ""
    created_us: int | None = None
    file_id: str = ""
    sha256: str = ""
    links: int = 1

    @property
    def modified(self) -> str:
        """UTC in ISO 8601 with microseconds; empty where it is not known."""
        return iso_time(self.modified_us)

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @property
    def extension(self) -> str:
        return extension_of(self.name)


def extension_of(name: str) -> str:
    """Lower case, without the dot; empty where the name has none."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem else ""


@dataclass(frozen=True, slots=True)
class InspectedItem:
    item: Item
    inspection: Inspection | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a scan saw: counts by state and, for what was not read, by reason. Rows add up to ``items``."""

    sources: tuple[str, ...]
    started: str
    finished: str
    items: int
    bytes: int
    by_state: Mapping[str, int] = field(default_factory=dict)
    by_reason: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "sources": list(self.sources),
            "started": self.started,
            "finished": self.finished,
            "items": self.items,
            "bytes": self.bytes,
            "by_state": dict(self.by_state),
            "by_reason": dict(self.by_reason),
        }
