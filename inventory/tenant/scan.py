"""The scan of a tenant: people, licences, use and places first, then the items of every drive.

What is answered is stored at once, each answer in a transaction of its own with the link to the next page: a kill costs
what was under way. As many requests are under way as there are workers, and none is sent before the answer before it
is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select, update

from inventory import moments
from inventory.database import transaction
from inventory.errors import InventoryError
from inventory.graph.client import GraphClient
from inventory.graph.errors import FatalError, GraphError, PermanentError, TransientError
from inventory.graph.spent import added
from inventory.persons import People, Persons
from inventory.tenant import directory, files, places, teams, usage
from inventory.tenant.context import (
    RANK_DETAILS,
    RANK_FILES,
    RANK_FIRST,
    RANK_PEOPLE,
    RANK_PLACES,
    Context,
    Step,
)
from inventory.tenant.coverage import NOT_IN_GRAPH, Gap, Lack, Sight, areas_of, keep_error
from inventory.tenant.forecast import Forecast, forecast
from inventory.tenant.limits import keep_limits, keep_to_size
from inventory.tenant.numbers import Numbers
from inventory.tenant.records import State
from inventory.tenant.tables import tenant_drives, tenant_runs, tenant_sites
from inventory.tenant.work import (
    Task,
    begin_run,
    count_waiting,
    finish_run,
    set_attempted,
    set_link,
    tenant_number,
    waiting_work,
)

STEPS: Mapping[str, Step] = {**directory.STEPS, **teams.STEPS, **usage.STEPS, **places.STEPS, **files.STEPS}
AT_ONCE = 4  # requests under way together, as careful clients of the service do
_MOST_ATTEMPTS = 3  # rounds of the client's own patience
_SPENT_EVERY = 200  # answers between two notes of what was spent


@dataclass(frozen=True, slots=True)
class TenantProgress:
    """``phase``: people, places or files; ``items`` drive items told in this process; ``waiting`` tasks that wait."""

    phase: str
    items: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """``areas`` is the coverage, ``spent`` what the run took, its interrupted processes too."""

    areas: list[Gap]
    spent: dict[str, Any]
    expected: Forecast


def _silent(_told: Any) -> None:
    """Nobody listens."""


def scan_tenant(
    client: GraphClient,
    database: Engine,
    name: str,
    *,
    people: People | None = None,
    at_once: int = AT_ONCE,
    progress: Callable[[TenantProgress], None] = _silent,
    announce: Callable[[Forecast], None] = _silent,
) -> Outcome:
    """Read a tenant, or go on with the scan that was interrupted. ``announce`` is told what the drives will take before any
    is listed. Raises GraphError where nothing more is answered, InventoryError where people are not stored at all.
    """
    people = people or People()
    if people.persons is Persons.DROPPED:
        raise InventoryError("TENANT_NEEDS_PERSONS", source=name)
    now = moments.now()
    with transaction(database) as connection:
        tenant_id = tenant_number(connection, name)
        run_id, new = begin_run(connection, tenant_id, now)
        context = Context(client, tenant_id, run_id, people, now[:10], Numbers(tenant_id, people))
        if new:
            _begin(context, connection)
    keep_limits(client, database, tenant_id)
    runner = _Runner(context, database, at_once, progress)
    try:
        for rank in (RANK_FIRST, RANK_PEOPLE, RANK_DETAILS, RANK_PLACES):
            runner.run(rank, "people" if rank < RANK_PLACES else "places")
            keep_to_size(client, database, tenant_id)
        with transaction(database) as connection:
            places.settle_places(context, connection)
        runner.run(RANK_PLACES, "places")
        with database.connect() as connection:
            expected = forecast(connection, tenant_id)
        announce(expected)
        runner.run(RANK_FILES, "files")
    finally:
        runner.close()
    with transaction(database) as connection:
        _note_places(context, connection)
        finish_run(connection, tenant_id, run_id, moments.now())
        return Outcome(areas_of(connection, tenant_id), runner.spent(), expected)


def _begin(context: Context, connection: Connection) -> None:
    """The tasks that a run begins with; each leads to others."""
    for kind in ("skus", "report_settings", "sharing"):
        context.put(connection, RANK_FIRST, kind, "")
    for kind in ("users", "groups"):
        context.put(connection, RANK_PEOPLE, kind, "")
    context.put(connection, RANK_DETAILS, "sites", "")
    usage.put_reports(context, connection)
    for area in NOT_IN_GRAPH:
        context.note(connection, Gap(area, Sight.NOT_SEEN, Lack.NOT_IN_GRAPH))
    context.note(connection, Gap("sign_ins", Sight.NOT_SEEN, Lack.NOT_ASKED))


_LACK_OF_STATE = {State.FAILED: Lack.FAILED, State.LOCKED: Lack.LOCKED, State.DENIED: Lack.PERMISSION}


def _note_places(context: Context, connection: Connection) -> None:
    """The lines of the coverage about drives and their items, from what became of each site and drive."""
    said = {gap.area: gap for gap in areas_of(connection, context.tenant_id)}
    sites = _states(connection, context, tenant_sites, tenant_sites.c.personal.is_(False))
    drives = _states(connection, context, tenant_drives, tenant_drives.c.state != State.GONE)
    for area, states in (("drives", sites), ("files", drives)):
        gap = _gap_of(area, states)
        if gap.sight is Sight.SEEN:
            # what was not told above is missing here too
            for above in ("people", "sites", "drives"):
                missing = said.get(above)
                if missing is not None and missing.sight is not Sight.SEEN and above != area:
                    sight = Sight.PARTLY if drives.get(State.SEEN) else Sight.NOT_SEEN
                    gap = Gap(area, sight, missing.lack, missing.permission, missing.number)
            if area == "drives" and area in said and said[area].sight is not Sight.SEEN:
                gap = said[area]
        context.note(connection, gap)
        said[area] = gap


def _gap_of(area: str, states: Mapping[str, int]) -> Gap:
    missing = [(states[state], lack) for state, lack in _LACK_OF_STATE.items() if states.get(state)]
    if not missing:
        return Gap(area, Sight.SEEN)
    _count, worst = missing[-1]
    permission = "Sites.Read.All" if worst is Lack.PERMISSION else ""
    sight = Sight.PARTLY if states.get(State.SEEN) else Sight.NOT_SEEN
    return Gap(area, sight, worst, permission, sum(count for count, _lack in missing))


def _states(connection: Connection, context: Context, table: Table, where: Any) -> dict[str, int]:
    counted = (
        select(table.c.state, func.count())
        .where(table.c.tenant_id == context.tenant_id, where)
        .group_by(table.c.state)
    )
    return {row[0]: row[1] for row in connection.execute(counted)}


class _Runner:
    """Tasks in threads, their answers in the one thread that writes."""

    def __init__(
        self, context: Context, database: Engine, at_once: int, progress: Callable[[TenantProgress], None]
    ) -> None:
        self._context, self._database = context, database
        self._at_once, self._progress = at_once, progress
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="graph")
        self._running: dict[Future[Any], Task] = {}
        self._stored = 0
        with database.connect() as connection:
            run = tenant_runs.c.id == context.run_id
            self._before = connection.scalar(select(tenant_runs.c.spent).where(run)) or {}

    def spent(self) -> dict[str, Any]:
        """What the run took until now."""
        return added(self._before, self._context.client.spent.as_json())

    def close(self) -> None:
        """Whoever waits is woken, and what is under way is not waited for longer than an answer takes."""
        self._context.client.gate.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)
        with transaction(self._database) as connection:
            self._note_spent(connection)

    def run(self, rank: int, phase: str) -> None:
        """Ask what waits up to a rank, and what comes of it. Raises FatalError."""
        while True:
            self._fill(rank)
            if not self._running:
                return
            finished, _ = wait(self._running, return_when=FIRST_COMPLETED)
            for future in finished:
                self._store(self._running.pop(future), future)
            self._tell(phase)

    def _fill(self, rank: int) -> None:
        free = self._at_once - len(self._running)
        if free <= 0:
            return
        under_way = {task.id for task in self._running.values()}
        with self._database.connect() as connection:
            waiting = waiting_work(connection, self._context.tenant_id, rank, self._at_once * 2)
        alone = {task.kind for task in self._running.values() if STEPS[task.kind].alone}
        for task in [task for task in waiting if task.id not in under_way]:
            step = STEPS[task.kind]
            if not free or task.kind in alone:
                continue
            free -= 1
            if step.alone:
                alone.add(task.kind)
            self._running[self._pool.submit(step.fetch, self._context, task)] = task

    def _store(self, task: Task, future: Future[Any]) -> None:
        step = STEPS[task.kind]
        try:
            answer: Any = future.result()
        except GraphError as error:
            answer = error
        with transaction(self._database) as connection:
            if isinstance(answer, GraphError):
                self._store_error(connection, step, task, answer)
            else:
                step.store(self._context, connection, task, answer)
            self._stored += 1
            if self._stored % _SPENT_EVERY == 0:
                self._note_spent(connection)
        if isinstance(answer, FatalError):
            raise answer

    def _store_error(self, connection: Connection, step: Step, task: Task, error: GraphError) -> None:
        context = self._context
        keep_error(connection, context.tenant_id, error, bodies=context.bodies)
        if isinstance(error, FatalError):
            return
        if isinstance(error, TransientError):
            if task.attempts + 1 < _MOST_ATTEMPTS:
                set_attempted(connection, task.id)
                return
            error = PermanentError(error.meaning, error.call, error.told)
        elif error.meaning.value == "page_expired" and task.attempts + 1 < _MOST_ATTEMPTS:
            # the listing begins anew; what was stored already is stored again as it is
            set_link(connection, task.id, "")
            set_attempted(connection, task.id)
            return
        assert isinstance(error, PermanentError)
        step.refuse(context, connection, task, error)

    def _note_spent(self, connection: Connection) -> None:
        run = tenant_runs.c.id == self._context.run_id
        connection.execute(update(tenant_runs).where(run).values(spent=self.spent()))

    def _tell(self, phase: str) -> None:
        if self._progress is not _silent:
            with self._database.connect() as connection:
                left = count_waiting(connection, self._context.tenant_id)
            self._progress(TenantProgress(phase, self._context.items, left))
