"""Parts that have no place in an ODF spreadsheet are reported by the names that a person knows."""

from __future__ import annotations

from converters.losses import LossLog
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.namespaces import NAMESPACES
from converters.ooxml.package import Package
from converters.options import Options
from converters.xlsx_to_ods import convert
from tests.converters.xlsx_to_ods.workbooks import raw
from tests.office_files import X, relationships

_SLICERS = "http://schemas.microsoft.com/office/2007/relationships/slicer"


def _losses(source: bytes) -> list[tuple[str, dict]]:
    import io

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
