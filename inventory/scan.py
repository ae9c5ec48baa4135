"""The scan: first the listing, page by page, then the contents, file by file.

A page's items, its further pages and its own end are stored in one transaction, together with those of the pages
listed in the same second, so that a kill loses at most that second and the next scan of the same sources goes on
there. A page whose listing tells what it told before is not written again. Contents are read only for items that
are new or changed; their inspections are stored under the content's hash.
"""

from __future__ import annotations

import gc
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from inventory import moments
from inventory.accounts import show_accounts
from inventory.database import transaction
from inventory.frontier import begin_scan, finish_scan, pending_pages, source_ids
from inventory.links import link_files
from inventory.listed import Listed, ListingStore
from inventory.locations import Locations
from inventory.machine_made import note_interfaces
from inventory.pace import Pace
from inventory.persons import People
from inventory.reading import Inspector, Reading, read_contents
from inventory.records import Coverage
from inventory.source import Source, Unlisted, unlisted_item
from inventory.store import ContentStore
from inventory.summary import coverage, summarise_changed
from inventory.tables import areas
from inventory.words import Words

_QUEUED_A_JOB = 4
_PAGES_A_FETCH = 1_000

# One transaction stores a group of pages: as many as weigh so much, an item 1, or as were listed in so long.
_WEIGHT_A_GROUP = 5_000
_PAGE_WEIGHT = 5
_SECONDS_A_GROUP = 1.0

_OBJECTS_A_COLLECTION = 100_000


@dataclass(frozen=True, slots=True)
class Progress:
    """``phase`` is listing or reading; ``total`` is 0 while it is not known."""

    phase: str
    done: int
    total: int = 0


def _silent(_progress: Progress) -> None:
    """Progress that nobody watches."""


def scan(
    sources: Sequence[Source],
    database: Engine,
    *,
    inspect: Inspector | None = None,
    progress: Callable[[Progress], None] = _silent,
    jobs: int = 1,
    pace: Pace | None = None,
    people: People | None = None,
    locations: Locations | None = None,
) -> Coverage:
    """List the sources and, with ``inspect``, look into their files; ``people`` says what is stored of persons,
    ``locations`` what drive letters in links stand for. Answers the coverage of the whole database.
    """
    by_name = {source.name: source for source in sources}
    pace = pace or Pace()
    scan_id = note_scan(database, list(by_name), people)
    with _rare_collections():
        changes = _list(by_name, database, ListingStore(scan_id, people), scan_id, progress, pace)
    if inspect is not None:
        reading = Reading(
            sources=by_name,
            database=database,
            scan_id=scan_id,
            store=ContentStore(people),
            inspect=inspect,
            jobs=jobs,
            pace=pace,
            told=lambda done, total: progress(Progress("reading", done, total)),
        )
        changes += read_contents(reading)
    show_accounts(database, sources)
    with transaction(database) as connection:
        changes += finish_scan(connection, scan_id, moments.now())
        if changes and inspect is not None:
            link_files(connection, locations or Locations())  # what others read is known by their links
        if changes:
            note_interfaces(connection)
        numbers = source_ids(connection)
        summarise_changed(connection, [numbers[name] for name in by_name], changes, moments.now())
        return coverage(connection)


def note_scan(database: Engine, names: Sequence[str], people: People | None = None) -> int:
    """The number of the scan of these sources, new or interrupted: from now on it can be resumed."""
    with transaction(database) as connection:
        persons = (people or People()).persons
        return begin_scan(connection, names, Words(areas, "source_id", "path"), moments.now(), persons)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """The garbage collector looks at rows that hold no cycles: with its usual threshold, a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS_A_COLLECTION, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _list(
    sources: dict[str, Source],
    database: Engine,
    store: ListingStore,
    scan_id: int,
    progress: Callable[[Progress], None],
    pace: Pace,
) -> int:
    """List all pages; answers how many items were written."""
    with database.connect() as connection:
        store.load(connection)
        by_id = {number: sources[name] for name, number in source_ids(connection).items() if name in sources}
    listed = 0
    group: list[Listed] = []
    weight, started = 0, time.monotonic()
    with closing(_listings(by_id, database, scan_id)) as listings:
        for found in listings:
            if found is not None:
                group.append(found)
                count = found.listing.count if found.listing else 1
                listed += count
                weight += count + _PAGE_WEIGHT
                pace.wait(count)
            late = time.monotonic() - started > _SECONDS_A_GROUP
            if group and (found is None or weight >= _WEIGHT_A_GROUP or late):
                with transaction(database) as connection:
                    store.store(connection, group)
                group, weight, started = [], 0, time.monotonic()
                progress(Progress("listing", listed))
    return store.changes


def _listings(
    sources: dict[int, Source], database: Engine, scan_id: int
) -> Generator[Listed | None, None, None]:
    """What became of each page of the frontier; None asks for what was found so far to be stored, since it holds the
    further pages.

    A source on a network lists several pages at once, each in a thread; the queue is bounded by what is listed
    before its first result is taken.
    """
    at_once = max(source.capabilities.listings_at_once for source in sources.values())
    with ThreadPoolExecutor(at_once, thread_name_prefix="list") if at_once > 1 else nullcontext() as pool:
        while True:
            with database.connect() as connection:
                waiting = pending_pages(connection, scan_id, _PAGES_A_FETCH)
            if not waiting:
                return
            if pool is None:
                for page in waiting:
                    yield _listed(sources[page.source_id], page)
            else:
                yield from _in_threads(pool, sources, waiting, at_once * _QUEUED_A_JOB)
            yield None


def _in_threads(
    pool: ThreadPoolExecutor, sources: dict[int, Source], waiting: Sequence[Any], at_once: int
) -> Iterator[Listed]:
    running: deque[Future[Listed]] = deque()
    try:
        for page in waiting:
            running.append(pool.submit(_listed, sources[page.source_id], page))
            if len(running) >= at_once:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
    finally:
        for future in running:
            future.cancel()


def _listed(source: Source, page: Any) -> Listed:
    try:
        return Listed(page, source.listing(page.cursor))
    except Unlisted as error:
        return Listed(page, None, unlisted_item(source, page.cursor, error.reason))
