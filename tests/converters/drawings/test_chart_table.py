"""The table of values inside a chart, as the schema takes it (ODF 1.3 Part 3, 9.1.2)."""

from lxml import etree

from converters.drawings.chart_table import ChartTable
from converters.odf.namespaces import NAMESPACES, qn
from converters.odf.xmlwriter import XmlWriter


def _written(table: ChartTable) -> etree._Element:
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if prefix != "xml")
    return etree.fromstring(f"<x{declared}>{XmlWriter().fragment(table.write)}</x>")[0]


def test_a_chart_without_stored_values_has_a_row_of_gaps() -> None:
    table = ChartTable(())
    assert table.column("Sales", ()) == ("local-table.$B$1", "local-table.$B$2:.$B$2")
    (row,) = _written(table).find(qn("table:table-rows"))
    assert [cell.get(qn("office:value")) for cell in row] == [None, "NaN"]


def test_a_chart_without_series_has_no_columns_of_values() -> None:
    root = _written(ChartTable(("a", "b")))
    assert root.find(qn("table:table-columns")) is None
    assert len(root.find(qn("table:table-rows"))) == 2


def test_values_and_gaps() -> None:
    table = ChartTable(("a", "b"))
    table.column("Sales", ("1.5", ""))
    rows = _written(table).find(qn("table:table-rows"))
    assert [[cell.get(qn("office:value")) for cell in row] for row in rows] == [[None, "1.5"], [None, "NaN"]]
