"""Fills, borders, alignment and protection as cell and paragraph properties (ECMA-376 Part 1, 18.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from converters.odf.properties import ParagraphProperties, TableCellProperties
from converters.ooxml.colors import from_hex, to_hex
from converters.ooxml.namespaces import qn
from converters.units import points, read_int, read_on_off
from converters.xlsx_to_ods.colors import Palette

# 18.18.3: border style -> width and line of ODF, as LibreOffice draws them
_LINES: dict[str, tuple[str, str]] = {
    "thin": ("0.74pt", "solid"),
    "medium": ("1.76pt", "solid"),
    "thick": ("2.49pt", "solid"),
    "hair": ("0.06pt", "solid"),
    "dashed": ("0.74pt", "dashed"),
    "dotted": ("0.74pt", "dotted"),
    "double": ("1.76pt", "double-thin"),
    "mediumDashed": ("1.76pt", "dashed"),
    "dashDot": ("0.74pt", "dash-dot"),
    "mediumDashDot": ("1.76pt", "dash-dot"),
    "dashDotDot": ("0.74pt", "dash-dot-dot"),
    "mediumDashDotDot": ("1.76pt", "dash-dot-dot"),
    "slantDashDot": ("1.76pt", "dash-dot"),
}
# 18.18.55: pattern -> share of the pattern's colour in 128ths; ODF cells have no patterns, so the colours are mixed
_PATTERN_SHARES: dict[str, int] = {
    "gray0625": 8, "gray125": 16, "lightGray": 32, "mediumGray": 64, "darkGray": 96, "solid": 128,
    "darkDown": 64, "darkGrid": 64, "darkHorizontal": 64, "darkTrellis": 96, "darkUp": 64, "darkVertical": 64,
    "lightDown": 32, "lightGrid": 56, "lightHorizontal": 32, "lightTrellis": 48, "lightUp": 32, "lightVertical": 32,
}  # fmt: skip
# 18.18.40 and 18.18.88
_HORIZONTAL = {
    "left": "start", "right": "end", "center": "center", "centerContinuous": "center",
    "justify": "justify", "distributed": "justify", "fill": "start",
}  # fmt: skip
_VERTICAL = {"top": "top", "center": "middle", "bottom": "bottom", "justify": "top", "distributed": "middle"}
_STACKED = 255

# what a format says that says nothing, group by group
PLAIN_FILL = TableCellProperties(background_color="transparent")
PLAIN_BORDER = TableCellProperties(
    border_top="none",
    border_bottom="none",
    border_left="none",
    border_right="none",
    diagonal_tl_br="none",
    diagonal_bl_tr="none",
)
PLAIN_ALIGNMENT = TableCellProperties(
    text_align_source="value-type",
    repeat_content="false",
    wrap_option="no-wrap",
    direction="ltr",
    rotation_angle="0",
    rotation_align="none",
    shrink_to_fit="false",
    vertical_align="bottom",
)
PLAIN_PROTECTION = TableCellProperties(cell_protect="protected")
PLAIN_PARAGRAPH = ParagraphProperties(margin_left="0pt", writing_mode="page")


def read_fill(
    fill: etree._Element | None, palette: Palette, *, differential: bool = False
) -> tuple[str | None, bool]:
    """(background colour, whether it is approximated) of a ``fill``; None where it says nothing.

    A differential fill's solid colour stands in ``bgColor`` (18.8.14, as Excel writes it).
    """
    if fill is None:
        return None, False
    gradient = fill.find(qn("x:gradientFill"))
    if gradient is not None:
        stops = [palette.read(stop.attrib) for stop in gradient.iter(qn("x:color"))]
        colors = [from_hex(color) for color in stops if color]
        if not colors:
            return None, True
        return to_hex(tuple(sum(c[i] for c in colors) / len(colors) for i in range(3))), True  # type: ignore[arg-type]
    pattern = fill.find(qn("x:patternFill"))
    if pattern is None:
        return None, False
    kind = pattern.get("patternType") or ("solid" if differential else "none")
    foreground, background = pattern.find(qn("x:fgColor")), pattern.find(qn("x:bgColor"))
    if differential and (kind == "solid" or pattern.get("patternType") is None):
        source = background if background is not None else foreground
        return (palette.read(source.attrib) if source is not None else None), False
    share = _PATTERN_SHARES.get(kind)
    if share is None:
        return "transparent", False
    if kind == "solid":
        color = palette.read(foreground.attrib) if foreground is not None else None
        return color or "transparent", False
    front = from_hex(palette.system(foreground.attrib if foreground is not None else None, "#000000"))
    back = from_hex(palette.system(background.attrib if background is not None else None, "#ffffff"))
    mixed = tuple((f * share + b * (128 - share)) / 128 for f, b in zip(front, back, strict=True))
    return to_hex(mixed), True  # type: ignore[arg-type]


def read_border(border: etree._Element | None, palette: Palette) -> TableCellProperties:
    """The lines of a ``border``; sides that it does not name say nothing (18.8.4)."""
    if border is None:
        return TableCellProperties()
    sides = {etree.QName(child).localname: child for child in border if isinstance(child.tag, str)}
    values: dict[str, str | None] = {}
    for field, names in (
        ("border_left", ("left", "start")),
        ("border_right", ("right", "end")),
        ("border_top", ("top",)),
        ("border_bottom", ("bottom",)),
    ):
        side = next((sides[name] for name in names if name in sides), None)
        if side is not None:
            values[field] = border_line(side, palette)
    if "diagonal" in sides:
        line = border_line(sides["diagonal"], palette)
        values["diagonal_tl_br"] = line if read_on_off(border.get("diagonalDown"), False) else "none"
        values["diagonal_bl_tr"] = line if read_on_off(border.get("diagonalUp"), False) else "none"
    return TableCellProperties(**values)


def border_line(side: etree._Element, palette: Palette) -> str:
    """The value of ``fo:border`` for one side of a ``border``."""
    line = _LINES.get(side.get("style", "none"))
    if line is None:
        return "none"
    color = side.find(qn("x:color"))
    return f"{line[0]} {line[1]} {palette.system(color.attrib if color is not None else None, '#000000')}"


def read_alignment(
    alignment: Mapping[str, str] | None, indent_points: float
) -> tuple[TableCellProperties, ParagraphProperties]:
    """What an ``alignment`` says (18.8.1); ``indent_points`` is the width of one step of indentation."""
    if alignment is None:
        return TableCellProperties(), ParagraphProperties()
    horizontal = alignment.get("horizontal", "general")
    rotation = read_int(alignment.get("textRotation"), 0) or 0
    cell = TableCellProperties(
        vertical_align=_VERTICAL.get(alignment.get("vertical", "bottom"), "bottom"),
        wrap_option="wrap" if read_on_off(alignment.get("wrapText"), False) else "no-wrap",
        shrink_to_fit="true" if read_on_off(alignment.get("shrinkToFit"), False) else "false",
        text_align_source="fix" if horizontal in _HORIZONTAL else "value-type",
        repeat_content="true" if horizontal == "fill" else "false",
    )
    if horizontal in ("justify", "distributed"):
        cell = replace(cell, wrap_option="wrap")
    if rotation == _STACKED:
        cell = replace(cell, direction="ttb")
    elif rotation:
        degrees = rotation if rotation <= 90 else (450 - rotation) % 360
        cell = replace(cell, rotation_angle=str(degrees))
    indent = (read_int(alignment.get("indent"), 0) or 0) * indent_points
    paragraph = ParagraphProperties(
        text_align=_HORIZONTAL.get(horizontal),
        margin_left=points(max(0.0, indent)),
        writing_mode={"1": "lr-tb", "2": "rl-tb"}.get(alignment.get("readingOrder", ""), "page"),
    )
    return cell, paragraph


def read_protection(protection: Mapping[str, str] | None) -> TableCellProperties:
    """``locked`` and ``hidden`` (18.8.33), which hold once the sheet is protected."""
    if protection is None:
        return TableCellProperties()
    locked = read_on_off(protection.get("locked"), True)
    hidden = read_on_off(protection.get("hidden"), False)
    if locked:
        return TableCellProperties(cell_protect="protected formula-hidden" if hidden else "protected")
    return TableCellProperties(cell_protect="formula-hidden" if hidden else "none")
