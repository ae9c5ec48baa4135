"""The same cause in many cases: IT learns of it once, with every file that it touches, rather than by thirty tickets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, Connection, Engine, String, Table, Text, func, or_, select, type_coerce

from inventory import moments
from inventory.columns import PathText
from inventory.database import metadata, transaction
from migrate.helpdesk.cases import Case, cases_since
from migrate.helpdesk.causes import losses_behind
from migrate.ledger import jobs

LEAST_FILES = 3  # with one cause, for an alert
DAYS = 30  # that cases count
_LOOKED_AT = 500_000  # newest conversions among which files with the same losses are looked for

handled_alerts = Table(
    "handled_alerts",
    metadata,
    Column("cause", String(40), primary_key=True),
    Column("handled", String(32), nullable=False),
    Column("visitor", PathText, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Alert:
    """``cases`` of one cause, the oldest first, about ``files`` different files."""

    cause: str
    cases: tuple[Case, ...]
    files: int

    @property
    def first(self) -> str:
        return self.cases[0].created

    @property
    def newest(self) -> str:
        return self.cases[-1].created


@dataclass(frozen=True, slots=True)
class Affected:
    """A converted file that lost what is behind a cause."""

    source: str
    target: str
    finished: str


def alerts_in(cases: Iterable[Case], handled: Mapping[str, str], least: int = LEAST_FILES) -> list[Alert]:
    """The causes that enough different files have, those of most files first.

    ``handled``: cause -> the moment until which its cases are dealt with; only later ones count.
    """
    by_cause: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if case.cause and case.created > handled.get(case.cause, ""):
            by_cause[case.cause].append(case)
    alerts = [
        Alert(cause, tuple(found), len({case.sha256 for case in found})) for cause, found in by_cause.items()
    ]
    return sorted(
        (alert for alert in alerts if alert.files >= least), key=lambda alert: (-alert.files, alert.cause)
    )


def open_alerts(connection: Connection, now: datetime | None = None) -> list[Alert]:
    """The alerts that nobody has dealt with."""
    begin = (now or datetime.now(UTC)) - timedelta(days=DAYS)
    told = cases_since(connection, begin.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    handled = {row.cause: row.handled for row in connection.execute(select(handled_alerts))}
    return alerts_in(told, handled)


def handle_alert(database: Engine, cause: str, visitor: str) -> None:
    """Note that somebody deals with a cause: later cases alone alert again."""
    with transaction(database) as connection:
        connection.execute(handled_alerts.delete().where(handled_alerts.c.cause == cause))
        connection.execute(
            handled_alerts.insert().values(cause=cause, handled=moments.now(), visitor=visitor)
        )


def files_affected(connection: Connection, cause: str, limit: int) -> list[Affected]:
    """Converted files that lost what is behind the cause, the newest first, among the last half million conversions.

    Empty for a cause that is no loss: a damaged file says nothing of others.
    """
    codes: Sequence[str] = losses_behind(cause)
    if not codes:
        return []
    last = connection.scalar(select(func.max(jobs.c.id))) or 0
    outcome = type_coerce(jobs.c.outcome, Text)
    holds = or_(*(outcome.contains(f'"code": "{code}"', autoescape=True) for code in codes))
    rows = connection.execute(
        select(jobs.c.source, jobs.c.target, jobs.c.finished)
        .where(jobs.c.id > last - _LOOKED_AT, jobs.c.state == "done", holds)
        .order_by(jobs.c.id.desc())
        .limit(limit)
    )
    return [Affected(row.source, row.target, row.finished) for row in rows]
