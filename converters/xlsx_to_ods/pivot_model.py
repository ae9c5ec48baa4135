"""Pivot tables as their parts tell them (ECMA-376 Part 1, 18.10.1.73)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from converters.ooxml.namespaces import qn
from converters.units import read_int, read_on_off
from converters.xlsx_to_ods.pivot_caches import CacheField, PivotCache
from converters.xlsx_to_ods.references import Area, read_area

DATA_LAYOUT = -2  # the field that stands for the data fields (18.10.1.62)
# 18.18.17 and the subtotal flags of 18.10.1.69 -> table:function
FUNCTIONS = {
    "average": "average", "count": "count", "countNums": "countnums", "max": "max", "min": "min", "product": "product",
    "stdDev": "stdev", "stdDevp": "stdevp", "sum": "sum", "var": "var", "varp": "varp",
}  # fmt: skip
_SUBTOTALS = {
    "sumSubtotal": "sum", "countASubtotal": "count", "avgSubtotal": "average", "maxSubtotal": "max",
    "minSubtotal": "min", "productSubtotal": "product", "countSubtotal": "countnums", "stdDevSubtotal": "stdev",
    "stdDevPSubtotal": "stdevp", "varSubtotal": "var", "varPSubtotal": "varp",
}  # fmt: skip

# 18.18.70 -> table:type
SHOWN_AS = {
    "difference": "member-difference", "percent": "member-percentage", "percentDiff": "member-percentage-difference",
    "runTotal": "running-total", "percentOfRow": "row-percentage", "percentOfCol": "column-percentage",
    "percentOfTotal": "total-percentage", "index": "index",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """``name`` is None where it depends on the reader's formats."""

    name: str | None
    is_hidden: bool
    is_collapsed: bool


@dataclass(frozen=True, slots=True)
class PivotField:
    """A field of the cache as this table shows it. ``sort`` is manual, ascending or descending; ``sort_data`` the
    position of the data field that it sorts by."""

    cache: CacheField
    members: tuple[Member, ...]
    subtotals: tuple[str, ...]
    sort: str
    sort_data: int | None
    is_compact: bool
    is_outline: bool
    totals_on_top: bool
    has_blank_lines: bool
    shows_empty: bool


@dataclass(frozen=True, slots=True)
class DataField:
    """``shown_as`` is a value of 18.18.70, or of [MS-XLSX] 2.7.13 (ST_PivotShowAs); ``base_field`` and ``base_item`` are what it compares with."""

    field: int
    name: str
    function: str
    shown_as: str
    base_field: int
    base_item: int
    number_id: int | None = None  # of its number format; None for the one of the data


@dataclass(frozen=True, slots=True)
class PivotTable:
    """``pages`` are (field, position of the chosen member or None for all). Fields are numbers into ``fields``, or
    ``DATA_LAYOUT``."""

    name: str
    area: Area
    fields: tuple[PivotField, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    pages: tuple[tuple[int, int | None], ...]
    data: tuple[DataField, ...]
    grand_total: str


def read_pivot_table(root: etree._Element, cache: PivotCache) -> PivotTable | None:
    """The table; None where its place or its fields cannot be told."""
    location = root.find(qn("x:location"))
    area = read_area(location.get("ref", "")) if location is not None else None
    elements = list(root.iterfind(f"{qn('x:pivotFields')}/{qn('x:pivotField')}"))
    if area is None or location is None or not elements or len(elements) > len(cache.fields):
        return None
    pages = tuple(
        (read_int(item.get("fld"), 0) or 0, read_int(item.get("item")))
        for item in root.iterfind(f"{qn('x:pageFields')}/{qn('x:pageField')}")
    )
    above = min(len(pages) + 1 if pages else 0, area.first_row - 1)
    across, down = (read_on_off(root.get(name), True) for name in ("rowGrandTotals", "colGrandTotals"))
    return PivotTable(
        name=root.get("name", ""),
        area=Area(area.first_row - above, area.first_column, area.last_row, area.last_column),
        fields=tuple(_field(item, cached) for item, cached in zip(elements, cache.fields, strict=False)),
        rows=_numbers(root, "x:rowFields", len(elements)),
        columns=_numbers(root, "x:colFields", len(elements)),
        pages=tuple(page for page in pages if 0 <= page[0] < len(elements)),
        data=tuple(
            _data(item) for item in root.iterfind(f"{qn('x:dataFields')}/{qn('x:dataField')}")
            if 0 <= (read_int(item.get("fld"), -1) or 0) < len(elements)
        ),
        grand_total={(True, True): "both", (True, False): "row", (False, True): "column"}.get((across, down), "none"),
    )  # fmt: skip


def _numbers(root: etree._Element, tag: str, count: int) -> tuple[int, ...]:
    found = (read_int(item.get("x")) for item in root.iterfind(f"{qn(tag)}/{qn('x:field')}"))
    return tuple(
        number for number in found if number is not None and (number == DATA_LAYOUT or 0 <= number < count)
    )


def _field(element: etree._Element, cached: CacheField) -> PivotField:
    flags: Mapping[str, str] = element.attrib
    subtotals = [name for flag, name in _SUBTOTALS.items() if read_on_off(flags.get(flag), False)]
    if not subtotals and read_on_off(flags.get("defaultSubtotal"), True):
        subtotals = ["auto"]
    return PivotField(
        cache=cached,
        members=tuple(_member(item, cached) for item in element.iter(qn("x:item")) if item.get("t") is None),
        subtotals=tuple(subtotals),
        sort=flags.get("sortType", "manual"),
        sort_data=_sort_data(element),
        is_compact=read_on_off(flags.get("compact"), True),
        is_outline=read_on_off(flags.get("outline"), True),
        totals_on_top=read_on_off(flags.get("subtotalTop"), True),
        has_blank_lines=read_on_off(flags.get("insertBlankRow"), False),
        shows_empty=read_on_off(flags.get("showAll"), True),
    )


def _member(item: etree._Element, cached: CacheField) -> Member:
    index = read_int(item.get("x"), -1)
    name = cached.items[index] if index is not None and 0 <= index < len(cached.items) else None
    return Member(
        item.get("n") or name,
        read_on_off(item.get("h"), False),
        not read_on_off(item.get("sd"), True),
    )


def _sort_data(element: etree._Element) -> int | None:
    for reference in element.iterfind(f"{qn('x:autoSortScope')}//{qn('x:reference')}"):
        item = reference.find(qn("x:x"))
        if reference.get("field") == "4294967294" and item is not None:
            return read_int(item.get("v"), 0)
    return None


def _data(item: etree._Element) -> DataField:
    newer = next((found for found in item.iter(qn("x14:dataField")) if found.get("pivotShowAs")), None)
    return DataField(
        field=read_int(item.get("fld"), 0) or 0,
        name=item.get("name", ""),
        function=FUNCTIONS.get(item.get("subtotal", "sum"), "sum"),
        shown_as=newer.get("pivotShowAs", "normal")
        if newer is not None
        else item.get("showDataAs", "normal"),
        base_field=read_int(item.get("baseField"), 0) or 0,
        base_item=read_int(item.get("baseItem"), 0) or 0,
        number_id=read_int(item.get("numFmtId")),
    )
