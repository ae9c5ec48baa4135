"""Figures: each with a stable id, a unit, a label where it is a saving, and where it comes from.

A total is made of figures of the same unit and the same label; another mixture is a programming error and raises.
So a saving that is only forecast can never slip into one that is signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from migrate.planner.amounts import Amount
from migrate.planner.draws import Draws, Lanes, Percentiles


class Unit(StrEnum):
    CENTS = "cents"
    MINUTES = "minutes"
    SEATS = "seats"
    FILES = "files"
    DAYS = "days"


class Label(StrEnum):
    """How far a saving is from the bank account. ``COST`` for what is paid; it carries no promise."""

    COST = "cost"
    FORECAST = "forecast"  # nothing signed
    CONTRACTED = "contracted"  # signed, still to come
    REALISED = "realised"  # signed, and its months are past
    CANDIDATE = "candidate"  # a seat nobody seems to use: not a result of migrating, added to nothing
    COUNT = "count"  # of seats, files and days


@dataclass(frozen=True, slots=True)
class Figure:
    """``inputs`` are ids of rows, files and figures behind it, ``sum_of`` the ids of the figures that add up to it.

    A figure depends on what its inputs lead to. A plain sum names none and depends on what its parts depend on; a
    total whose parts move against each other names its inputs itself, and they alone move it. ``since`` is the first
    day on which a saving counts, ``percentiles`` are those of the draws.
    """

    id: str
    unit: Unit
    amount: Amount
    label: Label
    inputs: tuple[str, ...] = ()
    sum_of: tuple[str, ...] = ()
    since: date | None = None
    percentiles: Percentiles | None = None

    def as_json(self) -> dict[str, Any]:
        record: dict[str, Any] = {
            "id": self.id,
            "unit": self.unit.value,
            "label": self.label.value,
            "low": self.amount.low,
            "likely": self.amount.likely,
            "high": self.amount.high,
            "inputs": list(self.inputs),
            "sum_of": list(self.sum_of),
        }
        if self.percentiles:
            record |= {"p10": self.percentiles.p10, "p50": self.percentiles.p50, "p90": self.percentiles.p90}
        if self.since:
            record["since"] = self.since.isoformat()
        return record


class Figures:
    """All figures of a plan in the order in which they were computed, by id.

    ``told_by`` are ids of rows whose value another row tells: figures name that one.
    """

    __slots__ = ("_by_id", "_lanes", "_told_by")

    def __init__(self, told_by: Mapping[str, str] | None = None) -> None:
        self._by_id: dict[str, Figure] = {}
        self._told_by = told_by or {}
        self._lanes: dict[str, Lanes] = {}

    def add(
        self,
        id: str,
        unit: Unit,
        amount: Amount | int,
        label: Label,
        inputs: Iterable[str] = (),
        since: date | None = None,
        lanes: Lanes | None = None,
    ) -> Figure:
        """Record a figure, with its values in every draw where they are known. Raises ValueError for an id that is taken."""
        if isinstance(amount, int):
            amount = Amount.exactly(amount)
        if lanes is not None:
            self._lanes[id] = lanes
        return self._keep(Figure(id, unit, amount, label, self._rows(inputs), (), since))

    def total(
        self,
        id: str,
        unit: Unit,
        label: Label,
        parts: Sequence[Figure],
        inputs: Iterable[str] = (),
    ) -> Figure:
        """Record the sum of figures. Raises ValueError where a part has another unit or label.

        ``inputs`` only where some of what moves the parts does not move their sum, or more does. A total counts since
        the first day of its parts.
        """
        for part in parts:
            if (part.unit, part.label) != (unit, label):
                raise ValueError(f"{id} ({label}) cannot contain {part.id} ({part.label})")
        since = min((part.since for part in parts if part.since), default=None)
        amount = Amount.total(part.amount for part in parts)
        names = tuple(part.id for part in parts)
        return self._keep(Figure(id, unit, amount, label, self._rows(inputs), names, since))

    def _rows(self, inputs: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._told_by.get(row, row) for row in inputs))

    def _keep(self, figure: Figure) -> Figure:
        if figure.id in self._by_id:
            raise ValueError(f"{figure.id} is there already")
        self._by_id[figure.id] = figure
        return figure

    def lanes_of(self, id: str, draws: Draws) -> Lanes:
        """The values of a figure in all lanes: its own, or the sum of its parts'.

        A range whose rows nobody named is drawn by itself.
        """
        if id not in self._lanes:
            figure = self._by_id[id]
            if figure.amount.is_exact and not figure.sum_of:
                lanes = np.full(draws.lanes, figure.amount.likely, dtype=np.int64)
            elif figure.sum_of:
                lanes = np.sum([self.lanes_of(part, draws) for part in figure.sum_of], axis=0)
            else:
                lanes = draws.unattributed(id, figure.amount)
            self._lanes[id] = lanes
        return self._lanes[id]

    def add_percentiles(self, draws: Draws) -> None:
        """Give every figure of money and time that is not one number in all draws its P10, P50 and P90."""
        for id, figure in self._by_id.items():
            if figure.unit in (Unit.CENTS, Unit.MINUTES):
                percentiles = draws.percentiles(self.lanes_of(id, draws))
                self._by_id[id] = replace(figure, percentiles=percentiles)

    def __getitem__(self, id: str) -> Figure:
        return self._by_id[id]

    def __contains__(self, id: str) -> bool:
        return id in self._by_id

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)
