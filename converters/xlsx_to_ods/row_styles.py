"""Row heights (ECMA-376 Part 1, 18.3.1.73, 18.3.1.81) as row styles.

A height that a person set stays. One that Excel fitted to the content is fitted again by the reader, since its fonts may
differ. A row without one has the sheet's default height, and grows where its content is made to need more.
"""

from __future__ import annotations

from converters.odf.document import OdfDocument
from converters.odf.properties import TableRowProperties
from converters.odf.stylesheet import Style
from converters.units import points
from converters.xlsx_to_ods.sheet import SheetFrame

DEFAULT_ROW_POINTS = 15.0


def float_or(text: str | None, default: float) -> float:
    """A written height in points; ``default`` where there is none."""
    try:
        return max(0.0, float(text)) if text is not None else default
    except ValueError:
        return default


class RowStyles:
    """Interns the row styles of one sheet."""

    def __init__(self, document: OdfDocument, frame: SheetFrame) -> None:
        self._document = document
        self._default_points = float_or(frame.default_row_points, DEFAULT_ROW_POINTS)
        self._names: dict[tuple[str | None, bool, bool, bool], str] = {}

    def name_for(self, height: str | None, custom: bool, broken: bool, growing: bool) -> str:
        """The style of a row by its written height, whether a person set it, a page break before it, and whether
        its content may need more than the default height."""
        key = (height, custom, broken, growing)
        name = self._names.get(key)
        if name is None:
            exact = custom if height is not None else not growing
            properties = TableRowProperties(
                row_height=points(float_or(height, self._default_points)),
                use_optimal_row_height="false" if exact else "true",
                break_before="page" if broken else "auto",
            )
            name = self._document.automatic.name_for(Style("table-row", (properties,)))
            self._names[key] = name
        return name
