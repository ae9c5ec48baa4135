"""Stored formula results against recalculated ones: which differ, and why as far as it can be told."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

from converters.formula_results import EXCLUDED, Cause, Recalculation, ResultDifference
from converters.recalculation.cells import Cell, Position, Spreadsheet, Value
from converters.recalculation.precedents import Dependence, Precedents
from converters.xlsx_to_ods.references import cell_name

RELATIVE_TOLERANCE = 1e-11  # Excel stores 15 to 17 digits and calculates with as many as LibreOffice
ABSOLUTE_TOLERANCE = 1e-12  # what subtractions leave of nothing


VOLATILE = re.compile(
    r"(?<![\w.])(?:NOW|TODAY|RAND|RANDBETWEEN|COM\.MICROSOFT\.RANDARRAY|ORG\.LIBREOFFICE\.RAND\.NV"
    r"|ORG\.LIBREOFFICE\.RANDBETWEEN\.NV|INFO|CELL)\(",
    re.IGNORECASE,
)
LINK = re.compile(
    r"\['?(?:file|https?|smb):|'(?:file|https?|smb):[^']*'#|(?<![\w.])(?:DDE|COM\.MICROSOFT\.WEBSERVICE|RTD)\(",
    re.IGNORECASE,
)
# Functions whose results differ by method, unit constants or locale, by their OpenFormula names
# (LibreOffice help, "Functions by category"; ODF 1.3 Part 4, 6, notes on implementations).
DIFFERENT_FUNCTIONS = (
    "COM.MICROSOFT.FORECAST.ETS", "CONVERT", "DOLLAR", "GETPIVOTDATA", "LINEST", "LOGEST", "IRR", "XIRR", "RATE",
    "PHONETIC", "ASC", "JIS", "INDIRECT", "CELL", "TEXT", "NUMBERVALUE", "BESSELI", "BESSELJ", "BESSELK", "BESSELY",
    "DURATION", "MDURATION", "YIELD", "PRICE", "ODDFPRICE", "ODDFYIELD", "YEARFRAC", "BETAINV", "GAMMAINV", "IMDIV",
)  # fmt: skip
_DIFFERENT = re.compile(
    rf"(?<![\w.])({'|'.join(map(re.escape, DIFFERENT_FUNCTIONS))})(?:\.\w+)*\(", re.IGNORECASE
)


def compare(stored: Spreadsheet, recalculated: Spreadsheet, original: Spreadsheet | None) -> Recalculation:
    """Compare the results that a converted spreadsheet stores with those that LibreOffice calculates from it.

    ``original``: the source as LibreOffice calculates it, which tells whose fault a difference is; None where it could
    not be loaded.
    """
    differing: dict[Position, Cause] = {}
    causes: Counter[Cause] = Counter()
    for position, before in stored.cells.items():
        after = recalculated.cells.get(position)
        theirs = original.cells.get(position) if original is not None else None
        if not same(before, after):
            if _empty(before) and not before.text:
                if theirs is None or same(after, theirs):
                    causes[Cause.NOT_STORED] += 1
                else:
                    differing[position] = Cause.CONVERSION
            else:
                ours = theirs is not None and same(before, theirs)
                differing[position] = Cause.CONVERSION if ours else Cause.STORED
    causes_of = _Causes(stored, differing) if differing else None
    found = []
    for position, suspicion in differing.items():
        cause = causes_of.cause(position, suspicion) if causes_of else suspicion
        causes[cause] += 1
        if cause not in EXCLUDED:
            found.append(
                ResultDifference(
                    sheet=position[0],
                    cell=cell_name(*position[1:]),
                    formula=stored.cells[position].formula,
                    stored=shown(stored.cells[position]),
                    recalculated=shown(recalculated.cells.get(position)),
                    original=shown(original.cells.get(position) if original is not None else None),
                    cause=cause,
                )
            )
    counts = tuple((cause.value, causes[cause]) for cause in Cause if causes[cause])
    return Recalculation(len(stored.cells), len(found), counts, tuple(found))


class _Causes:
    """What is known of all differing cells together, for the cause of each."""

    def __init__(self, stored: Spreadsheet, differing: Mapping[Position, Cause]) -> None:
        self._stored = stored
        self._differing = differing
        self._precedents = Precedents(stored)
        self._links = Dependence(self._precedents, self._precedents.matching(LINK))
        self._volatile = Dependence(self._precedents, self._precedents.matching(VOLATILE))

    def cause(self, position: Position, suspicion: Cause) -> Cause:
        if self._links.on(position):
            return Cause.UNRESOLVED_LINK
        if self._volatile.on(position):
            return Cause.VOLATILE
        direct = self._precedents.direct(position)
        if any(found in self._differing for found in direct if found != position):
            return Cause.FOLLOWS
        formula = self._precedents.expanded(self._stored.cells[position].formula)
        return Cause.FUNCTION if suspicion is Cause.STORED and _DIFFERENT.search(formula) else suspicion


def same(first: Cell | None, second: Cell | None) -> bool:
    """Whether two results are the same: numbers within the tolerances, any two errors alike, nothing and no text."""
    if first is None or second is None:
        return (first or second) is None or _empty(first or second)
    if first.error or second.error:
        return bool(first.error) == bool(second.error)
    return same_value(first.value, second.value)


def _empty(cell: Cell | None) -> bool:
    return cell is None or (cell.value is None and not cell.error)


def same_value(first: Value, second: Value) -> bool:
    if isinstance(first, float) and isinstance(second, float):
        return math.isclose(first, second, rel_tol=RELATIVE_TOLERANCE, abs_tol=ABSOLUTE_TOLERANCE)
    return (first or "") == (second or "") if not isinstance(first, float) else first == second


def shown(cell: Cell | None) -> str:
    """A result for a person: its error, its text, or its number in full."""
    if cell is None:
        return ""
    if cell.error:
        return cell.error
    return f"{cell.value:.15g}" if isinstance(cell.value, float) else cell.value or ""
