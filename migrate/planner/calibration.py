"""Calibration: effort rules corrected by minutes that people measured.

The rule that a plan starts with (the prior) counts as much as ``calibration.weight`` measured units. With the minutes of
``n`` units the likely value becomes the weighted mean, and the range narrows with the square root of the weight that the
prior keeps, in proportion to the new value: a normal mean with known spread. One lucky document moves little; a hundred
measured ones leave the prior almost no say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isqrt
from typing import Any

from migrate.planner.inputs import EffortRule, Measurement

_KEPT = Decimal("0.0001")
_ROOT_PARTS = 10**6


@dataclass(frozen=True, slots=True)
class Calibration:
    """A rule before and after; ``units`` measured ones took ``minutes`` in total."""

    prior: EffortRule
    posterior: EffortRule
    weight: int
    units: int
    minutes: Decimal

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.prior.id,
            "prior": _ends(self.prior),
            "weight": self.weight,
            "units": self.units,
            "minutes": format(self.minutes.normalize(), "f"),
            "posterior": _ends(self.posterior),
        }


def _ends(rule: EffortRule) -> dict[str, str]:
    return {end: format(getattr(rule, end).normalize(), "f") for end in ("low", "likely", "high")}


def calibrate(
    rules: Mapping[str, EffortRule], measurements: Iterable[Measurement], weight: int
) -> tuple[dict[str, EffortRule], tuple[Calibration, ...]]:
    """The rules with what was measured, and what changed. Raises KeyError for a rule that is not there."""
    units: dict[str, int] = {}
    minutes: dict[str, Decimal] = {}
    for measurement in measurements:
        code = rules[measurement.rule].code
        units[code] = units.get(code, 0) + measurement.quantity
        minutes[code] = minutes.get(code, Decimal(0)) + measurement.minutes
    found = tuple(
        Calibration(
            rules[code], _posterior(rules[code], count, minutes[code], weight), weight, count, minutes[code]
        )
        for code, count in units.items()
    )
    return {**rules, **{row.prior.code: row.posterior for row in found}}, found


def _posterior(prior: EffortRule, units: int, minutes: Decimal, weight: int) -> EffortRule:
    likely = (weight * prior.likely + minutes) / (weight + units)
    narrowed = Decimal(isqrt(weight * _ROOT_PARTS**2 // (weight + units))) / _ROOT_PARTS
    scale = narrowed * (likely / prior.likely if prior.likely else 1)
    low = max(Decimal(0), likely - (prior.likely - prior.low) * scale)
    high = likely + (prior.high - prior.likely) * scale
    return replace(
        prior,
        low=low.quantize(_KEPT),
        likely=likely.quantize(_KEPT),
        high=high.quantize(_KEPT),
        source=f"{prior.source} + measured",
    )
