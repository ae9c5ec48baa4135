"""Views: frozen panes, zoom, grid lines, the active sheet and cell, as settings (ECMA-376 Part 1, 18.3.1.87, 18.2.30)."""

from __future__ import annotations

from lxml import etree

from converters.odf.settings import Short
from converters.ooxml.namespaces import qn
from converters.units import read_int, read_on_off
from converters.xlsx_to_ods.protection import is_opened_read_only
from converters.xlsx_to_ods.references import read_area, read_cell
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.workbook import Workbook

_FROZEN, _SPLIT = Short(2), Short(1)
_TWIPS_PER_PIXEL = 15
# how LibreOffice reads references inside texts, as INDIRECT gets them: 2 is Excel A1
_EXCEL_A1 = Short(2)


def plan_settings(workbook: Workbook, frames: list[SheetFrame]) -> dict[str, dict[str, object]]:
    """The settings of the document: one view with an entry per sheet, and how texts are read as references."""
    active = workbook.sheets[workbook.active_tab].name if workbook.active_tab < len(workbook.sheets) else ""
    view: dict[str, object] = {
        "ViewId": "view1",
        "Tables": {frame.name: _sheet_view(frame) for frame in frames},
        "ActiveTable": active,
        "HasSheetTabs": workbook.show_tabs,
        "ShowZeroValues": True,
    }
    return {
        "ooo:view-settings": {"Views": [view]},
        "ooo:configuration-settings": {
            "SyntaxStringRef": _EXCEL_A1,
            "AutoCalculate": workbook.automatic,
            **({"LoadReadonly": True} if is_opened_read_only(workbook) else {}),
        },
    }


def _sheet_view(frame: SheetFrame) -> dict[str, object]:
    view = frame.view
    if view is None:
        return {"ShowGrid": True}
    items: dict[str, object] = {}
    selected = view.find(qn("x:selection"))
    area = read_area((selected.get("activeCell") or "A1") if selected is not None else "A1")
    if area is not None:
        items["CursorPositionX"] = area.first_column - 1
        items["CursorPositionY"] = area.first_row - 1
    items |= _pane(view)
    zoom = read_int(view.get("zoomScale"), 100) or 100
    items["ZoomType"] = Short(0)
    items["ZoomValue"] = zoom
    items["PageViewZoomValue"] = read_int(view.get("zoomScaleSheetLayoutView")) or 60
    items["ShowGrid"] = read_on_off(view.get("showGridLines"), True)
    return items


def _pane(view: etree._Element) -> dict[str, object]:
    """Frozen panes count columns and rows; split ones have twips, written as pixels."""
    pane = view.find(qn("x:pane"))
    corner = read_cell(view.get("topLeftCell", "A1")) or (1, 1)
    if pane is None:
        return {
            "PositionLeft": 0,
            "PositionRight": corner[1] - 1,
            "PositionTop": 0,
            "PositionBottom": corner[0] - 1,
        }
    try:
        columns, rows = float(pane.get("xSplit", "0")), float(pane.get("ySplit", "0"))
    except ValueError:
        return {}
    frozen = pane.get("state") in ("frozen", "frozenSplit")
    scale = 1 if frozen else _TWIPS_PER_PIXEL
    right = read_cell(pane.get("topLeftCell", "A1")) or (1, 1)
    mode = _FROZEN if frozen else _SPLIT
    left_shift = corner[1] - 1 if frozen else 0
    top_shift = corner[0] - 1 if frozen else 0
    return {
        "HorizontalSplitMode": mode if columns else Short(0),
        "VerticalSplitMode": mode if rows else Short(0),
        "HorizontalSplitPosition": int(columns / scale) + (left_shift if columns else 0),
        "VerticalSplitPosition": int(rows / scale) + (top_shift if rows else 0),
        "ActiveSplitRange": Short(
            (1 if columns else 0) + (2 if rows else 0) if not (columns and rows) else 3
        ),
        "PositionLeft": corner[1] - 1,
        "PositionRight": right[1] - 1 if columns else corner[1] - 1,
        "PositionTop": corner[0] - 1,
        "PositionBottom": right[0] - 1 if rows else corner[0] - 1,
    }
