"""Pictures recoloured, cropped, widened and turned for good: what single pixels become."""

from __future__ import annotations

import io

import pytest
from lxml import etree
from PIL import Image

from converters.drawings.context import DrawingContext
from converters.drawings.picture_changes import duotone
from converters.drawings.transforms import Transform
from converters.losses import DOCUMENT, LossLog
from converters.odf.document import OdfDocument
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.colors import Color
from converters.ooxml.namespaces import NAMESPACES
from converters.ooxml.package import Package
from converters.ooxml.theme import Theme
from tests.converters.pptx_to_odp.slides_builder import Converted, converted, presentation
from tests.office_files import pptx

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)
ALL = ' xmlns:a="{a}" xmlns:p="{p}" xmlns:r="{r}">'.format(**NAMESPACES)
FRAME = '<a:xfrm {0}><a:off x="0" y="0"/><a:ext cx="720000" cy="720000"/></a:xfrm>'


@pytest.fixture
def context() -> DrawingContext:
    theme = Theme()
    document = OdfDocument(OdfPackage(io.BytesIO(), MEDIA_TYPES["odp"]), "presentation")
    return DrawingContext(
        document, Package(pptx()), "", theme, theme.scheme(), LossLog(), DOCUMENT, document.automatic
    )


def squares(kind: str = "PNG") -> io.BytesIO:
    """Four by four pixels: red, green over blue, white, each two by two."""
    made = Image.new("RGB", (4, 4))
    for index, color in enumerate((RED, GREEN, BLUE, WHITE)):
        x, y = index % 2 * 2, index // 2 * 2
        made.paste(color, (x, y, x + 2, y + 2))
    stream = io.BytesIO()
    made.save(stream, kind)
    stream.seek(0)
    return stream


def filled(
    blip: str = "", fill: str = "", *, transform: str = "", geometry: str = "rect", as_picture: bool = False
) -> Converted:
    """A slide with a shape filled with the squares, or with a picture of them."""

    def build(slide) -> None:
        _, identifier = slide.part.get_or_add_image_part(squares())
        inner = f'<a:blip r:embed="{identifier}">{blip}</a:blip>{fill}'
        shape = f'<p:spPr>{FRAME.format(transform)}<a:prstGeom prst="{geometry}"/>'
        if as_picture:
            xml = (
                f'<p:pic{ALL}<p:nvPicPr><p:cNvPr id="9" name="P"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
                f"<p:blipFill>{inner}</p:blipFill>{shape}</p:spPr></p:pic>"
            )
        else:
            xml = (
                f'<p:sp{ALL}<p:nvSpPr><p:cNvPr id="9" name="S"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
                f"{shape}<a:blipFill>{inner}</a:blipFill></p:spPr></p:sp>"
            )
        slide.shapes._spTree.append(etree.fromstring(xml))

    return converted(presentation(build))


def picture(result: Converted) -> Image.Image:
    (name,) = result.names("Pictures/")
    return Image.open(io.BytesIO(result.part_bytes(name))).convert("RGBA")


STRETCH = "<a:stretch><a:fillRect {0}/></a:stretch>"


@pytest.mark.parametrize(
    ("blip", "pixel", "expected"),
    [
        ('<a:duotone><a:prstClr val="black"/><a:srgbClr val="FF8000"/></a:duotone>', (3, 3), (255, 128, 0, 255)),
        ('<a:duotone><a:prstClr val="black"/><a:srgbClr val="FF8000"/></a:duotone>', (0, 0), (76, 38, 0, 255)),
        ("<a:grayscl/>", (0, 0), (76, 76, 76, 255)),
        ('<a:biLevel thresh="50000"/>', (3, 3), (255, 255, 255, 255)),
        ('<a:biLevel thresh="50000"/>', (0, 0), (0, 0, 0, 255)),
        ('<a:lum bright="70000" contrast="-70000"/>', (0, 0), (255, 205, 205, 255)),
        (
            '<a:clrChange><a:clrFrom><a:srgbClr val="FFFFFF"/></a:clrFrom><a:clrTo><a:srgbClr val="FFFFFF">'
            '<a:alpha val="0"/></a:srgbClr></a:clrTo></a:clrChange>',
            (3, 3),
            (255, 255, 255, 0),
        ),
    ],
)  # fmt: skip
def test_the_filling_of_a_shape_is_recoloured(blip, pixel, expected):
    result = filled(blip, STRETCH.format(""))
    assert picture(result).getpixel(pixel) == pytest.approx(expected, abs=1)
    assert result.codes == ["PICTURE_EFFECT_FIXED"]


