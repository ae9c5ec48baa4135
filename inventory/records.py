"""What a scan finds: items, what became of them, and the coverage that every report states first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from converters.inspection import Inspection


class ItemState(StrEnum):
    """What the scan did with an item; only ``read`` items have a hash and may have an inspection."""

    SEEN = "seen"  # listed; its content was not asked for
    READ = "read"
    SKIPPED = "skipped"  # by rule: reason says which
    UNREADABLE = "unreadable"  # permission, input error: reason says which
    GONE = "gone"  # was there at an earlier scan


@dataclass(frozen=True, slots=True)
class Item:
    """A file as found: ``source`` is the root as the user named it, ``path`` relative to it with slashes.

    ``modified`` is UTC in ISO 8601; ``file_id`` what tells hard links and renames apart (device:inode, drive item id);
    ``links`` the number of names that share it. A folder is an item only where it could not be listed.
    """

    source: str
    path: str
    size_bytes: int
    modified: str
    state: ItemState = ItemState.SEEN
    reason: str = ""
    owner: str = ""
    group: str = ""
    created: str = ""
    file_id: str = ""
    sha256: str = ""
    links: int = 1

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @property
    def extension(self) -> str:
        """Lower case, without the dot; empty where the name has none."""
        stem, dot, extension = self.name.rpartition(".")
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
