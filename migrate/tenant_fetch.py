"""Documents of a tenant, fetched so that they can be converted: a folder of originals, which a second run goes on with.

A tenant is never written to: what is converted needs a new home, and so do its originals until somebody has looked at
the results. A content costs a resource unit, and the client keeps to the service's limits.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy import Engine, func, select

from inventory.errors import InventoryError
from inventory.records import Item, ItemState
from inventory.source import Source, Unopened
from inventory.store import item_rows
from inventory.tenant.records import ItemKind, Shared
from inventory.tenant.tables import drive_items, tenant_drives, tenants
from migrate.batch.plan import Left
from migrate.batch.targets import TARGET_BY_EXTENSION
from migrate.policy import TenantPolicy
from migrate.tenant import SCHEME, connect

AT_ONCE = 4
_PARTIAL = ".fetching"
_FETCHED_STATES = (ItemState.SEEN, ItemState.READ)

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """``folder`` holds the originals; ``left`` are documents that could not be fetched; ``shared`` counts files below the
    place that are shared beyond their site, whose links stay behind."""

    folder: Path
    documents: int
    left: tuple[Left, ...]
    shared: int


def split_name(name: str) -> tuple[str, str]:
    """The source's name and the place in it, of ``m365:TENANT/PLACE``."""
    tenant, _slash, place = name.removeprefix(SCHEME).partition("/")
    return SCHEME + tenant, place.strip("/")


def fetch(
    name: str, database: Engine, folder: Path, policy: TenantPolicy, *, step: Step = lambda _done, _all: None
) -> Fetched:
    """Fetch the documents below a place of a tenant that was scanned. Raises InventoryError."""
    source_name, place = split_name(name)
    connection = connect(source_name, policy)
    from inventory.sources.tenant import TenantSource  # noqa: PLC0415 - an extra

    items = list(_documents(database, source_name, place))
    if not items:
        raise InventoryError("TENANT_NO_DOCUMENTS", source=name)
    source = TenantSource(source_name, database, lambda: connection.client)
    left = fetch_items(source, items, folder, step)
    return Fetched(folder, len(items), tuple(left), _count_shared(database, source_name, place))


def fetch_items(source: Source, items: Sequence[Item], folder: Path, step: Step) -> list[Left]:
    """Fetch items into a folder that mirrors their paths; answers those that could not be."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    left: list[Left] = []
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="fetch") as pool:
        for number, missing in enumerate(pool.map(lambda item: _fetched(source, item, folder), items), 1):
            if missing is not None:
                left.append(missing)
            step(number, len(items))
    return left


def _fetched(source: Source, item: Item, folder: Path) -> Left | None:
    target = place_of(folder, item.path)
    if target is None:
        return Left(folder / item.name.replace("/", "_"), "INPUT_ERROR")
    if _is_there(target, item):
        return None
    partial = target.with_name(target.name + _PARTIAL)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open(item) as content, partial.open("wb") as file:
            shutil.copyfileobj(content, file)
        if item.modified_us is not None:
            os.utime(partial, ns=(item.modified_us * 1_000, item.modified_us * 1_000))
        partial.replace(target)
    except Unopened as error:
        return Left(target, error.reason)
    except OSError:
        partial.unlink(missing_ok=True)
        return Left(target, "INPUT_ERROR")
    return None


def place_of(folder: Path, path: str) -> Path | None:
    """Where an item goes below a folder; None for a path that would lead out of it."""
    parts = PurePosixPath(path).parts
    if not parts or any(part in ("..", "/") or "\0" in part or "\\" in part for part in parts):
        return None
    return folder.joinpath(*parts)


def _is_there(target: Path, item: Item) -> bool:
    """Whether an item was fetched and has not changed since. Its size may differ: the service counts what it adds."""
    try:
        modified_us = target.stat().st_mtime_ns // 1_000
    except OSError:
        return False
    return item.modified_us is not None and modified_us == item.modified_us


def _documents(database: Engine, source: str, place: str) -> Iterator[Item]:
    """The Office documents below a place, by path."""
    with database.connect() as connection:
        rows: Iterable[tuple[int, Item]] = item_rows(connection, source)
        for _page, item in rows:
            below = not place or item.path == place or item.path.startswith(place + "/")
            if below and item.state in _FETCHED_STATES and item.extension in TARGET_BY_EXTENSION:
                yield item


def _count_shared(database: Engine, source: str, place: str) -> int:
    """Files of the drives of a place that are shared beyond their site."""
    drives = select(tenant_drives.c.id, tenant_drives.c.place).where(
        tenant_drives.c.tenant_id == select(tenants.c.id).where(tenants.c.name == source).scalar_subquery()
    )
    with database.connect() as connection:
        chosen = [
            row.id
            for row in connection.execute(drives)
            if f"{row.place}/".startswith(f"{place}/" if place else "")
            or f"{place}/".startswith(f"{row.place}/")
        ]
        counted = select(func.count()).where(
            drive_items.c.drive_id.in_(chosen),
            drive_items.c.kind == ItemKind.FILE,
            drive_items.c.shared != Shared.NOBODY,
        )
        return connection.scalar(counted) or 0
