"""A folder of a Windows share, by ``smb://server/share/path``.

Everything but contents comes from directory answers. Placeholders are told by their attributes and never opened;
junctions, symbolic links and DFS links are rows and not entered. Owners are not told: they would cost a request per
file.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from inventory.records import Item, ItemState
from inventory.skipping import SkipList, reason_by_name
from inventory.smb.address import read_address
from inventory.smb.client import Client
from inventory.smb.directory import Row, microseconds
from inventory.source import FIRST, Capabilities, Listing, digest_of
from inventory.windows import is_link_tag, recalls_content, recalls_listing

LISTINGS_AT_ONCE = 4

# what stands for a separator in a name that no Windows server should have sent
_SEPARATORS = str.maketrans({"/": "\N{DIVISION SLASH}", "\\": "\N{SET MINUS}"})


class SmbSource:
    """Cursors are folders relative to the root, with slashes. ``name`` is the address as given."""

    capabilities = Capabilities(file_ids=True, listings_at_once=LISTINGS_AT_ONCE)

    def __init__(
        self, name: str, skip: Iterable[str] = (), *, connect: Callable[[], Client] | None = None
    ) -> None:
        self.name = name
        address = read_address(name)
        self._connect = connect or (lambda: Client(address))
        self._skip = SkipList(skip)
        self._clients: list[Client] = []
        self._own = threading.local()
        self._client()

    def listing(self, cursor: str = FIRST) -> Listing:
        rows: list[Row] = []
        folders: list[str] = []
        prefix = f"{cursor}/" if cursor else ""
        for row in self._client().directory(cursor):
            if row.is_directory and not self._reason(row, prefix + row.name):
                folders.append(row.name)
            else:
                rows.append(row)
        rows.sort()
        folders.sort()
        return Listing(
            [prefix + folder for folder in folders],
            len(rows),
            digest_of((self._skip.rules, folders, [tuple(row) for row in rows])),
            lambda: [self._item(prefix, row) for row in rows],
        )

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

    def _item(self, prefix: str, row: Row) -> Item:
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
            created_us=microseconds(row.created),
            file_id=str(row.file_id) if row.file_id else "",
        )
