"""Features and work that elements tell: every XML part of the content is read once, as a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from converters.errors import Refused
from converters.inspect.fields import FieldText, inspect_instruction
from converters.inspect.findings import Findings
from converters.inspect.formulas import inspect_formula, refers_to_growing_rows
from converters.kinds import PRESENTATION, SPREADSHEET, TEXT
from converters.losses import Place
from converters.ooxml.namespaces import qn, transitional
from converters.ooxml.package import Package
from converters.ooxml.protection import lost_sheet_protection
from converters.ooxml.theme import read_theme
from converters.ooxml.xml import has_doctype, iter_elements

# element -> feature
_FEATURES: dict[str, str] = {
    "w:ins": "tracked_change",
    "w:del": "tracked_change",
    "w:moveFrom": "tracked_change",
    "w:moveTo": "tracked_change",
    "w:rPrChange": "tracked_change",
    "w:pPrChange": "tracked_change",
    "w:sdt": "form_field",
    "w:ffData": "form_field",
    "w:tbl": "table",
    "w:footnoteReference": "footnote",
    "w:endnoteReference": "footnote",
    "m:oMath": "equation",
    "wps:wsp": "shape",
    "v:shape": "shape",
    "p:sp": "shape",
    "xdr:sp": "shape",
    "a:tbl": "table",
    "x:conditionalFormatting": "conditional_format",
    "x14:conditionalFormatting": "conditional_format",
    "x:dataValidation": "data_validation",
    "x14:dataValidation": "data_validation",
    "x:sheetProtection": "protection",
    "p:timing": "animation",
    "p:transition": "transition",
    "x:ddeLink": "dde",
}
# element -> what it counts as work
_WORK: dict[str, str] = {
    "w:p": "paragraphs",
    "w:tbl": "tables",
    "a:p": "paragraphs",
    "a:tbl": "tables",
    "x:c": "cells",
    "x:row": "rows",
    "x:f": "formulas",
    "w:sectPr": "sections",
}
_FONT_ATTRIBUTES = {
    qn("w:rFonts"): tuple(map(qn, ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"))),
    qn("a:latin"): ("typeface",),
    qn("a:ea"): ("typeface",),
    qn("a:cs"): ("typeface",),
    qn("x:name"): ("val",),
    qn("x:rFont"): ("val",),
}

# relationship kinds that lead from the main part to more content, by family
_CONTENT = {
    TEXT: ("header", "footer", "footnotes", "endnotes", "comments", "styles", "numbering"),
    SPREADSHEET: ("worksheet", "chartsheet", "dialogsheet", "styles", "externalLink", "xlMacrosheet"),
    PRESENTATION: ("slide", "slideMaster", "notesMaster", "theme"),
}
_NESTED = ("drawing", "slideLayout", "notesSlide")


_HEAD_BYTES = 8_192


@dataclass(slots=True)
class _Reading:
    findings: Findings
    place: Place
    body: bool  # work is counted in the body only, not in styles and layouts
    fields: FieldText = field(init=False)

    def __post_init__(self) -> None:
        self.fields = FieldText(partial(inspect_instruction, place=self.place, findings=self.findings))


def count_elements(package: Package, family: str, findings: Findings) -> None:
    """Count features and work in all content parts. Damage in another than the main part is a PART_DAMAGED loss."""
    for part, place, body in content_parts(package, family):
        try:
            _read_part(package, part, _Reading(findings, place, body))
        except Refused as refusal:
            if part == package.main_part:
                raise
            findings.losses.report("PART_DAMAGED", Place("part", part=part), detail=str(refusal))
    resolve_theme_fonts(package, family, findings)


def content_parts(package: Package, family: str) -> Iterator[tuple[str, Place, bool]]:
    """(part, place, whether it is body) in the document's order, each part once."""
    main = package.main_part
    seen = {main}
    yield main, Place("part", part=main), True
    number = 0
    for relationship in package.relationships(main).values():
        kind = relationship.kind
        if kind not in _CONTENT.get(family, ()) or relationship.external or relationship.target in seen:
            continue
        if relationship.target not in package:
            continue
        seen.add(relationship.target)
        place = Place("part", part=relationship.target)
        if kind == "slide":
            number += 1
            place = Place("slide", index=number, container=str(number), part=relationship.target)
        body = kind in ("slide", "worksheet", "footnotes", "endnotes")
        yield relationship.target, place, body
        for nested in _NESTED:
            for inner in package.related(relationship.target, nested):
                if inner.target not in seen:
                    seen.add(inner.target)
                    yield inner.target, Place("part", part=inner.target), False


