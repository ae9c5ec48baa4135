"""Fonts of SpreadsheetML (ECMA-376 Part 1, 18.8.22 and 18.4.7) as text properties, and their widths for columns."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from converters.odf.properties import TextProperties, lay_over
from converters.odf.stylesheet import FontFace
from converters.units import points, read_on_off
from converters.xlsx_to_ods.colors import Palette

# names in lower case -> the typeface of the same widths that LibreOffice brings
_EQUALS = {
    "calibri": "carlito", "calibri light": "carlito", "arial": "liberation sans", "helvetica": "liberation sans",
    "ms sans serif": "liberation sans", "arial narrow": "liberation sans narrow", "times new roman": "liberation serif",
    "courier new": "liberation mono", "cambria": "caladea",
}  # fmt: skip
STAND_IN = "dejavu sans"  # for any other, wide and high: numbers stay visible, text is never cut
# typeface -> width of a digit and of a space, in shares of the font's size (from the fonts' own metrics, more exact than
# ``text_widths.tsv``: a column is many of them wide)
_METRICS: dict[str, tuple[float, float]] = {
    "carlito": (0.5068, 0.2260), "caladea": (0.5542, 0.2202), "verdana": (0.6357, 0.3516),
    "liberation sans": (0.5562, 0.2779), "liberation sans narrow": (0.4561, 0.2280), "liberation serif": (0.5, 0.25),
    "liberation mono": (0.6001, 0.6001), STAND_IN: (0.6362, 0.3179),
}  # fmt: skip
Description = list[tuple[str, Mapping[str, str]]]  # a font's children as (local name, attributes)
_SCRIPT_SUFFIX = re.compile(r" (?:cyr|ce|greek|tur|baltic|\(hebrew\)|\(arabic\))$")

_GENERIC = {"1": "roman", "2": "swiss", "3": "modern", "4": "script", "5": "decorative"}  # 18.8.18 family
_SYMBOL_FONTS = frozenset(("symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings"))
_SYMBOL_CHARSET = "2"  # 18.4.1
_UNDERLINES = {
    "single": ("solid", "single"),
    "double": ("solid", "double"),
    "singleAccounting": ("solid", "single"),
    "doubleAccounting": ("solid", "double"),
}
_POSITIONS = {"superscript": "33% 58%", "subscript": "-33% 58%"}

# local names of a font's or run's children that say nothing ODF needs, with the reason
IGNORED_FONT_ELEMENTS: dict[str, str] = {
    "scheme": "the name that stands beside it is the scheme's typeface",
    "charset": "text is Unicode",
    "condense": "a Macintosh display hint",
    "extend": "a Macintosh display hint",
}


def read_font(children: Iterable[tuple[str, Mapping[str, str]]], palette: Palette) -> TextProperties:
    """The properties that a font's (or a rich run's) children say, given as (local name, attributes)."""
    found = dict(children)
    values: dict[str, str | None] = {}
    name = found.get("name") or found.get("rFont")
    if name and name.get("val"):
        values["font_name"] = name["val"]
    if "sz" in found:
        with contextlib.suppress(ValueError):  # an unreadable size is as good as none
            values["font_size"] = points(float(found["sz"].get("val", "")))
    if "b" in found:
        values["font_weight"] = "bold" if read_on_off(found["b"].get("val")) else "normal"
    if "i" in found:
        values["font_style"] = "italic" if read_on_off(found["i"].get("val")) else "normal"
    if "strike" in found:
        struck = read_on_off(found["strike"].get("val"))
        values["line_through_style"] = "solid" if struck else "none"
        values["line_through_type"] = "single" if struck else "none"
    if "u" in found:
        values |= _underline(found["u"].get("val", "single"))
    if "outline" in found:
        values["text_outline"] = "true" if read_on_off(found["outline"].get("val")) else "false"
    if "shadow" in found:
        values["text_shadow"] = "1pt 1pt" if read_on_off(found["shadow"].get("val")) else "none"
    if "vertAlign" in found:
        values["text_position"] = _POSITIONS.get(found["vertAlign"].get("val", ""), "0% 100%")
    if "color" in found:
        color = palette.read(found["color"])
        values["color"] = color
        values["use_window_font_color"] = None if color else "true"
    return _with_scripts(values)


def _underline(value: str) -> dict[str, str | None]:
    if value not in _UNDERLINES:
        return {"underline_style": "none"}
    style, kind = _UNDERLINES[value]
    width, color = "auto", "font-color"
    return {
        "underline_style": style,
        "underline_type": kind if kind == "double" else None,
        "underline_width": width,
        "underline_color": color,
    }


def _with_scripts(values: dict[str, str | None]) -> TextProperties:
    """The same size, weight and slant for East Asian and complex scripts: Excel has one font for all."""
    for name in ("font_name", "font_size", "font_weight", "font_style"):
        if name in values:
            values[name + "_asian"] = values[name + "_complex"] = values[name]
    return TextProperties(**values)


# what a font has that does not name it, as LibreOffice takes it
PLAIN_FONT = TextProperties(
    font_name="Cambria",
    font_name_asian="Cambria",
    font_name_complex="Cambria",
    font_size="11pt",
    font_size_asian="11pt",
    font_size_complex="11pt",
    use_window_font_color="true",
    text_outline="false",
    line_through_style="none",
    line_through_type="none",
    font_style="normal",
    text_shadow="none",
    underline_style="none",
    font_weight="normal",
    font_style_asian="normal",
    font_weight_asian="normal",
    font_style_complex="normal",
    font_weight_complex="normal",
)
# the same without a typeface and a size
_PLAIN_RUN = replace(
    PLAIN_FONT,
    **{f"font_{what}{script}": None for what in ("name", "size") for script in ("", "_asian", "_complex")},
)


def run_font(said: TextProperties) -> TextProperties:
    """The font of a rich run that has one: what it does not say is plain, whatever the cell's own font is (18.4.7)."""
    base = _PLAIN_RUN
    if said.color is not None:
        base = lay_over(base, TextProperties(use_window_font_color="false"))
    return lay_over(base, said)


