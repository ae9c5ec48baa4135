"""Every code a person may meet has its sentence in both languages, with the same parameters."""

from __future__ import annotations

import re

import pytest

from converters import ENGINE_REASONS
from converters.errors import FAILURES, REFUSALS
from converters.inspection import FEATURES
from converters.losses import LOSSES, Severity
from converters.outcome import Verdict
from migrate.locale import LANGUAGES, table

TABLES: dict[str, set[str]] = {
    "errors": {*REFUSALS, *FAILURES},
    "losses": set(LOSSES),
    "features": set(FEATURES),
    "verdicts": {verdict.value for verdict in Verdict},
    "engine_reasons": set(ENGINE_REASONS),
    "severities": {severity.identifier for severity in Severity},
}
OWN = ("inspect", "verify", "doctor", "units")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_every_code_has_its_sentence(name: str, language: str) -> None:
    assert set(table(name, language)) == TABLES[name]


@pytest.mark.parametrize("name", [*TABLES, *OWN])
def test_both_languages_have_the_same_codes_and_parameters(name: str) -> None:
    english, french = table(name, "en"), table(name, "fr")
    assert set(english) == set(french)
    for code in english:
        assert _parameters(english[code]) == _parameters(french[code]), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_says_what_to_do(language: str) -> None:
    for code, entry in table("errors", language).items():
        assert entry["text"], code
        assert entry["remedy"], code


@pytest.mark.parametrize("name", [*TABLES, *OWN])
def test_french_is_written_with_its_own_typography(name: str) -> None:
    for code, entry in table(name, "fr").items():
        for text in (entry,) if isinstance(entry, str) else entry.values():
            assert "'" not in text, code
            assert not re.search(r" [:;?!»]|« ", text), code


def _parameters(entry: str | dict[str, str]) -> list[str]:
    text = entry if isinstance(entry, str) else entry["text"]
    return sorted(re.findall(r"\{(\w+)\}", text))
