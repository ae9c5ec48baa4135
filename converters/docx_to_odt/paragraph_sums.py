"""What holds for a paragraph: the sum of its style, its own formatting, its numbering and the table around it.

Source: ECMA-376 Part 1, 17.3.1, 17.7.2. Most paragraphs of a document say what many others say: the sum is made once
for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.numbering import Instance
from converters.docx_to_odt.outline import style_level
from converters.docx_to_odt.paragraph_properties import (
    EMPTY_PARAGRAPH_FORMAT,
    ParagraphFormat,
    with_whole_spacing,
)
from converters.docx_to_odt.run_properties import RunFormat, with_raised_position
from converters.docx_to_odt.styles import Resolved
from converters.odf.properties import AnyProperties, ParagraphProperties, TextProperties, difference, lay_over
from converters.ooxml.namespaces import qn
from converters.units import read_int

_P, _PPR, _VAL = qn("w:p"), qn("w:pPr"), qn("w:val")
_STYLE, _NUM_ID = qn("w:pStyle"), f"{qn('w:numPr')}/{qn('w:numId')}"
UNCHOSEN_SIZE, DEFAULT_SIZE = "12pt", "10pt"
_MARK_HEIGHT = tuple(
    f"font_{what}{script}" for what in ("name", "size") for script in ("", "_asian", "_complex")
)
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


@dataclass(slots=True)
class ParagraphSum:
    """What holds for all paragraphs of one format in one kind of cell, or in none.

    ``base`` is what runs start from, ``text`` what the automatic style says of text, ``direct`` what it says of the
    paragraph, but for automatic spacing, which depends on the neighbours. ``resolved`` is all that holds.
    """

    format: ParagraphFormat  # kept so that its identity stays its own
    style: Resolved
    numbered: Numbered
    base: TextProperties
    text: TextProperties
    direct: ParagraphProperties
    resolved: ParagraphProperties
    auto_before: bool
    auto_after: bool
    mark_texts: dict[int, TextProperties] = field(default_factory=dict)  # identity of a mark's format -> text
    names: dict[tuple[int, int], str] = field(
        default_factory=dict
    )  # identities of styles and text -> style name


def sum_paragraph(story: Story, format_: ParagraphFormat) -> ParagraphSum:
    """The sum for a paragraph of the story that says ``format_``."""
    sums = story.conversion.paragraph_sums
    key = (id(format_), story.table_format)
    found = sums.get(key)
    if found is None:
        found = sums[key] = _sum_paragraph(story, format_)
    return found


def _sum_paragraph(story: Story, format_: ParagraphFormat) -> ParagraphSum:
    styles = story.conversion.styles
    style = styles.paragraph(format_.style_id)
    numbered = _resolve_numbering(story, format_, style)
    text = NO_TEXT_PROPERTIES
    if story.table_format is not None:
        text = _unset(story.table_format.text, style.text)
    if (size := _size_in_table(story, style)) is not None:
        text = replace(text, font_size=size)
    base = lay_over(lay_over(styles.default_run.text, style.text), text)
    changed = styles.with_paragraph_format(style, format_)
    direct, resolved = _resolve_direct(story, format_, style, changed, numbered)
    before, after = changed.auto_before, changed.auto_after
    if not (before or after):
        direct = with_whole_spacing(direct, resolved)
    text = lay_over(text, styles.hyphenation(format_))
    return ParagraphSum(format_, style, numbered, base, text, direct, resolved, before, after)


def direct_formatting(story: Story, element: etree._Element, sum_: ParagraphSum) -> ParagraphProperties:
    """What the automatic style of one paragraph must say of it."""
    if not (sum_.auto_before or sum_.auto_after):
        return sum_.direct
    return with_whole_spacing(
        lay_over(sum_.direct, _without_auto_spacing(story, element, sum_)), sum_.resolved
    )


def text_with_mark(story: Story, sum_: ParagraphSum, mark: RunFormat) -> TextProperties:
    """What the automatic style says of text where the paragraph shows nothing: its mark gives the line its height."""
    found = sum_.mark_texts.get(id(mark))
    if found is None:
        found = sum_.mark_texts[id(mark)] = lay_over(sum_.text, _mark_text(story, mark, sum_.base))
    return found


def text_of_silent_mark(sum_: ParagraphSum) -> TextProperties:
    """What gives the mark of a paragraph its height where it says nothing itself.

    LibreOffice takes the height of a line of blanks from the mark, and takes what formats all the text of a paragraph
    for the formatting of a mark that says nothing.
    """
    base = sum_.base.said
    height = {name: base[name] for name in _MARK_HEIGHT if name in base}
    return TextProperties(**{"font_size": DEFAULT_SIZE, **height})


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


def _resolve_numbering(story: Story, format_: ParagraphFormat, style: Resolved) -> Numbered:
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


def _resolve_direct(
    story: Story, format_: ParagraphFormat, style: Resolved, changed: Resolved, numbered: Numbered
) -> tuple[ParagraphProperties, ParagraphProperties]:
    """What the automatic style must say: the paragraph's own formatting beyond its style, and the table's; and all
    that holds with the style's."""
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
            list_first = (
                numbered.direct and not kept
            )  # one indent of the paragraph lies over the style's other
            for name in _INDENTS:
                by_list, by_style = getattr(listed, name), getattr(style.paragraph, name)
                kept.setdefault(name, (by_list or by_style) if list_first else (by_style or by_list))
    if kept:
        direct = lay_over(direct, ParagraphProperties(**kept))
    if story.table_format is not None:
        direct = lay_over(_unset(story.table_format.paragraph, style.paragraph), direct)
    return direct, lay_over(inherited, own)


def _without_auto_spacing(story: Story, element: etree._Element, sum_: ParagraphSum) -> ParagraphProperties:
    """Automatic spacing is nothing at the top of a flow, at the bottom of a cell and between list items, as in HTML
    (17.3.1.33)."""
    margins: dict[str, Any] = {}
    in_list = sum_.numbered.instance is not None
    if sum_.auto_before and (story.at_start or (in_list and _is_numbered(element.getprevious(), story))):
        margins["margin_top"] = "0pt"
    at_bottom = story.at_end and story.table_depth
    if sum_.auto_after and (at_bottom or (in_list and _is_numbered(element.getnext(), story))):
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


def _mark_text(story: Story, mark: RunFormat, base: TextProperties) -> TextProperties:
    """The formatting of the paragraph mark beyond what runs start from."""
    named = story.conversion.styles.character(mark.style_id)
    direct = with_raised_position(mark, base)
    text = lay_over(named.text, direct) if named is not None else direct
    beyond = difference(text, base)
    return replace(beyond, display=None) if beyond.display is not None else beyond
