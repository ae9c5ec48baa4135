"""Licences: what is paid today, what would be paid, and from which contract date, under which label.

The choice is :mod:`optimiser`'s; here it becomes figures. The rules, each with its test:

* Only another product saves; switching Office off inside a product saves nothing.
* A saving starts with the first whole month on or after a date at which the contract lets seats go, and only when the
  department is done and, while nothing is signed, notice can still be given. Without such a date there is no saving.
* While floors of the contract last, the seats that they fix save nothing; they follow when the floors end.
* Whatever protects (security, labels, archives, devices, Windows rights) stays until the department gives it up. What
  giving it up would save stands apart, as a candidate.
* A product without a price is listed with its seats, and neither saves nor costs in any figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from migrate.planner.clean_up import add_clean_up, add_freed, freed_seats
from migrate.planner.dependence import moving_rows
from migrate.planner.figures import Figure, Figures, Label, Unit
from migrate.planner.inputs import Department, PlanInputs, User, slug
from migrate.planner.licence_numbers import (
    LicenceCase,
    SeatChange,
    licence_numbers,
    swayed_by_choice,
    variations,
)
from migrate.planner.months import first_whole_month
from migrate.planner.offers import Group, Role, rejection, skus_held
from migrate.planner.optimiser import Assignment, Solution, cheapest_sets
from migrate.planner.periods import periods_of
from migrate.planner.services import OFFICE
from migrate.planner.terms import (
    contract_of,
    floors_end,
    price_of,
    saving_starts,
    terms_id,
)

CHOICE = "choices.licences"
"""The input of every figure that rests on the choice of the sets: all rows that the optimiser looks at."""


@dataclass(frozen=True, slots=True)
class DepartmentLicences:
    """What the months of one department cost, for the scenarios. Months are those of :mod:`months`.

    ``early_saving_cents`` a month from ``starts``, ``saving_cents`` from ``floors_end``, where floors have an end.
    """

    department: Department
    current_cents: int
    saving_cents: int
    starts: int | None
    early_saving_cents: int
    floors_end: int | None

    def saving_in(self, month: int) -> int:
        """Cents that one month saves."""
        if self.starts is None or month < self.starts:
            return 0
        if self.floors_end is not None and month < self.floors_end:
            return self.early_saving_cents
        return self.saving_cents


@dataclass(slots=True)
class Licences:
    solution: Solution
    with_decisions: Solution  # were every service that waits for a decision given up
    departments: list[DepartmentLicences] = field(default_factory=list)
    unpriced: Counter[str] = field(default_factory=Counter)
    rejected: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # department id, SKUs, reason
    kept: list[User] = field(default_factory=list)


def kept_services(inputs: PlanInputs) -> dict[str, dict[str, str]]:
    """Department id -> service -> tier, where Office goes and nothing else but what the department gives up."""
    return {
        department.id: inputs.catalogue.usual((OFFICE, *department.gives_up))
        for department in inputs.departments
    }


def plan_licences(inputs: PlanInputs, figures: Figures) -> Licences:
    """Add the licence figures of every department and the totals by label."""
    required = kept_services(inputs)
    undecided = {service.code for service in inputs.catalogue.services.values() if service.decision}
    found = Licences(
        cheapest_sets(inputs, required),
        cheapest_sets(
            inputs,
            {
                id: {code: tier for code, tier in kept.items() if code not in undecided}
                for id, kept in required.items()
            },
        ),
    )
    departments = {department.id: department for department in inputs.departments}
    users: dict[str, list[User]] = {id: [] for id in departments}
    for user in inputs.users:
        department = departments[slug(user.department)]
        users[department.id].append(user)
        found.unpriced.update(sku for sku in user.skus if price_of(inputs, department, sku) is None)
        if user.keep_office_reason:
            found.kept.append(user)
    found.rejected.update(_rejections(inputs, found.solution))
    own: dict[str, list[Assignment]] = {id: [] for id in departments}
    decided: dict[str, list[Assignment]] = {id: [] for id in departments}
    for rows, solution in ((own, found.solution), (decided, found.with_decisions)):
        for assignment in solution.assignments:
            rows[assignment.department].append(assignment)
    for id, department in departments.items():
        found.departments.append(_plan_department(inputs, department, users[id], own[id], figures))
        # a wish is followed or not, whatever is kept
        needs = {service for row in own[id] for service, _part in row.group.needs}
        waits = department.target_skus is None and not undecided.isdisjoint(needs)
        _add_decisions(department, own[id], decided[id], figures, waits=waits)
        add_clean_up(inputs, department, users[id], own[id], figures)
    _add_totals(inputs, found.solution, figures)
    return found


def _rejections(inputs: PlanInputs, solution: Solution) -> Counter[tuple[str, str, str]]:
    """Seats that keep SKUs with Office although nobody needs Office there, by reason."""
    rows: dict[int, list[Assignment]] = {}
    for row in solution.assignments:
        rows.setdefault(id(row.group), []).append(row)
    waiting = {id(group): (reason, seats) for group, reason, seats in solution.held_back}
    held = skus_held(own[0].group for own in rows.values())
    found = Counter[tuple[str, str, str]]()
    for own in rows.values():
        group = own[0].group
        stays = sum(row.seats for row in own if not row.changes)
        if group.role is not Role.MOVES or not stays:
            continue
        for sku in group.skus:
            if (OFFICE, "") in inputs.catalogue.levels(sku):
                reason, seats = waiting.get(id(group)) or (_why_it_stays(inputs, group, sku, held), stays)
                found[group.department.id, sku, reason] += seats
    return found


def _why_it_stays(inputs: PlanInputs, group: Group, sku: str, held: Collection[str]) -> str:
    if sku in group.fixed:
        return "unpriced"
    if group.department.target_skus is not None:
        return rejection(inputs, group, held) or "nothing_cheaper"
    return "nothing_cheaper"


def licence_case(
    inputs: PlanInputs,
    department: Department,
    users: Iterable[User],
    assignments: Sequence[Assignment],
) -> LicenceCase:
    """The department's seats and what they change to, without its people."""
    users = list(users)
    held = Counter(sku for user in users for sku in user.skus)
    silent = (user for user in users if user.skus and user.user.lower() not in inputs.attestations)
    return LicenceCase(
        replace(inputs, users=(), attestations={}),
        department,
        dict(sorted(held.items())),
        _seat_changes(row for row in assignments if row.changes and row.group.role is not Role.UNUSED),
        freed_seats(assignments),
        Counter((user.last_active, user.skus) for user in silent),
    )


