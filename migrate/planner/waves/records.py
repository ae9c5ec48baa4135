"""What a schedule is made of. Times are periods counted from the plan's first (:mod:`periods`), ends exclusive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from migrate.planner.waves.periods import PERIODS_A_MONTH, first_day_of, last_day_of

RESOURCES = ("trainers", "developers", "helpdesk", "mailboxes")
ALL = "all"  # in a cell: every department


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a month offers of a resource: ``people``, or minutes or mailboxes as ``per_month``; dates None are open."""

    resource: str
    amount: int
    unit: str
    since: date | None
    until: date | None
    as_of: date
    source: str

    @property
    def id(self) -> str:
        return f"capacities.{self.resource}"


@dataclass(frozen=True, slots=True)
class Task:
    """Work that is no department's: identity, templates, an application. ``needed_by`` are department ids or ``all``."""

    code: str
    name: str
    months: int
    developer_days: int
    needed_by: tuple[str, ...]
    after: tuple[str, ...]
    earliest: date | None
    as_of: date
    source: str

    @property
    def id(self) -> str:
        return f"tasks.{self.code}"


@dataclass(frozen=True, slots=True)
class Blackout:
    """Days, both included, on which no work runs for the departments (ids, or ``all``)."""

    number: int
    since: date
    until: date
    departments: tuple[str, ...]
    reason: str

    @property
    def id(self) -> str:
        return f"blackouts.{self.number}"

    def covers(self, id: str) -> bool:
        return ALL in self.departments or id in self.departments


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of the organisation's list: first and last day of a department's or task's work."""

    name: str
    id: str
    start: date
    end: date
    wave: str
    after: tuple[str, ...]

    @property
    def input_id(self) -> str:
        return f"waves.{self.id}"


@dataclass(frozen=True, slots=True)
class Job:
    """A department or task to place. ``demand`` is what each period takes of a resource, ``tail`` what each of the
    ``tail_periods`` after it still takes; ``worth`` are cents by end, after risk, the last one for any later end."""

    id: str
    name: str
    is_department: bool
    periods: int
    demand: Mapping[str, int]
    tail: Mapping[str, int]
    tail_periods: int
    worth: tuple[int, ...]
    after: tuple[str, ...]
    closed: frozenset[int]
    earliest: int

    def worth_at(self, end: int) -> int:
        return self.worth[min(end, len(self.worth) - 1)]

    def running(self, start: int) -> range:
        return range(start, start + self.periods)

    def takes(self, start: int) -> Iterable[tuple[str, int, int]]:
        """Resource, period, amount for a start."""
        end = start + self.periods
        for resource, amount in self.demand.items():
            for period in range(start, end):
                yield resource, period, amount
        for resource, amount in self.tail.items():
            for period in range(end, end + self.tail_periods):
                yield resource, period, amount


@dataclass(frozen=True, slots=True)
class Pair:
    """Departments that exchange files: ``cents`` are lost for each period between their ends."""

    first: str
    second: str
    links: int
    cents: int


@dataclass(frozen=True, slots=True)
class Problem:
    """``capacity`` has a value per resource and period, over ``horizon`` periods that begin with ``origin``."""

    jobs: tuple[Job, ...]
    capacity: Mapping[str, tuple[int, ...]]
    pairs: tuple[Pair, ...]
    origin: int
    horizon: int
    by_id: Mapping[str, Job] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {job.id: job for job in self.jobs})

    def first_day(self, start: int) -> date:
        return first_day_of(self.origin + start)

    def last_day(self, end: int) -> date:
        """The day on which work that ends before period ``end`` is done."""
        return last_day_of(self.origin + end - 1)

    def month(self, period: int) -> int:
        return (self.origin + period) // PERIODS_A_MONTH

    def starts_of(self, job: Job) -> list[int]:
        """Starts that no blackout and no end of the horizon forbids."""
        return [
            start
            for start in range(job.earliest, self.horizon - job.periods + 1)
            if not job.closed.intersection(job.running(start))
        ]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Starts by job id; a job that found no place is missing."""

    starts: Mapping[str, int]

    def end(self, job: Job) -> int | None:
        start = self.starts.get(job.id)
        return None if start is None else start + job.periods


def exchange_cost(problem: Problem, starts: Mapping[str, int], of: str = "") -> int:
    """Cents lost while of two departments that exchange files one is done and the other is not.

    A department without a date is not done before the horizon ends. ``of`` restricts it to one department's pairs.
    """
    total = 0
    for pair in problem.pairs:
        if of in ("", pair.first, pair.second):
            first, second = (
                starts[id] + problem.by_id[id].periods if id in starts else problem.horizon
                for id in (pair.first, pair.second)
            )
            total += pair.cents * abs(first - second)
    return total


def worth_of(problem: Problem, schedule: Schedule) -> int:
    """Cents that a schedule brings over the horizon: savings after risk, support and exchange between its waves."""
    placed = [job for job in problem.jobs if job.id in schedule.starts]
    own = sum(job.worth_at(schedule.starts[job.id] + job.periods) for job in placed)
    return own - exchange_cost(problem, schedule.starts)
