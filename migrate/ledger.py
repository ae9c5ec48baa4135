"""The one writer of job state: what was converted into what, and what the result's bytes were.

A job passes ``running`` (its staging folder is known), ``placing`` (its result is ready and its hash known) and
``done``. Every step is a transaction before the step it announces, so that after a kill the next run knows what may
have happened and settles it: see :meth:`Ledger.unsettled`.
"""

from __future__ import annotations

import os
import socket
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psutil
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError

from converters.outcome import Outcome
from inventory import moments
from inventory.columns import JsonText, PathText
from inventory.database import metadata, transaction
from inventory.names import known_name

# A run on another host whose process cannot be asked is taken for dead when it was silent for so long.
SILENT_SECONDS = 900.0

_CLAIMED = text("state IN ('running', 'placing')")

runs = Table(
    "runs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("host", String(256), nullable=False),
    Column("process", Integer, nullable=False),
    Column("process_started", Float, nullable=False),
    Column("started", String(32), nullable=False),
    Column("heartbeat", Float, nullable=False),  # seconds since 1970
    Column("finished", String(32)),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("source", PathText, nullable=False),
    Column("source_sha256", String(64), nullable=False),
    Column("target", PathText, nullable=False),
    Column("options", String(400), nullable=False),
    Column("output_revision", Integer, nullable=False),
    Column("state", String(12), nullable=False),  # running, placing, done, interrupted
    Column("staging", PathText, nullable=False),
    Column("target_sha256", String(64), nullable=False),
    Column("outcome", JsonText),
    Column("conversions", Integer, nullable=False),  # how often a result was made
    Column("finished", String(32), nullable=False),
    Column("verdict", String(24), nullable=False, server_default=""),  # of the outcome, for questions
    # of source and target, as inventory.names knows names
    Column("source_name", PathText, nullable=False, server_default=""),
    Column("target_name", PathText, nullable=False, server_default=""),
    UniqueConstraint("target", "source_sha256", "options", "output_revision", name="uq_jobs_key"),
    Index(None, "run_id", "state"),
    Index("ix_jobs_verdict_finished", "verdict", "finished", "id"),
    Index("ix_jobs_run_id_verdict", "run_id", "verdict", "finished", "id"),
    # what happened to a file: see migrate/history.py; paths stand beside names that many files have
    Index("ix_jobs_source", "source", "finished", postgresql_ops={"source": "text_pattern_ops"}),
    Index(
        "ix_jobs_source_name",
        "source_name",
        "finished",
        "source",
        postgresql_ops={"source_name": "text_pattern_ops"},
    ),
    Index(
        "ix_jobs_target_name",
        "target_name",
        "finished",
        "target",
        postgresql_ops={"target_name": "text_pattern_ops"},
    ),
    Index(None, "source_sha256"),
    Index(None, "finished"),
    # two runs never work on one target
    Index("ix_jobs_claimed_target", "target", unique=True, sqlite_where=_CLAIMED, postgresql_where=_CLAIMED),
)


@dataclass(frozen=True, slots=True)
class JobKey:
    """What makes a result: ``options`` is canonical text, ``output_revision`` the family's."""

    target: str
    source_sha256: str
    options: str
    output_revision: int


@dataclass(frozen=True, slots=True)
class Job:
    """A row of the ledger. ``target_sha256`` is empty where nothing was written."""

    id: int
    key: JobKey
    source: str
    state: str
    staging: str
    target_sha256: str
    outcome: Outcome | None
    conversions: int


def newest_outcomes(connection: Connection) -> Iterator[Outcome]:
    """What happened to each source when it was last settled, by source."""
    statement = (
        select(jobs.c.source, jobs.c.outcome)
        .where(jobs.c.state == "done", jobs.c.outcome.is_not(None))
        .order_by(jobs.c.finished, jobs.c.id)
    )
    newest = {row.source: row.outcome for row in connection.execute(statement)}
    for _source, record in sorted(newest.items()):
        yield Outcome.from_json(record)


