import hashlib
from datetime import date

import pytest
from sqlalchemy import select

from converters.inspection import Inspection, Link
from inventory.database import open_database, transaction
from inventory.departments import DepartmentRule, Departments
from inventory.errors import InventoryError
from inventory.link_queries import (
    Exchange,
    count_templates,
    exchanges,
    link_states,
    most_linked,
)
from inventory.links import STATES, link_files, up_to_date
from inventory.locations import FILE, WEB, Locations, read_locations, slashed
from inventory.queries import totals
from inventory.scan import scan
from inventory.sources.memory import MemorySource
from inventory.tables import file_links, interfaces, items, link_targets
from migrate.locale import LANGUAGES, table

HERE = "//server/finance/2024"


@pytest.mark.parametrize(
    ("kind", "target", "path"),
    [
        ("workbook", "Budget.xlsx", "//server/finance/2024/Budget.xlsx"),
        ("workbook", "../Budget%20final.xlsx", "//server/finance/Budget final.xlsx"),
        ("workbook", "..\\..\\..\\Budget.xlsx", "//server/finance/Budget.xlsx"),
        ("workbook", "/2023/Budget.xlsx", "//server/finance/2023/Budget.xlsx"),
        ("workbook", "file:///\\\\SRV2\\hr\\a b.xlsx", "//SRV2/hr/a b.xlsx"),
        ("workbook", "file://srv2/hr/a.xlsx", "//srv2/hr/a.xlsx"),
        ("workbook", "file://///srv2/hr/a.xlsx", "//srv2/hr/a.xlsx"),
        ("workbook", "\\\\?\\UNC\\srv2\\hr\\a.xlsx", "//srv2/hr/a.xlsx"),
        ("workbook", "file:///C:\\Users\\ann\\a.xlsx", "C:/Users/ann/a.xlsx"),
        ("workbook", "file:///c%3A/Users/a.xlsx", "C:/Users/a.xlsx"),
        ("workbook", "/P:/budget/a.xlsx", "P:/budget/a.xlsx"),
        ("workbook", "p:a.xlsx", "//server/finance/2024/p:a.xlsx"),
        ("template", "file:///P:\\Templates\\Letter.dotx", "P:/Templates/Letter.dotx"),
        ("hyperlink", "plan.docx#_Toc1", "//server/finance/2024/plan.docx"),
        ("hyperlink", "track #5.docx", "//server/finance/2024/track #5.docx"),
        ("hyperlink", "100%.docx", "//server/finance/2024/100%.docx"),
        ("dde", "Excel|C:\\data\\rates.xls", "C:/data/rates.xls"),
        ("data", "Provider=ACE;Data Source=\\\\srv2\\hr\\staff.accdb;Mode=Read", "//srv2/hr/staff.accdb"),
        ("data", "DSN=x;DBQ=P:\\db\\sales.mdb;", "P:/db/sales.mdb"),
    ],
)
def test_a_link_leads_to_a_location(kind, target, path):
    location = Locations().of_link(kind, target, HERE)
    assert (location.kind, location.path) == (FILE, path)


@pytest.mark.parametrize(
    "target", ["mailto:a@b.example", "#Sheet1!A1", "", "javascript:alert(1)", "tel:+33123456789"]
)
def test_what_leads_to_no_file_is_no_link(target):
    assert Locations().of_link("hyperlink", target, HERE) is None


@pytest.mark.parametrize(
    ("kind", "target"),
    [("data", "Provider=SQLOLEDB;Data Source=SQL01;Initial Catalog=Sales"), ("dde", "Reuters|EUR=")],
)
def test_a_server_of_data_is_no_file(kind, target):
    assert Locations().of_link(kind, target, HERE) is None


def test_the_web_is_told_apart():
    location = Locations().of_link("hyperlink", "https://intranet.example/a.docx#x", HERE)
    assert (location.kind, location.path) == (WEB, "https://intranet.example/a.docx")


