"""Costs: what migrating takes besides the licences, per department, in money.

One-off are training, the helpdesk in the first weeks and the priced effort on documents; support recurs every year
from the month in which a department is done. "Free" software that costs nothing to run is the classic error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from migrate.planner.amounts import ZERO, Amount, rounded
from migrate.planner.effort import WHO
from migrate.planner.figures import Figure, Figures, Label, Unit
from migrate.planner.inputs import Assumption, Department, PlanInputs, slug


def seats_to_migrate(inputs: PlanInputs, department: Department) -> int:
    """Users of a department who do not keep Microsoft Office."""
    return sum(not user.keep_office_reason for user in inputs.users if slug(user.department) == department.id)


def priced(minutes: Amount, rate: Assumption) -> Amount:
    """Minutes at an hourly rate, rounded once per end of the range."""
    ends = zip(
        (minutes.low, minutes.likely, minutes.high),
        (rate.cents.low, rate.cents.likely, rate.cents.high),
        strict=True,
    )
    return Amount(*(rounded(Fraction(count * cents, 60)) for count, cents in ends))


def factors(*named: tuple[str, Amount]) -> tuple[str, ...]:
    """The ids of a product's factors that move it: where another factor is nothing, none of them does."""
    return tuple(
        name for name, _amount in named if all(amount != ZERO for other, amount in named if other != name)
    )


def plan_costs(inputs: PlanInputs, departments: Sequence[Department], figures: Figures) -> None:
    """Add one-off and yearly costs per department and in total. The effort must have been planned before."""
    assumptions = inputs.assumptions
    training, support = assumptions["training"], assumptions["support"]
    helpdesk, rate = assumptions["helpdesk"], assumptions["rate.helpdesk"]
    one_off, yearly = [], []
    for department in departments:
        prefix = f"departments.{department.id}.costs"
        seats = seats_to_migrate(inputs, department)
        count = Amount.exactly(seats)
        people = f"users.{department.id}"
        figures.add(f"departments.{department.id}.seats", Unit.SEATS, seats, Label.COUNT, (people,))
        trained = figures.add(
            f"{prefix}.training",
            Unit.CENTS,
            training.cents * seats,
            Label.COST,
            factors((people, count), (training.id, training.cents)),
        )
        helped = figures.add(
            f"{prefix}.helpdesk",
            Unit.CENTS,
            priced(helpdesk.whole * seats, rate),
            Label.COST,
            factors((people, count), (helpdesk.id, helpdesk.whole), (rate.id, rate.cents)),
        )
        effort = figures.total(
            f"{prefix}.effort", Unit.CENTS, Label.COST, _effort_costs(assumptions, department, figures)
        )
        one_off.append(figures.total(f"{prefix}.one_off", Unit.CENTS, Label.COST, (trained, helped, effort)))
        yearly.append(
            figures.add(
                f"{prefix}.support_yearly",
                Unit.CENTS,
                support.cents * seats,
                Label.COST,
                factors((people, count), (support.id, support.cents)),
            )
        )
    ids = [department.id for department in departments]
    for kind in ("training", "helpdesk", "effort"):
        parts = [figures[f"departments.{id}.costs.{kind}"] for id in ids]
        figures.total(f"totals.costs.{kind}", Unit.CENTS, Label.COST, parts)
    figures.total("totals.costs.one_off", Unit.CENTS, Label.COST, one_off)
    figures.total("totals.costs.support_yearly", Unit.CENTS, Label.COST, yearly)
    seats_rows = [figures[f"departments.{id}.seats"] for id in ids]
    figures.total("totals.seats", Unit.SEATS, Label.COUNT, seats_rows)


def _effort_costs(
    assumptions: Mapping[str, Assumption], department: Department, figures: Figures
) -> list[Figure]:
    """The minutes of each trade at its rate, rounded once per department, so that no other department moves them."""
    costs = []
    for who in WHO:
        rate = assumptions[f"rate.{who}"]
        minutes = figures[f"departments.{department.id}.effort.{who}.minutes"]
        costs.append(
            figures.add(
                f"departments.{department.id}.costs.effort.{who}",
                Unit.CENTS,
                priced(minutes.amount, rate),
                Label.COST,
                factors((minutes.id, minutes.amount), (rate.id, rate.cents)),
            )
        )
    return costs
