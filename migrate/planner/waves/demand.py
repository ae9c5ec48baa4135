"""Departments and tasks as jobs: how long each takes, of which resources, and where it must not lie.

A department's length follows from its needs: the shortest in which no resource gives it more than its share
(``wave.share``) of what it offers, and at least ``wave.minimum``. The helpdesk's weeks after it (``wave.tail``) stretch
in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from migrate.planner.amounts import rounded
from migrate.planner.figures import Figures
from migrate.planner.inputs import UNASSIGNED, PlanInputs
from migrate.planner.licences import DepartmentLicences
from migrate.planner.months import month_of
from migrate.planner.waves.periods import PERIODS_A_MONTH, first_day_of, last_day_of, period_of
from migrate.planner.waves.records import (
    ALL,
    RESOURCES,
    Blackout,
    Capacity,
    Job,
    ListRow,
    Pair,
    Problem,
    Task,
)
from migrate.planner.waves.worth import DepartmentWorth

MINUTES_A_DAY = 7 * 60
_MOST_PAIRS = 60  # the strongest exchanges; weaker ones change no date


@dataclass(frozen=True, slots=True)
class WaveTables:
    """What the organisation says about its waves. ``exchanges`` count links by pair of department ids."""

    own_list: tuple[ListRow, ...] | None = None
    capacities: tuple[Capacity, ...] = ()
    tasks: tuple[Task, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    exchanges: Mapping[tuple[str, str], int] = field(default_factory=dict)
    mail_moves: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Needs:
    """What a department takes in all: during its work, and of the helpdesk after it."""

    during: Mapping[str, int]
    after: Mapping[str, int]


def department_needs(inputs: PlanInputs, tables: WaveTables, id: str, figures: Figures) -> Needs:
    """Minutes of people, and mailboxes where the department's mail moves."""
    seats = figures[f"departments.{id}.seats"].amount.likely
    effort = f"departments.{id}.effort"
    trainer = inputs.assumptions["wave.trainer"].whole.likely
    during = {
        "trainers": trainer * seats,
        "developers": figures[f"{effort}.developer.minutes"].amount.likely,
        "mailboxes": seats if id in tables.mail_moves else 0,
    }
    helpdesk = inputs.assumptions["helpdesk"].whole.likely * seats
    return Needs(during, {"helpdesk": helpdesk + figures[f"{effort}.helpdesk.minutes"].amount.likely})


def build_problem(
    inputs: PlanInputs,
    tables: WaveTables,
    licences: Sequence[DepartmentLicences],
    figures: Figures,
) -> Problem:
    """Jobs, capacities and exchanges of a plan whose licences and costs are computed."""
    origin = period_of(inputs.as_of) + 1
    end = (month_of(inputs.as_of) + inputs.horizon_months) * PERIODS_A_MONTH
    horizon = end - origin
    capacity = {
        resource: _capacity(inputs, tables.capacities, resource, origin, horizon) for resource in RESOURCES
    }
    listed = {row.id: row for row in tables.own_list or ()}
    tasks = [_task_job(task, tables.blackouts, origin, horizon) for task in tables.tasks]
    departments = []
    for row in licences:
        id = row.department.id
        if id == UNASSIGNED:
            continue
        needs = department_needs(inputs, tables, id, figures)
        periods = _length(inputs, "wave.minimum", needs.during, capacity)
        tail = _length(inputs, "wave.tail", needs.after, capacity)
        worth = DepartmentWorth.of(inputs, row, figures)
        values = [
            worth.expected(first_day_of(origin + done - periods), last_day_of(origin + done - 1))
            for done in range(horizon + 1)
        ]
        after = [task.code for task in tables.tasks if ALL in task.needed_by or id in task.needed_by]
        if id in listed:
            after.extend(name for name in listed[id].after if name not in after)
        departments.append(
            Job(
                id,
                row.department.name,
                True,
                periods,
                _each_period(needs.during, periods),
                _each_period(needs.after, tail),
                tail,
                tuple(value.net for value in values),
                tuple(after),
                _closed(tables.blackouts, id, origin, horizon),
                0,
            )
        )
    names = {job.id for job in (*tasks, *departments)}
    return Problem(
        tuple(_known(job, names) for job in (*tasks, *departments)),
        capacity,
        _pairs(inputs, tables.exchanges, {job.id for job in departments}),
        origin,
        horizon,
    )


