"""What stays of a case of the helpdesk: ticket, hash, verdict, cause, action. What the file held and was called does not."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Engine, Index, String, Table, select, update

from inventory import moments
from inventory.columns import HexDigest, JsonText, PathText
from inventory.database import metadata, transaction

cases = Table(
    "cases",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("created", String(32), nullable=False),
    Column("finished", String(32), nullable=False),  # empty while it is worked on
    Column("visitor", PathText, nullable=False),
    Column("visitor_key", PathText, nullable=False),  # whose it is: migrate.web.visit.Visitor
    Column("ticket", PathText, nullable=False),
    Column("name", PathText, nullable=False),  # of the file; goes with its content
    Column("sha256", HexDigest),
    Column("size_bytes", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("symptom", String(24), nullable=False),
    Column("verdict", String(24), nullable=False),
    Column("cause", String(40), nullable=False),  # the likeliest; empty where none was found
    Column("actions", JsonText, nullable=False),  # codes of migrate.helpdesk.answer.ACTS
    Column("target_sha256", HexDigest),
    Column("deleted", String(32), nullable=False),  # when content and name went; empty before
    Index(None, "created"),
    Index("ix_cases_visitor_key", "visitor_key", "created"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the record."""

    id: str
    created: str
    finished: str
    visitor: str
    visitor_key: str
    ticket: str
    name: str
    sha256: str
    size_bytes: int
    kind: str
    symptom: str
    verdict: str
    cause: str
    actions: tuple[str, ...]
    target_sha256: str
    deleted: str


def open_case(
    database: Engine, *, visitor: str, visitor_key: str, ticket: str, name: str, sha256: str, size_bytes: int
) -> str:
    """Begin a case; answers its number, which nobody can guess."""
    number = secrets.token_hex(16)
    values = {
        "id": number,
        "created": moments.now(),
        "visitor": visitor,
        "visitor_key": visitor_key,
        "ticket": ticket,
        "name": name,
        "sha256": sha256,
        "size_bytes": size_bytes,
    }
    with transaction(database) as connection:
        connection.execute(cases.insert().values(_EMPTY | values))
    return number


_EMPTY: dict[str, Any] = {
    "finished": "",
    "kind": "",
    "symptom": "",
    "verdict": "",
    "cause": "",
    "actions": [],
    "target_sha256": "",
    "deleted": "",
}


def settle_case(
    database: Engine,
    number: str,
    *,
    kind: str,
    symptom: str,
    verdict: str,
    cause: str,
    actions: Iterable[str],
    target_sha256: str,
) -> None:
    """Note what came of a case; another look at the same file replaces what the first one found."""
    with transaction(database) as connection:
        connection.execute(
            update(cases)
            .where(cases.c.id == number)
            .values(
                finished=moments.now(),
                kind=kind,
                symptom=symptom,
                verdict=verdict,
                cause=cause,
                actions=list(actions),
                target_sha256=target_sha256,
            )
        )


def find_case(connection: Connection, number: str, visitor_key: str) -> Case | None:
    """A case of this visitor; None for another's as for one that is not there."""
    row = connection.execute(
        select(cases).where(cases.c.id == number, cases.c.visitor_key == visitor_key)
    ).one_or_none()
    return _case(row) if row is not None else None


def cases_of(connection: Connection, visitor_key: str, limit: int) -> list[Case]:
    """A visitor's cases, the newest first."""
    statement = select(cases).where(cases.c.visitor_key == visitor_key)
    rows = connection.execute(statement.order_by(cases.c.created.desc()).limit(limit))
    return [_case(row) for row in rows]


def cases_since(connection: Connection, moment: str) -> list[Case]:
    """All settled cases from a moment on, the oldest first."""
    statement = select(cases).where(cases.c.created >= moment, cases.c.finished != "")
    return [_case(row) for row in connection.execute(statement.order_by(cases.c.created))]


def forget_contents(database: Engine, numbers: Iterable[str]) -> None:
    """Note that the files of cases are deleted, and forget what they were called."""
    moment = moments.now()
    with transaction(database) as connection:
        for number in numbers:
            connection.execute(
                update(cases)
                .where(cases.c.id == number, cases.c.deleted == "")
                .values(name="", deleted=moment)
            )


def overdue(connection: Connection, keep_hours: int, now: datetime | None = None) -> list[str]:
    """Cases whose content has been kept long enough."""
    limit = (now or datetime.now(UTC)) - timedelta(hours=keep_hours)
    before = limit.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return list(connection.scalars(select(cases.c.id).where(cases.c.deleted == "", cases.c.created < before)))


def _case(row: Any) -> Case:
    return Case(
        row.id, row.created, row.finished, row.visitor, row.visitor_key, row.ticket, row.name, row.sha256, row.size_bytes,
        row.kind, row.symptom, row.verdict, row.cause, tuple(row.actions), row.target_sha256, row.deleted,
    )  # fmt: skip
