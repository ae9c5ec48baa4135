"""Symbols and labels of a series as chart properties (ECMA-376 Part 1, 21.2.2.32, 21.2.2.47; ODF 1.3 Part 3, 20.31 ff)."""

from __future__ import annotations

from lxml import etree

from converters.drawings.chart_model import ROUND, Plot, Series
from converters.odf.properties import ChartProperties
from converters.ooxml.namespaces import qn
from converters.units import read_int, read_on_off

LINED = ("chart:line", "chart:scatter", "chart:radar", "chart:filled-radar")
_SYMBOLS = {
    "square": "square", "diamond": "diamond", "triangle": "arrow-up", "x": "x", "star": "star", "circle": "circle",
    "plus": "plus", "dash": "horizontal-bar", "dot": "horizontal-bar",
}  # fmt: skip
_DEFAULT_SYMBOLS = ("diamond", "square", "arrow-up", "x", "star", "circle")
_LABEL_POSITIONS = {
    "ctr": "center", "inEnd": "inside", "inBase": "near-origin", "outEnd": "outside", "t": "top", "b": "bottom",
    "l": "left", "r": "right", "bestFit": "avoid-overlap",
}  # fmt: skip
# what a label may consist of, but for the key of the legend
_PARTS = ("c:showVal", "c:showPercent", "c:showCatName", "c:showSerName")
_NAME_AND_SHARE = {"c:showCatName", "c:showPercent"}
_NUMBERS = {(True, False): "value", (False, True): "percentage", (True, True): "value-and-percentage"}


def read_symbol(plot: Plot, series: Series, position: int) -> ChartProperties:
    """The mark of a series' points, the application's own by its position in the plot where the series names none."""
    if plot.chart_class not in LINED or plot.chart_class == "chart:filled-radar":
        return ChartProperties()
    marker = series.element.find(qn("c:marker"))
    symbol = marker.find(qn("c:symbol")) if marker is not None else None
    kind = symbol.get("val", "auto") if symbol is not None else "auto"
    shown = plot.value("c:marker")
    if kind == "none" or (symbol is None and plot.chart_class == "chart:line" and shown in (None, "0")):
        return ChartProperties(symbol_type="none")
    size = marker.find(qn("c:size")) if marker is not None else None
    points = read_int(size.get("val")) if size is not None else None
    length = f"{points}pt" if points else None
    return ChartProperties(
        symbol_type="named-symbol",
        symbol_name=_SYMBOLS.get(kind, _DEFAULT_SYMBOLS[position % len(_DEFAULT_SYMBOLS)]),
        symbol_width=length,
        symbol_height=length,
    )


def labels_of(plot: Plot, element: etree._Element) -> etree._Element | None:
    """The ``c:dLbls`` that holds for a series: its own, else its plot's."""
    own = element.find(qn("c:dLbls"))
    return own if own is not None else plot.element.find(qn("c:dLbls"))


def read_labels(plot: Plot, element: etree._Element) -> ChartProperties:
    """What the labels of a series show, and where."""
    labels = labels_of(plot, element)
    if labels is None:
        return ChartProperties()

    def shows(tag: str) -> bool:
        found = labels.find(qn(tag))
        return found is not None and read_on_off(found.get("val"))

    position = labels.find(qn("c:dLblPos"))
    shown = frozenset(tag for tag in _PARTS if shows(tag))
    return ChartProperties(
        data_label_number=_NUMBERS.get((shows("c:showVal"), shows("c:showPercent"))),
        data_label_text="true" if shows("c:showCatName") else None,
        data_label_symbol="true" if shows("c:showLegendKey") else None,
        data_label_series="true" if shows("c:showSerName") else None,
        label_position=_LABEL_POSITIONS.get(position.get("val", "") if position is not None else "")
        or ("outside" if plot.chart_class == "chart:bar" and plot.grouping == "clustered" else None),
        label_separator=_separator(plot, labels, shown) if len(shown) > 1 else None,
    )


def _separator(plot: Plot, labels: etree._Element, shown: frozenset[str]) -> str:
    """What stands between the parts of a label; the application's own where the file does not say it (21.2.2.166)."""
    named = labels.findtext(qn("c:separator"))
    if named:
        return named
    return "\n" if plot.chart_class in ROUND and shown == _NAME_AND_SHARE else ", "
