"""What a tenant holds in all: the figures that a manager asks for first."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from inventory.tenant.people import licensed_people
from inventory.tenant.records import ItemKind, Shared, State
from inventory.tenant.tables import (
    drive_items,
    tenant_drives,
    tenant_groups,
    tenant_people,
    tenant_sites,
    tenant_usage,
    tenants,
)


@dataclass(frozen=True, slots=True)
class Totals:
    """``shared`` counts files by whom they are shared with beyond their site, ``data_locations`` people and sites by the code of
    a region, where the tenant is in several. ``mailboxes`` and their bytes are those of the usage report, None without."""

    members: int
    guests: int
    blocked: int
    licensed: int
    groups: int
    teams: int
    channels: int
    plans: int
    sites: int
    drives: int
    files: int
    bytes: int
    shared: dict[str, int]
    sharing_allowed: str
    data_locations: dict[str, int]
    mailboxes: int | None
    mailbox_bytes: int | None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def totals_of_tenant(connection: Connection, tenant_id: int) -> Totals:
    people, groups = tenant_people.c, tenant_groups.c
    living = (people.upn.is_not(None), people.gone.is_(False))
    drives = select(tenant_drives.c.id).where(
        tenant_drives.c.tenant_id == tenant_id, tenant_drives.c.state != State.GONE
    )
    in_drives = drive_items.c.drive_id.in_(drives)
    is_file = drive_items.c.kind.in_((ItemKind.FILE, ItemKind.MALWARE))
    files, size = connection.execute(
        select(func.count(), func.coalesce(func.sum(drive_items.c.size_bytes), 0)).where(in_drives, is_file)
    ).one()
    shared = connection.execute(
        select(drive_items.c.shared, func.count())
        .where(in_drives, is_file, drive_items.c.shared != Shared.NOBODY)
        .group_by(drive_items.c.shared)
    )

    def count(table: Table, *where: ColumnElement[bool]) -> int:
        counted = select(func.count()).select_from(table).where(table.c.tenant_id == tenant_id, *where)
        return connection.scalar(counted) or 0

    def summed(column: Any) -> int:
        return connection.scalar(select(func.sum(column)).where(groups.tenant_id == tenant_id)) or 0

    mailboxes = _mailboxes(connection, tenant_id)
    return Totals(
        members=count(tenant_people, *living, people.kind != "Guest"),
        guests=count(tenant_people, *living, people.kind == "Guest"),
        blocked=count(tenant_people, *living, people.enabled.is_(False)),
        licensed=sum(1 for _ in licensed_people(connection, tenant_id)),
        groups=count(tenant_groups),
        teams=count(tenant_groups, groups.team.is_(True)),
        channels=summed(groups.channels),
        plans=summed(groups.plans),
        sites=count(tenant_sites, tenant_sites.c.personal.is_(False), tenant_sites.c.state != State.GONE),
        drives=count(tenant_drives, tenant_drives.c.state != State.GONE),
        files=files,
        bytes=size,
        shared={Shared(row[0]).name.lower(): row[1] for row in shared},
        sharing_allowed=connection.scalar(select(tenants.c.sharing).where(tenants.c.id == tenant_id)) or "",
        data_locations=_data_locations(connection, tenant_id),
        mailboxes=mailboxes[0],
        mailbox_bytes=mailboxes[1],
    )


def _mailboxes(connection: Connection, tenant_id: int) -> tuple[int | None, int | None]:
    figures = connection.scalar(
        select(tenant_usage.c.figures).where(
            tenant_usage.c.tenant_id == tenant_id,
            tenant_usage.c.report == "mailboxes",
            tenant_usage.c.subject == "",
        )
    )
    if figures is None:
        return None, None
    return int(figures.get("rows", 0)), int(figures.get("Storage Used (Byte)", 0))


def _data_locations(connection: Connection, tenant_id: int) -> dict[str, int]:
    found: Counter[str] = Counter()
    for table in (tenant_people, tenant_sites):
        rows = connection.execute(
            select(table.c.data_location, func.count())
            .where(table.c.tenant_id == tenant_id, table.c.data_location != "")
            .group_by(table.c.data_location)
        )
        found.update({row[0]: row[1] for row in rows})
    return dict(sorted(found.items()))
