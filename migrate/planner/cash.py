"""The cash of one department by month in every lane (:mod:`draws`), and which rows move it in which year.

Prices rise at each renewal, work is done later than planned, and the terms of the contract answer for each delay that
was drawn. What moves a year is found by :mod:`dependence` in the lanes that differ: the likely world, the ends, and one
for each delay.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from migrate.planner.costs import TIME_YEARS
from migrate.planner.dependence import moving_rows
from migrate.planner.draws import ALL_HIGH, ALL_LOW, LIKELY, Draws, Lanes
from migrate.planner.figures import Figures
from migrate.planner.inputs import Component, Contract, Department, PlanInputs
from migrate.planner.licences import DepartmentLicences
from migrate.planner.months import first_whole_month, month_of, months_later, next_renewal
from migrate.planner.scenarios import migration_month
from migrate.planner.term_changes import LONG, term_changes
from migrate.planner.terms import contract_of, floors_end, migration_day, saving_starts

# what a month's money is; the licences that migrating pays are what staying pays less what is saved
COSTS = ("one_off_h", "one_off_nh", "yearly_h", "yearly_nh", "time_nh")
KINDS = ("stay", "saved", *COSTS)
HORIZON, VALUE = "horizon", "value"  # beside the fiscal years: their sum, and their present value
_MILLION = 1_000_000
# no price rises beyond these, so that amounts fit: a hundred times in a year, a thousand times in all
_STEEPEST, _DEAREST = 100 * _MILLION, 1000 * _MILLION
_NEVER = 10**6  # a month that no horizon reaches
_DELAYS = 5  # of those that were drawn, as many are asked
_ANY_COST = 1200  # cents that a cost changes by when it is asked which months pay it


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """``year`` is the calendar year in which it begins; ``begins`` and ``ends`` are months, the end excluded."""

    year: int
    begins: int
    ends: int


def fiscal_years(inputs: PlanInputs) -> tuple[FiscalYear, ...]:
    """The fiscal years that the horizon touches; the first and the last are parts of years."""
    begins = month_of(inputs.as_of)
    end = begins + inputs.horizon_months
    first = inputs.jurisdiction.fiscal_month if inputs.jurisdiction else 1
    year = (begins - (first - 1)) // 12
    found = []
    while (start := year * 12 + first - 1) < end:
        found.append(FiscalYear(year, max(start, begins), min(start + 12, end)))
        year += 1
    return tuple(found)


class Due(NamedTuple):
    """When a kind of cost falls due: in the month in which a department is done (``begins`` None), or monthly from so many
    months after it."""

    kind: str
    total: str
    budgets: tuple[str, ...]
    begins: int | None

    def pays(self, component: Component) -> bool:
        return component.total == self.total and component.budget in self.budgets


SCHEDULE = (
    Due("one_off_h", "one_off", ("h",), None),
    Due("one_off_nh", "one_off", ("nh",), None),
    Due("yearly_h", "support_yearly", ("h",), 0),
    Due("yearly_nh", "support_yearly", ("nh",), 0),
    Due("time_nh", "time_once", ("h", "nh"), None),
    Due("time_nh", "time_yearly", ("h", "nh"), 0),
    *(Due("time_nh", total, ("h", "nh"), 12 * number) for number, total in enumerate(TIME_YEARS)),
)


@dataclass(frozen=True, slots=True)
class CashCase:
    """What a department's cash is computed from, in all lanes or in some of them.

    ``buys`` is False for what is no department. ``current``, ``saving`` and ``early`` are cents a month: paid today, saved, and saved while floors last. ``costs``
    has an entry per row of :data:`SCHEDULE`. ``late`` are months that a department is done later than planned,
    ``assumed`` those by which the assumed length differs from the likely one; ``rise`` is a year's, in millionths.
    """

    inputs: PlanInputs
    department: Department
    buys: bool
    current: int
    saving: int
    early: int
    costs: tuple[Lanes, ...]
    late: Lanes
    assumed: Lanes
    rise: Lanes

    @property
    def delay(self) -> Lanes:
        return self.late if self.department.migration else self.late + self.assumed

    def in_lanes(self, lanes: Sequence[int]) -> CashCase:
        return replace(
            self,
            costs=tuple(cost[lanes] for cost in self.costs),
            late=self.late[lanes],
            assumed=self.assumed[lanes],
            rise=self.rise[lanes],
        )


def cash_case(
    inputs: PlanInputs,
    department: Department,
    licences: DepartmentLicences | None,
    components: Sequence[Component],
    figures: Figures,
    draws: Draws,
) -> CashCase:
    """``licences`` is None for what is no department, which pays none."""
    rows, none = inputs.assumptions, np.zeros(draws.lanes, dtype=np.int64)
    costs = (
        [figures.lanes_of(cost_id(department, component), draws) for component in components if due.pays(component)]
        for due in SCHEDULE
    )  # fmt: skip
    return CashCase(
        replace(inputs, users=()),
        department,
        licences is not None,
        licences.current_cents if licences else 0,
        licences.saving_cents if licences else 0,
        licences.early_saving_cents if licences else 0,
        tuple(np.sum([none, *own], axis=0) for own in costs),
        draws.of(rows["delay"], 1),
        draws.of(rows["months_to_migrate"], 1) - int(rows["months_to_migrate"].likely),
        draws.of(rows["price_rise"], _MILLION),
    )


def cost_id(department: Department, component: Component) -> str:
    return f"departments.{department.id}.costs.{component.code}"


def cash_of(case: CashCase) -> dict[str, Lanes]:
    """Cents by kind, each of the shape months x lanes."""
    stay, saved = licence_cash(case, saving_dates(case))
    found = {"stay": stay, "saved": saved, **{kind: np.zeros_like(stay) for kind in COSTS}}
    for due, paid in zip(SCHEDULE, cost_cash(case, range(case.inputs.horizon_months + 1)), strict=True):
        found[due.kind] += paid
    return found


def licence_cash(case: CashCase, dates: tuple[Lanes, Lanes] | None) -> tuple[Lanes, Lanes]:
    """What is paid today and what is saved of it from the ``dates`` on, by month, at the prices of the month."""
    months = np.arange(case.inputs.horizon_months, dtype=np.int64)[:, None]
    price = price_path(case)
    stay = (case.current * price + _MILLION // 2) // _MILLION
    if dates is None:
        return stay, np.zeros_like(stay)
    starts, unheld = dates
    saving = np.where(unheld <= months, case.saving, case.early)
    return stay, np.where(starts <= months, (saving * price + _MILLION // 2) // _MILLION, 0)


def price_path(case: CashCase) -> Lanes:
    """A price of one by month, in millionths: it rises at each renewal by the years of a term."""
    contract = contract_of(case.inputs, case.department)
    rise = np.minimum(_MILLION + case.rise, _STEEPEST)
    price = np.full(case.rise.shape, _MILLION, dtype=np.int64)
    found = np.empty((case.inputs.horizon_months, *price.shape), dtype=np.int64)
    since, until = 0, _first_rise(case.inputs, contract)
    while since < case.inputs.horizon_months:
        found[since:until] = price
        for _year in range(max(1, contract.term_months // 12)):
            price = np.minimum((price * rise + _MILLION // 2) // _MILLION, _DEAREST)
        since, until = until, until + contract.term_months
    return found


def _first_rise(inputs: PlanInputs, contract: Contract) -> int:
    """The month of the horizon of the first renewal; without a date a term after the date of the plan."""
    renewal = next_renewal(contract.renewal or inputs.as_of, contract.term_months, inputs.as_of)
    return month_of(renewal) - month_of(inputs.as_of) + (0 if contract.renewal else contract.term_months)


def saving_dates(case: CashCase) -> tuple[Lanes, Lanes] | None:
    """Months of the horizon from which fewer seats are paid, and from which floors no longer hold them, in every lane.

    The terms of the contract answer for each delay that was drawn; a signed reduction is not late. None where nothing
    is saved.
    """
    if not (case.saving or case.early):
        return None
    inputs, department = case.inputs, case.department
    begins, planned = month_of(inputs.as_of), migration_day(inputs, department)
    delays, lanes = np.unique(case.delay, return_inverse=True)
    by_delay = []
    for late in delays.tolist():
        later = replace(department, migration=months_later(planned, late))
        first, second = saving_starts(inputs, later), floors_end(inputs, later)
        by_delay.append(
            (
                first_whole_month(first) - begins if first else _NEVER,
                first_whole_month(second) - begins if second else -_NEVER,
            )
        )
    starts, ends = np.array(by_delay, dtype=np.int64).T
    return starts[lanes], ends[lanes]


def cost_cash(case: CashCase, bounds: Sequence[int]) -> Iterator[Lanes]:
    """Cents for each row of :data:`SCHEDULE` between one month of ``bounds`` and the next: one row less than bounds."""
    since = np.asarray(bounds, dtype=np.int64)[:, None] - done_months(case)
    for due, lanes in zip(SCHEDULE, case.costs, strict=True):
        if not lanes.any():
            paid = np.zeros_like(since)
        elif due.begins is None:
            paid = np.where(since > 0, lanes, 0)
        else:
            length = 12 if due.total in TIME_YEARS else case.inputs.horizon_months
            paid = np.clip(since - due.begins, 0, length) * lanes // 12
        yield paid[1:] - paid[:-1]


def done_months(case: CashCase) -> Lanes:
    """The month of the horizon in which the department is done, in every lane: never before the plan's date."""
    planned = migration_month(case.inputs, case.department) - month_of(case.inputs.as_of)
    return np.maximum(planned + case.delay, 0)


