"""The text of shapes with a body of DrawingML (``p:txBody``, ``xdr:txBody``, ``dsp:txBody``), by its cascade."""

from __future__ import annotations

from lxml import etree

from converters.drawings.context import DrawingContext, child
from converters.drawings.paragraph_properties import merge_paragraph
from converters.drawings.text_body import TextWriter
from converters.drawings.text_cascade import TextCascade, read_level
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn

_ALIGNMENTS = {"ctr": "center", "r": "right"}


def own_cascade(shape: etree._Element, *defaults: etree._Element) -> TextCascade:
    """The cascade of a shape that inherits from no other: defaults, its style's font, its own list style."""
    body = child(shape, "txBody")
    own = body.find(qn("a:lstStyle")) if body is not None else None
    style = child(shape, "style")
    reference = style.find(qn("a:fontRef")) if style is not None else None
    return TextCascade(defaults, () if own is None else (own,), reference)


def body_alignment(shape: etree._Element, cascade: TextCascade) -> str:
    """Where text that is not wrapped stands in its frame, by its first paragraph: left, center or right."""
    body = child(shape, "txBody")
    properties = body.find(f"{qn('a:p')}/{qn('a:pPr')}") if body is not None else None
    merged = merge_paragraph(cascade.paragraph_sources(read_level(properties), properties))
    return _ALIGNMENTS.get(merged.attributes.get("algn", "l"), "left")


def write_body(
    writer: XmlWriter, shape: etree._Element, cascade: TextCascade, context: DrawingContext
) -> None:
    """Write the paragraphs of a shape's body; nothing where it has none."""
    body = child(shape, "txBody")
    if body is not None:
        TextWriter(writer, cascade, context).write(body)
