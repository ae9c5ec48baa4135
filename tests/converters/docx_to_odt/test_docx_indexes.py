"""Tables of contents, tables of figures and alphabetical indexes: their source and their entries as shown."""

from __future__ import annotations

from lxml import etree

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import STYLES, body_of, converted, paragraph, text_of

LINK = (
    '<w:style w:type="character" w:styleId="Lien"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0000FF"/><w:u w:val="single"/></w:rPr></w:style>'
)
PAGE = (
    '<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText> PAGEREF _Toc1 \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>9</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def field(instruction: str, entry: str) -> str:
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{entry}</w:p>'
        '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def contents(instruction: str, losses: tuple[str, ...] = ()) -> etree._Element:
    entry = (
        '<w:hyperlink w:anchor="_Toc1"><w:r><w:rPr><w:rStyle w:val="Lien"/></w:rPr><w:t>Chapter</w:t></w:r>'
        f"{PAGE}</w:hyperlink>"
    )
    body = field(instruction, entry) + (
        '<w:p><w:bookmarkStart w:id="1" w:name="_Toc1"/><w:r><w:t>Chapter</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    )
    return body_of(converted(body, parts={"styles": STYLES + LINK}, losses=losses))


def test_the_entries_of_a_table_of_contents_stay_as_shown() -> None:
    (body,) = contents(' TOC \\o "1-3" \\h \\z \\u ').iter(qn("text:index-body"))
    (entry,) = body
    assert text_of(entry) == "Chapter\t9"
    assert not list(body.iter(qn("text:bookmark-ref"))), "a page number in a table of contents is no field"


def test_the_entries_of_a_table_of_contents_do_not_look_like_links() -> None:
    (body,) = contents(' TOC \\o "1-3" \\h ').iter(qn("text:index-body"))
    (link,) = body.iter(qn("text:a"))
    assert link.get(qn("text:style-name")) == "Index_20_Link"
    assert not list(body.iter(qn("text:span")))


def test_the_source_of_a_table_of_contents_says_what_an_update_collects() -> None:
    (source,) = contents(' TOC \\o "1-2" \\t "Annex title,3" \\n 2-2 ').iter(
        qn("text:table-of-content-source")
    )
    assert source.get(qn("text:outline-level")) == "2"
    assert source.get(qn("text:use-outline-level")) == "true"
    (styles,) = source.iter(qn("text:index-source-styles"))
    assert (styles.get(qn("text:outline-level")), styles[0].get(qn("text:style-name"))) == (
        "3",
        "Annex_20_title",
    )
    with_page = [template.find(qn("text:index-entry-page-number")) is not None for template in source[:3]]
    assert with_page == [True, False, True]


def test_a_switch_that_has_no_answer_is_reported() -> None:
    contents(' TOC \\o "1-2" \\b part1 ', losses=("INDEX_SWITCH_DROPPED",))


def test_the_captions_of_a_sequence_become_a_table_of_figures() -> None:
    (index,) = contents(' TOC \\h \\z \\c "Figure" ').iter(qn("text:illustration-index"))
    source = index.find(qn("text:illustration-index-source"))
    assert source is not None
    assert source.get(qn("text:caption-sequence-name")) == "Figure"


def test_an_index_field_becomes_an_alphabetical_index() -> None:
    body = field(' INDEX \\e " : " \\c "2" ', "<w:r><w:t>apple : 3</w:t></w:r>")
    (index,) = body_of(converted(body)).iter(qn("text:alphabetical-index"))
    assert [text_of(entry) for entry in index.iter(qn("text:p"))] == ["apple : 3"]


def test_an_index_entry_becomes_a_mark() -> None:
    mark = (
        '<w:p><w:r><w:t>An apple</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> XE "fruit:apple" \\b </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    root = body_of(converted(mark + paragraph("after")))
    (found,) = root.iter(qn("text:alphabetical-index-mark"))
    assert (found.get(qn("text:key1")), found.get(qn("text:string-value"))) == ("fruit", "apple")
    assert text_of(root[0]) == "An apple"
