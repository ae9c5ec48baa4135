"""The support table of what stands inside rows, whose reader is expat's and knows local names only."""

from __future__ import annotations

from converters.support import Support
from converters.xlsx_to_ods import rows
from converters.xlsx_to_ods.fonts import IGNORED_FONT_ELEMENTS, read_font

_FONT = ("b", "i", "strike", "u", "outline", "shadow", "vertAlign", "color", "sz", "rFont", "family")

ROW_CONTENT = Support(
    "rows",
    handlers={
        **{f"x:{name}": rows.RowReader.read for name in rows.HANDLED if name != "sheetData"},
        **{f"x:{name}": read_font for name in _FONT},
    },
    ignored={
        **{f"x:{name}": reason for name, reason in rows.IGNORED.items()},
        **{f"x:{name}": reason for name, reason in IGNORED_FONT_ELEMENTS.items()},
    },
)
