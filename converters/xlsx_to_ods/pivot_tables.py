"""Pivot tables as data pilot tables (ODF 1.3 Part 3, 9.6). Their cells stay as they are until a person refreshes them.

Those whose data lie outside the workbook stay plain cells: ODF cannot name their source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.xmlwriter import Attributes, XmlWriter
from converters.ooxml.package import Package
from converters.ooxml.xml import children
from converters.support import Support
from converters.xlsx_to_ods.pivot_caches import CacheField, RangeGroups, read_pivot_cache
from converters.xlsx_to_ods.pivot_model import (
    DATA_LAYOUT,
    DataField,
    PivotField,
    PivotTable,
    read_pivot_table,
)
from converters.xlsx_to_ods.references import cell_name, quoted_sheet
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.structured_references import Table
from converters.xlsx_to_ods.workbook import Workbook

# 18.18.70 -> table:type
_SHOWN_AS = {
    "difference": "member-difference", "percent": "member-percentage", "percentDiff": "member-percentage-difference",
    "runTotal": "running-total", "percentOfRow": "row-percentage", "percentOfCol": "column-percentage",
    "percentOfTotal": "total-percentage", "index": "index",
}  # fmt: skip
_PREVIOUS, _NEXT = 1_048_828, 1_048_829  # 18.10.1.22, baseItem
PIVOT_TABLE = Support(
    "pivot table",
    handlers=dict.fromkeys(
        ("x:location", "x:pivotFields", "x:rowFields", "x:colFields", "x:pageFields", "x:dataFields"),
        read_pivot_table,
    ),
    ignored={
        "x:rowItems": "the cells show the rows",
        "x:colItems": "the cells show the columns",
        "x:formats": "the cells keep their look",
        "x:chartFormats": "the charts keep their look",
        "x:extLst": "names, views and settings of newer versions of Excel",
    },
    unsupported={
        "x:pivotTableStyleInfo": "PIVOT_STYLE_DROPPED",
        "x:conditionalFormats": "PIVOT_PART_DROPPED",
        "x:filters": "PIVOT_PART_DROPPED",
        "x:pivotHierarchies": "PIVOT_PART_DROPPED",
        "x:rowHierarchiesUsage": "PIVOT_PART_DROPPED",
        "x:colHierarchiesUsage": "PIVOT_PART_DROPPED",
    },
)


@dataclass(frozen=True, slots=True)
class _Pilot:
    """A table ready to be written: its sheet, and the sheet and area of its data."""

    sheet: str
    source: str
    table: PivotTable


def write_pivot_tables(
    writer: XmlWriter,
    package: Package,
    workbook: Workbook,
    frames: Sequence[SheetFrame],
    tables: Mapping[str, Table],
    log: LossLog,
) -> frozenset[str]:
    """Write the pivot tables of all sheets; answers the parts of those that were written."""
    sheets = frozenset(frame.name for frame in frames)
    found: dict[str, _Pilot] = {}
    for frame in frames:
        for relationship in package.relationships(frame.part).values() if frame.part else ():
            if relationship.kind != "pivotTable" or relationship.external:
                continue
            place = Place("sheet", container=frame.name, part=relationship.target)
            try:
                pilot = _read(package, relationship.target, frame.name, workbook, tables, sheets, log, place)
            except Refused as error:
                log.report("PART_DAMAGED", place, detail=str(error))
                continue
            if pilot is not None:
                found[relationship.target] = pilot
    if found:
        with writer.element("table:data-pilot-tables"):
            for pilot in found.values():
                _write(writer, pilot)
    return frozenset(found)


def _read(
    package: Package,
    part: str,
    sheet: str,
    workbook: Workbook,
    tables: Mapping[str, Table],
    sheets: frozenset[str],
    log: LossLog,
    place: Place,
) -> _Pilot | None:
    cache_part = package.related_part(part, "pivotCacheDefinition")
    if cache_part is None:
        return None
    cache = read_pivot_cache(package.read_xml(cache_part), workbook, tables, sheets)
    root = package.read_xml(part)
    table = read_pivot_table(root, cache) if cache is not None else None
    if cache is None or table is None:
        return None
    _report(root, table, log, place)
    if cache.has_calculated_items:
        log.report("PIVOT_PART_DROPPED", place, part="calculatedItems")
    if cache.is_refreshed_on_load:
        log.report("PIVOT_REFRESH_DROPPED", place, name=table.name)
    return _Pilot(sheet, cache.area.address(cache.sheet), table)


def _report(root: etree._Element, table: PivotTable, log: LossLog, place: Place) -> None:
    """What the written table does not say of this one."""
    for element in children(root):
        code = PIVOT_TABLE.loss_code(element.tag)
        if code == "PIVOT_STYLE_DROPPED":
            if element.get("name"):
                log.report(code, place, style=element.get("name", ""))
        elif PIVOT_TABLE.handler(element.tag) is None:
            PIVOT_TABLE.report(element.tag, log, place)
    for field in table.fields:
        if field.cache.is_calculated:
            log.report("PIVOT_PART_DROPPED", place, part=f"{field.cache.name} (calculated field)")
        unnamed = sum(member.is_hidden and member.name is None for member in field.members)
        if unnamed:
            log.report("PIVOT_PART_DROPPED", place, part=f"{field.cache.name} (hidden dates)")
    for item in table.data:
        if item.shown_as not in ("normal", *_SHOWN_AS):
            log.report("PIVOT_PART_DROPPED", place, part=f"{item.name} ({item.shown_as})")


# -- writing -----------------------------------------------------------------------------------------------------


def _write(writer: XmlWriter, pilot: _Pilot) -> None:
    table = pilot.table
    first = table.area.first_row + (len(table.pages) + 1 if table.pages else 0)
    attributes = {
        "table:name": table.name,
        "table:application-data": "",
        "table:grand-total": table.grand_total,
        "table:target-range-address": table.area.address(pilot.sheet),
        "table:buttons": f"{quoted_sheet(pilot.sheet)}.{cell_name(first, table.area.first_column)}",
        "table:show-filter-button": "false",
    }
    with writer.element("table:data-pilot-table", attributes):
        writer.empty("table:source-cell-range", {"table:cell-range-address": pilot.source})
        data = [item for item in table.data if not table.fields[item.field].cache.is_calculated]
        shown = {number for number, _page in table.pages} | set(table.rows) | set(table.columns)
        for orientation, numbers in (("row", table.rows), ("column", table.columns)):
            for number in numbers:
                if number == DATA_LAYOUT:
                    _write_layout_field(writer, orientation)
                else:
                    _write_field(writer, table, number, {"table:orientation": orientation})
        for number, member in table.pages:
            chosen = _member_name(table.fields[number], member)
            page = {"table:orientation": "page", "table:selected-page": chosen}
            _write_field(writer, table, number, page, has_members=bool(chosen))
        for item in data:
            _write_data(writer, table, item)
        shown |= {item.field for item in data}
        for number, field in enumerate(table.fields):
            if number not in shown and not field.cache.is_calculated:
                _write_field(writer, table, number, {"table:orientation": "hidden"})


def _member_name(field: PivotField, position: int | None) -> str:
    """The name of the member at a position; empty for all of them."""
    if position is None or not 0 <= position < len(field.members):
        return ""
    return field.members[position].name or ""


def _write_layout_field(writer: XmlWriter, orientation: str) -> None:
    attributes = {
        "table:source-field-name": "",
        "table:is-data-layout-field": "true",
        "table:orientation": orientation,
        "table:used-hierarchy": "-1",
        "table:function": "auto",
    }
    with writer.element("table:data-pilot-field", attributes):
        writer.empty("table:data-pilot-level")


def _write_field(
    writer: XmlWriter, table: PivotTable, number: int, placed: Attributes, *, has_members: bool = True
) -> None:
    field = table.fields[number]
    attributes = {
        "table:source-field-name": field.cache.name,
        **placed,
        "table:used-hierarchy": "-1",
        "table:function": "auto",
    }
    with writer.element("table:data-pilot-field", attributes):
        _write_level(writer, table, field, has_members=has_members)
        _write_groups(writer, table, field.cache)


def _write_level(writer: XmlWriter, table: PivotTable, field: PivotField, *, has_members: bool) -> None:
    with writer.element(
        "table:data-pilot-level", {"table:show-empty": "true" if field.shows_empty else "false"}
    ):
        if field.subtotals:
            with writer.element("table:data-pilot-subtotals"):
                for function in field.subtotals:
                    writer.empty("table:data-pilot-subtotal", {"table:function": function})
        members = [member for member in field.members if member.name is not None]
        if members and has_members:
            with writer.element("table:data-pilot-members"):
                for member in members:
                    writer.empty(
                        "table:data-pilot-member",
                        {
                            "table:name": member.name,
                            "table:display": "false" if member.is_hidden else "true",
                            "table:show-details": "false" if member.is_collapsed else "true",
                        },
                    )
        writer.empty("table:data-pilot-sort-info", _sort_attributes(table, field))
        writer.empty("table:data-pilot-layout-info", _layout_attributes(field))


def _sort_attributes(table: PivotTable, field: PivotField) -> Attributes:
    order = "descending" if field.sort == "descending" else "ascending"
    if field.sort == "manual":
        return {"table:sort-mode": "manual", "table:order": order}
    if field.sort_data is not None and 0 <= field.sort_data < len(table.data):
        by = table.fields[table.data[field.sort_data].field].cache.name
        return {"table:sort-mode": "data", "table:data-field": by, "table:order": order}
    return {"table:sort-mode": "name", "table:order": order}


def _layout_attributes(field: PivotField) -> Attributes:
    mode = "tabular-layout"
    if field.is_outline:
        mode = "outline-subtotals-top" if field.totals_on_top else "outline-subtotals-bottom"
    return {
        "table:add-empty-lines": "true" if field.has_blank_lines else "false",
        "table:layout-mode": mode,
        "loext:layout-mode": "compact-layout" if field.is_outline and field.is_compact else None,
    }


def _write_groups(writer: XmlWriter, table: PivotTable, cache: CacheField) -> None:
    """How the field's members are put together; ODF wants at least one group with a member named."""
    if cache.base is None or cache.base >= len(table.fields):
        return
    groups = [
        (name or "", members) for name, members in zip(cache.items, cache.groups, strict=False) if members
    ]
    attributes: dict[str, str | None] = {"table:source-field-name": table.fields[cache.base].cache.name}
    if cache.ranges is not None:
        attributes |= _range_attributes(cache.ranges)
        groups = [(name, (name,)) for name in cache.items if name]
    if not groups:
        return
    with writer.element("table:data-pilot-groups", attributes):
        for name, members in groups:
            with writer.element("table:data-pilot-group", {"table:name": name}):
                for member in members:
                    writer.empty("table:data-pilot-group-member", {"table:name": member})


