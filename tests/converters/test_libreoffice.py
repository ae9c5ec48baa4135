"""LibreOffice as an engine: isolated, bounded, and its result measured against the source."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import psutil
import pytest

from converters import convert
from converters.libreoffice import find as finding
from converters.libreoffice.process import environment
from converters.libreoffice.profile import HARDENED, write_profile
from converters.options import Options
from converters.outcome import Engine, Verdict
from converters.provenance import SOURCE_HASH, read_provenance
from tests.libreoffice import needs_libreoffice
from tests.office_files import DOCX_TYPE, document_xml, docx, docx_with, package, paragraph

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the guard is for Linux")


@pytest.fixture
def use_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A shell script in LibreOffice's place."""

    def use(script: str) -> None:
        program = tmp_path / "soffice"
        program.write_text(
            f'#!/bin/sh\n[ "$1" = --version ] && {{ echo LibreOffice 25.2.0.1; exit; }}\n{script}\n'
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("SOFFICE", str(program))
        finding.find.cache_clear()

    yield use
    monkeypatch.undo()
    finding.find.cache_clear()


@pytest.fixture
def rtf(tmp_path: Path) -> Path:
    path = tmp_path / "letter.rtf"
    path.write_bytes(rb"{\rtf1\ansi Dear reader}")
    return path


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))


def left_behind() -> set[str]:
    return {path.name for path in Path(tempfile.gettempdir()).glob("migrate-libreoffice-*")}


@needs_libreoffice
@pytest.mark.libreoffice
def test_a_rich_text_is_converted_and_counted(rtf: Path) -> None:
    outcome = convert(rtf, rtf.with_suffix(".odt"))
    assert (outcome.verdict, outcome.engine) == (Verdict.CONVERTED, Engine.LIBREOFFICE)
    assert outcome.losses == ()
    assert b"Dear reader" in zipfile.ZipFile(rtf.with_suffix(".odt")).read("content.xml")
    for part in ("content.xml", "styles.xml", "meta.xml"):
        assert b'office:version="1.3"' in zipfile.ZipFile(rtf.with_suffix(".odt")).read(part)
    assert read_provenance(rtf.with_suffix(".odt"))[SOURCE_HASH] == outcome.source_sha256
    assert not left_behind()


@needs_libreoffice
@pytest.mark.libreoffice
def test_what_cannot_be_counted_is_never_called_proven(rtf: Path) -> None:
    rtf.write_bytes(rb"{\rtf1\ansi Dear reader{\revised , new}{\deleted , old}}")
    outcome = convert(rtf, rtf.with_suffix(".odt"))
    assert outcome.verdict is Verdict.NEEDS_A_PERSON
    assert [(loss.code, dict(loss.params)) for loss in outcome.losses] == [
        ("UNPROVEN_PART", {"what": "tracked_change"})
    ]


@needs_libreoffice
@pytest.mark.libreoffice
def test_a_format_that_nobody_counts_is_unproven(rtf: Path) -> None:
    rtf.write_bytes(
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument '
        b'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>Dear</w:t></w:r></w:p>'
        b"</w:body></w:wordDocument>"
    )
    outcome = convert(rtf, rtf.with_suffix(".odt"))
    assert [loss.code for loss in outcome.losses] == ["UNPROVEN"]


@needs_libreoffice
@pytest.mark.libreoffice
def test_a_package_converted_by_libreoffice_is_counted(tmp_path: Path) -> None:
    source = tmp_path / "letter.docx"
    source.write_bytes(docx())
    outcome = convert(source, tmp_path / "letter.odt", engine=Engine.LIBREOFFICE)
    assert (outcome.verdict, outcome.losses, outcome.engine_reason) == (Verdict.CONVERTED, (), "ASKED")


def test_a_damaged_package_never_reaches_libreoffice(tmp_path: Path, use_program) -> None:
    use_program(f"touch {tmp_path}/was-started")
    source = tmp_path / "cut.docx"
    cut = document_xml(paragraph("Dear reader"))[:-20]
    source.write_bytes(package({"word/document.xml": cut}, "word/document.xml", DOCX_TYPE))
    outcome = convert(source, tmp_path / "cut.odt", engine=Engine.LIBREOFFICE)
    assert (outcome.verdict, outcome.error) == (Verdict.REFUSED, "DAMAGED_XML")
    assert not (tmp_path / "was-started").exists()


