"""The dates and terms that decide when a department is done and what its contract then lets go, each of them changed.

For :mod:`dependence`: every formula that compares these dates is asked with values on both sides of each comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from migrate.planner.inputs import Department, PlanInputs
from migrate.planner.months import months_later
from migrate.planner.terms import contract_of, migration_day

LONG_AGO, LONG = 120, 600  # months

Changed = tuple[str, PlanInputs, Department]
"""Id of a row, and the inputs and the department after one change of it."""


def term_changes(
    inputs: PlanInputs, department: Department, as_of: Iterable[date] = (), done: Iterable[int] = ()
) -> Iterator[Changed]:
    """``as_of`` are further dates of the plan to be tried, ``done`` months from it in which work may be done."""
    not_before = max(migration_day(inputs, department), inputs.as_of)
    past, far = months_later(inputs.as_of, -LONG_AGO), months_later(not_before, LONG)
    renewal = contract_of(inputs, department).renewal
    soon, half = months_later(inputs.as_of, 1), months_later(not_before, 6)
    terms: dict[str, tuple[Any, ...]] = {
        "renewal": (None, past, inputs.as_of, soon, not_before, half, far),
        "term_months": (1, 7, LONG_AGO),
    }
    if department.contract:
        terms |= {
            "notice_days": (0, 40, 20000),
            "floor_until": (None, past, months_later(not_before, 14), far),
            "floors": ({},),
            "minimum_seats": (0, 10**6),
        }
    for name, values in terms.items():
        for value in values:
            yield _with_term(inputs, department, name, value)
    months_from_now = sorted({5, 14, 17, LONG, *done})
    days = (months_later(inputs.as_of, months) for months in months_from_now)
    for migration in (None, past, renewal, *days):
        yield f"departments.{department.id}.migration", inputs, replace(department, migration=migration)
    for months in (0, *months_from_now):
        yield (*with_assumption(inputs, "months_to_migrate", Decimal(months)), department)
    for day in sorted({*_plan_dates(inputs, department), *as_of} - {inputs.as_of}):
        yield "plan.as_of", replace(inputs, as_of=day), department


def with_assumption(inputs: PlanInputs, code: str, value: Decimal) -> tuple[str, PlanInputs]:
    row = inputs.assumptions[code]
    rows = {**inputs.assumptions, code: replace(row, low=value, likely=value, high=value)}
    return row.id, replace(inputs, assumptions=rows)


def _with_term(inputs: PlanInputs, department: Department, name: str, value: Any) -> Changed:
    """A term of the department's contract, which is one row, or of its own, where each term is a row."""
    if department.contract:
        contract = contract_of(inputs, department)
        changed = {**inputs.contracts, contract.id: replace(contract, **{name: value})}
        return f"contracts.{contract.id}", replace(inputs, contracts=changed), department
    return f"departments.{department.id}.{name}", inputs, replace(department, **{name: value})


def _plan_dates(inputs: PlanInputs, department: Department) -> set[date]:
    """Dates before, at and after each date that the plan's date is compared with."""
    found = {months_later(inputs.as_of, months) for months in (-LONG_AGO, -1, 1, LONG_AGO)}
    for day in (contract_of(inputs, department).renewal, department.migration):
        if day:
            half = inputs.horizon_months // 2
            found |= {months_later(day, months) for months in (-half, -6, -2, 2, LONG_AGO)}
    return found
