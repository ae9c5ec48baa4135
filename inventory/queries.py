"""An administrator's questions, answered from the totals: how many files, and how large, by what.

No answer reads the items: forty million of them answer as fast as a thousand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, select

from inventory.departments import Departments
from inventory.records import ItemState
from inventory.tables import accounts, area_totals, areas, feature_totals, owner_totals, reasons, sources

# the first year of each class of age, from the youngest
AGE_CLASSES: tuple[tuple[int, str], ...] = (
    (0, "under_1_year"),
    (1, "1_to_2_years"),
    (3, "3_to_4_years"),
    (5, "5_to_9_years"),
    (10, "10_years_or_more"),
)
UNKNOWN = "unknown"

# what can be asked for -> the totals that know it and the column that tells it
DIMENSIONS: dict[str, tuple[Table, str]] = {
    "department": (area_totals, "area_id"),
    "kind": (area_totals, "kind"),
    "risk": (area_totals, "risk"),
    "age": (area_totals, "years"),
    "state": (area_totals, "state"),
    "reason": (area_totals, "reason_id"),
    "owner": (owner_totals, "owner_id"),
    "feature": (feature_totals, "feature"),
}
# what an answer can be narrowed by, where the totals know it
FILTERS = ("kind", "risk", "department")


@dataclass(frozen=True, slots=True)
class Total:
    """``key`` is an identifier (kind, class, department, account); files and bytes count each file once a key."""

    key: str
    files: int
    bytes: int


def totals(
    connection: Connection,
    by: str,
    departments: Departments | None = None,
    only: Mapping[str, str] | None = None,
) -> list[Total]:
    """Files and bytes by a dimension, the most files first. Raises KeyError for a dimension that is not known, and
    ValueError for a filter that its totals do not know."""
    table, name = DIMENSIONS[by]
    only = dict(only or {})
    department = only.pop("department", None)
    if not set(only) <= set(table.c.keys()) or (department and "area_id" not in table.c):
        raise ValueError(by)
    by_area = "area_id" in table.c and (department is not None or by == "department")
    columns = [table.c[name], *([table.c.area_id] if by_area else [])]
    statement = select(*columns, func.sum(table.c.files), func.sum(table.c.bytes)).group_by(*columns)
    for narrowed, wanted in only.items():
        statement = statement.where(table.c[narrowed] == wanted)
    if "state" in table.c and by != "state":
        statement = statement.where(table.c.state != ItemState.GONE)
    department_of = _departments_of_areas(connection, departments) if departments else {}
    name_of = _NAMES[by](connection) if by in _NAMES else None
    counted: dict[str, list[int]] = {}
    for value, *area, files, size in connection.execute(statement):
        owner = department_of.get(area[0], "") if area else ""
        if department is not None and owner != department:
            continue
        sums = counted.setdefault(owner if by == "department" else _key(by, value, name_of), [0, 0])
        sums[0] += files
        sums[1] += size
    found = [Total(key, files, int(size)) for key, (files, size) in counted.items()]
    return sorted(found, key=lambda total: (-total.files, total.key))


def age_class(years: int | None) -> str:
    if years is None:
        return UNKNOWN
    return next(name for first, name in reversed(AGE_CLASSES) if years >= first)


def _key(by: str, value: Any, name_of: Mapping[int, str] | None) -> str:
    if by == "age":
        return age_class(value)
    if name_of is not None:
        return name_of.get(value, "")
    return str(value.value if isinstance(value, ItemState) else value)


def _departments_of_areas(connection: Connection, departments: Departments) -> dict[int, str]:
    statement = select(areas.c.id, sources.c.name, areas.c.path).join(
        sources, sources.c.id == areas.c.source_id
    )
    return {row.id: departments.department_of(row.name, row.path) for row in connection.execute(statement)}


def _words(table: Table, column: str) -> Any:
    def read(connection: Connection) -> dict[int, str]:
        rows: Sequence[Any] = connection.execute(select(table.c.id, table.c[column])).all()
        return {row[0]: row[1] for row in rows}

    return read


_NAMES = {"owner": _words(accounts, "name"), "reason": _words(reasons, "code")}
