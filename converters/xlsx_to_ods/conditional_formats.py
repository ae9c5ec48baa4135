"""Conditional formats (ECMA-376 Part 1, 18.3.1.10, 18.3.1.18) as ``calcext:conditional-formats``.

ODF 1.3 knows conditions only on styles (16.3); LibreOffice's extension holds what Excel has: conditions on areas, colour
scales, data bars, icon sets.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection

from lxml import etree

from converters.losses import LossLog, Place
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import read_int, read_on_off
from converters.xlsx_to_ods.conditional_scales import write_color_scale, write_data_bar, write_icon_set
from converters.xlsx_to_ods.formulas import FormulaContext, Untranslatable, render, translate
from converters.xlsx_to_ods.references import Area, quoted_sheet, read_areas
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.styles import CellFormats
from converters.xlsx_to_ods.text_items import unescape

Translate = Callable[[str], str]

_OPERATORS = {
    "equal": "=", "notEqual": "!=", "lessThan": "<", "lessThanOrEqual": "<=",
    "greaterThan": ">", "greaterThanOrEqual": ">=",
}  # fmt: skip
_TEXT_TESTS = {
    "containsText": "contains-text", "notContainsText": "not-contains-text",
    "beginsWith": "begins-with", "endsWith": "ends-with",
}  # fmt: skip
_FIXED = {
    "duplicateValues": "duplicate", "uniqueValues": "unique",
    "containsErrors": "is-error", "notContainsErrors": "is-no-error",
}  # fmt: skip
_PERIODS = {
    "today": "today", "yesterday": "yesterday", "tomorrow": "tomorrow", "last7Days": "last-7-days",
    "thisWeek": "this-week", "lastWeek": "last-week", "nextWeek": "next-week", "thisMonth": "this-month",
    "lastMonth": "last-month", "nextMonth": "next-month",
}  # fmt: skip
_BLANKS = {"containsBlanks": "LEN(TRIM({}))=0", "notContainsBlanks": "LEN(TRIM({}))>0"}


def write_conditional_formats(
    writer: XmlWriter, frame: SheetFrame, formats: CellFormats, context: FormulaContext, log: LossLog
) -> None:
    """Write all conditional formats of a sheet, those of its extension list too."""
    extended = {
        rule.get("id", ""): rule
        for item in frame.conditional_formats
        for rule in item.iter(qn("x14:cfRule"))
        if rule.get("id")
    }
    used = {
        identifier.text or "" for item in frame.conditional_formats for identifier in item.iter(qn("x14:id"))
    }
    xml = []
    for item in sorted(frame.conditional_formats, key=_priority):
        areas = list(read_areas(item.get("sqref") or item.findtext(qn("xm:sqref")) or ""))
        if areas:
            xml.append(_format(item, areas, frame, formats, context, extended, used, log))
    xml = [fragment for fragment in xml if fragment]
    if xml:
        with writer.element("calcext:conditional-formats"):
            for fragment in xml:
                writer.raw(fragment)


def _priority(item: etree._Element) -> int:
    """The least priority number of its rules: of formats over one another LibreOffice shows the first."""
    numbers = (read_int(rule.get("priority")) for rule in item.iter(qn("x:cfRule"), qn("x14:cfRule")))
    return min((number for number in numbers if number is not None), default=sys.maxsize)


def _format(
    item: etree._Element,
    areas: list[Area],
    frame: SheetFrame,
    formats: CellFormats,
    context: FormulaContext,
    extended: dict[str, etree._Element],
    used: Collection[str],
    log: LossLog,
) -> str:
    base = areas[0]
    place = Place("cell", container=frame.name, cell=base.first_cell)

    def translated(formula: str) -> str:
        return render(translate(unescape(formula), context, base.first_row, frame.name))

    rules = sorted(
        (rule for rule in item if rule.tag in (qn("x:cfRule"), qn("x14:cfRule"))),
        key=lambda rule: read_int(rule.get("priority"), 0) or 0,
    )
    inner = XmlWriter()
    for rule in rules:
        if rule.get("id", "") in used:
            continue
        extension = rule.findtext(f".//{qn('x14:id')}")
        try:
            _write_rule(inner, rule, extended.get(extension or ""), base, frame, formats, translated, log)
        except Untranslatable:
            log.report("CONDITIONAL_FORMAT_DROPPED", place, kind=rule.get("type", ""))
    content = inner.result()
    if not content:
        return ""
    writer = XmlWriter()
    addresses = " ".join(area.address(frame.name) for area in areas)
    with writer.element("calcext:conditional-format", {"calcext:target-range-address": addresses}):
        writer.raw(content)
    return writer.result()


def _write_rule(
    writer: XmlWriter,
    rule: etree._Element,
    extension: etree._Element | None,
    base: Area,
    frame: SheetFrame,
    formats: CellFormats,
    translated: Translate,
    log: LossLog,
) -> None:
    kind = rule.get("type", "")
    place = Place("cell", container=frame.name, cell=base.first_cell)
    if kind == "colorScale":
        write_color_scale(writer, rule, formats.palette, translated)
        return
    if kind == "dataBar":
        write_data_bar(writer, rule, extension, formats.palette, translated)
        return
    if kind == "iconSet":
        write_icon_set(writer, rule, translated, place, log)
        return
    style = _style(rule, formats)
    if kind == "timePeriod" and rule.get("timePeriod") in _PERIODS:
        writer.empty(
            "calcext:date-is", {"calcext:style": style, "calcext:date": _PERIODS[rule.get("timePeriod", "")]}
        )
        return
    value = _condition(rule, kind, base, translated)
    if value is None:
        raise Untranslatable("CONDITIONAL_FORMAT_DROPPED", kind)
    writer.empty(
        "calcext:condition",
        {
            "calcext:apply-style-name": style,
            "calcext:value": value,
            "calcext:base-cell-address": f"{quoted_sheet(frame.name)}.{base.first_cell}",
        },
    )


def _style(rule: etree._Element, formats: CellFormats) -> str:
    own = rule.find(qn("x14:dxf"))
    if own is not None:
        return formats.differential.add(own)
    return formats.differential.style(read_int(rule.get("dxfId")))


def _formulas(rule: etree._Element) -> list[str]:
    return [item.text or "" for item in rule if item.tag in (qn("x:formula"), qn("xm:f"))]


def _condition(rule: etree._Element, kind: str, base: Area, translated: Translate) -> str | None:
    """The condition in LibreOffice's words; None where it has none for this rule. Raises Untranslatable."""
    formulas = _formulas(rule)
    if kind == "cellIs" and formulas:
        return _comparison(rule.get("operator", ""), [translated(formula) for formula in formulas[:2]])
    if kind in _TEXT_TESTS and rule.get("text") is not None:
        text = rule.get("text", "").replace('"', '""')
        return f'{_TEXT_TESTS[kind]}("{text}")'
    if kind in _FIXED:
        return _FIXED[kind]
    if kind == "top10":
        side = "bottom" if read_on_off(rule.get("bottom"), False) else "top"
        unit = "percent" if read_on_off(rule.get("percent"), False) else "elements"
        return f"{side}-{unit}({read_int(rule.get('rank'), 10)})"
    if kind == "aboveAverage":
        if (read_int(rule.get("stdDev"), 0) or 0) > 0:
            return None
        side = "above" if read_on_off(rule.get("aboveAverage"), True) else "below"
        equal = "-equal" if read_on_off(rule.get("equalAverage"), False) else ""
        return f"{side}{equal}-average"
    if formulas:
        return f"formula-is({translated(formulas[0])})"
    if kind in _BLANKS:
        return f"formula-is({_BLANKS[kind].format(f'[.{base.first_cell}]')})"
    return None


def _comparison(operator: str, operands: list[str]) -> str | None:
    if operator in ("between", "notBetween"):
        if len(operands) < 2:
            return None
        return f"{'between' if operator == 'between' else 'not-between'}({operands[0]},{operands[1]})"
    sign = _OPERATORS.get(operator)
    return f"{sign}{operands[0]}" if sign else None
