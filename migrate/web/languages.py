"""The language of a visit: the one chosen on a page, else what the browser asks for; its region from the browser."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from starlette.requests import Request

from migrate.locale import LANGUAGES
from migrate.reports.words import Words

COOKIE = "migrate-language"
_CURRENCY = "EUR"  # pages of a plan replace it by the plan's
_LONGEST_HEADER = 500
_MOST_TAGS = 20


def words_for(request: Request) -> Words:
    chosen = request.query_params.get("lang") or request.cookies.get(COOKIE)
    return words_of(chosen, request.headers.get("accept-language", ""))


def words_of(chosen: str | None, accepted: str) -> Words:
    """Words in a language that was chosen, or the first that is accepted and spoken here, or English.

    ``accepted`` is a header Accept-Language (RFC 9110, 12.5.4); a region in it (``fr-CA``) decides the forms of numbers,
    money and dates.
    """
    tags = [tag for tag in _tags(accepted) if tag.split("-")[0] in LANGUAGES]
    if chosen in LANGUAGES:
        tags = [tag for tag in tags if tag.split("-")[0] == chosen] + [str(chosen)]
    for tag in tags:
        words = _words(tag)
        if words is not None:
            return words
    return Words.of("en", _CURRENCY)


def _tags(accepted: str) -> Iterator[str]:
    """Language tags in lower case, the most wanted first."""
    weighted = []
    for place, part in enumerate(accepted[:_LONGEST_HEADER].split(",")[:_MOST_TAGS]):
        tag, _, weight = part.strip().partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        if quality > 0:
            weighted.append((-quality, place, tag.strip().lower()))
    return (tag for _quality, _place, tag in sorted(weighted))


@cache
def _known(language: str, region: str) -> Words | None:
    try:
        return Words.of(f"{language}_{region}" if region else language, _CURRENCY)
    except ValueError:
        return None


def _words(tag: str) -> Words | None:
    """``fr-ca`` as it is written in CLDR; a region that is unknown is left out."""
    language, _, region = tag.partition("-")
    if len(region) == 2 and region.isascii() and region.isalpha():
        return _known(language, region.upper()) or _known(language, "")
    return _known(language, "")
