"""Documents as other programs write them: parts elsewhere, names otherwise, references to what is not there."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable

import pytest

from converters.ooxml.namespaces import NAMESPACES
from tests.converters.docx_to_odt.docx_builder import (
    STYLES,
    body_of,
    build_docx,
    convert_docx,
    converted,
    paragraph,
    text_of,
)

W = NAMESPACES["w"]


def rewritten(source: bytes, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """A package with every entry as ``change`` answers; None leaves it out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            changed = change(name, before.read(name))
            if changed is not None:
                after.writestr(*changed)
    return stream.getvalue()


def text_of_result(source: bytes, *codes: str) -> str:
    """The text of the result, which may report the losses ``codes`` and no other."""
    target, losses = convert_docx(source)
    assert {loss.code for loss in losses} == set(codes)
    with zipfile.ZipFile(io.BytesIO(target)) as archive:
        return archive.read("content.xml").decode()


def absolute_targets(name: str, data: bytes) -> tuple[str, bytes]:
    """Apple Pages and Aspose name targets from the package's root."""
    return name, data.replace(b'Target="word/', b'Target="/word/').replace(
        b'Target="styles', b'Target="/word/styles'
    )


def other_prefix(name: str, data: bytes) -> tuple[str, bytes]:
    """docx4j and serialisers of .NET choose their own prefixes."""
    if name == "word/document.xml":
        data = data.replace(b"w:", b"ns0:").replace(b"xmlns:w=", b"xmlns:ns0=")
    return name, data


def utf_16(name: str, data: bytes) -> tuple[str, bytes]:
    if name == "word/document.xml":
        text = data.decode().partition("?>")[2] or data.decode()
        data = ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")
    return name, data


def byte_order_mark(name: str, data: bytes) -> tuple[str, bytes]:
    return name, b"\xef\xbb\xbf" + data if name.endswith(".xml") else data


def backslashes(name: str, data: bytes) -> tuple[str, bytes]:
    """Some libraries for Windows write the zip's names so."""
    return name.replace("/", "\\"), data


def capital_names(name: str, data: bytes) -> tuple[str, bytes]:
    """Part names are equal without regard to case (ECMA-376 Part 2, 6.2.2.3)."""
    return name.replace("word/styles", "Word/Styles"), data


def main_part_elsewhere(name: str, data: bytes) -> tuple[str, bytes]:
    """WPS and older Word name the main part otherwise: the relationship tells."""
    return name.replace("document.xml", "document2.xml"), data.replace(b"document.xml", b"document2.xml")


@pytest.mark.parametrize(
    "change",
    [
        absolute_targets,
        other_prefix,
        utf_16,
        byte_order_mark,
        backslashes,
        capital_names,
        main_part_elsewhere,
    ],
    ids=lambda change: change.__name__,
)
def test_a_package_written_otherwise_is_the_same_document(
    change: Callable[[str, bytes], tuple[str, bytes]],
) -> None:
    source = build_docx(paragraph("Titre", '<w:pStyle w:val="Titre1"/>') + paragraph("text"))
    assert text_of_result(rewritten(source, change)) == text_of_result(source)


@pytest.mark.parametrize(
    ("left_out", "codes"),
    [("word/styles.xml", ()), ("docProps/core.xml", ()), ("word/settings.xml", ())],
)
def test_a_document_without_a_part_that_another_names_keeps_its_text(
    left_out: str, codes: tuple[str, ...]
) -> None:
    source = build_docx(paragraph("text"), parts={"settings": ""})
    without = rewritten(source, lambda name, data: None if name == left_out else (name, data))
    assert "text" in text_of_result(without, *codes)


def test_a_numbering_that_does_not_exist_numbers_nothing() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="99"/></w:numPr>'
    (only,) = body_of(converted(paragraph("item", numbered)))
    assert text_of(only) == "item"
    assert only.tag.endswith("}p")


def test_a_style_that_does_not_exist_is_the_default_one() -> None:
    plain, unknown = body_of(converted(paragraph("a") + paragraph("a", '<w:pStyle w:val="Nowhere"/>')))
    assert plain.attrib == unknown.attrib


