"""Whether what stands in a cell needs more height than its row has by default.

A row that needs none keeps its exact height: fitted again by another application, each row would be a little lower or
higher, and every page of the sheet would break elsewhere. Only rows that need more are left to be fitted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from converters.xlsx_to_ods.columns import ColumnRun

_WIDE_LETTER_EM = (
    0.62  # an average above that of capitals in common fonts: rather fit a row too many than cut off text
)
_LINE_BREAK = "</text:p><text:p>"
_TAGS = len("<text:p></text:p>")


class RowGrowth:
    """``tall`` are styles whose text is higher than the row, ``wrapping`` those that wrap, with their size in points."""

    def __init__(
        self, tall: frozenset[int], wrapping: Mapping[int, float], columns: Sequence[ColumnRun]
    ) -> None:
        self.tall = tall
        self.wrapping = wrapping
        self._columns = columns
        self._ends = [run.last for run in columns]
        self._lengths: dict[tuple[int, int], float] = {}

    def overflows(self, column: int, style: int, paragraphs: str) -> bool:
        """Whether text, as ODF paragraphs, may take a second line in a cell of a wrapping style."""
        key = (column, style)
        length = self._lengths.get(key)
        if length is None:
            position = min(bisect_left(self._ends, column), len(self._columns) - 1)
            width = self._columns[position].width_points
            length = self._lengths[key] = width / (self.wrapping[style] * _WIDE_LETTER_EM) + _TAGS
        return len(paragraphs) > length or _LINE_BREAK in paragraphs
