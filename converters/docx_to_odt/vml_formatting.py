"""Fill and line of VML shapes as graphic properties (ECMA-376 Part 4, 19.1.2.5 fill, 19.1.2.21 stroke)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.lines import dash_name
from converters.odf.properties import GraphicProperties
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.preset_colors import PRESET_COLORS
from converters.units import EMU_PER_POINT, from_emu, percent

LENGTH = re.compile(r"^\s*(-?[\d.]+)\s*(pt|in|cm|mm|px|pc|emu)?\s*$")
_POINTS: Mapping[str, float] = {
    "pt": 1,
    "in": 72,
    "cm": 72 / 2.54,
    "mm": 72 / 25.4,
    "px": 0.75,
    "pc": 12,
    "emu": 1 / EMU_PER_POINT,
}
_OFF = frozenset(("f", "false", "0"))
_DEFAULT_WEIGHT = "0.75pt"  # 19.1.2.19, strokeweight
# dashstyle -> lengths of dashes and gaps in widths of the line (ST_StrokeDashStyle)
_DASHES: Mapping[str, tuple[float, ...]] = {
    "1 1": (1, 1), "shortdot": (1, 1), "dot": (1, 3), "shortdash": (3, 1), "dash": (4, 3), "longdash": (8, 3),
    "shortdashdot": (3, 1, 1, 1), "shortdashdotdot": (3, 1, 1, 1, 1, 1), "dashdot": (4, 3, 1, 3),
    "longdashdot": (8, 3, 1, 3), "longdashdotdot": (8, 3, 1, 3, 1, 3),
}  # fmt: skip
_DEFAULT_INSETS = ("0.1in", "0.05in", "0.1in", "0.05in")  # left, top, right, bottom (19.1.2.22)
_TRIANGLE = "M150 0l150 300h-300z"
_TRIANGLES = ("block", "classic")
_SHADOW_COLOR, _SHADOW_OFFSET = "#808080", "2pt"
_NAMED = {name.lower(): value for name, value in PRESET_COLORS.items()}
_JOINS = {"round": "round", "bevel": "bevel", "miter": "miter"}


def emu(text: str | None) -> int:
    """A VML length in EMU; a number without a unit counts pixels. 0 for what is no length."""
    match = LENGTH.match(text or "")
    return round(float(match[1]) * _POINTS[match[2] or "px"] * EMU_PER_POINT) if match else 0


def vml_color(text: str | None) -> str | None:
    """``#rgb``, ``#rrggbb`` or a name, with what follows in brackets left out; None for any other."""
    words = (text or "").split()[:1]
    if not words:
        return None
    value = words[0].lower()
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(char * 2 for char in value[1:])
    if re.fullmatch(r"#[0-9a-f]{6}", value):
        return value
    preset = _NAMED.get(value)
    return f"#{preset}" if preset is not None else None


def given(shape: etree._Element, shape_type: etree._Element | None, name: str) -> str | None:
    """An attribute of a shape, or of the type that it is made from."""
    own = shape.get(name)
    return own if own is not None or shape_type is None else shape_type.get(name)


def _share(text: str | None) -> float:
    """An opacity: ``.5``, ``50%`` or 65536ths with an ``f``."""
    value = (text or "1").strip()
    try:
        if value.endswith("f"):
            return float(value[:-1]) / 65536
        return float(value[:-1]) / 100 if value.endswith("%") else float(value)
    except ValueError:
        return 1.0


def read_formatting(
    shape: etree._Element, shape_type: etree._Element | None, context: DrawingContext
) -> GraphicProperties:
    """Fill, line and shadow of a shape, with what its type gives."""
    drawn = _with_line(
        _with_fill(GraphicProperties(), shape, shape_type, context), shape, shape_type, context
    )
    return _with_shadow(drawn, shape)


def _with_shadow(properties: GraphicProperties, shape: etree._Element) -> GraphicProperties:
    """``v:shadow``: a copy of the shape in one colour, moved (19.1.2.18)."""
    shadow = shape.find(qn("v:shadow"))
    if shadow is None or shadow.get("on", "f") in _OFF:
        return properties
    across, down = [*shadow.get("offset", "").split(","), "", ""][:2]
    opacity = _share(shadow.get("opacity"))
    return replace(
        properties,
        shadow="visible",
        shadow_color=vml_color(shadow.get("color")) or _SHADOW_COLOR,
        shadow_offset_x=from_emu(emu(across or _SHADOW_OFFSET)),
        shadow_offset_y=from_emu(emu(down or _SHADOW_OFFSET)),
        shadow_opacity=percent(opacity * 100) if opacity < 1 else None,
    )


