"""Table styles and their conditional formatting, resolved for each cell (ECMA-376 Part 1, 17.7.6).

ODF's table styles are weaker, so what they say goes into the cells and their text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from converters.docx_to_odt.borders import Border
from converters.docx_to_odt.paragraph_properties import (
    ParagraphFormat,
    ParagraphPropertiesReader,
    line_properties,
)
from converters.docx_to_odt.run_properties import RunPropertiesReader
from converters.docx_to_odt.styles import Styles, StyleSource
from converters.docx_to_odt.table_properties import (
    RowProperties,
    TableProperties,
    read_cell_properties,
    read_row_properties,
    read_table_properties,
)
from converters.losses import LossLog, Place
from converters.odf.properties import ParagraphProperties, TextProperties, lay_over
from converters.ooxml.namespaces import qn
from converters.ooxml.theme import Theme

SIDES = ("top", "bottom", "left", "right")
_SPACING = f"{qn('w:pPr')}/{qn('w:spacing')}"
_PARTS = (
    "band1Vert", "band2Vert", "band1Horz", "band2Horz", "firstRow", "lastRow", "firstCol", "lastCol",
    "neCell", "nwCell", "seCell", "swCell",
)  # fmt: skip


class Region(NamedTuple):
    """Cells from row ``top`` to ``bottom`` and column ``left`` to ``right``, all inclusive."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class CellFormat:
    """What a table style, or a part of one, says for its cells."""

    borders: dict[str, Border] = field(default_factory=dict)
    shading: str | None = None
    vertical_align: str | None = None
    margins: dict[str, float] = field(default_factory=dict)  # twips by side
    paragraph: ParagraphProperties = field(default_factory=ParagraphProperties)
    text: TextProperties = field(default_factory=TextProperties)

    def lay(self, top: CellFormat) -> CellFormat:
        return CellFormat(
            {**self.borders, **top.borders},
            top.shading or self.shading,
            top.vertical_align or self.vertical_align,
            {**self.margins, **top.margins},
            lay_over(self.paragraph, top.paragraph),
            lay_over(self.text, top.text),
        )


@dataclass(slots=True)
class TableStyle:
    """A table style with what it inherits: ``whole`` for all cells, ``parts`` by ``ST_TblStyleOverrideType``.

    ``inherits_spacing``: the spacing of its paragraphs is not the defaults' and comes from the style it is based on.
    """

    whole: CellFormat = field(default_factory=CellFormat)
    parts: dict[str, CellFormat] = field(default_factory=dict)
    first_row: RowProperties = field(default_factory=RowProperties)
    table: TableProperties = field(default_factory=TableProperties)
    inherits_spacing: bool = False


class TableStyles:
    """Table styles by id; resolved once."""

    def __init__(
        self,
        styles: Styles,
        theme: Theme,
        paragraphs: ParagraphPropertiesReader,
        runs: RunPropertiesReader,
        log: LossLog,
    ) -> None:
        self._styles, self._theme, self._log = styles, theme, log
        self._paragraphs, self._runs = paragraphs, runs
        self._resolved: dict[str, TableStyle] = {}

    def style(self, style_id: str | None) -> TableStyle:
        """The style for an id, else the default table style, else one that says nothing."""
        if style_id is None or ("table", style_id) not in self._styles.sources:
            style_id = self._styles.default_ids.get("table", "")
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        return self._resolved[style_id]

    def _resolve(self, style_id: str) -> TableStyle:
        chain: list[StyleSource] = []
        source = self._styles.sources.get(("table", style_id))
        while source is not None and source not in chain:
            chain.append(source)
            source = self._styles.sources.get(("table", source.based_on or ""))
        resolved = TableStyle()
        for source in reversed(chain):
            self._add(resolved, source)
        resolved.inherits_spacing = _inherits_spacing(chain, self._styles.default_paragraph)
        return resolved

    def _add(self, resolved: TableStyle, source: StyleSource) -> None:
        place = Place("style", container=source.name)
        table = read_table_properties(source.element.find(qn("w:tblPr")), self._theme, self._log, place)
        resolved.whole = resolved.whole.lay(self._read(source.element, place))
        resolved.table.borders.update(table.borders)
        resolved.table.margins.update(table.margins)
        for name in ("indent", "alignment", "row_band", "column_band", "shading"):
            if (value := getattr(table, name)) is not None:
                setattr(resolved.table, name, value)
        for part in source.element.iter(qn("w:tblStylePr")):
            kind = part.get(qn("w:type"), "")
            own = self._read(part, place)
            if kind == "wholeTable":
                resolved.whole = resolved.whole.lay(own)
            elif kind in _PARTS:
                resolved.parts[kind] = resolved.parts.get(kind, CellFormat()).lay(own)
            if kind == "firstRow" and (row := part.find(qn("w:trPr"))) is not None:
                resolved.first_row = read_row_properties(row, self._theme, self._log, place)

    def _read(self, element: etree._Element, place: Place) -> CellFormat:
        cell = read_cell_properties(element.find(qn("w:tcPr")), self._theme, self._log, place)
        table = read_table_properties(element.find(qn("w:tblPr")), self._theme, self._log, place)
        format_ = self._paragraphs.read(element.find(qn("w:pPr")), place)
        return CellFormat(
            {**table.borders, **cell.borders},
            cell.shading,
            cell.vertical_align,
            cell.margins,
            lay_over(format_.paragraph, line_properties(format_.line)),
            self._runs.read(element.find(qn("w:rPr")), place).text,
        )


