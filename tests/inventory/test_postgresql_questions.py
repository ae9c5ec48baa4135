"""What scans, searches and questions do on PostgreSQL is what they do on SQLite."""

import hashlib
from datetime import date

import pytest

from converters.inspection import Feature, Inspection, Link
from inventory import duplicates, links
from inventory.accounts import show_accounts
from inventory.database import open_database, transaction
from inventory.departments import DepartmentRule, Departments
from inventory.directory import Directory, DirectoryEntry
from inventory.duplicate_queries import contents_by_kind, count_copies, largest_copies
from inventory.duplicates import find_duplicates
from inventory.errors import InventoryError
from inventory.finding_counts import count_findings, count_kinds
from inventory.link_queries import count_templates, exchanges, link_states, most_linked
from inventory.links import link_files
from inventory.locations import Locations
from inventory.persons import KEY_VARIABLE, People, Persons, people_of
from inventory.queries import DIMENSIONS, totals
from inventory.scan import scan
from inventory.sources.memory import MemorySource
from inventory.summary import coverage
from tests.inventory.postgresql import postgresql_url

LARGE = b"x" * 200_000
FILES = {
    "finance/a.docx": b"PK a",
    "finance/b%s.docx": b"PK b",
    "finance/B%S.docx": b"PK b",
    "hr/c.docx": b"PK c",
    "hr/one.bin": LARGE,
    "hr/two.bin": LARGE,
    "hr/other.bin": LARGE[:-1] + b"y",
    "hr/notes.txt": b"12345678",
}
PEOPLE = People(Persons.PSEUDONYMOUS, b"k" * 32)
DIRECTORY = Directory([DirectoryEntry("", "ann", "Ann", "Finance")], date(2026, 1, 1), spelt=PEOPLE.account)


class Owned(MemorySource):
    def _item(self, path):
        return super()._item(path)._replace(owner="ann" if path.startswith("finance") else "S-1-5-18")


def inspect(path):
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        return None
    return Inspection(
        hashlib.sha256(content).hexdigest(),
        len(content),
        "docx",
        family="text",
        application="Word 16",
        metadata={"creator": "Ann"},
        features=(Feature("external_link"),),
        links=(
            Link("template", "../hr/C.DOCX"),
            Link("hyperlink", "gone.docx"),
            Link("data", "DBQ=P:/x.mdb"),
        ),
    )


def _answers(address):
    database = open_database(address)
    source = Owned("//srv/100%", FILES)
    scan([source], database, inspect=inspect, people=PEOPLE)
    show_accounts(database, [source])
    assert find_duplicates({source.name: source}, database) == 0
    with transaction(database) as connection:
        link_files(connection, Locations([("P:", "//srv/100%")]))
    departments = Departments([DepartmentRule("hr", "HR")], date(2026, 1, 1))
    with database.connect() as connection:
        found = [
            coverage(connection).by_state,
            *(totals(connection, by, departments) for by in DIMENSIONS),
            totals(connection, "department", departments, {"kind": "docx"}, DIRECTORY),
            totals(connection, "author", departments, {"department": "HR"}),
            count_findings(connection),
            count_kinds(connection),
            count_copies(connection),
            largest_copies(connection, 9),
            contents_by_kind(connection),
            link_states(connection),
            sorted(most_linked(connection, 9), key=repr),
            count_templates(connection),
            exchanges(connection, departments),
        ]
    database.dispose()
    return found


def test_both_databases_answer_alike(tmp_path, monkeypatch):
    monkeypatch.setattr(duplicates, "_FILES_A_BATCH", 1)
    monkeypatch.setattr(links, "_CONTENTS_A_FETCH", 1)
    monkeypatch.setattr(links, "_TARGETS_A_FETCH", 1)
    here = _answers(str(tmp_path / "scan.db"))
    with postgresql_url() as url:
        assert _answers(url) == here


def test_the_key_of_pseudonyms_comes_from_the_environment():
    with postgresql_url() as url:
        database = open_database(url)
        for environment in ({}, {KEY_VARIABLE: "short"}):
            with pytest.raises(InventoryError) as caught:
                people_of(database, Persons.PSEUDONYMOUS, environment)
            assert (caught.value.code, caught.value.params["place"]) == ("PERSONS_KEY_MISSING", KEY_VARIABLE)
        assert people_of(database, Persons.PSEUDONYMOUS, {KEY_VARIABLE: "k" * 32}).key == b"k" * 32
        database.dispose()
