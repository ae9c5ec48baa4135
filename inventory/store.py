"""Items and what is in them, in the database: what to read, what was read, what is known.

Functions take a connection inside a transaction of the caller's; none commits.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from converters.inspection import INSPECTOR_REVISION, Inspection
from inventory.persons import People
from inventory.records import InspectedItem, Item, ItemState
from inventory.risk import risk_of
from inventory.tables import (
    accounts,
    applications,
    authors,
    content_features,
    inspections,
    items,
    pages,
    reasons,
    sources,
)
from inventory.words import Words

_ROWS_A_FETCH = 500

_groups = accounts.alias("account_groups")

# everything an Item is made of
_ITEM = (
    items,
    pages.c.cursor,
    sources.c.name.label("source"),
    reasons.c.code.label("reason"),
    accounts.c.name.label("owner"),
    _groups.c.name.label("group_name"),
)


def _joined(statement: Select[Any]) -> Select[Any]:
    """A query of items with the tables that make them readable."""
    return (
        statement.join(pages, pages.c.id == items.c.page_id)
        .join(sources, sources.c.id == pages.c.source_id)
        .outerjoin(reasons, reasons.c.id == items.c.reason_id)
        .outerjoin(accounts, accounts.c.id == items.c.owner_id)
        .outerjoin(_groups, _groups.c.id == items.c.group_id)
    )


def _item(row: Any) -> Item:
    return Item(
        source=row.source,
        path=path_of(row.cursor, row.name),
        size_bytes=row.size_bytes,
        modified_us=row.modified_us,
        state=row.state,
        reason=row.reason or "",
        owner=row.owner or "",
        group=row.group_name or "",
        created_us=row.created_us,
        file_id=row.file_id,
        sha256=row.sha256 or "",
        links=row.links,
    )


def path_of(cursor: str, name: str) -> str:
    """The path of an item, from its page's cursor and its name in the table."""
    if name.startswith("/"):
        return name[1:]
    return f"{cursor}/{name}" if cursor else name


def unread_items(connection: Connection, scan_id: int, after: int, limit: int) -> list[tuple[int, Item]]:
    """Items of a scan whose content this program's inspector has not looked at, by id beyond ``after``."""
    statement = (
        _joined(select(*_ITEM)).where(_unread(scan_id), items.c.id > after).order_by(items.c.id).limit(limit)
    )
    return [(row.id, _item(row)) for row in connection.execute(statement)]


def count_unread(connection: Connection, scan_id: int) -> int:
    counted = select(func.count()).select_from(items).join(pages, pages.c.id == items.c.page_id)
    return connection.scalar(counted.where(_unread(scan_id))) or 0


def _unread(scan_id: int) -> Any:
    known = select(inspections.c.sha256).where(
        inspections.c.sha256 == items.c.sha256, inspections.c.revision == INSPECTOR_REVISION
    )
    unread = or_(items.c.state == ItemState.SEEN, and_(items.c.state == ItemState.READ, ~known.exists()))
    return and_(pages.c.scan_id == scan_id, unread)


class ContentStore:
    """Stores what reading found; of no use any more after a transaction that failed."""

    def __init__(self, people: People | None = None) -> None:
        self._people = people or People()
        self._reasons = Words(reasons, "code")
        self._applications = Words(applications, "name", empty=True)
        self._authors = Words(authors, "name", empty=True)
        self.changes = 0

    def store_inspection(self, connection: Connection, item_id: int, inspection: Inspection) -> None:
        """Store what is in an item's content; a deep inspection replaces a cheap one, never the other way round."""
        inspection = self._people.inspection(inspection)
        store_inspection(
            connection,
            inspection,
            application_id=self._applications.number(connection, inspection.application),
            author_id=self._authors.number(connection, author_of(inspection)),
        )
        values = {"state": ItemState.READ, "reason_id": None, "sha256": inspection.sha256}
        connection.execute(update(items).where(items.c.id == item_id).values(values))
        self.changes += 1

    def store_reason(self, connection: Connection, item_id: int, state: ItemState, reason: str) -> None:
        """Store why an item's content was not looked at. What could not be read is asked for again by the next scan."""
        values = {"state": state, "reason_id": self._reasons.number(connection, reason)}
        connection.execute(update(items).where(items.c.id == item_id).values(values))
        if state is ItemState.UNREADABLE:
            page_id = select(items.c.page_id).where(items.c.id == item_id).scalar_subquery()
            connection.execute(update(pages).where(pages.c.id == page_id).values(digest=None))
        self.changes += 1


