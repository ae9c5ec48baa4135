"""Comments: their ranges, their authors, and who answers whom."""

from __future__ import annotations

import pytest
from lxml import etree

from converters.docx_to_odt.change_dates import UNKNOWN_DATE, change_date
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


@pytest.mark.parametrize(
    ("local", "utc", "expected"),
    [
        ("2025-12-21T02:40:00Z", None, "2025-12-21T02:40:00"),
        ("2025-12-21T02:40:00Z", "2025-12-21T07:40:00Z", "2025-12-21T02:40:00-05:00"),
        ("2025-12-21T13:10:00Z", "2025-12-21T07:40:00Z", "2025-12-21T13:10:00+05:30"),
        ("2025-12-21T07:40:00Z", "2025-12-21T07:40:00Z", "2025-12-21T07:40:00Z"),
        ("2020-01-01T00:00:00Z", "2025-12-21T07:40:00Z", "2020-01-01T00:00:00"),  # no zone is so far away
        (None, "2025-12-21T07:40:00Z", "2025-12-21T07:40:00Z"),
        ("soon", None, UNKNOWN_DATE),
        ("2025-13-41T02:40:00", None, UNKNOWN_DATE),
    ],
)
def test_the_time_of_a_change_has_its_zone_where_the_source_tells_it(
    local: str | None, utc: str | None, expected: str
) -> None:
    assert change_date(local, utc) == expected


def test_a_comment_has_the_zone_that_its_durable_number_leads_to() -> None:
    types = (
        "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds",
        ("http://schemas.microsoft.com/office/2018/08/relationships/commentsExtensible"),
    )
    ids = (
        '<w16cid:commentsIds xmlns:w16cid="http://schemas.microsoft.com/office/word/2016/wordml/cid">'
        '<w16cid:commentId w16cid:paraId="11111111" w16cid:durableId="ABCD"/></w16cid:commentsIds>'
    )
    extensible = (
        '<w16cex:commentsExtensible xmlns:w16cex="http://schemas.microsoft.com/office/word/2018/wordml/cex">'
        '<w16cex:commentExtensible w16cex:durableId="ABCD" w16cex:dateUtc="2024-01-02T01:04:05Z"/>'
        "</w16cex:commentsExtensible>"
    )
    body = body_of(
        converted(
            BODY,
            parts={"comments": comment(0, "11111111", "why") + comment(1, "22222222", "because")},
            relationships="".join(
                f'<Relationship Id="{name}" Type="{kind}" Target="{name}.xml"/>'
                for name, kind in zip(("ids", "extensible"), types, strict=True)
            ),
            files={"word/ids.xml": ids.encode(), "word/extensible.xml": extensible.encode()},
        )
    )
    times = [element.findtext(qn("dc:date")) for element in body.iter(qn("office:annotation"))]
    assert times == ["2024-01-02T03:04:05+02:00", "2024-01-02T03:04:05"]
