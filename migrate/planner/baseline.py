"""Initial, approved, forecast and actual side by side, each variance split into parts that add up to it.

A frozen plan holds what it is computed from, so a variance is computed rather than told: beginning with the initial
plan's inputs, one group after another is replaced by that of the other plan, in the order of :data:`GROUPS`, and the
model is computed again each time. What a group changes is its part. What no input explains is ``error``: between plans
the change of the program's own formulas, against what really happened the difference between model and life.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from migrate.planner.actuals import CATEGORIES, ONE_OFF, has_actuals
from migrate.planner.effort import Content, Effort
from migrate.planner.figures import Figures, Label, Unit
from migrate.planner.frozen import Basis, thaw_basis
from migrate.planner.inputs import UNASSIGNED, Assumption, Department, PlanInputs, User, slug
from migrate.planner.licences import Licences
from migrate.planner.months import month_of, months_later

GROUPS = ("scope", "volume", "price", "rule")
PARTS = (*GROUPS, "error")
COLUMNS = ("initial", "approved", "forecast", "actual")

# field of the inputs -> its group: departments, their terms and dates are scope; people and documents are volume.
# Assumptions are prices where they are money or a factor of money, else rules.
FIELD_GROUPS: dict[str, str] = {
    "departments": "scope",
    "products": "scope",
    "catalogue": "scope",
    "contracts": "scope",
    "as_of": "scope",
    "horizon_months": "scope",
    "users": "volume",
    "attestations": "volume",
    "prices": "price",
    "contract_prices": "price",
    "currency": "price",
    "applications": "scope",
    "jurisdiction": "rule",
    "scores": "rule",
    "measurements": "rule",
    "seed": "rule",
    "rules": "rule",
    "assumptions": "by unit",
    # what happened is no plan: it is the column of its own
    "invoices": "actual",
    "work_days": "actual",
    "cancellations": "actual",
}
Key = TypeVar("Key")
_PRICE_UNITS = ("money", "factor")


@dataclass(frozen=True, slots=True)
class Computed:
    """What a plan computes of a basis: the part of :class:`MigrationPlan` that is compared."""

    inputs: PlanInputs
    departments: tuple[Department, ...]
    figures: Figures
    licences: Licences


@dataclass(frozen=True, slots=True)
class FrozenPlan:
    """A baseline as it was stored: its published model, and the hash of its text."""

    name: str
    reference: str
    frozen: str
    sha256: str
    model: Mapping[str, Any]


Compute = Callable[[Basis], Computed]


def compare(
    initial: FrozenPlan, approved: FrozenPlan | None, basis: Basis, forecast: Computed, compute: Compute
) -> dict[str, Any]:
    """The published form: who the columns are, and a row per total with values and split variances.

    Raises ValueError where a frozen plan has another currency than the forecast.
    """
    for frozen in (initial, approved):
        if frozen and frozen.model["currency"] != forecast.inputs.currency:
            raise ValueError(frozen.name)
    start = thaw_basis(initial.model["records"])
    cut = forecast.inputs.as_of
    again = compute(start)
    steps = {"forecast": _steps(start, again, basis, compute)}
    values = {
        "initial": _frozen_values(initial, again, cut),
        "forecast": _values(forecast, cut),
    }
    if approved:
        then = thaw_basis(approved.model["records"])
        steps["approved"] = _steps(start, again, then, compute)
        values["approved"] = _frozen_values(approved, steps["approved"][-1], cut)
    actual = _actual_values(forecast)
    if actual:
        values["actual"] = actual
        steps["actual"] = steps["forecast"]
    by_step = {column: [_values(step, cut) for step in found] for column, found in steps.items()}
    return {
        "columns": {
            "initial": _column(initial),
            "approved": _column(approved) if approved else None,
            "forecast": {"as_of": cut.isoformat()},
            "actual": {"until": cut.isoformat()} if actual else None,
        },
        "parts": list(PARTS),
        "rows": [_row(id, values, by_step) for id in _ids(values)],
    }


@dataclass(frozen=True, slots=True)
class _Value:
    unit: Unit | str
    label: Label | str
    likely: int


_Values = Mapping[str, _Value]


def _steps(start: Basis, again: Computed, end: Basis, compute: Compute) -> list[Computed]:
    """The model with no group of ``end`` (``again``), with the first, with the first two ... with all.

    A group that is equal in both is not computed again.
    """
    basis, found = start, [again]
    for count in range(1, len(GROUPS) + 1):
        step = mixed(start, end, GROUPS[:count])
        found.append(found[-1] if step == basis else compute(step))
        basis = step
    return found


def mixed(start: Basis, end: Basis, groups: Collection[str]) -> Basis:
    """The start's inputs with the named groups of the end's.

    Scope brings the users and documents of departments that only the end has, and takes away those of departments
    that only the start has; volume changes those of departments that both have. Rows that only the end knows (a rule
    or an assumption of a later program) are there from the beginning: nothing in the start uses them.
    """
    users, effort = start.inputs.users, start.effort
    if "scope" in groups:
        users, effort = _rescoped(start, end)
    if "volume" in groups:
        users, effort = end.inputs.users, end.effort
    chosen: dict[str, Any] = {}
    for field in fields(PlanInputs):
        group = FIELD_GROUPS.get(field.name, "scope")
        source = end if group in groups or group == "actual" else start
        chosen[field.name] = getattr(source.inputs, field.name)
    chosen["assumptions"] = _assumptions(start.inputs, end.inputs, groups)
    chosen["users"] = users
    if "rule" not in groups:
        chosen["rules"] = {**end.inputs.rules, **start.inputs.rules}
    inputs = PlanInputs(**chosen)
    scope = end if "scope" in groups else start
    return Basis(_with_all_departments(inputs), effort, scope.organisation, scope.access)


def _assumptions(start: PlanInputs, end: PlanInputs, groups: Collection[str]) -> dict[str, Assumption]:
    found = {**end.assumptions, **start.assumptions}
    for code, row in end.assumptions.items():
        if ("price" if row.unit in _PRICE_UNITS else "rule") in groups:
            found[code] = row
    return found


def _rescoped(start: Basis, end: Basis) -> tuple[tuple[User, ...], Effort]:
    before = {department.id for department in start.inputs.departments}
    after = {department.id for department in end.inputs.departments}
    users = [user for user in start.inputs.users if slug(user.department) in after]
    users += [user for user in end.inputs.users if slug(user.department) not in before]
    kept = _documents_of(start.effort, after | {UNASSIGNED})
    added = _documents_of(end.effort, after - before - {UNASSIGNED})
    effort = replace(
        kept,
        readiness=kept.readiness + added.readiness,
        contents={**kept.contents, **{f"added:{key}": content for key, content in added.contents.items()}},
        projects=_united(kept.projects, added.projects),
    )
    return tuple(users), effort


def _documents_of(effort: Effort, ids: Collection[str]) -> Effort:
    readiness = Counter({key: count for key, count in effort.readiness.items() if key[0] in ids})
    return replace(
        effort,
        readiness=readiness,
        contents=_held_by(effort.contents, ids),
        projects=_held_by(effort.projects, ids),
    )


def _united(some: Mapping[Key, Content], more: Mapping[Key, Content]) -> dict[Key, Content]:
    """Contents of both; what both have is one content with the copies of both."""
    found = {**some, **more}
    for key in some.keys() & more.keys():
        found[key] = replace(some[key], copies=some[key].copies + more[key].copies)
    return found


def _held_by(contents: Mapping[Key, Content], ids: Collection[str]) -> dict[Key, Content]:
    """The contents of which a department has a copy, with these copies."""
    found = {}
    for key, content in contents.items():
        copies = Counter({id: count for id, count in content.copies.items() if id in ids})
        if copies:
            found[key] = replace(content, copies=copies)
    return found


def _with_all_departments(inputs: PlanInputs) -> PlanInputs:
    """Users of a department that the other plan's table does not have need a row of their own, without a contract."""
    found = {department.id: department for department in inputs.departments}
    for user in inputs.users:
        found.setdefault(slug(user.department), Department(user.department))
    return replace(inputs, departments=tuple(found.values()))


