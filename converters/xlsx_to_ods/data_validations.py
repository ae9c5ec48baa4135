"""Data validations (ECMA-376 Part 1, 18.3.1.32) as content validations (ODF 1.3 Part 3, 9.4.4, 19.600)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from converters.losses import LossLog, Place
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import read_on_off
from converters.xlsx_to_ods.formulas import FormulaContext, Untranslatable, render, translate
from converters.xlsx_to_ods.references import Area, quoted_sheet, read_areas
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.text_items import unescape

_OPERATORS = {
    "equal": "=", "notEqual": "!=", "lessThan": "<", "lessThanOrEqual": "<=",
    "greaterThan": ">", "greaterThanOrEqual": ">=",
}  # fmt: skip
_TYPES = {
    "whole": "cell-content-is-whole-number()",
    "decimal": "cell-content-is-decimal-number()",
    "date": "cell-content-is-date()",
    "time": "cell-content-is-time()",
}
_STYLES = {"stop": "stop", "warning": "warning", "information": "information"}


@dataclass(frozen=True, slots=True)
class _Validation:
    name: str
    element: etree._Element
    condition: str | None
    areas: tuple[Area, ...]
    sheet: str


class Validations:
    """The validations of all sheets: declared before the tables, then named on the cells."""

    def __init__(self, frames: list[SheetFrame], context: FormulaContext, log: LossLog) -> None:
        self._items: list[_Validation] = []
        for frame in frames:
            for element in frame.validations:
                areas = tuple(read_areas(_sqref(element)))
                if not areas:
                    continue
                place = Place("cell", container=frame.name, cell=areas[0].first_cell)
                condition = _condition(element, areas[0].first_row, frame.name, context, log, place)
                name = f"val{len(self._items) + 1}"
                self._items.append(_Validation(name, element, condition, areas, frame.name))

    def areas(self, sheet: str) -> list[tuple[str, Area]]:
        return [(item.name, area) for item in self._items if item.sheet == sheet for area in item.areas]

    def write(self, writer: XmlWriter) -> None:
        if not self._items:
            return
        with writer.element("table:content-validations"):
            for item in self._items:
                _write(writer, item)


def _sqref(element: etree._Element) -> str:
    return element.get("sqref") or element.findtext(qn("xm:sqref")) or ""


def _formula(element: etree._Element, name: str) -> str:
    """The text of ``formula1`` or ``formula2``, also of the extension's."""
    found = element.find(qn(f"x:{name}"))
    if found is None:
        found = element.find(qn(f"x14:{name}"))
    return unescape("".join(found.itertext()).strip()) if found is not None else ""


def _condition(
    element: etree._Element, row: int, sheet: str, context: FormulaContext, log: LossLog, place: Place
) -> str | None:
    """The condition; None where every value is allowed, or where it cannot be translated, which is reported."""
    kind = element.get("type", "none")
    first, second = _formula(element, "formula1"), _formula(element, "formula2")
    if kind == "none" or not first:
        return None
    try:
        if kind == "list" and first.startswith('"'):
            items = first.strip('"').replace('""', '"').split(",")
            quoted = ";".join('"' + item.strip().replace('"', '""') + '"' for item in items)
            return f"of:cell-content-is-in-list({quoted})"
        one = render(translate(first, context, row, sheet))
        two = render(translate(second, context, row, sheet)) if second else ""
    except Untranslatable:
        log.report("VALIDATION_DROPPED", place)
        return None
    if kind == "list":
        return f"of:cell-content-is-in-list({one})"
    if kind == "custom":
        return f"of:is-true-formula({one})"
    return _comparison(kind, element.get("operator", "between"), one, two)


def _comparison(kind: str, operator: str, one: str, two: str) -> str | None:
    ranged = {"between": "is-between", "notBetween": "is-not-between"}.get(operator)
    if ranged and not two:
        two = one
    if kind == "textLength":
        if ranged:
            return f"of:cell-content-text-length-{ranged}({one},{two})"
        return f"of:cell-content-text-length(){_OPERATORS.get(operator, '=')}{one}"
    test = _TYPES.get(kind)
    if test is None:
        return None
    if ranged:
        return f"of:{test} and cell-content-{ranged}({one},{two})"
    return f"of:{test} and cell-content(){_OPERATORS.get(operator, '=')}{one}"


def _write(writer: XmlWriter, item: _Validation) -> None:
    element = item.element
    dropped = read_on_off(element.get("showDropDown"), False)  # true hides the list's arrow (18.3.1.32)
    attributes = {
        "table:name": item.name,
        "table:condition": item.condition,
        "table:allow-empty-cell": "true" if read_on_off(element.get("allowBlank"), False) else "false",
        "table:display-list": None if element.get("type") != "list" else ("none" if dropped else "unsorted"),
        "table:base-cell-address": f"{quoted_sheet(item.sheet)}.{item.areas[0].first_cell}",
    }
    with writer.element("table:content-validation", attributes):
        _write_message(
            writer,
            "table:help-message",
            unescape(element.get("promptTitle", "")),
            unescape(element.get("prompt", "")),
            {"table:display": "true" if read_on_off(element.get("showInputMessage"), False) else "false"},
        )
        _write_message(
            writer,
            "table:error-message",
            unescape(element.get("errorTitle", "")),
            unescape(element.get("error", "")),
            {
                "table:message-type": _STYLES.get(element.get("errorStyle", "stop"), "stop"),
                "table:display": "true" if read_on_off(element.get("showErrorMessage"), False) else "false",
            },
        )


def _write_message(writer: XmlWriter, tag: str, title: str, text: str, attributes: dict[str, str]) -> None:
    if tag == "table:help-message" and not title and not text:
        return
    with writer.element(tag, {"table:title": title or None, **attributes}):
        for line in text.splitlines():
            writer.text_element("text:p", line)
