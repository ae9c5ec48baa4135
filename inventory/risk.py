"""How much a document will cost a person: one class, by the first rule that applies. Every class names its rule.

The rules of contents look into an inspection and are stored with it. Those of places, which are stronger, look at
what surrounds a file: whether programs read or write it (inventory/machine_made.py), and how long nobody has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from converters.inspection import Inspection
from converters.kinds import KINDS
from converters.losses import Severity

ARCHIVE_YEARS = 7  # whole years without a change after which a document is for the archive


class Risk(StrEnum):
    READY = "ready"  # nothing is lost
    COSMETIC = "cosmetic"  # nobody will mind
    CHECK = "check"  # the layout changes, or a link leads elsewhere: someone looks at it
    REWORK = "rework"  # something behaves otherwise: someone mends it
    MANUAL = "manual"  # content is lost, or no conversion is possible: a person decides
    LEAVE = "leave"  # programs read or write it: converting it would break them
    ARCHIVE = "archive"  # nobody has changed it for years: it is kept as it is
    NONE = ""  # no document that a conversion is asked for


@dataclass(frozen=True, slots=True)
class Rule:
    """``code`` is at most 32 characters; the locale explains it (table ``inventory``, ``rule_<code>``)."""

    code: str
    risk: Risk
    applies: Callable[[Inspection], bool]


def _has(*features: str) -> Callable[[Inspection], bool]:
    wanted = frozenset(features)
    return lambda found: any(feature.code in wanted for feature in found.features)


def _loses(severity: Severity) -> Callable[[Inspection], bool]:
    return lambda found: any(
        loss.severity is severity and loss.code not in _OWN_RULES for loss in found.losses
    )


def _loss(code: str) -> Callable[[Inspection], bool]:
    return lambda found: any(loss.code == code for loss in found.losses)


_OWN_RULES = ("UNPROVEN",)
_NO_DOCUMENTS = ("NOT_OFFICE", "EMPTY_FILE", "LOCK_FILE")
# kinds that are declined, and that no office of this product's users needs converted
_OPEN_OR_MAIL = frozenset(code for code in KINDS if code.startswith("od") or code.startswith("ot")) | {"msg"}

# the order is the meaning
RULES: tuple[Rule, ...] = (
    Rule("no_document", Risk.NONE, lambda found: found.error in _NO_DOCUMENTS or found.kind in _OPEN_OR_MAIL),
    Rule("no_converter", Risk.MANUAL, lambda found: found.error == "UNSUPPORTED_KIND"),
    Rule("closed", Risk.MANUAL, lambda found: found.error in ("ENCRYPTED", "RIGHTS_MANAGED")),
    Rule("unreadable", Risk.MANUAL, lambda found: bool(found.error)),
    Rule("no_family", Risk.NONE, lambda found: not found.family),
    Rule("made_by_program", Risk.LEAVE, lambda found: bool(found.producer)),
    Rule("loses_content", Risk.MANUAL, _loses(Severity.CONTENT)),
    Rule("macros", Risk.REWORK, _has("macros", "macro_sheet")),
    Rule("live_data", Risk.REWORK, _has("external_data", "power_query", "data_model", "dde")),
    Rule("add_ins", Risk.REWORK, _has("external_function", "web_extension", "activex")),
    Rule("changes_behaviour", Risk.REWORK, _loses(Severity.BEHAVIOUR)),
    Rule("linked_files", Risk.CHECK, _has("external_link", "mail_merge")),
    Rule("changes_layout", Risk.CHECK, _loses(Severity.LAYOUT)),
    Rule("unproven", Risk.CHECK, _loss("UNPROVEN")),
    Rule("changes_looks", Risk.COSMETIC, _loses(Severity.COSMETIC)),
    Rule("text_unread", Risk.COSMETIC, lambda found: found.level == "cheap"),
    Rule("loses_nothing", Risk.READY, lambda _found: True),
)
# rules of places -> class; the first that applies goes before those of contents. See inventory/item_risk.py.
PLACE_RULES: dict[str, Risk] = {
    "read_by_connections": Risk.LEAVE,
    "software_inventory": Risk.LEAVE,
    "service_account": Risk.LEAVE,
    "written_regularly": Risk.LEAVE,
    "old_untouched": Risk.ARCHIVE,
}
RISK_OF_RULE: dict[str, Risk] = {rule.code: rule.risk for rule in RULES} | PLACE_RULES


def rule_of(inspection: Inspection) -> Rule:
    """The rule of contents that gives a document its class."""
    return next(rule for rule in RULES if rule.applies(inspection))


def risk_of(inspection: Inspection) -> Risk:
    return rule_of(inspection).risk
