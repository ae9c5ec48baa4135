"""Which item stands at a path, and at which path an item stands, for files that are known by their path alone.

A share is often scanned under one name (``smb://server/share``) and read under another (``/mnt/share``): a path that no
source holds is taken for the item whose folders agree with it farthest from its end, by one folder at least.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, select

from inventory.links import Root, source_roots
from inventory.locations import Locations
from inventory.records import ItemState
from inventory.store import path_of
from inventory.tables import items, pages

_KEYS_A_QUERY = 500
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Placed:
    """An item by its number, with the account that owns it, or its folder, and its last change as the scan saw it."""

    id: int
    owner_id: int | None
    modified_us: int | None


def items_at(connection: Connection, paths: Iterable[str]) -> dict[str, Placed]:
    """The items that stand at paths, by path; what no scan saw is left out."""
    roots = source_roots(connection, Locations())
    wanted = {path: list(_possible(path, roots)) for path in dict.fromkeys(paths)}
    places = {place for places in wanted.values() for place in places}
    known = _look_for(connection, [root.source_id for root in roots], places)
    found = {}
    for path, possible in wanted.items():
        placed = next((known[place] for place in possible if place in known), None)
        if placed is not None:
            found[path] = placed
    return found


def paths_of(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Where items stand, by number: the path of their source with their own below it."""
    roots = {root.source_id: root.path for root in source_roots(connection, Locations())}
    found = {}
    for group in _groups(numbers):
        rows = connection.execute(
            select(items.c.id, items.c.name, pages.c.cursor, pages.c.source_id)
            .join(pages, pages.c.id == items.c.page_id)
            .where(items.c.id.in_(group))
        )
        for row in rows:
            found[row.id] = f"{roots[row.source_id]}/{path_of(row.cursor, row.name)}"
    return found


# a source, a folder in it, a name in that; the source is None for any
_Place = tuple[int | None, str, str]


def _possible(path: str, roots: Sequence[Root]) -> Iterator[_Place]:
    """Where an item of this path may stand, the surest first."""
    for root in roots:
        if below := root.below(path):
            folder, _slash, name = below.rpartition("/")
            yield root.source_id, folder, name
            return
    *folders, name = [part for part in path.split("/") if part] or [""]
    for first in range(len(folders)):
        yield None, "/".join(folders[first:]), name


def _look_for(
    connection: Connection, sources: Sequence[int], wanted: Iterable[_Place]
) -> dict[_Place, Placed]:
    names: dict[tuple[int | None, str], set[str]] = defaultdict(set)
    for source, folder, name in wanted:
        names[source, folder].add(name)
    page_of: dict[int, list[tuple[int | None, str]]] = {}
    owner_of: dict[int, int | None] = {}
    for group in _groups(sorted({folder for _source, folder in names})):
        rows = connection.execute(
            select(pages.c.id, pages.c.source_id, pages.c.cursor, pages.c.owner_id).where(
                pages.c.source_id.in_(sources), pages.c.cursor.in_(group)
            )
        )
        for row in rows:
            keys = [key for key in ((row.source_id, row.cursor), (None, row.cursor)) if key in names]
            if keys:
                page_of[row.id], owner_of[row.id] = keys, row.owner_id
    found: dict[_Place, Placed] = {}
    for some_pages in _groups(list(page_of)):
        asked = {name for page in some_pages for key in page_of[page] for name in names[key]}
        for some_names in _groups(sorted(asked)):
            rows = connection.execute(
                select(
                    items.c.id, items.c.page_id, items.c.name, items.c.owner_id, items.c.modified_us
                ).where(
                    items.c.page_id.in_(some_pages),
                    items.c.name.in_(some_names),
                    items.c.state != ItemState.GONE,
                )
            )
            for row in rows:
                owner = row.owner_id if row.owner_id is not None else owner_of[row.page_id]
                for source, folder in page_of[row.page_id]:
                    found.setdefault((source, folder, row.name), Placed(row.id, owner, row.modified_us))
    return found


def owned_paths(connection: Connection, accounts: Sequence[int], limit: int) -> list[str]:
    """Paths of files that accounts own, at most ``limit``: by themselves, or by their folder where that alone is told."""
    roots: Mapping[int, str] = {root.source_id: root.path for root in source_roots(connection, Locations())}
    own = items.c.owner_id.in_(accounts)
    by_folder = pages.c.owner_id.in_(accounts) & items.c.owner_id.is_(None)
    found: list[str] = []
    for condition in (own, by_folder):
        rows = connection.execute(
            select(items.c.name, pages.c.cursor, pages.c.source_id)
            .join(pages, pages.c.id == items.c.page_id)
            .where(condition, items.c.state != ItemState.GONE)
            .limit(limit - len(found))
        )
        found += [f"{roots[row.source_id]}/{path_of(row.cursor, row.name)}" for row in rows]
        if len(found) >= limit:
            break
    return found


def _groups(keys: Sequence[_Key]) -> Iterator[list[_Key]]:
    waiting = iter(keys)
    while group := list(islice(waiting, _KEYS_A_QUERY)):
        yield group
