"""Two pictures of a page compared so that what a reader cannot see counts for nothing.

The same shape half a pixel further is drawn with other greys at its edges. So both pictures are softened first, and a
pixel counts as the same where its colour lies between the lightest and the darkest of the other picture's
neighbourhood (three by three). What is too pale for that, the fill of a cell for instance, shows in pictures reduced
to a quarter, where an average is exact and little suffices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

from converters.rendered_pages import Region

FINE = 40  # of 255: what a pixel may be beyond its neighbourhood
COARSE = 10  # the same in the reduced pictures
COARSE_FACTOR = 4
INK = 24  # how far from the paper's colour a pixel is drawn on
CELL = 8  # points: regions are made of such squares
CELL_PIXELS = 6  # that differ, for a square to count
REGIONS_KEPT = 60
_NEAR = [(across, down) for across in range(-3, 4) for down in range(-2, 3)]  # squares

_Choose = Callable[[Image.Image, Image.Image], Image.Image]


@dataclass(frozen=True, slots=True)
class Likeness:
    """``share`` of what is drawn in either picture that looks the same; ``regions`` are what does not."""

    share: float
    regions: tuple[Region, ...]


def compare_pictures(source: Image.Image, target: Image.Image) -> Likeness:
    """Compare two RGB pictures of a page, a pixel a point. The smaller one gets a white margin."""
    size = max(source.width, target.width), max(source.height, target.height)
    source, target = _on_canvas(source, size), _on_canvas(target, size)
    if source.tobytes() == target.tobytes():
        return Likeness(1.0, ())
    differing = _differing(source, target)
    count = _count(differing)
    if not count:
        return Likeness(1.0, ())
    drawn = ImageChops.lighter(ImageChops.lighter(_drawn(source), _drawn(target)), differing)
    return Likeness(1 - count / _count(drawn), tuple(_regions(differing)))


def with_more(regions: Sequence[Region], more: Sequence[Region]) -> tuple[Region, ...]:
    """``regions`` and those of ``more`` that stand in none of them, each but once."""
    found = list(regions)
    for region in more:
        if not any(_contains(other, region) for other in found):
            found.append(region)
    return tuple(found)


def _contains(region: Region, other: Region) -> bool:
    """Whether ``other`` stands in ``region``, give or take a square."""
    return (
        region.left - CELL <= other.left
        and region.top - CELL <= other.top
        and region.left + region.width + CELL >= other.left + other.width
        and region.top + region.height + CELL >= other.top + other.height
    )


def _on_canvas(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    if picture.size == size:
        return picture
    canvas = Image.new("RGB", size, "white")
    canvas.paste(picture)
    return canvas


def _differing(source: Image.Image, target: Image.Image) -> Image.Image:
    """A mask of one byte a pixel: 255 where the pictures differ for a reader."""
    fine = _unexplained(_softened(source), _softened(target), FINE)
    without_text = [
        _unexplained(
            _flattened(source, first).reduce(COARSE_FACTOR),
            _flattened(target, first).reduce(COARSE_FACTOR),
            COARSE,
        )
        for first in (ImageChops.lighter, ImageChops.darker)
    ]
    coarse = ImageChops.darker(*without_text)
    if coarse.getbbox() is None:
        return fine
    size = coarse.width * COARSE_FACTOR, coarse.height * COARSE_FACTOR
    large = coarse.resize(size, Image.Resampling.NEAREST).crop((0, 0, *source.size))
    return ImageChops.lighter(fine, large)


def _flattened(picture: Image.Image, first: _Choose) -> Image.Image:
    """Without lines thinner than five pixels: dark ones where ``first`` takes the lighter, else light ones."""
    second = ImageChops.darker if first is ImageChops.lighter else ImageChops.lighter
    for choose in (first, first, second, second):
        picture = _extreme(picture, choose)
    return picture


def _softened(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.BoxBlur(1))


def _unexplained(source: Image.Image, target: Image.Image, tolerance: int) -> Image.Image:
    """Where either picture has a colour that the other's neighbourhood does not span."""
    beyond = ImageChops.lighter(_beyond(source, target), _beyond(target, source))
    red, green, blue = beyond.split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return strongest.point(_steps(tolerance))


