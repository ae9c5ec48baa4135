"""Binary Office files, RTF and XLSB are counted as their results are: by hand-made files, by what LibreOffice writes
of a counted document, and against a reader that the product does not use."""

from __future__ import annotations

import io
import struct
import subprocess
from collections import Counter
from pathlib import Path

import olefile
import pytest

from converters import identify
from converters.census.fields import linked_target
from converters.census.legacy import LEGACY_READERS, census_of_legacy
from converters.census.legacy_show import census_of_show
from converters.census.legacy_workbook import rk_number
from converters.census.numbers import missing_numbers
from converters.census.record import Census
from converters.errors import Refused
from converters.libreoffice.find import find
from converters.libreoffice.process import environment
from converters.libreoffice.profile import write_profile
from converters.verify import census_of_source
from tests.conftest import CORPUS, CORPUS_ABSENT
from tests.converters.docx_to_odt.docx_builder import build_docx, paragraph
from tests.converters.xlsx_to_ods.workbooks import made
from tests.libreoffice import needs_libreoffice
from tests.office_files import BOF8, biff, compound

SHEET_BOF = (0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
EOF = (0x000A, b"")


def counted(folder: Path, data: bytes, kind: str) -> Census:
    path = folder / "file.bin"
    path.write_bytes(data)
    return census_of_legacy(path, kind)


# -- RTF ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rtf", "words"),
    [
        (rb"{\rtf1\ansi Dear reader\par of\tab ours}", "Dear reader of ours"),
        (rb"{\rtf1\ansi\ansicpg1251 \'ef\'f0\'e8}", "\u043f\u0440\u0438"),
        (rb"{\rtf1{\fonttbl{\f0\fcharset238 A;}}\f0 \'b3\'f3d\'9f}", "\u0142\u00f3d\u017a"),
        (rb"{\rtf1\ansi \u233?t\u233?}", "\u00e9t\u00e9"),
        (rb"{\rtf1\uc2 a\u233\'c3\'a9b}", "a\u00e9b"),
        (rb"{\rtf1 one{\deleted gone} two}", "one two"),
        (rb"{\rtf1{\info{\title Not text}}{\header Not text}{\*\unknown Not text}body}", "body"),
        (rb"{\rtf1{\field{\*\fldinst PAGE}{\fldrslt 7}} shown}", "shown"),
        (rb'{\rtf1{\field{\*\fldinst REF x}{\fldrslt seven}}}', "seven"),
        (rb"{\rtf1{\fonttbl{\f1\fcharset2 Symbol;}}{\f1 abc} plain}", "plain"),
        (rb"{\rtf1 a{\pict\bin4 \\}}}{b}c}", "abc"),
        (rb"{\rtf1{\listtext 1.}first}", "first"),
        (rb"{\rtf1 whole}trailing\par", "whole"),
    ],
)  # fmt: skip
def test_rtf_gives_the_words_that_are_shown(tmp_path: Path, rtf: bytes, words: str) -> None:
    assert counted(tmp_path, rtf, "rtf").sequence == words.split()


def test_rtf_gives_tables_pictures_notes_comments_and_links(tmp_path: Path) -> None:
    row = rb"\trowd\intbl x\cell\row\pard "
    rtf = (
        rb"{\rtf1 " + row + row + rb"between\par " + row + rb"{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}"
        rb"text {\footnote the source}{\*\annotation a remark}"
        rb'{\field{\*\fldinst HYPERLINK "https://example.org/a" \\l "b"}{\fldrslt there}}'
        rb"{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt boxed\par}}{\shprslt boxed twice}}}"
    )
    found = counted(tmp_path, rtf, "rtf")
    assert {name: found.counts[name] for name in ("tables", "pictures", "notes", "comments")} == {
        "tables": 2,
        "pictures": 1,
        "notes": 1,
        "comments": 1,
    }
    assert found.links == {"https://example.org/a#b"}
    assert found.sequence == ["x", "x", "between", "x", "text", "there"]
    assert found.words == Counter(
        ["x", "x", "between", "x", "text", "there", "the", "source", "a", "remark", "boxed"]
    )


def test_rtf_of_endless_groups_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="LIMIT_DEPTH"):
        counted(tmp_path, rb"{\rtf1" + b"{" * 30_000, "rtf")


