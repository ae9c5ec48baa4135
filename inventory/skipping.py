"""What is not read because of its name: the files and folders of systems and programs, and what a policy adds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import translate

# raised when a rule changes, so that the next scan decides anew what it had decided by the old rules
RULES_REVISION = 1

SYSTEM_FOLDERS = frozenset(
    {
        "$recycle.bin",
        "system volume information",
        "dfsrprivate",
        ".snapshot",
        "~snapshot",
        ".zfs",
        "lost+found",
    }
)
# an owner file is no document, whatever is in it
_OWNER_FILE_PREFIXES = ("~$", ".~lock.")


def reason_by_name(name: str) -> str:
    """The reason why a file of this name is not read; empty for others."""
    return "LOCK_FILE" if name.startswith(_OWNER_FILE_PREFIXES) else ""


class SkipList:
    """Folders that a policy leaves out: shell patterns (``*``, ``?``, ``[a-z]``) on names or on paths, without case.

    A pattern with a slash is compared with the path below the root, others with the folder's own name.
    """

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        self.patterns = tuple(sorted({pattern.strip("/").casefold() for pattern in patterns} - {""}))
        self._names = _any_of(pattern for pattern in self.patterns if "/" not in pattern)
        self._paths = _any_of(pattern for pattern in self.patterns if "/" in pattern)

    def reason(self, name: str, path: str) -> str:
        """Why a folder is not entered; empty where it is."""
        folded = name.casefold()
        if folded in SYSTEM_FOLDERS:
            return "SYSTEM_FOLDER"
        if self._names and self._names.fullmatch(folded):
            return "SKIP_LIST"
        if self._paths and self._paths.fullmatch(path.casefold()):
            return "SKIP_LIST"
        return ""

    @property
    def rules(self) -> tuple[int, tuple[str, ...]]:
        """What a listing's digest has to cover besides what the storage tells."""
        return RULES_REVISION, self.patterns


def _any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    joined = "|".join(map(translate, patterns))
    return re.compile(joined) if joined else None
