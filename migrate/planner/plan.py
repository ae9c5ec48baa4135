"""The whole plan as one model, and its JSON form (``data/plan.schema.json``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from converters.outcome import Outcome
from inventory.records import Coverage, InspectedItem
from migrate.planner import defaults
from migrate.planner.access import Access, add_access
from migrate.planner.alternatives import Outcome as Alternative
from migrate.planner.alternatives import alternatives_json, catalogue_json, plan_alternatives
from migrate.planner.amounts import rounded
from migrate.planner.calibration import Calibration, calibrate
from migrate.planner.costs import plan_costs
from migrate.planner.draws import Draws
from migrate.planner.drivers import Decision, decide
from migrate.planner.effort import Effort, count_effort, plan_effort
from migrate.planner.figures import Figures
from migrate.planner.finance import Finance, plan_finance
from migrate.planner.inputs import (
    UNASSIGNED,
    Assumption,
    Component,
    Department,
    EffortRule,
    PlanInputs,
    Price,
    slug,
)
from migrate.planner.licence_model import licences_json, product_name
from migrate.planner.licences import Licences, plan_licences
from migrate.planner.months import first_day, first_whole_month, month_of
from migrate.planner.organisation import Organisation, read_organisation
from migrate.planner.results import count_results
from migrate.planner.scenarios import Scenarios, migration_month, plan_scenarios
from migrate.planner.sovereignty import add_spending, sovereignty_json, supplies_json
from migrate.planner.terms import contract_of, notice_due, saving_starts
from migrate.planner.uncertainty import inputs_json, uncertainty_json
from migrate.planner.waves.section import Waves, capacities_json, plan_waves, waves_json, with_listed_dates
from migrate.planner.wibe import Wibe, plan_wibe

FORMAT = "migrate-plan"
FORMAT_VERSION = 1
WORKING_DAYS_A_YEAR = 220


@dataclass(frozen=True, slots=True)
class MigrationPlan:
    inputs: PlanInputs
    departments: tuple[Department, ...]
    figures: Figures
    licences: Licences
    effort: Effort
    scenarios: Scenarios
    components: tuple[Component, ...]
    draws: Draws
    finance: Finance
    decision: Decision
    wibe: Wibe
    calibrations: tuple[Calibration, ...]
    coverage: Coverage | None
    results: dict[str, Any] | None
    waves: Waves | None
    organisation: Organisation
    alternatives: list[Alternative]
    sovereignty: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The published model. No user's name is in it: people appear as seats."""
        inputs, begins = self.inputs, month_of(self.inputs.as_of)
        return {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "as_of": inputs.as_of.isoformat(),
            "currency": inputs.currency,
            "horizon": {
                "months": inputs.horizon_months,
                "from": first_day(begins).isoformat(),
                "until": first_day(begins + inputs.horizon_months).isoformat(),
            },
            "coverage": _coverage_json(self.coverage),
            "departments": [_department_json(inputs, department) for department in self.departments],
            "figures": [figure.as_json() for figure in self.figures],
            "scenarios": {
                "years": list(self.scenarios.years),
                "pays_back": _iso(self.scenarios.pays_back),
                "pays_back_at_high_cost": _iso(self.scenarios.pays_back_at_high_cost),
                "break_even_seconds_a_day": break_even_seconds(inputs, self.figures),
            },
            **uncertainty_json(inputs, self.draws, self.finance, self.decision, self.wibe, self.calibrations),
            "unpriced": [
                {"sku": sku, "seats": seats} for sku, seats in sorted(self.licences.unpriced.items())
            ],
            "rejected": [
                {"department": id, "sku": sku, "reason": reason, "seats": seats}
                for (id, sku, reason), seats in sorted(self.licences.rejected.items())
            ],
            "kept": _kept_json(self.licences),
            "licences": licences_json(self.inputs, self.licences),
            "waves": waves_json(self.waves),
            "alternatives": alternatives_json(inputs, self.alternatives),
            "sovereignty": self.sovereignty,
            "gaps": list(self.gaps()),
            "inventory": {
                "contents": len(self.effort.contents),
                "kinds": dict(sorted(self.effort.kinds.items())),
                "features": dict(sorted(self.effort.features.items())),
                "closed": dict(sorted(self.effort.closed.items())),
            },
            "results": self.results,
            "inputs": {
                "prices": [_price_json(self, price) for price in self._used_prices()],
                "catalogue": catalogue_json(self.alternatives),
                "capacities": capacities_json(self.organisation.waves.capacities),
                "supplies": supplies_json(self.organisation.places.supplies),
                "assumptions": [_range_json(row) | {"unit": row.unit} for row in inputs.assumptions.values()],
                "rules": [
                    _range_json(rule) | {"unit": rule.unit, "who": rule.who} for rule in inputs.rules.values()
                ],
                **inputs_json(inputs, self.components),
            },
        }

    def product_name(self, sku: str) -> str:
        return product_name(self.inputs, sku)

    def _used_prices(self) -> list[Price]:
        used = {name for figure in self.figures for name in figure.inputs}
        prices = (*self.inputs.prices.values(), *self.inputs.contract_prices.values())
        return sorted((price for price in prices if price.id in used), key=lambda price: price.id)

    def gaps(self) -> Iterable[dict[str, Any]]:
        """What the plan does not know, as codes with parameters; every report states it."""
        inputs = self.inputs
        if self.coverage is None:
            yield {"code": "no_inventory"}
        for department in self.departments:
            if department.id == UNASSIGNED:
                files = self.figures[f"departments.{UNASSIGNED}.files.total"].amount.likely
                yield {"code": "unassigned_files", "files": files}
            elif contract_of(inputs, department).renewal is None:
                yield {"code": "no_renewal", "department": department.name}
            end = month_of(inputs.as_of) + inputs.horizon_months
            if department.id != UNASSIGNED and migration_month(inputs, department) >= end:
                yield {"code": "done_after_horizon", "department": department.name}
        if closed := sum(self.effort.closed.values()):
            yield {"code": "closed_files", "files": closed}
        if self.licences.unpriced:
            yield {"code": "unpriced", "seats": self.licences.unpriced.total()}
        if any(price.kind == "list" for price in self._used_prices()):
            yield {"code": "list_prices"}
        if not inputs.applications:
            yield {"code": "no_applications"}
        if unknown := sum(user.last_active is None for user in inputs.users):
            yield {"code": "no_activity", "seats": unknown}


