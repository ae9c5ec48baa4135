"""Costs: what migrating takes besides the licences, per department, in money.

The kinds of cost are rows of ``components.csv``: each multiplies seats, or minutes of work on documents, with assumptions.
One-off costs fall due when a department is done, yearly ones from then on: "free" software that costs nothing to run is
the classic error. Working time of users (training hours, a dip in productivity, files exchanged with outsiders) is money
that leaves no budget: it stands apart from both totals. The way back is a contingency and in no total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from migrate.planner.amounts import Amount, rounded, spread
from migrate.planner.draws import Draws, Lanes, divided, ends
from migrate.planner.effort import WHO
from migrate.planner.figures import Figure, Figures, Label, Unit
from migrate.planner.inputs import Assumption, Component, Department, PlanInputs, slug

# assumptions are multiplied as whole numbers of these parts
_PARTS = {"money": 100, "minutes": 100, "months": 1, "days": 1, "factor": 10_000}
TOTALS = ("one_off", "yearly", "time_once", "time_yearly", "exit")
TIME_YEARS = tuple(f"time_year{year}" for year in range(1, 6))


@dataclass(frozen=True, slots=True)
class Product:
    """A quantity times assumptions: the range, and the value in every lane."""

    amount: Amount
    lanes: Lanes


def seats_to_migrate(inputs: PlanInputs) -> Counter[str]:
    """Users who do not keep Microsoft Office, by department id."""
    return Counter(slug(user.department) for user in inputs.users if not user.keep_office_reason)


def priced(minutes: Amount, rate: Assumption) -> Amount:
    """Minutes at an hourly rate, rounded once per end of the range."""
    pairs = zip(
        (minutes.low, minutes.likely, minutes.high),
        (rate.cents.low, rate.cents.likely, rate.cents.high),
        strict=True,
    )
    return Amount(*(rounded(Fraction(count * cents, 60)) for count, cents in pairs))


def product(quantity: Amount | Product, rows: Sequence[Assumption], draws: Draws) -> Product:
    """Cents: the quantity times every row, rounded once; minutes become money by a row of an hourly rate."""
    by = 60 if any(row.code.startswith("rate.") for row in rows) else 1
    for row in rows:
        by *= _PARTS[row.unit]
    by //= _PARTS["money"]
    amount = quantity.amount if isinstance(quantity, Product) else quantity
    scaled = [ends(row, _PARTS[row.unit]) for row in rows]
    found = (
        divided([getattr(amount, end), *(getattr(row, end) for row in scaled)], by)
        for end in ("low", "likely", "high")
    )
    first: Lanes | int = quantity.lanes if isinstance(quantity, Product) else quantity.likely
    lanes = divided([first, *(draws.of(row, _PARTS[row.unit]) for row in rows)], by)
    return Product(Amount(*map(int, found)), np.asarray(lanes, dtype=np.int64))


def plan_costs(
    inputs: PlanInputs,
    departments: Sequence[Department],
    components: Sequence[Component],
    figures: Figures,
    draws: Draws,
) -> None:
    """Add the costs per department and in total. The effort must have been planned before."""
    seats = seats_to_migrate(inputs)
    for department in departments:
        id, people = f"departments.{department.id}.seats", (f"users.{department.id}",)
        figures.add(id, Unit.SEATS, seats[department.id], Label.COUNT, people)
    seat_rows = [figures[f"departments.{department.id}.seats"] for department in departments]
    figures.total("totals.seats", Unit.SEATS, Label.COUNT, seat_rows)
    for component in components:
        if component.per == "seats":
            _add_by_seats(component, inputs, departments, figures, draws)
        else:
            _add_by_minutes(component, inputs, departments, figures, draws)
    for department in departments:
        _add_totals(f"departments.{department.id}.costs", components, figures)
    _add_grand_totals(departments, components, figures)


def _add_by_seats(
    component: Component,
    inputs: PlanInputs,
    departments: Sequence[Department],
    figures: Figures,
    draws: Draws,
) -> None:
    rows = [inputs.assumptions[code] for code in component.rows]
    one = product(Amount.exactly(1), rows, draws) if len(rows) == 1 else None
    for department in departments:
        seats = figures[f"departments.{department.id}.seats"]
        cost = (
            Product(one.amount * seats.amount.likely, one.lanes * seats.amount.likely)
            if one
            else product(seats.amount, rows, draws)
        )
        figures.add(
            f"departments.{department.id}.costs.{component.code}",
            Unit.CENTS,
            cost.amount,
            Label.COST,
            (seats.id, *(row.id for row in rows)),
            lanes=cost.lanes,
        )


def _add_by_minutes(
    component: Component,
    inputs: PlanInputs,
    departments: Sequence[Department],
    figures: Figures,
    draws: Draws,
) -> None:
    """The total of a trade is priced once and split by minutes, so that hours and money tell one story."""
    who = component.per.removeprefix("minutes.")
    rows = [inputs.assumptions[code] for code in component.rows]
    total = figures[f"totals.effort.{who}.minutes"]
    rate = Amount.total(ends(row, 100) for row in rows)
    cost = product(total.amount, rows, draws).amount
    minutes = [figures[f"departments.{department.id}.effort.{who}.minutes"] for department in departments]
    parts = _split(cost, [row.amount for row in minutes], rate)
    for department, row, part in zip(departments, minutes, parts, strict=True):
        lanes = product(Product(row.amount, figures.lanes_of(row.id, draws)), rows, draws).lanes
        figures.add(
            f"departments.{department.id}.costs.{component.code}",
            Unit.CENTS,
            part,
            Label.COST,
            (row.id, total.id, *(assumption.id for assumption in rows)),
            lanes=lanes,
        )


def _split(cost: Amount, minutes: Sequence[Amount], rate: Amount) -> list[Amount]:
    """The cost by minutes, each width of the range by the widths of the parts, so that ends stay in order."""
    lows = [row.low * rate.low for row in minutes]
    likely = [row.likely * rate.likely for row in minutes]
    highs = [row.high * rate.high for row in minutes]
    first = spread(cost.low, lows)
    second = spread(cost.likely - cost.low, [b - a for a, b in zip(lows, likely, strict=True)])
    third = spread(cost.high - cost.likely, [b - a for a, b in zip(likely, highs, strict=True)])
    return [Amount(a, a + b, a + b + c) for a, b, c in zip(first, second, third, strict=True)]


def _add_totals(prefix: str, components: Sequence[Component], figures: Figures) -> None:
    """``one_off``, ``yearly`` and the others that components name; work on documents is a total of its own."""
    trades = [figures[f"{prefix}.effort.{who}"] for who in WHO]
    effort = figures.total(f"{prefix}.effort", Unit.CENTS, Label.COST, trades)
    for name in (*TOTALS, *TIME_YEARS):
        parts: list[Figure] = [
            figures[f"{prefix}.{component.code}"]
            for component in components
            if component.total == name and component.per == "seats"
        ]
        if name == "one_off":
            parts.append(effort)
        if f"{prefix}.{name}" not in figures:
            figures.total(f"{prefix}.{name}", Unit.CENTS, Label.COST, parts)


def _add_grand_totals(
    departments: Sequence[Department], components: Sequence[Component], figures: Figures
) -> None:
    kinds = (component.code for component in components)
    for kind in dict.fromkeys(("effort", *kinds, *TOTALS, *TIME_YEARS)):
        parts = [figures[f"departments.{department.id}.costs.{kind}"] for department in departments]
        figures.total(f"totals.costs.{kind}", Unit.CENTS, Label.COST, parts)
