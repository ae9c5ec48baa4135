"""The pieces of a number format code, between its tokeniser and the two that give them a meaning."""

from __future__ import annotations

import locale
import re
from dataclasses import dataclass, field
from functools import cache

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
