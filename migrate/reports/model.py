"""The report's model: figures of a plan in the order in which a decision needs them; no language, no formatting.

Amounts stay integers (cents, minutes), dates stay dates, sentences stay codes with parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from migrate.planner.amounts import Amount
from migrate.planner.effort import Readiness
from migrate.reports.outlook import Outlook, build_outlook
from migrate.reports.risks import Risk, build_risks
from migrate.reports.uncertainty import Uncertainty, build_uncertainty

READINESS = tuple(readiness.value for readiness in Readiness)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence by code; amounts in ``params`` are formatted by the renderer."""

    code: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Headline:
    """What decides: money, dates and how far the good news carries."""

    outlook: Outlook
    saving_forecast: int
    saving_contracted: int
    saves_from: date | None
    one_off: Amount
    difference: Amount
    pays_back: date | None
    pays_back_at_high_cost: date | None


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department, or the total where ``id`` is empty. Savings are those of a full year in force."""

    id: str
    name: str
    seats: int
    files: Mapping[str, int]
    one_off: Amount
    training: Amount
    helpdesk: Amount
    parallel: Amount
    effort: Amount
    effort_minutes: Amount
    support_yearly: int
    saving_forecast: int
    saving_contracted: int
    realised: int
    unused_yearly: int
    unused_seats: int
    label: str
    migration: date | None
    saves_from: date | None

    @property
    def documents(self) -> int:
        """Office documents: everything but what is no work."""
        return sum(self.files.values()) - self.files[Readiness.OTHER.value]

    @property
    def blockers(self) -> int:
        """Office documents in which something needs a person, or that could not be opened."""
        return self.documents - self.files[Readiness.READY.value]


@dataclass(frozen=True, slots=True)
class YearRow:
    year: int
    stay: int
    licences: int
    one_off: Amount
    support: Amount
    migrate: Amount
    difference: Amount


@dataclass(frozen=True, slots=True)
class EffortRow:
    """A rule with the minutes that it takes over all departments."""

    code: str
    who: str
    contents: int
    minutes: Amount


@dataclass(frozen=True, slots=True)
class VarianceRow:
    """A figure whose ``column`` (approved, forecast, actual) differs from the initial plan; the parts add up."""

    id: str
    unit: str
    column: str
    parts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    as_of: date
    currency: str
    horizon_months: int
    headline: Headline
    confidence: tuple[Said, ...]
    departments: tuple[DepartmentRow, ...]
    total: DepartmentRow
    years: tuple[YearRow, ...]
    years_total: YearRow
    effort: tuple[EffortRow, ...]
    uncertainty: Uncertainty
    risks: tuple[Risk, ...]
    gaps: tuple[Said, ...]
    clean_up_seats: int  # attested as unused
    clean_up_yearly: int
    baseline: Mapping[str, Any] | None
    variances: tuple[VarianceRow, ...]
    plan: Mapping[str, Any]


def build_report(plan: Mapping[str, Any]) -> Report:
    """The model of a plan's JSON form."""
    figures = _Figures(plan["figures"])
    departments = tuple(_department_row(figures, row) for row in plan["departments"])
    years = tuple(_year_row(figures, year) for year in plan["scenarios"]["years"])
    total = _total_row(figures, departments)
    headline = _headline(figures, plan, departments)
    uncertainty = build_uncertainty(plan)
    return Report(
        as_of=date.fromisoformat(plan["as_of"]),
        currency=plan["currency"],
        horizon_months=plan["horizon"]["months"],
        headline=headline,
        confidence=tuple(_confidence(plan, headline, total)),
        departments=departments,
        total=total,
        years=years,
        years_total=_years_total(figures, years),
        effort=_effort_rows(figures, plan),
        uncertainty=uncertainty,
        risks=build_risks(plan, uncertainty),
        gaps=tuple(
            Said(gap["code"], {key: value for key, value in gap.items() if key != "code"})
            for gap in plan["gaps"]
        ),
        clean_up_seats=figures.likely("totals.licences.clean_up.seats"),
        clean_up_yearly=figures.likely("totals.licences.clean_up.saving_full_year.forecast"),
        baseline=plan.get("baseline"),
        variances=tuple(_variances(plan.get("baseline"))),
        plan=plan,
    )


def _variances(baseline: Mapping[str, Any] | None) -> Iterator[VarianceRow]:
    for row in baseline["rows"] if baseline else ():
        for column, parts in row["variances"].items():
            if parts and any(parts.values()):
                yield VarianceRow(row["id"], row["unit"], column, parts)


class _Figures:
    def __init__(self, records: list[dict[str, Any]]) -> None:
        self._records = {record["id"]: record for record in records}

    def amount(self, id: str) -> Amount:
        """The range of a figure; nothing where the plan has none of that name."""
        record = self._records.get(id)
        return Amount(record["low"], record["likely"], record["high"]) if record else Amount(0, 0, 0)

    def likely(self, id: str) -> int:
        return self.amount(id).likely


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _headline(figures: _Figures, plan: Mapping[str, Any], departments: tuple[DepartmentRow, ...]) -> Headline:
    chance = plan["uncertainty"]["chance"]
    return Headline(
        build_outlook(Fraction(chance["budget"], 1000), Fraction(chance["all"], 1000)),
        figures.likely("totals.licences.saving_full_year.forecast"),
        figures.likely("totals.licences.saving_full_year.contracted"),
        min(
            (
                row.saves_from
                for row in departments
                if row.saves_from and row.saving_forecast + row.saving_contracted
            ),
            default=None,
        ),
        figures.amount("totals.costs.one_off"),
        figures.amount("scenarios.difference.horizon"),
        _day(plan["scenarios"]["pays_back"]),
        _day(plan["scenarios"]["pays_back_at_high_cost"]),
    )