@linux
@pytest.mark.parametrize(
    ("script", "verdict", "error"),
    [
        ("exit 0", Verdict.REFUSED, "UNREADABLE"),
        ("echo 'Error: source file could not be loaded' >&2", Verdict.REFUSED, "UNREADABLE"),
        ("echo 'terminate called' >&2; exit 134", Verdict.FAILED, "LIBREOFFICE_CRASHED"),
        ("echo 'no filter' >&2", Verdict.FAILED, "LIBREOFFICE_FAILED"),
        ('echo "no zip" > "$(dirname "$0")/x"; for last; do :; done; cp "$last" "$(dirname "$last")/results/source.odt"', Verdict.FAILED, "PROOF_FAILED"),
    ],
)  # fmt: skip
def test_what_it_answers_is_never_trusted(
    rtf: Path, use_program, script: str, verdict: Verdict, error: str
) -> None:
    use_program(script)
    outcome = convert(rtf, rtf.with_suffix(".odt"))
    assert (outcome.verdict, outcome.error) == (verdict, error)
    assert not rtf.with_suffix(".odt").exists()


@linux
def test_one_that_hangs_is_ended_with_all_it_started(tmp_path: Path, rtf: Path, use_program) -> None:
    note = tmp_path / "pid"
    use_program(f"sleep 600 & echo $! > {note}; wait")
    started = time.monotonic()
    outcome = convert(rtf, rtf.with_suffix(".odt"), options=Options(timeout_seconds=1))
    assert (outcome.verdict, outcome.error) == (Verdict.FAILED, "TIMEOUT")
    assert time.monotonic() - started < 6
    assert_gone_soon(note)


@linux
def test_it_ends_with_the_worker_that_started_it(tmp_path: Path, rtf: Path, use_program) -> None:
    note = tmp_path / "pid"
    use_program(f"sleep 600 & echo $! > {note}; wait")
    script = (
        "import sys; from pathlib import Path; from converters import convert;"
        f"convert(Path({str(rtf)!r}), Path({str(rtf.with_suffix('.odt'))!r}))"
    )
    root = Path(__file__).parents[2]
    worker = subprocess.Popen([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(root)})
    deadline = time.monotonic() + 30
    while not (note.exists() and note.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.kill()
    worker.wait()
    assert_gone_soon(note)


def assert_gone_soon(note: Path) -> None:
    """The noted process and every private folder: a killed process takes a moment to be gone."""
    deadline = time.monotonic() + 10
    while (_runs(int(note.read_text())) or left_behind()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(int(note.read_text()))
    assert not left_behind()


def _runs(process_id: int) -> bool:
    try:
        return psutil.Process(process_id).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_none_of_our_environment_reaches_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy")
    monkeypatch.setenv("LD_PRELOAD", "evil.so")
    monkeypatch.setenv("GRAPH_TOKEN", "secret")
    given = environment(tmp_path)
    assert not {"https_proxy", "LD_PRELOAD", "GRAPH_TOKEN"} & set(given)
    assert given["HOME"] == str(tmp_path)


def test_the_profile_forbids_macros_and_link_updates(tmp_path: Path) -> None:
    write_profile(tmp_path)
    text = (tmp_path / "user" / "registrymodifications.xcu").read_text()
    for _path, name, _value in HARDENED:
        assert f'oor:name="{name}"' in text
    assert ("MacroSecurityLevel", "3") in {(name, value) for _path, name, value in HARDENED}


def test_a_wrong_program_in_the_environment_is_no_libreoffice(
    rtf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOFFICE", "/nowhere/soffice")
    finding.find.cache_clear()
    try:
        assert convert(rtf, rtf.with_suffix(".odt")).error == "NO_LIBREOFFICE"
    finally:
        finding.find.cache_clear()


@needs_libreoffice
@pytest.mark.libreoffice
def test_a_linked_picture_is_not_fetched(tmp_path: Path) -> None:
    """A document that names a file of this machine gets none of it into the result."""
    secret = tmp_path / "secret.png"
    shutil.copy(Path(__file__).parent / "pixel.png", secret)
    from tests.office_files import relationships

    body = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="p"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId9"/></pic:blipFill>'
        '<pic:spPr><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )
    rels = relationships({"rId9": ("image", secret.as_uri())})
    source = tmp_path / "spy.docx"
    source.write_bytes(docx_with({"word/_rels/document.xml.rels": rels}, body + paragraph("text")))
    outcome = convert(source, tmp_path / "spy.odt", engine=Engine.LIBREOFFICE)
    assert outcome.target
    with zipfile.ZipFile(outcome.target) as archive:
        stolen = secret.read_bytes()
        assert all(archive.read(name) != stolen for name in archive.namelist())
