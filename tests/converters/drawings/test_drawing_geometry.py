"""Guides, outlines and places of shapes, against values worked out by hand."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from converters.drawings.geometry import outline, preset_geometry, read_geometry
from converters.drawings.guides import Guides
from converters.drawings.preset_geometries import PRESET_GEOMETRIES
from converters.drawings.transforms import GroupTransform, Transform, read_transform
from converters.ooxml.namespaces import NAMESPACES

CENTIMETRE = 360_000


def element(xml: str) -> etree._Element:
    return etree.fromstring(xml.replace(">", f' xmlns:a="{NAMESPACES["a"]}">', 1))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("*/ w 1 4", 25),
        ("+- w h 10", 140),
        ("+/ w h 2", 75),
        ("?: 1 w h", 100),
        ("?: 0 w h", 50),
        ("pin 10 5 20", 10),
        ("pin 10 15 20", 15),
        ("pin 10 25 20", 20),
        ("mod 3 4 0", 5),
        ("sqrt 81", 9),
        ("abs -3", 3),
        ("cos 100 5400000", 0),
        ("sin 100 5400000", 100),
        ("at2 1 1", 2_700_000),
        ("*/ 1 1 0", 0),
        ("val cd4", 5_400_000),
        ("wd2", 50),
        ("no such operator", 0),
    ],
)
def test_a_guide_formula_has_its_value(formula, value):
    guides = Guides(100, 50)
    guides.define([("g", formula)])
    assert guides.value("g") == pytest.approx(value, abs=1e-6)


def test_adjust_values_of_the_shape_replace_those_of_the_preset():
    shape = element(
        '<x><a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 50000"/></a:avLst></a:prstGeom></x>'
    )
    drawn = outline(read_geometry(shape), CENTIMETRE, CENTIMETRE)
    assert drawn.path.startswith("M 0 500 ")


@pytest.mark.parametrize("name", sorted(PRESET_GEOMETRIES))
def test_every_preset_draws_within_reach_of_its_frame(name):
    drawn = outline(preset_geometry(name), 4 * CENTIMETRE, 3 * CENTIMETRE)
    numbers = [float(token) for token in re.findall(r"-?\d+(?:\.\d+)?", drawn.path)]
    assert drawn.path.startswith("M ")
    assert drawn.path.endswith("N")
    assert all(math.isfinite(value) and abs(value) < 40_000 for value in numbers)


def test_an_ellipse_is_four_quarters_that_close():
    drawn = outline(preset_geometry("ellipse"), 2 * CENTIMETRE, CENTIMETRE)
    curves = re.findall(r"C ((?:-?[\d.]+ ?){6})", drawn.path)
    ends = [tuple(float(value) for value in curve.split()[4:]) for curve in curves]
    assert ends == [(1000, 0), (2000, 500), (1000, 1000), (0, 500)]


def test_a_custom_path_is_scaled_from_its_own_size_to_the_shape():
    shape = element(
        '<x><a:custGeom><a:pathLst><a:path w="10" h="10"><a:moveTo><a:pt x="0" y="0"/></a:moveTo>'
        '<a:lnTo><a:pt x="10" y="10"/></a:lnTo><a:close/></a:path></a:pathLst></a:custGeom></x>'
    )
    assert outline(read_geometry(shape), CENTIMETRE, 2 * CENTIMETRE).path == "M 0 0 L 1000 2000 Z N"


def test_the_bar_of_a_callout_is_drawn_although_its_path_is_closed_before_it():
    drawn = outline(preset_geometry("accentCallout1"), 2 * CENTIMETRE, CENTIMETRE)
    assert "M -166.7 0 L -166.7 1000 F N" in drawn.path


def test_a_preset_that_is_no_shape_type_has_no_geometry():
    assert preset_geometry("teapot") is None


def test_a_rotated_shape_is_placed_by_its_turned_corner():
    place = Transform(0, 0, 2 * CENTIMETRE, CENTIMETRE, 5_400_000)
    assert place.attributes()["draw:transform"] == "rotate (-1.5707963) translate (1.5cm -0.5cm)"


def test_children_of_a_group_are_scaled_and_moved_with_it():
    group = GroupTransform(Transform(100, 100, 200, 100), 0, 0, 100, 100)
    assert group.to_page(Transform(50, 50, 10, 10)) == Transform(200, 150, 20, 10)


def test_a_flipped_group_mirrors_its_children_about_its_middle():
    group = GroupTransform(Transform(0, 0, 100, 100, flip_horizontal=True), 0, 0, 100, 100)
    placed = group.to_page(Transform(0, 0, 10, 10))
    assert (placed.x, placed.y, placed.flip_horizontal) == (90, 0, True)


angles = st.integers(0, 21_599_999)
lengths = st.integers(1, 10_000_000)


@given(lengths, lengths, lengths, lengths, angles)
def test_groups_that_map_one_to_one_leave_their_children_where_they_are(x, y, width, height, rotation):
    child = Transform(x, y, width, height, rotation)
    group = GroupTransform(Transform(x, y, width, height), x, y, width, height)
    placed = group.to_page(child)
    assert placed.centre == pytest.approx(child.centre)
    assert (placed.width, placed.height, placed.rotation) == (width, height, rotation)


def test_a_transform_without_an_extent_says_nothing():
    assert read_transform(element('<a:xfrm><a:off x="1" y="2"/></a:xfrm>')) is None


def test_lengths_beyond_any_page_are_bounded():
    found = read_transform(
        element('<a:xfrm><a:off x="99999999999999999999" y="junk"/><a:ext cx="-5" cy="7.0"/></a:xfrm>')
    )
    assert found is not None
    assert (found.x, found.y, found.width, found.height) == (27_273_042_316_900, 0, 0, 7)
