"""Damaged packages put together again: every word that is left, every guess told, nothing hostile taken in."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from converters.errors import Refused
from converters.ooxml.package import Limits, Package
from converters.ooxml.xml import read_xml
from converters.recovery import MENDS, recover
from converters.recovery.markup import mend_xml
from migrate.locale import table
from tests.converters.recovery.damage import budget, letter, show
from tests.office_files import W, document_xml, docx, paragraph

PROSE = document_xml("".join(paragraph(f"Paragraph {n} of text &amp; more") for n in range(30)))


def _words(data: bytes) -> str:
    return "".join(read_xml(data, "p").itertext()) if data else ""


def _codes(path: Path) -> set[str]:
    return {mend.code for mend in recover(path).mends}


def _write(folder: Path, data: bytes, name: str = "a.docx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _without(data: bytes, *gone: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(stream, "w") as rest:
        for name in given.namelist():
            if name not in gone:
                rest.writestr(name, given.read(name))
    return stream.getvalue()


# -- markup ----------------------------------------------------------------------------------------------------------


def test_what_is_well_formed_is_not_touched() -> None:
    assert mend_xml(PROSE.encode(), "p") == (PROSE.encode(), False)


def test_one_flipped_bit_costs_no_more_than_the_words_it_stands_in() -> None:
    chance = random.Random(7)
    data = PROSE.encode()
    for _ in range(400):
        changed = bytearray(data)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        words = _words(mend_xml(bytes(changed), "p")[0])
        left = sum(f"Paragraph {n} of text & more" in words for n in range(30))
        assert left >= 29, bytes(changed)


@pytest.mark.parametrize("end", range(400, 1800, 100))
def test_what_is_cut_keeps_all_that_stands_before(end: int) -> None:
    data = PROSE.encode()[:end]
    whole = data.count(b"</w:t>")
    assert sum(f"Paragraph {n} of text & more" in _words(mend_xml(data, "p")[0]) for n in range(30)) >= whole


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("<w:t>Hello</w:u>", "Hello"),  # the end tag changed
        ("<w:u>Hello</w:t>", "Hello"),  # the start tag changed
        ("<w:t>a < b</w:t>", "a  b"),
        ("<w:t>R&D</w:t>", "R&D"),
        ("<w:t>x&#0;y</w:t>", "xy"),
        ('<w:t a="1" a="2">twice</w:t>', "twice"),
        ("<zz:q>in an unknown element</zz:q>", "in an unknown element"),
    ],
)
def test_small_faults(given: str, words: str) -> None:
    data = f'<w:document xmlns:w="{W}"><w:t>1</w:t><w:t>2</w:t>{given}<w:t>3</w:t></w:document>'.encode()
    mended, changed = mend_xml(data, "p")
    assert changed
    assert words in _words(mended)
    assert _words(mended).endswith("3")


def test_a_tag_that_changed_gets_the_name_of_its_partner() -> None:
    data = f'<w:document xmlns:w="{W}"><w:t>1</w:t><w:t>2</w:t><w:u>3</w:t></w:document>'.encode()
    assert [child.tag for child in read_xml(mend_xml(data, "p")[0], "p")] == [f"{{{W}}}t"] * 3


def test_markup_without_end_tags_does_not_grow_deep() -> None:
    data = f'<w:document xmlns:w="{W}">{"<w:p><w:t>word" * 2000}</w:document>'.encode()
    assert _words(mend_xml(data, "p")[0]).count("word") == 2000


def test_entities_are_not_mended_but_refused() -> None:
    data = b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;'
    with pytest.raises(Refused, match="DOCTYPE_FORBIDDEN"):
        mend_xml(data, "p")


# -- packages --------------------------------------------------------------------------------------------------------


def test_a_whole_file_needs_no_mend(tmp_path: Path) -> None:
    for make, extension in ((letter, "docx"), (budget, "xlsx"), (show, "pptx")):
        recovery = recover(_write(tmp_path, make(1), f"a.{extension}"))
        assert recovery.mends == []
        assert recovery.kind == extension


@pytest.mark.parametrize(
    ("gone", "code"),
    [
        (("[Content_Types].xml",), "TYPES_REBUILT"),
        (("_rels/.rels",), "RELATIONSHIPS_REBUILT"),
        (("word/_rels/document.xml.rels",), "RELATIONSHIPS_REBUILT"),
        (("word/styles.xml",), "PART_GONE"),
        (("word/document.xml",), "MAIN_PART_REBUILT"),
    ],
)
def test_a_missing_part_is_told(tmp_path: Path, gone: tuple[str, ...], code: str) -> None:
    path = _write(tmp_path, _without(letter(1), *gone))
    assert code in _codes(path)
    with Package(recover(path).data) as package:
        assert package.main_part == "word/document.xml"


def test_sheets_keep_their_order_where_the_list_of_parts_is_gone(tmp_path: Path) -> None:
    data = _without(budget(1), "xl/_rels/workbook.xml.rels")
    with Package(recover(_write(tmp_path, data, "a.xlsx")).data) as package:
        targets = [
            row.target for row in package.relationships("xl/workbook.xml").values() if row.kind == "worksheet"
        ]
    assert targets == [f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3)]


def test_sheets_keep_their_names_where_the_workbook_is_gone(tmp_path: Path) -> None:
    data = _without(budget(1), "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    recovery = recover(_write(tmp_path, data, "a.xlsx"))
    assert {"MAIN_PART_REBUILT", "RELATIONSHIPS_REBUILT"} <= {mend.code for mend in recovery.mends}
    assert recovery.parts["xl/workbook.xml"].count(b"<sheet ") == 3


def test_a_changed_part_is_told_even_where_it_reads_well(tmp_path: Path) -> None:
    """A stored figure with one bit flipped is a well-formed figure: only its checksum tells."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(budget(1))) as given,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as stored,
    ):
        for name in given.namelist():
            stored.writestr(name, given.read(name))
    data = stream.getvalue().replace(b"<v>73.5</v>", b"<v>93.5</v>")
    recovery = recover(_write(tmp_path, data, "a.xlsx"))
    assert ("PART_CHANGED", "xl/worksheets/sheet2.xml") in {(mend.code, mend.part) for mend in recovery.mends}


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:/evil.xml", "/../x.xml"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", PROSE)
        archive.writestr(name, "x")
    data = stream.getvalue()[:-30]
    with pytest.raises(Refused, match="UNSAFE_NAME"):
        recover(_write(tmp_path, data))


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 30_000_000)
    limits = Limits(ratio_free_bytes=1_000_000, ratio=10)
    with pytest.raises(Refused, match="LIMIT_PART_SIZE"):
        recover(_write(tmp_path, stream.getvalue()[:-30]), limits)


def test_what_is_no_document_is_refused(tmp_path: Path) -> None:
    for data in (b"PK\x03\x04 and nothing else", b"text"):
        with pytest.raises(Refused, match="DAMAGED_ZIP"):
            recover(_write(tmp_path, data))


def test_every_mend_has_its_sentence() -> None:
    for language in ("en", "fr"):
        assert set(table("mends", language)) == set(MENDS)


def test_a_small_package_survives_every_cut_that_leaves_its_document(tmp_path: Path) -> None:
    data = docx(paragraph("Dear reader"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("word/document.xml")
    end = entry.header_offset + 30 + len(entry.filename) + entry.compress_size
    for length in range(end, len(data), 7):
        assert ("Dear reader",) in recover(_write(tmp_path, data[:length])).text["word/document.xml"]