Behind = Mapping[tuple[str, str], Mapping[str, None]]
"""(Fiscal year, :data:`HORIZON` or :data:`VALUE`, kind of :data:`KINDS`) -> ids of the rows and figures that move it, in order."""


def rows_behind_cash(case: CashCase, components: Sequence[Component], figures: Figures) -> Behind:
    """What moves a department's cash: amounts where their months fall into the period, dates, delays and prices."""
    case = case.in_lanes(_telling(case.delay))
    found: dict[tuple[str, str], dict[str, None]] = {}
    for name, rows in moving_rows(partial(_numbers, known={}), case, _variations(case)).items():
        period, series = name.split("/")
        kind = SCHEDULE[int(series)].kind if series.isdigit() else series
        found.setdefault((period, kind), {}).update(dict.fromkeys(rows))
    even = replace(case, costs=tuple(np.full_like(cost, _ANY_COST) for cost in case.costs))
    for due, years in zip(SCHEDULE, cost_cash(even, _bounds(case.inputs)), strict=True):
        ids = [cost_id(case.department, component) for component in components if due.pays(component)]
        named = {id: None for id in ids if figures[id].inputs}
        for period, sums in zip(_names(case.inputs), _by_period(case.inputs, years), strict=True):
            if sums.any():
                found.setdefault((period, due.kind), {}).update(named)
    return found


