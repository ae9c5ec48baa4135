"""Copies between drives and shares by the service's own hash, without fetching anything."""

from __future__ import annotations

import base64
import io
import json

from inventory.database import open_database
from inventory.scan import scan
from inventory.sources.filesystem import FilesystemSource
from inventory.tenant.copies import CloudCopies, count_cloud_copies, hash_like_drives
from inventory.tenant.quick_xor import quick_xor
from tests.command_line import run
from tests.graph_emulator.server import emulated
from tests.graph_emulator.tenant import Tenant
from tests.inventory.tenant.scanning import scan_once


def _tenant():
    """Two drives that hold the same bytes, once each, and other bytes of the same length."""
    tenant = Tenant(2, 0, 2)
    one, two = tenant.drives
    for drive, name in ((one, "a.docx"), (two, "b.docx")):
        drive.add(0, name, b"same content")
    two.add(0, "c.docx", b"else content")
    for drive in tenant.drives:
        drive.quick_xor = lambda number, drive=drive: base64.b64encode(
            quick_xor(io.BytesIO(drive.content(number)))
        ).decode()
    return tenant


def test_likely_copies_are_found_in_drives_and_on_shares(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    share = tmp_path / "share"
    share.mkdir()
    (share / "mine.docx").write_bytes(b"same content")
    (share / "other.docx").write_bytes(b"some content")
    (share / "longer.docx").write_bytes(b"same content, longer")
    database = open_database(str(tmp_path / "migrate.db"))
    with emulated(tmp_path, _tenant()) as emulator:
        scan_once(emulator, database)
        source = FilesystemSource(str(share))
        scan([source], database)
        opened = []
        monkeypatch.setattr(
            FilesystemSource,
            "open",
            lambda self, item, read=FilesystemSource.open: (opened.append(item.path), read(self, item))[1],
        )
        assert hash_like_drives({source.name: source}, database) == 0
        assert sorted(opened) == ["mine.docx", "other.docx"]  # nothing of another size
        hash_like_drives({source.name: source}, database)
        assert len(opened) == 2  # and nothing twice
        with database.connect() as connection:
            assert count_cloud_copies(connection) == CloudCopies(1, 2, 12, 1, 12, 0)
        assert "content" not in emulator.fate.seen.paths
    document = json.loads(run("duplicates", "--json"))
    assert document["drives"]["shared_files"] == 1
    assert "1 files on shares" in run("duplicates", "--lang", "en")
    database.dispose()


def test_a_database_without_a_tenant_tells_nothing_of_drives(tmp_path):
    database = open_database(str(tmp_path / "x.db"))
    with database.connect() as connection:
        assert count_cloud_copies(connection) is None
    database.dispose()
