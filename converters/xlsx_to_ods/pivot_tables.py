"""Pivot tables as data pilot tables (ODF 1.3 Part 3, 9.6)."""

from __future__ import annotations

from collections.abc import Sequence

from converters.odf.xmlwriter import Attributes, XmlWriter
from converters.xlsx_to_ods.pivot_caches import CacheField, RangeGroups
from converters.xlsx_to_ods.pivot_model import DATA_LAYOUT, SHOWN_AS, DataField, PivotField, PivotTable
from converters.xlsx_to_ods.pivot_pilots import Pilot
from converters.xlsx_to_ods.references import cell_name, quoted_sheet

_PREVIOUS, _NEXT = 1_048_828, 1_048_829  # 18.10.1.22, baseItem


def write_pivot_tables(writer: XmlWriter, pilots: Sequence[Pilot]) -> None:
    if pilots:
        with writer.element("table:data-pilot-tables"):
            for pilot in pilots:
                _write(writer, pilot)


def _write(writer: XmlWriter, pilot: Pilot) -> None:
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
            field = table.fields[number]
            chosen = _member_name(field, member)
            several = [item.name or "" for item in field.members if not item.is_hidden]
            is_several = not chosen and 0 < len(several) < len(field.members)
            page = {
                "table:orientation": "page",
                "loext:ignore-selected-page": "true" if is_several else None,
                "table:selected-page": several[0] if is_several else chosen,
            }
            _write_field(writer, table, number, page, has_members=bool(chosen) or is_several)
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
    """How the field's members are put together; ODF wants at least one group with a member named.

    A field that is put together itself names no source: LibreOffice looks for another field of that name otherwise, and
    a refreshed table is empty.
    """
    if cache.base is None or cache.base >= len(table.fields):
        return
    groups = [
        (name or "", members) for name, members in zip(cache.items, cache.groups, strict=False) if members
    ]
    base = table.fields[cache.base].cache
    attributes: dict[str, str | None] = {"table:source-field-name": base.name if base is not cache else ""}
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
        kind = SHOWN_AS.get(item.shown_as)
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
