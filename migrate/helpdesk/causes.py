"""Why a colleague calls: symptoms as they say them, and for each the causes in the order of their likelihood.

A cause is a code, whose sentences stand in the locale's table ``causes`` (what is wrong, what helps, what to tell the
colleague), and a look at the facts that answers its evidence, or None. The last of a symptom is always true: nothing is
wrong with the file, a setting is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from converters.errors import Param
from converters.formula_results import Cause as ResultCause
from converters.kinds import KINDS, SPREADSHEET
from converters.losses import Loss, Place, Severity
from migrate.helpdesk.facts import Facts

EXAMPLES = 3

# symptom -> what the colleague says; the locale has the words (tables ``symptoms``)
SYMPTOMS: dict[str, str] = {
    "cannot-open": "the file cannot be opened",
    "totals-differ": "figures or totals are not what they were",
    "name-error": "cells show #NAME? or an error",
    "layout-moved": "text or pages stand elsewhere",
    "macro-dead": "a macro or a button does nothing",
    "picture-gone": "a picture, chart or drawing is gone",
    "links-ask": "the file asks about links or other files",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """``params`` fill the cause's sentences; ``places`` are where it shows."""

    params: Mapping[str, Param]
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    code: str
    evidence: Evidence
    setting: bool = False  # nothing is wrong with the file

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "setting": self.setting,
            "params": dict(self.evidence.params),
            "places": [place.as_json() for place in self.evidence.places],
        }


Look = Callable[[Facts], Evidence | None]


def causes_of(facts: Facts, symptom: str | None) -> list[Found]:
    """The causes that the facts bear out, the likeliest first. Without a symptom those of all, settings left out."""
    asked = [symptom] if symptom else list(SYMPTOMS)
    found: dict[str, Found] = {}
    for name in asked:
        for code, look in CAUSES[name]:
            if code in found or (symptom is None and code in _ONLY_ASKED):
                continue
            evidence = look(facts)
            if evidence is not None:
                found[code] = Found(code, evidence)
    if symptom:
        found[SETTINGS[symptom]] = Found(SETTINGS[symptom], Evidence({}), setting=True)
    return list(found.values())


# what is no trouble unless somebody calls because of it
_ONLY_ASKED = frozenset(
    ["NO_MACROS", "VOLATILE", "FIGURES_DAMAGED", "PART_LOST", "RESULT_OUT_OF_DATE", "ITERATES"]
)


def _evidence(losses: Sequence[Loss], **params: Param) -> Evidence | None:
    """What a cause shows by losses; None where there are none."""
    if not losses:
        return None
    places = tuple(dict.fromkeys(place for loss in losses for place in loss.examples))[:EXAMPLES]
    return Evidence({"count": sum(loss.count for loss in losses), **params}, places)


@dataclass(frozen=True, slots=True)
class _ByLosses:
    codes: tuple[str, ...]

    def __call__(self, facts: Facts) -> Evidence | None:
        losses = facts.losses(*self.codes)
        named = [str(value) for loss in losses for _, value in loss.params]
        return _evidence(losses, names=_listed(named))


def _by_losses(*codes: str) -> _ByLosses:
    return _ByLosses(codes)


@dataclass(frozen=True, slots=True)
class _First:
    """The first evidence of several looks: LibreOffice's results tell nothing of links, inspection does."""

    looks: tuple[Look, ...]

    def __call__(self, facts: Facts) -> Evidence | None:
        return next((found for look in self.looks if (found := look(facts)) is not None), None)


def _first(*looks: Look) -> _First:
    return _First(looks)


def losses_behind(cause: str) -> tuple[str, ...]:
    """The codes of losses that a cause shows by; empty for one that shows otherwise."""
    looks = [look for causes in CAUSES.values() for code, look in causes if code == cause]
    inner = [one for look in looks for one in (look.looks if isinstance(look, _First) else (look,))]
    return tuple(dict.fromkeys(code for look in inner if isinstance(look, _ByLosses) for code in look.codes))


def _by_features(*codes: str) -> Look:
    def look(facts: Facts) -> Evidence | None:
        features = [
            item for item in (facts.inspection.features if facts.inspection else ()) if item.code in codes
        ]
        if not features:
            return None
        places = tuple(place for feature in features for place in feature.examples)[:EXAMPLES]
        return Evidence({"count": sum(feature.count for feature in features)}, places)

    return look


def _by_links(*kinds: str) -> Look:
    def look(facts: Facts) -> Evidence | None:
        links = [link for link in (facts.inspection.links if facts.inspection else ()) if link.kind in kinds]
        if not links:
            return None
        targets = list(dict.fromkeys(link.target for link in links))
        places = tuple(dict.fromkeys(link.place for link in links))[:EXAMPLES]
        return Evidence({"count": len(targets), "names": _listed(targets)}, places)

    return look