def test_links_of_a_local_folder_are_absolute_in_its_file_system():
    assert Locations().of_link("workbook", "/srv/hr/a.xlsx", "/srv/finance").path == "/srv/hr/a.xlsx"
    assert Locations().of_link("workbook", "../hr/a.xlsx", "/srv/finance").path == "/srv/hr/a.xlsx"


def test_drives_and_names_are_mapped_the_longest_prefix_first_and_through_each_other():
    locations = Locations(
        [
            ("P:", "\\\\corp.example\\dfs\\projects"),
            ("P:\\old", "smb://archive/old"),
            ("//CORP.example/dfs", "//server/data"),
        ]
    )
    assert locations.of_link("workbook", "p:\\a\\b.xlsx", HERE).path == "//server/data/projects/a/b.xlsx"
    assert locations.of_link("workbook", "P:/old/b.xlsx", HERE).path == "//archive/old/b.xlsx"
    assert (
        locations.of_link("workbook", "P:/older/b.xlsx", HERE).path == "//server/data/projects/older/b.xlsx"
    )


def test_a_mapping_onto_itself_ends():
    assert Locations([("//a/b", "//a/b/c")]).mapped("//a/b/x").startswith("//a/b/c/")


def test_the_account_and_the_port_are_no_part_of_a_location():
    assert slashed("smb://ann@server:4455/share/a%20b") == "//server/share/a b"


def test_a_table_of_locations_names_its_wrong_line(tmp_path):
    (tmp_path / "drives.csv").write_text("prefix,location\nP:,\\\\srv\\projects\nQ:,\n")
    with pytest.raises(InventoryError) as caught:
        read_locations(tmp_path / "drives.csv")
    assert caught.value.params["line"] == 3


# path -> links (kind, target)
FINANCE = {
    "reports/year.xlsx": [
        ("workbook", "../Data/Sales.XLSX"),
        ("workbook", "file:///P:\\people\\staff.xlsx"),
        ("workbook", "file:///P:\\people\\gone.xlsx"),
        ("hyperlink", "https://intranet.example/"),
        ("hyperlink", "mailto:ann@corp.example"),
    ],
    "data/sales.xlsx": [("workbook", "file:///C:\\Users\\ann\\rates.xlsx"), ("workbook", "sales.xlsx")],
    "data/letter.docx": [("template", "P:/templates/Letter.dotx"), ("hyperlink", "../reports")],
    "data/letter2.docx": [("template", "\\\\HRSRV\\hr\\templates\\letter.dotx")],
}
HR = {
    "people/staff.xlsx": [("workbook", "\\\\fin\\finance\\data\\sales.xlsx"), ("workbook", "Q:\\x.xlsx")],
    "templates/Letter.dotx": [],
    "secret/plan.docx": [],
    "people/note.docx": [
        ("hyperlink", "../secret/plan.docx"),
        ("hyperlink", "//other/share/x.docx"),
        ("hyperlink", "../no such/x.docx"),
    ],
}
LOCATIONS = Locations([("P:", "\\\\hrsrv\\hr")])


def _inspected(links):
    by_content = {path.encode(): found for path, found in links.items()}

    def inspect(path):
        content = path.read_bytes()
        return Inspection(
            hashlib.sha256(content).hexdigest(),
            len(content),
            path.suffix[1:],
            family="text",
            links=tuple(Link(kind, target) for kind, target in by_content[content]),
        )

    return inspect


@pytest.fixture
def database(tmp_path):
    database = open_database(str(tmp_path / "scan.db"))
    sources = [
        MemorySource("smb://ann@fin/finance", {path: path.encode() for path in FINANCE}),
        MemorySource("smb://hrsrv/HR", {path: path.encode() for path in HR}, denied=frozenset({"secret"})),
    ]
    scan(sources, database, inspect=_inspected(FINANCE | HR))
    with transaction(database) as connection:
        link_files(connection, LOCATIONS)
    return database


def _states(database):
    with database.connect() as connection:
        return {row.location: row.state for row in connection.execute(link_targets.select())}


