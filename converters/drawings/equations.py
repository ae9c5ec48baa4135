"""Equations as objects of the ODF package: MathML with a frame around it (ODF 1.3 Part 3, 10.4.6, 14.3; Part 2, 2)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from converters.drawings.equation_content import SUPPORT
from converters.drawings.equation_writer import EquationWriter
from converters.drawings.starmath import ENCODING, starmath
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.namespaces import NAMESPACES
from converters.odf.xmlwriter import XmlWriter, document_bytes
from converters.ooxml.namespaces import qn

MEDIA_TYPE = "application/vnd.oasis.opendocument.formula"


@dataclass(frozen=True, slots=True)
class EquationDefaults:
    """``m:mathPr`` of a document: where integrals and other n-ary operators have their limits (22.1.2.53, 22.1.2.71),
    and how equations that stand alone are aligned (22.1.2.25)."""

    integral_limits: str = "subSup"
    other_limits: str = "undOvr"
    justification: str = "centerGroup"


def read_equation_defaults(properties: etree._Element | None) -> EquationDefaults:
    """Read ``m:mathPr``; what it leaves out has the standard's defaults."""

    def value(local: str, default: str) -> str:
        found = properties.find(qn(f"m:{local}")) if properties is not None else None
        return found.get(qn("m:val"), default) if found is not None else default

    return EquationDefaults(
        value("intLim", "subSup"), value("naryLim", "undOvr"), value("defJc", "centerGroup")
    )


def carry_equation(
    document: OdfDocument,
    equations: list[etree._Element],
    defaults: EquationDefaults,
    log: LossLog,
    place: Place,
    *,
    display: bool,
) -> str:
    """Bring ``m:oMath`` elements into the package as one object; the answer is its address for ``xlink:href``.

    Several equations stand one below the other. ``display`` is for equations in a paragraph of their own.
    """
    content = equation_content(equations, defaults, log, place)

    def write(writer: XmlWriter) -> None:
        root = {"xmlns": NAMESPACES["math"], "display": "block" if display else "inline"}
        with writer.element("math", root), writer.element("semantics"):
            writer.raw(content)
            annotation = starmath(etree.fromstring(content))
            writer.text_element("annotation", annotation, {"encoding": ENCODING})

    folder = document.package.new_object_folder()
    document.package.add_object(folder, MEDIA_TYPE)
    document.package.add(folder + "content.xml", document_bytes(write), "text/xml")
    return "./" + folder.rstrip("/")


def equation_content(
    equations: list[etree._Element], defaults: EquationDefaults, log: LossLog, place: Place
) -> str:
    """``m:oMath`` elements as one element of MathML, without its namespace."""

    def write_content(writer: XmlWriter) -> None:
        equation = EquationWriter(
            writer, log, place, SUPPORT, defaults.integral_limits, defaults.other_limits
        )
        if len(equations) == 1:
            with writer.element("mrow"):
                equation.write(equations[0])
            return
        with writer.element("mtable"):
            for one in equations:
                with writer.element("mtr"), writer.element("mtd"), writer.element("mrow"):
                    equation.write(one)

    return XmlWriter().fragment(write_content)
