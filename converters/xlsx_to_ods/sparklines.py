"""Sparklines ([MS-XLSX] 2.6.1, x14:sparklineGroup) as ``calcext:sparkline-groups``, LibreOffice's extension.

Other readers of ODF see empty cells in their place, as older versions of Excel do.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from converters.losses import LossLog, Place
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import read_on_off
from converters.xlsx_to_ods.colors import Palette
from converters.xlsx_to_ods.references import Area, quoted_sheet, read_area, split_sheet
from converters.xlsx_to_ods.sheet import SheetFrame

# attributes of x14:sparklineGroup -> calcext attributes, for switches that are off unless set
_SWITCHES = {
    "dateAxis": "date-axis", "markers": "markers", "high": "high", "low": "low", "first": "first", "last": "last",
    "negative": "negative", "displayXAxis": "display-x-axis", "displayHidden": "display-hidden",
    "rightToLeft": "right-to-left",
}  # fmt: skip
_VALUES = {
    "displayEmptyCellsAs": "display-empty-cells-as", "minAxisType": "min-axis-type", "maxAxisType": "max-axis-type",
    "manualMin": "manual-min", "manualMax": "manual-max",
}  # fmt: skip
_COLORS = {
    "colorSeries": "color-series", "colorNegative": "color-negative", "colorAxis": "color-axis",
    "colorMarkers": "color-markers", "colorFirst": "color-first", "colorLast": "color-last", "colorHigh": "color-high",
    "colorLow": "color-low",
}  # fmt: skip


def write_sparklines(writer: XmlWriter, frame: SheetFrame, palette: Palette, log: LossLog) -> None:
    """Write the sparklines of a sheet; those whose cells cannot be told are reported at their place."""
    groups = [(item, _sparklines(item, frame, log)) for item in frame.sparkline_groups]
    groups = [group for group in groups if group[1]]
    if not groups:
        return
    with writer.element("calcext:sparkline-groups"):
        for number, (group, lines) in enumerate(groups, start=1):
            with (
                writer.element("calcext:sparkline-group", _attributes(group, number, palette)),
                writer.element("calcext:sparklines"),
            ):
                for address, data in lines:
                    writer.empty(
                        "calcext:sparkline", {"calcext:cell-address": address, "calcext:data-range": data}
                    )


def _sparklines(group: etree._Element, frame: SheetFrame, log: LossLog) -> list[tuple[str, str]]:
    """(address of the cell, address of the data) of each sparkline."""
    found = []
    for item in group.iter(qn("x14:sparkline")):
        cell = read_area(item.findtext(qn("xm:sqref")) or "")
        data = _data(item.findtext(qn("xm:f")) or "", frame.name)
        if cell is None or data is None:
            name = cell.first_cell if cell is not None else ""
            log.report("SPARKLINES_DROPPED", Place("cell", container=frame.name, cell=name))
            continue
        sheet, area = data
        address = f"{quoted_sheet(frame.name)}.{cell.first_cell}"
        found.append((address, area.address(sheet)))
    return found


def _data(formula: str, own_sheet: str) -> tuple[str, Area] | None:
    sheet, reference = split_sheet(formula.strip())
    area = read_area(reference)
    return (sheet or own_sheet, area) if area is not None else None


def _attributes(group: etree._Element, number: int, palette: Palette) -> dict[str, str | None]:
    source: Mapping[str, str] = group.attrib
    attributes: dict[str, str | None] = {
        "calcext:id": f"{{00000000-0000-0000-0000-{number:012d}}}",
        "calcext:type": {"column": "column", "stacked": "stacked"}.get(source.get("type", "line"), "line"),
        "calcext:line-width": f"{source.get('lineWeight', '0.75')}pt",
        "calcext:display-empty-cells-as": "zero",
    }
    for name, target in _SWITCHES.items():
        if read_on_off(source.get(name), False):
            attributes[f"calcext:{target}"] = "true"
    for name, target in _VALUES.items():
        if name in source:
            attributes[f"calcext:{target}"] = source[name]
    for name, target in _COLORS.items():
        element = group.find(qn(f"x14:{name}"))
        color = palette.read(element.attrib) if element is not None else None
        attributes[f"calcext:{target}"] = color
    return attributes
