"""Small charts inside cells keep their kind, their data and their colours."""

from __future__ import annotations

from converters.odf.namespaces import qn
from converters.ooxml.namespaces import NAMESPACES
from tests.converters.xlsx_to_ods.workbooks import content, converted, raw


def _sheet(formula: str) -> str:
    return (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>3</v></c></row></sheetData>'
        f'<extLst><ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" xmlns:x14="{NAMESPACES["x14"]}" '
        f'xmlns:xm="{NAMESPACES["xm"]}"><x14:sparklineGroups>'
        '<x14:sparklineGroup type="column" manualMax="5" maxAxisType="custom" high="1" low="0" lineWeight="1.5">'
        '<x14:colorSeries rgb="FF376092"/><x14:colorHigh rgb="FF00D000"/><x14:sparklines><x14:sparkline>'
        f"<xm:f>{formula}</xm:f><xm:sqref>C1</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup>"
        "</x14:sparklineGroups></ext></extLst>"
    )


def test_a_sparkline_is_carried_with_its_data_and_colours():
    root = content(converted(raw(_sheet("Budget!A1:B1"))))
    group = root.find(f".//{qn('calcext:sparkline-group')}")
    names = ("type", "high", "low", "manual-max", "max-axis-type", "line-width", "color-series", "color-high")
    assert [group.get(qn(f"calcext:{name}")) for name in names] == [
        "column", "true", None, "5", "custom", "1.5pt", "#376092", "#00d000",
    ]  # fmt: skip
    line = group.find(f"{qn('calcext:sparklines')}/{qn('calcext:sparkline')}")
    assert line.get(qn("calcext:cell-address")) == "Budget.C1"
    assert line.get(qn("calcext:data-range")) == "Budget.A1:Budget.B1"


def test_a_sparkline_of_data_that_no_area_names_is_reported():
    root = content(converted(raw(_sheet("OFFSET(A1,0,0)")), "SPARKLINES_DROPPED"))
    assert root.find(f".//{qn('calcext:sparkline')}") is None
