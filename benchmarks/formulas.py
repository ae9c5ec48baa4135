"""Formulas and shown text of the native engine, against LibreOffice's own reading of the same workbooks.

    python benchmarks/formulas.py [--limit N] [--list N] [--only formulas|text] FOLDER|FILE...

Formulas: original and result are both calculated anew by LibreOffice; a formula is accepted where LibreOffice shows no
error that it does not show for the original, and agrees where both results are the same. Text: both are opened as
they are saved; every cell shows the same text or not. Two shares are printed for each: the strict one leaves out
volatile functions and unresolved links alone, the other one also what LibreOffice itself makes of the original
(references that it cannot read, pivot tables that it lays out anew). Every cell outside is listed with its cause.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from xml.sax.saxutils import unescape

from converters import identify
from converters.engines import Conversion, convert_all
from converters.kinds import SPREADSHEET
from converters.libreoffice.recalculate import flat_spreadsheets
from converters.outcome import Engine
from converters.recalculation.cells import Cell, Position, Spreadsheet, read_spreadsheet
from converters.recalculation.compare import LINK, VOLATILE, same
from converters.recalculation.precedents import Dependence, Precedents
from converters.xlsx_to_ods.references import cell_name

FILES_A_START = 12
SECONDS_A_START = 600
MEGABYTES = 3_000

# how LibreOffice reads a logical value or an error that is no formula
_CONSTANT = re.compile(r"of:=(?:TRUE\(\)|FALSE\(\)|#[A-Z/0]+[!?]?)")
_PIVOT = re.compile(r'table:target-range-address="([^"]*)"')

# how LibreOffice writes what it could not read -> what stood there; another formula follows a cell of this kind
_UNREAD = {
    re.compile(r"[^\s'$;(]\.[^\s'$;(]+!\$?[a-z]"): "a sheet name with a full stop, without quotes",
    re.compile(r"\[(?![.$'#])[^\]]+\]"): "a column of the table around the cell",
    re.compile(r"(?<![A-Z.])[a-z][a-z_.]*\("): "a function under a name that it does not know",
}
_FOLLOWS = "cells that follow one of these, or a name"

UNRESOLVED, UNSETTLED = "unresolved link", "volatile"
ERROR = "LibreOffice shows an error for the original, the result shows what is stored"
OTHERWISE = "LibreOffice calculates the original otherwise than stored, the result is as stored"
OPENED = "LibreOffice calculates the cell of the result when opening it, the result is as stored"
KEPT = "kept as a value and reported as such"
PIVOTS = "on a sheet whose pivot table LibreOffice lays out anew"
PIVOTS_WITHOUT_FIGURES = ("PIVOT_REFRESH_DROPPED", "PIVOT_RESULT_CALCULATED", "PIVOT_RESULT_MISSING")
REFRESHED = "of a sheet whose pivot table Excel refreshes when opening the file, reported"
LINKED = (UNSETTLED, UNRESOLVED)
"""What no comparison can settle."""
MISREAD = (ERROR, OTHERWISE, OPENED, KEPT, PIVOTS)
"""What LibreOffice, not the conversion, is to answer for; outside all the same where the share is strict."""

AT_ODDS, AS_STORED = "at odds with what is stored", "there the result is as stored"

Reported = frozenset[tuple[str, str, str]]
"""(code, sheet, cell) of losses; of more than have examples, (code, sheet, "")."""
Pair = tuple[Path, Path, Reported]
"""Source, target, and what is reported of it."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--list", type=int, default=10, help="cells listed a file")
    parser.add_argument("--only", choices=("formulas", "text"))
    options = parser.parse_args()
    files = [
        file
        for source in options.sources
        for file in (sorted(source.iterdir()) if source.is_dir() else [source])
    ]
    files = [file for file in files if identify(file).family == SPREADSHEET][: options.limit]
    with tempfile.TemporaryDirectory() as folder:
        pairs = list(_converted(files, Path(folder)))
        if options.only != "text":
            _formulas(pairs, options.list)
        if options.only != "formulas":
            _text(pairs, options.list)


def _converted(files: list[Path], folder: Path) -> Iterator[Pair]:
    wishes = [Conversion(file, folder / f"{file.name}.ods", Engine.NATIVE) for file in files]
    for conversion, outcome in convert_all(wishes, jobs=1):
        if outcome.target:
            reported = frozenset(
                (loss.code, place.container, place.cell if loss.count == len(loss.examples) else "")
                for loss in outcome.losses
                for place in loss.examples
            )
            yield conversion.source, conversion.target, reported
        else:
            print(f"not converted: {conversion.source.name}: {outcome.error}")


