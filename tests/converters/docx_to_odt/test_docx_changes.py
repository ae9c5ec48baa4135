"""Tracked changes of Word documents: of text, of paragraphs, of formatting."""

from __future__ import annotations

import pytest

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import body_of, converted, paragraph, text_of


def test_an_inserted_and_a_deleted_run_are_tracked() -> None:
    body = (
        '<w:p><w:ins w:id="1" w:author="Ada" w:date="2024-01-02T03:04:05Z"><w:r><w:t>new</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="Bob" w:date="2024-01-02T03:04:05Z"><w:r><w:delText>old</w:delText></w:r></w:del></w:p>'
    )
    root = body_of(converted(body))
    insertion, deletion = root.iter(qn("text:changed-region"))
    assert insertion.find(f".//{qn('dc:creator')}").text == "Ada"
    assert text_of(deletion.find(f".//{qn('text:p')}")) == "old"
    assert text_of(root.find(qn("text:p"))) == "new"


def tracked(text: str, mark: str) -> str:
    return paragraph(
        text, f'<w:rPr><w:{mark} w:id="1" w:author="Ada" w:date="2024-01-02T03:04:05Z"/></w:rPr>'
    )


@pytest.mark.parametrize(
    ("mark", "region"),
    [("ins", "insertion"), ("moveTo", "insertion"), ("del", "deletion"), ("moveFrom", "deletion")],
)
def test_a_tracked_paragraph_mark_goes_from_its_paragraph_into_the_next(mark: str, region: str) -> None:
    body = body_of(converted(tracked("first", mark) + paragraph("second")))
    (change,) = body.iter(qn(f"text:{region}"))
    name = change.getparent().get(qn("text:id"))
    first, second = body.findall(qn("text:p"))
    assert (text_of(first), text_of(second)) == ("first", "second")
    assert (first[-1].tag, first[-1].get(qn("text:change-id"))) == (qn("text:change-start"), name)
    assert (second[0].tag, second[0].get(qn("text:change-id"))) == (qn("text:change-end"), name)


TABLE = (
    "<w:tbl><w:tblGrid><w:gridCol w:w='999'/></w:tblGrid><w:tr>{row}<w:tc>{cell}<w:p/></w:tc></w:tr></w:tbl>"
)


@pytest.mark.parametrize(
    "body",
    [
        tracked("last of the document", "ins"),
        tracked("before a table", "del") + TABLE.format(row="", cell=""),
        TABLE.format(row="<w:trPr><w:del w:id='1' w:author='Ada'/></w:trPr>", cell=""),
        TABLE.format(row="", cell="<w:tcPr><w:cellIns w:id='1' w:author='Ada'/></w:tcPr>"),
        f"<w:moveTo w:id='1' w:author='Ada'>{paragraph('moved')}</w:moveTo>",
    ],
)
def test_a_tracked_change_that_cannot_be_marked_is_reported(body: str) -> None:
    root = converted(body, losses=("TRACKED_CHANGE_FLATTENED",))
    assert body_of(root).find(qn("text:tracked-changes")) is None


def test_an_inserted_numbering_is_reported() -> None:
    inserted = '<w:numPr><w:numId w:val="0"/><w:ins w:id="1" w:author="Ada"/></w:numPr>'
    converted(paragraph("x", inserted), losses=("FORMAT_CHANGE_DROPPED",))


def test_a_header_holds_its_own_tracked_changes() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:pgSz w:w="{}"/></w:sectPr>'
    deleted = '<w:p><w:del w:id="1" w:author="Ada"><w:r><w:delText>old</w:delText></w:r></w:del></w:p>'
    body = f"<w:p><w:pPr>{section.format(9000)}</w:pPr></w:p>{section.format(8000)}"
    root = converted(body, parts={"header1": deleted})
    names = []
    for header in root.iter(qn("style:header")):
        (region,) = header.iter(qn("text:changed-region"))
        (change,) = header.iter(qn("text:change"))
        assert text_of(header).endswith("old")
        assert change.get(qn("text:change-id")) == region.get(qn("text:id"))
        names.append(region.get(qn("text:id")))
    assert len(set(names)) == 2
    assert body_of(root).find(qn("text:tracked-changes")) is None


CHANGED = '<w:b/><w:rPrChange w:id="7" w:author="Ada" w:date="2024-01-02T03:04:05Z"><w:rPr/></w:rPrChange>'


def test_a_tracked_change_of_formatting_says_who_and_when() -> None:
    root = body_of(converted(paragraph("bold", run=CHANGED), losses=("FORMAT_CHANGE_DROPPED",)))
    (region,) = root.iter(qn("text:changed-region"))
    assert region[0].tag == qn("text:format-change")
    assert text_of(region) == "Ada2024-01-02T03:04:05"
    start, span, end = root.findall(qn("text:p"))[-1]
    assert (start.tag, text_of(span), end.tag) == (qn("text:change-start"), "bold", qn("text:change-end"))


def test_formatting_that_changed_in_deleted_text_is_no_change_of_its_own() -> None:
    run = f"<w:r><w:rPr>{CHANGED}</w:rPr><w:delText>gone</w:delText></w:r>"
    body = f'<w:p><w:del w:id="1" w:author="Ada" w:date="2024-01-02T03:04:05Z">{run}</w:del></w:p>'
    root = body_of(converted(body, losses=("FORMAT_CHANGE_DROPPED",)))
    assert [region[0].tag for region in root.iter(qn("text:changed-region"))] == [qn("text:deletion")]
