"""Equations, charts, diagrams and embedded objects of Word documents."""

from __future__ import annotations

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import body_of, converted, paragraph, style_of, text_of

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
