"""Spreadsheets as LibreOffice shows them: loaded, calculated anew or as saved, and written as flat ODF.

The profile's "Recalculation on File Load" set to "always" makes LibreOffice calculate every formula of a file that it
loads, as Data > Calculate > Recalculate Hard does; so no macro has to run and no channel to be open.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from converters.libreoffice.find import require
from converters.libreoffice.process import Bounds
from converters.libreoffice.profile import HARDENED, RECALCULATING, write_profile
from converters.libreoffice.run import STILL_SECONDS, conversion_command, extension_for, run

_FLAT = "fods:OpenDocument Spreadsheet Flat XML"


@contextmanager
def flat_spreadsheets(
    documents: Sequence[tuple[Path, str]],
    *,
    recalculate: bool,
    timeout_seconds: float,
    memory_megabytes: int,
) -> Iterator[list[Path | None]]:
    """Each document, a path with its kind, as a flat ODF file in a folder that is gone afterwards.

    One start of LibreOffice serves them all; where it dies, it is started again on those after the one at which it
    died. None stands for a document that LibreOffice could not open. ``timeout_seconds`` bounds each start.
    Raises Failed NO_LIBREOFFICE, TIMEOUT.
    """
    program = require()
    folder = Path(tempfile.mkdtemp(prefix="migrate-recalculate-"))
    try:
        results = folder / "results"
        results.mkdir()
        write_profile(folder / "profile", RECALCULATING if recalculate else HARDENED)
        copies = [folder / f"{index}.{extension_for(kind)}" for index, (_path, kind) in enumerate(documents)]
        for copy, (path, _kind) in zip(copies, documents, strict=True):
            shutil.copyfile(path, copy)
        waiting = copies
        while waiting:
            command = conversion_command(program, folder, _FLAT, results, waiting)
            run(command, folder, Bounds(timeout_seconds, timeout_seconds, STILL_SECONDS, memory_megabytes))
            last = max((copies.index(copy) for copy in waiting if _flat(copy, results).exists()), default=-1)
            first_lost = max(last, copies.index(waiting[0]) - 1) + 1
            waiting = copies[first_lost + 1 :]
        flat = [_flat(copy, results) for copy in copies]
        yield [path if path.exists() else None for path in flat]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _flat(copy: Path, results: Path) -> Path:
    return results / f"{copy.stem}.fods"
