"""What a scan knows, in the database: pages to list, items found, inspections by content.

Functions take a connection inside a transaction of the caller's; none commits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, bindparam, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from converters.inspection import INSPECTOR_REVISION, Inspection
from inventory.records import Coverage, InspectedItem, Item, ItemState
from inventory.source import FIRST
from inventory.tables import inspections, items, pages, scans, sources

_ROWS_A_FETCH = 500
_NOT_COUNTED = ("HARD_LINK",)  # reasons whose bytes are counted with another item

# attributes of Item that a listing tells, and the columns that hold them
_LISTED = {
    "path": "path",
    "size_bytes": "size_bytes",
    "modified": "modified",
    "created": "created",
    "owner": "owner",
    "group": "group_name",
    "file_id": "file_id",
    "links": "links",
}


def begin_scan(connection: Connection, names: Sequence[str], now: str) -> int:
    """The id of the scan of these sources: the one that was interrupted, or a new one with its first pages."""
    names = sorted(names)
    open_scans = (
        select(scans.c.id, scans.c.sources).where(scans.c.finished.is_(None)).order_by(scans.c.id.desc())
    )
    for row in connection.execute(open_scans):
        if row.sources == names:
            return row.id
    scan_id = _inserted_id(connection, scans, started=now, sources=names)
    for name in names:
        source_id = connection.scalar(select(sources.c.id).where(sources.c.name == name))
        if source_id is None:
            source_id = _inserted_id(connection, sources, name=name)
        add_pages(connection, scan_id, source_id, [FIRST])
    return scan_id


def source_ids(connection: Connection) -> dict[str, int]:
    return {row.name: row.id for row in connection.execute(select(sources.c.name, sources.c.id))}


def add_pages(connection: Connection, scan_id: int, source_id: int, cursors: Iterable[str]) -> None:
    """Put pages on the frontier of a scan, whether known from an earlier scan or new."""
    rows = [
        {"source_id": source_id, "cursor": cursor, "scan_id": scan_id, "state": "pending"}
        for cursor in cursors
    ]
    if not rows:
        return
    # a page that this scan has listed already stays listed: folders that contain themselves end here
    connection.execute(_upsert(connection.dialect.name, pages), rows)


def pending_pages(connection: Connection, scan_id: int, limit: int = _ROWS_A_FETCH) -> Sequence[Any]:
    """Rows (id, source_id, cursor) of pages still to be listed, newest first, so that a tree is walked in depth."""
    statement = (
        select(pages.c.id, pages.c.source_id, pages.c.cursor)
        .where(pages.c.scan_id == scan_id, pages.c.state == "pending")
        .order_by(pages.c.id.desc())
        .limit(limit)
    )
    return connection.execute(statement).all()


def store_page(connection: Connection, page_id: int, source_id: int, found: Iterable[Item]) -> None:
    """Store what a page lists now: new and changed items, items gone since; the page is then listed."""
    known = {
        row.path: row for row in connection.execute(select(items).where(items.c.page_id == page_id)).all()
    }
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for item in found:
        before = known.pop(item.path, None)
        if before is None:
            new.append(_values(item) | {"source_id": source_id, "page_id": page_id})
        elif not _as_before(item, before):
            changed.append(_values(item) | {"item_id": before.id})
    if new:
        connection.execute(_upsert(connection.dialect.name, items), new)
    if changed:
        names: dict[str, Any] = {name: bindparam(name) for name in changed[0] if name != "item_id"}
        connection.execute(items.update().where(items.c.id == bindparam("item_id")).values(names), changed)
    gone = [{"item_id": row.id} for row in known.values() if row.state != ItemState.GONE]
    if gone:
        connection.execute(
            items.update().where(items.c.id == bindparam("item_id")).values(state=ItemState.GONE.value), gone
        )
    _count_hard_links_once(connection, source_id, [row for row in (*new, *changed) if row["links"] > 1])
    connection.execute(pages.update().where(pages.c.id == page_id).values(state="listed"))


def store_unlisted(connection: Connection, page_id: int, source_id: int, item: Item) -> None:
    """Store that a page could not be listed: what was found below it before is neither gone nor readable."""
    values = _values(item) | {"source_id": source_id, "page_id": page_id}
    connection.execute(_upsert(connection.dialect.name, items), [values])
    below = _below(connection, source_id, page_id)
    not_gone = (items.c.page_id.in_(below), items.c.state != ItemState.GONE.value, items.c.path != item.path)
    connection.execute(
        items.update()
        .where(*not_gone)
        .values(state=ItemState.UNREADABLE.value, reason="FOLDER_UNREADABLE", sha256="")
    )
    scan_id = select(pages.c.scan_id).where(pages.c.id == page_id).scalar_subquery()
    # of this scan, so that its end does not take them for gone
    connection.execute(pages.update().where(pages.c.id.in_(below)).values(state="unlisted", scan_id=scan_id))


def finish_scan(connection: Connection, scan_id: int, now: str) -> None:
    """Mark as gone what stood on pages that no longer exist, and the scan as finished."""
    scanned = select(pages.c.source_id).where(pages.c.scan_id == scan_id)
    missing = select(pages.c.id).where(pages.c.source_id.in_(scanned), pages.c.scan_id != scan_id)
    connection.execute(items.update().where(items.c.page_id.in_(missing)).values(state=ItemState.GONE.value))
    connection.execute(scans.update().where(scans.c.id == scan_id).values(finished=now))


def unread_items(connection: Connection, scan_id: int, after: int, limit: int) -> list[tuple[int, Item]]:
    """Items of a scan whose content this program's inspector has not looked at, by id beyond ``after``."""
    statement = (
        _unread(select(items, sources.c.name.label("source")), scan_id)
        .join(sources, sources.c.id == items.c.source_id)
        .where(items.c.id > after)
        .order_by(items.c.id)
        .limit(limit)
    )
    return [(row.id, _item(row)) for row in connection.execute(statement)]