def _opened(
    pairs: list[Pair], *, recalculate: bool
) -> Iterator[tuple[Pair, Spreadsheet, Spreadsheet, Spreadsheet]]:
    """(pair, LibreOffice's reading of the source, of the result, the result as stored), several files a start."""
    for first in range(0, len(pairs), FILES_A_START):
        some = pairs[first : first + FILES_A_START]
        documents = [(source, identify(source).kind) for source, _target, _reported in some]
        documents += [(target, "ods") for _source, target, _reported in some]
        with ExitStack() as stack:
            flat = stack.enter_context(
                flat_spreadsheets(
                    documents,
                    recalculate=recalculate,
                    timeout_seconds=SECONDS_A_START,
                    memory_megabytes=MEGABYTES,
                )
            )
            for index, pair in enumerate(some):
                source, target, _reported = pair
                theirs, ours = flat[index], flat[len(some) + index]
                if theirs is None:
                    print(f"LibreOffice cannot open the original: {source.name}")
                elif ours is None:
                    print(f"LIBREOFFICE CANNOT OPEN THE RESULT: {source.name}")
                else:
                    read = [
                        read_spreadsheet(path, formulas_only=recalculate) for path in (theirs, ours, target)
                    ]
                    yield pair, read[0], read[1], read[2]


# -- formulas ------------------------------------------------------------------------------------------------------


def _formulas(pairs: list[Pair], listed: int) -> None:
    totals: Counter[str] = Counter()
    for (source, _target, reported), theirs, ours, stored in _opened(pairs, recalculate=True):
        counts, lines = _compare_formulas(theirs, ours, stored, reported)
        totals.update(counts)
        _print_listed(source, counts, lines, listed)
    print(f"formulas {totals['formulas']}, carried over {totals['carried']}, accepted {totals['accepted']}")
    kept = totals.pop("agree, kept", 0)
    print(f"  of those that agree, kept as values and reported: {kept}")
    at_odds, as_stored = totals.pop(AT_ODDS, 0), totals.pop(AS_STORED, 0)
    unread = {why: totals.pop(why) for why in (*_UNREAD.values(), _FOLLOWS) if why in totals}
    _print_shares("agree", totals, "formulas", "agree")
    compared = totals["formulas"] - sum(totals[cause] for cause in LINKED)
    settled = totals["agree"] + as_stored
    print(f"where LibreOffice does not calculate from the original what Excel stored: {at_odds} cells,")
    print(f"  of which it could not read: {unread}")
    print(f"  the result is what Excel stored in {as_stored} of them")
    print(
        f"agree, with what Excel stored as the arbiter there: {settled} of {compared}: {100 * settled / max(1, compared):.3f} %"
    )


def _compare_formulas(
    theirs: Spreadsheet, ours: Spreadsheet, stored: Spreadsheet, reported: Reported
) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    lines = []
    unsettled = _unsettled(ours)
    for position in sorted(theirs.cells.keys() | ours.cells.keys()):
        before, after, saved = (sheet.cells.get(position) for sheet in (theirs, ours, stored))
        if not _is_formula(before) and not _is_formula(after):
            continue
        counts["formulas"] += 1
        counts["carried"] += _is_formula(after)
        rejected = after is not None and after.error.startswith("Err:5") and not (before and before.error)
        counts["accepted"] += _is_formula(after) and not rejected
        kept = not _is_formula(after) and _is_kept(position, reported)
        if after is not None and _is_formula(before) and same(before, after) and (kept or _is_formula(after)):
            counts["agree"] += 1
            counts["agree, kept"] += kept
            continue
        if not _is_formula(after):
            cause = KEPT if kept else "not carried over"
        else:
            cause = unsettled(position) or _otherwise(before, after, saved) or "different result"
            if cause not in LINKED and before is not None and not same(before, saved):
                counts[AT_ODDS] += 1
                counts[AS_STORED] += same(after, saved)
                counts[_unread(before)] += 1
        counts[cause] += 1
        lines.append(f"{_name(position)} {cause}: {_told(before)} | {_told(after)} | stored {_told(saved)}")
    return counts, lines


def _is_formula(cell: Cell | None) -> bool:
    """Of a cell read with formulas alone: it has one, or is of a matrix."""
    return cell is not None and not _CONSTANT.fullmatch(cell.formula)


def _unread(cell: Cell) -> str:
    """What LibreOffice could not read in the original's formula."""
    return next((why for pattern, why in _UNREAD.items() if pattern.search(cell.formula)), _FOLLOWS)


