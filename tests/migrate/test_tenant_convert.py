"""Documents of a tenant are fetched, converted and proved; a second run repeats nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click import ClickException, UsageError

from inventory.records import Item
from inventory.sources.memory import MemorySource
from migrate.tenant_fetch import fetch_items, place_of, split_name
from tests.graph_emulator.faults import Faults
from tests.graph_emulator.server import emulated
from tests.graph_emulator.tenant import Tenant
from tests.migrate.test_cli_tenant import NAME, _run, configured  # noqa: F401 - a fixture
from tests.office_files import docx, paragraph, xlsx

TABLE = xlsx()


def _tenant():
    """Three real documents and one that the service holds back, in the library of a site; one in a OneDrive."""
    tenant = Tenant(3, 2, 5)
    drive = next(one for one in tenant.drives if one.site == 1)
    folder = drive.add(0, "Folder", kind="folder")
    numbers = [
        drive.add(folder, "letter.docx", docx(paragraph("Dear reader"))),
        drive.add(0, "table.xlsx", TABLE),
        drive.add(0, "notes.txt", b"no document"),
    ]
    held = drive.add(0, "held.docx", docx())
    drive.change(held, kind="malware")
    drive.change(numbers[0], shared="anonymous")
    tenant.drives[0].add(0, "own.docx", docx())
    return tenant, drive, numbers


def test_a_site_is_fetched_converted_and_proved_once(tmp_path, configured):  # noqa: F811
    tenant, drive, numbers = _tenant()
    with emulated(tmp_path, tenant, Faults(content_breaks_once=True)) as emulator:
        configured(emulator)
        assert _run("scan", NAME)[0] == 0
        code, said = _run(
            "convert", f"{NAME}/SharePoint/site1", "--to", tmp_path / "odf", "--json", "--jobs", 1
        )
        document = json.loads(said)
        place = Path("SharePoint/site1/Documents")
        assert code == 0, said
        targets = {str(Path(row["target"]).relative_to(tmp_path / "odf")) for row in document["files"]}
        assert {str(place / "Folder/letter.odt"), str(place / "table.ods")} <= targets
        assert not any("own" in target for target in targets)
        fetched = emulator.fate.seen.paths["content"]
        assert (
            tmp_path / "odf-originals" / NAME.removeprefix("m365:") / place / "table.xlsx"
        ).read_bytes() == TABLE
        code, said = _run("convert", f"{NAME}/SharePoint/site1", "--to", tmp_path / "odf", "--lang", "en")
        assert emulator.fate.seen.paths["content"] == fetched  # nothing is fetched twice
        assert "need a new home" in said
        drive.change(numbers[1], modified=289_000_000)
        assert _run("scan", NAME)[0] == 0
        _run("convert", f"{NAME}/SharePoint/site1", "--to", tmp_path / "odf")
        assert emulator.fate.seen.paths["content"] == fetched + 1
        assert set(emulator.fate.seen.methods) == {"GET", "POST"}


def test_a_document_that_cannot_be_fetched_is_named_and_is_a_failure(tmp_path, configured):  # noqa: F811
    tenant, drive, numbers = _tenant()
    with emulated(tmp_path, tenant) as emulator:
        configured(emulator)
        assert _run("scan", NAME)[0] == 0
        drive.change(numbers[0], deleted=True)
        code, said = _run("convert", f"{NAME}/SharePoint", "--to", tmp_path / "odf", "--json", "--jobs", 1)
    assert code == 2
    missing = {Path(row["path"]).name: row["reason"] for row in json.loads(said)["not_converted"]}
    assert missing["letter.docx"] == "VANISHED"


def test_what_cannot_be_meant_is_told(tmp_path, configured):  # noqa: F811
    with emulated(tmp_path, Tenant(2, 1, 4)) as emulator:
        configured(emulator)
        with pytest.raises(UsageError, match="--to"):
            _run("convert", f"{NAME}/SharePoint", "--lang", "en")
        with pytest.raises(ClickException, match="No Office documents"):
            _run("convert", f"{NAME}/SharePoint/nowhere", "--to", tmp_path / "odf", "--lang", "en")


def test_no_name_of_a_service_leads_out_of_the_folder(tmp_path):
    for path in ("../x.docx", "a/../../x.docx", "/etc/x.docx", "a\\..\\x.docx", "a/\0.docx", ""):
        assert place_of(tmp_path, path) is None
    assert place_of(tmp_path, "a/b c.docx") == tmp_path / "a/b c.docx"
    source = MemorySource("m", {"a.docx": b"x"})
    (left,) = fetch_items(
        source, [Item("m", "../a.docx", 1, None)], tmp_path / "to", lambda _done, _all: None
    )
    assert left.reason == "INPUT_ERROR"
    assert not (tmp_path / "a.docx").exists()
    assert split_name("m365:contoso/SharePoint/x/") == ("m365:contoso", "SharePoint/x")
