"""The kinds of sources. A new one is a file here, a line in KINDS and a test that calls the conformance suite."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from inventory.errors import InventoryError
from inventory.smb.address import SCHEME as SMB
from inventory.source import Owners, Source
from inventory.sources.filesystem import FilesystemSource


def _smb(name: str, skip: Iterable[str], owners: Owners) -> Source:
    try:
        from inventory.sources.smb import SmbSource  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise InventoryError("SOURCE_DRIVER", extra="smb") from error
    return SmbSource(name, skip, owners)


def _folder(name: str, skip: Iterable[str], _owners: Owners) -> Source:
    if not Path(name).exists():
        raise InventoryError("SOURCE_MISSING", source=name)
    return FilesystemSource(name, skip)


# (how names of this kind begin, how to make one): the first that fits takes the name
KINDS: tuple[tuple[str, Callable[[str, Iterable[str], Owners], Source]], ...] = ((SMB, _smb), ("", _folder))


def source_by_name(name: str, skip: Iterable[str] = (), owners: Owners = Owners.FOLDERS) -> Source:
    """The source that a user names, without the folders that fit ``skip``.

    Raises InventoryError where it is not there or no kind takes it.
    """
    for prefix, make in KINDS:
        if name.startswith(prefix) and (prefix or "://" not in name):
            return make(name, skip, owners)
    raise InventoryError("SOURCE_UNKNOWN", source=name)
