"""Pivot tables whose file stores no figures: laid out from the records of their cache, and said so; never in silence."""

from __future__ import annotations

from typing import Any

import pytest

from converters.odf.namespaces import qn
from tests.converters.xlsx_to_ods.workbooks import attribute, cells, content, converted, raw, text
from tests.office_files import X, relationships

RECORDS = [("a", "x", 1.5), ("a", "y", 2.0), ("b", "y", 4.0), ("a", "x", 3.0)]
FIELD = '<pivotField axis="{}" compact="0" outline="0" showAll="0"{}><items><item x="0"/><item{} x="1"/></items></pivotField>'
DATA = '<pivotField dataField="1"/>'
FIELDS = (
    f"<pivotFields>{FIELD.format('axisRow', '', '')}{FIELD.format('axisCol', '', '')}{DATA}</pivotFields>"
)
ROWS, COLUMNS = '<rowFields><field x="0"/></rowFields>', '<colFields><field x="1"/></colFields>'
SUM = '<dataFields><dataField name="Sum of Size" fld="2"/></dataFields>'
NO_STRAY = "<row r='3'><c r='C3'/></row>"


def _cache() -> str:
    return (
        f'<pivotCacheDefinition xmlns="{X}" refreshOnLoad="1"><cacheSource type="worksheet">'
        '<worksheetSource ref="H1:J5" sheet="Budget"/></cacheSource><cacheFields>'
        '<cacheField name="Kind"><sharedItems><s v="a"/><s v="b"/></sharedItems></cacheField>'
        '<cacheField name="Place"><sharedItems><s v="x"/><s v="y"/></sharedItems></cacheField>'
        '<cacheField name="Size"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>'
    )


def _records(size: str = '<n v="{}"/>') -> str:
    rows = "".join(
        f'<r><x v="{"ab".index(kind)}"/><s v="{place}"/>{size.format(number)}</r>'
        for kind, place, number in RECORDS
    )
    return f'<pivotCacheRecords xmlns="{X}">{rows}</pivotCacheRecords>'


def _workbook(table: str, rows: str = NO_STRAY, records: str | None = None) -> bytes:
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(
            {"rId1": ("pivotTable", "../pivotTables/pivotTable1.xml")}
        ),
        "xl/pivotTables/pivotTable1.xml": (
            f'<pivotTableDefinition xmlns="{X}" name="Sizes"><location ref="B2:C4"/>{table}</pivotTableDefinition>'
        ),
        "xl/pivotTables/_rels/pivotTable1.xml.rels": relationships(
            {"rId1": ("pivotCacheDefinition", "../pivotCache/definition.xml")}
        ),
        "xl/pivotCache/definition.xml": _cache(),
        "xl/pivotCache/_rels/definition.xml.rels": relationships(
            {"rId1": ("pivotCacheRecords", "records.xml")}
        ),
        "xl/pivotCache/records.xml": records or _records(),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{X}"><cellXfs><xf/><xf numFmtId="2" applyNumberFormat="1"/></cellXfs></styleSheet>'
        ),
    }
    source = '<row r="2"><c r="J2" s="1"/></row>'
    return raw(f"<sheetData>{source}{rows}</sheetData>", parts, {"rId9": ("styles", "styles.xml")})


def _shown(target: bytes) -> dict[str, Any]:
    return {
        f"{chr(64 + column)}{row}": text(cell) or float(attribute(cell, "office:value") or "nan")
        for (row, column), cell in cells(target).items()
    }


def test_a_table_without_stored_figures_gets_those_of_its_records_and_the_loss_says_so():
    target = converted(_workbook(FIELDS + ROWS + COLUMNS + SUM), "PIVOT_RESULT_CALCULATED")
    assert _shown(target) == {
        "B2": "Sum of Size", "C2": "Place",
        "B3": "Kind", "C3": "x", "D3": "y", "E3": "Total Result",
        "B4": "a", "C4": 4.5, "D4": 2.0, "E4": 6.5,
        "B5": "b", "D5": 4.0, "E5": 4.0,
        "B6": "Total Result", "C6": 4.5, "D6": 6.0, "E6": 10.5,
    }  # fmt: skip
    pilot = content(target).find(f".//{qn('table:data-pilot-table')}")
    assert attribute(pilot, "table:target-range-address") == "Budget.B2:Budget.E6"
    styles = {attribute(cells(target)[place], "table:style-name") for place in ((4, 3), (6, 5))}
    (style,) = (
        item for item in content(target).iter(qn("style:style")) if attribute(item, "style:name") in styles
    )
    assert attribute(style, "style:data-style-name")


