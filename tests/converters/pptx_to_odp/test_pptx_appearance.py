"""How slides look: text in its frame, flipped shapes, pictures of embedded objects, ties of connectors."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import etree
from pptx.util import Cm

from converters.drawings.text_frames import resolve_text_frame
from converters.odf.namespaces import qn
from converters.pptx_to_odp.anchoring import ON_SLIDES
from tests.converters.pptx_to_odp.slides_builder import (
    NAMESPACES,
    PIXEL,
    converted,
    presentation,
    rewritten,
    shape,
    with_shapes,
)

SLIDE, RELATIONSHIPS = "ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels"
_CONTEXT: Any = SimpleNamespace(
    anchoring=ON_SLIDES
)  # of a context, all that is asked for where nothing is lost
_TEXT = "<a:p><a:r><a:t>text</a:t></a:r></a:p>"


def _graphics(result) -> list[dict[str, str]]:
    return [dict(found.attrib) for found in result.find_all("style:graphic-properties")]


def test_capitals_are_not_undone_by_a_second_attribute_for_the_same_setting():
    text = '<a:p><a:r><a:rPr cap="all"/><a:t>loud</a:t></a:r></a:p>'
    result = converted(with_shapes(shape(text)))
    (style,) = [one for one in result.find_all("style:text-properties") if one.get(qn("fo:text-transform"))]
    assert style.get(qn("fo:text-transform")) == "uppercase"
    assert style.get(qn("fo:font-variant")) is None


_AUTOFIT, _SCALED = "<a:normAutofit/>", '<a:normAutofit fontScale="70000"/>'


@pytest.mark.parametrize(
    ("own", "inherited", "shrinks"),
    [(_AUTOFIT, "", "true"), (_SCALED, "", "true"), ("", _SCALED, "false"), ("", _AUTOFIT, "false"),
     ("<a:noAutofit/>", _SCALED, "false")],
)  # fmt: skip
def test_text_shrinks_where_its_own_shape_says_so(own, inherited, shrinks):
    bodies = [etree.fromstring(f"<a:bodyPr {NAMESPACES}>{fit}</a:bodyPr>") for fit in (own, inherited)]
    assert resolve_text_frame(bodies, _CONTEXT).graphic.shrink_to_fit == shrinks


@pytest.mark.parametrize(
    ("own", "inherited", "grows"),
    [("<a:spAutoFit/>", "", "true"), ("", "<a:spAutoFit/>", "false"), ("<a:noAutofit/>", "<a:spAutoFit/>", "false")],
)  # fmt: skip
def test_a_frame_grows_where_its_own_shape_says_so(own, inherited, grows):
    bodies = [etree.fromstring(f"<a:bodyPr {NAMESPACES}>{fit}</a:bodyPr>") for fit in (own, inherited)]
    assert resolve_text_frame(bodies, _CONTEXT).graphic.auto_grow_height == grows


def test_unwrapped_text_in_the_middle_outgrows_its_shape_to_both_sides():
    body = '<a:bodyPr wrap="none" anchorCtr="1"><a:spAutoFit/></a:bodyPr>'
    (style,) = [
        one
        for one in _graphics(converted(with_shapes(shape(_TEXT, body=body))))
        if one.get(qn("fo:wrap-option")) == "no-wrap"
    ]
    assert style[qn("draw:textarea-horizontal-align")] == "center"
    assert style[qn("draw:auto-grow-height")] == "false"


def test_a_rectangle_is_drawn_in_terms_of_its_size_so_that_it_can_shrink_around_its_text():
    result = converted(with_shapes(shape(_TEXT)))
    (geometry,) = result.find_all("draw:enhanced-geometry")
    assert geometry.get(qn("draw:text-areas")) == "0 0 ?f0 ?f1"
    assert [one.get(qn("draw:formula")) for one in geometry] == ["logwidth", "logheight"]


@pytest.mark.parametrize(
    ("flips", "turn"),
    [("", "-1.5707963"), ('flipH="1"', "1.5707963"), ('flipV="1"', "1.5707963"), ('flipH="1" flipV="1"', "-1.5707963")],
)  # fmt: skip
def test_one_flip_turns_a_shape_the_other_way_round_and_two_do_not(flips, turn):
    transform = f'<a:xfrm rot="5400000" {flips}><a:off x="0" y="0"/><a:ext cx="720000" cy="360000"/></a:xfrm>'
    arrow = shape(properties='<a:prstGeom prst="bentUpArrow"/>', transform=transform)
    (drawn,) = converted(with_shapes(arrow)).find_all("draw:custom-shape")
    assert drawn.get(qn("draw:transform")).startswith(f"rotate ({turn})")


def test_space_around_paragraphs_is_added_up():
    items = converted(presentation()).part("settings.xml").iter(qn("config:config-item"))
    assert {one.get(qn("config:name")): one.text for one in items} == {"ParagraphSummation": "true"}


@pytest.mark.parametrize(
    ("ties", "codes"), [("", []), ('<a:stCxn id="2" idx="3"/>', ["CONNECTOR_TIES_DROPPED"])]
)
def test_ties_of_a_connector_are_reported(ties, codes):
    line = (
        '<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="4" name="Line"/>'
        f"<p:cNvCxnSpPr>{ties}</p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr>"
        '<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="720000"/></a:xfrm>'
        '<a:prstGeom prst="bentConnector2"/></p:spPr></p:cxnSp>'
    )
    assert converted(with_shapes(line)).codes == codes


@pytest.mark.parametrize(
    ("preset", "turn", "kind", "path"),
    [
        ("bentConnector2", "", "standard", "M 0 0 L 1000 0 L 1000 2000"),
        ("bentConnector2", 'flipV="1"', "standard", "M 0 2000 L 1000 2000 L 1000 0"),
        ("bentConnector2", 'rot="5400000"', "standard", "M 1500 500 L 1500 1500 L -500 1500"),
        ("curvedConnector2", "", "curve", "M 0 0 C 500 0 1000 1000 1000 2000"),
    ],
)
def test_a_bent_connector_runs_on_the_page_as_the_file_says(preset, turn, kind, path):
    line = (
        '<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="4" name="Line"/><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr>'
        f'<a:xfrm {turn}><a:off x="0" y="0"/><a:ext cx="360000" cy="720000"/></a:xfrm>'
        f'<a:prstGeom prst="{preset}"/></p:spPr></p:cxnSp>'
    )
    (drawn,) = converted(with_shapes(line)).find_all("draw:connector")
    assert drawn.get(qn("draw:type")) == kind
    assert drawn.get(qn("svg:d")) == path
    numbers = [int(step) / 1000 for step in path.split() if not step.isalpha()]
    ends = [float(drawn.get(qn(f"svg:{end}")).removesuffix("cm")) for end in ("x1", "y1", "x2", "y2")]
    assert ends == numbers[:2] + numbers[-2:]


_OLE = (
    '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="7" name="Object" descr="Figures"/><p:cNvGraphicFramePr/><p:nvPr/>'
    '</p:nvGraphicFramePr><p:xfrm><a:off x="360000" y="360000"/><a:ext cx="720000" cy="360000"/></p:xfrm><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><p:oleObj spid="_x0000_s1026" '
    'progId="Excel.Sheet.8"><p:embed/></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>'
)
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shape id="{id}" o:spid="{spid}"><v:imagedata o:relid="rId1"/></v:shape></xml>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _with_vml(identifier: str, spid: str) -> bytes:
    """A slide with an embedded object whose picture stands in a VML drawing."""
    picture = presentation(lambda slide: slide.shapes.add_picture(str(PIXEL), 0, 0))
    held = with_shapes(_OLE)
    drawing = _VML.format(id=identifier, spid=spid).encode()
    related = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/image" Target="../media/image1.png"/></Relationships>'
    ).encode()
    link = f'<Relationship Id="rId90" Type="{_OFFICE}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/></Relationships>'
    slide: list[bytes] = []
    rewritten(held, {SLIDE: lambda content: slide.append(content) or content})
    return rewritten(
        picture,
        {
            SLIDE: lambda _content: slide[0],
            RELATIONSHIPS: lambda content: content.replace(b"</Relationships>", link.encode()),
        },
        added={
            "ppt/drawings/vmlDrawing1.vml": drawing,
            "ppt/drawings/_rels/vmlDrawing1.vml.rels": related,
        },
    )


@pytest.mark.parametrize(("identifier", "spid"), [("Object", "_x0000_s1026"), ("_x0000_s1026", "")])
def test_the_picture_of_an_embedded_object_is_found_in_the_vml_drawing(identifier, spid):
    result = converted(_with_vml(identifier, spid))
    assert result.codes == ["EMBEDDED_OBJECT_DROPPED"]
    (image,) = result.find_all("draw:image")
    assert image.getparent().get(qn("svg:x")) == "1cm"
    assert result.find_all("svg:desc")[0].text == "Figures"


def test_an_embedded_object_without_a_picture_is_reported_twice():
    assert converted(_with_vml("Other", "")).codes == ["EMBEDDED_OBJECT_DROPPED", "PICTURE_MISSING"]


def test_an_embedded_object_stays_in_the_package_with_its_picture():
    def build(slide) -> None:
        slide.shapes.add_ole_object(
            io.BytesIO(b"anything"), "Package", left=0, top=0, width=Cm(3), height=Cm(2), icon_file=str(PIXEL)
        )

    result = converted(presentation(build))
    assert result.codes == []
    (embedded,) = result.find_all("draw:object-ole")
    name = embedded.get(qn("xlink:href")).removeprefix("./")
    assert b"anything" in result.part_bytes(name)
    assert result.part_bytes(f"ObjectReplacements/{name}") == PIXEL.read_bytes()


def _connector(ties: str, preset: str = "straightConnector1") -> str:
    return (
        '<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="9" name="Line"/>'
        f"<p:cNvCxnSpPr>{ties}</p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr>"
        '<p:spPr><a:xfrm><a:off x="3600000" y="1440000"/><a:ext cx="720000" cy="360000"/></a:xfrm>'
        f'<a:prstGeom prst="{preset}"/></p:spPr></p:cxnSp>'
    )


def _held(identifier: int, x: int, more: str = "") -> str:
    place = f'<a:xfrm {more}><a:off x="{x}" y="720000"/><a:ext cx="3600000" cy="1440000"/></a:xfrm>'
    return shape(transform=place).replace('id="2"', f'id="{identifier}"')


def _point(element: Any) -> tuple[str, str, str]:
    align, x, y = (element.get(qn(name)) for name in ("draw:align", "svg:x", "svg:y"))
    return align, x, y


def test_a_straight_connector_holds_on_to_its_shapes_where_it_ends():
    ties = '<a:stCxn id="2" idx="3"/><a:endCxn id="3" idx="1"/>'
    result = converted(with_shapes(_held(2, 0), _connector(ties), _held(3, 4_320_000)))
    assert result.codes == []
    (line,) = result.find_all("draw:connector")
    names = [one.get(qn("draw:id")) for one in result.find_all("draw:custom-shape")]
    assert [line.get(qn(f"draw:{side}-shape")) for side in ("start", "end")] == names
    assert [line.get(qn(f"draw:{side}-glue-point")) for side in ("start", "end")] == ["4", "4"]
    assert [_point(one) for one in result.find_all("draw:glue-point")] == [
        ("right", "0cm", "0cm"),
        ("bottom-left", "0cm", "-1cm"),
    ]


def test_the_point_of_a_turned_shape_turns_with_it():
    ties = '<a:stCxn id="2" idx="3"/>'
    result = converted(with_shapes(_held(2, 0, 'rot="10800000"'), _connector(ties)))
    (point,) = result.find_all("draw:glue-point")
    assert _point(point) == ("left", "0cm", "0cm")


@pytest.mark.parametrize(
    ("ties", "preset"),
    [('<a:stCxn id="77" idx="3"/>', "line"), ('<a:stCxn id="2" idx="3"/>', "curvedConnector3")],
    ids=["shape that is not there", "curved"],
)
def test_ties_that_cannot_be_kept_are_reported(ties, preset):
    assert converted(with_shapes(_held(2, 0), _connector(ties, preset))).codes == ["CONNECTOR_TIES_DROPPED"]
