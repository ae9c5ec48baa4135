"""Textures for the series of a chart, so that they are told apart without a colour: lines across their rectangles.

The lines are cut to each rectangle as it is drawn: no pattern, no id, nothing that a reader of SVG might not know.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_SERIES = re.compile(r"\bcolor-(\d+)\b")
_SPACE = 6.0  # between lines, in the chart's pixels
_SPACE_IN_A_KEY = 3.0  # in the small boxes of a legend
_SMALL = 14.0

# a line of a texture: from x, y to x, y
Line = tuple[float, float, float, float]
_Box = tuple[float, float, float, float]  # left, top, right, bottom


def _steps(low: float, high: float, space: float) -> Iterator[float]:
    """Multiples of ``space`` strictly between the two, so that lines of neighbours meet."""
    step = math.floor(low / space) + 1
    while step * space < high:
        yield step * space
        step += 1


def _rising(box: _Box, space: float) -> Iterator[Line]:
    left, top, right, bottom = box
    for total in _steps(left + top, right + bottom, space):
        begin, end = max(left, total - bottom), min(right, total - top)
        yield begin, total - begin, end, total - end


def _falling(box: _Box, space: float) -> Iterator[Line]:
    left, top, right, bottom = box
    for rest in _steps(left - bottom, right - top, space):
        begin, end = max(left, rest + top), min(right, rest + bottom)
        yield begin, begin - rest, end, end - rest


def _upright(box: _Box, space: float) -> Iterator[Line]:
    return ((x, box[1], x, box[3]) for x in _steps(box[0], box[2], space))


def _level(box: _Box, space: float) -> Iterator[Line]:
    return ((box[0], y, box[2], y) for y in _steps(box[1], box[3], space))


# number of a series -> what is drawn across its rectangles; the first is plain
TEXTURES: tuple[tuple[Callable[[_Box, float], Iterator[Line]], ...], ...] = (
    (), (_rising,), (_falling,), (_upright,), (_level,), (_rising, _falling), (_upright, _level),
)  # fmt: skip

_DARK, _LIGHT = "#1b2733", "#ffffff"
_ON_DARK = (2, 5)  # series whose own colour is dark


def lines_of(series: int, box: _Box, space: float = _SPACE) -> list[Line]:
    """The lines of a series across a box, cut to it."""
    return [line for draw in TEXTURES[series % len(TEXTURES)] for line in draw(box, space)]


def add_textures(root: etree._Element) -> None:
    """Lines across every rectangle that stands for a series, in the bars and in the legend alike."""
    for rectangle in list(root.iter(f"{_SVG}rect")):
        series = _series_of(rectangle)
        if series is None:
            continue
        left, top, width, height = (float(rectangle.get(name) or 0) for name in ("x", "y", "width", "height"))
        space = _SPACE_IN_A_KEY if max(width, height) < _SMALL else _SPACE
        drawn = lines_of(series, (left, top, left + width, top + height), space)
        if drawn:
            path = " ".join(f"M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}" for a, b, c, d in drawn)
            colour = _LIGHT if series % len(TEXTURES) in _ON_DARK else _DARK
            attributes = {
                "d": path,
                "class": "texture",
                "fill": "none",
                "stroke": colour,
                "stroke-width": ".9",
            }
            texture = etree.Element(f"{_SVG}path", attributes)
            texture.tail, rectangle.tail = rectangle.tail, None
            rectangle.addnext(texture)


def _series_of(element: etree._Element) -> int | None:
    """The series that an element belongs to: named on itself or on the nearest group around it."""
    for one in (element, *element.iterancestors()):
        if found := _SERIES.search(one.get("class", "")):
            return int(found[1])
    return None
