"""Sections: page size and margins, columns, headers and footers by reference (ECMA-376 Part 1, 17.6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from converters.docx_to_odt.borders import LINE_STYLES, Border, read_border
from converters.docx_to_odt.list_styles import NUM_FORMATS
from converters.docx_to_odt.settings import WORD_2013, Settings
from converters.losses import LossLog, Place
from converters.ooxml.namespaces import qn
from converters.ooxml.theme import Theme
from converters.ooxml.xml import first_child
from converters.support import Support
from converters.units import read_int, read_on_off, read_twips

_VAL = qn("w:val")
_P, _PPR, _SECTION = qn("w:p"), qn("w:pPr"), qn("w:sectPr")
_BOOKMARKS = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))
_LETTER_TWIPS = (12_240.0, 15_840.0)
MIN_PAGE_TWIPS = 144.0
_HORIZONTAL = frozenset(("lrTb", "lrTbV", "tb", "tbV"))  # the second two in Strict documents (17.18.93)
_GRID_MODES = {"lines": "line", "linesAndChars": "both", "snapToChars": "both"}


@dataclass(frozen=True, slots=True)
class LineNumbering:
    """A ``w:lnNumType`` (17.6.8): every how many lines a number, the number before the first line, where it restarts."""

    count_by: int
    start: int
    distance_twips: float | None
    restart: str


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
    border_shadow: bool = False
    art_border: str | None = None  # a border of small pictures, which is not drawn
    line_numbering: LineNumbering | None = None
    grid_mode: str | None = None
    grid_pitch_twips: float | None = None
    text_direction: str | None = None

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
    if section.art_border is not None:
        log.report("ART_BORDER_DROPPED", place, border=section.art_border)
    if section.text_direction is not None and section.text_direction not in _HORIZONTAL:
        log.report("TEXT_DIRECTION_DROPPED", place, element="w:textDirection")
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
        name = child.get(qn("w:val"), "none")
        if name == "none":
            continue
        border = read_border(child, theme)
        if name not in LINE_STYLES:  # its distance is kept
            section.art_border = name
            border = Border(space_points=border.space_points)
        section.borders[etree.QName(child).localname] = border
        if child.tag == qn("w:right"):
            section.border_shadow = read_on_off(child.get(qn("w:shadow")), default=False)


def _line_numbering(element: etree._Element, section: Section, theme: Theme) -> None:
    count_by = read_int(element.get(qn("w:countBy")), 0) or 0
    if count_by > 0:
        section.line_numbering = LineNumbering(
            count_by,
            read_int(element.get(qn("w:start")), 0) or 0,
            read_twips(element.get(qn("w:distance"))),
            element.get(qn("w:restart"), "newPage"),
        )


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
    "w:lnNumType": _line_numbering,
    "w:bidi": _on_off("right_to_left"),
    "w:docGrid": _grid,
    "w:textDirection": _text("text_direction"),
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
        "w:vAlign": "PAGE_ALIGNMENT_DROPPED",
        "w:sectPrChange": "FORMAT_CHANGE_DROPPED",
    },
)


# -- where sections end ------------------------------------------------------------------------------------------


def resolve_kind(section: Section, previous: Section | None, settings: Settings) -> str:
    """How a section starts, where its own type cannot hold (17.6.22).

    Sections of different orientation cannot share a page. A section in the next column needs as many columns before
    it, and starts a page in Word 2013 and later.
    """
    if section.kind == "continuous" and previous is not None and section.landscape != previous.landscape:
        return "nextPage"
    if section.kind == "nextColumn" and (
        previous is None
        or section.columns < 2
        or section.columns != previous.columns
        or settings.compatibility_mode >= WORD_2013
    ):
        return "nextPage"
    return section.kind


def split_sections(
    blocks: Sequence[etree._Element],
) -> list[tuple[etree._Element | None, list[etree._Element]]]:
    """The body's blocks by section: the properties stand in the last paragraph, or at the end of the body."""
    found: list[tuple[etree._Element | None, list[etree._Element]]] = []
    current: list[etree._Element] = []
    last: etree._Element | None = None
    for block in blocks:
        if block.tag == _SECTION:
            last = block
            continue
        current.append(block)
        own = first_child(block, _PPR) if block.tag == _P else None
        properties = first_child(own, _SECTION) if own is not None else None
        if properties is not None:
            if len(current) > 1 and _only_ends_a_section(block) and not _floats(current[-2]):
                current.pop()
                current.extend(block.iterchildren(*_BOOKMARKS))
            found.append((properties, current))
            current = []
    if current or not found or last is not None:
        found.append((last, current))
    return found


def _only_ends_a_section(paragraph: etree._Element) -> bool:
    """Whether a paragraph is nothing but the mark that ends its section: it shows nothing, and breaks no page.

    Word gives it no line of its own, and no page where it says ``w:pageBreakBefore``.
    """
    return all(child.tag == _PPR or child.tag in _BOOKMARKS for child in paragraph)


def _floats(block: etree._Element) -> bool:
    """Whether a block stands in a frame, which the paragraph after it anchors."""
    places = (("w:tblPr", "w:tblpPr"), ("w:pPr", "w:framePr"))
    return any(block.find(f"{qn(outer)}/{qn(inner)}") is not None for outer, inner in places)
