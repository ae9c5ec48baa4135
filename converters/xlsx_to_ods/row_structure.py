"""What stands around rows: print headings and outline groups; and what rows say of themselves: hidden, filtered.

ODF 1.3 Part 3, 9.1.9 to 9.1.12 (table-header-rows, table-row-group); ECMA-376 Part 1, 18.3.1.73.
"""

from __future__ import annotations

from collections.abc import Mapping

from converters.units import read_int, read_on_off
from converters.xlsx_to_ods.references import Area

_HEADER = "table:table-header-rows"
_MAX_LEVEL = 7


class RowStructure:
    """Groups nest outside headings; where a group begins or ends inside the headings, these are written in two pieces."""

    def __init__(
        self,
        header: tuple[int, int] | None,
        breaks: frozenset[int],
        filtered: Area | None,
        hidden_by_default: bool,
    ) -> None:
        self._header = header
        self.breaks = breaks
        self._filtered = filtered
        self._hidden_by_default = hidden_by_default
        self._level = 0
        self._in_header = False
        self.last_row = header[1] if header else 0
        self.stops = set(breaks) | {row for edge in breaks for row in (edge + 1,)}
        if header:
            self.stops |= {header[0], header[1] + 1}
        if filtered:
            self.stops |= {filtered.first_row, filtered.last_row + 1}

    def is_plain(self, row: int) -> bool:
        """Whether nothing is open before the row, nor opens with it unless it says so itself."""
        heading = self._header is not None and self._header[0] <= row <= self._header[1]
        return not (
            self._level or self._in_header or heading or self._hidden_by_default or row in self.breaks
        )

    def is_hidden(self, attributes: Mapping[str, str]) -> bool:
        """Whether a row is hidden; one without attributes is one that the source leaves out (18.3.1.81, zeroHeight)."""
        return read_on_off(attributes.get("hidden"), not attributes and self._hidden_by_default)

    def around(self, row: int, attributes: Mapping[str, str]) -> tuple[str, str]:
        """(tags that close and open before the row, the row's own attributes)."""
        hidden = self.is_hidden(attributes)
        level = min(read_int(attributes.get("outlineLevel"), 0) or 0, _MAX_LEVEL)
        heading = self._header is not None and self._header[0] <= row <= self._header[1]
        tags = ""
        if self._in_header and (not heading or level != self._level):
            tags += f"</{_HEADER}>"
            self._in_header = False
        if level < self._level:
            tags += "</table:table-row-group>" * (self._level - level)
        elif level > self._level:
            shown = ' table:display="false"' if hidden else ""
            tags += f"<table:table-row-group{shown}>" * (level - self._level)
        self._level = level
        if heading and not self._in_header:
            tags += f"<{_HEADER}>"
            self._in_header = True
        return tags, self._visibility(row, hidden)

    def _visibility(self, row: int, hidden: bool) -> str:
        if not hidden:
            return ""
        area = self._filtered
        if area is not None and area.first_row < row <= area.last_row:
            return ' table:visibility="filter"'
        return ' table:visibility="collapse"'

    def close(self) -> str:
        """The tags that are still open."""
        tags = f"</{_HEADER}>" if self._in_header else ""
        return tags + "</table:table-row-group>" * self._level
