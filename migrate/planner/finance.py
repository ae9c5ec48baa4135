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

import numpy as np

from migrate.planner.amounts import Amount
from migrate.planner.cash import (
    COSTS,
    HORIZON,
    VALUE,
    Behind,
    FiscalYear,
    cash_case,
    cash_of,
    discounts,
    fiscal_changes,
    fiscal_years,
    rows_behind_cash,
)
from migrate.planner.cash import KINDS as _CASH_KINDS
from migrate.planner.costs import factors
from migrate.planner.dependence import moving_rows
from migrate.planner.draws import LIKELY, Draws, Lanes, divided
from migrate.planner.figures import Figures, Label, Unit
from migrate.planner.inputs import Assumption, Component, Department, Jurisdiction, PlanInputs
from migrate.planner.licences import DepartmentLicences
from migrate.planner.months import month_of, months_later

# what a month's money is; the first two leave a budget as licences
KINDS = ("stay", "licences", *COSTS)
_MILLION = 1_000_000
# series of cash -> the kinds that it is made of, where it is not one itself
_MADE_OF = {
    "licences": ("stay", "saved"),
    "kept_h": ("saved", "one_off_h", "yearly_h"),
    "kept_nh": ("one_off_nh", "yearly_nh", "time_nh"),
    "kept": ("saved", *COSTS),
}
# present value -> the series that it is of, where that has another name
_VALUE_OF = {"h": "kept_h", "nh": "kept_nh", "all": "kept", "saving": "saved"}


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
    sums = {kind: np.zeros((inputs.horizon_months, draws.lanes), dtype=np.int64) for kind in _CASH_KINDS}
    by_id = {row.department.id: row for row in licences}
    behind: dict[tuple[str, str], dict[str, None]] = {}
    for department in departments:
        case = cash_case(inputs, department, by_id.get(department.id), components, figures, draws)
        for kind, lanes in cash_of(case).items():
            sums[kind] += lanes
        for name, rows in rows_behind_cash(case, components, figures).items():
            behind.setdefault(name, {}).update(rows)
    cash = {kind: sums["stay"] - sums["saved"] if kind == "licences" else sums[kind] for kind in KINDS}
    years = fiscal_years(inputs)
    finance = Finance(years, cash, present_values(cash, years, inputs), _pays_back(budget(cash)))
    _add_cash(inputs, finance, behind, figures)
    _add_values(inputs, finance, behind, figures)
    if inputs.jurisdiction and inputs.jurisdiction.tax is not None:
        _add_taxes(finance, inputs.jurisdiction, inputs.assumptions["tax.irrecoverable"], figures, draws)
    _add_splits(components, departments, figures)
    return finance


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
    begins, factors_by_year = month_of(inputs.as_of), discounts(inputs, len(years))
    series = {
        "h": budget(cash),
        "nh": working_time(cash),
        "saving": cash["stay"] - cash["licences"],
        **{kind: cash[kind] for kind in KINDS[2:]},
    }
    found = {}
    for name, months in series.items():
        worth = np.zeros(months.shape[1], dtype=object)
        for factor, year in zip(factors_by_year, years, strict=True):
            sums = months[year.begins - begins : year.ends - begins].sum(axis=0)
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


def _add_cash(inputs: PlanInputs, finance: Finance, behind: Behind, figures: Figures) -> None:
    begins, cash = month_of(inputs.as_of), finance.cash
    series = {**cash, "kept_h": budget(cash), "kept_nh": working_time(cash)}
    series["kept"] = series["kept_h"] + series["kept_nh"]
    there = _rows_behind_years(inputs)
    for name, months in series.items():
        label = Label.FORECAST if name.startswith("kept") else Label.COST
        for year in finance.years:
            lanes = months[year.begins - begins : year.ends - begins].sum(axis=0)
            rows = (*_rows(behind, str(year.year), name), *there[str(year.year)])
            id = f"finance.years.{year.year}.{name}"
            figures.add(id, Unit.CENTS, _ranged(lanes), label, rows, lanes=lanes)
        lanes = months.sum(axis=0)
        rows = _rows(behind, HORIZON, name)
        figures.add(f"finance.horizon.{name}", Unit.CENTS, _ranged(lanes), label, rows, lanes=lanes)


def _rows(behind: Behind, period: str, series: str) -> tuple[str, ...]:
    """The rows of the kinds that a series is made of; what moves staying and migrating alike moves no difference."""
    kinds = _MADE_OF.get(series, (series,))
    return tuple(dict.fromkeys(row for kind in kinds for row in behind.get((period, kind), ())))


def _rows_behind_years(inputs: PlanInputs) -> Mapping[str, tuple[str, ...]]:
    """What decides that a fiscal year is one of the plan's."""

    def years(changed: PlanInputs) -> Mapping[str, bool]:
        return {str(year.year): True for year in fiscal_years(changed)}

    def changes() -> Iterator[tuple[str, PlanInputs]]:
        for months in (-inputs.horizon_months, inputs.horizon_months):
            yield "plan.as_of", replace(inputs, as_of=months_later(inputs.as_of, months))
        yield from fiscal_changes(inputs)

    return moving_rows(years, inputs, changes())


def _add_values(inputs: PlanInputs, finance: Finance, behind: Behind, figures: Figures) -> None:
    begins = month_of(inputs.as_of)
    later = max(finance.years[0].ends - begins, 0) if finance.years else 0
    for name, lanes in finance.value.items():
        series = _VALUE_OF.get(name, name)
        kinds = _MADE_OF.get(series, (series,))
        rows = [*_rows(behind, VALUE, series)]
        if inputs.jurisdiction and any(_cash(finance, kind)[later:].any() for kind in kinds):
            rows.append(inputs.jurisdiction.id)
        label = Label.COST if name in KINDS else Label.FORECAST
        figures.add(f"finance.value.{name}", Unit.CENTS, _ranged(lanes), label, rows, lanes=lanes)


def _cash(finance: Finance, kind: str) -> Lanes:
    return finance.cash["stay"] - finance.cash["licences"] if kind == "saved" else finance.cash[kind]


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
        amounts = (_ranged(lanes), Amount.exactly(percent), _ranged(share))
        named = factors(*zip(("", jurisdiction.id, irrecoverable.id), amounts, strict=True))
        origins = [
            row
            for name in named
            for row in ([name] if name else (f"finance.horizon.{kind}" for kind in kinds))
        ]
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
