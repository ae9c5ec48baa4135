"""The months of the likely case: how often what is paid, department by department, without any amount of money.

A spreadsheet computes the money from these and from prices and rates; the dates stay those of the plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from migrate.planner.cash import SCHEDULE, CashCase, done_months, fiscal_years, price_path, saving_dates
from migrate.planner.costs import TIME_YEARS
from migrate.planner.draws import ends
from migrate.planner.figures import Label
from migrate.planner.inputs import Department, PlanInputs
from migrate.planner.months import first_whole_month, month_of
from migrate.planner.periods import periods_of
from migrate.planner.scenarios import migration_month
from migrate.planner.terms import contract_of, floors_end, saving_starts

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Span:
    """Months with one price, in millionths of today's; ``early`` of them while floors of the contract last."""

    price: int
    months: int
    early: int = 0


@dataclass(frozen=True, slots=True)
class FiscalMonths:
    """What falls into a fiscal year: months paid as today, months that save, and for each row of
    :data:`migrate.planner.cash.SCHEDULE` the months since it began, at the beginning and at the end of the year."""

    stay: tuple[Span, ...]
    saved: tuple[Span, ...]
    costs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class LikelyMonths:
    """``savings`` are months before and after the end of floors, by period and label; ``years`` by calendar year or
    ``horizon``: months of the plan, then those that save before and after. ``costs`` are the first and last month since the
    department is done, the end excluded; ``done`` says whether that month is among them."""

    label: Label
    savings: Mapping[tuple[str, Label], tuple[int, int]]
    years: Mapping[str, tuple[int, int, int]]
    costs: Mapping[str, tuple[int, int]]
    fiscal: Mapping[str, FiscalMonths]


def likely_months(inputs: PlanInputs, department: Department) -> LikelyMonths:
    label = contract_of(inputs, department).label
    starts, second = saving_starts(inputs, department), floors_end(inputs, department)
    first, turn = (first_whole_month(day) if day else None for day in (starts, second))
    periods = periods_of(inputs, label, first, turn)
    begins = month_of(inputs.as_of)
    end, done = begins + inputs.horizon_months, migration_month(inputs, department)
    years, costs = {}, {}
    named = {str(year): (year * 12, year * 12 + 12) for year in range(begins // 12, (end - 1) // 12 + 1)}
    for name, (since, until) in {**named, "horizon": (begins, end)}.items():
        since, until = max(since, begins), min(until, end)
        early, late = _saving(since, until, first, turn)
        years[name] = (until - since, early, late)
        costs[name] = (max(since - done, 0), max(until - done, 0))
    return LikelyMonths(
        label,
        {(period, kind): (early, late) for period, kind, early, late in periods},
        years,
        costs,
        _fiscal(inputs, department),
    )


def _saving(since: int, until: int, first: int | None, turn: int | None) -> tuple[int, int]:
    if first is None:
        return 0, 0
    counts = max(since, first)
    change = counts if turn is None else min(max(turn, counts), max(counts, until))
    return max(0, min(until, change) - counts), max(0, until - change)


def _fiscal(inputs: PlanInputs, department: Department) -> dict[str, FiscalMonths]:
    """With the likely delay and rise of prices, as the first lane of the draws has them."""

    def lane(value: int) -> np.ndarray:
        return np.array([value], dtype=np.int64)

    rows = inputs.assumptions
    late, rise = ends(rows["delay"], 1).likely, ends(rows["price_rise"], _MILLION).likely
    case = CashCase(inputs, department, True, 1, 1, 1, (), lane(late), lane(0), lane(rise))
    prices = price_path(case)[:, 0].tolist()
    dates = saving_dates(case)
    starts, unheld = (int(dates[0][0]), int(dates[1][0])) if dates else (10**6, 0)
    done, begins = int(done_months(case)[0]), month_of(inputs.as_of)
    found = {}
    for year in fiscal_years(inputs):
        months = range(year.begins - begins, year.ends - begins)
        saving = [month for month in months if month >= starts]
        found[str(year.year)] = FiscalMonths(
            _spans(prices, months, ()),
            _spans(prices, saving, [month for month in saving if month < unheld]),
            tuple(_since(due.begins, due.total, months, done, inputs.horizon_months) for due in SCHEDULE),
        )
    return found


def _spans(prices: Sequence[int], months: Sequence[int], early: Sequence[int]) -> tuple[Span, ...]:
    return tuple(
        Span(
            price,
            sum(prices[month] == price for month in months),
            sum(prices[month] == price for month in early),
        )
        for price in sorted({prices[month] for month in months})
    )


def _since(begins: int | None, total: str, months: range, done: int, horizon: int) -> tuple[int, int]:
    """Months of which a cost has been paid at both ends of a year; what falls due once counts as one month."""
    if begins is None:
        return int(months.start > done), int(months.stop > done)
    length = 12 if total in TIME_YEARS else horizon
    return tuple(min(max(month - done - begins, 0), length) for month in (months.start, months.stop))  # type: ignore[return-value]