def _is_off(
    shape: etree._Element, shape_type: etree._Element | None, attribute: str, detail: etree._Element | None
) -> bool:
    """Whether the shape's attribute, or the ``on`` of the element with the details, says that there is none."""
    return (given(shape, shape_type, attribute) or "t") in _OFF or (
        detail is not None and detail.get("on", "t") in _OFF
    )


def _with_fill(
    properties: GraphicProperties,
    shape: etree._Element,
    shape_type: etree._Element | None,
    context: DrawingContext,
) -> GraphicProperties:
    fill = shape.find(qn("v:fill"))
    if _is_off(shape, shape_type, "filled", fill):
        return replace(properties, fill="none")
    kind = fill.get("type", "solid") if fill is not None else "solid"
    if kind != "solid":
        context.log.report("SHAPE_FILL_APPROXIMATED", context.place, fill=kind)
    color = fill.get("color") if fill is not None else None
    opacity = _share(fill.get("opacity") if fill is not None else None)
    return replace(
        properties,
        fill="solid",
        fill_color=vml_color(color or given(shape, shape_type, "fillcolor")) or "#ffffff",
        opacity=percent(opacity * 100) if opacity < 1 else None,
    )


def _with_line(
    properties: GraphicProperties,
    shape: etree._Element,
    shape_type: etree._Element | None,
    context: DrawingContext,
) -> GraphicProperties:
    stroke = shape.find(qn("v:stroke"))
    if _is_off(shape, shape_type, "stroked", stroke):
        return replace(properties, stroke="none")

    def detail(name: str, attribute: str) -> str | None:
        own = stroke.get(name) if stroke is not None else None
        return own if own is not None else given(shape, shape_type, attribute)

    opacity = _share(stroke.get("opacity") if stroke is not None else None)
    dash = _DASHES.get(stroke.get("dashstyle", "").lower()) if stroke is not None else None
    properties = _with_arrows(properties, stroke, context)
    return replace(
        properties,
        stroke="dash" if dash is not None else "solid",
        stroke_dash=dash_name(context, dash) if dash is not None else None,
        stroke_width=from_emu(emu(detail("weight", "strokeweight") or _DEFAULT_WEIGHT)),
        stroke_color=vml_color(detail("color", "strokecolor")) or "#000000",
        stroke_opacity=percent(opacity * 100) if opacity < 1 else None,
        stroke_linejoin=_JOINS.get(stroke.get("joinstyle", "")) if stroke is not None else None,
    )


def _with_arrows(
    properties: GraphicProperties, stroke: etree._Element | None, context: DrawingContext
) -> GraphicProperties:
    """Arrowheads: a triangle at each end that has any (19.1.2.21)."""
    for attribute, side in (("startarrow", "marker_start"), ("endarrow", "marker_end")):
        kind = stroke.get(attribute, "none") if stroke is not None else "none"
        if kind == "none":
            continue
        if kind not in _TRIANGLES:
            context.log.report("LINE_APPROXIMATED", context.place, property=f"{attribute} {kind}")
        name = context.document.common_name("Arrow", _TRIANGLE, _write_triangle)
        properties = replace(properties, **{side: name, f"{side}_width": "0.21cm"})  # type: ignore[arg-type]
    return properties


def _write_triangle(writer: XmlWriter, name: str) -> None:
    writer.empty("draw:marker", {"draw:name": name, "svg:viewBox": "0 0 300 300", "svg:d": _TRIANGLE})


def text_insets(shape: etree._Element) -> GraphicProperties:
    """The room between a shape's edge and its text (19.1.2.22, inset)."""
    box = shape.find(qn("v:textbox"))
    pieces = [item.strip() for item in (box.get("inset", "") if box is not None else "").split(",")]
    left, top, right, bottom = (
        from_emu(emu(pieces[i] if i < len(pieces) and pieces[i] else default))
        for i, default in enumerate(_DEFAULT_INSETS)
    )
    return GraphicProperties(padding_left=left, padding_top=top, padding_right=right, padding_bottom=bottom)
