"""Pivot caches (ECMA-376 Part 1, 18.10.1): where a pivot table takes its data, and the fields that it knows of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from converters.ooxml.namespaces import qn
from converters.units import read_int, read_on_off
from converters.xlsx_to_ods.references import Area, read_area, split_sheet
from converters.xlsx_to_ods.structured_references import Table
from converters.xlsx_to_ods.workbook import Workbook

# 18.18.37 -> table:grouped-by (ODF 1.3 Part 3, 19.653)
_GROUPED_BY = {name: name for name in ("seconds", "minutes", "hours", "days", "months", "quarters", "years")}


@dataclass(frozen=True, slots=True)
class RangeGroups:
    """Numbers or dates in steps. ``unit`` is None for numbers; ``start`` and ``end`` None where they follow the data."""

    unit: str | None
    start: str | None
    end: str | None
    step: float


@dataclass(frozen=True, slots=True)
class CacheField:
    """A column of the source, or a grouping of another field, ``base``.

    ``items`` are the names of its members; ``groups`` the names of the base's members in each of them.
    """

    name: str
    items: tuple[str | None, ...]  # None for a member whose name depends on the reader's formats: a date
    base: int | None = None
    ranges: RangeGroups | None = None
    groups: tuple[tuple[str, ...], ...] = ()
    is_calculated: bool = False


@dataclass(frozen=True, slots=True)
class PivotCache:
    sheet: str
    area: Area
    fields: tuple[CacheField, ...]
    has_calculated_items: bool = False
    is_refreshed_on_load: bool = False


def read_pivot_cache(
    root: etree._Element, workbook: Workbook, tables: Mapping[str, Table], sheets: frozenset[str]
) -> PivotCache | None:
    """The cache; None where its data are not cells of this workbook."""
    source = root.find(f"{qn('x:cacheSource')}/{qn('x:worksheetSource')}")
    if source is None or source.get(qn("r:id")):
        return None
    found = _source_area(source, workbook, tables)
    if found is None or found[0] not in sheets:
        return None
    elements = list(root.iterfind(f"{qn('x:cacheFields')}/{qn('x:cacheField')}"))
    fields = [_field(element) for element in elements]
    fields = [_grouped(field, element, fields) for field, element in zip(fields, elements, strict=True)]
    return PivotCache(
        *found,
        tuple(fields),
        has_calculated_items=root.find(qn("x:calculatedItems")) is not None,
        is_refreshed_on_load=read_on_off(root.get("refreshOnLoad"), default=False),
    )


def _source_area(
    source: etree._Element, workbook: Workbook, tables: Mapping[str, Table]
) -> tuple[str, Area] | None:
    """(sheet, area) of a ``worksheetSource``: a reference, a table or a name."""
    name = source.get("name")
    if name is None:
        area = read_area(source.get("ref", ""))
        return (source.get("sheet", ""), area) if area is not None else None
    table = tables.get(name.lower())
    if table is not None:
        return table.sheet, table.area
    for item in workbook.names:
        if item.name.lower() == name.lower():
            sheet, reference = split_sheet(item.text)
            area = read_area(reference)
            return (sheet, area) if area is not None else None
    return None


def _field(element: etree._Element) -> CacheField:
    """The field without its groups."""
    shared = element.find(qn("x:sharedItems"))
    group = element.find(qn("x:fieldGroup"))
    named = group.find(qn("x:groupItems")) if group is not None else None
    items = named if named is not None else shared
    return CacheField(
        name=element.get("name", ""),
        items=tuple(_item(item) for item in items) if items is not None else (),
        is_calculated=element.get("formula") is not None,
    )


def _item(item: etree._Element) -> str | None:
    kind, value = etree.QName(item).localname, item.get("v", "")
    if kind == "n":
        number = float(value) if _is_number(value) else 0.0
        return f"{number:.15g}"
    if kind == "b":
        return "TRUE" if value in ("1", "true") else "FALSE"
    return None if kind == "d" else value


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < float("inf")
    except ValueError:
        return False


def _grouped(field: CacheField, element: etree._Element, fields: list[CacheField]) -> CacheField:
    """The field with what its ``fieldGroup`` says of its base."""
    group = element.find(qn("x:fieldGroup"))
    base = read_int(group.get("base")) if group is not None else None
    if group is None or base is None or not 0 <= base < len(fields):
        return field
    ranges = group.find(qn("x:rangePr"))
    discrete = group.find(qn("x:discretePr"))
    members: list[list[str]] = [[] for _item in field.items]
    if discrete is not None:
        for position, item in enumerate(discrete.iterchildren(qn("x:x"))):
            index = read_int(item.get("v"), -1)
            name = fields[base].items[position] if position < len(fields[base].items) else None
            if name is not None and index is not None and 0 <= index < len(members):
                members[index].append(name)
    return CacheField(
        name=field.name,
        items=field.items,
        base=base,
        ranges=_ranges(ranges) if ranges is not None else None,
        groups=tuple(map(tuple, members)) if discrete is not None else (),
    )


def _ranges(element: etree._Element) -> RangeGroups:
    unit = _GROUPED_BY.get(element.get("groupBy", "range"))
    names = ("startDate", "endDate") if unit is not None else ("startNum", "endNum")
    start, end = (element.get(name) for name in names)
    step = element.get("groupInterval", "1")
    return RangeGroups(
        unit,
        start if element.get("autoStart", "1") in ("0", "false") else None,
        end if element.get("autoEnd", "1") in ("0", "false") else None,
        float(step) if _is_number(step) else 1.0,
    )
