"""Looking into the files of a scan with the converters' inspection, in their worker processes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import TracebackType

from converters import WorkerLimits, WorkerPool, identify, inspect
from converters.errors import ConverterError
from converters.inspect import Level
from converters.inspection import Inspection
from converters.kinds import KINDS


def inspect_office(path: Path, level: Level = "cheap") -> Inspection | None:
    """What is in an Office or ODF file; None for one that is neither by its content nor by its name.

    A file that is Office's by its name alone is inspected too: what it really is belongs in the inventory.
    """
    identity = identify(path)
    refusal = identity.refusal()
    if refusal is not None and refusal.code == "NOT_OFFICE" and path.suffix[1:].lower() not in KINDS:
        return None
    if identity.error and path.suffix[1:].lower() not in KINDS:
        return None
    return inspect(path, level)


class WorkerInspector:
    """:func:`inspect_office` in worker processes: bounded in time and memory; called from several threads at once."""

    def __init__(self, jobs: int, level: Level = "cheap", limits: WorkerLimits | None = None) -> None:
        self._pool = WorkerPool(jobs, limits)
        self._look = partial(inspect_office, level=level)

    def __call__(self, path: Path) -> Inspection | None:
        answer = self._pool.run(self._look, path)
        if isinstance(answer, ConverterError):
            raise answer
        return answer

    def __enter__(self) -> WorkerInspector:
        self._pool.__enter__()
        return self

    def __exit__(
        self, error_type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.__exit__(error_type, error, trace)
