"""The reference source: a tree in memory. It shows the least that a source must do, and feeds tests."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from inventory.records import Item, ItemState
from inventory.source import FIRST, Capabilities, Cursor, Unlisted, Unopened
from inventory.sources.filesystem import reason_by_name


class MemorySource:
    """``files`` maps paths with slashes to contents; ``denied`` names folders and files that may not be read."""

    capabilities = Capabilities()

    def __init__(
        self,
        name: str,
        files: Mapping[str, bytes],
        *,
        denied: frozenset[str] = frozenset(),
        modified: str = "2020-01-01T00:00:00.000000Z",
    ) -> None:
        self.name = name
        self.files = dict(files)
        self.denied = denied
        self.modified = modified

    def items(self, cursor: str = FIRST) -> Iterator[Item | Cursor]:
        if cursor in self.denied:
            raise Unlisted("FOLDER_DENIED")
        prefix = f"{cursor}/" if cursor else ""
        below = sorted(path[len(prefix) :] for path in self.files if path.startswith(prefix))
        if cursor and not below:
            raise Unlisted("FOLDER_UNREADABLE")
        for folder in sorted({path.split("/")[0] for path in below if "/" in path}):
            yield Cursor(prefix + folder)
        for name in (path for path in below if "/" not in path):
            content = self.files[prefix + name]
            reason = reason_by_name(name) or ("" if content else "EMPTY_FILE")
            state = ItemState.SKIPPED if reason else ItemState.SEEN
            yield Item(self.name, prefix + name, len(content), self.modified, state, reason)

    def open(self, item: Item) -> BinaryIO:
        if item.path in self.denied:
            raise Unopened("PERMISSION_DENIED")
        if item.path not in self.files:
            raise Unopened("VANISHED")
        return io.BytesIO(self.files[item.path])

    def local_path(self, item: Item) -> Path | None:
        return None
