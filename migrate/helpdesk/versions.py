"""The three versions of a converted file: the original, the result as it was written, and the file as it is now.

What conversion changed and what people changed since are told apart. The result as it was written is kept nowhere: it
is made again from the original by the recipe that stands in the ledger, and its hash there tells whether it is the same.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from converters import Conversion, identify
from converters.census.odf import census_of_odf
from converters.census.record import Difference, compare
from converters.contents import Changes, compare_contents, read_contents
from converters.contents.read import ODF_FAMILIES
from converters.engines import run_conversion
from converters.errors import ConverterError, Param
from converters.options import MacroPolicy, Options
from converters.outcome import Engine
from converters.verify import census_of_source
from converters.workers import WorkerLimits, WorkerPool
from migrate.batch.runner import PROVENANCE_BATCH
from migrate.batch.staging import hash_file
from migrate.history import Event

SECONDS = 60.0  # for one step
# what has no place of its own in a comparison and is counted
_COUNTED = ("pictures", "charts", "tables", "comments")


class Written(StrEnum):
    """How the result as it was written is known."""

    UNTOUCHED = "untouched"  # it is the file as it is now
    AGAIN = "again"  # made again, byte for byte
    LIKE = "like"  # made again by the same recipe; the bytes differ, the words need not
    UNKNOWN = "unknown"  # it cannot be made again


@dataclass(frozen=True, slots=True)
class Step:
    """What changed from one version to the next. ``error`` is a code of :mod:`converters.errors` where that cannot be
    told, or ORIGINAL_CHANGED, ORIGINAL_GONE, RESULT_GONE, NOT_READ_BY_ITSELF."""

    changes: Changes = field(default_factory=Changes)
    counted: tuple[Difference, ...] = ()
    error: str = ""
    error_params: Mapping[str, Param] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        return not self.error and not self.changes.count and not self.counted

    def as_json(self) -> dict[str, Any]:
        return {
            "error": self.error or None,
            "error_params": dict(self.error_params),
            **self.changes.as_json(),
            "counted": [difference.as_json() for difference in self.counted],
        }


# errors of a step that are no converter's: sentences stand in the locale (table ``versions``)
STEP_ERRORS = ("ORIGINAL_CHANGED", "ORIGINAL_GONE", "RESULT_GONE", "NOT_READ_BY_ITSELF", "NOT_MADE_AGAIN")


@dataclass(frozen=True, slots=True)
class Versions:
    written: Written
    conversion: Step
    people: Step

    def as_json(self) -> dict[str, Any]:
        return {
            "written": self.written.value,
            "conversion": self.conversion.as_json(),
            "people": self.people.as_json(),
        }


@dataclass(frozen=True, slots=True)
class _Pair:
    """What a worker compares."""

    before: Path
    after: Path
    same_format: bool


def versions_of(
    original: Path | None, present: Path | None, event: Event, scratch: Path | None = None
) -> Versions:
    """Compare the versions of a file that ``event`` converted; None for one that is not there.

    ``scratch``: the folder for what is made on the way, the system's own for None.

    Both files are only read, in a worker with limits. Never raises for what stands in them.
    """
    original_there = original is not None and original.is_file()
    same_original = original_there and original is not None and hash_file(original) == event.source_sha256
    present = present if present is not None and present.is_file() else None
    with (
        tempfile.TemporaryDirectory(prefix="migrate-versions-", dir=scratch) as folder,
        WorkerPool(1, WorkerLimits(timeout_seconds=SECONDS)) as pool,
    ):
        written: Written
        result: Path | None
        if present is not None and hash_file(present) == event.target_sha256:
            written, result = Written.UNTOUCHED, present
        elif same_original and original is not None:
            written, result = _made_again(original, Path(folder), event, pool)
        else:
            written, result = Written.UNKNOWN, None
        if not original_there or original is None:
            conversion = Step(error="ORIGINAL_GONE")
        elif not same_original:
            conversion = Step(error="ORIGINAL_CHANGED")
        elif result is None:
            conversion = Step(error="NOT_MADE_AGAIN")
        else:
            conversion = _compared(_Pair(original, result, same_format=False), pool)
        if present is None:
            people = Step(error="RESULT_GONE")
        elif written is Written.UNTOUCHED:
            people = Step()
        elif result is None:
            people = Step(error=conversion.error or "NOT_MADE_AGAIN")
        else:
            people = _compared(_Pair(result, present, same_format=True), pool)
    return Versions(written, conversion, people)


def _made_again(original: Path, folder: Path, event: Event, pool: WorkerPool) -> tuple[Written, Path | None]:
    """The result, made once more with the engine that made it."""
    engine = event.outcome.engine if event.outcome is not None else None
    target = folder / f"result{Path(event.target).suffix}"
    wish = Conversion(original, target, engine or Engine.AUTO, _options(event), keep_modified=True)
    answer = pool.run(run_conversion, wish)
    if isinstance(answer, ConverterError) or answer.target is None:
        return Written.UNKNOWN, None
    return (Written.AGAIN if hash_file(target) == event.target_sha256 else Written.LIKE), target


def _options(event: Event) -> Options:
    """The options of a job, as far as they change what is written; see BatchOptions.canonical."""
    chosen: Mapping[str, Any] = json.loads(event.options or "{}")
    options = Options(
        provenance=((PROVENANCE_BATCH, event.run_id),),
        timeout_seconds=SECONDS,
        macros=MacroPolicy(chosen.get("macros", MacroPolicy.LEAVE.value)),
    )
    if "libreoffice" in chosen:
        major, minor = chosen["libreoffice"]
        return replace(options, libreoffice=(major, minor))
    return options


def _compared(pair: _Pair, pool: WorkerPool) -> Step:
    answer = pool.run(_compare, pair)
    if isinstance(answer, ConverterError):
        code = "NOT_READ_BY_ITSELF" if answer.code == "UNSUPPORTED_KIND" else answer.code
        return Step(error=code, error_params=dict(answer.params))
    return answer


def _compare(pair: _Pair) -> Step:
    """In a worker. Raises Refused where one of them cannot be read."""
    changes = compare_contents(
        read_contents(pair.before), read_contents(pair.after), same_format=pair.same_format
    )
    before = identify(pair.before)
    family = ODF_FAMILIES[identify(pair.after).kind]
    older = census_of_odf(pair.before, family) if pair.same_format else census_of_source(pair.before, before)
    if older is None:
        return Step(changes)
    found = compare(older, census_of_odf(pair.after, family), _COUNTED)
    return Step(changes, tuple(difference for difference in found if difference.what in _COUNTED))
