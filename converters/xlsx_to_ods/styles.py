"""The styles part: cell formats as ODF styles (ECMA-376 Part 1, 18.8).

A named cell style becomes a common style; each cell format (``cellXfs``) an automatic style of the groups that hold in
it. ``CellFormats.cells`` answers, by a cell's style index, everything that the row writer needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.number_styles import DataStyles
from converters.odf.properties import TableCellProperties, TextProperties, difference, lay_over
from converters.odf.stylesheet import DefaultStyle, NamedStyle, Style, encode_name
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.ooxml.theme import Theme
from converters.units import read_int
from converters.xlsx_to_ods.cell_looks import Look, LookReader, item_at
from converters.xlsx_to_ods.cell_properties import PLAIN_PARAGRAPH, read_border, read_fill
from converters.xlsx_to_ods.colors import DEFAULT_INDEXED, Palette
from converters.xlsx_to_ods.differential_styles import DifferentialStyles
from converters.xlsx_to_ods.fonts import (
    PLAIN_FACE,
    Description,
    digit_width_twips,
    read_font,
    read_font_face,
    space_width_points,
    with_normal_family,
)
from converters.xlsx_to_ods.number_formats import GENERAL, NumberFormat, parse_number_format
from converters.xlsx_to_ods.table_bands import Overlay
from converters.xlsx_to_ods.table_styles import TableStyle, built_in_table_style, read_table_styles
from converters.xlsx_to_ods.text_heights import WrappingText, single_line_twips

DEFAULT_STYLE = "Default"
_USUAL_SIZE_POINTS = 11.0
_NOTHING = Style("table-cell", ())


@dataclass(frozen=True, slots=True)
class CellFormat:
    """The look of cells with one style index: the ODF style's name and how their numbers are shown."""

    style: str
    number: NumberFormat


