"""Draws: where between low and high every uncertain row stands, in each of many possible worlds.

A *position* is an integer in millionths: -1,000,000 is a row's low end, 0 its likely value, 1,000,000 its high end;
between them a value is interpolated. Every range is triangular. The draws of a row are a Latin hypercube: a thousand
equally probable slices, each used once, in an order that a hash of seed and name decides. Rows of one factor stand
together in a stated share of the draws (``factors.csv``), so that what is wrong for one macro is wrong for most of them.

Nothing here depends on a machine: integers, integer square roots and SHA-256, no logarithm and no generator of a
library. And nothing depends on a neighbour: a new row, or another one's change, leaves the draws of the others alone.

The lanes of an array, in order: the likely world (0), all rows low (1), all rows high (2), then for each factor alone its
low end, P10, P90 and high end while all other rows are likely, for each assumption alone its low and its high end, and
last the draws.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import lru_cache
from math import isqrt, prod
from typing import Protocol

import numpy as np
import numpy.typing as npt

from migrate.planner.amounts import Amount

Lanes = npt.NDArray[np.int64]

WHOLE = 1_000_000  # a position at an end of a range
DRAWS = 1000
SEED = 1
LIKELY, ALL_LOW, ALL_HIGH = 0, 1, 2
FIRST_FACTOR_LANE = 3
LANES_OF_A_FACTOR = 4  # low end, P10, P90, high end
_LARGEST = 2**62


class Row(Protocol):
    """A rule or an assumption."""

    @property
    def id(self) -> str: ...
    @property
    def low(self) -> Decimal: ...
    @property
    def likely(self) -> Decimal: ...
    @property
    def high(self) -> Decimal: ...


@dataclass(frozen=True, slots=True)
class Factor:
    """A pattern of row ids that move together, in ``shared`` of a hundred draws."""

    name: str
    pattern: str
    shared: int
    source: str


@dataclass(frozen=True, slots=True)
class Percentiles:
    """One in ten draws lies below ``p10``, half below ``p50``, one in ten above ``p90``."""

    p10: int
    p50: int
    p90: int


def position(low: int, likely: int, high: int, below: int, of: int) -> int:
    """The position at which ``below`` of ``of`` parts of a triangular range lie lower."""
    width, left = high - low, likely - low
    if not width:
        return 0
    if below * width <= left * of:  # in the part below the likely value
        return isqrt(WHOLE * WHOLE * below * width // (of * left)) - WHOLE if left else 0
    return WHOLE - isqrt(WHOLE * WHOLE * (of - below) * width // (of * (high - likely)))


def at(amount: Amount, positions: Lanes) -> Lanes:
    """The amount at each position, interpolated; beyond the ends it goes on as it went before them."""
    down, up = amount.likely - amount.low, amount.high - amount.likely
    if max(down, up) * WHOLE * 8 >= _LARGEST:
        wide = positions.astype(object)
        steps = np.where(positions < 0, wide * down, wide * up)
        return np.asarray(amount.likely + (2 * steps + WHOLE) // (2 * WHOLE), dtype=np.int64)
    steps = np.where(positions < 0, positions * down, positions * up)
    return amount.likely + (2 * steps + WHOLE) // (2 * WHOLE)


def ends(row: Row, scale: int) -> Amount:
    """A row's range as whole multiples of one part of ``scale``."""
    return Amount(*(int((value * scale).to_integral_value()) for value in (row.low, row.likely, row.high)))


@lru_cache(maxsize=4096)
def order(seed: int, count: int, name: str) -> tuple[int, ...]:
    """The numbers of the slices in the order in which the draws use them."""
    keys = [hashlib.sha256(f"{seed}/{name}/{draw}".encode()).digest() for draw in range(count)]
    ranks = [0] * count
    for rank, draw in enumerate(sorted(range(count), key=keys.__getitem__)):
        ranks[draw] = rank
    return tuple(ranks)


