"""What a report says about ranges, cash by fiscal year, drivers, flips, WiBe and calibration; no language, no formatting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

# figures whose range a manager reads, in this order; the sentence of a row is ``range.`` and its name
RANGES = {
    "one_off": "totals.costs.one_off",
    "yearly": "totals.costs.support_yearly",
    "budget": "finance.horizon.kept_h",
    "time": "finance.horizon.kept_nh",
    "all": "finance.horizon.kept",
    "value_budget": "finance.value.h",
    "value_all": "finance.value.all",
}
YEAR_COLUMNS = ("stay", "licences", "one_off_h", "one_off_nh", "yearly_h", "yearly_nh", "time_nh", "kept_h")
SPLITS = ("budget", "funding", "spending")
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A figure and its percentiles, in cents."""

    name: str
    likely: int
    p10: int
    p50: int
    p90: int


@dataclass(frozen=True, slots=True)
class FiscalRow:
    """A fiscal year; likely cents by column, and the percentiles of what the budget keeps."""

    year: int
    whole: bool
    cents: Mapping[str, int]
    p10: int
    p90: int


@dataclass(frozen=True, slots=True)
class DriverRow:
    factor: str
    at_p10: int
    at_p90: int


@dataclass(frozen=True, slots=True)
class FlipRow:
    """``value`` in the unit of the assumption; None for a group of rules, for which ``way`` says how far it goes."""

    driver: str
    unit: str
    end: str
    way: Fraction
    value: Fraction | None
    within: bool
    near: bool


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One-off and yearly cents of a part of a budget: ``h``, ``internal``, ``capital`` ..."""

    name: str
    one_off: int
    yearly: int


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Chances are shares of one. ``likely`` is the measure of the drivers when everything is likely."""

    draws: int
    seed: int
    chance_all: Fraction
    chance_budget: Fraction
    chance_pays_back: Fraction
    pays_back_months: Mapping[str, int | None]
    ranges: tuple[RangeRow, ...]
    years: tuple[FiscalRow, ...]
    years_total: FiscalRow | None
    drivers: tuple[DriverRow, ...]
    likely: int
    flips: tuple[FlipRow, ...]
    splits: tuple[SplitRow, ...]
    way_back: RangeRow | None
    taxes: Mapping[str, int]
    kn: Mapping[str, int]


def build_uncertainty(plan: Mapping[str, Any]) -> Uncertainty:
    """The view of a plan's JSON form; a figure that the plan does not have is left out."""
    figures = {figure["id"]: figure for figure in plan["figures"]}
    section = plan["uncertainty"]
    units = {row["id"]: row["unit"] for row in plan["inputs"]["assumptions"]}
    return Uncertainty(
        draws=section["draws"],
        seed=section["seed"],
        chance_all=Fraction(section["chance"]["all"], 1000),
        chance_budget=Fraction(section["chance"]["budget"], 1000),
        chance_pays_back=Fraction(section["chance"]["pays_back"], 1000),
        pays_back_months=section["pays_back_months"],
        ranges=tuple(filter(None, (_range(figures, name, id) for name, id in RANGES.items()))),
        years=tuple(_years(figures, plan["finance"]["years"])),
        years_total=_fiscal_row(figures, "finance.horizon", 0, True),
        drivers=tuple(DriverRow(row["factor"], row["p10"], row["p90"]) for row in section["drivers"]),
        likely=_likely(figures, "finance.value.all"),
        flips=tuple(_flip(row, units) for row in section["flips"]),
        splits=tuple(_splits(figures)),
        way_back=_range(figures, "exit", "totals.costs.exit"),
        taxes={name: _likely(figures, f"finance.tax.{name}") for name in ("stay", "migrate")}
        if "finance.tax.stay" in figures
        else {},
        kn={
            name: _likely(figures, id)
            for name, id in (
                ("kn_h", "finance.value.h"),
                ("kn_nh", "finance.value.nh"),
                ("kn", "finance.value.all"),
                ("kn_r", "wibe.kn_r"),
            )
            if id in figures
        },
    )


def _likely(figures: Mapping[str, Any], id: str) -> int:
    return figures[id]["likely"] if id in figures else 0


def _range(figures: Mapping[str, Any], name: str, id: str) -> RangeRow | None:
    figure = figures.get(id)
    if figure is None:
        return None
    return RangeRow(name, figure["likely"], figure["p10"], figure["p50"], figure["p90"])


def _years(figures: Mapping[str, Any], years: list[Mapping[str, Any]]) -> list[FiscalRow]:
    found = []
    for year in years:
        whole = year["from"][5:] == year["until"][5:] and year["from"] != year["until"]
        if row := _fiscal_row(figures, f"finance.years.{year['year']}", year["year"], whole):
            found.append(row)
    return found


def _fiscal_row(figures: Mapping[str, Any], prefix: str, year: int, whole: bool) -> FiscalRow | None:
    if f"{prefix}.kept_h" not in figures:
        return None
    kept = figures[f"{prefix}.kept_h"]
    cents = {column: _likely(figures, f"{prefix}.{column}") for column in YEAR_COLUMNS}
    return FiscalRow(year, whole, cents, kept["p10"], kept["p90"])


def _flip(row: Mapping[str, Any], units: Mapping[str, str]) -> FlipRow:
    value = None if row["value"] is None else Fraction(row["value"], _MILLION)
    way = Fraction(row["way"], _MILLION)
    unit = units.get(row["driver"], "share")
    return FlipRow(row["driver"], unit, row["end"], way, value, row["within"], row["near"])


def _splits(figures: Mapping[str, Any]) -> list[SplitRow]:
    found: list[SplitRow] = []
    for attribute in SPLITS:
        names = dict.fromkeys(
            id.rsplit(".", 1)[1]
            for id in figures
            if f".by_{attribute}." in id and id.startswith("totals.costs.")
        )
        found.extend(
            SplitRow(
                name,
                _likely(figures, f"totals.costs.one_off.by_{attribute}.{name}"),
                _likely(figures, f"totals.costs.support_yearly.by_{attribute}.{name}"),
            )
            for name in names
        )
    return found
