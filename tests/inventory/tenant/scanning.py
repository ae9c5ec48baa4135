"""Scans of emulated tenants for tests."""

from __future__ import annotations

from sqlalchemy import select

from inventory.persons import People
from inventory.scan import scan
from inventory.sources.tenant import TenantSource
from inventory.store import inspected_items
from inventory.tenant.coverage import areas_of
from inventory.tenant.scan import scan_tenant
from inventory.tenant.tables import tenants
from tests.graph_emulator.clients import client
from tests.graph_emulator.tenant import moment

NAME = "m365:contoso.onmicrosoft.example"


def scan_once(emulator, database, *, people=None, **options):
    """The tenant's own scan, then that of its drives; answers what the former told."""
    outcome = scan_tenant(client(emulator, **options), database, NAME, people=people)
    scan([TenantSource(NAME, database)], database, people=people or People())
    return outcome


def areas(database):
    with database.connect() as connection:
        number = connection.scalar(select(tenants.c.id))
        return {
            gap.area: (gap.sight.value, gap.lack.value, gap.permission, gap.number)
            for gap in areas_of(connection, number)
        }


def found(database):
    """Every file that the inventory holds: path -> (size, modified, id)."""
    with database.connect() as connection:
        return {
            one.item.path: (one.item.size_bytes, one.item.modified, one.item.file_id)
            for one in inspected_items(connection)
            if one.item.file_id
        }


def truth(tenant):
    """Every file that the tenant holds, in the same form."""
    return {
        path: (entry.size, moment(entry.modified).replace("Z", ".000000Z"), drive.item_id(entry.number))
        for path, entry, drive in tenant.files()
    }
