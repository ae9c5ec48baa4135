"""The baseline: one job after the other, each where it brings most of what is still free; no step is taken back.

Tasks come first, each as early as it can be. Departments follow by what they bring at best, the largest first, as far
as their predecessors are placed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from migrate.planner.waves.records import Job, Problem, Schedule


class Usage:
    """What a partial schedule takes of every resource."""

    def __init__(self, problem: Problem, starts: Mapping[str, int] | None = None) -> None:
        self._problem = problem
        self._taken = {resource: [0] * problem.horizon for resource in problem.capacity}
        for id, start in (starts or {}).items():
            self.add(problem.by_id[id], start)

    def add(self, job: Job, start: int, sign: int = 1) -> None:
        for resource, period, amount in job.takes(start):
            if period < self._problem.horizon:
                self._taken[resource][period] += sign * amount

    def over(self, job: Job, start: int) -> set[str]:
        """Resources of which the job, added at the start, would take more than there is."""
        capacity, taken = self._problem.capacity, self._taken
        return {
            resource
            for resource, period, amount in job.takes(start)
            if period < self._problem.horizon
            and taken[resource][period] + amount > capacity[resource][period]
        }


def earliest_start(problem: Problem, job: Job, starts: Mapping[str, int]) -> int | None:
    """The first period after all predecessors; None where one of them has no place."""
    first = job.earliest
    for id in job.after:
        if id not in starts:
            return None
        first = max(first, starts[id] + problem.by_id[id].periods)
    return first


def free_starts(problem: Problem, job: Job, starts: Mapping[str, int], usage: Usage) -> list[int]:
    """Starts at which nothing is broken, the other jobs where they are. The job itself is not in ``usage``."""
    first = earliest_start(problem, job, starts)
    if first is None:
        return []
    last = latest_end(problem, job, starts)
    return [
        start
        for start in problem.starts_of(job)
        if start >= first and start + job.periods <= last and not usage.over(job, start)
    ]


def latest_end(problem: Problem, job: Job, starts: Mapping[str, int]) -> int:
    """The period by which the jobs that wait for this one need it done."""
    followers = (starts[other.id] for other in problem.jobs if job.id in other.after and other.id in starts)
    return min(followers, default=problem.horizon)


def greedy_schedule(problem: Problem) -> Schedule:
    starts: dict[str, int] = {}
    usage = Usage(problem)
    waiting = sorted(problem.jobs, key=lambda job: (job.is_department, -max(job.worth, default=0), job.id))
    while job := _next(waiting):
        waiting.remove(job)
        first = earliest_start(problem, job, starts)
        free = [
            start
            for start in problem.starts_of(job)
            if first is not None and start >= first and not usage.over(job, start)
        ]
        if free:
            start = max(free, key=lambda start: (job.worth_at(start + job.periods), -start))
            starts[job.id] = start
            usage.add(job, start)
    return Schedule(starts)


def _next(waiting: Collection[Job]) -> Job | None:
    """The first job that waits for no other that is still to be placed."""
    unplaced = {job.id for job in waiting}
    return next((job for job in waiting if not unplaced.intersection(job.after)), None)
