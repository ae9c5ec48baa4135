"""Exact amounts: ranges of integers, and totals split so that the parts add up to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def rounded(value: Decimal | Fraction) -> int:
    """The nearest integer, halves away from zero."""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def spread(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Split ``total`` in proportion to ``weights`` so that the parts add up to it: largest remainder method.

    Equal remainders go to the earlier part. Weights must not be negative; where all are zero, they count as equal.
    Raises ValueError for no weights and a total other than zero.
    """
    if not weights:
        if total:
            raise ValueError("a total needs parts")
        return []
    whole = sum(weights)
    exact = [
        Fraction(total) * Fraction(weight) / Fraction(whole) if whole else Fraction(total, len(weights))
        for weight in weights
    ]
    parts = [value.numerator // value.denominator for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


@dataclass(frozen=True, slots=True)
class Amount:
    """A range of integers: cents, minutes, seats, files. Where nothing is uncertain all three are equal."""

    low: int
    likely: int
    high: int

    @classmethod
    def exactly(cls, value: int) -> Amount:
        return cls(value, value, value)

    @classmethod
    def total(cls, amounts: Iterable[Amount]) -> Amount:
        low = likely = high = 0
        for amount in amounts:
            low, likely, high = low + amount.low, likely + amount.likely, high + amount.high
        return cls(low, likely, high)

    @property
    def is_exact(self) -> bool:
        return self.low == self.likely == self.high

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.low + other.low, self.likely + other.likely, self.high + other.high)

    def __mul__(self, factor: int) -> Amount:
        return Amount(self.low * factor, self.likely * factor, self.high * factor)

    def minus_cost(self, cost: Amount) -> Amount:
        """What remains after a cost: the low end pays the high cost."""
        return Amount(self.low - cost.high, self.likely - cost.likely, self.high - cost.low)


ZERO = Amount(0, 0, 0)


def spread_amount(total: Amount, weights: Sequence[int | Fraction]) -> list[Amount]:
    """The range split by :func:`spread`; its widths are split apart, so that no part's low exceeds its likely."""
    lows = spread(total.low, weights)
    likely = [low + more for low, more in zip(lows, spread(total.likely - total.low, weights), strict=True)]
    highs = [mid + more for mid, more in zip(likely, spread(total.high - total.likely, weights), strict=True)]
    return [Amount(*ends) for ends in zip(lows, likely, highs, strict=True)]
