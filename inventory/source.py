"""What a scanner reads from: a file system, a drive, a site. Sources list and open; they never change anything.

A source lists in pages. The first cursor is ``""``; ``listing`` answers the items of one page and the cursors of
further pages: the folders of a file system, the next link of a web service. The scan keeps the cursors in its
database, so that it can go on after a kill.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, Protocol, runtime_checkable

from inventory.records import Item, ItemState

FIRST = ""
DIGEST_BYTES = 16
_MARSHAL_PLAIN = 2  # the last version whose bytes depend on values alone, not on which objects are shared


@dataclass(frozen=True, slots=True)
class Listing:
    """One page. ``cursors`` name the pages below it; each is the source's own, unique in it, and is stored.

    ``digest`` is equal for two listings of a page exactly if all that they tell is equal: the scan then leaves the
    page's rows alone and never asks for ``items``, which are made when called, sorted by path. ``count`` is their
    number. ``owner`` is whose folder the page is, of sources that do not tell whose each file is.
    """

    cursors: Sequence[str]
    count: int
    digest: bytes
    items: Callable[[], Sequence[Item]]
    owner: str = ""


def listing_of(items: Sequence[Item], cursors: Sequence[str]) -> Listing:
    """The listing of a source whose items cost nothing to make."""
    plain = [(*item[:4], str(item.state), *item[5:]) for item in items]
    return Listing(cursors, len(items), digest_of((list(cursors), plain)), lambda: items)


def digest_of(told: Any) -> bytes:
    """A digest of plain values (tuples, lists, texts, numbers, None), the same in every process."""
    return hashlib.blake2b(marshal.dumps(told, _MARSHAL_PLAIN), digest_size=DIGEST_BYTES).digest()


class Owners(StrEnum):
    """Whose files are, asked of sources that do not tell it in a listing."""

    FOLDERS = "folders"  # of folders alone, which costs nothing more
    FILES = "files"  # of each file, at a request a file
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a source can do. ``local``: items are files that another process can open by their path.
    ``listings_at_once``: how many listings gain from being under way together; 1 where no network has to be waited for.
    """

    local: bool = False
    listings_at_once: int = 1


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

    def listing(self, cursor: str = FIRST) -> Listing:
        """One page. Raises Unlisted."""
        ...

    def open(self, item: Item) -> BinaryIO:
        """The content of an item, from its beginning. Raises Unopened."""
        ...

    def local_path(self, item: Item) -> Path | None:
        """Where another process may open the item; None for a source that is not local."""
        ...


@runtime_checkable
class ChoosesContents(Protocol):
    """A source whose contents cost more than can be asked for: it says which are."""

    def wants(self, item: Item) -> bool:
        """Whether the content of an item is asked for."""
        ...


def unlisted_item(source: Source, cursor: str, reason: str) -> Item:
    """The item that stands for a page that could not be listed, so that coverage counts it."""
    return Item(source.name, cursor or ".", 0, None, ItemState.UNREADABLE, reason)


def walk(source: Source) -> Iterator[Item]:
    """All items of a source, in one pass without a database; pages that cannot be listed are items with a reason."""
    waiting = [FIRST]
    while waiting:
        cursor = waiting.pop()
        try:
            listing = source.listing(cursor)
        except Unlisted as error:
            yield unlisted_item(source, cursor, error.reason)
            continue
        yield from listing.items()
        waiting.extend(reversed(listing.cursors))
