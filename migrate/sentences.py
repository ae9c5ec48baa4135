"""Losses, places, errors and reasons as sentences a person reads; the words come from the locale's tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from converters.errors import Param
from converters.formula_results import Recalculation
from converters.losses import Loss
from converters.outcome import Outcome
from converters.rendered_pages import RenderedPages
from migrate.locale import remedy, sentence, table
from migrate.places import describe_place

# characters that would steer a terminal or hide what a name is: C0, DEL, C1, bidirectional controls
_HARMLESS = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"
)

# what the signs between thousands and before decimals become
_SIGNS = {"en": str.maketrans(",", "\u202f"), "fr": str.maketrans(",.", "\u202f,")}


def shown(text: object) -> str:
    """A file's name, or other text from outside, as text that any terminal and file takes."""
    return str(text).encode("utf-8", "surrogateescape").decode("utf-8", "replace").translate(_HARMLESS)


def hidden(name: str, language: str) -> str:
    """What stands in place of a name, such as ``owner 3``, in the reader's language; other names as they are."""
    word, _, number = name.rpartition(" ") if name[-1:].isdigit() else (name, "", "")
    return (
        sentence("hidden", word, language, number=number)
        if word in table("hidden", language)
        else shown(name)
    )


def loss_sentence(loss: Loss, language: str) -> str:
    """What is lost, how often, and where first."""
    params = dict(loss.params)
    if loss.code in _COUNTED_LOSSES:
        params["what"] = counted_thing(str(params["what"]), language)
    text = sentence("losses", loss.code, language, **_params(params))
    whole = loss.place.kind == "document" and not loss.place.container
    where = "" if whole else shown(describe_place(loss.place, language))
    if loss.count > 1:
        return sentence(
            "batch",
            "loss_several",
            language,
            text=text.removesuffix("."),
            count=loss.count,
            where=where or "–",
        )
    return f"{text.removesuffix('.')} ({where})" if where else text


# losses whose parameter ``what`` is a code of what is counted, or of a feature
_COUNTED_LOSSES = ("CENSUS_DIFFERS", "UNPROVEN_PART")


def counted_thing(code: str, language: str) -> str:
    """What a census counts, or a feature that none counts, in words."""
    return table("verify", language).get(code) or table("features", language).get(code) or code


def counted(code: str, count: int, language: str) -> str:
    """A count with its unit in the singular or plural: ``1 sheet``, ``3 sheets``; in French 0 is singular."""
    one, _, several = sentence("units", code, language).partition("|")
    singular = count == 1 or (language == "fr" and count == 0)
    return f"{grouped(count)} {one if singular else several or one}"


def grouped(count: int) -> str:
    """Thousands apart by a narrow no-break space, as both languages read it."""
    return f"{count:,}".replace(",", "\u202f")


def megabytes(size_bytes: int, language: str) -> str:
    """Millions of bytes with one decimal, behind the language's own decimal sign."""
    return f"{size_bytes / 1_000_000:,.1f}".translate(_SIGNS[language])


def percent(share: float, language: str) -> str:
    """A share as whole per cent, never rounded up: 100 % stands for all of it alone."""
    return f"{int(share * 100)}\u202f%" if language == "fr" else f"{int(share * 100)}%"


_DECLINED = "UNSUPPORTED_KIND"


def error_sentence(code: str, params: Mapping[str, Param], language: str) -> str:
    """What went wrong; a kind that is declined by its name in words."""
    if code == _DECLINED:
        params = {**params, "kind": sentence("kinds", str(params.get("kind", "")), language)}
    return sentence("errors", code, language, **_params(params))


def error_remedy(code: str, params: Mapping[str, Param], language: str) -> str:
    if code == _DECLINED and (own := remedy("kinds", str(params.get("kind", "")), language)):
        return own
    return remedy("errors", code, language, **_params(params))


def reason_sentence(code: str, language: str, **params: Param) -> str:
    return sentence("reasons", code, language, **_params(params))


def reasons_of(outcome: Outcome, language: str) -> list[str]:
    """Why an outcome is not clean: its error, or its losses, the worst first."""
    if outcome.error:
        return [error_sentence(outcome.error, dict(outcome.error_params), language)]
    return [loss_sentence(loss, language) for loss in outcome.losses]


def recalculation_sentence(checked: Sequence[Recalculation], language: str) -> str:
    """``n of m formula results differ``, with how many were left out of the comparison and how often it failed."""
    done = [item for item in checked if not item.error]
    text = sentence(
        "recalculation",
        "differ",
        language,
        differing=grouped(sum(item.differing for item in done)),
        formulas=counted("formula_results", sum(item.formulas for item in done), language),
    )
    excluded = sum(item.excluded for item in done)
    if excluded:
        text += " " + sentence("recalculation", "excluded", language, count=grouped(excluded))
    if len(done) < len(checked):
        text += " " + sentence("recalculation", "failed", language, count=grouped(len(checked) - len(done)))
    return text


def rendering_sentences(rendered: RenderedPages, language: str) -> list[str]:
    """Whether the result opens, how many pages look alike, and what was not compared."""
    texts = []
    if rendered.opens is not None:
        texts.append(sentence("rendering", "opens" if rendered.opens else "does_not_open", language))
    if rendered.compared:
        texts.append(alike_sentence([rendered], language))
    return texts + limits_of_comparison(rendered, language)


def limits_of_comparison(rendered: RenderedPages, language: str) -> list[str]:
    """Why nothing was compared, or not all."""
    texts = []
    if rendered.error:
        reason = error_sentence(rendered.error, dict(rendered.error_params), language)
        texts.append(sentence("rendering", "not_compared", language, reason=reason))
    if rendered.cut:
        pages = counted("pages", len(rendered.pages), language)
        texts.append(sentence("rendering", "cut", language, pages=pages))
    return texts


def alike_sentence(rendered: Sequence[RenderedPages], language: str) -> str:
    """How many pages of all documents look alike, and the likeness of the document that is least so."""
    compared = [item for item in rendered if item.compared]
    return sentence(
        "rendering",
        "alike" if len(compared) == 1 else "alike_of_several",
        language,
        files=counted("files", len(compared), language),
        alike=grouped(sum(item.alike for item in compared)),
        pages=grouped(sum(len(item.pages) for item in compared)),
        likeness=percent(min((item.likeness for item in compared), default=0.0), language),
    )


def _params(params: Mapping[str, Param]) -> dict[str, Param]:
    return {name: shown(value) if isinstance(value, str) else value for name, value in params.items()}
