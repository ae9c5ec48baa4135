"""What a document's settings tell: protection, the template behind it, mail merge, fonts, hidden sheets."""

from __future__ import annotations

from lxml import etree

from converters.errors import Refused
from converters.inspect.connections import without_secrets
from converters.inspect.findings import Findings
from converters.inspect.formulas import inspect_formula
from converters.kinds import TEXT
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


def inspect_settings(package: Package, family: str, findings: Findings) -> None:
    """Read the part that holds a family's settings. A damaged part is a PART_DAMAGED loss.

    Raises Refused where it is the main part.
    """
    main = package.main_part
    part = package.related_part(main, "settings") if family == TEXT else main
    if part is not None:
        try:
            root = package.read_xml(part)
        except Refused as refusal:
            if part == main:
                raise
            findings.losses.report("PART_DAMAGED", Place("part", part=part), detail=str(refusal))
        else:
            _inspect_protection(root, findings)
            _inspect_sheets(root, findings)
            _inspect_mail_merge(root, Place("part", part=part), findings)
    table = package.related_part(main, "fontTable")
    if table is not None:
        _inspect_fonts(package, table, findings)


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
    try:
        root = package.read_xml(part)
    except Refused as refusal:
        findings.losses.report("PART_DAMAGED", Place("part", part=part), detail=str(refusal))
        return
    findings.fonts.update(
        name for font in root.iterfind(qn("w:font")) if (name := font.get(qn("w:name"), ""))
    )
