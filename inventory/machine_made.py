"""Files that programs read or write: interfaces, which stay as they are, since converting them breaks systems.

What a file's own properties tell (its producer) is a rule of contents; here is what its place tells: the account that
owns it, writing that keeps time like a machine, being the source of other documents' data, and what an inventory of
software says. The first that applies is stored for each file. Nothing is opened.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate
from itertools import groupby, pairwise
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, select, true

from converters.inspection import INSPECTOR_REVISION
from inventory.bulk import execute_rows
from inventory.columns import stored_path
from inventory.departments import read_rows
from inventory.records import ItemState
from inventory.service_accounts import is_service_account
from inventory.store import path_of
from inventory.tables import (
    accounts,
    file_links,
    inspections,
    interfaces,
    items,
    link_targets,
    pages,
    sources,
)

_ROWS_A_FETCH = 5_000
_DATA_LINK = "data"

# writing that keeps time: so many files of one folder whose names differ in digits alone, so evenly spaced
_FEWEST_WRITTEN = 6
_SHORTEST_GAP_US = 20 * 3_600 * 1_000_000
_EVEN_SHARE, _EVEN_PART = 0.8, 0.1
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Software:
    """A row of an inventory of software: a program, what it calls, and the files it reads or writes (a pattern)."""

    name: str
    calls: str
    files: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Interface:
    """A file that programs read or write: by which rule, and what tells it (a producer, a program, a series)."""

    source: str
    path: str
    rule: str
    detail: str


def read_software(path: Path) -> list[Software]:
    """The rows of a CSV with the columns ``name``, ``calls`` (word, excel ...) and ``files``, a pattern of paths.

    Raises InventoryError TABLE_UNREADABLE.
    """
    return read_rows(path, _software_of)


def _software_of(row: Mapping[str, str]) -> Software:
    if not row.get("name"):
        raise ValueError("name")
    files = row.get("files", "").replace("\\", "/")
    pattern = re.compile(translate(files), re.IGNORECASE) if files else None
    return Software(row["name"], row.get("calls", ""), pattern)


def note_interfaces(connection: Connection, software: Sequence[Software] | None = None) -> int:
    """Find the interfaces among the files that were looked into, anew; answers how many. Without ``software``, what an
    inventory of software told before stays."""
    kept = interfaces.c.rule == "software_inventory"
    connection.execute(delete(interfaces).where(~kept if software is None else true()))
    _note_targets(connection)
    if software:
        _note_rows(connection, "software_inventory", _of_software(connection, software))
    _note_owners(connection)
    _note_rows(connection, "written_regularly", _written_regularly(connection))
    return connection.scalar(select(func.count()).select_from(interfaces)) or 0


def _note_targets(connection: Connection) -> None:
    """Files that connections, queries and mail merges of other documents read."""
    found = (
        select(link_targets.c.item_id, func.count())
        .join(file_links, file_links.c.target_id == link_targets.c.id)
        .where(file_links.c.kind == _DATA_LINK, link_targets.c.item_id.is_not(None))
        .group_by(link_targets.c.item_id)
    )
    rows = [(row[0], str(row[1])) for row in connection.execute(found)]
    _note_rows(connection, "read_by_connections", rows)


def _note_owners(connection: Connection) -> None:
    rows = connection.execute(select(accounts.c.id, accounts.c.name, accounts.c.shown))
    services = [row.id for row in rows if is_service_account(row.shown or row.name)]
    for account in services:
        owned = _documents().where(func.coalesce(items.c.owner_id, pages.c.owner_id) == account)
        _note_rows(connection, "service_account", ((row.id, "") for row in connection.execute(owned)))


def _note_rows(connection: Connection, rule: str, found: Iterable[tuple[int, str]]) -> None:
    rows = [(item_id, rule, stored_path(detail)) for item_id, detail in found]
    execute_rows(connection, _PUT, rows)


_PUT = "INSERT INTO interfaces (item_id, rule, detail) VALUES ({0}, {0}, {0}) ON CONFLICT DO NOTHING"


def _documents() -> Select[Any]:
    """The files that have an inspection of a document."""
    return (
        select(
            items.c.id, items.c.name, items.c.page_id, items.c.modified_us, pages.c.cursor, pages.c.source_id
        )
        .join(pages, pages.c.id == items.c.page_id)
        .where(items.c.state == ItemState.READ)
        .execution_options(yield_per=_ROWS_A_FETCH)
    )


def _of_software(connection: Connection, software: Sequence[Software]) -> Iterator[tuple[int, str]]:
    names = {
        row.id: row.name.replace("\\", "/")
        for row in connection.execute(select(sources.c.id, sources.c.name))
    }
    for row in connection.execute(_documents()):
        below = path_of(row.cursor, row.name)
        full = f"{names[row.source_id].rstrip('/')}/{below}"
        for program in software:
            if program.files and (program.files.match(below) or program.files.match(full)):
                yield row.id, program.name
                break


def _written_regularly(connection: Connection) -> Iterator[tuple[int, str]]:
    """Files of one folder whose names differ in digits alone and that were written at even intervals."""
    ordered = _documents().where(items.c.modified_us.is_not(None)).order_by(items.c.page_id)
    for _page, rows in groupby(connection.execute(ordered), key=lambda row: row.page_id):
        series: dict[str, list[tuple[int, int]]] = {}
        for row in rows:
            if (pattern := _DIGITS.sub("#", row.name)) != row.name:
                series.setdefault(pattern, []).append((row.modified_us, row.id))
        for pattern, written in series.items():
            if is_regular([moment for moment, _id in written]):
                yield from ((item_id, pattern) for _moment, item_id in written)


def is_regular(moments: Sequence[int]) -> bool:
    """Whether files were written at even intervals of a day or more; ``moments`` are microseconds."""
    if len(moments) < _FEWEST_WRITTEN:
        return False
    gaps = [after - before for before, after in pairwise(sorted(moments))]
    usual = median(gaps)
    if usual < _SHORTEST_GAP_US:
        return False
    even = sum(abs(gap - usual) <= usual * _EVEN_PART for gap in gaps)
    return even >= _EVEN_SHARE * len(gaps)


def count_interfaces(connection: Connection) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Files by rule, and files by the program that made them; the most files first."""
    rules: Counter[str] = Counter()
    producers: Counter[str] = Counter()
    by_place = select(interfaces.c.rule, func.count()).group_by(interfaces.c.rule)
    rules.update({row[0]: row[1] for row in connection.execute(by_place)})
    copies = (
        select(inspections.c.record, func.count())
        .join(items, items.c.sha256 == inspections.c.sha256)
        .where(_MADE, items.c.state == ItemState.READ, items.c.id.not_in(select(interfaces.c.item_id)))
        .group_by(inspections.c.sha256, inspections.c.revision)
    )
    for record, files in connection.execute(copies):
        rules[MADE_BY_PROGRAM] += files
        producers[record.get("producer", "")] += files
    return rules.most_common(), producers.most_common()


