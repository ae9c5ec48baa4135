"""What a document's settings tell: protection, the template behind it, mail merge, fonts, hidden sheets."""

from __future__ import annotations

from lxml import etree

from converters.errors import Refused
from converters.inspect.findings import Findings
from converters.losses import Place
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package

# settings or main part: element -> kind of protection
_PROTECTION = {
    "w:documentProtection": "document",
    "w:writeProtection": "write",
    "x:workbookProtection": "workbook",
    "x:fileSharing": "write",
    "p:modifyVerifier": "write",
}
_OFF = ("0", "false", "off")


def inspect_settings(package: Package, findings: Findings) -> None:
    """Read the main part's head and the settings part. A damaged part is a PART_DAMAGED loss."""
    main = package.main_part
    for part in (main, package.related_part(main, "settings")):
        if part is None or (part == main and package.size(part) > _MAIN_BYTES):
            continue
        try:
            root = package.read_xml(part)
        except Refused as refusal:
            if part == main:
                raise
            findings.losses.report("PART_DAMAGED", Place("part", part=part), detail=str(refusal))
            continue
        _inspect_protection(root, findings)
        _inspect_sheets(root, findings)
        if root.find(qn("w:mailMerge")) is not None:
            findings.add("mail_merge")
    table = package.related_part(main, "fontTable")
    if table is not None:
        _inspect_fonts(package, table, findings)


_MAIN_BYTES = 20_000_000


def _inspect_protection(root: etree._Element, findings: Findings) -> None:
    for tag, kind in _PROTECTION.items():
        element = root.find(qn(tag))
        if element is not None and element.get(qn("w:enforcement"), "1") not in _OFF:
            findings.add("protection")
            findings.protection.append(kind)


def _inspect_sheets(root: etree._Element, findings: Findings) -> None:
    for sheet in root.iterfind(f"{qn('x:sheets')}/{qn('x:sheet')}"):
        findings.work["sheets"] += 1
        if sheet.get("state", "visible") != "visible":
            findings.add("hidden_sheet", Place("sheet", container=sheet.get("name", "")))
    for _name in root.iterfind(f"{qn('x:definedNames')}/{qn('x:definedName')}"):
        findings.add("defined_name")
    slides = root.findall(f"{qn('p:sldIdLst')}/{qn('p:sldId')}")
    if slides:
        findings.work["slides"] = len(slides)


def _inspect_fonts(package: Package, part: str, findings: Findings) -> None:
    try:
        root = package.read_xml(part)
    except Refused as refusal:
        findings.losses.report("PART_DAMAGED", Place("part", part=part), detail=str(refusal))
        return
    findings.fonts.update(
        name for font in root.iterfind(qn("w:font")) if (name := font.get(qn("w:name"), ""))
    )
