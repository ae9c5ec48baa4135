"""Which constraint keeps a schedule, or one department, from a better date: by trying, never by guessing.

For the whole: the problem is solved again without one constraint at a time; what is gained is what it costs at least.
For a department: every other start is tried with the others where they are. What is broken there tells the
constraint; where one alone stands in the way of a better date, that one binds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from migrate.planner.waves.greedy import Usage
from migrate.planner.waves.proposal import gain_of, polished, propose
from migrate.planner.waves.records import Job, Problem, Schedule, worth_of

CONTRACT = "contract"  # no other date brings more: the contract, support and risk decide
NO_PLACE = "no_place"
_RELAXED_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What the whole schedule gains, in cents, where a constraint falls: at least, because the search is bounded."""

    constraint: str
    gain: int


@dataclass(frozen=True, slots=True)
class Binding:
    """Why a department does not lie better. ``constraint`` is ``contract``, a resource, ``blackout``,
    ``precedence``, ``several`` or ``no_place``; ``others`` are the jobs or constraints meant, ``start`` the better
    period that it keeps the department from, ``gain`` what that one would bring."""

    department: str
    constraint: str
    others: tuple[str, ...] = ()
    start: int | None = None
    gain: int = 0


def relaxations(
    problem: Problem, schedule: Schedule, deterministic_seconds: float = _RELAXED_SECONDS
) -> list[Relaxation]:
    """The gain without each resource's limit, blackouts, exchanges or precedences, the largest first.

    Moves of single jobs, which are quick, find most of it; a short search from there proves small problems.
    """
    worth = worth_of(problem, schedule)
    found = []
    for constraint, relaxed in _relaxed(problem):
        solved = propose(relaxed, polished(relaxed, schedule), deterministic_seconds, bounded=False)
        placed = len(solved.schedule.starts) >= len(schedule.starts)
        found.append(
            Relaxation(constraint, max(0, worth_of(relaxed, solved.schedule) - worth) if placed else 0)
        )
    return sorted(found, key=lambda one: (-one.gain, one.constraint))


def _relaxed(problem: Problem) -> Iterable[tuple[str, Problem]]:
    for resource, offered in problem.capacity.items():
        if any(resource in job.demand or resource in job.tail for job in problem.jobs):
            most = sum(job.demand.get(resource, 0) + job.tail.get(resource, 0) for job in problem.jobs)
            yield resource, replace(problem, capacity={**problem.capacity, resource: (most,) * len(offered)})
    if any(job.closed for job in problem.jobs):
        jobs = tuple(replace(job, closed=frozenset()) for job in problem.jobs)
        yield "blackout", replace(problem, jobs=jobs)
    if problem.pairs:
        yield "exchange", replace(problem, pairs=())
    if any(job.after for job in problem.jobs):
        yield "precedence", replace(problem, jobs=tuple(replace(job, after=()) for job in problem.jobs))


def department_bindings(problem: Problem, schedule: Schedule) -> list[Binding]:
    """One for every department, in the order of the problem."""
    starts = dict(schedule.starts)
    usage = Usage(problem, starts)
    return [_binding(problem, job, starts, usage) for job in problem.jobs if job.is_department]


def _binding(problem: Problem, job: Job, starts: dict[str, int], usage: Usage) -> Binding:
    if job.id not in starts:
        return Binding(job.id, NO_PLACE, tuple(sorted(_in_the_way_everywhere(problem, job, starts, usage))))
    usage.add(job, starts[job.id], -1)
    better = []
    for start in range(job.earliest, problem.horizon - job.periods + 1):
        if (gain := gain_of(problem, job, starts, start)) > 0:
            better.append((_in_the_way(problem, job, starts, usage, start), gain, start))
    usage.add(job, starts[job.id])
    if not better:
        return Binding(job.id, CONTRACT)
    alone = [(gain, -start, way) for way, gain, start in better if len(_families(way)) == 1]
    if alone:
        gain, start, way = max(alone, key=lambda one: one[:2])
        return Binding(job.id, next(iter(_families(way))), tuple(sorted(_jobs(way))), -start, gain)
    way, gain, start = min(better, key=lambda one: (len(_families(one[0])), -one[1], one[2]))
    return Binding(job.id, "several", tuple(sorted(_families(way))), start, gain)


def _in_the_way(
    problem: Problem, job: Job, starts: dict[str, int], usage: Usage, start: int
) -> set[tuple[str, str]]:
    """(constraint, job) pairs that a start would break, the others where they are."""
    found = {(resource, "") for resource in usage.over(job, start)}
    if job.closed.intersection(job.running(start)):
        found.add(("blackout", ""))
    for name in job.after:
        if name not in starts or starts[name] + problem.by_id[name].periods > start:
            found.add(("precedence", name))
    for other in problem.jobs:
        if job.id in other.after and other.id in starts and starts[other.id] < start + job.periods:
            found.add(("precedence", other.id))
    return found


def _in_the_way_everywhere(problem: Problem, job: Job, starts: dict[str, int], usage: Usage) -> set[str]:
    """Constraints that stand in the way of every start; ``horizon`` where the work is longer than the plan."""
    tries = range(job.earliest, problem.horizon - job.periods + 1)
    ways = [_families(_in_the_way(problem, job, starts, usage, start)) for start in tries]
    if not ways:
        return {"horizon"}
    common = set.intersection(*ways)
    return common or {"several"}


def _families(way: set[tuple[str, str]]) -> set[str]:
    return {constraint for constraint, _job in way}


def _jobs(way: set[tuple[str, str]]) -> set[str]:
    return {job for _constraint, job in way if job}
