"""Migrating beside staying: cash by calendar year, the difference, and the month in which it has paid back.

Both scenarios pay licences over the same months. Staying pays today's licences; a change of price is not guessed.
Migrating pays the licences that remain, one-off costs in the month in which a department is done, and support from
then on. The difference is made of what is saved and what is spent, so that what both scenarios pay is not behind it.
It rests on forecasts as soon as one saving in it does, and is labelled so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from migrate.planner.amounts import ZERO, Amount, spread
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
) -> Scenarios:
    """Add ``scenarios.*`` figures. Licences and costs must have been planned before."""
    begins = month_of(inputs.as_of)
    months = range(begins, begins + inputs.horizon_months)
    years = tuple(sorted({month // 12 for month in months}))
    spent = {kind: dict.fromkeys(months, ZERO) for kind in COSTS}
    for department in departments:
        for kind, by_month in _department_costs(inputs, department, months, figures).items():
            for month, amount in by_month.items():
                spent[kind][month] += amount
    paying = [row.department.id for row in licences]
    stays, migrates, differences = [], [], []
    for year in years:
        count = sum(month // 12 == year for month in months)
        stays.append(_stay(figures, year, count))
        migrates.append(_migrate(figures, year, departments, paying))
        differences.append(_difference(figures, year, departments, paying))
    _add_horizon(figures, departments, paying, (stays, migrates, differences))
    saved = {month: sum(row.saving_in(month) for row in licences) for month in months}
    one_off, support = (spent[kind] for kind in COSTS)
    return Scenarios(
        years,
        _pays_back((month, saved[month] - one_off[month].likely - support[month].likely) for month in months),
        _pays_back((month, saved[month] - one_off[month].high - support[month].high) for month in months),
    )


def _department_costs(
    inputs: PlanInputs, department: Department, months: range, figures: Figures
) -> dict[str, dict[int, Amount]]:
    """Cost by kind and month, and its figures by year and over the horizon."""
    done = migration_month(inputs, department)
    prefix = f"departments.{department.id}.costs"
    one_off, support = figures[f"{prefix}.one_off"], figures[f"{prefix}.support_yearly"]
    by_kind = {
        "one_off": (one_off, {done: one_off.amount} if done in months else {}),
        "support": (support, dict(_monthly(support.amount, months, done))),
    }
    for kind, (whole, by_month) in by_kind.items():
        dates = _migration_rows(department) if whole.amount != ZERO else ()
        for year in sorted({month // 12 for month in months}):
            due = [amount for month, amount in by_month.items() if month // 12 == year]
            rows = (*((whole.id,) if due else ()), *dates, "plan.as_of")
            figures.add(f"{prefix}.years.{year}.{kind}", Unit.CENTS, Amount.total(due), Label.COST, rows)
        # without a date of its own a department is done the same number of months after any plan's date
        fixed = ("plan.as_of",) if dates and department.migration else ()
        rows = (*((whole.id,) if by_month else ()), *dates, *fixed, f"users.{department.id}")
        total = Amount.total(by_month.values())
        figures.add(f"{prefix}.horizon.{kind}", Unit.CENTS, total, Label.COST, rows)
    return {kind: by_month for kind, (_whole, by_month) in by_kind.items()}


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
    figures: Figures, year: int, departments: Sequence[Department], paying: Sequence[str]
) -> Figure:
    saved = [figures[f"departments.{id}.licences.years.{year}.saved"] for id in paying]
    costs = [
        figures[f"departments.{row.id}.costs.years.{year}.{kind}"] for row in departments for kind in COSTS
    ]
    return _saved_less_spent(figures, f"scenarios.years.{year}.difference", saved, costs, ("plan.as_of",))


def _saved_less_spent(
    figures: Figures, id: str, saved: Sequence[Figure], costs: Sequence[Figure], more: Iterable[str] = ()
) -> Figure:
    amount = Amount.total(row.amount for row in saved).minus_cost(Amount.total(row.amount for row in costs))
    rows = (*(row.id for row in (*saved, *costs)), *more)
    return figures.add(id, Unit.CENTS, amount, Label.FORECAST, rows)


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


def _monthly(yearly: Amount, months: Iterable[int], since: int) -> list[tuple[int, Amount]]:
    """A yearly amount by month: twelve months add up to it to the cent."""
    ends = [spread(end, [1] * 12) for end in (yearly.low, yearly.likely, yearly.high)]
    return [
        (month, Amount(*(parts[(month - since) % 12] for parts in ends)))
        for month in months
        if month >= since
    ]


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
