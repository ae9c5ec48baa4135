"""A chart's content: ``chart:chart`` with its plot area, axes, series and the table of its values.

Source: ODF 1.3 Part 3, 11 (chart content), 17.22. The values stand in a table inside the chart; the chart of a
spreadsheet names its cells besides, and follows them.
"""

from __future__ import annotations

import copy
from dataclasses import replace

from lxml import etree

from converters.drawings.chart_layout import ChartLayout, read_layout, read_rotation
from converters.drawings.chart_model import Axis, Chart, Plot, Series
from converters.drawings.chart_sources import ChartSources
from converters.drawings.chart_table import ChartTable, is_number, number_style
from converters.drawings.context import DrawingContext
from converters.drawings.fills import resolve_fill
from converters.drawings.lines import resolve_line
from converters.drawings.text_properties import resolve_text
from converters.odf.properties import ChartProperties, GraphicProperties, TextProperties, lay_over
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.colors import excel_tint
from converters.ooxml.namespaces import qn
from converters.units import from_emu, read_int, read_on_off

_LEGENDS = {"r": "end", "l": "start", "t": "top", "b": "bottom", "tr": "top-end"}
_ROUND = ("chart:circle", "chart:ring")
_SCATTERED = ("chart:scatter", "chart:bubble")
_SYMBOLS = {
    "square": "square", "diamond": "diamond", "triangle": "arrow-up", "x": "x", "star": "star", "circle": "circle",
    "plus": "plus", "dash": "horizontal-bar", "dot": "horizontal-bar",
}  # fmt: skip
_DEFAULT_SYMBOLS = ("diamond", "square", "arrow-up", "x", "star", "circle")
_LABEL_POSITIONS = {
    "ctr": "center", "inEnd": "inside", "inBase": "near-origin", "outEnd": "outside", "t": "top", "b": "bottom",
    "l": "left", "r": "right", "bestFit": "avoid-overlap",
}  # fmt: skip
_DEFAULT_TITLE, _DEFAULT_AXIS_TITLE = "Chart Title", "Axis Title"  # shown for titles without text
_LABEL_SIZE = 1_000  # hundredths of a point
_TITLE_SIZE = 1_800
_TITLE_SCALE = 1.2  # of the chart's text, for a title without a size of its own
_DEFAULT_LINE = GraphicProperties(stroke="solid", stroke_width="0.026cm", stroke_color="#878787")


