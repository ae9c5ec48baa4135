"""Borders, shading and colours of WordprocessingML (ECMA-376 Part 1, 17.3.4, 17.3.5, 17.18.2, 17.18.78)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from converters.ooxml.colors import from_hex, to_hex, word_theme_color
from converters.ooxml.namespaces import qn
from converters.ooxml.theme import Theme
from converters.units import number, points, read_int

NO_BORDER = "none"
DEFAULT_EIGHTHS = 6  # of a point: the width of a line that names none, or 0
_HEX = re.compile(r"^[0-9A-Fa-f]{6}$")
# ST_ThemeColor -> slot of the colour scheme
THEME_SLOTS: Mapping[str, str] = {
    "dark1": "dk1",
    "light1": "lt1",
    "dark2": "dk2",
    "light2": "lt2",
    "text1": "dk1",
    "background1": "lt1",
    "text2": "dk2",
    "background2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
    **{f"accent{index}": f"accent{index}" for index in range(1, 7)},
}
# ST_Border -> CSS line style. Art borders and compound lines fall back to solid and double.
LINE_STYLES: Mapping[str, str] = {
    "none": "none",
    "nil": "none",
    "single": "solid",
    "thick": "solid",
    "double": "double",
    "triple": "double",
    "dotted": "dotted",
    "dashed": "dashed",
    "dashSmallGap": "fine-dashed",
    "dotDash": "dash-dot",
    "dotDotDash": "dash-dot-dot",
    "dashDotStroked": "dash-dot",
    "wave": "solid",
    "doubleWave": "double",
    "threeDEmboss": "ridge",
    "threeDEngrave": "groove",
    "outset": "outset",
    "inset": "inset",
    **{
        f"{lines}{size}Gap": "double"
        for lines in ("thinThick", "thickThin", "thinThickThin")
        for size in ("Small", "Medium", "Large")
    },
}
# ST_Border -> how wide the whole line is, in widths of w:sz and points beside them
_WIDTHS: Mapping[str, tuple[float, float]] = {
    "thick": (2, 0),
    "threeDEmboss": (2, 0),
    "threeDEngrave": (2, 0),
    "outset": (2, 0.75),
    "inset": (2, 0.75),
}
# ST_Border -> inner line, gap and outer line, each in widths of w:sz and points beside them
_COMPOUND: Mapping[str, tuple[tuple[float, float], ...]] = {
    "thickThinSmallGap": ((0, 0.75), (0, 0.75), (1, 0)),
    "thinThickSmallGap": ((1, 0), (0, 0.75), (0, 0.75)),
    "thickThinMediumGap": ((0.5, 0), (0.5, 0), (1, 0)),
    "thinThickMediumGap": ((1, 0), (0.5, 0), (0.5, 0)),
    "thickThinLargeGap": ((0, 0.75), (1, 0), (0, 1.5)),
    "thinThickLargeGap": ((0, 1.5), (1, 0), (0, 0.75)),
}
_LEAST_POINTS = {"fine-dashed": 1.0}  # how wide LibreOffice shows such a line of a Word file at least
_THREE_EQUAL = ((1.0, 0.0),) * 3
# share of black that a pattern mixes into its background (17.18.78); solid is all foreground
_STRIPES = ("horzStripe", "vertStripe", "reverseDiagStripe", "diagStripe", "horzCross", "diagCross")
_PATTERN_SHARES: Mapping[str, float] = {
    "solid": 1.0,
    **{f"pct{share}": share / 100 for share in (5, 10, 12, 15, 20, 25, 30, 35, 37, 40, 45, 50, 55, 60, 62)},
    **{f"pct{share}": share / 100 for share in (65, 70, 75, 80, 85, 87, 90, 95)},
    **{  # lines and crosses, which ODF has not: one colour for both
        f"{prefix}{name}": 1 / 3
        for prefix, names in (("", _STRIPES), ("thin", [name[0].upper() + name[1:] for name in _STRIPES]))
        for name in names
    },
}


@dataclass(frozen=True, slots=True)
class Border:
    """One line: ODF's value for ``fo:border-*`` and ``style:border-line-width-*``, and its distance in points."""

    line: str = NO_BORDER
    line_width: str | None = None
    space_points: float = 0.0
    width_points: float = 0.0

    @property
    def visible(self) -> bool:
        return self.line != NO_BORDER


def read_color(element: etree._Element, theme: Theme, attribute: str = "color") -> str | None:
    """The colour in ``w:color``, ``w:fill`` ... with its theme attributes as ``#rrggbb``; None for automatic."""
    prefix = {"fill": "themeFill", "color": "theme", "val": "theme"}[attribute]
    text = element.get(qn(f"w:{attribute}"), "")
    if _HEX.match(text):
        return f"#{text.lower()}"
    name = element.get(qn("w:themeFill" if prefix == "themeFill" else "w:themeColor"))
    slot = THEME_SLOTS.get(name or "")
    if slot is None or slot not in theme.colors:
        return None
    tint, shade = element.get(qn(f"w:{prefix}Tint")), element.get(qn(f"w:{prefix}Shade"))
    return word_theme_color(theme.colors[slot], tint, shade)


def read_border(element: etree._Element, theme: Theme) -> Border:
    """A ``CT_Border``; its width is in eighths of a point."""
    name = element.get(qn("w:val"), "none")
    style = LINE_STYLES.get(name, "solid")
    space = float(read_int(element.get(qn("w:space"))) or 0)
    if style == NO_BORDER:
        return Border(space_points=space)
    width = max(2, read_int(element.get(qn("w:sz"))) or DEFAULT_EIGHTHS) / 8
    color = read_color(element, theme) or "#000000"
    if style == "double":
        lines = [share * width + more for share, more in _COMPOUND.get(name, _THREE_EQUAL)]
        total = sum(lines)
        return Border(f"{points(total)} double {color}", " ".join(map(points, lines)), space, total)
    share, more = _WIDTHS.get(name, (1, 0))
    width = max(share * width + more, _LEAST_POINTS.get(style, 0.0))
    return Border(f"{number(width, 2)}pt {style} {color}", None, space, width)


def read_shading(element: etree._Element, theme: Theme) -> str | None:
    """The background of a ``w:shd``: its fill with the pattern's colour mixed in; None where it says nothing."""
    pattern = element.get(qn("w:val"), "clear")
    fill = read_color(element, theme, "fill")
    share = _PATTERN_SHARES.get(pattern, 0.0)
    if not share:
        return fill if fill is not None else ("transparent" if element.get(qn("w:fill")) == "auto" else None)
    front, back = from_hex(read_color(element, theme) or "000000"), from_hex(fill or "ffffff")
    red, green, blue = (f * share + b * (1 - share) for f, b in zip(front, back, strict=True))
    return to_hex((red, green, blue))