def _known(job: Job, names: set[str]) -> Job:
    """A job without predecessors that nobody knows: the check of the list names those."""
    return replace(job, after=tuple(name for name in job.after if name in names and name != job.id))


def _capacity(
    inputs: PlanInputs, rows: Iterable[Capacity], resource: str, origin: int, horizon: int
) -> tuple[int, ...]:
    """What each period offers; a row that begins or ends inside a period counts for the whole of it."""
    minutes = inputs.assumptions["wave.people_minutes"].whole.likely
    offered = [0] * horizon
    for row in rows:
        if row.resource != resource:
            continue
        monthly = row.amount * (minutes if row.unit == "people" else 1)
        for period in range(horizon):
            first, last = first_day_of(origin + period), last_day_of(origin + period)
            if (row.since is None or row.since <= last) and (row.until is None or row.until >= first):
                offered[period] += monthly // PERIODS_A_MONTH
    return tuple(offered)


def _length(
    inputs: PlanInputs, shortest: str, needs: Mapping[str, int], capacity: Mapping[str, tuple[int, ...]]
) -> int:
    """Periods that needs are spread over; more than any horizon where a resource has no capacity at all."""
    share = Fraction(inputs.assumptions["wave.share"].likely)
    longest = inputs.assumptions[shortest].whole.likely * PERIODS_A_MONTH
    for resource, amount in needs.items():
        if not amount:
            continue
        offered = rounded(share * max(capacity[resource], default=0))
        longest = max(longest, -(-amount // offered) if offered else len(capacity[resource]) + 1)
    return longest


def _each_period(needs: Mapping[str, int], periods: int) -> dict[str, int]:
    return {resource: -(-amount // periods) for resource, amount in needs.items() if amount and periods}


def _closed(blackouts: Iterable[Blackout], id: str, origin: int, horizon: int) -> frozenset[int]:
    return frozenset(
        period
        for blackout in blackouts
        if blackout.covers(id)
        for period in range(period_of(blackout.since) - origin, period_of(blackout.until) - origin + 1)
        if 0 <= period < horizon
    )


def _task_job(task: Task, blackouts: Iterable[Blackout], origin: int, horizon: int) -> Job:
    periods = task.months * PERIODS_A_MONTH
    earliest = max(0, period_of(task.earliest) - origin) if task.earliest else 0
    return Job(
        task.code,
        task.name,
        False,
        periods,
        _each_period({"developers": task.developer_days * MINUTES_A_DAY}, periods),
        {},
        0,
        (0,),
        task.after,
        _closed(blackouts, task.code, origin, horizon),
        earliest,
    )


def _pairs(inputs: PlanInputs, exchanges: Mapping[tuple[str, str], int], ids: set[str]) -> tuple[Pair, ...]:
    """The strongest exchanges, both directions together, priced per period apart."""
    links: dict[tuple[str, str], int] = {}
    for (source, target), count in exchanges.items():
        if source != target and {source, target} <= ids:
            pair = (min(source, target), max(source, target))
            links[pair] = links.get(pair, 0) + count
    minutes = inputs.assumptions["wave.exchange"].whole.likely
    rate = inputs.assumptions["rate.owner"].cents.likely
    strongest = sorted(links.items(), key=lambda one: (-one[1], one[0]))[:_MOST_PAIRS]
    return tuple(
        Pair(*pair, count, rounded(Fraction(count * minutes * rate, 60 * PERIODS_A_MONTH)))
        for pair, count in strongest
    )
