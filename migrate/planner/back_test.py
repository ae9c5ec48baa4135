"""The back-test: published migrations predicted by rules that were calibrated without them.

Which cases, which outcome of each counts, and how a row is calibrated stands at the top of ``data/cases.csv`` and was fixed
before the first run. A calibrated row is low, likely and high like every row of a plan, and is drawn like one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

import numpy as np

from migrate.planner import data, defaults
from migrate.planner.amounts import rounded
from migrate.planner.draws import Draws, Factor, Lanes, Percentiles
from migrate.planner.inputs import Assumption
from migrate.planner.tables import Row, read_rows

WIDEST = 3  # times P10 that P90 may be
_LIST_PRICES = ("ENTERPRISEPACK", "SPE_E3", "SPE_E5")
_AS_OF = date(2026, 11, 22)
_SOURCE = "the other cases"


@dataclass(frozen=True, slots=True)
class Case:
    """A published migration. ``share_ended`` of its licences ended; ``strained`` is what was known beforehand."""

    id: str
    organisation: str
    period: str
    in_test: bool
    reason: str
    share_ended: Decimal | None
    failed: bool
    strained: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A published sum of one case, in its own currency; ``units`` are what it covers."""

    case: str
    quantity: str
    basis: str
    principal: bool
    units: int
    parallel_years: int
    low: Decimal
    high: Decimal
    currency: str
    to_euro: Decimal
    nature: str
    note: str

    @property
    def middle(self) -> Fraction:
        return Fraction(self.low + self.high) / 2

    @property
    def euro_per_unit(self) -> Fraction:
        return self.middle * Fraction(self.to_euro) / self.units


@dataclass(frozen=True, slots=True)
class Prediction:
    """Whole units of the outcome's currency."""

    outcome: Outcome
    percentiles: Percentiles
    calibrated_on: int

    @property
    def actual(self) -> int:
        return rounded(self.outcome.middle)

    @property
    def narrow(self) -> bool:
        return self.percentiles.p90 <= WIDEST * self.percentiles.p10

    @property
    def inside(self) -> bool:
        return self.narrow and self.percentiles.p10 <= self.actual <= self.percentiles.p90


@dataclass(frozen=True, slots=True)
class Decided:
    """What the rules without a case say of it as a whole, in euros; ``actual`` is the published difference."""

    case: Case
    percentiles: Percentiles
    chance: int  # draws of a thousand above zero
    actual: int

    @property
    def says_yes(self) -> bool:
        return self.chance > 500

    @property
    def right(self) -> bool:
        return self.says_yes == (self.actual > 0)


@dataclass(frozen=True, slots=True)
class LostTime:
    """Working time that a case lost, in euros, over ``seats``; ``licences`` are those that it would have bought."""

    seats: int
    licences: int
    lost: Decimal


@cache
def lost_times() -> Mapping[str, LostTime]:
    columns = ("case", "seats", "licences", "lost")
    return {
        row.required("case"): LostTime(row.whole("seats", 0), row.whole("licences", 0), row.number("lost"))
        for row in read_rows(data.text("case_time.csv"), "case_time.csv", columns)
    }


@cache
def cases() -> Mapping[str, Case]:
    columns = ("case", "organisation", "in_test", "failed", "strained")
    return {
        row.required("case"): Case(
            row.required("case"),
            row.required("organisation"),
            row.text("period"),
            row.flag("in_test"),
            row.text("reason"),
            row.number("share_ended") if row.text("share_ended") else None,
            row.flag("failed"),
            row.flag("strained"),
        )
        for row in read_rows(data.text("cases.csv"), "cases.csv", columns)
    }


@cache
def outcomes() -> tuple[Outcome, ...]:
    columns = (
        "case",
        "quantity",
        "basis",
        "principal",
        "units",
        "outcome_low",
        "outcome_high",
        "currency",
        "to_euro",
        "nature",
    )
    rows = read_rows(data.text("case_outcomes.csv"), "case_outcomes.csv", columns)
    return tuple(_outcome(row) for row in rows)


def _outcome(row: Row) -> Outcome:
    return Outcome(
        row.required("case"),
        row.required("quantity"),
        row.required("basis"),
        row.flag("principal"),
        row.whole("units", 0),
        row.whole("parallel_years", 0),
        row.number("outcome_low"),
        row.number("outcome_high"),
        row.required("currency"),
        row.number("to_euro"),
        row.text("nature"),
        row.text("note"),
    )


