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
from datetime import date, timedelta

from migrate.planner.amounts import rounded
from migrate.planner.figures import Figure, Figures, Label, Unit
from migrate.planner.inputs import Department, PlanInputs, User, slug
from migrate.planner.months import first_whole_month, month_of, months_later, next_renewal


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
    moves = plan_moves(inputs, departments)
    for id, users in by_department.items():
        own = [move for move in moves if slug(move.user.department) == id]
        found.departments.append(_plan_department(inputs, departments[id], users, own, figures, found))
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


def monthly_cents(inputs: PlanInputs, department: Department, sku: str) -> int:
    """What one seat costs this department a month; zero where no price is known."""
    price = inputs.prices.get(sku)
    if price is None:
        return 0
    if price.kind == "contract":
        return price.monthly_cents
    return rounded(price.monthly_cents * inputs.assumptions[f"billing.{department.billing}"].likely)


def saving_starts(inputs: PlanInputs, department: Department) -> date | None:
    """The renewal from which fewer seats are paid; None where no date is known.

    A signed reduction starts at its renewal, even a past one. An unsigned one needs a renewal that is still to come
    and a department that is done by then.
    """
    if department.renewal is None:
        return None
    if department.label is Label.CONTRACTED:
        return department.renewal
    done = department.migration or months_later(
        inputs.as_of, inputs.assumptions["months_to_migrate"].whole.likely
    )
    return next_renewal(department.renewal, department.term_months, max(done, inputs.as_of))


def _savings(inputs: PlanInputs, department: Department, moves: Iterable[Move]) -> list[tuple[Move, int]]:
    """Cents a month that each move saves; what a user holds already, or gets by an earlier move, costs once."""
    moves = list(moves)
    held = {move.user.user: set(move.user.skus) for move in moves}
    for move in moves:
        held[move.user.user].discard(move.sku)
    found = []
    for move in moves:
        own = held[move.user.user]
        new = [sku for sku in move.target_skus if sku not in own]
        own.update(new)
        after = sum(monthly_cents(inputs, department, sku) for sku in new)
        found.append((move, monthly_cents(inputs, department, move.sku) - after))
    return found


def _taken(department: Department, moves: list[tuple[Move, int]]) -> list[tuple[Move, int]]:
    """The moves that the contract's minimum allows, the smallest savings first."""
    allowed = max(0, len(moves) - department.minimum_seats)
    return sorted(moves, key=lambda pair: (pair[1], pair[0].user.user, pair[0].sku))[:allowed]


def _plan_department(
    inputs: PlanInputs,
    department: Department,
    users: Sequence[User],
    moves: Iterable[Move],
    figures: Figures,
    found: Licences,
) -> DepartmentLicences:
    prefix = f"departments.{department.id}.licences"
    origin = f"departments.{department.id}"
    starts = saving_starts(inputs, department)
    first = first_whole_month(starts) if starts else None

    seats = Counter(sku for user in users for sku in user.skus)
    current = [
        figures.add(
            f"{prefix}.current.{slug(sku)}.monthly",
            Unit.CENTS,
            monthly_cents(inputs, department, sku) * count,
            Label.COST,
            (*_price_inputs(inputs, department, sku), f"users.{department.id}.{sku}"),
        )
        for sku, count in sorted(seats.items())
        if sku in inputs.prices
    ]
    monthly = figures.total(f"{prefix}.current_monthly", Unit.CENTS, Label.COST, current)

    moves = list(moves)
    allowed = _savings(inputs, department, (move for move in moves if not move.rejected))
    dearer = [move for move, saving in allowed if saving < 0]
    paying = [(move, saving) for move, saving in allowed if saving >= 0]
    taken = _taken(department, paying)
    taken_moves = {id(move) for move, _saving in taken}
    found.rejected.update((department.id, move.sku, move.rejected) for move in moves if move.rejected)
    found.rejected.update((department.id, move.sku, "dearer") for move in dearer)
    found.rejected.update(
        (department.id, move.sku, "minimum_seats") for move, _ in paying if id(move) not in taken_moves
    )

    groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for move, saving in taken:
        groups.setdefault((move.sku, move.target_skus), []).append(saving)
    steps = []
    for (sku, target), savings in sorted(groups.items()):
        names = (sku, *target)
        inputs_of_step = [row for name in names for row in _price_inputs(inputs, department, name)]
        step_id = f"{prefix}.steps.{slug(sku)}"
        figures.add(
            f"{step_id}.seats", Unit.SEATS, len(savings), Label.COUNT, (f"users.{department.id}.{sku}",)
        )
        steps.append(
            (step_id, sum(savings), [*inputs_of_step, f"steps.{sku}", f"users.{department.id}.{sku}"])
        )

    periods = _periods(inputs, department, first)
    for period, by_label in periods.items():
        for label, months in by_label.items():
            rows: list[Figure] = [
                figures.add(
                    f"{step_id}.saving_{period}.{label}",
                    Unit.CENTS,
                    saving * months,
                    label,
                    (*origins, f"{origin}.renewal"),
                    starts,
                )
                for step_id, saving, origins in steps
            ]
            figures.total(f"{prefix}.saving_{period}.{label}", Unit.CENTS, label, rows)
    _add_candidates(inputs, department, users, figures, prefix)
    return DepartmentLicences(department, monthly.amount.likely, sum(saving for _, saving, _ in steps), first)


def _price_inputs(inputs: PlanInputs, department: Department, sku: str) -> tuple[str, ...]:
    price = inputs.prices[sku]
    if price.kind == "contract" or department.billing == "annual":
        return (price.id,)
    return price.id, f"assumptions.billing.{department.billing}"


def _periods(inputs: PlanInputs, department: Department, first: int | None) -> dict[str, dict[Label, int]]:
    """Saving months by period and label: what a department does not sign can only be forecast.

    Periods: ``full_year`` (twelve months in force), ``first_year`` and ``horizon`` from the month of the plan's date, and
    ``to_date`` for the months that are past.
    """
    begins = month_of(inputs.as_of)
    saves_from = max(first, begins) if first is not None else None

    def months_within(length: int) -> int:
        return max(0, begins + length - saves_from) if saves_from is not None else 0

    label = department.label
    past = max(0, begins - first) if first is not None and label is Label.CONTRACTED else 0
    return {
        "full_year": {label: 12 if first is not None else 0},
        "first_year": {label: months_within(12)},
        "horizon": {label: months_within(inputs.horizon_months)},
        "to_date": {Label.REALISED: past},
    }


def _add_candidates(
    inputs: PlanInputs, department: Department, users: Sequence[User], figures: Figures, prefix: str
) -> None:
    """Seats without activity for the assumed days: full present price, labelled candidate, added to no saving."""
    limit = inputs.as_of - timedelta(days=inputs.assumptions["inactive_days"].whole.likely)
    unused = [user for user in users if user.skus and user.last_active and user.last_active < limit]
    origins = ("assumptions.inactive_days", f"users.{department.id}.last_active")
    figures.add(f"{prefix}.unused.seats", Unit.SEATS, len(unused), Label.COUNT, origins)
    cents = sum(monthly_cents(inputs, department, sku) for user in unused for sku in user.skus)
    skus = sorted({sku for user in unused for sku in user.skus if sku in inputs.prices})
    rows = [row for sku in skus for row in _price_inputs(inputs, department, sku)]
    figures.add(f"{prefix}.unused.yearly", Unit.CENTS, cents * 12, Label.CANDIDATE, (*origins, *rows))


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
