"""Formulas of Excel as OpenFormula."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.losses import LossLog
from converters.xlsx_to_ods.cell_formulas import CellFormulas
from converters.xlsx_to_ods.formulas import FormulaContext, Untranslatable, render, translate
from converters.xlsx_to_ods.function_names import FUNCTIONS
from converters.xlsx_to_ods.references import column_letters, column_number, read_area
from converters.xlsx_to_ods.structured_references import Table
from tests.converters.xlsx_to_ods.workbooks import OFFICE, attribute, cells, converted, made, raw
from tests.office_files import X

_TABLE = Table(
    "Sales", "A b", read_area("A1:C5"), ("Id", "Net", "Tax"), 1, 1, positions={"id": 0, "net": 1, "tax": 2}
)
CONTEXT = FormulaContext(("A b", "Two", "Three"), {"sales": _TABLE})

TRANSLATIONS = {
    "SUM(A1:B2)": "SUM([.A1:.B2])",
    "$A$1+'A b'!B2": "[.$A$1]+[$'A b'.B2]",
    "SUM(Two:Three!A1)": "SUM([$Two.A1:$Three.A1])",
    "SUM((A1:B1,C1:C2))": "SUM(([.A1:.B1]~[.C1:.C2]))",
    "A1:B2 B2:C3": "[.A1:.B2]![.B2:.C3]",
    "SUM(A:A,1:2)": "SUM([.A:.A];[.1:.2])",
    "{1,2;3,\"a;b\"}": "{1;2|3;\"a;b\"}",
    "A1:INDEX(A:A,3)": "[.A1]:INDEX([.A:.A];3)",
    "IF(TRUE,,FALSE())": "IF(TRUE();;FALSE())",
    "CEILING(A1,2)": "COM.MICROSOFT.CEILING([.A1];2)",
    "_xlfn.XLOOKUP(A1,B:B,C:C)": "COM.MICROSOFT.XLOOKUP([.A1];[.B:.B];[.C:.C])",
    "NORMSDIST(A1)": "LEGACY.NORMSDIST([.A1])",
    "LOG10(A1)": "LOG10([.A1])",
    "SUM(Sales[Net])": "SUM([$'A b'.$B$2:.$B$4])",
    "Sales[[#This Row],[Tax]]": "[.$C3]",
    "SUM(Sales[[#All],[Id]:[Net]])": "SUM([$'A b'.$A$1:.$B$5])",
    "Two!Rate*2": "Two.Rate*2",
    "#REF!+A1%": "#REF!+[.A1]%",
    "Two!A1:Two!B2": "[$Two.A1]:[$Two.B2]",
    "SUM (A1)": "SUM([.A1])",
    "Discount (A1:B2)": "Discount!([.A1:.B2])",
    "_xlfn.SINGLE(A1:A9)*2": "([.A1:.A9])*2",
    "SUM(_xlfn.SINGLE(Two!A1:A9))": "SUM([$Two.A1:.A9]![$Two.3:.3])",
    "ABS(_xlfn.SINGLE(A1))": "ABS([.A1])",
    "_xlfn.BINOM.DIST.RANGE(9,0.5,3)": "B(9;0.5;3)",
    "A1&\"x\"\"y\"": "[.A1]&\"x\"\"y\"",
}  # fmt: skip


@pytest.mark.parametrize("source", TRANSLATIONS)
def test_a_formula_is_translated(source):
    assert render(translate(source, CONTEXT, 3, "A b")) == TRANSLATIONS[source]


@pytest.mark.parametrize("source", ["[1]Sheet1!A1", "'[1]My sheet'!A1", "[1]!name"])
def test_a_reference_to_another_workbook_says_so(source):
    with pytest.raises(Untranslatable) as caught:
        translate(source, CONTEXT)
    assert caught.value.code == "EXTERNAL_REFERENCE_DROPPED"


@pytest.mark.parametrize(
    "source", ["SUM(A1", "LAMBDA(x,x)(1)", "A1 $ B1", "Nothing[Col]", "@A1", "{1", '"open']
)
def test_what_has_no_counterpart_is_untranslatable_and_never_guessed(source):
    with pytest.raises(Untranslatable):
        translate(source, CONTEXT)


_CELLS = st.tuples(st.booleans(), st.integers(1, 16384), st.booleans(), st.integers(1, 1_048_576))


@given(_CELLS)
def test_a_reference_makes_the_round_trip(parts):
    column_fixed, column, row_fixed, row = parts
    source = f"{'$' if column_fixed else ''}{column_letters(column)}{'$' if row_fixed else ''}{row}"
    assert render(translate(source, CONTEXT)) == f"[.{source}]"
    assert column_number(column_letters(column)) == column


@given(_CELLS, st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_a_shared_formula_moves_only_what_is_relative(parts, rows, columns):
    column_fixed, column, row_fixed, row = parts
    source = f"{'$' if column_fixed else ''}{column_letters(column)}{'$' if row_fixed else ''}{row}"
    moved = render(translate(source, CONTEXT), rows, columns)
    match = re.fullmatch(r"\[\.\$?([A-Z]+)\$?(\d+)\]", moved)
    assert match is not None
    assert column_number(match[1]) == (column if column_fixed else (column - 1 + columns) % 16384 + 1)
    assert int(match[2]) == (row if row_fixed else (row - 1 + rows) % 1_048_576 + 1)


@given(st.text(max_size=60))
def test_no_text_breaks_the_translator(text):
    try:
        translate(text, CONTEXT)
    except Untranslatable as error:
        assert error.code in ("FORMULA_NOT_TRANSLATED", "EXTERNAL_REFERENCE_DROPPED")


def test_shared_array_and_external_formulas_of_cells():
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>4</v></c>'
        '<c r="C1"><f t="array" ref="C1:D2">B1:C2*2</f><v>1</v></c><c r="E1"><f>[1]X!A1</f><v>7</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>6</v></c></row>'
    )
    found = cells(converted(raw(f"<sheetData>{rows}</sheetData>"), "EXTERNAL_REFERENCE_DROPPED"))
    assert attribute(found[(2, 1)], "table:formula") == "of:=[.B2]*2"
    assert attribute(found[(2, 1)], "office:value") == "6"
    assert attribute(found[(1, 3)], "table:number-matrix-columns-spanned") == "2"
    assert attribute(found[(1, 5)], "table:formula") is None
    assert attribute(found[(1, 5)], "office:value") == "7"


@pytest.mark.libreoffice
def test_libreoffice_accepts_each_formula(tmp_path):
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")

    names = ("Sales", "Rate", "Discount")
    translated = [source for source in TRANSLATIONS if not any(name in source for name in names)]

    def fill(workbook):
        workbook.active.title = "A b"
        workbook.create_sheet("Two")
        workbook.create_sheet("Three")
        for row, source in enumerate(translated):
            workbook["Three"].cell(row + 1, 30, "=" + source)

    path = tmp_path / "formulas.ods"
    path.write_bytes(converted(made(fill)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    shown = (tmp_path / "formulas.fods").read_text("utf-8")
    for code in (501, 508, 509, 510, 511, 512):  # the errors of LibreOffice's own parser
        assert f"Err:{code}" not in shown
    assert shown.count("table:formula=") == len(translated)


@pytest.mark.parametrize(
    "formula",
    [
        "A{r}*$B{r}+C$3+$D$4", "SUM(A1:A{r})", "A{p}+1", 'IF(A{r}>1,"A{r}","b")', "LOG10(A{r})*1E{r}", "ZZZ{r}+A9999999",
        "A{r}+Q{r}_total", "SUM({r}:{r})+A{r}", "ABC.A{r}+A{r}", "SUM(A{r}:$B{r})",
        "$B5+A{r}", "SUM(3:3)+A{r}", "SUM($3:4)+A{r}", "A5+a{r}", "SUM(A:A)+A{r}", "B$5:B{r}", "_xlfn.A5+A{r}",
    ],
)  # fmt: skip
def test_a_formula_filled_down_a_column_means_in_each_row_what_it_means_there_alone(formula):
    filled = CellFormulas(FormulaContext(("S",)), "S", LossLog())
    for row in (5, 6, 7, 20, 21):
        text = formula.format(r=row, p=row - 1)
        alone = CellFormulas(FormulaContext(("S",)), "S", LossLog())
        assert filled.attributes(row, 9, {}, text) == alone.attributes(row, 9, {}, text)


def test_the_function_table_is_whole_and_says_since_when():
    assert len(FUNCTIONS) > 480
    assert {function.source for function in FUNCTIONS.values()} == {"OF", "MS", "LO"}
    assert {function.since for function in FUNCTIONS.values()} == {(7, 4), (24, 8), (25, 8)}


@pytest.mark.parametrize(
    ("version", "source"),
    [((7, 4), "_xlfn.XLOOKUP(A1,B:B,C:C)"), ((25, 2), "_xlfn.VSTACK(A1,B1)"), ((25, 8), "MyMacro(A1)")],
)
def test_a_function_that_libreoffice_has_not_got_keeps_the_value(version, source):
    with pytest.raises(Untranslatable):
        translate(source, FormulaContext(libreoffice=version))


def test_a_newer_libreoffice_gets_the_newer_functions():
    pieces = translate("_xlfn.VSTACK(A1,B1)", FormulaContext(libreoffice=(25, 8)))
    assert render(pieces) == "COM.MICROSOFT.VSTACK([.A1];[.B1])"


def test_what_refers_to_a_name_that_is_gone_keeps_its_value():
    lost = '<definedName name="Twice">_xlfn.LAMBDA(_xlpm.x,_xlpm.x*2)</definedName>'
    names = f'<definedNames>{lost}<definedName name="Six">Twice(3)</definedName><definedName name="Rate">0.2</definedName></definedNames>'
    formulas = {"Six+1": 7, "Twice(2)": 4, "rate*10": 2, "Unknown": 0, "_xlfn.LET(_xlpm.y,Rate,_xlpm.y)": 0.2}
    sheet = "".join(
        f'<row r="{row}"><c r="A{row}"><f>{formula}</f><v>{value}</v></c></row>'
        for row, (formula, value) in enumerate(formulas.items(), 1)
    )
    book = (
        f'<workbook xmlns="{X}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
        f"{names}</workbook>"
    )
    source = raw(f"<sheetData>{sheet}</sheetData>", {"xl/workbook.xml": book})
    found = cells(converted(source, "FORMULA_NOT_TRANSLATED", "NAME_DROPPED"))
    assert [attribute(found[row, 1], "table:formula") for row in range(1, 6)] == [
        None, None, "of:=rate*10", None, "of:=COM.MICROSOFT.LET(y;Rate;y)",
    ]  # fmt: skip
    assert [attribute(found[row, 1], "office:value") for row in range(1, 6)] == ["7", "4", "2", "0", "0.2"]
