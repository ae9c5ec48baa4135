"""Gradient fills as ``draw:gradient`` and ``draw:opacity``.

Sources: ECMA-376 Part 1, 20.1.8.33 (gradFill); ODF 1.3 Part 3, 16.40.2 and 16.40.9. Stops between the ends are
written as LibreOffice's ``loext:gradient-stop``; readers without them see the two ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.transforms import Transform
from converters.odf.properties import GraphicProperties
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.colors import Color
from converters.ooxml.namespaces import qn
from converters.units import number, percent, read_int, read_on_off, read_percentage

_UNITS_PER_DEGREE = 60_000
# the corner that a circular gradient has its centre in, in percent -> the direction towards it, clockwise from the right
_CORNERS: dict[tuple[float, float], float] = {(0, 0): 225, (100, 0): 315, (100, 100): 45, (0, 100): 135}


@dataclass(frozen=True, slots=True)
class Gradient:
    """``stops`` are (offset in 0..1, colour), from ODF's start to its end: a radial one starts outside."""

    style: str
    stops: tuple[tuple[float, Color], ...]
    angle_degrees: float = 0
    centre_x_percent: float = 50
    centre_y_percent: float = 50


def read_gradient(
    element: etree._Element,
    context: DrawingContext,
    placeholder: Color | None = None,
    place: Transform | None = None,
) -> Gradient | None:
    """The gradient in ``a:gradFill`` of a shape at ``place``; None where it has no stop with a colour.

    ODF's gradients lie on the page, whatever way the shape is turned; those of DrawingML turn with it.
    """
    stops = []
    for stop in element.iterfind(f"{qn('a:gsLst')}/{qn('a:gs')}"):
        color = context.color(stop, placeholder)
        if color is not None:
            offset = (read_percentage(stop.get("pos")) or 0) / 100
            stops.append((min(1.0, max(0.0, offset)), color))
    if not stops:
        return None
    stops.sort(key=lambda stop: stop[0])
    path = element.find(qn("a:path"))
    if path is None:
        linear = element.find(qn("a:lin"))
        angle = (read_int(linear.get("ang"), 0) or 0) if linear is not None else 0
        with_shape = read_on_off(element.get("rotWithShape"))
        return _linear(stops, angle / _UNITS_PER_DEGREE, place, with_shape=with_shape)
    rectangle = path.find(qn("a:fillToRect"))
    sides = {
        side: (read_percentage(rectangle.get(side)) or 0) if rectangle is not None else 50 for side in "ltrb"
    }
    centre_x, centre_y = (sides["l"] + 100 - sides["r"]) / 2, (sides["t"] + 100 - sides["b"]) / 2
    inwards = [(1 - offset, color) for offset, color in reversed(stops)]
    is_circle = path.get("path") == "circle"
    if is_circle and (corner := _CORNERS.get((centre_x, centre_y))) is not None:
        # a circle of ODF reaches half of the diagonal: one around a corner would leave most of the shape plain
        return _linear(inwards, corner, place)
    if place is not None:
        centre_x = 100 - centre_x if place.flip_horizontal else centre_x
        centre_y = 100 - centre_y if place.flip_vertical else centre_y
    return Gradient("radial" if is_circle else "rectangular", tuple(inwards), 0, centre_x, centre_y)


def _linear(
    stops: Sequence[tuple[float, Color]], degrees: float, place: Transform | None, *, with_shape: bool = True
) -> Gradient:
    if place is not None:
        degrees = place.turned_direction(degrees, with_shape=with_shape)
    return Gradient("linear", tuple(stops), (450 - degrees) % 360)


def gradient_properties(gradient: Gradient, context: DrawingContext) -> GraphicProperties:
    """The fill properties that show a gradient; its definition goes among the document's styles."""
    colors = {color.rgb for _, color in gradient.stops}
    alphas = {color.alpha for _, color in gradient.stops}
    if len(colors) == 1 and len(alphas) == 1:
        color = gradient.stops[0][1]
        opacity = percent(color.alpha * 100) if color.alpha < 1 else None
        return GraphicProperties(fill="solid", fill_color=color.rgb, opacity=opacity)
    name = _named(context, "Gradient", gradient, _write_gradient)
    if len(alphas) == 1:
        alpha = alphas.pop()
        opacity = percent(alpha * 100) if alpha < 1 else None
        return GraphicProperties(fill="gradient", fill_gradient_name=name, opacity=opacity)
    transparency = _named(context, "Opacity", gradient, _write_opacity)
    return GraphicProperties(fill="gradient", fill_gradient_name=name, opacity_name=transparency)


def _named(
    context: DrawingContext, stem: str, gradient: Gradient, write: Callable[[XmlWriter, str, Gradient], None]
) -> str:
    return context.document.common_name(stem, gradient, lambda writer, name: write(writer, name, gradient))


def _shape(gradient: Gradient) -> dict[str, str | None]:
    linear = gradient.style == "linear"
    return {
        "draw:style": gradient.style,
        "draw:cx": None if linear else percent(gradient.centre_x_percent),
        "draw:cy": None if linear else percent(gradient.centre_y_percent),
        "draw:angle": number(gradient.angle_degrees, 1) + "deg",
        "draw:border": "0%",
    }


def _write_gradient(writer: XmlWriter, name: str, gradient: Gradient) -> None:
    attributes = {
        "draw:name": name,
        **_shape(gradient),
        "draw:start-color": gradient.stops[0][1].rgb,
        "draw:end-color": gradient.stops[-1][1].rgb,
        "draw:start-intensity": "100%",
        "draw:end-intensity": "100%",
    }
    with writer.element("draw:gradient", attributes):
        for offset, color in gradient.stops:
            stop = {"svg:offset": number(offset), "loext:color-type": "rgb", "loext:color-value": color.rgb}
            writer.empty("loext:gradient-stop", stop)


def _write_opacity(writer: XmlWriter, name: str, gradient: Gradient) -> None:
    attributes = {
        "draw:name": name,
        **_shape(gradient),
        "draw:start": percent(gradient.stops[0][1].alpha * 100),
        "draw:end": percent(gradient.stops[-1][1].alpha * 100),
    }
    with writer.element("draw:opacity", attributes):
        for offset, color in gradient.stops:
            stop = {"svg:offset": number(offset), "svg:stop-opacity": number(color.alpha)}
            writer.empty("loext:opacity-stop", stop)
