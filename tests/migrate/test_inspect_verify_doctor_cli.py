"""The commands inspect, verify and doctor: what they print, as text and JSON, and how they exit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from converters.losses import Loss
from migrate.cli import COMMANDS, doctor, group, inspect
from migrate.diagnosis import Check
from migrate.locale import LANGUAGES
from migrate.sentences import counted, loss_sentence
from tests.office_files import docx, paragraph
from tests.vba_files import project_bin, xlsm


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.docx"
    path.write_bytes(docx())
    return path


@pytest.mark.parametrize("name", ["inspect", "verify", "doctor"])
def test_each_command_helps_with_examples(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"migrate {name}" in result.output
    assert name in COMMANDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_inspect_tells_what_is_in_a_file(letter: Path, language: str) -> None:
    result = run("inspect", str(letter), "--lang", language)
    assert result.exit_code == 0
    assert "docx" in result.output
    assert all(len(line) <= 80 for line in result.output.splitlines()[1:])
    assert "{" not in result.output


def test_inspect_writes_json(letter: Path) -> None:
    (record,) = json.loads(run("inspect", "--json", str(letter)).output)
    assert (record["path"], record["kind"], record["error"]) == (str(letter), "docx", None)


def test_a_file_that_would_be_refused_exits_one_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "empty.docx"
    path.touch()
    result = run("inspect", str(path), "--lang", "en")
    assert result.exit_code == 1
    assert "The file is empty." in result.output
    assert "backup" in result.output


def test_inspect_fails_on_the_weight_that_is_asked_for() -> None:
    from converters.inspection import Inspection

    found = Inspection("", 0, "docm", losses=(Loss("MACROS_NOT_CARRIED"),))
    assert inspect.exit_code([found]) == 0
    assert inspect.exit_code([found], "behaviour") == 1
    assert inspect.exit_code([found], "content") == 0


def test_verify_tells_a_wrong_pair(letter: Path) -> None:
    result = run("verify", str(letter), str(letter), "--lang", "en")
    assert result.exit_code == 1
    assert "cannot become" in result.output


def test_verify_writes_json(letter: Path) -> None:
    record = json.loads(run("verify", "--json", str(letter), str(letter)).output)
    assert (record["clean"], record["error"]) == (False, "WRONG_FAMILY")


def test_a_missing_file_is_a_usage_error() -> None:
    assert run("inspect", "nowhere.docx").exit_code == 3


CHECKS = [
    Check("python", True, "3.11", True),
    Check("libreoffice", False, "", True, "apt install libreoffice"),
    Check("font", False, "", False, "apt install fonts-x", (("name", "Carlito"),)),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_doctor_names_the_command_that_mends(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setattr(doctor, "diagnose", lambda: CHECKS)
    result = run("doctor", "--lang", language)
    assert result.exit_code == 3
    assert "apt install libreoffice" in result.output
    assert "apt install fonts-x" in result.output
    assert "{" not in result.output


@pytest.mark.parametrize(
    ("found", "language", "words"),
    [
        ("isolated", "fr", "\tisolé"),
        ("not_isolated", "fr", "\tnon isolé"),
        ("not_isolated", "en", "\tnot isolated"),
    ],
)
def test_doctor_says_of_the_network_in_words(
    monkeypatch: pytest.MonkeyPatch, found: str, language: str, words: str
) -> None:
    monkeypatch.setattr(doctor, "diagnose", lambda: [Check("network", found == "isolated", found)])
    lines = run("doctor", "--lang", language).output.splitlines()
    assert any(line.endswith(words) for line in lines)


def test_doctor_is_content_without_what_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "diagnose", lambda: [CHECKS[0], CHECKS[2]])
    result = run("doctor", "--json")
    assert result.exit_code == 0
    assert json.loads(result.output)["ok"] is True


@pytest.mark.parametrize(
    ("count", "language", "text"),
    [(1, "en", "1 sheet"), (0, "en", "0 sheets"), (3, "en", "3 sheets"), (0, "fr", "0 feuille"), (2, "fr", "2 feuilles")],
)  # fmt: skip
def test_units_agree_with_their_number(count: int, language: str, text: str) -> None:
    assert counted("sheets", count, language) == text


def test_every_counted_thing_has_its_word() -> None:
    from converters.census.record import COUNTED
    from migrate.locale import table

    for language in LANGUAGES:
        assert {"words", "word_order", *COUNTED} <= set(table("verify", language))


@pytest.mark.parametrize(("language", "label"), [("en", "To be ported"), ("fr", "À porter")])
def test_inspect_tells_what_macros_use_that_libreoffice_has_not(
    tmp_path: Path, language: str, label: str
) -> None:
    code = 'Sub Tables()\n    ActiveSheet.ListObjects(1).Delete\n    Set d = CreateObject("Acme.Thing")\nEnd Sub\n'
    path = tmp_path / "a.xlsm"
    path.write_bytes(
        xlsm(project_bin({"Module1": ("standard", code)}, references={"Scripting": "scrrun.dll"}))
    )
    output = run("inspect", str(path), "--lang", language).output
    (line,) = [line for line in output.splitlines() if line.strip().startswith(label)]
    assert "Module1.Tables" in line
    assert "Worksheet.ListObjects" in line
    assert "Acme.Thing" in output
    (record,) = json.loads(run("inspect", "--json", str(path)).output)
    (procedure,) = record["macros"][0]["details"]
    assert procedure["missing"] == ["member:Worksheet.ListObjects"]
    assert procedure["windows"] == ["com:Acme.Thing"]
    assert record["macro_projects"][0]["references"] == [["Scripting", "scrrun.dll"]]


@pytest.mark.parametrize(
    ("language", "what", "thing"),
    [("en", "form fields and content controls", "embedded objects"), ("fr", "champs", "objets incorporés")],
)
def test_what_nobody_counts_is_named_in_words(tmp_path: Path, language: str, what: str, thing: str) -> None:
    source, target = tmp_path / "a.rtf", tmp_path / "a.odt"
    source.write_bytes(rb"{\rtf1 Hello{\*\formfield{\fftype0}}}")
    (tmp_path / "a.docx").write_bytes(docx(paragraph("Hello")))
    assert run("convert", str(tmp_path / "a.docx"), "--db", str(tmp_path / "x.db")).exit_code == 0
    result = run("verify", str(source), str(target), "--lang", language)
    assert result.exit_code == 1
    assert what in result.output
    assert json.loads(run("verify", "--json", str(source), str(target)).output)["uncounted"] == ["form_field"]
    lost = Loss("CENSUS_DIFFERS", (("what", "objects"), ("source", 2), ("target", 1)))
    assert thing in loss_sentence(lost, language)
    assert what in loss_sentence(Loss("UNPROVEN_PART", (("what", "form_field"),)), language)