def count_unread(connection: Connection, scan_id: int) -> int:
    return connection.scalar(_unread(select(func.count()).select_from(items), scan_id)) or 0


def _unread(statement: Select[Any], scan_id: int) -> Select[Any]:
    known = select(inspections.c.sha256).where(
        inspections.c.sha256 == items.c.sha256, inspections.c.revision == INSPECTOR_REVISION
    )
    unread = or_(
        items.c.state == ItemState.SEEN.value, and_(items.c.state == ItemState.READ.value, ~known.exists())
    )
    return statement.join(pages, pages.c.id == items.c.page_id).where(pages.c.scan_id == scan_id, unread)


def store_inspection(connection: Connection, item_id: int, inspection: Inspection) -> None:
    """Store what is in an item's content; a deep inspection replaces a cheap one, never the other way round."""
    values = {
        "sha256": inspection.sha256,
        "revision": inspection.revision,
        "level": inspection.level,
        "kind": inspection.kind,
        "family": inspection.family,
        "error": inspection.error,
        "record": inspection.as_json(),
    }
    connection.execute(_upsert(connection.dialect.name, inspections), [values])
    connection.execute(
        items.update()
        .where(items.c.id == item_id)
        .values(state=ItemState.READ.value, reason="", sha256=inspection.sha256)
    )


def store_reason(connection: Connection, item_id: int, state: ItemState, reason: str) -> None:
    connection.execute(items.update().where(items.c.id == item_id).values(state=state.value, reason=reason))


def inspected_items(connection: Connection, source: str | None = None) -> Iterator[InspectedItem]:
    """Every item that exists, by source and path, with its inspection where it has one of this program's revision."""
    statement = (
        select(items, sources.c.name.label("source"), inspections.c.record)
        .join(sources, sources.c.id == items.c.source_id)
        .outerjoin(
            inspections,
            and_(inspections.c.sha256 == items.c.sha256, inspections.c.revision == INSPECTOR_REVISION),
        )
        .where(items.c.state != ItemState.GONE.value)
        .order_by(sources.c.name, items.c.path)
        .execution_options(yield_per=_ROWS_A_FETCH)
    )
    if source is not None:
        statement = statement.where(sources.c.name == source)
    for row in connection.execute(statement):
        yield InspectedItem(_item(row), Inspection.from_json(row.record) if row.record else None)


def coverage(connection: Connection) -> Coverage:
    """What the scans in this database saw; items that are gone count in ``by_state`` alone."""
    span = connection.execute(
        select(func.min(scans.c.started), func.max(func.coalesce(scans.c.finished, "")))
    ).one()
    names = connection.scalars(select(sources.c.name).order_by(sources.c.name)).all()
    states = connection.execute(select(items.c.state, func.count()).group_by(items.c.state)).all()
    by_state: dict[str, int] = {row[0]: row[1] for row in states}
    here = items.c.state != ItemState.GONE.value
    reasons = connection.execute(
        select(items.c.reason, func.count()).where(here, items.c.reason != "").group_by(items.c.reason)
    ).all()
    size = connection.scalar(
        select(func.coalesce(func.sum(items.c.size_bytes), 0)).where(
            here, items.c.reason.not_in(_NOT_COUNTED)
        )
    )
    return Coverage(
        sources=tuple(names),
        started=span[0] or "",
        finished=span[1] or "",
        items=sum(count for state, count in by_state.items() if state != ItemState.GONE),
        bytes=int(size or 0),
        by_state=by_state,
        by_reason={row[0]: row[1] for row in reasons},
    )


