"""Equations on slides: objects where they stand alone, one line of text among other words."""

from __future__ import annotations

import pytest
from lxml import etree

from converters.drawings.equation_line import equation_line
from converters.drawings.equation_size import equation_size
from converters.odf.namespaces import qn
from converters.ooxml.namespaces import NAMESPACES as OOXML
from tests.converters.pptx_to_odp.slides_builder import converted, shape, with_shapes

_M, _A14 = OOXML["m"], OOXML["a14"]


def math(inner: str) -> str:
    return f'<a14:m xmlns:a14="{_A14}" xmlns:m="{_M}"><m:oMathPara><m:oMath>{inner}</m:oMath></m:oMathPara></a14:m>'


def run(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


HALF = f"<m:f><m:num>{run('1')}</m:num><m:den>{run('2')}</m:den></m:f>"
SQUARE = f"<m:sSup><m:e>{run('b')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>"


def test_a_shape_with_an_equation_alone_becomes_the_equation():
    result = converted(with_shapes(shape(f"<a:p>{math(run('x=') + HALF)}</a:p>")))
    assert result.codes == []
    (drawn,) = result.find_all("draw:object")
    frame = drawn.getparent()
    assert frame.tag == qn("draw:frame")
    assert result.find_all("draw:custom-shape") == []
    formula = result.part(drawn.get(qn("xlink:href")).removeprefix("./") + "/content.xml")
    assert formula.find(".//{*}mfrac") is not None
    x, width = (float(frame.get(qn(name)).removesuffix("cm")) for name in ("svg:x", "svg:width"))
    assert x + width / 2 == pytest.approx(6, abs=0.01)  # the middle of the shape


def test_an_equation_among_words_is_one_line_that_says_what_stands_where():
    words = "<a:r><a:t>so </a:t></a:r>"
    result = converted(with_shapes(shape(f"<a:p>{words}{math(HALF + run('+') + SQUARE)}</a:p>")))
    assert result.codes == ["EQUATION_APPROXIMATED"]
    assert "so 1/2+b^2" in result.paragraphs()
    assert result.find_all("draw:object") == []


def test_an_equation_without_signs_leaves_the_shape_as_it_is():
    result = converted(with_shapes(shape(f"<a:p>{math('')}</a:p>")))
    assert result.codes == []
    assert len(result.find_all("draw:custom-shape")) == 1


@pytest.mark.parametrize(
    ("mathml", "line"),
    [
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mn>2</mn></mfrac>", "(a+1)/2"),
        ("<msqrt><mi>b</mi><mo>-</mo><mn>4</mn></msqrt>", "√(b-4)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "3√x"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_i^2"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>", "∑_(i=1)^n"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable>", "1, 2; 3"),
    ],
)  # fmt: skip
def test_each_structure_has_its_signs_in_a_line(mathml, line):
    assert equation_line(etree.fromstring(mathml)) == line


def test_a_fraction_is_higher_than_its_parts_and_a_row_wider():
    one = equation_size(etree.fromstring("<mn>1</mn>"))
    fraction = equation_size(etree.fromstring("<mfrac><mn>1</mn><mn>22</mn></mfrac>"))
    row = equation_size(etree.fromstring("<mrow><mn>1</mn><mo>+</mo><mn>1</mn></mrow>"))
    assert fraction[1] > 2 * one[1]
    assert fraction[0] > 2 * one[0]
    assert row == (one[0] * 2 + 0.9, one[1])
