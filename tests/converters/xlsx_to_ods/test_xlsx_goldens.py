"""Whole workbooks against goldens in flat ODF, each valid ODF 1.3."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, DataBarRule, FormulaRule, IconSetRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table

from converters.validity import validate
from tests.conftest import CORPUS, CORPUS_ABSENT
from tests.converters.xlsx_to_ods.workbooks import converted, made, raw
from tests.golden_files import assert_golden

EVERY, MOST_BYTES = 5, 30_000  # libxml2 validates long sheets in quadratic time
GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "xlsx_to_ods"


def _formats(workbook):
    sheet = workbook.active
    sheet.title = "Look"
    sheet["A1"], sheet["B1"], sheet["C1"] = "Title", 0.25, 12345.678
    sheet["A1"].font = Font(name="Arial", size=14, bold=True, color="FF0000", underline="double")
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="top", wrap_text=True, text_rotation=45)
    sheet["B1"].number_format = "0.0%"
    sheet["C1"].number_format = '#,##0.00 "€";[Red]-#,##0.00 "€"'
    thin = Side(style="thin", color="0000FF")
    sheet["B1"].border = Border(left=thin, right=thin, top=Side(style="double"), bottom=thin)
    sheet["C1"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions.group("D", "E", hidden=True)
    sheet.row_dimensions[2].height = 40
    sheet.row_dimensions.group(4, 6, hidden=True)
    sheet.merge_cells("A8:B9")
    sheet["A8"] = "merged"


def _tail(workbook):
    sheet = workbook.active
    sheet.title = "My data"
    for row in (["Id", "Net"], [1, 10], [2, 20]):
        sheet.append(row)
    sheet.add_table(Table(displayName="Sales", ref="A1:B3"))
    sheet["D1"] = "link"
    sheet["D1"].hyperlink = "https://example.org/?a=b&c=d"
    sheet["D2"] = "inside"
    sheet["D2"].hyperlink = Hyperlink(ref="D2", location="'My data'!A1")
    sheet["E1"].comment = Comment("Look\nhere", "Ann")
    rule = DataValidation(type="list", formula1='"yes,no"', allow_blank=True, showErrorMessage=True)
    rule.add("F1:F20")
    sheet.add_data_validation(rule)
    red = PatternFill(bgColor="FF0000")
    sheet.conditional_formatting.add("B2:B3", CellIsRule(operator="between", formula=["1", "15"], fill=red))
    sheet.conditional_formatting.add("A2:A3", FormulaRule(formula=["$B2>15"], font=Font(bold=True)))
    scale = ColorScaleRule(start_type="min", start_color="FF0000", end_type="max", end_color="00FF00")
    sheet.conditional_formatting.add("G1:G9", scale)
    bar = DataBarRule(start_type="min", end_type="max", color="0000FF")
    sheet.conditional_formatting.add("H1:H9", bar)
    sheet.conditional_formatting.add("I1:I9", IconSetRule("3Arrows", "percent", [0, 33, 67]))


def _pages(workbook):
    sheet = workbook.active
    sheet["A1"], sheet["A3"] = 1, "=SUM(A1:A2)"
    sheet.freeze_panes = "B2"
    sheet.sheet_view.zoomScale = 85
    sheet.print_title_rows = "1:2"
    sheet.print_area = "A1:C4"
    sheet.sheet_properties.tabColor = "FF8800"
    sheet.oddHeader.left.text = "Draft"
    sheet.oddFooter.center.text = '&"Arial,Bold"Page &P'
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.protection.sheet = True
    hidden = workbook.create_sheet("Secret")
    hidden.sheet_state = "veryHidden"


CASES = {"formats": (_formats, ()), "tail": (_tail, ()), "pages": (_pages, ())}


@pytest.mark.parametrize("name", CASES)
def test_a_workbook_becomes_its_golden(name, tmp_path):
    fill, losses = CASES[name]
    target = converted(made(fill), *losses)
    path = tmp_path / "target.ods"
    path.write_bytes(target)
    assert not validate(path).violations
    assert_golden(target, GOLDEN / f"{name}.fods")


def test_rich_text_keeps_its_runs():
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>plain </t></r><r><rPr><b/><sz val="14"/></rPr><t>bold</t></r>'
        "</is></c></row>"
    )
    assert_golden(converted(raw(f"<sheetData>{rows}</sheetData>")), GOLDEN / "rich_text.fods")


@pytest.mark.corpus
def test_workbooks_of_the_corpus_become_valid_or_are_refused(tmp_path):
    if not CORPUS.is_dir():
        pytest.skip(CORPUS_ABSENT)
    from converters.errors import Refused
    from converters.losses import LossLog
    from converters.odf.package import MEDIA_TYPES, OdfPackage
    from converters.ooxml.package import Package
    from converters.options import Options
    from converters.xlsx_to_ods import convert

    converted_count = 0
    small = [path for path in sorted((CORPUS / "xlsx").glob("*.xl*")) if path.stat().st_size < MOST_BYTES]
    for path in small[::EVERY]:
        target = tmp_path / "target.ods"
        try:
            with Package(path) as opened, OdfPackage(target, MEDIA_TYPES["ods"]) as odf:
                convert(opened, odf, Options(), LossLog())
        except Refused:
            continue
        assert not validate(target).violations, path.name
        converted_count += 1
    assert converted_count
