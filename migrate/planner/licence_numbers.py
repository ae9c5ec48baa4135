"""The licence numbers of one department once it is chosen who holds what: a small pure formula.

Users are gone here: what counts is how many seats of which product, and how many of them change to what. The formula
is small so that :mod:`dependence` can ask it which prices, dates and terms move which number. What moves the choice
itself is behind ``choices.licences``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from migrate.planner.figures import Label
from migrate.planner.inputs import Department, PlanInputs
from migrate.planner.months import first_whole_month, month_of
from migrate.planner.periods import periods_of
from migrate.planner.term_changes import term_changes, with_assumption
from migrate.planner.terms import (
    clean_up_starts,
    contract_of,
    floors_end,
    monthly_cents,
    price_of,
    saving_starts,
)


@dataclass(frozen=True, slots=True)
class SeatChange:
    """``seats`` that hold ``added`` instead of ``dropped``, ``early_seats`` of them while floors last."""

    name: str
    dropped: tuple[str, ...]
    added: tuple[str, ...]
    seats: int
    early_seats: int


@dataclass(frozen=True, slots=True)
class LicenceCase:
    """``inputs`` without users; ``held`` are seats by product, ``freed`` those that nobody uses, as attested.

    ``activity`` are seats by last day of activity and products held, of users of whom nobody has said anything.
    """

    inputs: PlanInputs
    department: Department
    held: Mapping[str, int]
    changes: tuple[SeatChange, ...]
    freed: tuple[SeatChange, ...]
    activity: Mapping[tuple[date | None, tuple[str, ...]], int]

    def monthly_cents(self, skus: tuple[str, ...]) -> int:
        return sum(monthly_cents(self.inputs, self.department, sku) for sku in skus)


@dataclass(frozen=True, slots=True)
class Number:
    cents: int
    since: date | None = None


def licence_numbers(case: LicenceCase) -> dict[str, Number]:
    """Every licence number of the department that dates, terms and prices move, by the end of its figure's id.

    A saving of a period names the day since which it counts; where nothing counts in the period there is no such day.
    That of a whole year in force belongs to no day.
    """
    inputs, department = case.inputs, case.department
    numbers = {
        f"current.{sku}.monthly": Number(case.monthly_cents((sku,)) * seats)
        for sku, seats in case.held.items()
        if price_of(inputs, department, sku) is not None
    }
    current = sum(number.cents for number in numbers.values())
    starts, second = saving_starts(inputs, department), floors_end(inputs, department)
    label = contract_of(inputs, department).label
    numbers |= _savings(case, "changes", case.changes, starts, second, label)
    numbers |= _savings(
        case, "clean_up", case.freed, clean_up_starts(inputs, department), second, Label.FORECAST
    )
    numbers |= _by_year(case, current, starts, second)
    return numbers | _unused(case)


def swayed_by_choice(case: LicenceCase) -> frozenset[str]:
    """The numbers that another choice of licences would move: a saving counts in their time.

    By the ends of their figures' ids; a total's for all its parts.
    """
    dearest = max(case.inputs.products, key=lambda sku: (case.monthly_cents((sku,)), sku), default="")
    probe = SeatChange("probe", (dearest,), (), 1, 1)
    given, without = (licence_numbers(replace(case, changes=changes)) for changes in ((probe,), ()))
    moved = (name for name, number in given.items() if number.cents != without.get(name, Number(0)).cents)
    return frozenset(name.removeprefix("changes.probe.") for name in moved)


def _savings(
    case: LicenceCase,
    prefix: str,
    changes: tuple[SeatChange, ...],
    starts: date | None,
    second: date | None,
    label: Label,
) -> dict[str, Number]:
    numbers = {}
    periods = periods_of(case.inputs, label, _month(starts), _month(second))
    for change in changes:
        saving = case.monthly_cents(change.dropped) - case.monthly_cents(change.added)
        for period, kind, early, late in periods:
            cents = saving * (change.early_seats * early + change.seats * late)
            if kind is Label.REALISED and case.inputs.cancellations:
                cents = 0  # a table says what was really cancelled
            since = starts if cents and period != "full_year" else None
            numbers[f"{prefix}.{change.name}.saving_{period}.{kind}"] = Number(cents, since)
    return numbers


def _month(day: date | None) -> int | None:
    return first_whole_month(day) if day else None


def _by_year(case: LicenceCase, current: int, starts: date | None, second: date | None) -> dict[str, Number]:
    """What is paid and what is saved by calendar year, and over the horizon."""
    savings = [
        (case.monthly_cents(change.dropped) - case.monthly_cents(change.added), change)
        for change in case.changes
    ]
    full = sum(saving * change.seats for saving, change in savings)
    early = sum(saving * change.early_seats for saving, change in savings)
    begins = month_of(case.inputs.as_of)
    ends = begins + case.inputs.horizon_months
    first, turn = _month(starts), _month(second)
    spans = {
        f"years.{year}": (year * 12, year * 12 + 12) for year in range(begins // 12, (ends - 1) // 12 + 1)
    }
    numbers = {}
    for name, (since, until) in {**spans, "horizon": (begins, ends)}.items():
        since, until = max(since, begins), min(until, ends)
        less = 0
        if first is not None:
            counts = max(since, first)
            change = min(max(turn, counts), max(counts, until)) if turn is not None else counts
            less = early * max(0, min(until, change) - counts) + full * max(0, until - change)
        numbers[f"{name}.paid"] = Number(current * (until - since) - less)
        if name != "horizon":
            numbers[f"{name}.saved"] = Number(less)
    return numbers


def _unused(case: LicenceCase) -> dict[str, Number]:
    limit = case.inputs.as_of - timedelta(days=case.inputs.assumptions["inactive_days"].whole.likely)
    seats = cents = 0
    prices = {sku: case.monthly_cents((sku,)) for sku in case.held}
    for (last_active, skus), users in case.activity.items():
        if last_active and last_active < limit:
            seats += users
            cents += users * sum(prices[sku] for sku in skus)
    return {"unused.seats": Number(seats), "unused.yearly": Number(cents * 12)}


_NEVER_ACTIVE = date(1900, 1, 1)


def variations(case: LicenceCase) -> Iterator[tuple[str, LicenceCase]]:
    """Each row behind the case with changes of it on both sides of every comparison that it takes part in."""
    yield from _price_variations(case)
    for row, inputs, department in term_changes(case.inputs, case.department, _activity_dates(case)):
        yield row, replace(case, inputs=inputs, department=department)
    for days in (0, 36500):
        yield _with_assumption(case, "inactive_days", Decimal(days))
    for last_active in (None, _NEVER_ACTIVE):
        moved: dict[tuple[date | None, tuple[str, ...]], int] = {}
        for (_day, skus), users in case.activity.items():
            moved[last_active, skus] = moved.get((last_active, skus), 0) + users
        yield f"users.{case.department.id}.last_active", replace(case, activity=moved)


def _price_variations(case: LicenceCase) -> Iterator[tuple[str, LicenceCase]]:
    inputs, department = case.inputs, case.department
    changes = (*case.changes, *case.freed)
    for sku in dict.fromkeys([*case.held, *(sku for change in changes for sku in change.added)]):
        price = price_of(inputs, department, sku)
        if price is None:
            continue
        for cents in (0, price.monthly_cents + 10_000):
            changed = replace(price, monthly_cents=cents)
            key = (sku, contract_of(inputs, department).id)
            if price.contract:
                rows = {"contract_prices": {**inputs.contract_prices, key: changed}}
                yield price.id, replace(case, inputs=replace(inputs, contract_prices=rows["contract_prices"]))
            else:
                yield price.id, replace(case, inputs=replace(inputs, prices={**inputs.prices, sku: changed}))
    for factor in map(Decimal, ("0", "0.5", "1", "2", "1000")):
        yield _with_assumption(case, f"billing.{contract_of(inputs, department).billing}", factor)


def _with_assumption(case: LicenceCase, code: str, value: Decimal) -> tuple[str, LicenceCase]:
    row, inputs = with_assumption(case.inputs, code, value)
    return row, replace(case, inputs=inputs)


def _activity_dates(case: LicenceCase) -> set[date]:
    """Dates of the plan at which all seats, or none, are without activity for long enough."""
    known = [day for day, _skus in case.activity if day]
    days = case.inputs.assumptions["inactive_days"].whole.likely
    return {min(known), max(known) + timedelta(days=days + 1)} if known else set()
