"""A chart's content: ``chart:chart`` with its plot area, axes, series and the table of its values.

Source: ODF 1.3 Part 3, 11 (chart content), 17.22. The values stand in a table inside the chart; the chart of a
spreadsheet names its cells besides, and follows them.
"""

from __future__ import annotations

import copy

from lxml import etree

from converters.drawings.chart_layout import ChartLayout, read_layout, read_rotation
from converters.drawings.chart_model import ROUND, SCATTERED, Axis, Chart, Plot
from converters.drawings.chart_series import SeriesWriter
from converters.drawings.chart_sources import ChartSources
from converters.drawings.chart_styles import DEFAULT_LINE, LABEL_SIZE, ChartStyles, default_text
from converters.drawings.chart_table import ChartTable, number_style
from converters.drawings.context import DrawingContext
from converters.odf.properties import ChartProperties, GraphicProperties
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import from_emu, read_int, read_on_off

_LEGENDS = {"r": "end", "l": "start", "t": "top", "b": "bottom", "tr": "top-end"}
_EMPTY_CELLS = {"gap": "leave-gap", "zero": "use-zero", "span": "ignore"}  # 21.2.3.10
_CROSSES = {"autoZero": "0", "min": "start", "max": "end"}  # 21.2.3.8
_DEFAULT_TITLE, _DEFAULT_AXIS_TITLE = "Chart Title", "Axis Title"  # shown for titles without text
_TITLE_SIZE = 1_800
_TITLE_SCALE = 1.2  # of the chart's text, for a title without a size of its own


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
        self._styles = ChartStyles(chart, context)
        self._series = SeriesWriter(writer, self._styles, self._table, self._sources, context)

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
            "chart:style-name": self._styles.name_for(
                self._styles.shape(properties, fill=GraphicProperties(fill="none"))
            ),
        }
        with writer.element("chart:chart", attributes):
            self._write_title(chart.title, "chart:title", _TITLE_SIZE)
            self._write_legend()
            self._write_plot_area(main)
            self._table.write(writer)

    def _layout(self, owner: etree._Element | None) -> ChartLayout | None:
        return read_layout(owner, *self._size_emu)

    # -- title and legend --------------------------------------------------------------------------------------

    def _write_title(self, title: etree._Element | None, tag: str, size: int) -> None:
        text = self._title_text(title)
        if not text:
            return
        runs = list(title.iter(qn("a:defRPr"), qn("a:rPr"))) if title is not None else []
        default = default_text(size)
        default.set("b", "1")
        whole = [copy.deepcopy(found) for found in self._styles.whole_text()]
        if tag == "chart:title":
            for found in whole:
                found.set("sz", str(round((read_int(found.get("sz")) or size / _TITLE_SCALE) * _TITLE_SCALE)))
        properties = self._styles.resolved([default, *whole, *runs[:2]])
        turned = ChartProperties(rotation_angle="90") if tag == "chart:axis-y" else ChartProperties()
        attributes: dict[str, str | None] = {"chart:style-name": self._styles.name_for(turned, properties)}
        if (layout := self._layout(title)) is not None:
            attributes |= layout.corner()
        with self._writer.element("chart:title", attributes), self._writer.element("text:p"):
            for number, line in enumerate(text.split("\n")):  # a title is one paragraph (11.10)
                if number:
                    self._writer.empty("text:line-break")
                self._writer.text(line)

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
        name = self._styles.name_for(GraphicProperties(stroke="none", fill="none"), self._styles.text(legend))
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
            treat_empty_cells=_EMPTY_CELLS.get(self._chart.value("c:dispBlanksAs") or "gap"),
            include_hidden_cells="true" if self._chart.value("c:plotVisOnly") in ("0", "false") else "false",
            angle_offset=str((90 - (read_int(main.value("c:firstSliceAng"), 0) or 0)) % 360)
            if main.chart_class in ROUND
            else None,
        )
        area = self._chart.root.find(f"{qn('c:chart')}/{qn('c:plotArea')}")
        wall = area.find(qn("c:spPr")) if area is not None else None
        layout = self._layout(area)
        place = layout.rectangle() if layout is not None else {}
        with writer.element(
            "chart:plot-area", {"chart:style-name": self._styles.name_for(properties), **place}
        ):
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
                    self._series.write(plot, series, position, secondary=second is not None and own is second)
            wall_style = self._styles.shape(wall, fill=GraphicProperties(fill="none"))
            writer.empty("chart:wall", {"chart:style-name": self._styles.name_for(wall_style)})

    def _second_axis(self, main: Plot) -> Axis | None:
        first = self._chart.axis_of(main, is_value=True)
        for plot in self._chart.plots[1:]:
            axis = self._chart.axis_of(plot, is_value=True)
            if axis is not None and axis is not first and plot.chart_class not in ROUND:
                return axis
        return None

    def _write_axis(self, plot: Plot, dimension: str, axis: Axis | None, *, secondary: bool = False) -> None:
        writer = self._writer
        name = f"{'secondary' if secondary else 'primary'}-{dimension}"
        hidden = axis is None or axis.is_deleted
        bars = plot.element if dimension == "y" and plot.chart_class == "chart:bar" else None
        stacked = plot.grouping in ("stacked", "percentStacked")
        minor = axis.value("c:minorTickMark") if axis else None
        properties = ChartProperties(
            visible="false" if hidden else "true",
            display_label="false" if hidden or (axis and axis.value("c:tickLblPos") == "none") else "true",
            logarithmic="true" if axis and axis.value("c:logBase") else None,
            minimum=axis.value("c:min") if axis else None,
            maximum=axis.value("c:max") if axis else None,
            interval_major=axis.value("c:majorUnit") if axis else None,
            reverse_direction=_direction(plot, dimension, axis),
            gap_width=(plot.value("c:gapWidth") or "150") if bars is not None else None,
            overlap=(plot.value("c:overlap") or ("100" if stacked else "0")) if bars is not None else None,
            tick_marks_major_outer="true"
            if axis and axis.value("c:majorTickMark") in (None, "out", "cross")
            else "false",
            tick_marks_major_inner="true"
            if axis and axis.value("c:majorTickMark") in ("in", "cross")
            else "false",
            tick_marks_minor_outer="true" if minor in ("out", "cross") else None,
            tick_marks_minor_inner="true" if minor in ("in", "cross") else None,
            interval_minor_divisor=_divisor(axis) if axis else None,
            axis_label_position={"low": "outside-start", "high": "outside-end"}.get(
                (axis.value("c:tickLblPos") or "") if axis else ""
            ),
            axis_position=self._crossing(axis, secondary=secondary),
            text_line_break="true" if dimension == "x" else None,
            link_data_style_to_source="false" if axis and self._number_format(axis) else None,
            rotation_angle=read_rotation(axis.element) if axis else None,
        )
        own = axis.element.find(qn("c:spPr")) if axis is not None else None
        style = self._styles.name_for(
            properties,
            self._styles.shape(own, line=DEFAULT_LINE),
            self._styles.text(axis.element if axis is not None else None),
            data=self._number_format(axis) if axis is not None else None,
        )
        attributes = {"chart:dimension": dimension, "chart:name": name, "chart:style-name": style}
        with writer.element("chart:axis", attributes):
            if axis is not None and not hidden:
                self._write_title(axis.title, f"chart:axis-{dimension}", LABEL_SIZE)
            if dimension == "x" and plot.chart_class not in SCATTERED:
                self._write_categories()
            for tag, kind in (("c:majorGridlines", "major"), ("c:minorGridlines", "minor")):
                grid = axis.element.find(qn(tag)) if axis is not None else None
                if grid is not None:
                    line = self._styles.shape(grid.find(qn("c:spPr")), line=DEFAULT_LINE)
                    writer.empty(
                        "chart:grid", {"chart:class": kind, "chart:style-name": self._styles.name_for(line)}
                    )

    def _crossing(self, axis: Axis | None, *, secondary: bool) -> str | None:
        """Where an axis crosses the one that it stands on (ODF 1.3 Part 3, 20.8)."""
        if axis is None:
            return "end" if secondary else None
        at = axis.value("c:crossesAt")
        if at is not None:
            return at
        if axis.is_value and self._chart.crosses_categories(axis):
            return "end" if secondary or axis.value("c:crosses") == "max" else "start"
        return "end" if secondary else _CROSSES.get(axis.value("c:crosses") or "autoZero")

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


def _direction(plot: Plot, dimension: str, axis: Axis | None) -> str | None:
    """``chart:reverse-direction`` of an axis.

    The slices of pies and rings run clockwise; those of ODF the other way round. The first ring is the inner one, which
    LibreOffice takes for the outer one where nothing is said.
    """
    if plot.chart_class in ROUND:
        return "true" if dimension == "y" else "false"
    return "true" if axis is not None and axis.value("c:orientation") == "maxMin" else None


def _divisor(axis: Axis) -> str | None:
    """How many minor steps make a major one; None where the application chooses either."""
    try:
        major, minor = float(axis.value("c:majorUnit") or ""), float(axis.value("c:minorUnit") or "")
    except ValueError:
        return None
    return str(max(1, round(major / minor))) if minor > 0 and major > 0 else None
