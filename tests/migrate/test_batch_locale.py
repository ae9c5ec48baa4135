"""Every code of the inventory and the batch has its sentence."""

import re
import string

import pytest

from converters.outcome import Verdict
from inventory.errors import ENVIRONMENT, REASONS
from inventory.findings import FINDINGS
from migrate.batch.decide import Action
from migrate.locale import LANGUAGES, table
from migrate.policy import ERRORS


def _parameters(entry):
    texts = entry.values() if isinstance(entry, dict) else (entry,)
    return {
        name
        for text in texts
        for _before, name, _format, _conversion in string.Formatter().parse(text)
        if name
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_sentence(language):
    reasons = table("reasons", language)
    assert set(REASONS) | set(ENVIRONMENT) | set(ERRORS) <= set(reasons)
    assert set(FINDINGS) == set(table("findings", language))
    said = {f"action_{action.value}" for action in Action if action is not Action.CONVERT}
    heads = {
        f"head_{word}"
        for word in ("clean", "cosmetic", "layout", "behaviour", "content", "failed", "refused")
    }
    assert said | heads <= set(table("batch", language))
    assert {verdict.value for verdict in Verdict} <= set(table("verdicts", language))


@pytest.mark.parametrize("code", [*ENVIRONMENT, *ERRORS])
def test_sentences_use_the_parameters_that_the_code_has(code):
    documented = re.search(r"\(params: ([^)]*)\)", {**ENVIRONMENT, **ERRORS}[code])
    known = set(documented[1].split(", ")) if documented is not None else set()
    assert _parameters(table("reasons", "en")[code]) <= known
