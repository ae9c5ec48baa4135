"""Rows that nobody set a height for: default, fitted to what stands in them, and kept to the sheet's end."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from converters.xlsx_to_ods.text_heights import is_same, single_line_twips, text_face
from tests.converters.xlsx_to_ods.workbooks import converted, raw
from tests.office_files import X

_STYLES = (
    "<fonts count='3'><font><sz val='10'/><name val='Arial'/></font><font><sz val='11'/><name val='Calibri'/></font>"
    "<font><sz val='8'/><name val='Arial'/></font></fonts>"
    "<cellStyleXfs count='1'><xf fontId='0'/></cellStyleXfs>"
    "<cellXfs count='4'><xf fontId='0' xfId='0'/><xf fontId='1' xfId='0' applyFont='1'/>"
    "<xf fontId='0' xfId='0' applyAlignment='1'><alignment wrapText='1'/></xf><xf fontId='2' xfId='0' applyFont='1'/></cellXfs>"
    "<cellStyles count='1'><cellStyle name='Normal' xfId='0' builtinId='0'/></cellStyles>"
)
_LONG = "a text that takes three lines in its column, each of some thirty letters"


def content(target: bytes) -> str:
    return zipfile.ZipFile(BytesIO(target)).read("content.xml").decode()


def _heights(
    rows: str, default: str = "defaultRowHeight='12.75'", application: str = ""
) -> list[tuple[str, str, int]]:
    """(height, whether the reader fits it, how many) of the rows of a sheet whose first column has 20 characters."""
    sheet = (
        (f"<sheetFormatPr {default}/>" if default else "")
        + "<cols><col min='1' max='1' width='20' customWidth='1'/></cols>"
        + f"<sheetData>{rows}</sheetData>"
    )
    source = raw(
        sheet,
        {"xl/styles.xml": f'<styleSheet xmlns="{X}">{_STYLES}</styleSheet>'},
        {"rId2": ("styles", "styles.xml")},
    )
    target = converted(source)
    body = content(target)
    styles = dict(
        re.findall(r'<style:style style:name="(ro\d+)"[^>]*><style:table-row-properties ([^/]*)/>', body)
    )
    found = []
    for attributes in re.findall(r"<table:table-row ([^>]*)>", body):
        style = styles[re.search(r'table:style-name="([^"]*)"', attributes)[1]]  # type: ignore[index]
        repeated = re.search(r'rows-repeated="(\d+)"', attributes)
        height = re.search(r'row-height="([^"]*)"', style)[1]  # type: ignore[index]
        fitted = re.search(r'optimal-row-height="([^"]*)"', style)[1]  # type: ignore[index]
        found.append((height, fitted, int(repeated[1]) if repeated else 1))
    return found


def _row(number: int, text: str = "x", style: int = 0, attributes: str = "") -> str:
    cell = (
        f"<c r='A{number}' s='{style}' t='inlineStr'><is><t>{text}</t></is></c>"
        if text
        else f"<c r='A{number}' s='{style}'/>"
    )
    return f'<row r="{number}" {attributes}>{cell}</row>'


def test_a_height_that_nobody_set_is_measured_anew() -> None:
    assert (
        _heights(_row(1, attributes="ht='2.25'") + _row(2, attributes="ht='14'"))[:2]
        == [("12.75pt", "false", 1)] * 2
    )


def test_a_height_that_a_person_set_stays() -> None:
    assert _heights(_row(1, attributes="ht='2.25' customHeight='1'"))[0] == ("2.25pt", "false", 1)


def test_rows_below_a_default_that_a_person_set_keep_what_excel_fitted_them_to() -> None:
    default = "defaultRowHeight='19.5' customHeight='1'"
    assert _heights(_row(1, attributes="ht='12.75'") + _row(2), default)[:2] == [
        ("12.75pt", "false", 1),
        ("19.5pt", "false", 1),
    ]


def test_a_row_is_as_high_as_its_largest_font_needs() -> None:
    assert _heights(_row(1, style=1) + _row(2))[:2] == [("13.8pt", "true", 1), ("12.75pt", "false", 1)]


def test_a_row_without_values_is_not_fitted_unless_the_file_says_so() -> None:
    assert _heights(_row(1, text="", style=1) + _row(2, text="", style=1, attributes="ht='15'"))[:2] == [
        ("12.75pt", "false", 1),
        ("13.8pt", "true", 1),
    ]


@pytest.mark.parametrize(("text", "height"), [("short", "12.75pt"), (_LONG, "35.05pt")])
def test_a_row_is_as_high_as_the_lines_of_its_wrapped_text(text: str, height: str) -> None:
    assert _heights(_row(1, text, style=2))[0][0] == height


def test_a_text_that_just_fits_takes_no_second_line() -> None:
    assert _heights(_row(1, "words in one long line", style=2))[0] == ("12.75pt", "false", 1)


def test_rows_lower_than_libreoffice_fits_keep_their_height() -> None:
    assert _heights(_row(1, style=3), "defaultRowHeight='9'")[0] == ("10.25pt", "false", 1)


def test_rows_after_the_last_one_have_the_default_height_to_the_sheets_end() -> None:
    assert _heights(_row(1))[-1] == ("12.75pt", "false", 1048575)


def test_a_sheet_without_a_default_height_has_that_of_the_normal_font() -> None:
    assert _heights(_row(1), default="")[0] == ("12.8pt", "true", 1)


@pytest.mark.parametrize(
    ("typeface", "size", "lines", "twips"),
    [
        ("calibri", 11, 2, 477), ("calibri", 12, 3, 746), ("arial", 10, 2, 477), ("arial", 11, 3, 791),
        ("times new roman", 11, 2, 507), ("cambria", 11, 3, 835), ("courier new", 12, 2, 567), ("verdana", 14, 3, 1014),
    ],
)  # fmt: skip
def test_lines_are_as_high_as_libreoffice_fits_them(
    typeface: str, size: float, lines: int, twips: int
) -> None:
    """Measured with LibreOffice 25.2."""
    assert text_face(typeface, size, False).height_twips(lines) == twips


@pytest.mark.parametrize(("size", "twips"), [(8, 205), (10, 253), (11, 276), (12, 300), (14, 347), (16, 394)])
def test_a_line_that_does_not_wrap_is_as_high_as_libreoffice_fits_it(size: float, twips: int) -> None:
    assert single_line_twips(size) == twips


def test_a_difference_of_less_than_a_pixel_is_none() -> None:
    assert is_same(276, 270)
    assert not is_same(276, 255)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<text:p>one</text:p><text:p>two</text:p>", 2),
        ("<text:p></text:p>", 1),
        ("<text:p>Donaudampfschifffahrt</text:p>", 3),
        ("<text:p>parts-together</text:p>", 2),
        ("<text:p>&amp;&amp;&amp;&amp;</text:p>", 1),
        ("<text:p><text:span text:style-name='T1'>abc</text:span></text:p>", 1),
        ("<text:p>\u8868\u683c\u4e2d\u7684\u6587\u5b57</text:p>", 2),
    ],
)
def test_lines_break_between_words_after_hyphens_and_in_long_words(text: str, lines: int) -> None:
    assert text_face("arial", 10, False).lines(text, 1000) == lines


def test_columns_with_a_style_keep_it_in_every_row() -> None:
    """LibreOffice gives a column's style only to cells that a row has."""
    sheet = (
        "<cols><col min='2' max='4' style='1'/></cols>"
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="A3" s="1"/></row></sheetData>'
    )
    styles = f'<styleSheet xmlns="{X}">{_STYLES}</styleSheet>'
    target = converted(raw(sheet, {"xl/styles.xml": styles}, {"rId2": ("styles", "styles.xml")}))
    rows = re.findall(r"<table:table-row [^>]*>(.*?)</table:table-row>", content(target))
    widths = [
        sum(int(n) for n in re.findall(r'columns-repeated="(\d+)"', row))
        + len(re.findall(r"<table:table-cell(?![^>]*columns-repeated)", row))
        for row in rows
    ]
    assert widths == [16384] * 4


def test_columns_of_a_workbook_without_styles_are_as_wide_as_libreoffice_has_them() -> None:
    target = converted(raw("<sheetData/>"))
    assert re.search(r'style:column-width="([^"]*)"', content(target))[1] == "48.2pt"  # type: ignore[index]


def test_widths_of_a_text_with_every_character_there_is_are_not_all_kept() -> None:
    face = text_face("arial", 10, False)
    everything = "".join(map(chr, range(0x3400, 0x9000)))
    assert face.lines(f"<text:p>{everything}</text:p>", 3000) > 1000
    assert len(face.widths) <= 5_000
