"""The words of conversion: every reason for an engine, every error's remedy, every kind of place and unit of work."""

from __future__ import annotations

import re

import pytest

from converters import ENGINE_REASONS
from converters.losses import Place
from migrate.locale import LANGUAGES, table


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_for_an_engine_has_its_sentence(language: str) -> None:
    assert set(table("engine_reasons", language)) == set(ENGINE_REASONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_says_what_to_do(language: str) -> None:
    for code, entry in table("errors", language).items():
        assert entry["text"], code
        assert entry["remedy"], code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_place_has_its_words(language: str) -> None:
    listed = re.search(r"one of (.*?)\.", " ".join((Place.__doc__ or "").split()))
    assert listed is not None
    assert set(listed[1].split(", ")) == set(table("places", language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_have_a_singular_and_a_plural(language: str) -> None:
    for code, text in table("units", language).items():
        assert len(text.split("|")) == 2, code
