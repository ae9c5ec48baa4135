"""The hardened parser."""

from __future__ import annotations

import io

import pytest

from converters.errors import Refused
from converters.ooxml.namespaces import NAMESPACES, qn
from converters.ooxml.xml import children, iter_tags, read_xml, without_children

W, MC = NAMESPACES["w"], NAMESPACES["mc"]
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_xml(data, "word/document.xml")
    return caught.value.code


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE a [<!ENTITY x "y">]>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        b'<!doctype a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
def test_document_types_and_so_entities_are_refused(declaration: bytes) -> None:
    assert refusal(declaration + b"<a>&x;</a>") == "DOCTYPE_FORBIDDEN"


def test_a_document_type_in_another_encoding_is_refused_too() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    assert refusal(text.encode("utf-16")) == "DOCTYPE_FORBIDDEN"


def test_the_word_doctype_in_a_text_is_just_a_word() -> None:
    assert read_xml(b"<a>&lt;!DOCTYPE html></a>", "p").text == "<!DOCTYPE html>"


def test_cut_xml_is_damaged_and_names_its_part() -> None:
    with pytest.raises(Refused) as caught:
        read_xml(b"<a><b>", "word/document.xml")
    assert caught.value.code == "DAMAGED_XML"
    assert caught.value.params["part"] == "word/document.xml"


def test_deep_nesting_is_refused() -> None:
    assert refusal(b"<a>" * 100_000 + b"</a>" * 100_000) in ("LIMIT_DEPTH", "DAMAGED_XML")


def test_deep_nesting_in_a_huge_part_is_refused() -> None:
    padding = b"<p>" + b"x" * 10_000_000 + b"</p>"
    assert refusal(b"<r>" + padding + b"<a>" * 300 + b"</a>" * 300 + b"</r>") == "LIMIT_DEPTH"


def test_strict_elements_and_attributes_are_read_as_transitional() -> None:
    data = f'<w:p xmlns:w="{STRICT_W}" xmlns:r="{STRICT_R}" r:id="x"><w:t>{STRICT_W}</w:t></w:p>'.encode()
    root = read_xml(data, "p")
    assert root.tag == qn("w:p")
    assert root.get(qn("r:id")) == "x"
    assert root[0].text == STRICT_W  # text stays as it is, even where it looks like a namespace


def test_alternate_content_without_a_branch_for_us_stands_for_itself() -> None:
    data = (
        f'<w:r xmlns:w="{W}" xmlns:mc="{MC}" xmlns:z="urn:z"><mc:AlternateContent>'
        '<mc:Choice Requires="z"><w:a/></mc:Choice></mc:AlternateContent><w:d/></w:r>'
    ).encode()
    expected = [qn("mc:AlternateContent"), qn("w:d")]
    assert [child.tag for child in children(read_xml(data, "p"))] == expected
    assert list(iter_tags(io.BytesIO(data), "p")) == [(qn("w:r"), 0), *((tag, 1) for tag in expected)]


def test_the_first_understood_choice_stands_in_place_of_alternate_content() -> None:
    root = read_xml(
        f'<w:r xmlns:w="{W}" xmlns:mc="{MC}" xmlns:wps="{NAMESPACES["wps"]}" xmlns:z="urn:z"><mc:AlternateContent>'
        '<mc:Choice Requires="z"><w:a/></mc:Choice><mc:Choice Requires="wps"><w:b/></mc:Choice>'
        "<mc:Fallback><w:c/></mc:Fallback></mc:AlternateContent><w:d/></w:r>".encode(),
        "p",
    )
    assert [child.tag for child in children(root)] == [qn("w:b"), qn("w:d")]


def test_the_fallback_stands_where_no_choice_is_understood() -> None:
    root = read_xml(
        f'<w:r xmlns:w="{W}" xmlns:mc="{MC}" xmlns:z="urn:z"><mc:AlternateContent>'
        '<mc:Choice Requires="z"><w:a/></mc:Choice><mc:Fallback><w:c/></mc:Fallback>'
        "</mc:AlternateContent></w:r>".encode(),
        "p",
    )
    assert [child.tag for child in children(root)] == [qn("w:c")]


