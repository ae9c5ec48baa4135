"""How much a document will cost a person, told from what is in it: one class by the first rule that applies."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from converters.inspection import Inspection
from converters.losses import Severity, worst_severity


class Risk(StrEnum):
    READY = "ready"  # nothing is lost
    COSMETIC = "cosmetic"  # nobody will mind
    CHECK = "check"  # the layout changes: someone looks at it
    REWORK = "rework"  # something behaves otherwise: someone mends it
    MANUAL = "manual"  # content is lost, or no conversion is possible: a person decides
    NONE = ""  # no document that a conversion is asked for


# (rule, the class it gives); the order is the meaning
RULES: tuple[tuple[Callable[[Inspection], bool], Risk], ...] = (
    (lambda found: not found.family, Risk.NONE),
    (lambda found: bool(found.error), Risk.MANUAL),
    (lambda found: worst_severity(found.losses) is None, Risk.READY),
    (lambda found: worst_severity(found.losses) is Severity.COSMETIC, Risk.COSMETIC),
    (lambda found: worst_severity(found.losses) is Severity.LAYOUT, Risk.CHECK),
    (lambda found: worst_severity(found.losses) is Severity.BEHAVIOUR, Risk.REWORK),
    (lambda found: worst_severity(found.losses) is Severity.CONTENT, Risk.MANUAL),
)


def risk_of(inspection: Inspection) -> Risk:
    return next(risk for applies, risk in RULES if applies(inspection))
