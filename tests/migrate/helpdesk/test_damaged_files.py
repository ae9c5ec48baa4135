"""Forty damaged files given to ``fix``: every word that a reader of bytes finds in their whole parts comes back."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from converters.errors import Failed
from migrate.helpdesk.fix import fix
from tests.converters.recovery.damage import forty, letter, words_left, write

FILES = forty()
_APART = re.compile(r"[\s\u00ad]+")


def _plain(text: str) -> str:
    return _APART.sub("", unicodedata.normalize("NFKC", text))


def _words_of(target: Path | None, text_file: Path | None) -> str:
    found = text_file.read_text() if text_file else ""
    if target is not None:
        with zipfile.ZipFile(target) as archive:
            for name in ("content.xml", "styles.xml"):
                found += "".join(etree.fromstring(archive.read(name)).itertext())
    return _plain(found)


@pytest.mark.parametrize(("name", "data"), FILES, ids=[name for name, _ in FILES])
def test_all_words_of_whole_parts_come_back(tmp_path: Path, name: str, data: bytes) -> None:
    path = write(tmp_path, name, data)
    answer = fix(path, symptom="cannot-open")
    shown = _words_of(answer.target, answer.text_file)
    assert [words for words in words_left(data) if _plain(words) not in shown] == []
    assert path.read_bytes() == data


def test_the_oracle_finds_words_and_the_damage_is_damage() -> None:
    assert len(words_left(letter(1))) == 74  # heading, paragraphs, cells, header
    assert sum(len(words_left(data)) for _, data in FILES) > 1000
    assert len({data for _, data in FILES}) == 40


def test_what_was_mended_is_said_and_the_file_is_never_clean(tmp_path: Path) -> None:
    path = write(tmp_path, "a.docx", letter(1)[:-900])
    answer = fix(path, symptom="cannot-open")
    assert answer.causes[0].code == "DAMAGED"
    assert answer.target is not None
    assert answer.mends
    assert oct(answer.target.stat().st_mode & 0o777) == "0o600"


def test_a_document_whose_first_bytes_are_gone_is_still_one(tmp_path: Path) -> None:
    answer = fix(write(tmp_path, "a.docx", b"\0\0" + letter(1)[2:]), symptom="cannot-open")
    assert answer.kind == "unknown"
    assert answer.target is not None
    assert answer.causes[0].code == "DAMAGED"


def test_a_file_that_stands_there_is_never_overwritten(tmp_path: Path) -> None:
    path = write(tmp_path, "a.docx", letter(1))
    (tmp_path / "a.odt").write_bytes(b"mine")
    answer = fix(path)
    assert answer.target == tmp_path / "a (2).odt"
    assert (tmp_path / "a.odt").read_bytes() == b"mine"
    with pytest.raises(Failed, match="TARGET_EXISTS"):
        fix(path, tmp_path / "a.odt")
