"""The graph of links between files: which file of which share leads to which, and which lead nowhere.

It is made from the stored inspections: nothing is opened, and a new table of locations needs no scan. Links are
followed on the paths of their files; a target is looked for as written and, where it is not there, without case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Text, delete, func, select, type_coerce

from converters.inspection import INSPECTOR_REVISION
from inventory.bulk import execute_rows
from inventory.columns import stored_path
from inventory.frontier import UNLISTED
from inventory.link_totals import total_links
from inventory.locations import FILE, Locations, drive_of, folded, same_for, slashed
from inventory.records import ItemState
from inventory.store import path_of
from inventory.tables import file_links, inspections, items, link_graphs, link_targets, pages, scans, sources

# states of a target: code -> what it says
STATES: dict[str, str] = {
    "found": "a file that was listed",
    "folder": "a folder that was listed",
    "missing": "its place was listed, and it is not there",
    "unreadable": "its place could not be listed, or was left out",
    "outside": "on no source of this database",
    "local": "on a disk of one computer",
    "unmapped": "on a drive letter that no table of locations explains",
    "web": "on the web",
}
_LOCAL_DRIVES = "ABC"

_CONTENTS_A_FETCH = 500
_TARGETS_A_FETCH = 50_000
_KEYS_A_QUERY = 500
_KIND_LENGTH = 16
_NO_LINKS = '%"links": []%'  # as JsonText writes an inspection without any


@dataclass(frozen=True, slots=True)
class Root:
    """A source and its location."""

    source_id: int
    path: str

    def below(self, path: str) -> str | None:
        """What a location is called in the source; None outside of it."""
        if folded(path.rstrip("/")) == folded(self.path):
            return ""
        prefix = self.path.rstrip("/") + "/"
        return path[len(prefix) :] if folded(path).startswith(folded(prefix)) else None


def up_to_date(connection: Connection, locations: Locations) -> bool:
    """Whether the stored graph is that of the latest scan and of these locations."""
    stored = connection.execute(select(link_graphs)).first()
    return stored is not None and (stored.made, stored.locations) == (_latest(connection), locations.digest)


def link_files(connection: Connection, locations: Locations) -> int:
    """Make the graph anew; answers how many links there are, each file, kind and target once."""
    for stored in (file_links, link_targets, link_graphs):
        connection.execute(delete(stored))
    roots = source_roots(connection, locations)
    count = _store_links(connection, locations, {root.source_id: root.path for root in roots})
    _resolve(connection, roots)
    total_links(connection)
    connection.execute(link_graphs.insert().values(made=_latest(connection), locations=locations.digest))
    return count


def source_roots(connection: Connection, locations: Locations) -> list[Root]:
    """The sources by location, the deepest first."""
    rows = connection.execute(select(sources.c.id, sources.c.name))
    roots = [Root(row.id, locations.mapped(_absolute(slashed(row.name))).rstrip("/")) for row in rows]
    return sorted(roots, key=lambda root: -len(root.path))


def _absolute(path: str) -> str:
    """A folder that was named from the working folder is looked for from the working folder."""
    return path if path.startswith("/") or drive_of(path) else str(Path(path).absolute())


def _latest(connection: Connection) -> str:
    return connection.scalar(select(func.max(scans.c.finished))) or ""


def _store_links(connection: Connection, locations: Locations, root_of: Mapping[int, str]) -> int:
    """Store the links of all files and the targets that they lead to, not looked for yet."""
    targets: dict[str, int] = {}
    new: list[tuple[int, str, str]] = []
    rows: list[tuple[int, str, int]] = []
    count = 0

    def flush() -> None:
        execute_rows(connection, "INSERT INTO link_targets (id, location, state) VALUES ({0}, {0}, {0})", new)
        execute_rows(
            connection, "INSERT INTO file_links (item_id, kind, target_id) VALUES ({0}, {0}, {0})", rows
        )
        new.clear()
        rows.clear()

    contents = _contents(connection)
    while links := dict(islice(contents, _CONTENTS_A_FETCH)):
        for item in _items_of(connection, list(links)):
            path = f"{root_of[item.source_id]}/{path_of(item.cursor, item.name)}"
            folder = path.rpartition("/")[0]
            seen: set[tuple[str, int]] = set()
            for kind, target in links[item.sha256]:
                location = locations.of_link(kind, target, folder)
                if location is None or same_for(location.path) == same_for(path):
                    continue
                spelt = same_for(location.path)
                if spelt not in targets:
                    targets[spelt] = len(targets) + 1
                    new.append((targets[spelt], stored_path(location.path), location.kind))
                key = (kind[:_KIND_LENGTH], targets[spelt])
                if key not in seen:
                    seen.add(key)
                    rows.append((item.id, *key))
        count += len(rows)
        flush()
    return count


def _contents(connection: Connection) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Contents with links: hash, (kind, target)."""
    statement = (
        select(inspections.c.sha256, inspections.c.record)
        .where(inspections.c.revision == INSPECTOR_REVISION)
        .where(type_coerce(inspections.c.record, Text).not_like(_NO_LINKS))
        .order_by(inspections.c.sha256)
        .execution_options(yield_per=_CONTENTS_A_FETCH)
    )
    for row in connection.execute(statement):
        yield row.sha256, [(link["kind"], link["target"]) for link in row.record["links"]]