def _by_results(*causes: ResultCause) -> Look:
    """Formula results that differ, or are left out of the comparison, for one of these causes."""

    def look(facts: Facts) -> Evidence | None:
        checked = facts.recalculation
        counts = dict(checked.causes) if checked is not None and not checked.error else {}
        count = sum(counts.get(cause.value, 0) for cause in causes)
        if not count or checked is None:
            return None
        cells = [item for item in checked.cells if item.cause in causes][:EXAMPLES]
        places = tuple(Place("cell", container=item.sheet, cell=item.cell) for item in cells)
        return Evidence({"count": count}, places)

    return look


def _listed(names: Sequence[str]) -> str:
    kept = list(dict.fromkeys(name for name in names if name))
    rest = len(kept) - EXAMPLES
    return ", ".join(kept[:EXAMPLES]) + (f" (+{rest})" if rest > 0 else "")


def _by_refusal(*codes: str) -> Look:
    """The file as it came is refused, with one of these codes."""

    def look(facts: Facts) -> Evidence | None:
        refusal = None if facts.mends else facts.identity.refusal()
        code, params = (refusal.code, refusal.params) if refusal else (facts.error, facts.error_params)
        return Evidence(dict(params)) if code in codes else None

    return look


def _nothing_made(facts: Facts) -> Evidence | None:
    """There is no new file, and it is the file's fault."""
    made = facts.outcome is not None and facts.outcome.target is not None
    return Evidence(dict(facts.error_params)) if facts.error in _UNREADABLE and not made else None


_UNREADABLE = frozenset(
    ["DAMAGED_ZIP", "DAMAGED_XML", "DAMAGED_OLE", "MISSING_PART", "UNREADABLE", "LIBREOFFICE_FAILED", "CRASHED",
     "TIMEOUT", "OUT_OF_MEMORY", "DUPLICATE_NAME"]
)  # fmt: skip


def _damaged(facts: Facts) -> Evidence | None:
    return Evidence({"count": len(facts.mends)}, _places_of(facts)) if facts.mends else None


def _places_of(facts: Facts) -> tuple[Place, ...]:
    parts = dict.fromkeys(mend.part for mend in facts.mends if mend.part)
    return tuple(Place("part", part=part) for part in parts)[:EXAMPLES]


def _figures_damaged(facts: Facts) -> Evidence | None:
    return _damaged(facts) if facts.family == SPREADSHEET else None


def _wrong_name(facts: Facts) -> Evidence | None:
    """A name that promises another kind of document than the content is."""
    kind, given = facts.identity.kind, facts.file.suffix[1:].lower()
    promised = KINDS.get(given)
    if promised is None or promised.code == kind or kind in _NO_CONTENT:
        return None
    actual = KINDS[kind]
    if (promised.family, promised.template) == (actual.family, actual.template) and not (
        promised.native ^ actual.native
    ):
        return None
    return Evidence({"kind": kind, "extension": given})


_NO_CONTENT = frozenset(
    ["empty", "owner_file", "zip", "ole_other", "ooxml_encrypted", "ooxml_rights_managed", "unknown"]
)


def _fonts(facts: Facts) -> Evidence | None:
    if not facts.missing_fonts:
        return None
    return Evidence({"count": len(facts.missing_fonts), "names": _listed(facts.missing_fonts)})


def _layout_losses(facts: Facts) -> Evidence | None:
    losses = facts.outcome.losses if facts.outcome else ()
    return _evidence([loss for loss in losses if loss.severity is Severity.LAYOUT])


def _calculates(name: str) -> Look:
    return lambda facts: Evidence({}) if getattr(facts.calculation, name) else None


def _macro_function(facts: Facts) -> Evidence | None:
    """Functions that the workbook's own macros define: cells call them, and LibreOffice does not know them."""
    modules = facts.inspection.macros if facts.inspection else ()
    own = {name.casefold() for module in modules for name in module.procedures}
    losses = facts.losses("FORMULA_NOT_TRANSLATED")
    called = [loss for loss in losses if str(dict(loss.params).get("detail", "")).casefold() in own]
    return _evidence(called, names=_listed([str(dict(loss.params)["detail"]) for loss in called]))


def _macro_calls(facts: Facts) -> Evidence | None:
    called = [
        name for module in (facts.inspection.macros if facts.inspection else ()) for name in module.calls
    ]
    return Evidence({"count": len(set(called)), "names": _listed(called)}) if called else None


def _macros_elsewhere(facts: Facts) -> Evidence | None:
    """No macros of its own, and a template attached: they stand there."""
    if facts.count("macros", "macro_sheet"):
        return None
    return _by_links("template")(facts)


def _no_macros(facts: Facts) -> Evidence | None:
    known = facts.inspection is not None and not facts.inspection.error
    return None if not known or facts.count("macros", "macro_sheet", "activex") else Evidence({})


