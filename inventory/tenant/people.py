"""Who holds licences, and what became of the units: what a plan begins with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from inventory import moments
from inventory.tenant.tables import tenant_licences, tenant_people, tenant_skus, tenant_usage

_ACTIVITY = "Last Activity Date"
_MAILBOX = "Storage Used (Byte)"


@dataclass(frozen=True, slots=True)
class Licensed:
    """Somebody with licences. ``skus`` are part numbers, or what stands for one that no subscription names;
    ``last_active`` is the latest of sign-ins and reports as YYYY-MM-DD, empty where nothing tells; ``mailbox_bytes`` None
    where no report does."""

    upn: str
    department: str
    enabled: bool
    guest: bool
    skus: tuple[str, ...]
    last_active: str
    mailbox_bytes: int | None


@dataclass(frozen=True, slots=True)
class Units:
    """A subscription on the days of its first and last snapshot. ``part_number`` is that of the last."""

    part_number: str
    first_day: str
    first_enabled: int
    last_day: str
    last_enabled: int
    consumed: int


def part_numbers(connection: Connection, tenant_id: int) -> dict[str, str]:
    """SKU id -> part number, by the latest snapshot that has it."""
    statement = (
        select(tenant_skus.c.sku_id, tenant_skus.c.part_number)
        .where(tenant_skus.c.tenant_id == tenant_id)
        .order_by(tenant_skus.c.taken)
    )
    return {row.sku_id: row.part_number for row in connection.execute(statement)}


def licensed_people(connection: Connection, tenant_id: int) -> Iterator[Licensed]:
    """Everybody who holds a licence, by principal name; a licence that came by several ways counts once."""
    names = part_numbers(connection, tenant_id)
    held: dict[int, set[str]] = defaultdict(set)
    licences = select(tenant_licences.c.person_id, tenant_licences.c.sku_id).join(
        tenant_people, tenant_people.c.id == tenant_licences.c.person_id
    )
    for row in connection.execute(licences.where(tenant_people.c.tenant_id == tenant_id)):
        held[row.person_id].add(names.get(row.sku_id, row.sku_id))
    active, mailboxes = _activity(connection, tenant_id)
    people = select(tenant_people).where(
        tenant_people.c.tenant_id == tenant_id,
        tenant_people.c.gone.is_(False),
        tenant_people.c.upn.is_not(None),
    )
    for row in connection.execute(people.order_by(tenant_people.c.upn)):
        if row.id not in held:
            continue
        seen = [
            moments.iso_time(us)[:10] for us in (row.signed_in_us, row.background_us, row.succeeded_us) if us
        ]
        yield Licensed(
            row.upn,
            row.department or "",
            bool(row.enabled),
            row.kind == "Guest",
            tuple(sorted(held[row.id])),
            max([*seen, active.get(row.id, "")], default=""),
            mailboxes.get(row.id),
        )


def _activity(connection: Connection, tenant_id: int) -> tuple[dict[int, str], dict[int, int]]:
    """By person: the last day that a report tells, and the size of the mailbox."""
    active: dict[int, str] = {}
    mailboxes: dict[int, int] = {}
    rows = select(tenant_usage.c.report, tenant_usage.c.person_id, tenant_usage.c.figures).where(
        tenant_usage.c.tenant_id == tenant_id, tenant_usage.c.person_id.is_not(None)
    )
    for row in connection.execute(rows):
        figures: dict[str, Any] = row.figures
        day = max((str(value) for name, value in figures.items() if name.endswith(_ACTIVITY)), default="")
        active[row.person_id] = max(active.get(row.person_id, ""), day[:10])
        if row.report == "mailboxes" and isinstance(figures.get(_MAILBOX), int):
            mailboxes[row.person_id] = figures[_MAILBOX]
    return active, mailboxes


def units_over_time(connection: Connection, tenant_id: int) -> list[Units]:
    """The subscriptions by part number; one that the last snapshot does not have any more has no units there."""
    days = connection.execute(
        select(func.min(tenant_skus.c.taken), func.max(tenant_skus.c.taken)).where(
            tenant_skus.c.tenant_id == tenant_id
        )
    ).one()
    if days[0] is None:
        return []
    of: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in connection.execute(
        select(tenant_skus).where(tenant_skus.c.tenant_id == tenant_id, tenant_skus.c.taken.in_(days))
    ):
        of[row.sku_id][row.taken] = row
    names = part_numbers(connection, tenant_id)
    found = []
    for sku_id, taken in of.items():
        first, last = taken.get(days[0]), taken.get(days[1])
        found.append(
            Units(
                names[sku_id],
                days[0],
                first.enabled if first else 0,
                days[1],
                last.enabled if last else 0,
                last.consumed if last else 0,
            )
        )
    return sorted(found, key=lambda units: units.part_number)
