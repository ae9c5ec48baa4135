"""The streaming writer, white space, styles and the package."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from converters.odf.document import OdfDocument
from converters.odf.namespaces import NAMESPACES, qn
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.odf.properties import (
    ParagraphProperties,
    TabStop,
    TextProperties,
    difference,
    is_empty,
    lay_over,
)
from converters.odf.stylesheet import AutomaticStyles, Style, encode_name
from converters.odf.text import write_text
from converters.odf.xmlwriter import XmlWriter
from tests.flat_odf import flatten

TEXT = f'xmlns:text="{NAMESPACES["text"]}"'


def parse_paragraph(xml: str) -> str:
    """The text that ODF's white space rules leave of a paragraph's content (Part 3, 6.1.2)."""
    root = etree.fromstring(f"<text:p {TEXT}>{xml}</text:p>")
    pieces = [root.text or ""]
    for child in root:
        count = int(child.get(qn("text:c"), "1"))
        pieces.append({"s": "\0" * count, "tab": "\1", "line-break": "\2"}[etree.QName(child).localname])
        pieces.append(child.tail or "")
    collapsed = "".join(pieces)
    while "  " in collapsed:
        collapsed = collapsed.replace("  ", " ")
    return collapsed.strip(" ").replace("\0", " ").replace("\1", "\t").replace("\2", "\n")


@given(st.text(alphabet=st.sampled_from("ab é\t\n<&\"' "), max_size=40))
def test_every_space_tab_and_break_survives_the_white_space_rules(text: str) -> None:
    assert parse_paragraph(XmlWriter().fragment(lambda writer: write_text(writer, text))) == text


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_well_formed_xml_and_comes_back(text: str, value: str) -> None:
    def write(writer: XmlWriter) -> None:
        writer.text_element("a", text, {"b": value, "left_out": None})

    root = etree.fromstring(XmlWriter().fragment(write).encode("utf-8", "ignore"))

    def allowed(wanted: str) -> str:
        return "".join(
            c
            for c in wanted
            if c in "\t\n\r" or (" " <= c < "\ud800") or ("\ue000" <= c <= "\ufffd") or c > "\uffff"
        )

    assert (root.text or "") == allowed(text)
    assert root.get("b") == allowed(value)
    assert "left_out" not in root.attrib


def test_an_unclosed_element_is_an_error() -> None:
    writer = XmlWriter()
    writer.start("a")
    with pytest.raises(ValueError, match="unclosed"):
        writer.result()


def test_equal_formatting_shares_one_automatic_style() -> None:
    styles = AutomaticStyles()
    bold = Style("text", (TextProperties(font_weight="bold"),))
    assert (
        styles.name_for(bold) == styles.name_for(Style("text", (TextProperties(font_weight="bold"),))) == "T1"
    )
    assert styles.name_for(Style("text", (TextProperties(font_style="italic"),))) == "T2"


def test_formatting_that_says_nothing_more_is_its_named_parent() -> None:
    assert (
        AutomaticStyles().name_for(Style("paragraph", (ParagraphProperties(),), parent="Standard"))
        == "Standard"
    )


@given(st.text(min_size=1, max_size=30))
def test_style_names_become_xml_names_and_stay_distinct(name: str) -> None:
    encoded = encode_name(name)
    etree.fromstring(f"<{encoded}/>".encode("utf-8", "ignore"))
    assert encode_name(name + "x") != encoded


def test_direct_formatting_is_what_goes_beyond_the_parent() -> None:
    parent = ParagraphProperties(margin_left="1cm", text_align="center")
    full = lay_over(parent, ParagraphProperties(text_align="end", tab_stops=(TabStop("2cm"),)))
    assert difference(full, parent) == ParagraphProperties(text_align="end", tab_stops=(TabStop("2cm"),))
    assert is_empty(difference(parent, parent))


def _document(write) -> bytes:
    stream = io.BytesIO()
    with OdfPackage(stream, MEDIA_TYPES["odt"]) as package:
        document = OdfDocument(package, "text")
        write(document)
        document.save()
    return stream.getvalue()


def test_the_package_starts_with_its_stored_media_type_and_lists_every_part() -> None:
    data = _document(lambda document: document.add_picture(b"\x89PNG", "png", "image/png"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        manifest = etree.fromstring(archive.read("META-INF/manifest.xml"))
        listed = {entry.get(qn("manifest:full-path")) for entry in manifest}
        parts = set(archive.namelist()) - {"mimetype", "META-INF/manifest.xml"}
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert listed == parts | {"/"}


def test_equal_input_gives_equal_bytes() -> None:
    def write(document: OdfDocument) -> None:
        document.body.text_element("text:p", "x")

    assert _document(write) == _document(write)


def test_equal_pictures_are_kept_once() -> None:
    def write(document: OdfDocument) -> None:
        assert document.add_picture(b"same", "png", "image/png") == document.add_picture(
            b"same", "png", "image/png"
        )

    _document(write)


def test_a_part_cannot_be_written_twice() -> None:
    with OdfPackage(io.BytesIO(), MEDIA_TYPES["odt"]) as package:
        package.add("a", b"", "x/y")
        with pytest.raises(ValueError, match="twice"):
            package.add("a", b"", "x/y")


def test_automatic_styles_known_after_the_body_stand_before_it() -> None:
    def write(document: OdfDocument) -> None:
        name = document.automatic.name_for(Style("paragraph", (ParagraphProperties(margin_left="1cm"),)))
        document.body.text_element("text:p", "x", {"text:style-name": name})

    root = flatten(io.BytesIO(_document(write)))
    tags = [etree.QName(child).localname for child in root]
    assert tags.index("automatic-styles") < tags.index("body")
    assert root.find(f".//{qn('style:style')}").get(qn("style:name")) == "P1"
