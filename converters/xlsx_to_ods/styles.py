"""The styles part: cell formats as ODF styles (ECMA-376 Part 1, 18.8).

A named cell style becomes a common style; each cell format (``cellXfs``) an automatic style of what it says beyond its
named style. ``CellFormats.cell`` answers, by a cell's style index, everything that the row writer needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.number_styles import DataStyles
from converters.odf.properties import (
    ParagraphProperties,
    TableCellProperties,
    TextProperties,
    difference,
    lay_over,
)
from converters.odf.stylesheet import NamedStyle, Style, encode_name
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.ooxml.theme import Theme
from converters.units import read_int, read_on_off
from converters.xlsx_to_ods.cell_properties import (
    PLAIN_CELL,
    PLAIN_PARAGRAPH,
    read_alignment,
    read_border,
    read_fill,
    read_protection,
)
from converters.xlsx_to_ods.colors import DEFAULT_INDEXED, Palette
from converters.xlsx_to_ods.fonts import (
    PLAIN_FONT,
    digit_width_twips,
    font_face,
    read_font,
    space_width_points,
)
from converters.xlsx_to_ods.number_formats import BUILT_IN, GENERAL, NumberFormat, parse_number_format

DEFAULT_STYLE = "Default"
# what an automatic style says even where its parent says the same, once the source names an alignment
_ALIGNED = ("wrap_option", "vertical_align", "text_align_source")
_USUAL_SIZE_POINTS = 11.0
_LINE_HEIGHT = 1.22  # of a font's size, for telling which fonts need more than a row's default height


@dataclass(frozen=True, slots=True)
class CellFormat:
    """The look of cells with one style index: the ODF style's name and how their numbers are shown."""

    style: str
    number: NumberFormat


@dataclass(frozen=True, slots=True)
class _Look:
    cell: TableCellProperties
    paragraph: ParagraphProperties
    text: TextProperties
    number: NumberFormat
    aligned: bool = False  # whether the source names an alignment, even the usual one
    formatted: bool = False  # the same for the number format


