"""The series of a chart: values, looks, points, trend lines and error bars (ODF 1.3 Part 3, 11.9 to 11.14)."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from converters.drawings.chart_labels import LINED, labels_of, read_labels, read_symbol
from converters.drawings.chart_model import ROUND, SCATTERED, Plot, Series, read_points
from converters.drawings.chart_sources import ChartSources
from converters.drawings.chart_statistics import read_equation, read_error_bars, read_regression
from converters.drawings.chart_styles import DEFAULT_LINE, ChartStyles
from converters.drawings.chart_table import ChartTable, is_number, number_style
from converters.drawings.context import DrawingContext
from converters.drawings.fills import resolve_fill
from converters.odf.properties import ChartProperties, GraphicProperties, lay_over
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import read_int, read_on_off


class SeriesWriter:
    """Writes the series of one chart; values that no cells hold go to ``table``."""

    def __init__(
        self,
        writer: XmlWriter,
        styles: ChartStyles,
        table: ChartTable,
        sources: ChartSources,
        context: DrawingContext,
    ) -> None:
        self._writer = writer
        self._styles = styles
        self._table = table
        self._sources = sources
        self._context = context

    def write(self, plot: Plot, series: Series, position: int, *, secondary: bool) -> None:
        writer = self._writer
        domains = []
        has_sizes = plot.chart_class == "chart:bubble"
        heading, address = self._table.column("" if has_sizes else series.name, series.values)
        if plot.chart_class in SCATTERED:
            x_values = series.x_values or tuple(str(i + 1) for i in range(len(series.values)))
            if not all(map(is_number, filter(None, x_values))):
                x_values = tuple(str(i + 1) for i in range(len(series.values)))
            domains.append(self._table.column("", x_values)[1])
        if has_sizes:
            domains.insert(0, address)
            heading, address = self._table.column(series.name, series.sizes or ("1",) * len(series.values))
        literal = None
        if self._sources.is_linked:
            values = self._sources.address(series.element, "c:val", "c:yVal")
            sizes = self._sources.address(series.element, "c:bubbleSize")
            x_cells = self._sources.address(series.element, "c:xVal") if domains else None
            domains = [found for found in (values if sizes else None, x_cells) if found is not None]
            address = sizes or values or ""
            heading = self._sources.address(series.element, "c:tx") or ""
            literal = series.element.findtext(f"{qn('c:tx')}/{qn('c:v')}")
        attributes = {
            "chart:style-name": self._series_style(plot, series, position),
            "chart:values-cell-range-address": address or None,
            "chart:label-cell-address": heading or None,
            "loext:label-string": literal,
            # LibreOffice draws a ring from series that are pies, and nothing from others
            "chart:class": "chart:circle" if plot.chart_class in ROUND else plot.chart_class,
            "chart:attached-axis": "secondary-y" if secondary else None,
        }
        with writer.element("chart:series", attributes):
            for domain in domains:
                writer.empty("chart:domain", {"table:cell-range-address": domain})
            self._write_statistics(series)
            self._write_points(plot, series)

    def _write_statistics(self, series: Series) -> None:
        """The trend lines and error bars of a series."""
        writer = self._writer
        for trend in series.element.iterfind(qn("c:trendline")):
            line = self._styles.shape(trend.find(qn("c:spPr")), line=DEFAULT_LINE)
            style = self._styles.name_for(read_regression(trend), line)
            equation = read_equation(trend)
            with writer.element("chart:regression-curve", {"chart:style-name": style}):
                if equation is not None:
                    writer.empty("chart:equation", equation)
        for bars in series.element.iterfind(qn("c:errBars")):
            dimension, properties = read_error_bars(bars, self._error_cells)
            line = self._styles.shape(bars.find(qn("c:spPr")), line=DEFAULT_LINE)
            attributes = {
                "chart:dimension": dimension,
                "chart:style-name": self._styles.name_for(properties, line),
            }
            writer.empty("chart:error-indicator", attributes)

    def _error_cells(self, source: etree._Element) -> str | None:
        """The cells that say how long error bars are."""
        if self._sources.is_linked and (found := self._sources.cells(source)) is not None:
            return found
        values = read_points(source)
        return self._table.column("", values)[1] if values else None

    def _series_style(self, plot: Plot, series: Series, position: int) -> str:
        color = self._styles.color(series.index)
        properties = series.element.find(qn("c:spPr"))
        lined = plot.chart_class in LINED and plot.chart_class != "chart:filled-radar"
        if lined:
            style = plot.value("c:scatterStyle") or ""
            line = GraphicProperties(stroke="solid", stroke_width="0.08cm", stroke_color=color)
            if (
                style in ("marker", "lineMarker")
                and plot.chart_class == "chart:scatter"
                and properties is None
            ):
                line = GraphicProperties(stroke="none") if style == "marker" else line
            shape = self._styles.shape(properties, line=line)
            own = None if shape.stroke != "none" else self._marker_color(series)
            shape = replace(shape, fill="solid", fill_color=own or shape.stroke_color or color)
        else:
            shape = self._styles.shape(properties, fill=GraphicProperties(fill="solid", fill_color=color))
        smooth = series.element.find(qn("c:smooth"))
        curved = smooth is not None and read_on_off(smooth.get("val"))
        chart = ChartProperties(
            interpolation="cubic-spline" if curved and lined else None,
            pie_offset=_child_value(series.element, "c:explosion"),
        )
        chart = lay_over(chart, read_symbol(plot, series, position))
        chart = lay_over(chart, read_labels(plot, series.element))
        labels = labels_of(plot, series.element)
        own = labels.find(qn("c:numFmt")) if labels is not None else None
        code = own.get("formatCode", "") if own is not None else series.number_format
        data = number_style(self._context, code)
        if data is not None:
            chart = replace(chart, link_data_style_to_source="false")
        return self._styles.name_for(chart, shape, self._styles.text(labels), data=data)

    def _marker_color(self, series: Series) -> str | None:
        """The colour of the marks of points that no line joins; with a line they have the line's in ODF."""
        look = series.element.find(f"{qn('c:marker')}/{qn('c:spPr')}")
        fill = resolve_fill(look, self._context)
        return fill.fill_color if fill is not None and fill.fill == "solid" else None

    def _write_points(self, plot: Plot, series: Series) -> None:
        """Points with a look of their own; those of a pie, and of a series with varied colours, each have one."""
        own = {
            read_int(index.get("val"), 0) or 0: point.find(qn("c:spPr"))
            for point in series.element.iterfind(qn("c:dPt"))
            if (index := point.find(qn("c:idx"))) is not None
        }
        varied = plot.value("c:varyColors") in (None, "1", "true") if plot.chart_class in ROUND else False
        if not own and not varied:
            return
        for index in range(len(series.values)):
            properties = own.get(index)
            if properties is None and not varied:
                self._writer.empty("chart:data-point")
                continue
            color = self._styles.color(index if varied else series.index)
            if properties is None or resolve_fill(properties, self._context) is None:
                inherited = series.element.find(qn("c:spPr"))
                fill = None if varied else resolve_fill(inherited, self._context)
                fill = fill or GraphicProperties(fill="solid", fill_color=color)
                style = self._styles.shape(properties, fill=fill)
            else:
                style = self._styles.shape(properties)
            self._writer.empty("chart:data-point", {"chart:style-name": self._styles.name_for(style)})


def _child_value(element: etree._Element, tag: str) -> str | None:
    found = element.find(qn(tag))
    return found.get("val") if found is not None else None
