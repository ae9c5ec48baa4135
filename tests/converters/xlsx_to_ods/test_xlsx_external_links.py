"""Formulas that refer to other workbooks: the address, the last values, and what LibreOffice makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.libreoffice.recalculate import flat_spreadsheets
from converters.odf.namespaces import qn
from converters.recalculation.cells import read_spreadsheet
from tests.converters.xlsx_to_ods.workbooks import OFFICE, cells, content, converted, raw
from tests.libreoffice import needs_libreoffice
from tests.office_files import X, relationships

SHEET = """<sheetData><row r="1"><c r="A1"><f>[1]Data!$B$2*2</f><v>84</v></c>
<c r="B1"><f>SUM('[1]My data'!A1:A2)</f><v>7</v></c><c r="C1"><f>[1]!Rate</f><v>5</v></c>
<c r="D1"><f>[2]Data!A1</f><v>6</v></c><c r="E1" t="str"><f>[1]Data!A1</f><v>é</v></c></row></sheetData>"""
LINK = f"""<externalLink xmlns="{X}" xmlns:r="{OFFICE}"><externalBook r:id="rId1"><sheetNames><sheetName val="Data"/>
<sheetName val="My data"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>é</v></cell>
</row><row r="2"><cell r="B2"><v>42</v></cell></row></sheetData><sheetData sheetId="1"><row r="1"><cell r="A1"><v>3</v>
</cell></row><row r="2"><cell r="A2"><v>4</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>"""


def _workbook(target: str) -> bytes:
    book = f"""<workbook xmlns="{X}" xmlns:r="{OFFICE}"><sheets><sheet name="Budget" sheetId="1" r:id="rId1"/></sheets>
<externalReferences><externalReference r:id="rId9"/></externalReferences></workbook>"""
    relationship = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/externalLinkPath" Target="{target}" TargetMode="External"/></Relationships>'
    )
    return raw(
        SHEET,
        {
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relationships(
                {
                    "rId1": ("worksheet", "worksheets/sheet1.xml"),
                    "rId9": ("externalLink", "externalLinks/externalLink1.xml"),
                }
            ),
            "xl/externalLinks/externalLink1.xml": LINK,
            "xl/externalLinks/_rels/externalLink1.xml.rels": relationship,
        },
    )


@pytest.mark.parametrize(
    ("target", "url", "href"),
    [
        (
            "file:///P:\\Shares\\Book%201.xlsx",
            "file:///P:/Shares/Book%201.xlsx",
            "file:///P:/Shares/Book%201.xlsx",
        ),
        ("Book2.xlsx", "file:///Book2.xlsx", "../Book2.xlsx"),
        ("/srv/Book2.xlsx", "file:///srv/Book2.xlsx", "file:///srv/Book2.xlsx"),
        (
            "https://example.org/it's.xlsx",
            "https://example.org/it%27s.xlsx",
            "https://example.org/it%27s.xlsx",
        ),
    ],
)
def test_a_reference_keeps_the_address_and_the_last_values(target: str, url: str, href: str) -> None:
    result = converted(_workbook(target), "EXTERNAL_LINK_KEPT", "EXTERNAL_REFERENCE_DROPPED")
    found = cells(result)
    assert found[1, 1].get(qn("table:formula")) == f"of:=['{url}'#$'Data'.$B$2]*2"
    assert found[1, 2].get(qn("table:formula")) == f"of:=SUM(['{url}'#$'My data'.A1:.A2])"
    assert found[1, 3].get(qn("table:formula")) is None  # a name that only the other workbook can resolve
    assert found[1, 4].get(qn("office:value")) == "6"
    _own, first, second = content(result).iter(qn("table:table"))
    assert first.get(qn("table:name")) == f"'{url}'#Data"
    assert first.find(qn("table:table-source")).get(qn("xlink:href")) == href
    assert [cell.get(qn("office:value")) for cell in second.iter(qn("table:table-cell"))] == ["3", "4"]


@needs_libreoffice
def test_libreoffice_calculates_with_the_last_values(tmp_path: Path) -> None:
    path = tmp_path / "linked.ods"
    path.write_bytes(converted(_workbook("Book2.xlsx"), "EXTERNAL_LINK_KEPT", "EXTERNAL_REFERENCE_DROPPED"))
    with flat_spreadsheets(
        [(path, "ods")], recalculate=True, timeout_seconds=120, memory_megabytes=2_000
    ) as (opened,):
        assert opened is not None
        found = read_spreadsheet(opened).cells
    assert found["Budget", 1, 1].value == 84
    assert found["Budget", 1, 2].value == 7
    assert found["Budget", 1, 5].value == "é"
    assert {sheet for sheet, _row, _column in found} == {"Budget"}
