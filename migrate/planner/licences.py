"""Licences: what is paid today, what would be paid, and from which date, under which label.

The rules, each with its test:

* Only another product saves; switching Office off inside a product saves nothing.
* A saving starts with the first whole month on or after a renewal of the contract, and only when the department is
  done and, while nothing is signed, not before today. Without a renewal date there is no saving.
* Frontline products are for users with a documented shared or small device; others keep what they have.
* A product for at most 300 users is no target for more than that in the whole organisation.
* Seats that the contract fixes (``minimum_seats``) stay paid; the smallest savings are counted first.
* List prices follow the billing terms of the department; contract prices stand as they are.
* A product without a price is listed with its seats, and neither saves nor costs in any figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from migrate.planner.dependence import moving_rows
from migrate.planner.figures import Figure, Figures, Label, Unit
from migrate.planner.inputs import Department, PlanInputs, User, slug
from migrate.planner.licence_numbers import (
    LicenceCase,
    SeatMove,
    licence_numbers,
    saving_months,
    saving_starts,
    seat_savings,
    seats_taken,
    variations,
)
from migrate.planner.months import first_whole_month


@dataclass(frozen=True, slots=True)
class Move:
    """One user's step from a product to others. ``rejected`` is a code: why it is not taken."""

    user: User
    sku: str
    target_skus: tuple[str, ...]
    rejected: str = ""


@dataclass(frozen=True, slots=True)
class DepartmentLicences:
    """What the months of one department cost, for the scenarios. Months are those of :mod:`months`."""

    department: Department
    current_cents: int
    saving_cents: int
    starts: int | None  # first month that saves


@dataclass(slots=True)
class Licences:
    departments: list[DepartmentLicences] = field(default_factory=list)
    unpriced: Counter[str] = field(default_factory=Counter)
    rejected: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # department id, SKU, reason
    kept: list[User] = field(default_factory=list)


def plan_licences(inputs: PlanInputs, figures: Figures) -> Licences:
    """Add the licence figures of every department and the totals by label."""
    found = Licences()
    found.unpriced.update(sku for user in inputs.users for sku in user.skus if sku not in inputs.prices)
    found.kept.extend(user for user in inputs.users if user.keep_office_reason)
    by_department: dict[str, list[User]] = {department.id: [] for department in inputs.departments}
    for user in inputs.users:
        by_department[slug(user.department)].append(user)
    departments = {department.id: department for department in inputs.departments}
    moves: dict[str, list[Move]] = {id: [] for id in departments}
    for move in plan_moves(inputs, departments):
        moves[slug(move.user.department)].append(move)
    for id, users in by_department.items():
        found.departments.append(_plan_department(inputs, departments[id], users, moves[id], figures, found))
    _add_totals(inputs, figures)
    return found


def plan_moves(inputs: PlanInputs, departments: Mapping[str, Department]) -> list[Move]:
    """A move for every product with Office of every user who leaves it; the forbidden ones say why."""
    moves = []
    for user in inputs.users:
        if user.keep_office_reason:
            continue
        for sku in user.skus:
            product = inputs.products.get(sku)
            if product is None or not product.has_office:
                continue
            target = departments[slug(user.department)].target_skus
            if target is None:
                step = inputs.steps.get(sku)
                target = step.target_skus if step else None
            if target is None:
                moves.append(Move(user, sku, (), "no_step"))
            else:
                moves.append(Move(user, sku, target, _rejection(inputs, user, sku, target)))
    return _within_caps(inputs, moves)


def _rejection(inputs: PlanInputs, user: User, sku: str, target: Sequence[str]) -> str:
    if any(name not in inputs.prices for name in (sku, *target)):
        return "unpriced"
    frontline = [name for name in target if name in inputs.products and inputs.products[name].frontline]
    if frontline and not user.shared_device:
        return "not_eligible"
    return ""


def _within_caps(inputs: PlanInputs, moves: list[Move]) -> list[Move]:
    holders: dict[str, set[str]] = {}
    for user in inputs.users:
        for sku in user.skus:
            holders.setdefault(sku, set()).add(user.user)
    for move in moves:
        for sku in () if move.rejected else move.target_skus:
            holders.setdefault(sku, set()).add(move.user.user)
    caps = {sku: product.seat_cap for sku, product in inputs.products.items() if product.seat_cap}
    over = {sku for sku, cap in caps.items() if len(holders.get(sku, ())) > cap}
    return [
        Move(move.user, move.sku, move.target_skus, "seat_cap")
        if not move.rejected and over.intersection(move.target_skus)
        else move
        for move in moves
    ]


def licence_case(
    inputs: PlanInputs, department: Department, users: Sequence[User] = (), moves: Iterable[Move] = ()
) -> LicenceCase:
    """The department's seats, prices, terms and dates without its people; ``moves`` are those that may be taken."""
    assumptions = inputs.assumptions
    groups: Counter[tuple[str, tuple[str, ...], tuple[str, ...]]] = Counter()
    for move, new in _new_skus(moves):
        groups[move.sku, move.target_skus, new] += 1
    activity = Counter((user.last_active, user.skus) for user in users if user.skus)
    return LicenceCase(
        department,
        inputs.as_of,
        inputs.horizon_months,
        assumptions["months_to_migrate"].whole.likely,
        assumptions[f"billing.{department.billing}"].likely,
        assumptions["inactive_days"].whole.likely,
        inputs.prices,
        dict(sorted(Counter(sku for user in users for sku in user.skus).items())),
        tuple(SeatMove(*group, seats) for group, seats in sorted(groups.items())),
        activity,
        not inputs.cancellations,
    )


