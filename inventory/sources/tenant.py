"""The drives of a Microsoft 365 tenant, by ``m365:TENANT``: the copy that its scan keeps, as folders and files.

Folders are ``OneDrive/PERSON/...`` and ``SharePoint/SITE/LIBRARY/...``. Nothing is asked of the service for a listing;
contents are fetched one by one, by links that expire within minutes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Engine, func, or_, select

from inventory.bulk import spelt
from inventory.columns import restored_path, stored_path
from inventory.graph.client import GraphClient
from inventory.graph.errors import GraphError, Meaning, TransientError
from inventory.records import Item, ItemState
from inventory.skipping import SkipList, reason_by_name
from inventory.source import FIRST, Capabilities, Listing, Unlisted, Unopened, digest_of
from inventory.tenant.limits import keep_limits
from inventory.tenant.places import SHARED
from inventory.tenant.records import ItemKind, State
from inventory.tenant.sampling import ALL, Choice
from inventory.tenant.tables import drive_items, tenant_drives, tenant_people, tenant_sites, tenants

SCHEME = "m365:"
_KNOWN_FOLDERS = 10_000  # whose ids are remembered: a scan walks in depth, so that few are asked for again

_DRIVE_ROWS = 5_000

# parent, item, name, kind, size, modified, created, creator
_COLUMNS = (
    "SELECT d.parent, d.item, d.name, d.kind, d.size_bytes, d.modified_us, d.created_us, p.upn FROM drive_items d "  # noqa: S608
    f"LEFT JOIN tenant_people p ON p.id = d.creator_id WHERE d.kind <> {int(ItemKind.ROOT)} AND "
)
# the plus keeps SQLite from reading the whole drive, by its primary key, for one folder
_IN_FOLDER = "d.parent = {0} AND +d.drive_id = {0}"
_OF_FOLDER = f"{_COLUMNS} {_IN_FOLDER} ORDER BY d.name, d.item"
_OF_DRIVE = f"{_COLUMNS} d.drive_id = {{0}} ORDER BY d.parent, d.name, d.item LIMIT {{0}}"
_FOLDER = f"SELECT d.item FROM drive_items d WHERE {_IN_FOLDER} AND d.name = {{0}} AND d.kind = {int(ItemKind.FOLDER)}"  # noqa: S608
_Row = tuple[Any, ...]

_REASON_OF_STATE: Mapping[str, str] = {
    State.LOCKED: "SITE_LOCKED",
    State.DENIED: "FOLDER_DENIED",
    State.FAILED: "NOT_ANSWERED",
    State.NEW: "NOT_ANSWERED",
}
_REASON_OF_KIND: Mapping[int, tuple[ItemState, str]] = {
    ItemKind.PACKAGE: (ItemState.SKIPPED, "NOTEBOOK"),
    ItemKind.SHORTCUT: (ItemState.SKIPPED, "SHORTCUT"),
    ItemKind.MALWARE: (ItemState.UNREADABLE, "MALWARE"),
}
_REASON_OF_MEANING: Mapping[Meaning, str] = {
    Meaning.NOT_FOUND: "VANISHED",
    Meaning.PERMISSION: "PERMISSION_DENIED",
    Meaning.LOCKED: "SITE_LOCKED",
    Meaning.MALWARE: "MALWARE",
}


@dataclass(frozen=True, slots=True)
class _Drive:
    id: int
    drive: str
    place: str
    state: str
    owner: str


class TenantSource:
    """``client`` makes the client that contents are fetched with; a scan without inspection needs none. ``choice`` says
    which contents are asked for."""

    capabilities = Capabilities(listings_at_once=1)

    def __init__(
        self,
        name: str,
        database: Engine,
        client: Callable[[], GraphClient] | None = None,
        skip: Sequence[str] = (),
        choice: Choice = ALL,
    ) -> None:
        self.name = name
        self._database = database
        self._make_client = client
        self._client: GraphClient | None = None
        self._lock = threading.Lock()
        self._skip = SkipList(skip)
        self._choice = choice
        self._folders: OrderedDict[str, str] = OrderedDict()
        self._drives: dict[str, _Drive] | None = None
        self._closed: dict[str, str] = {}
        self._current, self._is_large = 0, False
        self._held: dict[str, list[_Row]] = {}

    def listing(self, cursor: str = FIRST) -> Listing:
        drives = self._read_drives()
        if cursor == FIRST:
            cursors = sorted([*drives, *self._closed])
            return Listing(cursors, 0, digest_of((cursors, self._skip.rules)), lambda: ())
        if cursor in self._closed:
            raise Unlisted(self._closed[cursor])
        drive = self._drive_of(cursor)
        if drive is None:
            raise Unlisted("FOLDER_UNREADABLE")
        if drive.state in _REASON_OF_STATE:
            raise Unlisted(_REASON_OF_STATE[drive.state])
        return self._folder(drive, cursor)

    def _folder(self, drive: _Drive, cursor: str) -> Listing:
        with self._database.connect() as connection:
            parent = self._folder_id(connection, drive, cursor)
            rows = self._children(connection, drive, parent)
        cursors, told = [], []
        for row in rows:
            item, name, kind, *_rest = row
            path = f"{cursor}/{name}"
            if kind == ItemKind.FOLDER and not self._skip.reason(name, path):
                cursors.append(path)
                self._remember(path, item)
            else:
                told.append(row)
        digest = digest_of((cursors, told, drive.owner, self._skip.rules))
        return Listing(cursors, len(told), digest, lambda: [self._item(drive, cursor, row) for row in told])

    def _children(self, connection: Connection, drive: _Drive, parent: str) -> list[_Row]:
        """What lies in a folder, by name. A drive of a usual size is read at once, since its folders are listed one after
        the other; a large one folder by folder."""
        if self._current != drive.id:
            statement = spelt(_OF_DRIVE, connection)
            found = connection.exec_driver_sql(statement, (drive.id, _DRIVE_ROWS + 1)).all()
            self._current, self._held = drive.id, {}
            self._is_large = len(found) > _DRIVE_ROWS
            if not self._is_large:
                for above, item, name, *rest in found:
                    self._held.setdefault(above, []).append((item, restored_path(name), *rest))
        if not self._is_large:
            return self._held.get(parent, [])
        rows = connection.exec_driver_sql(spelt(_OF_FOLDER, connection), (parent, drive.id))
        return [(item, restored_path(name), *rest) for _above, item, name, *rest in rows]

    def _item(self, drive: _Drive, cursor: str, row: _Row) -> Item:
        item, name, kind, size, modified, created, upn = row
        path = f"{cursor}/{name}"
        if kind == ItemKind.FOLDER:
            state, reason = ItemState.SKIPPED, self._skip.reason(name, path)
        elif kind in _REASON_OF_KIND:
            state, reason = _REASON_OF_KIND[kind]
        else:
            reason = reason_by_name(name) or ("" if size else "EMPTY_FILE")
            state = ItemState.SKIPPED if reason else ItemState.SEEN
        owner = drive.owner or upn or ""
        return Item(self.name, path, size, modified, state, reason, owner, created_us=created, file_id=item)

    def _folder_id(self, connection: Connection, drive: _Drive, cursor: str) -> str:
        """The id of a folder: remembered, or found by its names from the root."""
        known = self._folders.pop(cursor, None)
        if known is not None:
            self._folders[cursor] = known
            return known
        columns = drive_items.c
        here = columns.drive_id == drive.id
        current = connection.scalar(select(columns.item).where(here, columns.kind == ItemKind.ROOT))
        for name in filter(None, cursor[len(drive.place) :].split("/")):
            if current is None:
                break
            statement = spelt(_FOLDER, connection)
            current = connection.exec_driver_sql(statement, (current, drive.id, stored_path(name))).scalar()
        if current is None:
            raise Unlisted("FOLDER_UNREADABLE")
        self._remember(cursor, current)
        return str(current)

    def _remember(self, cursor: str, item: str) -> None:
        self._folders[cursor] = item
        if len(self._folders) > _KNOWN_FOLDERS:
            self._folders.popitem(last=False)

    def open(self, item: Item) -> BinaryIO:
        drive = self._drive_of(item.path)
        if drive is None or not item.file_id:
            raise Unopened("VANISHED")
        try:
            return self._graph().content(drive=drive.drive, item=item.file_id)
        except TransientError as error:
            raise Unopened("NOT_ANSWERED") from error
        except GraphError as error:
            raise Unopened(_REASON_OF_MEANING.get(error.meaning, "INPUT_ERROR")) from error

    def wants(self, item: Item) -> bool:
        """Whether the content of an item is asked for."""
        return self._choice.wants(item)

    def local_path(self, item: Item) -> Path | None:
        return None

    def account_names(self, sids: Sequence[str]) -> Mapping[str, str]:
        """Whom the directory knows by the SIDs of one's own domain: so owners on shares and in drives are the same."""
        found: dict[str, str] = {}
        with self._database.connect() as connection:
            for start in range(0, len(sids), 500):
                some = list(sids[start : start + 500])
                rows = connection.execute(
                    select(tenant_people.c.sid, tenant_people.c.upn).where(
                        tenant_people.c.sid.in_(some), tenant_people.c.upn.is_not(None)
                    )
                )
                found |= {row.sid: row.upn for row in rows}
        return found

    def _graph(self) -> GraphClient:
        with self._lock:
            if self._client is None:
                if self._make_client is None:
                    raise Unopened("NOT_ANSWERED")
                self._client = self._make_client()
                with self._database.connect() as connection:
                    known = select(tenants.c.id).where(tenants.c.name == self.name)
                    tenant_id = connection.execute(known).scalar_one()
                keep_limits(self._client, self._database, tenant_id)
            return self._client

    def _drive_of(self, path: str) -> _Drive | None:
        """The drive that a path lies in: places have two folders or more."""
        drives = self._read_drives()
        end = path.find("/")
        while end >= 0:
            end = path.find("/", end + 1)
            place = path if end < 0 else path[:end]
            if place in drives:
                return drives[place]
        return None

    def _read_drives(self) -> dict[str, _Drive]:
        if self._drives is None:
            self._drives, self._closed = self._drives_and_closed()
        return self._drives

    def _drives_and_closed(self) -> tuple[dict[str, _Drive], dict[str, str]]:
        """The drives by their places, and the places of sites whose drives nobody could tell, with the reason."""
        drives, sites = tenant_drives.c, tenant_sites.c
        with self._database.connect() as connection:
            tenant_id = connection.scalar(select(tenants.c.id).where(tenants.c.name == self.name))
            rows = connection.execute(
                select(drives.id, drives.drive, drives.place, drives.state, tenant_people.c.upn)
                .outerjoin(tenant_people, tenant_people.c.id == drives.person_id)
                .where(drives.tenant_id == tenant_id, drives.state != State.GONE)
            ).all()
            without = select(func.count()).where(drives.site_id == sites.id).scalar_subquery() == 0
            closed = connection.execute(
                select(sites.place, sites.state).where(
                    sites.tenant_id == tenant_id,
                    sites.personal.is_(False),
                    without,
                    or_(*(sites.state == state for state in (State.LOCKED, State.DENIED, State.FAILED))),
                )
            ).all()
        found = {row.place: _Drive(row.id, row.drive, row.place, row.state, row.upn or "") for row in rows}
        return found, {f"{SHARED}/{row.place}": _REASON_OF_STATE[row.state] for row in closed}
