"""Finance: cash by fiscal year in every draw, present value, payback, and how money splits for a budget.

Against the scenarios, which price staying and migrating as they stand today, the draws add what a plan cannot know: that
prices rise at each renewal, that a department is done later, and working time that costs no budget. All amounts come
from lanes (:mod:`draws`): the likely figure is lane 0, the ends are the least and the greatest of all lanes, and the
percentiles are those of the draws. Likely figures of the years add up; their ends and percentiles do not, because
not everything goes wrong in the same year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from migrate.planner.amounts import Amount
from migrate.planner.costs import TIME_YEARS
from migrate.planner.draws import LIKELY, Draws, Lanes, divided
from migrate.planner.figures import Figures, Label, Unit
from migrate.planner.inputs import Assumption, Component, Contract, Department, Jurisdiction, PlanInputs
from migrate.planner.licences import DepartmentLicences
from migrate.planner.months import first_whole_month, month_of, months_later, next_renewal
from migrate.planner.scenarios import migration_month
from migrate.planner.terms import contract_of, date_rows, floors_end, migration_day, saving_starts

# what a month's money is; the first two leave a budget as licences
KINDS = ("stay", "licences", "one_off_h", "one_off_nh", "yearly_h", "yearly_nh", "time_nh")
_MILLION = 1_000_000
# no price rises beyond these, so that amounts fit: a hundred times in a year, a thousand times in all
_STEEPEST, _DEAREST = 100 * _MILLION, 1000 * _MILLION
_NEVER = 10**6  # a month that no horizon reaches


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """``year`` is the calendar year in which it begins; ``begins`` and ``ends`` are months, the end excluded."""

    year: int
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Finance:
    """Cash in all lanes. ``cash[kind]`` has the shape months x lanes; ``value[what]`` one amount per lane.

    ``value`` holds present values: ``h`` budget-effective, ``nh`` not, ``all`` both; ``saving`` the licences alone, and
    each kind of cost.
    ``pays_back`` is the number of months until the budget has its money back for good, ``horizon`` + 1 for never.
    """

    years: tuple[FiscalYear, ...]
    cash: Mapping[str, Lanes]
    value: Mapping[str, Lanes]
    pays_back: Lanes


def plan_finance(
    inputs: PlanInputs,
    departments: Sequence[Department],
    components: Sequence[Component],
    licences: Sequence[DepartmentLicences],
    figures: Figures,
    draws: Draws,
) -> Finance:
    """Add the figures ``finance.*``. Licences and costs must have been planned before."""
    months = inputs.horizon_months
    cash = {kind: np.zeros((months, draws.lanes), dtype=np.int64) for kind in KINDS}
    by_id = {row.department.id: row for row in licences}
    delays = {dated: _delay(inputs, dated, draws) for dated in (True, False)}
    behind: list[_Behind] = []
    for department in departments:
        delay = delays[department.migration is not None]
        done = migration_month(inputs, department) - month_of(inputs.as_of) + delay
        if department.id in by_id:
            _add_licences(inputs, by_id[department.id], delay, cash, draws)
            behind.extend(_behind_licences(inputs, by_id[department.id]))
        _add_costs(department, components, done, cash, figures, draws)
        behind.extend(_behind_costs(inputs, department, components, done, figures, draws))
    years = fiscal_years(inputs)
    value = present_values(cash, years, inputs)
    finance = Finance(years, cash, value, _pays_back(budget(cash)))
    _add_figures(inputs, finance, behind, components, departments, figures, draws)
    return finance


def _delay(inputs: PlanInputs, dated: bool, draws: Draws) -> Lanes:
    """Months by which a department is done later than the plan says; never before today's month."""
    rows = inputs.assumptions
    late = draws.of(rows["delay"], 1)
    if dated:
        return late
    assumed = rows["months_to_migrate"]
    return late + draws.of(assumed, 1) - int(assumed.likely)


