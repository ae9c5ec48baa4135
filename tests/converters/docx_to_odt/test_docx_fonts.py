"""Typefaces as LibreOffice understands them in a Word file: its substitute for a missing one hangs on that."""

from __future__ import annotations

import pytest
from lxml import etree

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import STYLES, converted, paragraph

TABLE = (
    '<w:font w:name="Grotesk"><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
    '<w:font w:name="Typewriter"><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>'
)


def families(root: etree._Element) -> dict[str, tuple[str | None, str | None]]:
    """Declared name -> (typeface, generic family)."""
    return {
        face.get(qn("style:name"), ""): (
            face.get(qn("svg:font-family"), "").strip("'"),
            face.get(qn("style:font-family-generic")),
        )
        for face in root.iter(qn("style:font-face"))
    }


def test_the_font_table_tells_the_family_of_a_typeface() -> None:
    run = '<w:rFonts w:ascii="Grotesk" w:hAnsi="Grotesk"/>'
    assert families(converted(paragraph("x", run=run), parts={"fontTable": TABLE}))["Grotesk"] == (
        "Grotesk",
        "swiss",
    )


def test_a_family_that_is_neither_roman_nor_swiss_is_taken_for_roman() -> None:
    run = '<w:rFonts w:ascii="Typewriter" w:hAnsi="Typewriter"/>'
    found = families(converted(paragraph("x", run=run), parts={"fontTable": TABLE}))
    assert found["Typewriter"] == ("Typewriter", "roman")


def font_of_run(root: etree._Element) -> str | None:
    (properties,) = (
        style.find(qn("style:text-properties"))
        for style in root.iter(qn("style:style"))
        if style.get(qn("style:family")) == "text" and style.get(qn("style:name"), "").startswith("T")
    )
    return properties.get(qn("style:font-name")) if properties is not None else None


def test_a_typeface_without_a_known_family_takes_that_of_its_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Plain"><w:name w:val="Plain"/><w:rPr>'
        '<w:rFonts w:ascii="Grotesk" w:hAnsi="Grotesk"/></w:rPr></w:style>'
    )
    text = paragraph(
        "x", properties='<w:pStyle w:val="Plain"/>', run='<w:rFonts w:ascii="Poster" w:hAnsi="Poster"/>'
    )
    root = converted(text, parts={"fontTable": TABLE, "styles": STYLES + styles})
    assert families(root)[font_of_run(root) or ""] == ("Poster", "swiss")


def test_a_typeface_with_a_family_keeps_it_in_every_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Book"><w:name w:val="Book"/><w:rPr>'
        '<w:rFonts w:ascii="Poster" w:hAnsi="Poster"/></w:rPr></w:style>'
    )
    text = paragraph(
        "x", properties='<w:pStyle w:val="Book"/>', run='<w:rFonts w:ascii="Grotesk" w:hAnsi="Grotesk"/>'
    )
    root = converted(text, parts={"fontTable": TABLE, "styles": STYLES + styles})
    assert families(root)[font_of_run(root) or ""] == ("Grotesk", "swiss")


def test_one_typeface_for_two_scripts_is_declared_twice() -> None:
    run = '<w:rFonts w:ascii="Grotesk" w:hAnsi="Grotesk" w:cs="Grotesk"/>'
    found = families(converted(paragraph("x", run=run), parts={"fontTable": TABLE}))
    assert found["Grotesk"] == ("Grotesk", "swiss")
    assert found["Grotesk1"] == ("Grotesk", "system")


def kerning(parts: dict[str, str]) -> str | None:
    root = converted(paragraph("x"), parts=parts)
    (default,) = (
        style.find(qn("style:text-properties"))
        for style in root.iter(qn("style:default-style"))
        if style.get(qn("style:family")) == "paragraph"
    )
    return default.get(qn("style:letter-kerning")) if default is not None else None


def test_pairs_are_kerned_only_where_the_document_leaves_all_styles_open() -> None:
    assert kerning({"styles": STYLES}) == "false"
    assert kerning({"styles": ""}) == "true"


@pytest.mark.parametrize(
    ("run", "typeface"),
    [
        ('<w:rFonts w:hAnsi="Grotesk"/><w:b/>', None),
        ('<w:rFonts w:ascii="Typewriter" w:hAnsi="Grotesk"/>', "Typewriter"),
        ('<w:rFonts w:hAnsi="Wingdings"/>', "Wingdings"),
    ],
)
def test_the_typeface_of_latin_text_is_that_of_ascii(run: str, typeface: str | None) -> None:
    root = converted(paragraph("x", run=run), parts={"fontTable": TABLE})
    assert font_of_run(root) == typeface
