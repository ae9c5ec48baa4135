"""Every cell of real workbooks, read by two independent readers: no value or type differs without an announced loss."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from converters.errors import Refused
from converters.losses import LossLog
from converters.odf.namespaces import qn
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.package import Package
from converters.options import Options
from converters.xlsx_to_ods import convert

EVERY, MOST_BYTES = 4, 150_000
# losses that say of a value that it is not what it was
_ANNOUNCED = ("VALUE_KEPT_AS_TEXT", "SHARED_STRING_MISSING", "CELL_MISPLACED", "PART_DAMAGED")
_FORMULAS = ("FORMULA_NOT_TRANSLATED", "EXTERNAL_REFERENCE_DROPPED")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DURATION = re.compile(r"PT(\d+)H(\d+)M([\d.]+)S")

Value = tuple[str, Any]
Cells = dict[tuple[int, int], tuple[Value, bool]]  # by row and column: value, whether a formula stands there


def source_sheets(path: Path) -> Iterator[tuple[str, Cells]]:
    """Each worksheet as openpyxl reads it, dates as the serial numbers they are stored as."""
    values = load_workbook(path, read_only=True, data_only=True)
    formulas = load_workbook(path, read_only=True, data_only=False)
    for workbook in (values, formulas):
        workbook._date_formats = set()
        workbook._timedelta_formats = set()
    for sheet in [*values.worksheets, *formulas.worksheets]:
        sheet.reset_dimensions()  # what a file says of its used area may be wrong
    for sheet in values.worksheets:
        with_formula = {
            (cell.row, cell.column)
            for row in formulas[sheet.title].iter_rows()
            for cell in row
            if cell.value is not None and cell.data_type == "f"
        }
        found: Cells = {}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    where = (cell.row, cell.column)
                    found[where] = (_source_value(cell.data_type, cell.value), where in with_formula)
        yield sheet.title, found


def _source_value(kind: str, value: Any) -> Value:
    if kind == "e":
        return "error", value
    if isinstance(value, bool):
        return "boolean", value
    if isinstance(value, int | float):
        return "number", float(value)
    if isinstance(value, date | time | timedelta):
        return "date", value
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), str(value))
    return "string", _FORBIDDEN.sub("", re.sub("\r\n?", "\n", text))


def target_sheets(path: Path) -> Iterator[tuple[str, Cells]]:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("content.xml"), etree.XMLParser(huge_tree=True))
    null = root.find(f".//{qn('table:null-date')}")
    epoch = date.fromisoformat(null.get(qn("table:date-value"))) if null is not None else date(1899, 12, 30)
    for table in root.iterfind(f"{qn('office:body')}/*/{qn('table:table')}"):
        found: Cells = {}
        number = 1
        for row in table.iter(qn("table:table-row")):
            column = 1
            for cell in row:
                formula = cell.get(qn("table:formula")) is not None
                kind = cell.get(qn("office:value-type"))
                if kind is not None:
                    found[(number, column)] = (_target_value(cell, kind, epoch), formula)
                column += int(cell.get(qn("table:number-columns-repeated"), "1"))
            number += int(row.get(qn("table:number-rows-repeated"), "1"))
        yield table.get(qn("table:name")), found


def _target_value(cell: etree._Element, kind: str, epoch: date) -> Value:
    text = "\n".join(_text(paragraph) for paragraph in cell.iterfind(qn("text:p")))
    if kind == "string":
        is_error = cell.get(qn("calcext:value-type")) == "error"
        return ("error" if is_error else "string"), text
    if kind == "boolean":
        return "boolean", cell.get(qn("office:boolean-value")) == "true"
    if kind == "date":
        moment = datetime.fromisoformat(cell.get(qn("office:date-value"))[:19])
        _, _, decimals = cell.get(qn("office:date-value")).partition(".")
        seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + float(f"0.{decimals or 0}")
        return "number", (moment.date() - epoch).days + seconds / 86_400
    if kind == "time":
        hours, minutes, rest = _DURATION.fullmatch(cell.get(qn("office:time-value"))).groups()
        days, hour = divmod(int(hours), 24)
        return "number", days + (hour * 3600 + int(minutes) * 60 + float(rest)) / 86_400
    return "number", float(cell.get(qn("office:value")))


def _text(element: etree._Element) -> str:
    parts = [element.text or ""]
    for item in element:
        local = etree.QName(item).localname
        if local == "s":
            parts.append(" " * int(item.get(qn("text:c"), "1")))
        else:
            parts.append({"tab": "\t", "line-break": "\n"}.get(local) or _text(item))
        parts.append(item.tail or "")
    return "".join(parts)


def differences(source: Path, target: Path) -> list[str]:
    """What the target's cells say otherwise than the source's, less as many as its losses announce.

    Raises Refused where the source is.
    """
    log = LossLog()
    with Package(source) as opened, OdfPackage(target, MEDIA_TYPES["ods"]) as odf:
        convert(opened, odf, Options(), log)
    announced: Counter[str] = Counter()
    calculated: set[str] = set()  # sheets of pivot tables whose figures the source does not store
    for loss in log.losses():
        announced[loss.code] += loss.count
        if loss.code == "PIVOT_RESULT_CALCULATED":
            calculated |= {place.container for place in loss.examples}
    found: list[str] = []
    without_formula: list[str] = []
    sheets = dict(target_sheets(target))
    for name, cells in source_sheets(source):
        there = sheets[name]
        for where in sorted({*cells, *there}):
            expected, expected_formula = cells.get(where, (None, False))
            actual, actual_formula = there.get(where, (None, False))
            if expected in (("string", ""), None) and actual in (("string", ""), None):
                continue
            if expected is None and name in calculated:
                continue
            if expected != actual and not (expected and expected[0] == "date"):
                found.append(f"{name} {where}: {expected} became {actual}")
            if expected_formula and not actual_formula:
                without_formula.append(f"{name} {where}: formula")
    return (
        found[sum(announced[code] for code in _ANNOUNCED) :]
        + without_formula[sum(announced[code] for code in _FORMULAS) :]
    )


@pytest.mark.corpus
def test_no_value_of_a_real_workbook_changes_in_silence(corpus: Path, tmp_path: Path) -> None:
    small = [path for path in sorted((corpus / "xlsx").iterdir()) if path.stat().st_size < MOST_BYTES]
    compared = 0
    for path in small[::EVERY]:
        try:
            found = differences(path, tmp_path / "target.ods")
        except Refused:
            continue
        assert not found, (path.name, found[:5])
        compared += 1
    assert compared >= 20
