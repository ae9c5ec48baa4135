"""The names that a workbook's sheets have in code: ``Sheet1`` of the sheet "Data" (18.2.28 workbookPr, 18.3.1.82 sheetPr)."""

from __future__ import annotations

from lxml import etree

from converters.errors import Refused
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package

DOCUMENT = "*doc*"  # LibreOffice's key for the workbook itself
_FIRST_BYTES = 65_536  # of a sheet: sheetPr is its first child
_SHEETS = ("worksheet", "chartsheet", "dialogsheet")


def read_code_names(package: Package) -> dict[str, str]:
    """Name of a sheet, and ``*doc*`` -> its name in code; empty for a binary workbook or one that cannot be read."""
    try:
        part = package.main_part
        workbook = package.read_xml(part)
        relationships = package.relationships(part)
    except (Refused, KeyError):
        return {}
    names: dict[str, str] = {}
    properties = workbook.find(qn("x:workbookPr"))
    if properties is not None and properties.get("codeName"):
        names[DOCUMENT] = properties.get("codeName", "")
    for sheet in workbook.iter(qn("x:sheet")):
        relationship = relationships.get(sheet.get(qn("r:id"), ""))
        if relationship is None or relationship.kind not in _SHEETS or relationship.target not in package:
            continue
        if code_name := _code_name(package, relationship.target):
            names[sheet.get("name", "")] = code_name
    return names


def _code_name(package: Package, part: str) -> str:
    with package.open(part) as stream:
        head = stream.read(_FIRST_BYTES)
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True)
    try:
        parser.feed(head)
        for _event, element in parser.read_events():
            if etree.QName(element).localname == "sheetPr":
                return element.get("codeName", "")
    except etree.XMLSyntaxError:
        pass  # a damaged sheet is reported by its own reader
    return ""
