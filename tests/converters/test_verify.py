"""Verification finds what a conversion lost: each test takes something out of a good result."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from pptx import Presentation

from converters import verify
from converters.census.record import Census, compare
from converters.validity import strip_foreign, validate
from tests.converters.pptx_to_odp.slides_builder import rewritten
from tests.office_files import document_xml, docx, docx_with, paragraph, pptx, relationships, xls, xlsx

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_DECLARED = " ".join(
    f'xmlns:{prefix}="{_ODF}{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "svg": "svg-compatible",
        "style": "style",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'  # fmt: skip
_TYPE = "application/vnd.oasis.opendocument."


def odf(path: Path, kind: str, body: str) -> Path:
    content = (
        f'<office:document-content {_DECLARED} office:version="1.3"><office:body><office:{kind}>{body}'
        f"</office:{kind}></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", _TYPE + kind)
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", f'<office:document-styles {_DECLARED} office:version="1.3"/>')
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0"/>')
    return path


def differences(source: Path, target: Path) -> dict[str, tuple[int, int]]:
    found = verify(source, target)
    assert not found.error
    return {difference.what: (difference.source, difference.target) for difference in found.differences}


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.docx"
    note = '<w:p><w:r><w:t>See</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    table = f"<w:tbl><w:tr><w:tc>{paragraph('in a cell')}</w:tc></w:tr></w:tbl>"
    link = '<w:p><w:hyperlink r:id="rId2"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>'
    notes = (
        document_xml("")
        .replace("w:document", "w:footnotes")
        .replace(
            "<w:body></w:body>",
            f'<w:footnote w:id="0" w:type="separator">{paragraph("----")}</w:footnote>'
            f'<w:footnote w:id="2">{paragraph("the note")}</w:footnote>',
        )
    )
    rels = relationships(
        {"rId1": ("footnotes", "footnotes.xml"), "rId2": ("hyperlink", "https://example.org/")}
    )
    parts: dict[str, str | bytes] = {"word/footnotes.xml": notes, "word/_rels/document.xml.rels": rels}
    deleted = "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    path.write_bytes(docx_with(parts, paragraph("Dear reader") + note + table + link + deleted))
    return path


NOTE = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>the note</text:p></text:note-body></text:note>'
TABLE = "<table:table><table:table-column/><table:table-row><table:table-cell><text:p>in a cell</text:p></table:table-cell></table:table-row></table:table>"
LINK = '<text:p><text:a xlink:type="simple" xlink:href="https://example.org">here</text:a></text:p>'
CHANGE = '<text:tracked-changes><text:changed-region xml:id="c1" text:id="c1"><text:deletion><office:change-info><dc:creator>A</dc:creator><dc:date>2020-01-01T00:00:00</dc:date></office:change-info><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>'
GOOD = f"{CHANGE}<text:p>Dear <text:span>rea</text:span>der</text:p><text:p>See{NOTE}</text:p>{TABLE}{LINK}"


def test_a_complete_result_is_clean(letter: Path, tmp_path: Path) -> None:
    found = verify(letter, odf(tmp_path / "letter.odt", "text", GOOD))
    assert found.differences == ()
    assert found.validity.violations == ()
    assert found.clean


@pytest.mark.parametrize(
    ("without", "what"),
    [
        (NOTE, {"words", "paragraphs", "notes"}),
        (TABLE, {"words", "paragraphs", "tables"}),
        (LINK, {"words", "paragraphs", "links"}),
        ("<text:p>Dear <text:span>rea</text:span>der</text:p>", {"words", "paragraphs"}),
        (' xlink:href="https://example.org"', {"links"}),
        ("rea</text:span>", {"words"}),
    ],
)
def test_each_thing_that_is_missing_is_found(
    letter: Path, tmp_path: Path, without: str, what: set[str]
) -> None:
    body = GOOD.replace(without, "</text:span>" if without.startswith("rea") else "")
    found = verify(letter, odf(tmp_path / "letter.odt", "text", body))
    assert {difference.what for difference in found.differences} == what
    assert not found.clean


def test_missing_words_are_named(letter: Path, tmp_path: Path) -> None:
    target = odf(tmp_path / "letter.odt", "text", GOOD.replace("cell", "field"))
    (difference,) = verify(letter, target).differences
    assert (difference.what, difference.examples) == ("words", ("cell",))


def test_words_in_another_order_are_found_() -> None:
    one, other = Census(), Census()
    one.add_text("a b c")
    other.add_text("c b a")
    assert [difference.what for difference in compare(one, other)] == ["word_order"]


def test_cells_formulas_and_sheets_are_counted_with_repetition(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>5</v></c><c r="B1"><v>5</v></c><c r="C1"/><c r="D1"><f>A1*2</f><v>10</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>rent paid</t></is></c></row>'
    )
    source = tmp_path / "a.xlsx"
    source.write_bytes(xlsx(rows))
    cell = '<table:table-cell office:value-type="float" office:value="5" table:number-columns-repeated="2"><text:p>5</text:p></table:table-cell>'
    formula = '<table:table-cell table:formula="of:=[.A1]*2" office:value-type="float" office:value="10"/>'
    text = '<table:table-cell office:value-type="string"><text:p>rent paid</text:p></table:table-cell>'
    body = (
        '<table:table table:name="Budget"><table:table-column table:number-columns-repeated="4"/>'
        "<table:table-row>{}<table:table-cell/>{}</table:table-row><table:table-row>{}</table:table-row></table:table>"
    )
    good = odf(tmp_path / "a.ods", "spreadsheet", body.format(cell, formula, text))
    assert differences(source, good) == {}
    bad = odf(tmp_path / "b.ods", "spreadsheet", body.format(cell.replace('"2"', '"1"'), "", ""))
    assert differences(source, bad) == {
        "cells": (3, 1),
        "formulas": (1, 0),
        "values": (2, 1),
        "words": (2, 0),
    }


@pytest.mark.parametrize(
    ("number", "cell", "lost"),
    [
        ("5", 'office:value-type="float" office:value="5"', False),
        ("5", 'office:value-type="float" office:value="5.0000001"', True),
        ("0.1", 'office:value-type="percentage" office:value="0.1"', False),
        ("45000.5", 'office:value-type="date" office:date-value="2023-03-15T12:00:00"', False),
        ("45001.5", 'office:value-type="date" office:date-value="2023-03-15T12:00:00"', True),
        ("1.25", 'office:value-type="time" office:time-value="PT30H00M00S"', False),
        ("5", 'office:value-type="string"', True),
    ],
)
def test_a_number_that_is_another_one_is_never_clean(
    tmp_path: Path, number: str, cell: str, lost: bool
) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(xlsx(f'<row r="1"><c r="A1"><v>{number}</v></c></row>'))
    body = (
        '<table:table table:name="Budget"><table:table-column/><table:table-row>'
        f"<table:table-cell {cell}/></table:table-row></table:table>"
    )
    found = differences(source, odf(tmp_path / "a.ods", "spreadsheet", body))
    assert found == ({"values": (1, 0)} if lost else {})


def test_an_error_that_was_typed_is_a_formula_in_the_result(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(xlsx('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>'))
    body = (
        '<table:table table:name="Budget"><table:table-column/><table:table-row>'
        '<table:table-cell table:formula="of:=#N/A"/></table:table-row></table:table>'
    )
    assert differences(source, odf(tmp_path / "a.ods", "spreadsheet", body)) == {}


def test_slides_and_their_words_are_counted(tmp_path: Path) -> None:
    source = tmp_path / "a.pptx"
    source.write_bytes(pptx("Welcome all"))
    page = '<draw:page draw:master-page-name="m"><draw:frame svg:width="1cm" svg:height="1cm"><draw:text-box><text:p>Welcome all</text:p></draw:text-box></draw:frame></draw:page>'
    assert differences(source, odf(tmp_path / "a.odp", "presentation", page)) == {}
    assert differences(source, odf(tmp_path / "b.odp", "presentation", "")) == {
        "words": (2, 0),
        "paragraphs": (1, 0),
        "slides": (1, 0),
    }


def test_a_source_that_cannot_be_counted_is_never_clean(tmp_path: Path) -> None:
    source = tmp_path / "a.xml"
    source.write_bytes(
        b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
    )
    found = verify(source, odf(tmp_path / "a.odt", "text", "<text:p>Hello</text:p>"))
    assert (found.unproven, found.clean) == ("LEGACY_KIND", False)


@pytest.mark.parametrize(
    ("rtf", "uncounted", "clean"),
    [
        (rb"{\rtf1 Hello}", (), True),
        (rb"{\rtf1 Hello{\*\formfield{\fftype0}}}", ("form_field",), False),
        (rb"{\rtf1 Hello{\object\objemb{\*\objdata 00}}}", (), False),  # counted, and not in the result
        (rb"{\rtf1 Hello there}", (), False),
    ],
)
def test_a_binary_or_rich_text_is_clean_if_all_that_it_holds_was_counted(
    tmp_path: Path, rtf: bytes, uncounted: tuple[str, ...], clean: bool
) -> None:
    source = tmp_path / "a.rtf"
    source.write_bytes(rtf)
    found = verify(source, odf(tmp_path / "a.odt", "text", "<text:p>Hello</text:p>"))
    assert (found.uncounted, found.clean) == (uncounted, clean)


def test_files_that_do_not_fit_each_other_are_told(letter: Path, tmp_path: Path) -> None:
    assert verify(letter, odf(tmp_path / "a.ods", "spreadsheet", "")).error == "WRONG_FAMILY"
    assert verify(letter, letter).error == "WRONG_FAMILY"
    (tmp_path / "broken.odt").write_bytes(b"PK\x03\x04 and no more")
    assert verify(letter, tmp_path / "broken.odt").error == "DAMAGED_ZIP"
    workbook = tmp_path / "a.xls"
    workbook.write_bytes(xls((0x002F, b"")))
    assert verify(workbook, letter).error == "ENCRYPTED"


# -- validity ------------------------------------------------------------------------------------------------------


def test_an_element_out_of_place_is_a_violation(tmp_path: Path) -> None:
    found = validate(odf(tmp_path / "a.odt", "text", "<table:table-row/>"))
    assert not found.valid
    assert found.violations[0].part == "content.xml"


@pytest.mark.parametrize(("row", "valid"), [("<table:table-cell/>", True), ("<table:wrong/>", False)])
def test_a_large_part_is_judged_by_jing_or_not_at_all(
    tmp_path: Path, row: str, valid: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "<table:table-row><table:table-cell/></table:table-row>" * 12_000
    body = f"<table:table><table:table-column/>{rows}<table:table-row>{row}</table:table-row></table:table>"
    target = odf(tmp_path / "a.ods", "spreadsheet", body)
    if shutil.which("jing"):
        found = validate(target)
        assert (found.valid, found.unchecked) == (valid, ())
    monkeypatch.setenv("PATH", "/nowhere")
    assert validate(target).unchecked == ("content.xml",)


@pytest.mark.skipif(
    shutil.which("jing") is None, reason="jing is not installed: nothing confirms a violation"
)
def test_a_field_that_the_schema_allows_is_no_violation(tmp_path: Path) -> None:
    assert validate(
        odf(tmp_path / "a.odt", "text", "<text:p><text:page-count>2</text:page-count></text:p>")
    ).valid


def test_extensions_are_no_violations(tmp_path: Path) -> None:
    body = '<text:p calcext:value-type="x">a<calcext:mark>b</calcext:mark>c</text:p><calcext:sparklines/>'
    assert validate(odf(tmp_path / "a.odt", "text", body)).valid


def test_text_within_an_extension_stays_where_text_may_stand() -> None:
    root = etree.fromstring(
        f"<text:p {_DECLARED}>a<calcext:x>b<text:span>c</text:span>d</calcext:x>e</text:p>".encode()
    )
    strip_foreign(root)
    assert "".join(root.itertext()) == "abcde"
    assert [etree.QName(child).localname for child in root] == ["span"]


def test_an_unchanged_document_counts_the_same_twice(tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(docx(paragraph("soft\u00adhyphen non\u2011breaking")))
    target = odf(tmp_path / "a.odt", "text", "<text:p>softhyphen non-breaking</text:p>")
    assert differences(source, target) == {}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            '<w:p><w:hyperlink r:id="rId2" w:anchor="part"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>',
            '<text:p><text:a xlink:href="https://example.org/#part">here</text:a></text:p>',
        ),
        ("<w:tbl><w:tblPr/></w:tbl>", "<text:p/>"),
        (
            f"<w:tbl><w:tblPr><w:tblpPr/></w:tblPr><w:tr><w:tc>{paragraph('floats')}</w:tc></w:tr></w:tbl>{paragraph('text')}",
            "<text:p>text<draw:frame><draw:text-box>"
            "<table:table><table:table-row><table:table-cell><text:p>floats</text:p></table:table-cell></table:table-row></table:table>"
            "</draw:text-box></draw:frame></text:p>",
        ),
        (
            '<w:p><w:r><w:sym w:font="Wingdings" w:char="F028"/><w:t>,</w:t></w:r></w:p>',
            "<text:p>☎,</text:p>",
        ),
        (
            paragraph("text"),
            "<text:p><office:annotation><meta:creator-initials>AL</meta:creator-initials></office:annotation>text</text:p>",
        ),
    ],
    ids=["anchor of a link", "table without rows", "floating table", "symbol", "initials of a comment"],
)
def test_what_stands_elsewhere_in_the_target_is_no_difference(
    tmp_path: Path, source: str, target: str
) -> None:
    rels = relationships({"rId2": ("hyperlink", "https://example.org/")})
    path = tmp_path / "source.docx"
    path.write_bytes(docx_with({"word/_rels/document.xml.rels": rels}, source))
    assert not any(
        difference.lost
        for difference in verify(path, odf(tmp_path / "target.odt", "text", target)).differences
    )


def sheet_body(*cells: str, more: str = "") -> str:
    row = f"<table:table-row>{''.join(cells)}</table:table-row>"
    return f'<table:table table:name="Budget"><table:table-column table:number-columns-repeated="9"/>{row}</table:table>{more}'


def number(value: str, kind: str = "float", attribute: str = "value") -> str:
    return f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}"><text:p>x</text:p></table:table-cell>'


def test_a_number_that_changed_is_found_whatever_it_is_shown_as(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(
        xlsx(
            '<row r="1"><c r="A1"><v>1250</v></c><c r="B1"><v>44562.5</v></c><c r="C1"><v>0.25</v></c>'
            '<c r="D1"><f>A1*2</f><v>2500</v></c><c r="E1" t="e"><v>#N/A</v></c></row>'
        )
    )
    same = (
        number("1250", "currency"),
        number("2022-01-01T12:00:00", "date", "date-value"),
        number("PT06H00M00S", "time", "time-value"),
        '<table:table-cell table:formula="of:=[.A1]*2" office:value-type="float" office:value="2600"/>',
        '<table:table-cell table:formula="of:=#N/A" office:value-type="string"/>',
    )
    good = odf(tmp_path / "a.ods", "spreadsheet", sheet_body(*same))
    assert differences(source, good) == {}
    bad = odf(tmp_path / "b.ods", "spreadsheet", sheet_body(number("1350"), *same[1:]))
    (found,) = (item for item in verify(source, bad).differences if item.what == "values")
    assert (found.source, found.target, found.examples, found.lost) == (3, 2, ("1250",), True)


@pytest.mark.parametrize(("first_day", "found"), [("1904-01-01", {}), ("1899-12-30", {"values": (1, 0)})])
def test_days_are_compared_as_numbers_from_the_first_day_of_each_document(
    tmp_path: Path, first_day: str, found: dict[str, tuple[int, int]]
) -> None:
    source = tmp_path / "a.xlsx"
    content = xlsx('<row r="1"><c r="A1"><v>43100</v></c></row>')
    source.write_bytes(
        rewritten(
            content,
            {
                "xl/workbook.xml": lambda data: data.replace(
                    b"<sheets>", b'<workbookPr date1904="1"/><sheets>'
                )
            },
        )
    )
    settings = f'<table:calculation-settings><table:null-date table:date-value="{first_day}"/></table:calculation-settings>'
    body = settings + sheet_body(number("2022-01-01", "date", "date-value"))
    assert differences(source, odf(tmp_path / "a.ods", "spreadsheet", body)) == found


def test_links_of_cells_are_compared(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>here</t></is></c></row>'
    source = tmp_path / "a.xlsx"
    links = relationships({"rId7": ("hyperlink", "https://example.org/a")})
    source.write_bytes(
        rewritten(
            xlsx(rows),
            {
                "xl/worksheets/sheet1.xml": lambda data: data.replace(
                    b"</sheetData>",
                    b'</sheetData><hyperlinks><hyperlink ref="A1" r:id="rId7" location="b" '
                    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></hyperlinks>',
                )
            },
            {"xl/worksheets/_rels/sheet1.xml.rels": links.encode()},
        )
    )
    cell = '<table:table-cell office:value-type="string"><text:p>{}here{}</text:p></table:table-cell>'
    link = '<text:a xlink:type="simple" xlink:href="https://example.org/a#b">', "</text:a>"
    assert differences(source, odf(tmp_path / "a.ods", "spreadsheet", sheet_body(cell.format(*link)))) == {}
    assert differences(source, odf(tmp_path / "b.ods", "spreadsheet", sheet_body(cell.format("", "")))) == {
        "links": (1, 0)
    }


def test_escaped_characters_of_strings_are_no_words_of_their_own(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>one_x000D_\ntwo</t></is></c></row>'))
    cell = '<table:table-cell office:value-type="string"><text:p>one</text:p><text:p>two</text:p></table:table-cell>'
    assert differences(source, odf(tmp_path / "a.ods", "spreadsheet", sheet_body(cell))) == {}


def test_speakers_notes_and_comments_of_slides_are_compared(tmp_path: Path) -> None:
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    slide.notes_slide.notes_text_frame.text = "Say hello"
    source = tmp_path / "a.pptx"
    made.save(str(source))
    notes = (
        '<presentation:notes xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0">'
        '<draw:frame presentation:class="{}"><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame></presentation:notes>'
    )
    page = '<draw:page draw:master-page-name="m">{}</draw:page>'

    def result(name: str, kind: str, text: str) -> Path:
        return odf(tmp_path / name, "presentation", page.format(notes.format(kind, text)))

    assert differences(source, result("a.odp", "notes", "Say hello")) == {}
    lost = {"words": (2, 0), "paragraphs": (1, 0), "notes": (1, 0)}
    assert differences(source, result("b.odp", "notes", "")) == lost
    assert differences(source, result("c.odp", "page-number", "Say hello")) == lost
    commented = odf(
        tmp_path / "d.odp",
        "presentation",
        page.format('<officeooo:annotation xmlns:officeooo="http://openoffice.org/2009/office"/>'),
    )
    assert verify(source, commented).target_census.counts["comments"] == 1
