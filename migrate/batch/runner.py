"""The run of a batch: decides per file, hands conversions to worker processes, puts results in place, remembers.

The ledger is written before each step that could be cut off: a staging folder is known before it exists, a result's
hash before it is renamed. So a run that is killed leaves no half file under a target's name, and the next one settles
what was under way before it starts: it finishes the rename of a finished result and removes what is half made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from converters.engines import Conversion, convert_all
from converters.errors import ConverterError, Failed
from converters.families import output_revision
from converters.kinds import KINDS, SPREADSHEET
from converters.options import MacroPolicy, Options
from converters.outcome import Engine, Outcome, Verdict
from converters.workers import WorkerLimits
from migrate.batch.companions import finish_companions, name_companions, put_companions
from migrate.batch.decide import Action, decide
from migrate.batch.permissions import MirroredFolders, carry_permissions
from migrate.batch.plan import Plan, Task
from migrate.batch.rows import BatchResult, Row
from migrate.batch.staging import (
    Occupied,
    hash_file,
    hash_of_target,
    make_staging,
    put_in_place,
    remove_staging,
    staging_folder,
)
from migrate.ledger import Job, JobKey, Ledger

PROVENANCE_BATCH = "Batch"
DEFAULTS = Options()
# refusals that another password may lift
CLOSED = frozenset(["ENCRYPTED", "WRONG_PASSWORD"])
_HASH_DIGITS = 12  # of a source's SHA-256 that decide whether its pages are compared


class ConvertAll(Protocol):
    """:func:`converters.convert_all`, or what a test puts in its place."""

    def __call__(
        self, conversions: Iterable[Conversion], jobs: int = ...
    ) -> Iterator[tuple[Conversion, Outcome]]: ...


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """``redo``: results of older versions or other options are made anew where nobody touched them. ``force``: files
    at a target that this program did not write, or that somebody edited, are replaced. ``recalculates``: whether the
    formula results of what is made of a source are cross-checked. ``timeout_seconds`` and ``memory_megabytes`` bound
    each file. ``passwords`` are tried on encrypted files and written nowhere; ``reencrypt``, ``prove`` and
    ``likeness_floor`` are those of :class:`~converters.options.Options`; ``render_share`` is the share of files whose
    pages are compared, from 0 to 1. ``typefaces`` are those of the desktops, None for this machine's."""

    engine: Engine = Engine.AUTO
    jobs: int = 1
    redo: bool = False
    force: bool = False
    dry_run: bool = False
    libreoffice: tuple[int, int] = DEFAULTS.libreoffice
    recalculates: Callable[[Path], bool] = lambda _source: False
    timeout_seconds: float = DEFAULTS.timeout_seconds
    memory_megabytes: int = DEFAULTS.memory_megabytes
    require_isolation: bool = False
    passwords: tuple[str, ...] = field(default=(), repr=False)
    reencrypt: bool = True
    prove: bool = False
    render_share: float = 0.0
    likeness_floor: float = 0.0
    macros: MacroPolicy = MacroPolicy.LEAVE
    typefaces: tuple[str, ...] | None = None

    @property
    def limits(self) -> WorkerLimits:
        return WorkerLimits(timeout_seconds=self.timeout_seconds, memory_megabytes=self.memory_megabytes)

    def canonical(self, task: Task, source_sha256: str = "") -> str:
        """The options that an outcome depends on, as text for a job's key."""
        chosen: dict[str, Any] = {"engine": self.engine.value}
        if self.libreoffice != DEFAULTS.libreoffice:
            chosen["libreoffice"] = list(self.libreoffice)
        if self.recalculated(task):
            chosen["recalculate"] = True
        if self.macros is not DEFAULTS.macros:
            chosen["macros"] = self.macros.value
        if self.prove:
            chosen["prove"] = True
        if self.rendered(source_sha256):
            chosen["render"] = True
        if self.likeness_floor and (self.rendered(source_sha256) or self.engine is Engine.BOTH):
            chosen["likeness_floor"] = self.likeness_floor
        if self.typefaces is not None:
            chosen["typefaces"] = sorted(self.typefaces)
        if task.encrypted and not self.reencrypt:
            chosen["reencrypt"] = False
        return json.dumps(chosen, sort_keys=True)

    def rendered(self, source_sha256: str) -> bool:
        """Whether a source of these bytes is among those whose pages are compared: the same in every run."""
        return (
            int(source_sha256[:_HASH_DIGITS] or "f" * _HASH_DIGITS, 16) < self.render_share * 16**_HASH_DIGITS
        )

    def recalculated(self, task: Task) -> bool:
        kind = KINDS.get(task.kind)
        return kind is not None and kind.family == SPREADSHEET and self.recalculates(task.source)


