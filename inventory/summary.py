"""Totals of what scans found, made at their end, so that millions of items answer an administrator at once.

A source's totals are replaced as a whole when something in it changed. They leave out what is gone, except in the
counts by state.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
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
from inventory.records import Coverage, ItemState, microseconds_of
from inventory.tables import (
    area_totals,
    content_features,
    extensions,
    feature_totals,
    inspections,
    items,
    owner_totals,
    pages,
    reasons,
    scans,
    sources,
    summaries,
)

OTHER = "other"  # the kind of what no inspection and no extension tells to be a document
MAX_YEARS = 30
_YEAR_US = 31_557_600_000_000  # 365.25 days
_FINEST = table(
    "finest_totals",
    *map(
        column,
        ("source_id", "area_id", "owner_id", "kind", "years", "state", "reason_id", "risk", "files", "bytes"),
    ),
)
_NOT_COUNTED = ("HARD_LINK",)  # reasons whose bytes are counted with another item


def summarise(connection: Connection, source_ids: Iterable[int], now: str) -> None:
    """Make the totals of sources anew, as of ``now`` (UTC in ISO 8601)."""
    source_ids = list(source_ids)
    for total in (area_totals, owner_totals, feature_totals, summaries):
        connection.execute(delete(total).where(total.c.source_id.in_(source_ids)))
    # the items are read once; both tables of totals come from what is left of them
    finest = _finest(source_ids, now).compile(connection, compile_kwargs={"literal_binds": True})
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {_FINEST.name} AS {finest}")
    for total in (area_totals, owner_totals):
        _insert(connection, total, _coarser(total))
    connection.exec_driver_sql(f"DROP TABLE {_FINEST.name}")
    _insert(connection, feature_totals, _features(source_ids))
    connection.execute(
        summaries.insert(), [{"source_id": source_id, "made": now} for source_id in source_ids]
    )


def summarise_changed(connection: Connection, source_ids: Iterable[int], changes: int, now: str) -> None:
    """Make the totals of sources anew where a scan wrote something, or where there are none yet."""
    known = set(connection.scalars(select(summaries.c.source_id)))
    wanted = [source_id for source_id in source_ids if changes or source_id not in known]
    if wanted:
        summarise(connection, wanted, now)


def _insert(connection: Connection, target: Table, statement: Select[Any]) -> None:
    connection.execute(target.insert().from_select([one.name for one in target.columns], statement))


def _finest(source_ids: list[int], now: str) -> Select[Any]:
    return _grouped(
        source_ids,
        [
            pages.c.source_id,
            pages.c.area_id,
            items.c.owner_id,
            _kind().label("kind"),
            _years(now).label("years"),
            items.c.state,
            items.c.reason_id,
            _risk().label("risk"),
        ],
    )


def _coarser(target: Table) -> Select[Any]:
    """The totals of a table from the finest ones; what is gone counts in areas alone, where its state shows."""
    dimensions = [_FINEST.c[one.name] for one in target.columns if one.name not in ("files", "bytes")]
    statement = select(*dimensions, func.sum(_FINEST.c.files), func.sum(_FINEST.c.bytes)).group_by(
        *dimensions
    )
    return (
        statement
        if "state" in target.c
        else statement.where(_FINEST.c.state != STATE_NUMBERS[ItemState.GONE])
    )


def _features(source_ids: list[int]) -> Select[Any]:
    dimensions = [pages.c.source_id, pages.c.area_id, content_features.c.feature, _kind(), _risk()]
    found = (content_features, content_features.c.sha256 == items.c.sha256)
    return _grouped(source_ids, dimensions, join=found).where(items.c.state != ItemState.GONE)


def _kind() -> ColumnElement[str]:
    by_name = case((extensions.c.name.in_(sorted(KINDS)), extensions.c.name), else_=OTHER)
    return func.coalesce(inspections.c.kind, by_name)


def _years(now: str) -> ColumnElement[Any]:
    age_us = literal(microseconds_of(now)) - items.c.modified_us
    years = age_us // _YEAR_US
    return case(
        (items.c.modified_us.is_(None), None), (age_us < 0, 0), (years > MAX_YEARS, MAX_YEARS), else_=years
    )


def _bytes() -> ColumnElement[int]:
    """The sum of sizes, each file once."""
    again = select(reasons.c.id).where(reasons.c.code.in_(_NOT_COUNTED)).scalar_subquery()
    return func.coalesce(func.sum(case((items.c.reason_id == again, 0), else_=items.c.size_bytes)), 0)


def _grouped(source_ids: list[int], dimensions: list[ColumnElement[Any]], *, join: Any = None) -> Select[Any]:
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


def _risk() -> ColumnElement[str]:
    return func.coalesce(inspections.c.risk, literal(""))


def summarised(connection: Connection) -> bool:
    """Whether the totals stand for all that the database holds: no scan is under way, and every source has some."""
    under_way = connection.scalar(select(func.count()).select_from(scans).where(scans.c.finished.is_(None)))
    known = select(summaries.c.source_id)
    without = connection.scalar(select(func.count()).select_from(sources).where(sources.c.id.not_in(known)))
    return not under_way and not without


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