def test_inner_fields_have_results_and_several_data_fields_have_columns_of_their_own():
    fields = (
        f"<pivotFields>{FIELD.format('axisRow', '', '')}{FIELD.format('axisRow', '', '')}{DATA}</pivotFields>"
    )
    table = (
        fields
        + '<rowFields><field x="0"/><field x="1"/></rowFields><colFields><field x="-2"/></colFields><dataFields>'
        '<dataField name="Count" fld="2" subtotal="count"/><dataField name="Most" fld="2" subtotal="max"/></dataFields>'
    )
    assert _shown(converted(_workbook(table), "PIVOT_RESULT_CALCULATED")) == {
        "D2": "Data",
        "B3": "Kind", "C3": "Place", "D3": "Count", "E3": "Most",
        "B4": "a", "C4": "x", "D4": 2.0, "E4": 3.0,
        "C5": "y", "D5": 1.0, "E5": 2.0,
        "B6": "a Result", "D6": 3.0, "E6": 3.0,
        "B7": "b", "C7": "y", "D7": 1.0, "E7": 4.0,
        "B8": "b Result", "D8": 1.0, "E8": 4.0,
        "B9": "Total Result", "D9": 4.0, "E9": 4.0,
    }  # fmt: skip


def test_hidden_members_are_left_out_and_others_sorted():
    rows = FIELD.format("axisRow", " sortType='descending'", "")
    columns = FIELD.format("axisCol", "", " h='1'")
    fields = f"<pivotFields>{rows}{columns}{DATA}</pivotFields>"
    table = fields + ROWS + COLUMNS + SUM
    shown = _shown(converted(_workbook(table), "PIVOT_RESULT_CALCULATED"))
    assert (shown["B4"], shown["C4"], shown["B5"], shown["C5"]) == ("a", 4.5, "Total Result", 4.5)


@pytest.mark.parametrize("size", ['<d v="2020-01-01T00:00:00"/>', '<e v="#N/A"/>'])
def test_dates_and_errors_are_not_made_into_figures(size):
    workbook = _workbook(FIELDS + ROWS + COLUMNS + SUM, records=_records(size))
    assert _shown(converted(workbook, "PIVOT_RESULT_MISSING")) == {}


def test_records_that_are_not_those_of_the_source_make_no_figures():
    records = _records().replace(
        "</pivotCacheRecords>", '<r><x v="0"/><s v="x"/><n v="9"/></r></pivotCacheRecords>'
    )
    assert not _shown(
        converted(_workbook(FIELDS + ROWS + COLUMNS + SUM, records=records), "PIVOT_RESULT_MISSING")
    )


def test_a_table_in_compact_form_stays_without_figures():
    fields = FIELDS.replace('compact="0" outline="0" ', "")
    assert not _shown(converted(_workbook(fields + ROWS + COLUMNS + SUM), "PIVOT_RESULT_MISSING"))


def test_stored_figures_stay():
    stored = "<row r='3'><c r='C3'><v>7</v></c></row>"
    target = converted(_workbook(FIELDS + ROWS + COLUMNS + SUM, stored), "PIVOT_REFRESH_DROPPED")
    assert _shown(target) == {"C3": 7.0}


def test_figures_never_cover_what_stands_beside_the_table():
    beside = "<row r='6'><c r='E6'><v>7</v></c></row>"
    target = converted(_workbook(FIELDS + ROWS + COLUMNS + SUM, beside), "PIVOT_RESULT_MISSING")
    assert _shown(target) == {"E6": 7.0}
