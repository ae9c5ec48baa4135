"""Clean-up: licences that nobody seems to use. Not a result of migrating, and no saving before somebody confirms it.

A seat without activity for the assumed days is a *candidate*: service accounts, shared mailboxes and people on leave
look unused as well. An attestation says which it is; only what is attested as unused is counted, apart from the
savings of migrating, from the date at which the contract lets the seat go, and as a forecast: a reduction that is
signed for a migration says nothing of these seats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from migrate.planner.figures import Figures, Label, Unit
from migrate.planner.inputs import Department, PlanInputs, User, slug
from migrate.planner.licence_numbers import LicenceCase, Number, SeatChange
from migrate.planner.offers import Role
from migrate.planner.optimiser import Assignment
from migrate.planner.periods import periods_of


def freed_seats(assignments: Iterable[Assignment]) -> tuple[SeatChange, ...]:
    """The seats of each product that nobody uses, as attested, and that the choice lets go."""
    full, early = Counter[str](), Counter[str]()
    for row in assignments:
        if row.group.role is Role.UNUSED and row.changes:
            for sku in row.held:
                if sku not in row.skus:
                    full[sku] += row.seats
                    early[sku] += row.early_seats
    return tuple(SeatChange(slug(sku), (sku,), (), full[sku], early[sku]) for sku in sorted(full))


def add_clean_up(
    inputs: PlanInputs,
    department: Department,
    users: Sequence[User],
    assignments: Iterable[Assignment],
    figures: Figures,
) -> None:
    """Add the counts of what is attested."""
    prefix = f"departments.{department.id}.licences"
    attested = sum(user.user.lower() in inputs.attestations for user in users)
    people = (f"attestations.{department.id}",)
    figures.add(f"{prefix}.attested.seats", Unit.SEATS, attested, Label.COUNT, people)
    unused = [row for row in assignments if row.group.role is Role.UNUSED]
    freed = sum(row.seats for row in unused if row.changes)
    rows = (*people, *(("choices.licences",) if unused else ()))
    figures.add(f"{prefix}.clean_up.seats", Unit.SEATS, freed, Label.COUNT, rows)


def add_freed(
    case: LicenceCase,
    numbers: Mapping[str, Number],
    rows: Mapping[str, tuple[str, ...]],
    attested: bool,
    figures: Figures,
) -> None:
    """Add ``clean_up.*`` (confirmed) and ``unused.*`` (candidates: full present price, added to no saving).

    ``attested``: somebody is attested as unused, so that the choice has something to let go.
    """
    prefix = f"departments.{case.department.id}.licences"
    people = f"attestations.{case.department.id}"
    choice = ("choices.licences",) if attested else ()
    for period, label, _early, _late in periods_of(case.inputs, Label.FORECAST, None, None)[:3]:
        parts = []
        for change in case.freed:
            name = f"clean_up.{change.name}.saving_{period}.{label}"
            number = numbers[name]
            origins = (*rows[name], people, *choice)
            parts.append(
                figures.add(f"{prefix}.{name}", Unit.CENTS, number.cents, label, origins, number.since)
            )
        origins = (*(part.id for part in parts), people, *choice)
        figures.total(f"{prefix}.clean_up.saving_{period}.{label}", Unit.CENTS, label, parts, origins)
    for name, unit, label in (
        ("unused.seats", Unit.SEATS, Label.COUNT),
        ("unused.yearly", Unit.CENTS, Label.CANDIDATE),
    ):
        figures.add(f"{prefix}.{name}", unit, numbers[name].cents, label, (*rows[name], people))
