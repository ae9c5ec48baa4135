"""Equations in the text of shapes (``a14:m``, [MS-ODRAWXML] 2.3.1): objects where they stand alone, else text in one line.

Text in a shape holds no objects in LibreOffice. A shape whose text is equations and nothing else becomes the equation's
object in its place; among other words an equation is written in one line, which is reported.
"""

from __future__ import annotations

from lxml import etree

from converters.drawings.anatomy import shape_name, write_description
from converters.drawings.context import DrawingContext, child
from converters.drawings.equation_line import equation_line
from converters.drawings.equation_size import equation_size
from converters.drawings.equations import EquationDefaults, carry_equation, equation_content
from converters.drawings.transforms import Transform
from converters.losses import LossLog
from converters.odf.properties import GraphicProperties
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.units import from_emu, read_int

_EQUATION = qn("a14:m")
_FORMATTING = frozenset(map(qn, ("a:pPr", "a:endParaRPr")))
_DEFAULTS = EquationDefaults()
_DEFAULT_POINTS = 18.0
_EMU_PER_POINT = 12_700
_LINK = {"xlink:type": "simple", "xlink:show": "embed", "xlink:actuate": "onLoad"}


def equations_alone(shape: etree._Element) -> list[etree._Element]:
    """The equations (``m:oMath``) of a shape that holds nothing else; empty for any other shape."""
    body = child(shape, "txBody")
    found: list[etree._Element] = []
    for paragraph in body.iterfind(qn("a:p")) if body is not None else ():
        for element in children(paragraph):
            if element.tag == _EQUATION:
                found.extend(element.iter(qn("m:oMath")))
            elif element.tag not in _FORMATTING and (element.findtext(qn("a:t")) or "").strip():
                return []
    return [one for one in found if any(text.text for text in one.iter(qn("m:t")))]


def write_equations(
    writer: XmlWriter,
    shape: etree._Element,
    equations: list[etree._Element],
    place: Transform,
    context: DrawingContext,
) -> None:
    """Write the equations of a shape as one object in the middle of its place."""
    content = equation_content(equations, _DEFAULTS, LossLog(), context.place)
    width, height = (
        side * _points(shape) * _EMU_PER_POINT for side in equation_size(etree.fromstring(content))
    )
    fits = min(1.0, place.width / width if width else 1.0)
    x, y = place.centre
    address = carry_equation(context.document, equations, _DEFAULTS, context.log, context.place, display=True)
    attributes = {
        **context.shape_attributes(shape_name(shape), GraphicProperties(stroke="none", fill="none")),
        **context.identifiers.shape_attributes(shape),
        "svg:x": from_emu(x - width * fits / 2),
        "svg:y": from_emu(y - height * fits / 2),
        "svg:width": from_emu(width * fits),
        "svg:height": from_emu(height * fits),
    }
    with writer.element("draw:frame", attributes):
        writer.empty("draw:object", {"xlink:href": address, **_LINK})
        write_description(writer, shape)


def _points(shape: etree._Element) -> float:
    """The size of the text that an equation is part of."""
    sizes = (read_int(run.get("sz")) for run in shape.iter(qn("a:rPr"), qn("a:endParaRPr")))
    return next((size / 100 for size in sizes if size), _DEFAULT_POINTS)


def equation_text(element: etree._Element, context: DrawingContext) -> str:
    """An equation in one line, in which fractions, roots, indices and powers are told apart."""
    equations = list(element.iter(qn("m:oMath")))
    if not any(text.text for one in equations for text in one.iter(qn("m:t"))):
        return ""
    return equation_line(etree.fromstring(equation_content(equations, _DEFAULTS, context.log, context.place)))
