"""Colours of the three families as RGB."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from converters.ooxml.colors import Color, excel_tint, from_hex, read_color, to_hex, word_theme_color
from converters.ooxml.namespaces import NAMESPACES
from converters.ooxml.theme import Theme

SCHEME = Theme().scheme()


def color(xml: str) -> Color | None:
    return read_color(
        etree.fromstring(f'<a:solidFill xmlns:a="{NAMESPACES["a"]}">{xml}</a:solidFill>'), SCHEME
    )


@pytest.mark.parametrize(
    ("xml", "rgb", "alpha"),
    [
        ('<a:srgbClr val="FF0000"/>', "#ff0000", 1),
        ('<a:srgbClr val="FF0000"><a:alpha val="50000"/></a:srgbClr>', "#ff0000", 0.5),
        ('<a:schemeClr val="accent1"/>', "#4472c4", 1),
        ('<a:schemeClr val="tx1"/>', "#000000", 1),
        ('<a:sysClr val="windowText" lastClr="d5d5d5"/>', "#000000", 1),
        ('<a:sysClr val="window" lastClr="494949"/>', "#ffffff", 1),
        ('<a:sysClr val="highlight" lastClr="112233"/>', "#112233", 1),
        ('<a:prstClr val="dkGreen"/>', "#006400", 1),
        ('<a:schemeClr val="accent1"><a:lumMod val="75000"/></a:schemeClr>', "#2f5597", 1),
        (
            '<a:schemeClr val="accent1"><a:lumMod val="20000"/><a:lumOff val="80000"/></a:schemeClr>',
            "#dae3f3",
            1,
        ),
        ('<a:hslClr hue="0" sat="100%" lum="50%"/>', "#ff0000", 1),
        ('<a:scrgbClr r="100%" g="0%" b="0%"/>', "#ff0000", 1),
    ],
)
def test_colour_elements_and_their_transforms(xml: str, rgb: str, alpha: float) -> None:
    found = color(xml)
    assert found is not None
    near = [abs(a - b) * 255 for a, b in zip(from_hex(found.rgb), from_hex(rgb), strict=True)]
    assert max(near) <= 1.01
    assert found.alpha == pytest.approx(alpha)


def test_an_unknown_scheme_colour_is_no_colour() -> None:
    assert color('<a:schemeClr val="nonsense"/>') is None


def test_words_shade_darkens_and_its_tint_lightens() -> None:
    # the right-hand values are what Word itself writes beside these theme colours; it truncates where we round
    for found, word in (
        (word_theme_color("#4472c4", None, "BF"), "#2f5496"),
        (word_theme_color("#4472c4", "99", None), "#8eaadb"),
    ):
        assert max(abs(a - b) * 255 for a, b in zip(from_hex(found), from_hex(word), strict=True)) <= 1.01


def test_excels_tint_goes_from_black_to_white() -> None:
    assert excel_tint("4472C4", 0) == "#4472c4"
    assert excel_tint("4472C4", 1) == "#ffffff"
    assert excel_tint("4472C4", -1) == "#000000"


@given(st.integers(0, 0xFFFFFF))
def test_hex_survives_the_way_through_components(value: int) -> None:
    text = f"#{value:06x}"
    assert to_hex(from_hex(text)) == text