def plan_migration(
    inputs: PlanInputs,
    items: Iterable[InspectedItem] = (),
    coverage: Coverage | None = None,
    outcomes: Iterable[Outcome] = (),
    organisation: Organisation | None = None,
) -> MigrationPlan:
    """Everything from records alone: the same inputs give the same plan."""
    figures, access = Figures(), Access()
    if organisation is None:
        organisation = read_organisation({}, [department.id for department in inputs.departments])
    inputs = with_listed_dates(inputs, organisation.waves)
    weight = inputs.assumptions["calibration.weight"].whole.likely
    rules, calibrations = calibrate(inputs.rules, inputs.measurements, weight)
    inputs = replace(inputs, rules=rules)
    draws = Draws((*rules.values(), *inputs.assumptions.values()), defaults.factors(), inputs.seed)
    components = defaults.components()
    licences = plan_licences(inputs, figures)
    departments = inputs.departments
    effort = count_effort(access.watching(items, inputs, departments), departments, inputs.rules)
    named = {department.id for department in departments}
    if UNASSIGNED not in named and any(id == UNASSIGNED for id, _readiness in effort.readiness):
        departments = (*departments, Department(UNASSIGNED))
    plan_effort(effort, departments, inputs.rules, figures, draws, inputs.applications)
    plan_costs(inputs, departments, components, figures, draws)
    scenarios = plan_scenarios(inputs, departments, licences.departments, figures)
    waves = plan_waves(inputs, organisation.waves, licences.departments, figures, organisation.proposing)
    choices, places = organisation.choices, organisation.places
    alternatives = plan_alternatives(inputs, choices, licences, figures)
    spending = add_spending(inputs, choices, alternatives, places, figures)
    cut_off = add_access(inputs, access, organisation.waves.capacities, figures) if coverage else None
    finance = plan_finance(inputs, departments, components, licences.departments, figures, draws)
    decision = decide(finance, draws)
    wibe = plan_wibe(finance, inputs.scores, figures)
    figures.add_percentiles(draws)
    return MigrationPlan(
        inputs,
        departments,
        figures,
        licences,
        effort,
        scenarios,
        components,
        draws,
        finance,
        decision,
        wibe,
        calibrations,
        coverage,
        count_results(outcomes),
        waves,
        organisation,
        alternatives,
        sovereignty_json(inputs, choices, places, alternatives, spending, cut_off, access.labelled),
    )


