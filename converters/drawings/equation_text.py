"""Runs of Office Math Markup as tokens of MathML (ECMA-376 Part 1, 22.1.2; MathML 3, 3.2)."""

from __future__ import annotations

import re

from lxml import etree

from converters.drawings.equation_symbols import INVISIBLE, in_script, tokens, variant
from converters.drawings.equation_writer import EquationWriter, is_on, property_of, value_of
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.support import Support

_SPACE_EM = 0.25
_BOLD = ("b", "bi")
_RGB = re.compile("[0-9A-Fa-f]{6}")


def write_run(run: etree._Element, equation: EquationWriter) -> None:
    """``m:r``: text, whose letters are italic unless the run says otherwise (22.1.2.87)."""
    if property_of(run, "brk") is not None:
        _line_break(run, equation)
    color = _color(run)
    if color is not None:
        equation.writer.start("mstyle", {"mathcolor": color})
    for child in children(run):
        RUN_CONTENT.dispatch(child, equation.log, equation.place, equation)
    if color is not None:
        equation.writer.end()


def _color(run: etree._Element) -> str | None:
    """The run's own colour, as Word writes it."""
    found = run.find(f"{qn('w:rPr')}/{qn('w:color')}")
    value = found.get(qn("w:val"), "") if found is not None else ""
    return f"#{value.lower()}" if _RGB.fullmatch(value) else None


def _line_break(_element: etree._Element, equation: EquationWriter) -> None:
    equation.writer.empty("mspace", {"linebreak": "newline"})


def _text(element: etree._Element, equation: EquationWriter) -> None:
    """``m:t``, by the style of its run: normal text stays one piece, mathematics is cut into tokens."""
    run = element.getparent()
    assert run is not None
    text = element.text or ""
    if equation.has_marks:
        text = text.replace("&", "")
    writer = equation.writer
    if is_on(run, "nor"):
        writer.text_element("mtext", text)
        return
    script, style = value_of(run, "scr", "roman"), value_of(run, "sty", "i")
    for token in tokens(text.strip()):
        if token.tag == "mspace":
            writer.empty("mspace", {"width": f"{_SPACE_EM * len(token.text):.2f}em"})
        elif token.tag == "mi":
            letters = in_script(token.text, script, style)
            shape = style if letters == token.text else "p"
            writer.text_element("mi", letters, {"mathvariant": variant(shape, letters)})
        elif token.tag == "mn":
            writer.text_element("mn", token.text, {"mathvariant": "bold" if style in _BOLD else None})
        elif token.text not in INVISIBLE:
            writer.text_element("mo", token.text, {"stretchy": "false"})


RUN_CONTENT = Support(
    "run of an equation",
    {"m:t": _text, "w:t": _text, "w:br": _line_break, "w:cr": _line_break},
    ignored={
        "m:rPr": "read with the element that holds it",
        "w:rPr": "an equation is set in its own typeface, in the size of the text around it",
        "a:rPr": "an equation is set in its own typeface, in the size of the text around it",
        "w:lastRenderedPageBreak": "where a page ended when Word last laid the document out",
        "w:tab": "a space in an equation",
    },
)
