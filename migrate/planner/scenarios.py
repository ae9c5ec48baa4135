"""Migrating beside staying: cash by calendar year, the difference, and the month in which it has paid back.

Both scenarios pay licences over the same months. Staying pays today's licences; a change of price is not guessed.
Migrating pays the licences that remain, one-off costs in the month in which a department is done, and support from
then on. The difference is made of what is saved and what is spent, so that what both scenarios pay is not behind it.
It rests on forecasts as soon as one saving in it does, and is labelled so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from migrate.planner.amounts import ZERO, Amount
from migrate.planner.draws import Draws, Lanes
from migrate.planner.figures import Figure, Figures, Label, Unit
from migrate.planner.inputs import Department, PlanInputs
from migrate.planner.licences import DepartmentLicences
from migrate.planner.months import first_day, month_of
from migrate.planner.terms import migration_day

COSTS = ("one_off", "support")


@dataclass(frozen=True, slots=True)
class Scenarios:
    """First days of the months in which the sum of differences turns positive for good; None: not in the horizon."""

    years: tuple[int, ...]
    pays_back: date | None
    pays_back_at_high_cost: date | None


def migration_month(inputs: PlanInputs, department: Department) -> int:
    """The month in which a department is done: its date, or the assumed length from today; never a past one."""
    return max(month_of(migration_day(inputs, department)), month_of(inputs.as_of))


def _migration_rows(department: Department) -> tuple[str, ...]:
    """What decides when a department is done."""
    assumed = () if department.migration else ("assumptions.months_to_migrate",)
    return (f"departments.{department.id}.migration", *assumed)


def plan_scenarios(
    inputs: PlanInputs,
    departments: Sequence[Department],
    licences: Sequence[DepartmentLicences],
    figures: Figures,
    draws: Draws,
) -> Scenarios:
    """Add ``scenarios.*`` figures. Licences and costs must have been planned before."""
    begins = month_of(inputs.as_of)
    months = range(begins, begins + inputs.horizon_months)
    years = tuple(sorted({month // 12 for month in months}))
    spent = {kind: dict.fromkeys(months, ZERO) for kind in COSTS}
    for department in departments:
        for kind, by_month in _department_costs(inputs, department, months, figures, draws).items():
            for month, amount in by_month.items():
                spent[kind][month] += amount
    paying = [row.department.id for row in licences]
    stays, migrates, differences = [], [], []
    for year in years:
        count = sum(month // 12 == year for month in months)
        stays.append(_stay(figures, year, count))
        migrates.append(_migrate(figures, year, departments, paying))
        differences.append(_difference(figures, year, departments, paying, draws))
    _add_horizon(figures, departments, paying, (stays, migrates, differences))
    saved = {month: sum(row.saving_in(month) for row in licences) for month in months}
    one_off, support = (spent[kind] for kind in COSTS)
    return Scenarios(
        years,
        _pays_back((month, saved[month] - one_off[month].likely - support[month].likely) for month in months),
        _pays_back((month, saved[month] - one_off[month].high - support[month].high) for month in months),
    )


def _department_costs(
    inputs: PlanInputs, department: Department, months: range, figures: Figures, draws: Draws
) -> dict[str, dict[int, Amount]]:
    """Cost by kind and month, and its figures by year and over the horizon, with what they are in every draw."""
    done = migration_month(inputs, department)
    prefix = f"departments.{department.id}.costs"
    one_off, support = figures[f"{prefix}.one_off"], figures[f"{prefix}.support_yearly"]
    due = {
        "one_off": [done] if done in months else [],
        "support": [month for month in months if month >= done],
    }
    by_kind = {}
    for kind, whole in (("one_off", one_off), ("support", support)):
        share = _once if kind == "one_off" else _monthly
        lanes = figures.lanes_of(whole.id, draws)
        dates = _migration_rows(department) if whole.amount != ZERO else ()
        for year in sorted({month // 12 for month in months}):
            own = [month - done for month in due[kind] if month // 12 == year]
            rows = (*((whole.id,) if own else ()), *dates, "plan.as_of")
            id = f"{prefix}.years.{year}.{kind}"
            amount, drawn = _over(share, whole.amount, own), share(lanes, own)
            figures.add(id, Unit.CENTS, amount, Label.COST, rows, lanes=drawn)
        # without a date of its own a department is done the same number of months after any plan's date
        fixed = ("plan.as_of",) if dates and department.migration else ()
        rows = (*((whole.id,) if due[kind] else ()), *dates, *fixed, f"users.{department.id}")
        own = [month - done for month in due[kind]]
        amount, drawn = _over(share, whole.amount, own), share(lanes, own)
        figures.add(f"{prefix}.horizon.{kind}", Unit.CENTS, amount, Label.COST, rows, lanes=drawn)
        by_kind[kind] = {month: _over(share, whole.amount, [month - done]) for month in due[kind]}
    return by_kind


_Share = Callable[[Lanes, Sequence[int]], Lanes]


def _once(whole: Lanes, months: Sequence[int]) -> Lanes:
    """What falls due in months since a department is done: all of it in the first."""
    return whole * len(months)


def _monthly(yearly: Lanes, months: Sequence[int]) -> Lanes:
    """A yearly amount by months since it began: twelve of them add up to it to the cent, the first ones pay the rest."""
    rest = yearly % 12
    more = (rest > month % 12 for month in months)
    return np.asarray(yearly // 12 * len(months) + sum(more, np.zeros_like(yearly)), dtype=np.int64)


def _over(share: _Share, amount: Amount, months: Sequence[int]) -> Amount:
    ends = np.array([amount.low, amount.likely, amount.high], dtype=np.int64)
    return Amount(*share(ends, months).tolist())


def _stay(figures: Figures, year: int, months: int) -> Figure:
    current = figures["totals.licences.current_monthly"]
    rows = (current.id, "plan.as_of")
    return figures.add(f"scenarios.years.{year}.stay", Unit.CENTS, current.amount * months, Label.COST, rows)


def _migrate(figures: Figures, year: int, departments: Sequence[Department], paying: Sequence[str]) -> Figure:
    prefix = f"scenarios.years.{year}.migrate"
    rows = {"licences": [figures[f"departments.{id}.licences.years.{year}.paid"] for id in paying]}
    for kind in COSTS:
        rows[kind] = [figures[f"departments.{row.id}.costs.years.{year}.{kind}"] for row in departments]
    # the year is in the plan because of its date, and so is the cost of an organisation without departments
    parts = [
        figures.total(f"{prefix}.{kind}", Unit.CENTS, Label.COST, own, () if own else ("plan.as_of",))
        for kind, own in rows.items()
    ]
    return figures.total(prefix, Unit.CENTS, Label.COST, parts)


def _difference(
    figures: Figures, year: int, departments: Sequence[Department], paying: Sequence[str], draws: Draws
) -> Figure:
    """What is saved less what is spent, in every draw."""
    saved = [figures[f"departments.{id}.licences.years.{year}.saved"] for id in paying]
    costs = [
        figures[f"departments.{row.id}.costs.years.{year}.{kind}"] for row in departments for kind in COSTS
    ]
    amount = Amount.total(row.amount for row in saved).minus_cost(Amount.total(row.amount for row in costs))
    lanes = sum((figures.lanes_of(row.id, draws) for row in saved), np.zeros(draws.lanes, dtype=np.int64))
    lanes = lanes - sum(figures.lanes_of(row.id, draws) for row in costs)
    rows = (*(row.id for row in (*saved, *costs)), "plan.as_of")
    id = f"scenarios.years.{year}.difference"
    return figures.add(id, Unit.CENTS, amount, Label.FORECAST, rows, lanes=lanes)


def _add_horizon(
    figures: Figures,
    departments: Sequence[Department],
    paying: Sequence[str],
    by_year: tuple[Sequence[Figure], Sequence[Figure], Sequence[Figure]],
) -> None:
    """The sums of the years. The plan's date moves cost from year to year, hence each sum names what moves it."""
    stays, migrates, differences = by_year
    costs = [f"departments.{row.id}.costs.horizon.{kind}" for row in departments for kind in COSTS]
    paid = [f"departments.{id}.licences.horizon.paid" for id in paying]
    saved = [
        f"departments.{id}.licences.saving_horizon.{label}"
        for id in paying
        for label in (Label.FORECAST, Label.CONTRACTED)
        if f"departments.{id}.licences.saving_horizon.{label}" in figures
    ]
    for name, label, parts, rows in (
        ("stay", Label.COST, stays, ["totals.licences.current_monthly"]),
        ("migrate", Label.COST, migrates, [*paid, *costs]),
        ("difference", Label.FORECAST, differences, [*saved, *costs]),
    ):
        figures.total(f"scenarios.{name}.horizon", Unit.CENTS, label, parts, rows)


def _pays_back(series: Iterable[tuple[int, int]]) -> date | None:
    """The first month from which the running sum stays positive; None where it ends at zero or below."""
    running, since, saved = 0, None, False
    for month, cents in series:
        running += cents
        saved = running > 0
        if not saved:
            since = None
        elif since is None:
            since = month
    return first_day(since) if saved and since is not None else None
