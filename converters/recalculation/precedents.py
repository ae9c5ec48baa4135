"""What a formula refers to: areas and names of OpenFormula (ODF 1.3 Part 4, 5.8, 5.11), and through them other cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from converters.recalculation.cells import Position, Spreadsheet
from converters.xlsx_to_ods.references import MAX_COLUMN, MAX_ROW, column_number

MAX_STEPS = 2_000_000
"""Cells that the searches of one spreadsheet look at before they give up."""
_LISTED_AREA = 4_096

_REFERENCE = re.compile(r"\[((?:'(?:[^']|'')*'|[^\[\]'])*)\]")
_CORNER = re.compile(
    r"(?:(?P<sheet>\$?(?:'(?:[^']|'')*'|[^.:']*)))?\.(?P<column>\$?[A-Z]{1,3})?(?P<row>\$?\d+)?(?=:|$)"
)
_STRING = re.compile(r'"(?:[^"]|"")*"')
_WORD = re.compile(r"[^\W\d][\w.\\?]*(?!\()")

Area = tuple[str, int, int, int, int]
"""(sheet, first row, first column, last row, last column); the sheet is ``""`` for the formula's own."""


@lru_cache(maxsize=65_536)
def areas_of(formula: str) -> tuple[Area, ...]:
    """The areas that a formula names, on whatever sheet; references to other documents are none."""
    found = []
    for match in _REFERENCE.finditer(formula):
        if "#" in match[1]:
            continue  # another document's, or #REF!
        corners = [corner for corner in _CORNER.finditer(match[1]) if corner["column"] or corner["row"]]
        if not corners:
            continue
        first, last = corners[0], corners[-1]
        rows = _span(first["row"], last["row"], int, MAX_ROW)
        columns = _span(first["column"], last["column"], column_number, MAX_COLUMN)
        found.append((_sheet(first["sheet"] or ""), rows[0], columns[0], rows[1], columns[1]))
    return tuple(found)


def _span(first: str | None, last: str | None, read: Callable[[str], int], limit: int) -> tuple[int, int]:
    """First and last number; without any, all: whole rows and columns."""
    numbers = [read(text.replace("$", "")) for text in (first, last) if text]
    return (min(numbers), max(numbers)) if numbers else (1, limit)


def _sheet(text: str) -> str:
    text = text.removeprefix("$")
    return text[1:-1].replace("''", "'") if text.startswith("'") else text


def words_of(formula: str) -> Iterator[str]:
    """What may be a name in a formula, in lower case."""
    for match in _WORD.finditer(_REFERENCE.sub(" ", _STRING.sub(" ", formula))):
        yield match[0].lower()


class Precedents:
    """The cells that a formula refers to."""

    def __init__(self, spreadsheet: Spreadsheet) -> None:
        self.spreadsheet = spreadsheet
        self._names = spreadsheet.names
        self._by_sheet: dict[str, list[Position]] = {}
        for position, cell in spreadsheet.cells.items():
            if cell.formula:
                self._by_sheet.setdefault(position[0], []).append(position)

    def matching(self, pattern: re.Pattern[str]) -> set[Position]:
        """The cells in whose formulas, or names there, a pattern is met."""
        return {
            position
            for position, cell in self.spreadsheet.cells.items()
            if cell.formula and pattern.search(self.expanded(cell.formula))
        }

    def expanded(self, formula: str) -> str:
        """A formula with the expressions of the names in it behind it."""
        if not self._names:
            return formula
        named = {word for word in words_of(formula) if word in self._names}
        return " ".join([formula, *(self._names[word] for word in sorted(named))])

    def direct(self, position: Position) -> Iterator[Position]:
        """The cells with formulas that a cell's formula refers to."""
        for sheet, top, left, bottom, right in areas_of(
            self.expanded(self.spreadsheet.cells[position].formula)
        ):
            sheet = sheet or position[0]
            if (bottom - top + 1) * (right - left + 1) <= _LISTED_AREA:
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        found = (sheet, row, column)
                        if found in self.spreadsheet.cells:
                            yield found
            else:
                for found in self._by_sheet.get(sheet, ()):
                    if top <= found[1] <= bottom and left <= found[2] <= right:
                        yield found


class Dependence:
    """Answers which cells depend on ``sources``; what one search learnt serves the next."""

    def __init__(self, precedents: Precedents, sources: Iterable[Position]) -> None:
        self._precedents = precedents
        self._reached = set(sources)
        self._clean: set[Position] = set()
        self._steps = 0

    def on(self, position: Position) -> bool:
        """Whether a cell is, or depends on, one of the sources; False where all searches together grow too large."""
        if not self._reached:
            return False
        seen, waiting = {position}, [position]
        while waiting:
            current = waiting.pop()
            if current in self._reached:
                self._reached.add(position)
                return True
            for found in self._precedents.direct(current):
                self._steps += 1
                if self._steps > MAX_STEPS:
                    return False
                if found not in seen and found not in self._clean:
                    seen.add(found)
                    waiting.append(found)
        self._clean |= seen
        return False
