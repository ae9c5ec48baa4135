"""Where VML shapes stand: the ``style`` attribute as an anchor, also inside groups (ECMA-376 Part 4, 19.1.2.19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from converters.docx_to_odt.anchors import Anchor
from converters.docx_to_odt.vml_formatting import emu
from converters.odf.properties import GraphicProperties
from converters.ooxml.namespaces import qn
from converters.units import from_emu, read_int

_HORIZONTAL_REL = {"page": "page", "margin": "page-content", "text": "paragraph", "char": "char"}
_VERTICAL_REL = {"page": "page", "margin": "page-content", "text": "paragraph", "line": "line"}
_HORIZONTAL_ALIGN = {
    "left": "left",
    "center": "center",
    "right": "right",
    "inside": "inside",
    "outside": "outside",
}
_VERTICAL_ALIGN = {"top": "top", "center": "middle", "bottom": "bottom"}
_SIDES = {"left": "left", "right": "right", "largest": "dynamic", "both": "parallel"}


@dataclass(frozen=True, slots=True)
class Group:
    """A group around shapes: ``scale`` in EMU per unit across and down, ``offset`` of its corner in EMU."""

    anchor: Anchor
    scale: tuple[float, float]
    origin: tuple[int, int]
    offset: tuple[int, int]

    def place(self, style: Mapping[str, str]) -> tuple[int, int]:
        """Where a child stands, in EMU from where the group counts."""
        left, top = read_int(style.get("left"), 0) or 0, read_int(style.get("top"), 0) or 0
        across, down = (left - self.origin[0]) * self.scale[0], (top - self.origin[1]) * self.scale[1]
        return self.offset[0] + round(across), self.offset[1] + round(down)


def read_pair(text: str | None, default: int) -> tuple[int, int]:
    pieces = [read_int(piece.strip(), default) for piece in (text or "").split(",")] + [default, default]
    return pieces[0] or 0, pieces[1] or 0


def read_style(text: str | None) -> dict[str, str]:
    """A VML ``style`` attribute as names and values."""
    pairs = (item.partition(":") for item in (text or "").split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value}


def read_anchor(element: etree._Element, group: Group | None) -> Anchor:
    """Size and place of a shape; inside a group its numbers are the group's units."""
    style = read_style(element.get("style"))
    width, height = emu(style.get("width")), emu(style.get("height"))
    name = element.get("alt") or ""
    if element.tag == qn("v:line"):
        width, height, style = _line_box(element, style, group)
    elif element.tag == qn("v:polyline"):
        width, height, style = _points_box(element, style, group)
    if group is not None:
        return _in_group(group, style, name)
    if style.get("position") != "absolute":
        inline_properties = GraphicProperties(vertical_pos="top", vertical_rel="baseline")
        return Anchor({"text:anchor-type": "as-char"}, inline_properties, width, height, description=name)
    values: dict[str, Any] = {}
    attributes: dict[str, str | None] = {"text:anchor-type": "char"}
    for axis, edge, length, coordinate, relations, alignments in (
        ("horizontal", "from-left", "margin-left", "svg:x", _HORIZONTAL_REL, _HORIZONTAL_ALIGN),
        ("vertical", "from-top", "margin-top", "svg:y", _VERTICAL_REL, _VERTICAL_ALIGN),
    ):
        relative = style.get(f"mso-position-{axis}-relative", "text")
        values[f"{axis}_rel"] = relations.get(relative, "paragraph")
        values[f"{axis}_pos"] = alignments.get(style.get(f"mso-position-{axis}", ""), edge)
        if values[f"{axis}_pos"] == edge:
            attributes[coordinate] = from_emu(emu(style.get(length)))
    order = style.get("z-index", "0")
    attributes["draw:z-index"] = str(max(0, read_int(order, 0) or 0))
    behind = order.startswith("-")
    wrap = element.find(qn("w10:wrap"))
    kind = wrap.get("type", "") if wrap is not None else ""
    if kind in ("square", "tight", "through"):
        values["wrap"] = _SIDES.get(wrap.get("side", "") if wrap is not None else "", "parallel")
        values.update(_distances(style))
    elif kind == "topAndBottom":
        values["wrap"] = "none"
        values.update(_distances(style))
    else:
        values.update(wrap="run-through", run_through="background" if behind else "foreground")
    properties = GraphicProperties(
        wrap_influence_on_position="once-concurrent",
        number_wrapped_paragraphs="no-limit",
        flow_with_text="false",
        **values,
    )
    return Anchor(attributes, properties, width, height, description=name, inline=False)


def _distances(style: Mapping[str, str]) -> dict[str, str]:
    """How far the text keeps away (19.1.2.19, mso-wrap-distance)."""
    return {
        f"margin_{side}": from_emu(emu(style.get(f"mso-wrap-distance-{side}", default)))
        for side, default in (("left", "9pt"), ("right", "9pt"), ("top", "0"), ("bottom", "0"))
    }


def _measures(text: str, group: Group | None) -> list[int]:
    """Lengths in EMU, or in the units of a group."""
    pieces = [piece.strip() for piece in text.replace(";", ",").split(",") if piece.strip()]
    return [(read_int(piece, 0) or 0) if group is not None else emu(piece) for piece in pieces]


def _box(
    xs: list[int], ys: list[int], style: Mapping[str, str], group: Group | None
) -> tuple[int, int, dict[str, str]]:
    """(width, height, style) of what its points alone give a place."""
    left, top = min(xs, default=0), min(ys, default=0)
    width, height = max(xs, default=0) - left, max(ys, default=0) - top
    names = ("left", "top") if group is not None else ("margin-left", "margin-top")
    unit = "" if group is not None else "emu"
    placed = {names[0]: f"{left}{unit}", names[1]: f"{top}{unit}", "width": str(width), "height": str(height)}
    return width, height, {**style, **placed}


def _line_box(
    element: etree._Element, style: Mapping[str, str], group: Group | None
) -> tuple[int, int, dict[str, str]]:
    """The box of ``v:line`` from ``from`` to ``to`` (19.1.2.12)."""
    (x1, y1), (x2, y2) = line_ends(element, group)
    return _box([x1, x2], [y1, y2], style, group)


def line_ends(element: etree._Element, group: Group | None) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where ``v:line`` begins and ends, in EMU or the units of its group."""
    ends = []
    for name in ("from", "to"):
        values = [*_measures(element.get(name, "0,0"), group), 0, 0]
        ends.append((values[0], values[1]))
    return ends[0], ends[1]


def _points_box(
    element: etree._Element, style: Mapping[str, str], group: Group | None
) -> tuple[int, int, dict[str, str]]:
    values = polyline_points(element, group)
    return _box(values[::2], values[1::2], style, group)


def polyline_points(element: etree._Element, group: Group | None) -> list[int]:
    """The points of ``v:polyline`` (19.1.2.15): x and y in turn, in EMU or the units of its group."""
    values = _measures(element.get("points", ""), group)
    return values[: len(values) // 2 * 2]


def _in_group(group: Group, style: Mapping[str, str], name: str) -> Anchor:
    width, height = (
        round((read_int(style.get(side), 0) or 0) * factor)
        for side, factor in zip(("width", "height"), group.scale, strict=True)
    )
    anchor = replace(group.anchor, width_emu=width, height_emu=height, description=name)
    if anchor.inline:
        return anchor
    x, y = group.place(style)
    placed = {"svg:x": from_emu(x), "svg:y": from_emu(y)}
    properties = replace(anchor.properties, horizontal_pos="from-left", vertical_pos="from-top")
    return replace(anchor, attributes={**anchor.attributes, **placed}, properties=properties)