# symptom -> (cause, its look), the likeliest first
CAUSES: dict[str, tuple[tuple[str, Look], ...]] = {
    "cannot-open": (
        ("EMPTY_FILE", _by_refusal("EMPTY_FILE")),
        ("OWNER_FILE", _by_refusal("LOCK_FILE")),
        ("PASSWORD", _by_refusal("ENCRYPTED", "WRONG_PASSWORD", "ENCRYPTION_UNSUPPORTED")),
        ("RIGHTS_MANAGED", _by_refusal("RIGHTS_MANAGED")),
        ("DAMAGED", _damaged),
        ("WRONG_NAME", _wrong_name),
        ("HOSTILE", _by_refusal("DOCTYPE_FORBIDDEN", "UNSAFE_NAME", "LIMIT_RATIO", "LIMIT_DEPTH",
                              "LIMIT_ENTRIES", "LIMIT_PART_SIZE", "LIMIT_TOTAL_SIZE", "LIMIT_FILE_SIZE")),
        ("UNSUPPORTED_KIND", _by_refusal("UNSUPPORTED_KIND")),
        ("NO_DOCUMENT", _by_refusal("NOT_OFFICE")),
        ("BEYOND_REPAIR", _nothing_made),
    ),
    "totals-differ": (
        ("FIGURES_DAMAGED", _figures_damaged),
        ("FORMULA_CONVERTED", _by_results(ResultCause.CONVERSION)),
        ("FORMULA_KEPT", _by_losses("FORMULA_NOT_TRANSLATED", "VALUE_KEPT_AS_TEXT")),
        ("FORMULA_FUNCTION", _by_results(ResultCause.FUNCTION)),
        ("OTHER_WORKBOOK", _by_links("workbook")),
        ("MANUAL_CALCULATION", _calculates("manual")),
        ("AS_SHOWN", _calculates("as_shown")),
        ("ITERATES", _calculates("iterates")),
        ("RESULT_OUT_OF_DATE", _by_results(ResultCause.STORED)),
        ("PIVOT", _by_losses("PIVOT_RESULT_CALCULATED", "PIVOT_RESULT_MISSING", "PIVOT_REFRESH_DROPPED",
                             "PIVOT_TABLE_DROPPED")),
        ("VOLATILE", _by_results(ResultCause.VOLATILE)),
    ),
    "name-error": (
        ("MACRO_FUNCTION", _macro_function),
        ("ADDIN_FUNCTION", _by_features("external_function")),
        ("NEW_FUNCTION", _by_features("new_function")),
        ("FORMULA_KEPT", _by_losses("FORMULA_NOT_TRANSLATED")),
        ("NAME_GONE", _by_losses("NAME_DROPPED")),
        ("OTHER_WORKBOOK", _by_links("workbook")),
    ),
    "layout-moved": (
        ("FONTS", _fonts),
        ("EMBEDDED_FONT", _by_losses("EMBEDDED_FONT_DROPPED")),
        ("LAYOUT_LOST", _layout_losses),
        ("TEMPLATE_STYLES", _by_losses("TEMPLATE_STYLES_UNLINKED")),
    ),
    "macro-dead": (
        ("MACRO_SHEET", _by_losses("MACRO_SHEET_DROPPED")),
        ("MACRO_CALLS", _macro_calls),
        ("MACROS_LEFT", _by_losses("MACROS_NOT_CARRIED", "MACROS_LEFT_BESIDE", "MACROS_COMMENTED")),
        ("CONTROLS", _by_losses("ACTIVEX_DROPPED", "FORM_CONTROL_DROPPED", "FORM_CONTROL_MACRO_DROPPED", "SHAPE_MACRO_DROPPED")),
        ("MACROS_UNPROVEN", _by_losses("MACROS_UNPROVEN")),
        ("MACROS_ELSEWHERE", _macros_elsewhere),
        ("NO_MACROS", _no_macros),
    ),
    "picture-gone": (
        ("PICTURE_LINKED", _first(_by_losses("PICTURE_LINKED", "MEDIA_LINKED"), _by_links("picture", "media"))),
        ("PICTURE_DAMAGED", _by_losses("PICTURE_MISSING")),
        ("PICTURE_FORMAT", _by_losses("PICTURE_FORMAT")),
        ("DRAWING_LOST", _by_losses("DRAWING_DROPPED", "CHART_DROPPED", "SMARTART_DROPPED", "INK_DROPPED",
                                    "EMBEDDED_OBJECT_DROPPED", "MEDIA_DROPPED", "ALTERNATE_CONTENT_DROPPED",
                                    "SPARKLINES_DROPPED", "HEADER_PICTURE_DROPPED")),
        ("PART_LOST", _by_losses("PART_MISSING", "PART_DAMAGED", "RELATIONSHIP_DANGLING")),
    ),
    "links-ask": (
        ("DDE", _by_links("dde")),
        ("OTHER_WORKBOOK", _by_links("workbook")),
        ("DATA_SOURCE", _by_links("data")),
        ("LINKED_CONTENT", _by_links("picture", "ole", "media", "document")),
        ("MACROS_ELSEWHERE", _by_links("template")),
    ),
}  # fmt: skip
# symptom -> what it is where nothing is wrong with the file
SETTINGS: dict[str, str] = {
    "cannot-open": "SETTING_OPENS_HERE",
    "totals-differ": "SETTING_RECALCULATION",
    "name-error": "SETTING_FUNCTION_NAMES",
    "layout-moved": "SETTING_FONTS",
    "macro-dead": "SETTING_MACRO_SECURITY",
    "picture-gone": "SETTING_PICTURES",
    "links-ask": "SETTING_LINK_UPDATE",
}
