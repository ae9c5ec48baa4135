"""Paragraphs and headings: style, direct formatting, numbering, breaks (ECMA-376 Part 1, 17.3.1; ODF 1.3 Part 3, 5.1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from converters.docx_to_odt.changes import end_mark_changes, start_mark_changes
from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.drop_caps import write_drop_cap
from converters.docx_to_odt.equations import equation_alignment
from converters.docx_to_odt.inline import Inline, Segment
from converters.docx_to_odt.lists import enter_list_item, leave_list
from converters.docx_to_odt.numbering import Instance
from converters.docx_to_odt.outline import style_level
from converters.docx_to_odt.page_starts import take_line_numbering, take_master_page
from converters.docx_to_odt.paragraph_content import write_paragraph_content
from converters.docx_to_odt.paragraph_properties import (
    EMPTY_PARAGRAPH_FORMAT,
    ParagraphFormat,
    with_whole_spacing,
)
from converters.docx_to_odt.run_properties import RunFormat, with_raised_position
from converters.docx_to_odt.styles import Resolved
from converters.odf.properties import AnyProperties, ParagraphProperties, TextProperties, difference, lay_over
from converters.odf.stylesheet import Style
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import first_child
from converters.units import read_int

_P, _PPR, _RPR, _VAL = qn("w:p"), qn("w:pPr"), qn("w:rPr"), qn("w:val")
_STYLE, _NUM_ID = qn("w:pStyle"), f"{qn('w:numPr')}/{qn('w:numId')}"
OUTLINE_LEVELS = 9
UNCHOSEN_SIZE, DEFAULT_SIZE = "12pt", "10pt"
_NO_SPACING = ParagraphProperties(margin_top="0pt", margin_bottom="0pt", contextual_spacing="false")
NO_TEXT_PROPERTIES, NO_PARAGRAPH_PROPERTIES = TextProperties(), ParagraphProperties()
# attributes that must be written even where the style says the same: a list's indents stand between them
_INDENTS = ("margin_left", "text_indent")


@dataclass(frozen=True, slots=True)
class Numbered:
    """The numbering of a paragraph: ``direct`` where the paragraph itself names it, ``outline`` where the outline of
    the headings does it."""

    instance: Instance | None
    level: int
    direct: bool
    outline: bool = False


def write_paragraph(story: Story, element: etree._Element) -> None:
    """Write a ``w:p``: one ODF paragraph, or several where page breaks split it."""
    conversion = story.conversion
    story.paragraphs += 1
    properties = first_child(element, _PPR)
    format_ = conversion.paragraph_reader.read(properties, story.place)
    style = conversion.styles.paragraph(format_.style_id)
    mark_properties = first_child(properties, _RPR) if properties is not None else None
    mark = conversion.run_reader.read(mark_properties, story.place)
    numbered = resolve_numbering(story, format_, style)

    table_text = NO_TEXT_PROPERTIES
    if story.table_format is not None:
        table_text = _unset(story.table_format.text, style.text)
    if (size := _size_in_table(story, style)) is not None:
        table_text = replace(table_text, font_size=size)
    base = lay_over(lay_over(conversion.styles.default_run.text, style.text), table_text)
    inline = Inline(story, style, base)
    end_mark_changes(inline)
    drop_cap = write_drop_cap(inline)
    write_paragraph_content(inline, element)
    start_mark_changes(element, mark_properties, inline)
    segments = _joined(inline.finish(), story)

    direct = lay_over(
        resolve_direct(story, element, format_, style, numbered), equation_alignment(element, conversion)
    )
    if story.inline_heading:
        direct = lay_over(direct, _NO_SPACING)
    if drop_cap is not None:
        direct = lay_over(direct, ParagraphProperties(drop_cap=drop_cap))
    table_text = lay_over(table_text, conversion.styles.hyphenation(format_))
    if numbered.instance is None or numbered.outline:
        leave_list(story)
    else:
        enter_list_item(story, numbered.instance, numbered.level)
    level = format_.outline_level if format_.outline_level is not None else style.outline_level
    heading = level is not None and 0 <= level < OUTLINE_LEVELS
    for segment in segments:
        text = table_text
        if not segment.visible:
            text = lay_over(text, _mark_text(mark, inline))
        name = _style_name(story, style, direct, text, numbered, segment)
        attributes = {"text:style-name": name, "loext:marker-style-name": inline.style_name(mark)}
        if heading and level is not None:
            attributes["text:outline-level"] = str(level + 1)
        story.writer.start("text:h" if heading else "text:p", attributes)
        story.writer.raw(segment.xml)
        story.writer.end()


def _size_in_table(story: Story, style: Resolved) -> str | None:
    """The font size in a table instead of 12 points that come from the default paragraph style.

    Unless ``overrideTableStyleFontSizeAndJustification`` is set, Word takes these 12 points for no choice where
    the table has a style: its size holds, then the document defaults' ([MS-DOCX], compatSetting).
    """
    styles = story.conversion.styles
    if story.table_format is None or story.conversion.settings.own_size_in_tables:
        return None
    if not style.text.font_size == styles.paragraph(None).text.font_size == UNCHOSEN_SIZE:
        return None
    return story.table_format.text.font_size or styles.default_run.text.font_size or DEFAULT_SIZE


def _joined(segments: list[Segment], story: Story) -> list[Segment]:
    """Segments that become paragraphs: one that shows nothing joins its neighbour.

    Nothing before a break: the break moves to the paragraph's front. Nothing after it: the mark stays with the
    break, and the next paragraph starts on the new page.
    """
    if len(segments) == 1:
        return segments
    first, *others = segments
    joined = [first]
    for segment in others[:-1]:
        _append(joined, segment)
    last = others[-1]
    if last.visible:
        _append(joined, last)
    else:
        joined[-1] = replace(joined[-1], xml=joined[-1].xml + last.xml)
        story.pending_break_after = last.break_before
    return joined


def _append(joined: list[Segment], segment: Segment) -> None:
    if len(joined) == 1 and not joined[0].visible and joined[0].break_before is None:
        joined[0] = Segment(joined[0].xml + segment.xml, segment.visible, segment.break_before)
    else:
        joined.append(segment)


def resolve_numbering(story: Story, format_: ParagraphFormat, style: Resolved) -> Numbered:
    """The numbering that holds for a paragraph: its own, else its style's (17.3.1.19)."""
    numbering, outline = story.conversion.numbering, story.conversion.outline
    direct = format_.num_id is not None
    instance = numbering.instance(format_.num_id if direct else style.num_id)
    level = format_.num_level
    if level is None:
        level = 0 if direct else style_level(style, numbering)
    if outline.numbers(style.id, instance, level):
        return Numbered(instance, level, False, True)
    return Numbered(instance, level, direct)


