"""What the emulator sends and what the scan selects stand in Microsoft's metadata of Graph v1.0."""

from __future__ import annotations

import pytest

from inventory.graph.calls import CALLS, SELECTED
from tests.conftest import CORPUS_ABSENT, PROJECT
from tests.graph_emulator import documents
from tests.graph_emulator.metadata import Metadata, read_metadata
from tests.graph_emulator.tenant import GROUPS, Site, Tenant

METADATA = PROJECT.parent / "shared" / "graph" / "v1.0.csdl"


@pytest.fixture(scope="module")
def metadata() -> Metadata:
    if not METADATA.is_file():
        pytest.skip(f"{CORPUS_ABSENT}, nor is Microsoft's metadata")
    return read_metadata(METADATA)


TYPES = {
    "skus": "subscribedSku",
    "users": "user",
    "groups": "group",
    "sites": "site",
    "drives": "drive",
    "items": "driveItem",
}


@pytest.mark.parametrize("name", SELECTED)
def test_what_is_selected_is_a_property_of_its_type(metadata, name):
    properties = metadata.properties(TYPES[name])
    assert [one for one in SELECTED[name].split(",") if one not in properties] == []


def test_what_single_calls_select_is_too(metadata):
    assert "signInActivity" in metadata.properties("user")
    assert "signInActivity" in CALLS["sign_ins"].path
    assert "displayConcealedNames" in metadata.properties("adminReportSettings")
    assert "sharingCapability" in metadata.properties("sharepointSettings")
    assert {"id", "membershipType"} <= set(metadata.properties("channel"))


def test_the_emulator_sends_nothing_that_is_not_in_the_metadata(metadata):
    tenant = Tenant(200, 6, 4_000)
    archived = Site(9, "Archived", "/sites/old", locked=False, archived=True)
    sent = [
        *(("subscribedSku", one) for one in documents.skus(tenant)),
        *(("user", documents.user(one)) for one in tenant.people),
        *(("user", documents.sign_in(one)) for one in tenant.people),
        *(("group", one) for one in documents.groups()),
        *(("channel", one) for number in range(GROUPS) for one in documents.channels(number)),
        *(("site", documents.site(one)) for one in (*tenant.sites, archived)),
        *(("site", documents.personal_site(one)) for one in tenant.people),
        *(("drive", documents.drive(one, tenant)) for one in tenant.drives),
        *(
            ("driveItem", documents.item(drive, drive.entry(number), tenant.people))
            for drive in tenant.drives
            for number in drive.numbers()
        ),
    ]
    kinds = {drive.entry(number).kind for drive in tenant.drives for number in drive.numbers()}
    assert kinds == {"root", "folder", "file", "package", "shortcut", "malware"}
    problems = {problem for kind, one in sent for problem in metadata.problems(one, kind, kind)}
    assert problems == set()


def test_a_document_that_is_not_as_its_type_says_is_told(metadata):
    assert list(metadata.problems({"nonsense": 1}, "driveItem")) == [": driveItem has no nonsense"]
    assert list(metadata.problems({"size": "1"}, "driveItem")) == ["/size: '1' is no Edm.Int64"]
