"""How many files have which finding, from the totals: as fast for millions of items as for a few.

Each finding of :mod:`inventory.findings` that stands for files is counted here; a test compares both.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from inventory.marks import FINDING_OF_MARK
from inventory.records import ItemState
from inventory.tables import accounts, area_totals, copies, mark_totals, owner_totals, reasons


def count_findings(connection: Connection) -> dict[str, int]:
    """Files by finding, the most first; findings without files are left out."""
    counted = {
        "UNREADABLE": _files(connection, state=ItemState.UNREADABLE),
        "OFFLINE": _files(connection, reason="OFFLINE"),
        "DUPLICATE": connection.scalar(select(func.sum(copies.c.files))) or 0,
        "OWNER_UNKNOWN": _without_owner(connection),
    }
    marked = select(mark_totals.c.marks, func.sum(mark_totals.c.files)).group_by(mark_totals.c.marks)
    for marks, files in connection.execute(marked):
        for mark, code in FINDING_OF_MARK.items():
            if marks & mark:
                counted[code] = counted.get(code, 0) + files
    found = [(code, files) for code, files in counted.items() if files]
    return dict(sorted(found, key=lambda pair: -pair[1]))


def count_kinds(connection: Connection) -> dict[str, int]:
    """Files that were looked into by kind, the most frequent first."""
    statement = (
        select(area_totals.c.kind, func.sum(area_totals.c.files))
        .where(area_totals.c.state == ItemState.READ)
        .group_by(area_totals.c.kind)
        .order_by(func.sum(area_totals.c.files).desc(), area_totals.c.kind)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def _files(connection: Connection, *, state: ItemState | None = None, reason: str = "") -> int:
    statement = select(func.sum(area_totals.c.files)).where(area_totals.c.state != ItemState.GONE)
    if state is not None:
        statement = statement.where(area_totals.c.state == state)
    if reason:
        statement = statement.join(reasons, reasons.c.id == area_totals.c.reason_id).where(
            reasons.c.code == reason
        )
    return connection.scalar(statement) or 0


def _without_owner(connection: Connection) -> int:
    """Files whose owner is a number: the account that it stood for is gone."""
    gone = [
        row.id for row in connection.execute(select(accounts.c.id, accounts.c.name)) if row.name.isdecimal()
    ]
    if not gone:
        return 0
    statement = select(owner_totals.c.owner_id, func.sum(owner_totals.c.files)).group_by(
        owner_totals.c.owner_id
    )
    wanted = set(gone)
    return sum(files for owner, files in connection.execute(statement) if owner in wanted)
