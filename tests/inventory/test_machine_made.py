"""Files that programs read or write: found by what surrounds them, classed as left alone."""

import hashlib

import pytest

from converters.inspection import Feature, Inspection, Link
from inventory.database import open_database, transaction
from inventory.errors import InventoryError
from inventory.export import export_items
from inventory.item_risk import YEAR_US
from inventory.links import link_files
from inventory.locations import Locations
from inventory.machine_made import (
    count_interfaces,
    is_regular,
    list_interfaces,
    note_interfaces,
    read_software,
)
from inventory.queries import totals
from inventory.risk import ARCHIVE_YEARS, PLACE_RULES, RISK_OF_RULE, RULES, Risk, risk_of, rule_of
from inventory.scan import scan
from inventory.service_accounts import is_service_account
from inventory.sources.memory import MemorySource
from inventory.summary import summarise
from inventory.tables import accounts, items

DAY_US = 86_400_000_000
NOW = "2026-06-01T00:00:00.000000Z"
FILES = {
    "reports/sales 2026-01.xlsx": b"a",
    "reports/sales 2026-02.xlsx": b"b",
    "reports/sales 2026-03.xlsx": b"c",
    "reports/sales 2026-04.xlsx": b"d",
    "reports/sales 2026-05.xlsx": b"e",
    "reports/sales 2026-06.xlsx": b"f",
    "reports/notes.xlsx": b"notes",
    "master/prices.xlsx": b"prices",
    "desk/offer.docx": b"offer reads prices",
    "desk/export.xlsx": b"export",
    "import/orders.xlsx": b"orders",
}


def inspect(path):
    content = path.read_bytes()
    links = (Link("data", "../master/prices.xlsx"),) if b"reads" in content else ()
    return Inspection(
        hashlib.sha256(content).hexdigest(),
        len(content),
        "xlsx",
        family="spreadsheet",
        producer="openpyxl" if content == b"export" else "",
        features=(Feature("machine_made"),) if content == b"export" else (),
        links=links,
    )


@pytest.fixture
def database(tmp_path):
    database = open_database(str(tmp_path / "scan.db"))
    scan([MemorySource("m", FILES)], database, inspect=inspect)
    with transaction(database) as connection:
        for number, row in enumerate(connection.execute(items.select().order_by(items.c.name)).all()):
            moment = 1_767_225_600_000_000 + number * 30 * DAY_US
            connection.execute(items.update().where(items.c.id == row.id).values(modified_us=moment))
        service = connection.execute(accounts.insert().values(name="CORP\\svc-import")).inserted_primary_key[
            0
        ]
        orders = items.c.name.like("%orders.xlsx")
        connection.execute(items.update().where(orders).values(owner_id=service))
        link_files(connection, Locations())
        note_interfaces(connection)
        summarise(connection, [1], NOW)
    return database


def test_interfaces_are_found_by_series_by_owner_by_links_and_by_producer(database):
    with database.connect() as connection:
        found = {(one.path, one.rule) for one in list_interfaces(connection, 100)}
        rules, producers = count_interfaces(connection)
    assert found == {
        ("desk/export.xlsx", "made_by_program"),
        ("import/orders.xlsx", "service_account"),
        ("master/prices.xlsx", "read_by_connections"),
        *((path, "written_regularly") for path in FILES if "sales" in path),
    }
    assert dict(rules)["written_regularly"] == 6
    assert producers == [("openpyxl", 1)]


def test_interfaces_are_a_class_of_their_own_and_their_rule_is_named(database, tmp_path):
    with database.connect() as connection:
        risks = {total.key: total.files for total in totals(connection, "risk")}
        rules = {total.key: total.files for total in totals(connection, "rule")}
        export_items(connection, tmp_path / "items.csv", reveal=True)
    assert risks == {"leave": 9, "ready": 2}
    assert rules["service_account"] == 1
    rows = (tmp_path / "items.csv").read_text("utf-8").splitlines()
    assert any("made_by_program" in row and "export.xlsx" in row for row in rows)


