"""Looking into files with the converters' inspection, in worker processes that hold no more than one batch."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import TracebackType

from converters.errors import ConverterError, Failed, describe
from converters.inspect import Level, inspect
from converters.inspection import Inspection
from converters.kinds import KINDS
from converters.workers import WorkerLimits, WorkerPool

# the cheap level reads megabytes a second: what takes longer than this hangs
CHEAP_LIMITS = WorkerLimits(timeout_seconds=60.0, seconds_per_megabyte=1.0, tasks_per_worker=500)


class Deep(StrEnum):
    """Which documents are looked into deeply after the cheap level: all, those that ask for it, or none."""

    ALL = "all"
    ASKED = "asked"
    NONE = "none"


def inspect_office(path: Path, level: Level = "cheap") -> Inspection | None:
    """What is in an Office or ODF file; None for one that is neither by its content nor by its name.

    A file that is Office's by its name alone is inspected too: what it really is belongs in the inventory.
    """
    found = inspect(path, level)
    office = found.error != "NOT_OFFICE" and not (found.kind in _NO_KIND and found.error)
    return found if office or path.suffix[1:].lower() in KINDS else None


_NO_KIND = frozenset(["zip", "ole_other", "unknown"])


def inspect_batch(paths: Sequence[Path], level: Level) -> list[Inspection | ConverterError | None]:
    """:func:`inspect_office` of several files; an error stands in the place of its file."""
    answers: list[Inspection | ConverterError | None] = []
    for path in paths:
        try:
            answers.append(inspect_office(path, level))
        except ConverterError as error:
            answers.append(error)
        except MemoryError:
            raise
        except Exception as error:
            answers.append(Failed("INTERNAL", detail=describe(error)))
    return answers


class WorkerInspector:
    """:func:`inspect_office` in worker processes: bounded in time and memory; called from several threads at once.

    A batch whose worker died, hung or ran out of memory is looked at again file by file, so that the one file that
    did it is the only one without an answer.
    """

    def __init__(self, jobs: int, deep: Deep = Deep.NONE, limits: WorkerLimits | None = None) -> None:
        self.deep = deep
        self._pool = WorkerPool(jobs, limits or (CHEAP_LIMITS if deep is Deep.NONE else None))

    def look(self, paths: Sequence[Path], level: Level) -> list[Inspection | Exception | None]:
        answer = self._run(paths, level)
        if not isinstance(answer, ConverterError):
            return list(answer)
        if len(paths) == 1:
            return [answer]
        return [found for path in paths for found in self.look([path], level)]

    def _run(
        self, paths: Sequence[Path], level: Level
    ) -> list[Inspection | ConverterError | None] | ConverterError:
        if not paths:
            return []
        return self._pool.run(partial(inspect_batch, level=level), list(paths), _bytes_of)

    def __enter__(self) -> WorkerInspector:
        self._pool.__enter__()
        self._pool.start()  # the threads of a reading end before the next one
        return self

    def __exit__(
        self, error_type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.__exit__(error_type, error, trace)


def _bytes_of(paths: Sequence[Path]) -> int:
    total = 0
    for path in paths:
        try:
            total += path.stat().st_size
        except OSError:
            continue  # it has gone; the worker says so
    return total
