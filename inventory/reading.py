"""Looking into the files of a scan: every unread one at the cheap level, then some deeper, batch by batch.

Batches go to worker processes through threads, which also fetch what lies on no local disk; the main thread alone
writes, one transaction a batch. A kill loses the batches under way.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Engine

from converters.errors import ConverterError
from converters.inspect import Level
from converters.inspection import Inspection
from inventory.database import transaction
from inventory.inspecting import Deep, WorkerInspector
from inventory.pace import Pace
from inventory.records import Item, ItemState
from inventory.source import ChoosesContents, Source, Unopened
from inventory.store import ContentStore, Result, count_shallow, count_unread, shallow_items, unread_items

# What is in a file; None: no Office document, so it is not read further.
Inspect = Callable[[Path], Inspection | None]
# An inspection, None as above, or why there is neither.
Answer = Inspection | Exception | None
Inspector = Inspect | WorkerInspector

_QUEUED_A_JOB = 3
_ITEMS_A_FETCH = 500
# A batch ends at so many files or so many bytes: what a worker does between two words to its parent.
_FILES_A_BATCH: Mapping[Level, int] = {"cheap": 64, "deep": 8}
_BYTES_A_BATCH = 32_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a scan reads with: ``told`` gets (files done, files in all) after each batch; in all is 0 if not known."""

    sources: Mapping[str, Source]
    database: Engine
    scan_id: int
    store: ContentStore
    inspect: Inspector
    jobs: int
    pace: Pace
    told: Callable[[int, int], None]


def read_contents(reading: Reading) -> int:
    """Look into the items that were not read yet, and deeper into those that ask for it. Answers how many items were
    written."""
    scan_id = reading.scan_id
    with reading.database.connect() as connection:
        total = count_unread(connection, scan_id)
    _read(reading, "cheap", partial(unread_items, scan_id=scan_id), total)
    if isinstance(reading.inspect, WorkerInspector) and reading.inspect.deep is not Deep.NONE:
        asked = reading.inspect.deep is Deep.ASKED
        with reading.database.connect() as connection:
            total = count_shallow(connection, scan_id, asked)
        _read(reading, "deep", partial(shallow_items, scan_id=scan_id, asked=asked), total)
    return reading.store.changes


_Batch = list[tuple[int, Item]]


def _read(reading: Reading, level: Level, fetch: Callable[..., _Batch], total: int) -> None:
    look = _looker(reading.inspect, level)
    files = _FILES_A_BATCH[level] if isinstance(reading.inspect, WorkerInspector) else 1
    waiting = _batches(_fetched(reading, fetch), files)
    running: dict[Future[list[Answer]], _Batch] = {}
    done = 0
    executor = ThreadPoolExecutor(reading.jobs, thread_name_prefix="inspect")
    try:
        while True:
            for batch in islice(waiting, reading.jobs * _QUEUED_A_JOB - len(running)):
                future = executor.submit(_inspect, reading.sources, [item for _id, item in batch], look)
                running[future] = batch
            if not running:
                return
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            with transaction(reading.database) as connection:
                for future in finished:
                    batch = running.pop(future)
                    _store(reading.store, connection, level, zip(batch, future.result(), strict=True))
                    done += len(batch)
                    reading.pace.wait(len(batch))
            reading.told(done, total)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _store(
    store: ContentStore,
    connection: Connection,
    level: Level,
    answers: Iterable[tuple[tuple[int, Item], Answer]],
) -> None:
    results: list[Result] = []
    for (item_id, item), answer in answers:
        if level == "deep" and isinstance(answer, ConverterError):
            store.store_failure(connection, item, answer.code)
        else:
            results.append((item_id, *_result(answer)))
    store.store_results(connection, results)


def _looker(inspect: Inspector, level: Level) -> Callable[[Sequence[Path]], list[Answer]]:
    if isinstance(inspect, WorkerInspector):
        return partial(inspect.look, level=level)
    return partial(_each, inspect)


def _each(inspect: Inspect, paths: Sequence[Path]) -> list[Answer]:
    answers: list[Answer] = []
    for path in paths:
        try:
            answers.append(inspect(path))
        except Exception as error:  # of one file; the scan goes on
            answers.append(error)
    return answers


def _fetched(reading: Reading, fetch: Callable[..., _Batch]) -> Iterator[tuple[int, Item]]:
    choosing = {
        name: source.wants for name, source in reading.sources.items() if isinstance(source, ChoosesContents)
    }
    last = 0
    while True:
        with reading.database.connect() as connection:
            found = fetch(connection, after=last, limit=_ITEMS_A_FETCH)
        if not found:
            return
        seen: set[str] = set()
        for item_id, item in found:
            if item.source in choosing and not choosing[item.source](item):
                continue
            if not item.sha256 or item.sha256 not in seen:  # what is stored by then is not fetched again
                seen.add(item.sha256)
                yield item_id, item
        last = found[-1][0]


def _batches(found: Iterator[tuple[int, Item]], files: int) -> Iterator[_Batch]:
    batch: _Batch = []
    size = 0
    for row in found:
        if batch and (len(batch) == files or size + row[1].size_bytes > _BYTES_A_BATCH):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += row[1].size_bytes
    if batch:
        yield batch


def _result(answer: Answer) -> tuple[ItemState, str, Inspection | None]:
    """State, reason and inspection of an item by what looking into it gave."""
    if isinstance(answer, Inspection):
        return ItemState.READ, "", answer
    if answer is None:
        return ItemState.SKIPPED, "NOT_OFFICE", None
    if isinstance(answer, Unopened):
        return ItemState.UNREADABLE, answer.reason, None
    if isinstance(answer, OSError):
        reason = "PERMISSION_DENIED" if isinstance(answer, PermissionError) else "INPUT_ERROR"
        return ItemState.UNREADABLE, reason, None
    # one file that breaks the inspector is a row of the report, not the end of the scan
    return ItemState.UNREADABLE, "INSPECTION_FAILED", None


def _inspect(
    sources: Mapping[str, Source], items: Sequence[Item], look: Callable[[Sequence[Path]], list[Answer]]
) -> list[Answer]:
    answers: list[Answer] = [None] * len(items)
    with ExitStack() as stack:
        paths: dict[int, Path] = {}
        for number, item in enumerate(items):
            try:
                paths[number] = stack.enter_context(_on_disk(sources[item.source], item))
            except Exception as error:  # of one file; the batch goes on
                answers[number] = error
        for number, answer in zip(paths, look(list(paths.values())), strict=True):
            answers[number] = answer
    return answers


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
