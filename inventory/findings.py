"""What surrounds files and stands in the way of a migration; what is inside them is an Inspection."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from converters.errors import Param
from inventory.records import ItemState
from inventory.tables import items, sources
from inventory.windows import MAX_PATH, is_portable_name

# code -> what it is about; sentences and remedies stand in the locale (table ``reasons``)
FINDINGS: dict[str, str] = {
    "UNREADABLE": "an item that this account cannot read (params: reason)",
    "OFFLINE": "a placeholder whose content lies elsewhere",
    "DUPLICATE": "the same content stands elsewhere too (params: copies)",
    "OWNER_UNKNOWN": "the owner's account no longer exists (params: owner)",
    "NAME_NOT_PORTABLE": "Windows cannot hold a file of this name",
    "PATH_TOO_LONG": "many programs on Windows cannot open a path this long (params: characters)",
    "NAMES_DIFFER_IN_CASE": "another name in the folder differs in case or accents' encoding alone (params: other)",
}


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    source: str
    path: str
    params: tuple[tuple[str, Param], ...] = ()


def findings(connection: Connection, source: str | None = None) -> Iterator[Finding]:
    """All findings about the items that exist, by source and path."""
    repeated = (
        select(items.c.sha256, func.count())
        .where(items.c.sha256 != "", items.c.state == ItemState.READ.value)
        .group_by(items.c.sha256)
        .having(func.count() > 1)
    )
    copies: dict[str, int] = {row[0]: row[1] for row in connection.execute(repeated)}
    statement = (
        select(items, sources.c.name.label("source"))
        .join(sources, sources.c.id == items.c.source_id)
        .where(items.c.state != ItemState.GONE.value)
        .order_by(sources.c.name, items.c.page_id, items.c.path)
    )
    if source is not None:
        statement = statement.where(sources.c.name == source)
    page, names = None, dict[str, str]()
    for row in connection.execute(statement):
        if row.page_id != page:
            page, names = row.page_id, {}
        name = row.path.rsplit("/", 1)[-1]
        for code, params in _about(row.path, name, row.state, row.reason, row.owner):
            yield Finding(code, row.source, row.path, params)
        if row.sha256 in copies:
            yield Finding("DUPLICATE", row.source, row.path, (("copies", copies[row.sha256]),))
        other = names.setdefault(folded(name), name)
        if other != name:
            yield Finding("NAMES_DIFFER_IN_CASE", row.source, row.path, (("other", other),))


def folded(name: str) -> str:
    """What two names have in common that a case-insensitive or normalising file system takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _about(
    path: str, name: str, state: str, reason: str, owner: str
) -> Iterator[tuple[str, tuple[tuple[str, Param], ...]]]:
    if state == ItemState.UNREADABLE:
        yield "UNREADABLE", (("reason", reason),)
    if reason == "OFFLINE":
        yield "OFFLINE", ()
    if owner.isdecimal():
        yield "OWNER_UNKNOWN", (("owner", owner),)
    if not is_portable_name(name):
        yield "NAME_NOT_PORTABLE", ()
    if len(path) > MAX_PATH:
        yield "PATH_TOO_LONG", (("characters", len(path)),)
