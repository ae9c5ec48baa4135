"""Lines: width, colour, dashes, joins and arrowheads.

Sources: ECMA-376 Part 1, 20.1.2.2.24 (a:ln), 20.1.10.48 (ST_PresetLineDashVal), 20.1.8.38 (headEnd); ODF 1.3 Part 3,
16.40.7 (draw:marker), 16.40.8 (draw:stroke-dash). A theme's line style lies under the shape's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.odf.properties import GraphicProperties, lay_over
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.colors import Color, read_color
from converters.ooxml.namespaces import qn
from converters.units import from_emu, number, percent, read_int, read_percentage

NO_LINE = GraphicProperties(stroke="none")
DEFAULT_WIDTH_EMU = 9_525
_THINNEST_FOR_ARROW_EMU = 25_200  # arrowheads grow with the line, but not below that of a 2 point line

# preset dash -> lengths of dashes and gaps, in line widths
_DASHES: dict[str, tuple[float, ...]] = {
    "dot": (1, 3),
    "sysDot": (1, 1),
    "dash": (4, 3),
    "sysDash": (3, 1),
    "lgDash": (8, 3),
    "dashDot": (4, 3, 1, 3),
    "sysDashDot": (3, 1, 1, 1),
    "lgDashDot": (8, 3, 1, 3),
    "sysDashDotDot": (3, 1, 1, 1, 1, 1),
    "lgDashDotDot": (8, 3, 1, 3, 1, 3),
}
_SHORTEST_DASH = 0.01  # of a dot that is all round ends
_CAPS = {"rnd": "round", "sq": "square", "flat": "butt"}
_JOINS = {qn("a:round"): "round", qn("a:bevel"): "bevel", qn("a:miter"): "miter"}
_WITHOUT_COLOR = {qn("a:noFill")}
_COLORED = {qn(tag) for tag in ("a:solidFill", "a:gradFill", "a:pattFill")}

# arrowhead -> (path for a tip of 300 by 300 units, whether its middle stands on the line's end)
_HEADS: dict[str, tuple[str, bool]] = {
    "triangle": ("M150 0l150 {h}h-300z", False),
    "stealth": ("M150 0l150 {h}-150-{notch}-150 {notch}z", False),
    "diamond": ("M150 0l150 {half}-150 {half}-150-{half}z", True),
    "oval": (
        "M150 0c83 0 150 {c1} 150 {half}s-67 {half}-150 {half}-150-{c1}-150-{half}s67-{half} 150-{half}z",
        True,
    ),
    "arrow": ("M150 0l150 {most}-45 {rest}-80-{most}v{most}h-50v-{most}l-80 {most}-45-{rest}z", False),
}
_SCALES = {"sm": 2.0, "med": 3.0, "lg": 5.0}


def resolve_line(
    elements: Iterable[etree._Element | None],
    reference: etree._Element | None,
    context: DrawingContext,
) -> GraphicProperties:
    """Stroke properties of a shape.

    ``elements`` are its ``a:ln`` and those it inherits, nearest first; ``reference`` its ``a:lnRef`` (20.1.4.2.19).
    """
    sources: list[tuple[etree._Element, Color | None]] = [(e, None) for e in elements if e is not None]
    index = (read_int(reference.get("idx"), 0) or 0) if reference is not None else 0
    if reference is not None and 0 < index <= len(context.theme.line_styles):
        color = read_color(reference, context.scheme)
        sources.append((context.theme.line_styles[index - 1], color))
    resolved = GraphicProperties()
    for element, color in reversed(sources):
        resolved = lay_over(resolved, read_line(element, context, color))
    if resolved.stroke in (None, "none"):
        return NO_LINE
    width = _width([element for element, _ in sources])
    resolved = lay_over(resolved, GraphicProperties(stroke_width=from_emu(width)))
    return _with_heads(resolved, [element for element, _ in sources], width, context)


def _width(sources: Sequence[etree._Element]) -> int:
    for element in sources:
        if (width := read_int(element.get("w"))) is not None:
            return max(0, width)
    return DEFAULT_WIDTH_EMU


def read_line(
    element: etree._Element, context: DrawingContext, placeholder: Color | None = None
) -> GraphicProperties:
    """What one ``a:ln`` says, without its arrowheads: None in a field where it says nothing."""
    cap = _CAPS.get(element.get("cap", ""))
    said: dict[str, Any] = {"stroke_linecap": cap}
    if element.get("w"):
        said["stroke_width"] = from_emu(read_int(element.get("w"), 0) or 0)
    for child in element:
        if child.tag in _WITHOUT_COLOR:
            said["stroke"] = "none"
        elif child.tag in _COLORED:
            said |= _colored(child, context, placeholder).said
        elif child.tag in _JOINS:
            said["stroke_linejoin"] = _JOINS[child.tag]
    dash = dash_lengths(element)
    if dash:
        if said.get("stroke") in (None, "solid"):
            said["stroke"] = "dash"
        said["stroke_dash"] = dash_name(context, dash, round_ends=cap == "round")
    if element.get("cmpd", "sng") != "sng":
        context.log.report("LINE_APPROXIMATED", context.place, property="cmpd")
    return GraphicProperties(**said)


def _colored(
    element: etree._Element, context: DrawingContext, placeholder: Color | None
) -> GraphicProperties:
    parent = element
    if element.tag != qn("a:solidFill"):
        context.log.report("LINE_APPROXIMATED", context.place, property=etree.QName(element).localname)
        parent = typical_color(element)
    color = context.color(parent, placeholder)
    if color is None:
        return GraphicProperties()
    opacity = percent(color.alpha * 100) if color.alpha < 1 else None
    return GraphicProperties(stroke="solid", stroke_color=color.rgb, stroke_opacity=opacity)


def typical_color(element: etree._Element) -> etree._Element:
    """What holds the colour of a fill that has several: the stop nearest to the middle, the pattern's foreground."""
    stops = list(element.iter(qn("a:gs")))
    if stops:
        return min(stops, key=lambda stop: abs((read_percentage(stop.get("pos")) or 0) - 50))
    found = element.find(qn("a:fgClr"))
    return found if found is not None else element


