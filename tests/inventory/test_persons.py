import stat

import pytest
from sqlalchemy import LargeBinary, String, Text, text
from sqlalchemy.types import TypeDecorator

import migrate.baselines
import migrate.helpdesk.alerts
import migrate.helpdesk.cases
import migrate.ledger
import migrate.openings  # noqa: F401 - these register their tables
from converters.inspection import Inspection
from inventory.database import metadata, open_database
from inventory.errors import InventoryError
from inventory.persons import People, Persons, is_nobody, key_file, people_of
from inventory.privacy import NOT_PERSONAL, PERSONAL, Without
from inventory.records import Item
from inventory.scan import scan
from inventory.source import Listing
from inventory.sources.memory import MemorySource
from inventory.store import inspected_items
from migrate.locale import LANGUAGES, table

KEY = b"k" * 32


class OwnedSource(MemorySource):
    """A tree whose files belong to somebody."""

    def __init__(self, name, files, owner="CORP\\ann", group="staff"):
        super().__init__(name, files)
        self._owner, self._group = owner, group

    def _item(self, path):
        return super()._item(path)._replace(owner=self._owner, group=self._group)


def inspect(path):
    people = {"creator": "Ann Martin", "last_modified_by": "Bob Petit", "title": "Budget"}
    return Inspection("ab" * 32, 3, "docx", family="text", application="Word 16", metadata=people)


def _dump(database):
    """All text that the database holds, of every table."""
    with database.connect() as connection:
        tables = [connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in metadata.tables]
    return "\n".join(repr(tuple(row)) for rows in tables for row in rows)


def _scan(database, persons):
    source = OwnedSource("share", {"a.docx": b"PK1", "b.docx": b"PK1"})
    scan([source], database, inspect=inspect, people=people_of(database, persons))


@pytest.mark.parametrize("persons", [Persons.PSEUDONYMOUS, Persons.DROPPED])
def test_no_name_of_a_person_reaches_the_database(tmp_path, persons):
    database = open_database(str(tmp_path / "scan.db"))
    _scan(database, persons)
    database.dispose()
    content = b"".join(path.read_bytes() for path in tmp_path.glob("scan.db*") if "key" not in path.name)
    content = content.replace(b"channels", b"")  # a column of the schema
    for name in (b"ann", b"Ann Martin", b"Bob Petit", b"staff"):
        assert name not in content
    dump = _dump(database)
    assert ("person-" in dump) is (persons is Persons.PSEUDONYMOUS)
    assert "Budget" in dump
    assert "Word 16" in dump


def test_a_pseudonym_stands_for_one_person_whatever_the_case_and_differs_with_the_key():
    people = People(Persons.PSEUDONYMOUS, KEY)
    assert people.account("CORP\\ann") == people.account("corp\\ANN") != people.account("CORP\\bob")
    assert people.person("Ann") != People(Persons.PSEUDONYMOUS, b"x" * 32).person("Ann")
    assert "ann" not in people.account("CORP\\ann")


@pytest.mark.parametrize("account", ["root", "SYSTEM", "S-1-5-18", "S-1-5-32-544", "S-1-5-80-956008885"])
def test_services_are_nobody_and_keep_their_names(account):
    assert is_nobody(account)
    assert People(Persons.PSEUDONYMOUS, KEY).account(account) == account


def test_a_persons_sid_is_somebody():
    assert not is_nobody("S-1-5-21-1-2-3-1001")


def test_names_are_kept_where_nobody_asks_otherwise(tmp_path):
    database = open_database(str(tmp_path / "scan.db"))
    _scan(database, None)
    with database.connect() as connection:
        found = next(inspected_items(connection))
    assert (found.item.owner, found.inspection.metadata["last_modified_by"]) == ("CORP\\ann", "Bob Petit")


def test_the_key_is_its_owners_alone_and_a_second_scan_uses_it(tmp_path):
    database = open_database(str(tmp_path / "scan.db"))
    _scan(database, Persons.PSEUDONYMOUS)
    path = key_file(database)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = _dump(database)
    _scan(database, None)
    assert people_of(database).persons is Persons.PSEUDONYMOUS
    assert before.count("person-") == _dump(database).count("person-")