PLAIN_FACE = FontFace("Cambria")


def read_font_face(children: Iterable[tuple[str, Mapping[str, str]]]) -> FontFace | None:
    """The face that a font's (or a rich run's) children name; None where they name none."""
    found = dict(children)
    name = (found.get("name") or found.get("rFont") or {}).get("val")
    if not name:
        return None
    family = found.get("family", {}).get("val", "")
    is_symbol = name.lower() in _SYMBOL_FONTS or found.get("charset", {}).get("val") == _SYMBOL_CHARSET
    charset = "x-symbol" if is_symbol else None
    return FontFace(name, generic=_GENERIC.get(family), charset=charset)


def with_normal_family(fonts: list[Description]) -> list[Description]:
    """The fonts of a workbook; those of the first one's typeface have its family where none of them names one.

    Programs describe the Normal font, and name others only. Of typefaces alone that LibreOffice brings an equal of: for
    any other the family decides what stands in for it.
    """
    first = dict(fonts[0]) if fonts else {}
    name = first.get("name", {}).get("val", "")
    family = first.get("family")
    alike = [font for font in fonts[1:] if dict(font).get("name", {}).get("val") == name]
    if (
        family is None
        or equal_of(name.lower()) not in _METRICS
        or any("family" in dict(font) for font in alike)
    ):
        return fonts
    return [[*font, ("family", family)] if font in alike else font for font in fonts]


def equal_of(typeface: str) -> str:
    """The typeface that LibreOffice shows in place of one, of the same widths; itself where there is none. Lower case."""
    return _EQUALS.get(typeface, typeface)


def _metrics(font_name: str) -> tuple[float, float]:
    """(digit, space) in em; ``Arial Cyr`` and its like are names that Windows once gave a font's letters of a script."""
    name = _SCRIPT_SUFFIX.sub("", font_name.lower())
    return _METRICS.get(equal_of(name), _METRICS[STAND_IN])


def digit_width_twips(font_name: str, size_points: float) -> int:
    """The width of the widest digit, in whole twips: the unit of column widths (18.3.1.13)."""
    digit, _space = _metrics(font_name)
    return max(1, int(digit * size_points * 20 + 0.4))


def space_width_points(font_name: str, size_points: float) -> float:
    """The width of a space: three of them are one step of indentation."""
    _digit, space = _metrics(font_name)
    return space * size_points
