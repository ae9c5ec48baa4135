"""The waves of a plan: the list checked, the proposal explained, as figures and as the part ``waves`` of the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from migrate.planner.costs import factors
from migrate.planner.figures import Figures, Label, Unit
from migrate.planner.inputs import PlanInputs
from migrate.planner.licences import CHOICE, DepartmentLicences
from migrate.planner.term_changes import term_changes
from migrate.planner.waves.binding import Binding, Relaxation, department_bindings, relaxations
from migrate.planner.waves.check import CheckedList, Finding, check_list
from migrate.planner.waves.demand import WaveTables, build_problem
from migrate.planner.waves.greedy import greedy_schedule
from migrate.planner.waves.proposal import Proposal, propose
from migrate.planner.waves.records import Capacity, Problem, Schedule, exchange_cost, worth_of
from migrate.planner.waves.worth import DepartmentWorth, Worth

PROPOSAL = "choices.waves"
"""The input of every figure that rests on the proposal: all rows that the search looks at."""


@dataclass(frozen=True, slots=True)
class Waves:
    """``checked`` and ``proposal`` are None where nothing was given or asked for."""

    tables: WaveTables
    problem: Problem
    checked: CheckedList | None
    proposal: Proposal | None
    greedy: Schedule | None
    relaxations: tuple[Relaxation, ...]
    bindings: tuple[Binding, ...]
    choice_inputs: tuple[str, ...]


def with_listed_dates(inputs: PlanInputs, tables: WaveTables) -> PlanInputs:
    """The inputs with the dates of the organisation's list, so that the whole plan is priced at them."""
    ends = {row.id: row.end for row in tables.own_list or ()}
    departments = tuple(
        replace(department, migration=ends.get(department.id, department.migration))
        for department in inputs.departments
    )
    return replace(inputs, departments=departments)


def listed_rows(tables: WaveTables) -> dict[str, str]:
    """Row of a department's date of migration -> the row of the organisation's list that tells it."""
    return {f"departments.{row.id}.migration": row.input_id for row in tables.own_list or ()}


def plan_waves(
    inputs: PlanInputs,
    tables: WaveTables,
    licences: Sequence[DepartmentLicences],
    figures: Figures,
    proposing: bool,
) -> Waves | None:
    """Check the list and make the proposal. Licences, effort and costs must have been planned before."""
    if tables.own_list is None and not proposing:
        return None
    problem = build_problem(inputs, tables, licences, figures)
    checked = check_list(inputs, tables, problem, licences, figures) if tables.own_list is not None else None
    worths = {row.department.id: DepartmentWorth.of(inputs, row, figures) for row in licences}
    if checked:
        listed = {row.id: row.input_id for row in tables.own_list or ()}
        dates = {row.id: (row.start, row.end) for row in tables.own_list or ()}
        behind = {id: worths[id].rows_behind(*dates[id], listed[id]) for id in checked.worth}
        linked = [id for pair in problem.pairs for id in (pair.first, pair.second) if id in listed]
        apart = any(one.code == "exchange_apart" for one in checked.findings)
        exchange = (*_exchange_rows(inputs, apart), *(listed[id] for id in linked))
        _add_worths("list", checked.worth, behind, checked.exchange_cents, exchange, figures)
    if not proposing:
        return Waves(tables, problem, checked, None, None, (), (), ())
    greedy = greedy_schedule(problem)
    proposal = propose(problem, greedy)
    days = {
        job.id: (problem.first_day(start), problem.last_day(start + job.periods))
        for job in problem.jobs
        if job.is_department and (start := proposal.schedule.starts.get(job.id)) is not None
    }
    found = {id: worths[id].expected(*own) for id, own in days.items()}
    behind = {
        id: {part: (*rows, PROPOSAL) for part, rows in worths[id].rows_behind(*own, PROPOSAL).items()}
        for id, own in days.items()
    }
    unpriced = replace(problem, pairs=tuple(replace(pair, cents=1) for pair in problem.pairs))
    exchange = _exchange_rows(inputs, bool(exchange_cost(unpriced, proposal.schedule.starts)))
    cost = exchange_cost(problem, proposal.schedule.starts)
    _add_worths("proposal", found, behind, cost, (*exchange, PROPOSAL), figures)
    for name, cents in (("greedy", worth_of(problem, greedy)), ("bound", proposal.bound)):
        figures.add(f"waves.{name}.net", Unit.CENTS, cents, Label.FORECAST, (PROPOSAL,))
    return Waves(
        tables,
        problem,
        checked,
        proposal,
        greedy,
        tuple(relaxations(problem, proposal.schedule)),
        tuple(department_bindings(problem, proposal.schedule)),
        proposal_inputs(inputs, tables),
    )


def _add_worths(
    name: str,
    found: Mapping[str, Worth],
    behind: Mapping[str, Mapping[str, Iterable[str]]],
    apart: int,
    exchange: Iterable[str],
    figures: Figures,
) -> None:
    """What each department's dates bring over the horizon: savings after support and risk; and the whole."""
    nets = []
    for id, worth in found.items():
        prefix = f"waves.{name}.departments.{id}"
        parts = [
            figures.add(f"{prefix}.{part}", Unit.CENTS, cents, Label.FORECAST, behind[id][part])
            for part, cents in (
                ("saving", worth.saving),
                ("support", -worth.support),
                ("parallel", -worth.parallel),
                ("date_risk", -worth.date_risk),
                ("early_risk", -worth.early_risk),
            )
        ]
        nets.append(figures.total(f"{prefix}.net", Unit.CENTS, Label.FORECAST, parts))
    rows = ("exchanges", *exchange)
    nets.append(figures.add(f"waves.{name}.exchange", Unit.CENTS, -apart, Label.FORECAST, rows))
    figures.total(f"waves.{name}.net", Unit.CENTS, Label.FORECAST, nets)


