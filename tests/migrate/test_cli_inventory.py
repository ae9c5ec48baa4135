import json

import click
import pytest

from inventory.database import open_database, transaction
from inventory.hiding import hidden_totals
from inventory.queries import DIMENSIONS, Total
from inventory.sources.filesystem import FilesystemSource
from inventory.tables import area_totals, summaries
from migrate.locale import LANGUAGES, table
from tests.command_line import run
from tests.office_files import docx, xlsx


@pytest.fixture
def share(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "share"
    (root / "finance").mkdir(parents=True)
    (root / "finance/a.docx").write_bytes(docx())
    (root / "finance/b.xlsx").write_bytes(xlsx())
    (root / "notes.txt").write_bytes(b"notes")
    run("scan", root, "--jobs", "1", "--json")
    return root


def test_coverage_comes_before_the_totals(share):
    lines = run("inventory", "--lang", "en").splitlines()
    assert lines[0] == "Scanned: 1"
    assert lines[1].startswith("Files: 3; looked into: 2; listed only: 0; left out by rule: 1; unreadable: 0")
    assert "no Microsoft Office document" in lines[2]
    assert [line.split("\t")[:2] for line in lines if "\t" in line] == [
        ["kind", "files"],
        ["docx", "1"],
        ["no document", "1"],
        ["xlsx", "1"],
    ]


@pytest.mark.parametrize(("language", "size"), [("en", "1\u202f234.5"), ("fr", "1\u202f234,5")])
def test_sizes_carry_the_decimal_sign_of_the_language(share, tmp_path, language, size):
    database = open_database(str(tmp_path / "migrate.db"))
    with transaction(database) as connection:
        connection.execute(area_totals.update().values(bytes=1_234_500_000))
    database.dispose()
    lines = run("inventory", "--lang", language).splitlines()
    assert {line.rsplit("\t", 1)[1] for line in lines if "\t1\t" in line} == {size}


def test_a_reason_keeps_its_commas(share, monkeypatch):
    monkeypatch.setattr("migrate.cli.inventory.reason_sentence", lambda code, language: "first, then")
    assert "first, then" in run("inventory", "--lang", "en")


def test_json_holds_coverage_question_and_answer_without_names(share):
    document = json.loads(run("inventory", "--by", "owner", "--json"))
    assert document["coverage"]["sources"] == ["source 1"]
    assert document["coverage"]["complete"] is True
    assert document["totals"] == [
        {"key": "owners of few files", "files": 3, "bytes": document["coverage"]["bytes"]}
    ]
    revealed = json.loads(run("inventory", "--by", "owner", "--json", "--reveal"))
    assert revealed["coverage"]["sources"] == [str(share)]
    assert revealed["totals"][0]["key"] not in ("", "owners of few files")


def test_departments_come_from_a_table(share, tmp_path):
    (tmp_path / "departments.csv").write_text("path,department\nfinance,Finance\n")
    document = json.loads(
        run("inventory", "--by", "department", "--departments", "departments.csv", "--kind", "docx", "--json")
    )
    assert [(total["key"], total["files"]) for total in document["totals"]] == [("Finance", 1)]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--by", "department"),
        ("--by", "owner", "--age", "unknown"),
        ("--by", "kind", "--age", "rather old"),
        ("--export", "items.xml"),
    ],
)
def test_what_cannot_be_asked_is_an_error_of_usage(share, tmp_path, arguments):
    (tmp_path / "departments.csv").write_text("path,department\nfinance,Finance\n")
    with pytest.raises(click.UsageError):
        run("inventory", *arguments)


def test_all_files_are_exported(share, tmp_path):
    assert "3" in run("inventory", "--export", "items.csv")
    assert "notes" not in (tmp_path / "items.csv").read_text()
    with pytest.raises(click.UsageError):
        run("inventory", "--export", "items.csv")


def test_owners_of_few_files_are_counted_together():
    owners = [Total("ann", 10, 100), Total("bob", 5, 50), Total("eve", 4, 40), Total("dan", 1, 10)]
    assert hidden_totals(owners, "owner") == [
        Total("owner 1", 10, 100),
        Total("owner 2", 5, 50),
        Total("owners of few files", 5, 50),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_its_heading(language):
    words = table("inventory", language)
    assert {f"by_{name}" for name in DIMENSIONS} <= set(words)
    assert set(table("inventory", "en")) == set(words)


def test_an_interrupted_scan_is_resumed_by_its_own_sources(share, monkeypatch):
    (share / "new").mkdir()
    (share / "new/c.docx").write_bytes(docx())
    original = FilesystemSource.listing

    def interrupted(self, cursor=""):
        if cursor == "new":
            raise KeyboardInterrupt
        return original(self, cursor)

    monkeypatch.setattr(FilesystemSource, "listing", interrupted)
    with pytest.raises(click.Abort):
        run("scan", share, "--no-inspect")
    monkeypatch.setattr(FilesystemSource, "listing", original)
    assert "--resume" in run("inventory", "--lang", "en")
    document = json.loads(run("scan", "--resume", "--no-inspect", "--json"))
    assert document["coverage"]["items"] == 4
    with pytest.raises(click.ClickException, match="interrupted"):
        run("scan", "--resume", "--lang", "en")


def test_resume_takes_no_sources(share):
    with pytest.raises(click.UsageError):
        run("scan", share, "--resume")
    with pytest.raises(click.UsageError):
        run("scan")


def test_an_answer_is_written_as_a_table(share, tmp_path):
    run("inventory", "--by", "kind", "--totals", "kinds.csv")
    assert (tmp_path / "kinds.csv").read_text().splitlines()[0] == "key,files,bytes"
    assert len((tmp_path / "kinds.csv").read_text().splitlines()) == 4
    with pytest.raises(click.UsageError):
        run("inventory", "--by", "kind", "--totals", "kinds.csv")


def test_an_answer_is_written_as_parquet(share, tmp_path):
    duckdb = pytest.importorskip("duckdb", reason="the extra parquet is not installed")
    run("inventory", "--by", "kind", "--totals", "kinds.parquet")
    rows = duckdb.execute("SELECT key, files FROM read_parquet('kinds.parquet') ORDER BY key").fetchall()
    assert rows == [("docx", 1), ("other", 1), ("xlsx", 1)]


def test_departments_come_from_a_directory_by_the_owners_of_files(share, tmp_path):
    owner = (share / "notes.txt").owner()
    (tmp_path / "users.csv").write_text(f"account,department\n{owner},Accounts\n")
    options = ("inventory", "--by", "department", "--directory", "users.csv", "--json")
    assert json.loads(run(*options))["totals"][0]["key"] == "departments of few people"
    assert [(total["key"], total["files"]) for total in json.loads(run(*options, "--reveal"))["totals"]] == [
        ("Accounts", 3)
    ]


def test_totals_that_an_upgrade_took_away_are_made_again(share):
    database = open_database("migrate.db")
    with transaction(database) as connection:
        connection.execute(summaries.delete())
        connection.execute(area_totals.delete())
    database.dispose()
    document = json.loads(run("inventory", "--by", "kind", "--json"))
    assert document["coverage"]["complete"]
    assert sum(total["files"] for total in document["totals"]) == 3