@pytest.mark.parametrize(
    ("instruction", "target"),
    [
        ('HYPERLINK "https://a.org/"', "https://a.org/"),
        (" hyperlink https://a.org ", "https://a.org"),
        ('HYPERLINK \\l "here"', ""),
        ("PAGE", ""),
    ],
)
def test_a_hyperlink_leads_out_of_the_document_or_is_none(instruction: str, target: str) -> None:
    assert linked_target(instruction) == target


# -- workbooks ----------------------------------------------------------------------------------------------------


def test_a_binary_workbook_gives_cells_values_words_and_formulas(tmp_path: Path) -> None:
    head = struct.pack("<HHH", 0, 0, 0)
    formula = head + b"\x00" * 14
    in_array = struct.pack("<HBHH", 5, 0x01, 3, 0)
    strings = struct.pack("<II", 2, 2) + struct.pack("<HB", 3, 0) + b"abc" + struct.pack("<HB", 6, 0) + b"to"
    book = biff(
        BOF8,
        (0x0085, struct.pack("<IBB", 0, 0, 0) + b"\x01\x00A"),
        (0x0085, struct.pack("<IBB", 0, 0, 6) + b"\x01\x00M"),  # a module of Visual Basic
        (0x0018, struct.pack("<H", 0) + b"\x00" * 12),
        (0x0018, struct.pack("<H", 0x20) + b"\x00" * 12),  # Excel's own
        (0x00FC, strings),
        (0x003C, b"\x01" + "morr".encode("utf-16-le")),  # the rest of the second string, in another width
        EOF,
        SHEET_BOF,
        (0x0203, head + struct.pack("<d", 1.5)),
        (0x027E, head + struct.pack("<I", (12_345 << 2) | 3)),
        (0x00BD, struct.pack("<HHHIHIH", 0, 0, 0, (7 << 2) | 2, 0, (8 << 2) | 2, 1)),
        (0x00FD, head + struct.pack("<I", 1)),
        (0x0204, head + struct.pack("<HB", 2, 0) + b"hi"),
        (0x0205, head + b"\x01\x00"),  # TRUE
        (0x0205, head + b"\x2a\x01"),  # #N/A
        (0x0006, formula + b"\x03\x00\x1e\x05\x00"),
        (0x0006, struct.pack("<HHH", 3, 0, 0) + b"\x00" * 14 + in_array),
        (0x0221, struct.pack("<HHBB", 3, 4, 0, 0) + b"\x00" * 6),
        (0x0006, struct.pack("<HHH", 4, 0, 0) + b"\x00" * 14 + in_array),
        (0x005D, struct.pack("<HHHH", 0x15, 18, 8, 1) + b"\x00" * 14),  # a picture
        (
            0x005D,
            struct.pack("<HHHH", 0x15, 18, 8, 2) + b"\x00" * 14 + struct.pack("<HHH", 9, 2, 0),
        ),  # an object
        (
            0x005D,
            struct.pack("<HHHH", 0x15, 18, 8, 3)
            + b"\x00" * 14
            + struct.pack("<HHH", 8, 2, 0x10)
            + struct.pack("<HHH", 9, 2, 0),
        ),  # a control
        (0x01B0, b"\x00" * 12),
        (
            0x01BE,
            b"\x00" * 4
            + b"\x01\x00\x00\x00" * 4
            + b"\x02\x00\x00\x00ab"
            + b"\x00" * 4
            + struct.pack("<H4H", 1, 2, 4, 0, 1),
        ),
        (0x001C, b"\x00" * 12),
        (0x0809, struct.pack("<HH", 0x0600, 0x20)),
        EOF,
        EOF,
    )
    found = counted(tmp_path, compound({"Workbook": book}), "xls")
    assert found.values == {1.5: 1, 123.45: 1, 7.0: 1, 8.0: 1}
    assert found.words == {"tomorr": 1, "hi": 1}
    assert {name: number for name, number in found.counts.items() if number} == {
        "sheets": 1,
        "names": 1,
        "cells": 8,
        "formulas": 3,  # a plain one, that of the array, and the error that ODF writes as one
        "pictures": 1,
        "comments": 1,
        "charts": 1,
        "objects": 2,  # one and the chart
        "validations": 6,
        "conditional_formats": 1,
    }


@pytest.mark.parametrize(
    ("raw", "value"),
    [(0x3FF00000, 1.0), ((5 << 2) | 2, 5.0), (0xFFFFFFFE, -1.0), ((150 << 2) | 3, 1.5)],
)
def test_a_short_number_means_what_the_specification_says(raw: int, value: float) -> None:
    assert rk_number(raw) == value


