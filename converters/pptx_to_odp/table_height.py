"""How high a table is on its slide, which neither its rows nor its frame say alone (ECMA-376 Part 1, 21.1.3.16, a:tr).

A row is higher than ``h`` where its text is. PowerPoint writes the height that came of it into the frame; other programs
write anything there. So a frame as wide as the columns is believed where the text is sure to outgrow the rows, and the rows are
otherwise. A table of which no row has a height is as high as its text: LibreOffice would squeeze rows that have one beside.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from converters.drawings.transforms import Transform
from converters.ooxml.namespaces import qn
from converters.units import read_int

_EMU_PER_POINT = 12_700
_DEFAULT_SIZE = 1_800  # hundredths of a point
_NARROW = 0.35  # of the size: what a character takes at least, on the average of any text
_TOLERANCE = 0.01  # between the width of a frame and that of its columns
_INSETS = {"marT": 45_720, "marB": 45_720}


def row_height(row: etree._Element) -> int:
    """The least height of a row in EMU; 0 for one that is as high as its text."""
    return max(0, read_int(row.get("h"), 0) or 0)


def table_height(rows: Sequence[etree._Element], columns: Sequence[int], frame: Transform) -> float:
    """The height of a table in EMU, of columns with these widths in EMU, in a frame."""
    heights = [row_height(row) for row in rows]
    total = sum(heights)
    stale = abs(frame.width - sum(columns)) > _TOLERANCE * frame.width
    if stale or frame.height <= total or not any(heights):
        return total
    needed = sum(max(height, _least(row, columns)) for row, height in zip(rows, heights, strict=True))
    return frame.height if needed > total else total


def _least(row: etree._Element, columns: Sequence[int]) -> float:
    """A height that no layout can do with less than for the text of a row; spanning cells are left out."""
    cells = zip(row.iterfind(qn("a:tc")), columns, strict=False)
    return max((_cell(cell, width) for cell, width in cells if not cell.attrib), default=0)


def _cell(cell: etree._Element, width: int) -> float:
    properties = cell.find(qn("a:tcPr"))
    get = properties.get if properties is not None else {}.get
    insets = sum(read_int(get(name), default) or 0 for name, default in _INSETS.items())
    paragraphs = cell.iterfind(f"{qn('a:txBody')}/{qn('a:p')}")
    return insets + sum(_paragraph(paragraph, width) for paragraph in paragraphs)


def _paragraph(paragraph: etree._Element, width: int) -> float:
    sizes = [
        read_int(run.get("sz"), _DEFAULT_SIZE) or _DEFAULT_SIZE
        for run in paragraph.iter(qn("a:rPr"), qn("a:endParaRPr"))
    ]
    size = min(sizes, default=_DEFAULT_SIZE) / 100 * _EMU_PER_POINT
    characters = sum(len(text.text or "") for text in paragraph.iter(qn("a:t")))
    full = int(characters * size * _NARROW / width) if width else 0
    return size * max(1 + sum(1 for _ in paragraph.iter(qn("a:br"))), full)