def _read_part(package: Package, part: str, reading: _Reading) -> None:
    if package.size(part) > package.limits.part_bytes:
        raise Refused("LIMIT_PART_SIZE", part=part, limit=package.limits.part_bytes)
    if has_doctype(package.head(part, _HEAD_BYTES)):
        raise Refused("DOCTYPE_FORBIDDEN", part=part)
    with package.open(part) as stream:
        for element in iter_elements(stream, part):
            _read_element(element, reading)


def _read_element(element: etree._Element, reading: _Reading) -> None:
    tag = transitional(element.tag)
    findings = reading.findings
    if feature := _FEATURE_TAGS.get(tag):
        findings.add(feature, reading.place)
        if feature == "protection":
            findings.protection.append("sheet")
            for code, parameters in lost_sheet_protection(element):
                findings.losses.report(code, reading.place, **parameters)
    if reading.body and (work := _WORK_TAGS.get(tag)):
        findings.work[work] += 1
    if attributes := _FONT_ATTRIBUTES.get(tag):
        for name in attributes:
            font = element.get(name) or element.get(name.replace(_TRANSITIONAL, _STRICT))
            if font and font[0] == "+":
                findings.theme_fonts.add(font)
            elif font:
                findings.fonts[font] += 1
        if tag == _RUN_FONTS:
            findings.theme_fonts.update(_theme_references(element))
    if reader := _READERS.get(tag):
        reader(element, reading)


_TRANSITIONAL, _STRICT = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)


_RUN_FONTS = qn("w:rFonts")
# ST_Theme of a run's fonts (ECMA-376 Part 1, 17.18.96) -> as DrawingML refers to a theme's fonts (20.1.4.1.16)
_THEME_FONTS = {"minor": "+mn-lt", "major": "+mj-lt"}


def _theme_references(element: etree._Element) -> Iterator[str]:
    for name in ("asciiTheme", "hAnsiTheme"):
        value = element.get(f"{{{_TRANSITIONAL}}}{name}") or element.get(f"{{{_STRICT}}}{name}") or ""
        if found := _THEME_FONTS.get(value[:5]):
            yield found


def resolve_theme_fonts(package: Package, family: str, findings: Findings) -> None:
    """Give the references to the theme's Latin fonts their names; a damaged theme gives none."""
    if not findings.theme_fonts:
        return
    main = package.main_part
    sources = (
        [main] if family != PRESENTATION else [found.target for found in package.related(main, "slideMaster")]
    )
    for source in sources:
        part = package.related_part(source, "theme") if source in package else None
        try:
            theme = read_theme(package, part)
        except Refused:
            continue
        findings.fonts.update(
            name
            for reference in findings.theme_fonts
            if reference[-2:] == "lt" and (name := theme.typeface(reference))
        )


def _read_instruction(element: etree._Element, reading: _Reading) -> None:
    reading.fields.add(element.text or "")


def _read_field_character(element: etree._Element, reading: _Reading) -> None:
    kind = element.get(qn("w:fldCharType")) or element.get(f"{{{_STRICT}}}fldCharType")
    if kind == "begin":
        reading.fields.begin()
    elif kind == "separate":
        reading.fields.separate()
    elif kind == "end":
        reading.fields.end()


def _read_simple_field(element: etree._Element, reading: _Reading) -> None:
    instruction = element.get(qn("w:instr")) or element.get(f"{{{_STRICT}}}instr") or ""
    inspect_instruction(instruction, reading.place, reading.findings)


def _read_formula(element: etree._Element, reading: _Reading) -> None:
    if element.get("t") == "array":
        reading.findings.add("array_formula", reading.place)
    if element.text:
        inspect_formula(element.text, reading.place, reading.findings)
        if refers_to_growing_rows(element.text):
            reading.findings.losses.report("TABLE_REFERENCE_FIXED", reading.place)


_FEATURE_TAGS = {qn(tag): feature for tag, feature in _FEATURES.items()}
_WORK_TAGS = {qn(tag): work for tag, work in _WORK.items()}
_READERS: dict[str, Callable[[etree._Element, _Reading], None]] = {
    qn("w:instrText"): _read_instruction,
    qn("w:fldChar"): _read_field_character,
    qn("w:fldSimple"): _read_simple_field,
    qn("x:f"): _read_formula,
}
