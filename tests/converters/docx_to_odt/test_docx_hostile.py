"""Damaged, hostile and strange documents: only errors of the package leave the converter, and nothing is silent."""

from __future__ import annotations

import io
import os
import zipfile

import pytest

from converters import docx_to_odt
from converters.errors import ConverterError, Refused
from converters.losses import LossLog
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.namespaces import NAMESPACES
from converters.ooxml.package import Package
from converters.options import Options
from tests.conftest import CORPUS, CORPUS_ABSENT
from tests.converters.docx_to_odt.docx_builder import (
    body_of,
    build_docx,
    convert_docx,
    converted,
    paragraph,
    text_of,
)


def test_a_document_without_any_other_part_is_converted() -> None:
    assert text_of(body_of(converted(paragraph("alone"), parts={"styles": ""}))[0]) == "alone"


def test_a_strict_document_reads_as_a_transitional_one() -> None:
    source = build_docx(paragraph("strict", '<w:jc w:val="start"/>'))
    source = _rewritten(source, NAMESPACES["w"], "http://purl.oclc.org/ooxml/wordprocessingml/main")
    target, losses = convert_docx(source)
    assert losses == ()
    assert b"strict" in _content(target)


def test_an_empty_body_becomes_one_empty_paragraph() -> None:
    assert len(body_of(converted(""))) == 1


def test_a_root_that_is_no_document_is_refused() -> None:
    source = _rewritten(build_docx(paragraph("x")), "w:document", "w:glossary")
    with pytest.raises(Refused):
        convert_docx(source)


def test_a_damaged_styles_part_is_reported_and_the_text_stays() -> None:
    source = _rewritten(build_docx(paragraph("text")), "</w:styles>", "<w:broken>")
    target, losses = convert_docx(source)
    assert [loss.code for loss in losses] == ["PART_DAMAGED"]
    assert b"text" in _content(target)


@pytest.mark.parametrize(
    "body",
    [
        '<w:p><w:r><w:fldChar w:fldCharType="end"/><w:t>x</w:t></w:r></w:p>',
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' + paragraph("swallowed"),
        '<w:p><w:bookmarkEnd w:id="7"/><w:r><w:t>x</w:t></w:r></w:p>',
        "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>",
        "<w:tbl><w:tr/></w:tbl>",
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc></w:tr></w:tbl>',
        '<w:p><w:pPr><w:ind w:left="much"/><w:spacing w:line="x" w:before="-5"/></w:pPr></w:p>',
        '<w:p><w:r><w:rPr><w:sz w:val="0"/><w:color w:val="zzz"/></w:rPr><w:t>x</w:t></w:r></w:p>',
        '<w:sectPr><w:pgSz w:w="0" w:h="x"/><w:cols w:num="0"/></w:sectPr>',
        '<w:sectPr><w:pgSz w:w="100" w:h="100"/><w:pgMar w:left="9000" w:top="-700" w:header="700"/><w:cols w:num="99"/></w:sectPr>',
    ],
)
def test_nonsense_does_not_stop_the_conversion(body: str) -> None:
    target, _ = convert_docx(build_docx(body))
    assert _content(target)


def test_deep_nesting_is_refused_not_a_crash() -> None:
    body = "<w:smartTag>" * 400 + "</w:smartTag>" * 400
    with pytest.raises(Refused):
        convert_docx(build_docx(f"<w:p>{body}</w:p>"))


@pytest.mark.corpus
@pytest.mark.slow
def test_no_document_of_the_corpus_stops_the_conversion() -> None:
    if not CORPUS.exists():
        pytest.skip(CORPUS_ABSENT)
    limit = int(os.environ.get("CORPUS_LIMIT", "40"))
    for source in sorted((CORPUS / "docx").iterdir())[:limit]:
        try:
            with Package(source) as package, OdfPackage(io.BytesIO(), MEDIA_TYPES["odt"]) as odf:
                docx_to_odt.convert(package, odf, Options(), LossLog())
        except ConverterError:
            continue


def test_prediction_and_conversion_agree_on_what_is_lost() -> None:
    """Inspection holds every element against the same tables: what it foresees is what comes."""
    body = (
        paragraph("x", "<w:mirrorIndents/>", '<w:fitText w:val="100"/>')
        + "<w:p><w:r><w:surprise/></w:r><m:oMath><m:r><m:t>1</m:t></m:r></m:oMath></w:p>"
        + "<w:sectPr><w:lnNumType/></w:sectPr>"
    )
    source = build_docx(body)
    _, losses = convert_docx(source)
    covered = {tag for table in docx_to_odt.SUPPORT for tag in (*table.handlers, *table.ignored)}
    foreseen = {
        code
        for table in docx_to_odt.SUPPORT
        for tag, code in table.unsupported.items()
        if tag not in covered and f"<{tag}".encode() in source_xml(source)
    }
    assert {loss.code for loss in losses} == foreseen | {"UNKNOWN_ELEMENT"}


def source_xml(source: bytes) -> bytes:
    with Package(source) as package:
        return package.read("word/document.xml")


def _rewritten(source: bytes, old: str, new: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old.encode(), new.encode()))
    return stream.getvalue()


def _content(target: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(target)) as archive:
        return archive.read("content.xml")