class ChartWriter:
    """Writes one chart. ``context.automatic`` takes its styles, ``context.part`` is the chart's part."""

    def __init__(
        self, writer: XmlWriter, chart: Chart, context: DrawingContext, size_emu: tuple[float, float]
    ) -> None:
        self._writer = writer
        self._chart = chart
        self._context = context
        self._table = ChartTable(chart.categories)
        self._sources = ChartSources(chart, context.cell_ranges)
        self._size_emu = size_emu

    def write(self) -> None:
        writer, chart = self._writer, self._chart
        width_emu, height_emu = self._size_emu
        main = chart.plots[0]
        for plot in chart.plots:
            if plot.is_approximated:
                name = etree.QName(plot.element).localname
                self._context.log.report("CHART_APPROXIMATED", self._context.place, chart=name)
        properties = chart.root.find(qn("c:spPr"))
        attributes = {
            "svg:width": from_emu(width_emu),
            "svg:height": from_emu(height_emu),
            "xlink:href": ".." if self._sources.is_linked else None,
            "xlink:type": "simple" if self._sources.is_linked else None,
            "chart:class": main.chart_class,
            "chart:style-name": self._style(self._shape(properties, fill=GraphicProperties(fill="none"))),
        }
        with writer.element("chart:chart", attributes):
            self._write_title(chart.title, "chart:title", _TITLE_SIZE)
            self._write_legend()
            self._write_plot_area(main)
            self._table.write(writer)

    # -- styles ------------------------------------------------------------------------------------------------

    def _style(
        self, *properties: ChartProperties | GraphicProperties | TextProperties, data: str | None = None
    ) -> str:
        return self._context.automatic.name_for(Style("chart", properties, data_style=data))

    def _shape(
        self,
        properties: etree._Element | None,
        fill: GraphicProperties | None = None,
        line: GraphicProperties | None = None,
    ) -> GraphicProperties:
        """Fill and line of a part of the chart over its defaults."""
        found = resolve_fill(properties, self._context) or fill or GraphicProperties()
        element = properties.find(qn("a:ln")) if properties is not None else None
        if element is None:
            return lay_over(found, line or GraphicProperties(stroke="none"))
        own = resolve_line([element], None, self._context)
        if own.stroke == "none" and not len(element):
            own = lay_over(line or own, GraphicProperties(stroke_width=own.stroke_width))
        return lay_over(found, own)

    def _text(self, parent: etree._Element | None, size: int = _LABEL_SIZE) -> TextProperties:
        """Text formatting of a part: its own ``c:txPr`` over the chart's."""
        own = parent.find(qn("c:txPr")) if parent is not None else None
        sources = [_defaults(size), *self._whole_text()]
        sources += own.iter(qn("a:defRPr")) if own is not None else ()
        return _with_family(resolve_text(sources, self._context))

    def _whole_text(self) -> list[etree._Element]:
        """The run properties that the chart says for all its text."""
        found = self._chart.root.find(qn("c:txPr"))
        return list(found.iter(qn("a:defRPr"))) if found is not None else []

    def _layout(self, owner: etree._Element | None) -> ChartLayout | None:
        return read_layout(owner, *self._size_emu)

    # -- title and legend --------------------------------------------------------------------------------------

    def _write_title(self, title: etree._Element | None, tag: str, size: int) -> None:
        text = self._title_text(title)
        if not text:
            return
        runs = list(title.iter(qn("a:defRPr"), qn("a:rPr"))) if title is not None else []
        default = _defaults(size)
        default.set("b", "1")
        whole = [copy.deepcopy(found) for found in self._whole_text()]
        if tag == "chart:title":
            for found in whole:
                found.set("sz", str(round((read_int(found.get("sz")) or size / _TITLE_SCALE) * _TITLE_SCALE)))
        properties = _with_family(resolve_text([default, *whole, *runs[:2]], self._context))
        turned = ChartProperties(rotation_angle="90") if tag == "chart:axis-y" else ChartProperties()
        attributes: dict[str, str | None] = {"chart:style-name": self._style(turned, properties)}
        if (layout := self._layout(title)) is not None:
            attributes |= layout.corner()
        with self._writer.element("chart:title", attributes):
            for line in text.split("\n"):
                self._writer.text_element("text:p", line)

    def _title_text(self, title: etree._Element | None) -> str:
        series = self._chart.series
        if title is None:
            return ""
        paragraphs = [
            "".join(run.text or "" for run in paragraph.iter(qn("a:t")))
            for paragraph in title.iter(qn("a:p"))
        ]
        text = "\n".join(line for line in paragraphs if line)
        cached = [value.text or "" for value in title.iter(qn("c:v"))]
        if text or cached:
            return text or " ".join(cached)
        if title is not self._chart.title:
            return _DEFAULT_AXIS_TITLE
        return series[0].name if len(series) == 1 else _DEFAULT_TITLE

    def _write_legend(self) -> None:
        position = self._chart.legend_position
        if position is None:
            return
        legend = self._chart.root.find(f"{qn('c:chart')}/{qn('c:legend')}")
        name = self._style(GraphicProperties(stroke="none", fill="none"), self._text(legend))
        attributes: dict[str, str | None] = {
            "chart:legend-position": _LEGENDS.get(position, "end"),
            "chart:style-name": name,
        }
        if (layout := self._layout(legend)) is not None:
            attributes |= layout.corner()
        self._writer.empty("chart:legend", attributes)

    # -- plot area ---------------------------------------------------------------------------------------------

    def _write_plot_area(self, main: Plot) -> None:
        writer = self._writer
        properties = ChartProperties(
            vertical="true" if main.is_horizontal else None,
            stacked="true" if main.grouping == "stacked" else None,
            percentage="true" if main.grouping == "percentStacked" else None,
            treat_empty_cells="leave-gap",
            angle_offset=str((90 - (read_int(main.value("c:firstSliceAng"), 0) or 0)) % 360)
            if main.chart_class in _ROUND
            else None,
        )
        area = self._chart.root.find(f"{qn('c:chart')}/{qn('c:plotArea')}")
        wall = area.find(qn("c:spPr")) if area is not None else None
        layout = self._layout(area)
        place = layout.rectangle() if layout is not None else {}
        with writer.element("chart:plot-area", {"chart:style-name": self._style(properties), **place}):
            if layout is not None and layout.is_inner and place:
                writer.empty("chart:coordinate-region", place)
            self._write_axis(main, "x", self._chart.axis_of(main, is_value=False))
            self._write_axis(main, "y", self._chart.axis_of(main, is_value=True))
            second = self._second_axis(main)
            if second is not None:
                self._write_axis(main, "y", second, secondary=True)
            for plot in self._chart.plots:
                own = self._chart.axis_of(plot, is_value=True)
                for position, series in enumerate(plot.series):
                    self._write_series(plot, series, position, secondary=second is not None and own is second)
            wall_style = self._shape(wall, fill=GraphicProperties(fill="none"))
            writer.empty("chart:wall", {"chart:style-name": self._style(wall_style)})

    def _second_axis(self, main: Plot) -> Axis | None:
        first = self._chart.axis_of(main, is_value=True)
        for plot in self._chart.plots[1:]:
            axis = self._chart.axis_of(plot, is_value=True)
            if axis is not None and axis is not first and plot.chart_class not in _ROUND:
                return axis
        return None

    def _write_axis(self, plot: Plot, dimension: str, axis: Axis | None, *, secondary: bool = False) -> None:
        writer = self._writer
        name = f"{'secondary' if secondary else 'primary'}-{dimension}"
        hidden = axis is None or axis.is_deleted
        bars = plot.element if dimension == "y" and plot.chart_class == "chart:bar" else None
        stacked = plot.grouping in ("stacked", "percentStacked")
        properties = ChartProperties(
            visible="false" if hidden else "true",
            display_label="false" if hidden or (axis and axis.value("c:tickLblPos") == "none") else "true",
            logarithmic="true" if axis and axis.value("c:logBase") else None,
            minimum=axis.value("c:min") if axis else None,
            maximum=axis.value("c:max") if axis else None,
            interval_major=axis.value("c:majorUnit") if axis else None,
            reverse_direction="true" if axis and axis.value("c:orientation") == "maxMin" else None,
            gap_width=(plot.value("c:gapWidth") or "150") if bars is not None else None,
            overlap=(plot.value("c:overlap") or ("100" if stacked else "0")) if bars is not None else None,
            tick_marks_major_outer="true"
            if axis and axis.value("c:majorTickMark") in (None, "out", "cross")
            else "false",
            tick_marks_major_inner="true"
            if axis and axis.value("c:majorTickMark") in ("in", "cross")
            else "false",
            axis_label_position={"low": "outside-start", "high": "outside-end"}.get(
                (axis.value("c:tickLblPos") or "") if axis else ""
            ),
            axis_position="end" if secondary else None,
            text_line_break="true" if dimension == "x" else None,
            link_data_style_to_source="false" if axis and self._number_format(axis) else None,
            rotation_angle=read_rotation(axis.element) if axis else None,
        )
        own = axis.element.find(qn("c:spPr")) if axis is not None else None
        style = self._style(
            properties,
            self._shape(own, line=_DEFAULT_LINE),
            self._text(axis.element if axis is not None else None),
            data=self._number_format(axis) if axis is not None else None,
        )
        attributes = {"chart:dimension": dimension, "chart:name": name, "chart:style-name": style}
        with writer.element("chart:axis", attributes):
            if axis is not None and not hidden:
                self._write_title(axis.title, f"chart:axis-{dimension}", _LABEL_SIZE)
            if dimension == "x" and plot.chart_class not in _SCATTERED:
                self._write_categories()
            for tag, kind in (("c:majorGridlines", "major"), ("c:minorGridlines", "minor")):
                grid = axis.element.find(qn(tag)) if axis is not None else None
                if grid is not None:
                    line = self._shape(grid.find(qn("c:spPr")), line=_DEFAULT_LINE)
                    writer.empty("chart:grid", {"chart:class": kind, "chart:style-name": self._style(line)})

    def _write_categories(self) -> None:
        address = self._table.categories if self._chart.categories else None
        if self._sources.is_linked:
            found = (self._sources.address(series.element, "c:cat") for series in self._chart.series)
            address = next(filter(None, found), None)
        if address is not None:
            self._writer.empty("chart:categories", {"table:cell-range-address": address})

    def _number_format(self, axis: Axis) -> str | None:
        found = axis.element.find(qn("c:numFmt"))
        if found is None or read_on_off(found.get("sourceLinked"), False):
            code = next((series.number_format for series in self._chart.series), "") if axis.is_value else ""
        else:
            code = found.get("formatCode", "")
        return number_style(self._context, code)

    # -- series ------------------------------------------------------------------------------------------------

    def _write_series(self, plot: Plot, series: Series, position: int, *, secondary: bool) -> None:
        writer = self._writer
        domains = []
        if plot.chart_class in _SCATTERED:
            x_values = series.x_values or tuple(str(i + 1) for i in range(len(series.values)))
            if not all(map(is_number, filter(None, x_values))):
                x_values = tuple(str(i + 1) for i in range(len(series.values)))
            domains.append(self._table.column("", x_values)[1])
        heading, address = self._table.column(series.name, series.values)
        if plot.chart_class == "chart:bubble":
            domains.insert(0, address)
            address = self._table.column(series.name, series.sizes or ("1",) * len(series.values))[1]
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
            "chart:class": plot.chart_class,
            "chart:attached-axis": "secondary-y" if secondary else None,
        }
        with writer.element("chart:series", attributes):
            for domain in domains:
                writer.empty("chart:domain", {"table:cell-range-address": domain})
            self._write_points(plot, series)

    def _series_style(self, plot: Plot, series: Series, position: int) -> str:
        color = self._color(series.index)
        properties = series.element.find(qn("c:spPr"))
        lined = plot.chart_class in ("chart:line", "chart:scatter", "chart:radar")
        if lined:
            style = plot.value("c:scatterStyle") or ""
            line = GraphicProperties(stroke="solid", stroke_width="0.08cm", stroke_color=color)
            if (
                style in ("marker", "lineMarker")
                and plot.chart_class == "chart:scatter"
                and properties is None
            ):
                line = GraphicProperties(stroke="none") if style == "marker" else line
            shape = self._shape(properties, line=line)
            shape = replace(shape, fill="solid", fill_color=shape.stroke_color or color)
        else:
            shape = self._shape(properties, fill=GraphicProperties(fill="solid", fill_color=color))
        smooth = series.element.find(qn("c:smooth"))
        curved = smooth is not None and read_on_off(smooth.get("val"))
        chart = ChartProperties(
            symbol_type=self._symbol(plot, series, position)[0],
            symbol_name=self._symbol(plot, series, position)[1],
            interpolation="cubic-spline" if curved and lined else None,
        )
        chart = lay_over(chart, self._labels(plot, series.element))
        labels = series.element.find(qn("c:dLbls"))
        if labels is None:
            labels = plot.element.find(qn("c:dLbls"))
        own = labels.find(qn("c:numFmt")) if labels is not None else None
        code = own.get("formatCode", "") if own is not None else series.number_format
        data = number_style(self._context, code)
        if data is not None:
            chart = replace(chart, link_data_style_to_source="false")
        return self._style(chart, shape, self._text(labels), data=data)

    def _symbol(self, plot: Plot, series: Series, position: int) -> tuple[str | None, str | None]:
        if plot.chart_class not in ("chart:line", "chart:scatter", "chart:radar"):
            return None, None
        marker = series.element.find(f"{qn('c:marker')}/{qn('c:symbol')}")
        kind = marker.get("val", "auto") if marker is not None else "auto"
        shown = plot.value("c:marker")
        if kind == "none" or (marker is None and plot.chart_class == "chart:line" and shown in (None, "0")):
            return "none", None
        name = _SYMBOLS.get(kind, _DEFAULT_SYMBOLS[position % len(_DEFAULT_SYMBOLS)])
        return "named-symbol", name

    def _labels(self, plot: Plot, element: etree._Element) -> ChartProperties:
        labels = element.find(qn("c:dLbls"))
        if labels is None:
            labels = plot.element.find(qn("c:dLbls"))
        if labels is None:
            return ChartProperties()

        def shows(tag: str) -> bool:
            found = labels.find(qn(tag))
            return found is not None and read_on_off(found.get("val"))

        number_kind = {
            (True, False): "value",
            (False, True): "percentage",
            (True, True): "value-and-percentage",
        }
        position = labels.find(qn("c:dLblPos"))
        return ChartProperties(
            data_label_number=number_kind.get((shows("c:showVal"), shows("c:showPercent"))),
            data_label_text="true" if shows("c:showCatName") else None,
            data_label_symbol="true" if shows("c:showLegendKey") else None,
            label_position=_LABEL_POSITIONS.get(position.get("val", "") if position is not None else "")
            or ("outside" if plot.chart_class == "chart:bar" and plot.grouping == "clustered" else None),
        )

    def _write_points(self, plot: Plot, series: Series) -> None:
        """Points with a look of their own; those of a pie, and of a series with varied colours, each have one."""
        own = {
            read_int(index.get("val"), 0) or 0: point.find(qn("c:spPr"))
            for point in series.element.iterfind(qn("c:dPt"))
            if (index := point.find(qn("c:idx"))) is not None
        }
        varied = plot.value("c:varyColors") in (None, "1", "true") if plot.chart_class in _ROUND else False
        if not own and not varied:
            return
        for index in range(len(series.values)):
            properties = own.get(index)
            if properties is None and not varied:
                self._writer.empty("chart:data-point")
                continue
            color = self._color(index if varied else series.index)
            if properties is None or resolve_fill(properties, self._context) is None:
                inherited = series.element.find(qn("c:spPr"))
                fill = None if varied else resolve_fill(inherited, self._context)
                fill = fill or GraphicProperties(fill="solid", fill_color=color)
                style = self._shape(properties, fill=fill)
            else:
                style = self._shape(properties)
            self._writer.empty("chart:data-point", {"chart:style-name": self._style(style)})

    def _color(self, index: int) -> str:
        """The colour that an application gives a series or point: the accents, then darker and lighter ones."""
        rgb = self._context.scheme.get(f"accent{index % 6 + 1}", "#4472c4")
        tints = (0.0, -0.4, 0.4, -0.2, 0.2)
        return excel_tint(rgb, tints[(index // 6) % len(tints)])


def _with_family(properties: TextProperties) -> TextProperties:
    """Charts name their fonts by family: an object's own font declarations are not looked at."""
    return replace(properties, font_family=properties.font_name)


def _defaults(size: int) -> etree._Element:
    """Run properties of chart text that says nothing itself: the theme's minor font in hundredths of a point."""
    default = etree.Element(qn("a:defRPr"))
    default.set("sz", str(size))
    etree.SubElement(default, qn("a:latin")).set("typeface", "+mn-lt")
    return default