class CellFormats:
    """Reads the styles part and adds its styles to the document. Damaged or missing parts mean the reader's defaults."""

    def __init__(
        self, package: Package, part: str | None, theme: Theme, document: OdfDocument, log: LossLog
    ) -> None:
        self._document = document
        self._log = log
        self._part = part or ""
        self._data_styles = DataStyles(document)
        self._root = _read_root(package, part, log)
        self.palette = Palette(theme, self._indexed_colors())
        fonts = with_normal_family([_described(font) for font in self._items("fonts")])
        default_font = read_font(fonts[0], self.palette) if fonts else TextProperties()
        self.default_font_name = default_font.font_name or "Calibri"
        self.default_font_points = float((default_font.font_size or "11pt").removesuffix("pt"))
        self.digit_twips = digit_width_twips(self.default_font_name, self.default_font_points)
        self.is_unstyled = part is None
        self._declare_faces(fonts)
        codes = {
            read_int(item.get("numFmtId"), -1): item.get("formatCode", "") for item in self._items("numFmts")
        }
        for lost in sorted({parse_number_format(code).approximated for code in codes.values()} - {""}):
            log.report("CELL_FORMAT_APPROXIMATED", Place("style", part=self._part), element=lost)
        self._reader = LookReader(
            [self.font(font) for font in fonts],
            [self._fill(fill) for fill in self._items("fills")],
            [read_border(border, self.palette) for border in self._items("borders")],
            codes,
            3 * space_width_points(self.default_font_name, self.default_font_points),
        )
        self._style_looks = [self._reader.read(xf, named=True) for xf in self._items("cellStyleXfs")]
        self._named = self._add_named_styles()
        self._looks: list[tuple[Look, int]] = []
        self._by_name: dict[str, tuple[Look, int]] = {}
        self._overlaid: dict[tuple[str, Overlay], str] = {}
        self.cells = [self._cell_format(xf) for xf in self._items("cellXfs")] or [
            CellFormat(DEFAULT_STYLE, GENERAL)
        ]
        self._table_styles: dict[str, TableStyle] | None = None
        self.differential = DifferentialStyles(
            document, self.palette, self._items("dxfs"), self._data_style, self._reader.indent_points
        )

    def _items(self, name: str) -> Sequence[etree._Element]:
        found = self._root.find(qn(f"x:{name}"))
        return [item for item in found if isinstance(item.tag, str)] if found is not None else []

    def _indexed_colors(self) -> Sequence[str]:
        found = self._root.find(f"{qn('x:colors')}/{qn('x:indexedColors')}")
        if found is None:
            return DEFAULT_INDEXED
        own = ["#" + item.get("rgb", "00000000")[-6:].lower() for item in found]
        return (*own, *DEFAULT_INDEXED[len(own) :])

    def _declare_faces(self, fonts: Sequence[Description]) -> None:
        """Name the faces of the fonts, those of cells first: of two faces of one typeface the second gets a number."""
        named, cells = self._items("cellStyleXfs"), self._items("cellXfs")
        used = {read_int(xf.get("xfId"), 0) for xf in cells}
        shown = [*cells, *(xf for index, xf in enumerate(named) if index in used)]
        for font in (item_at(fonts, xf.get("fontId")) for xf in shown):
            self._document.fonts.distinct_name_for(read_font_face(font or []) or PLAIN_FACE)

    def font(self, children: Description) -> TextProperties:
        """The properties of a font or of a rich run; its typeface is declared."""
        text, face = read_font(children, self.palette), read_font_face(children)
        if face is None:
            return text
        name = self._document.fonts.distinct_name_for(face)
        return replace(text, font_name=name, font_name_asian=name, font_name_complex=name)

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

    def _add_named_styles(self) -> dict[int, str]:
        """Common styles by index into ``cellStyleXfs``; the Normal style is ODF's ``Default``.

        Built-in styles that no cell has are Excel's palette, not the workbook's: they are left out.
        """
        names: dict[int, str] = {}
        used = {read_int(xf.get("xfId"), 0) for xf in self._items("cellXfs")}
        normal = 0
        declared = self._items("cellStyles")
        for item in declared:
            if item.get("builtinId") == "0":
                normal = read_int(item.get("xfId"), 0) or 0
        default = item_at(self._style_looks, str(normal))
        if default is None:
            default = self._reader.read(etree.Element("xf", fontId="0"), named=True)
        self._default_look = default
        style = self._default_style(default) if len(self._root) else _NOTHING
        self._document.add_named_style(NamedStyle(DEFAULT_STYLE, style, display_name=DEFAULT_STYLE))
        names[normal] = DEFAULT_STYLE
        for item in declared:
            index = read_int(item.get("xfId"), -1) or 0
            look = item_at(self._style_looks, str(index))
            if index in names or look is None or (item.get("builtinId") and index not in used):
                continue
            shown = item.get("name") or f"Style {index}"
            name = encode_name(shown)
            if name == DEFAULT_STYLE or ("table-cell", name) in self._document.named_styles:
                name = encode_name(f"{shown} {index}")
            style = self._style(look, DEFAULT_STYLE)
            self._document.add_named_style(NamedStyle(name, style, display_name=shown))
            names[index] = name
        return names

    def _default_style(self, look: Look) -> Style:
        """The style of all cells: what differs from what ODF says of a cell by itself.

        In a workbook with differential formats its font holds where no style says another (16.4): in LibreOffice a
        conditional format gives a cell whatever its style and those above it say, so a font there would hide the cell's
        own. In any other it stands in the style, as LibreOffice writes it.
        """
        is_overlaid = bool(self._items("dxfs"))
        if is_overlaid:
            self._document.default_styles.append(DefaultStyle("table-cell", (look.text,)))
        plain = replace(Look().cell(), vertical_align=None)  # automatic in ODF
        number = None if look.number == GENERAL else self._data_style(look.number)
        records = (
            difference(look.cell(), plain),
            difference(look.paragraph, PLAIN_PARAGRAPH),
            *(() if is_overlaid else (look.text,)),
        )
        return Style("table-cell", records, data_style=number)

    def _style(self, look: Look, parent: str) -> Style:
        holding = look.holding
        records = (
            look.cell(),
            *((look.paragraph,) if "alignment" in holding else ()),
            *((look.text,) if "font" in holding else ()),
        )
        number = self._data_style(look.number) if "number" in holding else None
        return Style("table-cell", records, parent=parent, data_style=number)

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
        index = read_int(xf.get("xfId"), 0) or 0
        look = self._reader.read(xf, named=False).over(self._named_look(index))
        self._looks.append((look, index))
        return CellFormat(self._automatic(look, index), look.number)

    def _named_look(self, index: int) -> Look:
        found = item_at(self._style_looks, str(index)) if index in self._named else None
        return found or self._default_look

    def _automatic(self, look: Look, index: int) -> str:
        """The automatic style of a look whose named style has an index into ``cellStyleXfs``."""
        style = self._style(look, self._named.get(index, DEFAULT_STYLE))
        name = self._document.automatic.name_for(style)
        self._by_name.setdefault(name, (look, index))
        return name

    def table_style(self, name: str) -> TableStyle | None:
        """The workbook's table style of that name, or Excel's own."""
        if self._table_styles is None:
            self._table_styles = read_table_styles(self._root, self._items("dxfs"), self.palette)
        found = self._table_styles.get(name)
        return found if found is not None else built_in_table_style(name, self.palette)

    def overlaid(self, name: str, overlay: Overlay) -> str:
        """The automatic style of a cell that has a style by name and lies in a table: what the cell says itself stays.

        As in Excel, a cell says itself what differs from the Normal style.
        """
        found = self._overlaid.get((name, overlay))
        if found is None:
            look, index = self._by_name.get(name, (self._default_look, -1))
            found = self._automatic(look.under(overlay, self._default_look), index)
            self._overlaid[(name, overlay)] = found
        return found

    def number_style(self, index: int | None, number_id: int | None) -> str:
        """The style of a plain cell with the number format of an id, else of the cell format at an index."""
        if number_id is not None:
            number = self._reader.number_format(number_id)
        elif index is not None and 0 <= index < len(self._looks):
            number = self._looks[index][0].number
        else:
            number = GENERAL
        return self._document.automatic.name_for(
            Style("table-cell", (), parent=DEFAULT_STYLE, data_style=self._data_style(number))
        )

    def tall(self, row_twips: int) -> dict[int, int]:
        """The style indices whose text is higher than a row, of a large font or turned, with the height in twips."""
        found = {}
        for index, (look, _named) in enumerate(self._looks):
            turned = look.alignment.rotation_angle not in (None, "0")
            needed = max(single_line_twips(look.font_points), row_twips + 1 if turned else 0)
            if needed > row_twips:
                found[index] = needed
        return found

    def wrapping(self) -> dict[int, WrappingText]:
        """The style indices whose text wraps, with how it is shown."""
        return {
            index: WrappingText(
                look.typeface.lower(),
                look.font_points or _USUAL_SIZE_POINTS,
                look.text.font_weight == "bold",
                float((look.paragraph.margin_left or "0pt").removesuffix("pt")),
            )
            for index, (look, _named) in enumerate(self._looks)
            if look.alignment.wrap_option == "wrap"
        }

    def merged_style(self, first: int, last: int) -> str:
        """The style of a merged cell: its first cell's, with the right and lower edge of its last cell."""
        count = len(self._looks)
        if not (0 <= first < count and 0 <= last < count):
            return self.cells[0].style
        (look, index), (corner, _index) = self._looks[first], self._looks[last]
        edges = TableCellProperties(
            border_right=corner.border.border_right, border_bottom=corner.border.border_bottom
        )
        merged = replace(look, border=lay_over(look.border, edges), holding=look.holding | {"border"})
        return self._automatic(merged, index)


def _described(font: etree._Element) -> Description:
    return [(etree.QName(item).localname, item.attrib) for item in font if isinstance(item.tag, str)]


def _read_root(package: Package, part: str | None, log: LossLog) -> etree._Element:
    if part is not None:
        try:
            return package.read_xml(part)
        except Refused as error:
            log.report("PART_DAMAGED", Place("part", part=part), detail=str(error))
    return etree.Element(qn("x:styleSheet"))
