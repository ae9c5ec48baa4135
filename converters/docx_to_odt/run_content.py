"""The content of a run (ECMA-376 Part 1, EG_RunInnerContent, 17.3.3)."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from converters.docx_to_odt.changes import end_format_change, start_format_change
from converters.docx_to_odt.comments import write_comment_reference
from converters.docx_to_odt.drawings import write_drawing
from converters.docx_to_odt.fields import field_character, field_swallows, instruction_text
from converters.docx_to_odt.inline import Inline, run_properties
from converters.docx_to_odt.notes import write_note
from converters.docx_to_odt.run_properties import RunFormat
from converters.docx_to_odt.symbols import symbol_text
from converters.docx_to_odt.vml import write_object, write_pict
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import ALTERNATE_CONTENT, resolved
from converters.support import Support

_BREAKS = {"page": "page", "column": "column"}
_NO_BREAK_HYPHEN, _SOFT_HYPHEN = "\u2011", "\u00ad"


def write_run(element: etree._Element, inline: Inline) -> None:
    story = inline.story
    content = [(child.tag, child) for child in element]
    properties = None
    for tag, child in content:  # the schema has them first
        if tag == _RUN_PROPERTIES:
            properties = child
            break
    format_ = story.conversion.run_reader.read(properties, story.place)
    marked = None if format_.change is None else start_format_change(format_.change, inline)
    for tag, child in content:
        if child is properties:
            continue
        if tag == _PLAIN_TEXT and not story.fields:  # most of what runs hold
            _text(child, inline, format_)
            continue
        for shown in resolved(child) if tag == ALTERNATE_CONTENT else (child,):
            if not (story.fields and field_swallows(shown, inline, format_)):
                SUPPORT.dispatch(shown, story.log, story.place, inline, format_)
    if marked is not None:
        end_format_change(marked, inline)


def link_style_name(run: etree._Element, inline: Inline) -> str | None:
    """The character style that a link wears as its first run does: LibreOffice takes named styles only."""
    if inline.story.in_index:
        return None
    named = inline.story.conversion.styles.character(run_properties(run, inline).style_id)
    return named.name if named is not None else None


# -- handlers: (element, inline, format) -------------------------------------------------------------------------


def _text(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    text = element.text or ""
    if element.get(_SPACE) != "preserve":
        text = text.strip(" \t\r\n")
    if not text.isprintable() and _UNUSUAL_CHARACTER.search(text) is not None:
        text = text.replace("\n", " ").replace("\r", "").replace("\t", " ")
        if _SYMBOL_CHARACTER.search(text):
            typeface = format_.symbol_typeface or inline.style.symbol_typeface
            text = symbol_text(typeface, text) or text
    inline.text(text, format_)


def _fixed(text: str) -> Callable[..., None]:
    def write(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
        inline.text(text, format_)

    return write


def _break(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    kind = _BREAKS.get(element.get(qn("w:type"), ""))
    if kind is None:
        inline.text("\n", format_)
    elif inline.story.table_depth:
        inline.story.log.report("BREAK_IN_TABLE_DROPPED", inline.place)
    elif kind == "column" and not inline.story.has_columns:
        inline.break_before("page")  # the next column of a page without columns (17.18.4)
    else:
        inline.break_before(kind)


def _symbol(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    """``w:sym``: a character of a named font (17.3.3.30)."""
    try:
        char = chr(int(element.get(qn("w:char"), ""), 16))
    except (ValueError, OverflowError):
        inline.story.log.report("SYMBOL_DROPPED", inline.place, char=element.get(qn("w:char"), ""))
        return
    typeface = element.get(qn("w:font"), "")
    mapped = symbol_text(typeface, char)
    if mapped is None:
        inline.text(char, inline.with_typeface(format_, typeface))
    else:
        inline.text(mapped, format_)


def _position_tab(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    """``w:ptab``: a tab to a place of the line, which the paragraph's tab stops stand for (17.3.3.23)."""
    inline.text("\t", format_)


def _date(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    inline.element(format_, "text:date", {})


def _ruby(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    """``w:ruby``: base text with a reading above it (17.3.3.25)."""

    def text(tag: str) -> str:
        found = element.find(qn(tag))
        return "".join(found.itertext(qn("w:t"))) if found is not None else ""

    inline.leave_span()
    with inline.writer.element("text:ruby"):
        with inline.writer.element("text:ruby-base"):
            inline.text(text("w:rubyBase"), format_)
            inline.leave_span()
        inline.writer.text_element("text:ruby-text", text("w:rt"))


_SPACE = qn("xml:space")
_RUN_PROPERTIES, _PLAIN_TEXT = qn("w:rPr"), qn("w:t")
_SYMBOL_CHARACTER = re.compile("[\uf000-\uf0ff]")
_UNUSUAL_CHARACTER = re.compile("[\n\r\t\uf000-\uf0ff]")

SUPPORT = Support(
    "run content",
    {
        "w:t": _text,
        "w:delText": _text,
        "w:tab": _fixed("\t"),
        "w:cr": _fixed("\n"),
        "w:br": _break,
        "w:noBreakHyphen": _fixed(_NO_BREAK_HYPHEN),
        "w:softHyphen": _fixed(_SOFT_HYPHEN),
        "w:sym": _symbol,
        "w:ptab": _position_tab,
        "w:dayLong": _date,
        "w:dayShort": _date,
        "w:monthLong": _date,
        "w:monthShort": _date,
        "w:yearLong": _date,
        "w:yearShort": _date,
        "w:pgNum": lambda element, inline, format_: inline.element(
            format_, "text:page-number", {"text:select-page": "current"}
        ),
        "w:fldChar": field_character,
        "w:instrText": instruction_text,
        "w:footnoteReference": write_note,
        "w:endnoteReference": write_note,
        "w:commentReference": write_comment_reference,
        "w:drawing": write_drawing,
        "w:pict": write_pict,
        "w:object": write_object,
        "w:ruby": _ruby,
    },
    ignored={
        "w:rPr": "read with the run",
        "w:lastRenderedPageBreak": "where a page ended when Word last laid the document out",
        "w:footnoteRef": "ODF writes a note's number itself",
        "w:endnoteRef": "ODF writes a note's number itself",
        "w:annotationRef": "LibreOffice shows no mark inside a comment",
        "w:separator": "ODF draws the line above the notes itself",
        "w:continuationSeparator": "ODF draws the line above the notes itself",
        "w:delInstrText": "the instruction of a deleted field, whose shown text is kept as deleted",
        "w:rubyPr": "read with the ruby text",
        "w:rubyBase": "read with the ruby text",
        "w:rt": "read with the ruby text",
    },
    unsupported={
        "w:contentPart": "INK_DROPPED",
    },
)
