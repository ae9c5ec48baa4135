"""Parts that have no place in an ODF spreadsheet are reported by the names that a person knows."""

from __future__ import annotations

import io
import zipfile

import pytest

from converters.losses import LossLog
from converters.odf.namespaces import qn
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.namespaces import NAMESPACES
from converters.ooxml.package import Package
from converters.options import Options
from converters.xlsx_to_ods import convert
from tests.converters.xlsx_to_ods.workbooks import OFFICE, content, converted, raw
from tests.office_files import X, relationships

_MACROS = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
_SLICERS = "http://schemas.microsoft.com/office/2007/relationships/slicer"


def _losses(source: bytes) -> list[tuple[str, dict]]:
    log = LossLog()
    with Package(source) as opened, OdfPackage(io.BytesIO(), MEDIA_TYPES["ods"]) as odf:
        convert(opened, odf, Options(), log)
    return [(loss.code, dict(loss.params)) for loss in log.losses()]


def test_connections_and_slicers_are_reported_by_name_and_once():
    source = raw(
        "<sheetData/>",
        {
            "xl/connections.xml": f'<connections xmlns="{X}"><connection id="1" name="Sales of the year"/>'
            '<connection id="2" name="Query - Stock"/></connections>',
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(
                {"rId1": (_SLICERS, "../slicers/slicer1.xml")}
            ),
            "xl/slicers/slicer1.xml": f'<slicers xmlns="{NAMESPACES["x14"]}"><slicer name="Region"/></slicers>',
        },
        {"rId8": ("connections", "connections.xml")},
    )
    assert _losses(source) == [
        ("CONNECTION_DROPPED", {"name": "Sales of the year"}),
        ("CONNECTION_DROPPED", {"name": "Query - Stock"}),
        ("SLICER_DROPPED", {"name": "Region"}),
    ]


def test_a_sheet_of_excel_4_macros_stays_empty_and_is_reported_by_name():
    source = raw("<sheetData/>", {"xl/macrosheets/sheet1.xml": f'<macrosheet xmlns="{X}"/>'})
    source = _replaced(
        source,
        "xl/workbook.xml",
        "</sheets>",
        f'<sheet xmlns:o="{OFFICE}" name="Auto" sheetId="2" o:id="rId7"/></sheets>',
    )
    link = f'<Relationship Id="rId7" Type="{_MACROS}" Target="macrosheets/sheet1.xml"/></Relationships>'
    source = _replaced(source, "xl/_rels/workbook.xml.rels", "</Relationships>", link)
    assert _losses(source) == [("MACRO_SHEET_DROPPED", {"name": "Auto"})]


def _replaced(source: bytes, part: str, old: str, new: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data.replace(old.encode(), new.encode()) if name == part else data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        ("Budget!$1:$6", [("$Budget.$A$1:$Budget.$XFD$6", "repeat-row")]),
        ("Budget!$B:$C", [("$Budget.$B$1:$Budget.$C$1048576", "repeat-column")]),
        ("Budget!$B:$C,Budget!$1:$2", []),
        ("Budget!$A$1", []),
    ],
)
def test_rows_and_columns_that_repeat_on_pages_keep_their_name(
    titles: str, found: list[tuple[str, str]]
) -> None:
    workbook = (
        f'<workbook xmlns="{X}" xmlns:r="{OFFICE}"><sheets><sheet name="Budget" sheetId="1" r:id="rId1"/></sheets>'
        f'<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">{titles}</definedName></definedNames>'
        "</workbook>"
    )
    names = content(converted(raw("<sheetData/>", {"xl/workbook.xml": workbook}))).iter(
        qn("table:named-range")
    )
    keys = (qn("table:cell-range-address"), qn("table:range-usable-as"))
    assert [tuple(item.get(key) for key in keys) for item in names] == found
