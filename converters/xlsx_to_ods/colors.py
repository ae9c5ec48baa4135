"""Colours of SpreadsheetML: indexed, of the theme with a tint, or RGB (ECMA-376 Part 1, 18.8.19, 18.8.27)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from converters.ooxml.colors import excel_tint
from converters.ooxml.theme import EXCEL_ORDER, Theme
from converters.units import read_int

# 18.8.27: the default palette; 0-7 repeat 8-15
_FIRST = "000000 ffffff ff0000 00ff00 0000ff ffff00 ff00ff 00ffff"
DEFAULT_INDEXED = tuple(
    "#" + color
    for color in f"""
    {_FIRST} {_FIRST}
    800000 008000 000080 808000 800080 008080 c0c0c0 808080 9999ff 993366 ffffcc ccffff 660066 ff8080 0066cc ccccff
    000080 ff00ff ffff00 00ffff 800080 800000 008080 0000ff 00ccff ccffff ccffcc ffff99 99ccff ff99cc cc99ff ffcc99
    3366ff 33cccc 99cc00 ffcc00 ff9900 ff6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333
    """.split()
)
_SYSTEM = {64: "#000000", 65: "#ffffff", 81: "#000000"}  # window text, window, tip text
_RGB = re.compile(r"(?:[0-9a-fA-F]{2})?([0-9a-fA-F]{6})$")


class Palette:
    """Reads colour elements. ``read`` answers ``"#rrggbb"``, or None for automatic and unreadable ones."""

    def __init__(self, theme: Theme, indexed: Sequence[str] = DEFAULT_INDEXED) -> None:
        self._theme = theme
        self._indexed = indexed

    def read(self, color: Mapping[str, str] | None) -> str | None:
        """The colour that the attributes of ``color``, ``fgColor``, ``tabColor`` ... say."""
        if color is None:
            return None
        base = self._base(color)
        if base is None:
            return None
        try:
            tint = float(color.get("tint", "0"))
        except ValueError:
            tint = 0.0
        return excel_tint(base, max(-1.0, min(1.0, tint)))

    def _base(self, color: Mapping[str, str]) -> str | None:
        if match := _RGB.match(color.get("rgb", "")):
            return "#" + match[1].lower()
        theme = read_int(color.get("theme"))
        if theme is not None:
            return self._theme.colors.get(EXCEL_ORDER[theme]) if 0 <= theme < len(EXCEL_ORDER) else None
        index = read_int(color.get("indexed"))
        if index is None or index < 0:
            return None
        return self._indexed[index] if index < len(self._indexed) else None

    def system(self, color: Mapping[str, str] | None, default: str) -> str:
        """As ``read``, with the window's own colours for automatic and system indices."""
        if color is None:
            return default
        return self.read(color) or _SYSTEM.get(read_int(color.get("indexed")) or -1, default)
