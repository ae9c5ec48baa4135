"""Colours of DrawingML, WordprocessingML and SpreadsheetML as RGB.

Sources: ECMA-376 Part 1, 20.1.2.3 (colour elements and transforms), 17.18.97 and 17.3.2.6 (theme colours of Word),
18.8.3 (theme index and tint of Excel).
"""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from converters.ooxml.namespaces import qn
from converters.ooxml.preset_colors import PRESET_COLORS
from converters.units import read_percentage


@dataclass(frozen=True, slots=True)
class Color:
    """``rgb`` as ``"#rrggbb"``; ``alpha`` from 0 (transparent) to 1."""

    rgb: str
    alpha: float = 1.0


Components = tuple[float, float, float]  # red, green, blue in 0..1


def _clamp(value: float) -> float:
    return min(1.0, max(0.0, value))


def to_hex(components: Components) -> str:
    return "#" + "".join(f"{round(_clamp(value) * 255):02x}" for value in components)


def from_hex(text: str) -> Components:
    """Components of ``"#rrggbb"`` or ``"rrggbb"``; black where it is neither."""
    text = text.lstrip("#")
    try:
        return tuple(int(text[i : i + 2], 16) / 255 for i in (0, 2, 4))  # type: ignore[return-value]
    except ValueError:
        return (0.0, 0.0, 0.0)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _in_linear(change: Callable[[float], float]) -> Callable[[Components], Components]:
    return lambda c: tuple(_gamma(_clamp(change(_linear(value)))) for value in c)  # type: ignore[return-value]


def _in_hsl(c: Components, index: int, change: Callable[[float], float]) -> Components:
    hue, light, saturation = colorsys.rgb_to_hls(*c)
    hls = [hue, light, saturation]
    hls[index] = change(hls[index]) % 1.0 if index == 0 else _clamp(change(hls[index]))
    return colorsys.hls_to_rgb(*hls)


_HUE, _LIGHT, _SATURATION = 0, 1, 2
# transform -> function of components and the value as a share (or degrees / 360 for hue)
_TRANSFORMS: dict[str, Callable[[Components, float], Components]] = {
    "tint": lambda c, v: _in_linear(lambda x: x * v + (1 - v))(c),
    "shade": lambda c, v: _in_linear(lambda x: x * v)(c),
    "lumMod": lambda c, v: _in_hsl(c, _LIGHT, lambda x: x * v),
    "lumOff": lambda c, v: _in_hsl(c, _LIGHT, lambda x: x + v),
    "lum": lambda c, v: _in_hsl(c, _LIGHT, lambda _: v),
    "satMod": lambda c, v: _in_hsl(c, _SATURATION, lambda x: x * v),
    "satOff": lambda c, v: _in_hsl(c, _SATURATION, lambda x: x + v),
    "sat": lambda c, v: _in_hsl(c, _SATURATION, lambda _: v),
    "hueMod": lambda c, v: _in_hsl(c, _HUE, lambda x: x * v),
    "hueOff": lambda c, v: _in_hsl(c, _HUE, lambda x: x + v),
    "hue": lambda c, v: _in_hsl(c, _HUE, lambda _: v),
    "redMod": lambda c, v: (c[0] * v, c[1], c[2]),
    "redOff": lambda c, v: (c[0] + v, c[1], c[2]),
    "greenMod": lambda c, v: (c[0], c[1] * v, c[2]),
    "greenOff": lambda c, v: (c[0], c[1] + v, c[2]),
    "blueMod": lambda c, v: (c[0], c[1], c[2] * v),
    "blueOff": lambda c, v: (c[0], c[1], c[2] + v),
    "inv": lambda c, _: (1 - c[0], 1 - c[1], 1 - c[2]),
    "comp": lambda c, _: _in_hsl(c, _HUE, lambda x: x + 0.5),
    "gray": lambda c, _: (0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2],) * 3,
    "gamma": lambda c, _: tuple(_gamma(x) for x in c),  # type: ignore[dict-item,return-value]
    "invGamma": lambda c, _: tuple(_linear(x) for x in c),  # type: ignore[dict-item,return-value]
}
# ST_SystemColorVal (20.1.10.58) of text and its ground, as nearly every desktop has them: @lastClr is what the author's
# had, dark or tinted as it may have been. Of any other colour it is the best guess.
_SYSTEM_COLORS = {"window": "ffffff", "windowText": "000000"}
COLOR_TAGS = frozenset(
    qn(f"a:{name}") for name in ("srgbClr", "schemeClr", "sysClr", "prstClr", "hslClr", "scrgbClr")
)


