"""Pivot tables become data pilot tables that can be refreshed; those without cells to take data from are reported."""

from __future__ import annotations

import io
from pathlib import Path

from converters.losses import LossLog
from converters.odf.namespaces import qn
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.namespaces import NAMESPACES
from converters.ooxml.package import Package
from converters.options import Options
from converters.validity import validate
from converters.xlsx_to_ods import convert
from tests.converters.xlsx_to_ods.workbooks import OFFICE, content, converted, raw
from tests.golden_files import assert_golden
from tests.office_files import X, relationships

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "xlsx_to_ods"
SHEET = (
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Kind</t></is></c><c r="B1" t="inlineStr"><is><t>Size</t>'
    '</is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2"><v>1</v></c></row></sheetData>'
)
CACHE = (
    f'<pivotCacheDefinition xmlns="{X}"><cacheSource type="worksheet"><worksheetSource ref="A1:B9" sheet="Budget"/>'
    '</cacheSource><cacheFields><cacheField name="Kind"><sharedItems><s v="a"/><s v="b"/><s v="c"/></sharedItems>'
    '<fieldGroup par="2"/></cacheField>'
    '<cacheField name="Size"><sharedItems><n v="1"/><n v="2.5"/></sharedItems></cacheField>'
    '<cacheField name="Kinds" databaseField="0"><sharedItems/><fieldGroup base="0"><discretePr><x v="0"/><x v="0"/>'
    '<x v="1"/></discretePr><groupItems><s v="first"/><s v="rest"/></groupItems></fieldGroup></cacheField>'
    '<cacheField name="Twice" formula="Size*2" databaseField="0"/></cacheFields></pivotCacheDefinition>'
)
TABLE = (
    f'<pivotTableDefinition xmlns="{X}" name="Sizes" colGrandTotals="0"><location ref="D4:F9"/><pivotFields>'
    '<pivotField axis="axisPage" showAll="0"><items><item x="0"/><item h="1" x="1"/><item x="2"/><item t="default"/>'
    '</items></pivotField><pivotField dataField="1"/>'
    '<pivotField axis="axisRow" sortType="descending" compact="0" outline="0" sumSubtotal="1"><items><item x="0"/>'
    '<item sd="0" x="1"/></items></pivotField><pivotField dataField="1"/></pivotFields>'
    '<rowFields><field x="2"/></rowFields><colFields><field x="-2"/></colFields>'
    '<pageFields><pageField fld="0" item="2"/></pageFields>'
    '<dataFields><dataField name="Sum" fld="1"/><dataField name="Share" fld="1" subtotal="max" '
    'showDataAs="percentOfRow"/><dataField name="Double" fld="3"/></dataFields>'
    '<pivotTableStyleInfo name="PivotStyleLight16"/></pivotTableDefinition>'
)


def _pivoted(cache: str = CACHE, table: str = "") -> bytes:
    return raw(
        SHEET,
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(
                {"rId1": ("pivotTable", "../pivotTables/pivotTable1.xml")}
            ),
            "xl/pivotTables/pivotTable1.xml": table or TABLE,
            "xl/pivotTables/_rels/pivotTable1.xml.rels": relationships(
                {"rId1": ("pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")}
            ),
            "xl/pivotCache/pivotCacheDefinition1.xml": cache,
        },
    )


def test_a_pivot_table_keeps_its_source_fields_groups_and_chosen_page(tmp_path):
    target = converted(_pivoted(), "PIVOT_PART_DROPPED", "PIVOT_STYLE_DROPPED")
    path = tmp_path / "target.ods"
    path.write_bytes(target)
    assert not validate(path).violations
    assert_golden(target, GOLDEN / "pivot.fods")


def test_calculated_items_and_newer_ways_to_show_values_are_reported(monkeypatch):
    newer = (
        '<dataField name="Sum" fld="1"><extLst><ext uri="{E15A36E0-9728-4e99-A89B-3F7291B0FE68}">'
        f'<x14:dataField xmlns:x14="{NAMESPACES["x14"]}" pivotShowAs="rankAscending"/></ext></extLst></dataField>'
    )
    monkeypatch.setitem(globals(), "TABLE", TABLE.replace('<dataField name="Sum" fld="1"/>', newer))
    cache = CACHE.replace("</cacheFields>", "</cacheFields><calculatedItems/>")
    log = LossLog()
    with Package(_pivoted(cache)) as opened, OdfPackage(io.BytesIO(), MEDIA_TYPES["ods"]) as odf:
        convert(opened, odf, Options(), log)
    parts = {dict(loss.params).get("part") for loss in log.losses()}
    assert {"calculatedItems", "Sum (rankAscending)", "Twice (calculated field)"} <= parts


def test_a_pivot_table_of_outside_data_keeps_its_cells_and_is_reported():
    outside = CACHE.replace('type="worksheet"', 'type="external"').replace(
        '<worksheetSource ref="A1:B9" sheet="Budget"/>', ""
    )
    root = content(converted(_pivoted(outside), "PIVOT_TABLE_DROPPED"))
    assert root.find(f".//{qn('table:data-pilot-table')}") is None


def test_a_source_that_names_another_workbook_is_not_taken_for_a_sheet_of_this_one():
    linked = CACHE.replace("<worksheetSource ref", f'<worksheetSource xmlns:r="{OFFICE}" r:id="rId7" ref')
    root = content(converted(_pivoted(linked), "PIVOT_TABLE_DROPPED"))
    assert root.find(f".//{qn('table:data-pilot-table')}") is None


def test_a_table_that_excel_fills_on_opening_is_reported():
    cache = CACHE.replace("<pivotCacheDefinition ", '<pivotCacheDefinition refreshOnLoad="1" ')
    converted(_pivoted(cache), "PIVOT_PART_DROPPED", "PIVOT_STYLE_DROPPED", "PIVOT_RESULT_MISSING")


def test_a_field_in_steps_of_its_own_names_no_other_field_as_their_source():
    """LibreOffice empties the table on a refresh otherwise."""
    steps = (
        '<fieldGroup par="2" base="0"><rangePr startNum="0" endNum="10" groupInterval="5"/>'
        '<groupItems count="3"><s v="a"/><s v="b"/><s v="c"/></groupItems></fieldGroup></cacheField>'
    )
    source = _pivoted(CACHE.replace('<fieldGroup par="2"/></cacheField>', steps))
    target = converted(source, "PIVOT_PART_DROPPED", "PIVOT_STYLE_DROPPED")
    sources = {
        item.getparent().get(qn("table:source-field-name")): item.get(qn("table:source-field-name"))
        for item in content(target).iter(qn("table:data-pilot-groups"))
    }
    assert sources == {"Kinds": "Kind", "Kind": ""}


def test_several_chosen_pages_stay_chosen():
    """ODF 1.3 knows one page; LibreOffice says by an attribute of its own that the members decide."""
    several = TABLE.replace('<pageField fld="0" item="2"/>', '<pageField fld="0"/>')
    target = converted(_pivoted(table=several), "PIVOT_PART_DROPPED", "PIVOT_STYLE_DROPPED")
    field = next(
        item
        for item in content(target).iter(qn("table:data-pilot-field"))
        if item.get(qn("table:orientation")) == "page"
    )
    assert (field.get(qn("loext:ignore-selected-page")), field.get(qn("table:selected-page"))) == (
        "true",
        "a",
    )
    assert [item.get(qn("table:display")) for item in field.iter(qn("table:data-pilot-member"))] == [
        "true",
        "false",
        "true",
    ]
