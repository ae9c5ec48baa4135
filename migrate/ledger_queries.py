"""Questions to the ledger: what is left for a person, and what each run came to. Only reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from converters.outcome import Outcome, Verdict
from migrate.ledger import jobs, runs

# what somebody has to look at, the worst first
OPEN_VERDICTS = (Verdict.FAILED, Verdict.REFUSED, Verdict.NEEDS_A_PERSON)

# where a page ends: the moment and number of its last row
Mark = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Settled:
    """A job that is done: when, and what came of it."""

    number: int
    source: str
    finished: str
    outcome: Outcome

    @property
    def mark(self) -> Mark:
        return self.finished, self.number


@dataclass(frozen=True, slots=True)
class RunTotals:
    """A run with its files by verdict; ``open``: how many it began and did not end. ``finished`` is empty while it runs,
    or where it died."""

    id: str
    host: str
    started: str
    finished: str
    verdicts: Mapping[str, int]
    open: int

    @property
    def files(self) -> int:
        return sum(self.verdicts.values())


def open_files(
    connection: Connection, verdicts: Iterable[Verdict], limit: int, before: Mark | None = None
) -> list[Settled]:
    """Files whose newest outcome is one of the verdicts, the latest first, from before a mark."""
    newer = jobs.alias("newer")
    later = or_(
        newer.c.finished > jobs.c.finished,
        and_(newer.c.finished == jobs.c.finished, newer.c.id > jobs.c.id),
    )
    superseded = select(newer.c.id).where(newer.c.source == jobs.c.source, newer.c.state == "done", later)
    return _settled(connection, _of(verdicts).where(~superseded.exists()), limit, before)


def files_of_run(
    connection: Connection, run: str, verdicts: Iterable[Verdict], limit: int, before: Mark | None = None
) -> list[Settled]:
    """The files of a run with one of the verdicts, the latest first."""
    return _settled(connection, _of(verdicts).where(jobs.c.run_id == run), limit, before)


def outcomes_of(connection: Connection, source: str, limit: int) -> list[Settled]:
    """What happened to a file that was converted under this path, the latest first."""
    statement = select(jobs).where(
        jobs.c.source == source, jobs.c.state == "done", jobs.c.outcome.is_not(None)
    )
    return _settled(connection, statement, limit, None)


def latest_runs(connection: Connection, limit: int, before: str = "") -> list[RunTotals]:
    """The runs, the latest first, from before a moment."""
    statement = select(runs).order_by(runs.c.started.desc(), runs.c.id).limit(limit)
    if before:
        statement = statement.where(runs.c.started < before)
    return _totals(connection, connection.execute(statement).all())


def run_totals(connection: Connection, run: str) -> RunTotals | None:
    """One run; None where the ledger knows none of that id."""
    found = _totals(connection, connection.execute(select(runs).where(runs.c.id == run)).all())
    return found[0] if found else None


def _totals(connection: Connection, rows: Sequence[Any]) -> list[RunTotals]:
    ids = [row.id for row in rows]
    counted: dict[str, dict[str, int]] = {id: {} for id in ids}
    ended = (
        select(jobs.c.run_id, jobs.c.verdict, func.count())
        .where(jobs.c.run_id.in_(ids), jobs.c.verdict != "")
        .group_by(jobs.c.run_id, jobs.c.verdict)
    )
    for id, verdict, count in connection.execute(ended):
        counted[id][verdict] = count
    begun = (
        select(jobs.c.run_id, func.count())
        .where(jobs.c.run_id.in_(ids), jobs.c.state.in_(("running", "placing", "interrupted")))
        .group_by(jobs.c.run_id)
    )
    left = {row[0]: row[1] for row in connection.execute(begun)}
    return [
        RunTotals(row.id, row.host, row.started, row.finished or "", counted[row.id], left.get(row.id, 0))
        for row in rows
    ]


def _of(verdicts: Iterable[Verdict]) -> Select[Any]:
    return select(jobs).where(
        jobs.c.verdict.in_([verdict.value for verdict in verdicts]),
        jobs.c.state == "done",
        jobs.c.outcome.is_not(None),
    )


def _settled(
    connection: Connection, statement: Select[Any], limit: int, before: Mark | None
) -> list[Settled]:
    if before is not None:
        moment, number = before
        statement = statement.where(
            or_(jobs.c.finished < moment, and_(jobs.c.finished == moment, jobs.c.id < number))
        )
    ordered = statement.order_by(jobs.c.finished.desc(), jobs.c.id.desc()).limit(limit)
    return [
        Settled(row.id, row.source, row.finished, Outcome.from_json(row.outcome))
        for row in connection.execute(ordered)
    ]
