"""Wrong names, wrong files and full disks: one sentence that names the file, its remedy, and the documented code."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from converters import convert
from converters.outcome import Verdict
from migrate.cli import main
from tests.fake_family import fake_family, install_family
from tests.office_files import docx


class Answer(NamedTuple):
    code: int
    said: str


@pytest.fixture
def migrate(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """The console script in this process; an exception that leaves it fails the test."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("MIGRATE_LANG", "en")

    def run(*arguments: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["migrate", *arguments])
        with pytest.raises(SystemExit) as stop:
            main()
        return Answer(int(stop.value.code or 0), capsys.readouterr().err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "letter.docx").write_bytes(docx())
    (tmp_path / "notes.txt").write_text("this is no table and no database")
    (tmp_path / "share").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "named", "remedy"),
    [
        (["inspect", "gone.docx"], "gone.docx", "spelling"),
        (["inspect", "share"], "share is a folder", "migrate scan share"),
        (["verify", "letter.docx", "gone.odt"], "gone.odt", "spelling"),
        (["verify", "letter.docx", "share"], "share is a folder", "files"),
        (["convert", "gone.docx"], "gone.docx", "spelling"),
        (["convert", "letter.docx", "--db", "share"], "/share", "--db"),
        (["convert", "letter.docx", "--db", "notes.txt"], "/notes.txt", "--db"),
        (["convert", "letter.docx", "--config", "gone.toml"], "gone.toml", "MIGRATE_CONFIG"),
        (["convert", "letter.docx", "--config", "notes.txt"], "notes.txt", "--config"),
        (["plan", "--users", "notes.txt", "--departments", "notes.txt"], "notes.txt", "--init"),
        (["plan", "--users", "gone.csv", "--departments", "notes.txt"], "gone.csv", "--init"),
        (["plan", "--users", "u", "--departments", "d", "--db", "notes.txt"], "/notes.txt", "--db"),
        (["plan", "--init", "notes.txt/tables"], "notes.txt/tables", "room"),
        (["report", "gone.json"], "gone.json", "migrate plan"),
        (["report", "notes.txt"], "notes.txt", "migrate-plan"),
        (["scna"], "scna", "'scan'"),
    ],
)
def test_nonsense_is_named_with_its_remedy_and_exits_3(
    migrate, arguments: list[str], named: str, remedy: str
) -> None:
    code, said = migrate(*arguments)
    assert (code, named in said, remedy in said) == (3, True, True), said


def test_what_is_wrong_is_said_in_french_too(migrate) -> None:
    code, said = migrate("inspect", "gone.docx", "--lang", "fr")
    assert (code, "gone.docx n’existe pas." in said, "orthographe" in said) == (3, True, True)
    code, said = migrate("report", "gone.json", "--lang", "fr")
    assert (code, "Impossible de lire gone.json" in said) == (3, True)


def test_an_unreachable_server_is_told_on_one_line(migrate) -> None:
    pytest.importorskip("psycopg")
    code, said = migrate("scan", "share", "--db", "postgresql://127.0.0.1:1/none")
    assert (code, len(said.splitlines())) == (3, 2)
    assert "\ufffd" not in said


def test_a_full_disk_is_no_error_of_this_program(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    family = fake_family(fail=OSError(errno.ENOSPC, "No space left on device"))
    install_family(monkeypatch, family)
    outcome = convert(folder / "letter.docx", folder / "letter.odt")
    assert (outcome.verdict, outcome.error) == (Verdict.FAILED, "CANNOT_WRITE")
    assert dict(outcome.error_params) == {"detail": "No space left on device"}
    assert not (folder / "letter.odt").exists()


def test_a_command_that_finds_no_room_says_so_in_the_language_asked_for(
    migrate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_share(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "demo/share")

    monkeypatch.setattr("migrate.demo.write_share", write_share)
    code, said = migrate("demo", "--lang", "fr")
    assert code == 3
    assert "demo/share: No space left on device." in said
    assert "qu’il reste de la place" in said
