"""Table styles (ECMA-376 Part 1, 18.8.83, 18.18.93): those of the workbook, and Excel's own, which no file holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from converters.ooxml.namespaces import qn
from converters.units import read_int
from converters.xlsx_to_ods.cell_properties import border_line, read_fill
from converters.xlsx_to_ods.colors import Palette
from converters.xlsx_to_ods.fonts import read_font

SIDES = ("left", "right", "top", "bottom", "vertical", "horizontal")
# 18.18.93, from the weakest to the strongest
ELEMENTS = (
    "wholeTable", "firstColumnStripe", "secondColumnStripe", "firstRowStripe", "secondRowStripe", "lastColumn",
    "firstColumn", "headerRow", "totalRow",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableElement:
    """What a style says of a part of a table; None where it says nothing. ``lines`` are ``fo:border`` values by side,
    those between its cells as ``vertical`` and ``horizontal``; ``size`` counts the rows or columns of a stripe."""

    fill: str | None = None
    color: str | None = None
    weight: str | None = None
    lines: tuple[tuple[str, str], ...] = ()
    size: int = 1


TableStyle = Mapping[str, TableElement]


def read_table_styles(
    root: etree._Element, dxfs: Sequence[etree._Element], palette: Palette
) -> dict[str, TableStyle]:
    """The table styles of a styles part by name."""
    found: dict[str, TableStyle] = {}
    for style in root.iterfind(f"{qn('x:tableStyles')}/{qn('x:tableStyle')}"):
        elements: dict[str, TableElement] = {}
        for item in style.iterchildren(qn("x:tableStyleElement")):
            index = read_int(item.get("dxfId"), -1)
            kind = item.get("type", "")
            if kind in ELEMENTS and index is not None and 0 <= index < len(dxfs):
                size = max(1, read_int(item.get("size"), 1) or 1)
                elements[kind] = _element(dxfs[index], palette, size)
        found[style.get("name", "")] = elements
    return found


def _element(dxf: etree._Element, palette: Palette, size: int) -> TableElement:
    font, border = dxf.find(qn("x:font")), dxf.find(qn("x:border"))
    fill, _approximated = read_fill(dxf.find(qn("x:fill")), palette, differential=True)
    text = read_font(
        [(etree.QName(item).localname, item.attrib) for item in font] if font is not None else [], palette
    )
    lines = []
    for name in SIDES:
        side = border.find(qn(f"x:{name}")) if border is not None else None
        if side is not None and side.get("style", "none") != "none":
            lines.append((name, border_line(side, palette)))
    return TableElement(fill, text.color, text.font_weight, tuple(lines), size)


# -- Excel's own ---------------------------------------------------------------------------------------------------

_NAME = re.compile(r"TableStyle(Light|Medium|Dark)(\d{1,2})$")
_THIN, _MEDIUM, _THICK, _DOUBLE = "0.74pt solid", "1.76pt solid", "2.49pt solid", "1.76pt double-thin"
_LINES = {"thin": _THIN, "medium": _MEDIUM, "thick": _THICK, "double": _DOUBLE}
_HEAD = "fill=n color=0 bold"
# (kind, number of the first of seven) -> element -> words: ``bold``, ``fill``, ``color``, ``sides:line=colour``.
# Colours: 0 the background, 1 the text, n the style's own: text for the first of the seven, then the six accents;
# ``pale``, ``light`` and ``line`` are tints of n, ``deep`` and ``dark`` shades of it.
_FAMILIES: dict[tuple[str, int], dict[str, str]] = {
    ("Light", 1): {
        "wholeTable": "color=deep top,bottom:thin=n", "headerRow": "bold bottom:thin=n",
        "totalRow": "bold top:thin=n", "firstColumn": "bold", "lastColumn": "bold",
        "firstRowStripe": "fill=pale", "firstColumnStripe": "fill=pale",
    },
    ("Light", 8): {
        "wholeTable": "left,right,top,bottom:thin=n", "headerRow": _HEAD, "totalRow": "bold top:double=n",
        "firstColumn": "bold", "lastColumn": "bold",
        "firstRowStripe": "top,bottom:thin=n", "firstColumnStripe": "left,right:thin=n",
    },
    ("Light", 15): {
        "wholeTable": "left,right,top,bottom,vertical,horizontal:thin=n", "headerRow": "bold bottom:medium=n",
        "totalRow": "bold top:double=n", "firstColumn": "bold", "lastColumn": "bold",
        "firstRowStripe": "fill=pale", "firstColumnStripe": "fill=pale",
    },
    ("Medium", 1): {
        "wholeTable": "left,right,top,bottom,horizontal:thin=line", "headerRow": _HEAD,
        "totalRow": "bold top:double=n", "firstColumn": "bold", "lastColumn": "bold",
        "firstRowStripe": "fill=pale", "firstColumnStripe": "fill=pale",
    },
    ("Medium", 8): {
        "wholeTable": "fill=pale color=1 vertical,horizontal:thin=0", "headerRow": f"{_HEAD} bottom:thick=0",
        "totalRow": f"{_HEAD} top:thick=0", "firstColumn": _HEAD, "lastColumn": _HEAD,
        "firstRowStripe": "fill=light", "firstColumnStripe": "fill=light",
    },
    ("Medium", 15): {
        "wholeTable": "color=1 top,bottom:medium=1", "headerRow": f"{_HEAD} bottom:medium=1",
        "totalRow": "bold top:double=1", "firstColumn": _HEAD, "lastColumn": _HEAD,
        "firstRowStripe": "fill=grey", "firstColumnStripe": "fill=grey",
    },
    ("Medium", 22): {
        "wholeTable": "fill=pale color=1 left,right,top,bottom,vertical,horizontal:thin=line",
        "headerRow": "bold", "totalRow": "bold top:medium=n", "firstColumn": "bold", "lastColumn": "bold",
        "firstRowStripe": "fill=light", "firstColumnStripe": "fill=light",
    },
    ("Dark", 1): {
        "wholeTable": "fill=n color=0", "headerRow": "fill=1 color=0 bold bottom:medium=0",
        "totalRow": "fill=dark color=0 bold top:medium=0", "firstColumn": "fill=deep color=0 bold right:medium=0",
        "lastColumn": "fill=deep color=0 bold left:medium=0",
        "firstRowStripe": "fill=deep", "firstColumnStripe": "fill=deep",
    },
    ("Dark", 8): {
        "wholeTable": "fill=pale color=1", "headerRow": "fill=head color=0 bold",
        "totalRow": "bold top:double=1", "firstColumn": "bold", "lastColumn": "bold",
        "firstRowStripe": "fill=light", "firstColumnStripe": "fill=light",
    },
}  # fmt: skip
_LAST = {"Light": 21, "Medium": 28, "Dark": 11}
# a word for a colour -> (theme index or None for n, tint), and the same where n is the colour of text
_COLORS: dict[str, tuple[int | None, float]] = {
    "0": (0, 0), "1": (1, 0), "n": (None, 0), "pale": (None, 0.8), "light": (None, 0.6), "line": (None, 0.4),
    "deep": (None, -0.25), "dark": (None, -0.5), "grey": (0, -0.15),
}  # fmt: skip
_COLORS_OF_TEXT = {"pale": (0, -0.15), "light": (0, -0.35), "deep": (1, 0.25), "dark": (1, 0.15)}
_FIRST_ACCENT = 4


def built_in_table_style(name: str, palette: Palette) -> TableStyle | None:
    """One of Excel's own styles; None for another name."""
    match = _NAME.match(name)
    if match is None or not 1 <= int(match[2]) <= _LAST[match[1]]:
        return None
    kind, number = match[1], int(match[2])
    first = max(start for family, start in _FAMILIES if family == kind and start <= number)
    offset = number - first
    own, head = _own_colors(kind, first, offset)
    colors = dict(_COLORS) | (_COLORS_OF_TEXT if own == 1 else {}) | {"head": (head, 0)}
    if kind == "Dark" and own == 1:
        colors["n"] = (1, 0.45)

    def color(word: str) -> str:
        theme, tint = colors[word]
        return palette.read({"theme": str(own if theme is None else theme), "tint": str(tint)}) or "#000000"

    return {element: _from_words(words.split(), color) for element, words in _FAMILIES[(kind, first)].items()}


def _own_colors(kind: str, first: int, offset: int) -> tuple[int, int]:
    """(theme index of n, theme index of the heading) of a style of a family."""
    if (kind, first) == ("Dark", 8):  # two accents each
        return (1, 1) if offset == 0 else (_FIRST_ACCENT + 2 * (offset - 1), _FIRST_ACCENT + 2 * offset - 1)
    own = 1 if offset == 0 else _FIRST_ACCENT + offset - 1
    return own, own


def _from_words(words: Sequence[str], color: Callable[[str], str]) -> TableElement:
    values: dict[str, str] = {}
    lines: list[tuple[str, str]] = []
    for word in words:
        key, _, value = word.partition("=")
        sides, _, line = key.partition(":")
        if line:
            lines += [(side, f"{_LINES[line]} {color(value)}") for side in sides.split(",")]
        elif word == "bold":
            values["weight"] = "bold"
        else:
            values[key] = color(value)
    return TableElement(values.get("fill"), values.get("color"), values.get("weight"), tuple(lines))
