"""Run properties ``w:rPr`` as text properties (ECMA-376 Part 1, 17.3.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from converters.docx_to_odt.borders import read_border, read_color, read_shading
from converters.docx_to_odt.fonts import Fonts
from converters.docx_to_odt.symbols import is_symbol_font
from converters.losses import LossLog, Place
from converters.odf.properties import TextProperties
from converters.ooxml.namespaces import qn
from converters.ooxml.theme import Theme
from converters.support import Support
from converters.units import from_twips, number, percent, points, read_half_points, read_on_off, read_twips

_VAL, _CHANGE = qn("w:val"), qn("w:rPrChange")
Values = dict[str, Any]

# toggle property -> (fields when on, fields when off), ECMA-376 Part 1, 17.7.3
TOGGLES: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "b": ({"font_weight": "bold"}, {"font_weight": "normal"}),
    "bCs": ({"font_weight_complex": "bold"}, {"font_weight_complex": "normal"}),
    "i": ({"font_style": "italic"}, {"font_style": "normal"}),
    "iCs": ({"font_style_complex": "italic"}, {"font_style_complex": "normal"}),
    "caps": ({"text_transform": "uppercase"}, {"text_transform": "none"}),
    "smallCaps": ({"font_variant": "small-caps"}, {"font_variant": "normal"}),
    "strike": (
        {"line_through_style": "solid", "line_through_type": "single"},
        {"line_through_style": "none", "line_through_type": "none"},
    ),
    "outline": ({"text_outline": "true"}, {"text_outline": "false"}),
    "shadow": ({"text_shadow": "1pt 1pt"}, {"text_shadow": "none"}),
    "emboss": ({"font_relief": "embossed"}, {"font_relief": "none"}),
    "imprint": ({"font_relief": "engraved"}, {"font_relief": "none"}),
    "vanish": ({"display": "none"}, {"display": "true"}),
}
# East Asian text has no bold of its own in WordprocessingML
_ALSO_ASIAN = {"font_weight": "font_weight_asian", "font_style": "font_style_asian"}

# ST_Underline -> (style, type, width)
UNDERLINES: Mapping[str, tuple[str, str | None, str]] = {
    "none": ("none", None, "auto"),
    "single": ("solid", None, "auto"),
    "words": ("solid", None, "auto"),
    "double": ("solid", "double", "auto"),
    "thick": ("solid", None, "bold"),
    "dotted": ("dotted", None, "auto"),
    "dottedHeavy": ("dotted", None, "bold"),
    "dash": ("dash", None, "auto"),
    "dashedHeavy": ("dash", None, "bold"),
    "dashLong": ("long-dash", None, "auto"),
    "dashLongHeavy": ("long-dash", None, "bold"),
    "dotDash": ("dot-dash", None, "auto"),
    "dashDotHeavy": ("dot-dash", None, "bold"),
    "dotDotDash": ("dot-dot-dash", None, "auto"),
    "dashDotDotHeavy": ("dot-dot-dash", None, "bold"),
    "wave": ("wave", None, "auto"),
    "wavyHeavy": ("wave", None, "bold"),
    "wavyDouble": ("wave", "double", "auto"),
}
# ST_HighlightColor (17.18.40)
HIGHLIGHTS: Mapping[str, str] = {
    "black": "#000000",
    "blue": "#0000ff",
    "cyan": "#00ffff",
    "darkBlue": "#000080",
    "darkCyan": "#008080",
    "darkGray": "#808080",
    "darkGreen": "#008000",
    "darkMagenta": "#800080",
    "darkRed": "#800000",
    "darkYellow": "#808000",
    "green": "#00ff00",
    "lightGray": "#c0c0c0",
    "magenta": "#ff00ff",
    "none": "transparent",
    "red": "#ff0000",
    "white": "#ffffff",
    "yellow": "#ffff00",
}
_EMPHASIS = {
    "none": "none",
    "dot": "dot above",
    "comma": "accent above",
    "circle": "circle above",
    "underDot": "dot below",
}
_POSITIONS = {"superscript": "super 58%", "subscript": "sub 58%", "baseline": "0% 100%"}
_SMALL_POSITIONS = frozenset(("super 58%", "sub 58%"))
DEFAULT_SIZE_POINTS = 10.0


@dataclass(frozen=True, slots=True)
class RunFormat:
    """What one ``w:rPr`` says: ``toggles`` apart, since they combine across style kinds instead of replacing."""

    style_id: str | None = None
    text: TextProperties = field(default_factory=TextProperties)
    toggles: tuple[tuple[str, bool], ...] = ()
    raised_points: float | None = None  # w:position; a share of the font size in ODF, zero takes it away
    symbol_typeface: str | None = None  # the Latin typeface as written, for characters of symbol fonts
    follows_family: bool = False  # the generic family of its Latin typeface is that of the style around
    change: etree._Element | None = None  # w:rPrChange: the formatting is a tracked change


EMPTY_RUN_FORMAT = RunFormat()


class RunPropertiesReader:
    """Reads ``w:rPr``; equal ones are read once."""

    def __init__(self, theme: Theme, fonts: Fonts, log: LossLog) -> None:
        self.theme = theme
        self.fonts = fonts
        self.log = log
        self._known: dict[Any, tuple[RunFormat, tuple[str, ...]]] = {}

    def read(self, element: etree._Element | None, place: Place) -> RunFormat:
        if element is None or not len(element):
            return EMPTY_RUN_FORMAT
        key = tuple([(child.tag, tuple(child.items())) for child in element])
        known = self._known.get(key)
        if known is None:
            found = self._read(element, place)
            self._known[key] = found, tuple(child.tag for child in element if SUPPORT.loss_code(child.tag))
            return found
        found, lost = known
        for tag in lost:  # the same loss at another place
            SUPPORT.report(tag, self.log, place)
        return found

    def _read(self, element: etree._Element, place: Place) -> RunFormat:
        values: Values = {}
        for child in element:
            SUPPORT.dispatch(child, self.log, place, values, self)
        toggles = values.pop("toggles", {})
        for name, on in toggles.items():
            values.update(toggle_fields(name, on))
        if values.pop("double_strike", False):
            values.update(line_through_style="solid", line_through_type="double")
        style_id = values.pop("style_id", None)
        raised = values.pop("raised_points", None)
        typeface = values.pop("symbol_typeface", None)
        follows = values.pop("follows_family", False)
        change = element.find(_CHANGE)
        text = TextProperties(**values)
        return RunFormat(style_id, text, tuple(toggles.items()), raised, typeface, follows, change)


def toggle_fields(name: str, on: bool) -> dict[str, str]:
    """The fields of :class:`TextProperties` for a toggle property in a state."""
    fields = dict(TOGGLES[name][0 if on else 1])
    fields.update({_ALSO_ASIAN[key]: value for key, value in list(fields.items()) if key in _ALSO_ASIAN})
    return fields


# -- handlers: (element, values, reader) -------------------------------------------------------------------------


def _read_style(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    values["style_id"] = element.get(_VAL)


def _read_toggle(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    name = etree.QName(element).localname
    values.setdefault("toggles", {})[name] = read_on_off(element.get(_VAL))


def _read_double_strike(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    if read_on_off(element.get(_VAL)):
        values["double_strike"] = True
    else:
        values.update({"line_through_style": "none", "line_through_type": "none"})


# field, attribute, theme attribute; the last found wins. ODF has one typeface for what WordprocessingML divides into ascii
# and other Latin characters (17.3.2.26): that of most text, so w:hAnsi alone says nothing but for symbol fonts
_FONT_SLOTS = (
    ("font_name", "w:hAnsi", "w:hAnsiTheme"),
    ("font_name", "w:ascii", "w:asciiTheme"),
    ("font_name_asian", "w:eastAsia", "w:eastAsiaTheme"),
    ("font_name_complex", "w:cs", "w:cstheme"),
)


def _read_fonts(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    for name, attribute, theme_attribute in _FONT_SLOTS:
        reference = element.get(qn(theme_attribute))
        of_theme = reader.fonts.theme_typeface(reference) if reference else ""
        typeface = of_theme or element.get(qn(attribute))
        if typeface and (attribute != "w:hAnsi" or is_symbol_font(typeface)):
            latin = name == "font_name"
            values[name] = reader.fonts.name_for(typeface, latin=latin, theme=bool(of_theme))
            if latin:
                values["symbol_typeface"] = typeface
                values["follows_family"] = reader.fonts.follows_style(typeface, theme=bool(of_theme))


def _read_size(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    size = read_half_points(element.get(_VAL))
    if size:
        values["font_size"] = values["font_size_asian"] = points(size)


def _read_complex_size(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    size = read_half_points(element.get(_VAL))
    if size:
        values["font_size_complex"] = points(size)


def _read_color(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    color = read_color(element, reader.theme, "val")
    if color is not None:
        values["color"] = color
        values["use_window_font_color"] = None
    elif element.get(_VAL) == "auto":
        values["use_window_font_color"] = "true"


def _read_underline(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    kind = element.get(_VAL, "none")  # a colour alone underlines nothing
    style, line_type, width = UNDERLINES.get(kind, UNDERLINES["single"])
    values["underline_style"] = style
    if style != "none":
        values["underline_type"] = line_type
        values["underline_width"] = width
        values["underline_color"] = read_color(element, reader.theme) or "font-color"
        values["underline_mode"] = "skip-white-space" if kind == "words" else None


def _read_highlight(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    values["background_color"] = HIGHLIGHTS.get(element.get(_VAL, "none"), "transparent")


def _read_shading(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    color = read_shading(element, reader.theme)
    if color is not None:
        values.setdefault("background_color", color)  # a highlight lies over the shading


def _read_border(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    border = read_border(element, reader.theme)
    values["border"] = border.line
    if border.visible:
        values["padding"] = points(border.space_points)


def _read_spacing(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    twips = read_twips(element.get(_VAL))
    if twips is not None:
        values["letter_spacing"] = from_twips(twips) if twips else "normal"


def _read_scale(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    text = element.get(_VAL, "100").rstrip("%")
    if text.isdigit() and int(text):
        values["text_scale"] = percent(int(text))


def _read_kerning(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    values["letter_kerning"] = "true" if read_half_points(element.get(_VAL)) else "false"


def _read_position(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    values["raised_points"] = read_half_points(element.get(_VAL))


def _read_vertical_align(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    values["text_position"] = _POSITIONS.get(element.get(_VAL, "baseline"))


def _read_emphasis(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    values["text_emphasize"] = _EMPHASIS.get(element.get(_VAL, "none"))


def _read_language(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    for suffix, attribute in (("", "w:val"), ("_asian", "w:eastAsia"), ("_complex", "w:bidi")):
        language, country = split_language(element.get(qn(attribute)))
        if language:
            values[f"language{suffix}"] = language
            values[f"country{suffix}"] = country or "none"


def split_language(tag: str | None) -> tuple[str, str]:
    """A BCP 47 tag's language and country, each empty where the tag has none or is none."""
    pieces = (tag or "").replace("_", "-").split("-")
    language = pieces[0].lower()
    if not (language.isalpha() and language.isascii() and 2 <= len(language) <= 3):
        return "", ""
    country = next((p for p in pieces[1:] if len(p) == 2 and p.isalpha() and p.isascii()), "")
    return language, country.upper()