def _inherits_spacing(chain: list[StyleSource], defaults: ParagraphFormat) -> bool:
    if not (defaults.paragraph.margin_top or defaults.paragraph.margin_bottom or defaults.line[0]):
        return False
    found = [source.element.find(_SPACING) for source in chain]
    says = [spacing is not None and bool(spacing.attrib) for spacing in found]
    return any(says) and not says[0]


def parts_of_cell(
    cell: Region,
    rows: int,
    columns: int,
    look: frozenset[str],
    row_band: int,
    column_band: int,
    header_rows: int = 1,
) -> Iterator[tuple[str, Region]]:
    """The conditional parts that hold for a cell, the weakest first, each with the region that it formats.

    ``look`` holds firstRow, lastRow, firstColumn, lastColumn, noHBand and noVBand (17.4.55). All rows that repeat
    as headers look like the first one.
    """
    first_row, last_row = header_rows if "firstRow" in look else 0, "lastRow" in look
    first_column, last_column = "firstColumn" in look, "lastColumn" in look
    in_first_row, in_last_row = cell.top < first_row, last_row and cell.bottom == rows - 1
    in_first_column = first_column and cell.left == 0
    in_last_column = last_column and cell.right == columns - 1
    if "noVBand" not in look and not in_first_column and not in_last_column:
        band, start = divmod(cell.left - first_column, column_band)
        left = cell.left - start
        yield f"band{band % 2 + 1}Vert", Region(first_row, rows - 1 - last_row, left, left + column_band - 1)
    if "noHBand" not in look and not in_first_row and not in_last_row:
        band, start = divmod(cell.top - first_row, row_band)
        top = cell.top - start
        yield f"band{band % 2 + 1}Horz", Region(top, top + row_band - 1, 0, columns - 1)
    if in_first_row:
        yield "firstRow", Region(0, first_row - 1, 0, columns - 1)
    if in_last_row:
        yield "lastRow", Region(rows - 1, rows - 1, 0, columns - 1)
    if in_first_column:
        yield "firstCol", Region(0, rows - 1, 0, 0)
    if in_last_column:
        yield "lastCol", Region(0, rows - 1, columns - 1, columns - 1)
    corners = (
        (in_first_row and in_last_column, "neCell"),
        (in_first_row and in_first_column, "nwCell"),
        (in_last_row and in_last_column, "seCell"),
        (in_last_row and in_first_column, "swCell"),
    )
    for holds, name in corners:
        if holds:
            yield name, cell


def border_names(cell: Region, region: Region, table: Region) -> dict[str, tuple[str, ...]]:
    """For each side of a cell, which borders of a region's format draw it, the first that is there.

    Where a region ends inside the table, its outer border holds, else its inside one: bands of rows whose ``insideH``
    is nil show no lines, though the whole table has some (17.4.22, 17.4.23).
    """
    return {
        "top": _names("top", "insideH", cell.top <= region.top, cell.top <= table.top),
        "bottom": _names("bottom", "insideH", cell.bottom >= region.bottom, cell.bottom >= table.bottom),
        "left": _names("left", "insideV", cell.left <= region.left, cell.left <= table.left),
        "right": _names("right", "insideV", cell.right >= region.right, cell.right >= table.right),
    }


def _names(outer: str, inside: str, at_region: bool, at_table: bool) -> tuple[str, ...]:
    if at_table:
        return (outer,)
    return (outer, inside) if at_region else (inside,)
