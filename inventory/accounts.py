"""Names for the SIDs that shares tell as owners, looked up together when a scan ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from sqlalchemy import Connection, Engine, bindparam, select, update

from inventory.database import transaction
from inventory.source import Source
from inventory.tables import accounts

SID_PREFIX = "S-1-"

# [MS-DTYP] 2.4.2.4: accounts that are the same everywhere
WELL_KNOWN: dict[str, str] = {
    "S-1-1-0": "Everyone",
    "S-1-3-0": "CREATOR OWNER",
    "S-1-5-18": "NT AUTHORITY\\SYSTEM",
    "S-1-5-19": "NT AUTHORITY\\LOCAL SERVICE",
    "S-1-5-20": "NT AUTHORITY\\NETWORK SERVICE",
    "S-1-5-32-544": "BUILTIN\\Administrators",
    "S-1-5-32-545": "BUILTIN\\Users",
    "S-1-5-32-549": "BUILTIN\\Server Operators",
    "S-1-5-32-551": "BUILTIN\\Backup Operators",
}


@runtime_checkable
class NamesAccounts(Protocol):
    """A source that can tell what SIDs stand for."""

    def account_names(self, sids: Sequence[str]) -> Mapping[str, str]: ...


def show_accounts(database: Engine, sources: Iterable[Source]) -> int:
    """Look the SIDs without a name up, at each source until none is left; answers how many were found."""
    with database.connect() as connection:
        unknown = _unknown(connection)
    found = {sid: WELL_KNOWN[sid] for sid in unknown if sid in WELL_KNOWN}
    for source in sources:
        left = [sid for sid in unknown if sid not in found]
        if left and isinstance(source, NamesAccounts):
            found |= source.account_names(left)
    if found:
        rows = [{"sid": sid, "told": name} for sid, name in found.items()]
        with transaction(database) as connection:
            connection.execute(_SHOW, rows)
    return len(found)


def accounts_called(connection: Connection, names: Iterable[str]) -> list[int]:
    """The numbers of accounts with one of these names: whole, or without the domain before or behind it."""
    wanted = {name.casefold() for name in names if name}
    if not wanted:
        return []
    rows = connection.execute(select(accounts.c.id, accounts.c.name, accounts.c.shown))
    return [row.id for row in rows if wanted & (_ways_to_call(row.name) | _ways_to_call(row.shown or ""))]


def _ways_to_call(account: str) -> set[str]:
    name = account.casefold()
    return {name, name.rpartition("\\")[2], name.partition("@")[0]} - {""}


_SHOW = update(accounts).where(accounts.c.name == bindparam("sid")).values(shown=bindparam("told"))


def _unknown(connection: Connection) -> list[str]:
    statement = select(accounts.c.name).where(
        accounts.c.name.startswith(SID_PREFIX), accounts.c.shown.is_(None)
    )
    return list(connection.scalars(statement.order_by(accounts.c.name)))
