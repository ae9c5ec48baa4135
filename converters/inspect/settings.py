"""What a document's settings tell: protection, the template behind it, mail merge, fonts, hidden sheets."""

from __future__ import annotations

import re

from lxml import etree

from converters.errors import Refused
from converters.inspect.connections import without_secrets
from converters.inspect.findings import Findings
from converters.inspect.formulas import inspect_formula
from converters.kinds import TEXT
from converters.losses import Place
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.ooxml.protection import lost_protection
from converters.ooxml.xml import read_xml

# settings or main part: element -> kind of protection
_PROTECTION = {
    "w:documentProtection": "document",
    "w:writeProtection": "write",
    "x:workbookProtection": "workbook",
    "x:fileSharing": "write",
    "p:modifyVerifier": "write",
}
_TELLING = (b"Protection", b"mailMerge")
_FONT_NAME = re.compile(rb'<w:font\s[^<>]*?w:name="([^"&<>]*)"')
_FONT_TAG = b"<w:font "
_OFF = ("0", "false", "off")


def inspect_settings(package: Package, family: str, findings: Findings) -> None:
    """Read the part that holds a family's settings. A damaged part is a PART_DAMAGED loss.

    Raises Refused where it is the main part.
    """
    main = package.main_part
    part = package.related_part(main, "settings") if family == TEXT else main
    if part is not None:
        try:
            root = _telling_root(package, part, family)
        except Refused as refusal:
            if part == main:
                raise
            findings.losses.report("PART_DAMAGED", Place("part", part=part), detail=str(refusal))
        else:
            if root is not None:
                _inspect_protection(root, findings)
                _inspect_sheets(root, findings)
                _inspect_mail_merge(root, Place("part", part=part), findings)
    table = package.related_part(main, "fontTable")
    if table is not None:
        _inspect_fonts(package, table, findings)


def _telling_root(package: Package, part: str, family: str) -> etree._Element | None:
    """The root of the part; None for settings of a text in which no byte speaks of what is looked for."""
    data = package.read(part)
    if family == TEXT and b"\x00" not in data[:4] and not any(mark in data for mark in _TELLING):
        return None
    return read_xml(data, part)


def _inspect_mail_merge(root: etree._Element, place: Place, findings: Findings) -> None:
    merge = root.find(qn("w:mailMerge"))
    if merge is None:
        return
    findings.add("mail_merge", place)
    connection = merge.find(qn("w:connectString"))
    if connection is not None and (target := connection.get(qn("w:val"))):
        findings.add_link("data", without_secrets(target), place)


def _inspect_protection(root: etree._Element, findings: Findings) -> None:
    for tag, kind in _PROTECTION.items():
        element = root.find(qn(tag))
        if element is not None and element.get(qn("w:enforcement"), "1") not in _OFF:
            findings.add("protection")
            findings.protection.append(kind)
            for code, lost in lost_protection(element):
                findings.losses.report(code, kind=lost)


def _inspect_sheets(root: etree._Element, findings: Findings) -> None:
    for sheet in root.iterfind(f"{qn('x:sheets')}/{qn('x:sheet')}"):
        findings.work["sheets"] += 1
        if sheet.get("state", "visible") != "visible":
            findings.add("hidden_sheet", Place("sheet", container=sheet.get("name", "")))
    for name in root.iterfind(f"{qn('x:definedNames')}/{qn('x:definedName')}"):
        findings.add("defined_name")
        inspect_formula(
            f"{name.get('name', '')} {name.text or ''}",
            Place("name", container=name.get("name", "")),
            findings,
        )
    slides = root.findall(f"{qn('p:sldIdLst')}/{qn('p:sldId')}")
    if slides:
        findings.work["slides"] = len(slides)


def _inspect_fonts(package: Package, part: str, findings: Findings) -> None:
    """The fonts that the table names: by bytes where it is written as Word writes it, else by its elements."""
    try:
        data = package.read(part)
        names = [name.decode("utf-8", "replace") for name in _FONT_NAME.findall(data)]
        if not names or len(names) != data.count(_FONT_TAG):
            root = read_xml(data, part)
            names = [font.get(qn("w:name"), "") for font in root.iterfind(qn("w:font"))]
    except Refused as refusal:
        findings.losses.report("PART_DAMAGED", Place("part", part=part), detail=str(refusal))
        return
    findings.fonts.update(name for name in names if name)
