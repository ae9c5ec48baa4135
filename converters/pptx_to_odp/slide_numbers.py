"""Slide numbers that the master page shows.

A slide repeats the layout's placeholder of its number (ECMA-376 Part 1, 19.7.10, ``sldNum``). Where it changes nothing
there, ODF says the same with presentation:display-page-number (ODF 1.3 Part 3, 19.392), and a person can switch it on
and off for all slides.
"""

from __future__ import annotations

from lxml import etree

from converters.drawings.context import child
from converters.drawings.transforms import read_transform
from converters.ooxml.namespaces import qn
from converters.pptx_to_odp.placeholders import inherited_shapes, placeholder_shapes
from converters.pptx_to_odp.presentation import Layer

# attributes of run properties that say nothing about how the run looks
_SILENT = frozenset(("lang", "altLang", "dirty", "err", "smtClean", "noProof", "bmk"))
_FIELD, _RUN_PROPERTIES, _END = qn("a:fld"), qn("a:rPr"), qn("a:endParaRPr")


def plain_slide_number(slide: Layer) -> etree._Element | None:
    """The placeholder of a slide that shows its number where and as its layout does; None where there is none."""
    layout = slide.base
    if layout is None or not any(
        placeholder.type == "sldNum" and _stands(shape, layout)
        for placeholder, shape in placeholder_shapes(layout)
    ):
        return None
    found = [shape for placeholder, shape in placeholder_shapes(slide) if placeholder.type == "sldNum"]
    if len(found) != 1 or not _is_plain(found[0]) or _is_timed(found[0], slide):
        return None
    return found[0]


def _stands(shape: etree._Element, layout: Layer) -> bool:
    """Whether a placeholder of a layout has a place, of its own or of the master's."""
    properties = (child(one, "spPr") for one in (shape, *inherited_shapes(shape, layout)))
    return any(read_transform(one.find(qn("a:xfrm"))) is not None for one in properties if one is not None)


def _is_plain(shape: etree._Element) -> bool:
    properties, body = child(shape, "spPr"), child(shape, "txBody")
    if body is None or child(shape, "style") is not None or (properties is not None and len(properties)):
        return False
    frame, styles = body.find(qn("a:bodyPr")), body.find(qn("a:lstStyle"))
    if frame is not None and (len(frame) or frame.attrib):
        return False
    paragraphs = body.findall(qn("a:p"))
    return (styles is None or not len(styles)) and len(paragraphs) == 1 and _is_number(paragraphs[0])


def _is_number(paragraph: etree._Element) -> bool:
    content = [one for one in paragraph if one.tag != _END]
    if len(content) != 1 or content[0].tag != _FIELD or content[0].get("type") != "slidenum":
        return False
    said = content[0].find(_RUN_PROPERTIES)
    return said is None or (not len(said) and _SILENT.issuperset(said.attrib))


def _is_timed(shape: etree._Element, slide: Layer) -> bool:
    """Whether an animation is about the shape."""
    name = next((one.get("id") for one in shape.iter(qn("p:cNvPr"))), None)
    return any(target.get("spid") == name for target in slide.root.iter(qn("p:spTgt")))