def _items_of(connection: Connection, contents: Sequence[str]) -> Sequence[Any]:
    return connection.execute(
        select(items.c.id, items.c.name, items.c.sha256, pages.c.cursor, pages.c.source_id)
        .join(pages, pages.c.id == items.c.page_id)
        .where(items.c.sha256.in_(contents), items.c.state == ItemState.READ)
        .order_by(items.c.id)
    ).all()


def _resolve(connection: Connection, roots: Sequence[Root]) -> None:
    """Look for the targets that are files."""
    last = 0
    while True:
        waiting = connection.execute(
            select(link_targets.c.id, link_targets.c.location)
            .where(link_targets.c.id > last, link_targets.c.state == FILE)
            .order_by(link_targets.c.id)
            .limit(_TARGETS_A_FETCH)
        ).all()
        if not waiting:
            return
        last = waiting[-1].id
        found = _look_for(connection, {row.id: row.location for row in waiting}, roots)
        execute_rows(
            connection,
            "UPDATE link_targets SET state = {0}, item_id = {0} WHERE id = {0}",
            [(state, item, target) for target, (state, item) in found.items()],
        )


# a path in a source
_Place = tuple[int, str]


def _look_for(
    connection: Connection, wanted: Mapping[int, str], roots: Sequence[Root]
) -> dict[int, tuple[str, int | None]]:
    """The state of each target and the item that it is."""
    answers: dict[int, tuple[str, int | None]] = {
        target: (_elsewhere(location), None) for target, location in wanted.items()
    }
    places: dict[int, _Place] = {}
    for target, location in wanted.items():
        for root in roots:
            if (below := root.below(location)) is not None:
                places[target] = (root.source_id, below)
                break
    folders = {(source, path.rpartition("/")[0]) for source, path in places.values()}
    known = _pages(connection, folders | set(places.values()))
    listed = {page.id for page in known.values()}
    named = _named_items(connection, listed)
    unlisted: dict[_Place, str] = {}
    for target, (source, path) in places.items():
        folder, _slash, name = path.rpartition("/")
        page = known.get((source, folder))
        item = named.get(page.id, {}).get(folded(name)) if page is not None and name else None
        if item is not None:
            answers[target] = ("found", item)
        elif (source, path) in known:
            answers[target] = ("folder", None)
        elif page is not None:
            answers[target] = ("unreadable" if page.state == UNLISTED else "missing", None)
        else:
            if (source, folder) not in unlisted:
                unlisted[source, folder] = _without_page(connection, source, folder)
            answers[target] = (unlisted[source, folder], None)
    return answers


def _elsewhere(location: str) -> str:
    """The state of a location that no source holds."""
    drive = drive_of(location)
    return ("local" if drive in _LOCAL_DRIVES else "unmapped") if drive else "outside"


def _without_page(connection: Connection, source: int, folder: str) -> str:
    """Whether a folder that is no page is not there, or was not entered: its name, or one above it, is then an item."""
    parts = folder.split("/")
    above = ["/".join(parts[:depth]) for depth in range(len(parts))]
    found = connection.execute(_page_query(source).where(pages.c.cursor.in_(above))).all()
    if not found:
        return "missing"
    deepest = max(found, key=lambda page: len(page.cursor))
    name = parts[len(deepest.cursor.split("/")) if deepest.cursor else 0]
    same = select(items.c.id).where(
        items.c.page_id == deepest.id, items.c.name == name, items.c.state != ItemState.GONE
    )
    closed = deepest.state == UNLISTED or connection.execute(same).first() is not None
    return "unreadable" if closed else "missing"


def _pages(connection: Connection, wanted: Iterable[_Place]) -> dict[_Place, Any]:
    """The pages of folders by the spelling asked for; without case where they are not found as written."""
    found: dict[_Place, Any] = {}
    by_source: dict[int, list[str]] = defaultdict(list)
    for source, cursor in wanted:
        by_source[source].append(cursor)
    for source, cursors in by_source.items():
        for first in range(0, len(cursors), _KEYS_A_QUERY):
            group = cursors[first : first + _KEYS_A_QUERY]
            for page in connection.execute(_page_query(source).where(pages.c.cursor.in_(group))):
                found[source, page.cursor] = page
        missing: dict[str, list[str]] = defaultdict(list)
        for cursor in cursors:
            if (source, cursor) not in found:
                missing[folded(cursor)].append(cursor)
        if missing:
            rows = connection.execute(_page_query(source).execution_options(yield_per=_TARGETS_A_FETCH))
            for page in rows:
                for cursor in missing.get(folded(page.cursor), ()):
                    found.setdefault((source, cursor), page)
    return found


def _page_query(source: int) -> Any:
    return select(pages.c.id, pages.c.cursor, pages.c.state).where(pages.c.source_id == source)


def _named_items(connection: Connection, page_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """Items by page and folded name; of names that differ in case alone, the first."""
    named: dict[int, dict[str, int]] = defaultdict(dict)
    waiting = iter(sorted(page_ids))
    while group := list(islice(waiting, _KEYS_A_QUERY)):
        rows = connection.execute(
            select(items.c.id, items.c.page_id, items.c.name)
            .where(items.c.page_id.in_(group), items.c.state != ItemState.GONE)
            .order_by(items.c.name)
        )
        for row in rows:
            named[row.page_id].setdefault(folded(row.name), row.id)
    return named