def resolve_direct(
    story: Story, element: etree._Element, format_: ParagraphFormat, style: Resolved, numbered: Numbered
) -> ParagraphProperties:
    """What the automatic style must say: the paragraph's own formatting beyond its style, and the table's."""
    changed = story.conversion.styles.with_paragraph_format(style, format_)
    own = changed.own_paragraph if format_ != EMPTY_PARAGRAPH_FORMAT else NO_PARAGRAPH_PROPERTIES
    inherited = lay_over(story.conversion.styles.default_paragraph.paragraph, style.paragraph)
    direct = difference(own, inherited)
    styled = story.conversion.numbering.instance(style.num_id)
    kept = {name: getattr(own, name) for name in _INDENTS if getattr(own, name) is not None}
    if numbered.direct and numbered.instance is None and styled is not None:
        kept = dict.fromkeys(_INDENTS, "0pt") | kept  # with the numbering go the indents that its style gives
    level = numbered.instance.levels.get(numbered.level) if numbered.instance is not None else None
    if level is not None:
        listed = level.paragraph.paragraph
        # a level without an indent leaves the style's; for LibreOffice it has none
        unsaid = numbered.direct and any(
            getattr(listed, name) is None and getattr(style.paragraph, name) is not None for name in _INDENTS
        )
        # any indent of a paragraph keeps LibreOffice from taking those of the list: what they give is written, too
        if kept or own.margin_right is not None or unsaid:
            for name in _INDENTS:
                by_list, by_style = getattr(listed, name), getattr(style.paragraph, name)
                kept.setdefault(name, (by_list or by_style) if numbered.direct else (by_style or by_list))
    if kept:
        direct = lay_over(direct, ParagraphProperties(**kept))
    if story.table_format is not None:
        direct = lay_over(_unset(story.table_format.paragraph, style.paragraph), direct)
    direct = lay_over(direct, _without_auto_spacing(story, element, changed, numbered))
    return with_whole_spacing(direct, lay_over(inherited, own))


