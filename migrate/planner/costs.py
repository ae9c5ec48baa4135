"""Costs: what migrating takes besides the licences, per department, in money.

One-off are training, the helpdesk in the first weeks and the priced effort on documents; support recurs every year
from the month in which a department is done. "Free" software that costs nothing to run is the classic error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from migrate.planner.amounts import Amount, rounded, spread
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


def plan_costs(inputs: PlanInputs, departments: Sequence[Department], figures: Figures) -> None:
    """Add one-off and yearly costs per department and in total. The effort must have been planned before."""
    assumptions = inputs.assumptions
    efforts = _effort_costs(assumptions, departments, figures)
    one_off, yearly = [], []
    for department in departments:
        prefix = f"departments.{department.id}.costs"
        seats = seats_to_migrate(inputs, department)
        people = (f"users.{department.id}",)
        figures.add(f"departments.{department.id}.seats", Unit.SEATS, seats, Label.COUNT, people)
        training = figures.add(
            f"{prefix}.training",
            Unit.CENTS,
            assumptions["training"].cents * seats,
            Label.COST,
            (*people, assumptions["training"].id),
        )
        helpdesk = figures.add(
            f"{prefix}.helpdesk",
            Unit.CENTS,
            priced(assumptions["helpdesk"].whole * seats, assumptions["rate.helpdesk"]),
            Label.COST,
            (*people, assumptions["helpdesk"].id, assumptions["rate.helpdesk"].id),
        )
        effort = figures.total(f"{prefix}.effort", Unit.CENTS, Label.COST, efforts[department.id])
        one_off.append(
            figures.total(f"{prefix}.one_off", Unit.CENTS, Label.COST, (training, helpdesk, effort))
        )
        yearly.append(
            figures.add(
                f"{prefix}.support_yearly",
                Unit.CENTS,
                assumptions["support"].cents * seats,
                Label.COST,
                (*people, assumptions["support"].id),
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
    assumptions: Mapping[str, Assumption], departments: Sequence[Department], figures: Figures
) -> dict[str, list[Figure]]:
    """The total of each trade is priced once and split by minutes, so that hours and money tell one story."""
    costs: dict[str, list[Figure]] = {department.id: [] for department in departments}
    for who in WHO:
        rate = assumptions[f"rate.{who}"]
        total = priced(figures[f"totals.effort.{who}.minutes"].amount, rate)
        rows = [figures[f"departments.{department.id}.effort.{who}.minutes"] for department in departments]
        ends = zip(
            spread(total.low, [row.amount.low for row in rows]),
            spread(total.likely, [row.amount.likely for row in rows]),
            spread(total.high, [row.amount.high for row in rows]),
            strict=True,
        )
        for department, row, part in zip(departments, rows, ends, strict=True):
            id = f"departments.{department.id}.costs.effort.{who}"
            costs[department.id].append(
                figures.add(id, Unit.CENTS, Amount(*part), Label.COST, (row.id, rate.id))
            )
    return costs