def kinds(connection: Connection) -> dict[str, int]:
    """How many items that exist are of which kind, the most frequent first; items without inspection do not count."""
    statement = (
        select(inspections.c.kind, func.count())
        .select_from(items.join(inspections, inspections.c.sha256 == items.c.sha256))
        .where(items.c.state == ItemState.READ.value, inspections.c.revision == INSPECTOR_REVISION)
        .group_by(inspections.c.kind)
        .order_by(func.count().desc(), inspections.c.kind)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def _values(item: Item) -> dict[str, Any]:
    values = {column: getattr(item, attribute) for attribute, column in _LISTED.items()}
    return values | {"state": item.state.value, "reason": item.reason, "sha256": item.sha256}


def _item(row: Any) -> Item:
    listed: Mapping[str, Any] = {attribute: getattr(row, column) for attribute, column in _LISTED.items()}
    return Item(source=row.source, state=ItemState(row.state), reason=row.reason, sha256=row.sha256, **listed)


def _as_before(item: Item, before: Any) -> bool:
    """Whether the stored row, with what is known of its content, still stands for a listed item."""
    content = (item.size_bytes, item.modified, item.file_id) == (
        before.size_bytes,
        before.modified,
        before.file_id,
    )
    if not content or (item.owner, item.group, item.links) != (before.owner, before.group_name, before.links):
        return False
    if item.state is not ItemState.SEEN:
        return (item.state.value, item.reason) == (before.state, before.reason)
    # unreadable then may be readable now; a hard link is decided anew
    return before.state in (ItemState.READ.value, ItemState.SEEN.value) or before.reason == "NOT_OFFICE"


def _count_hard_links_once(connection: Connection, source_id: int, rows: list[dict[str, Any]]) -> None:
    """Of names that share a file, the first stays; the others are skipped."""
    for row in rows:
        if not row["file_id"] or row["state"] != ItemState.SEEN.value:
            continue
        other = (
            select(items.c.id)
            .where(
                items.c.source_id == source_id,
                items.c.file_id == row["file_id"],
                items.c.path != row["path"],
                items.c.state.in_((ItemState.SEEN.value, ItemState.READ.value)),
            )
            .limit(1)
        )
        if connection.scalar(other) is not None:
            connection.execute(
                items.update()
                .where(items.c.source_id == source_id, items.c.path == row["path"])
                .values(state=ItemState.SKIPPED.value, reason="HARD_LINK")
            )


def _below(connection: Connection, source_id: int, page_id: int) -> Any:
    """The ids of a page and of those whose cursor lies below it."""
    cursor = connection.scalar(select(pages.c.cursor).where(pages.c.id == page_id)) or FIRST
    below = pages.c.id == page_id
    if cursor == FIRST:
        below = pages.c.source_id == source_id
    else:
        prefix = cursor + "/"
        below = or_(
            below, and_(pages.c.source_id == source_id, pages.c.cursor.startswith(prefix, autoescape=True))
        )
    return select(pages.c.id).where(below)


def _inserted_id(connection: Connection, table: Table, **values: Any) -> int:
    """Insert a row and answer its id."""
    return connection.execute(table.insert().values(values).returning(table.c.id)).scalar_one()


@cache
def _upsert(dialect: str, table: Table) -> Any:
    """An insert that replaces the row of the same key, which both databases spell alike; made once, for it is costly."""
    statement = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    key, condition = _KEYS[table.name]
    replaced = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in key and column.name != "id"
    }
    return statement.on_conflict_do_update(
        index_elements=key, set_=replaced, where=condition(statement.excluded)
    )


# table -> its unique key, and when the row that is there is replaced, given the row that comes
_KEYS: dict[str, tuple[tuple[str, ...], Callable[[Any], Any]]] = {
    pages.name: (("source_id", "cursor"), lambda coming: pages.c.scan_id != coming.scan_id),
    items.name: (("source_id", "path"), lambda _coming: None),
    inspections.name: (("sha256", "revision"), lambda _coming: inspections.c.level == "cheap"),
}
