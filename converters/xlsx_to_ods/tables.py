"""Tables and autofilters as database ranges (ECMA-376 Part 1, 18.5, 18.3.2; ODF 1.3 Part 3, 9.4.15)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.units import read_int
from converters.xlsx_to_ods.defined_names import filter_area
from converters.xlsx_to_ods.filters import write_filter
from converters.xlsx_to_ods.references import Area, read_area
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.structured_references import Table
from converters.xlsx_to_ods.workbook import Workbook


@dataclass(frozen=True, slots=True)
class DatabaseRange:
    """``autofilter`` is the element whose buttons and criteria the range has, or None."""

    name: str
    sheet: str
    area: Area
    autofilter: etree._Element | None
    header: bool = True


def read_tables(
    package: Package, frame: SheetFrame, log: LossLog
) -> list[tuple[Table, etree._Element | None]]:
    """The tables of a sheet, each with its autofilter element."""
    found = []
    for identifier in frame.table_ids:
        relationship = package.relationships(frame.part).get(identifier)
        place = Place("sheet", container=frame.name)
        if relationship is None or relationship.external:
            log.report("RELATIONSHIP_DANGLING", place, id=identifier)
            continue
        try:
            root = package.read_xml(relationship.target)
        except Refused as error:
            log.report("PART_DAMAGED", place, detail=str(error))
            continue
        area = read_area(root.get("ref", ""))
        if area is None:
            log.report("PART_DAMAGED", place, detail=relationship.target)
            continue
        columns = tuple(item.get("name", "") for item in root.iter(qn("x:tableColumn")))
        style = root.find(qn("x:tableStyleInfo"))
        if style is not None and style.get("name"):
            log.report("TABLE_STYLE_DROPPED", place, style=style.get("name", ""))
        table = Table(
            name=root.get("displayName") or root.get("name") or relationship.target,
            sheet=frame.name,
            area=area,
            columns=columns,
            header_rows=_count(root, "headerRowCount", 1),
            total_rows=_count(root, "totalsRowCount", 0),
            positions={name.lower(): index for index, name in enumerate(columns)},
        )
        found.append((table, root.find(qn("x:autoFilter"))))
    return found


def _count(root: etree._Element, name: str, default: int) -> int:
    value = read_int(root.get(name), default)
    return default if value is None else value


def plan_database_ranges(
    workbook: Workbook, frames: list[SheetFrame], tables: list[tuple[Table, etree._Element | None]]
) -> list[DatabaseRange]:
    """The tables under their names, and each sheet's autofilter, present or past, as LibreOffice names it."""
    ranges = [
        DatabaseRange(table.name, table.sheet, table.area, autofilter, table.header_rows > 0)
        for table, autofilter in tables
    ]
    for index, frame in enumerate(frames):
        if frame.autofilter is not None:
            area = read_area(frame.autofilter.get("ref", ""))
        else:
            area = filter_area(workbook, index)
        if area is not None:
            ranges.append(DatabaseRange(f"__Anonymous_Sheet_DB__{index}", frame.name, area, frame.autofilter))
    return ranges


def write_database_ranges(writer: XmlWriter, ranges: list[DatabaseRange], log: LossLog) -> None:
    if not ranges:
        return
    with writer.element("table:database-ranges"):
        for item in ranges:
            attributes = {
                "table:name": item.name,
                "table:target-range-address": item.area.address(item.sheet),
                "table:display-filter-buttons": "true" if item.autofilter is not None else None,
                "table:contains-header": None if item.header else "false",
            }
            with writer.element("table:database-range", attributes):
                if item.autofilter is not None:
                    write_filter(writer, item.autofilter, item.sheet, log)