class CellFormats:
    """Reads the styles part and adds its styles to the document. Damaged or missing parts mean Excel's defaults."""

    def __init__(
        self, package: Package, part: str | None, theme: Theme, document: OdfDocument, log: LossLog
    ) -> None:
        self._document = document
        self._log = log
        self._part = part or ""
        self._data_styles = DataStyles(document)
        self._root = _read_root(package, part, log)
        self.palette = Palette(theme, self._indexed_colors())
        self._fonts = [
            read_font([(etree.QName(item).localname, item.attrib) for item in font], self.palette)
            for font in self._items("fonts")
        ]
        self._declare_fonts()
        default_font = self._fonts[0] if self._fonts else TextProperties()
        self.default_font_name = default_font.font_name or "Calibri"
        self.default_font_points = float((default_font.font_size or "11pt").removesuffix("pt"))
        self.digit_twips = digit_width_twips(self.default_font_name, self.default_font_points)
        self._indent_points = 3 * space_width_points(self.default_font_name, self.default_font_points)
        self._fills = [self._fill(fill) for fill in self._items("fills")]
        self._borders = [read_border(border, self.palette) for border in self._items("borders")]
        self._codes = {
            read_int(item.get("numFmtId"), -1): item.get("formatCode", "") for item in self._items("numFmts")
        }
        self._style_looks = [self._look(xf) for xf in self._items("cellStyleXfs")]
        self._named = self._add_named_styles()
        self._looks: list[tuple[_Look, int]] = []
        self.cells = [self._cell_format(xf) for xf in self._items("cellXfs")] or [
            CellFormat(DEFAULT_STYLE, GENERAL)
        ]
        self._differential: dict[int, str] = {}
        self._dxfs = self._items("dxfs")

    def _items(self, name: str) -> Sequence[etree._Element]:
        found = self._root.find(qn(f"x:{name}"))
        return [item for item in found if isinstance(item.tag, str)] if found is not None else []

    def _indexed_colors(self) -> Sequence[str]:
        found = self._root.find(f"{qn('x:colors')}/{qn('x:indexedColors')}")
        if found is None:
            return DEFAULT_INDEXED
        own = ["#" + item.get("rgb", "00000000")[-6:].lower() for item in found]
        return (*own, *DEFAULT_INDEXED[len(own) :])

    def _declare_fonts(self) -> None:
        if any(font.font_name is None for font in self._fonts):
            self.declare_font(PLAIN_FONT)
        for font, element in zip(self._fonts, self._items("fonts"), strict=True):
            if font.font_name:
                family = element.find(qn("x:family"))
                face = font_face(font.font_name, family.get("val") if family is not None else None)
                self._document.fonts.name_for(face)

    def declare_font(self, properties: TextProperties) -> TextProperties:
        """Declare the typeface that a rich run names; answers the properties."""
        if properties.font_name:
            self._document.fonts.name_for(font_face(properties.font_name))
        return properties

    def _fill(self, fill: etree._Element) -> str | None:
        color, approximated = read_fill(fill, self.palette)
        return color if not approximated else self._approximated(fill, color)

    def _approximated(self, fill: etree._Element, color: str | None) -> str | None:
        pattern = fill.find(qn("x:patternFill"))
        kind = pattern.get("patternType", "") if pattern is not None else "gradient"
        if (
            kind != "gray125" or fill.getparent().index(fill) != 1
        ):  # the second fill is always there, used or not
            self._log.report("CELL_FILL_APPROXIMATED", Place("style", part=self._part), pattern=kind)
        return color

    # -- formats -----------------------------------------------------------------------------------------------

    def number_format(self, number_id: int) -> NumberFormat:
        code = self._codes.get(number_id)
        return parse_number_format(BUILT_IN.get(number_id, "General") if code is None else code)

    def _look(self, xf: etree._Element) -> _Look:
        alignment, protection = xf.find(qn("x:alignment")), xf.find(qn("x:protection"))
        cell, paragraph = read_alignment(
            alignment.attrib if alignment is not None else None, self._indent_points
        )
        cell = lay_over(PLAIN_CELL, cell)
        cell = lay_over(cell, _at(self._borders, xf.get("borderId")) or TableCellProperties())
        cell = lay_over(cell, TableCellProperties(background_color=_at(self._fills, xf.get("fillId"))))
        if protection is not None:
            cell = lay_over(cell, read_protection(protection.attrib))
        text = _over_font(PLAIN_FONT, _at(self._fonts, xf.get("fontId")) or TextProperties())
        number_id = read_int(xf.get("numFmtId"), 0) or 0
        formatted = number_id != 0 or read_on_off(xf.get("applyNumberFormat"), False)
        return _Look(
            cell,
            lay_over(PLAIN_PARAGRAPH, paragraph),
            text,
            self.number_format(number_id),
            alignment is not None,
            formatted,
        )

    def _add_named_styles(self) -> dict[int, str]:
        """Common styles by index into ``cellStyleXfs``; the Normal style is ODF's ``Default``."""
        names: dict[int, str] = {}
        normal = 0
        declared = self._items("cellStyles")
        for item in declared:
            if item.get("builtinId") == "0":
                normal = read_int(item.get("xfId"), 0) or 0
        default = _at(self._style_looks, str(normal)) or self._look(etree.Element("xf", fontId="0"))
        self._default_look = default
        self._document.add_named_style(
            NamedStyle(DEFAULT_STYLE, self._style(default, None, None), display_name=DEFAULT_STYLE)
        )
        names[normal] = DEFAULT_STYLE
        for item in declared:
            index = read_int(item.get("xfId"), -1) or 0
            look = _at(self._style_looks, str(index))
            if index in names or look is None:
                continue
            shown = item.get("name") or f"Style {index}"
            name = encode_name(shown)
            if name == DEFAULT_STYLE or ("table-cell", name) in self._document.named_styles:
                name = encode_name(f"{shown} {index}")
            style = self._style(look, default, DEFAULT_STYLE)
            self._document.add_named_style(NamedStyle(name, style, display_name=shown))
            names[index] = name
        return names

    def _style(self, look: _Look, base: _Look | None, parent: str | None) -> Style:
        cell, paragraph, text = look.cell, look.paragraph, look.text
        data_style = self._data_style(look.number) if look.number != GENERAL or look.formatted else None
        if base is None:
            cell = replace(difference(cell, PLAIN_CELL), vertical_align=cell.vertical_align)
            paragraph = difference(paragraph, PLAIN_PARAGRAPH)
        else:
            explicit = {name: getattr(cell, name) for name in _ALIGNED} if look.aligned else {}
            cell = replace(difference(cell, base.cell), **explicit)
            paragraph = difference(paragraph, base.paragraph)
            text = difference(text, base.text)
            if look.number == base.number and not look.formatted:
                data_style = None
            elif data_style is None:
                data_style = self._data_style(look.number)
        return Style("table-cell", (cell, paragraph, text), parent=parent, data_style=data_style)

    def _data_style(self, number: NumberFormat) -> str:
        if number.style is None:
            return self._general_style()
        return self._data_styles.name_for(number.style)

    def _general_style(self) -> str:
        self._document.add_common(
            "data-style N0",
            lambda writer: writer.raw(
                '<number:number-style style:name="N0"><number:number number:min-integer-digits="1"/>'
                "</number:number-style>"
            ),
        )
        return "N0"

    def _cell_format(self, xf: etree._Element) -> CellFormat:
        look = self._look(xf)
        index = read_int(xf.get("xfId"), 0) or 0
        self._looks.append((look, index))
        return CellFormat(self._automatic(look, index), look.number)

    def _automatic(self, look: _Look, index: int) -> str:
        """The automatic style of a look whose named style has an index into ``cellStyleXfs``."""
        parent = self._named.get(index, DEFAULT_STYLE)
        base = _at(self._style_looks, str(index)) if index in self._named else self._default_look
        style = self._style(look, base or self._default_look, parent)
        return self._document.automatic.name_for(style)

    def tall(self, row_points: float) -> frozenset[int]:
        """The style indices whose text is higher than a row: turned or of a large font."""
        found = set()
        for index, (look, _named) in enumerate(self._looks):
            turned = look.cell.rotation_angle not in (None, "0")
            if turned or _size_points(look) * _LINE_HEIGHT > row_points:
                found.add(index)
        return frozenset(found)

    def wrapping(self) -> dict[int, float]:
        """The style indices whose text wraps, with its size in points."""
        return {
            index: _size_points(look) or _USUAL_SIZE_POINTS
            for index, (look, _named) in enumerate(self._looks)
            if look.cell.wrap_option == "wrap"
        }

    def merged_style(self, first: int, last: int) -> str:
        """The style of a merged cell: its first cell's, with the right and lower edge of its last cell."""
        count = len(self._looks)
        if not (0 <= first < count and 0 <= last < count):
            return self.cells[0].style
        (look, index), (corner, _index) = self._looks[first], self._looks[last]
        edges = TableCellProperties(
            border_right=corner.cell.border_right, border_bottom=corner.cell.border_bottom
        )
        return self._automatic(replace(look, cell=lay_over(look.cell, edges)), index)

    # -- differential formats ----------------------------------------------------------------------------------

    def differential_style(self, index: int) -> str:
        """The encoded name of the common style for a differential format (18.8.14); ``Default`` where there is none."""
        if index not in self._differential:
            dxf = self._dxfs[index] if 0 <= index < len(self._dxfs) else None
            self._differential[index] = self.add_differential(dxf) if dxf is not None else DEFAULT_STYLE
        return self._differential[index]

    def add_differential(self, dxf: etree._Element) -> str:
        """Add the common style of a ``dxf`` element, from the styles part or an extension."""
        shown = (
            f"ConditionalStyle_{sum(1 for _f, n in self._document.named_styles if n.startswith('Cond')) + 1}"
        )
        font = dxf.find(qn("x:font"))
        text = TextProperties()
        if font is not None:
            text = read_font([(etree.QName(item).localname, item.attrib) for item in font], self.palette)
        color, _approximated = read_fill(dxf.find(qn("x:fill")), self.palette, differential=True)
        alignment = dxf.find(qn("x:alignment"))
        cell = lay_over(
            read_border(dxf.find(qn("x:border")), self.palette), TableCellProperties(background_color=color)
        )
        paragraph = ParagraphProperties()
        if alignment is not None:
            aligned, paragraph = read_alignment(alignment.attrib, self._indent_points)
            cell = lay_over(aligned, cell)
        number = dxf.find(qn("x:numFmt"))
        data_style = None
        if number is not None:
            data_style = self._data_style(parse_number_format(number.get("formatCode", "General")))
        style = Style("table-cell", (cell, paragraph, text), parent=DEFAULT_STYLE, data_style=data_style)
        self._document.add_named_style(NamedStyle(encode_name(shown), style, display_name=shown))
        return encode_name(shown)


def _size_points(look: _Look) -> float:
    """The size of the font; 0 where none is named."""
    return float((look.text.font_size or "0pt").removesuffix("pt"))


def _over_font(base: TextProperties, font: TextProperties) -> TextProperties:
    if font.color is not None:
        base = lay_over(base, TextProperties(use_window_font_color="false"))
    return lay_over(base, font)


def _at(items: Sequence, index: str | None):
    """The item at a written index; the first where none is written, None beyond the end."""
    number = read_int(index, 0) or 0
    return items[number] if 0 <= number < len(items) else None


def _read_root(package: Package, part: str | None, log: LossLog) -> etree._Element:
    if part is not None:
        try:
            return package.read_xml(part)
        except Refused as error:
            log.report("PART_DAMAGED", Place("part", part=part), detail=str(error))
    return etree.Element(qn("x:styleSheet"))
