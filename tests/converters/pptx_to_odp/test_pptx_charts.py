"""Charts: where their author put their parts, their own colours, their labels, and what is left of them."""

from __future__ import annotations

import pytest
from lxml import etree
from pptx.chart.data import BubbleChartData, CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

from converters.drawings.chart_layout import read_layout, read_rotation
from converters.odf.namespaces import qn
from converters.ooxml.namespaces import NAMESPACES
from tests.converters.pptx_to_odp.slides_builder import converted, presentation, rewritten, shown_text

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _chart(kind=XL_CHART_TYPE.COLUMN_CLUSTERED, build=lambda chart: None) -> bytes:
    def on_slide(slide) -> None:
        data = CategoryChartData(number_format="0.0")
        data.categories = ["North", "South"]
        data.add_series("Sales", (1.23, 4.56))
        frame = slide.shapes.add_chart(kind, Cm(1), Cm(1), Cm(10), Cm(5), data)
        build(frame.chart)

    return presentation(on_slide)


def _element(xml: str) -> etree._Element:
    return etree.fromstring(f'<c:o xmlns:c="{NAMESPACES["c"]}" xmlns:a="{NAMESPACES["a"]}">{xml}</c:o>')


def _layout(**values: str) -> str:
    inner = "".join(f'<c:{name} val="{value}"/>' for name, value in values.items())
    return f"<c:layout><c:manualLayout>{inner}</c:manualLayout></c:layout>"


def _part(data: bytes, start: str) -> str:
    names: list[str] = []

    class _Changes(dict):
        def __contains__(self, name):
            names.append(name)
            return False

    rewritten(data, _Changes())
    return next(name for name in names if name.startswith(start))


def _inserted(data: bytes, before: str, xml: str) -> bytes:
    """The chart with XML put before a tag of its part."""
    part = _part(data, "ppt/charts/chart")
    return rewritten(
        data, {part: lambda content: content.replace(before.encode(), (xml + before).encode(), 1)}
    )


def test_a_layout_is_a_share_of_the_charts_size():
    place = read_layout(
        _element(_layout(layoutTarget="inner", xMode="edge", yMode="edge", x="0.1", y="0.2", w="0.5", h="0.25")),
        3_600_000, 1_800_000,
    )  # fmt: skip
    assert place is not None
    assert place.is_inner
    assert place.rectangle() == {"svg:x": "1cm", "svg:y": "1cm", "svg:width": "5cm", "svg:height": "1.25cm"}


@pytest.mark.parametrize("values", [{}, {"x": "0.1", "y": "0.1"}, {"xMode": "edge", "yMode": "edge", "x": "nan", "y": "0"}])  # fmt: skip
def test_a_shift_or_a_senseless_place_leaves_the_part_where_it_falls(values):
    assert read_layout(_element(_layout(**values)), 1_000, 1_000) is None


@pytest.mark.parametrize(
    ("turn", "expected"), [("-2700000", "45"), ("5400000", "270"), ("-60000000", None), ("x", None)]
)
def test_axis_labels_turn_as_the_author_said(turn, expected):
    assert read_rotation(_element(f'<c:txPr><a:bodyPr rot="{turn}"/></c:txPr>')) == expected


def test_the_plot_area_stands_where_the_author_put_it():
    layout = _layout(xMode="edge", yMode="edge", x="0.1", y="0.2", w="0.5", h="0.5")
    data = _chart()
    part = _part(data, "ppt/charts/chart")
    placed = rewritten(
        data, {part: lambda content: content.replace(b"<c:plotArea>", b"<c:plotArea>" + layout.encode(), 1)}
    )
    (area,) = converted(placed).part("Object 1/content.xml").iter(qn("chart:plot-area"))
    assert (area.get(qn("svg:x")), area.get(qn("svg:width"))) == ("1cm", "5cm")


def test_labels_show_numbers_in_the_format_of_their_series():
    def label(chart) -> None:
        chart.plots[0].has_data_labels = True
        chart.plots[0].data_labels.show_value = True

    content = converted(_chart(build=label)).part("Object 1/content.xml")
    (series,) = content.iter(qn("chart:series"))
    style = next(
        one
        for one in content.iter(qn("style:style"))
        if one.get(qn("style:name")) == series.get(qn("chart:style-name"))
    )
    assert style.get(qn("style:data-style-name"))
    chart = style.find(qn("style:chart-properties"))
    assert chart.get(qn("chart:link-data-style-to-source")) == "false"
    assert chart.get(qn("chart:label-position")) == "outside"
    (number,) = content.iter(qn("number:number"))
    assert number.get(qn("number:min-decimal-places")) == "1"


def test_a_chart_keeps_the_colours_of_its_own_theme():
    data = _chart()
    part = _part(data, "ppt/charts/_rels/")
    link = f'<Relationship Id="rId9" Type="{_OFFICE}/themeOverride" Target="../theme/themeOverride1.xml"/></Relationships>'
    override = (
        f'<a:themeOverride xmlns:a="{NAMESPACES["a"]}"><a:clrScheme name="own"><a:accent1>'
        '<a:srgbClr val="123456"/></a:accent1></a:clrScheme></a:themeOverride>'
    )
    own = rewritten(
        data,
        {part: lambda content: content.replace(b"</Relationships>", link.encode())},
        added={"ppt/theme/themeOverride1.xml": override.encode()},
    )
    content = converted(own).part("Object 1/content.xml")
    assert "#123456" in {
        one.get(qn("draw:fill-color")) for one in content.iter(qn("style:graphic-properties"))
    }


