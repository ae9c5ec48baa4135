"""Fills of shapes and backgrounds (ECMA-376 Part 1, 20.1.8; ODF 1.3 Part 3, 20.110 and following)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.gradients import gradient_properties, read_gradient
from converters.drawings.patterns import pattern_png
from converters.drawings.picture_changes import CHANGES, Change, carry_changed_picture, part_of, turned
from converters.drawings.picture_size import picture_size_points
from converters.drawings.pictures import carry_picture
from converters.drawings.transforms import Transform
from converters.odf.properties import GraphicProperties
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.colors import Color
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.units import percent, points, read_int, read_percentage

NO_FILL = GraphicProperties(fill="none")
_QUARTER = 5_400_000
_CHANGES = {qn(tag): reader for tag, reader in CHANGES.items()}
# ST_RectAlignment -> draw:fill-image-ref-point
_TILES_FROM = {
    "tl": "top-left", "t": "top", "tr": "top-right", "l": "left", "ctr": "center", "r": "right", "bl": "bottom-left",
    "b": "bottom", "br": "bottom-right",
}  # fmt: skip
_BACKGROUND_INDEX = 1000  # fillRef and bgRef indices above it name background fills (20.1.4.1.23)


@dataclass(frozen=True, slots=True)
class FillSource:
    """``group`` is what ``a:grpFill`` means here; ``placeholder`` what ``phClr`` means; ``place`` where the shape is."""

    context: DrawingContext
    placeholder: Color | None = None
    group: GraphicProperties | None = None
    place: Transform | None = None


def _none(_element: etree._Element, _source: FillSource) -> GraphicProperties:
    return NO_FILL


def _solid(element: etree._Element, source: FillSource) -> GraphicProperties | None:
    color = source.context.color(element, source.placeholder)
    if color is None:
        return None
    opacity = percent(color.alpha * 100) if color.alpha < 1 else None
    return GraphicProperties(fill="solid", fill_color=color.rgb, opacity=opacity)


def _gradient(element: etree._Element, source: FillSource) -> GraphicProperties | None:
    gradient = read_gradient(element, source.context, source.placeholder, source.place)
    return gradient_properties(gradient, source.context) if gradient is not None else None


def _pattern(element: etree._Element, source: FillSource) -> GraphicProperties:
    context = source.context
    foreground = context.color(element.find(qn("a:fgClr")), source.placeholder) or Color("#000000")
    background = context.color(element.find(qn("a:bgClr")), source.placeholder) or Color("#ffffff")
    data = pattern_png(element.get("prst", ""), foreground.rgb, background.rgb)
    href = context.document.add_picture(data, "png", "image/png")
    return GraphicProperties(fill="bitmap", fill_image_name=fill_image(context, href), repeat="repeat")


def _picture(
    element: etree._Element, source: FillSource, more: Sequence[Change] = ()
) -> GraphicProperties | None:
    """``more`` is what becomes of the picture after all that the element asks for."""
    context, blip = source.context, element.find(qn("a:blip"))
    if blip is None:
        return None
    identifier = blip.get(qn("r:embed")) or blip.get(qn("r:link"))
    opacity = None
    changes: list[Change] = []  # a fill has neither crop nor colours of its own in ODF
    for effect in children(blip):
        change = _CHANGES[effect.tag](effect, context, source.placeholder) if effect.tag in _CHANGES else None
        if change is not None:
            changes.append(change)
        elif effect.tag == qn("a:alphaModFix"):
            opacity = percent(read_percentage(effect.get("amt", "100000")) or 0)
        elif effect.tag != qn("a:extLst"):
            name = etree.QName(effect).localname
            context.log.report("PICTURE_EFFECT_DROPPED", context.place, effect=name)
    for change in (
        part_of(element.find(qn("a:srcRect")), "srcRect"),
        part_of(element.find(f"{qn('a:stretch')}/{qn('a:fillRect')}"), "fillRect"),
    ):
        if change is not None:
            changes.append(change)
    changes += more
    picture = carry_changed_picture(context, identifier, changes) or carry_picture(
        context.document, context.package, context.part, identifier, context.log, context.place
    )
    if picture is None:
        return NO_FILL
    properties = GraphicProperties(
        fill="bitmap", fill_image_name=fill_image(context, picture.href), repeat="stretch", opacity=opacity
    )
    tile = element.find(qn("a:tile"))
    return _tiled(properties, tile, blip, context) if tile is not None else properties


def picture_fill(element: etree._Element, place: Transform, context: DrawingContext) -> GraphicProperties:
    """The fill that a ``blipFill`` of any namespace means: that of a picture that is cut to a shape at ``place``."""
    if place.rotation % _QUARTER:
        context.log.report("SHAPE_FILL_APPROXIMATED", context.place, fill="rot")
    change = turned(place)
    return _picture(element, FillSource(context), (change,) if change is not None else ()) or NO_FILL


def _tiled(
    properties: GraphicProperties, tile: etree._Element, blip: etree._Element, context: DrawingContext
) -> GraphicProperties:
    """Tiles of the picture's own size, scaled, from a corner, a side or the middle (20.1.8.58)."""
    align = tile.get("algn", "tl")
    properties = replace(properties, repeat="repeat", fill_image_ref_point=_TILES_FROM.get(align, "top-left"))
    if tile.get("flip", "none") != "none" or any(read_int(tile.get(name), 0) for name in ("tx", "ty")):
        context.log.report("SHAPE_FILL_APPROXIMATED", context.place, fill="tile")
    relationship = context.package.relationships(context.part).get(blip.get(qn("r:embed"), ""))
    size = None
    if relationship is not None and relationship.target in context.package:
        size = picture_size_points(context.package.read(relationship.target))
    if size is None:
        return properties
    width, height = (
        points(side * (read_percentage(tile.get(name)) or 100) / 100)
        for side, name in zip(size, ("sx", "sy"), strict=True)
    )
    return replace(properties, fill_image_width=width, fill_image_height=height)