def read_color(
    parent: etree._Element | None, scheme: Mapping[str, str], placeholder: Color | None = None
) -> Color | None:
    """The colour that stands inside ``parent`` (``a:solidFill``, ``a:fgClr`` ...), None where there is none.

    ``scheme`` gives RGB for scheme names (dk1, accent1, and the mapped tx1, bg1 ...); ``placeholder`` stands for
    ``phClr``.
    """
    for element in parent if parent is not None else ():
        if element.tag in COLOR_TAGS:
            return read_color_element(element, scheme, placeholder)
    return None


def read_color_element(
    element: etree._Element, scheme: Mapping[str, str], placeholder: Color | None = None
) -> Color | None:
    kind, value = etree.QName(element).localname, element.get("val", "")
    alpha = 1.0
    if kind == "srgbClr":
        components = from_hex(value)
    elif kind == "schemeClr":
        if value == "phClr" and placeholder is not None:
            components, alpha = from_hex(placeholder.rgb), placeholder.alpha
        elif value in scheme:
            components = from_hex(scheme[value])
        else:
            return None
    elif kind == "sysClr":
        components = from_hex(_SYSTEM_COLORS.get(value) or element.get("lastClr") or "000000")
    elif kind == "prstClr":
        components = from_hex(PRESET_COLORS.get(value, "000000"))
    elif kind == "hslClr":
        hue = float(element.get("hue", "0")) / 21_600_000
        share = [(read_percentage(element.get(name)) or 0) / 100 for name in ("lum", "sat")]
        components = colorsys.hls_to_rgb(hue, *share)
    else:
        linear = [(read_percentage(element.get(name)) or 0) / 100 for name in ("r", "g", "b")]
        components = tuple(_gamma(_clamp(x)) for x in linear)  # type: ignore[assignment]
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name, text = etree.QName(child).localname, child.get("val")
        share_value = (read_percentage(text) or 0) / 100
        if name in ("hue", "hueOff"):
            share_value = float(text or 0) / 21_600_000
        if name == "alpha":
            alpha = share_value
        elif name == "alphaMod":
            alpha *= share_value
        elif name == "alphaOff":
            alpha += share_value
        elif name in _TRANSFORMS:
            components = tuple(_clamp(x) for x in _TRANSFORMS[name](components, share_value))  # type: ignore[assignment]
    return Color(to_hex(components), _clamp(alpha))


def word_theme_color(rgb: str, tint: str | None, shade: str | None) -> str:
    """A theme colour of Word with ``w:themeTint`` or ``w:themeShade`` (hex shares of 255), in HSL (17.3.2.6)."""
    components = from_hex(rgb)
    try:
        if tint:
            share = int(tint, 16) / 255
            components = _in_hsl(components, _LIGHT, lambda x: x * share + (1 - share))
        if shade:
            share = int(shade, 16) / 255
            components = _in_hsl(components, _LIGHT, lambda x: x * share)
    except ValueError:
        pass
    return to_hex(components)


def excel_tint(rgb: str, tint: float) -> str:
    """A colour of Excel with its tint from -1 (black) to 1 (white), in HSL (18.8.19)."""
    if not tint:
        return "#" + rgb.lstrip("#").lower()
    change = (lambda x: x * (1 + tint)) if tint < 0 else (lambda x: x * (1 - tint) + tint)
    return to_hex(_in_hsl(from_hex(rgb), _LIGHT, change))
