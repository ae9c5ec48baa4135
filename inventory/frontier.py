"""The frontier of a scan in the database: which pages are still to be listed, which are done, which are no more.

Functions take a connection inside a transaction of the caller's; none commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, update

from inventory.bulk import execute_rows
from inventory.columns import stored_path
from inventory.records import ItemState
from inventory.source import FIRST
from inventory.tables import AREA_DEPTH, items, pages, scans, sources
from inventory.words import Words

PENDING, LISTED, UNLISTED = "pending", "listed", "unlisted"

# a page that this scan has dealt with already stays as it is: folders that contain themselves end here
_PUT = """\
INSERT INTO pages (source_id, cursor, scan_id, area_id, state) VALUES ({0}, {0}, {0}, {0}, 'pending')
ON CONFLICT (source_id, cursor) DO UPDATE SET scan_id = excluded.scan_id, state = 'pending'
WHERE pages.scan_id <> excluded.scan_id"""


def begin_scan(
    connection: Connection, names: Sequence[str], areas: Words, now: str, persons: str = "named"
) -> int:
    """The id of the scan of these sources: the one that was interrupted, or a new one with its first pages."""
    names = sorted(names)
    if (interrupted := unfinished_scan(connection, names)) is not None:
        return interrupted
    scan_id: int = connection.execute(
        scans.insert().values(started=now, sources=names, persons=persons).returning(scans.c.id)
    ).scalar_one()
    for name in names:
        source_id = connection.scalar(select(sources.c.id).where(sources.c.name == name))
        if source_id is None:
            source_id = connection.execute(
                sources.insert().values(name=name).returning(sources.c.id)
            ).scalar_one()
        put_pages(connection, scan_id, [(source_id, FIRST)], areas)
    return scan_id


def note_persons(connection: Connection, name: str, persons: str, now: str) -> None:
    """Keep how people are collected where no scan of a database has said it yet: an import came first."""
    if connection.scalar(select(func.count()).select_from(scans)) == 0:
        values = {"started": now, "finished": now, "sources": [name], "persons": persons}
        connection.execute(scans.insert().values(values))


def unfinished_scan(connection: Connection, names: Iterable[str] | None = None) -> int | None:
    """The latest scan that was interrupted, of these sources or of any."""
    wanted = None if names is None else sorted(names)
    unfinished = (
        select(scans.c.id, scans.c.sources).where(scans.c.finished.is_(None)).order_by(scans.c.id.desc())
    )
    for row in connection.execute(unfinished):
        if wanted is None or row.sources == wanted:
            return int(row.id)
    return None


def interrupted_sources(connection: Connection) -> tuple[str, ...]:
    """The names of the sources of the scan that was interrupted last; none where none was."""
    scan_id = unfinished_scan(connection)
    if scan_id is None:
        return ()
    return tuple(connection.execute(select(scans.c.sources).where(scans.c.id == scan_id)).scalar_one())


def source_ids(connection: Connection) -> dict[str, int]:
    return {row.name: row.id for row in connection.execute(select(sources.c.name, sources.c.id))}


def area_of(cursor: str) -> str:
    """The top folders of a page, by which a summary tells departments apart."""
    return "/".join(cursor.split("/", AREA_DEPTH)[:AREA_DEPTH])


def put_pages(connection: Connection, scan_id: int, found: Iterable[tuple[int, str]], areas: Words) -> None:
    """Put pages (source id, cursor) on the frontier of a scan, whether known from an earlier scan or new."""
    placed = [(source_id, cursor, (source_id, area_of(cursor))) for source_id, cursor in found]
    areas.learn(connection, [area for _source_id, _cursor, area in placed])
    rows = [
        (source_id, stored_path(cursor), scan_id, areas.known[area]) for source_id, cursor, area in placed
    ]
    execute_rows(connection, _PUT, rows)


def pending_pages(connection: Connection, scan_id: int, limit: int) -> Sequence[Any]:
    """Pages (id, source_id, cursor, digest, item_count) still to be listed, newest first: a tree is walked in depth."""
    statement = (
        select(pages.c.id, pages.c.source_id, pages.c.cursor, pages.c.digest, pages.c.item_count)
        .where(pages.c.scan_id == scan_id, pages.c.state == PENDING)
        .order_by(pages.c.id.desc())
        .limit(limit)
    )
    return connection.execute(statement).all()


def still_pending(connection: Connection, scan_id: int, ids: Sequence[int]) -> set[int]:
    """Which of these pages are this scan's to store; they stay locked, so that no other process stores them too."""
    statement = (
        select(pages.c.id)
        .where(pages.c.id.in_(ids), pages.c.scan_id == scan_id, pages.c.state == PENDING)
        .with_for_update()
    )
    return set(connection.scalars(statement))


def mark_listed(connection: Connection, rows: Sequence[tuple[bytes, int, int]]) -> None:
    """``rows``: the listing's digest, its number of items, the page's id."""
    execute_rows(
        connection, "UPDATE pages SET state = 'listed', digest = {0}, item_count = {0} WHERE id = {0}", rows
    )


def mark_unlisted(connection: Connection, scan_id: int, page: Any) -> Any:
    """A page that could not be listed, and those below it, are dealt with; answers the ids as a query.

    They become this scan's, so that its end does not take them for gone.
    """
    below = pages.c.id == page.id
    if page.cursor == FIRST:
        below = pages.c.source_id == page.source_id
    else:
        prefix = page.cursor + "/"
        inside = and_(pages.c.source_id == page.source_id, pages.c.cursor.startswith(prefix, autoescape=True))
        below = or_(below, inside)
    ids = select(pages.c.id).where(below)
    connection.execute(update(pages).where(below).values(state=UNLISTED, scan_id=scan_id, digest=None))
    return ids


def finish_scan(connection: Connection, scan_id: int, now: str) -> int:
    """Mark as gone what stood on pages that no longer exist, and the scan as finished; answers how many items went."""
    scanned = select(pages.c.source_id).where(pages.c.scan_id == scan_id)
    lost = and_(pages.c.source_id.in_(scanned), pages.c.scan_id != scan_id)
    gone = 0
    if connection.scalar(select(func.count()).select_from(pages).where(lost)):
        missing = and_(items.c.page_id.in_(select(pages.c.id).where(lost)), items.c.state != ItemState.GONE)
        gone = connection.execute(update(items).where(missing).values(state=ItemState.GONE)).rowcount
        connection.execute(update(pages).where(lost).values(digest=None))
    connection.execute(update(scans).where(scans.c.id == scan_id).values(finished=now))
    return gone
