"""Cell values: exactly the source's, of every type."""

from __future__ import annotations

import datetime
import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from odf.text import P

from converters.errors import Refused
from converters.losses import LossLog
from converters.odf.namespaces import qn
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.package import Package
from converters.options import Options
from converters.validity import validate
from converters.xlsx_to_ods import convert
from converters.xlsx_to_ods.values import EPOCH_1900, date_attributes, time_attributes
from tests.converters.xlsx_to_ods.workbooks import attribute, cells, converted, made, raw, text

_DATES = ("<numFmts count='1'><numFmt numFmtId='170' formatCode='yyyy-mm-dd hh:mm'/></numFmts>"
          "<cellXfs count='2'><xf numFmtId='0'/><xf numFmtId='170'/></cellXfs>")  # fmt: skip
_X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _with_styles(rows: str) -> bytes:
    return raw(
        f"<sheetData>{rows}</sheetData>",
        {"xl/styles.xml": f'<styleSheet xmlns="{_X}">{_DATES}</styleSheet>'},
        {"rId2": ("styles", "styles.xml")},
    )


@pytest.mark.parametrize(
    "digits", ["0.1", "1.2345678901234567E-5", "123456789012345678", "-0", "1E+300", "0001"]
)
def test_the_digits_of_a_number_stay_as_they_are(digits):
    target = converted(raw(f'<sheetData><row r="1"><c r="A1"><v>{digits}</v></c></row></sheetData>'))
    assert attribute(cells(target)[(1, 1)], "office:value") == digits


def test_what_is_no_number_is_kept_as_text_and_announced():
    target = converted(
        raw('<sheetData><row r="1"><c r="A1"><v>1_000</v></c><c r="B1"><v>nan</v></c></row></sheetData>'),
        "VALUE_KEPT_AS_TEXT",
    )
    assert [text(cell) for cell in cells(target).values()] == ["1_000", "nan"]


def test_every_type_of_cell_has_its_value_type():
    rows = (
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="str"><v>a  b</v></c>'
        '<c r="D1" t="inlineStr"><is><t> lead</t></is></c><c r="E1" t="d"><v>2024-02-29T12:30:00Z</v></c></row>'
    )
    found = cells(converted(raw(f"<sheetData>{rows}</sheetData>")))
    assert attribute(found[(1, 1)], "office:boolean-value") == "true"
    assert attribute(found[(1, 2)], "calcext:value-type") == "error"
    assert attribute(found[(1, 2)], "table:formula") == "of:=#N/A"
    assert attribute(found[(1, 3)], "office:value-type") == "string"
    assert attribute(found[(1, 5)], "office:date-value") == "2024-02-29T12:30:00"


def test_cells_and_rows_without_references_stand_where_they_follow():
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    found = cells(converted(raw(f"<sheetData>{rows}</sheetData>")))
    assert {place: attribute(cell, "office:value") for place, cell in found.items()} == {
        (1, 1): "1",
        (1, 2): "2",
        (2, 1): "3",
    }


def test_a_style_index_beyond_the_styles_is_no_failure():
    assert cells(converted(raw('<sheetData><row r="1"><c r="A1" s="99"><v>1</v></c></row></sheetData>')))


def test_a_missing_shared_string_is_announced():
    converted(
        raw('<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>'), "SHARED_STRING_MISSING"
    )


def test_a_workbook_that_lost_its_shared_strings_says_so_once_for_a_sheet(tmp_path):
    cells_of_row = "".join(
        f'<c r="{letter}1" t="s"><v>{number}</v></c>' for number, letter in enumerate("ABCDEFGH")
    )
    log = LossLog()
    source = raw(f'<sheetData><row r="1">{cells_of_row}</row></sheetData>')
    with Package(io.BytesIO(source)) as package, OdfPackage(tmp_path / "lost.ods", MEDIA_TYPES["ods"]) as odf:
        convert(package, odf, Options(), log)
    (loss,) = [loss for loss in log.losses() if loss.code == "SHARED_STRING_MISSING"]
    assert (loss.count, dict(loss.params)) == (8, {})


def test_dates_are_dates_and_early_ones_are_announced():
    target = converted(
        _with_styles('<row r="1"><c r="A1" s="1"><v>43831.5</v></c><c r="B1" s="1"><v>1</v></c></row>'),
        "DATE_BEFORE_MARCH_1900",
    )
    assert attribute(cells(target)[(1, 1)], "office:date-value") == "2020-01-01T12:00:00"


@given(st.floats(min_value=0, max_value=2_900_000, allow_nan=False))
def test_a_date_stands_for_exactly_its_serial_number(serial):
    """Either the ISO form computes back to the number, or the cell keeps the number."""
    attributes = date_attributes(repr(serial), EPOCH_1900)
    value = attributes.split('"')[3]
    if "float" in attributes:
        assert float(value) == serial
        return
    day, _, clock = value.partition("T")
    days = (datetime.date.fromisoformat(day) - EPOCH_1900).days
    hours, minutes, seconds = (clock or "0:0:0").split(":")
    assert days + (int(hours) * 3600 + int(minutes) * 60 + float(seconds)) / 86400 == pytest.approx(
        serial, rel=3e-16, abs=0
    )


@given(st.floats(min_value=0, max_value=1000, allow_nan=False))
def test_a_duration_is_written_for_any_time(serial):
    assert time_attributes(repr(serial)).startswith(' office:value-type="')


_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(-1e300, 1e300).map(lambda value: float(f"{value:.15g}")),  # as openpyxl writes
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(
        lambda value: not value.startswith("=") and value.strip() == value and "_x" not in value and "  " not in value
        and value not in ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
    ),
)  # fmt: skip


