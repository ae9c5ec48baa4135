"""What a scanner reads from: a file system, a drive, a site. Sources list and open; they never change anything.

A source lists in pages. The first cursor is ``""``; ``items`` answers the items of one page and a :class:`Cursor`
for each further page: a folder of a file system, the next link of a web service. The scan keeps the cursors in its
database, so that it can go on after a kill.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from inventory.records import Item, ItemState

FIRST = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A page still to be listed; ``value`` is the source's own, unique in it, and may be stored for days."""

    value: str


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a source can tell. ``owners``: items carry owner and group. ``file_ids``: items carry a stable id.
    ``local``: items are files that another process can open by their path."""

    owners: bool = False
    file_ids: bool = False
    local: bool = False


class Unlisted(Exception):
    """A page could not be listed: ``reason`` is a code of :data:`inventory.errors.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unopened(Exception):
    """An item could not be opened: ``reason`` is a code of :data:`inventory.errors.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Source(Protocol):
    """``name`` is what the user called the source and the ``source`` of each of its items."""

    @property
    def name(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    def items(self, cursor: str = FIRST) -> Iterator[Item | Cursor]:
        """The items of one page, sorted by path, and the cursors of the pages below it. Raises Unlisted."""
        ...

    def open(self, item: Item) -> BinaryIO:
        """The content of an item, from its beginning. Raises Unopened."""
        ...

    def local_path(self, item: Item) -> Path | None:
        """Where another process may open the item; None for a source that is not local."""
        ...


def unlisted_item(source: Source, cursor: str, reason: str) -> Item:
    """The item that stands for a page that could not be listed, so that coverage counts it."""
    return Item(source.name, cursor or ".", 0, "", ItemState.UNREADABLE, reason)


def walk(source: Source) -> Iterator[Item]:
    """All items of a source, in one pass without a database; pages that cannot be listed are items with a reason."""
    waiting = [FIRST]
    while waiting:
        cursor = waiting.pop()
        below: list[str] = []
        try:
            for entry in source.items(cursor):
                if isinstance(entry, Cursor):
                    below.append(entry.value)
                else:
                    yield entry
        except Unlisted as error:
            yield unlisted_item(source, cursor, error.reason)
        waiting.extend(reversed(below))
