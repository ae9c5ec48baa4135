"""Pictures changed where ODF has no words for it: recoloured, cropped or widened as they are brought into the package.

Sources: ECMA-376 Part 1, 20.1.8.23 (duotone), 20.1.8.16 (clrChange), 20.1.8.34 (grayscl), 20.1.8.11 (biLevel), 20.1.8.42
(lum), 20.1.8.55 (srcRect), 20.1.8.30 (fillRect). Only pictures of pixels, and of a bounded size; what is changed cannot
be changed back, which is reported.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree
from PIL import Image, ImageChops, ImageOps

from converters.drawings.context import DrawingContext
from converters.drawings.pictures import Picture, identify_picture
from converters.drawings.transforms import Transform
from converters.errors import Refused
from converters.odf.package import crc
from converters.ooxml.colors import Color, from_hex, read_color_element
from converters.units import read_int, read_percentage

MAX_PIXELS = 16_000_000
_FORMATS = {"png": "PNG", "jpg": "JPEG", "gif": "GIF", "bmp": "BMP", "tif": "TIFF"}
_JPEG_QUALITY = 90
_DPI = 96.0
_QUARTER = 5_400_000
# quarter turns clockwise -> Pillow's counter-clockwise ones
_TURNS = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)
Apply = Callable[[Image.Image], Image.Image]


@dataclass(frozen=True, slots=True)
class Change:
    """``name`` is the element that asks for it; ``key`` tells it from others of its name."""

    name: str
    key: str
    apply: Apply


def carry_changed_picture(
    context: DrawingContext, identifier: str | None, changes: Sequence[Change]
) -> Picture | None:
    """Bring the picture that a relationship names into the package, changed.

    None where it cannot be changed: the caller then carries it as it is, and what it asked for is reported as dropped.
    """
    relationship = context.package.relationships(context.part).get(identifier or "")
    if relationship is None or relationship.external or not changes:
        return None
    try:
        data = context.package.read(relationship.target)
    except Refused:
        return None
    kind = identify_picture(data)
    stem = f"Pictures/{crc(data)}-{crc(';'.join(f'{c.name} {c.key}' for c in changes).encode())}"
    package = context.document.package
    known = next((path for path in (f"{stem}.png", f"{stem}.jpg") if path in package), None)
    if known is None:
        made = _changed(data, kind[0], changes) if kind is not None else None
        if made is None:
            for change in changes:
                context.log.report("PICTURE_EFFECT_DROPPED", context.place, effect=change.name)
            return None
        known = f"{stem}.{made[1]}"
        package.add(known, made[0], _media_type(known))
    for change in changes:
        context.log.report("PICTURE_EFFECT_FIXED", context.place, effect=change.name)
    return Picture(known, _media_type(known))


def _media_type(path: str) -> str:
    return "image/png" if path.endswith(".png") else "image/jpeg"


def _changed(data: bytes, extension: str, changes: Sequence[Change]) -> tuple[bytes, str] | None:
    """(bytes, extension) of the changed picture: JPEG stays JPEG while it is opaque."""
    if extension not in _FORMATS:
        return None
    try:
        with Image.open(io.BytesIO(data), formats=[_FORMATS[extension]]) as source:
            if source.width * source.height > MAX_PIXELS:
                return None
            dpi = source.info.get("dpi")
            picture = source.convert("RGBA")
        for change in changes:
            picture = change.apply(picture)
        stream = io.BytesIO()
        resolution = {"dpi": tuple(float(one) or _DPI for one in dpi)} if dpi else {}
        if extension == "jpg" and picture.getchannel("A").getextrema() == (255, 255):
            picture.convert("RGB").save(stream, "JPEG", quality=_JPEG_QUALITY, **resolution)
            return stream.getvalue(), "jpg"
        picture.save(stream, "PNG", **resolution)
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ):  # what Pillow raises for damaged files
        return None
    return stream.getvalue(), "png"


def _rgb(color: str) -> tuple[int, int, int]:
    red, green, blue = (round(part * 255) for part in from_hex(color))
    return red, green, blue


def _with_alpha(picture: Image.Image, recolored: Image.Image) -> Image.Image:
    result = recolored.convert("RGBA")
    result.putalpha(picture.getchannel("A"))
    return result


def duotone(
    element: etree._Element, context: DrawingContext, placeholder: Color | None = None
) -> Change | None:
    """``a:duotone``: dark parts take the first colour, light ones the second."""
    colors = [
        read_color_element(child, context.scheme, placeholder)
        for child in element
        if isinstance(child.tag, str)
    ]
    if len(colors) != 2 or colors[0] is None or colors[1] is None:
        return None
    dark, light = colors[0].rgb, colors[1].rgb

    def apply(picture: Image.Image) -> Image.Image:
        return _with_alpha(picture, ImageOps.colorize(picture.convert("L"), _rgb(dark), _rgb(light)))

    return Change("duotone", f"{dark} {light}", apply)


def color_change(
    element: etree._Element, context: DrawingContext, placeholder: Color | None = None
) -> Change | None:
    """``a:clrChange``: one colour, often the paper's, becomes another or transparent."""
    source, target = (
        context.color(child, placeholder) for child in list(element)[:2] + [None] * (2 - len(element))
    )
    if source is None or target is None:
        return None
    old, new, alpha = source.rgb, target.rgb, target.alpha

    def apply(picture: Image.Image) -> Image.Image:
        plain = picture.convert("RGB")
        apart = ImageChops.difference(plain, Image.new("RGB", plain.size, _rgb(old)))
        red, green, blue = apart.split()
        worst = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        mask = worst.point([255] + [0] * 255)
        filled = Image.new("RGBA", picture.size, (*_rgb(new), round(alpha * 255)))
        return Image.composite(filled, picture, mask)

    return Change("clrChange", f"{old} {new} {alpha}", apply)