def _is_kept(position: Position, reported: Reported) -> bool:
    sheet, row, column = position
    return any(("FORMULA_NOT_TRANSLATED", sheet, cell) in reported for cell in (cell_name(row, column), ""))


def _unsettled(sheet: Spreadsheet) -> Callable[[Position], str]:
    """What no comparison of a cell can settle, ``""`` for nothing."""
    precedents = Precedents(sheet)
    links = Dependence(precedents, precedents.matching(LINK))
    volatile = Dependence(precedents, precedents.matching(VOLATILE))

    def cause(position: Position) -> str:
        if position not in sheet.cells:
            return ""
        return UNRESOLVED if links.on(position) else UNSETTLED if volatile.on(position) else ""

    return cause


def _otherwise(before: Cell | None, after: Cell | None, saved: Cell | None) -> str:
    if before is None or not same(after, saved) or same(before, saved):
        return ""
    return ERROR if before.error else OTHERWISE


# -- shown text ----------------------------------------------------------------------------------------------------


def _text(pairs: list[Pair], listed: int) -> None:
    totals: Counter[str] = Counter()
    for (source, target, reported), theirs, ours, stored in _opened(pairs, recalculate=False):
        counts, lines = _compare_text(theirs, ours, stored, _pivot_sheets(target), reported)
        totals.update(counts)
        _print_listed(source, counts, lines, listed)
    _print_shares("shown text: the same", totals, "cells", "same")


def _compare_text(
    theirs: Spreadsheet, ours: Spreadsheet, stored: Spreadsheet, pivots: frozenset[str], reported: Reported
) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    lines = []
    unsettled = _unsettled(ours)
    refreshed = {sheet for code, sheet, _cell in reported if code in PIVOTS_WITHOUT_FIGURES}
    for position in sorted(theirs.cells.keys() | ours.cells.keys()):
        before, after, saved = (sheet.cells.get(position) for sheet in (theirs, ours, stored))
        shown = [cell.text if cell else "" for cell in (before, after)]
        counts["cells"] += any(shown)
        if shown[0] == shown[1]:
            counts["same"] += any(shown)
            continue
        formula = any(cell and cell.formula for cell in (before, after))
        if formula:
            cause = unsettled(position) or _otherwise(before, after, saved)
            if not cause and same(before, saved) and not same(after, saved):
                cause = OPENED
        else:
            laid_out = REFRESHED if position[0] in refreshed else PIVOTS if position[0] in pivots else ""
            cause = laid_out if same(after, saved) else ""
        if not cause:
            cause = "another text of the same value" if same(before, after) else "another value"
        counts[cause] += 1
        lines.append(f"{_name(position)} {cause}: {_told(before)} | {_told(after)} | stored {_told(saved)}")
    return counts, lines


def _pivot_sheets(target: Path) -> frozenset[str]:
    """The sheets of an ODS on which pivot tables stand."""
    with zipfile.ZipFile(target) as archive:
        found = _PIVOT.findall(archive.read("content.xml").decode())
    sheets = (unescape(address, {"&apos;": "'"}).rpartition(":")[0].rpartition(".")[0] for address in found)
    return frozenset(sheet.removeprefix("'").removesuffix("'").replace("''", "'") for sheet in sheets)


# -- printing ------------------------------------------------------------------------------------------------------


def _print_shares(what: str, totals: Counter[str], all_cells: str, equal: str) -> None:
    strict = totals[all_cells] - sum(totals[cause] for cause in LINKED)
    lenient = strict - sum(totals[cause] for cause in MISREAD)
    for cause, count in totals.most_common():
        if cause not in (all_cells, equal, "carried", "accepted"):
            print(f"  {'excluded, ' if cause in LINKED else ''}{cause}: {count}")
    for name, compared in (("strict", strict), ("without what LibreOffice makes of the original", lenient)):
        print(
            f"{what} ({name}): {totals[equal]} of {compared}: {100 * totals[equal] / max(1, compared):.3f} %"
        )


def _name(position: Position) -> str:
    sheet, row, column = position
    return f"{sheet}!{cell_name(row, column)}"


def _told(cell: Cell | None) -> str:
    return (
        "nothing"
        if cell is None
        else f"{cell.formula[:90]} {cell.text[:60]!r} {cell.error or cell.value!r:.40}"
    )


def _print_listed(source: Path, counts: Counter[str], lines: list[str], listed: int) -> None:
    if not lines:
        return
    print(f"{source.name}: {dict(counts)}")
    for line in lines[:listed]:
        print("   ", line)
    if len(lines) > listed:
        print(f"    ... and {len(lines) - listed} more")


if __name__ == "__main__":
    main()
