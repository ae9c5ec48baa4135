"""``migrate verify --render`` and ``--html``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from converters import convert
from converters.outcome import EXIT_LOSSES, EXIT_OK, EXIT_USAGE, Engine
from migrate.cli import group
from migrate.locale import LANGUAGES
from tests.libreoffice import needs_libreoffice
from tests.office_files import docx, paragraph


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, list(map(str, arguments)))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.docx"
    path.write_bytes(docx(paragraph("The budget is 1 250 euros")))
    return path


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    other = tmp_path / "other.docx"
    other.write_bytes(docx(paragraph("The budget is 1 950 euros")))
    assert convert(other, other.with_suffix(".odt"), engine=Engine.NATIVE).target
    return other.with_suffix(".odt")


@needs_libreoffice
@pytest.mark.libreoffice
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_changed_is_found_and_shown(
    letter: Path, changed: Path, tmp_path: Path, language: str
) -> None:
    page = tmp_path / "pages.html"
    result = run("verify", letter, changed, "--html", page, "--lang", language)
    assert result.exit_code == EXIT_LOSSES
    assert f'<html lang="{language}">' in page.read_text("utf-8")
    assert "{" not in result.output
    assert str(page) in result.stderr
    record = json.loads(run("verify", letter, changed, "--render", "--json").stdout)
    (compared,) = record["rendering"]["pages"]
    assert (compared["state"], compared["words_missing"]) == ("different", 1)
    assert record["rendering"]["opens"] is True


@needs_libreoffice
@pytest.mark.libreoffice
def test_a_good_result_is_clean(letter: Path, tmp_path: Path) -> None:
    target = tmp_path / "letter.odt"
    assert convert(letter, target, engine=Engine.NATIVE).target
    result = run("verify", "--render", letter, target, "--lang", "en")
    assert result.exit_code == EXIT_OK
    assert "LibreOffice opens the result." in result.output
    assert "Pages that look alike: 1 of 1; likeness 100%." in result.output


def test_the_page_never_replaces_a_document(letter: Path, tmp_path: Path) -> None:
    before = letter.read_bytes()
    result = run("verify", letter, letter, "--html", letter)
    assert result.exit_code == EXIT_USAGE
    assert letter.read_bytes() == before
    assert run("verify", letter, letter, "--html", tmp_path / "none" / "a.html").exit_code == EXIT_USAGE
