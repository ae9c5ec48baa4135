"""Worker processes for work on hostile files: bounded in time and memory, and gone when their parent goes.

A task that crashes, hangs or eats memory costs its own worker and nothing else: its caller gets a
:class:`~converters.errors.Failed` (TIMEOUT, OUT_OF_MEMORY, CRASHED) in the place of an answer, and the pool goes on.
Time is counted from a task's start, never while it waits. Interrupting the parent ends all workers at once.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from types import TracebackType
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from converters.errors import ConverterError, Failed

T = TypeVar("T")
R = TypeVar("R")
PR_SET_PDEATHSIG = 1
GARBAGE_THRESHOLD = 50_000  # new objects until cycles are looked for: a document makes many, and few cycles
_YOUNG, _OLDEST = 1, 2  # generations of the collector
_WAITING_PER_WORKER = 2  # tasks that are handed over ahead, so that no worker waits for the parent


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """``memory_megabytes`` is address space on Linux (RLIMIT_AS); elsewhere only time is bounded.

    A file has ``timeout_seconds`` and, as it grows, ``seconds_per_megabyte``: a sheet of ten million cells is honest
    work of minutes on a busy machine. A worker is replaced after ``tasks_per_worker`` tasks, so that nothing it leaked
    adds up.
    """

    timeout_seconds: float = 120.0
    seconds_per_megabyte: float = 2.0
    memory_megabytes: int = 2_000
    tasks_per_worker: int = 200

    def seconds_for(self, size_bytes: int) -> float:
        return self.timeout_seconds + self.seconds_per_megabyte * size_bytes / 1e6


class WorkerPool:
    """``jobs`` processes that run one function on many items; a context manager.

        with WorkerPool(4, WorkerLimits(timeout_seconds=60)) as pool:
            for item, answer in pool.map(inspect_one, paths):
                ...                               # in the order in which they finish

    Leaving the block on an exception (Ctrl-C among them) kills the workers; leaving it in order waits for them.
    """

    def __init__(self, jobs: int = 1, limits: WorkerLimits | None = None) -> None:
        self.jobs = max(1, jobs)
        self.limits = limits or WorkerLimits()
        self._pool = ProcessPool(
            max_workers=self.jobs,
            max_tasks=self.limits.tasks_per_worker,
            initializer=_start_worker,
            initargs=(os.getpid(), self.limits.memory_megabytes),
            context=multiprocessing.get_context("spawn"),  # a fork of a program with threads may hang
        )

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(
        self, error_type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error_type is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def start(self) -> None:
        """Start the workers from the calling thread: they die with the thread that made them (PR_SET_PDEATHSIG,
        prctl(2)), so one that ends before the pool must not be the first to ask."""
        self._pool.schedule(_nothing)

    def map(
        self, function: Callable[[T], R], items: Iterable[T], size_of: Callable[[T], int] = lambda _item: 0
    ) -> Iterator[tuple[T, R | ConverterError]]:
        """(item, answer) for every item, as they finish. ``items`` is drawn from only as fast as the work goes.

        ``size_of`` answers the bytes of an item's file, where they should lengthen its time.
        ``function`` and the items must be picklable, the function by its name. What it raises comes as the answer:
        a ConverterError as it is, anything else as Failed INTERNAL.
        """
        waiting: dict[Future[Any], tuple[T, float]] = {}
        source = iter(items)
        exhausted = False
        while waiting or not exhausted:
            while not exhausted and len(waiting) < self.jobs * _WAITING_PER_WORKER:
                try:
                    item = next(source)
                except StopIteration:
                    exhausted = True
                    break
                seconds = self.limits.seconds_for(size_of(item))
                future = self._pool.schedule(_run_task, (function, item), timeout=seconds)
                waiting[future] = item, seconds
            done, _rest = wait(waiting, return_when=FIRST_COMPLETED) if waiting else ((), ())
            for finished in done:
                item, seconds = waiting.pop(finished)
                yield item, self._answer(finished, seconds)

    def run(
        self, function: Callable[[T], R], item: T, size_of: Callable[[T], int] = lambda _item: 0
    ) -> R | ConverterError:
        """One item, as :meth:`map`."""
        return next(self.map(function, [item], size_of))[1]

    def _answer(self, future: Future[Any], seconds: float) -> R | ConverterError:
        try:
            return future.result()
        except ConverterError as error:
            return error
        except TimeoutError:
            return Failed("TIMEOUT", seconds=round(seconds))
        except MemoryError:
            return Failed("OUT_OF_MEMORY", megabytes=self.limits.memory_megabytes)
        except ProcessExpired as expired:
            return Failed("CRASHED", detail=f"exit code {expired.exitcode}")
        except Exception as error:  # what a task raised, whatever it is, must not end the pool
            return Failed("INTERNAL", detail=f"{type(error).__name__}: {error}")


def _nothing() -> None:
    """The task that starts a pool."""


def _run_task(function: Callable[[T], R], item: T) -> R:
    """One task in a worker. Its reference cycles, whole trees among them, go when it ends, not when the next is done.

    What is left then is the program itself, which need not be looked through again.
    """
    try:
        return function(item)
    finally:
        # what is young is all there is since the last freeze, unless a large document made some of it old
        gc.collect(_OLDEST if gc.get_count()[_OLDEST] else _YOUNG)
        gc.freeze()


def _start_worker(parent: int, memory_megabytes: int) -> None:
    """Runs in each new worker: the parent decides about interruptions, and its death is the worker's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(GARBAGE_THRESHOLD, *gc.get_threshold()[1:])
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it died before the signal was asked for
            os._exit(1)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  (not on Windows)

        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        wished = memory_megabytes << 20
        soft = wished if hard == resource.RLIM_INFINITY else min(wished, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
