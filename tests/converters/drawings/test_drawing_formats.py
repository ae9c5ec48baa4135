"""Fills, lines, bullets and picture sizes: what one element becomes."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from lxml import etree

from converters.drawings.bullets import number_scheme
from converters.drawings.chart_table import column_letter
from converters.drawings.context import DrawingContext
from converters.drawings.effects import resolve_effects
from converters.drawings.fills import resolve_fill
from converters.drawings.fonts import symbol_text
from converters.drawings.gradients import read_gradient
from converters.drawings.lines import dash_name, resolve_line
from converters.drawings.patterns import _PATTERNS, pattern_png
from converters.drawings.picture_size import picture_size_points
from converters.drawings.transforms import Transform
from converters.losses import DOCUMENT, LossLog
from converters.odf.document import OdfDocument
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import NAMESPACES
from converters.ooxml.package import Package
from converters.ooxml.theme import Theme
from tests.office_files import pptx


@pytest.fixture
def context() -> DrawingContext:
    theme = Theme()
    document = OdfDocument(OdfPackage(io.BytesIO(), MEDIA_TYPES["odp"]), "presentation")
    return DrawingContext(
        document, Package(pptx()), "", theme, theme.scheme(), LossLog(), DOCUMENT, document.automatic
    )


def element(xml: str) -> etree._Element:
    return etree.fromstring(f'<x xmlns:a="{NAMESPACES["a"]}">{xml}</x>')


def test_a_solid_fill_keeps_colour_and_transparency(context):
    xml = '<a:solidFill><a:schemeClr val="tx1"><a:alpha val="40000"/></a:schemeClr></a:solidFill>'
    fill = resolve_fill(element(xml), context)
    assert (fill.fill, fill.fill_color, fill.opacity) == ("solid", "#000000", "40%")


def test_an_absent_fill_is_told_from_no_fill(context):
    assert resolve_fill(element(""), context) is None
    assert resolve_fill(element("<a:noFill/>"), context).fill == "none"


def test_a_linear_gradient_turns_as_odf_counts_angles(context):
    xml = (
        '<a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="FF0000"/></a:gs><a:gs pos="100000">'
        '<a:srgbClr val="0000FF"/></a:gs></a:gsLst><a:lin ang="5400000"/></a:gradFill>'
    )
    assert resolve_fill(element(xml), context).fill == "gradient"
    written = "".join(context.document._common.values())
    assert 'draw:angle="0deg"' in written
    assert 'draw:start-color="#ff0000"' in written
    assert 'draw:end-color="#0000ff"' in written


def test_equal_gradients_share_one_definition(context):
    xml = '<a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="FF0000"/></a:gs><a:gs pos="9"><a:srgbClr val="00FF00"/></a:gs></a:gsLst></a:gradFill>'
    assert resolve_fill(element(xml), context) == resolve_fill(element(xml), context)
    assert len(context.document._common) == 1


def test_a_picture_fill_without_its_picture_is_reported(context):
    namespace = f'xmlns:r="{NAMESPACES["r"]}"'
    resolve_fill(element(f'<a:blipFill><a:blip {namespace} r:embed="rId9"/></a:blipFill>'), context)
    assert [loss.code for loss in context.log.losses()] == ["PICTURE_MISSING"]


@pytest.mark.parametrize("name", sorted(_PATTERNS))
def test_every_pattern_has_both_colours(name):
    data = pattern_png(name, "#ff0000", "#ffffff")
    pixels = zlib.decompress(data[data.index(b"IDAT") + 4 : data.index(b"IEND") - 8])
    assert b"\xff\x00\x00" in pixels
    assert b"\xff\xff\xff" in pixels


def test_a_line_without_a_fill_takes_the_themes_line_in_the_styles_colour(context):
    style = element('<a:lnRef idx="1"><a:srgbClr val="123456"/></a:lnRef>')[0]
    theme_line = element('<a:ln w="12700"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>')[0]
    themed = DrawingContext(
        context.document, context.package, "", Theme(line_styles=(theme_line,)), context.scheme, context.log,
        DOCUMENT, context.automatic,
    )  # fmt: skip
    line = resolve_line([element('<a:ln w="25400"/>')[0]], style, themed)
    assert (line.stroke, line.stroke_color, line.stroke_width) == ("solid", "#123456", "0.0706cm")


def test_a_dashed_line_with_an_arrow_names_its_dash_and_its_marker(context):
    xml = '<a:ln><a:solidFill><a:srgbClr val="0"/></a:solidFill><a:prstDash val="dash"/><a:tailEnd type="triangle"/></a:ln>'
    line = resolve_line([element(xml)[0]], None, context)
    assert (line.stroke, line.stroke_dash, line.marker_end, line.marker_start) == (
        "dash",
        "Dash1",
        "Arrow1",
        None,
    )


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("arabicPeriod", ("1", "", ".")),
        ("alphaLcParenBoth", ("a", "(", ")")),
        ("romanUcParenR", ("I", "", ")")),
        ("arabicPlain", ("1", "", "")),
        ("fromTheFuture", ("1", "", "")),
    ],
)
def test_a_numbering_scheme_becomes_format_and_punctuation(scheme, expected):
    assert number_scheme(scheme) == expected


def test_bytes_of_a_symbol_font_stand_in_the_private_use_area():
    assert symbol_text("§", "Wingdings") == "\uf0a7"
    assert symbol_text("§", "Arial") == "§"


def test_columns_have_the_letters_of_a_sheet():
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_picture_tells_its_size_at_its_resolution():
    header = struct.pack(">IIBBBBB", 200, 100, 8, 2, 0, 0, 0)
    physical = struct.pack(">IIB", 7874, 7874, 1)  # 200 dots to the inch
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + b"\0\0\0\0"
        for kind, body in ((b"IHDR", header), (b"pHYs", physical), (b"IDAT", b""))
    )
    assert picture_size_points(data) == pytest.approx((72, 36), rel=1e-3)


@pytest.mark.parametrize("data", [b"", b"GIF8", b"\xff\xd8\xff\xe0\x00", b"BM12", b"\x89PNG\r\n\x1a\n"])
def test_a_picture_that_breaks_off_has_no_size(data):
    assert picture_size_points(data) is None


@pytest.mark.parametrize(("more", "codes"), [("", []), ('sx="102000"', ["SHAPE_EFFECT_DROPPED"])])
def test_the_size_of_a_shadow_is_reported(more, codes, context):
    xml = f'<a:effectLst><a:outerShdw dist="12700" dir="0" {more}><a:prstClr val="black"/></a:outerShdw></a:effectLst>'
    assert resolve_effects(element(xml), None, context).shadow == "visible"
    assert [loss.code for loss in context.log.losses()] == codes


LINEAR = (
    '<a:gradFill xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" {more}><a:gsLst>'
    '<a:gs pos="0"><a:srgbClr val="FF0000"/></a:gs><a:gs pos="100000"><a:srgbClr val="0000FF"/></a:gs></a:gsLst>'
    "{shape}</a:gradFill>"
)


@pytest.mark.parametrize(
    ("more", "angle", "place", "expected"),
    [
        ("", 0, Transform(), 90),
        ("", 60, Transform(), 30),
        ("", 60, Transform(rotation=1_800_000), 0),
        ('rotWithShape="0"', 60, Transform(rotation=1_800_000), 30),
        ("", 60, Transform(flip_horizontal=True), 330),
        ("", 60, Transform(flip_vertical=True), 150),
        ("", 60, Transform(flip_horizontal=True, rotation=5_400_000), 240),
    ],
)
def test_a_gradient_turns_and_flips_with_its_shape(more, angle, place, expected, context):
    element = etree.fromstring(LINEAR.format(more=more, shape=f'<a:lin ang="{angle * 60000}"/>'))
    gradient = read_gradient(element, context, place=place)
    assert gradient is not None
    assert gradient.angle_degrees == pytest.approx(expected)


@pytest.mark.parametrize(
    ("sides", "place", "style", "angle"),
    [
        ((50, 50), Transform(), "radial", 0),
        ((0, 0), Transform(), "linear", 225),
        ((0, 0), Transform(flip_horizontal=True), "linear", 135),
        ((100, 100), Transform(rotation=5_400_000), "linear", 315),
    ],
)
def test_a_circle_around_a_corner_is_shown_as_a_line_towards_it(sides, place, style, angle, context):
    x, y = (side * 1000 for side in sides)
    path = f'<a:path path="circle"><a:fillToRect l="{x}" t="{y}" r="{100000 - x}" b="{100000 - y}"/></a:path>'
    gradient = read_gradient(etree.fromstring(LINEAR.format(more="", shape=path)), context, place=place)
    assert gradient is not None
    assert (gradient.style, gradient.angle_degrees) == (style, angle)
    assert gradient.stops[-1][1].rgb == "#ff0000"


def test_round_ends_are_part_of_a_dash_in_the_source_and_beyond_it_in_the_target(context):
    dash_name(context, (4, 3), round_ends=True)
    written = XmlWriter().fragment(lambda writer: context.document.write_common(writer, ["Dash1"]))
    assert 'draw:dots1-length="300%"' in written
    assert 'draw:distance="400%"' in written
