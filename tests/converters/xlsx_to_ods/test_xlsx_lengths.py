"""Lengths on a sheet: columns in whole twips, objects as high as the rows that they lie over."""

from __future__ import annotations

import pytest

from converters.odf.namespaces import qn
from converters.ooxml.package import Package
from converters.xlsx_to_ods.anchors import Corner, SheetGrid
from converters.xlsx_to_ods.columns import ColumnRun
from converters.xlsx_to_ods.row_heights import written_heights
from converters.xlsx_to_ods.sheet import SheetFrame
from tests.converters.xlsx_to_ods.test_xlsx_sheet_objects import EMBEDDED, OBJECT, vml_drawing, with_vml
from tests.converters.xlsx_to_ods.workbooks import attribute, content, converted, raw

ROWS = '<row r="3" ht="60" customHeight="1"/><row r="4" hidden="1"/><row ht="30"/><row r="9" ht="15"/>'


@pytest.mark.parametrize("width, points", [("27.6640625", "153.55pt"), ("32.5", "180.4pt"), ("inf", None)])
def test_columns_are_as_wide_as_applications_make_them(width, points):
    columns = f'<cols><col min="1" max="1" width="{width}" customWidth="1"/></cols>'
    styles = content(converted(raw(f"{columns}<sheetData/>"))).iter(qn("style:table-column-properties"))
    widths = [attribute(item, "style:column-width") for item in styles]
    assert points is None or points in widths


def test_the_heights_of_the_first_rows_are_those_written_and_hidden_ones_have_none():
    with Package(raw(f"<sheetData>{ROWS}</sheetData>")) as package:
        assert written_heights(package, "xl/worksheets/sheet1.xml", 8, 15) == {3: 60.0, 4: 0.0, 5: 30.0}
        assert written_heights(package, "xl/worksheets/sheet1.xml", 3, 15) == {3: 60.0}


def test_an_object_is_as_high_as_the_rows_below_it():
    sheet = with_vml(vml_drawing(), OBJECT, EMBEDDED)
    tall = with_vml(vml_drawing(), OBJECT, EMBEDDED, rows=ROWS)
    heights = [
        attribute(next(content(converted(source)).iter(qn("draw:frame"))), "svg:height")
        for source in (sheet, tall)
    ]
    # four rows of 15 points, then 60, none, 30 and 15
    assert heights == ["2.1167cm", "3.7042cm"]


def test_an_object_at_the_end_of_its_row_stands_in_the_next_one() -> None:
    grid = _grid()
    assert grid.settled(Corner(2, 1, 5, 381_000)) == Corner(3, 1, 5, 0)
    assert grid.settled(Corner(2, 1, 5, 200_000)) == Corner(2, 1, 5, 200_000)


def test_an_object_is_as_high_as_rows_are_shown() -> None:
    """A height that nobody set is not kept."""
    assert _grid().between(Corner(1, 1, 0, 0), Corner(4, 1, 0, 0))[1] == 60 * 12_700


def _grid() -> SheetGrid:
    rows = "<row r='2' ht='30' customHeight='1'/><row r='3' ht='16'/>"
    package = Package(raw(f"<sheetFormatPr defaultRowHeight='15'/><sheetData>{rows}</sheetData>"))
    frame = SheetFrame("Budget", "xl/worksheets/sheet1.xml", default_row_points="15")
    return SheetGrid(package, frame, [ColumnRun(1, 16_384, 48)])
