"""Packages: limits against hostile zips, parts without case, relationships of both dialects."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.errors import Refused
from converters.ooxml.package import Limits, Package

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/x-main"/></Types>'
)


def relationships(*rows: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(rows)}</Relationships>'


def relationship(identifier: str, kind: str, target: str, mode: str = "", strict: bool = False) -> str:
    base = (
        "http://purl.oclc.org/ooxml/officeDocument/relationships/"
        if strict
        else "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    )
    return f'<Relationship Id="{identifier}" Type="{base}{kind}" Target="{target}"{mode}/>'


def archive(files: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return stream.getvalue()


def refusal(data: bytes, **limits: int) -> str:
    with pytest.raises(Refused) as caught:
        Package(data, Limits(**limits))
    return caught.value.code


def test_parts_are_found_without_case_and_with_backslashes() -> None:
    with Package(archive({"Word\\Document.XML": "<a/>"})) as package:
        assert "word/document.xml" in package
        assert package.read("/word/document.xml") == b"<a/>"


@pytest.mark.parametrize("strict", [False, True])
def test_the_main_part_is_found_in_both_dialects(strict: bool) -> None:
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships(
            relationship("r1", "officeDocument", "word/document.xml", strict=strict)
        ),
        "word/document.xml": "<a/>",
    }
    with Package(archive(files)) as package:
        assert package.main_part == "word/document.xml"
        assert package.content_type("word/document.xml") == "application/x-main"


def test_relationship_targets_are_resolved_against_their_part() -> None:
    rows = (
        relationship("r1", "image", "../media/a%20b.png"),
        relationship("r2", "styles", "/word/styles.xml"),
        relationship("r3", "hyperlink", "http://example.org/x", ' TargetMode="External"'),
    )
    files = {
        "word/_rels/document.xml.rels": relationships(*rows),
        "media/a b.png": b"",
        "word/styles.xml": "<a/>",
    }
    with Package(archive(files)) as package:
        found = package.relationships("word/document.xml")
    assert found["r1"].target == "media/a b.png"
    assert found["r2"].target == "word/styles.xml"
    assert (found["r3"].external, found["r3"].kind) == (True, "hyperlink")


@pytest.mark.parametrize(
    "name", ["../evil.xml", "a/../../b", "C:/x", "\\\\server\\share", "//server/x", "..\\x"]
)
def test_names_that_leave_the_package_are_refused(name: str) -> None:
    assert refusal(archive({name: "x"})) == "UNSAFE_NAME"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    assert refusal(archive({"a.xml": b"\0" * 30_000_000})) == "LIMIT_RATIO"


def test_too_many_entries_are_refused() -> None:
    assert refusal(archive({f"{i}": "" for i in range(11)}), entries=10) == "LIMIT_ENTRIES"


def test_a_directory_that_lies_about_a_size_cannot_pass_the_limit() -> None:
    data = bytearray(archive({"a.xml": b"x" * 5000}))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = (10).to_bytes(4, "little")
    with Package(bytes(data)) as package, pytest.raises(Refused):
        package.read("a.xml", limit=100)


def test_a_cut_zip_is_damaged() -> None:
    assert refusal(archive({"a.xml": b"x" * 1000})[:-40]) == "DAMAGED_ZIP"


def test_a_missing_part_is_named() -> None:
    with Package(archive({"a": "x"})) as package, pytest.raises(Refused) as caught:
        package.read("word/document.xml")
    assert caught.value.params == {"part": "word/document.xml"}


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300), cut=st.integers(0, 400), flips=st.lists(st.integers(0, 399), max_size=6))
def test_any_damage_is_refused_or_read_but_never_breaks(data: bytes, cut: int, flips: list[int]) -> None:
    damaged = bytearray(archive({"a.xml": data, "_rels/.rels": relationships()})[: 100 + cut])
    for position in flips:
        if position < len(damaged):
            damaged[position] ^= 0xFF
    try:
        with Package(bytes(damaged)) as package:
            for part in package.part_names:
                package.read(part)
            package.relationships("")
    except Refused:
        pass