def break_even_seconds(inputs: PlanInputs, figures: Figures) -> int | None:
    """Working time per migrated seat and day whose loss over the horizon eats the likely difference; None: no gain."""
    gain = figures["scenarios.difference.horizon"].amount.likely
    seats = figures["totals.seats"].amount.likely
    rate = inputs.assumptions["rate.owner"].cents.likely
    if gain <= 0 or not seats or not rate:
        return None
    days = Fraction(WORKING_DAYS_A_YEAR * inputs.horizon_months, 12)
    return rounded(Fraction(gain * 3600) / (seats * rate * days))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _department_json(inputs: PlanInputs, department: Department) -> dict[str, Any]:
    starts, contract = saving_starts(inputs, department), contract_of(inputs, department)
    return {
        "id": department.id,
        "name": department.name,
        "label": contract.label.value,
        "contract": contract.name,
        "renewal": _iso(contract.renewal),
        "term_months": contract.term_months,
        "notice_due": _iso(notice_due(inputs, department)),
        "migration": first_day(migration_month(inputs, department)).isoformat(),
        "saves_from": _iso(first_day(first_whole_month(starts)) if starts else None),
        "contract_reference": contract.reference,
        "minimum_seats": contract.minimum_seats,
        "billing": contract.billing,
        "gives_up": list(department.gives_up),
    }


def _kept_json(licences: Licences) -> list[dict[str, Any]]:
    seats = Counter((slug(user.department), user.keep_office_reason) for user in licences.kept)
    return [
        {"department": id, "reason": reason, "seats": count} for (id, reason), count in sorted(seats.items())
    ]


def _coverage_json(coverage: Coverage | None) -> dict[str, Any] | None:
    if coverage is None:
        return None
    return {
        "sources": list(coverage.sources),
        "started": coverage.started,
        "finished": coverage.finished,
        "items": coverage.items,
        "bytes": coverage.bytes,
        "by_state": dict(coverage.by_state),
        "by_reason": dict(coverage.by_reason),
    }


def _price_json(plan: MigrationPlan, price: Price) -> dict[str, Any]:
    return {
        "id": price.id,
        "sku": price.sku,
        "name": plan.product_name(price.sku),
        "monthly_cents": price.monthly_cents,
        "kind": price.kind,
        "contract": price.contract,
        "as_of": price.as_of.isoformat(),
        "source": price.source,
    }


def _range_json(row: EffortRule | Assumption) -> dict[str, Any]:
    return {
        "id": row.id,
        "code": row.code,
        "low": _number(row.low),
        "likely": _number(row.likely),
        "high": _number(row.high),
        "as_of": row.as_of.isoformat(),
        "source": row.source,
    }


def _number(value: Decimal) -> str:
    """Decimals travel as text, so that no reader turns 21.90 into a binary fraction."""
    return format(value.normalize(), "f")
