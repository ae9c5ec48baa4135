"""Cells of an ODF spreadsheet, package or flat, streamed: formula, value, shown text (ODF 1.3 Part 3, 9.1, 19.385 ff)."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from lxml import etree

from converters.errors import Refused
from converters.odf.namespaces import qn

Position = tuple[str, int, int]
"""(sheet, row, column); rows and columns count from 1."""
Value = float | str | None
"""A number, a text, or None for an empty result; what is an error is told apart by ``Cell.error``."""

MAX_CELLS = 20_000_000  # of which no more than a sheet's worth is repeated
_MAX_REPEATED = 1 << 14
_TABLE, _ROW = qn("table:table"), qn("table:table-row")
_CELLS = (qn("table:table-cell"), qn("table:covered-table-cell"))
_NAMED = (qn("table:named-range"), qn("table:named-expression"))
_P = qn("text:p")
_FORMULA, _TYPE, _CALC_TYPE = qn("table:formula"), qn("office:value-type"), qn("calcext:value-type")
_ROWS, _COLUMNS = qn("table:number-rows-repeated"), qn("table:number-columns-repeated")
_MATRIX = (qn("table:number-matrix-rows-spanned"), qn("table:number-matrix-columns-spanned"))
_DURATION = re.compile(r"(-?)PT?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$")
_SPACES = {qn("text:tab"): "\t", qn("text:line-break"): "\n"}
_S, _C, _ANNOTATION = qn("text:s"), qn("text:c"), qn("office:annotation")
_FAKE_SHEET = "'file:"  # a cached sheet of another document


@dataclass(frozen=True, slots=True)
class Cell:
    """``formula`` is OpenFormula, ``""`` for none. ``error`` is the shown error of an error value, else ``""``.

    ``rows`` and ``columns`` are those of the matrix whose first cell it is; 1 and 1 elsewhere.
    """

    formula: str
    value: Value
    error: str
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Spreadsheet:
    """``cells`` that are not empty; ``names``: expressions of defined names, in lower case."""

    cells: dict[Position, Cell] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def read_spreadsheet(path: Path, *, formulas_only: bool = True) -> Spreadsheet:
    """The cells of an ODF package or flat ODF file; with ``formulas_only`` those with a formula, or of a matrix.

    Raises Refused: DAMAGED_ZIP, MISSING_PART, DAMAGED_XML; LIMIT_PART_SIZE where there are too many cells.
    """
    try:
        with _opened(path) as stream:
            return _read(stream, formulas_only)
    except etree.XMLSyntaxError as error:
        raise Refused("DAMAGED_XML", part="content.xml", detail=str(error)) from None
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise Refused("DAMAGED_ZIP", detail=str(error)) from None
    except KeyError:
        raise Refused("MISSING_PART", part="content.xml") from None


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
            yield stream
    else:
        with path.open("rb") as stream:
            yield stream


def _read(stream: IO[bytes], formulas_only: bool) -> Spreadsheet:
    found = Spreadsheet()
    sheet, row, depth = "", 1, 0
    matrices: list[tuple[int, int, int, int]] = []
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
    )
    for event, element in events:
        if element.tag == _TABLE:
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                sheet, row, matrices = element.get(qn("table:name"), ""), 1, []
            elif depth == 0:
                element.clear()
        elif event == "end" and element.tag == _ROW and depth == 1:
            repeated = _count(element.get(_ROWS))
            matrices = [matrix for matrix in matrices if matrix[2] >= row]
            if not sheet.startswith(_FAKE_SHEET):
                _add_row(found, element, sheet, row, repeated, matrices, formulas_only)
            row += repeated
            element.clear()
        elif event == "end" and element.tag in _NAMED:
            expression = element.get(qn("table:expression")) or element.get(
                qn("table:cell-range-address"), ""
            )
            found.names[element.get(qn("table:name"), "").lower()] = expression
    return found


def _add_row(
    found: Spreadsheet,
    element: etree._Element,
    sheet: str,
    row: int,
    repeated: int,
    matrices: list[tuple[int, int, int, int]],
    formulas_only: bool,
) -> None:
    """Add the cells of a row; ``matrices`` are (first row, first column, last row, last column) met so far."""
    column = 1
    for item in element:
        if item.tag not in _CELLS:
            continue
        count = _count(item.get(_COLUMNS))
        formula = item.get(_FORMULA, "")
        kind = item.get(_CALC_TYPE) or item.get(_TYPE)
        if formula or kind is not None:
            cell = _cell(item, formula, kind)
            if cell.rows > 1 or cell.columns > 1:
                matrices.append((row, column, row + cell.rows - 1, column + cell.columns - 1))
            for below in range(min(repeated, _MAX_REPEATED)):
                for right in range(min(count, _MAX_REPEATED)):
                    if formula or not formulas_only or _in_matrix(matrices, row + below, column + right):
                        found.cells[sheet, row + below, column + right] = cell
            if len(found.cells) > MAX_CELLS:
                raise Refused("LIMIT_PART_SIZE", part="content.xml")
        column += count


def _in_matrix(matrices: list[tuple[int, int, int, int]], row: int, column: int) -> bool:
    return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in matrices)


def _count(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 1


def _cell(item: etree._Element, formula: str, kind: str | None) -> Cell:
    text = "\n".join(_text(paragraph) for paragraph in item.iterchildren(_P))
    rows, columns = (_count(item.get(name)) for name in _MATRIX)
    if kind == "error":
        return Cell(formula, None, text or "#VALUE!", text, rows, columns)
    return Cell(formula, _value(item.attrib, kind, text), "", text, rows, columns)


def _value(attributes: Mapping[str, str], kind: str | None, text: str) -> Value:
    """The value as a number or text: dates as days since 1899-12-30, durations in days, booleans as 0 and 1."""
    if kind in ("float", "percentage", "currency"):
        try:
            return float(attributes.get(qn("office:value"), ""))
        except ValueError:
            return text or None
    if kind == "boolean":
        return 1.0 if attributes.get(qn("office:boolean-value")) == "true" else 0.0
    if kind == "date":
        return _days(attributes.get(qn("office:date-value"), ""), text)
    if kind == "time":
        return _duration(attributes.get(qn("office:time-value"), ""), text)
    if kind == "string":
        return attributes.get(qn("office:string-value")) or text or None
    return None


def _days(iso: str, text: str) -> Value:
    try:
        return (datetime.fromisoformat(iso[:26]) - datetime(1899, 12, 30)).total_seconds() / 86_400
    except ValueError:
        return iso or text


def _duration(iso: str, text: str) -> Value:
    match = _DURATION.match(iso)
    if match is None:
        return iso or text
    hours, minutes, seconds = (float(part or 0) for part in match.groups()[1:])
    days = (hours * 3600 + minutes * 60 + seconds) / 86_400
    return -days if match[1] else days


def _text(paragraph: etree._Element) -> str:
    """The text of a paragraph with its spaces, tabs and line breaks; without comments."""
    chunks = [paragraph.text or ""]
    for item in paragraph:
        if item.tag == _S:
            chunks.append(" " * min(_count(item.get(_C)), _MAX_REPEATED))
        elif item.tag in _SPACES:
            chunks.append(_SPACES[item.tag])
        elif item.tag != _ANNOTATION:
            chunks.append(_text(item))
        chunks.append(item.tail or "")
    return "".join(chunks)
