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

import numpy as np

from migrate.planner.amounts import Amount
from migrate.planner.draws import Draws, Lanes, divided, ends
from migrate.planner.effort import WHO
from migrate.planner.figures import Figure, Figures, Label, Unit
from migrate.planner.inputs import Assumption, Component, Department, PlanInputs, slug

# assumptions are multiplied as whole numbers of these parts
_PARTS = {"money": 100, "minutes": 100, "months": 1, "days": 1, "factor": 10_000}
TOTALS = ("one_off", "support_yearly", "time_once", "time_yearly", "exit")
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
    cents = ends(rate, _PARTS["money"])
    return Amount(
        *(int(divided([getattr(minutes, end), getattr(cents, end)], 60)) for end in ("low", "likely", "high"))
    )


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
        _add_cost(component, department, seats, rows, cost, figures)


def _add_by_minutes(
    component: Component,
    inputs: PlanInputs,
    departments: Sequence[Department],
    figures: Figures,
    draws: Draws,
) -> None:
    who = component.per.removeprefix("minutes.")
    rows = [inputs.assumptions[code] for code in component.rows]
    for department in departments:
        minutes = figures[f"departments.{department.id}.effort.{who}.minutes"]
        cost = product(Product(minutes.amount, figures.lanes_of(minutes.id, draws)), rows, draws)
        _add_cost(component, department, minutes, rows, cost, figures)


def _add_cost(
    component: Component,
    department: Department,
    quantity: Figure,
    rows: Sequence[Assumption],
    cost: Product,
    figures: Figures,
) -> None:
    assumed = ((row.id, ends(row, _PARTS[row.unit])) for row in rows)
    figures.add(
        f"departments.{department.id}.costs.{component.code}",
        Unit.CENTS,
        cost.amount,
        Label.COST,
        factors((quantity.id, quantity.amount), *assumed),
        lanes=cost.lanes,
    )


def factors(*named: tuple[str, Amount]) -> tuple[str, ...]:
    """The ids of a product's factors that move it: where another factor is nothing, none of them does."""
    return tuple(
        name for name, _amount in named if all(amount.high for other, amount in named if other != name)
    )


def _add_totals(prefix: str, components: Sequence[Component], figures: Figures) -> None:
    """``one_off``, ``support_yearly`` (all that runs) and the others that components name; work on documents is a total of its own."""
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