def test_a_crop_leaves_a_part():
    result = filled("", '<a:srcRect l="50000" b="50000"/>' + STRETCH.format(""))
    cropped = picture(result)
    assert cropped.size == (2, 2)
    assert cropped.getpixel((0, 0)) == (*GREEN, 255)


def test_insets_leave_the_rest_of_the_shape_empty():
    widened = picture(filled("", STRETCH.format('l="25000" r="25000"')))
    assert widened.size == (8, 4)
    assert [widened.getpixel((x, 0))[3] for x in (0, 2, 5, 7)] == [0, 255, 255, 0]


@pytest.mark.parametrize(
    ("transform", "corner"),
    [
        ("", RED),
        ('flipH="1"', GREEN),
        ('flipV="1"', BLUE),
        ('rot="5400000"', BLUE),
        ('rot="10800000"', WHITE),
    ],
)
def test_a_picture_that_is_cut_to_a_shape_lies_as_the_shape_does(transform, corner):
    result = filled("", STRETCH.format(""), transform=transform, geometry="ellipse", as_picture=True)
    assert picture(result).getpixel((0, 0)) == (*corner, 255)


def test_a_picture_askew_in_a_shape_is_reported():
    result = filled("", transform='rot="600000"', geometry="ellipse", as_picture=True)
    assert result.codes == ["SHAPE_FILL_APPROXIMATED"]


@pytest.mark.parametrize(
    ("transform", "mirror", "turned"),
    [('flipH="1"', "horizontal", 0), ('flipV="1"', "horizontal", 180), ('flipH="1" flipV="1"', None, 180)],
)
def test_a_flipped_picture_is_mirrored_and_turned(transform, mirror, turned):
    result = filled("", transform=transform, as_picture=True)
    (frame,) = [one for one in result.find_all("draw:frame") if one.get(f"{{{DRAW}}}name") == "P"]
    assert ("rotate (-3.1415927)" in (frame.get(f"{{{DRAW}}}transform") or "")) == (turned == 180)
    mirrors = [one.get(f"{{{STYLE}}}mirror") for one in result.find_all("style:graphic-properties")]
    assert [one for one in mirrors if one] == ([mirror] if mirror else [])
    assert result.codes == []


DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"


def test_half_a_turn_twice_is_none():
    assert Transform(rotation=3).half_turned().half_turned() == Transform(rotation=3)


def test_equal_changes_of_a_picture_are_kept_once():
    def build(slide) -> None:
        for index in range(2):
            _, identifier = slide.part.get_or_add_image_part(squares())
            slide.shapes._spTree.append(
                etree.fromstring(
                    f'<p:pic{ALL}<p:nvPicPr><p:cNvPr id="{index + 9}" name="P"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
                    f'<p:blipFill><a:blip r:embed="{identifier}"><a:duotone><a:prstClr val="black"/>'
                    '<a:prstClr val="red"/></a:duotone></a:blip></p:blipFill>'
                    f'<p:spPr>{FRAME.format("")}<a:prstGeom prst="rect"/></p:spPr></p:pic>'
                )
            )

    result = converted(presentation(build))
    assert len(result.names("Pictures/")) == 1
    assert [(loss.code, loss.count) for loss in result.losses] == [("PICTURE_EFFECT_FIXED", 2)]


def test_a_background_of_the_theme_is_recoloured_in_the_colour_that_asks_for_it(context):
    element = etree.fromstring(
        f'<a:duotone{ALL}<a:schemeClr val="phClr"/><a:prstClr val="white"/></a:duotone>'
    )
    change = duotone(element, context, Color("#204060"))
    assert change is not None
    assert change.apply(Image.new("RGBA", (1, 1), "black")).getpixel((0, 0)) == (0x20, 0x40, 0x60, 255)
