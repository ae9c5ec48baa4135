"""Table rows as they are written: gaps as repeat counts, covered and validated cells, headings, groups, heights.

ODF 1.3 Part 3, 9.1: every row and cell before the last that says something stands in the table; SpreadsheetML leaves
out what is empty.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from converters.odf.xmlwriter import XmlWriter
from converters.units import read_int, read_on_off
from converters.xlsx_to_ods.references import MAX_COLUMN, MAX_ROW
from converters.xlsx_to_ods.regions import RowRegions, Segment
from converters.xlsx_to_ods.row_structure import RowStructure
from converters.xlsx_to_ods.table_bands import Overlay, Run, TableBands

FLUSH_ROWS = 256
_VALUE = " office:value-type="
_OPEN, _COVERED = "<table:table-cell", "<table:covered-table-cell"
_STYLE = re.compile(r'^ table:style-name="([^"]*)"')
# LibreOffice reads nothing but words in the ``text:a`` of a cell: spans, spaces and tabs stand around it
_WORDS = re.compile(r"(<[^>]*>)([^<]+)")


@dataclass(slots=True)
class CellExtra:
    """What a single cell has beyond its value. ``link`` is the start tag of a ``text:a``, ``is_linked`` whether a text
    was there to put it around."""

    attributes: str = ""  # spans
    before: str = ""  # an annotation
    after: str = ""  # frames anchored to the cell
    link: str = ""
    style: str = ""  # in place of the cell's own
    is_linked: bool = False


# (height as written, whether a person set it, page break before, twips that the content needs) -> row style name
RowStyleFor = Callable[[str | None, bool, bool, int], str]
# (style of a cell, "" where it names none; its column; what a table says of it) -> style of the cell in the table
Overlaid = Callable[[str, int, Overlay], str]


class RowLayout:
    """Rows come in ascending order through ``start_row``, ``add_cell`` and ``end_row``; ``finish`` closes the table."""

    def __init__(
        self,
        writer: XmlWriter,
        regions: RowRegions,
        extras: dict[int, dict[int, CellExtra]],
        structure: RowStructure,
        row_style_for: RowStyleFor,
        styled_columns: bool,
        style_names: list[str],
        bands: TableBands,
        overlaid: Overlaid,
    ) -> None:
        self._writer = writer
        self._regions = regions
        self._extras = extras
        self._structure = structure
        self._row_style_for = row_style_for
        # whether columns have styles: LibreOffice gives them to those cells alone that stand in a row
        self.styled_columns = styled_columns
        self._blank = _empty("", MAX_COLUMN) if styled_columns else "<table:table-cell/>"
        self.needed_twips = 0  # the height that cells of the open row need
        self._is_filled = False  # whether one of them has a value
        self._style_names = style_names
        self._bands = bands
        self._overlaid = overlaid
        self._runs: list[Run] = []
        self._stops = sorted(set(extras) | structure.stops)
        self._next_stop = 0
        self._seen = 0  # number of the last row of the source
        self._written = 0  # rows up to this one are in the table
        self._rows: list[str] = []
        self._cells: list[str] = []
        self._parts: list[tuple[int, str, str]] = []
        self._next_column = 1
        self._row = 0
        self._special = False
        self._skipped = True  # no row is open, or none that is written
        self._segments: tuple[Segment, ...] = ()
        self._gap_style = ""
        self._attributes: Mapping[str, str] = {}

    # -- rows --------------------------------------------------------------------------------------------------

    def start_row(self, attributes: Mapping[str, str]) -> int:
        """Open a row; answers its number. A row out of order or beyond the edge is not written."""
        number = self._seen = read_int(attributes.get("r")) or self._seen + 1
        self._skipped = not self._written < number <= MAX_ROW
        if self._skipped:
            return number
        if number > self._written + 1:
            self._gap(self._written + 1, number - 1)
        self._row = number
        self._attributes = attributes
        self._segments, _valid_to = self._regions.at(number)
        self._runs = self._bands.at(number, hidden=self._structure.is_hidden(attributes))
        self._special = bool(self._segments or self._runs) or number in self._extras
        self._gap_style = ""
        style = read_int(attributes.get("s"), 0) or 0
        if read_on_off(attributes.get("customFormat"), False) and style < len(self._style_names):
            self._gap_style = f' table:style-name="{self._style_names[style]}"'
        self._next_column = 1
        self.needed_twips = 0
        self._is_filled = False
        self._cells.clear()
        self._parts.clear()
        return number

    def row_style(self, height: str | None, custom: bool, needed_twips: int) -> str:
        """The style of a row without a page break before it."""
        return self._row_style_for(height, custom, False, needed_twips)

    def plain_rows(self) -> tuple[int, int]:
        """(the next row, the last of those up to which nothing lies over the rows); none where it is less."""
        row = self._written + 1
        if not self._structure.is_plain(row) or row > MAX_ROW:
            return row, 0
        segments, valid_to = self._regions.at(row)
        stop = bisect_left(self._stops, row)
        if segments or (stop < len(self._stops) and self._stops[stop] == row):
            return row, 0
        last = self._stops[stop] - 1 if stop < len(self._stops) else MAX_ROW
        return row, min(valid_to, last, self._bands.next_row(row) - 1)

    def add_plain_rows(self, last: int, rows: bytes) -> None:
        """Rows that were laid out already, from the next one to ``last``."""
        self._flush()
        self._writer.raw_bytes(rows)
        self._seen = self._written = last

    def need(self, column: int, twips: int) -> None:
        """A cell of the open row needs so much height; rows are not fitted to merged cells, and links do not wrap."""
        extra = self._extras.get(self._row, {}).get(column) if self._special else None
        if extra is None or not (extra.attributes or extra.link):
            self.needed_twips = max(self.needed_twips, twips)

    def add_cell(self, column: int, attributes: str, content: str) -> bool:
        """Add a cell; ``attributes`` begin with a space each, ``content`` is well-formed.

        False for one out of order, beyond the edge, or in such a row: it is not written.
        """
        if self._skipped:
            return False
        self._is_filled = self._is_filled or bool(content) or _VALUE in attributes
        if self._special:
            if column > MAX_COLUMN or (self._parts and column <= self._parts[-1][0]):
                return False
            self._parts.append((column, attributes, content))
            return True
        missing = column - self._next_column
        if missing:
            if missing < 0 or column > MAX_COLUMN:
                return False
            self._cells.append(_empty(self._gap_style, missing))
        self._next_column = column + 1
        if content:
            self._cells.append(f"<table:table-cell{attributes}>{content}</table:table-cell>")
        else:
            self._cells.append(f"<table:table-cell{attributes}/>")
        return True

    def end_row(self) -> None:
        if self._skipped:
            return
        if self._special:
            cells = self._assembled(self._parts)
        else:
            if (self._gap_style or self.styled_columns) and self._next_column <= MAX_COLUMN:
                self._cells.append(_empty(self._gap_style, MAX_COLUMN + 1 - self._next_column))
            cells = "".join(self._cells)
        self._emit(self._row, 1, self._attributes, cells or "<table:table-cell/>")
        self._skipped = True

    def finish(self) -> None:
        """Write the rows after the last one of the source, to the sheet's end: they have the default height, too."""
        if self._written < MAX_ROW:
            self._gap(self._written + 1, MAX_ROW)
        self._rows.append(self._structure.close())
        self._flush()

    def _gap(self, first: int, last: int) -> None:
        """Rows that the source leaves out, in runs over which nothing changes."""
        while first <= last:
            while self._next_stop < len(self._stops) and self._stops[self._next_stop] < first:
                self._next_stop += 1
            end = last
            self._segments, valid_to = self._regions.at(first)
            band = self._bands.next_row(first)
            end = min(end, valid_to, band if band == first else band - 1)
            self._runs = self._bands.at(first, hidden=self._structure.is_hidden({}))
            if self._next_stop < len(self._stops):
                stop = self._stops[self._next_stop]
                end = min(end, first if stop == first else stop - 1)
            self._row = first
            self.needed_twips = 0
            self._gap_style = ""
            special = bool(self._segments or self._runs) or first in self._extras
            cells = self._assembled([]) if special else self._blank
            self._emit(first, end - first + 1, {}, cells)
            first = end + 1

    def _emit(self, row: int, count: int, attributes: Mapping[str, str], cells: str) -> None:
        structure = self._structure
        around, tags = structure.around(row, attributes)
        style = self._row_style_for(
            attributes.get("ht"),
            read_on_off(attributes.get("customHeight"), False),
            row in structure.breaks,
            self.needed_twips if count == 1 and (self._is_filled or "ht" in attributes) else 0,
        )
        repeated = f' table:number-rows-repeated="{count}"' if count > 1 else ""
        self._rows.append(
            f'{around}<table:table-row table:style-name="{style}"{tags}{repeated}>{cells}</table:table-row>'
        )
        self._written = row + count - 1
        if len(self._rows) >= FLUSH_ROWS:
            self._flush()

    def _flush(self) -> None:
        self._writer.raw("".join(self._rows))
        self._rows.clear()

    # -- rows with covered, validated or otherwise special cells -------------------------------------------------

    def _assembled(self, parts: list[tuple[int, str, str]]) -> str:
        """The row's cells with its segments and extras laid over them."""
        extras = self._extras.get(self._row, {})
        cells = {column: (attributes, content) for column, attributes, content in parts}
        for column in extras:
            cells.setdefault(column, (self._gap_style, ""))
        out: list[str] = []
        position = 1
        for column in sorted(cells):
            self._fill(out, position, column - 1)
            attributes, content = cells[column]
            out.append(self._special_cell(column, attributes, content, extras.get(column)))
            position = column + 1
        ends = [segment.last_column for segment in self._segments] + [run[1] for run in self._runs]
        is_whole = bool(self._gap_style) or self.styled_columns
        self._fill(out, position, MAX_COLUMN if is_whole else max(ends, default=0))
        return "".join(out)

    def _fill(self, out: list[str], first: int, last: int) -> None:
        """Empty cells from ``first`` to ``last``, if any, in and between tables."""
        for run_first, run_last, overlay in self._runs:
            if run_last < first or run_first > last:
                continue
            self._fill_plainly(out, first, run_first - 1, self._gap_style)
            for column in range(max(first, run_first), min(last, run_last) + 1):
                style = _STYLE.match(self._gap_style)
                name = self._overlaid(style[1] if style else "", column, overlay)
                self._fill_plainly(out, column, column, f' table:style-name="{name}"')
            first = run_last + 1
        self._fill_plainly(out, first, last, self._gap_style)

    def _fill_plainly(self, out: list[str], first: int, last: int, style: str) -> None:
        """Empty cells from ``first`` to ``last``, if any: plain, covered or validated."""
        for segment in self._segments:
            if segment.last_column < first:
                continue
            if segment.first_column > last or first > last:
                break
            if segment.first_column > first:
                out.append(_empty(style, segment.first_column - first))
                first = segment.first_column
            end = min(last, segment.last_column)
            attributes = style + _validation(segment.validation)
            out.append(_empty(attributes, end - first + 1, _COVERED if segment.covered else _OPEN))
            first = end + 1
        if first <= last:
            out.append(_empty(style, last - first + 1))

    def _special_cell(self, column: int, attributes: str, content: str, extra: CellExtra | None) -> str:
        segment = next((s for s in self._segments if s.first_column <= column <= s.last_column), None)
        tag = _OPEN
        if segment is not None:
            attributes += _validation(segment.validation)
            if segment.covered:
                tag = _COVERED
        if extra is not None:
            attributes += extra.attributes if tag == _OPEN else ""
            if extra.style:
                attributes = f' table:style-name="{extra.style}"' + _STYLE.sub("", attributes, count=1)
            if extra.link:
                content, made = _WORDS.subn(
                    lambda found: f"{found[1]}{extra.link}{found[2]}</text:a>", content
                )
                extra.is_linked = made > 0
            content = extra.before + content + extra.after
        for run_first, run_last, overlay in self._runs:
            if run_first <= column <= run_last:
                style = _STYLE.match(attributes)
                name = self._overlaid(style[1] if style else "", column, overlay)
                attributes = f' table:style-name="{name}"' + _STYLE.sub("", attributes, count=1)
        return f"{tag}{attributes}>{content}</{tag[1:]}>" if content else f"{tag}{attributes}/>"


def _validation(name: str | None) -> str:
    return f' table:content-validation-name="{name}"' if name else ""


def _empty(attributes: str, count: int, tag: str = _OPEN) -> str:
    repeated = f' table:number-columns-repeated="{count}"' if count > 1 else ""
    return f"{tag}{attributes}{repeated}/>"
