"""Properties of tables, rows and cells (ECMA-376 Part 1, 17.4; 17.7.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from converters.docx_to_odt.borders import Border, read_border, read_shading
from converters.losses import LossLog, Place
from converters.ooxml.namespaces import qn
from converters.ooxml.theme import Theme
from converters.support import Support
from converters.units import read_int, read_on_off, read_twips

_VAL = qn("w:val")
Values = dict[str, Any]
# what Word uses and shows as 0.19 cm; 17.4.34 speaks of 115
DEFAULT_CELL_MARGINS_TWIPS: Mapping[str, float] = {"left": 108.0, "right": 108.0, "top": 0.0, "bottom": 0.0}
_SIDES = {"start": "left", "end": "right"}
# bits of w:tblLook's w:val (17.4.55, Transitional)
LOOK_BITS: Mapping[str, int] = {
    "firstRow": 0x0020,
    "lastRow": 0x0040,
    "firstColumn": 0x0080,
    "lastColumn": 0x0100,
    "noHBand": 0x0200,
    "noVBand": 0x0400,
}


DEFAULT_LOOK = frozenset(("firstRow", "firstColumn", "noVBand"))  # 04A0, what Word writes for a new table


@dataclass(frozen=True, slots=True)
class Width:
    """``kind`` is dxa (twips), pct (percent), auto or nil."""

    value: float = 0.0
    kind: str = "auto"


@dataclass(slots=True)
class TableProperties:
    """What ``w:tblPr`` or ``w:tblPrEx`` says; None where it says nothing."""

    style_id: str | None = None
    width: Width | None = None
    indent: Width | None = None
    alignment: str | None = None
    borders: dict[str, Border] = field(default_factory=dict)
    margins: dict[str, float] = field(default_factory=dict)  # twips by side
    shading: str | None = None
    look: frozenset[str] | None = None
    row_band: int | None = None
    column_band: int | None = None
    right_to_left: bool | None = None
    title: str | None = None
    description: str | None = None


@dataclass(slots=True)
class RowProperties:
    grid_before: int = 0
    grid_after: int = 0
    height_twips: float | None = None
    height_rule: str = "auto"
    cant_split: bool = False
    header: bool = False
    hidden: bool = False


@dataclass(slots=True)
class CellProperties:
    width: Width | None = None
    span: int = 1
    vertical_merge: str | None = None
    horizontal_merge: str | None = None
    borders: dict[str, Border] = field(default_factory=dict)
    margins: dict[str, float] = field(default_factory=dict)
    shading: str | None = None
    vertical_align: str | None = None
    text_direction: str | None = None
    no_wrap: bool | None = None
    hide_mark: bool = False


def read_table_properties(
    element: etree._Element | None, theme: Theme, log: LossLog, place: Place
) -> TableProperties:
    record = TableProperties()
    for child in element if element is not None else ():
        TABLE_SUPPORT.dispatch(child, log, place, record, theme)
    return record


def read_row_properties(
    element: etree._Element | None, theme: Theme, log: LossLog, place: Place
) -> RowProperties:
    record = RowProperties()
    for child in element if element is not None else ():
        ROW_SUPPORT.dispatch(child, log, place, record, theme)
    return record


def read_cell_properties(
    element: etree._Element | None, theme: Theme, log: LossLog, place: Place
) -> CellProperties:
    record = CellProperties()
    for child in element if element is not None else ():
        CELL_SUPPORT.dispatch(child, log, place, record, theme)
    return record


def read_width(element: etree._Element) -> Width:
    """``CT_TblWidth``: percent is in fiftieths or with a percent sign (17.18.90)."""
    kind, text = element.get(qn("w:type"), "dxa"), element.get(qn("w:w"), "0")
    try:
        if text.endswith("%"):
            return Width(float(text[:-1]), "pct")
        if kind == "pct":
            return Width(float(text) / 50, "pct")
    except ValueError:
        return Width()
    return Width(read_twips(text) or 0.0, kind)


# -- handlers: (element, record, theme) --------------------------------------------------------------------------

Handler = Callable[..., None]


def _text(name: str) -> Handler:
    def read(element: etree._Element, record: Any, theme: Theme) -> None:
        setattr(record, name, element.get(_VAL))

    return read


def _number(name: str, minimum: int = 0, maximum: int = 63) -> Handler:
    def read(element: etree._Element, record: Any, theme: Theme) -> None:
        setattr(record, name, min(maximum, max(minimum, read_int(element.get(_VAL), minimum) or minimum)))

    return read


def _on_off(name: str) -> Handler:
    def read(element: etree._Element, record: Any, theme: Theme) -> None:
        setattr(record, name, read_on_off(element.get(_VAL)))

    return read


def _width(name: str) -> Handler:
    def read(element: etree._Element, record: Any, theme: Theme) -> None:
        setattr(record, name, read_width(element))

    return read


def _borders(element: etree._Element, record: Any, theme: Theme) -> None:
    for child in element:
        side = etree.QName(child).localname
        record.borders[_SIDES.get(side, side)] = read_border(child, theme)


def _margins(element: etree._Element, record: Any, theme: Theme) -> None:
    for child in element:
        side = etree.QName(child).localname
        width = read_width(child)
        if width.kind in ("dxa", "nil"):
            record.margins[_SIDES.get(side, side)] = width.value if width.kind == "dxa" else 0.0


def _shading(element: etree._Element, record: Any, theme: Theme) -> None:
    record.shading = read_shading(element, theme) or record.shading


def _look(element: etree._Element, record: TableProperties, theme: Theme) -> None:
    value = element.get(_VAL)
    try:
        bits = int(value, 16) if value else 0
    except ValueError:
        bits = 0
    record.look = frozenset(
        name
        for name, bit in LOOK_BITS.items()
        if read_on_off(element.get(qn(f"w:{name}")), default=bool(bits & bit))
    )


def _row_height(element: etree._Element, record: RowProperties, theme: Theme) -> None:
    record.height_twips = read_twips(element.get(_VAL))
    record.height_rule = element.get(qn("w:hRule"), "atLeast")


def _merge(name: str) -> Handler:
    def read(element: etree._Element, record: CellProperties, theme: Theme) -> None:
        setattr(record, name, element.get(_VAL, "continue"))

    return read


TABLE_SUPPORT = Support(
    "table properties",
    {
        "w:tblStyle": _text("style_id"),
        "w:tblW": _width("width"),
        "w:tblInd": _width("indent"),
        "w:jc": _text("alignment"),
        "w:tblBorders": _borders,
        "w:tblCellMar": _margins,
        "w:shd": _shading,
        "w:tblLook": _look,
        "w:tblStyleRowBandSize": _number("row_band", 1),
        "w:tblStyleColBandSize": _number("column_band", 1),
        "w:bidiVisual": _on_off("right_to_left"),
        "w:tblCaption": _text("title"),
        "w:tblDescription": _text("description"),
    },
    ignored={
        "w:tblpPr": "read with the floating tables",
        "w:tblOverlap": "read with the floating tables",
        "w:tblLayout": "the columns have the widths of the grid",
    },
    unsupported={
        "w:tblCellSpacing": "CELL_SPACING_DROPPED",
        "w:tblPrChange": "FORMAT_CHANGE_DROPPED",
        "w:tblPrExChange": "FORMAT_CHANGE_DROPPED",
    },
)
ROW_SUPPORT = Support(
    "row properties",
    {
        "w:gridBefore": _number("grid_before"),
        "w:gridAfter": _number("grid_after"),
        "w:trHeight": _row_height,
        "w:cantSplit": _on_off("cant_split"),
        "w:tblHeader": _on_off("header"),
        "w:hidden": _on_off("hidden"),
    },
    ignored={
        "w:cnfStyle": "a cache of what the table style says for the row",
        "w:divId": "concerns web pages only",
        "w:wBefore": "the grid gives the width",
        "w:wAfter": "the grid gives the width",
        "w:jc": "LibreOffice aligns whole tables",
        "w:tblCellSpacing": "reported with the table",
        "w14:conflictIns": "a mark of joint editing",
        "w14:conflictDel": "a mark of joint editing",
    },
    unsupported={
        "w:ins": "TRACKED_CHANGE_FLATTENED",
        "w:del": "TRACKED_CHANGE_FLATTENED",
        "w:trPrChange": "FORMAT_CHANGE_DROPPED",
    },
)
CELL_SUPPORT = Support(
    "cell properties",
    {
        "w:tcW": _width("width"),
        "w:gridSpan": _number("span", 1, 1000),
        "w:vMerge": _merge("vertical_merge"),
        "w:hMerge": _merge("horizontal_merge"),
        "w:tcBorders": _borders,
        "w:tcMar": _margins,
        "w:shd": _shading,
        "w:vAlign": _text("vertical_align"),
        "w:textDirection": _text("text_direction"),
        "w:noWrap": _on_off("no_wrap"),
        "w:hideMark": _on_off("hide_mark"),
    },
    ignored={
        "w:cnfStyle": "a cache of what the table style says for the cell",
        "w:headers": "names of header cells for screen readers, which ODF has not",
    },
    unsupported={
        "w:tcFitText": "TEXT_FIT_DROPPED",
        "w:cellIns": "TRACKED_CHANGE_FLATTENED",
        "w:cellDel": "TRACKED_CHANGE_FLATTENED",
        "w:cellMerge": "TRACKED_CHANGE_FLATTENED",
        "w:tcPrChange": "FORMAT_CHANGE_DROPPED",
    },
)
