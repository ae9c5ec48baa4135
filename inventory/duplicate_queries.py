"""Questions about copies, answered from totals: how much stands where twice, and how much is left to convert once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from inventory.records import Item, ItemState
from inventory.store import item_by_row, item_query
from inventory.tables import content_totals, copies, items


@dataclass(frozen=True, slots=True)
class Copies:
    """A content that several files hold; ``spare_bytes`` are those of all files but one."""

    sha256: str
    files: int
    size_bytes: int
    spare_bytes: int


@dataclass(frozen=True, slots=True)
class Contents:
    """Documents of a kind that were looked into, and the contents that they hold: each is converted once."""

    kind: str
    files: int
    bytes: int
    contents: int
    content_bytes: int


def count_copies(connection: Connection) -> tuple[int, int, int]:
    """Contents that several files hold, the files, and the bytes of all but one of each."""
    row = connection.execute(
        select(func.count(), func.sum(copies.c.files), func.sum(copies.c.spare_bytes))
    ).one()
    return row[0], int(row[1] or 0), int(row[2] or 0)


def count_hashed(connection: Connection) -> int:
    """Files whose content was read; others have a size or ends of their own, or were not compared."""
    return connection.scalar(select(func.count()).where(items.c.sha256.is_not(None))) or 0


def largest_copies(connection: Connection, limit: int) -> list[Copies]:
    """The contents whose copies take most bytes."""
    statement = select(copies).order_by(copies.c.spare_bytes.desc()).limit(limit)
    return [Copies(*row) for row in connection.execute(statement)]


def contents_by_kind(connection: Connection) -> list[Contents]:
    """The most files first."""
    statement = select(content_totals).order_by(content_totals.c.files.desc(), content_totals.c.kind)
    return [Contents(*row) for row in connection.execute(statement)]


def files_with(connection: Connection, sha256: str) -> Iterator[Item]:
    """The files that hold a content."""
    statement = item_query().where(items.c.sha256 == sha256, items.c.state != ItemState.GONE)
    for row in connection.execute(statement.order_by(items.c.id)):
        yield item_by_row(row)