def test_numbers_are_missed_unless_the_writing_of_a_date_rounded_them() -> None:
    date = 43_831.524_259_259_26
    assert not missing_numbers(Counter([1.0, date]), Counter([1.0, date + 5e-9, 7.0]))
    assert missing_numbers(Counter([1.0, 1.0, 2.0]), Counter([1.0, 2.000001])) == Counter([1.0, 2.0])


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason=CORPUS_ABSENT)
def test_workbooks_of_the_corpus_hold_the_cells_that_another_reader_finds() -> None:
    xlrd = pytest.importorskip("xlrd")
    compared = 0
    for path in sorted(CORPUS.glob("xls/*")):
        found = identify(path)
        if found.kind not in ("xls", "xlt") or found.encrypted:
            continue
        book = xlrd.open_workbook(path, logfile=io.StringIO())
        values: Counter[float] = Counter()
        filled = 0
        for sheet in book.sheets():
            for row in range(sheet.nrows):
                for cell in sheet.row(row):
                    filled += cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and cell.value != ""
                    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                        values[cell.value] += 1
        census = census_of_legacy(path, found.kind)
        assert census.values is not None
        assert not census.values - values, path.name  # xlrd gives the results of formulas too
        assert census.counts["cells"] <= filled <= census.counts["cells"] + census.counts["formulas"], (
            path.name
        )
        compared += 1
    assert compared > 10


# -- what LibreOffice writes of a document that is counted -----------------------------------------------------------


def rewritten(folder: Path, data: bytes, extension: str, filter_name: str) -> Path:
    """A document of ours as LibreOffice writes it in an older format."""
    program = find()
    assert program is not None
    source = folder / "source.x"
    source.write_bytes(data)
    write_profile(folder / "profile")
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [program.path, f"-env:UserInstallation={profile}", "--headless", "--convert-to", f"{extension}:{filter_name}",
         "--outdir", str(folder / "results"), str(source)],
        env=environment(folder), capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    return folder / "results" / f"source.{extension}"


def text_document() -> bytes:
    table = (
        "<w:tbl><w:tblGrid><w:gridCol w:w='3000'/></w:tblGrid><w:tr><w:tc><w:tbl><w:tblGrid><w:gridCol w:w='1500'/>"
        "</w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>"
    )
    changes = (
        '<w:p><w:r><w:t xml:space="preserve">kept </w:t></w:r><w:del w:id="1" w:author="A" w:date="2024-01-02T03:04:05Z"><w:r>'
        "<w:delText>deleted</w:delText></w:r></w:del><w:r><w:t>after</w:t></w:r></w:p>"
    )
    note = '<w:p><w:r><w:t>noted</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    remark = '<w:p><w:r><w:t>remarked</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    link = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://example.org/x"'
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>linked</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    body = paragraph("Łódź \u2013 été, naïve") + changes + table + note + remark + link + paragraph("the end")
    return build_docx(
        body,
        parts={
            "footnotes": f'<w:footnote w:id="2">{paragraph("the source")}</w:footnote>',
            "comments": f'<w:comment w:id="0" w:author="Ada">{paragraph("a doubt")}</w:comment>',
        },
    )


@needs_libreoffice
@pytest.mark.libreoffice
@pytest.mark.parametrize(("extension", "filter_name"), [("doc", "MS Word 97"), ("rtf", "Rich Text Format")])
def test_a_text_counts_the_same_before_and_after_libreoffice_wrote_it(
    tmp_path: Path, extension: str, filter_name: str
) -> None:
    data = text_document()
    (tmp_path / "a.docx").write_bytes(data)
    expected = census_of_source(tmp_path / "a.docx", identify(tmp_path / "a.docx"))
    path = rewritten(tmp_path, data, extension, filter_name)
    found = census_of_source(path, identify(path))
    assert found is not None
    assert expected is not None
    assert found.words == expected.words
    assert [word for word in found.sequence if word in expected.sequence] == expected.sequence
    for name in ("tables", "notes", "comments"):
        assert found.counts[name] == expected.counts[name], name
    assert found.links == {"https://example.org/x"}
    assert "deleted" not in found.words
    assert found.uncounted == {"tracked_change"}


