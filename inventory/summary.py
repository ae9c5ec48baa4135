"""Totals of what scans found, made at their end, so that millions of items answer an administrator at once.

A source's totals are replaced as a whole when something in it changed. They leave out what is gone, except in the
counts by state.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    and_,
    case,
    column,
    delete,
    func,
    literal,
    select,
    table,
)

from converters.inspection import INSPECTOR_REVISION
from converters.kinds import KINDS
from inventory.columns import STATE_NUMBERS
from inventory.database import transaction
from inventory.item_risk import YEAR_US, item_risk, item_rule
from inventory.moments import microseconds_of
from inventory.records import Coverage, ItemState
from inventory.tables import (
    application_totals,
    area_totals,
    author_totals,
    content_features,
    content_totals,
    copies,
    extensions,
    feature_totals,
    inspections,
    items,
    mark_totals,
    owner_totals,
    pages,
    reasons,
    rule_totals,
    scans,
    sources,
    summaries,
)

OTHER = "other"  # the kind of what no inspection and no extension tells to be a document
MAX_YEARS = 30
_FINEST = table(
    "finest_totals",
    *map(
        column,
        (
            "source_id",
            "area_id",
            "owner_id",
            "kind",
            "years",
            "state",
            "reason_id",
            "rule",
            "risk",
            "files",
            "bytes",
        ),
    ),
)
_WRITTEN = table(
    "written_totals",
    *map(column, ("source_id", "area_id", "author_id", "application_id", "kind", "risk", "files", "bytes")),
)
_CONTENTS = table("found_contents", *map(column, ("sha256", "files", "files_read", "size_bytes")))
_PER_SOURCE = (
    area_totals,
    owner_totals,
    author_totals,
    application_totals,
    feature_totals,
    rule_totals,
    mark_totals,
    summaries,
)
_NOT_COUNTED = ("HARD_LINK",)  # reasons whose bytes are counted with another item


def summarise(connection: Connection, source_ids: Iterable[int], now: str) -> None:
    """Make the totals of sources anew, as of ``now`` (UTC in ISO 8601)."""
    source_ids = list(source_ids)
    for total in _PER_SOURCE:
        connection.execute(delete(total).where(total.c.source_id.in_(source_ids)))
    # the totals come from finer ones, for which the items are read once and those with a hash, most often few, again
    for finest, statements, coarser in (
        (
            _FINEST,
            (_with_content(source_ids, now), _without_content(source_ids, now)),
            (area_totals, owner_totals, rule_totals),
        ),
        (_WRITTEN, (_written(source_ids, now),), (author_totals, application_totals)),
    ):
        for number, statement in enumerate(statements):
            made = statement.compile(connection, compile_kwargs={"literal_binds": True})
            into = f"INSERT INTO {finest.name}" if number else f"CREATE TEMPORARY TABLE {finest.name} AS"
            connection.exec_driver_sql(f"{into} {made}")
        for total in coarser:
            _insert(connection, total, _coarser(finest, total))
        connection.exec_driver_sql(f"DROP TABLE {finest.name}")
    _insert(connection, feature_totals, _features(source_ids, now))
    _insert(connection, mark_totals, _marks(source_ids))
    summarise_contents(connection)
    connection.execute(
        summaries.insert(), [{"source_id": source_id, "made": now} for source_id in source_ids]
    )


def summarise_all(connection: Connection, now: str) -> None:
    """Make the totals of every source anew, as where another rule changed the class of items in any of them."""
    summarise(connection, connection.scalars(select(sources.c.id)), now)


def summarise_contents(connection: Connection) -> None:
    """Make the totals of contents anew: which stand in several files, and how much is left of each kind without."""
    for total in (copies, content_totals):
        connection.execute(delete(total))
    read = func.sum(case((items.c.state == ItemState.READ, 1), else_=0))
    found = (
        select(
            items.c.sha256,
            func.count().label("files"),
            read.label("files_read"),
            func.max(items.c.size_bytes).label("size_bytes"),
        )
        .where(items.c.sha256.is_not(None), items.c.state != ItemState.GONE)
        .group_by(items.c.sha256)
    )
    made = found.compile(connection, compile_kwargs={"literal_binds": True})
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {_CONTENTS.name} AS {made}")
    files, size = _CONTENTS.c.files, _CONTENTS.c.size_bytes
    _insert(
        connection,
        copies,
        select(_CONTENTS.c.sha256, files, size, (files - 1) * size).where(files > 1),
    )
    counted = (
        select(
            inspections.c.kind,
            func.sum(_CONTENTS.c.files_read),
            func.sum(_CONTENTS.c.files_read * size),
            func.count(),
            func.sum(size),
        )
        .join(_CONTENTS, _CONTENTS.c.sha256 == inspections.c.sha256)
        .where(inspections.c.revision == INSPECTOR_REVISION, _CONTENTS.c.files_read > 0)
        .group_by(inspections.c.kind)
    )
    _insert(connection, content_totals, counted)
    connection.exec_driver_sql(f"DROP TABLE {_CONTENTS.name}")


def summarise_changed(connection: Connection, source_ids: Iterable[int], changes: int, now: str) -> None:
    """Make the totals of sources anew where a scan wrote something, or where there are none yet."""
    known = set(connection.scalars(select(summaries.c.source_id)))
    wanted = [source_id for source_id in source_ids if changes or source_id not in known]
    if wanted:
        summarise(connection, wanted, now)


def summarise_missing(database: Engine, now: str) -> None:
    """Make the totals of sources that have none, as after an upgrade of the schema; never while a scan is under way."""
    with database.connect() as connection:
        if summarised(connection) or under_way(connection):
            return
        missing = select(sources.c.id).where(sources.c.id.not_in(select(summaries.c.source_id)))
        wanted = list(connection.scalars(missing))
    with transaction(database) as connection:
        summarise(connection, wanted, now)


def _insert(connection: Connection, target: Table, statement: Select[Any]) -> None:
    connection.execute(target.insert().from_select([one.name for one in target.columns], statement))


def _with_content(source_ids: list[int], now: str) -> Select[Any]:
    """The finest totals of items whose content was read."""
    dimensions = [
        pages.c.source_id,
        pages.c.area_id,
        func.coalesce(items.c.owner_id, pages.c.owner_id).label("owner_id"),
        _kind().label("kind"),
        _years(now).label("years"),
        items.c.state,
        items.c.reason_id,
        item_rule(now).label("rule"),
        item_risk(now).label("risk"),
    ]
    return _grouped(source_ids, dimensions).where(items.c.sha256.is_not(None))


def _without_content(source_ids: list[int], now: str) -> Select[Any]:
    """The finest totals of the other items, which no rule gives a class. Grouped by numbers alone, at half the cost."""
    owner = func.coalesce(items.c.owner_id, pages.c.owner_id).label("owner_id")
    dimensions = [
        pages.c.source_id,
        pages.c.area_id,
        owner,
        items.c.extension_id,
        _years(now).label("years"),
        items.c.state,
        items.c.reason_id,
    ]
    counted = (
        select(*dimensions, func.count().label("files"), _bytes().label("bytes"))
        .join(pages, pages.c.id == items.c.page_id)
        .where(pages.c.source_id.in_(source_ids), items.c.sha256.is_(None))
        .group_by(*dimensions)
        .subquery()
    )
    nothing = literal("")
    return select(
        counted.c.source_id,
        counted.c.area_id,
        counted.c.owner_id,
        _kind_by_name().label("kind"),
        counted.c.years,
        counted.c.state,
        counted.c.reason_id,
        nothing.label("rule"),
        nothing.label("risk"),
        counted.c.files,
        counted.c.bytes,
    ).join(extensions, extensions.c.id == counted.c.extension_id)


def _coarser(finest: Any, target: Table) -> Select[Any]:
    """The totals of a table from finer ones; what is gone counts in areas alone, where its state shows."""
    dimensions = [finest.c[one.name] for one in target.columns if one.name not in ("files", "bytes")]
    statement = select(*dimensions, func.sum(finest.c.files), func.sum(finest.c.bytes)).group_by(*dimensions)
    if "state" in target.c or "state" not in finest.c:
        return statement
    return statement.where(finest.c.state != STATE_NUMBERS[ItemState.GONE])


def _written(source_ids: list[int], now: str) -> Select[Any]:
    """Documents that were looked into, by who saved them and with what."""
    dimensions = [
        pages.c.source_id,
        pages.c.area_id,
        inspections.c.author_id,
        inspections.c.application_id,
        _kind().label("kind"),
        item_risk(now).label("risk"),
    ]
    return _grouped(source_ids, dimensions).where(
        items.c.sha256.is_not(None),
        items.c.state == ItemState.READ,
        inspections.c.family.not_in(("", OTHER)),
    )


def _marks(source_ids: list[int]) -> Select[Any]:
    size = func.sum(items.c.size_bytes)
    marked = (  # grouped first, so that the index of marks is read and not every item of a source
        select(items.c.page_id, items.c.marks, func.count().label("files"), size.label("bytes"))
        .where(items.c.marks > 0, items.c.state != ItemState.GONE)
        .group_by(items.c.page_id, items.c.marks)
        .subquery()
    )
    files, bytes_ = func.sum(marked.c.files), func.sum(marked.c.bytes)
    return (
        select(pages.c.source_id, pages.c.area_id, marked.c.marks, files, bytes_)
        .join(pages, pages.c.id == marked.c.page_id)
        .where(pages.c.source_id.in_(source_ids))
        .group_by(pages.c.source_id, pages.c.area_id, marked.c.marks)
    )


def _features(source_ids: list[int], now: str) -> Select[Any]:
    dimensions = [pages.c.source_id, pages.c.area_id, content_features.c.feature, _kind(), item_risk(now)]
    found = (content_features, content_features.c.sha256 == items.c.sha256)
    return _grouped(source_ids, dimensions, join=found).where(
        items.c.sha256.is_not(None), items.c.state != ItemState.GONE
    )


def _kind() -> ColumnElement[str]:
    return func.coalesce(inspections.c.kind, _kind_by_name())


def _kind_by_name() -> ColumnElement[str]:
    return case((extensions.c.name.in_(sorted(KINDS)), extensions.c.name), else_=OTHER)


def _years(now: str) -> ColumnElement[Any]:
    age_us = literal(microseconds_of(now)) - items.c.modified_us
    years = age_us // YEAR_US
    return case(
        (items.c.modified_us.is_(None), None), (age_us < 0, 0), (years > MAX_YEARS, MAX_YEARS), else_=years
    )


def _bytes() -> ColumnElement[int]:
    """The sum of sizes, each file once."""
    again = select(reasons.c.id).where(reasons.c.code.in_(_NOT_COUNTED)).scalar_subquery()
    return func.coalesce(func.sum(case((items.c.reason_id == again, 0), else_=items.c.size_bytes)), 0)


def _grouped(
    source_ids: list[int], dimensions: Sequence[ColumnElement[Any]], *, join: Any = None
) -> Select[Any]:
    here = (
        items.join(pages, pages.c.id == items.c.page_id)
        .join(extensions, extensions.c.id == items.c.extension_id)
        .outerjoin(
            inspections,
            and_(inspections.c.sha256 == items.c.sha256, inspections.c.revision == INSPECTOR_REVISION),
        )
    )
    if join is not None:
        here = here.join(*join)
    return (
        select(*dimensions, func.count().label("files"), _bytes().label("bytes"))
        .select_from(here)
        .where(pages.c.source_id.in_(source_ids))
        .group_by(*dimensions)
    )


def summarised(connection: Connection) -> bool:
    """Whether the totals stand for all that the database holds: no scan is under way, and every source has some."""
    known = select(summaries.c.source_id)
    without = connection.scalar(select(func.count()).select_from(sources).where(sources.c.id.not_in(known)))
    return not under_way(connection) and not without


def under_way(connection: Connection) -> bool:
    """Whether a scan is not finished."""
    unfinished = select(func.count()).select_from(scans).where(scans.c.finished.is_(None))
    return bool(connection.scalar(unfinished))


def coverage(connection: Connection) -> Coverage:
    """What the scans in this database saw; items that are gone count in ``by_state`` alone."""
    span = connection.execute(
        select(func.min(scans.c.started), func.max(func.coalesce(scans.c.finished, "")))
    ).one()
    names = connection.scalars(select(sources.c.name).order_by(sources.c.name)).all()
    by_state: dict[str, int] = {}
    by_reason: dict[str, int] = {}
    total = size = 0
    for state, reason, files, bytes_ in connection.execute(_counted(connection)):
        by_state[state.value] = by_state.get(state.value, 0) + files
        if state is ItemState.GONE:
            continue
        total += files
        size += bytes_
        if reason:
            by_reason[reason] = by_reason.get(reason, 0) + files
    return Coverage(
        sources=tuple(names),
        started=span[0] or "",
        finished=span[1] or "",
        items=total,
        bytes=size,
        by_state=dict(sorted(by_state.items())),
        by_reason=dict(sorted(by_reason.items())),
    )


def _counted(connection: Connection) -> Select[Any]:
    """State, reason, files and bytes: from the totals, or from the items themselves while a scan is under way."""
    if summarised(connection):
        return (
            select(
                area_totals.c.state,
                reasons.c.code,
                func.sum(area_totals.c.files),
                func.sum(area_totals.c.bytes),
            )
            .outerjoin(reasons, reasons.c.id == area_totals.c.reason_id)
            .group_by(area_totals.c.state, reasons.c.code)
        )
    return (
        select(items.c.state, reasons.c.code, func.count(), _bytes())
        .outerjoin(reasons, reasons.c.id == items.c.reason_id)
        .group_by(items.c.state, reasons.c.code)
    )