def _read_effect(element: etree._Element, values: Values, reader: RunPropertiesReader) -> None:
    values["text_blinking"] = "true" if element.get(_VAL) == "blinkBackground" else None


def with_raised_position(format_: RunFormat, inherited: TextProperties) -> TextProperties:
    """What a run says, its raised baseline as ``style:text-position``: a share of the font height, full size.

    ODF has one position for ``w:position`` and ``w:vertAlign``; raised or lowered small text stays that.
    """
    text = format_.text
    if format_.raised_points is None or text.text_position in _SMALL_POSITIONS:
        return text
    if (
        not format_.raised_points
        and text.text_position is None
        and inherited.text_position in _SMALL_POSITIONS
    ):
        return text
    size = text.font_size or inherited.font_size or ""
    points_ = float(size.removesuffix("pt") or 0) or DEFAULT_SIZE_POINTS
    share = number(round(format_.raised_points / points_ * 100), 0)
    return replace(text, text_position=f"{share}% 100%")


def settled(format_: RunFormat, inherited: TextProperties, fonts: Fonts) -> TextProperties:
    """What a run or style says, with what hangs on the properties around: raised baseline and generic family."""
    text = with_raised_position(format_, inherited)
    if format_.follows_family and text.font_name and inherited.font_name:
        name = fonts.with_family_of(text.font_name, inherited.font_name)
        if name != text.font_name:
            return replace(text, font_name=name)
    return text


