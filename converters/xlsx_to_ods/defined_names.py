"""Defined names (ECMA-376 Part 1, 18.2.5) as named ranges and expressions (ODF 1.3 Part 3, 9.4.11 ff)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from converters.losses import LossLog, Place
from converters.odf.xmlwriter import XmlWriter
from converters.xlsx_to_ods.formulas import FormulaContext, Reference, Untranslatable, render, translate
from converters.xlsx_to_ods.references import (
    MAX_COLUMN,
    MAX_ROW,
    Area,
    quoted_sheet,
    read_area,
    split_sheet,
)
from converters.xlsx_to_ods.structured_references import grows_with_table
from converters.xlsx_to_ods.workbook import DefinedName, Workbook

_BUILT_IN = "_xlnm."
# built-in names (18.2.5) that stay names too; the others are carried as what they are alone
_PRINT_AREA, _PRINT_TITLES = "_xlnm.print_area", "_xlnm.print_titles"


def write_names(
    writer: XmlWriter, workbook: Workbook, sheet: int | None, context: FormulaContext, log: LossLog
) -> None:
    """Write the names of a sheet, or those of the workbook for None."""
    wanted = [item for item in workbook.names if item.sheet == sheet and _stays_a_name(item)]
    if not wanted:
        return
    base = workbook.sheets[sheet if sheet is not None else 0].name if workbook.sheets else ""
    with writer.element("table:named-expressions"):
        for item in wanted:
            _write_name(writer, item, base, context, log)


def _stays_a_name(item: DefinedName) -> bool:
    """Whether it is a name of a person, or a built-in one of a single area."""
    return not _is_built_in(item) or _usable(item) is not None


def _usable(item: DefinedName) -> tuple[Area, str] | None:
    """The area of a built-in name that stays one, and what it is usable as (ODF 1.3 Part 3, 19.707)."""
    areas = list(_areas(item.text))
    if len(areas) != 1:
        return None
    name, area = item.name.lower(), areas[0]
    if name == _PRINT_AREA:
        return area, "print-range"
    if name == _PRINT_TITLES and area.columns == MAX_COLUMN:
        return area, "repeat-row"
    if name == _PRINT_TITLES and area.rows == MAX_ROW:
        return area, "repeat-column"
    return None


def carried_names(workbook: Workbook, context: FormulaContext) -> frozenset[str]:
    """The names, in lower case, that formulas may use: those that can be carried over, of any scope, and tables'."""
    base = workbook.sheets[0].name if workbook.sheets else ""
    waiting = [item for item in workbook.names if not _is_built_in(item) and not item.function]
    while True:
        known = frozenset(context.tables) | {item.name.lower() for item in waiting}
        carried = [item for item in waiting if _is_translatable(item, replace(context, names=known), base)]
        if len(carried) == len(waiting):
            return known
        waiting = carried  # what refers to a name that is gone goes with it


def _is_translatable(item: DefinedName, context: FormulaContext, base: str) -> bool:
    try:
        translate(item.text, context, 1, base)
    except Untranslatable:
        return False
    return True


def _is_built_in(item: DefinedName) -> bool:
    return item.name.lower().startswith(_BUILT_IN)


def _write_name(
    writer: XmlWriter, item: DefinedName, base: str, context: FormulaContext, log: LossLog
) -> None:
    place = Place("name", container=item.name)
    usable = _usable(item)
    if usable is not None:
        sheet = split_sheet(item.text)[0] or base
        named = {"table:name": item.name, "table:base-cell-address": f"${quoted_sheet(base)}.$A$1"}
        address = usable[0].address(sheet, absolute=True)
        writer.empty(
            "table:named-range",
            {**named, "table:cell-range-address": address, "table:range-usable-as": usable[1]},
        )
        return
    if item.function:
        log.report("NAME_DROPPED", place, name=item.name)
        return
    try:
        pieces = translate(item.text, context, 1, base)
    except Untranslatable:
        log.report("NAME_DROPPED", place, name=item.name)
        return
    if grows_with_table(item.text):
        log.report("TABLE_REFERENCE_FIXED", place)
    text = render(pieces)
    attributes = {"table:name": item.name, "table:base-cell-address": f"${quoted_sheet(base)}.$A$1"}
    if len(pieces) == 1 and isinstance(pieces[0], Reference) and _is_cells(pieces[0]):
        writer.empty("table:named-range", {**attributes, "table:cell-range-address": text[1:-1]})
    else:
        writer.empty("table:named-expression", {**attributes, "table:expression": text})


def _is_cells(reference: Reference) -> bool:
    """Whether it is an area that ``table:cell-range-address`` can name: on a sheet of this file, without whole rows or columns."""
    first = reference.first
    return reference.first_sheet.startswith("$") and first.row is not None and first.column is not None


def print_areas(workbook: Workbook, sheet: int) -> list[Area]:
    """The print ranges of a sheet; whole columns and rows stay whole."""
    return list(_areas(workbook.built_in_name("Print_Area", sheet)))


def filter_area(workbook: Workbook, sheet: int) -> Area | None:
    """The area that a sheet was filtered in last, also where it has no filter any more."""
    return next(iter(_areas(workbook.built_in_name("_FilterDatabase", sheet))), None)


def print_titles(workbook: Workbook, sheet: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """(first and last row, first and last column) that repeat on every page."""
    rows = columns = None
    for area in _areas(workbook.built_in_name("Print_Titles", sheet)):
        if area.first_column == 1 and area.columns > 1_000 and rows is None:
            rows = (area.first_row, area.last_row)
        elif area.rows > 100_000 and columns is None:
            columns = (area.first_column, area.last_column)
    return rows, columns


def _areas(text: str | None) -> Iterable[Area]:
    for item in split_union(text or ""):
        area = read_area(split_sheet(item)[1])
        if area is not None:
            yield area


def split_union(text: str) -> list[str]:
    """The references of a union: commas inside a quoted sheet name do not separate."""
    items, quoted = [""], False
    for char in text:
        quoted ^= char == "'"
        if char == "," and not quoted:
            items.append("")
        else:
            items[-1] += char
    return [item.strip() for item in items]
