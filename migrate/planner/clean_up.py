"""Clean-up: licences that nobody seems to use. Not a result of migrating, and no saving before somebody confirms it.

A seat without activity for the assumed days is a *candidate*: service accounts, shared mailboxes and people on leave
look unused as well. An attestation says which it is; only what is attested as unused is counted, apart from the
savings of migrating, from the date at which the contract lets the seat go, and as a forecast: a reduction that is
signed for a migration says nothing of these seats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from migrate.planner.figures import Figure, Figures, Label, Unit
from migrate.planner.inputs import Department, PlanInputs, User, slug
from migrate.planner.months import first_whole_month
from migrate.planner.offers import Role
from migrate.planner.optimiser import Assignment
from migrate.planner.periods import periods_of
from migrate.planner.terms import clean_up_starts, floors_end, monthly_cents, price_ids, terms_id


def unused_candidates(inputs: PlanInputs, users: Iterable[User]) -> list[User]:
    """Users with licences, without activity for the assumed days, of whom nobody has said anything."""
    limit = inputs.as_of - timedelta(days=inputs.assumptions["inactive_days"].whole.likely)
    return [
        user
        for user in users
        if user.skus
        and user.last_active
        and user.last_active < limit
        and user.user.lower() not in inputs.attestations
    ]


def add_clean_up(
    inputs: PlanInputs,
    department: Department,
    users: Sequence[User],
    assignments: Iterable[Assignment],
    figures: Figures,
) -> None:
    """Add ``unused.*`` (candidates), ``attested.*`` (counts by state) and ``clean_up.*`` (confirmed) figures."""
    prefix = f"departments.{department.id}.licences"
    _add_candidates(inputs, department, users, figures, prefix)
    attested = sum(user.user.lower() in inputs.attestations for user in users)
    people = (f"attestations.{department.id}",)
    figures.add(f"{prefix}.attested.seats", Unit.SEATS, attested, Label.COUNT, people)
    starts, second = clean_up_starts(inputs, department), floors_end(inputs, department)
    periods = periods_of(
        inputs,
        Label.FORECAST,
        first_whole_month(starts) if starts else None,
        first_whole_month(second) if second else None,
    )
    freed = [row for row in assignments if row.group.role is Role.UNUSED and row.changes]
    figures.add(f"{prefix}.clean_up.seats", Unit.SEATS, sum(row.seats for row in freed), Label.COUNT, people)
    full, early = Counter[str](), Counter[str]()
    for row in freed:
        for sku in row.held:
            if sku not in row.skus:
                full[sku] += row.seats
                early[sku] += row.early_seats
    for period, label, early_months, late_months in periods[:3]:
        rows: list[Figure] = []
        for sku in sorted(full):
            cents = monthly_cents(inputs, department, sku)
            rows.append(
                figures.add(
                    f"{prefix}.clean_up.{slug(sku)}.saving_{period}.{label}",
                    Unit.CENTS,
                    cents * (early[sku] * early_months + full[sku] * late_months),
                    label,
                    (*price_ids(inputs, department, sku), *people, terms_id(department)),
                    starts,
                )
            )
        figures.total(f"{prefix}.clean_up.saving_{period}.{label}", Unit.CENTS, label, rows)


def _add_candidates(
    inputs: PlanInputs, department: Department, users: Iterable[User], figures: Figures, prefix: str
) -> None:
    """Seats without activity for the assumed days: full present price, labelled candidate, added to no saving."""
    unused = unused_candidates(inputs, users)
    origins = (
        "assumptions.inactive_days",
        f"users.{department.id}.last_active",
        f"attestations.{department.id}",
    )
    figures.add(f"{prefix}.unused.seats", Unit.SEATS, len(unused), Label.COUNT, origins)
    cents = sum(monthly_cents(inputs, department, sku) for user in unused for sku in user.skus)
    skus = sorted({sku for user in unused for sku in user.skus})
    rows = [row for sku in skus for row in price_ids(inputs, department, sku)]
    figures.add(f"{prefix}.unused.yearly", Unit.CENTS, cents * 12, Label.CANDIDATE, (*origins, *rows))
