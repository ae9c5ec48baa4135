"""Files over which other converters report success, or say nothing: each gets its verdict, its cause and no result.

One call for all of them, as a share is converted; ``docs/analysis/failures_of_others.md`` says who shows what.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from msoffcrypto.format.ooxml import OOXMLFile

from converters.outcome import EXIT_USAGE
from migrate.cli import group
from tests.anchors.command import Answer, migrate_convert
from tests.conftest import CORPUS, CORPUS_ABSENT
from tests.office_files import (
    DOCX_TYPE,
    document_xml,
    docx,
    docx_with,
    package,
    paragraph,
    xlsx,
)


def truncated() -> bytes:
    whole = docx_with({"word/media/x.bin": os.urandom(20_000)})
    return whole[: len(whole) // 2]


def cut() -> bytes:
    document = document_xml(paragraph("Dear reader"))[:-30]
    return package({"word/document.xml": document}, "word/document.xml", DOCX_TYPE)


def encrypted(data: bytes) -> bytes:
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("secret", stream)
    return stream.getvalue()


# name -> (bytes, what the verdict says)
BAD = {
    "truncated.docx": (truncated(), "DAMAGED_ZIP"),
    "text.docx": (b"Dear reader, this is only text.\n" * 50, "NOT_OFFICE"),
    "web.xls": (b"<html><table><tr><td>1</td></tr></table></html>", "NOT_OFFICE"),
    "cut.docx": (cut(), "DAMAGED_XML"),
    "zero.docx": (b"", "EMPTY_FILE"),
    "locked.docx": (encrypted(docx()), "ENCRYPTED"),
    "locked.xlsx": (encrypted(xlsx()), "ENCRYPTED"),
}
GOOD = {
    "letter.docx": docx(),
    "budget.xlsx": xlsx(),
    "trash.docx": docx_with(
        {"[trash]/0000.dat": b"\x00" * 100}
    ),  # what a later save leaves of an earlier one
    "letter.of.doc": docx(),  # told by content, whatever the name
}


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("anchors") / "share"
    folder.mkdir()
    for name, (data, _cause) in BAD.items():
        (folder / name).write_bytes(data)
    for name, data in GOOD.items():
        (folder / name).write_bytes(data)
    (folder / "~$letter.docx").write_bytes(b"\x05Anna " + b" " * 157)
    (folder / ".~lock.letter.odt#").write_bytes(b",anna,desk,01.01.2026 10:00,file:///home/anna;")
    return folder


@pytest.fixture(scope="module")
def answer(share: Path) -> Answer:
    target = share.parent / "odf"
    return migrate_convert(share, "--to", target, "--db", share.parent / "x.db")


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_converted_is_refused_by_its_name_and_its_cause(
    answer: Answer, name: str
) -> None:
    assert answer.verdicts()[name] == "refused"
    assert answer.causes()[name] == BAD[name][1]
    assert answer.rows[name]["outcome"]["target"] is None


def test_the_good_files_of_the_same_call_are_converted(answer: Answer, share: Path) -> None:
    assert {name: answer.verdicts()[name] for name in GOOD} == dict.fromkeys(GOOD, "converted")
    results = sorted(path.name for path in (share.parent / "odf").iterdir())
    assert results == ["budget.ods", "letter.odt", "letter.of.odt", "trash.odt"]


def test_the_exit_code_says_that_not_all_went_well(answer: Answer) -> None:
    assert answer.exit_code == 1


def test_marks_of_open_documents_are_no_documents(answer: Answer) -> None:
    assert answer.left == {"~$letter.docx": "LOCK_FILE", ".~lock.letter.odt#": "LOCK_FILE"}


def test_nothing_but_the_answer_is_said(answer: Answer) -> None:
    """No warning of a Java that nobody asked for hides the line that matters."""
    assert answer.errors == ""


def test_the_bad_file_among_four_is_named_with_a_remedy(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx", "d.docx"):
        (tmp_path / name).write_bytes(docx())
    (tmp_path / "c.docx").write_bytes(truncated())
    arguments = ["convert", str(tmp_path), "--db", str(tmp_path / "x.db"), "--jobs", "1", "--lang", "en"]
    result = CliRunner().invoke(group, arguments, standalone_mode=False)
    assert result.return_value == 1
    assert f"{tmp_path / 'c.docx'}: refused" in result.stdout
    assert "restore it from a backup" in result.stdout
    assert sorted(path.stem for path in tmp_path.glob("*.odt")) == ["a", "b", "d"]


def test_a_file_that_is_not_there_is_a_mistake_of_the_call(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.docx"
    result = CliRunner().invoke(
        group, ["convert", str(missing), "--db", str(tmp_path / "x.db"), "--lang", "en"]
    )
    assert result.exit_code == EXIT_USAGE
    assert f"{missing} is not there" in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason=CORPUS_ABSENT)
@pytest.mark.parametrize("extension", ["doc", "xls", "ppt", "docx", "xlsx"])
def test_real_encrypted_files_are_refused_before_anything_reads_them(tmp_path: Path, extension: str) -> None:
    for path in sorted(CORPUS.glob(f"encrypted/*.{extension}")):
        answer = migrate_convert(path, "--to", tmp_path / "odf", "--db", tmp_path / "x.db")
        assert set(answer.causes().values()) <= {"ENCRYPTED", None}, (
            path.name
        )  # None: by the password that Excel tries itself
        assert {row["outcome"]["network"] for row in answer.rows.values() if row["outcome"]["error"]} <= {
            None
        }