def _add_licences(
    inputs: PlanInputs, row: DepartmentLicences, delay: Lanes, cash: Mapping[str, Lanes], draws: Draws
) -> None:
    contract = contract_of(inputs, row.department)
    starts, unheld = _dates(inputs, row, delay)
    rise = np.minimum(_MILLION + draws.of(inputs.assumptions["price_rise"], _MILLION), _STEEPEST)
    price = np.full(draws.lanes, _MILLION, dtype=np.int64)
    next_rise = _first_rise(inputs, contract)
    for month in range(inputs.horizon_months):
        if month == next_rise:
            for _year in range(max(1, contract.term_months // 12)):
                price = np.minimum((price * rise + _MILLION // 2) // _MILLION, _DEAREST)
            next_rise += contract.term_months
        saving = np.where(unheld <= month, row.saving_cents, row.early_saving_cents)
        remaining = row.current_cents - np.where(starts <= month, saving, 0)
        cash["stay"][month] += (row.current_cents * price + _MILLION // 2) // _MILLION
        cash["licences"][month] += (remaining * price + _MILLION // 2) // _MILLION


def _dates(inputs: PlanInputs, row: DepartmentLicences, delay: Lanes) -> tuple[Lanes, Lanes]:
    """Months of the horizon from which fewer seats are paid, and from which floors no longer hold them, in every lane.

    The terms of the contract answer for each delay that was drawn; a signed reduction is not late.
    """
    begins, department = month_of(inputs.as_of), row.department
    by_delay = {}
    for late in np.unique(delay).tolist():
        later = replace(department, migration=months_later(migration_day(inputs, department), late))
        first, second = saving_starts(inputs, later), floors_end(inputs, later)
        by_delay[late] = (
            first_whole_month(first) - begins if first else _NEVER,
            first_whole_month(second) - begins if second else -_NEVER,
        )
    starts, ends = zip(*(by_delay[late] for late in delay.tolist()), strict=True)
    return np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)


def _add_costs(
    department: Department,
    components: Sequence[Component],
    done: Lanes,
    cash: Mapping[str, Lanes],
    figures: Figures,
    draws: Draws,
) -> None:
    done = np.maximum(done, 0)
    months = np.arange(cash["stay"].shape[0], dtype=np.int64)[:, None]
    since = months - done[None, :]
    for due in _SCHEDULE:
        parts = [
            figures.lanes_of(f"departments.{department.id}.costs.{component.code}", draws)
            for component in components
            if component.total == due.total and component.budget in due.budgets
        ]
        if not parts:
            continue
        lanes = np.sum(parts, axis=0)[None, :]
        if due.begins is None:
            cash[due.kind][:] += np.where(since == 0, lanes, 0)
            continue
        length = 12 if due.total in TIME_YEARS else months.shape[0] + 1
        passed = np.clip(since - due.begins, 0, length)
        more = np.clip(since - due.begins + 1, 0, length)
        cash[due.kind][:] += more * lanes // 12 - passed * lanes // 12


class _Due(NamedTuple):
    """When a kind of cost falls due: in the month in which a department is done (``begins`` None), or monthly from so many
    months after it."""

    kind: str
    total: str
    budgets: tuple[str, ...]
    begins: int | None


_SCHEDULE = (
    _Due("one_off_h", "one_off", ("h",), None),
    _Due("one_off_nh", "one_off", ("nh",), None),
    _Due("yearly_h", "support_yearly", ("h",), 0),
    _Due("yearly_nh", "support_yearly", ("nh",), 0),
    _Due("time_nh", "time_once", ("h", "nh"), None),
    _Due("time_nh", "time_yearly", ("h", "nh"), 0),
    *(_Due("time_nh", total, ("h", "nh"), 12 * number) for number, total in enumerate(TIME_YEARS)),
)


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


def budget(cash: Mapping[str, Lanes]) -> Lanes:
    """Money that a budget keeps each month by migrating: months x lanes."""
    return cash["stay"] - cash["licences"] - cash["one_off_h"] - cash["yearly_h"]


def working_time(cash: Mapping[str, Lanes]) -> Lanes:
    """Costs that leave no budget, as what is kept: never more than zero."""
    return -(cash["one_off_nh"] + cash["yearly_nh"] + cash["time_nh"])


def present_values(
    cash: Mapping[str, Lanes], years: Sequence[FiscalYear], inputs: PlanInputs
) -> dict[str, Lanes]:
    """Present values in the first fiscal year: the money of the n-th year after it is worth 1 / (1 + rate)^n."""
    rate = Fraction(inputs.jurisdiction.discount_rate) / 100 if inputs.jurisdiction else Fraction(0)
    begins = month_of(inputs.as_of)
    series = {
        "h": budget(cash),
        "nh": working_time(cash),
        "saving": cash["stay"] - cash["licences"],
        **{kind: cash[kind] for kind in KINDS[2:]},
    }
    found = {}
    for name, months in series.items():
        worth = np.zeros(months.shape[1], dtype=object)
        for number, year in enumerate(years):
            sums = months[year.begins - begins : year.ends - begins].sum(axis=0)
            factor = int(_MILLION**2 / (1 + rate) ** number)
            worth = worth + sums.astype(object) * factor
        found[name] = np.array(
            [(2 * amount + _MILLION**2) // (2 * _MILLION**2) for amount in worth], dtype=np.int64
        )
    found["all"] = found["h"] + found["nh"]
    return found


def _pays_back(monthly: Lanes) -> Lanes:
    """Months until the running sum stays above zero; one more than there are months where it never does."""
    months = monthly.shape[0]
    above = np.cumsum(monthly, axis=0) > 0
    to_the_end = np.logical_and.accumulate(above[::-1], axis=0).sum(axis=0)
    return np.where(to_the_end > 0, months - to_the_end + 1, months + 1).astype(np.int64)


def _ranged(lanes: Lanes) -> Amount:
    """The likely world between the worst and the best that were looked at: with a price rise and a delay no one knows
    beforehand which of them that is."""
    return Amount(int(lanes.min()), int(lanes[LIKELY]), int(lanes.max()))


@dataclass(frozen=True, slots=True)
class _Behind:
    """What moves a kind of cash of a department: rows, and the month of the horizon from which they can."""

    kind: str
    rows: tuple[str, ...]
    since: int
    until: int = _NEVER


def _behind_licences(inputs: PlanInputs, row: DepartmentLicences) -> Iterator[_Behind]:
    """What is nothing in every lane moves nothing; a price can rise from the first renewal on."""
    department, contract = row.department, contract_of(inputs, row.department)
    prefix, dates = f"departments.{department.id}.licences", date_rows(department)
    rises = _first_rise(inputs, contract)
    for kind in ("stay", "licences"):
        yield _Behind(kind, (f"{prefix}.current_monthly",), 0)
        if row.current_cents:
            yield _Behind(kind, ("assumptions.price_rise",), rises)
            yield _Behind(kind, dates, 0)
    if (row.saving_cents or row.early_saving_cents) and row.starts is not None:
        signed = contract.label is Label.CONTRACTED
        saving = f"{prefix}.saving_full_year.{contract.label}"
        starts = max(0, row.starts - month_of(inputs.as_of))
        yield _Behind("licences", (saving,), starts)
        if not signed:
            yield _Behind("licences", _late_rows(department), starts if department.migration else 0)


def _behind_costs(
    inputs: PlanInputs,
    department: Department,
    components: Sequence[Component],
    done: Lanes,
    figures: Figures,
    draws: Draws,
) -> Iterator[_Behind]:
    first, last = (max(0, int(end)) for end in (done.min(), done.max()))
    # a delay can vanish, and an assumed length too
    planned = migration_month(inputs, department) - month_of(inputs.as_of) if department.migration else 0
    for due in _SCHEDULE:
        begins = first + (due.begins or 0)
        for component in components:
            id = f"departments.{department.id}.costs.{component.code}"
            if component.total != due.total or component.budget not in due.budgets or not figures[id].inputs:
                continue
            once = due.begins is None
            yield _Behind(due.kind, (id,), begins, last + 1 if once else _NEVER)
            if figures.lanes_of(id, draws).any():
                yield _Behind(due.kind, (f"departments.{department.id}.migration",), 0)
                yield _Behind(due.kind, _late_rows(department), planned + (due.begins or 0))


def _first_rise(inputs: PlanInputs, contract: Contract) -> int:
    """The month of the horizon of the first renewal; without a date a term after the date of the plan."""
    renewal = next_renewal(contract.renewal or inputs.as_of, contract.term_months, inputs.as_of)
    return month_of(renewal) - month_of(inputs.as_of) + (0 if contract.renewal else contract.term_months)


def _late_rows(department: Department) -> tuple[str, ...]:
    """What decides when a department is done."""
    if department.migration:
        return ("assumptions.delay",)
    return "assumptions.delay", "assumptions.months_to_migrate"


def _add_figures(
    inputs: PlanInputs,
    finance: Finance,
    behind: Sequence[_Behind],
    components: Sequence[Component],
    departments: Sequence[Department],
    figures: Figures,
    draws: Draws,
) -> None:
    begins, cash = month_of(inputs.as_of), finance.cash
    series = {**cash, "kept_h": budget(cash), "kept_nh": working_time(cash)}
    series["kept"] = series["kept_h"] + series["kept_nh"]
    for name, months in series.items():
        label = Label.FORECAST if name.startswith("kept") else Label.COST
        for year in finance.years:
            lanes = months[year.begins - begins : year.ends - begins].sum(axis=0)
            id = f"finance.years.{year.year}.{name}"
            parts = _KEPT.get(name)
            origins = (
                tuple(f"finance.years.{year.year}.{kind}" for kind in parts)
                if parts
                else tuple(
                    id
                    for row in behind
                    if row.kind == name
                    and row.since < year.ends - begins
                    and row.until > year.begins - begins
                    for id in row.rows
                )
            )
            origins = (*origins, "plan.as_of")
            figures.add(id, Unit.CENTS, _ranged(lanes), label, origins, lanes=lanes)
        lanes = months.sum(axis=0)
        origins = tuple(f"finance.years.{year.year}.{name}" for year in finance.years)
        figures.add(f"finance.horizon.{name}", Unit.CENTS, _ranged(lanes), label, origins, lanes=lanes)
    rate = (inputs.jurisdiction.id,) if inputs.jurisdiction else ()
    for name, lanes in finance.value.items():
        series_names = _VALUE_OF.get(name, (name,))
        origins = (
            *(f"finance.years.{year.year}.{part}" for year in finance.years for part in series_names), *rate,
        )  # fmt: skip
        label = Label.COST if name in KINDS else Label.FORECAST
        figures.add(f"finance.value.{name}", Unit.CENTS, _ranged(lanes), label, origins, lanes=lanes)
    if inputs.jurisdiction and inputs.jurisdiction.tax is not None:
        _add_taxes(finance, inputs.jurisdiction, inputs.assumptions["tax.irrecoverable"], figures, draws)
    _add_splits(components, departments, figures)


# series of what is kept -> the kinds of cash in it
_KEPT_H = ("stay", "licences", "one_off_h", "yearly_h")
_KEPT_NH = ("one_off_nh", "yearly_nh", "time_nh")
_KEPT = {"kept_h": _KEPT_H, "kept_nh": _KEPT_NH, "kept": (*_KEPT_H, *_KEPT_NH)}
# present value -> the series of a year from which it comes, where that has another name
_VALUE_OF = {"h": ("kept_h",), "nh": ("kept_nh",), "all": ("kept",), "saving": ("stay", "licences")}


def _add_taxes(
    finance: Finance, jurisdiction: Jurisdiction, irrecoverable: Assumption, figures: Figures, draws: Draws
) -> None:
    """The sales tax on what is bought, as far as it is not recovered; every other figure is without it."""
    assert jurisdiction.tax is not None
    share = draws.of(irrecoverable, 10_000)
    percent = int(jurisdiction.tax * 1000)
    bought = {
        "stay": ("stay",),
        "migrate": ("licences", "one_off_h", "yearly_h"),
    }
    for name, kinds in bought.items():
        lanes = np.sum([finance.cash[kind].sum(axis=0) for kind in kinds], axis=0)
        tax = np.asarray(divided([lanes, percent, share], 10**9), dtype=np.int64)
        origins = (
            *(f"finance.horizon.{kind}" for kind in kinds), jurisdiction.id, irrecoverable.id,
        )  # fmt: skip
        figures.add(f"finance.tax.{name}", Unit.CENTS, _ranged(tax), Label.COST, origins, lanes=tax)


def _add_splits(components: Sequence[Component], departments: Sequence[Department], figures: Figures) -> None:
    """One-off and yearly costs by budget effect, by who does the work, and by capital and operating."""
    for total in ("one_off", "support_yearly"):
        for attribute in ("budget", "funding", "spending"):
            groups: dict[str, list[str]] = {}
            for component in components:
                if component.total == total:
                    groups.setdefault(getattr(component, attribute), []).append(component.code)
            for value, codes in sorted(groups.items()):
                parts = [
                    figures[f"departments.{department.id}.costs.{code}"]
                    for department in departments
                    for code in codes
                ]
                figures.total(f"totals.costs.{total}.by_{attribute}.{value}", Unit.CENTS, Label.COST, parts)
