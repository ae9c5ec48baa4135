"""The kinds of sources. A new one is a file here, a line in KINDS and a test that calls the conformance suite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from inventory.errors import InventoryError
from inventory.source import Source
from inventory.sources.filesystem import FilesystemSource

# (how names of this kind begin, how to make one): the first that fits takes the name
KINDS: tuple[tuple[str, Callable[[str], Source]], ...] = (("", FilesystemSource),)


def source_by_name(name: str) -> Source:
    """The source that a user names. Raises InventoryError where it is not there or no kind takes it."""
    for prefix, make in KINDS:
        if name.startswith(prefix) and (prefix or "://" not in name):
            if not prefix and not Path(name).exists():
                raise InventoryError("SOURCE_MISSING", source=name)
            return make(name)
    raise InventoryError("SOURCE_UNKNOWN", source=name)