def _row(figures: _Figures, prefix: str, **identity: Any) -> DepartmentRow:
    return DepartmentRow(
        seats=figures.likely(f"{prefix}.seats"),
        files={name: figures.likely(f"{prefix}.files.{name}") for name in READINESS},
        one_off=figures.amount(f"{prefix}.costs.one_off"),
        training=figures.amount(f"{prefix}.costs.training"),
        helpdesk=figures.amount(f"{prefix}.costs.helpdesk"),
        parallel=figures.amount(f"{prefix}.costs.parallel"),
        effort=figures.amount(f"{prefix}.costs.effort"),
        effort_minutes=figures.amount(f"{prefix}.effort.minutes"),
        support_yearly=figures.likely(f"{prefix}.costs.support_yearly"),
        saving_forecast=figures.likely(f"{prefix}.licences.saving_full_year.forecast"),
        saving_contracted=figures.likely(f"{prefix}.licences.saving_full_year.contracted"),
        realised=figures.likely(f"{prefix}.licences.saving_to_date.realised"),
        unused_yearly=figures.likely(f"{prefix}.licences.unused.yearly"),
        unused_seats=figures.likely(f"{prefix}.licences.unused.seats"),
        **identity,
    )


def _department_row(figures: _Figures, record: Mapping[str, Any]) -> DepartmentRow:
    return _row(
        figures,
        f"departments.{record['id']}",
        id=record["id"],
        name=record["name"],
        label=record["label"],
        migration=_day(record["migration"]),
        saves_from=_day(record["saves_from"]),
    )


def _total_row(figures: _Figures, departments: tuple[DepartmentRow, ...]) -> DepartmentRow:
    starts = [row.saves_from for row in departments if row.saves_from]
    row = _row(
        figures, "totals", id="", name="", label="", migration=None, saves_from=min(starts, default=None)
    )
    # where a table says what was really cancelled, contracts alone count nothing as realised
    cancelled = figures.likely("actuals.licences.saving_to_date.realised")
    return replace(row, realised=cancelled) if cancelled else row


def _year_row(figures: _Figures, year: int) -> YearRow:
    prefix = f"scenarios.years.{year}"
    return YearRow(
        year,
        figures.likely(f"{prefix}.stay"),
        figures.likely(f"{prefix}.migrate.licences"),
        figures.amount(f"{prefix}.migrate.one_off"),
        figures.amount(f"{prefix}.migrate.support"),
        figures.amount(f"{prefix}.migrate"),
        figures.amount(f"{prefix}.difference"),
    )


def _years_total(figures: _Figures, years: tuple[YearRow, ...]) -> YearRow:
    return YearRow(
        0,
        figures.likely("scenarios.stay.horizon"),
        sum(row.licences for row in years),
        Amount.total(row.one_off for row in years),
        Amount.total(row.support for row in years),
        figures.amount("scenarios.migrate.horizon"),
        figures.amount("scenarios.difference.horizon"),
    )


def _confidence(plan: Mapping[str, Any], headline: Headline, total: DepartmentRow) -> list[Said]:
    """How sure: each sentence is a fact of this plan."""
    said = []
    if total.documents:
        opened = total.documents - total.files[Readiness.CLOSED.value]
        said.append(Said("sure.files", {"opened": opened, "documents": total.documents}))
    current = plan["inputs"]["prices"]
    if current:
        contract = sum(price["kind"] == "contract" for price in current)
        said.append(Said("sure.prices", {"contract": contract, "prices": len(current)}))
    whole = headline.saving_forecast + headline.saving_contracted
    if whole:
        share = Fraction(headline.saving_contracted, whole)
        said.append(Said("sure.signed", {"share": share}))
    if headline.pays_back_at_high_cost:
        said.append(Said("sure.pays_back_high", {"day": headline.pays_back_at_high_cost}))
    else:
        said.append(Said("sure.no_pay_back_high", {"months": plan["horizon"]["months"]}))
    seconds = plan["scenarios"]["break_even_seconds_a_day"]
    if seconds is not None:
        said.append(Said("sure.break_even", {"minutes": Fraction(seconds, 60)}))
    return said


def _effort_rows(figures: _Figures, plan: Mapping[str, Any]) -> tuple[EffortRow, ...]:
    rows = []
    for rule in plan["inputs"]["rules"]:
        name = rule["code"].replace(".", "_")
        prefixes = [f"departments.{row['id']}.effort.rules.{name}" for row in plan["departments"]]
        minutes = Amount.total(figures.amount(f"{prefix}.minutes") for prefix in prefixes)
        contents = sum(figures.likely(f"{prefix}.contents") for prefix in prefixes)
        if contents:
            rows.append(EffortRow(rule["code"], rule["who"], contents, minutes))
    return tuple(sorted(rows, key=lambda row: -row.minutes.likely))
