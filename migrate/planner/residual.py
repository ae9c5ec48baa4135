"""Residual Microsoft seats: who keeps Office, why, with which licence at least, until when, and who answers for it.

A seat without an expiry or without somebody who answers for it is what turns an exception into the rule; the list
shows both gaps. It names departments, not users.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from migrate.planner.inputs import User
from migrate.planner.offers import Role
from migrate.planner.optimiser import Assignment


@dataclass(frozen=True, slots=True)
class ResidualSeats:
    """``skus`` is the cheapest legal set that keeps Office and the rest; cents are per seat and month."""

    department: str
    reason: str
    owner: str
    until: date | None
    held: tuple[str, ...]
    skus: tuple[str, ...]
    held_cents: int
    cents: int
    seats: int


def residual_seats(assignments: Iterable[Assignment]) -> list[ResidualSeats]:
    """The rows by department, reason, owner and expiry; those without an expiry come first within a department.

    Where a contract lets only some of a group change, the first users of the table are the ones who do.
    """
    found: Counter[tuple] = Counter()
    groups: dict[int, list[Assignment]] = {}
    for row in assignments:
        if row.group.role is Role.KEEPS_OFFICE:
            groups.setdefault(id(row.group), []).append(row)
    for rows in groups.values():
        users = iter(rows[0].group.users)
        for row in rows:
            for user in (next(users) for _seat in range(row.seats)):
                found[(*_reason(user), row.department, row.held, row.skus, row.held_cents, row.cents)] += 1
    rows_found = [
        ResidualSeats(department, reason, owner, until, held, skus, held_cents, cents, seats)
        for (reason, owner, until, department, held, skus, held_cents, cents), seats in found.items()
    ]
    return sorted(
        rows_found,
        key=lambda row: (row.department, row.until or date.min, row.reason, row.owner, row.held, row.skus),
    )


def _reason(user: User) -> tuple[str, str, date | None]:
    return user.keep_office_reason, user.keep_office_owner, user.keep_office_until
