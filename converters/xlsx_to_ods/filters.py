"""Criteria of an autofilter (ECMA-376 Part 1, 18.3.2) as ``table:filter`` (ODF 1.3 Part 3, 9.4.16 ff)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from converters.losses import LossLog, Place
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import read_int, read_on_off

_OPERATORS = {
    "equal": "=", "notEqual": "!=", "lessThan": "<", "lessThanOrEqual": "<=",
    "greaterThan": ">", "greaterThanOrEqual": ">=",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Condition:
    field: int
    operator: str
    value: str
    items: tuple[str, ...] = ()


def write_filter(writer: XmlWriter, autofilter: etree._Element, sheet: str, log: LossLog) -> None:
    """Write the criteria; nothing for buttons without any. What ODF has no filter for is reported."""
    groups: list[tuple[str, list[_Condition]]] = []
    for column in autofilter.iterchildren(qn("x:filterColumn")):
        field = read_int(column.get("colId"), 0) or 0
        group = _read_column(column, field)
        if group is None:
            log.report("FILTER_DROPPED", Place("sheet", container=sheet), column=field + 1)
        elif group[1]:
            groups.append(group)
    if not groups:
        return
    with writer.element("table:filter"):
        if len(groups) == 1:
            _write_group(writer, groups[0])
        else:
            with writer.element("table:filter-and"):
                for group in groups:
                    _write_group(writer, group)


def _read_column(column: etree._Element, field: int) -> tuple[str, list[_Condition]] | None:
    """(and or or, conditions) of one column; None where the kind of filter has no counterpart."""
    filters, custom = column.find(qn("x:filters")), column.find(qn("x:customFilters"))
    top = column.find(qn("x:top10"))
    if filters is not None:
        if filters.find(qn("x:dateGroupItem")) is not None:
            return None
        values = [item.get("val", "") for item in filters.iterchildren(qn("x:filter"))]
        if read_on_off(filters.get("blank"), False):
            values.append("")
        if not values:
            return "or", []
        return "or", [_Condition(field, "=", values[0], tuple(values) if len(values) > 1 else ())]
    if custom is not None:
        conditions = []
        for item in custom.iterchildren(qn("x:customFilter")):
            operator = _OPERATORS.get(item.get("operator", "equal"))
            if operator is None:
                return None
            conditions.append(_Condition(field, operator, item.get("val", "")))
        return ("and" if read_on_off(custom.get("and"), False) else "or"), conditions
    if top is not None:
        kind = "top" if read_on_off(top.get("top"), True) else "bottom"
        unit = "percent" if read_on_off(top.get("percent"), False) else "values"
        return "and", [_Condition(field, f"{kind} {unit}", top.get("val", "10"))]
    return None if len(column) else ("or", [])


def _write_group(writer: XmlWriter, group: tuple[str, list[_Condition]]) -> None:
    kind, conditions = group
    if len(conditions) == 1:
        _write_condition(writer, conditions[0])
        return
    with writer.element(f"table:filter-{kind}"):
        for condition in conditions:
            _write_condition(writer, condition)


def _write_condition(writer: XmlWriter, condition: _Condition) -> None:
    attributes = {
        "table:field-number": str(condition.field),
        "table:value": condition.value,
        "table:operator": condition.operator,
        "table:data-type": "number" if condition.operator[0] in "<>tb" else None,
    }
    with writer.element("table:filter-condition", attributes):
        for value in condition.items:
            writer.empty("table:filter-set-item", {"table:value": value})