def _group(_element: etree._Element, source: FillSource) -> GraphicProperties | None:
    return source.group


# fill element -> resolver
FILLS: dict[str, Callable[[etree._Element, FillSource], GraphicProperties | None]] = {
    "a:noFill": _none,
    "a:solidFill": _solid,
    "a:gradFill": _gradient,
    "a:pattFill": _pattern,
    "a:blipFill": _picture,
    "a:grpFill": _group,
}
_BY_TAG = {qn(tag): resolver for tag, resolver in FILLS.items()}


def resolve_fill(
    parent: etree._Element | None,
    context: DrawingContext,
    *,
    placeholder: Color | None = None,
    group: GraphicProperties | None = None,
    place: Transform | None = None,
) -> GraphicProperties | None:
    """The fill that stands in ``parent`` (``p:spPr``, ``a:tcPr``, ``p:bgPr``); None where it names none."""
    source = FillSource(context, placeholder, group, place)
    for element in children(parent):
        resolver = _BY_TAG.get(element.tag)
        if resolver is not None:
            return resolver(element, source)
    return None


def resolve_style_fill(
    reference: etree._Element | None, context: DrawingContext, place: Transform | None = None
) -> GraphicProperties | None:
    """The theme's fill that ``a:fillRef`` or ``p:bgRef`` names by index, in its colour (20.1.4.2.10)."""
    if reference is None:
        return None
    index = read_int(reference.get("idx"), 0) or 0
    if index in (0, _BACKGROUND_INDEX):
        return NO_FILL
    styles, position = context.theme.fill_styles, index - 1
    if index > _BACKGROUND_INDEX:
        styles, position = context.theme.background_fill_styles, index - _BACKGROUND_INDEX - 1
    color = context.color(reference)
    if 0 <= position < len(styles):
        resolver = _BY_TAG.get(styles[position].tag)
        if resolver is not None:
            themed = replace(context, part=context.theme.part) if resolver is _picture else context
            return resolver(styles[position], FillSource(themed, color, place=place))
    return GraphicProperties(fill="solid", fill_color=color.rgb) if color is not None else None


def fill_image(context: DrawingContext, href: str) -> str:
    """The name of the ``draw:fill-image`` for a picture of the package (ODF 1.3 Part 3, 16.40.6)."""

    def write(writer: XmlWriter, name: str) -> None:
        writer.empty(
            "draw:fill-image",
            {
                "draw:name": name,
                "xlink:href": href,
                "xlink:type": "simple",
                "xlink:show": "embed",
                "xlink:actuate": "onLoad",
            },
        )

    return context.document.common_name("Picture", href, write)
