"""Series are told apart without a colour: every one has lines of its own, cut to its rectangles."""

from itertools import combinations

import pytest
from lxml import etree

from migrate.reports import charts
from migrate.reports.textures import TEXTURES, lines_of

SVG = "{http://www.w3.org/2000/svg}"
BOX = (10.0, 20.0, 50.0, 35.0)


def test_every_series_of_the_palette_has_its_own_texture():
    assert len(TEXTURES) == len(charts.PALETTE)
    drawn = [tuple(lines_of(series, BOX)) for series in range(len(TEXTURES))]
    assert all(first != second for first, second in combinations(drawn, 2))
    assert drawn[0] == ()


@pytest.mark.parametrize("series", range(1, len(TEXTURES)))
def test_lines_stay_inside_their_box_and_end_at_its_edge(series):
    left, top, right, bottom = BOX
    for a, b, c, d in lines_of(series, BOX):
        for x, y in ((a, b), (c, d)):
            assert left <= x <= right
            assert top <= y <= bottom
            assert x in (left, right) or y in (top, bottom)


def test_neighbours_continue_each_others_lines():
    whole = {(a + b) for a, b, _c, _d in lines_of(1, (0.0, 0.0, 60.0, 20.0))}
    parts = {
        (a + b)
        for box in ((0.0, 0.0, 25.0, 20.0), (25.0, 0.0, 60.0, 20.0))
        for a, b, _c, _d in lines_of(1, box)
    }
    assert parts == whole


@pytest.mark.parametrize("stacked", [False, True])
def test_bars_and_their_key_carry_the_same_texture(stacked):
    series = {f"series {number}": [3.0, 5.0] for number in range(4)}
    svg = charts.bars("title", ["a", "b"], series, str, horizontal=stacked, stacked=stacked)
    root = etree.fromstring(svg)
    for number in range(4):
        rectangles = root.xpath(
            f"//*[local-name()='rect'][ancestor-or-self::*[contains(@class, 'color-{number}')]]"
        )
        assert len(rectangles) == 3  # two bars and the key
        after = [one.getnext() for one in rectangles]
        if number == 0:
            assert all(one is None or one.get("class") != "texture" for one in after)
        else:
            assert all(one.tag == f"{SVG}path" and one.get("class") == "texture" for one in after)