class Ledger:
    """One run's view of the ledger; the run begins with the first claim and ends with :meth:`close`."""

    def __init__(self, database: Engine) -> None:
        self.database = database
        self.run_id = uuid.uuid4().hex
        self._begun = False

    def written(self, target: str) -> Job | None:
        """The job that last wrote this target."""
        return self._newest(jobs.c.target == target, jobs.c.target_sha256 != "")

    def settled(self, target: str, source_sha256: str) -> Job | None:
        """The last finished job for this target from a source of these bytes, whatever came of it."""
        return self._newest(jobs.c.target == target, jobs.c.source_sha256 == source_sha256)

    def targets(self) -> dict[str, str]:
        """Source path -> the target that was last written for it."""
        statement = (
            select(jobs.c.source, jobs.c.target)
            .where(jobs.c.state == "done", jobs.c.target_sha256 != "")
            .order_by(jobs.c.finished, jobs.c.id)
        )
        with self.database.connect() as connection:
            return {row.source: row.target for row in connection.execute(statement)}

    def claim(self, key: JobKey, source: str, staging: str) -> int | None:
        """Begin a job, before its staging folder exists. None where another run is at work on the target."""
        self._begin()
        values = {
            "run_id": self.run_id,
            "source": source,
            "source_name": known_name(source),
            "state": "running",
            "staging": staging,
        }
        try:
            with transaction(self.database) as connection:
                self._beat(connection)
                row = connection.execute(select(jobs.c.id).where(*_matches(key))).one_or_none()
                if row is None:
                    return connection.execute(
                        jobs.insert()
                        .values(
                            **values,
                            target=key.target,
                            source_sha256=key.source_sha256,
                            options=key.options,
                            output_revision=key.output_revision,
                            target_sha256="",
                            conversions=0,
                            finished="",
                            target_name=known_name(key.target),
                        )
                        .returning(jobs.c.id)
                    ).scalar_one()
                free = jobs.c.state.not_in(("running", "placing"))
                taken = connection.execute(jobs.update().where(jobs.c.id == row.id, free).values(**values))
                return row.id if taken.rowcount else None
        except IntegrityError:
            return None

    def placing(self, job_id: int, outcome: Outcome) -> None:
        """The result is ready in the staging folder and is now put in place; the conversion counts."""
        self._set(
            job_id,
            state="placing",
            outcome=outcome.as_json(),
            verdict=outcome.verdict.value,
            target_sha256=outcome.target_sha256,
            conversions=jobs.c.conversions + 1,
        )

    def placed(self, job_id: int) -> None:
        self._set(job_id, state="done", staging="", finished=moments.now())

    def without_target(self, job_id: int, outcome: Outcome) -> None:
        """The job is done and wrote nothing: refused or failed."""
        self._set(
            job_id,
            state="done",
            staging="",
            outcome=outcome.as_json(),
            verdict=outcome.verdict.value,
            target_sha256="",
            finished=moments.now(),
        )

    def interrupted(self, job_id: int) -> None:
        self._set(job_id, state="interrupted", staging="", target_sha256="")

    def own_unsettled(self) -> list[Job]:
        """The jobs that this run began and did not end."""
        statement = select(jobs).where(jobs.c.state.in_(("running", "placing")), jobs.c.run_id == self.run_id)
        with self.database.connect() as connection:
            return [_job(row) for row in connection.execute(statement)]

    def unsettled(self) -> Iterator[Job]:
        """Jobs in the middle of which a run died; its own run is dead, or silent on another host."""
        statement = (
            select(
                jobs,
                runs.c.host,
                runs.c.process,
                runs.c.process_started,
                runs.c.heartbeat,
                runs.c.finished.label("ended"),
            )
            .join(runs, runs.c.id == jobs.c.run_id)
            .where(jobs.c.state.in_(("running", "placing")), jobs.c.run_id != self.run_id)
        )
        with self.database.connect() as connection:
            rows = connection.execute(statement).all()
        for row in rows:
            if row.ended or not _alive(row.host, row.process, row.process_started, row.heartbeat):
                yield _job(row)

    def close(self) -> None:
        if self._begun:
            with transaction(self.database) as connection:
                connection.execute(
                    runs.update().where(runs.c.id == self.run_id).values(finished=moments.now())
                )

    def _newest(self, *conditions: Any) -> Job | None:
        statement = (
            select(jobs)
            .where(jobs.c.state == "done", *conditions)
            .order_by(jobs.c.finished.desc(), jobs.c.id.desc())
            .limit(1)
        )
        with self.database.connect() as connection:
            row = connection.execute(statement).one_or_none()
        return _job(row) if row else None

    def _set(self, job_id: int, **values: Any) -> None:
        with transaction(self.database) as connection:
            self._beat(connection)
            connection.execute(jobs.update().where(jobs.c.id == job_id).values(**values))

    def _begin(self) -> None:
        """Write the run's row, once, before its first job."""
        if self._begun:
            return
        with transaction(self.database) as connection:
            connection.execute(
                runs.insert().values(
                    id=self.run_id,
                    host=socket.gethostname(),
                    process=os.getpid(),
                    process_started=psutil.Process().create_time(),
                    started=moments.now(),
                    heartbeat=time.time(),
                )
            )
        self._begun = True

    def _beat(self, connection: Connection) -> None:
        connection.execute(runs.update().where(runs.c.id == self.run_id).values(heartbeat=time.time()))


def _matches(key: JobKey) -> tuple[Any, ...]:
    return (
        jobs.c.target == key.target,
        jobs.c.source_sha256 == key.source_sha256,
        jobs.c.options == key.options,
        jobs.c.output_revision == key.output_revision,
    )


def _job(row: Any) -> Job:
    return Job(
        id=row.id,
        key=JobKey(row.target, row.source_sha256, row.options, row.output_revision),
        source=row.source,
        state=row.state,
        staging=row.staging,
        target_sha256=row.target_sha256,
        outcome=Outcome.from_json(row.outcome) if row.outcome else None,
        conversions=row.conversions,
    )


def _alive(host: str, process: int, process_started: float, heartbeat: float) -> bool:
    if host != socket.gethostname():
        return time.time() - heartbeat < SILENT_SECONDS
    try:
        return abs(psutil.Process(process).create_time() - process_started) < 1.0
    except psutil.NoSuchProcess:
        return False
