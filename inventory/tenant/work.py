"""What a run of a tenant still has to ask, in the database: a kill loses what is under way and nothing else.

Functions take a connection inside a transaction of the caller's; none commits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from inventory.bulk import execute_rows
from inventory.columns import stored_path
from inventory.tenant.tables import tenant_runs, tenant_work, tenants

PENDING, DONE = "pending", "done"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to ask: a page of a list, a report, some drives. ``link`` leads to its next page."""

    id: int
    kind: str
    key: str
    link: str = ""
    payload: Any = None
    attempts: int = 0


def tenant_number(connection: Connection, name: str) -> int:
    """The number of a tenant, which is added where it is new."""
    number = connection.scalar(select(tenants.c.id).where(tenants.c.name == name))
    if number is None:
        number = connection.execute(tenants.insert().values(name=name).returning(tenants.c.id)).scalar_one()
    return int(number)


def begin_run(connection: Connection, tenant_id: int, now: str) -> tuple[int, bool]:
    """The number of the run that was interrupted, or of a new one; and whether it is new."""
    interrupted = connection.scalar(
        select(tenant_runs.c.id).where(tenant_runs.c.tenant_id == tenant_id, tenant_runs.c.finished.is_(None))
    )
    if interrupted is not None:
        return int(interrupted), False
    values = {"tenant_id": tenant_id, "started": now, "spent": {}}
    run_id = connection.execute(tenant_runs.insert().values(values).returning(tenant_runs.c.id)).scalar_one()
    return int(run_id), True


def finish_run(connection: Connection, tenant_id: int, run_id: int, now: str) -> None:
    connection.execute(delete(tenant_work).where(tenant_work.c.tenant_id == tenant_id))
    connection.execute(update(tenant_runs).where(tenant_runs.c.id == run_id).values(finished=now))


_PUT = (
    "INSERT INTO tenant_work (tenant_id, kind, key, rank, state, link, payload, attempts) "
    "VALUES ({0}, {0}, {0}, {0}, 'pending', {0}, {0}, 0) ON CONFLICT (tenant_id, kind, key) DO NOTHING"
)


def put_work(
    connection: Connection, tenant_id: int, rank: int, found: Iterable[tuple[str, str, str, Any]]
) -> None:
    """Add tasks (kind, key, link, payload); one that this run has had already is not added again."""
    rows = [
        (tenant_id, kind, stored_path(key), rank, link, json.dumps(payload, sort_keys=True))
        for kind, key, link, payload in found
    ]
    execute_rows(connection, _PUT, rows)


def waiting_work(connection: Connection, tenant_id: int, up_to_rank: int, limit: int) -> Sequence[Task]:
    """Tasks that wait, in the order in which they are asked."""
    table = tenant_work.c
    statement = (
        select(table.id, table.kind, table.key, table.link, table.payload, table.attempts)
        .where(table.tenant_id == tenant_id, table.state == PENDING, table.rank <= up_to_rank)
        .order_by(table.rank, table.attempts, table.id)
        .limit(limit)
    )
    return [Task(*row) for row in connection.execute(statement)]


def count_waiting(connection: Connection, tenant_id: int) -> int:
    counted = select(func.count()).select_from(tenant_work)
    return (
        connection.scalar(counted.where(tenant_work.c.tenant_id == tenant_id, tenant_work.c.state == PENDING))
        or 0
    )


def set_link(connection: Connection, task_id: int, link: str) -> None:
    """The task goes on at another page; what failed before counts no more."""
    connection.execute(update(tenant_work).where(tenant_work.c.id == task_id).values(link=link, attempts=0))


def set_payload(connection: Connection, task_id: int, payload: Any) -> None:
    connection.execute(update(tenant_work).where(tenant_work.c.id == task_id).values(payload=payload))


def set_done(connection: Connection, task_id: int) -> None:
    connection.execute(update(tenant_work).where(tenant_work.c.id == task_id).values(state=DONE))


def set_attempted(connection: Connection, task_id: int) -> None:
    attempts = tenant_work.c.attempts + 1
    connection.execute(update(tenant_work).where(tenant_work.c.id == task_id).values(attempts=attempts))


def drop_kind(connection: Connection, tenant_id: int, kind: str) -> int:
    """Nothing of a kind is asked any more in this run; answers how many tasks that were."""
    waiting = (
        tenant_work.c.tenant_id == tenant_id,
        tenant_work.c.kind == kind,
        tenant_work.c.state == PENDING,
    )
    return connection.execute(update(tenant_work).where(*waiting).values(state=DONE)).rowcount
