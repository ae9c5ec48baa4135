"""Equations in text: as objects that stand as characters (ECMA-376 Part 1, 22.1.2.77, 22.1.2.78; ODF 1.3 Part 3, 10.4)."""

from __future__ import annotations

from lxml import etree

from converters.docx_to_odt.anchors import Anchor
from converters.docx_to_odt.conversion import Conversion
from converters.docx_to_odt.frames import write_frame
from converters.docx_to_odt.inline import Inline
from converters.drawings.equation_content import SUPPORT as EQUATION_CONTENT
from converters.drawings.equation_text import RUN_CONTENT
from converters.drawings.equations import carry_equation
from converters.odf.properties import GraphicProperties, ParagraphProperties
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.support import Support

SUPPORT: tuple[Support, ...] = (EQUATION_CONTENT, RUN_CONTENT)
_ALIGNMENTS = {"left": "start", "right": "end", "center": "center", "centerGroup": "center"}
_ANCHOR = Anchor(
    {"text:anchor-type": "as-char"},
    GraphicProperties(
        vertical_pos="middle",
        vertical_rel="text",
        margin_left="0cm",
        margin_right="0cm",
        margin_top="0cm",
        margin_bottom="0cm",
    ),
    0,
    0,
    "Equation",
)


def write_equation(element: etree._Element, inline: Inline) -> None:
    """``m:oMath``: an equation in the line."""
    _write(inline, [element], display=False)


def write_equation_paragraph(element: etree._Element, inline: Inline) -> None:
    """``m:oMathPara``: equations that stand alone, one object for all of them; what else it holds is a run of text."""
    if inline.standing_equations is None:
        inline.standing_equations = element
    _write(inline, element.findall(qn("m:oMath")), display=True)


def _write(inline: Inline, equations: list[etree._Element], *, display: bool) -> None:
    """Write one object. An equation without any sign shows nothing and is left out."""
    if not any(text.text for one in equations for text in one.iter(qn("m:t"), qn("w:t"))):
        return
    conversion = inline.story.conversion
    address = carry_equation(
        conversion.document,
        equations,
        conversion.settings.equation_defaults,
        inline.story.log,
        inline.place,
        display=display,
    )

    def write(writer: XmlWriter) -> None:
        link = {"xlink:type": "simple", "xlink:show": "embed", "xlink:actuate": "onLoad"}
        writer.empty("draw:object", {"xlink:href": address, **link})

    # no size: each application measures the equation in its own typeface
    write_frame(inline, _ANCHOR, "Graphics", write, {"svg:width": None, "svg:height": None})


def equation_alignment(equations: etree._Element, conversion: Conversion) -> ParagraphProperties:
    """How the paragraph is aligned that holds an ``m:oMathPara`` (22.1.2.79, m:jc)."""
    own = equations.find(f"{qn('m:oMathParaPr')}/{qn('m:jc')}")
    default = conversion.settings.equation_defaults.justification
    name = own.get(qn("m:val"), default) if own is not None else default
    return ParagraphProperties(text_align=_ALIGNMENTS.get(name, "center"))
