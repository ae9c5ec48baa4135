"""Both languages hold the same codes with the same parameters, and every code of the program has its sentence."""

import re
import string
from importlib import resources

import pytest

from converters.errors import FAILURES, REFUSALS
from converters.inspection import FEATURES
from converters.losses import LOSSES, Severity
from converters.outcome import Verdict
from migrate.locale import LANGUAGES, table
from migrate.planner import defaults
from migrate.planner.tables import TABLE_ERRORS


def table_names(language):
    folder = resources.files("migrate.locale").joinpath(language)
    return sorted(path.name.removesuffix(".toml") for path in folder.iterdir() if path.name.endswith(".toml"))


TABLES = table_names("en")


def sentences(name, language):
    """code -> {key: sentence}; a plain sentence is its ``text``."""
    found = table(name, language)
    return {code: entry if isinstance(entry, dict) else {"text": entry} for code, entry in found.items()}


def parameters(sentence):
    return sorted({field for _text, field, _spec, _conversion in string.Formatter().parse(sentence) if field})


def test_both_languages_have_the_same_tables():
    assert table_names("fr") == table_names("en")


@pytest.mark.parametrize("name", TABLES)
def test_both_languages_have_the_same_codes_with_the_same_parameters(name):
    english, french = sentences(name, "en"), sentences(name, "fr")
    assert set(english) ^ set(french) == set()
    different = [
        code
        for code, entry in english.items()
        if {key: parameters(text) for key, text in entry.items()}
        != {key: parameters(text) for key, text in french[code].items()}
    ]
    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_no_sentence_is_empty(name, language):
    empty = [
        code for code, entry in sentences(name, language).items() if not all(map(str.strip, entry.values()))
    ]
    assert empty == []


@pytest.mark.parametrize("name", TABLES)
def test_french_sentences_have_french_typography(name):
    """A space before ; : ! ? and guillemets with spaces; apostrophes are typographic."""
    wrong = [
        (code, text)
        for code, entry in sentences(name, "fr").items()
        for text in entry.values()
        if re.search(r"[a-zéèà][!?;](?:\s|$)|«\S|\S»|[a-zA-Z]'[a-zéèêA-Z]", text)
    ]
    assert wrong == []


CODES = {
    "losses": set(LOSSES),
    "errors": {*REFUSALS, *FAILURES},
    "verdicts": {verdict.value for verdict in Verdict},
    "severities": {severity.identifier for severity in Severity},
    "features": set(FEATURES),
    "plan": {f"error.{code}" for code in TABLE_ERRORS},
    "report": {
        *(f"assumption.{code}" for code in defaults.assumptions()),
        *(f"how.{code}" for code in defaults.rules()),
        *(f"rule.{code}" for code in defaults.rules() if code not in FEATURES),
        *(f"service.{code}" for code in defaults.catalogue().services),
        *(f"tier.{tier}" for row in defaults.catalogue().services.values() for tier in row.tiers),
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CODES)
def test_every_code_of_the_program_has_its_sentence(name, language):
    assert CODES[name] - set(table(name, language)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_for_a_loss_or_error_that_does_not_exist(language):
    for name in ("losses", "errors", "verdicts", "features"):
        assert set(table(name, language)) - CODES[name] == set(), name