def _frozen_values(frozen: FrozenPlan, computed: Computed, cut: Any) -> dict[str, _Value]:
    """The stored numbers; those to date are computed, because no plan could know the day."""
    stored = {
        record["id"]: _Value(record["unit"], record["label"], record["likely"])
        for record in frozen.model["figures"]
        if _compared(record["id"])
    }
    return {**stored, **_to_date(computed, cut)}


def _values(computed: Computed, cut: Any) -> dict[str, _Value]:
    found = {
        figure.id: _Value(figure.unit.value, figure.label.value, figure.amount.likely)
        for figure in computed.figures
        if _compared(figure.id)
    }
    return {**found, **_to_date(computed, cut)}


def _compared(id: str) -> bool:
    """Totals of the organisation and sums over the whole horizon."""
    return id.startswith("totals.") or (id.startswith("scenarios.") and id.endswith(".horizon"))


def _to_date(computed: Computed, cut: Any) -> dict[str, _Value]:
    """What the plan expected until the month of ``cut``: departments done by then, months of support and saving."""
    until, inputs = month_of(cut), computed.inputs
    assumed = months_later(inputs.as_of, inputs.assumptions["months_to_migrate"].whole.likely)
    cents = dict.fromkeys((*CATEGORIES, "one_off"), 0)
    for department in computed.departments:
        done = month_of(department.migration or assumed)
        if done > until:
            continue
        prefix = f"departments.{department.id}.costs"
        for kind in ("training", "helpdesk", "effort", "one_off"):
            cents[kind] += _likely(computed.figures, f"{prefix}.{kind}")
        cents["support"] += _likely(computed.figures, f"{prefix}.support_yearly") * (until - done) // 12
    cents["other"] = cents["one_off"] - sum(cents[kind] for kind in ("training", "helpdesk", "effort"))
    saved = sum(
        row.saving_in(month)
        for row in computed.licences.departments
        if row.starts is not None
        for month in range(row.starts, until)
    )
    found = {
        f"to_date.costs.{kind}": _Value(Unit.CENTS.value, Label.COST.value, amount)
        for kind, amount in cents.items()
        if kind != "licences"
    }
    return {**found, "to_date.licences.saving": _Value(Unit.CENTS.value, Label.FORECAST.value, saved)}


