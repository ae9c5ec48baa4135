"""Cell references: A1 notation of SpreadsheetML (18.2.1, 18.17.2.3) and addresses of OpenFormula (Part 4, 5.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})$")
_PLAIN_SHEET = re.compile(r"[^\W\d][\w]*$")


@cache
def column_number(letters: str) -> int:
    """``column_number("AA") == 27``; letters of any case."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@cache
def column_letters(number: int) -> str:
    """``column_letters(27) == "AA"``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells; rows and columns count from 1, both ends belong to it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def rows(self) -> int:
        return self.last_row - self.first_row + 1

    @property
    def columns(self) -> int:
        return self.last_column - self.first_column + 1

    @property
    def first_cell(self) -> str:
        return cell_name(self.first_row, self.first_column)

    @property
    def last_cell(self) -> str:
        return cell_name(self.last_row, self.last_column)

    def address(self, sheet: str, *, absolute: bool = False) -> str:
        """The area as a cell range address of ODF (Part 3, 18.3.5): ``'My sheet'.A1:'My sheet'.B3``."""
        quoted = quoted_sheet(sheet)
        first, last = self.first_cell, self.last_cell
        if absolute:
            quoted = "$" + quoted
            first, last = (re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cell) for cell in (first, last))
        return f"{quoted}.{first}:{quoted}.{last}"


def read_cell(text: str) -> tuple[int, int] | None:
    """(row, column) of ``"B7"`` or ``"$B$7"``; None where it is no cell of a sheet."""
    match = _CELL.match(text)
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if 1 <= row <= MAX_ROW and column <= MAX_COLUMN else None


def read_area(text: str) -> Area | None:
    """The area of ``"A1:B3"``, ``"A1"``, ``"A:C"`` or ``"2:5"``; None where it is none. Corners in any order."""
    first, _, last = text.replace("$", "").partition(":")
    last = last or first
    if first.isalpha() and last.isalpha() and max(len(first), len(last)) <= 3:
        columns = sorted((column_number(first), column_number(last)))
        return Area(1, columns[0], MAX_ROW, min(columns[1], MAX_COLUMN)) if columns[0] <= MAX_COLUMN else None
    if first.isdecimal() and last.isdecimal() and max(len(first), len(last)) <= 7:
        rows = sorted((int(first), int(last)))
        return Area(rows[0], 1, min(rows[1], MAX_ROW), MAX_COLUMN) if 1 <= rows[0] <= MAX_ROW else None
    corners = read_cell(first), read_cell(last)
    if corners[0] is None or corners[1] is None:
        return None
    (row_a, column_a), (row_b, column_b) = corners[0], corners[1]
    return Area(min(row_a, row_b), min(column_a, column_b), max(row_a, row_b), max(column_a, column_b))


def read_areas(sqref: str) -> Iterator[Area]:
    """The areas of an ``ST_Sqref``: separated by spaces; what is no reference is passed over (18.18.76)."""
    for item in sqref.split():
        area = read_area(item)
        if area is not None:
            yield area


@cache
def quoted_sheet(name: str) -> str:
    """A sheet's name in an address: quoted unless it is a plain word (OpenFormula 5.8, QuotedSheetName)."""
    return name if _PLAIN_SHEET.match(name) and not _CELL.match(name) else "'" + name.replace("'", "''") + "'"


def split_sheet(reference: str) -> tuple[str, str]:
    """(sheet, reference) of ``'My sheet'!A1``; the sheet is ``""`` where none is named."""
    sheet, mark, rest = reference.rpartition("!")
    if not mark:
        return "", reference
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, rest