def dash_lengths(element: etree._Element) -> tuple[float, ...] | None:
    """Dashes and gaps of ``a:ln`` in line widths; empty for a solid line, None where it says nothing."""
    preset = element.find(qn("a:prstDash"))
    if preset is not None:
        return _DASHES.get(preset.get("val", ""), ())
    custom = element.find(qn("a:custDash"))
    if custom is None:
        return None
    lengths: list[float] = []
    for stop in custom.iterfind(qn("a:ds")):
        lengths += [(read_percentage(stop.get(name)) or 0) / 100 for name in ("d", "sp")]
    return tuple(lengths)


def dash_name(context: DrawingContext, lengths: tuple[float, ...], *, round_ends: bool = False) -> str:
    """The name of the ``draw:stroke-dash`` for dashes and gaps: two lengths of dash, one of gap (16.40.8).

    DrawingML's lengths hold their round ends, half a line width each; ODF's do not.
    """
    ends = 1.0 if round_ends else 0.0
    dashes = [max(_SHORTEST_DASH, dash - ends) for dash in lengths[::2]]
    gaps = [gap + ends for gap in lengths[1::2]]
    first = dashes[0]
    ones = sum(1 for dash in dashes if dash == first)
    others = [dash for dash in dashes if dash != first]

    def write(writer: XmlWriter, name: str) -> None:
        writer.empty(
            "draw:stroke-dash",
            {
                "draw:name": name,
                "draw:style": "round" if round_ends else "rect",
                "draw:dots1": str(ones),
                "draw:dots1-length": percent(first * 100),
                "draw:dots2": str(len(others)) if others else None,
                "draw:dots2-length": percent(others[0] * 100) if others else None,
                "draw:distance": percent((gaps[0] if gaps else 1) * 100),
            },
        )

    return context.document.common_name("Dash", (lengths, round_ends), write)


def _with_heads(
    properties: GraphicProperties, sources: Sequence[etree._Element], width: int, context: DrawingContext
) -> GraphicProperties:
    start = _head(sources, "a:headEnd", width, context)
    end = _head(sources, "a:tailEnd", width, context)
    if start is not None:
        name, size, centred = start
        heads = GraphicProperties(marker_start=name, marker_start_width=size, marker_start_center=centred)
        properties = lay_over(properties, heads)
    if end is not None:
        name, size, centred = end
        heads = GraphicProperties(marker_end=name, marker_end_width=size, marker_end_center=centred)
        properties = lay_over(properties, heads)
    return properties


def _head(
    sources: Sequence[etree._Element], tag: str, width: int, context: DrawingContext
) -> tuple[str, str, str] | None:
    head = next((found for element in sources if (found := element.find(qn(tag))) is not None), None)
    kind = head.get("type", "none") if head is not None else "none"
    if head is None or kind not in _HEADS:
        return None
    across, along = (_SCALES.get(head.get(name, "med"), 3.0) for name in ("w", "len"))
    template, centred = _HEADS[kind]
    height = 300 * along / across
    path = template.format(
        h=number(height, 0),
        half=number(height / 2, 0),
        notch=number(height * 0.4, 0),
        c1=number(height * 0.22, 0),
        most=number(height * 0.85, 0),
        rest=number(height * 0.15, 0),
    )

    def write(writer: XmlWriter, name: str) -> None:
        box = f"0 0 300 {number(height, 0)}"
        writer.empty("draw:marker", {"draw:name": name, "svg:viewBox": box, "svg:d": path})

    name = context.document.common_name("Arrow", path, write)
    return name, from_emu(across * max(width, _THINNEST_FOR_ARROW_EMU)), "true" if centred else "false"