def calibrated(code: str, values: Iterable[Fraction], unit: str = "money") -> Assumption:
    """The row that values of other cases give: smallest, median, largest."""
    ordered = sorted(values)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    low, likely, high = (
        (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.0001"))
        for value in (ordered[0], middle, ordered[-1])
    )
    return Assumption(code, low, likely, high, unit, "EUR", _AS_OF, _SOURCE)


def predict(outcome: Outcome) -> Prediction:
    """The outcome as the rules without its case would have it."""
    row, others, euro = _PREDICTORS[outcome.basis](outcome)
    draws = _draws(row)
    lanes = euro(draws, row)
    in_currency = np.array(
        [rounded(Fraction(int(value), 10_000) / Fraction(outcome.to_euro)) for value in lanes.tolist()],
        dtype=np.int64,
    )
    return Prediction(outcome, draws.percentiles(in_currency), others)


def back_test() -> tuple[Prediction, ...]:
    """All outcomes of the cases in the test, in the order of the file."""
    return tuple(predict(outcome) for outcome in outcomes() if cases()[outcome.case].in_test)


def decisions() -> tuple[Decided, ...]:
    """For every case with a one-off cost: licences less one-off cost less lost time, and what was published."""
    found = []
    for once in outcomes():
        if once.quantity != "one_off" or not cases()[once.case].in_test:
            continue
        bought = next(
            (row for row in outcomes() if row.case == once.case and row.quantity == "licences"),
            replace(
                once,
                basis="purchase",
                units=lost_times()[once.case].licences if once.case in lost_times() else 0,
            ),
        )
        found.append(_decided(once, bought))
    return tuple(found)


def _decided(once: Outcome, bought: Outcome) -> Decided:
    case, own = cases()[once.case], lost_times().get(once.case)
    parts = [(1, bought), (-1, once)]
    rows: list[Assumption] = []
    lanes = []
    for _sign, outcome in parts:
        more, _count, euro = _PREDICTORS[outcome.basis](outcome)
        rows.extend(more)
        lanes.append((len(rows) - len(more), len(rows), euro))
    others = [Fraction(row.lost) / row.seats for id, row in lost_times().items() if id != once.case]
    if case.strained and own:
        lost = calibrated("case.lost", others)
        rows.append(replace(lost, low=lost.low / 2, high=lost.high * 2))
    draws = _draws(rows)
    net = sum(sign * euro(draws, rows[a:b]) for (sign, _), (a, b, euro) in zip(parts, lanes, strict=True))
    if case.strained and own:
        net = net - draws.of(rows[-1], 10_000) * own.seats
    licences = bought.euro_per_unit * bought.units if bought.quantity == "licences" else Fraction(0)
    actual = licences - once.euro_per_unit * once.units - (Fraction(own.lost) if own else 0)
    euros = np.asarray(net) // 10_000
    return Decided(case, draws.percentiles(euros), draws.share_above_zero(euros), rounded(actual))


# an outcome to its rows, how many values they rest on, and ten-thousandths of a euro in all lanes
_Rows = Sequence[Assumption]
_Predictor = Callable[[Outcome], tuple[_Rows, int, Callable[[Draws, _Rows], Lanes]]]


def _draws(rows: _Rows) -> Draws:
    return Draws(rows, (Factor("other", "*", 0, _SOURCE),))


def _others(outcome: Outcome, basis: str) -> list[Fraction]:
    return [
        other.euro_per_unit for other in outcomes() if other.basis == basis and other.case != outcome.case
    ]


def _by_unit(outcome: Outcome) -> tuple[_Rows, int, Callable[[Draws, _Rows], Lanes]]:
    others = _others(outcome, outcome.basis)
    row = calibrated(f"case.{outcome.basis}", others)
    return (row,), len(others), lambda draws, rows: draws.of(rows[0], 10_000) * outcome.units


def _by_spend(outcome: Outcome) -> tuple[_Rows, int, Callable[[Draws, _Rows], Lanes]]:
    others = [
        Fraction(case.share_ended)
        for case in cases().values()
        if case.share_ended is not None and case.id != outcome.case
    ]
    row = calibrated("case.share", others, "factor")
    return (row,), len(others), lambda draws, rows: draws.of(rows[0], 10_000) * outcome.units


def _by_list_price(outcome: Outcome) -> tuple[_Rows, int, Callable[[Draws, _Rows], Lanes]]:
    listed = {price.sku: price.monthly_cents for price in defaults.prices() if price.currency == "EUR"}
    row = calibrated("case.subscription", [Fraction(listed[sku] * 12, 100) for sku in _LIST_PRICES])
    return (row,), 0, lambda draws, rows: draws.of(rows[0], 10_000) * outcome.units


def _with_parallel_running(outcome: Outcome) -> tuple[_Rows, int, Callable[[Draws, _Rows], Lanes]]:
    suite = _others(outcome, "suite")
    row = calibrated("case.suite", suite)
    median = Fraction(row.likely)
    beyond = [
        max(Fraction(0), other.euro_per_unit - median) / other.parallel_years
        for other in outcomes()
        if other.basis == "parallel" and other.case != outcome.case
    ]
    yearly = calibrated("case.parallel", beyond)
    yearly = replace(yearly, low=yearly.low / 2, high=yearly.high * 2)

    def lanes(draws: Draws, rows: _Rows) -> Lanes:
        once, yearly_row = (draws.of(row, 10_000) for row in rows)
        return (once + yearly_row * outcome.parallel_years) * outcome.units

    return (row, yearly), len(suite) + len(beyond), lanes


_PREDICTORS: Mapping[str, _Predictor] = {
    "purchase": _by_unit,
    "suite": _by_unit,
    "spend": _by_spend,
    "subscription": _by_list_price,
    "parallel": _with_parallel_running,
}
