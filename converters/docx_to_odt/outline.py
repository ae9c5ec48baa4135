"""Numbered headings as ODF's outline (ECMA-376 Part 1, 17.9.23; ODF 1.3 Part 3, 16.34).

WordprocessingML numbers headings as it numbers any paragraph: the style names a numbering. ODF has an outline of its
own for them, which numbers, cross references and tables of contents rely on. A numbering becomes the outline where
headings alone use it: one list would fall apart into two otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from converters.docx_to_odt.numbering import Instance, Numbering
from converters.docx_to_odt.styles import Resolved, Styles
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import first_child
from converters.units import read_int

_VAL = qn("w:val")
_PPR, _STYLE = qn("w:pPr"), qn("w:pStyle")
_NUMBERING, _NUM_ID, _LEVEL = qn("w:numPr"), qn("w:numId"), qn("w:ilvl")


@dataclass(frozen=True, slots=True)
class Outline:
    """The numbering of the headings and the style ids that follow it, with their levels from 0."""

    instance: Instance | None = None
    levels: Mapping[str, int] = field(default_factory=dict)

    def numbers(self, style_id: str, instance: Instance | None, level: int) -> bool:
        """Whether a paragraph of a style, numbered so, takes its number from the outline."""
        return (
            instance is not None
            and self.instance is not None
            and instance.id == self.instance.id
            and self.levels.get(style_id) == level
        )


def resolve_outline(styles: Styles, numbering: Numbering, root: etree._Element) -> Outline:
    """The outline of a document: that of its built-in headings, the highest one first; empty where lists share it."""
    headings = sorted(_numbered_headings(styles, numbering), key=lambda found: found[1])
    if not headings:
        return Outline()
    instance = numbering.instance(headings[0][0].num_id)
    levels = {style.id: level for style, level in headings if style.num_id == headings[0][0].num_id}
    if instance is None or any(
        index in levels.values() and level.num_format == "bullet" for index, level in instance.levels.items()
    ):
        return Outline()
    outline = Outline(instance, levels)
    return Outline() if _is_shared(outline, styles, numbering, root) else outline


def _numbered_headings(styles: Styles, numbering: Numbering) -> Iterator[tuple[Resolved, int]]:
    for _, style in styles.all("paragraph"):
        level = style.outline_level
        if level is None or style.display_name != f"Heading {level + 1}":
            continue
        if numbering.instance(style.num_id) is not None and style_level(style, numbering) == level:
            yield style, level


def style_level(style: Resolved, numbering: Numbering) -> int:
    """The level of a style's numbering: the one that names the style, else the one the style names."""
    level = numbering.level_for_style(style.num_id, style.id)
    return (style.num_level if level is None else level) or 0


def _is_shared(outline: Outline, styles: Styles, numbering: Numbering, root: etree._Element) -> bool:
    """Whether a paragraph that is no heading counts on in the numbering of the headings."""
    shared = outline.instance.abstract_id if outline.instance is not None else None
    for paragraph in root.iter(qn("w:p")):
        properties = first_child(paragraph, _PPR)
        named = number = level = None
        if properties is not None:
            named, numbered = first_child(properties, _STYLE), first_child(properties, _NUMBERING)
            if numbered is not None:
                number, level = first_child(numbered, _NUM_ID), first_child(numbered, _LEVEL)
        style = styles.paragraph(named.get(_VAL) if named is not None else None)
        instance = numbering.instance(read_int(number.get(_VAL)) if number is not None else style.num_id)
        if instance is None or instance.abstract_id != shared:
            continue
        stated = read_int(level.get(_VAL)) if level is not None else None
        if stated is None:
            stated = 0 if number is not None else style_level(style, numbering)
        if not outline.numbers(style.id, instance, stated):
            return True
    return False