def _seat_changes(rows: Iterable[Assignment]) -> tuple[SeatChange, ...]:
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Assignment]] = {}
    for row in rows:
        dropped = tuple(sku for sku in row.held if sku not in row.skus)
        added = tuple(sku for sku in row.skus if sku not in row.held)
        found.setdefault((dropped, added), []).append(row)
    return tuple(
        SeatChange(
            f"{slug('_'.join(dropped) or 'none')}_to_{slug('_'.join(added) or 'none')}",
            dropped,
            added,
            sum(row.seats for row in own),
            sum(row.early_seats for row in own),
        )
        for (dropped, added), own in sorted(found.items())
    )


def _plan_department(
    inputs: PlanInputs,
    department: Department,
    users: Iterable[User],
    assignments: Sequence[Assignment],
    figures: Figures,
) -> DepartmentLicences:
    case = licence_case(inputs, department, users, assignments)
    attested = any(row.group.role is Role.UNUSED for row in assignments)
    monthly = _add_figures(case, attested, figures)
    starts, second = saving_starts(inputs, department), floors_end(inputs, department)
    changes = [row for row in assignments if row.changes and row.group.role is not Role.UNUSED]
    return DepartmentLicences(
        department,
        monthly.amount.likely,
        sum((row.held_cents - row.cents) * row.seats for row in changes),
        first_whole_month(starts) if starts else None,
        sum((row.held_cents - row.cents) * row.early_seats for row in changes),
        first_whole_month(second) if second else None,
    )


