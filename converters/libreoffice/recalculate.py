"""Spreadsheets as LibreOffice shows them: loaded, calculated anew or as saved, and written as flat ODF.

In a process that keeps an office warm they go there, and it is told to calculate. Else a LibreOffice is started for
them, whose profile has "Recalculation on File Load" set to "always". Either is what Data > Calculate > Recalculate Hard
does.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from converters.errors import Failed, Refused
from converters.libreoffice.find import Program, require
from converters.libreoffice.office import Office
from converters.libreoffice.process import Bounds
from converters.libreoffice.profile import HARDENED, RECALCULATING, write_profile
from converters.libreoffice.run import DEATHS, STILL_SECONDS, conversion_command, extension_for, run
from converters.libreoffice.warm import close, warm_office

_FILTER = "OpenDocument Spreadsheet Flat XML"


@contextmanager
def flat_spreadsheets(
    documents: Sequence[tuple[Path, str]],
    *,
    recalculate: bool,
    timeout_seconds: float,
    memory_megabytes: int,
) -> Iterator[list[Path | None]]:
    """Each document, a path with its kind, as a flat ODF file in a folder that is gone afterwards.

    One LibreOffice serves them all. None stands for a document that it could not open. ``timeout_seconds`` bounds each
    document where the office is warm, else each start. Raises Failed NO_LIBREOFFICE, TIMEOUT; the codes of DEATHS where a
    warm office dies.
    """
    program = require()
    office = warm_office(program, memory_megabytes)
    folder = Path(tempfile.mkdtemp(prefix="migrate-recalculate-", dir=office.folder if office else None))
    bounds = Bounds(timeout_seconds, timeout_seconds, STILL_SECONDS, memory_megabytes)
    try:
        results = folder / "results"
        results.mkdir()
        copies = [folder / f"{index}.{extension_for(kind)}" for index, (_path, kind) in enumerate(documents)]
        for copy, (path, _kind) in zip(copies, documents, strict=True):
            shutil.copyfile(path, copy)
        if office is not None:
            _write_warm(office, copies, results, bounds, recalculate=recalculate)
        else:
            _write_cold(program, folder, copies, results, bounds, recalculate=recalculate)
        flat = [_flat(copy, results) for copy in copies]
        yield [path if path.exists() else None for path in flat]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_warm(
    office: Office, copies: Sequence[Path], results: Path, bounds: Bounds, *, recalculate: bool
) -> None:
    """Give them to the office that this process keeps. One that dies takes its folder with it, and ends the work."""
    for copy in copies:
        try:
            office.convert(copy, _flat(copy, results), _FILTER, bounds, recalculate=recalculate)
        except Refused:
            continue
        except Failed as error:
            if error.code in DEATHS:
                close()
                raise


def _write_cold(
    program: Program,
    folder: Path,
    copies: Sequence[Path],
    results: Path,
    bounds: Bounds,
    *,
    recalculate: bool,
) -> None:
    """Start a LibreOffice for them all, and again after the one at which it dies."""
    write_profile(folder / "profile", RECALCULATING if recalculate else HARDENED)
    waiting = copies
    while waiting:
        run(conversion_command(program, folder, f"fods:{_FILTER}", results, waiting), folder, bounds)
        last = max((copies.index(copy) for copy in waiting if _flat(copy, results).exists()), default=-1)
        first_lost = max(last, copies.index(waiting[0]) - 1) + 1
        waiting = copies[first_lost + 1 :]


def _flat(copy: Path, results: Path) -> Path:
    return results / f"{copy.stem}.fods"