def author_of(inspection: Inspection) -> str:
    """Who saved a document last or, where that is not told, who made it."""
    return inspection.metadata.get("last_modified_by") or inspection.metadata.get("creator") or ""


def store_inspection(connection: Connection, inspection: Inspection, **numbers: int | None) -> None:
    """Store what is in some content, whatever files hold it; ``numbers`` are those of what repeats."""
    values = {
        "sha256": inspection.sha256,
        "revision": inspection.revision,
        "level": inspection.level,
        "kind": inspection.kind,
        "family": inspection.family,
        "error": inspection.error,
        "risk": risk_of(inspection).value,
        "record": inspection.as_json(),
        **numbers,
    }
    connection.execute(_put_inspection(connection.dialect.name), [values])
    connection.execute(delete(content_features).where(content_features.c.sha256 == inspection.sha256))
    found = sorted({feature.code for feature in inspection.features})
    if found:
        rows = [{"sha256": inspection.sha256, "feature": feature} for feature in found]
        connection.execute(content_features.insert(), rows)


@cache
def _put_inspection(dialect: str) -> Any:
    """An insert that replaces a cheap inspection, which both databases spell alike; made once, for it is costly."""
    statement = (postgresql if dialect == "postgresql" else sqlite).insert(inspections)
    key = ("sha256", "revision")
    replaced = {
        column.name: statement.excluded[column.name]
        for column in inspections.columns
        if column.name not in key
    }
    return statement.on_conflict_do_update(
        index_elements=key, set_=replaced, where=inspections.c.level == "cheap"
    )


def inspected_items(connection: Connection, source: str | None = None) -> Iterator[InspectedItem]:
    """Every item that exists, by source, folder and name, with its inspection of this program's revision, if any."""
    statement = (
        _joined(select(*_ITEM, inspections.c.record))
        .outerjoin(
            inspections,
            and_(inspections.c.sha256 == items.c.sha256, inspections.c.revision == INSPECTOR_REVISION),
        )
        .where(items.c.state != ItemState.GONE)
        .order_by(sources.c.name, pages.c.cursor, items.c.name)
        .execution_options(yield_per=_ROWS_A_FETCH)
    )
    if source is not None:
        statement = statement.where(sources.c.name == source)
    for row in connection.execute(statement):
        yield InspectedItem(_item(row), Inspection.from_json(row.record) if row.record else None)


def item_rows(connection: Connection, source: str | None = None) -> Iterator[tuple[int, Item]]:
    """Every item that exists with the number of its page, by source, page and name."""
    statement = (
        _joined(select(*_ITEM))
        .where(items.c.state != ItemState.GONE)
        .order_by(sources.c.name, pages.c.cursor, items.c.name)
        .execution_options(yield_per=_ROWS_A_FETCH)
    )
    if source is not None:
        statement = statement.where(sources.c.name == source)
    for row in connection.execute(statement):
        yield row.page_id, _item(row)


def kinds(connection: Connection) -> dict[str, int]:
    """How many items that exist are of which kind, the most frequent first; items without inspection do not count."""
    statement = (
        select(inspections.c.kind, func.count())
        .select_from(items.join(inspections, inspections.c.sha256 == items.c.sha256))
        .where(items.c.state == ItemState.READ, inspections.c.revision == INSPECTOR_REVISION)
        .group_by(inspections.c.kind)
        .order_by(func.count().desc(), inspections.c.kind)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}
