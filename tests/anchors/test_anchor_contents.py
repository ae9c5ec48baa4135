"""What stands in documents and gets lost or broken in silence elsewhere: it arrives here, or its loss is said."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from converters import convert
from converters.odf.namespaces import NAMESPACES
from converters.options import Options
from converters.outcome import Engine, Outcome, Verdict
from converters.validity import validate
from tests.converters.docx_to_odt.docx_builder import build_docx, paragraph
from tests.converters.xlsx_to_ods.workbooks import OFFICE, attribute, cells, content, made, raw
from tests.flat_odf import flatten
from tests.libreoffice import needs_libreoffice
from tests.office_files import X, docx, pptx, relationships, xlsx

KEPT = "FORMULA_NOT_TRANSLATED"


def outcome_of(folder: Path, data: bytes, name: str, **options: bool) -> tuple[Outcome, bytes]:
    """What the native engine says of a file, and its result."""
    source = folder / name
    source.write_bytes(data)
    target = source.with_suffix(".odt" if name.endswith("docx") else ".ods")
    outcome = convert(source, target, engine=Engine.NATIVE, options=Options(**options))
    return outcome, target.read_bytes()


def codes(outcome: Outcome) -> set[str]:
    return {loss.code for loss in outcome.losses}


# -- the result itself --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "data"), [("a.docx", docx()), ("a.xlsx", xlsx()), ("a.pptx", pptx())])
def test_the_version_is_one_that_is_a_standard_and_the_result_is_valid(
    tmp_path: Path, name: str, data: bytes
) -> None:
    """1.3, which is published and which old installations read; not a draft with extensions in their place."""
    source = tmp_path / name
    source.write_bytes(data)
    target = source.with_suffix({"docx": ".odt", "xlsx": ".ods", "pptx": ".odp"}[name[2:]])
    assert convert(source, target).target
    assert flatten(target).get(f"{{{NAMESPACES['office']}}}version") == "1.3"
    assert validate(target).valid


# -- texts --------------------------------------------------------------------------------------------------------

CHANGE = (
    '<w:p><w:ins w:id="1" w:author="Ada" w:date="2024-01-02T00:00:00Z"{utc}><w:r><w:t>new</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="Bob" w:date="2024-01-02T00:00:00Z"><w:r><w:delText>old</w:delText></w:r></w:del></w:p>'
)
UTC = ' xmlns:w16du="http://schemas.microsoft.com/office/word/2023/wordml/word16du" w16du:dateUtc="{}"'


@pytest.mark.parametrize(
    ("utc", "date"),
    [
        ("", "2024-01-02T00:00:00"),  # Word's Z means nothing: no zone is claimed
        (UTC.format("2024-01-01T23:00:00Z"), "2024-01-02T00:00:00+01:00"),
        (UTC.format("2024-01-02T00:00:00Z"), "2024-01-02T00:00:00Z"),
    ],
    ids=["no zone is known", "an hour east", "in UTC"],
)
def test_a_tracked_change_keeps_author_time_and_the_zone_that_is_known(
    tmp_path: Path, utc: str, date: str
) -> None:
    outcome, result = outcome_of(tmp_path, build_docx(CHANGE.format(utc=utc)), "a.docx")
    inserted, deleted = flatten(io.BytesIO(result)).iterfind(".//text:changed-region", NAMESPACES)
    assert inserted.findtext(".//dc:creator", namespaces=NAMESPACES) == "Ada"
    assert inserted.findtext(".//dc:date", namespaces=NAMESPACES) == date
    assert inserted.find("text:insertion", NAMESPACES) is not None
    assert "".join(deleted.find("text:deletion", NAMESPACES).itertext()).endswith("old")
    assert outcome.verdict is Verdict.CONVERTED


TWO_SECTIONS = (
    '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:pgSz w:w="11906" w:h="16838"/>'
    "</w:sectPr></w:pPr></w:p>"
    '<w:p/><w:sectPr><w:headerReference w:type="default" r:id="header2"/><w:pgSz w:w="16838" w:h="11906" '
    'w:orient="landscape"/></w:sectPr>'
)
NESTED_TABLE = (
    "<w:tbl><w:tblGrid><w:gridCol w:w='5000'/></w:tblGrid><w:tr><w:tc><w:tbl><w:tblGrid><w:gridCol w:w='2000'/>"
    "</w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>"
)
CHOICE = (
    '<w:p><w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="Yes" w:value="y"/></w:dropDownList></w:sdtPr>'
    "<w:sdtContent><w:r><w:t>Yes</w:t></w:r></w:sdtContent></w:sdt></w:p>"
)
COMMENT = (
    '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>text</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
)
NOTE = '<w:p><w:r><w:t>text</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
NOTE_TEXT = paragraph("source", '<w:pStyle w:val="Note"/>')
# what is in a text -> (body, further parts, where it is in the result)
TEXTS: dict[str, tuple[str, dict[str, str], str]] = {
    "headers of later sections": (
        TWO_SECTIONS,
        {"header1": paragraph("first head"), "header2": paragraph("second head")},
        ".//style:master-page/style:header/text:p[.='second head']",
    ),
    "tables in tables": (NESTED_TABLE, {}, ".//table:table//table:table//text:p[.='inner']"),
    "content controls": (CHOICE, {}, ".//loext:content-control/loext:list-item"),
    "headings": (
        paragraph("Chapter", '<w:pStyle w:val="Titre1"/>'),
        {},
        ".//text:h[@text:outline-level='1']",
    ),
    "comments": (
        COMMENT,
        {"comments": f'<w:comment w:id="0" w:author="Ada">{paragraph("why?")}</w:comment>'},
        ".//office:annotation/text:p[.='why?']",
    ),
    "named styles in notes": (
        NOTE,
        {
            "styles": '<w:style w:type="paragraph" w:styleId="Note"><w:name w:val="House note"/></w:style>',
            "footnotes": f'<w:footnote w:id="2">{NOTE_TEXT}</w:footnote>',
        },
        ".//text:note//text:p[@text:style-name='House_20_note']",
    ),
}


@pytest.mark.parametrize("what", TEXTS)
def test_what_others_drop_from_texts_arrives(tmp_path: Path, what: str) -> None:
    body, parts, place = TEXTS[what]
    outcome, result = outcome_of(tmp_path, build_docx(body, parts=parts), "a.docx")
    assert flatten(io.BytesIO(result)).xpath(place, namespaces=NAMESPACES)
    assert outcome.verdict is Verdict.CONVERTED


# -- formulas -----------------------------------------------------------------------------------------------------


def book(after_sheets: str = "", before_sheets: str = "") -> str:
    return (
        f'<workbook xmlns="{X}" xmlns:r="{OFFICE}">{before_sheets}<sheets>'
        f'<sheet name="Budget" sheetId="1" r:id="rId1"/></sheets>{after_sheets}</workbook>'
    )


def table_workbook(name: str, formula: str, names: str = "") -> bytes:
    """A table over A1:A3 with the column Amt, and a formula beside it."""
    return raw(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Amt</t></is></c></row>'
        f'<row r="2"><c r="A2"><v>1</v></c><c r="C2"><f>{formula}</f><v>3</v></c></row>'
        '<row r="3"><c r="A3"><v>2</v></c></row></sheetData>'
        '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
        {
            "xl/workbook.xml": book(names),
            "xl/worksheets/_rels/sheet1.xml.rels": relationships({"rId1": ("table", "../tables/table1.xml")}),
            "xl/tables/table1.xml": f'<table xmlns="{X}" id="1" name="{name}" displayName="{name}" ref="A1:A3">'
            '<tableColumns count="1"><tableColumn id="1" name="Amt"/></tableColumns></table>',
        },
    )


@pytest.mark.parametrize("name", ["Sales_T", "T1"], ids=["a table", "a table named like a cell"])
def test_a_reference_to_a_table_calculates_and_its_fixed_rows_are_said(tmp_path: Path, name: str) -> None:
    outcome, result = outcome_of(tmp_path, table_workbook(name, f"SUM({name}[Amt])"), "a.xlsx")
    found = cells(result)[2, 3]
    assert attribute(found, "table:formula") == "of:=SUM([$Budget.$A$2:.$A$3])"
    assert attribute(found, "office:value") == "3"
    assert content(result).xpath(".//table:database-range/@table:name", namespaces=NAMESPACES) == [name]
    (loss,) = outcome.losses
    assert (loss.code, loss.place.cell, loss.engine_independent) == ("TABLE_REFERENCE_FIXED", "C2", True)
    assert outcome.verdict is Verdict.NEEDS_A_PERSON


@pytest.mark.parametrize("formula", ["Sales_T[[#This Row],[Amt]]*3", "COUNTA(Sales_T[#Headers])"])
def test_a_reference_to_one_row_of_a_table_loses_nothing(tmp_path: Path, formula: str) -> None:
    outcome, _result = outcome_of(tmp_path, table_workbook("Sales_T", formula), "a.xlsx")
    assert outcome.losses == ()


def test_a_name_for_a_column_of_a_table_is_said_to_be_fixed(tmp_path: Path) -> None:
    names = '<definedNames><definedName name="Amounts">Sales_T[Amt]</definedName></definedNames>'
    outcome, _result = outcome_of(tmp_path, table_workbook("Sales_T", "SUM(A2:A3)", names), "a.xlsx")
    assert [(loss.code, loss.place.container) for loss in outcome.losses] == [
        ("TABLE_REFERENCE_FIXED", "Amounts")
    ]


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)(6)", KEPT),
        ("[1]X!A1", "EXTERNAL_REFERENCE_DROPPED"),  # no part says which workbook [1] is
    ],
)
def test_a_formula_that_nobody_could_calculate_keeps_its_value_and_is_said(
    tmp_path: Path, formula: str, code: str
) -> None:
    sheet = f'<sheetData><row r="1"><c r="A1"><f>{formula}</f><v>7</v></c></row></sheetData>'
    outcome, result = outcome_of(tmp_path, raw(sheet), "a.xlsx")
    found = cells(result)[1, 1]
    assert (attribute(found, "table:formula"), attribute(found, "office:value")) == (None, "7")
    assert [(loss.code, loss.place.cell) for loss in outcome.losses] == [(code, "A1")]
    assert outcome.verdict is Verdict.NEEDS_A_PERSON


def test_xlookup_intersection_names_and_the_dates_of_1904_mean_what_they_meant(tmp_path: Path) -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>_xlfn.XLOOKUP(1,A1:A2,A1:A2)</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f>A1:A2 A2:C2</f><v>2</v></c>'
        '<c r="C2"><f>Rate*2</f><v>4</v></c></row></sheetData>'
    )
    names = '<definedNames><definedName name="Rate">Budget!$A$2</definedName></definedNames>'
    parts = {"xl/workbook.xml": book(names, '<workbookPr date1904="1"/>')}
    outcome, result = outcome_of(tmp_path, raw(sheet, parts), "a.xlsx")
    found = cells(result)
    assert attribute(found[1, 2], "table:formula") == "of:=COM.MICROSOFT.XLOOKUP(1;[.A1:.A2];[.A1:.A2])"
    assert attribute(found[1, 2], "office:value") == "1"
    assert attribute(found[2, 2], "table:formula") == "of:=[.A1:.A2]![.A2:.C2]"
    assert attribute(found[2, 3], "table:formula") == "of:=Rate*2"
    root = content(result)
    assert root.xpath(".//table:null-date/@table:date-value", namespaces=NAMESPACES) == ["1904-01-01"]
    assert root.xpath(".//table:named-range/@table:name", namespaces=NAMESPACES) == ["Rate"]
    assert outcome.losses == ()


STALE = (
    '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c>'
    '<c r="B2"><f>SUM(A1:A2)</f><v>99</v></c></row></sheetData>'
)


@needs_libreoffice
@pytest.mark.libreoffice
def test_a_wrong_stored_value_is_carried_and_named_with_the_right_one(tmp_path: Path) -> None:
    """99 for 3: never changed in silence, and never left unsaid where somebody asks."""
    outcome, result = outcome_of(tmp_path, raw(STALE), "a.xlsx", recalculate=True)
    assert attribute(cells(result)[2, 2], "office:value") == "99"
    answer = outcome.recalculation
    assert answer is not None
    assert [(item.cell, item.stored, item.recalculated) for item in answer.cells] == [("B2", "99", "3")]
    assert codes(outcome) == {"RESULT_DIFFERS_FROM_STORED"}
    assert outcome.verdict is Verdict.NEEDS_A_PERSON


# -- spreadsheets -------------------------------------------------------------------------------------------------


def _bordered(workbook: Workbook) -> None:
    workbook.active["A1"].border = Border(bottom=Side("thin"))


def _wide(workbook: Workbook) -> None:
    workbook.active["A1"] = 1
    workbook.active.column_dimensions["A"].width = 40


def _validated(workbook: Workbook) -> None:
    rule = DataValidation("list", formula1='"yes,no"')
    rule.add("A1")
    workbook.active.add_data_validation(rule)


def _frozen(workbook: Workbook) -> None:
    workbook.active["A1"] = 1
    workbook.active.freeze_panes = "B2"


def _named(workbook: Workbook) -> None:
    workbook.active["A1"] = 1
    workbook.defined_names["Rate"] = DefinedName("Rate", attr_text="Sheet!$A$1")


def _merged(workbook: Workbook) -> None:
    workbook.active["A1"] = 1
    workbook.active.merge_cells("A1:B2")


def _commented(workbook: Workbook) -> None:
    workbook.active["A1"].comment = Comment("why?", "Ada")


def _conditional(workbook: Workbook) -> None:
    rule = CellIsRule("greaterThan", ["5"], fill=PatternFill("solid", bgColor="FFFF0000"))
    workbook.active.conditional_formatting.add("A1:A3", rule)


def _filtered(workbook: Workbook) -> None:
    for row in (("Amt",), (1,), (2,)):
        workbook.active.append(row)
    workbook.active.auto_filter.ref = "A1:A3"


SHEETS: dict[str, tuple[Callable[[Workbook], None], str]] = {
    "borders": (_bordered, ".//style:table-cell-properties[contains(@fo:border-bottom, 'solid')]"),
    "widths": (_wide, ".//table:table-column[1][@table:style-name]"),
    "validation": (_validated, ".//table:content-validation[contains(@table:condition, 'yes')]"),
    "frozen panes": (_frozen, ".//config:config-item[@config:name='HorizontalSplitMode'][.='2']"),
    "names": (_named, ".//table:named-range[@table:name='Rate']"),
    "merged cells": (_merged, ".//table:table-cell[@table:number-columns-spanned='2']"),
    "comments": (_commented, ".//office:annotation[contains(., 'why?')]"),
    "conditional formats": (_conditional, ".//calcext:conditional-format"),
    "filters": (_filtered, ".//table:database-range[@table:display-filter-buttons='true']"),
}


@pytest.mark.parametrize("what", SHEETS)
def test_what_others_drop_from_spreadsheets_arrives(tmp_path: Path, what: str) -> None:
    fill, place = SHEETS[what]
    outcome, result = outcome_of(tmp_path, made(fill), "a.xlsx")
    root = flatten(io.BytesIO(result))
    assert root.xpath(place, namespaces=NAMESPACES)
    empty = root.xpath(
        ".//table:content-validations[not(*)] | .//table:table[not(@table:name)]", namespaces=NAMESPACES
    )
    assert not empty  # which other programs take for damage
    assert outcome.verdict is Verdict.CONVERTED
