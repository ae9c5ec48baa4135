"""What a cell format (``xf``, ECMA-376 Part 1, 18.8.45) says, group by group, and which groups hold (18.8.10).

A format has six groups: number format, font, fill, border, alignment, protection. The ``apply`` flag of a group says
whether it holds: in a named style unless the flag is off, in a cell if the flag is on. Excel also lets a cell's group hold
where it differs from the named style's, whatever the flag says. A group that holds is written whole, so that what the
named style says later does not change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from lxml import etree

from converters.odf.properties import ParagraphProperties, TableCellProperties, TextProperties, lay_over
from converters.ooxml.namespaces import qn
from converters.units import read_int, read_on_off
from converters.xlsx_to_ods.cell_properties import (
    PLAIN_ALIGNMENT,
    PLAIN_BORDER,
    PLAIN_FILL,
    PLAIN_PARAGRAPH,
    PLAIN_PROTECTION,
    read_alignment,
    read_protection,
)
from converters.xlsx_to_ods.fonts import PLAIN_FONT
from converters.xlsx_to_ods.number_formats import BUILT_IN, GENERAL, NumberFormat, parse_number_format
from converters.xlsx_to_ods.table_bands import Overlay

# group -> (the flag that says whether it holds, the fields of a look that it consists of)
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "number": ("applyNumberFormat", ("number",)),
    "font": ("applyFont", ("text",)),
    "fill": ("applyFill", ("fill",)),
    "border": ("applyBorder", ("border",)),
    "alignment": ("applyAlignment", ("alignment", "paragraph")),
    "protection": ("applyProtection", ("protection",)),
}
EVERY_GROUP = frozenset(GROUPS)

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Look:
    """The groups of one format, each complete; ``holding`` names those that hold."""

    number: NumberFormat = GENERAL
    text: TextProperties = PLAIN_FONT
    fill: TableCellProperties = PLAIN_FILL
    border: TableCellProperties = PLAIN_BORDER
    alignment: TableCellProperties = PLAIN_ALIGNMENT
    paragraph: ParagraphProperties = PLAIN_PARAGRAPH
    protection: TableCellProperties = PLAIN_PROTECTION
    holding: frozenset[str] = EVERY_GROUP

    @property
    def font_points(self) -> float:
        """The size of the font; 0 where none is named."""
        return float((self.text.font_size or "0pt").removesuffix("pt"))

    @property
    def typeface(self) -> str:
        """The typeface's name, without the number that tells faces of one typeface apart."""
        return (self.text.font_name or "").rstrip("0123456789")

    def over(self, base: Look) -> Look:
        """The look of a cell whose named style is ``base``: what differs from it holds too."""
        differing = {
            group
            for group, (_flag, fields) in GROUPS.items()
            if group not in base.holding or any(getattr(self, name) != getattr(base, name) for name in fields)
        }
        return replace(self, holding=self.holding | differing)

    def under(self, overlay: Overlay, normal: Look) -> Look:
        """The look of a cell in a table: what it says otherwise than the Normal style stays."""
        text, fill, border = self.text, self.fill, self.border
        if overlay.color and (text.color, text.use_window_font_color) == (
            normal.text.color,
            normal.text.use_window_font_color,
        ):
            text = lay_over(text, TextProperties(color=overlay.color, use_window_font_color="false"))
        if overlay.weight and text.font_weight == normal.text.font_weight:
            weight = overlay.weight
            text = lay_over(
                text, TextProperties(font_weight=weight, font_weight_asian=weight, font_weight_complex=weight)
            )
        if overlay.fill and fill == normal.fill:
            fill = TableCellProperties(background_color=overlay.fill)
        lines = {
            f"border_{side}": getattr(overlay, side)
            for side in ("left", "right", "top", "bottom")
            if getattr(overlay, side) and getattr(border, f"border_{side}") in (None, "none")
        }
        if lines:
            border = lay_over(border, TableCellProperties(**lines))
        changed = {
            group
            for group, before, after in (
                ("font", self.text, text),
                ("fill", self.fill, fill),
                ("border", self.border, border),
            )
            if before != after
        }
        return replace(self, text=text, fill=fill, border=border, holding=self.holding | changed)

    def cell(self) -> TableCellProperties:
        """The properties of the cell that hold."""
        cell = TableCellProperties()
        for group in ("fill", "border", "alignment", "protection"):
            if group in self.holding:
                cell = lay_over(cell, getattr(self, group))
        return cell


@dataclass(slots=True)
class LookReader:
    """Reads formats by the tables of the styles part, which their ids count through."""

    fonts: Sequence[TextProperties]
    fills: Sequence[str | None]
    borders: Sequence[TableCellProperties]
    codes: dict[int | None, str]  # number format id -> code
    indent_points: float = 0.0
    _numbers: dict[int, NumberFormat] = field(default_factory=dict)

    def number_format(self, number_id: int) -> NumberFormat:
        found = self._numbers.get(number_id)
        if found is None:
            code = self.codes.get(number_id)
            if code is None:
                code = BUILT_IN.get(number_id, "General")
            found = self._numbers[number_id] = parse_number_format(code)
        return found

    def read(self, xf: etree._Element, *, named: bool) -> Look:
        """The look of an ``xf``: of a named style, whose groups hold by default, or of a cell, whose groups do not."""
        alignment, protection = xf.find(qn("x:alignment")), xf.find(qn("x:protection"))
        aligned, paragraph = read_alignment(
            alignment.attrib if alignment is not None else None, self.indent_points
        )
        protected = read_protection(protection.attrib if protection is not None else None)
        fill = item_at(self.fills, xf.get("fillId"))
        return Look(
            number=self.number_format(read_int(xf.get("numFmtId"), 0) or 0),
            text=_over_font(PLAIN_FONT, item_at(self.fonts, xf.get("fontId")) or TextProperties()),
            fill=TableCellProperties(background_color=fill) if fill is not None else PLAIN_FILL,
            border=lay_over(PLAIN_BORDER, item_at(self.borders, xf.get("borderId")) or TableCellProperties()),
            alignment=lay_over(PLAIN_ALIGNMENT, aligned),
            paragraph=lay_over(PLAIN_PARAGRAPH, paragraph),
            protection=lay_over(PLAIN_PROTECTION, protected),
            holding=frozenset(
                group for group, (flag, _fields) in GROUPS.items() if read_on_off(xf.get(flag), named)
            )
            | (frozenset() if named else _spelled_out(xf)),
        )


def _spelled_out(xf: etree._Element) -> frozenset[str]:
    found = {etree.QName(item).localname for item in xf if isinstance(item.tag, str)}
    if read_int(xf.get("numFmtId"), 0):
        found.add("number")
    return EVERY_GROUP & found


def _over_font(base: TextProperties, font: TextProperties) -> TextProperties:
    if font.color is not None:
        base = lay_over(base, TextProperties(use_window_font_color="false"))
    return lay_over(base, font)


def item_at(items: Sequence[Item], index: str | None) -> Item | None:
    """The item at a written index; the first where none is written, None beyond the end."""
    number = read_int(index, 0) or 0
    return items[number] if 0 <= number < len(items) else None
