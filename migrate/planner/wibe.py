"""The view of WiBe, the German federal method for economic assessments (version 4.1).

KN is the present value, split into what a budget feels (h) and what it does not (nh). KN/R takes a risk surcharge off, per
criterion, in per cent. D (urgency) and Q (quality and strategy) are weighted points from 0 to 100. Version 4.1 recommends
to go ahead where KN is above zero, or where D or Q reach 50. Surcharges, weights and points come from a scoring file of the
organisation; a missing one is missing: D and Q become ranges between the worst and the best it could be, and a verdict
that hangs on it is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from migrate.planner.amounts import rounded
from migrate.planner.draws import LIKELY, Lanes
from migrate.planner.figures import Figures, Label, Unit
from migrate.planner.finance import Finance
from migrate.planner.inputs import Score

GO_POINTS = 50
_BEST = 10
RISKS = ("saving", "one_off_h", "one_off_nh", "yearly_h", "yearly_nh", "time_nh")


@dataclass(frozen=True, slots=True)
class Points:
    """D or Q: from ``low`` (all missing scores at zero) to ``high`` (all at ten), of 100; None without criteria."""

    low: int
    high: int
    missing: tuple[str, ...]
    criteria: int

    def as_json(self) -> dict[str, Any]:
        return {"low": self.low, "high": self.high, "missing": list(self.missing), "criteria": self.criteria}


@dataclass(frozen=True, slots=True)
class Wibe:
    """``verdict``: go, no_go, or open where it hangs on missing scores."""

    urgency: Points | None
    quality: Points | None
    risks_missing: tuple[str, ...]
    verdict: str

    def as_json(self) -> dict[str, Any]:
        return {
            "d": self.urgency.as_json() if self.urgency else None,
            "q": self.quality.as_json() if self.quality else None,
            "risks_missing": list(self.risks_missing),
            "verdict": self.verdict,
        }


def plan_wibe(finance: Finance, scores: Sequence[Score], figures: Figures) -> Wibe:
    """Add ``wibe.*`` figures and the verdict. KN, KN/h and KN/nh are ``finance.value``."""
    urgency, quality = (_points([row for row in scores if row.part == part]) for part in ("D", "Q"))
    risks = {row.criterion: row.score for row in scores if row.part == "R"}
    missing = tuple(name for name in RISKS if risks.get(name) is None)
    if len(missing) < len(RISKS):
        surcharge: Lanes | int = 0
        for name in RISKS:
            if score := risks.get(name):
                surcharge = surcharge + abs(finance.value[name]) * int(score * 100) // 10_000
        lanes = finance.value["all"] - surcharge
        scored = (name for name in RISKS if name not in missing and finance.value[name].any())
        origins = ("finance.value.all", *(f"scores.R.{name}" for name in scored))
        figures.add("wibe.kn_r", Unit.CENTS, int(lanes[LIKELY]), Label.FORECAST, origins, lanes=lanes)
    return Wibe(urgency, quality, missing, _verdict(int(finance.value["all"][LIKELY]), urgency, quality))


def _points(rows: Sequence[Score]) -> Points | None:
    weight = sum((Fraction(row.weight) for row in rows), start=Fraction(0))
    if not weight:
        return None
    known = sum(
        (Fraction(row.weight * row.score) for row in rows if row.score is not None), start=Fraction(0)
    )
    missing = [row for row in rows if row.score is None]
    most = known + sum((Fraction(row.weight * _BEST) for row in missing), start=Fraction(0))
    low, high = (rounded(total * 100 / (_BEST * weight)) for total in (known, most))
    return Points(low, high, tuple(row.criterion for row in missing), len(rows))


def _verdict(present_value: int, *points: Points | None) -> str:
    if present_value > 0 or any(part and part.low >= GO_POINTS for part in points):
        return "go"
    # criteria that nobody listed are as missing as scores that nobody gave
    return "open" if any(part is None or part.high >= GO_POINTS for part in points) else "no_go"
