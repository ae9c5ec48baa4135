"""The whole plan as one model, and its JSON form (``data/plan.schema.json``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from converters.outcome import Outcome
from inventory.records import Coverage, InspectedItem
from migrate.planner import defaults
from migrate.planner.access import Access, add_access
from migrate.planner.actuals import plan_actuals
from migrate.planner.alternative_figures import plan_alternatives
from migrate.planner.alternatives import Outcome as Alternative
from migrate.planner.alternatives import alternatives_json, catalogue_json
from migrate.planner.amounts import rounded
from migrate.planner.baseline import Computed, FrozenPlan, compare
from migrate.planner.calibration import Calibration, calibrate
from migrate.planner.costs import plan_costs
from migrate.planner.draws import Draws
from migrate.planner.drivers import Decision, decide
from migrate.planner.effort import Effort, count_effort, plan_effort
from migrate.planner.figures import Figures
from migrate.planner.finance import Finance, plan_finance
from migrate.planner.frozen import Basis, freeze_basis, thaw_basis
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
from migrate.planner.offers import held_against_terms
from migrate.planner.organisation import Organisation, read_organisation
from migrate.planner.records import plain
from migrate.planner.results import count_results
from migrate.planner.scenarios import Scenarios, migration_month, plan_scenarios
from migrate.planner.sovereignty import add_spending, sovereignty_json, supplies_json
from migrate.planner.terms import contract_of, notice_due, saving_starts
from migrate.planner.uncertainty import inputs_json, uncertainty_json
from migrate.planner.waves.section import (
    Waves,
    capacities_json,
    listed_rows,
    plan_waves,
    waves_json,
    with_listed_dates,
)
from migrate.planner.wibe import Wibe, plan_wibe

FORMAT = "migrate-plan"
FORMAT_VERSION = 1
WORKING_DAYS_A_YEAR = 220


@dataclass(frozen=True, slots=True)
class MigrationPlan:
    """``inputs`` are those of the basis with rules that measurements corrected."""

    basis: Basis
    inputs: PlanInputs
    departments: tuple[Department, ...]
    figures: Figures
    licences: Licences
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
    alternatives: list[Alternative]
    sovereignty: dict[str, Any]
    baseline: dict[str, Any] | None = None

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
                {
                    "department": id,
                    "sku": sku,
                    "name": self.product_name(sku),
                    "reason": reason,
                    "seats": seats,
                }
                for (id, sku, reason), seats in sorted(self.licences.rejected.items())
            ],
            "kept": _kept_json(self.licences),
            "licences": licences_json(self.inputs, self.licences),
            "waves": waves_json(self.waves),
            "alternatives": alternatives_json(inputs, self.alternatives),
            "sovereignty": self.sovereignty,
            "gaps": list(self.gaps()),
            "inventory": {
                "contents": sum(content.times for content in self.effort.contents.values()),
                "kinds": dict(sorted(self.effort.kinds.items())),
                "features": dict(sorted(self.effort.features.items())),
                "closed": dict(sorted(self.effort.closed.items())),
            },
            "results": self.results,
            "baseline": self.baseline,
            "inputs": {
                "prices": [_price_json(self, price) for price in self._used_prices()],
                "catalogue": catalogue_json(self.alternatives),
                "capacities": capacities_json(self.basis.organisation.waves.capacities),
                **_organisation_json(self.basis.organisation),
                "supplies": supplies_json(self.basis.organisation.places.supplies),
                "assumptions": [_range_json(row) | {"unit": row.unit} for row in inputs.assumptions.values()],
                "rules": [
                    _range_json(rule) | {"unit": rule.unit, "who": rule.who} for rule in inputs.rules.values()
                ],
                **inputs_json(inputs, self.components),
                "users": list(_seats_json(inputs)),
                **{
                    name: [{"id": row.id, **plain(row)} for row in rows.values()]
                    for name, rows in (
                        ("invoices", inputs.invoices),
                        ("work_days", inputs.work_days),
                        ("cancellations", inputs.cancellations),
                    )
                },
            },
            "records": freeze_basis(self.basis),
        }

    @property
    def effort(self) -> Effort:
        return self.basis.effort

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
        kept = self.licences.kept
        if undated := sum(not (user.keep_office_until and user.keep_office_owner) for user in kept):
            yield {"code": "residual_open", "seats": undated}
        yield from held_against_terms(inputs)
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
    if organisation is None:
        organisation = read_organisation({}, [department.id for department in inputs.departments])
    inputs = with_listed_dates(inputs, organisation.waves)
    access = Access() if coverage else None
    watched = access.watching(items, inputs, inputs.departments) if access else items
    effort = count_effort(watched, inputs.departments, inputs.rules)
    return compute(Basis(inputs, effort, organisation, access), coverage, outcomes)


def compute(
    basis: Basis, coverage: Coverage | None = None, outcomes: Iterable[Outcome] = ()
) -> MigrationPlan:
    """The plan of inputs and documents counted before."""
    organisation, effort = basis.organisation, basis.effort
    weight = basis.inputs.assumptions["calibration.weight"].whole.likely
    rules, calibrations = calibrate(basis.inputs.rules, basis.inputs.measurements, weight)
    inputs = replace(basis.inputs, rules=rules)
    draws = Draws((*rules.values(), *inputs.assumptions.values()), defaults.factors(), inputs.seed)
    components = defaults.components()
    figures = Figures(listed_rows(organisation.waves))
    licences = plan_licences(inputs, figures)
    departments = inputs.departments
    named = {department.id for department in departments}
    if UNASSIGNED not in named and any(id == UNASSIGNED for id, _readiness in effort.readiness):
        departments = (*departments, Department(UNASSIGNED))
    plan_effort(effort, departments, rules, figures, draws, inputs.applications)
    plan_costs(inputs, departments, components, figures, draws)
    plan_actuals(inputs, figures)
    scenarios = plan_scenarios(inputs, departments, licences.departments, figures, draws)
    waves = plan_waves(inputs, organisation.waves, licences.departments, figures, organisation.proposing)
    choices, places = organisation.choices, organisation.places
    alternatives = plan_alternatives(inputs, choices, licences, figures)
    spending = add_spending(inputs, choices, alternatives, places, figures)
    cut_off, labelled = None, Counter[str]()
    if basis.access:
        cut_off = add_access(inputs, basis.access, organisation.waves.capacities, figures)
        labelled = basis.access.labelled
    finance = plan_finance(inputs, departments, components, licences.departments, figures, draws)
    decision = decide(finance, draws)
    wibe = plan_wibe(finance, inputs.scores, figures)
    figures.add_percentiles(draws)
    return MigrationPlan(
        basis,
        inputs,
        departments,
        figures,
        licences,
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
        alternatives,
        sovereignty_json(inputs, choices, places, alternatives, spending, cut_off, labelled),
    )


def with_baseline(plan: MigrationPlan, initial: FrozenPlan, approved: FrozenPlan | None) -> MigrationPlan:
    """The plan beside the frozen ones. Raises ValueError where one of them is in another currency."""
    compared = compare(initial, approved, plan.basis, _computed(plan), lambda of: _computed(compute(of)))
    return replace(plan, baseline=compared)


def _computed(plan: MigrationPlan) -> Computed:
    return Computed(plan.inputs, plan.departments, plan.figures, plan.licences)


def changed_figures(model: Mapping[str, Any]) -> list[str]:
    """Ids of figures of a published plan that its own records do not compute: it was changed by hand, or is older.

    Raises KeyError, TypeError or ValueError for records that are none.
    """
    again = {figure.id: figure.as_json() for figure in compute(thaw_basis(model["records"])).figures}
    given = {record["id"]: record for record in model["figures"]}
    return [
        id
        for id in dict.fromkeys((*given, *again))
        if any(
            given.get(id, {}).get(key) != again.get(id, {}).get(key)
            for key in ("low", "likely", "high", "p10", "p50", "p90", "label")
        )
    ]


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
        "migration_date": _iso(department.migration),
        "target_skus": list(department.target_skus) if department.target_skus is not None else None,
        "contract_reference": contract.reference,
        "minimum_seats": contract.minimum_seats,
        "billing": contract.billing,
        "gives_up": list(department.gives_up),
    }


def _organisation_json(organisation: Organisation) -> dict[str, Any]:
    """The organisation's own rows that stand behind waves and alternatives."""
    waves = organisation.waves
    return {
        "targets": [{"id": row.id, **plain(row)} for row in organisation.choices.targets],
        "tasks": [{**plain(row), "id": row.id} for row in waves.tasks],
        "blackouts": [{"id": row.id, **plain(row)} for row in waves.blackouts],
        "waves": [{**plain(row), "id": row.input_id} for row in waves.own_list or ()],
    }


def _seats_json(inputs: PlanInputs) -> Iterable[dict[str, Any]]:
    """How many users stand behind the ids ``users.<department>``, with a product, and with a known last activity."""
    seats: Counter[str] = Counter()
    for user in inputs.users:
        prefix = f"users.{slug(user.department)}"
        seats.update([prefix, *(f"{prefix}.{sku}" for sku in user.skus)])
        seats[f"{prefix}.last_active"] += user.last_active is not None
    for id, count in sorted(seats.items()):
        yield {"id": id, "seats": count}


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
