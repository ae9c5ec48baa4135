"""Tables and autofilters as database ranges (ECMA-376 Part 1, 18.5, 18.3.2; ODF 1.3 Part 3, 9.4.15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.units import read_int, read_on_off
from converters.xlsx_to_ods.defined_names import filter_area
from converters.xlsx_to_ods.filters import write_filter
from converters.xlsx_to_ods.references import Area, read_area
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.structured_references import Table
from converters.xlsx_to_ods.styles import CellFormats
from converters.xlsx_to_ods.table_bands import BandedTable
from converters.xlsx_to_ods.workbook import Workbook


@dataclass(frozen=True, slots=True)
class DatabaseRange:
    """``autofilter`` is the element whose buttons and criteria the range has, or None."""

    name: str
    sheet: str
    area: Area
    autofilter: etree._Element | None
    header: bool = True


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table with the elements of its filter and of its style's use, where it has them."""

    table: Table
    autofilter: etree._Element | None
    style: etree._Element | None


def read_tables(package: Package, frame: SheetFrame, log: LossLog) -> list[SheetTable]:
    """The tables of a sheet."""
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
        table = Table(
            name=root.get("displayName") or root.get("name") or relationship.target,
            sheet=frame.name,
            area=area,
            columns=columns,
            header_rows=_count(root, "headerRowCount", 1),
            total_rows=_count(root, "totalsRowCount", 0),
            positions={name.lower(): index for index, name in enumerate(columns)},
        )
        found.append(SheetTable(table, root.find(qn("x:autoFilter")), root.find(qn("x:tableStyleInfo"))))
    return found


def banded_tables(tables: Sequence[SheetTable], formats: CellFormats, log: LossLog) -> list[BandedTable]:
    """The tables that have a style, each with the parts of it that are switched on (18.5.1.5)."""
    found = []
    for item in tables:
        name = item.style.get("name") if item.style is not None else None
        if item.style is None or not name:
            continue
        style, place = formats.table_style(name), Place("sheet", container=item.table.sheet)
        if style is None:
            log.report("TABLE_STYLE_DROPPED", place, style=name)
            continue
        if style:
            log.report("TABLE_STYLE_APPROXIMATED", place, style=name)
        shown = {
            part: read_on_off(item.style.get(flag), False)
            for part, flag in (
                ("row_stripes", "showRowStripes"),
                ("column_stripes", "showColumnStripes"),
                ("first_column", "showFirstColumn"),
                ("last_column", "showLastColumn"),
            )
        }
        table = item.table
        found.append(BandedTable(table.area, table.header_rows, table.total_rows, style, **shown))
    return found


def _count(root: etree._Element, name: str, default: int) -> int:
    value = read_int(root.get(name), default)
    return default if value is None else value


def plan_database_ranges(
    workbook: Workbook, frames: list[SheetFrame], tables: list[SheetTable]
) -> list[DatabaseRange]:
    """The tables under their names, and each sheet's autofilter, present or past, as LibreOffice names it."""
    ranges = [
        DatabaseRange(
            item.table.name, item.table.sheet, item.table.area, item.autofilter, item.table.header_rows > 0
        )
        for item in tables
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
