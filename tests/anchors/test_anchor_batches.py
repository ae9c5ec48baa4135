"""What goes wrong between files: names that meet, results that are overwritten, runs that get in each other's way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from converters import convert
from converters.outcome import Engine, Verdict
from tests.anchors.command import migrate_convert
from tests.anchors.test_anchor_files import truncated
from tests.flat_odf import flatten
from tests.libreoffice import needs_libreoffice
from tests.office_files import docx, paragraph

ROOT = Path(__file__).parents[2]
RTF = rb"{\rtf1\ansi Dear reader of the older letter}"


def text_of(path: Path) -> str:
    with path.open("rb") as stream:
        return "".join(flatten(stream).itertext())


@needs_libreoffice
@pytest.mark.libreoffice
def test_two_sources_of_one_name_have_two_results(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(paragraph("Dear reader of the newer letter")))
    (tmp_path / "a.rtf").write_bytes(RTF)
    answer = migrate_convert(
        tmp_path / "a.docx", tmp_path / "a.rtf", "--to", tmp_path / "odf", "--db", tmp_path / "x.db"
    )
    assert {Path(row["outcome"]["target"]).name for row in answer.rows.values()} == {"a.odt", "a.rtf.odt"}
    assert "newer letter" in text_of(tmp_path / "odf/a.odt")
    assert "older letter" in text_of(tmp_path / "odf/a.rtf.odt")


def test_a_file_that_stands_at_the_target_is_kept_and_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx())
    (tmp_path / "a.odt").write_bytes(b"somebody's own letter")
    answer = migrate_convert(tmp_path / "a.docx", "--db", tmp_path / "x.db")
    assert (answer.exit_code, answer.causes()) == (2, {"a.docx": "TARGET_EXISTS"})
    assert (tmp_path / "a.odt").read_bytes() == b"somebody's own letter"
    forced = migrate_convert(tmp_path / "a.docx", "--db", tmp_path / "x.db", "--force")
    assert forced.verdicts() == {"a.docx": "converted"}


def test_a_failed_conversion_leaves_what_stood_there(tmp_path: Path) -> None:
    """Not even told to overwrite: only a result that was proven takes a name."""
    source, target = tmp_path / "a.docx", tmp_path / "a.odt"
    source.write_bytes(truncated())
    target.write_bytes(b"the only readable copy")
    outcome = convert(source, target, overwrite=True)
    assert outcome.verdict is Verdict.REFUSED
    assert target.read_bytes() == b"the only readable copy"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "a.odt"]


@needs_libreoffice
@pytest.mark.libreoffice
def test_two_runs_at_once_both_work(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from converters import convert;"
        "outcome = convert(*map(Path, sys.argv[1:])); print(outcome.verdict, outcome.error)"
    )
    runs = []
    for name in ("one", "two"):
        source = tmp_path / f"{name}.rtf"
        source.write_bytes(RTF)
        command = [sys.executable, "-c", script, str(source), str(source.with_suffix(".odt"))]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        runs.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment))
    said = [run.communicate(timeout=240)[0].split() for run in runs]
    assert all(verdict in ("converted", "needs_a_person") and not error for verdict, *error in said), said
    assert all("older letter" in text_of(tmp_path / f"{name}.odt") for name in ("one", "two"))


def test_results_keep_the_time_at_which_people_last_worked(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx())
    written = 1_262_304_000_000_000_000  # 1 January 2010
    os.utime(tmp_path / "a.docx", ns=(written, written))
    migrate_convert(tmp_path / "a.docx", "--db", tmp_path / "x.db")
    assert (tmp_path / "a.odt").stat().st_mtime_ns == written
    assert (tmp_path / "a.docx").stat().st_mtime_ns == written


@pytest.mark.parametrize("engine", [Engine.NATIVE, pytest.param(Engine.LIBREOFFICE, marks=needs_libreoffice)])
def test_folders_deeper_than_260_characters_are_no_obstacle(tmp_path: Path, engine: Engine) -> None:
    folder = tmp_path.joinpath(*["Service des marchés publics et des achats"] * 8)
    folder.mkdir(parents=True)
    source = folder / "cahier des charges.docx"
    source.write_bytes(docx())
    outcome = convert(source, source.with_suffix(".odt"), engine=engine)
    assert len(str(source)) > 260
    assert (outcome.verdict, outcome.error) == (Verdict.CONVERTED, "")


@pytest.mark.slow
def test_a_batch_does_not_die_of_its_length(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    for number in range(250):
        (share / f"{number:03}.docx").write_bytes(docx(paragraph(f"Letter {number}")))
    (share / "125.docx").write_bytes(truncated())
    answer = migrate_convert(share, "--to", tmp_path / "odf", "--db", tmp_path / "x.db")
    verdicts = list(answer.verdicts().values())
    assert (verdicts.count("converted"), verdicts.count("refused")) == (249, 1)
    assert len(list((tmp_path / "odf").iterdir())) == 249
    again = migrate_convert(share, "--to", tmp_path / "odf", "--db", tmp_path / "x.db")
    assert sum(row["action"] == "done_before" for row in again.rows.values()) >= 249