class Draws:
    """The positions of every uncertain row; the same rows, factors, seed and count give the same ones anywhere."""

    def __init__(
        self, rows: Iterable[Row], factors: Sequence[Factor], seed: int = SEED, count: int = DRAWS
    ) -> None:
        self.seed, self.count = seed, count
        self._factors = factors
        self._rows: dict[str, tuple[Amount, Factor]] = {}
        for row in rows:
            if row.low < row.high:
                self._rows[row.id] = (ends(row, WHOLE), self._factor_of(row.id))
        present = {factor.name for _range, factor in self._rows.values()}
        self.factors = tuple(dict.fromkeys(factor.name for factor in factors if factor.name in present))
        self.singles = tuple(id for id in self._rows if id.startswith("assumptions."))
        self._first_single = FIRST_FACTOR_LANE + LANES_OF_A_FACTOR * len(self.factors)
        self.lanes = self._first_single + 2 * len(self.singles) + count
        self._positions: dict[str, Lanes] = {}

    def _factor_of(self, id: str) -> Factor:
        return next(factor for factor in self._factors if fnmatchcase(id, factor.pattern))

    def rows_of(self, factor: str) -> tuple[str, ...]:
        return tuple(id for id, (_range, own) in self._rows.items() if own.name == factor)

    def lane(self, factor: str, end: int) -> int:
        """The lane in which a factor alone stands at its low end (0), P10 (1), P90 (2) or high end (3)."""
        return FIRST_FACTOR_LANE + LANES_OF_A_FACTOR * self.factors.index(factor) + end

    def single_lane(self, id: str, high: bool) -> int:
        """The lane in which an assumption alone stands at its low or high end."""
        return self._first_single + 2 * self.singles.index(id) + high

    def range_of(self, id: str) -> Amount:
        """A row's range in millionths of its unit."""
        return self._rows[id][0]

    def positions(self, id: str) -> Lanes:
        """The positions of a row in all lanes; zeros for a row without a range."""
        if id not in self._positions:
            self._positions[id] = self._drawn(id)
        return self._positions[id]

    def _drawn(self, id: str) -> Lanes:
        found = np.zeros(self.lanes, dtype=np.int64)
        if id not in self._rows:
            return found
        amount, factor = self._rows[id]
        low, likely, high = amount.low, amount.likely, amount.high
        found[ALL_LOW], found[ALL_HIGH] = -WHOLE, WHOLE
        first = self.lane(factor.name, 0)
        tenth, ninth = (position(low, likely, high, part, 10) for part in (1, 9))
        found[first : first + LANES_OF_A_FACTOR] = (-WHOLE, tenth, ninth, WHOLE)
        if id in self.singles:
            found[self.single_lane(id, False)], found[self.single_lane(id, True)] = -WHOLE, WHOLE
        shared, own = order(self.seed, self.count, factor.name), order(self.seed, self.count, id)
        together = order(self.seed, self.count, f"{id} with {factor.name}")
        limit = factor.shared * self.count // 100
        slices = [
            common if rank < limit else alone
            for common, alone, rank in zip(shared, own, together, strict=True)
        ]
        # the middle of each slice
        places = [position(low, likely, high, 2 * part + 1, 2 * self.count) for part in slices]
        found[self.lanes - self.count :] = places
        return found

    def of(self, row: Row, scale: int) -> Lanes:
        """A row's values in all lanes, as whole multiples of one part of ``scale``."""
        return at(ends(row, scale), self.positions(row.id))

    def unattributed(self, id: str, amount: Amount) -> Lanes:
        """A range that no row is known for, as a factor of its own."""
        found = np.zeros(self.lanes, dtype=np.int64)
        found[ALL_LOW], found[ALL_HIGH] = -WHOLE, WHOLE
        places = [
            position(amount.low, amount.likely, amount.high, 2 * part + 1, 2 * self.count)
            for part in order(self.seed, self.count, f"figure {id}")
        ]
        found[self.lanes - self.count :] = places
        return at(amount, found)

    def percentiles(self, lanes: Lanes) -> Percentiles:
        """P10, P50 and P90 of the draws: values that were drawn, not averages of two."""
        drawn = np.sort(lanes[self.lanes - self.count :])
        last = self.count - 1
        return Percentiles(*(int(drawn[last * part // 100]) for part in (10, 50, 90)))

    def share_above_zero(self, lanes: Lanes) -> int:
        """Of a thousand draws, in how many the amount is more than zero."""
        return int(np.count_nonzero(lanes[self.lanes - self.count :] > 0)) * 1000 // self.count


def divided(product: Sequence[Lanes | int], by: int) -> Lanes | int:
    """The product of whole numbers and lanes, divided and rounded once, halves up; nothing negative goes in."""
    bounds = [int(part.max()) if isinstance(part, np.ndarray) else part for part in product]
    if prod(bounds) * 2 + by >= _LARGEST:
        product = [part.astype(object) if isinstance(part, np.ndarray) else part for part in product]
    whole: Lanes | int = prod(product[1:], start=product[0]) if product else 1
    rounded = (2 * whole + by) // (2 * by)
    return rounded.astype(np.int64) if isinstance(rounded, np.ndarray) else rounded
