"""Workbooks for tests: made by openpyxl or from raw parts, and their conversion with all that it announced."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree
from openpyxl import Workbook

from converters.losses import LossLog
from converters.odf.namespaces import qn
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.package import Package
from converters.options import Options
from converters.xlsx_to_ods import convert
from tests.office_files import XLSX_TYPE, X, package, relationships

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def made(fill: Callable[[Workbook], Any]) -> bytes:
    """A workbook that openpyxl writes after ``fill`` has worked on it."""
    workbook = Workbook()
    fill(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return _undated(stream)


def _undated(stream: io.BytesIO) -> bytes:
    """The package with the time of writing taken out, so that goldens stay."""
    target = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2020-01-01T00:00:00Z", data)
            archive.writestr(name, data)
    return target.getvalue()


def raw(
    sheet: str, further: dict[str, str | bytes] | None = None, kinds: dict[str, tuple[str, str]] | None = None
) -> bytes:
    """A workbook with one sheet part given as the content of its ``worksheet`` element."""
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{X}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Budget" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(
            {"rId1": ("worksheet", "worksheets/sheet1.xml"), **(kinds or {})}
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{X}" xmlns:r="{OFFICE}">{sheet}</worksheet>',
        **(further or {}),
    }
    return package(parts, "xl/workbook.xml", XLSX_TYPE)


def converted(source: bytes, *announced: str) -> bytes:
    """The ODS of a workbook; fails on any loss whose code is not announced, and on any announced one missing."""
    log, target = LossLog(), io.BytesIO()
    with Package(source) as opened, OdfPackage(target, MEDIA_TYPES["ods"]) as odf:
        convert(opened, odf, Options(), log)
    codes = {loss.code for loss in log.losses()}
    assert codes == set(announced), [loss.as_json() for loss in log.losses()]
    return target.getvalue()


def content(target: bytes, part: str = "content.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(target)) as archive:
        return etree.fromstring(archive.read(part))


def cells(target: bytes, sheet: int = 0) -> dict[tuple[int, int], etree._Element]:
    """The cells of a sheet that say something, by (row, column) from 1, repeat counts unrolled within reason."""
    table = content(target).findall(f".//{qn('table:table')}")[sheet]
    found, row = {}, 1
    for row_element in table.iter(qn("table:table-row")):
        column = 1
        for cell in row_element:
            repeated = int(cell.get(qn("table:number-columns-repeated"), "1"))
            if len(cell) or cell.get(qn("office:value-type")) or cell.get(qn("table:formula")):
                for offset in range(min(repeated, 100)):
                    found[(row, column + offset)] = cell
            column += repeated
        row += int(row_element.get(qn("table:number-rows-repeated"), "1"))
    return found


def attribute(cell: etree._Element, name: str) -> str | None:
    return cell.get(qn(name))


def text(cell: etree._Element) -> str:
    return "\n".join("".join(p.itertext()) for p in cell.findall(qn("text:p")))
