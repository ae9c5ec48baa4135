"""An administrator's questions, answered from the totals: how many files, and how large, by what.

No answer reads the items: forty million of them answer as fast as a thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, select

from inventory.departments import UNASSIGNED, Departments
from inventory.directory import Directory
from inventory.records import ItemState
from inventory.tables import (
    accounts,
    application_totals,
    applications,
    area_totals,
    areas,
    author_totals,
    authors,
    feature_totals,
    owner_totals,
    reasons,
    rule_totals,
    sources,
)

# the first year of each class of age, from the youngest
AGE_CLASSES: tuple[tuple[int, str], ...] = (
    (0, "under_1_year"),
    (1, "1_to_2_years"),
    (3, "3_to_4_years"),
    (5, "5_to_9_years"),
    (10, "10_years_or_more"),
)
UNKNOWN = "unknown"

# what can be asked for, and what an answer can be narrowed by -> the column of the totals that tells it
DIMENSIONS: dict[str, str] = {
    "department": "area_id",
    "source": "source_id",
    "kind": "kind",
    "risk": "risk",
    "rule": "rule",
    "age": "years",
    "state": "state",
    "reason": "reason_id",
    "owner": "owner_id",
    "author": "author_id",
    "application": "application_id",
    "feature": "feature",
}
FILTERS = tuple(DIMENSIONS)

# the first that knows all that is asked for answers
_TABLES = (area_totals, owner_totals, author_totals, application_totals, feature_totals, rule_totals)
# who a file is told to belong to where no folder tells it
_PEOPLE = {"owner_totals": "owner_id", "author_totals": "author_id"}


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
    directory: Directory | None = None,
) -> list[Total]:
    """Files and bytes by a dimension, the most files first; a department by folders and, where these tell none and
    there is a directory, by the file's owner or, of totals by author, its author.

    Raises KeyError for a dimension that is not known, and ValueError where no totals know all that is asked for.
    """
    DIMENSIONS[by]
    only = dict(only or {})
    wanted = only.pop("department", None)
    assigned = by == "department" or wanted is not None
    table = _table({by, *only}, with_people=assigned and directory is not None)
    person = _PEOPLE.get(table.name) if assigned and directory is not None else None
    columns = [table.c[DIMENSIONS[by]]]
    columns += [table.c.area_id] if assigned else []
    columns += [table.c[person]] if person else []
    statement = select(*columns, func.sum(table.c.files), func.sum(table.c.bytes)).group_by(*columns)
    for narrowed, value in only.items():
        statement = statement.where(_is(connection, table, narrowed, value))
    if "state" in table.c and by != "state":
        statement = statement.where(table.c.state != ItemState.GONE)
    department_of = _assignment(connection, departments, directory, person) if assigned else None
    name_of = _NAMES[by](connection) if by in _NAMES else None
    if by == "owner" and directory is not None:
        name_of = _accounts(connection, directory)
    counted: dict[str, list[int]] = {}
    for value, *who, files, size in connection.execute(statement):
        department = department_of(*who) if department_of else ""
        if wanted is not None and department != wanted:
            continue
        sums = counted.setdefault(department if by == "department" else _key(by, value, name_of), [0, 0])
        sums[0] += files
        sums[1] += size
    found = [Total(key, files, int(size)) for key, (files, size) in counted.items()]
    return sorted(found, key=lambda total: (-total.files, total.key))


def age_class(years: int | None) -> str:
    if years is None:
        return UNKNOWN
    return next(name for first, name in reversed(AGE_CLASSES) if years >= first)


def _table(asked: set[str], *, with_people: bool) -> Table:
    """The totals that answer. Raises ValueError."""
    for table in _TABLES:
        knows_people = not with_people or table.name in _PEOPLE
        if knows_people and all(DIMENSIONS[name] in table.c for name in asked):
            return table
    raise ValueError(", ".join(sorted(asked)))


def _is(connection: Connection, table: Table, name: str, value: str) -> ColumnElement[bool]:
    """The condition that a dimension has a value as answers spell it. Raises ValueError for a value there is not."""
    column = table.c[DIMENSIONS[name]]
    if name == "age":
        return _age_is(column, value)
    if name == "state":
        return column == ItemState(value)
    if name not in _NAMES:
        return column == value
    if not value:
        return column.is_(None)
    folded = value.casefold()
    ids = [number for number, word in _NAMES[name](connection).items() if word.casefold() == folded]
    return column.in_(ids)


def _age_is(column: ColumnElement[Any], wanted: str) -> ColumnElement[bool]:
    if wanted == UNKNOWN:
        return column.is_(None)
    names = [name for _first, name in AGE_CLASSES]
    place = names.index(wanted)
    older = column >= AGE_CLASSES[place][0]
    return older if place + 1 == len(names) else and_(older, column < AGE_CLASSES[place + 1][0])


def _key(by: str, value: Any, name_of: Mapping[int, str] | None) -> str:
    if by == "age":
        return age_class(value)
    if name_of is not None:
        return name_of.get(value, "")
    return str(value.value if isinstance(value, ItemState) else value)


def _assignment(
    connection: Connection, departments: Departments | None, directory: Directory | None, person: str | None
) -> Callable[..., str]:
    """A function of an area's id and, with ``person``, an owner's or author's that answers the department."""
    by_area = departments_of_areas(connection, departments)
    if person is None or directory is None:
        return lambda area, *_: by_area.get(area, UNASSIGNED)
    if person == "owner_id":
        rows = connection.execute(select(accounts.c.id, accounts.c.name, accounts.c.shown))
    else:
        rows = connection.execute(select(authors.c.id, authors.c.name))
    by_person = {number: directory.department_of(*names) for number, *names in rows}

    def department_of(area: int, who: int | None) -> str:
        department = by_area.get(area, UNASSIGNED)
        return by_person.get(who, UNASSIGNED) if department == UNASSIGNED and who else department

    return department_of


def departments_of_areas(connection: Connection, departments: Departments | None) -> dict[int, str]:
    """The department of each area by the rules of folders."""
    if departments is None:
        return {}
    statement = select(areas.c.id, sources.c.name, areas.c.path).join(
        sources, sources.c.id == areas.c.source_id
    )
    return {row.id: departments.department_of(row.name, row.path) for row in connection.execute(statement)}


def _words(table: Table, column: str) -> Callable[[Connection], dict[int, str]]:
    def read(connection: Connection) -> dict[int, str]:
        return {row[0]: row[1] for row in connection.execute(select(table.c.id, table.c[column]))}

    return read


def _accounts(connection: Connection, directory: Directory | None = None) -> dict[int, str]:
    """What accounts are called: by a directory, by the server that told their SIDs, or as they are stored."""
    rows = connection.execute(select(accounts.c.id, accounts.c.name, accounts.c.shown))
    return {row.id: (directory.shown(row.name) if directory else "") or row.shown or row.name for row in rows}


_NAMES: dict[str, Callable[[Connection], dict[int, str]]] = {
    "source": _words(sources, "name"),
    "owner": _accounts,
    "author": _words(authors, "name"),
    "application": _words(applications, "name"),
    "reason": _words(reasons, "code"),
}
