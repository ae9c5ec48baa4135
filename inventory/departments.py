"""Which department a folder belongs to, by rules with dates: a reorganisation needs a new table and no new scan.

The table is CSV with the columns ``path``, ``department``, ``from``, ``until``; the two dates (ISO 8601, first day and
last day) may be left empty or out. A path names a source, a folder below one, or both; the longest that fits wins.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from inventory.errors import InventoryError
from inventory.tables import AREA_DEPTH

UNASSIGNED = "unassigned"
Rule = TypeVar("Rule")


@dataclass(frozen=True, slots=True)
class DepartmentRule:
    path: str
    department: str
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def read_departments(file: Path) -> tuple[DepartmentRule, ...]:
    """Raises InventoryError TABLE_UNREADABLE with file and line."""
    return tuple(read_rows(file, _rule))


def read_rows(file: Path, read: Callable[[Mapping[str, str]], Rule]) -> list[Rule]:
    """The rows of a CSV table; ``read`` raises ValueError for one that is wrong. Raises InventoryError TABLE_UNREADABLE
    with file and line. Names of columns are compared without case, blanks around values are left out."""
    found: list[Rule] = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                plain = {
                    name.strip().casefold(): value.strip()
                    for name, value in row.items()
                    if name and isinstance(value, str)
                }
                found.append(read(plain))
    except (OSError, ValueError, csv.Error) as error:
        line = len(found) + 2 if isinstance(error, ValueError) else 0
        raise InventoryError("TABLE_UNREADABLE", path=str(file), line=line, detail=str(error)) from error
    return found


def read_dates(row: Mapping[str, str]) -> tuple[date | None, date | None]:
    """The first and the last day of a row. Raises ValueError."""
    since, until = (
        date.fromisoformat(text) if (text := row.get(name)) else None for name in ("from", "until")
    )
    return since, until


def _rule(row: Mapping[str, str]) -> DepartmentRule:
    path, department = row.get("path", ""), row.get("department", "")
    if not path or not department:
        raise ValueError("path, department")
    return DepartmentRule(path.replace("\\", "/").strip("/"), department, *read_dates(row))


class Departments:
    """The rules that hold on a day."""

    def __init__(self, rules: Sequence[DepartmentRule], day: date) -> None:
        holding = [rule for rule in rules if rule.holds(day)]
        self._rules = sorted(holding, key=lambda rule: len(rule.path), reverse=True)

    def department_of(self, source: str, folder: str) -> str:
        """The department of a folder of a source, or of what lies below it."""
        whole = f"{source.replace(chr(92), '/').strip('/')}/{folder}".rstrip("/")
        for rule in self._rules:
            if any(path == rule.path or path.startswith(rule.path + "/") for path in (folder, whole)):
                return rule.department
        return UNASSIGNED

    def check_depth(self, sources: Iterable[str]) -> None:
        """Raises InventoryError RULE_TOO_DEEP for a rule that totals by top folders cannot follow."""
        roots = [source.replace("\\", "/").strip("/") for source in sources]
        for rule in self._rules:
            below = next(
                (rule.path[len(root) :] for root in roots if rule.path.startswith(root + "/")), rule.path
            )
            if len(below.strip("/").split("/")) > AREA_DEPTH:
                raise InventoryError("RULE_TOO_DEEP", path=rule.path, depth=AREA_DEPTH)