def _exchange_rows(inputs: PlanInputs, apart: bool) -> tuple[str, ...]:
    """What a link between departments costs: behind a schedule in which some of them end apart."""
    minutes, rate = inputs.assumptions["wave.exchange"], inputs.assumptions["rate.owner"]
    return factors((minutes.id, minutes.whole), (rate.id, rate.cents)) if apart else ()


def proposal_inputs(inputs: PlanInputs, tables: WaveTables) -> tuple[str, ...]:
    """The rows and figures behind :data:`PROPOSAL`."""
    departments = [
        f"departments.{department.id}.{part}"
        for department in inputs.departments
        for part in ("seats", "effort.developer.minutes", "effort.helpdesk.minutes", "costs.one_off",
                     "costs.support_yearly")
    ]  # fmt: skip
    assumptions = [f"assumptions.{code}" for code in inputs.assumptions if code.startswith("wave.")]
    terms = [
        row
        for department in inputs.departments
        for row, _inputs, _department in term_changes(inputs, department)
        if not row.endswith(("migration", "months_to_migrate"))  # a proposal sets the date itself
    ]
    rows = (
        *departments,
        *assumptions,
        "assumptions.helpdesk",
        "assumptions.rate.helpdesk",
        "assumptions.rate.owner",
        *terms,
        *(row.id for row in tables.capacities),
        *(row.id for row in tables.tasks),
        *(row.id for row in tables.blackouts),
        *(row.input_id for row in tables.own_list or () if row.after),
        "exchanges",
        CHOICE,
    )
    return tuple(dict.fromkeys(rows))


def capacities_json(capacities: Iterable[Capacity]) -> list[dict[str, Any]]:
    """What there is of people and throughput, as rows behind figures; those of one resource share an id."""
    return [
        {
            "id": row.id,
            "resource": row.resource,
            "amount": row.amount,
            "unit": row.unit,
            "since": _iso(row.since),
            "until": _iso(row.until),
            "source": row.source,
        }
        for row in capacities
    ]


def waves_json(waves: Waves | None) -> dict[str, Any] | None:
    """The part ``waves`` of the published model; days are first and last ones."""
    if waves is None:
        return None
    return {
        "list": _list_json(waves),
        "proposal": _proposal_json(waves),
    }  # fmt: skip


def _list_json(waves: Waves) -> dict[str, Any] | None:
    if waves.checked is None:
        return None
    return {
        "rows": [
            {"id": row.id, "name": row.name, "wave": row.wave, "start": row.start.isoformat(),
             "end": row.end.isoformat()}
            for row in waves.tables.own_list or ()
        ],
        "findings": [_finding_json(finding) for finding in waves.checked.findings],
    }  # fmt: skip


def _finding_json(finding: Finding) -> dict[str, Any]:
    params = {key: _iso(value) if isinstance(value, date) else value for key, value in finding.params.items()}
    return {
        "code": finding.code,
        "kind": finding.kind,
        "department": finding.department,
        "cents": finding.cents,
        "params": params,
    }


def _proposal_json(waves: Waves) -> dict[str, Any] | None:
    if waves.proposal is None:
        return None
    bindings = {binding.department: binding for binding in waves.bindings}
    return {
        "optimal": waves.proposal.optimal,
        "choice_inputs": list(waves.choice_inputs),
        "rows": [
            {"id": row.id, "name": row.name, "wave": row.wave, "start": row.start.isoformat(),
             "end": row.end.isoformat(), "task": not row.department,
             "binding": _binding_json(waves.problem, bindings.get(row.id))}
            for row in proposed_rows(waves)
        ],
        "unplaced": [
            {"id": job.id, "name": job.name, "binding": _binding_json(waves.problem, bindings.get(job.id))}
            for job in waves.problem.jobs
            if job.id not in waves.proposal.schedule.starts
        ],
        "relaxations": [{"constraint": row.constraint, "cents": row.gain} for row in waves.relaxations],
    }  # fmt: skip


def _binding_json(problem: Problem, binding: Binding | None) -> dict[str, Any] | None:
    if binding is None:
        return None
    return {
        "constraint": binding.constraint,
        "others": list(binding.others),
        "start": None if binding.start is None else problem.first_day(binding.start).isoformat(),
        "cents": binding.gain,
    }


@dataclass(frozen=True, slots=True)
class ProposedRow:
    id: str
    name: str
    wave: str
    start: date
    end: date
    department: bool


def proposed_rows(waves: Waves) -> list[ProposedRow]:
    """The proposal by date. Departments that begin in the same month are a wave; tasks are in none."""
    if waves.proposal is None:
        return []
    problem, starts = waves.problem, waves.proposal.schedule.starts
    months = sorted({problem.month(start) for id, start in starts.items() if problem.by_id[id].is_department})
    rows = [
        ProposedRow(
            id,
            problem.by_id[id].name,
            str(months.index(problem.month(start)) + 1) if problem.by_id[id].is_department else "",
            problem.first_day(start),
            problem.last_day(start + problem.by_id[id].periods),
            problem.by_id[id].is_department,
        )
        for id, start in starts.items()
    ]
    return sorted(rows, key=lambda row: (row.start, row.end, row.id))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