def greyscale(_element: etree._Element, *_unused: object) -> Change:
    return Change("grayscl", "", lambda picture: _with_alpha(picture, picture.convert("L")))


def two_colors(element: etree._Element, *_unused: object) -> Change:
    """``a:biLevel``: black below the threshold, white from it on."""
    threshold = round((read_percentage(element.get("thresh")) or 0) * 255 / 100)
    table = [0 if level < threshold else 255 for level in range(256)]
    return Change(
        "biLevel", str(threshold), lambda picture: _with_alpha(picture, picture.convert("L").point(table))
    )


def luminance(element: etree._Element, *_unused: object) -> Change:
    """``a:lum``: contrast turns about the middle; applications add half of the brightness before it, half after it."""
    bright, contrast = ((read_percentage(element.get(name)) or 0) / 100 for name in ("bright", "contrast"))
    scale = 1 + contrast if contrast < 0 else 1 / max(1 - contrast, 0.01)
    table = [
        round(min(1.0, max(0.0, (level / 255 + bright / 2 - 0.5) * scale + 0.5 + bright / 2)) * 255)
        for level in range(256)
    ]
    return Change(
        "lum",
        f"{bright} {contrast}",
        lambda picture: _with_alpha(picture, picture.convert("RGB").point(table * 3)),
    )


def part_of(rectangle: etree._Element | None, name: str) -> Change | None:
    """``a:srcRect``: a part of the picture; sides beyond it, as those of ``a:fillRect`` within the shape, are empty."""
    if rectangle is None:
        return None
    sign = 1 if name == "srcRect" else -1
    sides = [sign * (read_int(rectangle.get(side), 0) or 0) / 100_000 for side in "ltrb"]
    left, top, right, bottom = sides
    if not any(sides) or left + right >= 1 or top + bottom >= 1 or min(sides) < -1:
        return None
    if name == "fillRect":  # the picture covers what the insets leave of the shape
        width, height = 1 - (-left - right), 1 - (-top - bottom)
        if width <= 0 or height <= 0:
            return None
        left, right, top, bottom = left / width, right / width, top / height, bottom / height

    def apply(picture: Image.Image) -> Image.Image:
        box = (
            round(left * picture.width),
            round(top * picture.height),
            max(round((1 - right) * picture.width), round(left * picture.width) + 1),
            max(round((1 - bottom) * picture.height), round(top * picture.height) + 1),
        )
        if (box[2] - box[0]) * (box[3] - box[1]) > MAX_PIXELS:
            raise ValueError("larger than any picture")
        widened = Image.new("RGBA", (box[2] - box[0], box[3] - box[1]))
        widened.paste(picture, (-box[0], -box[1]))
        return widened

    return Change(name, " ".join(map(str, sides)), apply)


def turned(place: Transform) -> Change | None:
    """A picture that fills its shape lies as the page does in ODF: flips and quarter turns become its own.

    None for a shape that lies straight, or askew.
    """
    quarters, askew = divmod(place.rotation, _QUARTER)
    steps = [
        step
        for step, wanted in (
            (Image.Transpose.FLIP_LEFT_RIGHT, place.flip_horizontal),
            (Image.Transpose.FLIP_TOP_BOTTOM, place.flip_vertical),
            (_TURNS[int(quarters) % 4] if not askew else None, True),
        )
        if wanted and step is not None
    ]
    if not steps:
        return None

    def apply(picture: Image.Image) -> Image.Image:
        for step in steps:
            picture = picture.transpose(step)
        return picture

    return Change("xfrm", " ".join(step.name for step in steps), apply)


CHANGES: dict[str, Callable[..., Change | None]] = {  # (element, context, placeholder)
    "a:duotone": duotone,
    "a:clrChange": color_change,
    "a:grayscl": greyscale,
    "a:biLevel": two_colors,
    "a:lum": luminance,
}