def test_every_target_has_its_state(database):
    assert _states(database) == {
        "//fin/finance/Data/Sales.XLSX": "found",  # without case, as Windows does
        "//hrsrv/hr/people/staff.xlsx": "found",
        "//hrsrv/hr/people/gone.xlsx": "missing",
        "https://intranet.example/": "web",
        "C:/Users/ann/rates.xlsx": "local",
        "//hrsrv/hr/templates/Letter.dotx": "found",
        "//fin/finance/reports": "folder",
        "Q:/x.xlsx": "unmapped",
        "//hrsrv/HR/secret/plan.docx": "unreadable",
        "//other/share/x.docx": "outside",
        "//hrsrv/HR/no such/x.docx": "missing",
    }


def test_a_file_that_links_to_itself_has_no_link(database):
    with database.connect() as connection:
        links = connection.execute(file_links.select()).all()
        own = connection.execute(
            file_links.select()
            .join(items, items.c.id == file_links.c.item_id)
            .where(items.c.name == "sales.xlsx")
        ).all()
    assert (len(links), len(own)) == (13, 1)


def test_two_spellings_of_a_template_are_one_template(database):
    with database.connect() as connection:
        assert count_templates(connection) == (1, 2)
        (template,) = most_linked(connection, 10, kind="template")
    assert (template.files, template.state) == (2, "found")


def test_links_are_counted_by_kind_and_state(database):
    with database.connect() as connection:
        counted = link_states(connection)
    assert counted["workbook"] == {"found": 3, "missing": 1, "local": 1, "unmapped": 1}
    assert counted["hyperlink"] == {"web": 1, "folder": 1, "unreadable": 1, "outside": 1, "missing": 1}


def test_who_exchanges_with_whom(database):
    rules = [DepartmentRule("smb://ann@fin/finance", "Finance"), DepartmentRule("people", "HR")]
    with database.connect() as connection:
        found = exchanges(connection, Departments(rules, date(2026, 1, 1)))
    assert set(found) == {
        Exchange("Finance", "unassigned", 2),
        Exchange("Finance", "Finance", 1),
        Exchange("Finance", "HR", 1),
        Exchange("HR", "Finance", 1),
    }


def test_what_is_not_there_is_listed_by_how_many_files_miss_it(database):
    with database.connect() as connection:
        found = most_linked(connection, 10, state="missing")
    assert {one.location for one in found} == {"//hrsrv/hr/people/gone.xlsx", "//hrsrv/HR/no such/x.docx"}


def test_the_graph_is_made_again_for_another_table_or_a_later_scan(database):
    with transaction(database) as connection:
        assert up_to_date(connection, LOCATIONS)
        assert not up_to_date(connection, Locations())
        before = link_states(connection)
        assert link_files(connection, LOCATIONS) == len(connection.execute(file_links.select()).all())
        assert link_states(connection) == before
    scan([MemorySource("smb://hrsrv/HR", {})], database)
    with database.connect() as connection:
        assert not up_to_date(connection, LOCATIONS)


def test_a_scan_leaves_alone_what_connections_of_other_files_read(tmp_path):
    links = {"a.xlsx": [("data", "Provider=ACE;Data Source=P:\\b.xlsx")], "b.xlsx": []}
    database = open_database(str(tmp_path / "scan.db"))
    source = MemorySource("//srv/data", {path: path.encode() for path in links})
    scan([source], database, inspect=_inspected(links), locations=Locations([("P:", "//srv/data")]))
    with database.connect() as connection:
        (row,) = connection.execute(
            select(items.c.name, interfaces.c.rule).join(items, items.c.id == interfaces.c.item_id)
        ).all()
        assert tuple(row) == ("b.xlsx", "read_by_connections")
        assert {total.key: total.files for total in totals(connection, "risk")}["leave"] == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_its_words(language):
    words = table("links", language)
    assert {f"state_{state}" for state in STATES} <= set(words)
    assert set(words) == set(table("links", "en"))