def _read_back(target: bytes) -> list[list[object]]:
    """Values by odfpy, which shares no code with the converter."""
    rows = []
    for row in load(io.BytesIO(target)).getElementsByType(Table)[0].getElementsByType(TableRow):
        values: list[object] = []
        for cell in row.getElementsByType(TableCell):
            kind = cell.getAttribute("valuetype")
            value: object = None
            if kind == "float":
                value = float(cell.getAttribute("value"))
            elif kind == "boolean":
                value = cell.getAttribute("booleanvalue") == "true"
            elif kind == "string":
                value = "".join(str(p) for p in cell.getElementsByType(P))
            values += [value] * int(cell.getAttribute("numbercolumnsrepeated") or 1)
        rows += [values] * int(row.getAttribute("numberrowsrepeated") or 1)
    return rows


@settings(max_examples=20)  # each writes and reads two packages
@given(st.lists(st.lists(_VALUES, min_size=1, max_size=4), min_size=1, max_size=4))
def test_any_grid_of_values_reads_back_equal(grid):
    def fill(workbook):
        for row, values in enumerate(grid, 1):
            for column, value in enumerate(values, 1):
                if value is not None:
                    workbook.active.cell(row, column, value)

    found = _read_back(converted(made(fill)))
    for row, values in enumerate(grid):
        for column, value in enumerate(values):
            actual = found[row][column] if row < len(found) and column < len(found[row]) else None
            assert actual == (float(value) if type(value) in (int, float) else value)


def _many_rows(count: int) -> bytes:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}.5</v></c><c r="B{n}" t="inlineStr"><is><t>text {n}</t></is></c></row>'
        for n in range(1, count + 1)
    )
    return raw(f"<sheetData>{rows}</sheetData>")


def _peak_bytes(source: bytes, target: Path) -> int:
    with Package(source) as opened, OdfPackage(target, MEDIA_TYPES["ods"]) as odf:
        tracemalloc.start()
        convert(opened, odf, Options(), LossLog())
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_number_of_rows(tmp_path, monkeypatch):
    """Ten times the rows take at most a fifth more, once the body's spool is on disk for both."""
    for module, name in (
        ("odf.deflate", "SPOOL_BYTES"),
        ("odf.deflate", "PIECE_BYTES"),
        ("xlsx_to_ods.part_stream", "BLOCK_BYTES"),
    ):
        monkeypatch.setattr(f"converters.{module}.{name}", 10_000)
    small, large = _many_rows(6_000), _many_rows(60_000)
    _peak_bytes(_many_rows(10), tmp_path / "first.ods")
    small_peak = _peak_bytes(small, tmp_path / "small.ods")
    assert _peak_bytes(large, tmp_path / "large.ods") < 1.2 * small_peak


def test_a_document_type_in_a_sheet_is_refused():
    part = '<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet xmlns="x"><sheetData/></worksheet>'
    with pytest.raises(Refused, match="DOCTYPE_FORBIDDEN"):
        converted(raw("", {"xl/worksheets/sheet1.xml": part}))


def test_a_damaged_sheet_keeps_what_stands_before_the_damage():
    part = f'<worksheet xmlns="{_X}"><sheetData><row r="1"><c r="A1"><v>5</v></c></row><row></sheetData></worksheet>'
    target = converted(raw("", {"xl/worksheets/sheet1.xml": part}), "PART_DAMAGED")
    assert attribute(cells(target)[(1, 1)], "office:value") == "5"


def test_a_row_without_height_is_valid(tmp_path):
    rows = '<row r="1" ht="0" customHeight="1"><c r="A1"><v>1</v></c></row><row r="2" ht="0.5" customHeight="1"/>'
    path = tmp_path / "target.ods"
    path.write_bytes(converted(raw(f"<sheetData>{rows}</sheetData>")))
    assert not validate(path).violations


def test_cells_out_of_order_are_announced():
    rows = (
        '<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>3</v></c></row>'
    )
    converted(raw(f"<sheetData>{rows}</sheetData>"), "CELL_MISPLACED")


def test_a_link_holds_nothing_but_words_so_that_libreoffice_shows_them_all():
    run = '<r><rPr><b/></rPr><t xml:space="preserve">{}</t></r>'
    source = raw(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is>'
        f"{run.format('Read &gt;&#10;')}<r><t xml:space='preserve'>&#10;here </t></r></is></c></row></sheetData>"
        '<hyperlinks><hyperlink ref="A1" location="Budget!B2"/></hyperlinks>'
    )
    cell = cells(converted(source))[1, 1]
    links = list(cell.iter(qn("text:a")))
    assert [link.text for link in links] == ["Read >", "here"]
    assert not any(len(link) for link in links)
    assert links[0].getparent().tag == qn("text:span")
    assert len(cell.findall(qn("text:p"))) == 3


@pytest.mark.parametrize(
    ("text", "reference", "losses"),
    [
        ("here", "A1", ()),
        ("here", "A1:C2", ()),
        ("", "A1", ("HYPERLINK_DROPPED",)),
        ("here", "B1:C2", ("HYPERLINK_DROPPED",)),
    ],
)
def test_a_link_of_cells_without_a_text_is_announced(text: str, reference: str, losses: tuple[str, ...]):
    cell = f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>' if text else '<c r="A1"/>'
    links = f'<hyperlinks><hyperlink ref="{reference}" location="Budget!B2"/></hyperlinks>'
    result = converted(raw(f'<sheetData><row r="1">{cell}</row></sheetData>{links}'), *losses)
    assert (b"<text:a " in zipfile.ZipFile(io.BytesIO(result)).read("content.xml")) is not bool(losses)
