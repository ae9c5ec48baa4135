"""The pivot tables of a workbook, made ready to be written, and what of them ODF does not say.

Their cells stay as they are until a person refreshes them; where the file stores none, they are laid out from the cache.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.ooxml.package import Package
from converters.ooxml.xml import children
from converters.support import Support
from converters.xlsx_to_ods.merge_borders import corner_styles
from converters.xlsx_to_ods.pivot_caches import PivotCache, read_pivot_cache
from converters.xlsx_to_ods.pivot_model import SHOWN_AS, PivotTable, read_pivot_table
from converters.xlsx_to_ods.pivot_records import has_values, read_pivot_records
from converters.xlsx_to_ods.pivot_results import PivotResult, ResultCell, lay_out
from converters.xlsx_to_ods.references import Area
from converters.xlsx_to_ods.row_layout import CellExtra
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.structured_references import Table
from converters.xlsx_to_ods.styles import CellFormats
from converters.xlsx_to_ods.text_items import paragraphs
from converters.xlsx_to_ods.workbook import Workbook

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
class Pilot:
    """A table ready to be written: its part and sheet, the address of its data, and the cells that its file leaves out."""

    part: str
    sheet: str
    source: str
    table: PivotTable
    cells: tuple[ResultCell, ...] = ()
    data_styles: Mapping[int, int] = field(
        default_factory=dict
    )  # field -> index of the cell format of its data


def read_pivot_tables(
    package: Package,
    workbook: Workbook,
    frames: Sequence[SheetFrame],
    tables: Mapping[str, Table],
    log: LossLog,
) -> list[Pilot]:
    """The pivot tables of all sheets that ODF can say."""
    parts = {frame.name: frame.part for frame in frames}
    found: dict[str, Pilot] = {}
    for frame in frames:
        for relationship in package.relationships(frame.part).values() if frame.part else ():
            if relationship.kind != "pivotTable" or relationship.external:
                continue
            place = Place("sheet", container=frame.name, part=relationship.target)
            try:
                pilot = _read(package, relationship.target, frame.name, workbook, tables, parts, log, place)
            except Refused as error:
                log.report("PART_DAMAGED", place, detail=str(error))
                continue
            if pilot is not None:
                found[relationship.target] = pilot
    return list(found.values())


def _read(
    package: Package,
    part: str,
    sheet: str,
    workbook: Workbook,
    tables: Mapping[str, Table],
    sheet_parts: Mapping[str, str],
    log: LossLog,
    place: Place,
) -> Pilot | None:
    cache_part = package.related_part(part, "pivotCacheDefinition")
    if cache_part is None:
        return None
    cache_root = package.read_xml(cache_part)
    cache = read_pivot_cache(cache_root, workbook, tables, frozenset(sheet_parts))
    root = package.read_xml(part)
    table = read_pivot_table(root, cache) if cache is not None else None
    if cache is None or table is None:
        return None
    _report(root, table, log, place)
    if cache.has_calculated_items:
        log.report("PIVOT_PART_DROPPED", place, part="calculatedItems")
    pilot = Pilot(part, sheet, cache.area.address(cache.sheet), table)
    if not cache.is_refreshed_on_load:
        return pilot
    if has_values(package, sheet_parts[sheet], table.area):
        log.report("PIVOT_REFRESH_DROPPED", place, name=table.name)
        return pilot
    result = _result(package, cache_part, cache_root, cache, table)
    if result is None or has_values(package, sheet_parts[sheet], result.area):
        log.report("PIVOT_RESULT_MISSING", place, name=table.name)
        return pilot
    log.report("PIVOT_RESULT_CALCULATED", place, name=table.name)
    return replace(
        pilot,
        table=replace(table, area=result.area),
        cells=result.cells,
        data_styles=_data_styles(package, sheet_parts[cache.sheet], cache.area),
    )


def _result(
    package: Package, cache_part: str, cache_root: etree._Element, cache: PivotCache, table: PivotTable
) -> PivotResult | None:
    """The table's cells from the records of its cache; None where these are not those of its source."""
    part = package.related_part(cache_part, "pivotCacheRecords")
    records = read_pivot_records(package.read_xml(part), cache_root) if part is not None else []
    width = sum(field.base is None and not field.is_calculated for field in cache.fields)
    if len(records) != cache.area.rows - 1 or any(len(record) != width for record in records):
        return None
    return lay_out(table, records)


def _data_styles(package: Package, part: str, source: Area) -> dict[int, int]:
    """The cell format of each field's first value in the source, by the field's number."""
    row = source.first_row + 1
    cells = [Area(row, column, row, column) for column in range(source.first_column, source.last_column + 1)]
    found = corner_styles(package, part, cells)
    return {column - source.first_column: index for (_row, column), index in found.items()}


def pivot_cells(pilot: Pilot, formats: CellFormats, extras: dict[int, dict[int, CellExtra]]) -> None:
    """Put the cells that were laid out for a table on its sheet."""
    for cell in pilot.cells:
        extra = extras.setdefault(cell.row, {}).setdefault(cell.column, CellExtra())
        if isinstance(cell.value, str):
            extra.attributes = ' office:value-type="string"'
            extra.after = paragraphs(cell.value) + extra.after
            continue
        number_id = cell.data.number_id if cell.data is not None else None
        index = pilot.data_styles.get(cell.field) if cell.field is not None else None
        extra.style = formats.number_style(index, number_id)
        extra.attributes = f' office:value-type="float" office:value="{cell.value!r}"'


def _report(root: etree._Element, table: PivotTable, log: LossLog, place: Place) -> None:
    """What the written table does not say of this one."""
    for element in children(root):
        code = PIVOT_TABLE.loss_code(element.tag)
        if code == "PIVOT_STYLE_DROPPED":
            if element.get("name"):
                log.report(code, place, style=element.get("name", ""))
        elif PIVOT_TABLE.handler(element.tag) is None:
            PIVOT_TABLE.report(element.tag, log, place)
    for shown in table.fields:
        if shown.cache.is_calculated:
            log.report("PIVOT_PART_DROPPED", place, part=f"{shown.cache.name} (calculated field)")
        unnamed = sum(member.is_hidden and member.name is None for member in shown.members)
        if unnamed:
            log.report("PIVOT_PART_DROPPED", place, part=f"{shown.cache.name} (hidden dates)")
    for item in table.data:
        if item.shown_as not in ("normal", *SHOWN_AS):
            log.report("PIVOT_PART_DROPPED", place, part=f"{item.name} ({item.shown_as})")