@needs_libreoffice
@pytest.mark.libreoffice
def test_a_workbook_counts_the_same_before_and_after_libreoffice_wrote_it(tmp_path: Path) -> None:
    def fill(workbook) -> None:  # type: ignore[no-untyped-def]
        sheet = workbook.active
        for row in range(1, 400):
            sheet.append([row, row / 7, f"word{row} für {row}", f"=A{row}*2"])
        workbook.create_sheet("Second")["B2"] = "last"

    data = made(fill)
    (tmp_path / "a.xlsx").write_bytes(data)
    expected = census_of_source(tmp_path / "a.xlsx", identify(tmp_path / "a.xlsx"))
    path = rewritten(tmp_path, data, "xls", "MS Excel 97")
    found = census_of_source(path, identify(path))
    assert found is not None
    assert expected is not None
    assert found.words == expected.words
    for name in ("sheets", "cells", "formulas", "names"):
        assert found.counts[name] == expected.counts[name], name
    numbers = Counter([float(row) for row in range(1, 400)] + [row / 7 for row in range(1, 400)])
    assert found.values is not None
    assert not missing_numbers(numbers, found.values)
    assert found.values.total() == numbers.total()


# -- presentations ------------------------------------------------------------------------------------------------


def record(kind: int, content: bytes, *, container: bool = False, instance: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4 | (15 if container else 0), kind, len(content)) + content


def shape(text: str, *, kind: int = 1, further: bytes = b"") -> bytes:
    box = record(0x0F9F, b"\x00" * 4) + record(0x0FA0, text.encode("utf-16-le"))
    content = record(0xF00A, b"\x00" * 8, instance=kind) + further
    return record(0xF004, content + (record(0xF00D, box, container=True) if text else b""), container=True)


def show(*saves: dict[int, bytes]) -> bytes:
    """A presentation saved several times: each save writes some slides, and the last one counts."""
    data = b""
    offsets: dict[int, int] = {}
    earlier = 0
    for slides in saves:
        for number, content in slides.items():
            offsets[number] = len(data)
            data += record(0x03EE, content, container=True)
        listed = b"".join(
            record(0x03F3, struct.pack("<I", number) + b"\x00" * 16)
            for number in sorted(offsets)
            if number != 1
        )
        offsets[1] = len(data)
        data += record(0x03E8, record(0x0FF0, listed, container=True), container=True)
        directory = len(data)
        written = {1, *slides}
        entries = b"".join(
            struct.pack("<II", number | 1 << 20, offsets[number]) for number in sorted(written)
        )
        data += record(0x1772, entries)
        edit = len(data)
        data += record(0x0FF5, struct.pack("<IIIIII", 0, 0, earlier, directory, 1, 0) + b"\x00" * 4)
        earlier = edit
    user = b"\x00" * 16 + struct.pack("<I", earlier)
    return compound({"PowerPoint Document": data, "Current User": user})  # fmt: skip


def test_only_what_the_last_save_left_is_counted(tmp_path: Path) -> None:
    table = record(0xF122, struct.pack("<HI", 0x039F, 1), instance=1)
    cells = record(0xF003, record(0xF004, table, container=True) + shape("cell"), container=True)
    object_reference = record(0xF011, record(0x0BC1, b"\x00" * 4), container=True)
    path = tmp_path / "a.ppt"
    path.write_bytes(
        show(
            {2: shape("old words"), 3: shape("third")},
            {2: shape("new words\rin two paragraphs") + shape("", kind=75) + cells
                + shape("", kind=75, further=object_reference)},
        )
    )  # fmt: skip
    with olefile.OleFileIO(path) as ole:
        found = census_of_show(ole)
    assert found.sequence == ["new", "words", "in", "two", "paragraphs", "third"]
    assert found.words["cell"] == 1
    assert {name: found.counts[name] for name in ("slides", "paragraphs", "pictures", "tables")} == {
        "slides": 2,
        "paragraphs": 4,
        "pictures": 1,
        "tables": 1,
    }


@pytest.mark.parametrize("kind", LEGACY_READERS)
def test_what_is_damaged_is_refused_and_no_count(tmp_path: Path, kind: str) -> None:
    noise = b"\x0f\x00\xff\xff" * 3_000
    data = compound({"WordDocument": noise, "1Table": noise, "0Table": noise, "Workbook": noise,
                     "PowerPoint Document": noise, "Current User": noise})  # fmt: skip
    if kind == "rtf":
        assert not counted(tmp_path, b"{\\rtf", kind).words
        return
    with pytest.raises(Refused):
        counted(tmp_path, data[: len(data) // 2] if kind in ("xls", "xlt") else data, kind)