def test_parts_of_a_chart_that_are_left_out_are_reported_once_each():
    label = '<c:dLbls><c:dLbl><c:idx val="{}"/><c:showVal val="1"/></c:dLbl></c:dLbls>'
    result = converted(_inserted(_chart(), "<c:cat>", label.format(0) + label.format(1)))
    assert [(loss.code, dict(loss.params)) for loss in result.losses] == [
        ("CHART_PART_DROPPED", {"part": "dLbl"})
    ]


def test_names_of_series_in_labels_and_sizes_of_markers_are_carried():
    labels = (
        '<c:marker><c:symbol val="x"/><c:size val="9"/></c:marker><c:dLbls><c:showSerName val="1"/></c:dLbls>'
    )
    result = converted(_inserted(_chart(XL_CHART_TYPE.LINE), "<c:marker>", labels))
    assert not result.losses
    properties = list(result.part("Object 1/content.xml").iter(qn("style:chart-properties")))
    assert {one.get(qn("chart:data-label-series")) for one in properties} == {None, "true"}
    assert {one.get(qn("chart:symbol-width")) for one in properties} == {None, "9pt"}


@pytest.mark.parametrize("kind", [XL_CHART_TYPE.PIE, XL_CHART_TYPE.DOUGHNUT])
def test_slices_run_clockwise(kind):
    """ODF's run the other way round, unless the axis of their values is reversed."""
    content = converted(_chart(kind)).part("Object 1/content.xml")
    assert {one.get(qn("chart:class")) for one in content.iter(qn("chart:series"))} == {"chart:circle"}
    (axis,) = [one for one in content.iter(qn("chart:axis")) if one.get(qn("chart:dimension")) == "y"]
    name = axis.get(qn("chart:style-name"))
    (style,) = [one for one in content.iter(qn("style:style")) if one.get(qn("style:name")) == name]
    assert style.find(qn("style:chart-properties")).get(qn("chart:reverse-direction")) == "true"


@pytest.mark.parametrize(
    ("kind", "shown", "expected"),
    [
        (XL_CHART_TYPE.LINE, "<c:showVal val='1'/>", None),
        (XL_CHART_TYPE.LINE, "<c:showVal val='1'/><c:showCatName val='1'/>", ", "),
        (XL_CHART_TYPE.PIE, "<c:showCatName val='1'/><c:showPercent val='1'/>", "\n"),
        (XL_CHART_TYPE.PIE, "<c:showVal val='1'/><c:showPercent val='1'/>", ", "),
        (XL_CHART_TYPE.PIE, "<c:showCatName val='1'/><c:showPercent val='1'/><c:separator>; </c:separator>", "; "),
    ],
)  # fmt: skip
def test_the_parts_of_a_label_stand_apart_as_the_author_or_the_standard_says(kind, shown, expected):
    result = converted(_inserted(_chart(kind), "<c:cat>", f"<c:dLbls>{shown}</c:dLbls>"))
    assert not result.losses
    found = list(result.part("Object 1/content.xml").iter(qn("chart:label-separator")))
    assert [shown_text(one[0]) for one in found] == ([expected] if expected else [])


def test_values_of_bubbles_come_before_their_places_and_sizes_and_have_no_categories():
    def on_slide(slide) -> None:
        data = BubbleChartData()
        series = data.add_series("Size")
        series.add_data_point(1, 20, 300)
        series.add_data_point(2, 30, 400)
        slide.shapes.add_chart(XL_CHART_TYPE.BUBBLE, Cm(1), Cm(1), Cm(10), Cm(5), data)

    content = converted(presentation(on_slide)).part("Object 1/content.xml")
    rows = [[shown_text(cell) for cell in row] for row in content.iter(qn("table:table-row"))]
    assert rows == [["", "", "", "Size"], ["", "20", "1", "300"], ["", "30", "2", "400"]]
    (series,) = content.iter(qn("chart:series"))
    assert series.get(qn("chart:label-cell-address")) == "local-table.$D$1"
    assert series.get(qn("chart:values-cell-range-address")) == "local-table.$D$2:.$D$3"
    ranges = [one.get(qn("table:cell-range-address")) for one in series.iter(qn("chart:domain"))]
    assert ranges == ["local-table.$B$2:.$B$3", "local-table.$C$2:.$C$3"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [("<a:noFill/>", "#00ff00"), ('<a:solidFill><a:srgbClr val="0000FF"/></a:solidFill>', "#0000ff")],
)
def test_marks_without_a_line_have_the_colour_that_they_were_given(line, expected):
    own = (
        f'<c:spPr><a:ln w="9525">{line}</a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:spPr><a:solidFill>'
        '<a:srgbClr val="00FF00"/></a:solidFill></c:spPr></c:marker>'
    )
    data = _inserted(
        _chart(XL_CHART_TYPE.LINE),
        "<c:marker>",
        own.replace("<c:spPr>", f'<c:spPr xmlns:a="{NAMESPACES["a"]}">'),
    )
    content = converted(data).part("Object 1/content.xml")
    (series,) = content.iter(qn("chart:series"))
    (style,) = [
        one
        for one in content.iter(qn("style:style"))
        if one.get(qn("style:name")) == series.get(qn("chart:style-name"))
    ]
    assert style.find(qn("style:graphic-properties")).get(qn("draw:fill-color")) == expected
