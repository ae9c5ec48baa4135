"""A folder of a Windows share, by ``smb://server/share/path``.

Everything but contents comes from directory answers. Placeholders are told by their attributes and never opened;
junctions, symbolic links and DFS links are rows and not entered. Owners are those of folders, which a listing tells
in the same round trip; those of files cost a request each and are asked for on demand alone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from inventory.records import Item, ItemState
from inventory.skipping import SkipList, reason_by_name
from inventory.smb.address import read_address
from inventory.smb.client import Client
from inventory.smb.directory import Row, microseconds
from inventory.source import FIRST, Capabilities, Listing, Owners, digest_of
from inventory.windows import is_link_tag, recalls_content, recalls_listing

LISTINGS_AT_ONCE = 4

# what stands for a separator in a name that no Windows server should have sent
_SEPARATORS = str.maketrans({"/": "\N{DIVISION SLASH}", "\\": "\N{SET MINUS}"})


class SmbSource:
    """Cursors are folders relative to the root, with slashes. ``name`` is the address as given."""

    capabilities = Capabilities(listings_at_once=LISTINGS_AT_ONCE)

    def __init__(
        self,
        name: str,
        skip: Iterable[str] = (),
        owners: Owners = Owners.FOLDERS,
        *,
        connect: Callable[[], Client] | None = None,
    ) -> None:
        self.name = name
        self._owners = owners
        self.owners_asked, self.owners_seconds = 0, 0.0  # requests for files' owners, and what they took
        address = read_address(name)
        self._connect = connect or (lambda: Client(address))
        self._skip = SkipList(skip)
        self._clients: list[Client] = []
        self._own = threading.local()
        self._counting = threading.Lock()
        self._client()

    def listing(self, cursor: str = FIRST) -> Listing:
        rows: list[Row] = []
        folders: list[str] = []
        prefix = f"{cursor}/" if cursor else ""
        found = self._client().directory(cursor, with_owner=self._owners is not Owners.NONE)
        for row in found.rows:
            if row.is_directory and not self._reason(row, prefix + row.name):
                folders.append(row.name)
            else:
                rows.append(row)
        rows.sort()
        folders.sort()
        owners = self._owners_of(cursor, rows) if self._owners is Owners.FILES else [""] * len(rows)
        told = (self._skip.rules, folders, [tuple(row) for row in rows], found.owner, owners)
        return Listing(
            [prefix + folder for folder in folders],
            len(rows),
            digest_of(told),
            lambda: [self._item(prefix, row, owner) for row, owner in zip(rows, owners, strict=True)],
            found.owner,
        )

    def account_names(self, sids: Sequence[str]) -> Mapping[str, str]:
        """What SIDs stand for, as far as the server can tell."""
        return self._client().account_names(sids)

    def _owners_of(self, cursor: str, rows: Sequence[Row]) -> list[str]:
        """The owners of files; placeholders and names that are no paths are not asked about."""
        asked = [
            number
            for number, row in enumerate(rows)
            if not recalls_content(row.attributes) and row.name.translate(_SEPARATORS) == row.name
        ]
        started = time.monotonic()
        found = self._client().owners(cursor, [rows[number].name for number in asked])
        with self._counting:
            self.owners_asked += len(asked)
            self.owners_seconds += time.monotonic() - started
        owners = [""] * len(rows)
        for number, owner in zip(asked, found, strict=True):
            owners[number] = owner
        return owners

    def open(self, item: Item) -> BinaryIO:
        return self._client().open(item.path)

    def local_path(self, item: Item) -> Path | None:
        return None

    def close(self) -> None:
        while self._clients:
            self._clients.pop().close()

    def _client(self) -> Client:
        """The connection of this thread."""
        client: Client | None = getattr(self._own, "client", None)
        if client is None:
            client = self._own.client = self._connect()
            self._clients.append(client)
        return client

    def _reason(self, row: Row, path: str) -> str:
        """Why a name is not entered or not read; empty where it is."""
        if row.name.translate(_SEPARATORS) != row.name:
            return "INPUT_ERROR"
        if is_link_tag(row.tag):
            return "SYMLINK"
        if row.is_directory:
            return self._skip.reason(row.name, path) or ("OFFLINE" if recalls_listing(row.attributes) else "")
        if recalls_content(row.attributes):
            return "OFFLINE"
        return reason_by_name(row.name) or ("" if row.size_bytes else "EMPTY_FILE")

    def _item(self, prefix: str, row: Row, owner: str) -> Item:
        path = prefix + row.name.translate(_SEPARATORS)
        reason = self._reason(row, path)
        state = ItemState.SKIPPED if reason else ItemState.SEEN
        return Item(
            self.name,
            path,
            0 if row.is_directory else row.size_bytes,
            microseconds(row.written),
            ItemState.UNREADABLE if reason == "INPUT_ERROR" else state,
            reason,
            owner,
            created_us=microseconds(row.created),
            file_id=str(row.file_id) if row.file_id else "",
        )
