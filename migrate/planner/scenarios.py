"""Migrating beside staying: cash by calendar year, the difference, and the month in which it has paid back.

Both scenarios pay licences over the same months. Staying pays today's licences; a change of price is not guessed.
Migrating pays the licences that remain, one-off costs in the month in which a department is done, and support from
then on. The difference rests on forecasts as soon as one saving in it does, and is labelled so.
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


@dataclass(frozen=True, slots=True)
class Scenarios:
    """First days of the months in which the sum of differences turns positive for good; None: not in the horizon."""

    years: tuple[int, ...]
    pays_back: date | None
    pays_back_at_high_cost: date | None


def migration_month(inputs: PlanInputs, department: Department) -> int:
    """The month in which a department is done: its date, or the assumed length from today; never a past one."""
    return max(month_of(migration_day(inputs, department)), month_of(inputs.as_of))


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
    stay = {month: sum(row.current_cents for row in licences) for month in months}
    after = {month: sum(row.current_cents - row.saving_in(month) for row in licences) for month in months}
    one_off = dict.fromkeys(months, ZERO)
    support = dict.fromkeys(months, ZERO)
    for department in departments:
        done = migration_month(inputs, department)
        costs = f"departments.{department.id}.costs"
        if done in one_off:
            one_off[done] += figures[f"{costs}.one_off"].amount
        for month, part in _monthly(figures[f"{costs}.support_yearly"].amount, months, done):
            support[month] += part

    rows: dict[str, list[Figure]] = {"stay": [], "migrate": [], "difference": []}
    for year in years:
        own = [month for month in months if month // 12 == year]
        prefix = f"scenarios.years.{year}"
        stays = figures.add(
            f"{prefix}.stay",
            Unit.CENTS,
            sum(stay[month] for month in own),
            Label.COST,
            _origins("current_monthly"),
        )
        parts = [
            figures.add(f"{prefix}.migrate.{kind}", Unit.CENTS, amount, Label.COST, origins)
            for kind, amount, origins in (
                ("licences", Amount.exactly(sum(after[month] for month in own)), _SAVING_ORIGINS),
                ("one_off", Amount.total(one_off[month] for month in own), ("totals.costs.one_off",)),
                ("support", Amount.total(support[month] for month in own), ("totals.costs.support_yearly",)),
            )
        ]
        migrates = figures.total(f"{prefix}.migrate", Unit.CENTS, Label.COST, parts)
        rows["stay"].append(stays)
        rows["migrate"].append(migrates)
        rows["difference"].append(
            figures.add(
                f"{prefix}.difference",
                Unit.CENTS,
                stays.amount.minus_cost(migrates.amount),
                Label.FORECAST,
                (stays.id, migrates.id),
            )
        )
    figures.total("scenarios.stay.horizon", Unit.CENTS, Label.COST, rows["stay"])
    figures.total("scenarios.migrate.horizon", Unit.CENTS, Label.COST, rows["migrate"])
    figures.total("scenarios.difference.horizon", Unit.CENTS, Label.FORECAST, rows["difference"])
    return Scenarios(
        years,
        _pays_back(
            (month, stay[month] - after[month] - one_off[month].likely - support[month].likely)
            for month in months
        ),
        _pays_back(
            (month, stay[month] - after[month] - one_off[month].high - support[month].high)
            for month in months
        ),
    )


_SAVING_ORIGINS = ("totals.licences.current_monthly", "totals.licences.saving_full_year.forecast",
                   "totals.licences.saving_full_year.contracted")  # fmt: skip


def _origins(ending: str) -> tuple[str, ...]:
    return (f"totals.licences.{ending}",)


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