@dataclass(frozen=True, slots=True)
class _Running:
    """A conversion under way; the key of its Conversion."""

    task: Task
    job_id: int
    staging: Path
    replacing: str | None
    reach: int
    render: bool

    @property
    def result(self) -> Path:
        return self.staging / self.task.target.name


def run_batch(
    plan: Plan,
    ledger: Ledger,
    options: BatchOptions,
    *,
    convert: ConvertAll | None = None,
    revision: Callable[[str], int] = output_revision,
    progress: Callable[[Row], None] | None = None,
) -> BatchResult:
    """Run a plan. Answers a row per task; after an interruption those that are settled, with ``interrupted`` set."""
    if not options.dry_run:
        settle(ledger)
    convert = convert or partial(convert_all, limits=options.limits)
    batch = _Batch(ledger, options, revision, progress)
    interrupted = False
    try:
        with closing(_generator(convert(batch.conversions(plan.tasks), options.jobs))) as finished:
            for conversion, outcome in finished:
                batch.finish(conversion.key, outcome)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        batch.close()
    rows = tuple(sorted(batch.rows, key=lambda row: row.source))
    return BatchResult(rows, plan.left, interrupted, options.dry_run)


def settle(ledger: Ledger) -> None:
    """Settle what earlier runs left in the middle. Raises Failed CANNOT_WRITE where their remains cannot be removed."""
    for job in ledger.unsettled():
        try:
            _settle(ledger, job)
        except OSError as error:
            raise Failed("CANNOT_WRITE", detail=str(error)) from error


def _settle(ledger: Ledger, job: Job) -> None:
    target, staging = Path(job.key.target), Path(job.staging)
    in_place = job.state == "placing" and _place_again(job, ledger, target, staging / target.name)
    remove_staging(staging)  # before the ledger forgets it
    if in_place:
        ledger.placed(job.id)
    else:
        ledger.interrupted(job.id)


def _place_again(job: Job, ledger: Ledger, target: Path, result: Path) -> bool:
    """Whether the result of a job that was cut off while placing is, or now comes to be, in place."""
    standing = hash_of_target(target)
    before = ledger.written(job.key.target)
    if job.outcome is not None:
        put_companions(job.outcome, result.parent, before)
    if standing == job.target_sha256:
        return True
    untouched = standing is None or (before is not None and before.target_sha256 == standing)
    if not untouched or hash_of_target(result) != job.target_sha256:
        return False
    try:
        put_in_place(result, target, replacing=standing)
    except Occupied:
        return False
    return True