def test_a_lost_key_is_said_and_not_made_anew(tmp_path):
    database = open_database(str(tmp_path / "scan.db"))
    _scan(database, Persons.PSEUDONYMOUS)
    key_file(database).unlink()
    with pytest.raises(InventoryError) as caught:
        people_of(database)
    assert caught.value.code == "PERSONS_KEY_MISSING"
    assert not key_file(database).exists()


@pytest.mark.parametrize("first", [Persons.NAMED, Persons.PSEUDONYMOUS])
def test_a_database_is_not_mixed(tmp_path, first):
    database = open_database(str(tmp_path / "scan.db"))
    _scan(database, first)
    other = Persons.NAMED if first is Persons.PSEUDONYMOUS else Persons.PSEUDONYMOUS
    with pytest.raises(InventoryError) as caught:
        people_of(database, other)
    assert caught.value.code == "PERSONS_MIXED"


def _holds_text(column):
    kind = column.type
    return isinstance(kind, String | Text | LargeBinary) or (
        isinstance(kind, TypeDecorator) and isinstance(kind.impl, String | Text | LargeBinary)
    )


def test_every_column_that_can_hold_a_name_is_told_to_be_personal_or_not():
    holding = {
        (name, column.name)
        for name, found in metadata.tables.items()
        for column in found.columns
        if _holds_text(column)
    }
    told = {key for key in PERSONAL if not key[1].endswith("_id")} | set(NOT_PERSONAL)
    assert holding == told
    assert not set(PERSONAL) & NOT_PERSONAL


def test_every_number_of_a_person_is_told_to_be_personal():
    people = {"owner_id", "group_id", "author_id"}
    numbers = {
        (name, column.name)
        for name, found in metadata.tables.items()
        for column in found.columns
        if column.name in people
    }
    assert numbers == {key for key in PERSONAL if key[1].endswith("_id")}


def test_what_is_said_to_be_replaced_is(tmp_path):
    """Every text field of PERSONAL that is REPLACED is free of the names that a named scan puts there."""
    named, without = (open_database(str(tmp_path / name)) for name in ("named.db", "without.db"))
    _scan(named, None)
    _scan(without, Persons.PSEUDONYMOUS)
    for (name, column), field in PERSONAL.items():
        if name.startswith("tenant_"):
            continue  # tests/inventory/tenant scans one without names
        if field.without is Without.REPLACED and not column.endswith("_id") and column != "shown":
            query = text(f'SELECT {column} FROM "{name}"')
            texts = []
            for database in (named, without):
                with database.connect() as connection:
                    texts.append(str(connection.scalars(query).all()))
            assert any(person in texts[0] for person in ("ann", "Bob"))
            assert not any(person in texts[1] for person in ("ann", "Ann", "Bob"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_purpose_has_its_sentence(language):
    words = table("privacy", language)
    for field in PERSONAL.values():
        assert {
            f"purpose_{field.purpose}",
            f"retention_{field.retention}",
            f"without_{field.without}",
        } <= set(words)
    assert {f"persons_{way}" for way in Persons} <= set(words)


def test_folders_may_have_owners_where_files_tell_none(tmp_path):
    class FolderOwners(MemorySource):
        def listing(self, cursor=""):
            found = super().listing(cursor)
            return Listing(found.cursors, found.count, found.digest, found.items, owner="S-1-5-21-7")

    database = open_database(str(tmp_path / "scan.db"))
    scan([FolderOwners("share", {"a.docx": b"1", "sub/b.docx": b"2"})], database)
    with database.connect() as connection:
        owned = connection.execute(
            text(
                "SELECT name, files FROM owner_totals JOIN accounts ON accounts.id = owner_id ORDER BY files"
            )
        ).all()
    assert sum(files for _name, files in owned) == 2
    assert {name for name, _files in owned} == {"S-1-5-21-7"}
    assert Item("s", "p", 0, None).owner == ""
