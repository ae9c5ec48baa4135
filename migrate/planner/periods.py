"""Periods over which a saving is counted, as months before and after the floors of a contract end."""

from __future__ import annotations

from migrate.planner.figures import Label
from migrate.planner.inputs import Department, PlanInputs
from migrate.planner.months import first_whole_month, month_of
from migrate.planner.terms import contract_of, floors_end, saving_starts


def periods_of(
    inputs: PlanInputs, label: Label, first: int | None, second: int | None
) -> list[tuple[str, Label, int, int]]:
    """(period, label, months while floors last, months after): what nobody has signed can only be forecast.

    Periods, in this order: ``full_year`` (twelve months in force), ``first_year`` and ``horizon`` from the month of the plan's date,
    and ``to_date`` for the months that are past.
    """
    begins = month_of(inputs.as_of)

    def months_within(since: int, until: int) -> tuple[int, int]:
        if first is None:
            return 0, 0
        since = max(since, first)
        turn = since if second is None else min(max(second, since), max(since, until))
        return max(0, min(until, turn) - since), max(0, until - turn)

    past = months_within(first, begins) if first is not None and label is Label.CONTRACTED else (0, 0)
    return [
        ("full_year", label, 0, 12 if first is not None else 0),
        ("first_year", label, *months_within(begins, begins + 12)),
        ("horizon", label, *months_within(begins, begins + inputs.horizon_months)),
        ("to_date", Label.REALISED, *past),
    ]


def horizon_months(inputs: PlanInputs, department: Department) -> tuple[int, int]:
    """Months of the horizon in which a department saves: while floors of its contract last, and after."""
    starts, second = saving_starts(inputs, department), floors_end(inputs, department)
    first_month = first_whole_month(starts) if starts else None
    second_month = first_whole_month(second) if second else None
    periods = periods_of(inputs, contract_of(inputs, department).label, first_month, second_month)
    return next((early, late) for name, _label, early, late in periods if name == "horizon")
