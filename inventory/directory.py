"""Whose department an account belongs to, by a table with dates: what a directory exports, and no new scan.

The table is CSV, as Active Directory or Entra export it. An account is told by its SID (``sid``, ``objectSid``,
``onPremisesSecurityIdentifier``), its name (``account``, ``sAMAccountName``, ``onPremisesSamAccountName``, ``user``) or
the name that documents hold (``name``, ``displayName``); ``department``, ``from`` and ``until`` are as in the table of
folders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inventory.departments import UNASSIGNED, read_dates, read_rows

# what a person is told by -> how exports call the column, without case
COLUMNS: dict[str, tuple[str, ...]] = {
    "sid": ("sid", "objectsid", "onpremisessecurityidentifier"),
    "account": ("account", "samaccountname", "onpremisessamaccountname", "user"),
    "name": ("name", "displayname"),
}


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    sid: str
    account: str
    name: str
    department: str
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def shown(self) -> str:
        return self.account or self.name


def read_directory(file: Path) -> tuple[DirectoryEntry, ...]:
    """Raises InventoryError TABLE_UNREADABLE with file and line."""
    return tuple(read_rows(file, _entry))


def _entry(row: Mapping[str, str]) -> DirectoryEntry:
    told = {
        what: next((row[column] for column in columns if row.get(column)), "")
        for what, columns in COLUMNS.items()
    }
    if not any(told.values()):
        raise ValueError("sid, account, name")
    since, until = read_dates(row)
    return DirectoryEntry(**told, department=row.get("department", ""), since=since, until=until)


class Directory:
    """The entries that hold on a day. ``spelt`` is how a database spells people: itself, or a pseudonym."""

    def __init__(
        self, entries: Iterable[DirectoryEntry], day: date, spelt: Callable[[str], str] = str
    ) -> None:
        self._departments: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self.people: Counter[str] = Counter()  # of each department
        for entry in entries:
            if not entry.holds(day):
                continue
            if entry.department:
                self.people[entry.department] += 1
            for known in filter(None, (entry.sid, entry.account, entry.name)):
                for key in {known.casefold(), spelt(known).casefold()}:
                    self._shown.setdefault(key, entry.shown)
                    if entry.department:
                        self._departments.setdefault(key, entry.department)

    def department_of(self, *names: str | None) -> str:
        """The department of an account or author by any of its names; a domain before a name may differ."""
        for name in filter(None, names):
            key = name.casefold()
            for known in (key, key.rpartition("\\")[2]):
                if department := self._departments.get(known):
                    return department
        return UNASSIGNED

    def shown(self, sid: str) -> str:
        """The account of a SID; empty where it is not known."""
        return self._shown.get(sid.casefold(), "")
