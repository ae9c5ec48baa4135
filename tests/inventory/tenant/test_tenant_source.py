"""The drives of a tenant as a source like any other."""

from __future__ import annotations

import io
from contextlib import ExitStack

import pytest

import inventory.sources.tenant as source_module
from inventory.database import open_database
from inventory.inspecting import Deep, WorkerInspector
from inventory.records import Item, ItemState
from inventory.scan import scan
from inventory.source import Listing, Unopened
from inventory.sources.tenant import TenantSource
from inventory.store import inspected_items, kinds
from inventory.tenant.quick_xor import quick_xor
from inventory.tenant.sampling import Choice, Documents, margin_percent
from inventory.tenant.scan import scan_tenant
from tests.graph_emulator.clients import client
from tests.graph_emulator.server import emulated
from tests.graph_emulator.tenant import Tenant
from tests.inventory.conformance import SourceConformance
from tests.inventory.tenant.scanning import NAME, found, scan_once, truth
from tests.office_files import docx, paragraph


class _Below:
    """One drive of a tenant, as if it were all."""

    capabilities = TenantSource.capabilities

    def __init__(self, source, place):
        self.source, self.place, self.name = source, place, source.name

    def _inside(self, item):
        return item._replace(path=item.path.removeprefix(self.place + "/"))

    def listing(self, cursor=""):
        listing = self.source.listing(f"{self.place}/{cursor}" if cursor else self.place)
        cursors = [one.removeprefix(self.place + "/") for one in listing.cursors]
        return Listing(
            cursors, listing.count, listing.digest, lambda: [self._inside(item) for item in listing.items()]
        )

    def open(self, item):
        return self.source.open(item._replace(path=f"{self.place}/{item.path}"))

    def local_path(self, item):
        return None


class TestTenantSource(SourceConformance):
    @pytest.fixture(autouse=True)
    def _closing(self):
        with ExitStack() as self.stack:
            yield

    def make(self, tmp_path, files):
        tenant = Tenant(1, 0, 1)
        self.drive = tenant.drives[0]
        self.numbers = {}
        folders = {"": 0}
        for path, content in files.items():
            *above, name = path.split("/")
            place = ""
            for one in above:
                below = f"{place}/{one}" if place else one
                if below not in folders:
                    folders[below] = self.drive.add(folders[place], one, kind="folder")
                place = below
            self.numbers[path] = self.drive.add(folders[place], name, content)
        emulator = self.stack.enter_context(emulated(tmp_path, tenant))
        database = open_database(str(tmp_path / "tenant.db"))
        graph = client(emulator)
        scan_tenant(graph, database, NAME)
        return _Below(TenantSource(NAME, database, lambda: client(emulator)), tenant.place_of(self.drive))

    def delete(self, tmp_path, source, path):
        self.drive.change(self.numbers[path], deleted=True)


def test_a_drive_too_large_to_be_held_is_listed_folder_by_folder_by_an_index(tmp_path, monkeypatch):
    monkeypatch.setattr(source_module, "_DRIVE_ROWS", 20)
    tenant = Tenant(2, 1, 400)
    with emulated(tmp_path, tenant) as emulator:
        database = open_database(str(tmp_path / "tenant.db"))
        scan_once(emulator, database)
        assert found(database) == truth(tenant)
        last = max(TenantSource(NAME, database).listing(tenant.place_of(tenant.drives[0])).cursors)
        assert TenantSource(NAME, database).listing(last).items  # by its names alone, as after a kill
        with database.connect() as connection:
            for statement in (source_module._OF_FOLDER, source_module._FOLDER):
                asked = "EXPLAIN QUERY PLAN " + statement.replace("{0}", "1")
                assert "ix_drive_items_parent" in str(connection.exec_driver_sql(asked).all())
        database.dispose()


