"""Pictures: ``p:pic`` and its kin as ``draw:frame`` with ``draw:image`` (ECMA-376 Part 1, 19.3.1.37, 20.1.8.14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from converters.drawings.anatomy import shape_name, write_description
from converters.drawings.context import DrawingContext, child
from converters.drawings.fills import picture_fill
from converters.drawings.geometry import Geometry, read_geometry, write_geometry
from converters.drawings.hyperlinks import write_click
from converters.drawings.media import carry_media, media_identifier, write_media
from converters.drawings.picture_changes import CHANGES, Change, carry_changed_picture
from converters.drawings.picture_size import picture_size_points
from converters.drawings.pictures import Picture, carry_picture
from converters.drawings.shape_properties import resolve_shape_properties
from converters.drawings.transforms import Transform
from converters.errors import Refused
from converters.odf.properties import GraphicProperties, lay_over
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.support import Support
from converters.units import percent, points, read_percentage

_SIDES = ("t", "r", "b", "l")
_WASHED_OUT = (70.0, -70.0)  # what applications call a watermark, in brightness and contrast


def _alpha(effect: etree._Element, properties: GraphicProperties) -> GraphicProperties:
    return replace(properties, image_opacity=percent(read_percentage(effect.get("amt", "100000")) or 0))


def _luminance(effect: etree._Element, properties: GraphicProperties) -> GraphicProperties:
    bright, contrast = (read_percentage(effect.get(name)) or 0 for name in ("bright", "contrast"))
    if (bright, contrast) == _WASHED_OUT:
        return replace(properties, color_mode="watermark")
    return replace(properties, luminance=percent(bright), contrast=percent(contrast))


def _grey(_effect: etree._Element, properties: GraphicProperties) -> GraphicProperties:
    return replace(properties, color_mode="greyscale")


def _two_colors(_effect: etree._Element, properties: GraphicProperties) -> GraphicProperties:
    return replace(properties, color_mode="mono")


def _is_fixed(_effect: etree._Element, properties: GraphicProperties) -> GraphicProperties:
    """What the picture itself shows by now, or what is reported (:mod:`converters.drawings.picture_changes`)."""
    return properties


# effects of a picture in a frame that ODF has no words for
_FIXED = {qn(tag): CHANGES[tag] for tag in ("a:duotone", "a:clrChange")}
BLIP = Support(
    context="picture effects",
    handlers={
        "a:alphaModFix": _alpha,
        "a:lum": _luminance,
        "a:grayscl": _grey,
        "a:biLevel": _two_colors,
        "a:duotone": _is_fixed,
        "a:clrChange": _is_fixed,
    },
    ignored={"a:extLst": "extensions repeat what older readers see"},
    unsupported=dict.fromkeys(
        (
            "a:alphaBiLevel",
            "a:alphaCeiling",
            "a:alphaFloor",
            "a:alphaInv",
            "a:alphaMod",
            "a:alphaRepl",
            "a:blur",
            "a:clrRepl",
            "a:fillOverlay",
            "a:hsl",
            "a:tint",
        ),
        "PICTURE_EFFECT_DROPPED",
    ),
)


def write_picture(
    writer: XmlWriter,
    shape: etree._Element,
    chain: tuple[etree._Element, ...],
    place: Transform,
    context: DrawingContext,
) -> None:
    """Write a picture, cropped and framed as in the source; one cut to a shape as a shape filled with it."""
    played = media_identifier(shape)
    if played is not None:
        _write_player(writer, shape, chain, place, played, context)
        return
    fill = child(shape, "blipFill")
    blip = fill.find(qn("a:blip")) if fill is not None else None
    if fill is None or blip is None:
        context.log.report("PICTURE_MISSING", context.place)
        return
    geometry = read_geometry(child(shape, "spPr"))
    if geometry is not None and not geometry.is_rectangle:
        _write_as_shape(writer, shape, chain, place, geometry, fill, context)
        return
    identifier = blip.get(qn("r:embed")) or blip.get(qn("r:link"))
    changes = [
        change
        for effect in children(blip)
        if effect.tag in _FIXED and (change := _FIXED[effect.tag](effect, context)) is not None
    ]
    picture = carry_changed_picture(context, identifier, changes) or carry_picture(
        context.document, context.package, context.part, identifier, context.log, context.place
    )
    if picture is None:
        return
    properties = resolve_shape_properties(chain, context, place=place)
    properties = blip_effects(blip, properties, context, changed=changes)
    properties = replace(properties, clip=crop_lengths(fill.find(qn("a:srcRect")), identifier, context))
    if place.flip_horizontal != place.flip_vertical:
        properties = replace(properties, mirror="horizontal")
    attributes = {
        **context.shape_attributes(shape_name(shape), properties),
        **context.identifiers.shape_attributes(shape),
        **(place.half_turned() if place.flip_vertical else place).attributes(),
    }
    with writer.element("draw:frame", attributes):
        write_image(writer, picture)
        write_click(writer, shape, context)
        write_description(writer, shape)


def _write_player(
    writer: XmlWriter,
    shape: etree._Element,
    chain: tuple[etree._Element, ...],
    place: Transform,
    played: str,
    context: DrawingContext,
) -> None:
    """A sound or video, with the picture that stands for it while it does not play."""
    blip = shape.find(f"{qn('p:blipFill')}/{qn('a:blip')}")
    picture = None
    if blip is not None:
        picture = carry_picture(
            context.document,
            context.package,
            context.part,
            blip.get(qn("r:embed")),
            context.log,
            context.place,
        )
    address = carry_media(context, played)
    attributes = {
        **context.shape_attributes(shape_name(shape), resolve_shape_properties(chain, context)),
        **context.identifiers.shape_attributes(shape),
        **place.attributes(),
    }
    with writer.element("draw:frame", attributes):
        if address is not None:
            write_media(writer, address)
        if picture is not None:
            write_image(writer, picture)
        write_click(writer, shape, context)
        write_description(writer, shape)


def write_image(writer: XmlWriter, picture: Picture) -> None:
    writer.empty(
        "draw:image",
        {
            "xlink:href": picture.href,
            "xlink:type": "simple",
            "xlink:show": "embed",
            "xlink:actuate": "onLoad",
            "draw:mime-type": picture.media_type,
        },
    )


def _write_as_shape(
    writer: XmlWriter,
    shape: etree._Element,
    chain: tuple[etree._Element, ...],
    place: Transform,
    geometry: Geometry,
    fill: etree._Element,
    context: DrawingContext,
) -> None:
    """A picture that is cut to a shape, as the shape filled with it; as such it is cropped and recoloured for good."""
    properties = resolve_shape_properties(chain, context, place=place)
    properties = lay_over(properties, picture_fill(fill, place, context))
    attributes = {
        **context.shape_attributes(shape_name(shape), properties),
        **context.identifiers.shape_attributes(shape),
        **place.attributes(mirrored=True),
    }
    with writer.element("draw:custom-shape", attributes):
        write_description(writer, shape)
        write_click(writer, shape, context)
        write_geometry(writer, geometry, place)


def blip_effects(
    blip: etree._Element,
    properties: GraphicProperties,
    context: DrawingContext,
    *,
    changed: Sequence[Change] = (),
) -> GraphicProperties:
    """The properties with a picture's effects; ``changed`` are those that the picture was asked to show by itself."""
    names = {change.name for change in changed}
    for effect in blip:
        if effect.tag in _FIXED and etree.QName(effect).localname not in names:
            name = etree.QName(effect).localname
            context.log.report("PICTURE_EFFECT_DROPPED", context.place, effect=name)
            continue
        handler = BLIP.handler(effect.tag)
        if handler is not None:
            properties = handler(effect, properties)
        elif BLIP.loss_code(effect.tag) == "PICTURE_EFFECT_DROPPED":
            name = etree.QName(effect).localname
            context.log.report("PICTURE_EFFECT_DROPPED", context.place, effect=name)
        else:
            BLIP.report(effect.tag, context.log, context.place)
    return properties


def crop_lengths(crop: etree._Element | None, identifier: str | None, context: DrawingContext) -> str | None:
    """``fo:clip`` for ``a:srcRect``, which crops in percent: lengths of the picture's own size (ODF 1.3 Part 3, 20.179)."""
    sides = [(read_percentage(crop.get(side)) or 0) if crop is not None else 0.0 for side in _SIDES]
    if not any(sides):
        return None
    relationship = context.package.relationships(context.part).get(identifier or "")
    size = None
    if relationship is not None and not relationship.external:
        try:
            size = picture_size_points(context.package.read(relationship.target))
        except Refused:
            size = None
    if size is None:
        context.log.report("PICTURE_EFFECT_DROPPED", context.place, effect="srcRect")
        return None
    width, height = size
    top, right, bottom, left = sides
    lengths = (top * height, right * width, bottom * height, left * width)
    return f"rect({', '.join(points(length / 100) for length in lengths)})"
