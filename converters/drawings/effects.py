"""Effects of shapes: shadows are ODF's own, glow and soft edges LibreOffice's extension (ECMA-376 Part 1, 20.1.8)."""

from __future__ import annotations

import math

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.guides import radians
from converters.odf.properties import GraphicProperties, lay_over
from converters.ooxml.colors import Color
from converters.ooxml.namespaces import qn
from converters.support import Support
from converters.units import from_emu, percent, read_int

# attributes of a shadow -> their values where it is as large as its shape, and upright
_AS_THE_SHAPE = {"sx": "100000", "sy": "100000", "kx": "0", "ky": "0"}


def _shadow(element: etree._Element, context: DrawingContext, placeholder: Color | None) -> GraphicProperties:
    """``a:outerShdw`` (20.1.8.45): distance and direction become offsets; a shadow has the size and slant of its shape."""
    if any(element.get(name, usual) != usual for name, usual in _AS_THE_SHAPE.items()):
        context.log.report("SHAPE_EFFECT_DROPPED", context.place, effect="outerShdw sx sy kx ky")
    distance = read_int(element.get("dist"), 0) or 0
    direction = radians(read_int(element.get("dir"), 0) or 0)
    color = context.color(element, placeholder) or Color("#000000")
    blur = read_int(element.get("blurRad"), 0) or 0
    return GraphicProperties(
        shadow="visible",
        shadow_offset_x=from_emu(distance * math.cos(direction)),
        shadow_offset_y=from_emu(distance * math.sin(direction)),
        shadow_color=color.rgb,
        shadow_opacity=percent(color.alpha * 100),
        shadow_blur=from_emu(blur) if blur else None,
    )


def _glow(element: etree._Element, context: DrawingContext, placeholder: Color | None) -> GraphicProperties:
    """``a:glow`` (20.1.8.32)."""
    color = context.color(element, placeholder) or Color("#000000")
    return GraphicProperties(
        glow_radius=from_emu(read_int(element.get("rad"), 0) or 0),
        glow_color=color.rgb,
        glow_transparency=percent((1 - color.alpha) * 100),
    )


def _soft_edge(element: etree._Element, *_unused: object) -> GraphicProperties:
    """``a:softEdge`` (20.1.8.53)."""
    return GraphicProperties(softedge_radius=from_emu(read_int(element.get("rad"), 0) or 0))


EFFECTS = Support(
    context="effects of a shape",
    handlers={"a:outerShdw": _shadow, "a:prstShdw": _shadow, "a:glow": _glow, "a:softEdge": _soft_edge},
    unsupported=dict.fromkeys(
        ("a:blur", "a:fillOverlay", "a:innerShdw", "a:reflection"), "SHAPE_EFFECT_DROPPED"
    ),
)


def resolve_effects(
    parent: etree._Element | None, reference: etree._Element | None, context: DrawingContext
) -> GraphicProperties:
    """The effects that stand in ``parent`` (shape properties), else those of the theme that ``a:effectRef`` names."""
    listed = parent.find(qn("a:effectLst")) if parent is not None else None
    placeholder = None
    if listed is None and parent is not None and parent.find(qn("a:effectDag")) is not None:
        context.log.report("SHAPE_EFFECT_DROPPED", context.place, effect="a:effectDag")
    if listed is None and reference is not None:
        index = read_int(reference.get("idx"), 0) or 0
        if 0 < index <= len(context.theme.effect_styles):
            listed = context.theme.effect_styles[index - 1].find(qn("a:effectLst"))
            placeholder = context.color(reference)
    properties = GraphicProperties()
    for effect in listed if listed is not None else ():
        handler = EFFECTS.handler(effect.tag)
        if handler is not None:
            properties = lay_over(properties, handler(effect, context, placeholder))
        elif EFFECTS.loss_code(effect.tag) == "SHAPE_EFFECT_DROPPED":
            name = etree.QName(effect).localname
            context.log.report("SHAPE_EFFECT_DROPPED", context.place, effect=name)
        else:
            EFFECTS.report(effect.tag, context.log, context.place)
    return properties
