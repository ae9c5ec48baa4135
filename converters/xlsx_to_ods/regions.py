"""Areas that cross rows: merged cells and validations, answered row by row while the rows stream.

ODF wants them on each cell; SpreadsheetML names them as areas after the rows (18.3.1.55, 18.3.1.33).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass

from converters.xlsx_to_ods.references import MAX_ROW, Area


@dataclass(frozen=True, slots=True)
class Segment:
    """Neighbouring columns of a row that are covered by a merged cell, or whose content is validated."""

    first_column: int
    last_column: int
    covered: bool
    validation: str | None


@dataclass(frozen=True, slots=True)
class _Strip:
    area: Area
    validation: str | None  # None for a covered strip


class RowRegions:
    """``at`` must be asked for rows in ascending order."""

    def __init__(self, merges: Iterable[Area], validations: Iterable[tuple[str, Area]]) -> None:
        strips = [strip for merge in merges for strip in _covered(merge)]
        strips += [_Strip(area, name) for name, area in validations]
        self._pending = sorted(strips, key=lambda strip: strip.area.first_row, reverse=True)
        self._active: list[tuple[int, int, _Strip]] = []  # heap by last row
        self._count = 0
        self._segments: tuple[Segment, ...] = ()
        self._valid_to = 0
        self.last_row = max((strip.area.last_row for strip in strips if strip.validation is None), default=0)

    def at(self, row: int) -> tuple[tuple[Segment, ...], int]:
        """(segments of the row in order, last row up to which they stay the same)."""
        if row > self._valid_to:
            self._advance(row)
        return self._segments, self._valid_to

    def _advance(self, row: int) -> None:
        while self._active and self._active[0][0] < row:
            heapq.heappop(self._active)
        while self._pending and self._pending[-1].area.first_row <= row:
            strip = self._pending.pop()
            if strip.area.last_row >= row:
                self._count += 1
                heapq.heappush(self._active, (strip.area.last_row, self._count, strip))
        next_start = self._pending[-1].area.first_row if self._pending else MAX_ROW + 1
        next_end = self._active[0][0] if self._active else MAX_ROW
        self._valid_to = min(next_start - 1, next_end)
        self._segments = _segments([entry[2] for entry in self._active])


def _covered(merge: Area) -> Iterable[_Strip]:
    """What a merged cell covers: the rest of its first row, and all of the others."""
    if merge.columns > 1:
        yield _Strip(Area(merge.first_row, merge.first_column + 1, merge.first_row, merge.last_column), None)
    if merge.rows > 1:
        yield _Strip(Area(merge.first_row + 1, merge.first_column, merge.last_row, merge.last_column), None)


def _segments(strips: list[_Strip]) -> tuple[Segment, ...]:
    """Strips side by side, cut where they overlap: a cell may be covered and validated at once."""
    if not strips:
        return ()
    if len(strips) == 1:
        area, name = strips[0].area, strips[0].validation
        return (Segment(area.first_column, area.last_column, name is None, name),)
    edges = sorted({edge for s in strips for edge in (s.area.first_column, s.area.last_column + 1)})
    position = {edge: index for index, edge in enumerate(edges)}
    covered = [False] * len(edges)
    names: list[str | None] = [None] * len(edges)
    for strip in strips:
        for index in range(position[strip.area.first_column], position[strip.area.last_column + 1]):
            if strip.validation is None:
                covered[index] = True
            else:
                names[index] = strip.validation
    found: list[Segment] = []
    for index in range(len(edges) - 1):
        if not covered[index] and names[index] is None:
            continue
        segment = Segment(edges[index], edges[index + 1] - 1, covered[index], names[index])
        last = found[-1] if found else None
        if (
            last is not None
            and last.last_column + 1 == segment.first_column
            and (last.covered, last.validation) == (segment.covered, segment.validation)
        ):
            found[-1] = Segment(last.first_column, segment.last_column, last.covered, last.validation)
        else:
            found.append(segment)
    return tuple(found)