def _beyond(picture: Image.Image, other: Image.Image) -> Image.Image:
    """By how much each pixel lies outside the range of the other picture's neighbourhood, a channel at a time."""
    return ImageChops.lighter(
        ImageChops.subtract(picture, _extreme(other, ImageChops.lighter)),
        ImageChops.subtract(_extreme(other, ImageChops.darker), picture),
    )


def _extreme(picture: Image.Image, choose: _Choose) -> Image.Image:
    """The lightest or the darkest of the nine pixels around each, a channel at a time."""
    for across, down in ((1, 0), (0, 1)):
        picture = choose(choose(picture, _shifted(picture, across, down)), _shifted(picture, -across, -down))
    return picture


def _shifted(picture: Image.Image, across: int, down: int) -> Image.Image:
    """Moved by a pixel; at the edge the picture itself stands."""
    moved = picture.copy()
    moved.paste(picture, (across, down))
    return moved


def _drawn(picture: Image.Image) -> Image.Image:
    """A mask of what is drawn: what differs from the colour that most of the page has."""
    paper = Image.new("RGB", picture.size, _paper(picture))
    red, green, blue = ImageChops.difference(picture, paper).split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return strongest.point(_steps(INK))


def _paper(picture: Image.Image) -> tuple[int, int, int]:
    """The commonest colour of a page."""
    small = picture.reduce(COARSE_FACTOR)
    _count, colour = max(small.getcolors(small.width * small.height) or [(0, (255, 255, 255))])
    return colour  # type: ignore[return-value]  # three channels


def _steps(tolerance: int) -> list[int]:
    """A table for ``Image.point``: 255 above the tolerance, else 0."""
    return [255 if value > tolerance else 0 for value in range(256)]


def _count(mask: Image.Image) -> int:
    """How many pixels of a mask are set."""
    return mask.histogram()[255]


# -- regions -------------------------------------------------------------------------------------------------------


def _regions(mask: Image.Image) -> list[Region]:
    """Rectangles around squares that touch and differ, the largest first."""
    cells = _cells(mask)
    boxes = [_box(group) for group in _groups(cells)]
    merged = _merged(boxes)
    merged.sort(key=lambda box: (-(box[2] - box[0] + 1) * (box[3] - box[1] + 1), box))
    return [
        Region(
            left * CELL,
            top * CELL,
            min((right + 1) * CELL, mask.width) - left * CELL,
            min((bottom + 1) * CELL, mask.height) - top * CELL,
        )
        for left, top, right, bottom in merged[:REGIONS_KEPT]
    ]


_Cell = tuple[int, int]
_Box = tuple[int, int, int, int]


def _cells(mask: Image.Image) -> set[_Cell]:
    """The squares, by column and row, in which enough pixels differ."""
    reduced = mask.reduce(CELL)
    least = 255 * CELL_PIXELS / CELL**2
    width = reduced.width
    return {
        (index % width, index // width) for index, value in enumerate(reduced.tobytes()) if value >= least
    }


def _groups(cells: set[_Cell]) -> Iterator[list[_Cell]]:
    """Squares near each other: words of a line and lines of a paragraph belong together."""
    left = set(cells)
    while left:
        waiting = [left.pop()]
        group = []
        while waiting:
            column, row = waiting.pop()
            group.append((column, row))
            near = {(column + across, row + down) for across, down in _NEAR} & left
            left -= near
            waiting += near
        yield group


def _box(group: list[_Cell]) -> _Box:
    columns, rows = [column for column, _row in group], [row for _column, row in group]
    return min(columns), min(rows), max(columns), max(rows)


def _merged(boxes: list[_Box]) -> list[_Box]:
    """Boxes that overlap become one, until none does."""
    found: list[_Box] = []
    waiting = list(boxes)
    while waiting:
        box = waiting.pop()
        other = next((candidate for candidate in found if _overlap(box, candidate)), None)
        if other is None:
            found.append(box)
            continue
        found.remove(other)
        waiting.append(
            (
                min(box[0], other[0]),
                min(box[1], other[1]),
                max(box[2], other[2]),
                max(box[3], other[3]),
            )
        )
    return found


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
