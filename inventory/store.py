"""Items and what is in them, in the database: what to read, what was read, what is known.

Functions take a connection inside a transaction of the caller's; none commits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select, update

from converters.inspection import INSPECTOR_REVISION, Inspection
from inventory.bulk import execute_rows
from inventory.columns import STATE_NUMBERS
from inventory.persons import People
from inventory.records import InspectedItem, Item, ItemState
from inventory.risk import rule_of
from inventory.tables import (
    accounts,
    applications,
    authors,
    inspections,
    items,
    pages,
    reasons,
    sources,
)
from inventory.words import Words

# what became of an item: its number, state and reason, and what is in it
Result = tuple[int, ItemState, str, Inspection | None]

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


def item_query() -> Select[Any]:
    """A query of items whose rows :func:`item_by_row` reads."""
    return _joined(select(*_ITEM))


def item_by_row(row: Any) -> Item:
    return _item(row)


def path_of(cursor: str, name: str) -> str:
    """The path of an item, from its page's cursor and its name in the table."""
    if name.startswith("/"):
        return name[1:]
    return f"{cursor}/{name}" if cursor else name


def unread_items(connection: Connection, *, scan_id: int, after: int, limit: int) -> list[tuple[int, Item]]:
    """Items of a scan whose content this program's inspector has not looked at, by id beyond ``after``."""
    return _some_items(connection, _unread(scan_id), after, limit)


def count_unread(connection: Connection, scan_id: int) -> int:
    return _count_items(connection, _unread(scan_id))


def shallow_items(
    connection: Connection, *, scan_id: int, asked: bool, after: int, limit: int
) -> list[tuple[int, Item]]:
    """Items of a scan that were looked into at the cheap level alone, by id beyond ``after``.

    With ``asked``, only those whose inspection asks for the deep level.
    """
    return _some_items(connection, _shallow(scan_id, asked), after, limit)


def count_shallow(connection: Connection, scan_id: int, asked: bool) -> int:
    return _count_items(connection, _shallow(scan_id, asked))


def _some_items(connection: Connection, wanted: Any, after: int, limit: int) -> list[tuple[int, Item]]:
    statement = _joined(select(*_ITEM)).where(wanted, items.c.id > after).order_by(items.c.id).limit(limit)
    return [(row.id, _item(row)) for row in connection.execute(statement)]


def _count_items(connection: Connection, wanted: Any) -> int:
    counted = select(func.count()).select_from(items).join(pages, pages.c.id == items.c.page_id)
    return connection.scalar(counted.where(wanted)) or 0


def _unread(scan_id: int) -> Any:
    known = select(inspections.c.sha256).where(
        inspections.c.sha256 == items.c.sha256, inspections.c.revision == INSPECTOR_REVISION
    )
    unread = or_(items.c.state == ItemState.SEEN, and_(items.c.state == ItemState.READ, ~known.exists()))
    return and_(pages.c.scan_id == scan_id, unread)


def _shallow(scan_id: int, asked: bool) -> Any:
    levels = [ASKING] if asked else [ASKING, "cheap"]
    shallow = select(inspections.c.sha256).where(
        inspections.c.sha256 == items.c.sha256,
        inspections.c.revision == INSPECTOR_REVISION,
        inspections.c.level.in_(levels),
        inspections.c.error == "",
    )
    return and_(pages.c.scan_id == scan_id, items.c.state == ItemState.READ, shallow.exists())


class ContentStore:
    """Stores what reading found; of no use any more after a transaction that failed."""

    def __init__(self, people: People | None = None) -> None:
        self._people = people or People()
        self._reasons = Words(reasons, "code")
        self._applications = Words(applications, "name", empty=True)
        self._authors = Words(authors, "name", empty=True)
        self.changes = 0

    def store_results(self, connection: Connection, results: Iterable[Result]) -> None:
        """Store what became of items.

        A deep inspection replaces a cheap one, never the other way round.
        """
        read: list[tuple[int, Inspection]] = []
        for item_id, state, reason, inspection in results:
            if inspection is None:
                self.store_reason(connection, item_id, state, reason)
            else:
                read.append((item_id, self._people.inspection(inspection)))
        self._applications.learn(connection, [found.application for _id, found in read])
        self._authors.learn(connection, [author_of(found) for _id, found in read])
        store_inspections(connection, [found for _id, found in read], self._numbers)
        execute_rows(connection, _READ_ITEM, [(bytes.fromhex(found.sha256), id) for id, found in read])
        self.changes += len(read)

    def store_failure(self, connection: Connection, item: Item, error: str) -> None:
        """Store that the deep level failed on a content: what the cheap level found stays, and it is not asked again."""
        record = connection.scalar(
            select(inspections.c.record).where(
                inspections.c.sha256 == item.sha256, inspections.c.revision == INSPECTOR_REVISION
            )
        )
        if record is not None:
            failed = replace(Inspection.from_json(record), level="deep", asks=(), error=error)
            self._applications.learn(connection, [failed.application])
            self._authors.learn(connection, [author_of(failed)])
            store_inspections(connection, [failed], self._numbers)
            self.changes += 1

    def _numbers(self, inspection: Inspection) -> tuple[int | None, int | None]:
        return self._applications.known[inspection.application], self._authors.known[author_of(inspection)]

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


