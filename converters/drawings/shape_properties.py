"""Fill, line and effects of a shape with all it inherits, as one record.

Source: ECMA-376 Part 1, 20.1.2.2.35 (spPr) and 20.1.2.2.37 (style).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from converters.drawings.context import DrawingContext, child
from converters.drawings.effects import resolve_effects
from converters.drawings.fills import FILLS, NO_FILL, resolve_fill, resolve_style_fill
from converters.drawings.geometry import read_geometry
from converters.drawings.lines import resolve_line
from converters.drawings.transforms import Transform, read_transform
from converters.odf.properties import GraphicProperties, lay_over
from converters.ooxml.namespaces import qn
from converters.support import Support

SHAPE_PROPERTIES = Support(
    context="shape properties",
    handlers={
        "a:xfrm": read_transform,
        "a:custGeom": read_geometry,
        "a:prstGeom": read_geometry,
        "a:ln": resolve_line,
        "a:effectLst": resolve_effects,
        "a:effectDag": resolve_effects,
        **FILLS,
    },
    ignored={"a:extLst": "extensions repeat what older readers see"},
    unsupported={"a:scene3d": "SHAPE_EFFECT_DROPPED", "a:sp3d": "SHAPE_EFFECT_DROPPED"},
)


def resolve_shape_properties(
    chain: Sequence[etree._Element],
    context: DrawingContext,
    *,
    group: GraphicProperties | None = None,
    place: Transform | None = None,
) -> GraphicProperties:
    """Graphic properties of a shape.

    ``chain`` is the shape (``p:sp``, ``p:pic``, ``p:cxnSp`` and their kin) and those it inherits from, nearest first;
    ``group`` the fill of the group around it; ``place`` is where it stands, by default as its own transform says.
    """
    properties = [found for shape in chain if (found := child(shape, "spPr")) is not None]
    style = next((found for shape in chain if (found := child(shape, "style")) is not None), None)
    _report(properties[:1], context)
    if place is None and properties:
        place = read_transform(properties[0].find(qn("a:xfrm")))
    fill = _first_fill(properties, context, group, place)
    if fill is None and style is not None:
        fill = resolve_style_fill(style.find(qn("a:fillRef")), context, place)
    line = resolve_line(
        [element.find(qn("a:ln")) for element in properties],
        style.find(qn("a:lnRef")) if style is not None else None,
        context,
    )
    effects = resolve_effects(
        properties[0] if properties else None,
        style.find(qn("a:effectRef")) if style is not None else None,
        context,
    )
    return lay_over(lay_over(fill or NO_FILL, line), effects)


def _first_fill(
    properties: Iterable[etree._Element],
    context: DrawingContext,
    group: GraphicProperties | None,
    place: Transform | None,
) -> GraphicProperties | None:
    for element in properties:
        fill = resolve_fill(element, context, group=group, place=place)
        if fill is not None:
            return fill
    return None


def _report(properties: Iterable[etree._Element], context: DrawingContext) -> None:
    for element in properties:
        for found in element:
            code = SHAPE_PROPERTIES.loss_code(found.tag)
            if code == "SHAPE_EFFECT_DROPPED":
                context.log.report(code, context.place, effect=etree.QName(found).localname)
            elif code is not None:
                SHAPE_PROPERTIES.report(found.tag, context.log, context.place)
