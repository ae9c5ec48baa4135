"""Row heights (ECMA-376 Part 1, 18.3.1.73, 18.3.1.81) as row styles.

A height that a person set stays. Any other row has the sheet's default height, and is fitted by the reader, whose fonts may
differ from Excel's, where its content may need more.
"""

from __future__ import annotations

from math import floor

from converters.odf.document import OdfDocument
from converters.odf.properties import TableRowProperties
from converters.odf.stylesheet import Style
from converters.units import points
from converters.xlsx_to_ods.sheet import SheetFrame

DEFAULT_ROW_POINTS = 15.0
_PIXEL_POINTS = 0.75
_MIN_HEIGHT_POINTS = 0.1
_LEAST_FITTED_POINTS = 12.8  # LibreOffice fits no row lower than this
_FITTED = 1.25  # a height beyond this many default ones was fitted to content that needs it


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
    """Interns the row styles of one sheet; ``in_pixels`` where its heights are shown so."""

    def __init__(self, document: OdfDocument, frame: SheetFrame, *, in_pixels: bool) -> None:
        self._document = document
        self._in_pixels = in_pixels
        self._has_default = frame.default_row_points is not None
        self._default_points = float_or(frame.default_row_points, DEFAULT_ROW_POINTS)
        self._names: dict[tuple[str | None, bool, bool, bool], str] = {}

    def name_for(self, height: str | None, custom: bool, broken: bool, growing: bool) -> str:
        """The style of a row by its written height, whether a person set it, a page break before it, and whether
        its content may need more than the default height."""
        key = (height, custom, broken, growing)
        name = self._names.get(key)
        if name is None:
            height_points = float_or(height, self._default_points)
            grown = growing or height_points > self._default_points * _FITTED
            low = height is not None and height_points < _LEAST_FITTED_POINTS
            grown = grown or low
            exact = low or (custom and height is not None) or (self._has_default and not grown)
            shown = height_points if custom or grown else self._default_points
            if self._in_pixels:
                shown = whole_pixels(shown)
            properties = TableRowProperties(
                row_height=points(max(_MIN_HEIGHT_POINTS, shown)),
                use_optimal_row_height="false" if exact else "true",
                break_before="page" if broken else "auto",
            )
            name = self._document.automatic.name_for(Style("table-row", (properties,)))
            self._names[key] = name
        return name
