"""Formulas and shown text of the native engine, against LibreOffice's own reading of the same workbooks.

    python benchmarks/formulas.py [--limit N] [--list N] [--only formulas|text] FOLDER|FILE...

Formulas: original and result are both calculated anew by LibreOffice; a formula is accepted where LibreOffice shows no
error that it does not show for the original or that the original has not stored, and agrees where both results are
the same. Text: both are opened as they are saved; every cell shows the same text or not. What LibreOffice changes
when it opens the original (pivot tables that it lays out anew, structured references that it cannot read) is counted
apart; every other cell outside is listed with its cause.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

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
_CONSTANT = re.compile(r"of:=(?:TRUE\(\)|FALSE\(\)|#.*)")
# causes that LibreOffice, not the conversion, is to answer for, or that no comparison can settle
EXCLUDED = (
    "volatile",
    "unresolved link",
    "LibreOffice does not read the original's formula",
    "kept as a value, as LibreOffice has no such function",
)


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


def _converted(files: list[Path], folder: Path) -> Iterator[tuple[Path, Path]]:
    wishes = [Conversion(file, folder / f"{file.name}.ods", Engine.NATIVE) for file in files]
    for conversion, outcome in convert_all(wishes, jobs=1):
        if outcome.target:
            yield conversion.source, conversion.target
        else:
            print(f"not converted: {conversion.source.name}: {outcome.error}")


def _opened(
    pairs: list[tuple[Path, Path]], *, recalculate: bool
) -> Iterator[tuple[Path, Spreadsheet, Spreadsheet, Spreadsheet]]:
    """(source, LibreOffice's reading of it, of the result, the result as it is stored), several files a start."""
    for first in range(0, len(pairs), FILES_A_START):
        some = pairs[first : first + FILES_A_START]
        documents = [(source, identify(source).kind) for source, _target in some]
        documents += [(target, "ods") for _source, target in some]
        with ExitStack() as stack:
            flat = stack.enter_context(
                flat_spreadsheets(
                    documents,
                    recalculate=recalculate,
                    timeout_seconds=SECONDS_A_START,
                    memory_megabytes=MEGABYTES,
                )
            )
            for index, (source, target) in enumerate(some):
                theirs, ours = flat[index], flat[len(some) + index]
                if theirs is None:
                    print(f"LibreOffice cannot open the original: {source.name}")
                elif ours is None:
                    print(f"LIBREOFFICE CANNOT OPEN THE RESULT: {source.name}")
                else:
                    read = [
                        read_spreadsheet(path, formulas_only=recalculate) for path in (theirs, ours, target)
                    ]
                    yield source, read[0], read[1], read[2]


# -- formulas ------------------------------------------------------------------------------------------------------


def _formulas(pairs: list[tuple[Path, Path]], listed: int) -> None:
    totals: Counter[str] = Counter()
    for source, theirs, ours, stored in _opened(pairs, recalculate=True):
        counts, lines = _compare_formulas(theirs, ours, stored)
        totals.update(counts)
        if lines:
            print(f"{source.name}: {dict(counts)}")
            _print_listed(lines, listed)
    excluded = sum(totals[cause] for cause in EXCLUDED)
    compared = totals["formulas"] - excluded
    print(f"formulas {totals['formulas']}, carried over {totals['carried']}, accepted {totals['accepted']}")
    for cause in EXCLUDED:
        print(f"  excluded, {cause}: {totals[cause]}")
    print(f"agree {totals['agree']} of {compared}: {100 * totals['agree'] / max(1, compared):.3f} %")


def _compare_formulas(
    theirs: Spreadsheet, ours: Spreadsheet, stored: Spreadsheet
) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    lines = []
    precedents = Precedents(ours)
    links = Dependence(precedents, precedents.matching(LINK))
    volatile = Dependence(precedents, precedents.matching(VOLATILE))
    for position in sorted(theirs.cells.keys() | ours.cells.keys()):
        before, after, saved = (sheet.cells.get(position) for sheet in (theirs, ours, stored))
        if after is None and before is not None and _CONSTANT.fullmatch(before.formula):
            continue
        counts["formulas"] += 1
        counts["carried"] += after is not None
        rejected = after is not None and after.error.startswith("Err:5") and not (before and before.error)
        counts["accepted"] += after is not None and not rejected
        if same(before, after) and (before is None) == (after is None):
            counts["agree"] += 1
            continue
        if after is not None and links.on(position):
            cause = "unresolved link"
        elif after is not None and volatile.on(position):
            cause = "volatile"
        else:
            cause = _cause(before, after, saved)
        counts[cause] += 1
        lines.append(f"{_name(position)} {cause}: {_told(before)} | {_told(after)} | stored {_told(saved)}")
    return counts, lines


def _cause(before: Cell | None, after: Cell | None, saved: Cell | None) -> str:
    if after is None:
        unknown = before is not None and before.error == "#NAME?"
        return "kept as a value, as LibreOffice has no such function" if unknown else "not carried over"
    if before is not None and same(after, saved) and not same(before, saved):
        return "LibreOffice does not read the original's formula"
    return "different result"


# -- shown text ----------------------------------------------------------------------------------------------------


def _text(pairs: list[tuple[Path, Path]], listed: int) -> None:
    totals: Counter[str] = Counter()
    for source, theirs, ours, stored in _opened(pairs, recalculate=False):
        counts: Counter[str] = Counter()
        lines = []
        for position in sorted(theirs.cells.keys() | ours.cells.keys()):
            before, after, saved = (sheet.cells.get(position) for sheet in (theirs, ours, stored))
            shown = [cell.text if cell else "" for cell in (before, after)]
            counts["cells"] += any(shown)
            if shown[0] == shown[1]:
                counts["same"] += any(shown)
                continue
            values = [cell.value if cell else None for cell in (before, after)]
            cause = "another text" if values[0] == values[1] else "another value"
            counts[cause] += 1
            lines.append(
                f"{_name(position)} {cause}: {_told(before)} | {_told(after)} | stored {_told(saved)}"
            )
        totals.update(counts)
        if lines:
            print(f"{source.name}: {dict(counts)}")
            _print_listed(lines, listed)
    print(
        f"shown text: {totals['same']} of {totals['cells']} the same: "
        f"{100 * totals['same'] / max(1, totals['cells']):.3f} %; another value {totals['another value']}, "
        f"another text of the same value {totals['another text']}"
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


def _print_listed(lines: list[str], listed: int) -> None:
    for line in lines[:listed]:
        print("   ", line)
    if len(lines) > listed:
        print(f"    ... and {len(lines) - listed} more")


if __name__ == "__main__":
    main()
