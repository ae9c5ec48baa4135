"""What the scanners of plain rows write, made ready: one start of a cell per style and type, one tag per kind of row.

A row is plain if nothing lies over it (merged cells, validations, comments, pictures, groups, headings) and each of its
cells is written by looking up its style and copying its value. Any other row is read by the parser and laid out by
:class:`~converters.xlsx_to_ods.row_layout.RowLayout`; both ways give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from converters.units import read_on_off
from converters.xlsx_to_ods.cell_formulas import CellFormulas
from converters.xlsx_to_ods.row_growth import RowGrowth
from converters.xlsx_to_ods.string_table import StringTable

MAX_SERIALS = 50_000
MAX_ROW_KINDS = 10_000
_TAG = "<table:table-cell"
_ATTRIBUTE = re.compile(rb' ([A-Za-z][\w:.\-]*)="([^"<>&\x00-\x1f]*)"')
# attributes of a plain row besides its number, and those that say nothing while they are off; others are the parser's
_ROW_ATTRIBUTES = frozenset(("spans", "ht", "customHeight", "x14ac:dyDescent", "thickBot", "thickTop", "s"))
_OFF_ATTRIBUTES = frozenset(("customFormat", "hidden", "collapsed", "outlineLevel", "ph"))
_OFF = frozenset(("0", "false"))

# number in a style of dates or durations -> value attributes; None where there is something to report
SerialAttributes = Callable[[str], str | None]
RowStyle = Callable[[str | None, bool, int], str]  # height as written, whether set by a person, twips needed


class Serials(dict[bytes, bytes | None]):
    """Value attributes of serial numbers in one style, remembered."""

    def __init__(self, attributes_of: SerialAttributes) -> None:
        super().__init__()
        self._attributes_of = attributes_of

    def __missing__(self, number: bytes) -> bytes | None:
        if len(self) >= MAX_SERIALS:
            self.clear()
        attributes = self._attributes_of(number.decode())
        self[number] = found = attributes.encode() if attributes is not None else None
        return found


class PlainCells:
    """The tables of one sheet. Lists are by style index."""

    def __init__(
        self,
        style_attributes: Sequence[str],
        formula_style_attributes: Sequence[str],
        value_types: Sequence[str],
        serial_attributes: Mapping[str, SerialAttributes],
        strings: StringTable,
        formulas: CellFormulas,
        growth: RowGrowth,
        row_style: RowStyle,
        styled_columns: bool,
    ) -> None:
        self.fills_rows = styled_columns  # as RowLayout does
        self.strings = strings
        self.starts = [f"{_TAG}{style}".encode() for style in style_attributes]
        self.formula_starts = [f"{_TAG}{style}".encode() for style in formula_style_attributes]
        self.values = [
            None if kind in serial_attributes else f' office:value-type="{kind}" office:value="'.encode()
            for kind in value_types
        ]
        serials = {kind: Serials(attributes_of) for kind, attributes_of in serial_attributes.items()}
        self.serials = [serials.get(kind) for kind in value_types]
        self.tall = [growth.tall.get(index, 0) for index in range(len(self.starts))]  # twips
        self.wrapping = bytes(index in growth.wrapping for index in range(len(self.starts)))
        self.filled = formulas.filled
        self.shared = formulas.shared
        self.needed_twips = growth.needed_twips
        self._row_style = row_style
        self._heights: dict[bytes, tuple[str | None, bool] | None] = {}
        self._tags: dict[tuple[bytes, int, bool], bytes] = {}

    def is_plain_row(self, attributes: bytes) -> bool:
        """Whether a row with these attributes, after its number, may be plain."""
        if attributes not in self._heights:
            if len(self._heights) >= MAX_ROW_KINDS:
                self._heights.clear()
                self._tags.clear()
            self._heights[attributes] = _height(attributes)
        return self._heights[attributes] is not None

    def row_tag(self, attributes: bytes, needed_twips: int, is_filled: bool) -> bytes:
        """The start tag of a plain row. One that is not filled has the height that the file says, else the default."""
        key = (attributes, needed_twips, is_filled)
        tag = self._tags.get(key)
        if tag is None:
            height, custom = self._heights[attributes] or (None, False)
            needed_twips = needed_twips if is_filled or height is not None else 0
            tag = f'<table:table-row table:style-name="{self._row_style(height, custom, needed_twips)}">'.encode()
            self._tags[key] = tag
        return tag


def _height(attributes: bytes) -> tuple[str | None, bool] | None:
    """(height, whether a person set it) of a row's attributes; None where they say more than that."""
    found: dict[str, str] = {}
    position = 0
    while match := _ATTRIBUTE.match(attributes, position):
        name = match[1].decode()
        value = match[2].decode()
        known = name in _ROW_ATTRIBUTES or (name in _OFF_ATTRIBUTES and value in _OFF)
        if name in found or not known:
            return None
        found[name] = value
        position = match.end()
    if position < len(attributes.rstrip(b" ")):
        return None
    return found.get("ht"), read_on_off(found.get("customHeight"), False)
