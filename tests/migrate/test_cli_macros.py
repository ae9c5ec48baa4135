"""``migrate convert --macros``: the option, what it writes, and what the summary says of it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrate.cli import group
from tests.vba_files import project_bin, xlsm

CODE = 'Sub Total()\n    Range("A1").Value = 2\nEnd Sub\n'


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.xlsm"
    path.write_bytes(xlsm(project_bin({"Module1": ("standard", CODE)}), formula="1", value="1"))
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["convert", *map(str, arguments), "--engine", "native", "--jobs", "1"])


@pytest.mark.parametrize(
    ("language", "said"), [("en", "the text of its macros"), ("fr", "le texte de ses macros")]
)
def test_by_default_the_code_lies_beside_and_the_summary_says_where(
    workbook: Path, language: str, said: str
) -> None:
    result = run(workbook, "--lang", language)
    beside = workbook.with_name("plan.ods.macros.zip")
    assert said in result.output
    assert str(beside) in result.output.replace("\n", "")
    with zipfile.ZipFile(beside) as archive:
        assert archive.namelist() == ["Module1.bas"]


def test_carried_macros_stand_in_the_result(workbook: Path) -> None:
    result = run(workbook, "--macros", "carry", "--json")
    (row,) = json.loads(result.output)["files"]
    assert row["outcome"]["companions"] == []
    assert row["outcome"]["macro_reader"] in ("oletools", "own")
    assert [loss["code"] for loss in row["outcome"]["losses"]] == ["MACROS_UNPROVEN"]
    with zipfile.ZipFile(workbook.with_name("plan.ods")) as archive:
        assert "Basic/VBAProject/Module1.xml" in archive.namelist()


def test_the_configuration_decides_where_the_option_is_not_given(workbook: Path) -> None:
    Path("migrate.toml").write_text('[macros]\npolicy = "drop"\n')
    result = run(workbook, "--json")
    (row,) = json.loads(result.output)["files"]
    assert [loss["code"] for loss in row["outcome"]["losses"]] == ["MACROS_NOT_CARRIED"]


def test_the_help_names_the_policies() -> None:
    output = CliRunner().invoke(group, ["convert", "--help"]).output
    assert "--macros [leave|carry|comment|drop]" in output
    assert "migrate convert plan.xlsm --macros carry" in output
