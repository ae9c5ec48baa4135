"""How much height what stands in a cell needs of its row.

A row whose content needs no more than the default keeps its exact height: fitted again by another application, each row
would be a little lower or higher, and every page of the sheet would break elsewhere. Only rows that need more are left to
be fitted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from converters.xlsx_to_ods.columns import ColumnRun
from converters.xlsx_to_ods.text_heights import TextFace, WrappingText

_WIDEST_LETTER_EM = 1.0  # shorter text than this leaves room for is on one line, whatever its letters are
_BREAK = "</text:p><text:p>"
_BREAK_BYTES = _BREAK.encode()
_TAGS = len("<text:p></text:p>")


class RowGrowth:
    """``tall`` has the styles that need more than the row's default height whatever stands in the cell, with the
    height in twips; ``wrapping`` those that wrap."""

    def __init__(
        self, tall: Mapping[int, int], wrapping: Mapping[int, WrappingText], columns: Sequence[ColumnRun]
    ) -> None:
        self.tall = tall
        self.wrapping = wrapping
        self._columns = columns
        self._ends = [run.last for run in columns]
        self._rooms: dict[tuple[int, int], tuple[float, int, float, TextFace]] = {}

    def needed_twips(self, column: int, style: int, paragraphs: str | bytes) -> int:
        """The height that text, as ODF paragraphs (bytes are UTF-8), needs in a cell of a wrapping style."""
        known = self._rooms.get((column, style))
        if known is None:
            known = self._rooms[column, style] = self._room(column, style)
        length, single_line, width, face = known
        is_broken = _BREAK_BYTES in paragraphs if isinstance(paragraphs, bytes) else _BREAK in paragraphs
        if len(paragraphs) <= length and not is_broken:  # as most: bytes need no decoding
            return single_line
        text = paragraphs.decode() if isinstance(paragraphs, bytes) else paragraphs
        return face.height_twips(face.lines(text, width))

    def _room(self, column: int, style: int) -> tuple[float, int, float, TextFace]:
        """(the length of paragraphs that take one line in any case, the height of that, width in twips, face)"""
        text = self.wrapping[style]
        position = min(bisect_left(self._ends, column), len(self._columns) - 1)
        width = self._columns[position].width_points - text.indent_points
        length = width / (text.size_points * _WIDEST_LETTER_EM) - 1 + _TAGS
        return length, text.face.height_twips(1), width * 20, text.face