def _telling(delay: Lanes) -> list[int]:
    """Lanes that show the delays from the least to the greatest, and both ends of everything else."""
    _values, first = np.unique(delay, return_index=True)
    steps = np.linspace(0, len(first) - 1, min(len(first), _DELAYS)).astype(np.int64)
    return sorted({LIKELY, ALL_LOW, ALL_HIGH, *first[steps].tolist()})


def _bounds(inputs: PlanInputs) -> list[int]:
    """The months of the horizon at which fiscal years begin, and the one at which the last ends."""
    begins = month_of(inputs.as_of)
    return [*(year.begins - begins for year in fiscal_years(inputs)), inputs.horizon_months]


def _by_period(inputs: PlanInputs, years: Lanes) -> Lanes:
    """The sums of the fiscal years, of all of them, and their present value (in no unit): periods x lanes."""
    weights = np.array([worth // 10**8 for worth in discounts(inputs, len(years))], dtype=np.int64)
    return np.vstack([years, years.sum(axis=0), (years * weights[:, None]).sum(axis=0)])


def _names(inputs: PlanInputs) -> list[str]:
    return [*(str(year.year) for year in fiscal_years(inputs)), HORIZON, VALUE]


def discounts(inputs: PlanInputs, years: int) -> tuple[int, ...]:
    """What the money of each fiscal year is worth in the first: whole millionths of millionths, 1 / (1 + rate)^n."""
    return _discounts(inputs.jurisdiction.discount_rate if inputs.jurisdiction else Decimal(0), years)


@lru_cache(maxsize=256)
def _discounts(percent: Decimal, years: int) -> tuple[int, ...]:
    rate = Fraction(percent) / 100
    return tuple(int(_MILLION**2 / (1 + rate) ** number) for number in range(years))


def _numbers(case: CashCase, known: dict[Hashable, dict[str, bytes]]) -> dict[str, bytes]:
    """Every sum of a period: of what is paid today, of what is saved, and of each row of the schedule.

    ``known`` are sums of earlier cases with the same months: most rows move either licences or costs.
    """
    bounds, names = _bounds(case.inputs), _names(case.inputs)

    def sums(key: Hashable, series: Callable[[], Iterable[tuple[str, Lanes]]]) -> dict[str, bytes]:
        if key not in known:
            known[key] = {
                f"{name}/{number}": total.tobytes()
                for number, years in series()
                for name, total in zip(names, _by_period(case.inputs, years), strict=True)
            }
        return known[key]

    def licences() -> Iterator[tuple[str, Lanes]]:
        for name, months in zip(("stay", "saved"), licence_cash(case, dates), strict=True):
            yield name, np.add.reduceat(months, bounds[:-1])

    def costs() -> Iterator[tuple[str, Lanes]]:
        return ((str(number), paid) for number, paid in enumerate(cost_cash(case, bounds)))

    contract = contract_of(case.inputs, case.department)
    rises = (_first_rise(case.inputs, contract), contract.term_months, case.rise.tobytes())
    dates = saving_dates(case)
    amounts = (case.current, case.saving, case.early)
    paid_key = (*names, *bounds, rises, amounts, *(months.tobytes() for months in dates or ()))
    return sums(paid_key, licences) | sums((*names, *bounds, done_months(case).tobytes()), costs)


def _variations(case: CashCase) -> Iterator[tuple[str, CashCase]]:
    licences = f"departments.{case.department.id}.licences"
    label = contract_of(case.inputs, case.department).label
    if case.buys:
        yield f"{licences}.current_monthly", replace(case, current=case.current + _MILLION)
        more = replace(case, saving=case.saving + _MILLION, early=case.early + _MILLION)
        yield f"{licences}.saving_full_year.{label}", more
    begins = month_of(case.inputs.as_of)
    each_year = [year.begins for year in fiscal_years(case.inputs)]
    planned = migration_month(case.inputs, case.department)
    for months in {0, LONG, *(month - planned for month in each_year if month > planned)}:
        yield "assumptions.delay", replace(case, late=np.full_like(case.late, months))
    for rise in (0, _MILLION):
        yield "assumptions.price_rise", replace(case, rise=np.full_like(case.rise, rise))
    done = [month - begins for month in each_year]
    # with an interest rate it matters how much of a fiscal year is left
    around = range(2, 12) if case.inputs.jurisdiction else ()
    days = [months_later(case.inputs.as_of, months) for months in around]
    for row, inputs, department in term_changes(case.inputs, case.department, days, done):
        exact = row == "assumptions.months_to_migrate"
        assumed = np.zeros_like(case.assumed) if exact else case.assumed
        yield row, replace(case, inputs=inputs, department=department, assumed=assumed)
    for row, inputs in fiscal_changes(case.inputs):
        yield row, replace(case, inputs=inputs)


def fiscal_changes(inputs: PlanInputs) -> Iterator[tuple[str, PlanInputs]]:
    """Fiscal years that begin in other months."""
    row = inputs.jurisdiction
    if row:
        for month in (1, 4, 7, 10):
            yield row.id, replace(inputs, jurisdiction=replace(row, fiscal_month=month))
