"""A tenant in PostgreSQL: the same statements, the same truth."""

from __future__ import annotations

from inventory.database import open_database
from inventory.tenant.copies import count_cloud_copies
from inventory.tenant.people import licensed_people, units_over_time
from inventory.tenant.totals import totals_of_tenant
from tests.graph_emulator.faults import Faults
from tests.graph_emulator.server import emulated
from tests.graph_emulator.tenant import Tenant
from tests.inventory.postgresql import postgresql_url
from tests.inventory.tenant.scanning import areas, found, scan_once, truth


def test_a_tenant_is_scanned_and_scanned_again_into_postgresql(tmp_path):
    tenant = Tenant(20, 4, 400, locked=1)
    with postgresql_url() as url, emulated(tmp_path, tenant, Faults(delta_expires_share=1.0)) as emulator:
        database = open_database(url)
        scan_once(emulator, database)
        assert found(database) == truth(tenant)
        drive = max(tenant.drives, key=lambda one: one.count)
        drive.change(12, deleted=True)
        drive.add(0, "new.docx")
        scan_once(emulator, database)
        assert found(database) == truth(tenant)
        assert areas(database)["drives"][:2] == ("partly", "locked")
        with database.connect() as connection:
            assert len(list(licensed_people(connection, 1))) == 20
            assert units_over_time(connection, 1)
            assert totals_of_tenant(connection, 1).members == 20
            assert count_cloud_copies(connection) is not None
        database.dispose()
