"""What becomes of each element of a chart's part (ECMA-376 Part 1, 21.2.2), and the report of what does not.

Every element of the chart namespace stands in one of the tables; a test compares them with the schema's own list. Looks
(``c:spPr``, ``c:txPr``, ``c:rich``) hold DrawingML, whose readers report for themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from converters.drawings import (
    chart_content,
    chart_labels,
    chart_layout,
    chart_model,
    chart_series,
    chart_statistics,
)
from converters.losses import LossLog, Place
from converters.ooxml.namespaces import prefixed, qn
from converters.ooxml.xml import children
from converters.support import Support
from converters.units import read_on_off

# function -> the elements that it reads
_READERS: dict[Callable[..., Any], str] = {
    chart_model.read_chart: (
        "chartSpace chart plotArea legend legendPos title autoTitleDeleted plotVisOnly dispBlanksAs barChart bar3DChart "
        "lineChart line3DChart areaChart area3DChart pieChart pie3DChart ofPieChart doughnutChart scatterChart "
        "bubbleChart radarChart stockChart surfaceChart surface3DChart ser tx v cat val xVal yVal bubbleSize idx "
        "grouping barDir radarStyle axId valAx catAx dateAx serAx delete axPos"
    ),
    chart_model.read_points: (
        "strRef numRef multiLvlStrRef f strCache numCache strLit numLit multiLvlStrCache lvl pt ptCount formatCode"
    ),
    chart_content.ChartWriter.write: (
        "spPr txPr rich scaling min max logBase orientation majorUnit minorUnit majorGridlines minorGridlines "
        "majorTickMark minorTickMark tickLblPos numFmt gapWidth overlap firstSliceAng crossAx crosses crossesAt"
    ),
    chart_series.SeriesWriter.write: "scatterStyle smooth varyColors dPt explosion",
    chart_labels.read_symbol: "marker symbol size",
    chart_labels.read_labels: "dLbls dLblPos showVal showPercent showCatName showLegendKey showSerName separator",
    chart_layout.read_layout: "layout manualLayout layoutTarget x y w h xMode yMode wMode hMode",
    chart_statistics.read_regression: (
        "trendline trendlineType name order period intercept forward backward dispEq dispRSqr"
    ),
    chart_statistics.read_error_bars: "errBars errDir errBarType errValType plus minus",
}
_SOLID = "part of the look in three dimensions, reported with the chart"
_PRINT = "how the chart alone would be printed"
_SPLIT = "part of the pie of a pie, reported with the chart"
_KEPT_OUT = "belongs to a part that is reported"
_IGNORED: dict[str, str] = {
    "date1904 lang": "says how the writing program worked",
    "printSettings headerFooter oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter": _PRINT,
    "pageMargins pageSetup legacyDrawingHF": _PRINT,
    "externalData autoUpdate": "the workbook behind the chart, which its values were taken from",
    "extLst ext": "newer settings of labels and filters, which repeat what the chart shows",
    "auto noMultiLvlLbl lblAlgn lblOffset crossBetween": "the reader's own way to place the labels of categories",
    "baseTimeUnit majorTimeUnit minorTimeUnit": "the reader's own steps of a date axis",
    "showDLblsOverMax showLeaderLines leaderLines": "lines and labels that the reader places itself",
    "clrMapOvr": "read with the theme",
    "view3D rotX rotY hPercent depthPercent rAngAx perspective floor sideWall backWall thickness": _SOLID,
    "gapDepth shape wireframe bandFmts bandFmt": _SOLID,
    "ofPieType splitType splitPos custSplit secondPiePt secondPieSize": _SPLIT,
    "fmtId pivotFmts pivotFmt": "how a pivot chart would look again after a refresh",
    "upBars downBars showHorzBorder showVertBorder showOutline showKeys builtInUnit custUnit": _KEPT_OUT,
    "dispUnitsLbl chartObject data formatting selection userInterface": _KEPT_OUT,
    "applyToFront applyToSides applyToEnd pictureFormat pictureStackUnit": _KEPT_OUT,
}
# parts that are drawn over or beside the series, and what they mean for a reader
_PARTS = "dTable dropLines hiLowLines upDownBars serLines dispUnits userShapes trendlineLbl dLbl pivotSource legendEntry"
_DETAILS = (
    "style roundedCorners overlay noEndCap invertIfNegative bubble3D bubbleScale sizeRepresents showNegBubbles "
    "holeSize showBubbleSize tickLblSkip tickMarkSkip pictureOptions protection"
)
# elements that say nothing where they are switched off, or hold the value that the reader has anyway
_SWITCHES = frozenset(
    qn(f"c:{name}")
    for name in [
        "roundedCorners",
        "overlay",
        "noEndCap",
        "invertIfNegative",
        "bubble3D",
        "showNegBubbles",
        "showBubbleSize",
    ]
)
_USUAL_VALUES = {
    qn("c:bubbleScale"): "100",
    qn("c:sizeRepresents"): "area",
    qn("c:holeSize"): "50",
    qn("c:tickLblSkip"): "1",
    qn("c:tickMarkSkip"): "1",
}

CHART = Support(
    "chart",
    handlers={f"c:{name}": reader for reader, names in _READERS.items() for name in names.split()},
    ignored={f"c:{name}": reason for names, reason in _IGNORED.items() for name in names.split()},
    unsupported={
        **{f"c:{name}": "CHART_PART_DROPPED" for name in _PARTS.split()},
        **{f"c:{name}": "CHART_DETAIL_DROPPED" for name in _DETAILS.split()},
    },
)
_CATEGORY_AXES = ("c:catAx", "c:dateAx", "c:serAx")
_CHART_NAMESPACE = etree.QName(qn("c:chart")).namespace


def report_chart(root: etree._Element, log: LossLog, place: Place) -> None:
    """Report each kind of element that the chart holds and the written one does not, once."""
    found: dict[str, str] = {}
    _gather(root, found)
    for tag in _second_category_axes(root):
        found[tag] = "CHART_PART_DROPPED"
    for tag, code in sorted(found.items()):
        if code == "UNKNOWN_ELEMENT":
            log.report(code, place, element=tag, parent="c:chartSpace")
        else:
            log.report(code, place, part=tag.removeprefix("c:"))


def _gather(element: etree._Element, found: dict[str, str]) -> None:
    """Collect losses below an element; what is dropped or ignored is not looked into."""
    for child in children(element):
        if etree.QName(child).namespace != _CHART_NAMESPACE:
            continue
        code = CHART.loss_code(child.tag)
        if code is not None:
            if not _says_nothing(child):
                found[prefixed(child.tag)] = code
        elif CHART.handler(child.tag) is not None:
            _gather(child, found)


def _says_nothing(element: etree._Element) -> bool:
    value = element.get("val")
    if element.tag in _SWITCHES:
        return not read_on_off(value)
    return value is not None and value == _USUAL_VALUES.get(element.tag)


def _second_category_axes(root: etree._Element) -> list[str]:
    """The category axes that are shown beside the first."""
    shown = []
    for axis in root.iter(*map(qn, _CATEGORY_AXES)):
        deleted = axis.find(qn("c:delete"))
        if deleted is None or not read_on_off(deleted.get("val")):
            shown.append(prefixed(axis.tag))
    return shown[1:]
