"""Backgrounds of slides, layouts and masters as properties of the drawing page (ECMA-376 Part 1, 19.3.1.1, p:bg)."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.fills import FILLS, resolve_fill, resolve_style_fill
from converters.odf.properties import DrawingPageProperties, GraphicProperties
from converters.ooxml.namespaces import qn
from converters.pptx_to_odp.presentation import Layer
from converters.support import Support

BACKGROUND = Support(
    context="background properties",
    handlers=dict(FILLS),
    ignored={
        "a:effectLst": "a page has no edge that a shadow could fall from",
        "a:effectDag": "a page has no edge that a shadow could fall from",
        "p:extLst": "extensions repeat what older readers see",
        "a:extLst": "extensions repeat what older readers see",
    },
)


def resolve_background(
    element: etree._Element | None, context: DrawingContext
) -> DrawingPageProperties | None:
    """The drawing page's fill for ``p:bg``; None where it says nothing."""
    if element is None:
        return None
    properties = element.find(qn("p:bgPr"))
    if properties is None:
        return _page(resolve_style_fill(element.find(qn("p:bgRef")), context))
    for found in properties:
        if BACKGROUND.loss_code(found.tag):
            BACKGROUND.report(found.tag, context.log, context.place)
    return _page(resolve_fill(properties, context))


def _page(fill: GraphicProperties | None) -> DrawingPageProperties | None:
    if fill is None:
        return None
    return DrawingPageProperties(
        background_size="border",
        fill=fill.fill,
        fill_color=fill.fill_color,
        fill_gradient_name=fill.fill_gradient_name,
        fill_image_name=fill.fill_image_name,
        fill_image_width=fill.fill_image_width,
        fill_image_height=fill.fill_image_height,
        fill_image_ref_point=fill.fill_image_ref_point,
        repeat=fill.repeat,
        opacity=fill.opacity,
    )


def inherited_background(layer: Layer, context: DrawingContext) -> DrawingPageProperties:
    """The background of a layer, or of the nearest one under it that has one; white where none has."""
    for one in layer.layers():
        found = resolve_background(one.background, replace(context, part=one.part, scheme=one.scheme))
        if found is not None:
            return found
    return DrawingPageProperties(
        background_size="border", fill="solid", fill_color=context.scheme.get("bg1", "#ffffff")
    )


def as_shape_fill(page: DrawingPageProperties) -> GraphicProperties:
    """A page's fill for a shape that shows the page through itself (19.3.1.43, useBgFill)."""
    return GraphicProperties(
        fill=page.fill,
        fill_color=page.fill_color,
        fill_gradient_name=page.fill_gradient_name,
        fill_image_name=page.fill_image_name,
        fill_image_width=page.fill_image_width,
        fill_image_height=page.fill_image_height,
        fill_image_ref_point=page.fill_image_ref_point,
        repeat=page.repeat,
        opacity=page.opacity,
    )
