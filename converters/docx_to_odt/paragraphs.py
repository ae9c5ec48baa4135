"""Paragraphs and headings: style, direct formatting, numbering, breaks (ECMA-376 Part 1, 17.3.1; ODF 1.3 Part 3, 5.1)."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from converters.docx_to_odt.changes import end_mark_changes, start_mark_changes
from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.drop_caps import write_drop_cap
from converters.docx_to_odt.equations import equation_alignment
from converters.docx_to_odt.inline import Inline, Segment
from converters.docx_to_odt.lists import enter_list_item, leave_list
from converters.docx_to_odt.page_starts import anything_waits, take_line_numbering, take_master_page
from converters.docx_to_odt.paragraph_content import write_paragraph_content
from converters.docx_to_odt.paragraph_properties import with_whole_spacing
from converters.docx_to_odt.paragraph_sums import (
    ParagraphSum,
    direct_formatting,
    sum_paragraph,
    text_of_silent_mark,
    text_with_mark,
)
from converters.odf.properties import ParagraphProperties, TextProperties, lay_over
from converters.odf.stylesheet import Style
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import first_child

_PPR, _RPR = qn("w:pPr"), qn("w:rPr")
OUTLINE_LEVELS = 9
_SPAN = "<text:span "
_SPLITS = "splitPgBreakAndParaMark"
_BLANK_SPAN = re.compile(f"{_SPAN}[^>]*>(?:<text:(?:s|tab)[ /][^>]*>| )+</text:span>")
_NOTHING_ABOVE = ParagraphProperties(margin_top="0pt")
_CONTINUED = ParagraphProperties(margin_top="0pt", text_indent="0pt")
_NO_SPACING = ParagraphProperties(margin_top="0pt", margin_bottom="0pt", contextual_spacing="false")


def write_paragraph(story: Story, element: etree._Element) -> None:
    """Write a ``w:p``: one ODF paragraph, or several where page breaks split it."""
    conversion = story.conversion
    story.paragraphs += 1
    properties = first_child(element, _PPR)
    format_ = conversion.paragraph_reader.read(properties, story.place)
    sum_ = sum_paragraph(story, format_)
    style, numbered = sum_.style, sum_.numbered
    mark_properties = first_child(properties, _RPR) if properties is not None else None
    mark = conversion.run_reader.read(mark_properties, story.place)

    inline = Inline(story, style, sum_.base)
    end_mark_changes(inline)
    drop_cap = write_drop_cap(inline)
    write_paragraph_content(inline, element)
    start_mark_changes(element, mark_properties, inline)
    segments = _joined(inline.finish(), story)

    direct = direct_formatting(story, element, sum_)
    if inline.standing_equations is not None:
        direct = lay_over(direct, equation_alignment(inline.standing_equations, conversion))
    if story.runs_into is not None:
        direct = lay_over(direct, _NO_SPACING)
    if story.pending_break == "page":  # the break is not its own: Word shows no space above it
        direct = with_whole_spacing(lay_over(direct, _NOTHING_ABOVE), sum_.resolved)
    if drop_cap is not None:
        direct = lay_over(direct, ParagraphProperties(drop_cap=drop_cap))
    if numbered.instance is None or numbered.outline:
        leave_list(story)
    else:
        enter_list_item(story, numbered.instance, numbered.level)
    level = format_.outline_level if format_.outline_level is not None else style.outline_level
    heading = level is not None and 0 <= level < OUTLINE_LEVELS
    for number, segment in enumerate(segments):
        if number == 1:  # what stands before a paragraph and its first line stands there alone
            direct = with_whole_spacing(lay_over(direct, _CONTINUED), sum_.resolved)
        text = sum_.text if segment.visible else text_with_mark(story, sum_, mark)
        name = _style_name(story, sum_, direct, text, segment)
        marker = inline.style_name(mark)
        if marker is None and segment.xml.startswith(_SPAN) and shows_blanks_only(segment.xml):
            marker = story.automatic.name_for(Style("text", (text_of_silent_mark(sum_),)))
        if marker is None and not heading and segment.xml:  # as most are; a name needs no escape
            story.writer.raw(f'<text:p text:style-name="{name}">{segment.xml}</text:p>')
            continue
        attributes = {"text:style-name": name, "loext:marker-style-name": marker}
        if heading and level is not None:
            attributes["text:outline-level"] = str(level + 1)
        story.writer.start("text:h" if heading else "text:p", attributes)
        story.writer.raw(segment.xml)
        story.writer.end()


def shows_blanks_only(xml: str) -> bool:
    """Whether the content of a paragraph is one span of spaces and tabs."""
    return _BLANK_SPAN.fullmatch(xml) is not None


def _joined(segments: list[Segment], story: Story) -> list[Segment]:
    """Segments that become paragraphs: one that shows nothing joins its neighbour.

    Nothing before a break: the break moves to the paragraph's front. Nothing after a page break: the mark stays with
    the break, and the next paragraph starts on the new page, unless the settings ask for another line there
    (``w:splitPgBreakAndParaMark``, 17.15.3), which a column break always has.
    """
    if len(segments) == 1:
        return segments
    first, *others = segments
    joined = [first]
    for segment in others[:-1]:
        _append(joined, segment)
    last = others[-1]
    if last.visible or last.break_before == "column" or _SPLITS in story.conversion.settings.compatibility:
        _append(joined, last)
    else:
        joined[-1] = joined[-1]._replace(xml=joined[-1].xml + last.xml)
        story.pending_break_after = last.break_before
    return joined


def _append(joined: list[Segment], segment: Segment) -> None:
    if len(joined) == 1 and not joined[0].visible and joined[0].break_before is None:
        joined[0] = Segment(joined[0].xml + segment.xml, segment.visible, segment.break_before)
    else:
        joined.append(segment)


def _style_name(
    story: Story, sum_: ParagraphSum, direct: ParagraphProperties, text: TextProperties, segment: Segment
) -> str:
    """The style of a paragraph with what waits for it, such as a page break."""
    if (
        direct is not sum_.direct
        or direct.break_before is not None
        or segment.break_before is not None
        or anything_waits(story)
    ):
        return _make_style_name(story, sum_, direct, text, segment)
    key = (id(story.automatic), id(text))  # the sum keeps the text
    name = sum_.names.get(key)
    if name is None:
        name = sum_.names[key] = _make_style_name(story, sum_, direct, text, segment)
    return name


def _make_style_name(
    story: Story, sum_: ParagraphSum, direct: ParagraphProperties, text: TextProperties, segment: Segment
) -> str:
    style, numbered = sum_.style, sum_.numbered
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