def test_documents_are_fetched_and_looked_into_as_on_a_share(tmp_path):
    tenant = Tenant(3, 1, 3)
    drive = tenant.drives[0]
    for number in range(3):
        drive.add(0, f"{number}.docx", docx(paragraph(f"letter {number}")))
    drive.add(0, "notes.txt", b"no document")
    bad = drive.add(0, "bad.docx", b"x")
    drive.change(bad, kind="malware")
    with emulated(tmp_path, tenant) as emulator:
        database = open_database(str(tmp_path / "tenant.db"))
        scan_tenant(client(emulator), database, NAME)
        with WorkerInspector(1, Deep.NONE) as inspector:
            scan([TenantSource(NAME, database, lambda: client(emulator))], database, inspect=inspector)
        with database.connect() as connection:
            assert kinds(connection) == {"docx": 3}
            states = {one.item.name: (one.item.state, one.item.reason) for one in inspected_items(connection)}
    assert states["bad.docx"] == (ItemState.UNREADABLE, "MALWARE")
    assert states["notes.txt"] == (ItemState.SEEN, "")  # what no Office program writes is not fetched
    assert emulator.fate.seen.paths["file"] >= 3


def test_contents_that_are_held_back_have_their_reason(tmp_path):
    tenant = Tenant(2, 0, 40)
    drive = tenant.drives[0]
    number = drive.add(0, "a.docx", b"content")
    with emulated(tmp_path, tenant) as emulator:
        database = open_database(str(tmp_path / "tenant.db"))
        scan_once(emulator, database)
        source = TenantSource(NAME, database, lambda: client(emulator))
        item = Item(NAME, f"{tenant.place_of(drive)}/a.docx", 7, None, file_id=drive.item_id(number))
        with source.open(item) as content:
            assert content.read() == b"content"
        for change, reason in (({"kind": "malware"}, "MALWARE"), ({"deleted": True}, "VANISHED")):
            drive.change(number, **change)
            with pytest.raises(Unopened) as caught:
                source.open(item)
            assert caught.value.reason == reason
        with pytest.raises(Unopened):
            source.open(item._replace(path="OneDrive/nobody/a.docx"))


def test_owners_on_shares_are_known_by_their_account_on_the_own_domain(tmp_path):
    tenant = Tenant(5, 0, 10)
    with emulated(tmp_path, tenant) as emulator:
        database = open_database(str(tmp_path / "tenant.db"))
        scan_once(emulator, database)
        names = TenantSource(NAME, database).account_names(["S-1-5-21-1-2-3-1002", "S-1-5-21-9-9-9-1"])
        assert names == {"S-1-5-21-1-2-3-1002": tenant.people[2].upn}
        with database.connect() as connection:
            owners = {one.item.path.split("/")[1]: one.item.owner for one in inspected_items(connection)}
        assert owners == {person.upn: person.upn for person in tenant.people if person.upn in owners}
        assert found(database)


def test_a_sample_is_the_same_every_time_and_says_what_it_is_worth():
    items = [Item("m", f"a/{n}.docx", 1, None, file_id=f"id{n}") for n in range(4_000)]
    choice = Choice(Documents.SAMPLE, 10)
    chosen = [item for item in items if choice.wants(item)]
    assert 300 < len(chosen) < 500
    assert chosen == [item for item in items if choice.wants(item)]
    assert set(chosen) <= {item for item in items if Choice(Documents.SAMPLE, 20).wants(item)}
    assert not any(Choice(Documents.NONE).wants(item) for item in items)
    telling = items[0]._replace(path="a/macros.xlsm")
    assert Choice(Documents.PRIORITY, 1).wants(telling)
    assert not Choice(Documents.ALL).wants(items[0]._replace(path="a/film.mp4"))
    assert round(margin_percent(400, 4_000), 1) == 4.6
    assert margin_percent(4_000, 4_000) == 0.0
    assert margin_percent(0, 10) == 100.0


@pytest.mark.parametrize(
    ("content", "digest"),
    [
        (b"", "0000000000000000000000000000000000000000"),
        (b"hello world", "6828031bd8f00610dce10d726b03190000000000"),
    ],
)
def test_quick_xor_is_the_services(content, digest):
    assert quick_xor(io.BytesIO(content)).hex() == digest


def test_quick_xor_of_long_contents_is_that_of_the_plain_rule():
    def plain(content):
        digest = 0
        for number, byte in enumerate(content):
            shift = 11 * number % 160
            value = byte << shift
            digest ^= (value & ((1 << 160) - 1)) ^ (value >> 160)
        return (digest ^ len(content) << 96).to_bytes(20, "little")

    for size in (1, 159, 160, 161, 1_000, 160 * 4_096, 160 * 4_096 + 77, 1_400_001):
        content = bytes((number * 31 + number // 7) % 251 for number in range(size))
        assert quick_xor(io.BytesIO(content)) == plain(content)