def _actual_values(plan: Computed) -> dict[str, _Value]:
    """What the tables of actuals say, by the row that it is compared in; empty without tables."""
    if not has_actuals(plan.inputs):
        return {}
    found = {
        f"to_date.costs.{kind}": _Value(
            Unit.CENTS.value, Label.COST.value, _likely(plan.figures, f"actuals.costs.{kind}")
        )
        for kind in (*ONE_OFF, "one_off", "support")
    }
    saved = _likely(plan.figures, "actuals.licences.saving_to_date.realised")
    return {**found, "to_date.licences.saving": _Value(Unit.CENTS.value, Label.REALISED.value, saved)}


def _likely(figures: Figures, id: str) -> int:
    return figures[id].amount.likely if id in figures else 0


def _ids(values: Mapping[str, _Values]) -> list[str]:
    """Rows in the order of the forecast, then those that only an earlier plan has; none in which all is nothing."""
    ids = dict.fromkeys([*values["forecast"], *values["initial"], *values.get("approved", ())])
    return [id for id in ids if any(id in column and column[id].likely for column in values.values())]


def _row(
    id: str, values: Mapping[str, _Values], by_step: Mapping[str, list[dict[str, _Value]]]
) -> dict[str, Any]:
    known = next(column[id] for column in values.values() if id in column)

    def likely(column: str) -> int | None:
        if column not in values or (column == "actual" and id not in values[column]):
            return None
        return values[column][id].likely if id in values[column] else 0

    start = likely("initial") or 0
    variances: dict[str, Any] = {}
    for column in COLUMNS[1:]:
        value = likely(column)
        variances[column] = None if value is None else _split(id, value - start, by_step[column])
    return {
        "id": id,
        "unit": str(known.unit),
        "labels": {
            column: str(values[column][id].label) if column in values and id in values[column] else None
            for column in COLUMNS
        },
        **{column: likely(column) for column in COLUMNS},
        "variances": variances,
    }


def _split(id: str, total: int, steps: list[dict[str, _Value]]) -> dict[str, int]:
    """The part of each group; the rest is error, so that the parts add up to the total."""
    amounts = [step[id].likely if id in step else 0 for step in steps]
    parts = {group: amounts[index + 1] - amounts[index] for index, group in enumerate(GROUPS)}
    return {"total": total, **parts, "error": total - sum(parts.values())}


def _column(frozen: FrozenPlan) -> dict[str, Any]:
    return {
        "name": frozen.name,
        "reference": frozen.reference,
        "frozen": frozen.frozen,
        "sha256": frozen.sha256,
        "as_of": frozen.model["as_of"],
    }
