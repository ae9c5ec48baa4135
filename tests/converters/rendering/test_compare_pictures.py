"""Pictures of pages: what a reader cannot see counts for nothing, what a reader sees is found where it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from converters.rendered_pages import ALIKE, Region
from converters.rendering.compare import compare_pictures

PAGE = (595, 842)
SCALE = 4
LINES = [f"Line {number} of a letter about the budget of the year 20{number:02}" for number in range(40)]
Draw = Callable[[ImageDraw.ImageDraw], None]


def page(*drawn: Draw, paper: str = "white", shift: tuple[float, float] = (0, 0)) -> Image.Image:
    """A page drawn four times as large and reduced, as a renderer smooths edges; ``shift`` in points."""
    large = Image.new("RGB", (PAGE[0] * SCALE, PAGE[1] * SCALE), paper)
    pen = ImageDraw.Draw(large)
    for draw in drawn:
        draw(pen)
    moved = Image.new("RGB", large.size, paper)
    moved.paste(large, (round(shift[0] * SCALE), round(shift[1] * SCALE)))
    return moved.reduce(SCALE)


def text(lines: list[str] = LINES, fill: str = "black", left: int = 70) -> Draw:
    font = ImageFont.load_default(size=44)

    def draw(pen: ImageDraw.ImageDraw) -> None:
        for number, line in enumerate(lines):
            pen.text((left * 4, (60 + 18 * number) * 4), line, fill=fill, font=font)

    return draw


def box(left: int, top: int, width: int, height: int, fill: str) -> Draw:
    corners = (left * 4, top * 4, (left + width) * 4 - 1, (top + height) * 4 - 1)
    return lambda pen: pen.rectangle(corners, fill=fill)


def covers(region: Region, left: int, top: int, width: int, height: int) -> bool:
    return (
        region.left <= left
        and region.top <= top
        and region.left + region.width >= left + width
        and region.top + region.height >= top + height
    )


def test_the_same_page_is_the_same() -> None:
    found = compare_pictures(page(text()), page(text()))
    assert (found.share, found.regions) == (1.0, ())


def test_two_blank_pages_are_the_same() -> None:
    assert compare_pictures(page(), page()).share == 1.0


@pytest.mark.parametrize("shift", [(0.25, 0), (0, 0.5), (0.5, 0.5), (0.75, 0.25)])
def test_part_of_a_point_is_not_seen(shift: tuple[float, float]) -> None:
    found = compare_pictures(
        page(text(), box(70, 30, 400, 1, "black")), page(text(), box(70, 30, 400, 1, "black"), shift=shift)
    )
    assert found.share > 0.99


def test_a_page_that_is_empty_shares_nothing() -> None:
    found = compare_pictures(page(text()), page())
    assert found.share < 0.1
    assert covers(found.regions[0], 72, 64, 200, 700)


def test_text_that_moved_by_half_a_line_is_not_alike() -> None:
    assert compare_pictures(page(text()), page(text(), shift=(0, 9))).share < 0.8


def test_other_text_in_the_same_lines_is_not_alike() -> None:
    other = ["Quite another text stands here and says other things" for _line in LINES]
    assert compare_pictures(page(text()), page(text(other))).share < ALIKE


def test_one_figure_that_changed_is_marked_where_it_stands() -> None:
    changed = [*LINES[:20], LINES[20].replace("budget", "losses"), *LINES[21:]]
    found = compare_pictures(page(text()), page(text(changed)))
    assert found.share > ALIKE
    (region,) = found.regions
    top = 60 + 18 * 20
    assert top - 8 <= region.top <= top + 8
    assert region.height <= 32
    assert region.left > 70 + 80


@pytest.mark.parametrize(
    ("before", "after"),
    [("#c00000", "#0000c0"), ("#ff0000", "#008000"), ("white", "#f2f2f2"), ("#ddebf7", "white")],
)
def test_a_colour_that_changed_is_found_the_pale_fill_of_a_cell_too(before: str, after: str) -> None:
    found = compare_pictures(
        page(text(), box(300, 200, 80, 40, before)), page(text(), box(300, 200, 80, 40, after))
    )
    assert found.share < 1
    assert any(covers(region, 304, 208, 68, 24) for region in found.regions)


def test_text_on_a_dark_slide_counts_as_much_as_on_paper() -> None:
    dark, light = (
        compare_pictures(page(text(fill=ink), paper=paper), page(text([], fill=ink), paper=paper)).share
        for ink, paper in (("white", "#103060"), ("black", "white"))
    )
    assert abs(dark - light) < 0.1


def test_a_background_that_is_gone_is_a_page_that_differs() -> None:
    assert compare_pictures(page(text(), paper="#103060"), page(text())).share < 0.2


def test_pages_of_different_sizes_are_laid_corner_on_corner() -> None:
    small = page(text()).crop((0, 0, 595, 420))
    found = compare_pictures(page(text()), small)
    assert 0.2 < found.share < 0.7
    assert all(region.top >= 408 for region in found.regions)


def test_differences_far_apart_are_marked_apart() -> None:
    found = compare_pictures(
        page(text()), page(text(), box(500, 20, 40, 20, "red"), box(20, 800, 40, 20, "red"))
    )
    assert len(found.regions) == 2


rectangles = st.builds(
    box,
    st.integers(0, 540),
    st.integers(0, 800),
    st.integers(1, 60),
    st.integers(1, 60),
    st.sampled_from(["black", "red", "#eeeeee", "#1f4e79"]),
)


@settings(max_examples=15)
@given(st.lists(rectangles, max_size=6), st.lists(rectangles, max_size=6))
def test_the_order_of_the_two_does_not_matter_and_marks_stay_on_the_page(
    one: list[Draw], other: list[Draw]
) -> None:
    first, second = page(*one), page(*other)
    there, back = compare_pictures(first, second), compare_pictures(second, first)
    assert there == back
    assert 0 <= there.share <= 1
    assert not (there.share == 1 and there.regions)
    for region in there.regions:
        assert 0 <= region.left < region.left + region.width <= PAGE[0]
        assert 0 <= region.top < region.top + region.height <= PAGE[1]
