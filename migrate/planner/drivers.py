"""Drivers: which rows decide, how often the plan pays, and what would flip the decision.

The measure is the present value of migrating over the horizon, budget and working time together. A driver's swing is what
the measure does when its rows alone go from P10 to P90. A flip is the value of one assumption, or the place of one group
of effort rules between its likely value and an end, at which the measure is zero while all else is likely. Both are read
from lanes in which nothing else moves; between a likely value and an end the measure is a straight line, except for dates
and prices that move in steps, whose flips are said to be near.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from migrate.planner.amounts import Amount, rounded
from migrate.planner.draws import LIKELY, WHOLE, Draws, Lanes
from migrate.planner.finance import Finance

SHOWN = 8
MEASURE = "finance.value.all"  # the figure that drivers and flips move
LICENCE_PRICES = "licence_prices"
_LARGEST_DISCOUNT = WHOLE * 160 // 485
# what goes by whole months and renewals
_IN_STEPS = ("assumptions.delay", "assumptions.months_to_migrate", "assumptions.price_rise")
_FARTHEST = 3  # times the way from the likely value to an end; farther is no answer


@dataclass(frozen=True, slots=True)
class Driver:
    """The measure with the factor at its P10 and at its P90, all else likely, in cents."""

    factor: str
    at_p10: int
    at_p90: int

    @property
    def swing(self) -> int:
        return abs(self.at_p90 - self.at_p10)


@dataclass(frozen=True, slots=True)
class Flip:
    """``way`` is the share of the way from the likely value to the ``end`` (low or high) in millionths.

    ``value`` is the assumption's value there, in millionths of its unit; None for a group of rules. ``near`` says that
    the figure moves in steps. For ``licence_prices`` ``value`` is the share by which the saving may shrink.
    """

    driver: str
    end: str
    way: int
    value: int | None
    near: bool

    @property
    def within(self) -> bool:
        """Inside the range that the plan thinks possible; of licences, what a contract was below the list (Schiedam)."""
        return self.way <= (_LARGEST_DISCOUNT if self.driver == LICENCE_PRICES else WHOLE)


@dataclass(frozen=True, slots=True)
class Decision:
    """Chances are draws of a thousand. Months until the money is back are those of the draws, None beyond the horizon."""

    chance_all: int
    chance_budget: int
    chance_pays_back: int
    pays_back_months: tuple[int | None, int | None, int | None]
    drivers: tuple[Driver, ...]
    flips: tuple[Flip, ...]

    def as_json(self) -> dict[str, Any]:
        p10, p50, p90 = self.pays_back_months
        return {
            "chance": {
                "all": self.chance_all,
                "budget": self.chance_budget,
                "pays_back": self.chance_pays_back,
            },
            "pays_back_months": {"p10": p10, "p50": p50, "p90": p90},
            "measure": MEASURE,
            "drivers": [
                {"factor": row.factor, "p10": row.at_p10, "p90": row.at_p90, "swing": row.swing}
                for row in self.drivers
            ],
            "flips": [
                {
                    "driver": row.driver,
                    "end": row.end,
                    "way": row.way,
                    "value": row.value,
                    "within": row.within,
                    "near": row.near,
                }
                for row in self.flips
            ],
        }


def decide(finance: Finance, draws: Draws) -> Decision:
    """What decides: chances, drivers and flips."""
    measure = finance.value["all"]
    drivers = sorted(
        (
            Driver(factor, int(measure[draws.lane(factor, 1)]), int(measure[draws.lane(factor, 2)]))
            for factor in draws.factors
        ),
        key=lambda row: (-row.swing, row.factor),
    )
    drivers = [row for row in drivers if row.swing]
    months = finance.cash["stay"].shape[0]
    back = draws.percentiles(finance.pays_back)
    flips = sorted(_flips(finance, draws), key=lambda row: (row.way, row.driver))
    return Decision(
        draws.share_above_zero(measure),
        draws.share_above_zero(finance.value["h"]),
        draws.share_above_zero(months + 1 - finance.pays_back),
        (_within(back.p10, months), _within(back.p50, months), _within(back.p90, months)),
        tuple(drivers[:SHOWN]),
        tuple(flips),
    )


def _within(count: int, months: int) -> int | None:
    return count if count <= months else None


def _flips(finance: Finance, draws: Draws) -> Iterator[Flip]:
    measure = finance.value["all"]
    for id in draws.singles:
        ends = {high: draws.single_lane(id, high) for high in (False, True)}
        if flip := _flip(id, measure, ends, draws.range_of(id)):
            yield flip
    for factor in draws.factors:
        if not any(id.startswith("assumptions.") for id in draws.rows_of(factor)):
            ends = {False: draws.lane(factor, 0), True: draws.lane(factor, 3)}
            if flip := _flip(factor, measure, ends, None):
                yield flip
    saving, likely = int(finance.value["saving"][LIKELY]), int(measure[LIKELY])
    if saving > 0 and 0 < likely <= saving:
        share = rounded(Fraction(likely * WHOLE, saving))
        yield Flip(LICENCE_PRICES, "low", share, share, False)


def _flip(driver: str, measure: Lanes, lanes: dict[bool, int], amount: Amount | None) -> Flip | None:
    """The nearer of the two ends towards which the measure meets zero; None where it meets it at neither."""
    likely = int(measure[LIKELY])
    found = []
    for high, lane in lanes.items():
        change = int(measure[lane]) - likely
        if not change or (likely > 0) == (change > 0):
            continue
        way = rounded(Fraction(-likely * WHOLE, change))
        value = None
        if amount:
            span = amount.high - amount.likely if high else amount.low - amount.likely
            value = amount.likely + rounded(Fraction(span * way, WHOLE))
        if way <= _FARTHEST * WHOLE and (value is None or value >= 0):
            found.append(Flip(driver, "high" if high else "low", way, value, driver in _IN_STEPS))
    return min(found, key=lambda flip: flip.way, default=None)
