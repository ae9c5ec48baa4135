"""The organisation's own list against its contracts, people, order and closed days: what breaks, and what it costs.

Demand is compared by month, as people are counted; dates are compared by day. A finding with cents says what the
horizon loses by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from migrate.planner.amounts import rounded
from migrate.planner.figures import Figures
from migrate.planner.inputs import UNASSIGNED, Department, PlanInputs
from migrate.planner.licences import DepartmentLicences
from migrate.planner.months import first_day
from migrate.planner.terms import saving_starts
from migrate.planner.waves.demand import WaveTables, department_needs
from migrate.planner.waves.periods import PERIODS_A_MONTH
from migrate.planner.waves.records import ALL, ListRow, Problem
from migrate.planner.waves.tables import unknown_names
from migrate.planner.waves.worth import DepartmentWorth, Worth

# code -> what a list breaks; ``breaks`` cannot work as written, ``costs`` works and costs, ``unknown`` cannot be told
FINDINGS: dict[str, str] = {
    "unknown_department": "breaks",
    "not_in_list": "unknown",
    "task_not_in_list": "unknown",
    "before_today": "unknown",
    "precedence_broken": "breaks",
    "blackout_hit": "breaks",
    "capacity_exceeded": "breaks",
    "contract_missed": "costs",
    "date_risk": "costs",
    "exchange_apart": "costs",
    "after_horizon": "costs",
}
_MISSED_BY_DAYS = 183  # a contract date this long before the end would have been within reach
_APART_DAYS = 31


@dataclass(frozen=True, slots=True)
class Finding:
    """``params`` name departments, days and amounts; ``cents`` is what the horizon loses, where that can be told."""

    code: str
    department: str
    params: Mapping[str, Any]
    cents: int | None = None

    @property
    def kind(self) -> str:
        return FINDINGS[self.code]


@dataclass(frozen=True, slots=True)
class CheckedList:
    findings: tuple[Finding, ...]
    worth: Mapping[str, Worth]  # department id -> what its dates bring
    exchange_cents: int

    @property
    def net(self) -> int:
        return sum(one.net for one in self.worth.values()) - self.exchange_cents


def check_list(
    inputs: PlanInputs,
    tables: WaveTables,
    problem: Problem,
    licences: Sequence[DepartmentLicences],
    figures: Figures,
) -> CheckedList:
    """Findings in the order of :data:`FINDINGS`, and the worth of every department of the list."""
    rows = {row.id: row for row in tables.own_list or ()}
    worths = {
        row.department.id: DepartmentWorth.of(inputs, row, figures)
        for row in licences
        if row.department.id in rows
    }
    worth = {id: one.expected(rows[id].start, rows[id].end) for id, one in worths.items()}
    pairs = list(_apart(problem, rows))
    found = [
        *_names(tables, rows, [row.department for row in licences], inputs.as_of),
        *_order(tables, rows),
        *_blackouts(tables, rows),
        *_capacities(inputs, tables, problem, rows, figures),
        *_contracts(worths, worth, rows, inputs),
        *pairs,
    ]
    order = list(FINDINGS)
    found.sort(key=lambda one: (order.index(one.code), -(one.cents or 0), one.department))
    return CheckedList(tuple(found), worth, sum(one.cents or 0 for one in pairs))


def _names(
    tables: WaveTables, rows: Mapping[str, ListRow], departments: Iterable[Department], as_of: date
) -> Iterator[Finding]:
    known = {department.id: department.name for department in departments if department.id != UNASSIGNED}
    codes = {task.code for task in tables.tasks}
    for row in rows.values():
        if row.id not in known and row.id not in codes:
            yield Finding("unknown_department", row.id, {"name": row.name})
        for id in unknown_names(row.after, {*known, *codes}):
            yield Finding("unknown_department", row.id, {"name": id})
        if row.start < as_of:
            yield Finding("before_today", row.id, {"day": row.start})
    for id, name in known.items():
        if id not in rows:
            yield Finding("not_in_list", id, {"name": name})
    for task in tables.tasks:
        if task.code not in rows:
            yield Finding("task_not_in_list", task.code, {"name": task.name})


def _order(tables: WaveTables, rows: Mapping[str, ListRow]) -> Iterator[Finding]:
    """A department or task that begins before what it waits for is done."""
    tasks = {task.code: task for task in tables.tasks}
    for row in rows.values():
        waits = set(row.after)
        if row.id in tasks:
            waits.update(tasks[row.id].after)
        else:
            waits.update(code for code, task in tasks.items() if {ALL, row.id} & set(task.needed_by))
        for id in sorted(waits & rows.keys()):
            if row.start <= rows[id].end:
                yield Finding(
                    "precedence_broken", row.id, {"before": id, "day": row.start, "end": rows[id].end}
                )


def _blackouts(tables: WaveTables, rows: Mapping[str, ListRow]) -> Iterator[Finding]:
    for row in rows.values():
        for blackout in tables.blackouts:
            if blackout.covers(row.id) and row.start <= blackout.until and row.end >= blackout.since:
                params = {"since": blackout.since, "until": blackout.until, "reason": blackout.reason}
                yield Finding("blackout_hit", row.id, params)


def _capacities(
    inputs: PlanInputs,
    tables: WaveTables,
    problem: Problem,
    rows: Mapping[str, ListRow],
    figures: Figures,
) -> Iterator[Finding]:
    """Resource and month in which the list takes more than there is, with who takes most."""
    taken: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for job in problem.jobs:
        if job.id not in rows:
            continue
        row = rows[job.id]
        if job.is_department:
            needs = department_needs(inputs, tables, job.id, figures)
            spans = [(needs.during, row.start, row.end), (needs.after, *_after(job.tail_periods, row.end))]
        else:
            whole = {resource: amount * job.periods for resource, amount in job.demand.items()}
            spans = [(whole, row.start, row.end)]
        for amounts, start, end in spans:
            for resource, amount in amounts.items():
                for month, part in _by_month(amount, start, end):
                    own = taken[resource, month]
                    own[job.id] = own.get(job.id, 0) + part
    offered: dict[tuple[str, int], int] = defaultdict(int)
    for resource, periods in problem.capacity.items():
        for period, amount in enumerate(periods):
            offered[resource, problem.month(period)] += amount
    last = problem.month(problem.horizon - 1)
    for (resource, month), own in sorted(taken.items()):
        # the plan's first month may have begun: what is left of it is not compared
        if problem.month(0) + (problem.origin % PERIODS_A_MONTH) <= month <= last:
            demand, limit = sum(own.values()), offered[resource, month]
            if demand > limit:
                most = max(own, key=lambda id: (own[id], id))
                yield Finding(
                    "capacity_exceeded",
                    most,
                    {"resource": resource, "day": first_day(month), "demand": demand, "capacity": limit,
                     "departments": len(own)},
                )  # fmt: skip


def _after(periods: int, end: date) -> tuple[date, date]:
    start = end + timedelta(days=1)
    return start, start + timedelta(days=max(1, periods * 15) - 1)


def _by_month(amount: int, start: date, end: date) -> Iterator[tuple[int, int]]:
    """An amount over days, by month."""
    days: dict[int, int] = defaultdict(int)
    for offset in range((end - start).days + 1):
        day = start + timedelta(days=offset)
        days[day.year * 12 + day.month - 1] += 1
    for month, count in days.items():
        yield month, rounded(Fraction(amount * count, sum(days.values())))


def _contracts(
    worths: Mapping[str, DepartmentWorth],
    worth: Mapping[str, Worth],
    rows: Mapping[str, ListRow],
    inputs: PlanInputs,
) -> Iterator[Finding]:
    """Contract dates missed by less than half a year, and dates that a usual delay would miss."""
    horizon = first_day(inputs.as_of.year * 12 + inputs.as_of.month - 1 + inputs.horizon_months)
    for id, one in worths.items():
        row = rows[id]
        if row.end >= horizon:
            yield Finding("after_horizon", id, {"day": row.end})
            continue
        saves_from = saving_starts(inputs, replace(one.department, migration=row.end))
        if saves_from is None:
            continue
        reached = max(inputs.as_of, row.end - timedelta(days=_MISSED_BY_DAYS))
        earlier = saving_starts(inputs, replace(one.department, migration=reached))
        if earlier and earlier < saves_from and one.licences.saving_cents > 0:
            lost = one.saving_at(reached) - one.saving_at(row.end)
            params = {
                "renewal": earlier,
                "day": row.end,
                "next": saves_from,
                "days": (row.end - earlier).days,
            }
            yield Finding("contract_missed", id, params, lost)
        if (risk := worth[id].date_risk) > 0:
            slack = (saves_from - row.end).days
            yield Finding("date_risk", id, {"renewal": saves_from, "days": slack}, risk)


def _apart(problem: Problem, rows: Mapping[str, ListRow]) -> Iterator[Finding]:
    for pair in problem.pairs:
        if pair.first in rows and pair.second in rows:
            days = abs((rows[pair.first].end - rows[pair.second].end).days)
            if days >= _APART_DAYS:
                cents = rounded(Fraction(pair.cents * PERIODS_A_MONTH * days * 12, 365))
                params = {"other": pair.second, "links": pair.links, "days": days}
                yield Finding("exchange_apart", pair.first, params, cents)