def list_interfaces(connection: Connection, limit: int) -> list[Interface]:
    """The first interfaces: those of places, then those that programs made."""
    listed = select(items.c.name, pages.c.cursor, sources.c.name.label("source"))
    by_place = (
        listed.add_columns(interfaces.c.rule, interfaces.c.detail)
        .join(interfaces, interfaces.c.item_id == items.c.id)
        .join(pages, pages.c.id == items.c.page_id)
        .join(sources, sources.c.id == pages.c.source_id)
        .where(items.c.state != ItemState.GONE)
        .order_by(interfaces.c.rule, items.c.id)
        .limit(limit)
    )
    found = [
        Interface(row.source, path_of(row.cursor, row.name), row.rule, row.detail)
        for row in connection.execute(by_place)
    ]
    made = (
        listed.add_columns(inspections.c.record)
        .join(inspections, inspections.c.sha256 == items.c.sha256)
        .join(pages, pages.c.id == items.c.page_id)
        .join(sources, sources.c.id == pages.c.source_id)
        .where(_MADE, items.c.state == ItemState.READ, items.c.id.not_in(select(interfaces.c.item_id)))
        .order_by(items.c.id)
        .limit(max(limit - len(found), 0))
    )
    return found + [
        Interface(row.source, path_of(row.cursor, row.name), MADE_BY_PROGRAM, row.record.get("producer", ""))
        for row in connection.execute(made)
    ]


MADE_BY_PROGRAM = "made_by_program"
_MADE = and_(inspections.c.rule == MADE_BY_PROGRAM, inspections.c.revision == INSPECTOR_REVISION)
