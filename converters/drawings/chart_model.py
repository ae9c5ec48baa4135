"""Charts as their parts tell them: plots, series, axes, from ``c:chartSpace`` (ECMA-376 Part 1, 21.2).

Values are those that the document caches; the workbook beside it is not read.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from converters.ooxml.namespaces import qn
from converters.units import read_int, read_on_off

MAX_POINTS = 5_000

# plot element -> chart:class
CLASSES = {
    qn("c:barChart"): "chart:bar",
    qn("c:bar3DChart"): "chart:bar",
    qn("c:lineChart"): "chart:line",
    qn("c:line3DChart"): "chart:line",
    qn("c:areaChart"): "chart:area",
    qn("c:area3DChart"): "chart:area",
    qn("c:pieChart"): "chart:circle",
    qn("c:pie3DChart"): "chart:circle",
    qn("c:ofPieChart"): "chart:circle",
    qn("c:doughnutChart"): "chart:ring",
    qn("c:scatterChart"): "chart:scatter",
    qn("c:bubbleChart"): "chart:bubble",
    qn("c:radarChart"): "chart:radar",
    qn("c:stockChart"): "chart:line",
    qn("c:surfaceChart"): "chart:surface",
    qn("c:surface3DChart"): "chart:surface",
}
ROUND = ("chart:circle", "chart:ring")
SCATTERED = ("chart:scatter", "chart:bubble")
# plots that ODF shows in a plainer form
APPROXIMATED = frozenset(
    qn(f"c:{name}")
    for name in ("bar3DChart", "line3DChart", "area3DChart", "pie3DChart", "ofPieChart", "stockChart", "surfaceChart",
                 "surface3DChart")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Series:
    """``index`` chooses the colour where the series names none; empty strings in ``values`` are gaps."""

    index: int
    name: str
    categories: tuple[str, ...]
    values: tuple[str, ...]
    element: etree._Element
    x_values: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    number_format: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    chart_class: str
    element: etree._Element
    series: tuple[Series, ...]
    grouping: str = "clustered"
    is_horizontal: bool = False
    is_approximated: bool = False
    axes: tuple[str, ...] = ()

    def value(self, tag: str) -> str | None:
        found = self.element.find(qn(tag))
        return found.get("val") if found is not None else None


@dataclass(frozen=True, slots=True)
class Axis:
    """``position`` is where it stands: b, l, t or r."""

    element: etree._Element
    identifier: str
    is_value: bool
    is_deleted: bool
    position: str
    title: etree._Element | None

    def value(self, tag: str) -> str | None:
        found = self.element.find(qn(tag))
        if found is None:
            found = self.element.find(f"{qn('c:scaling')}/{qn(tag)}")
        return found.get("val") if found is not None else None


@dataclass(frozen=True, slots=True)
class Chart:
    root: etree._Element
    title: etree._Element | None  # c:title
    legend_position: str | None  # r, l, t, b, tr; None without a legend
    plots: tuple[Plot, ...]
    axes: tuple[Axis, ...]

    def value(self, tag: str) -> str | None:
        """The value of a child of ``c:chart``."""
        found = self.root.find(f"{qn('c:chart')}/{qn(tag)}")
        return found.get("val") if found is not None else None

    def crosses_categories(self, axis: Axis) -> bool:
        """Whether the axis that this one stands on has categories."""
        other = next((item for item in self.axes if item.identifier == axis.value("c:crossAx")), None)
        return other is not None and not other.is_value

    @property
    def series(self) -> tuple[Series, ...]:
        return tuple(series for plot in self.plots for series in plot.series)

    @property
    def categories(self) -> tuple[str, ...]:
        """The labels of the category axis; numbers from 1 where no series names any, none where points have x values."""
        named = [series for plot in self.plots if plot.chart_class not in SCATTERED for series in plot.series]
        labels = max((series.categories for series in named), key=len, default=())
        longest = max((len(series.values) for series in named), default=0)
        return labels or tuple(str(number + 1) for number in range(longest))

    def axis_of(self, plot: Plot, *, is_value: bool) -> Axis | None:
        """The value or category axis of a plot; of a scatter plot's two value axes, the vertical one is the value's."""
        own = [axis for axis in self.axes if axis.identifier in plot.axes]
        values = [axis for axis in own if axis.is_value]
        if plot.chart_class in ("chart:scatter", "chart:bubble"):
            lying = [axis for axis in values if axis.position in ("b", "t")]
            rest = [axis for axis in values if axis not in lying[:1]]
            wanted = rest if is_value else lying
            return wanted[0] if wanted else None
        found = [axis for axis in own if axis.is_value == is_value]
        return found[0] if found else None


def read_chart(root: etree._Element) -> Chart | None:
    """The chart in ``c:chartSpace``; None where there is no plot with a series."""
    chart = root.find(qn("c:chart"))
    area = chart.find(qn("c:plotArea")) if chart is not None else None
    if chart is None or area is None:
        return None
    plots = tuple(_plot(element) for element in area if element.tag in CLASSES)
    if not any(plot.series for plot in plots):
        return None
    legend = chart.find(qn("c:legend"))
    position = legend.find(qn("c:legendPos")) if legend is not None else None
    names = [qn(f"c:{name}") for name in ("valAx", "catAx", "dateAx", "serAx")]
    return Chart(
        root,
        chart.find(qn("c:title")),
        (position.get("val", "r") if position is not None else "r") if legend is not None else None,
        plots,
        tuple(_axis(element) for element in area if element.tag in names),
    )


def _value(element: etree._Element, tag: str, default: str = "") -> str:
    found = element.find(qn(tag))
    return found.get("val", default) if found is not None else default


def _plot(element: etree._Element) -> Plot:
    scattered = element.tag in (qn("c:scatterChart"), qn("c:bubbleChart"))
    return Plot(
        _chart_class(element),
        element,
        tuple(
            _series(found, number, scattered) for number, found in enumerate(element.iterfind(qn("c:ser")))
        ),
        _value(element, "c:grouping", "clustered"),
        _value(element, "c:barDir", "col") == "bar",
        element.tag in APPROXIMATED,
        tuple(found.get("val", "") for found in element.iterfind(qn("c:axId"))),
    )


def _chart_class(element: etree._Element) -> str:
    if element.tag == qn("c:radarChart") and _value(element, "c:radarStyle") == "filled":
        return "chart:filled-radar"
    return CLASSES[element.tag]


def _series(element: etree._Element, number: int, scattered: bool) -> Series:
    name = read_points(element.find(qn("c:tx")))
    index = read_int(_value(element, "c:idx"), number) or 0
    values = element.find(qn("c:yVal" if scattered else "c:val"))
    code = (
        next((found.text or "" for found in values.iter(qn("c:formatCode"))), "")
        if values is not None
        else ""
    )
    return Series(
        index,
        " ".join(name) if name else (element.findtext(f"{qn('c:tx')}/{qn('c:v')}") or f"Series{index + 1}"),
        () if scattered else _categories(element.find(qn("c:cat"))),
        read_points(values),
        element,
        read_points(element.find(qn("c:xVal"))) if scattered else (),
        read_points(element.find(qn("c:bubbleSize"))) if scattered else (),
        code,
    )


def _categories(source: etree._Element | None) -> tuple[str, ...]:
    """Category labels; the levels of a multi-level category stand in one, the outermost first."""
    if source is None:
        return ()
    levels = [_cached(level) for level in source.iter(qn("c:lvl"))]
    if not levels:
        return read_points(source)
    length = max(map(len, levels), default=0)
    return tuple(
        " ".join(level[i] for level in reversed(levels) if i < len(level) and level[i]) for i in range(length)
    )


def read_points(source: etree._Element | None) -> tuple[str, ...]:
    if source is None:
        return ()
    for tag in ("c:numCache", "c:strCache", "c:numLit", "c:strLit"):
        cache = next(source.iter(qn(tag)), None)
        if cache is not None:
            return _cached(cache)
    return ()


def _cached(cache: etree._Element) -> tuple[str, ...]:
    found = {
        index: point.findtext(qn("c:v")) or ""
        for point in cache.iterfind(qn("c:pt"))
        if 0 <= (index := read_int(point.get("idx"), 0) or 0) < MAX_POINTS
    }
    count = max([read_int(_value(cache, "c:ptCount"), 0) or 0, *(index + 1 for index in found)])
    return tuple(found.get(index, "") for index in range(min(count, MAX_POINTS)))


def _axis(element: etree._Element) -> Axis:
    return Axis(
        element,
        _value(element, "c:axId"),
        element.tag == qn("c:valAx"),
        element.find(qn("c:delete")) is not None and read_on_off(_value(element, "c:delete", "1")),
        _value(element, "c:axPos", "b"),
        element.find(qn("c:title")),
    )
