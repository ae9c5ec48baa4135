"""One cross-check: a source and what was made of it, both calculated anew by LibreOffice."""

from __future__ import annotations

from pathlib import Path

from converters.errors import ConverterError, Failed
from converters.formula_results import Cause, Recalculation
from converters.libreoffice.recalculate import flat_spreadsheets
from converters.losses import LossLog, Place
from converters.recalculation.cells import read_spreadsheet
from converters.recalculation.compare import compare

# cause -> the loss that a person reads
_LOSSES = {
    Cause.CONVERSION: "RESULT_DIFFERS_BY_CONVERSION",
    Cause.FUNCTION: "RESULT_DIFFERS_BY_FUNCTION",
    Cause.STORED: "RESULT_DIFFERS_FROM_STORED",
    Cause.FOLLOWS: "RESULT_FOLLOWS_DIFFERENCE",
}


def recalculate(
    source: Path, source_kind: str, target: Path, *, timeout_seconds: float, memory_megabytes: int
) -> Recalculation:
    """Let LibreOffice calculate copies of both and compare. Where it cannot, the answer carries the error.

    ``target`` is an ODF spreadsheet, under whatever name.
    """
    try:
        stored = read_spreadsheet(target)
        if not stored.cells:
            return Recalculation()
        with flat_spreadsheets(
            [(target, "ods"), (source, source_kind)],
            recalculate=True,
            timeout_seconds=timeout_seconds,
            memory_megabytes=memory_megabytes,
        ) as (ours, theirs):
            if ours is None:
                raise Failed("LIBREOFFICE_FAILED", detail=target.name)
            return compare(stored, read_spreadsheet(ours), read_spreadsheet(theirs) if theirs else None)
    except ConverterError as error:
        return Recalculation(error=error.code, error_params=tuple(error.params.items()))


def report_recalculation(recalculation: Recalculation, log: LossLog) -> None:
    """What differs as losses, each with its cell; and that nothing is known where nothing could be calculated."""
    if recalculation.error:
        log.report("RESULTS_NOT_RECALCULATED", detail=recalculation.error)
    for item in recalculation.cells:
        log.report(_LOSSES[item.cause], Place("cell", container=item.sheet, cell=item.cell))
