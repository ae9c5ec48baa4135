"""The organisation's tables of waves: its own list, what it has of people, tasks before departments, closed days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from migrate.planner.inputs import slug
from migrate.planner.tables import Row, read_rows
from migrate.planner.waves.records import ALL, RESOURCES, Blackout, Capacity, ListRow, Task

UNITS = ("people", "per_month")


def read_list(text: str, file: str) -> tuple[ListRow, ...]:
    """Columns department (a task's code too), start, end; optional wave and after (names joined by ``|``)."""
    rows: dict[str, ListRow] = {}
    for row in read_rows(text, file, ("department", "start", "end")):
        name = row.required("department")
        start, end = _span(row, "start", "end")
        found = ListRow(name, slug(name), start, end, row.text("wave"), _ids(row.text("after")))
        if found.id in rows:
            raise row.error("DUPLICATE_ROW", "department", value=name)
        rows[found.id] = found
    return tuple(rows.values())


def read_capacities(text: str, file: str) -> tuple[Capacity, ...]:
    """Columns resource, amount, unit; optional from, until, as_of, source. Rows of one resource add up."""
    return tuple(
        Capacity(
            row.choice("resource", RESOURCES, ""),
            row.whole("amount", 0),
            row.choice("unit", UNITS, ""),
            row.day("from"),
            row.day("until"),
            row.day("as_of") or date.min,
            row.text("source", file),
        )
        for row in read_rows(text, file, ("resource", "amount", "unit"))
    )


def read_tasks(text: str, file: str) -> tuple[Task, ...]:
    """Columns task, name, months, needed_by; optional developer_days, after, earliest, as_of, source.

    Raises TableError CIRCULAR where tasks wait for one another.
    """
    tasks: dict[str, Task] = {}
    places: dict[str, Row] = {}
    for row in read_rows(text, file, ("task", "name", "months", "needed_by")):
        code = slug(row.required("task"))
        if code in tasks:
            raise row.error("DUPLICATE_ROW", "task", value=code)
        places[code] = row
        tasks[code] = Task(
            code,
            row.required("name"),
            row.whole("months", 1) or 1,
            row.whole("developer_days", 0),
            _ids(row.required("needed_by")),
            _ids(row.text("after")),
            row.day("earliest"),
            row.day("as_of") or date.min,
            row.text("source", file),
        )
    for code, row in places.items():
        if _waits_for_itself(code, tasks):
            raise row.error("CIRCULAR", "after", value=code)
    return tuple(tasks.values())


def _waits_for_itself(code: str, tasks: dict[str, Task]) -> bool:
    seen: set[str] = set()
    waiting = list(tasks[code].after)
    while waiting:
        one = waiting.pop()
        if one == code:
            return True
        if one in tasks and one not in seen:
            seen.add(one)
            waiting.extend(tasks[one].after)
    return False


def read_blackouts(text: str, file: str) -> tuple[Blackout, ...]:
    """Columns from, until, reason; optional departments (names joined by ``|``; empty is everybody)."""
    found = []
    for number, row in enumerate(read_rows(text, file, ("from", "until", "reason")), 1):
        since, until = _span(row, "from", "until")
        departments = _ids(row.text("departments")) or (ALL,)
        found.append(Blackout(number, since, until, departments, row.required("reason")))
    return tuple(found)


def unknown_names(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """Ids that stand for no department and no task."""
    return sorted(set(names) - set(known) - {ALL})


def _span(row: Row, first: str, last: str) -> tuple[date, date]:
    start, end = row.required_date(first), row.required_date(last)
    if end < start:
        raise row.error("BAD_SPAN", last, value=end.isoformat())
    return start, end


def _ids(cell: str) -> tuple[str, ...]:
    names = [name.strip() for name in cell.split("|") if name.strip()]
    return tuple(ALL if name.lower() in (ALL, "tous", "toutes", "*") else slug(name) for name in names)
