"""Copies in a tenant's drives, and copies of them on shares, by size and quickXorHash: nothing of the tenant is fetched.

The hash is no cryptographic one: what agrees in it and in size is told as a likely copy. Files of shares are read only where a
drive has a file of their size; what was computed is kept while size and time stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, and_, exists, func, or_, select

from inventory.bulk import execute_rows
from inventory.database import transaction
from inventory.pace import Pace
from inventory.records import Item, ItemState
from inventory.source import Source, Unopened
from inventory.store import item_by_row, item_query
from inventory.tables import items, pages, sources
from inventory.tenant.quick_xor import quick_xor
from inventory.tenant.records import ItemKind
from inventory.tenant.tables import drive_items, quick_xors

_FILES_A_BATCH = 200
_READABLE = (ItemState.SEEN, ItemState.READ)
_PUT = (
    "INSERT INTO quick_xors (item_id, size_bytes, modified_us, digest) VALUES ({0}, {0}, {0}, {0}) "
    "ON CONFLICT (item_id) DO UPDATE SET size_bytes = excluded.size_bytes, modified_us = excluded.modified_us, "
    "digest = excluded.digest"
)


@dataclass(frozen=True, slots=True)
class CloudCopies:
    """``contents`` that several files of drives hold, ``files`` that hold them, ``spare_bytes`` of all but one of each; files of
    shares whose content a drive holds as well. ``without_hash``: files that the service has not hashed yet."""

    contents: int
    files: int
    spare_bytes: int
    shared_files: int
    shared_bytes: int
    without_hash: int


def hash_like_drives(
    by_name: Mapping[str, Source], database: Engine, *, smallest_bytes: int = 1, pace: Pace | None = None
) -> int:
    """Compute the hash of files on these sources that may be in a drive; answers how many could not be read."""
    pace, last, unopened = pace or Pace(), 0, 0
    while True:
        with database.connect() as connection:
            found = _candidates(connection, list(by_name), smallest_bytes, last)
        if not found:
            return unopened
        rows = []
        for number, item in found:
            try:
                with by_name[item.source].open(item) as content:
                    rows.append((number, item.size_bytes, item.modified_us, quick_xor(content)))
            except (Unopened, OSError):
                unopened += 1
        with transaction(database) as connection:
            execute_rows(connection, _PUT, rows)
        pace.wait(len(found))
        last = found[-1][0]


def _candidates(
    connection: Connection, names: list[str], smallest_bytes: int, after: int
) -> list[tuple[int, Item]]:
    """Files of a size that a drive has too, without a hash that still stands for them, by number."""
    of_size = exists().where(
        drive_items.c.size_bytes == items.c.size_bytes, drive_items.c.quick_xor.is_not(None)
    )
    known = exists().where(
        quick_xors.c.item_id == items.c.id,
        quick_xors.c.size_bytes == items.c.size_bytes,
        or_(quick_xors.c.modified_us == items.c.modified_us, items.c.modified_us.is_(None)),
    )
    wanted = and_(
        sources.c.name.in_(names),
        items.c.state.in_(_READABLE),
        items.c.size_bytes >= max(smallest_bytes, 1),
        items.c.id > after,
    )
    statement = item_query().where(wanted, of_size, ~known).order_by(items.c.id).limit(_FILES_A_BATCH)
    return [(row.id, item_by_row(row)) for row in connection.execute(statement)]


def count_cloud_copies(connection: Connection) -> CloudCopies | None:
    """The likely copies; None where no tenant was scanned."""
    files = drive_items.c.kind == ItemKind.FILE
    total = connection.scalar(select(func.count()).select_from(drive_items).where(files)) or 0
    if not total:
        return None
    hashed = and_(files, drive_items.c.quick_xor.is_not(None), drive_items.c.size_bytes > 0)
    groups = (
        select(func.count().label("files"), drive_items.c.size_bytes.label("size"))
        .where(hashed)
        .group_by(drive_items.c.quick_xor, drive_items.c.size_bytes)
        .having(func.count() > 1)
        .subquery()
    )
    spare = func.sum((groups.c.files - 1) * groups.c.size)
    contents, held, spare_bytes = connection.execute(
        select(func.count(), func.coalesce(func.sum(groups.c.files), 0), func.coalesce(spare, 0))
    ).one()
    in_drive = exists().where(
        drive_items.c.quick_xor == quick_xors.c.digest, drive_items.c.size_bytes == quick_xors.c.size_bytes
    )
    on_shares = (
        select(func.count(), func.coalesce(func.sum(items.c.size_bytes), 0))
        .select_from(quick_xors)
        .join(items, items.c.id == quick_xors.c.item_id)
        .join(pages, pages.c.id == items.c.page_id)
        .where(
            items.c.state.in_(_READABLE),
            items.c.size_bytes == quick_xors.c.size_bytes,
            or_(items.c.modified_us == quick_xors.c.modified_us, items.c.modified_us.is_(None)),
            in_drive,
        )
    )
    shared_files, shared_bytes = connection.execute(on_shares).one()
    without = connection.scalar(
        select(func.count()).select_from(drive_items).where(files, drive_items.c.quick_xor.is_(None))
    )
    return CloudCopies(contents, held, spare_bytes, shared_files, shared_bytes, without or 0)
