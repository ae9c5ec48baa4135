"""Equations, charts, diagrams and embedded objects of Word documents."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import (
    body_of,
    build_docx,
    convert_docx,
    converted,
    paragraph,
    style_of,
    text_of,
)

EQUATION = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"


def test_an_equation_in_a_line_stands_as_a_character() -> None:
    (block,) = body_of(converted(f"<w:p><w:r><w:t>so </w:t></w:r>{EQUATION}</w:p>")).iter(qn("text:p"))
    (frame,) = block.iter(qn("draw:frame"))
    assert frame.get(qn("text:anchor-type")) == "as-char"
    assert frame[0].get(qn("xlink:href")) == "./Object 1"
    assert text_of(block) == "so"


def test_an_equation_that_stands_alone_is_centred() -> None:
    root = converted(f"<w:p><m:oMathPara>{EQUATION}</m:oMathPara></w:p>")
    (block,) = body_of(root).iter(qn("text:p"))
    assert style_of(root, block)["text-align"] == "center"


def test_an_equation_stands_where_its_paragraph_says() -> None:
    alignment = '<m:oMathParaPr><m:jc m:val="right"/></m:oMathParaPr>'
    root = converted(f"<w:p><m:oMathPara>{alignment}{EQUATION}</m:oMathPara></w:p>")
    assert style_of(root, next(body_of(root).iter(qn("text:p"))))["text-align"] == "end"


def test_an_equation_between_paragraphs_has_one_of_its_own() -> None:
    root = converted(f"{paragraph('a')}<m:oMathPara>{EQUATION}</m:oMathPara>{paragraph('b')}")
    assert [len(list(block.iter(qn("draw:object")))) for block in body_of(root).iter(qn("text:p"))] == [
        0,
        1,
        0,
    ]


def test_an_equation_without_a_sign_shows_nothing() -> None:
    root = converted("<w:p><m:oMath><m:r><m:t/></m:r></m:oMath></w:p>")
    assert not list(root.iter(qn("draw:frame")))


_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHART_NS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DIAGRAM_NS = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_MS = "http://schemas.microsoft.com/office"
CHART = f"""<c:chartSpace xmlns:c="{_CHART_NS}"><c:chart><c:plotArea><c:barChart><c:barDir val="col"/><c:ser>
<c:idx val="0"/><c:order val="0"/><c:val><c:numLit><c:ptCount val="1"/><c:pt idx="0"><c:v>3</c:v></c:pt></c:numLit></c:val>
</c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"""
MODEL = f"""<dgm:dataModel xmlns:dgm="{_DIAGRAM_NS}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<dgm:ptLst><dgm:pt modelId="0" type="doc"/><dgm:pt modelId="1"><dgm:t><a:p><a:r><a:t>first</a:t></a:r></a:p></dgm:t></dgm:pt>
</dgm:ptLst><dgm:cxnLst><dgm:cxn modelId="9" srcId="0" destId="1" srcOrd="0"/></dgm:cxnLst></dgm:dataModel>"""
DRAWING = f"""<dsp:drawing xmlns:dsp="{_MS}/drawing/2008/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<dsp:spTree><dsp:grpSpPr/><dsp:sp><dsp:nvSpPr/><dsp:spPr><a:xfrm><a:off x="360000" y="0"/><a:ext cx="720000" cy="360000"/></a:xfrm>
<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom></dsp:spPr><dsp:txBody><a:bodyPr/><a:p><a:r><a:t>first</a:t></a:r></a:p>
</dsp:txBody></dsp:sp></dsp:spTree></dsp:drawing>"""
DIAGRAM = f'<dgm:relIds xmlns:dgm="{_DIAGRAM_NS}" r:dm="dm"/>'


def drawing(content: str) -> str:
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="3600000" cy="1800000"/><wp:docPr id="1" name="G" descr="what"/>'
        f"<a:graphic><a:graphicData>{content}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def test_a_chart_is_an_object_with_its_alternative_text() -> None:
    root = converted(
        drawing(f'<c:chart xmlns:c="{_CHART_NS}" r:id="c1"/>'),
        relationships=f'<Relationship Id="c1" Type="{_RELATION}/chart" Target="charts/chart1.xml"/>',
        files={"word/charts/chart1.xml": CHART.encode()},
    )
    (frame,) = body_of(root).iter(qn("draw:frame"))
    assert frame[0].get(qn("xlink:href")) == "./Object 1"
    assert text_of(frame[1]) == "what"


def test_a_chart_without_its_part_is_reported() -> None:
    converted(drawing(f'<c:chart xmlns:c="{_CHART_NS}" r:id="c1"/>'), losses=("CHART_DROPPED",))


def _diagram(**files: bytes) -> dict[str, object]:
    rows = f'<Relationship Id="dm" Type="{_RELATION}/diagramData" Target="diagrams/data1.xml"/>'
    if "drawing" in files:
        rows += f'<Relationship Id="dd" Type="{_MS}/2007/relationships/diagramDrawing" Target="diagrams/drawing1.xml"/>'
    return {
        "relationships": rows,
        "files": {f"word/diagrams/{name}1.xml": data for name, data in files.items()},
    }


def test_a_diagram_is_the_shapes_that_word_drew() -> None:
    root = converted(drawing(DIAGRAM), **_diagram(data=MODEL.encode(), drawing=DRAWING.encode()))
    (group,) = body_of(root).iter(qn("draw:g"))
    assert group.get(qn("text:anchor-type")) == "as-char"
    (shape,) = group.findall(qn("draw:custom-shape"))
    assert shape.get(qn("svg:x")) == "1cm"
    assert text_of(shape.find(qn("text:p"))) == "first"


def test_a_diagram_that_was_never_drawn_keeps_its_text() -> None:
    root = converted(drawing(DIAGRAM), losses=("SMARTART_APPROXIMATED",), **_diagram(data=MODEL.encode()))
    (box,) = body_of(root).iter(qn("draw:text-box"))
    assert text_of(box) == "first"


def test_a_diagram_without_its_parts_is_reported() -> None:
    converted(drawing(DIAGRAM), losses=("SMARTART_DROPPED",))


def test_a_chart_brings_the_gradients_that_it_names() -> None:
    fill = (
        '<c:spPr><a:gradFill xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:gsLst><a:gs pos="0">'
        '<a:srgbClr val="FF0000"/></a:gs><a:gs pos="100000"><a:srgbClr val="0000FF"/></a:gs></a:gsLst><a:lin ang="0"/>'
        "</a:gradFill></c:spPr><c:val>"
    )
    target, _ = convert_docx(
        build_docx(
            drawing(f'<c:chart xmlns:c="{_CHART_NS}" r:id="c1"/>'),
            relationships=f'<Relationship Id="c1" Type="{_RELATION}/chart" Target="charts/chart1.xml"/>',
            files={"word/charts/chart1.xml": CHART.replace("<c:val>", fill).encode()},
        )
    )
    with zipfile.ZipFile(io.BytesIO(target)) as archive:
        content = archive.read("Object 1/content.xml").decode()
        styles = etree.fromstring(archive.read("Object 1/styles.xml"))
    names = {gradient.get(qn("draw:name")) for gradient in styles.iter(qn("draw:gradient"))}
    assert set(re.findall('fill-gradient-name="([^"]+)"', content)) == names != set()
