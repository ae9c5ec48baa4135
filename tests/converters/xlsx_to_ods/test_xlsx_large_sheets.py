"""What makes large sheets cheap, at its edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.xlsx_to_ods import string_table
from converters.xlsx_to_ods.filled_formulas import moving_pieces, source_pattern, target_pattern
from converters.xlsx_to_ods.formulas import FormulaContext, translate
from converters.xlsx_to_ods.plain_text import is_readable
from converters.xlsx_to_ods.string_table import StringTable
from tests.converters.xlsx_to_ods.workbooks import attribute, cells, converted, raw, text
from tests.office_files import X

_ROWS = (
    '<row r="1"><c r="A1"><v>5</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>é</t></is></c></row>'
)
_SHEET = f'<worksheet xmlns="{X}"><sheetData>{_ROWS}</sheetData></worksheet>'


@given(st.lists(st.text(max_size=40), max_size=30), st.sampled_from([1, 100, 10_000]))
def test_a_string_table_answers_alike_in_memory_and_on_disk(texts, memory_bytes):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(string_table, "MEMORY_BYTES", memory_bytes)
        patch.setattr(string_table, "_RELEASED_BYTES", 0)
        table = StringTable()
        encoded = [item.encode() for item in texts]
        for item in encoded[:5]:
            table.add(item)
        table.add_paragraphs(encoded[5:])
        table.seal()
    expected = texts[:5] + [f"<text:p>{item}</text:p>" for item in texts[5:]]
    for _ in range(2):
        assert [table[index] for index in range(len(table))] == expected
        table.release()
    with pytest.raises(IndexError):
        table.fragment(len(table))


@pytest.mark.parametrize(
    "sheet",
    [
        _SHEET.encode("utf-16"),
        b"\xef\xbb\xbf" + _SHEET.encode(),
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{_SHEET}'.encode("latin-1"),
        _SHEET.replace("<sheetData>", "<!-- <sheetData> --><sheetData>").encode(),
        _SHEET.replace("<row", "<!-- <row r='9'></row> --><row").encode(),
        _SHEET.replace("<v>5</v>", "<v><![CDATA[5]]></v>").encode(),
        _SHEET.replace("<sheetData>", "<sheetData><?pause?>").encode(),
        _SHEET.replace("</row><row", "</row>\n\t <row").encode(),
        _SHEET.replace('r="1"', "r='1'").replace("<c r", "<c\n r").encode(),
    ],
    ids=["utf16", "bom", "latin1", "head", "comment", "cdata", "instruction", "spaces", "quotes"],
)
def test_however_a_sheet_is_written_its_cells_are_read(sheet):
    found = cells(converted(raw("", {"xl/worksheets/sheet1.xml": sheet})))
    assert attribute(found[(1, 1)], "office:value") == "5"
    assert text(found[(2, 1)]) == "é"
    assert len(found) == 2


def test_a_sheet_with_a_namespace_prefix_is_read():
    sheet = _SHEET.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    assert len(cells(converted(raw("", {"xl/worksheets/sheet1.xml": sheet})))) == 2


@pytest.mark.parametrize("data", [b"<!--", b"<?x?>", b"\xff", b"\xef\xbf\xbf", b"\xed\xa0\x80"])
def test_bytes_that_are_not_what_they_seem_are_the_parsers(data):
    assert not is_readable(b"<row>" + data)


@pytest.mark.parametrize(
    ("formula", "pieces"),
    [
        ("A5*$B$1+C$2", ("A", 0, "*$B$1+C$2")),
        ('IF(A4>"A5",Q1!B6,0)', ("IF(A", -1, '>"A5",', "Q1!", "B", 1, ",0)")),
        ("'Q1''s A5'!A5", ("'Q1''s A5'!", "A", 0, "")),
        ("LOG10(A5)", ("LOG10(A", 0, ")")),
    ],
)
def test_only_relative_rows_of_references_move_with_a_formula(formula, pieces):
    found = moving_pieces(formula, 5)
    assert found is not None
    assert source_pattern(found) == source_pattern(pieces)


@pytest.mark.parametrize("formula", ["SUM(Q1:Q4!A1)", "Table1[Net]", "SUM(1:5)", "[1]Sheet1!A1", "#REF!A1"])
def test_a_formula_that_may_depend_on_more_than_its_row_is_no_example(formula):
    assert moving_pieces(formula, 5) is None


@given(
    st.sampled_from(["A{0}+B{1}", "SUM($A{0}:C{1})*$D$1", "VLOOKUP(A{0},Data!$A$2:$B$9,2)", 'A{0}&"&<"&A{1}', "'a b'!A{0}"]),
    st.integers(1, 1_048_576),
    st.integers(1, 1_048_576),
    st.integers(-5, 5),
)  # fmt: skip
def test_an_example_moved_to_another_row_says_what_its_translation_says(form, first, second, distance):
    context = FormulaContext(("Budget", "Data", "a b"))
    row = 1000
    moving = moving_pieces(form.format(first, second), row)
    assert moving is not None
    target = target_pattern(translate(form.format(first, second), context, row, "Budget"), row)
    moved = form.format(first + distance, second + distance)
    if not 1 <= min(first, second) + distance <= max(first, second) + distance <= 1_048_576:
        return
    pieces = translate(moved, context, row + distance, "Budget")
    assert target.at(row + distance) == target_pattern(pieces, row + distance).at(row + distance)
