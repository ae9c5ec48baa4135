"""What happened to a file is found by whatever a colleague can say of it."""

import json
import re
from datetime import datetime, timedelta, timezone

import pytest

from inventory.database import open_database
from migrate.cli.since import since_moment
from tests.command_line import run
from tests.migrate.test_cli_links import letter
from tests.office_files import docx_with


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """A share that was scanned, whose links are known, and which was converted."""
    folder = tmp_path_factory.mktemp("history")
    root = folder / "share"
    for path, content in {
        "templates/letter.dotx": docx_with({}),
        "finance/Été 2026.docx": letter("file:///P:\\templates\\letter.dotx"),
        "finance/b.docx": letter("file:///P:\\templates\\lost.dotx"),
        "sales/b.docx": docx_with({}),
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    (folder / "drives.csv").write_text(f"prefix,location\nP:,{root}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        run("scan", root, "--jobs", "1", "--json")
        run("links", "--locations", "drives.csv", "--json")
        run("convert", root, "--to", folder / "odf", "--jobs", "1", "--engine", "native", "--json")
    return folder


@pytest.fixture
def ask(converted, monkeypatch):
    monkeypatch.chdir(converted)

    def asked(*arguments):
        return json.loads(run("history", *arguments, "--json"))

    return asked


def _names(answer):
    return sorted(re.search(r"share/(.*)", row["source"])[1] for row in answer["files"])


@pytest.mark.parametrize(
    ("asked", "match", "names"),
    [
        ("share/finance/b.docx", "path", ["finance/b.docx"]),
        ("odf/finance/b.odt", "path", ["finance/b.docx"]),
        ("share/finance", "folder", ["finance/b.docx", "finance/Été 2026.docx"]),
        ("P:\\Finance\\B.docx", "end_of_path", ["finance/b.docx"]),
        ("\\\\server\\team\\FINANCE\\e\u0301te\u0301 2026.docx", "end_of_path", ["finance/Été 2026.docx"]),
        ("b.docx", "name", ["finance/b.docx", "sales/b.docx"]),
        ("B.ODT", "name", ["finance/b.docx", "sales/b.docx"]),
        ("été", "beginning", ["finance/Été 2026.docx"]),
        ("*2026*", "pattern", ["finance/Été 2026.docx"]),
        ("?.docx", "pattern", ["finance/b.docx", "sales/b.docx"]),
        ("100%", "nothing", []),
        ("_.docx", "nothing", []),
    ],
)
def test_a_file_is_found_by_path_by_its_end_and_by_name(ask, asked, match, names):
    answer = ask(asked)
    assert answer["match"] == match
    assert _names(answer) == sorted(names)


def test_a_result_that_was_moved_away_is_known_by_what_it_was_made_of(ask, converted, tmp_path):
    moved = tmp_path / "somewhere else.odt"
    moved.write_bytes((converted / "odf/templates/letter.odt").read_bytes())
    answer = ask(moved)
    assert (answer["match"], _names(answer)) == (
        "content",
        ["sales/b.docx", "templates/letter.dotx"],
    )  # twins


def test_an_event_tells_when_how_and_what_was_lost(ask):
    (file,) = ask("share/templates/letter.dotx")["files"]
    (event,) = file["conversions"]
    assert (event["verdict"], event["engine"], event["state"]) == ("converted", "native", "done")
    assert datetime.fromisoformat(event["finished"]).tzinfo is not None
    assert isinstance(event["losses"], list)
    assert (file["source_now"], file["target_now"]) == ("untouched", "untouched")


def test_linked_files_are_told_with_what_happened_to_them(ask):
    (linked,) = ask("share/finance/Été 2026.docx")["files"][0]["linked"]
    assert (linked["direction"], linked["kind"], linked["change"]) == ("to", "template", "converted")
    assert linked["target"].endswith("odf/templates/letter.odt")
    (back,) = ask("share/templates/letter.dotx")["files"][0]["linked"]
    assert (back["direction"], back["path"].endswith("Été 2026.docx")) == ("from", True)
    (missing,) = ask("share/finance/b.docx")["files"][0]["linked"]
    assert (missing["change"], missing["path"].endswith("lost.dotx")) == ("missing", True)


def test_what_was_changed_since_is_told(ask, converted):
    source, target = converted / "share/sales/b.docx", converted / "odf/sales/b.odt"
    before = source.read_bytes(), target.read_bytes()
    try:
        target.write_bytes(b"edited")
        source.unlink()
        (file,) = ask("share/sales/b.docx")["files"]
        assert (file["source_now"], file["target_now"]) == ("gone", "changed")
    finally:
        source.write_bytes(before[0])
        target.write_bytes(before[1])


def test_files_are_asked_for_by_their_owner(ask, converted):
    owner = (converted / "share").owner()
    assert len(ask("--owner", owner.upper())["files"]) == 4
    assert _names(ask("b.docx", "--owner", owner)) == ["finance/b.docx", "sales/b.docx"]
    assert ask("--owner", "nobody-of-that-name")["match"] == "nothing"


def test_an_owner_of_many_files_is_asked_for_by_the_newest_conversions(ask, converted, monkeypatch):
    monkeypatch.setattr("migrate.history._OWNED", 2)
    owner = (converted / "share").owner()
    assert len(ask("--owner", owner)["files"]) == 4
    monkeypatch.setattr("migrate.history._WALKED", 3)
    answer = ask("--owner", owner)
    assert (len(answer["files"]), answer["partial"]) == (3, True)


def test_a_share_that_was_scanned_under_another_name_is_found(converted, ask, monkeypatch):
    """Scanned through SMB, converted from a mount."""
    database = open_database("migrate.db")
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE sources SET name = '//server/team'")
    try:
        assert len(ask("--owner", (converted / "share").owner())["files"]) == 4
        (linked,) = ask("share/finance/Été 2026.docx")["files"][0]["linked"]
        assert (linked["change"], linked["path"]) == (
            "converted",
            str(converted / "share/templates/letter.dotx"),
        )
    finally:
        with database.begin() as connection:
            connection.exec_driver_sql("UPDATE sources SET name = ?", (str(converted / "share"),))
        database.dispose()


def test_a_day_leaves_out_what_is_older(ask):
    assert len(ask("--since", "yesterday")["files"]) == 4
    assert ask("--since", "2999-01-01")["match"] == "nothing"
    assert ask("b.docx", "--since", "2999-01-01")["files"] == []


def test_no_more_files_are_listed_than_asked_for_and_that_is_told(ask):
    answer = ask("--top", "3")
    assert (len(answer["files"]), answer["more"]) == (3, True)
    assert ask("--top", "4")["more"] is False


NOW = datetime(2026, 3, 29, 15, 30, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("today", "2026-03-28T22:00:00.000000Z"),
        ("yesterday", "2026-03-27T22:00:00.000000Z"),
        ("Hier", "2026-03-27T22:00:00.000000Z"),
        ("aujourd’hui", "2026-03-28T22:00:00.000000Z"),
        ("2j", "2026-03-26T22:00:00.000000Z"),
        ("12h", "2026-03-29T01:30:00.000000Z"),
        ("2026-03-01", "2026-02-28T22:00:00.000000Z"),
        ("2026-03-01T10:00:00+00:00", "2026-03-01T10:00:00.000000Z"),
    ],
)
def test_days_are_said_as_people_say_them(text, moment):
    assert since_moment(text, NOW) == moment


@pytest.mark.parametrize("text", ["", "soon", "99999999d", "2026-13-01"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises((ValueError, OverflowError)):
        since_moment(text, NOW)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("By this name, 2 files", "Nobody has changed the result", "is not there")),
        ("fr", ("Sous ce nom, 2 fichiers", "Personne n’a modifié le résultat", "n’est pas là")),
    ],
)
def test_people_read_it_in_their_language(converted, monkeypatch, language, words):
    monkeypatch.chdir(converted)
    said = run("history", "b.docx", "--lang", language)
    assert [word for word in words if word not in said] == []


def test_names_that_would_steer_a_terminal_are_shown_without_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "a\x1b]0;x\x07b.docx"
    source.write_bytes(docx_with({}))
    run("convert", source, "--engine", "native", "--json")
    said = run("history", "--since", "today")
    assert "\x1b" not in said
    assert "b.docx" in said
