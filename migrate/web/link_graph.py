"""The links of a file as a drawing: who links to it on the left, what it links to on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inventory.search import LinkEnd
from migrate.sentences import shown

DRAWN = 8  # ends on each side; the tables list the others
WIDTH = 900
_ROW = 40
_BOX_WIDTH, _BOX_HEIGHT = 260, 30
_LONGEST = 34


@dataclass(frozen=True, slots=True)
class Box:
    """A file as a box, its left upper corner in the units of the drawing; ``state`` is that of a link's target."""

    x: int
    y: int
    name: str
    state: str

    @property
    def middle(self) -> int:
        return self.y + _BOX_HEIGHT // 2

    @property
    def right(self) -> int:
        return self.x + _BOX_WIDTH


@dataclass(frozen=True, slots=True)
class Drawing:
    """``sources`` link to ``centre``, which links to ``targets``."""

    height: int
    centre: Box
    sources: Sequence[Box]
    targets: Sequence[Box]

    width: int = WIDTH
    box_width: int = _BOX_WIDTH
    box_height: int = _BOX_HEIGHT


def draw_links(name: str, to: Sequence[LinkEnd], from_: Sequence[LinkEnd]) -> Drawing:
    """``to``: the files that link to the file of this name; ``from_``: what it links to."""
    rows = max(min(len(to), DRAWN), min(len(from_), DRAWN), 1)
    height = rows * _ROW + 10
    centre = Box((WIDTH - _BOX_WIDTH) // 2, (height - _BOX_HEIGHT) // 2, _short(name), "found")
    return Drawing(height, centre, _column(to, 1, height), _column(from_, WIDTH - _BOX_WIDTH - 1, height))


def _column(ends: Sequence[LinkEnd], x: int, height: int) -> list[Box]:
    drawn = list(ends)[:DRAWN]
    top = (height - len(drawn) * _ROW) // 2 + (_ROW - _BOX_HEIGHT) // 2
    return [Box(x, top + place * _ROW, _short(end.location), end.state) for place, end in enumerate(drawn)]


def _short(location: str) -> str:
    """The last part of a path, its middle left out where it is long."""
    name = shown(location.replace("\\", "/").rstrip("/").rpartition("/")[2] or location)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 12]}…{name[-11:]}"
