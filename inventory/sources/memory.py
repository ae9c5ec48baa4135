"""The reference source: a tree in memory. It shows the least that a source must do, and feeds tests."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from inventory.records import Item, ItemState
from inventory.skipping import reason_by_name
from inventory.source import FIRST, Capabilities, Listing, Unlisted, Unopened, listing_of


class MemorySource:
    """``files`` maps paths with slashes to contents; ``denied`` names folders and files that may not be read."""

    capabilities = Capabilities()

    def __init__(
        self,
        name: str,
        files: Mapping[str, bytes],
        *,
        denied: frozenset[str] = frozenset(),
        modified_us: int = 1_577_836_800_000_000,  # 2020-01-01
    ) -> None:
        self.name = name
        self.files = dict(files)
        self.denied = denied
        self.modified_us = modified_us

    def listing(self, cursor: str = FIRST) -> Listing:
        if cursor in self.denied:
            raise Unlisted("FOLDER_DENIED")
        prefix = f"{cursor}/" if cursor else ""
        below = sorted(path[len(prefix) :] for path in self.files if path.startswith(prefix))
        if cursor and not below:
            raise Unlisted("FOLDER_UNREADABLE")
        folders = sorted({path.split("/")[0] for path in below if "/" in path})
        items = [self._item(prefix + name) for name in below if "/" not in name]
        return listing_of(items, [prefix + folder for folder in folders])

    def _item(self, path: str) -> Item:
        content = self.files[path]
        reason = reason_by_name(path.rsplit("/", 1)[-1]) or ("" if content else "EMPTY_FILE")
        state = ItemState.SKIPPED if reason else ItemState.SEEN
        return Item(self.name, path, len(content), self.modified_us, state, reason)

    def open(self, item: Item) -> BinaryIO:
        if item.path in self.denied:
            raise Unopened("PERMISSION_DENIED")
        if item.path not in self.files:
            raise Unopened("VANISHED")
        return io.BytesIO(self.files[item.path])

    def local_path(self, item: Item) -> Path | None:
        return None
