"""Sections: page size and margins, columns, headers and footers by reference (ECMA-376 Part 1, 17.6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from converters.docx_to_odt.borders import Border, read_border
from converters.docx_to_odt.list_styles import NUM_FORMATS
from converters.docx_to_odt.settings import Settings
from converters.losses import LossLog, Place
from converters.odf.properties import (
    Column,
    Columns,
    FootnoteSeparator,
    HeaderFooterProperties,
    PageLayoutProperties,
    SectionProperties,
)
from converters.odf.stylesheet import PageLayout
from converters.ooxml.namespaces import qn
from converters.ooxml.theme import Theme
from converters.support import Support
from converters.units import centimetres, from_twips, points, read_int, read_on_off, read_twips

_VAL = qn("w:val")
_LETTER_TWIPS = (12_240.0, 15_840.0)
MIN_HEADER_TWIPS = 57.0  # one millimetre: what LibreOffice needs for a header's body
MIN_PAGE_TWIPS = 144.0
_GRID_MODES = {"lines": "line", "linesAndChars": "both", "snapToChars": "both"}


@dataclass(slots=True)
class Section:
    """A ``w:sectPr``; lengths in twips. ``references`` are relationship ids by (header or footer, type)."""

    kind: str = "nextPage"
    page: tuple[float, float] = _LETTER_TWIPS
    landscape: bool = False
    margins: dict[str, float] = field(default_factory=dict)
    columns: int = 1
    column_gap_twips: float = 720.0
    column_widths: tuple[tuple[float, float], ...] = ()  # width and gap after it, of unequal columns
    separator: bool = False
    references: dict[tuple[str, str], str] = field(default_factory=dict)
    title_page: bool = False
    page_number_format: str | None = None
    page_number_start: int | None = None
    borders: dict[str, Border] = field(default_factory=dict)
    borders_from_page: bool = False
    right_to_left: bool = False
    grid_mode: str | None = None
    grid_pitch_twips: float | None = None

    def margin(self, side: str) -> float:
        return self.margins.get(side, {"header": 720.0, "footer": 720.0, "gutter": 0.0}.get(side, 1_440.0))

    @property
    def text_width_twips(self) -> float:
        width = self.page[0] - self.margin("left") - self.margin("right") - self.margin("gutter")
        return max(width, MIN_PAGE_TWIPS)


def read_section(element: etree._Element | None, theme: Theme, log: LossLog, place: Place) -> Section:
    section = Section()
    for child in element if element is not None else ():
        SUPPORT.dispatch(child, log, place, section, theme)
    return section


# -- handlers: (element, section, theme) --------------------------------------------------------------------------


def _page_size(element: etree._Element, section: Section, theme: Theme) -> None:
    width, height = read_twips(element.get(qn("w:w"))), read_twips(element.get(qn("w:h")))
    section.page = (
        max(width or _LETTER_TWIPS[0], MIN_PAGE_TWIPS),
        max(height or _LETTER_TWIPS[1], MIN_PAGE_TWIPS),
    )
    section.landscape = element.get(qn("w:orient")) == "landscape"


def _page_margins(element: etree._Element, section: Section, theme: Theme) -> None:
    for name, value in element.attrib.items():
        twips = read_twips(str(value))
        if twips is not None:
            section.margins[etree.QName(name).localname] = twips


def _columns(element: etree._Element, section: Section, theme: Theme) -> None:
    section.column_gap_twips = read_twips(element.get(qn("w:space"))) or 0.0
    if element.get(qn("w:space")) is None:
        section.column_gap_twips = 720.0
    section.separator = read_on_off(element.get(qn("w:sep")), default=False)
    widths = tuple(
        (read_twips(column.get(qn("w:w"))) or 0.0, read_twips(column.get(qn("w:space"))) or 0.0)
        for column in element.iter(qn("w:col"))
    )
    equal = read_on_off(element.get(qn("w:equalWidth")), default=True)
    section.columns = min(max(read_int(element.get(qn("w:num")), 1) or 1, 1), 45)
    if widths and not equal:
        section.columns, section.column_widths = len(widths), widths


def _reference(kind: str) -> Callable[..., None]:
    def read(element: etree._Element, section: Section, theme: Theme) -> None:
        identifier = element.get(qn("r:id"))
        if identifier:
            section.references[kind, element.get(qn("w:type"), "default")] = identifier

    return read


def _page_numbers(element: etree._Element, section: Section, theme: Theme) -> None:
    section.page_number_start = read_int(element.get(qn("w:start")))
    number_format = element.get(qn("w:fmt"))
    section.page_number_format = NUM_FORMATS.get(number_format) if number_format else None


def _borders(element: etree._Element, section: Section, theme: Theme) -> None:
    section.borders_from_page = element.get(qn("w:offsetFrom")) == "page"
    for child in element:
        section.borders[etree.QName(child).localname] = read_border(child, theme)


def _grid(element: etree._Element, section: Section, theme: Theme) -> None:
    section.grid_mode = _GRID_MODES.get(element.get(qn("w:type"), "default"))
    section.grid_pitch_twips = read_twips(element.get(qn("w:linePitch")))


def _text(name: str) -> Callable[..., None]:
    def read(element: etree._Element, section: Section, theme: Theme) -> None:
        setattr(section, name, element.get(_VAL))

    return read


def _on_off(name: str) -> Callable[..., None]:
    def read(element: etree._Element, section: Section, theme: Theme) -> None:
        setattr(section, name, read_on_off(element.get(_VAL)))

    return read


_HANDLERS: dict[str, Callable[..., Any]] = {
    "w:type": _text("kind"),
    "w:pgSz": _page_size,
    "w:pgMar": _page_margins,
    "w:cols": _columns,
    "w:headerReference": _reference("header"),
    "w:footerReference": _reference("footer"),
    "w:titlePg": _on_off("title_page"),
    "w:pgNumType": _page_numbers,
    "w:pgBorders": _borders,
    "w:bidi": _on_off("right_to_left"),
    "w:docGrid": _grid,
}

SUPPORT = Support(
    "section properties",
    _HANDLERS,
    ignored={
        "w:col": "read with the columns",
        "w:footnotePr": "ODF numbers notes for the whole document; the settings part is used",
        "w:endnotePr": "ODF numbers notes for the whole document; the settings part is used",
        "w:formProt": "protection is reported with the settings",
        "w:noEndnote": "endnotes stand at the end of the document",
        "w:rtlGutter": "the gutter stands on the left",
        "w:paperSrc": "a tray of the printer that printed it first",
        "w:printerSettings": "settings of the printer that printed it first",
    },
    unsupported={
        "w:lnNumType": "LINE_NUMBERING_DROPPED",
        "w:vAlign": "PAGE_ALIGNMENT_DROPPED",
        "w:textDirection": "TEXT_DIRECTION_DROPPED",
        "w:sectPrChange": "FORMAT_CHANGE_DROPPED",
    },
)


# -- to ODF ------------------------------------------------------------------------------------------------------


def page_layout(section: Section, settings: Settings, *, header: bool, footer: bool) -> PageLayout:
    """The page layout. A header stands in the top margin: ODF's margin ends where the header begins (17.6.11)."""
    top, bottom = section.margin("top"), section.margin("bottom")
    header_properties = footer_properties = None
    if header:
        top, header_properties = _header_space(top, section.margin("header"), "margin_bottom")
    if footer:
        bottom, footer_properties = _header_space(bottom, section.margin("footer"), "margin_top")
    left, right = section.margin("left"), section.margin("right")
    if not settings.gutter_at_top:
        left += section.margin("gutter")
    sides: dict[str, str | None] = {}
    for side, border in section.borders.items():
        if side in ("top", "bottom", "left", "right"):
            sides[f"border_{side}"] = border.line
            sides[f"padding_{side}"] = points(border.space_points) if border.visible else None
    if section.borders:
        left, right, top, bottom = _margins_with_borders(section, left, right, top, bottom, sides)
    pitch = section.grid_pitch_twips if section.grid_mode else None
    body = section.page[1] - abs(section.margin("top")) - abs(section.margin("bottom"))
    properties = PageLayoutProperties(
        page_width=from_twips(section.page[0]),
        page_height=from_twips(section.page[1]),
        num_format=section.page_number_format or "1",
        print_orientation="landscape" if section.landscape else "portrait",
        margin_left=from_twips(left),
        margin_right=from_twips(right),
        margin_top=from_twips(abs(top)),
        margin_bottom=from_twips(abs(bottom)),
        writing_mode="rl-tb" if section.right_to_left else "lr-tb",
        footnote_max_height="0cm",
        layout_grid_mode=section.grid_mode if pitch else None,
        layout_grid_lines=str(max(1, int(body // pitch))) if pitch else None,
        layout_grid_base_height=from_twips(pitch) if pitch else None,
        layout_grid_ruby_height="0cm" if pitch else None,
        layout_grid_snap_to="true" if pitch else None,
        columns=None,
        footnote_separator=FootnoteSeparator(),
        **sides,
    )
    usage = "mirrored" if settings.mirror_margins else None
    return PageLayout(properties, header_properties, footer_properties, usage)


def _header_space(margin: float, distance: float, gap_field: str) -> tuple[float, HeaderFooterProperties]:
    """The page margin and the header's properties: it grows when its text needs more, unless the margin is negative."""
    height = max(abs(margin) - distance, MIN_HEADER_TWIPS)
    gap = from_twips(max(0.0, height - MIN_HEADER_TWIPS))
    if margin < 0:  # Word keeps the body where it is, whatever the header's height
        return distance, HeaderFooterProperties(
            height=from_twips(height),
            margin_left="0cm",
            margin_right="0cm",
            dynamic_spacing="true",
            **{gap_field: gap},
        )
    return distance, HeaderFooterProperties(
        min_height=from_twips(height),
        margin_left="0cm",
        margin_right="0cm",
        dynamic_spacing="true",
        **{gap_field: gap},
    )


def _margins_with_borders(
    section: Section, left: float, right: float, top: float, bottom: float, sides: dict[str, str | None]
) -> tuple[float, float, float, float]:
    """ODF draws a page border outside its padding, inside the margin: what Word measures the other way (17.6.10)."""
    values = {"left": left, "right": right, "top": top, "bottom": bottom}
    for side, margin in values.items():
        border = section.borders.get(side)
        if border is None or not border.visible:
            continue
        width, space = border.width_points * 20, border.space_points * 20
        if section.borders_from_page:
            padding = max(0.0, margin - space - width)
            sides[f"padding_{side}"] = from_twips(padding)
            values[side] = min(space, margin)
        else:
            values[side] = max(0.0, margin - space - width)
    return values["left"], values["right"], values["top"], values["bottom"]


def section_properties(section: Section, *, balanced: bool) -> SectionProperties:
    """The columns of a section (17.6.4); relative widths are in twips and hold half of each neighbouring gap."""
    widths = section.column_widths
    if not widths:
        gap = section.column_gap_twips
        width = (section.text_width_twips - gap * (section.columns - 1)) / section.columns
        widths = tuple((width, gap) for _ in range(section.columns))
    columns = []
    before = 0.0
    for index, (width, gap) in enumerate(widths):
        after = gap / 2 if index < len(widths) - 1 else 0.0
        columns.append(
            Column(f"{round(max(1.0, width + before + after))}*", from_twips(before), from_twips(after))
        )
        before = after
    record = Columns(len(columns), centimetres(0), tuple(columns), section.separator)
    return SectionProperties(dont_balance_text_columns="false" if balanced else "true", columns=record)


def same_page(first: Section, second: Section) -> bool:
    """Whether a continuous section can share its page with the one before."""
    return first.page == second.page and first.landscape == second.landscape


def split_sections(
    blocks: Sequence[etree._Element],
) -> list[tuple[etree._Element | None, list[etree._Element]]]:
    """The body's blocks by section: the properties stand in the last paragraph, or at the end of the body."""
    found: list[tuple[etree._Element | None, list[etree._Element]]] = []
    current: list[etree._Element] = []
    last: etree._Element | None = None
    for block in blocks:
        if block.tag == qn("w:sectPr"):
            last = block
            continue
        current.append(block)
        properties = block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") if block.tag == qn("w:p") else None
        if properties is not None:
            if len(current) > 1 and _only_ends_a_section(block) and not _floats(current[-2]):
                current.pop()
            found.append((properties, current))
            current = []
    if current or not found or last is not None:
        found.append((last, current))
    return found


def _only_ends_a_section(paragraph: etree._Element) -> bool:
    """Whether a paragraph is nothing but the mark that ends its section: it shows nothing."""
    return len(paragraph) == 1 and paragraph.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is None


def _floats(block: etree._Element) -> bool:
    """Whether a block stands in a frame, which the paragraph after it anchors."""
    places = (("w:tblPr", "w:tblpPr"), ("w:pPr", "w:framePr"))
    return any(block.find(f"{qn(outer)}/{qn(inner)}") is not None for outer, inner in places)
