"""A proposal by CP-SAT: the schedule that brings most, and a bound on what any schedule could bring.

The model is a step function per job: ``begun[t]`` says that the job has begun by period t. The capacity that a job
takes in a period is then a difference of two of these, its worth a sum of differences, and "before" is an implication
per period, so that the linear relaxation is tight and the bound is worth reading.

One worker, a fixed seed and deterministic time: the same inputs give the same proposal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from migrate.planner.waves.greedy import Usage, free_starts
from migrate.planner.waves.records import Job, Problem, Schedule, exchange_cost

SEED = 20090
DETERMINISTIC_SECONDS = 4.0
# one strategy that finds schedules (neighbourhoods come with it), one that proves how good they are
_SEARCH = ("quick_restart_no_lp",)
_SEARCH_AND_BOUND = (*_SEARCH, "max_lp")
_UNIT = 100  # the solver counts in whole units of the currency: smaller numbers, same decisions

_Literal = cp_model.IntVar | int


@dataclass(frozen=True, slots=True)
class Proposal:
    """``bound`` is the most, in cents, that any schedule with as many jobs placed can bring; ``optimal`` that the
    search has proved there is no better one (to the unit of the currency and job)."""

    schedule: Schedule
    bound: int
    optimal: bool


@dataclass(frozen=True, slots=True)
class _Steps:
    """``begun[t]`` for t in 0..horizon-1: has begun by t. Literals are shared where nothing can begin."""

    job: Job
    begun: list[_Literal]

    def begun_by(self, period: int) -> _Literal:
        return 0 if period < 0 else self.begun[min(period, len(self.begun) - 1)]

    def ended_by(self, period: int) -> _Literal:
        """The job's last period lies before ``period``."""
        return self.begun_by(period - self.job.periods)

    @property
    def placed(self) -> _Literal:
        return self.begun[-1]


def propose(
    problem: Problem,
    hint: Schedule | None = None,
    deterministic_seconds: float = DETERMINISTIC_SECONDS,
    bounded: bool = True,
) -> Proposal:
    """The best schedule found, from a feasible ``hint`` on; without ``bounded`` nothing is spent on the bound."""
    if not problem.jobs or problem.horizon <= 0:
        return Proposal(Schedule({}), 0, True)
    model = cp_model.CpModel()
    steps = {job.id: _steps(model, problem, job) for job in problem.jobs}
    for row in steps.values():
        for name in row.job.after:
            _before(model, steps[name], row)
    _add_capacities(model, problem, steps)
    penalty = _all_placed(model, problem, steps, hint)
    terms = [term for row in steps.values() for term in _worth_terms(row, penalty)]
    terms += _exchange_terms(model, problem, steps)
    model.maximize(sum(terms))
    if hint:
        _add_hint(model, problem, steps, hint)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.interleave_search = True  # several strategies in turn, still on one worker
    solver.parameters.subsolvers.extend(_SEARCH_AND_BOUND if bounded else _SEARCH)
    solver.parameters.max_deterministic_time = deterministic_seconds
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Proposal(hint or Schedule({}), 0, False)
    starts = {
        id: next(period for period, literal in enumerate(row.begun) if _value(solver, literal))
        for id, row in steps.items()
        if _value(solver, row.placed)
    }
    schedule = polished(problem, Schedule(starts))
    bound = (round(solver.best_objective_bound) - penalty * len(starts)) * _UNIT
    return Proposal(schedule, bound, status == cp_model.OPTIMAL)


def polished(problem: Problem, schedule: Schedule) -> Schedule:
    """The schedule after every single move of a job that brings more, until there is none left; tasks, which bring
    nothing by themselves, are as early as they can be."""
    starts = dict(schedule.starts)
    usage = Usage(problem, starts)
    better = True
    while better:
        better = False
        for job in problem.jobs:
            if job.id not in starts:
                continue
            here = starts[job.id]
            usage.add(job, here, -1)
            best = max(
                (start for start in free_starts(problem, job, starts, usage)),
                key=lambda start: (gain_of(problem, job, starts, start), start == here, -start),
                default=here,
            )
            if gain_of(problem, job, starts, best) > 0:
                starts[job.id], better = best, True
            usage.add(job, starts[job.id])
    for job in problem.jobs:
        if not job.is_department and job.id in starts:
            usage.add(job, starts[job.id], -1)
            starts[job.id] = min(free_starts(problem, job, starts, usage), default=starts[job.id])
            usage.add(job, starts[job.id])
    return Schedule(starts)


