import csv
import hashlib
from datetime import date, datetime

import pytest

from converters.inspection import Feature, Inspection
from converters.losses import Loss
from inventory.database import open_database
from inventory.departments import UNASSIGNED, DepartmentRule, Departments, read_departments
from inventory.errors import InventoryError
from inventory.export import export_items
from inventory.queries import DIMENSIONS, age_class, totals
from inventory.scan import scan
from inventory.skipping import SkipList
from inventory.sources.filesystem import FilesystemSource
from inventory.sources.memory import MemorySource
from inventory.summary import coverage, summarised
from inventory.tables import area_totals, owner_totals

FILES = {
    "finance/2024/a.docx": b"PK a",
    "finance/2024/b.docx": b"PK macro",
    "finance/b copy.docx": b"PK macro",
    "hr/people.xlsx": b"PK loss",
    "hr/notes.txt": b"notes",
    "readme.txt": b"hello",
}


def inspect(path):
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        return None
    return Inspection(
        hashlib.sha256(content).hexdigest(),
        len(content),
        "docx" if path.suffix == ".docx" else "xlsx",
        family="text",
        features=(Feature("macros"),) if b"macro" in content else (),
        losses=(Loss("CHART_DROPPED"),) if b"loss" in content else (),
    )


@pytest.fixture
def database(tmp_path):
    database = open_database(str(tmp_path / "scan.db"))
    year = 31_557_600_000_000
    old = int(datetime.now().timestamp() * 1e6) - 6 * year
    scan([MemorySource("m", FILES, modified_us=old)], database, inspect=inspect)
    return database


RULES = (
    DepartmentRule("finance", "Finance"),
    DepartmentRule("finance/2024", "Projects", since=date(2025, 1, 1)),
    DepartmentRule("m/hr", "People", until=date(2025, 12, 31)),
)


def _asked(database, by, day=date(2026, 1, 1), **only):
    with database.connect() as connection:
        found = totals(connection, by, Departments(RULES, day), only)
    return {total.key: total.files for total in found}


def test_every_dimension_counts_every_file_once(database):
    assert _asked(database, "kind") == {"docx": 3, "other": 2, "xlsx": 1}
    assert _asked(database, "risk") == {"rework": 2, "": 2, "ready": 1, "manual": 1}
    assert _asked(database, "age") == {"5_to_9_years": 6}
    assert _asked(database, "state") == {"read": 4, "skipped": 2}
    assert _asked(database, "reason") == {"": 4, "NOT_OFFICE": 2}
    assert _asked(database, "owner") == {"": 6}
    assert _asked(database, "feature") == {"macros": 2}
    assert _asked(database, "rule") == {"macros": 2, "": 2, "loses_content": 1, "loses_nothing": 1}


def test_departments_are_those_of_the_day_without_a_new_scan(database):
    assert _asked(database, "department") == {"Projects": 2, "Finance": 1, UNASSIGNED: 3}
    assert _asked(database, "department", date(2024, 6, 1)) == {"Finance": 3, "People": 2, UNASSIGNED: 1}


def test_answers_are_narrowed_by_what_their_totals_know(database):
    assert _asked(database, "risk", kind="docx") == {"rework": 2, "ready": 1}
    assert _asked(database, "kind", department="Projects") == {"docx": 2}
    assert _asked(database, "department", risk="manual") == {UNASSIGNED: 1}
    assert _asked(database, "feature", department="Finance") == {"macros": 1}
    assert _asked(database, "owner", department="Finance") == {"": 1}
    assert _asked(database, "age", reason="NOT_OFFICE") == {"5_to_9_years": 2}
    assert _asked(database, "kind", age="5_to_9_years", state="read") == {"docx": 3, "xlsx": 1}
    assert _asked(database, "kind", age="10_years_or_more") == {}
    with pytest.raises(ValueError, match="age, owner"):
        _asked(database, "owner", age="unknown")


def test_totals_follow_the_items(database):
    files = {path: content for path, content in FILES.items() if not path.startswith("hr/")}
    source = MemorySource("m", files)
    scan([source], database, inspect=inspect)
    assert sum(_asked(database, "kind").values()) == 4
    assert _asked(database, "state") == {"read": 3, "gone": 2, "skipped": 1}
    with database.connect() as connection:
        assert summarised(connection)
        assert coverage(connection).items == 4
        for table in (area_totals, owner_totals):
            assert connection.execute(
                table.select().with_only_columns(table.c.source_id).distinct()
            ).all() == [(1,)]