def test_what_nobody_changed_for_years_is_for_the_archive(database):
    with transaction(database) as connection:
        before = 1_767_225_600_000_000 - (ARCHIVE_YEARS + 1) * YEAR_US
        connection.execute(items.update().values(modified_us=before))
        note_interfaces(connection)
        summarise(connection, [1], NOW)
        rules = {total.key: total.files for total in totals(connection, "rule")}
        risks = {total.key: total.files for total in totals(connection, "risk")}
    assert rules["old_untouched"] == 8  # but not what programs read or write
    assert risks == {"archive": 8, "leave": 3}


def test_an_inventory_of_software_names_interfaces(database, tmp_path):
    table = tmp_path / "software.csv"
    table.write_text("name,calls,files\nOrderDesk,excel,reports/notes*\nMacro Suite,word,\n", "utf-8")
    with transaction(database) as connection:
        note_interfaces(connection, read_software(table))
        note_interfaces(connection)  # a later scan without the table keeps what it told
        found = {
            one.path: one.detail
            for one in list_interfaces(connection, 100)
            if one.rule == "software_inventory"
        }
    assert found == {"reports/notes.xlsx": "OrderDesk"}
    table.write_text("name,calls,files\n,excel,x\n", "utf-8")
    with pytest.raises(InventoryError, match="TABLE_UNREADABLE"):
        read_software(table)


@pytest.mark.parametrize(
    ("days", "regular"),
    [
        ([0, 1, 2, 3, 4, 5], True),
        ([0, 31, 59, 90, 120, 151, 181], True),
        ([0, 1, 2, 3, 4], False),
        ([0, 1, 40, 41, 90, 200], False),
        ([0, 0.01, 0.02, 0.03, 0.04, 0.05], False),
    ],
)
def test_writing_keeps_time_where_gaps_are_even_and_a_day_long(days, regular):
    assert is_regular([int(day * DAY_US) for day in days]) is regular


@pytest.mark.parametrize(
    "name", ["CORP\\svc_backup", "svc-reports", "FILESRV01$", "NT SERVICE\\MSSQL", "tomcat"]
)
def test_accounts_of_services_are_told_by_their_names(name):
    assert is_service_account(name)


@pytest.mark.parametrize("name", ["ann", "CORP\\bob.service-manager", "Sabine", "jobst", "root", "Salma"])
def test_people_are_no_services(name):
    assert not is_service_account(name)


def _inspection(**values):
    return Inspection("0" * 64, 1, values.pop("kind", "docx"), **({"family": "text"} | values))


@pytest.mark.parametrize(
    ("inspection", "rule", "risk"),
    [
        (_inspection(), "loses_nothing", Risk.READY),
        (_inspection(level="cheap"), "text_unread", Risk.COSMETIC),
        (_inspection(features=(Feature("macros"),)), "macros", Risk.REWORK),
        (_inspection(features=(Feature("power_query"),)), "live_data", Risk.REWORK),
        (_inspection(features=(Feature("external_link"),)), "linked_files", Risk.CHECK),
        (_inspection(error="ENCRYPTED", kind="ooxml_encrypted", family=""), "closed", Risk.MANUAL),
        (_inspection(error="UNSUPPORTED_KIND", kind="accdb", family=""), "no_converter", Risk.MANUAL),
        (_inspection(error="UNSUPPORTED_KIND", kind="odt", family=""), "no_document", Risk.NONE),
        (_inspection(error="NOT_OFFICE", kind="pdf", family=""), "no_document", Risk.NONE),
        (_inspection(producer="Apache POI", features=(Feature("macros"),)), "made_by_program", Risk.LEAVE),
    ],
)
def test_every_class_has_its_rule(inspection, rule, risk):
    assert (rule_of(inspection).code, risk_of(inspection)) == (rule, risk)


def test_rules_have_codes_that_the_database_can_hold_and_every_class_is_given():
    codes = [rule.code for rule in RULES] + list(PLACE_RULES)
    assert len(set(codes)) == len(codes) == len(RISK_OF_RULE)
    assert all(len(code) <= 32 for code in codes)
    assert set(RISK_OF_RULE.values()) == set(Risk)
