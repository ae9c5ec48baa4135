"""The scan of a tenant against a generated one whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event, func, select

from inventory.database import open_database
from inventory.persons import Persons, people_of
from inventory.store import inspected_items
from inventory.tenant.scan import scan_tenant
from inventory.tenant.tables import (
    drive_items,
    tenant_groups,
    tenant_licences,
    tenant_people,
    tenant_skus,
    tenant_usage,
)
from tests.graph_emulator import documents
from tests.graph_emulator.clients import client
from tests.graph_emulator.faults import ALL_PERMISSIONS, Faults
from tests.graph_emulator.server import emulated
from tests.graph_emulator.tenant import SKUS, Tenant
from tests.inventory.tenant.scanning import NAME, areas, found, scan_once, truth

_NEVER_SEEN = {"forms", "power_automate", "power_apps"}


@pytest.fixture
def database(tmp_path):
    engine = open_database(str(tmp_path / "tenant.db"))
    yield engine
    engine.dispose()


def test_the_inventory_is_the_tenant(tmp_path, database):
    with emulated(tmp_path, Tenant(40, 8, 1_500)) as emulator:
        scan_once(emulator, database)
        assert found(database) == truth(emulator.tenant)
        seen = areas(database)
        lacking = {area for area, told in seen.items() if told[0] != "seen"}
        assert lacking == _NEVER_SEEN
        assert emulator.fate.seen.repeats == 0
        assert set(emulator.fate.seen.methods) == {"GET", "POST"}


def test_people_licences_skus_and_groups_are_those_of_the_directory(tmp_path, database):
    with emulated(tmp_path, Tenant(120, 2, 100)) as emulator:
        scan_once(emulator, database)
        people = emulator.tenant.people
        with database.connect() as connection:
            stored = {row.entra: row for row in connection.execute(select(tenant_people))}
            assert set(stored) == {person.id for person in people}
            for person in people:
                row = stored[person.id]
                assert (row.upn, row.department or "", row.enabled) == (
                    person.upn,
                    person.department,
                    person.enabled,
                )
                assert row.kind == ("Guest" if person.guest else "Member")
                held = connection.execute(
                    select(tenant_licences.c.sku_id, tenant_licences.c.by_group).where(
                        tenant_licences.c.person_id == row.id
                    )
                ).all()
                assert len(held) == len(person.licences)
                assert {sku for sku, _group in held} == {
                    SKUS[sku][0] for sku, _group, _plans in person.licences
                }
                activity = documents.sign_in(person)["signInActivity"]
                assert (row.signed_in_us is None) == (activity is None)
            skus = {row.sku_id: row for row in connection.execute(select(tenant_skus))}
            assert [skus[sku].part_number for sku, _name, _plans in SKUS] == [
                name for _sku, name, _plans in SKUS
            ]
            assert skus[SKUS[0][0]].consumed == documents.skus(emulator.tenant)[0]["consumedUnits"]
            groups = {row.name: row for row in connection.execute(select(tenant_groups))}
            assert [groups[f"Group {n}"].channels for n in range(6)] == [1, None, 3, None, 5, None]
            assert (
                connection.scalar(select(func.count()).where(tenant_usage.c.person_id.is_not(None))) > 5 * 110
            )


def test_every_fault_at_once_changes_nothing_in_what_is_found(tmp_path, database):
    faults = Faults(
        throttle_share=0.02,
        drop_share=0.03,
        busy_share=0.02,
        slow_share=0.05,
        slow_seconds=0.01,
        empty_page_share=0.2,
        token_requests=60,
        delta_expires_share=0.5,
        premium_fails=4,
        page_expires_once=True,
    )
    tenant = Tenant(40, 8, 9_000)
    changed = {"moves": 0}

    def change(drive, position):
        """Items move, go and come while the drive is listed."""
        if position < 1_000 or drive.number % 2 or len(drive.log) > 8:
            return
        changed["moves"] += 1
        drive.change(3 + len(drive.log), parent=12, name=f"moved {drive.number}-{len(drive.log)}.docx")
        drive.change(24, deleted=True)
        drive.add(0, f"new {len(drive.log)}.xlsx")

    with emulated(tmp_path, tenant, faults) as emulator:
        emulator.routes.on_delta = change
        scan_once(emulator, database)
        seen = emulator.fate.seen
        assert changed["moves"]
        assert seen.expired_deltas and seen.refused_tokens and seen.dropped and seen.throttled
        assert {area for area, told in areas(database).items() if told[0] != "seen"} == _NEVER_SEEN
        assert found(database) == truth(tenant)
        with database.connect() as connection:  # nothing that is gone is kept
            kept = connection.scalar(select(func.count()).select_from(drive_items))
        assert kept == sum(1 for drive in tenant.drives for _ in drive.paths()) + len(tenant.drives)


def test_a_second_scan_asks_for_changes_alone_and_writes_no_item_again(tmp_path, database):
    tenant = Tenant(60, 8, 6_000)
    with emulated(tmp_path, tenant) as emulator:
        scan_once(emulator, database)
        first = dict(emulator.fate.seen.paths)
        for drive in tenant.drives:
            for number in range(1, drive.count, 100):
                drive.change(number, size=drive.entry(number).size + 1, modified=290_000_000)
        emulator.fate.seen.paths.clear()
        written = []
        event.listen(database, "before_cursor_execute", lambda *told: written.append(told[2:4]))
        scan_once(emulator, database)
        second = dict(emulator.fate.seen.paths)
        assert found(database) == truth(tenant)
    drives = len(tenant.drives)
    assert second["delta"] == drives
    assert "user_drive" not in second  # people whose drives are known are not asked for them again
    assert second["site_drives"] == first["site_drives"]
    changed = sum(len(drive.log) for drive in tenant.drives)
    copied = [rows for text, rows in written if text.startswith("INSERT INTO drive_items")]
    assert sum(len(rows) if isinstance(rows, list) else 1 for rows in copied) == changed
    stored = [
        rows for text, rows in written if text.startswith(("INSERT INTO items", "UPDATE items SET page_id"))
    ]
    files = sum(drive.entry(number).kind != "folder" for drive in tenant.drives for number in drive.log)
    assert sum(len(rows) if isinstance(rows, list) else 1 for rows in stored) == files


def test_what_is_deleted_moved_or_added_between_scans_is_followed(tmp_path, database):
    tenant = Tenant(20, 3, 3_000)
    with emulated(tmp_path, tenant) as emulator:
        scan_once(emulator, database)
        drive = max(tenant.drives, key=lambda one: one.count)
        drive.change(12, deleted=True)  # a folder, with all that is below it
        drive.change(24, name="Renamed folder")
        drive.change(5, parent=24, name="moved here.docx")
        drive.add(24, "new.docx", b"new content")
        gone = next(one for one in tenant.drives if one is not drive and one.owner is not None)
        gone.deleted = True
        scan_once(emulator, database)
        assert found(database) == truth(tenant)


def test_a_scan_that_is_stopped_goes_on_and_asks_for_nothing_twice(tmp_path, database):
    tenant = Tenant(60, 6, 9_000)
    with emulated(tmp_path, tenant) as emulator:
        for after in (3, 12, 25):
            graph = client(emulator)
            answers = []

            def stop(told, answers=answers, after=after):
                answers.append(told)
                if len(answers) >= after:
                    raise KeyboardInterrupt

            with pytest.raises(KeyboardInterrupt):
                scan_tenant(graph, database, NAME, progress=stop)
        scan_once(emulator, database)
        assert found(database) == truth(tenant)
        # at most those under way when it stopped
        assert emulator.fate.seen.repeats <= 3 * 4 * 20
        single = {key: n for key, n in emulator.fate.seen.served.items() if n > 4}
        assert not single


@pytest.mark.parametrize("permission", sorted(ALL_PERMISSIONS))
def test_without_a_permission_the_scan_tells_what_is_missing_and_reads_the_rest(
    tmp_path, database, permission
):
    tenant = Tenant(20, 4, 200)
    with emulated(tmp_path, tenant, Faults(permissions=ALL_PERMISSIONS - {permission})) as emulator:
        scan_once(emulator, database)
    gaps = {
        area: told for area, told in areas(database).items() if area not in _NEVER_SEEN and told[0] != "seen"
    }
    if permission == "Files.Read.All":  # Sites.Read.All lets an application read drives as well
        assert not gaps
        assert found(database) == truth(tenant)
        return
    assert gaps
    assert permission in {told[2] for told in gaps.values()}
    assert {told[1] for told in gaps.values()} <= {"permission", "not_asked"}
    if permission == "Sites.Read.All":
        assert set(gaps) == {"sites", "drives", "files"}
        assert found(database) == {
            path: told for path, told in truth(tenant).items() if path.startswith("OneDrive/")
        }
    elif permission == "User.Read.All":
        assert len(found(database)) == len(truth(tenant))
    else:
        assert found(database) == truth(tenant)


def test_without_any_permission_for_files_nothing_of_them_is_seen_and_few_are_asked(tmp_path, database):
    faults = Faults(permissions=ALL_PERMISSIONS - {"Files.Read.All", "Sites.Read.All"})
    with emulated(tmp_path, Tenant(400, 5, 600), faults) as emulator:
        scan_once(emulator, database)
        assert emulator.fate.seen.methods["POST"] < 12  # not all of 20 batches are asked in vain
    told = areas(database)
    assert told["drives"][:3] == ("not_seen", "permission", "Files.Read.All")
    assert told["files"][:2] == ("not_seen", "permission")
    assert told["people"][0] == "seen"


def test_names_that_reports_hide_are_never_joined(tmp_path, database):
    for permissions in (ALL_PERMISSIONS, ALL_PERMISSIONS - {"ReportSettings.Read.All"}):
        with emulated(
            tmp_path, Tenant(30, 3, 100), Faults(concealed=True, permissions=permissions)
        ) as emulator:
            scan_once(emulator, database)
        with database.connect() as connection:
            rows = connection.execute(select(tenant_usage)).all()
        assert {row.subject for row in rows} == {""}
        apps = next(row for row in rows if row.report == "apps")
        assert apps.refreshed == documents.REFRESHED
        assert apps.figures["rows"] == 30
        assert apps.figures["Word"] > 0
        assert areas(database)["names_in_reports"][:2] == ("not_seen", "concealed")
        assert areas(database)["usage_apps"][:2] == ("partly", "concealed")


def test_a_cloud_without_reports_is_told_to_have_none(tmp_path, database):
    with emulated(tmp_path, Tenant(20, 2, 100), Faults(reports_exist=False)) as emulator:
        scan_once(emulator, database, reports=False)
        assert "report" not in emulator.fate.seen.paths
    told = areas(database)
    assert told["usage_apps"][:2] == told["mailboxes"][:2] == ("not_seen", "not_in_cloud")
    assert told["sign_ins"][0] == "seen"


def test_a_tenant_without_premium_is_told_so_and_a_licensed_one_is_asked_again(tmp_path, database):
    with emulated(tmp_path, Tenant(20, 2, 100), Faults(premium=False)) as emulator:
        scan_once(emulator, database)
    assert areas(database)["sign_ins"][:2] == ("not_seen", "not_premium")
    with emulated(tmp_path, Tenant(20, 2, 100), Faults(premium_fails=9)) as emulator:
        scan_once(emulator, database)
    assert areas(database)["sign_ins"][0] == "seen"


def test_locked_sites_are_told_and_their_known_files_are_neither_gone_nor_readable(tmp_path, database):
    tenant = Tenant(20, 6, 400, locked=2)
    with emulated(tmp_path, tenant) as emulator:
        scan_once(emulator, database)
        assert found(database) == truth(tenant)
        assert areas(database)["drives"] == ("partly", "locked", "", 2)
        with database.connect() as connection:
            unread = {
                one.item.path: one.item.reason for one in inspected_items(connection) if not one.item.file_id
            }
        assert unread == {"SharePoint/site1": "SITE_LOCKED", "SharePoint/site2": "SITE_LOCKED"}
        before = found(database)
        tenant.sites[3] = replace(tenant.sites[3], locked=True)
        scan_once(emulator, database)
        assert found(database) == before
        with database.connect() as connection:
            states = {one.item.state for one in inspected_items(connection) if "/site3/" in one.item.path}
        assert states == {"unreadable"}


def test_sites_below_sites_are_entered_and_what_lies_below_a_site_that_went_is_gone(tmp_path, database):
    tenant = Tenant(5, 6, 400)
    with emulated(tmp_path, tenant) as emulator:
        scan_once(emulator, database)
        assert found(database) == truth(tenant)
        assert any(path.startswith("SharePoint/site3/below4/below5/Documents/") for path in found(database))
        emulator.fate.faults = emulator.routes.fate.faults = Faults(
            permissions=ALL_PERMISSIONS - {"Sites.Read.All"}
        )
        scan_once(emulator, database)
        assert found(database) == truth(tenant)
        emulator.fate.faults = emulator.routes.fate.faults = Faults()
        for drive in tenant.drives:
            drive.deleted |= drive.site in (4, 5)
        tenant.sites = [site for site in tenant.sites if site.number not in (4, 5)]
        scan_once(emulator, database)
        assert found(database) == truth(tenant)


def test_a_drive_whose_listing_never_ends_is_told_of_and_the_others_are_seen(tmp_path, database):
    tenant = Tenant(10, 3, 9_000)
    endless = max(tenant.drives, key=lambda one: one.count)
    with emulated(tmp_path, tenant, Faults(loop_410=frozenset({endless.id}))) as emulator:
        scan_once(emulator, database)
    place = tenant.place_of(endless) + "/"
    assert areas(database)["files"] == ("partly", "failed", "", 1)
    assert found(database) == {
        path: told for path, told in truth(tenant).items() if not path.startswith(place)
    }


def test_without_names_no_name_stands_in_the_database(tmp_path):
    engine = open_database(str(tmp_path / "hidden.db"))
    people = people_of(engine, Persons.PSEUDONYMOUS)
    faults = Faults(permissions=ALL_PERMISSIONS - {"Channel.ReadBasic.All"}, drop_share=0.02)
    tenant = Tenant(40, 3, 300)
    with emulated(tmp_path, tenant, faults) as emulator:
        scan_once(emulator, engine, people=people)
        assert len(found(engine)) == len(truth(tenant))
    engine.dispose()
    content = b"".join(path.read_bytes() for path in tmp_path.glob("hidden.db*"))
    for person in tenant.people:
        assert person.upn.encode() not in content
        assert f"pnom{person.number}\x00".encode() not in content
    assert b"prenom" not in content
    assert b"S-1-5-21" not in content
