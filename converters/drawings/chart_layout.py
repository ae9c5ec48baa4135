"""Places that the author gave to parts of a chart (ECMA-376 Part 1, 21.2.2.88, c:layout; ODF 1.3 Part 3, 11.6, 19.575)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from converters.ooxml.namespaces import qn
from converters.units import from_emu, read_int


@dataclass(frozen=True, slots=True)
class ChartLayout:
    """A place in EMU from the chart's corner. ``size_emu`` is None where the part finds its own size.

    ``is_inner`` says that the place is that of the axes' rectangle alone, without their labels.
    """

    x_emu: float
    y_emu: float
    size_emu: tuple[float, float] | None = None
    is_inner: bool = False

    def corner(self) -> dict[str, str | None]:
        return {"svg:x": from_emu(self.x_emu), "svg:y": from_emu(self.y_emu)}

    def rectangle(self) -> dict[str, str | None]:
        """Corner and size; nothing where the size is open."""
        if self.size_emu is None:
            return {}
        width, height = self.size_emu
        return {**self.corner(), "svg:width": from_emu(width), "svg:height": from_emu(height)}


def read_layout(owner: etree._Element | None, width_emu: float, height_emu: float) -> ChartLayout | None:
    """The layout of a part of a chart of this size.

    None where the part is placed automatically, or by a shift from its automatic place, which ODF has no word for.
    """
    manual = owner.find(f"{qn('c:layout')}/{qn('c:manualLayout')}") if owner is not None else None
    if manual is None or any(_text(manual, name) != "edge" for name in ("xMode", "yMode")):
        return None
    x, y, width, height = (_share(manual, name) for name in ("x", "y", "w", "h"))
    if x is None or y is None:
        return None
    size = None
    if width and height and "edge" not in (_text(manual, "wMode"), _text(manual, "hMode")):
        size = (width * width_emu, height * height_emu)
    return ChartLayout(x * width_emu, y * height_emu, size, _text(manual, "layoutTarget") == "inner")


def read_rotation(owner: etree._Element | None) -> str | None:
    """Degrees by which labels turn, counter-clockwise; None where the application chooses (21.2.2.217, c:txPr)."""
    body = owner.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}") if owner is not None else None
    turn = read_int(body.get("rot")) if body is not None else None
    if turn is None or abs(turn) > _QUARTER:
        return None
    return f"{-turn / 60_000 % 360:g}"


def _text(manual: etree._Element, name: str) -> str:
    found = manual.find(qn(f"c:{name}"))
    return found.get("val", "") if found is not None else ""


def _share(manual: etree._Element, name: str) -> float | None:
    """A share of the chart's size; None where it is absent or beyond the chart."""
    try:
        share = float(_text(manual, name))
    except ValueError:
        return None
    return share if -1 <= share <= 2 else None


_QUARTER = 90 * 60_000