@dataclass(slots=True)
class _Batch:
    """The state of one run, in the main process alone."""

    ledger: Ledger
    options: BatchOptions
    revision: Callable[[str], int]
    progress: Callable[[Row], None] | None
    rows: list[Row] = field(default_factory=list)
    running: dict[int, _Running] = field(default_factory=dict)
    folders: MirroredFolders = field(default_factory=MirroredFolders)

    def conversions(self, tasks: Iterable[Task]) -> Iterator[Conversion]:
        """The conversions to make, drawn as fast as the work goes; every other task gets its row here."""
        for task in tasks:
            try:
                running = self._begin(task)
            except ConverterError as error:
                self._row(task, Action.CONVERT, _stopped(task, error))
                continue
            except OSError as error:
                failed = Failed("CANNOT_WRITE", detail=error.strerror or str(error))
                self._row(task, Action.CONVERT, _stopped(task, failed))
                continue
            if running is not None:
                self.running[running.job_id] = running
                yield Conversion(
                    source=task.source,
                    target=running.result,
                    engine=self.options.engine,
                    options=Options(
                        libreoffice=self.options.libreoffice,
                        recalculate=self.options.recalculated(task),
                        provenance=((PROVENANCE_BATCH, self.ledger.run_id),),
                        timeout_seconds=self.options.timeout_seconds,
                        memory_megabytes=self.options.memory_megabytes,
                        require_isolation=self.options.require_isolation,
                        passwords=self.options.passwords if task.encrypted else (),
                        reencrypt=self.options.reencrypt,
                        prove=self.options.prove,
                        render=running.render,
                        likeness_floor=self.options.likeness_floor,
                        macros=self.options.macros,
                        typefaces=self.options.typefaces,
                    ),
                    keep_modified=True,
                    key=running.job_id,
                )

    def finish(self, job_id: int, outcome: Outcome) -> None:
        """Put a result in place, or note why there is none."""
        running = self.running[job_id]
        task = running.task
        outcome = replace(
            outcome, source=str(task.source), target=str(task.target) if outcome.target else None
        )
        try:
            if outcome.target is not None:
                outcome = self._place(running, outcome)
        except Occupied:
            outcome = _without_result(outcome, Failed("TARGET_EXISTS"))
        except OSError as error:
            outcome = _without_result(outcome, Failed("CANNOT_WRITE", detail=error.strerror or str(error)))
        if outcome.target is None and _removed(running.staging):
            self.ledger.without_target(job_id, outcome)
        del self.running[job_id]
        self._row(task, Action.CONVERT, outcome)

    def close(self) -> None:
        """End the run: conversions that did not come to an end are settled as after a kill."""
        for job in self.ledger.own_unsettled():
            try:
                _settle(self.ledger, job)
            except OSError:
                continue  # the ledger still knows it: the next run settles it, or says why it cannot
        self.folders.close()
        self.ledger.close()

    def _begin(self, task: Task) -> _Running | None:
        """Decide about a task and, where it is to be converted, claim it and make its staging folder."""
        try:
            source_sha256 = hash_file(task.source)
        except FileNotFoundError as error:
            raise Failed("NO_SOURCE", detail=error.strerror or "") from error
        except OSError as error:
            raise Failed("UNREADABLE_SOURCE", detail=error.strerror or str(error)) from error
        target = str(task.target)
        key = JobKey(
            target, source_sha256, self.options.canonical(task, source_sha256), self.revision(task.kind)
        )
        standing = hash_of_target(task.target)
        decision = decide(
            key,
            settled=self.ledger.settled(target, source_sha256),
            written=self.ledger.written(target),
            target_sha256=standing,
            redo=self.options.redo,
            force=self.options.force,
            retried=CLOSED if self.options.passwords else frozenset(),
        )
        if decision.action is not Action.CONVERT or self.options.dry_run:
            outcome = decision.outcome
            if decision.action is Action.KEPT_FOREIGN:
                outcome = _stopped(task, Failed("TARGET_EXISTS"))
            self._row(task, decision.action, outcome)
            return None
        reach = self.folders.prepare(task.target, task.root, task.target_root)
        staging = staging_folder(task.target)
        job_id = self.ledger.claim(key, str(task.source), str(staging))
        if job_id is None:
            self._row(task, Action.IN_PROGRESS, None)
            return None
        running = _Running(task, job_id, staging, standing, reach, self.options.rendered(source_sha256))
        try:
            make_staging(staging)
        except OSError:
            self.ledger.interrupted(job_id)
            raise
        return running

    def _place(self, running: _Running, outcome: Outcome) -> Outcome:
        source = running.task.source.stat()
        carry_permissions(source, running.task.source, running.result, reach=running.reach)
        outcome = replace(outcome, target_sha256=hash_file(running.result))
        before = self.ledger.written(str(running.task.target))
        outcome = name_companions(outcome, running.task, running.staging, running.reach, before)
        self.ledger.placing(running.job_id, outcome)
        put_companions(outcome, running.staging, before)
        put_in_place(running.result, running.task.target, replacing=running.replacing)
        finish_companions(outcome, before)
        if _removed(running.staging):
            self.ledger.placed(running.job_id)
        return outcome

    def _row(self, task: Task, action: Action, outcome: Outcome | None) -> None:
        row = Row(str(task.source), str(task.target), action, outcome)
        self.rows.append(row)
        if self.progress is not None:
            self.progress(row)


def _removed(staging: Path) -> bool:
    """Remove a staging folder; False where that does not work now, so that its job stays unsettled in the ledger."""
    try:
        remove_staging(staging)
    except OSError:
        return False
    return True


def _stopped(task: Task, error: ConverterError) -> Outcome:
    return Outcome(
        source=str(task.source),
        target=None,
        verdict=Verdict.FAILED,
        kind=task.kind,
        error=error.code,
        error_params=tuple(error.params.items()),
    )


def _without_result(outcome: Outcome, error: ConverterError) -> Outcome:
    return replace(
        outcome,
        target=None,
        verdict=Verdict.FAILED,
        losses=(),
        error=error.code,
        error_params=tuple(error.params.items()),
        target_sha256="",
    )


def _generator(
    iterator: Iterator[tuple[Conversion, Outcome]],
) -> Generator[tuple[Conversion, Outcome], None, None]:
    """The iterator as a generator, whose closing closes it."""
    yield from iterator