def gain_of(problem: Problem, job: Job, starts: dict[str, int], start: int) -> int:
    """Cents that moving one job brings, exchanges with others included."""
    here = starts[job.id]
    own = job.worth_at(start + job.periods) - job.worth_at(here + job.periods)
    if not job.is_department:
        return own
    before = exchange_cost(problem, starts, job.id)
    return own + before - exchange_cost(problem, {**starts, job.id: start}, job.id)


def _steps(model: cp_model.CpModel, problem: Problem, job: Job) -> _Steps:
    starts = set(problem.starts_of(job))
    begun: list[_Literal] = []
    last: _Literal = 0
    for period in range(problem.horizon):
        if period in starts:
            literal = model.new_bool_var(f"{job.id}.{period}")
            if not isinstance(last, int):
                model.add_implication(last, literal)
            last = literal
        begun.append(last)
    return _Steps(job, begun)


def _all_placed(
    model: cp_model.CpModel, problem: Problem, steps: dict[str, _Steps], hint: Schedule | None
) -> int:
    """What a job without a place costs in units: more than any schedule brings, and nothing where all can be placed,
    because then all must."""
    if hint and len(hint.starts) == len(problem.jobs):
        for row in steps.values():
            model.add(row.placed == 1)
        return 0
    return 1 + sum(_units(max(map(abs, job.worth))) for job in problem.jobs)


def _before(model: cp_model.CpModel, first: _Steps, then: _Steps) -> None:
    """Whatever has begun by a period, its predecessor has ended by then."""
    for period, literal in enumerate(then.begun):
        ended = first.ended_by(period)
        if isinstance(literal, int):
            continue
        if isinstance(ended, int):
            model.add(literal == 0)
        else:
            model.add_implication(literal, ended)


def _add_capacities(model: cp_model.CpModel, problem: Problem, steps: dict[str, _Steps]) -> None:
    for resource, offered in problem.capacity.items():
        for period, limit in enumerate(offered):
            terms: list[cp_model.LinearExprT] = []
            most = 0
            for row in steps.values():
                job = row.job
                running, ended = row.begun_by(period), row.ended_by(period)
                if amount := job.demand.get(resource):
                    terms.append(amount * (running - ended))
                    most += amount
                if amount := job.tail.get(resource):
                    terms.append(amount * (ended - row.ended_by(period - job.tail_periods)))
                    most += amount
            if most > limit:
                model.add(sum(terms) <= limit)


def _worth_terms(row: _Steps, penalty: int) -> list[cp_model.LinearExprT]:
    """The worth of the end that is chosen; a job without a place costs more than any schedule could bring."""
    terms: list[cp_model.LinearExprT] = []
    previous: _Literal = 0
    for period, literal in enumerate(row.begun):
        if literal is previous or isinstance(literal, int):
            continue
        worth = _units(row.job.worth_at(period + row.job.periods)) + penalty
        terms.append(worth * (literal - previous))
        previous = literal
    return terms


def _exchange_terms(
    model: cp_model.CpModel, problem: Problem, steps: dict[str, _Steps]
) -> list[cp_model.LinearExprT]:
    """The cost of the periods between the ends of two departments; one without a place ends with the horizon."""
    terms: list[cp_model.LinearExprT] = []
    for number, pair in enumerate(problem.pairs):
        if cost := pair.cents // _UNIT:
            first, second = (_end(steps[id], problem.horizon) for id in (pair.first, pair.second))
            apart = model.new_int_var(0, problem.horizon, f"apart.{number}")
            model.add(apart >= first - second)
            model.add(apart >= second - first)
            terms.append(-cost * apart)
    return terms


def _end(row: _Steps, horizon: int) -> Any:
    """The end as an expression: the horizon, less every period in which the job has ended."""
    return horizon - sum(row.ended_by(period) for period in range(horizon))


def _add_hint(model: cp_model.CpModel, problem: Problem, steps: dict[str, _Steps], hint: Schedule) -> None:
    for id, row in steps.items():
        start = hint.starts.get(id, problem.horizon)
        previous: _Literal = 0
        for period, literal in enumerate(row.begun):
            if not isinstance(literal, int) and literal is not previous:
                model.add_hint(literal, int(period >= start))
            previous = literal


def _value(solver: cp_model.CpSolver, literal: _Literal) -> bool:
    return bool(literal) if isinstance(literal, int) else bool(solver.value(literal))


def _units(cents: int) -> int:
    """Rounded up, so that the solver's bound is one for the cents too."""
    return -(-cents // _UNIT)
