"""What lies behind the cells of a table (ECMA-376 Part 1, 20.1.4.2.25 tblBg, 21.1.3.15 tblPr).

A table of ODF in a drawing has no fill of its own: cells without a fill, and those that it shines through, get it. Each
cell holds one colour of it, so a background of several colours shows the one nearest to its middle.
"""

from __future__ import annotations

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.fills import FILLS
from converters.drawings.lines import typical_color
from converters.odf.properties import GraphicProperties
from converters.ooxml.colors import Color, from_hex, to_hex
from converters.ooxml.namespaces import qn
from converters.units import read_int, read_percentage

_FILL_TAGS = tuple(map(qn, FILLS))
_OPAQUE_PERCENT = 100.0


def read_background(
    properties: etree._Element | None, style: etree._Element | None, context: DrawingContext
) -> Color | None:
    """The colour behind all cells: that of ``a:tblPr`` itself, else of its style; None where there is none."""
    own = _fill(properties)
    if own is not None:
        return _color(own, context, None)
    background = style.find(qn("a:tblBg")) if style is not None else None
    if background is None:
        return None
    filled = _fill(background.find(qn("a:fill")))
    if filled is not None:
        return _color(filled, context, None)
    reference = background.find(qn("a:fillRef"))
    index = (read_int(reference.get("idx"), 0) or 0) if reference is not None else 0
    fills = context.theme.fill_styles
    return _color(fills[index - 1], context, context.color(reference)) if 0 < index <= len(fills) else None


def _fill(parent: etree._Element | None) -> etree._Element | None:
    return next(parent.iterchildren(*_FILL_TAGS), None) if parent is not None else None


def _color(fill: etree._Element, context: DrawingContext, placeholder: Color | None) -> Color | None:
    if fill.tag == qn("a:noFill"):
        return None
    if fill.tag != qn("a:solidFill"):
        context.log.report("TABLE_BACKGROUND_APPROXIMATED", context.place)
    return context.color(typical_color(fill), placeholder)


def over_background(fill: GraphicProperties, background: Color | None) -> GraphicProperties:
    """A cell's fill as it looks over what lies behind the table."""
    if background is None or background.alpha < 1:
        return fill
    if fill.fill in (None, "none"):
        return GraphicProperties(fill="solid", fill_color=background.rgb)
    opacity = (read_percentage(fill.opacity) or 0) if fill.opacity else _OPAQUE_PERCENT
    if fill.fill != "solid" or fill.fill_color is None or opacity >= _OPAQUE_PERCENT:
        return fill
    share = opacity / _OPAQUE_PERCENT
    pairs = zip(from_hex(fill.fill_color), from_hex(background.rgb), strict=True)
    red, green, blue = (above * share + below * (1 - share) for above, below in pairs)
    return GraphicProperties(fill="solid", fill_color=to_hex((red, green, blue)))
