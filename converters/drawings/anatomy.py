"""What all kinds of shapes share: name, alternative text, click (ECMA-376 Part 1, 20.1.2.2.8, cNvPr)."""

from __future__ import annotations

from lxml import etree

from converters.drawings.context import child
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import read_on_off


def non_visual(shape: etree._Element) -> etree._Element | None:
    """The ``cNvPr`` of any kind of shape; in text, the ``wp:docPr`` beside what is anchored (20.4.2.5)."""
    data = shape.getparent()
    if data is not None and data.tag == qn("a:graphicData"):
        found = data.find(f"../../{qn('wp:docPr')}")
        if found is not None:
            return found
    for container in shape:
        if isinstance(container.tag, str) and etree.QName(container).localname.startswith("nv"):
            return child(container, "cNvPr")
    return child(shape, "cNvPr")


def shape_name(shape: etree._Element) -> str | None:
    properties = non_visual(shape)
    return (properties.get("name") or None) if properties is not None else None


def is_hidden(shape: etree._Element) -> bool:
    properties = non_visual(shape)
    return properties is not None and read_on_off(properties.get("hidden"), False)


def click_of(shape: etree._Element) -> etree._Element | None:
    """The link of a shape on a page; around what is anchored in text a link stands by itself."""
    properties = non_visual(shape)
    if properties is None or properties.tag == qn("wp:docPr"):
        return None
    return properties.find(qn("a:hlinkClick"))


def write_description(writer: XmlWriter, shape: etree._Element) -> None:
    """Write ``svg:title`` and ``svg:desc`` from the alternative text."""
    properties = non_visual(shape)
    for tag, name in (("svg:title", "title"), ("svg:desc", "descr")):
        if properties is not None and (text := properties.get(name)):
            writer.text_element(tag, text)
