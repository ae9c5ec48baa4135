"""Damaged compound files: every stream that still stands in the file is found again, and what is cut is told."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Callable
from pathlib import Path

import olefile
import pytest

from converters import convert
from converters.errors import Refused
from converters.options import Options
from converters.outcome import Engine
from converters.proof import shows_raw_bytes
from converters.recovery import repair, text_of_odf
from converters.recovery.compound import mend_compound
from migrate.helpdesk.fix import fix
from tests.encrypted_files import WORDS, letter
from tests.libreoffice import needs_libreoffice
from tests.office_files import BOF8, biff, compound
from tests.uno_documents import asked

SECTOR = 512


def _noise(name: str, size: int) -> bytes:
    return b"".join(hashlib.sha512(f"{name} {index}".encode()).digest() for index in range(size // 64))


STREAMS = {
    "Workbook": biff(BOF8, (0x000A, b"")) + _noise("Workbook", 90_112),
    "Pictures": _noise("Pictures", 20_480),
    "_VBA_PROJECT_CUR/PROJECT": _noise("PROJECT", 8_192),
}
WHOLE = compound(STREAMS)


def _table_at(data: bytes) -> int:
    return (struct.unpack_from("<I", data, 76)[0] + 1) * SECTOR


def _broken_table(data: bytes) -> bytes:
    damaged = bytearray(data)
    for entry in range(3, 60):
        struct.pack_into("<I", damaged, _table_at(data) + 4 * entry, 0xDEADBEEF)
    return bytes(damaged)


def _broken_directory_start(data: bytes) -> bytes:
    damaged = bytearray(data)
    struct.pack_into("<I", damaged, 48, 0x7FFFFFFF)
    return bytes(damaged)


def _circle(data: bytes) -> bytes:
    damaged = bytearray(data)
    struct.pack_into("<I", damaged, _table_at(data) + 4 * 20, 5)
    return bytes(damaged)


def _without_table(data: bytes) -> bytes:
    """The end of the file with its only table is gone."""
    return data[: _table_at(data)]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a broken table": _broken_table,
    "no way to the directory": _broken_directory_start,
    "a chain in a circle": _circle,
    "no table": _without_table,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_stream_is_found_again(damage: str) -> None:
    data, mends = mend_compound(DAMAGES[damage](WHOLE))
    assert [mend.code for mend in mends] == ["DIRECTORY_REBUILT"]
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        assert {"/".join(path) for path in ole.listdir()} == set(STREAMS)
        for name, content in STREAMS.items():
            assert ole.openstream(name).read()[: len(content)] == content


def test_what_is_whole_needs_nothing() -> None:
    assert mend_compound(WHOLE) == (WHOLE, [])


def test_what_is_cut_off_is_told_and_the_rest_is_kept() -> None:
    """The directory stands at the beginning, as where a file was saved again; then the streams, cut in the second."""
    first = _noise("Workbook", 8_192)
    data = bytearray(compound({"Book": first, "Workbook": _noise("other", 65_536)}))
    directory = struct.unpack_from("<I", data, 48)[0]
    moved = data[(directory + 1) * SECTOR : (directory + 2) * SECTOR]
    data[SECTOR : SECTOR + len(moved)] = moved  # over the first sector of the first stream
    struct.pack_into("<I", data, 48, 0)
    mended, mends = mend_compound(bytes(data[: SECTOR * 60]))
    assert {mend.part for mend in mends if mend.code == "PART_CUT"} >= {"Workbook"}
    with olefile.OleFileIO(io.BytesIO(mended)) as ole:
        assert ole.openstream("Workbook").read(4096) == _noise("other", 65_536)[:4096]


@pytest.mark.parametrize(
    "data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", WHOLE[:600], WHOLE[:8] + bytes(5000)]
)
def test_where_no_directory_is_left_it_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="DAMAGED_OLE"):
        mend_compound(data)


def test_a_large_file_gets_a_table_of_tables() -> None:
    content = _noise("x", 64 * 1024) * 128  # 8 MB: more than 109 sectors of table
    whole = compound({"Workbook": content[:6_000_000]})
    grown, _mends = mend_compound(_broken_directory_start(whole))
    with olefile.OleFileIO(io.BytesIO(grown)) as ole:
        assert ole.openstream("Workbook").read() == content[:6_000_000].ljust(
            len(ole.openstream("Workbook").read()), b"\0"
        )


def test_a_file_of_no_known_kind_is_not_called_mended(tmp_path: Path) -> None:
    source = tmp_path / "a.doc"
    source.write_bytes(_broken_directory_start(compound({"Something": _noise("a", 8_192)})))
    with pytest.raises(Refused, match="DAMAGED_OLE"):
        repair(source, tmp_path / "b")


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A .doc by LibreOffice."""
    folder = tmp_path_factory.mktemp("binary")
    source, target = folder / "letter.docx", folder / "letter.doc"
    source.write_bytes(letter())
    asked([{"source": source.as_uri(), "target": target.as_uri(), "filter": "MS Word 97"}])
    return target.read_bytes()


@needs_libreoffice
@pytest.mark.libreoffice
def test_the_helpdesk_gives_it_to_libreoffice_once_it_is_mended(document: bytes, tmp_path: Path) -> None:
    file = tmp_path / "letter.doc"
    file.write_bytes(_broken_directory_start(document))
    answer = fix(file, symptom="cannot-open")
    assert [act.code for act in answer.acts][:2] == ["MENDED", "CONVERTED"]
    assert answer.target is not None
    assert WORDS in text_of_odf(answer.target)
    assert [mend.code for mend in answer.mends] == ["DIRECTORY_REBUILT"]


@needs_libreoffice
@pytest.mark.libreoffice
def test_bytes_shown_as_text_are_no_result(document: bytes, tmp_path: Path) -> None:
    source, target = tmp_path / "letter.doc", tmp_path / "letter.odt"
    source.write_bytes(_broken_table(document))
    outcome = convert(source, target, engine=Engine.LIBREOFFICE, options=Options())
    assert outcome.target is None or (WORDS in text_of_odf(target) and not shows_raw_bytes(target))
