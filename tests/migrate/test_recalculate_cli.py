"""``--recalculate`` of the commands convert and verify: n of m formula results differ."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from converters.formula_results import Recalculation
from migrate.batch.plan import Task
from migrate.batch.runner import BatchOptions
from migrate.cli import group
from migrate.locale import LANGUAGES
from migrate.sentences import recalculation_sentence
from tests.converters.xlsx_to_ods.workbooks import raw
from tests.libreoffice import needs_libreoffice

SHEET = """<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f><v>2</v></c></row>
<row r="2"><c r="B2"><f>SUM(A1:A1)</f><v>99</v></c></row></sheetData>"""


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(group, list(map(str, arguments)))


@needs_libreoffice
def test_convert_and_verify_name_the_cells_whose_results_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "Finance" / "budget.xlsx"
    source.parent.mkdir()
    source.write_bytes(raw(SHEET))
    (tmp_path / "migrate.toml").write_text('[convert]\nrecalculate_in = ["finance"]\n')
    made = _run("convert", source, "--engine", "native", "--lang", "en", "--jobs", 1)
    assert "1 of 2 formula results differ" in made.output
    assert "Budget!B2" in made.output
    target = source.with_suffix(".ods")
    checked = _run("verify", "--recalculate", source, target, "--lang", "en")
    assert checked.exit_code == 1
    assert "1 of 2 formula results differ" in checked.output
    answer = json.loads(_run("verify", "--recalculate", "--json", source, target).output)
    assert [(cell["cell"], cell["cause"]) for cell in answer["recalculation"]["cells"]] == [("B2", "stored")]
    assert "recalculation" not in json.loads(_run("verify", "--json", source, target).output)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_adds_up_over_files_and_says_what_could_not_be_checked(language: str) -> None:
    checked = [
        Recalculation(1_200, 2, (("stored", 2), ("volatile", 4))),
        Recalculation(error="NO_LIBREOFFICE"),
    ]
    text = recalculation_sentence(checked, language)
    assert "2 " in text
    assert "1\u202f200" in text
    assert "4 " in text


def test_a_cross_check_is_another_job_and_only_for_spreadsheets(tmp_path: Path) -> None:
    options = BatchOptions(recalculates=lambda source: source.parent.name == "Finance")
    sheet = Task(tmp_path / "Finance" / "a.xlsx", tmp_path / "a.ods", tmp_path, tmp_path, "xlsx")
    letter = Task(tmp_path / "Finance" / "a.docx", tmp_path / "a.odt", tmp_path, tmp_path, "docx")
    other = Task(tmp_path / "Sales" / "a.xlsx", tmp_path / "b.ods", tmp_path, tmp_path, "xlsx")
    assert options.recalculated(sheet)
    assert not options.recalculated(letter)
    assert options.canonical(other) == options.canonical(letter) == BatchOptions().canonical(letter)
    assert options.canonical(sheet) != options.canonical(other)
