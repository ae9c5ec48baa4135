"""Comments: their ranges, their authors, and who answers whom."""

from __future__ import annotations

from lxml import etree

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import body_of, converted, text_of

BODY = (
    '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>text</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    '<w:r><w:commentReference w:id="0"/></w:r><w:r><w:commentReference w:id="1"/></w:r></w:p>'
)


def comment(identifier: int, paragraph: str, text: str) -> str:
    return (
        f'<w:comment w:id="{identifier}" w:author="Ada" w:initials="A" w:date="2024-01-02T03:04:05Z">'
        f'<w:p w14:paraId="{paragraph}"><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
    )


def annotations(extended: str = "") -> list[etree._Element]:
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    root = f'<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">{extended}</w15:commentsEx>'
    body = body_of(
        converted(
            BODY,
            parts={"comments": comment(0, "11111111", "why") + comment(1, "22222222", "because")},
            relationships=f'<Relationship Id="x" Type="{kind}" Target="commentsExtended.xml"/>',
            files={"word/commentsExtended.xml": root.encode()},
        )
    )
    return list(body.iter(qn("office:annotation")))


def test_a_comment_names_its_author_by_name_and_initials() -> None:
    first, _ = annotations()
    assert [text_of(element) for element in first] == ["Ada", "2024-01-02T03:04:05", "A", "why"]
    assert first[2].tag == qn("meta:creator-initials")


def test_a_comment_around_text_has_an_end() -> None:
    first, second = annotations()
    assert first.get(qn("office:name")) == "__Annotation__0"
    assert second.get(qn("office:name")) is None


def test_an_answer_names_the_comment_that_it_answers() -> None:
    entries = '<w15:commentEx w15:paraId="11111111"/><w15:commentEx w15:paraId="22222222" w15:paraIdParent="11111111"/>'
    first, second = annotations(entries)
    assert second.get(qn("loext:parent-name")) == first.get(qn("office:name")) == "__Annotation__0"


def test_a_settled_comment_stays_settled() -> None:
    first, second = annotations('<w15:commentEx w15:paraId="11111111" w15:done="1"/>')
    assert (first.get(qn("loext:resolved")), second.get(qn("loext:resolved"))) == ("true", None)
