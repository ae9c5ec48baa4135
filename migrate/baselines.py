"""Frozen plans in the database: added and read, never changed.

The first one is the initial plan of the organisation for good. A later one may carry an approval with its reference.
Each row holds the whole text of a plan, its hash, and a hash over the row and the one before it: a plan that somebody
changed or took out in the database itself is noticed when it is read. Nothing here updates or deletes, and the
database refuses both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Engine, Integer, String, Table, Text, select
from sqlalchemy.exc import IntegrityError

from inventory.database import metadata, transaction
from migrate import __version__
from migrate.planner.baseline import FrozenPlan

LONGEST_NAME = 120

baselines = Table(
    "baselines",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(LONGEST_NAME), nullable=False, unique=True),
    Column("approved", Boolean, nullable=False),
    Column("reference", Text, nullable=False),  # of the approval: a decision, a file number
    Column("frozen", String(32), nullable=False),
    Column("program", String(32), nullable=False),
    Column("sha256", String(64), nullable=False),  # of the plan's text
    Column("chain", String(64), nullable=False),
    Column("plan", Text, nullable=False),
)


class BaselineError(Exception):
    """``code``: taken (the name is in use), changed (the stored rows are not those that were frozen)."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(code, name)
        self.code, self.name = code, name


@dataclass(frozen=True, slots=True)
class Baseline:
    """A row. ``initial`` is the first that was ever frozen."""

    name: str
    initial: bool
    approved: bool
    reference: str
    frozen: str
    program: str
    sha256: str
    text: str

    @property
    def model(self) -> Mapping[str, Any]:
        model: Mapping[str, Any] = json.loads(self.text)
        return model

    def as_plan(self) -> FrozenPlan:
        return FrozenPlan(self.name, self.reference, self.frozen, self.sha256, self.model)


def freeze(database: Engine, name: str, text: str, approved: bool = False, reference: str = "") -> Baseline:
    """Add a plan's text under a name. Raises BaselineError for a name that is taken, or rows that were changed."""
    try:
        with transaction(database) as connection:
            before = read_baselines(connection)
            if any(row.name == name for row in before):
                raise BaselineError("taken", name)
            last = connection.execute(
                select(baselines.c.chain).order_by(baselines.c.id.desc()).limit(1)
            ).scalar()
            values = {
                "name": name,
                "approved": approved,
                "reference": reference,
                "frozen": datetime.now(UTC).isoformat(timespec="seconds"),
                "program": __version__,
                "sha256": _hash(text),
            }
            chain = _chained(last or "", values)
            connection.execute(baselines.insert().values(**values, chain=chain, plan=text))
            return read_baselines(connection)[-1]
    except IntegrityError as error:  # another process was faster
        raise BaselineError("taken", name) from error


def read_baselines(connection: Connection) -> list[Baseline]:
    """All rows in the order in which they were frozen, checked. Raises BaselineError ``changed``."""
    found: list[Baseline] = []
    chain = ""
    for row in connection.execute(select(baselines).order_by(baselines.c.id)).mappings():
        chain = _chained(chain, dict(row))
        if (row["sha256"], row["chain"]) != (_hash(row["plan"]), chain):
            raise BaselineError("changed", row["name"])
        found.append(
            Baseline(
                row["name"],
                not found,
                row["approved"],
                row["reference"],
                row["frozen"],
                row["program"],
                row["sha256"],
                row["plan"],
            )
        )
    return found


def initial_and_approved(rows: list[Baseline]) -> tuple[Baseline | None, Baseline | None]:
    """The first plan that was frozen, and the last one that was approved."""
    return next(iter(rows), None), next((row for row in reversed(rows) if row.approved), None)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _chained(before: str, row: Mapping[str, Any]) -> str:
    names = ("name", "approved", "reference", "frozen", "program", "sha256")
    return _hash(json.dumps([before, *(row[name] for name in names)], ensure_ascii=False))
