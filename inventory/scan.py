"""The scan: first the listing, page by page, then the contents, file by file.

Each page is one transaction: its items, its further pages and its own end are stored together, so that a kill loses
at most the page at hand and the next scan of the same sources goes on there. Contents are read only for items that
are new or changed; their inspections are stored under the content's hash.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from converters.inspection import Inspection
from inventory import store
from inventory.database import transaction
from inventory.records import Coverage, Item, ItemState
from inventory.source import Cursor, Source, Unlisted, Unopened, unlisted_item

# What is in a file; None: no Office document, so it is not read further.
Inspect = Callable[[Path], Inspection | None]

_QUEUED_A_JOB = 4
_PAGES_A_FETCH = 200


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
    inspect: Inspect | None = None,
    progress: Callable[[Progress], None] = _silent,
    jobs: int = 1,
) -> Coverage:
    """List the sources and, with ``inspect``, look into their files. Answers the coverage of the whole database."""
    by_name = {source.name: source for source in sources}
    with transaction(database) as connection:
        scan_id = store.begin_scan(connection, list(by_name), _now())
    _list(by_name, database, scan_id, progress)
    if inspect is not None:
        _read(by_name, database, scan_id, inspect, progress, jobs)
    with transaction(database) as connection:
        store.finish_scan(connection, scan_id, _now())
        return store.coverage(connection)


def _list(
    sources: dict[str, Source], database: Engine, scan_id: int, progress: Callable[[Progress], None]
) -> None:
    listed = 0
    with database.connect() as connection:
        by_id = {
            number: sources[name] for name, number in store.source_ids(connection).items() if name in sources
        }
    while True:
        with database.connect() as connection:
            waiting = store.pending_pages(connection, scan_id, _PAGES_A_FETCH)
        if not waiting:
            return
        for page in waiting:
            listed += _list_page(
                by_id[page.source_id], database, scan_id, page.id, page.source_id, page.cursor
            )
            progress(Progress("listing", listed))


def _list_page(
    source: Source, database: Engine, scan_id: int, page_id: int, source_id: int, cursor: str
) -> int:
    """List one page in one transaction; answers how many items it had."""
    found: list[Item] = []
    cursors: list[str] = []
    try:
        for entry in source.items(cursor):
            if isinstance(entry, Cursor):
                cursors.append(entry.value)
            else:
                found.append(entry)
    except Unlisted as error:
        with transaction(database) as connection:
            store.store_unlisted(connection, page_id, source_id, unlisted_item(source, cursor, error.reason))
        return 1
    with transaction(database) as connection:
        store.store_page(connection, page_id, source_id, found)
        store.add_pages(connection, scan_id, source_id, cursors)
    return len(found)


def _read(
    sources: dict[str, Source],
    database: Engine,
    scan_id: int,
    inspect: Inspect,
    progress: Callable[[Progress], None],
    jobs: int,
) -> None:
    """Look into the items that were not read yet, ``jobs`` at a time; the main thread alone writes."""
    with database.connect() as connection:
        total = store.count_unread(connection, scan_id)
    waiting = _unread(database, scan_id)
    running: dict[Future[Inspection | None], int] = {}
    done = 0
    executor = ThreadPoolExecutor(jobs, thread_name_prefix="inspect")
    try:
        while True:
            while len(running) < jobs * _QUEUED_A_JOB and (following := next(waiting, None)) is not None:
                item_id, item = following
                running[executor.submit(_inspect, sources[item.source], item, inspect)] = item_id
            if not running:
                return
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            with transaction(database) as connection:
                for future in finished:
                    _store_result(connection, running.pop(future), future)
            done += len(finished)
            progress(Progress("reading", done, total))
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _unread(database: Engine, scan_id: int) -> Iterator[tuple[int, Item]]:
    last = 0
    while True:
        with database.connect() as connection:
            batch = store.unread_items(connection, scan_id, last, _PAGES_A_FETCH)
        if not batch:
            return
        yield from batch
        last = batch[-1][0]


def _store_result(connection: store.Connection, item_id: int, future: Future[Inspection | None]) -> None:
    error = future.exception()
    if isinstance(error, Unopened):
        store.store_reason(connection, item_id, ItemState.UNREADABLE, error.reason)
    elif isinstance(error, OSError):
        reason = "PERMISSION_DENIED" if isinstance(error, PermissionError) else "INPUT_ERROR"
        store.store_reason(connection, item_id, ItemState.UNREADABLE, reason)
    elif error is not None and not isinstance(error, Exception):
        raise error
    elif (
        error is not None
    ):  # one file that breaks the inspector is a row of the report, not the end of the scan
        store.store_reason(connection, item_id, ItemState.UNREADABLE, "INSPECTION_FAILED")
    elif (inspection := future.result()) is None:
        store.store_reason(connection, item_id, ItemState.SKIPPED, "NOT_OFFICE")
    else:
        store.store_inspection(connection, item_id, inspection)


def _inspect(source: Source, item: Item, inspect: Inspect) -> Inspection | None:
    with _on_disk(source, item) as path:
        return inspect(path)


@contextmanager
def _on_disk(source: Source, item: Item) -> Iterator[Path]:
    """The item as a file: its own, or a copy that is deleted afterwards."""
    path = source.local_path(item)
    if path is not None:
        source.open(item).close()  # a reason of its own where it cannot be read
        yield path
        return
    with source.open(item) as content, tempfile.TemporaryDirectory(prefix="migrate-") as folder:
        copy = Path(folder, item.name)
        with copy.open("wb") as file:
            shutil.copyfileobj(content, file)
        yield copy


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