def store_inspections(
    connection: Connection,
    found: Iterable[Inspection],
    numbers_of: Callable[[Inspection], tuple[int | None, int | None]],
) -> None:
    """Store what is in several contents; ``numbers_of`` answers those of the application and of the author."""
    by_content: dict[str, Inspection] = {}
    for inspection in found:
        known = by_content.get(inspection.sha256)
        if known is None or known.level != "deep":
            by_content[inspection.sha256] = inspection
    for digest in _known_deeply(connection, [one for one in by_content.values() if one.level != "deep"]):
        del by_content[digest]
    rows = [_row(inspection, numbers_of(inspection)) for inspection in by_content.values()]
    execute_rows(connection, _PUT_INSPECTION, rows)
    digests = [bytes.fromhex(digest) for digest in by_content]
    execute_rows(connection, _FORGET_FEATURES, [(digest,) for digest in digests])
    features = [
        (digest, code)
        for digest, inspection in zip(digests, by_content.values(), strict=True)
        for code in sorted({feature.code for feature in inspection.features})
    ]
    execute_rows(connection, _PUT_FEATURE, features)


def _known_deeply(connection: Connection, found: list[Inspection]) -> list[str]:
    """Those contents of which there is a deep inspection of the same revision already."""
    if not found:
        return []
    known = select(inspections.c.sha256).where(
        inspections.c.sha256.in_([one.sha256 for one in found]),
        inspections.c.revision == found[0].revision,
        inspections.c.level == "deep",
    )
    return list(connection.scalars(known))


def _row(inspection: Inspection, numbers: tuple[int | None, int | None]) -> tuple[Any, ...]:
    """A row of inspections, in the order of its columns."""
    rule = rule_of(inspection)
    return (
        bytes.fromhex(inspection.sha256),
        inspection.revision,
        ASKING if inspection.asks else inspection.level,
        inspection.kind,
        inspection.family,
        inspection.error,
        rule.risk.value,
        json.dumps(inspection.as_json(), sort_keys=True),
        *numbers,
        rule.code,
    )


ASKING = "asking"  # the level of a cheap inspection that asks for a deep one
_COLUMNS = [column.name for column in inspections.columns]
_PUT_INSPECTION = (
    f"INSERT INTO inspections ({', '.join(_COLUMNS)}) VALUES ({', '.join(['{0}'] * len(_COLUMNS))}) "  # noqa: S608
    f"ON CONFLICT (sha256, revision) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS)}"
)
_FORGET_FEATURES = "DELETE FROM content_features WHERE sha256 = {0}"
_PUT_FEATURE = "INSERT INTO content_features (sha256, feature) VALUES ({0}, {0})"
_READ_ITEM = (
    f"UPDATE items SET state = {STATE_NUMBERS[ItemState.READ]}, reason_id = NULL, sha256 = {{0}} "  # noqa: S608
    "WHERE id = {0}"
)


def inspected_items(connection: Connection, source: str | None = None) -> Iterator[InspectedItem]:
    """Every item that exists, by source, folder and name, with its inspection of this program's revision, if any."""
    statement = _joined(select(*_ITEM, inspections.c.record)).outerjoin(
        inspections,
        and_(inspections.c.sha256 == items.c.sha256, inspections.c.revision == INSPECTOR_REVISION),
    )
    for row in connection.execute(_in_order(statement, source)):
        yield InspectedItem(_item(row), Inspection.from_json(row.record) if row.record else None)


def item_rows(connection: Connection, source: str | None = None) -> Iterator[tuple[int, Item]]:
    """Every item that exists with the number of its page, by source, page and name."""
    for row in connection.execute(_in_order(_joined(select(*_ITEM)), source)):
        yield row.page_id, _item(row)


def _in_order(statement: Select[Any], source: str | None) -> Select[Any]:
    """The items that exist, of one source or of all, by source, folder and name."""
    if source is not None:
        statement = statement.where(sources.c.name == source)
    return (
        statement.where(items.c.state != ItemState.GONE)
        .order_by(sources.c.name, pages.c.cursor, items.c.name)
        .execution_options(yield_per=_ROWS_A_FETCH)
    )


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