def test_styles_that_are_based_on_each_other_end_and_keep_what_they_say() -> None:
    circle = "".join(
        f'<w:style w:type="paragraph" w:styleId="{own}"><w:name w:val="{own}"/><w:basedOn w:val="{other}"/>'
        f"<w:rPr><w:{own.lower()}/></w:rPr></w:style>"
        for own, other in (("B", "I"), ("I", "B"))
    )
    root = converted(paragraph("text", '<w:pStyle w:val="B"/>'), parts={"styles": STYLES + circle})
    assert text_of(body_of(root)[0]) == "text"


def test_a_link_to_a_relationship_that_does_not_exist_keeps_its_text_and_is_reported() -> None:
    link = '<w:p><w:hyperlink r:id="rId77"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>'
    assert ">here<" in text_of_result(build_docx(link), "RELATIONSHIP_DANGLING")


def test_references_to_notes_and_comments_that_do_not_exist_are_reported() -> None:
    body = '<w:p><w:r><w:t>x</w:t></w:r><w:r><w:footnoteReference w:id="9"/><w:commentReference w:id="9"/></w:r></w:p>'
    assert ">x<" in text_of_result(build_docx(body), "NOTE_MISSING", "COMMENT_MISSING")


def test_notes_that_nothing_refers_to_are_not_written() -> None:
    notes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(f"note{number}")}</w:footnote>' for number in range(2, 6)
    )
    body = '<w:p><w:r><w:t>x</w:t></w:r><w:r><w:footnoteReference w:id="4"/></w:r></w:p>'
    content = text_of_result(build_docx(body, parts={"footnotes": notes}))
    assert [f"note{number}" in content for number in range(2, 6)] == [False, False, True, False]


# -- work grows with the document, not with its square -----------------------------------------------------------


def calls(source: bytes) -> int:
    """How many Python functions a conversion calls: work that no other load on the machine changes."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    previous = sys.getprofile()
    sys.setprofile(counted)
    try:
        convert_docx(source)
    finally:
        sys.setprofile(previous)
    return count


def _bookmarked(number: int) -> str:
    return (
        f'<w:p><w:bookmarkStart w:id="{number}" w:name="b{number}"/><w:r><w:t>{number}</w:t></w:r>'
        f'<w:bookmarkEnd w:id="{number}"/></w:p>'
    )


def _field(_number: int) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"<w:p>{marks[0]}<w:r><w:instrText> PAGE </w:instrText></w:r>{marks[1]}<w:r><w:t>1</w:t></w:r>{marks[2]}</w:p>"


def _note(number: int) -> str:
    return f'<w:p><w:r><w:t>x</w:t></w:r><w:r><w:footnoteReference w:id="{number + 2}"/></w:r></w:p>'


def _change(number: int) -> str:
    mark = f'<w:pPr><w:rPr><w:ins w:id="{number}" w:author="A"/></w:rPr></w:pPr>'
    return (
        f'<w:p>{mark}<w:del w:id="1{number}" w:author="A"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>'
    )


GROWING: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda number: paragraph(f"text {number}", f'<w:ind w:left="{number}"/>'),
    "rows": lambda number: (
        f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
    ),
    "bookmarks": _bookmarked,
    "fields": _field,
    "notes": _note,
    "changes": _change,
    "page breaks": lambda _number: '<w:p><w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r></w:p>',
    "sections": lambda _number: '<w:p><w:pPr><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr></w:p>',
    "tags": lambda _number: f"<w:sdt><w:sdtContent>{paragraph('x')}</w:sdtContent></w:sdt>",
}


@pytest.mark.parametrize("what", GROWING)
def test_twice_the_content_is_at_most_twice_the_work(what: str) -> None:
    def document(size: int) -> bytes:
        notes = "".join(
            f'<w:footnote w:id="{number + 2}">{paragraph("note")}</w:footnote>' for number in range(size)
        )
        return build_docx("".join(map(GROWING[what], range(size))), parts={"footnotes": notes})

    convert_docx(document(2))  # what is imported and cached once
    base, once, twice = calls(document(1)), calls(document(100)), calls(document(200))
    assert twice - base < 2.2 * (once - base)