def _new_skus(moves: Iterable[Move]) -> list[tuple[Move, tuple[str, ...]]]:
    """What each move adds: a product that a user holds already, or gets by an earlier move, costs once."""
    moves = list(moves)
    held = {move.user.user: set(move.user.skus) for move in moves}
    for move in moves:
        held[move.user.user].discard(move.sku)
    found = []
    for move in moves:
        own = held[move.user.user]
        new = tuple(sku for sku in move.target_skus if sku not in own)
        own.update(new)
        found.append((move, new))
    return found


def _plan_department(
    inputs: PlanInputs,
    department: Department,
    users: Sequence[User],
    moves: Sequence[Move],
    figures: Figures,
    found: Licences,
) -> DepartmentLicences:
    case = licence_case(inputs, department, users, (move for move in moves if not move.rejected))
    found.rejected.update((department.id, move.sku, move.rejected) for move in moves if move.rejected)
    savings = seat_savings(case)
    taken = seats_taken(case, savings)
    for move, saving, seats in zip(case.moves, savings, taken, strict=True):
        if seats < move.seats:
            reason = "dearer" if saving < 0 else "minimum_seats"
            found.rejected[department.id, move.sku, reason] += move.seats - seats
    _add_figures(case, figures)
    starts = saving_starts(case)
    return DepartmentLicences(
        department,
        figures[f"departments.{department.id}.licences.current_monthly"].amount.likely,
        sum(saving * seats for saving, seats in zip(savings, taken, strict=True)),
        first_whole_month(starts) if starts else None,
    )


def _add_figures(case: LicenceCase, figures: Figures) -> None:
    """The numbers of a case as figures, each with the rows that move it, and their totals."""
    department = case.department
    prefix = f"departments.{department.id}.licences"
    users = f"users.{department.id}"
    numbers = licence_numbers(case)
    rows = moving_rows(licence_numbers, case, variations(case))

    def add(name: str, id: str, unit: Unit, label: Label, *more: str) -> Figure:
        number = numbers[name]
        return figures.add(
            f"{prefix}.{id}", unit, number.cents, label, (*rows[name], *more), since=number.since
        )

    current = [
        add(
            f"current.{sku}.monthly", f"current.{slug(sku)}.monthly", Unit.CENTS, Label.COST, f"{users}.{sku}"
        )
        for sku in case.held
        if sku in case.prices
    ]
    figures.total(f"{prefix}.current_monthly", Unit.CENTS, Label.COST, current)
    wish = f"departments.{department.id}.target_skus" if department.target_skus is not None else ""
    skus = {move.sku: (wish or f"steps.{move.sku}", f"{users}.{move.sku}") for move in case.moves}
    for sku, more in skus.items():
        add(f"steps.{sku}.seats", f"steps.{slug(sku)}.seats", Unit.SEATS, Label.COUNT, *more)
    for period, by_label in saving_months(case, None).items():
        for label in by_label:
            ending = f"saving_{period}.{label}"
            parts = [
                add(
                    f"steps.{sku}.{ending}",
                    f"steps.{slug(sku)}.{ending}",
                    Unit.CENTS,
                    label,
                    *more,
                )
                for sku, more in skus.items()
            ]
            since = min((part.since for part in parts if part.since), default=None)
            figures.total(f"{prefix}.{ending}", Unit.CENTS, label, parts, since=since)
    for name in numbers:
        if name.startswith("years.") or name == "horizon.paid":
            add(name, name, Unit.CENTS, case.label if name.endswith("saved") else Label.COST, users)
    add("unused.seats", "unused.seats", Unit.SEATS, Label.COUNT, users)
    add("unused.yearly", "unused.yearly", Unit.CENTS, Label.CANDIDATE, users)


def _add_totals(inputs: PlanInputs, figures: Figures) -> None:
    ids = [department.id for department in inputs.departments]

    def parts(ending: str) -> list[Figure]:
        names = (f"departments.{id}.licences.{ending}" for id in ids)
        return [figures[name] for name in names if name in figures]

    figures.total("totals.licences.current_monthly", Unit.CENTS, Label.COST, parts("current_monthly"))
    for period in ("full_year", "first_year", "horizon"):
        for label in (Label.FORECAST, Label.CONTRACTED):
            ending = f"saving_{period}.{label}"
            figures.total(f"totals.licences.{ending}", Unit.CENTS, label, parts(ending))
    realised = parts("saving_to_date.realised")
    figures.total("totals.licences.saving_to_date.realised", Unit.CENTS, Label.REALISED, realised)
    figures.total("totals.licences.unused.seats", Unit.SEATS, Label.COUNT, parts("unused.seats"))
    figures.total("totals.licences.unused.yearly", Unit.CENTS, Label.CANDIDATE, parts("unused.yearly"))
