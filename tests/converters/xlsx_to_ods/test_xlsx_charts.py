"""Charts that follow the cells of their workbook: two axes, trend lines, error bars, labels."""

from __future__ import annotations

import io
import zipfile

from lxml import etree
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.trendline import Trendline

from converters.odf.namespaces import qn
from converters.validity import validate
from tests.converters.xlsx_to_ods.workbooks import converted, made


def _charted(workbook) -> None:
    sheet = workbook.active
    sheet.title = "Data"
    for row in (["Month", "Sold", "Share"], ["Jan", 3, 0.3], ["Feb", 5, 0.5], ["Mar", 8, -0.2]):
        sheet.append(row)
    bars, lines = BarChart(), LineChart()
    months = Reference(sheet, min_col=1, min_row=2, max_row=4)
    bars.add_data(Reference(sheet, min_col=2, min_row=1, max_row=4), titles_from_data=True)
    lines.add_data(Reference(sheet, min_col=3, min_row=1, max_row=4), titles_from_data=True)
    bars.set_categories(months)
    lines.set_categories(months)
    bars.series[0].trendline = Trendline(trendlineType="poly", order=3, dispEq=True, forward=2.0)
    lines.series[0].errBars = ErrorBars(errDir="y", errBarType="plus", errValType="percentage", val=10)
    lines.series[0].dLbls = DataLabelList(showVal=True, showSerName=True, dLblPos="t")
    lines.y_axis.axId, lines.y_axis.crosses = 200, "max"
    bars.y_axis.delete = lines.y_axis.delete = bars.x_axis.delete = False
    bars.y_axis.scaling.max, bars.y_axis.majorUnit, bars.y_axis.minorUnit = 10, 5, 1
    bars.display_blanks = "zero"
    bars += lines
    sheet.add_chart(bars, "E2")


def _object(target: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(target)) as archive:
        return etree.fromstring(archive.read("Object 1/content.xml"))


def _properties(root: etree._Element, element: etree._Element) -> etree._Element:
    name = element.get(qn("chart:style-name"))
    style = next(item for item in root.iter(qn("style:style")) if item.get(qn("style:name")) == name)
    return style.find(qn("style:chart-properties"))


def test_a_linked_chart_names_its_cells_and_keeps_what_is_drawn_over_its_series(tmp_path):
    target = converted(made(_charted))
    path = tmp_path / "target.ods"
    path.write_bytes(target)
    assert not validate(path).violations
    root = _object(target)
    bars, line = root.iter(qn("chart:series"))
    assert bars.get(qn("chart:values-cell-range-address")) == "Data.B2:Data.B4"
    assert line.get(qn("chart:attached-axis")) == "secondary-y"
    trend = _properties(root, bars.find(qn("chart:regression-curve")))
    assert trend.get(qn("chart:regression-type")) == "polynomial"
    assert trend.get(qn("chart:regression-max-degree")) == "3"
    assert bars.find(f"{qn('chart:regression-curve')}/{qn('chart:equation')}") is not None
    errors = _properties(root, line.find(qn("chart:error-indicator")))
    assert errors.get(qn("chart:error-category")) == "percentage"
    assert (errors.get(qn("chart:error-upper-indicator")), errors.get(qn("chart:error-lower-indicator"))) == (
        "true",
        "false",
    )


def test_axes_cross_where_excel_lets_them_and_blanks_count_as_it_says():
    root = _object(converted(made(_charted)))
    axes = {axis.get(qn("chart:name")): _properties(root, axis) for axis in root.iter(qn("chart:axis"))}
    assert axes["primary-x"].get(qn("chart:axis-position")) == "0"
    assert axes["secondary-y"].get(qn("chart:axis-position")) == "end"
    assert axes["primary-y"].get(qn("chart:interval-minor-divisor")) == "5"
    area = _properties(root, root.find(f".//{qn('chart:plot-area')}"))
    assert area.get(qn("chart:treat-empty-cells")) == "use-zero"