@pytest.mark.parametrize("fallback", ["<mc:Fallback/>", "<mc:Fallback><!-- nothing --></mc:Fallback>"])
def test_a_fallback_that_says_nothing_does_not_hide_what_is_not_understood(fallback: str) -> None:
    data = (
        f'<w:r xmlns:w="{W}" xmlns:mc="{MC}" xmlns:z="urn:z"><mc:AlternateContent>'
        f'<mc:Choice Requires="z"><w:a/></mc:Choice>{fallback}</mc:AlternateContent><w:d/></w:r>'
    ).encode()
    expected = [qn("mc:AlternateContent"), qn("w:d")]
    assert [child.tag for child in children(read_xml(data, "p"))] == expected
    assert list(iter_tags(io.BytesIO(data), "p")) == [(qn("w:r"), 0), *((tag, 1) for tag in expected)]


def test_a_choice_may_say_nothing() -> None:
    data = (
        f'<w:r xmlns:w="{W}" xmlns:mc="{MC}" xmlns:wps="{NAMESPACES["wps"]}"><mc:AlternateContent>'
        '<mc:Choice Requires="wps"/><mc:Fallback><w:a/></mc:Fallback></mc:AlternateContent></w:r>'
    ).encode()
    assert list(children(read_xml(data, "p"))) == []
    assert list(iter_tags(io.BytesIO(data), "p")) == [(qn("w:r"), 0)]


def _cut(notes: str, head: str = "") -> bytes | None:
    part = f'{head}<w:notes xmlns:w="urn:w">{notes}</w:notes>'.encode()
    return without_children(part, "w:note", {b"2", b"4"})


def test_children_that_nothing_names_are_cut_out_as_text() -> None:
    notes = (
        '<w:note w:id="1"><w:noteRef/>a</w:note><w:note w:type="x" w:id="2">b</w:note>'
        '<w:note w:id="3"></w:note><w:note w:id=\'5\'>e</w:note><w:note w:id="4">c</w:note>'
    )
    assert _cut(notes, '<?xml version="1.0" encoding="UTF-8"?>\n') == (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<w:notes xmlns:w="urn:w">'
        b'<w:note w:type="x" w:id="2">b</w:note><w:note w:id="4">c</w:note></w:notes>'
    )


def test_where_nothing_is_named_all_is_cut_out() -> None:
    assert without_children(b'<n><w:a w:id="1">a</w:a></n>', "w:a", set()) == b"<n></n>"


@pytest.mark.parametrize("four", ["<w:note w:id='4'>c</w:note>", '<w:note w:id="&#52;">c</w:note>', ""])
def test_where_one_that_is_named_is_not_found_nothing_is_cut(four: str) -> None:
    assert _cut(f'<w:note w:id="1">a</w:note><w:note w:id="2">b</w:note>{four}') is None


@pytest.mark.parametrize(
    ("notes", "head"),
    [
        ('<!-- <w:note w:id="1"> --><w:note w:id="2">b</w:note>', ""),
        ('<w:note w:id="2"><![CDATA[</w:note>]]></w:note>', ""),
        ('<w:note w:id="1"/><w:note w:id="2">b</w:note><w:note w:id="4">c</w:note>', ""),
        ('<w:note w:id="2">b</w:note> <w:note w:id="4">c</w:note>', ""),
        ('<w:note w:id="2">b</w:note><w:note w:id="4">c</w:note><w:note>d</w:note>', ""),
        ('<w:note w:id="2"><w:note w:id="4">b</w:note></w:note>', ""),
        ('<w:note w:id="1">a<w:note w:id="2">b</w:note>c</w:note>', ""),
        ('<w:note w:id="1">a</w:note>', '<?xml version="1.0" encoding="UTF-16"?>'),
        ('<w:note w:id="1">a</w:note>', '<?xml version="1.0"?><?hint <w:note w:id="2"> ?>'),
    ],
)
def test_text_that_may_hide_where_a_child_ends_is_not_cut(notes: str, head: str) -> None:
    assert _cut(notes, head) is None
