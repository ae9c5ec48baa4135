"""A warm LibreOffice: what it costs one document to kill it, when it is replaced, and that nothing of it stays."""

from __future__ import annotations

import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from converters.engines import Conversion, convert_all
from converters.libreoffice import office as offices
from converters.libreoffice import run, warm
from converters.libreoffice.find import find, require
from converters.libreoffice.office import Office
from converters.libreoffice.process import Bounds
from converters.libreoffice.uno_python import find_uno_python
from converters.options import Options
from converters.outcome import Engine, Outcome, Verdict
from converters.workers import WorkerLimits
from tests.killers import Fate, left_behind, write_bomb, write_crash, write_hang, write_loop
from tests.office_files import docx, paragraph

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        find() is None or find_uno_python(require()) is None, reason="no LibreOffice with UNO"
    ),
]
GENEROUS = Bounds(60, 60, 30, 2_000)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where everything private goes, in this process and in its workers."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def office(temporary: Path) -> Iterator[Office]:
    program = require()
    python = find_uno_python(program)
    assert python is not None
    office = Office(program, python, 2_000)
    yield office
    office.close()


def test_one_start_serves_many_documents(office: Office) -> None:
    for number in range(3):
        original, result = office.folder / f"{number}.docx", office.folder / f"{number}.odt"
        original.write_bytes(docx(paragraph(f"Letter {number}")))
        office.convert(original, result, "writer8", GENEROUS)
        with zipfile.ZipFile(result) as archive:
            assert f"Letter {number}".encode() in archive.read("content.xml")
    assert office.documents == 3
    assert not office.old


def test_it_is_old_after_its_number_of_documents_or_when_it_has_grown(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = office.folder / "letter.docx"
    original.write_bytes(docx())
    office.convert(original, office.folder / "letter.odt", "writer8", GENEROUS)
    assert not office.old
    monkeypatch.setattr(offices, "OLD_MEGABYTES", 20)
    assert office.old
    monkeypatch.undo()
    monkeypatch.setattr(offices, "DOCUMENTS_PER_OFFICE", 1)
    assert office.old


def test_an_old_one_is_replaced_before_the_next_document(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm._KEPT, "wanted", True)
    monkeypatch.setattr(offices, "DOCUMENTS_PER_OFFICE", 2)
    try:
        met = []
        for _number in range(3):
            source = temporary / "letter.docx"
            source.write_bytes(docx())
            with (
                source.open("rb") as stream,
                run.converted(stream, "docx", template=False, timeout_seconds=60, memory_megabytes=2_000),
            ):
                assert warm._KEPT.office is not None
                met.append(warm._KEPT.office.folder)
        assert met[0] == met[1] != met[2]
        assert not met[0].exists()
    finally:
        warm.close()
    assert not left_behind(temporary)


@pytest.mark.slow
def test_killers_cost_themselves_alone(tmp_path: Path, temporary: Path) -> None:
    """A crash, a hang, an endless loop and gigabytes among honest letters, in two workers."""
    share = tmp_path / "share"
    share.mkdir()
    writers = {
        "b-crash.rtf": write_crash,
        "d-hang.rtf": write_hang,
        "f-loop.xlsx": write_loop,
        "h-bomb.xlsx": write_bomb,
    }
    for name, write in writers.items():
        write(share / name)
    for letter in "acegi":
        (share / f"{letter}-letter.docx").write_bytes(docx(paragraph(f"Letter {letter}")))
    options = Options(timeout_seconds=60, memory_megabytes=1_200)
    conversions = [
        Conversion(path, tmp_path / f"{path.stem}.{'ods' if path.suffix == '.xlsx' else 'odt'}", Engine.LIBREOFFICE, options)
        for path in sorted(share.iterdir())
    ]  # fmt: skip
    with Fate(temporary) as fate:
        outcomes = {c.source.name: outcome for c, outcome in convert_all(conversions, 2, WorkerLimits())}
    named = {name: outcomes[name].error for name in writers}
    assert named == {
        "b-crash.rtf": "LIBREOFFICE_CRASHED",
        "d-hang.rtf": "LIBREOFFICE_HANGS",
        "f-loop.xlsx": "TIMEOUT",
        "h-bomb.xlsx": "OUT_OF_MEMORY",
    }
    assert all(outcomes[f"{letter}-letter.docx"].verdict is Verdict.CONVERTED for letter in "acegi")
    assert fate.folders
    assert _nothing_left(temporary, fate.folders)


def test_one_that_dies_once_is_tried_again_alone(tmp_path: Path, temporary: Path) -> None:
    source = tmp_path / "unlucky.rtf"
    write_crash(source)
    with Fate(temporary, strikes=1) as fate:
        outcome = _convert_in_a_worker(source, tmp_path / "unlucky.odt")
    assert fate.struck == 1
    assert (outcome.error, outcome.verdict) == ("", Verdict.CONVERTED)


def test_it_sees_a_copy_and_the_original_stays(tmp_path: Path, temporary: Path) -> None:
    source = tmp_path / "letter.docx"
    source.write_bytes(docx())
    before = source.stat()
    source.chmod(0o400)
    assert _convert_in_a_worker(source, tmp_path / "letter.odt").target
    assert source.stat().st_mtime_ns == before.st_mtime_ns
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.docx", "letter.odt", "temporary"]


def test_without_a_python_that_speaks_uno_each_document_gets_its_own_start(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm._KEPT, "wanted", True)
    monkeypatch.setattr(warm, "find_uno_python", lambda _program: None)
    source = temporary / "letter.docx"
    source.write_bytes(docx())
    with (
        source.open("rb") as stream,
        run.converted(stream, "docx", template=False, timeout_seconds=60, memory_megabytes=2_000) as result,
    ):
        assert result.stat().st_size
        assert warm._KEPT.office is None


def _convert_in_a_worker(source: Path, target: Path) -> Outcome:
    [(_conversion, outcome)] = convert_all([Conversion(source, target, Engine.LIBREOFFICE)])
    return outcome


def _nothing_left(temporary: Path, folders: set[str]) -> bool:
    """A killed process takes a moment to be gone."""
    deadline = time.monotonic() + 10
    while left_behind(temporary, folders) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not left_behind(temporary, folders)
