"""Themes, which many documents share."""

from __future__ import annotations

import io
import zipfile

import pytest

from converters.ooxml.namespaces import NAMESPACES
from converters.ooxml.package import Package
from converters.ooxml.theme import Theme, read_theme
from converters.options import Options

PART = "word/theme/theme1.xml"


def _theme(accent: str) -> bytes:
    return (
        f'<a:theme xmlns:a="{NAMESPACES["a"]}"><a:themeElements><a:clrScheme name="x"><a:accent1><a:srgbClr val="{accent}"/>'
        "</a:accent1></a:clrScheme></a:themeElements></a:theme>"
    ).encode()


def _read(data: bytes) -> Theme:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{NAMESPACES["ct"]}"/>')
        archive.writestr(PART, data)
    stream.seek(0)
    with Package(stream, Options().limits) as package:
        return read_theme(package, PART)


def test_equal_themes_are_read_once_and_others_anew() -> None:
    assert _read(_theme("112233")) is _read(_theme("112233"))
    assert _read(_theme("445566")).colors["accent1"] == "#445566"


def test_a_large_theme_is_not_kept() -> None:
    large = _theme("112233") + b" " * 50_000
    assert _read(large) is not _read(large)
    assert _read(large).colors["accent1"] == "#112233"


@pytest.mark.parametrize("data", [b"<a:theme", b"", b"<!DOCTYPE a><a/>"])
def test_a_damaged_theme_is_the_usual_one_each_time(data: bytes) -> None:
    assert _read(data) == _read(data) == Theme()