def test_every_dimension_has_totals():
    assert set(DIMENSIONS) >= {"department", "kind", "risk", "age", "owner", "feature"}


@pytest.mark.parametrize(
    ("years", "name"),
    [(0, "under_1_year"), (1, "1_to_2_years"), (4, "3_to_4_years"), (9, "5_to_9_years"), (30, "10_years_or_more"), (None, "unknown")],
)  # fmt: skip
def test_classes_of_age(years, name):
    assert age_class(years) == name


def test_a_rule_deeper_than_totals_go_is_refused():
    Departments([DepartmentRule("srv/share/a/b", "x")], date(2026, 1, 1)).check_depth(["/srv/share"])
    with pytest.raises(InventoryError, match="RULE_TOO_DEEP"):
        Departments([DepartmentRule("a/b/c", "x")], date(2026, 1, 1)).check_depth(["/srv/share"])


@pytest.mark.parametrize("line", [",Finance,,", "finance,,,", "finance,Finance,yesterday,"])
def test_a_wrong_line_of_the_table_of_departments_is_named(tmp_path, line):
    table = tmp_path / "departments.csv"
    table.write_text(f"path,department,from,until\nhr,HR,,\n{line}\n")
    with pytest.raises(InventoryError) as caught:
        read_departments(table)
    assert caught.value.params["line"] == 3


def _export(database, target, **options):
    with database.connect() as connection:
        return export_items(connection, target, Departments(RULES, date(2026, 1, 1)), **options)


def test_names_stay_here_unless_they_are_revealed(database, tmp_path):
    assert _export(database, tmp_path / "hidden.csv") == len(FILES)
    text = (tmp_path / "hidden.csv").read_text()
    assert not [name for path in FILES for name in path.split("/")[-1:] if name in text]
    assert _export(database, tmp_path / "shown.csv", reveal=True) == len(FILES)
    with (tmp_path / "shown.csv").open(newline="") as file:
        rows = {row["path"]: row for row in csv.DictReader(file)}
    assert set(rows) == set(FILES)
    assert (rows["finance/2024/b.docx"]["kind"], rows["finance/2024/b.docx"]["department"]) == (
        "docx",
        "Projects",
    )
    with pytest.raises(FileExistsError):
        _export(database, tmp_path / "shown.csv")


def test_parquet_holds_the_same_rows(database, tmp_path):
    duckdb = pytest.importorskip("duckdb", reason="the extra parquet is not installed")
    assert _export(database, tmp_path / "items.parquet", reveal=True) == len(FILES)
    query = "SELECT kind, count(*), sum(size_bytes)::BIGINT FROM read_parquet(?) GROUP BY kind ORDER BY kind"
    rows = duckdb.execute(query, [str(tmp_path / "items.parquet")]).fetchall()
    assert {(kind or "", count) for kind, count, _size in rows} == {("docx", 3), ("xlsx", 1), ("", 2)}
    assert sum(size for _kind, _count, size in rows) == sum(map(len, FILES.values()))


@pytest.mark.parametrize(
    ("pattern", "path", "reason"),
    [
        ("Archive", "a/ARCHIVE", "SKIP_LIST"),
        ("*.bak", "a/old.bak", "SKIP_LIST"),
        ("a/b*", "a/bc", "SKIP_LIST"),
        ("a/b*", "x/a/bc", ""),
        ("arch", "archive", ""),
        ("", "anything", ""),
        ("x", "$Recycle.Bin", "SYSTEM_FOLDER"),
    ],
)
def test_skip_lists_compare_names_or_paths_without_case(pattern, path, reason):
    assert SkipList([pattern]).reason(path.rsplit("/", 1)[-1], path) == reason


def test_a_changed_skip_list_is_applied_to_an_unchanged_tree(tmp_path):
    root = tmp_path / "share"
    (root / "old").mkdir(parents=True)
    (root / "old/a.docx").write_bytes(b"a")
    database = open_database(str(tmp_path / "scan.db"))
    scan([FilesystemSource(root)], database)
    told = scan([FilesystemSource(root, ["old"])], database)
    assert (told.by_state, told.by_reason) == ({"gone": 1, "skipped": 1}, {"SKIP_LIST": 1})
    told = scan([FilesystemSource(root)], database)
    assert told.by_state == {"gone": 1, "seen": 1}
