"""Bookmarks of Word documents: around text, and of a place."""

from __future__ import annotations

from lxml import etree

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import body_of, converted, paragraph

START, END = '<w:bookmarkStart w:id="1" w:name="here"/>', '<w:bookmarkEnd w:id="1"/>'


def tags(body: str) -> list[str]:
    return [
        etree.QName(element).localname
        for element in body_of(converted(body)).iter()
        if "bookmark" in str(element.tag)
    ]


def test_a_bookmark_around_text_has_a_start_and_an_end() -> None:
    assert tags(f"<w:p>{START}<w:r><w:t>text</w:t></w:r>{END}</w:p>") == ["bookmark-start", "bookmark-end"]


def test_a_bookmark_of_a_place_is_one_element() -> None:
    other = '<w:bookmarkStart w:id="2" w:name="there"/><w:bookmarkEnd w:id="2"/>'
    assert tags(f"<w:p>{START}{other}{END}<w:r><w:t>text</w:t></w:r></w:p>") == ["bookmark", "bookmark"]


def test_a_bookmark_of_a_place_between_paragraphs_stands_in_the_next() -> None:
    assert tags(paragraph("a") + START + END + paragraph("b")) == ["bookmark"]


def test_the_name_of_a_bookmark_is_kept() -> None:
    root = body_of(converted(f"<w:p>{START}{END}</w:p>"))
    assert next(root.iter(qn("text:bookmark"))).get(qn("text:name")) == "here"
