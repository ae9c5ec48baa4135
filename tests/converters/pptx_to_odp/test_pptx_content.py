"""What slides hold and how it arrives: text in order, inheritance, charts, and losses with their places."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

from converters.odf.namespaces import qn
from converters.ooxml.package import Package
from converters.pptx_to_odp import SUPPORT, skimmed_parts
from tests.converters.pptx_to_odp.slides_builder import (
    converted,
    presentation,
    rewritten,
    shape,
    shown_text,
    with_shapes,
)

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=40)


@settings(max_examples=25)
@given(st.lists(texts, min_size=1, max_size=5))
def test_any_text_in_a_shape_survives_in_its_order(lines):
    def build(slide) -> None:
        frame = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(8), Cm(4)).text_frame
        frame.paragraphs[0].add_run().text = lines[0]
        for line in lines[1:]:
            frame.add_paragraph().add_run().text = line

    result = converted(presentation(build))
    assert result.paragraphs() == lines
    assert result.codes == []


def _properties(result, element, family):
    name = element.get(qn("text:style-name"))
    style = next(
        found
        for found in result.find_all("style:style")
        if found.get(qn("style:name")) == name and found.get(qn("style:family")) == family
    )
    return style[0]


def test_a_title_has_the_size_and_place_that_its_layout_gives_it():
    def build(slide) -> None:
        slide.shapes.title.text = "Hello"

    result = converted(presentation(build, layout=5))
    frame = result.find_all("draw:frame")[0]
    assert frame.get(qn("presentation:class")) == "title"
    assert frame.get(qn("svg:width")) == "22.86cm"
    properties = _properties(result, result.find_all("text:span")[0], "text")
    assert properties.get(qn("fo:font-size")) == "44pt"


def test_a_run_overrides_its_list_style_and_that_the_document():
    text = (
        '<a:lstStyle><a:lvl1pPr><a:defRPr sz="3000" b="1"/></a:lvl1pPr></a:lstStyle>'
        '<a:p><a:r><a:rPr b="0"/><a:t>x</a:t></a:r></a:p>'
    )
    result = converted(with_shapes(shape(text)))
    properties = _properties(result, result.find_all("text:span")[0], "text")
    assert properties.get(qn("fo:font-size")) == "30pt"
    assert properties.get(qn("fo:font-weight")) == "normal"


def test_the_pages_are_named_after_their_titles():
    def build(slide) -> None:
        slide.shapes.title.text = "Plan\nfor 2030"

    assert (
        converted(presentation(build, layout=5)).find_all("draw:page")[0].get(qn("draw:name"))
        == "Plan for 2030"
    )


def test_a_hidden_slide_stays_hidden():
    def build(slide) -> None:
        slide._element.set("show", "0")

    result = converted(presentation(build))
    assert [
        one.get(qn("presentation:visibility")) for one in result.find_all("style:drawing-page-properties")
    ] == ["hidden"]


def test_a_chart_is_carried_with_its_values():
    def build(slide) -> None:
        data = CategoryChartData()
        data.categories = ["North", "South"]
        data.add_series("Sales", (1.5, None))
        slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(1), Cm(1), Cm(10), Cm(6), data)

    result = converted(presentation(build))
    assert result.codes == []
    assert result.find_all("draw:object")[0].get(qn("xlink:href")) == "./Object 1"
    chart = result.part("Object 1/content.xml")
    rows = [[shown_text(cell) for cell in row] for row in chart.iter(qn("table:table-row"))]
    assert rows == [["", "Sales"], ["North", "1.5"], ["South", "NaN"]]


def test_effects_without_a_place_in_odf_are_reported_where_they_stand():
    glowing = '<a:prstGeom prst="rect"/><a:effectLst><a:reflection/></a:effectLst>'
    (loss,) = converted(with_shapes(shape(properties=glowing))).losses
    assert (loss.code, dict(loss.params), loss.place.kind, loss.place.index) == (
        "SHAPE_EFFECT_DROPPED", {"effect": "reflection"}, "slide", 1,
    )  # fmt: skip


def test_an_element_that_stands_in_no_table_is_a_loss_of_content():
    assert converted(with_shapes("<p:nonsense/>")).codes == ["UNKNOWN_ELEMENT"]


def test_animations_are_counted():
    timing = (
        b"<p:timing><p:tnLst><p:par><p:cTn><p:childTnLst><p:set/><p:animEffect/></p:childTnLst></p:cTn></p:par>"
        b"</p:tnLst></p:timing></p:sld>"
    )
    data = rewritten(presentation(), {"ppt/slides/slide1.xml": lambda old: old.replace(b"</p:sld>", timing)})
    (loss,) = converted(data).losses
    assert (loss.code, loss.count) == ("ANIMATION_DROPPED", 2)


def test_simple_transitions_are_carried():
    def transition(name: bytes):
        xml = b'<p:transition spd="slow"><p:' + name + b"/></p:transition></p:sld>"
        return rewritten(presentation(), {"ppt/slides/slide1.xml": lambda old: old.replace(b"</p:sld>", xml)})

    faded = converted(transition(b"fade"))
    assert faded.codes == []
    assert faded.find_all("style:drawing-page-properties")[0].get(qn("smil:type")) == "fade"
    assert converted(transition(b"comb")).codes == []


def test_what_inspection_skims_is_what_conversion_knows():
    """Every element of a plain presentation stands in a table, so that nothing is predicted that is not lost."""

    def build(slide) -> None:
        slide.shapes.title.text = "Hello"
        slide.shapes.add_table(2, 2, Cm(1), Cm(1), Cm(5), Cm(5))

    data = presentation(build, layout=5)
    known = {tag for table in SUPPORT for tag in (*table._handlers, *table._ignored, *table._losses)}
    with Package(data) as package:
        for part, label in skimmed_parts(package):
            assert label == "1"
            root = package.read_xml(part)
            unknown = {child.tag for child in _entered(root) if child.tag not in known}
            assert unknown == set()


def _entered(element: etree._Element):
    handled = {tag for table in SUPPORT for tag in table._handlers}
    for child in element:
        yield child
        if child.tag in handled:
            yield from _entered(child)


def test_the_same_presentation_gives_the_same_bytes():
    data = presentation()
    assert converted(data).data == converted(data).data