def _range_attributes(ranges: RangeGroups) -> dict[str, str | None]:
    kind = "date-" if ranges.unit is not None else ""
    return {
        f"table:{kind}start": ranges.start or "auto",
        f"table:{kind}end": ranges.end or "auto",
        "table:step": f"{ranges.step:g}",
        "table:grouped-by": ranges.unit,
    }


def _write_data(writer: XmlWriter, table: PivotTable, item: DataField) -> None:
    attributes = {
        "table:source-field-name": table.fields[item.field].cache.name,
        "tableooo:display-name": item.name,
        "table:orientation": "data",
        "table:used-hierarchy": "-1",
        "table:function": item.function,
    }
    with writer.element("table:data-pilot-field", attributes):
        kind = _SHOWN_AS.get(item.shown_as)
        if kind is not None:
            writer.empty("table:data-pilot-field-reference", _reference_attributes(table, item, kind))


def _reference_attributes(table: PivotTable, item: DataField, kind: str) -> Attributes:
    base = table.fields[item.base_field] if 0 <= item.base_field < len(table.fields) else None
    member_type = {_PREVIOUS: "previous", _NEXT: "next"}.get(item.base_item, "named")
    name = _member_name(base, item.base_item) if base is not None and member_type == "named" else None
    return {
        "table:field-name": base.cache.name if base is not None else "",
        "table:member-type": member_type,
        "table:member-name": name if member_type == "named" else None,
        "table:type": kind,
    }
