"""Numbered headings in the outline, and headings that run on in the text behind them."""

from __future__ import annotations

from lxml import etree

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import STYLES, body_of, converted, paragraph, style_of, text_of

CHAPTERS = (
    '<w:abstractNum w:abstractNumId="1">'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="432" w:hanging="432"/></w:pPr></w:lvl>'
        for level, style, text in ((0, "Titre1", "Chapter %1"), (1, "Titre2", "%1.%2"))
    )
    + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
)
HEADINGS = STYLES.replace('<w:outlineLvl w:val="0"/>', '<w:numPr><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="0"/>') + (
    '<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr>'
    '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
)  # fmt: skip
ONE, TWO = '<w:pStyle w:val="Titre1"/>', '<w:pStyle w:val="Titre2"/>'


def numbered(body: str) -> etree._Element:
    return converted(body, parts={"styles": HEADINGS, "numbering": CHAPTERS})


def outline_level(root: etree._Element, level: int) -> etree._Element:
    (found,) = (
        element
        for element in root.iter(qn("text:outline-level-style"))
        if element.get(qn("text:level")) == str(level)
    )
    return found


def test_numbered_headings_take_their_numbers_from_the_outline() -> None:
    root = numbered(paragraph("a", ONE) + paragraph("b", TWO))
    assert [etree.QName(found).localname for found in body_of(root)] == ["h", "h"]
    assert outline_level(root, 1).get(qn("style:num-prefix")) == "Chapter "
    assert outline_level(root, 2).get(qn("text:display-levels")) == "2"
    assert outline_level(root, 3).get(qn("style:num-format")) == ""


def test_headings_stay_in_a_list_that_other_paragraphs_count_on_in() -> None:
    shared = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>'
    root = numbered(paragraph("a", ONE) + paragraph("text", shared))
    assert outline_level(root, 1).get(qn("style:num-format")) == ""
    assert [etree.QName(found).localname for found in body_of(root)] == ["list"]


def test_a_heading_without_the_number_of_its_style_is_not_numbered() -> None:
    root = numbered(paragraph("a", f'{ONE}<w:numPr><w:numId w:val="0"/></w:numPr>'))
    (heading,) = body_of(root)
    name = heading.get(qn("text:style-name"))
    (style,) = (found for found in root.iter(qn("style:style")) if found.get(qn("style:name")) == name)
    assert style.get(qn("style:list-style-name")) == ""


def test_a_heading_before_a_style_separator_stands_in_the_line_of_the_text() -> None:
    separator = f"{ONE}<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    root = converted(paragraph("Scope", separator) + paragraph(". These rules hold"))
    (text,) = body_of(root)
    (heading,) = text.iter(qn("text:h"))
    (frame,) = text.iter(qn("draw:frame"))
    assert text[0] is frame
    assert (text_of(heading), text_of(text)) == ("Scope", "Scope. These rules hold")
    assert frame.get(qn("text:anchor-type")) == "as-char"
    assert style_of(root, heading)["margin-top"] == "0pt"


def test_a_bookmark_that_ends_behind_a_style_separator_starts_before_its_frame() -> None:
    heading = (
        f'<w:p><w:pPr>{ONE}<w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr><w:bookmarkStart w:id="1" w:name="whole"/>'
        '<w:bookmarkStart w:id="2" w:name="part"/><w:r><w:t>Scope</w:t></w:r><w:bookmarkEnd w:id="2"/></w:p>'
    )
    after = '<w:p><w:r><w:t>.</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    (text,) = body_of(converted(heading + after))
    found = [
        (mark.get(qn("text:name")), mark.getparent().tag) for mark in text.iter(qn("text:bookmark-start"))
    ]
    assert found == [("whole", qn("text:p")), ("part", qn("text:h"))]
    assert text[0].tag == qn("text:bookmark-start")


def test_a_hidden_paragraph_mark_alone_separates_no_styles() -> None:
    root = converted(paragraph("a", "<w:rPr><w:vanish/></w:rPr>") + paragraph("b"))
    assert [text_of(found) for found in body_of(root)] == ["a", "b"]


CLAUSE = (
    '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
    '<w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
)


def test_headings_stay_in_a_list_that_a_style_of_other_paragraphs_counts_on_in() -> None:
    parts = {"styles": HEADINGS + CLAUSE, "numbering": CHAPTERS}
    unused = converted(paragraph("a", ONE), parts=parts)
    assert [etree.QName(found).localname for found in body_of(unused)] == ["h"]
    shared = converted(paragraph("a", ONE) + paragraph("text", '<w:pStyle w:val="Clause"/>'), parts=parts)
    assert [etree.QName(found).localname for found in body_of(shared)] == ["list"]


def test_a_number_that_a_tracked_change_took_away_shares_nothing() -> None:
    before = (
        '<w:pPrChange w:id="1" w:author="A"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr>'
        "</w:pPrChange>"
    )
    root = converted(
        paragraph("a", ONE) + paragraph("text", before),
        parts={"styles": HEADINGS, "numbering": CHAPTERS},
        losses=("FORMAT_CHANGE_DROPPED",),
    )
    assert body_of(root)[0].tag == qn("text:h")
