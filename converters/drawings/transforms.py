"""Places of shapes: ``a:xfrm`` through nested groups to ``svg:x`` ... or ``draw:transform``.

Sources: ECMA-376 Part 1, 20.1.7.5 and 20.1.7.6 (2D transforms); ODF 1.3 Part 3, 19.228 (draw:transform). Lengths are EMU,
angles 60000ths of a degree clockwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from lxml import etree

from converters.drawings.guides import radians
from converters.ooxml.namespaces import qn
from converters.units import from_emu, number, read_int, read_on_off

_TURN = 21_600_000
_QUARTER = _TURN // 4
_EMU_LIMIT = 27_273_042_316_900  # ST_Coordinate


@dataclass(frozen=True, slots=True)
class Transform:
    """A rectangle before its rotation about its own centre. ``has_size`` is false for what only names a rotation."""

    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    rotation: float = 0
    flip_horizontal: bool = False
    flip_vertical: bool = False

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def corner(self, right: bool, bottom: bool) -> tuple[float, float]:
        """Where a corner stands after flips and rotation, for the ends of lines."""
        return self.point(self.width if right else 0, self.height if bottom else 0)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the shape, seen from its upper left corner, stands after flips and rotation."""
        x, y = x - self.width / 2, y - self.height / 2
        return self._turned(-x if self.flip_horizontal else x, -y if self.flip_vertical else y)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        angle = radians(self.rotation)
        centre_x, centre_y = self.centre
        return (
            centre_x + x * math.cos(angle) - y * math.sin(angle),
            centre_y + x * math.sin(angle) + y * math.cos(angle),
        )

    def half_turned(self) -> Transform:
        """Turned on by half a turn: with a mirror image, what stands upside down."""
        return replace(self, rotation=(self.rotation + _TURN / 2) % _TURN)

    def turned_direction(self, degrees: float, *, with_shape: bool = True) -> float:
        """A direction inside the shape (clockwise from the right) as it lies on the page: flipped, then turned with it."""
        if self.flip_horizontal:
            degrees = 180 - degrees
        if self.flip_vertical:
            degrees = -degrees
        return degrees + (math.degrees(radians(self.rotation)) if with_shape else 0)

    def attributes(self, *, mirrored: bool = False) -> dict[str, str | None]:
        """``svg:x`` and ``svg:y``, or ``draw:transform`` for what is rotated; with the size.

        ``mirrored`` is for shapes whose geometry says that it is flipped: LibreOffice mirrors such a shape after it is
        turned, so that one flip turns it the other way round; two undo each other.
        """
        if mirrored and self.flip_horizontal != self.flip_vertical:
            return replace(self, rotation=-self.rotation).attributes()
        size: dict[str, str | None] = {"svg:width": from_emu(self.width), "svg:height": from_emu(self.height)}
        if not self.rotation % _TURN:
            return {**size, "svg:x": from_emu(self.x), "svg:y": from_emu(self.y)}
        x, y = self._turned(-self.width / 2, -self.height / 2)
        turn = number(-radians(self.rotation), 7)
        return {**size, "draw:transform": f"rotate ({turn}) translate ({from_emu(x)} {from_emu(y)})"}


@dataclass(frozen=True, slots=True)
class GroupTransform:
    """Maps the child coordinates of a group to the page, through all groups around it."""

    own: Transform
    child_x: float
    child_y: float
    child_width: float
    child_height: float
    outer: GroupTransform | None = None

    def to_page(self, child: Transform) -> Transform:
        """A child's transform on the page: scaled, flipped and rotated as the group is (20.1.7.5)."""
        x_scale = self.own.width / self.child_width if self.child_width else 1.0
        y_scale = self.own.height / self.child_height if self.child_height else 1.0
        centre_x, centre_y = child.centre
        relative_x = (centre_x - self.child_x) * x_scale - self.own.width / 2
        relative_y = (centre_y - self.child_y) * y_scale - self.own.height / 2
        if self.own.flip_horizontal:
            relative_x = -relative_x
        if self.own.flip_vertical:
            relative_y = -relative_y
        x, y = self.own._turned(relative_x, relative_y)
        lies = _QUARTER / 2 <= child.rotation % (_TURN / 2) < _QUARTER * 3 / 2
        width = child.width * (y_scale if lies else x_scale)
        height = child.height * (x_scale if lies else y_scale)
        mirrored = self.own.flip_horizontal != self.own.flip_vertical
        placed = Transform(
            x - width / 2,
            y - height / 2,
            width,
            height,
            ((-child.rotation if mirrored else child.rotation) + self.own.rotation) % _TURN,
            child.flip_horizontal != self.own.flip_horizontal,
            child.flip_vertical != self.own.flip_vertical,
        )
        return self.outer.to_page(placed) if self.outer is not None else placed


def read_transform(element: etree._Element | None) -> Transform | None:
    """The transform in ``a:xfrm`` or ``p:xfrm``; None where there is none or it has no offset and extent."""
    if element is None:
        return None
    offset, extent = element.find(qn("a:off")), element.find(qn("a:ext"))
    if offset is None or extent is None:
        return None
    return Transform(
        _emu(offset.get("x")),
        _emu(offset.get("y")),
        max(0, _emu(extent.get("cx"))),
        max(0, _emu(extent.get("cy"))),
        (read_int(element.get("rot"), 0) or 0) % _TURN,
        read_on_off(element.get("flipH"), False),
        read_on_off(element.get("flipV"), False),
    )


def read_group_transform(
    element: etree._Element | None, outer: GroupTransform | None
) -> GroupTransform | None:
    """The transform of a group's ``a:xfrm``; the outer one where the group names none."""
    own = read_transform(element)
    if element is None or own is None:
        return outer
    offset, extent = element.find(qn("a:chOff")), element.find(qn("a:chExt"))
    x, y = (_emu(offset.get(name)) if offset is not None else 0 for name in ("x", "y"))
    if offset is None and extent is None:
        return GroupTransform(own, own.x, own.y, own.width, own.height, outer)
    if extent is None:
        return GroupTransform(own, x, y, own.width, own.height, outer)
    return GroupTransform(own, x, y, _emu(extent.get("cx")), _emu(extent.get("cy")), outer)


def _emu(text: str | None) -> int:
    value = read_int(text, 0) or 0
    return max(-_EMU_LIMIT, min(_EMU_LIMIT, value))
