"""Losses, errors and reasons as sentences a person reads; the words come from the locale's tables."""

from __future__ import annotations

from collections.abc import Mapping

from converters.errors import Param
from converters.losses import Loss
from converters.outcome import Outcome
from migrate.locale import remedy, sentence
from migrate.places import describe_places

# characters that would steer a terminal or hide what a name is: C0, DEL, C1, bidirectional controls
_HARMLESS = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"
)


def shown(text: object) -> str:
    """A file's name, or other text from outside, as text that any terminal and file takes."""
    return str(text).encode("utf-8", "surrogateescape").decode("utf-8", "replace").translate(_HARMLESS)


def loss_sentence(loss: Loss, language: str) -> str:
    """What is lost, and where."""
    text = sentence("losses", loss.code, language, **_params(dict(loss.params)))
    if loss.count == 1 and loss.place.kind == "document":
        return text
    return f"{text} ({shown(describe_places(loss, language))})"


def error_sentence(code: str, params: Mapping[str, Param], language: str) -> str:
    return sentence("errors", code, language, **_params(params))


def error_remedy(code: str, params: Mapping[str, Param], language: str) -> str:
    return remedy("errors", code, language, **_params(params))


def reason_sentence(code: str, language: str, **params: Param) -> str:
    return sentence("reasons", code, language, **_params(params))


def reasons_of(outcome: Outcome, language: str) -> list[str]:
    """Why an outcome is not clean: its error, or its losses, the worst first."""
    if outcome.error:
        return [error_sentence(outcome.error, dict(outcome.error_params), language)]
    return [loss_sentence(loss, language) for loss in outcome.losses]


def _params(params: Mapping[str, Param]) -> dict[str, Param]:
    return {name: shown(value) if isinstance(value, str) else value for name, value in params.items()}
