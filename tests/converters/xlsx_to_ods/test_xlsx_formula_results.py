"""Results of formulas that LibreOffice would lose on loading."""

from __future__ import annotations

from converters.odf.namespaces import qn
from tests.converters.xlsx_to_ods.workbooks import cells, converted, raw


def test_the_text_that_a_formula_gave_stands_in_the_attribute_too():
    """Without it a cell that refers to this one is calculated from 0 as soon as it is calculated."""
    rows = (
        '<row r="1"><c r="A1" t="str"><f>B1&amp;"x"</f><v>plain</v></c>'
        '<c r="B1" t="str"><f>C1&amp;"y"</f><v>a &amp; "b"\nc</v></c><c r="C1" t="str"><v>typed</v></c></row>'
    )
    found = cells(converted(raw(f"<sheetData>{rows}</sheetData>")))
    values = [found[1, column].get(qn("office:string-value")) for column in (1, 2, 3)]
    assert values == ["plain", 'a & "b"\nc', None]
    assert [item.text for item in found[1, 2].iter(qn("text:p"))] == ['a & "b"', "c"]
