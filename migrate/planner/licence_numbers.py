"""The licence numbers of one department, from its seats, prices, terms and dates alone: a small pure formula.

Users are gone here: what counts is how many seats of which product, and how many of them move. The formula is small
so that :mod:`dependence` can ask it which rows move which number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from migrate.planner.amounts import rounded
from migrate.planner.figures import Label
from migrate.planner.inputs import Department, Price
from migrate.planner.months import first_whole_month, month_of, months_later, next_renewal

PERIODS = ("full_year", "first_year", "horizon", "to_date")


@dataclass(frozen=True, slots=True)
class SeatMove:
    """Seats that go from a product to others; ``new_skus`` are those of the others that they do not hold yet."""

    sku: str
    target_skus: tuple[str, ...]
    new_skus: tuple[str, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class LicenceCase:
    """``held`` are seats by product, ``activity`` seats by last day of activity and products held.

    ``counts_past``: what was signed counts as realised once its months are past; not where a table says what was
    really cancelled.
    """

    department: Department
    as_of: date
    horizon_months: int
    months_to_migrate: int
    billing_factor: Decimal
    inactive_days: int
    prices: Mapping[str, Price]
    held: Mapping[str, int]
    moves: tuple[SeatMove, ...]
    activity: Mapping[tuple[date | None, tuple[str, ...]], int]
    counts_past: bool = True

    @property
    def label(self) -> Label:
        return self.department.label

    def monthly_cents(self, sku: str) -> int:
        """What one seat costs a month; zero where no price is known."""
        price = self.prices.get(sku)
        return seat_cents(price, self.billing_factor) if price else 0


@dataclass(frozen=True, slots=True)
class Number:
    cents: int
    since: date | None = None


def seat_cents(price: Price, billing_factor: Decimal) -> int:
    """Cents a month: a list price follows the terms of billing, a contract price stands as it is."""
    if price.kind == "contract":
        return price.monthly_cents
    return rounded(price.monthly_cents * billing_factor)


def saving_starts(case: LicenceCase) -> date | None:
    """The renewal from which fewer seats are paid; None where no date is known.

    A signed reduction starts at its renewal, even a past one. An unsigned one needs a renewal that is still to come
    and a department that is done by then.
    """
    department = case.department
    if department.renewal is None:
        return None
    if department.label is Label.CONTRACTED:
        return department.renewal
    return next_renewal(department.renewal, department.term_months, _not_before(case))


def _not_before(case: LicenceCase) -> date:
    done = case.department.migration or months_later(case.as_of, case.months_to_migrate)
    return max(done, case.as_of)


def seat_savings(case: LicenceCase) -> list[int]:
    """Cents a month that one seat of each move saves; negative where the others are dearer."""
    return [
        case.monthly_cents(move.sku) - sum(case.monthly_cents(sku) for sku in move.new_skus)
        for move in case.moves
    ]


def seats_taken(case: LicenceCase, savings: list[int]) -> list[int]:
    """Seats of each move that leave: none where it is dearer, and of the others what the contract's minimum allows.

    The smallest savings are counted first.
    """
    paying = sum(move.seats for move, saving in zip(case.moves, savings, strict=True) if saving >= 0)
    allowed = max(0, paying - case.department.minimum_seats)
    taken = [0] * len(case.moves)
    by_saving = sorted(range(len(case.moves)), key=lambda index: (savings[index], case.moves[index].sku))
    for index in by_saving:
        if savings[index] >= 0:
            taken[index] = min(case.moves[index].seats, allowed)
            allowed -= taken[index]
    return taken


def saving_months(case: LicenceCase, first: int | None) -> dict[str, dict[Label, int]]:
    """Saving months by period and label: what a department does not sign can only be forecast.

    Periods: ``full_year`` (twelve months in force), ``first_year`` and ``horizon`` from the month of the plan's date,
    and ``to_date`` for the months that are past.
    """
    begins = month_of(case.as_of)
    label = case.label

    def months_within(length: int) -> int:
        return max(0, begins + length - max(first, begins)) if first is not None else 0

    signed = case.counts_past and label is Label.CONTRACTED
    past = max(0, begins - first) if first is not None and signed else 0
    return {
        "full_year": {label: 12 if first is not None else 0},
        "first_year": {label: months_within(12)},
        "horizon": {label: months_within(case.horizon_months)},
        "to_date": {Label.REALISED: past},
    }


def licence_numbers(case: LicenceCase) -> dict[str, Number]:
    """Every licence number of the department by the end of its figure's id.

    A saving of a period names the day since which it counts; where nothing counts in the period there is no such day.
    That of a whole year in force belongs to no day.
    """
    numbers = {
        f"current.{sku}.monthly": Number(case.monthly_cents(sku) * seats)
        for sku, seats in case.held.items()
        if sku in case.prices
    }
    current = sum(number.cents for number in numbers.values())
    savings = seat_savings(case)
    taken = seats_taken(case, savings)
    steps: dict[str, tuple[int, int]] = {}
    for move, saving, seats in zip(case.moves, savings, taken, strict=True):
        known_seats, known_cents = steps.get(move.sku, (0, 0))
        steps[move.sku] = (known_seats + seats, known_cents + saving * seats)
    starts = saving_starts(case)
    first = first_whole_month(starts) if starts else None
    months = saving_months(case, first)
    for sku, (seats, cents) in steps.items():
        numbers[f"steps.{sku}.seats"] = Number(seats)
        for period, by_label in months.items():
            for label, count in by_label.items():
                dated = starts if cents * count and period != "full_year" else None
                numbers[f"steps.{sku}.saving_{period}.{label}"] = Number(cents * count, dated)
    saving = sum(cents for _seats, cents in steps.values())
    numbers |= _by_year(case, current, saving, first)
    numbers |= _unused(case)
    return numbers


def _by_year(case: LicenceCase, current: int, saving: int, first: int | None) -> dict[str, Number]:
    """What is paid and what is saved by calendar year, and over the horizon."""
    begins = month_of(case.as_of)
    ends = begins + case.horizon_months
    spans = {
        f"years.{year}": (year * 12, year * 12 + 12) for year in range(begins // 12, (ends - 1) // 12 + 1)
    }
    numbers = {}
    for name, (since, until) in {**spans, "horizon": (begins, ends)}.items():
        since, until = max(since, begins), min(until, ends)
        less = saving * max(0, until - max(since, first)) if first is not None else 0
        numbers[f"{name}.paid"] = Number(current * (until - since) - less)
        if name != "horizon":
            numbers[f"{name}.saved"] = Number(less)
    return numbers


def _unused(case: LicenceCase) -> dict[str, Number]:
    limit = case.as_of - timedelta(days=case.inactive_days)
    seats = cents = 0
    prices = {sku: case.monthly_cents(sku) for sku in case.held}
    for (last_active, skus), users in case.activity.items():
        if last_active and last_active < limit:
            seats += users
            cents += users * sum(prices[sku] for sku in skus)
    return {"unused.seats": Number(seats), "unused.yearly": Number(cents * 12)}


_LONG_AGO, _LONG = 120, 600  # months
_DEAR = 10**8  # cents
_FACTORS = tuple(map(Decimal, ("0", "0.25", "0.5", "1", "2", "4", "1000")))
_NEVER_ACTIVE = date(1900, 1, 1)


def variations(case: LicenceCase) -> Iterator[tuple[str, LicenceCase]]:
    """Each row behind the case with changes of it on both sides of every comparison that it takes part in.

    A row that is on one side of all comparisons, whatever its value, moves nothing but what it multiplies.
    """
    department = case.department

    def terms(**changes: object) -> LicenceCase:
        return replace(case, department=replace(department, **changes))  # type: ignore[arg-type]

    used = dict.fromkeys([*case.held, *(sku for move in case.moves for sku in move.new_skus)])
    for sku in used:
        if price := case.prices.get(sku):
            for cents in _price_levels(case, price):
                changed = replace(price, monthly_cents=cents)
                yield price.id, replace(case, prices={**case.prices, sku: changed})
    for factor in _FACTORS:
        yield f"assumptions.billing.{department.billing}", replace(case, billing_factor=factor)
    origin = f"departments.{department.id}"
    not_before = _not_before(case)
    past = months_later(case.as_of, -_LONG_AGO)
    for renewal in (None, past, not_before, months_later(not_before, _LONG)):
        yield f"{origin}.renewal", terms(renewal=renewal)
    for migration in (None, past, department.renewal, months_later(case.as_of, _LONG)):
        yield f"{origin}.migration", terms(migration=migration)
    for months in (0, case.months_to_migrate + 1, _LONG):
        yield "assumptions.months_to_migrate", replace(case, months_to_migrate=months)
    for term in (1, 7, _LONG_AGO):
        yield f"{origin}.term_months", terms(term_months=term)
    for seats in (0, 1, 10**9):
        yield f"{origin}.minimum_seats", terms(minimum_seats=seats)
    for as_of in _plan_dates(case):
        yield "plan.as_of", replace(case, as_of=as_of)
    for days in (0, 36500):
        yield "assumptions.inactive_days", replace(case, inactive_days=days)
    for last_active in (None, _NEVER_ACTIVE):
        moved: dict[tuple[date | None, tuple[str, ...]], int] = {}
        for (_day, skus), users in case.activity.items():
            moved[last_active, skus] = moved.get((last_active, skus), 0) + users
        yield f"users.{department.id}.last_active", replace(case, activity=moved)


def _price_levels(case: LicenceCase, price: Price) -> list[int]:
    """Prices at which a step turns dearer, or changes places with another where only some seats may leave."""
    savings = seat_savings(case)
    factor = case.billing_factor if price.kind == "list" and case.billing_factor else Decimal(1)
    marks = {0, *savings} if case.department.minimum_seats else {0}
    levels = {0, price.monthly_cents + 1, _DEAR}
    for move, saving in zip(case.moves, savings, strict=True):
        if price.sku == move.sku or price.sku in move.new_skus:
            for mark in marks:
                distance = rounded((mark - saving) / factor)
                for sign in (1, -1):
                    levels.update(price.monthly_cents + sign * distance + more for more in (-2, 2))
    return sorted(level for level in levels if level >= 0 and level != price.monthly_cents)


def _plan_dates(case: LicenceCase) -> list[date]:
    """Dates before, at and after each date that the plan's date is compared with."""
    found = {months_later(case.as_of, months) for months in (-_LONG_AGO, -1, 1, _LONG_AGO)}
    for day in (case.department.renewal, case.department.migration):
        if day:
            found |= {months_later(day, months) for months in (-case.horizon_months // 2, -2, 2, _LONG_AGO)}
    known = [day for day, _skus in case.activity if day]
    if known:
        found |= {min(known), max(known) + timedelta(days=case.inactive_days + 1)}
    return sorted(found - {case.as_of})