_HANDLERS: dict[str, Callable[..., None]] = {
    "w:rStyle": _read_style,
    **{f"w:{name}": _read_toggle for name in TOGGLES},
    "w:dstrike": _read_double_strike,
    "w:rFonts": _read_fonts,
    "w:sz": _read_size,
    "w:szCs": _read_complex_size,
    "w:color": _read_color,
    "w:u": _read_underline,
    "w:highlight": _read_highlight,
    "w:shd": _read_shading,
    "w:bdr": _read_border,
    "w:spacing": _read_spacing,
    "w:w": _read_scale,
    "w:kern": _read_kerning,
    "w:position": _read_position,
    "w:vertAlign": _read_vertical_align,
    "w:em": _read_emphasis,
    "w:lang": _read_language,
    "w:effect": _read_effect,
}

SUPPORT = Support(
    "run properties",
    _HANDLERS,
    ignored={
        "w:noProof": "a proofing instruction; nothing is shown or printed",
        "w:webHidden": "concerns the web layout view only",
        "w:specVanish": "marks a style separator; the vanish beside it is carried",
        "w:snapToGrid": "ODF has the grid on the page",
        "w:rtl": "the direction of characters follows from Unicode in ODF",
        "w:cs": "the script of characters follows from Unicode in ODF",
        "w:oMath": "marks a run inside an equation",
        "w:ins": "read with the tracked changes",
        "w:del": "read with the tracked changes",
        "w:moveFrom": "read with the tracked changes",
        "w:moveTo": "read with the tracked changes",
        "w14:ligatures": "LibreOffice applies the font's default ligatures",
        "w14:cntxtAlts": "LibreOffice applies the font's default alternates",
        "w14:numForm": "the font's default number form is used",
        "w14:numSpacing": "the font's default number spacing is used",
        "w14:stylisticSets": "the font's default glyphs are used",
    },
    unsupported={
        "w:rPrChange": "FORMAT_CHANGE_DROPPED",
        "w:eastAsianLayout": "EAST_ASIAN_LAYOUT_DROPPED",
        "w:fitText": "TEXT_FIT_DROPPED",
        "w14:glow": "TEXT_EFFECT_DROPPED",
        "w14:shadow": "TEXT_EFFECT_DROPPED",
        "w14:reflection": "TEXT_EFFECT_DROPPED",
        "w14:textOutline": "TEXT_EFFECT_DROPPED",
        "w14:textFill": "TEXT_EFFECT_DROPPED",
        "w14:scene3d": "TEXT_EFFECT_DROPPED",
        "w14:props3d": "TEXT_EFFECT_DROPPED",
    },
)
