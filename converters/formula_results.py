"""What a cross-check of formula results answers: ``n of m formula results differ``, with the cells and the causes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from converters.errors import Param

CELLS_WRITTEN = 1_000  # differing cells that a JSON document names one by one


class Cause(StrEnum):
    """Why a result differs, or why its difference counts for nothing."""

    VOLATILE = "volatile"  # another result each time, or each day
    UNRESOLVED_LINK = "unresolved_link"  # depends on another file or a server
    NOT_STORED = "not_stored"  # the source holds no result to compare with
    CONVERSION = "conversion"  # LibreOffice calculates the original's formula to what is stored, and ours not
    FUNCTION = "function"  # a function that the two programs calculate in different ways
    STORED = "stored"  # LibreOffice calculates the original as it does ours: the stored result is out of date
    FOLLOWS = "follows"  # it refers to a cell whose result differs


EXCLUDED = frozenset((Cause.VOLATILE, Cause.UNRESOLVED_LINK, Cause.NOT_STORED))


@dataclass(frozen=True, slots=True)
class ResultDifference:
    """``stored`` stands in the result as it stood in the source; ``original`` is LibreOffice's of the source itself."""

    sheet: str
    cell: str
    formula: str
    stored: str
    recalculated: str
    original: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Recalculation:
    """``formulas`` is how many results there are. ``causes`` counts what differs or is excluded.

    ``cells`` are those that differ, the excluded ones not among them. ``error`` is a code of
    :mod:`converters.errors` where nothing could be calculated.
    """

    formulas: int = 0
    differing: int = 0
    causes: tuple[tuple[str, int], ...] = ()
    cells: tuple[ResultDifference, ...] = ()
    error: str = ""
    error_params: tuple[tuple[str, Param], ...] = ()

    @property
    def excluded(self) -> int:
        """How many differences count for nothing."""
        return sum(count for cause, count in self.causes if Cause(cause) in EXCLUDED)

    def as_json(self) -> dict[str, Any]:
        return {
            "formulas": self.formulas,
            "differing": self.differing,
            "causes": dict(self.causes),
            "cells": [asdict(cell) for cell in self.cells[:CELLS_WRITTEN]],
            "error": self.error or None,
            "error_params": dict(self.error_params),
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Recalculation:
        return cls(
            formulas=record["formulas"],
            differing=record["differing"],
            causes=tuple(record["causes"].items()),
            cells=tuple(
                ResultDifference(**{**cell, "cause": Cause(cell["cause"])}) for cell in record["cells"]
            ),
            error=record["error"] or "",
            error_params=tuple(record["error_params"].items()),
        )
