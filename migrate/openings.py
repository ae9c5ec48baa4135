"""Who opened which document on the local pages, and when: added, never changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Connection, Engine, Index, Integer, String, Table, select

from inventory import moments
from inventory.columns import HexDigest, PathText
from inventory.database import metadata, transaction

openings = Table(
    "document_openings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("moment", String(32), nullable=False),
    Column("visitor", PathText, nullable=False),
    Column("action", String(12), nullable=False),  # view, download
    Column("name", PathText, nullable=False),
    Column("sha256", HexDigest),
    Column("case_id", String(40), nullable=False),  # what the document belongs to; empty for none
    Index(None, "sha256"),
)


@dataclass(frozen=True, slots=True)
class Opening:
    moment: str
    visitor: str
    action: str
    name: str
    sha256: str
    case: str


def note_opening(database: Engine, visitor: str, action: str, name: str, sha256: str, case: str = "") -> None:
    """Write the line before the document leaves."""
    with transaction(database) as connection:
        connection.execute(
            openings.insert().values(
                moment=moments.now(), visitor=visitor, action=action, name=name, sha256=sha256, case_id=case
            )
        )


def list_openings(connection: Connection, limit: int, *, name: str = "") -> list[Opening]:
    """The last openings, the newest first; of documents and visitors whose name holds a text."""
    statement = select(openings).order_by(openings.c.id.desc()).limit(limit)
    if name:
        held = f"%{name.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
        statement = statement.where(
            openings.c.name.ilike(held, escape="!") | openings.c.visitor.ilike(held, escape="!")
        )
    return [
        Opening(row.moment, row.visitor, row.action, row.name, row.sha256, row.case_id)
        for row in connection.execute(statement)
    ]
