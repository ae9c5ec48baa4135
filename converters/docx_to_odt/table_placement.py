"""Where a table stands and how wide it is (ECMA-376 Part 1, 17.4.50, 17.4.63, 17.4.64; ODF 1.3 Part 3, 17.15)."""

from __future__ import annotations

from dataclasses import dataclass

from converters.docx_to_odt.borders import Border
from converters.docx_to_odt.settings import WORD_2013, Settings
from converters.docx_to_odt.table_properties import Width

ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}


@dataclass(frozen=True, slots=True)
class TableWidth:
    """``percent`` of the room that the table stands in, or None where its width in twips is fixed."""

    twips: float
    percent: int | None = None


def resolve_width(
    preferred: Width | None, grid_twips: float, room_twips: float, *, nested: bool, grid_is_given: bool
) -> TableWidth:
    """The width of a table: a preferred length gives way to a grid that is wider (17.4.63, 17.18.87).

    A table that says neither width nor grid takes all the room, as does a nested one without a preferred width.
    """
    if preferred is not None and preferred.kind == "pct" and preferred.value > 0:
        share = max(1, min(100, int(preferred.value)))
        return TableWidth(room_twips * share / 100, share)
    if preferred is not None and preferred.kind == "dxa" and preferred.value > 0:
        return TableWidth(max(preferred.value, grid_twips))
    if not grid_is_given or (nested and preferred is None):
        return TableWidth(room_twips, 100)
    return TableWidth(grid_twips)


def resolve_cell_padding(margins: dict[str, float], left: Border, right: Border) -> dict[str, float]:
    """The cells' padding in twips: Word counts cell margins from the middle of the border and never lets the text
    into the border; what the left border takes is taken from the right margin's share.

    ``left`` and ``right`` are the borders of the table's first cell.
    """
    left_half, right_half = left.width_points * 10, right.width_points * 10
    padding_left = max(left_half, margins["left"])
    padding_right = max(padding_left + right_half, margins["left"] + margins["right"]) - padding_left
    return {**margins, "left": padding_left, "right": padding_right}


def left_margin_twips(
    indent: Width | None, padding_left: float, left: Border, settings: Settings, *, nested: bool
) -> float:
    """How far from the text area's edge the table starts.

    Up to Word 2010 the text of a table's first column stands at the indent, so that the border hangs out by the
    cell's padding; since then, and in nested tables, the outer edge of the border stands there. ODF counts from the
    border's middle.
    """
    twips = indent.value if indent is not None and indent.kind == "dxa" else 0.0
    if nested:
        twips = max(0.0, twips)
    elif settings.tables_hang_out:
        return twips - padding_left
    return twips + left.width_points * 10


def hang_twips(padding_left: float, left: Border, settings: Settings, *, nested: bool) -> float:
    """How far a floating table stands out of the place that it names, in the same modes of Word (17.4.57)."""
    padding = padding_left if settings.compatibility_mode < WORD_2013 else 0.0
    return padding + (0.0 if nested else left.width_points * 10)
