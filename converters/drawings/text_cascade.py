"""Where the formatting of DrawingML text comes from: list styles laid over each other, then paragraph and run.

Source: ECMA-376 Part 1, 21.1.2.4 (list styles), 21.1.2.2.7 (pPr), 21.1.2.3.9 (rPr). The lowest source comes first.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from converters.ooxml.colors import COLOR_TAGS
from converters.ooxml.namespaces import qn
from converters.units import read_int

MAX_LEVEL = 8


@dataclass(frozen=True, slots=True)
class TextCascade:
    """``base`` and ``own`` are list styles (``a:lstStyle`` and its kin), ``font_reference`` the shape's ``a:fontRef``.

    The font reference stands between what the document says for all text and what the shape's own list styles say.
    """

    base: tuple[etree._Element, ...] = ()
    own: tuple[etree._Element, ...] = ()
    font_reference: etree._Element | None = None

    def paragraph_sources(self, level: int, properties: etree._Element | None) -> list[etree._Element]:
        """The paragraph properties for a level (0 to 8), lowest first, with the paragraph's own ``a:pPr`` last."""
        sources = [found for style in (*self.base, *self.own) if (found := _level(style, level)) is not None]
        return [*sources, properties] if properties is not None else sources

    def run_sources(self, level: int, properties: etree._Element | None) -> list[etree._Element]:
        """The run properties for a level, lowest first, with the run's own ``a:rPr`` last."""
        sources = _defaults(self.base, level)
        if self.font_reference is not None:
            sources.append(_as_run_properties(self.font_reference))
        sources += _defaults(self.own, level)
        return [*sources, properties] if properties is not None else sources


def read_level(properties: etree._Element | None) -> int:
    """The level (0 to 8) that ``a:pPr`` names."""
    level = read_int(properties.get("lvl"), 0) if properties is not None else 0
    return min(MAX_LEVEL, max(0, level or 0))


def _level(style: etree._Element, level: int) -> etree._Element | None:
    return style.find(qn(f"a:lvl{level + 1}pPr"))


def _defaults(styles: Sequence[etree._Element], level: int) -> list[etree._Element]:
    found = []
    for style in styles:
        for properties in (style.find(qn("a:defPPr")), _level(style, level)):
            default = properties.find(qn("a:defRPr")) if properties is not None else None
            if default is not None:
                found.append(default)
    return found


def _as_run_properties(reference: etree._Element) -> etree._Element:
    """Run properties that say what ``a:fontRef`` says (20.1.4.1.17)."""
    properties = etree.Element(qn("a:rPr"))
    colors = [child for child in reference if child.tag in COLOR_TAGS]
    if colors:
        etree.SubElement(properties, qn("a:solidFill")).append(copy.deepcopy(colors[0]))
    fonts = {"major": "+mj-", "minor": "+mn-"}.get(reference.get("idx", ""))
    if fonts:
        for tag, suffix in (("a:latin", "lt"), ("a:ea", "ea"), ("a:cs", "cs")):
            etree.SubElement(properties, qn(tag)).set("typeface", fonts + suffix)
    return properties
