"""What animations change, and to what: names and values of attributes, and filters, in ODF's words.

Sources: ECMA-376 Part 1, 19.5.3 (animEffect/@filter), 19.7.3 and following; ODF 1.3 Part 3, 19.601 (smil:attributeName),
19.626 (smil:type); SMIL 2.1, 12.8. The names of attributes are those that LibreOffice knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from converters.units import number

# animEffect/@filter -> smil:type, smil:subtype, whether it runs in reverse
FILTERS: dict[str, tuple[str, str | None, bool]] = {
    "fade": ("fade", "crossfade", False),
    "wipe(left)": ("barWipe", "leftToRight", False),
    "wipe(right)": ("barWipe", "leftToRight", True),
    "wipe(up)": ("barWipe", "topToBottom", False),
    "wipe(down)": ("barWipe", "topToBottom", True),
    "blinds(horizontal)": ("blindsWipe", "horizontal", False),
    "blinds(vertical)": ("blindsWipe", "vertical", False),
    "box(in)": ("irisWipe", "rectangle", True),
    "box(out)": ("irisWipe", "rectangle", False),
    "checkerboard(across)": ("checkerBoardWipe", "across", False),
    "checkerboard(down)": ("checkerBoardWipe", "down", False),
    "circle(in)": ("ellipseWipe", "horizontal", True),
    "circle(out)": ("ellipseWipe", "horizontal", False),
    "diamond(in)": ("irisWipe", "diamond", True),
    "diamond(out)": ("irisWipe", "diamond", False),
    "dissolve": ("dissolve", None, False),
    "plus(in)": ("fourBoxWipe", "cornersIn", False),
    "plus(out)": ("fourBoxWipe", "cornersIn", True),
    "barn(inVertical)": ("barnDoorWipe", "vertical", True),
    "barn(inHorizontal)": ("barnDoorWipe", "horizontal", True),
    "barn(outVertical)": ("barnDoorWipe", "vertical", False),
    "barn(outHorizontal)": ("barnDoorWipe", "horizontal", False),
    "randombar(horizontal)": ("randomBarWipe", "horizontal", False),
    "randombar(vertical)": ("randomBarWipe", "vertical", False),
    "strips(downLeft)": ("waterfallWipe", "horizontalRight", False),
    "strips(upLeft)": ("waterfallWipe", "horizontalLeft", True),
    "strips(downRight)": ("waterfallWipe", "horizontalLeft", False),
    "strips(upRight)": ("waterfallWipe", "horizontalRight", True),
    "wedge": ("fanWipe", "centerTop", False),
    "wheel(1)": ("pinWheelWipe", "oneBlade", False),
    "wheel(2)": ("pinWheelWipe", "twoBladeVertical", False),
    "wheel(3)": ("pinWheelWipe", "threeBlade", False),
    "wheel(4)": ("pinWheelWipe", "fourBlade", False),
    "wheel(8)": ("pinWheelWipe", "eightBlade", False),
    "slide(fromTop)": ("slideWipe", "fromTop", False),
    "slide(fromBottom)": ("slideWipe", "fromBottom", False),
    "slide(fromLeft)": ("slideWipe", "fromLeft", False),
    "slide(fromRight)": ("slideWipe", "fromRight", False),
}

_SIZES = {"ppt_x": "x", "ppt_y": "y", "ppt_w": "width", "ppt_h": "height"}
# p:attrName -> smil:attributeName
ATTRIBUTES: dict[str, str] = {
    **_SIZES,
    "ppt_c": "dim",
    "ppt_r": "rotate",
    "r": "rotate",
    "style.rotation": "rotate",
    "xshear": "skewX",
    "fillcolor": "fill-color",
    "fillColor": "fill-color",
    "fill.color": "fill-color",
    "fill.type": "fill",
    "stroke.color": "stroke-color",
    "stroke.on": "stroke",
    "style.color": "color",
    "style.fontSize": "font-size",
    "style.fontWeight": "font-weight",
    "style.fontStyle": "font-style",
    "style.fontFamily": "font-family",
    "style.textDecorationUnderline": "text-underline",
    "style.opacity": "opacity",
    "style.visibility": "visibility",
}
# p:attrName -> why nothing is lost without it
REDUNDANT_ATTRIBUTES: dict[str, str] = {
    "fill.on": "the kind of filling that is set beside it says that there is one",
    "ppt_xy": "the two coordinates are animated beside it",
}
REDUNDANT_FILTERS: dict[str, str] = {
    "image": "repeats for older readers the opacity that is set beside it",
}
_ON_OFF: dict[str, tuple[str, str]] = {
    "stroke": ("solid", "none"),
    "text-underline": ("solid", "none"),
    "font-weight": ("bold", "normal"),
    "font-style": ("italic", "normal"),
    "visibility": ("visible", "hidden"),
}
_GUIDE = re.compile(r"#?\b(ppt_[xywh])\b")


def in_words_of_odf(formula: str) -> str:
    """A formula of places and sizes: ``#ppt_x+0.1`` is ``x+0.1``."""
    return _GUIDE.sub(lambda match: _SIZES[match[1]], formula)


def _percent(text: str) -> str:
    try:
        return number(float(text) * 100) + "%"
    except ValueError:
        return text


_CONVERTED: dict[str, Callable[[str], str]] = {"font-size": _percent}


def attribute_value(name: str, text: str) -> str:
    """A value of the attribute that ODF calls ``name``."""
    words = _ON_OFF.get(name)
    if words is not None and text in ("true", "1", "false", "0"):
        return words[0] if text in ("true", "1") else words[1]
    return _CONVERTED.get(name, in_words_of_odf)(text)
