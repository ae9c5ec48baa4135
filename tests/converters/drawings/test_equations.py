"""Office Math Markup becomes MathML that any reader understands, and StarMath that LibreOffice shows as meant."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from converters.drawings.equations import EquationDefaults, carry_equation, read_equation_defaults
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.namespaces import NAMESPACES, qn

_MATHML = "{http://www.w3.org/1998/Math/MathML}"


def run(text: str, properties: str = "") -> str:
    return f"<m:r><m:rPr>{properties}</m:rPr><m:t>{text}</m:t></m:r>"


def part(local: str, *content: str, properties: str = "") -> str:
    return f"<m:{local}><m:{local}Pr>{properties}</m:{local}Pr>{''.join(content)}</m:{local}>"


def argument(local: str, content: str) -> str:
    return f"<m:{local}>{content}</m:{local}>"


def value(local: str, val: str) -> str:
    return f'<m:{local} m:val="{val}"/>'


X, TWO = argument("e", run("x")), run("2")
NARY = (argument("sub", run("i=1")), argument("sup", run("n")), X)

# name -> (Office Math Markup, MathML in the first row without namespaces, StarMath)
CASES: dict[str, tuple[str, str, str]] = {
    "text": (
        run("3.14ab≤y"),
        '<mn>3.14</mn><mi mathvariant="italic">ab</mi><mo stretchy="false">≤</mo><mi>y</mi>',
        '{3.14 italic "ab" <= y}',
    ),
    "a word that StarMath would take for a command": (
        run("to"), '<mi mathvariant="italic">to</mi>', '{italic "to"}'
    ),
    "upright function": (run("sin", value("sty", "p")), "<mi>sin</mi>", "{sin}"),
    "double-struck": (run("R", value("scr", "double-struck")), '<mi mathvariant="normal">ℝ</mi>', '{"ℝ"}'),
    "normal text": (run("if “x” ", "<m:nor/>"), "<mtext>if “x” </mtext>", '{"if “x” "}'),
    "a sign that is as high as a letter": (run("∞"), "<mi>∞</mi>", "{∞}"),
    "fraction": (
        part("f", argument("num", run("1")), argument("den", run("x"))),
        "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>x</mi></mrow></mfrac>",
        "{{{1} over {x}}}",
    ),
    "binomial": (
        part("f", argument("num", run("n")), argument("den", run("k")), properties=value("type", "noBar")),
        '<mfrac linethickness="0"><mrow><mi>n</mi></mrow><mrow><mi>k</mi></mrow></mfrac>',
        "{binom {n} {k}}",
    ),
    "superscript": (
        part("sSup", X, argument("sup", TWO)),
        "<msup><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></msup>",
        "{{{x} ^ {2}}}",
    ),
    "accent": (
        part("acc", X, properties=value("chr", "\u20d7")),
        '<mover accent="true"><mrow><mi>x</mi></mrow><mo stretchy="true">→</mo></mover>',
        "{{vec {x}}}",
    ),
    "line above": (
        part("bar", X, properties=value("pos", "top")),
        '<mover accent="true"><mrow><mi>x</mi></mrow><mo stretchy="true">¯</mo></mover>',
        "{{overline {x}}}",
    ),
    "labelled brace": (
        part("limLow", argument("e", part("groupChr", X)), argument("lim", TWO)),
        '<munder><mrow><munder><mrow><mi>x</mi></mrow><mo stretchy="true">⏟</mo></munder></mrow>'
        "<mrow><mn>2</mn></mrow></munder>",
        "{{{x} underbrace {2}}}",
    ),
    "brackets with a line between": (
        part("d", X, argument("e", TWO)),
        '<mrow><mo fence="true" form="prefix" stretchy="true">(</mo><mrow><mrow><mi>x</mi></mrow>'
        '<mo stretchy="false" separator="true">|</mo><mrow><mn>2</mn></mrow></mrow>'
        '<mo fence="true" form="postfix" stretchy="true">)</mo></mrow>',
        "{left ( {{x}} mline {{2}} right )}",
    ),
    "one bracket": (
        part("d", X, properties=value("begChr", "{") + value("endChr", "")),
        '<mrow><mo fence="true" form="prefix" stretchy="true">{</mo><mrow><mrow><mi>x</mi></mrow></mrow></mrow>',
        "{left lbrace {{x}} right none}",
    ),
    "sum": (
        part("nary", *NARY, properties=value("chr", "∑")),
        '<mrow><munderover><mo stretchy="false" movablelimits="false">∑</mo><mrow><mi>i</mi>'
        '<mo stretchy="false">=</mo><mn>1</mn></mrow><mrow><mi>n</mi></mrow></munderover><mrow><mi>x</mi></mrow></mrow>',
        "{{sum from {i = 1} to {n} {x}}}",
    ),
    "integral": (
        part("nary", *NARY, properties=value("subHide", "1")),
        '<mrow><msup><mo stretchy="false" movablelimits="false">∫</mo><mrow><mi>n</mi></mrow></msup>'
        "<mrow><mi>x</mi></mrow></mrow>",
        "{{int ^ {n} {x}}}",
    ),
    "roots": (
        part("rad", X, properties="<m:degHide/>") + part("rad", argument("deg", TWO), X),
        "<msqrt><mrow><mi>x</mi></mrow></msqrt><mroot><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></mroot>",
        "{{sqrt {{x}}} {nroot {2} {x}}}",
    ),
    "matrix": (
        part("m", argument("mr", X + X), argument("mr", X)),
        "<mtable><mtr><mtd><mrow><mi>x</mi></mrow></mtd><mtd><mrow><mi>x</mi></mrow></mtd></mtr>"
        "<mtr><mtd><mrow><mi>x</mi></mrow></mtd></mtr></mtable>",
        "{matrix {{x} # {x} ## {x} # {}}}",
    ),
    "indices before": (
        part("sPre", argument("sub", TWO), argument("sup", run("4")), X),
        "<mmultiscripts><mrow><mi>x</mi></mrow><mprescripts/><mrow><mn>2</mn></mrow><mrow><mn>4</mn></mrow></mmultiscripts>",
        "{{{x} lsub {2} lsup {4}}}",
    ),
    "phantom": (
        part("phant", X, properties=value("show", "0")),
        "<mphantom><mi>x</mi></mphantom>",
        "{{phantom {x}}}",
    ),
    "an operator with nothing before it": (
        run("=x"), '<mo stretchy="false">=</mo><mi>x</mi>', "{{} = x}"
    ),
    "an operator with nothing after it": (
        run("x+"), '<mi>x</mi><mo stretchy="false">+</mo>', "{x + {}}"
    ),
    "a sign of StarMath's own": (run("#"), '<mo stretchy="false">#</mo>', '{"#"}'),
}  # fmt: skip


def carried(*equations: str, losses: tuple[str, ...] = (), settings: str = "") -> tuple[str, str]:
    """(MathML, StarMath) of equations; fails on a loss that is not announced."""
    roots = [
        etree.fromstring(f'<m:oMath xmlns:m="{NAMESPACES["m"]}" xmlns:w="{NAMESPACES["w"]}">{one}</m:oMath>')
        for one in equations
    ]
    defaults = EquationDefaults()
    if settings:
        defaults = read_equation_defaults(
            etree.fromstring(f'<m:mathPr xmlns:m="{NAMESPACES["m"]}">{settings}</m:mathPr>')
        )
    stream, log = io.BytesIO(), LossLog()
    with OdfPackage(stream, MEDIA_TYPES["odt"]) as odf:
        document = OdfDocument(odf, "text")
        address = carry_equation(document, roots, defaults, log, Place(), display=True)
        document.save()
    assert sorted(loss.code for loss in log.losses()) == sorted(losses)
    with zipfile.ZipFile(stream) as archive:
        root = etree.fromstring(archive.read(f"{address.removeprefix('./')}/content.xml"))
        assert "application/vnd.oasis.opendocument.formula" in archive.read("META-INF/manifest.xml").decode()
    assert root.tag == f"{_MATHML}math"
    content, annotation = root[0]
    assert annotation.get("encoding") == "StarMath 5.0"
    return etree.tostring(content, encoding="unicode").replace(f' xmlns="{_MATHML[1:-1]}"', ""), (
        annotation.text or ""
    )


@pytest.mark.parametrize("name", CASES)
def test_an_equation_is_mathml_with_the_words_of_libreoffice(name: str) -> None:
    source, mathml, words = CASES[name]
    assert carried(source) == (f"<mrow>{mathml}</mrow>", words)


def test_the_document_says_where_limits_stand() -> None:
    integral = part("nary", *NARY)
    assert "<munderover>" in carried(integral, settings=value("intLim", "undOvr"))[0]
    assert "<msubsup>" in carried(integral)[0]


def test_equations_of_one_paragraph_stand_below_each_other() -> None:
    mathml, words = carried(run("x"), run("2"))
    assert mathml.count("<mtr>") == 2
    assert words == "stack {{x} # {2}}"


def test_a_mark_of_alignment_is_no_text_and_is_reported() -> None:
    array = part("eqArr", argument("e", run("a&amp;=b")))
    mathml, words = carried(array, losses=("EQUATION_APPROXIMATED",))
    assert "&amp;" not in mathml
    assert words == "{stack {{a = b}}}"


def test_a_box_is_said_in_mathml_and_reported() -> None:
    boxed = part("borderBox", X, properties=value("hideTop", "1"))
    assert 'notation="bottom left right"' in carried(boxed, losses=("EQUATION_APPROXIMATED",))[0]


def test_what_was_deleted_in_an_equation_is_left_out_and_reported() -> None:
    deleted = run("x") + f"<w:del>{run('y')}</w:del><w:ins>{run('z')}</w:ins>"
    mathml, _ = carried(deleted, losses=("TRACKED_CHANGE_FLATTENED", "TRACKED_CHANGE_FLATTENED"))
    assert mathml == "<mrow><mi>x</mi><mi>z</mi></mrow>"


def test_an_unknown_part_of_an_equation_is_a_loss() -> None:
    carried("<m:novelty/>", losses=("UNKNOWN_ELEMENT",))


def test_the_defaults_are_those_of_the_standard() -> None:
    assert read_equation_defaults(None) == EquationDefaults("subSup", "undOvr", "centerGroup")
    assert qn("m:oMath").endswith("oMath")
