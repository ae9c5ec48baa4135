"""Differential formats (``dxf``, ECMA-376 Part 1, 18.8.14) as common styles that conditions name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from converters.odf.document import OdfDocument
from converters.odf.properties import ParagraphProperties, TableCellProperties, TextProperties, lay_over
from converters.odf.stylesheet import NamedStyle, Style
from converters.ooxml.namespaces import qn
from converters.xlsx_to_ods.cell_properties import (
    read_alignment,
    read_border,
    read_fill,
    read_protection,
)
from converters.xlsx_to_ods.colors import Palette
from converters.xlsx_to_ods.fonts import read_font
from converters.xlsx_to_ods.number_formats import NumberFormat, parse_number_format

_NO_STYLE = "Default"


@dataclass(frozen=True, slots=True)
class Differential:
    """What a ``dxf`` says; None where it says nothing of a kind."""

    cell: TableCellProperties
    paragraph: ParagraphProperties
    text: TextProperties
    number: NumberFormat | None


def read_differential(dxf: etree._Element, palette: Palette, indent_points: float) -> Differential:
    font, alignment = dxf.find(qn("x:font")), dxf.find(qn("x:alignment"))
    number, protection = dxf.find(qn("x:numFmt")), dxf.find(qn("x:protection"))
    text, paragraph = TextProperties(), ParagraphProperties()
    if font is not None:
        text = read_font([(etree.QName(item).localname, item.attrib) for item in font], palette)
    color, _approximated = read_fill(dxf.find(qn("x:fill")), palette, differential=True)
    cell = lay_over(
        read_border(dxf.find(qn("x:border")), palette), TableCellProperties(background_color=color)
    )
    if alignment is not None:
        aligned, paragraph = read_alignment(alignment.attrib, indent_points)
        cell = lay_over(aligned, cell)
    if protection is not None:
        cell = lay_over(cell, read_protection(protection.attrib))
    code = number.get("formatCode", "General") if number is not None else None
    return Differential(cell, paragraph, text, parse_number_format(code) if code is not None else None)


class DifferentialStyles:
    """Adds the common style of a differential format when it is first asked for."""

    def __init__(
        self,
        document: OdfDocument,
        palette: Palette,
        items: Sequence[etree._Element],
        data_style: Callable[[NumberFormat], str],
        indent_points: float,
    ) -> None:
        self._document = document
        self._palette = palette
        self._items = items
        self._data_style = data_style
        self._indent_points = indent_points
        self._names: dict[int, str] = {}
        self._count = 0

    def read(self, index: int) -> Differential | None:
        """What the differential format with an index says; None beyond the end."""
        if not 0 <= index < len(self._items):
            return None
        return read_differential(self._items[index], self._palette, self._indent_points)

    def style(self, index: int | None) -> str:
        """The name of the common style for an index into ``dxfs``; ``Default`` where there is none."""
        if index is None or not 0 <= index < len(self._items):
            return _NO_STYLE
        if index not in self._names:
            self._names[index] = self.add(self._items[index])
        return self._names[index]

    def add(self, dxf: etree._Element) -> str:
        """Add the common style of a ``dxf`` element, from the styles part or an extension; answers its name."""
        self._count += 1
        name = f"ConditionalStyle{self._count}"  # conditions name it as it is shown, so it needs no encoding
        found = read_differential(dxf, self._palette, self._indent_points)
        number = self._data_style(found.number) if found.number is not None else None
        records = (found.cell, found.paragraph, found.text)
        style = Style("table-cell", records, parent=_NO_STYLE, data_style=number)
        self._document.add_named_style(NamedStyle(name, style, display_name=name))
        return name