def _add_figures(case: LicenceCase, attested: bool, figures: Figures) -> Figure:
    """The numbers of a case as figures, each with the rows that move it, and their totals; answers today's cost."""
    department = case.department
    prefix = f"departments.{department.id}.licences"
    people, wish = f"users.{department.id}", f"departments.{department.id}.target_skus"
    numbers = licence_numbers(case)
    rows, swayed = moving_rows(licence_numbers, case, variations(case)), swayed_by_choice(case)
    chosen = (CHOICE, *((wish,) if department.target_skus is not None else ()))

    def add(name: str, id: str, label: Label, *more: str, unit: Unit = Unit.CENTS) -> Figure:
        number = numbers[name]
        return figures.add(f"{prefix}.{id}", unit, number.cents, label, (*rows[name], *more), number.since)

    current = [
        add(f"current.{sku}.monthly", f"current.{slug(sku)}.monthly", Label.COST, f"{people}.{sku}")
        for sku in case.held
        if f"current.{sku}.monthly" in numbers
    ]
    monthly = figures.total(f"{prefix}.current_monthly", Unit.CENTS, Label.COST, current)
    held = {change.name: [f"{people}.{sku}" for sku in change.dropped] for change in case.changes}
    for change in case.changes:
        id = f"{prefix}.changes.{change.name}.seats"
        figures.add(id, Unit.SEATS, change.seats, Label.COUNT, (*held[change.name], *chosen))
    label = contract_of(case.inputs, department).label
    for period, kind, _early, _late in periods_of(case.inputs, label, None, None):
        ending = f"saving_{period}.{kind}"
        parts = [
            add(f"changes.{name}.{ending}", f"changes.{name}.{ending}", kind, *seats, *chosen)
            for name, seats in held.items()
        ]
        if ending in swayed:  # another choice has other parts, hence it is behind the total too
            origins = (*(part.id for part in parts), *chosen)
        else:  # the total is nothing whatever is chosen, though parts come and go
            origins = tuple(dict.fromkeys(row for name in held for row in rows[f"changes.{name}.{ending}"]))
            parts = parts if origins else []
        figures.total(f"{prefix}.{ending}", Unit.CENTS, kind, parts, origins or (people,))
    for name in numbers:
        if name.startswith("years.") or name == "horizon.paid":
            choice = chosen if name in swayed else ()
            add(name, name, label if name.endswith("saved") else Label.COST, people, *choice)
    add_freed(case, numbers, rows, attested, figures)
    return monthly


def _add_decisions(
    department: Department,
    chosen: Iterable[Assignment],
    decided: Iterable[Assignment],
    figures: Figures,
    *,
    waits: bool,
) -> None:
    """What a year would save besides, were the services given up that wait for a decision: added to nothing.

    Where nothing ``waits`` for a decision it is nothing, whatever is chosen: the department's wish or its people say so.
    """
    settled = f"users.{department.id}"
    if department.target_skus is not None:
        settled = f"departments.{department.id}.target_skus"
    cents = sum(row.cents * row.seats for row in chosen) - sum(row.cents * row.seats for row in decided)
    figures.add(
        f"departments.{department.id}.licences.decisions.yearly",
        Unit.CENTS,
        max(0, cents) * 12,
        Label.CANDIDATE,
        (CHOICE if waits else settled,),
    )


def _add_totals(inputs: PlanInputs, solution: Solution, figures: Figures) -> None:
    ids = [department.id for department in inputs.departments]

    def parts(ending: str) -> list[Figure]:
        names = (f"departments.{id}.licences.{ending}" for id in ids)
        return [figures[name] for name in names if name in figures]

    figures.total("totals.licences.current_monthly", Unit.CENTS, Label.COST, parts("current_monthly"))
    for period in ("full_year", "first_year", "horizon"):
        for label in (Label.FORECAST, Label.CONTRACTED):
            ending = f"saving_{period}.{label}"
            figures.total(f"totals.licences.{ending}", Unit.CENTS, label, parts(ending))
        ending = f"clean_up.saving_{period}.forecast"
        figures.total(f"totals.licences.{ending}", Unit.CENTS, Label.FORECAST, parts(ending))
    realised = parts("saving_to_date.realised")
    figures.total("totals.licences.saving_to_date.realised", Unit.CENTS, Label.REALISED, realised)
    for ending in ("unused.seats", "clean_up.seats", "attested.seats"):
        figures.total(f"totals.licences.{ending}", Unit.SEATS, Label.COUNT, parts(ending))
    for ending in ("unused.yearly", "decisions.yearly"):
        figures.total(f"totals.licences.{ending}", Unit.CENTS, Label.CANDIDATE, parts(ending))
    for name, cents in (("after_monthly", solution.monthly_cents), ("bound_monthly", solution.bound_cents)):
        figures.add(f"totals.licences.{name}", Unit.CENTS, cents, Label.COST, (CHOICE,))


def choice_inputs(inputs: PlanInputs) -> tuple[str, ...]:
    """The rows behind :data:`CHOICE`: what is held, what could be bought at which terms, and what is to be kept."""
    held: Mapping[str, None] = dict.fromkeys(
        f"users.{slug(user.department)}.{sku}" for user in inputs.users for sku in user.skus
    )
    prices = (price.id for price in (*inputs.prices.values(), *inputs.contract_prices.values()))
    terms, products = [], (f"products.{sku}" for sku in inputs.products)
    for department in inputs.departments:
        own = () if department.contract else (f"departments.{department.id}.minimum_seats",)
        billing = f"assumptions.billing.{contract_of(inputs, department).billing}"
        terms += [terms_id(department), *own, billing]
    return tuple(dict.fromkeys((*held, *prices, *products, *terms)))
