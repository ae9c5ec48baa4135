"""Data tables: every result has its formula, and LibreOffice calculates what Excel stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.libreoffice.recalculate import flat_spreadsheets
from converters.recalculation.cells import read_spreadsheet
from tests.converters.xlsx_to_ods.workbooks import attribute, cells, converted, raw
from tests.libreoffice import needs_libreoffice

# A1*B1 with 2 and 3; values for A1 in column D and row 1, for B1 in row 11
ROWS = (
    '<row r="1"><c r="A1"><v>2</v></c><c r="B1"><v>3</v></c><c r="H1"><v>5</v></c><c r="I1"><v>6</v></c></row>'
    '<row r="2"><c r="E2"><f>A1*B1</f><v>6</v></c><c r="F2"><f>A1+B1</f><v>5</v></c><c r="G2"><f>A1*10</f><v>20</v></c>'
    '<c r="H2"><f t="dataTable" ref="H2:I2" dt2D="0" dtr="1" r1="A1"/><v>50</v></c><c r="I2"><v>60</v></c></row>'
    '<row r="3"><c r="D3"><v>4</v></c><c r="E3"><f t="dataTable" ref="E3:F4" dt2D="0" dtr="0" r1="A1"/><v>12</v></c>'
    '<c r="F3"><v>7</v></c></row>'
    '<row r="4"><c r="D4"><v>7</v></c><c r="E4"><v>21</v></c><c r="F4"><v>10</v></c></row>'
    '<row r="11"><c r="D11"><f>A1-B1</f><v>-1</v></c><c r="E11"><v>10</v></c><c r="F11"><v>20</v></c></row>'
    '<row r="12"><c r="D12"><v>1</v></c><c r="E12"><f t="dataTable" ref="E12:F13" dt2D="1" dtr="1" r1="A1" r2="B1"/>'
    '<v>9</v></c><c r="F12"><v>19</v></c></row>'
    '<row r="13"><c r="D13"><v>2</v></c><c r="E13"><v>8</v></c><c r="F13"><v>18</v></c></row>'
    '<row r="14"><c r="E14"><v>99</v></c></row>'
)
SHEET = f"<sheetData>{ROWS}</sheetData>"


def _formulas(target: bytes) -> dict[tuple[int, int], str | None]:
    return {place: attribute(cell, "table:formula") for place, cell in cells(target).items()}


def test_each_cell_of_a_data_table_has_the_formula_that_the_table_means():
    found = _formulas(converted(raw(SHEET)))
    assert found[2, 9] == "of:=MULTIPLE.OPERATIONS([.$G2];[.$A$1];[.I$1])"
    assert found[4, 6] == "of:=MULTIPLE.OPERATIONS([.F$2];[.$A$1];[.$D4])"
    assert found[13, 6] == "of:=MULTIPLE.OPERATIONS([.$D$11];[.$A$1];[.F$11];[.$B$1];[.$D13])"
    assert found[14, 5] is None
    assert attribute(cells(converted(raw(SHEET)))[4, 6], "office:value") == "10"


def test_a_table_whose_input_cell_is_gone_keeps_its_values_and_is_reported():
    gone = SHEET.replace('dtr="1" r1="A1"/><v>50', 'dtr="1" r1="A1" del1="1"/><v>50')
    found = cells(converted(raw(gone), "FORMULA_NOT_TRANSLATED"))[2, 8]
    assert (attribute(found, "table:formula"), attribute(found, "office:value")) == (None, "50")


@pytest.mark.libreoffice
@needs_libreoffice
def test_libreoffice_calculates_what_is_stored(tmp_path: Path):
    target = tmp_path / "target.ods"
    target.write_bytes(converted(raw(SHEET)))
    with flat_spreadsheets(
        [(target, "ods")], recalculate=True, timeout_seconds=120, memory_megabytes=2000
    ) as flat:
        assert flat[0] is not None
        calculated = read_spreadsheet(flat[0], formulas_only=False)
    stored = read_spreadsheet(target, formulas_only=False)
    tables = [place for place, cell in stored.cells.items() if "MULTIPLE" in cell.formula]
    assert len(tables) == 10
    assert [calculated.cells[place].value for place in tables] == [
        stored.cells[place].value for place in tables
    ]
