"""What surrounds files and stands in the way of a migration; what is inside them is an Inspection."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from converters.errors import Param
from inventory.records import Item, ItemState
from inventory.store import item_rows
from inventory.tables import items
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
        .where(items.c.sha256.is_not(None), items.c.state == ItemState.READ)
        .group_by(items.c.sha256)
        .having(func.count() > 1)
    )
    copies: dict[str, int] = {row[0]: row[1] for row in connection.execute(repeated)}
    page, names = None, dict[str, str]()
    for page_id, item in item_rows(connection, source):
        if page_id != page:
            page, names = page_id, {}
        for code, params in _about(item):
            yield Finding(code, item.source, item.path, params)
        if item.sha256 in copies:
            yield Finding("DUPLICATE", item.source, item.path, (("copies", copies[item.sha256]),))
        other = names.setdefault(folded(item.name), item.name)
        if other != item.name:
            yield Finding("NAMES_DIFFER_IN_CASE", item.source, item.path, (("other", other),))


def folded(name: str) -> str:
    """What two names have in common that a case-insensitive or normalising file system takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _about(item: Item) -> Iterator[tuple[str, tuple[tuple[str, Param], ...]]]:
    if item.state == ItemState.UNREADABLE:
        yield "UNREADABLE", (("reason", item.reason),)
    if item.reason == "OFFLINE":
        yield "OFFLINE", ()
    if item.owner.isdecimal():
        yield "OWNER_UNKNOWN", (("owner", item.owner),)
    if not is_portable_name(item.name):
        yield "NAME_NOT_PORTABLE", ()
    if len(item.path) > MAX_PATH:
        yield "PATH_TOO_LONG", (("characters", len(item.path)),)
