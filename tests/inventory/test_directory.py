import csv
from datetime import date

import pytest

from inventory.database import open_database
from inventory.departments import UNASSIGNED, DepartmentRule, Departments
from inventory.directory import Directory, DirectoryEntry, read_directory
from inventory.errors import InventoryError
from inventory.export import FEW, export_items
from inventory.hiding import FEW_PEOPLE, hidden_totals
from inventory.persons import People, Persons
from inventory.queries import Total, totals
from inventory.scan import scan
from inventory.sources.memory import MemorySource

DAY = date(2026, 6, 1)
ANN, BOB = "S-1-5-21-1-2-3-1001", "S-1-5-21-1-2-3-1002"


def _table(tmp_path, text):
    (tmp_path / "users.csv").write_text(text, encoding="utf-8-sig")
    return read_directory(tmp_path / "users.csv")


@pytest.mark.parametrize(
    "text",
    [
        f"sid,department\n{ANN},Finance\n",
        f"onPremisesSecurityIdentifier,displayName,department\n{ANN},Ann Martin,Finance\n",
        f'"DisplayName","objectSid","Department"\n"Ann Martin","{ANN}","Finance"\n',
    ],
)
def test_exports_of_directories_are_read_by_their_own_names_of_columns(tmp_path, text):
    directory = Directory(_table(tmp_path, text), DAY)
    assert directory.department_of(ANN) == "Finance"
    assert directory.department_of(BOB) == UNASSIGNED


def test_accounts_are_found_with_or_without_their_domain(tmp_path):
    directory = Directory(_table(tmp_path, "sAMAccountName,department\nann,Finance\nCORP\\bob,HR\n"), DAY)
    assert directory.department_of("CORP\\Ann") == "Finance"
    assert directory.department_of(None, "ann") == "Finance"
    assert directory.department_of("CORP\\bob") == "HR"


def test_dates_decide_which_department_counts(tmp_path):
    text = "account,department,from,until\nann,Finance,,2026-06-30\nann,Projects,2026-07-01,\n"
    entries = _table(tmp_path, text)
    assert Directory(entries, DAY).department_of("ann") == "Finance"
    assert Directory(entries, date(2026, 7, 1)).department_of("ann") == "Projects"


def test_a_line_that_names_nobody_is_named(tmp_path):
    with pytest.raises(InventoryError) as caught:
        _table(tmp_path, "account,department\nann,Finance\n,HR\n")
    assert (caught.value.code, caught.value.params["line"]) == ("TABLE_UNREADABLE", 3)


class Owned(MemorySource):
    """The owner of a file is the first part of its name."""

    def _item(self, path):
        item = super()._item(path)
        return item._replace(owner=item.name.split(" ")[0])


FILES = [f"home/{ANN} {number}.docx" for number in range(6)] + [
    f"home/{BOB} {number}.docx" for number in range(2)
]
FILES += [f"hr/{ANN} a.docx", f"home/{ANN}9 a.docx"]


@pytest.fixture
def database(tmp_path):
    database = open_database(str(tmp_path / "scan.db"))
    scan([Owned("m", dict.fromkeys(FILES, b"1"))], database)
    return database


ENTRIES = [DirectoryEntry(ANN, "ann", "", "Finance"), DirectoryEntry(BOB, "bob", "", "Legal")]
RULES = Departments([DepartmentRule("hr", "HR")], DAY)


def _by_department(database, directory, only=None):
    with database.connect() as connection:
        found = totals(connection, "department", RULES, only, directory)
    return {total.key: total.files for total in found}


def test_folders_tell_the_department_and_owners_where_they_do_not(database):
    expected = {"Finance": 6, "Legal": 2, "HR": 1, UNASSIGNED: 1}
    assert _by_department(database, Directory(ENTRIES, DAY)) == expected
    assert _by_department(database, Directory(ENTRIES, DAY), {"kind": "docx"}) == expected


def test_other_questions_are_narrowed_by_a_department_of_people(database):
    with database.connect() as connection:
        directory = Directory(ENTRIES, DAY)
        found = totals(connection, "kind", RULES, {"department": "Legal"}, directory)
        assert [(total.key, total.files) for total in found] == [("docx", 2)]
        with pytest.raises(ValueError):
            totals(connection, "age", RULES, {"department": "Legal"}, directory)


def test_a_directory_tells_what_sids_stand_for(database):
    with database.connect() as connection:
        found = totals(connection, "owner", directory=Directory(ENTRIES, DAY))
    assert {total.key for total in found} == {"ann", "bob", f"{ANN}9"}


def test_pseudonyms_are_matched_with_the_key_that_made_them(tmp_path):
    people = People(Persons.PSEUDONYMOUS, b"k" * 32)
    database = open_database(str(tmp_path / "without.db"))
    scan([Owned("m", dict.fromkeys(FILES, b"1"))], database, people=people)
    assert _by_department(database, Directory(ENTRIES, DAY))[UNASSIGNED] == 9
    assert _by_department(database, Directory(ENTRIES, DAY, people.account))["Finance"] == 6


def _five(department):
    return [DirectoryEntry("", f"{department}{number}", "", department) for number in range(5)]


def test_departments_of_fewer_than_five_people_are_told_together():
    directory = Directory([*ENTRIES, *_five("Finance")], DAY)
    found = [Total("Finance", 60, 600), Total("Legal", 20, 200), Total(UNASSIGNED, 3, 30)]
    assert hidden_totals(found, "department", directory) == [
        Total("Finance", 60, 600),
        Total(UNASSIGNED, 3, 30),
        Total(FEW_PEOPLE, 20, 200),
    ]
    assert hidden_totals(found, "department") == found


def test_authors_and_sources_are_numbered():
    found = [Total("Ann", 9, 90), Total("", 7, 70), Total("Bob", 2, 20)]
    assert hidden_totals(found, "author") == [
        Total("author 1", 9, 90),
        Total("", 7, 70),
        Total("authors of few files", 2, 20),
    ]
    assert hidden_totals([Total("//srv/ann", 9, 90)], "source") == [Total("source 1", 9, 90)]


def _exported(database, tmp_path, directory, **options):
    target = tmp_path / f"items {len(options)}.csv"
    with database.connect() as connection:
        export_items(connection, target, RULES, directory, **options)
    with target.open(newline="") as file:
        return list(csv.DictReader(file))


def test_an_export_hides_people_of_few_files_and_departments_of_few_people(database, tmp_path):
    directory = Directory([*ENTRIES, *_five("Finance")], DAY)
    rows = _exported(database, tmp_path, directory)
    assert {row["department"] for row in rows} == {"Finance", "HR", FEW_PEOPLE, UNASSIGNED}
    assert sorted({row["owner"] for row in rows}) == [FEW, "owner 1"]
    assert [row["owner"] for row in rows].count(FEW) == 3
    revealed = _exported(database, tmp_path, directory, reveal=True)
    assert {row["owner"] for row in revealed} == {ANN, BOB, f"{ANN}9"}
    assert "Legal" in {row["department"] for row in revealed}


def test_an_export_that_fails_leaves_nothing_behind(database, tmp_path, monkeypatch):
    monkeypatch.setattr("inventory.export.iso_time", None)
    with pytest.raises(TypeError):
        _exported(database, tmp_path, None)
    assert not list(tmp_path.glob("*.csv"))
