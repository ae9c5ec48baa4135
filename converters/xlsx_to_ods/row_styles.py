"""Row heights (ECMA-376 Part 1, 18.3.1.73, 18.3.1.81) as row styles.

A height that a person set stays. Any other height in the file is what an application measured before it saved the file,
and is measured anew: the row has the sheet's default height, or is fitted by the reader, whose fonts may differ from
Excel's, where its content needs more.
"""

from __future__ import annotations

from math import floor

from converters.odf.document import OdfDocument
from converters.odf.properties import TableRowProperties
from converters.odf.stylesheet import Style
from converters.units import points
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.text_heights import is_same

DEFAULT_ROW_POINTS = 15.0
_PIXEL_POINTS = 0.75
_MIN_HEIGHT_POINTS = 0.1
LEAST_FITTED_POINTS = 12.8  # LibreOffice fits no row lower than this
FITTED = 1.25  # a height beyond this many default ones was fitted to content that needs it
_MORE_LINES = 1.4  # a height beyond this many of ours was fitted to more lines than we find


def float_or(text: str | None, default: float) -> float:
    """A written height in points; ``default`` where there is none."""
    try:
        return max(0.0, float(text)) if text is not None else default
    except ValueError:
        return default


def whole_pixels(height_points: float) -> float:
    """The height as Excel shows it, on a screen of 96 dots an inch: a whole number of pixels, rounded down.

    Never 0: ODF allows no row without height (18.3.26).
    """
    return max(_MIN_HEIGHT_POINTS, floor(height_points / _PIXEL_POINTS + 0.001) * _PIXEL_POINTS)


class RowStyles:
    """Interns the row styles of one sheet; ``in_pixels`` where its heights are shown so.

    ``least_twips`` is what a line of the Normal font needs: the height of a row where the sheet has no default one.
    """

    def __init__(
        self, document: OdfDocument, frame: SheetFrame, *, in_pixels: bool, least_twips: int = 0
    ) -> None:
        self._document = document
        self._in_pixels = in_pixels
        self._has_default = frame.default_row_points is not None
        least = least_twips / 20
        default = float_or(frame.default_row_points, max(least, LEAST_FITTED_POINTS))
        # the height of rows that need no more
        self.default_points = whole_pixels(default) if in_pixels and self._has_default else default
        # what Excel fits a row to at least: the default height, unless a person set that
        self._least_points = least if frame.is_default_row_custom else self.default_points
        self._names: dict[tuple[str | None, bool, bool, int], str] = {}

    def name_for(self, height: str | None, custom: bool, broken: bool, needed_twips: int) -> str:
        """The style of a row by its written height, whether a person set it, a page break before it, and the height
        that its content needs."""
        key = (height, custom, broken, needed_twips)
        name = self._names.get(key)
        if name is None:
            shown, exact = self._height(height, custom, needed_twips)
            properties = TableRowProperties(
                row_height=points(max(_MIN_HEIGHT_POINTS, shown)),
                use_optimal_row_height="true" if not exact and shown >= LEAST_FITTED_POINTS else "false",
                break_before="page" if broken else "auto",
            )
            name = self._document.automatic.name_for(Style("table-row", (properties,)))
            self._names[key] = name
        return name

    def _height(self, height: str | None, custom: bool, needed_twips: int) -> tuple[float, bool]:
        """(the height in points, whether the reader keeps it)"""
        written = float_or(height, 0.0)
        stated = (
            self.default_points if height is None else whole_pixels(written) if self._in_pixels else written
        )
        if custom and height is not None:
            return stated, True
        needed = needed_twips / 20
        if needed > self.default_points:
            if is_same(needed_twips, stated * 20) or stated > needed * _MORE_LINES:
                return stated, False
            return needed, False
        if max(self._least_points, needed) <= stated < self.default_points:
            return stated, True
        if self._has_default and stated > self.default_points * FITTED:
            return stated, False
        return self.default_points, self._has_default