def _without_auto_spacing(
    story: Story, element: etree._Element, style: Resolved, numbered: Numbered
) -> ParagraphProperties:
    """Automatic spacing is nothing at the top of a flow, at the bottom of a cell and between list items, as in HTML
    (17.3.1.33)."""
    margins: dict[str, Any] = {}
    in_list = numbered.instance is not None
    if style.auto_before and (story.at_start or (in_list and _is_numbered(element.getprevious(), story))):
        margins["margin_top"] = "0pt"
    at_bottom = story.at_end and story.table_depth
    if style.auto_after and (at_bottom or (in_list and _is_numbered(element.getnext(), story))):
        margins["margin_bottom"] = "0pt"
    return ParagraphProperties(**margins)


def _is_numbered(element: etree._Element | None, story: Story) -> bool:
    """Whether a neighbour is a paragraph with numbering, of its own or its style's."""
    if element is None or element.tag != _P:
        return False
    properties = element.find(_PPR)
    number, style = (
        (properties.find(path) if properties is not None else None) for path in (_NUM_ID, _STYLE)
    )
    if number is not None:
        num_id = read_int(number.get(_VAL))
    else:
        num_id = story.conversion.styles.paragraph(style.get(_VAL) if style is not None else None).num_id
    return story.conversion.numbering.instance(num_id) is not None


def _unset(record: AnyProperties, style: AnyProperties) -> AnyProperties:
    """What a table style says where the paragraph's style says nothing."""
    names = record.said.keys() & style.said.keys()
    return replace(record, **dict.fromkeys(names)) if names else record  # type: ignore[type-var]


def _mark_text(mark: RunFormat, inline: Inline) -> TextProperties:
    """The formatting of the paragraph mark for a paragraph that shows nothing else: it gives the line its height."""
    named = inline.story.conversion.styles.character(mark.style_id)
    direct = with_raised_position(mark, inline.base)
    text = lay_over(named.text, direct) if named is not None else direct
    beyond = difference(text, inline.base)
    return replace(beyond, display=None) if beyond.display is not None else beyond


def _style_name(
    story: Story,
    style: Resolved,
    direct: ParagraphProperties,
    text: TextProperties,
    numbered: Numbered,
    segment: Segment,
) -> str:
    list_style = None
    if numbered.direct:
        names = story.conversion.numbering
        list_style = names.style_name(numbered.instance.id) if numbered.instance is not None else ""
        if list_style == "" and style.num_id is None:
            list_style = None
    break_before = segment.break_before or story.pending_break
    if break_before is not None:
        direct = replace(direct, break_before=break_before)
    story.pending_break = story.pending_break_after
    story.pending_break_after = None
    if story.pending_page_number is not None:
        direct = replace(direct, page_number=story.pending_page_number)
    if numbering := take_line_numbering(story):
        direct = replace(direct, **numbering)
    master = take_master_page(story, break_before or direct.break_before)
    if master is not None:
        direct = replace(direct, break_before=None)
    return story.automatic.name_for(
        Style("paragraph", (direct, text), style.name, master_page=master, list_style=list_style)
    )
