"""Numbered headings as ODF's outline (ECMA-376 Part 1, 17.9.23; ODF 1.3 Part 3, 16.34).

WordprocessingML numbers headings as it numbers any paragraph: the style names a numbering. ODF has an outline of its
own for them, which numbers, cross references and tables of contents rely on. A numbering becomes the outline where
headings alone use it: one list would fall apart into two otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from lxml import etree

from converters.docx_to_odt.numbering import Instance, Numbering
from converters.docx_to_odt.styles import Resolved, Styles
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import child_value, first_child
from converters.units import read_int

_PARAGRAPH, _PPR, _STYLE = qn("w:p"), qn("w:pPr"), qn("w:pStyle")
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

    def counts_on(style: Resolved, instance: Instance | None, level: int) -> bool:
        return (
            instance is not None
            and instance.abstract_id == shared
            and not outline.numbers(style.id, instance, level)
        )

    for numbered in root.iter(_NUMBERING):
        properties = numbered.getparent()
        paragraph = properties.getparent() if properties is not None else None
        if properties is None or paragraph is None or paragraph.tag != _PARAGRAPH:
            continue  # what a tracked change says was before
        style = styles.paragraph(child_value(properties, _STYLE))
        number, level = child_value(numbered, _NUM_ID), read_int(child_value(numbered, _LEVEL))
        if number is None:
            instance, stated = numbering.instance(style.num_id), style_level(style, numbering)
        else:
            instance, stated = numbering.instance(read_int(number)), 0
        if counts_on(style, instance, stated if level is None else level):
            return True
    others = {
        source.id
        for source, style in styles.all("paragraph")
        if counts_on(style, numbering.instance(style.num_id), style_level(style, numbering))
    }
    return bool(others) and any(
        _leaves_number_to(paragraph, others, styles) for paragraph in root.iter(_PARAGRAPH)
    )


def _leaves_number_to(paragraph: etree._Element, style_ids: Set[str], styles: Styles) -> bool:
    """Whether a paragraph has one of these styles, and no number of its own."""
    properties = first_child(paragraph, _PPR)
    if properties is None:
        return styles.paragraph(None).id in style_ids
    return (
        first_child(properties, _NUMBERING) is None
        and styles.paragraph(child_value(properties, _STYLE)).id in style_ids
    )
