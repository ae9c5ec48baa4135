"""The pieces of a number format code, between its tokeniser and the two that give them a meaning."""

from __future__ import annotations

import locale
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from converters.odf.number_styles import Part

_LANGUAGE_TAG = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-([A-Z]{2}))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Locale:
    language: str
    country: str | None

    def attributes(self) -> tuple[tuple[str, str], ...]:
        country = (("number:country", self.country),) if self.country else ()
        return (("number:language", self.language), *country)


@dataclass(frozen=True, slots=True)
class Token:
    """``kind``: text, pad, fill, digit, point, comma, percent, slash, at, exponent, date, elapsed, ampm, general,
    currency; and condition, color, locale, which belong to the section.
    """

    kind: str
    text: str
    locale: Locale | None = None


@dataclass(slots=True)
class Section:
    tokens: list[Token] = field(default_factory=list)
    condition: str | None = None
    color: str | None = None
    locale: Locale | None = None
    system_format: str = ""  # F800 and F400: the system's long date and time


@cache
def locale_of(text: str) -> Locale | None:
    """The locale of ``407`` (a hexadecimal LCID, whose upper half tells calendar and digits) or ``en-US``."""
    try:
        name = locale.windows_locale.get(int(text, 16) & 0xFFFF)
    except ValueError:
        match = _LANGUAGE_TAG.match(text.partition(",")[0])
        return Locale(match[1].lower(), match[2].upper() if match[2] else None) if match else None
    if name is None:
        return None
    language, _, country = name.partition("_")
    return Locale(language, country if len(country) == 2 else None)


def merged_literals(tokens: list[Token]) -> Iterator[Part]:
    """Tokens outside the number as parts; neighbouring texts are one, since ODF allows one between two others.

    A blank as wide as a character is spaces of that text, as many as LibreOffice shows; its extension names the
    character where the text is nothing else.
    """
    text = ""
    blank = ""  # the character, where the text is one blank alone
    for token in tokens:
        if token.kind in _PARTS:
            if text:
                yield _text_part(text, blank)
                text = blank = ""
            yield _PARTS[token.kind](token)
        elif token.kind == "pad":
            blank = "" if text else token.text
            text += blank_for(token.text)
        elif token.kind != "general":
            text += token.text
            blank = ""
    if text:
        yield _text_part(text, blank)


# svl/source/numbers/zformat.cxx of LibreOffice, InsertBlanks: characters of one space and of three; others take two
_NARROW = frozenset(" !\"'()*,-./:;I[\\]`fijlrst{|}")
_WIDE = frozenset("%@GMNOQWm")


def blank_for(char: str) -> str:
    """As many spaces as are about as wide as a character."""
    return " " if char in _NARROW else "   " if char in _WIDE else "  "


def _text_part(text: str, blank: str) -> Part:
    return Part("number:text", (("loext:blank-width-char", blank),) if blank else (), text)


_PARTS = {
    "at": lambda token: Part("number:text-content"),
    "fill": lambda token: Part("number:fill-character", text=token.text),
    "currency": lambda token: Part(
        "number:currency-symbol", token.locale.attributes() if token.locale else (), token.text
    ),
}
