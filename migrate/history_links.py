"""Which files a file hangs together with, and what happened to them: why a figure moved that nobody touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, select

from inventory.item_paths import items_at, paths_of
from inventory.moments import iso_time, microseconds_of
from inventory.tables import file_links, items, link_graphs, link_targets
from migrate.history import FileHistory
from migrate.ledger import jobs

_LINKS = 500  # of each direction that are looked at
_KEYS_A_QUERY = 500


class Direction(StrEnum):
    TO = "to"  # the file leads there
    FROM = "from"  # that file leads here


class Change(StrEnum):
    CONVERTED = "converted"
    MISSING = "missing"
    EDITED = "edited"  # since the file was converted, as the last scan saw it
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Linked:
    """A file at the other end of a link. ``moment`` is that of the change, UTC in ISO 8601; ``verdict`` and ``target``
    are those of its conversion."""

    direction: Direction
    kind: str
    path: str
    change: Change
    moment: str = ""
    verdict: str = ""
    target: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "direction": self.direction.value,
            "kind": self.kind,
            "path": self.path,
            "change": self.change.value,
            "moment": self.moment or None,
            "verdict": self.verdict or None,
            "target": self.target or None,
        }


@dataclass(frozen=True, slots=True)
class Links:
    """``known``: links were followed (``migrate links``) and the file was scanned. ``more``: there are more than 500."""

    known: bool
    files: tuple[Linked, ...] = ()
    more: bool = False

    @property
    def changed(self) -> list[Linked]:
        return [linked for linked in self.files if linked.change is not Change.NONE]


def links_of(connection: Connection, file: FileHistory, since: str = "") -> Links:
    """The files that a file leads to and those that lead to it, changed ones first, the newest change before others.

    A change counts from ``since`` on or, without that, whenever it was; an edit from the file's own conversion on.
    """
    placed = items_at(connection, [file.source]).get(file.source)
    if placed is None or connection.execute(select(link_graphs.c.made)).first() is None:
        return Links(known=False)
    leads = select(
        link_targets.c.item_id.label("other"),
        file_links.c.kind,
        link_targets.c.location,
        link_targets.c.state,
    ).join(link_targets, link_targets.c.id == file_links.c.target_id)
    led = select(
        file_links.c.item_id.label("other"), file_links.c.kind, link_targets.c.location, link_targets.c.state
    ).join(link_targets, link_targets.c.id == file_links.c.target_id)
    found = [
        (direction, row)
        for direction, statement in (
            (Direction.TO, leads.where(file_links.c.item_id == placed.id)),
            (Direction.FROM, led.where(link_targets.c.item_id == placed.id)),
        )
        for row in connection.execute(statement.limit(_LINKS + 1))
    ]
    others = sorted({row.other for _direction, row in found if row.other is not None})
    path_of = _as_converted(paths_of(connection, [placed.id, *others]), placed.id, file.source)
    converted = _newest_jobs(connection, list(path_of.values()))
    edited = _modified(connection, others)
    begin = since or file.newest.finished
    linked = {_linked(direction, row, path_of, converted, edited, since, begin) for direction, row in found}
    files = sorted(linked, key=lambda one: (one.direction, one.path, one.kind))
    files.sort(key=lambda one: one.moment, reverse=True)
    files.sort(key=lambda one: one.change is Change.NONE)
    return Links(True, tuple(files), any(_count(found, one) > _LINKS for one in Direction))


def _as_converted(path_of: dict[int, str], own: int, source: str) -> dict[int, str]:
    """Paths as the files were converted, where that is not as they were scanned: the file itself tells the difference.

    A share may have been scanned by its server's name and converted where it is mounted.
    """
    scanned = path_of.get(own, source)
    same = (one == other for one, other in zip(reversed(scanned), reversed(source), strict=False))
    end = sum(1 for _ in takewhile(bool, same))
    here, there = scanned[: len(scanned) - end], source[: len(source) - end]
    return {
        number: there + path[len(here) :] if path.startswith(here) else path
        for number, path in path_of.items()
    }


def _count(found: Sequence[tuple[Direction, Any]], direction: Direction) -> int:
    return sum(one is direction for one, _row in found)


def _linked(
    direction: Direction,
    row: Any,
    path_of: dict[int, str],
    converted: dict[str, Any],
    edited: dict[int, int],
    since: str,
    begin: str,
) -> Linked:
    path = path_of.get(row.other, row.location)
    job = converted.get(path)
    if job is not None and job.finished >= since:
        verdict = (job.outcome or {}).get("verdict", "")
        return Linked(direction, row.kind, path, Change.CONVERTED, job.finished, verdict, job.target)
    if direction is Direction.TO and row.state == "missing":
        return Linked(direction, row.kind, path, Change.MISSING)
    modified = edited.get(row.other, 0)
    if begin and modified > (microseconds_of(begin) or 0):
        return Linked(direction, row.kind, path, Change.EDITED, iso_time(modified))
    return Linked(direction, row.kind, path, Change.NONE)


def _newest_jobs(connection: Connection, sources: Sequence[str]) -> dict[str, Any]:
    """The newest conversion of each source that wrote a result."""
    found: dict[str, Any] = {}
    for first in range(0, len(sources), _KEYS_A_QUERY):
        rows = connection.execute(
            select(jobs.c.source, jobs.c.finished, jobs.c.target, jobs.c.outcome)
            .where(
                jobs.c.source.in_(sources[first : first + _KEYS_A_QUERY]),
                jobs.c.state == "done",
                jobs.c.target_sha256 != "",
            )
            .order_by(jobs.c.finished, jobs.c.id)
        )
        found |= {row.source: row for row in rows}
    return found


def _modified(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for first in range(0, len(numbers), _KEYS_A_QUERY):
        rows = connection.execute(
            select(items.c.id, items.c.modified_us).where(
                items.c.id.in_(numbers[first : first + _KEYS_A_QUERY])
            )
        )
        found |= {row.id: row.modified_us for row in rows if row.modified_us is not None}
    return found
