"""One conversion from the first byte to the target in place: refuse, choose the engine, convert, prove, rename.

The source is only read. The result is written to a temporary file beside the target, proven, and renamed; a run that
is killed leaves no half file under the target's name.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from io import BufferedReader
from pathlib import Path
from typing import Any, Protocol

from converters.census.typefaces import report_typefaces, typefaces_of_odf
from converters.encryption import Unlocked, unlocked
from converters.errors import NO_ROOM, ConverterError, Failed, Param, Refused, describe
from converters.formula_results import Recalculation
from converters.identify import Identity, identify
from converters.kinds import KINDS, SPREADSHEET
from converters.libreoffice.warm import keep_warm
from converters.losses import Loss, LossLog
from converters.macros.companion import put_beside
from converters.macros.stage import MacroStage, read_macros
from converters.making import Made, Task, look_at_network, make_by_libreoffice, make_natively
from converters.odf.package import MEDIA_TYPES
from converters.options import Options
from converters.outcome import Companion, Engine, Outcome, Rival, Verdict, verdict_for
from converters.placement import Placement
from converters.rendered_pages import RenderedPages
from converters.routing import choose_engine, make_by_either
from converters.typefaces import Typeface, installed, look_up
from converters.workers import WorkerLimits, WorkerPool


@dataclass(frozen=True, slots=True)
class Conversion:
    """One file to convert: the arguments of :func:`convert`, and ``key`` for the caller's own use."""

    source: Path
    target: Path
    engine: Engine = Engine.AUTO
    options: Options = field(default_factory=Options)
    overwrite: bool = False
    keep_modified: bool = False
    key: Any = None


def convert(
    source: Path,
    target: Path,
    *,
    engine: Engine = Engine.AUTO,
    options: Options | None = None,
    overwrite: bool = False,
    keep_modified: bool = False,
) -> Outcome:
    """Convert one file, in this process. Never raises but for an interruption: what went wrong is in the outcome.

    ``target`` carries the extension of the ODF file; its folder must exist. A file that stands there is kept
    (TARGET_EXISTS) unless ``overwrite``; the source itself is never overwritten. ``keep_modified`` gives the target
    the source's time of modification. For files from elsewhere use :func:`convert_all`, which bounds time and memory.
    """
    started = time.monotonic()
    attempt = _Attempt(Path(source), Path(target), Engine(engine), options or Options())
    try:
        outcome = attempt.run(overwrite=overwrite, keep_modified=keep_modified)
    except ConverterError as error:
        outcome = attempt.stopped(error)
    except OSError as error:
        outcome = attempt.stopped(
            Failed("CANNOT_WRITE", detail=error.strerror or str(error))
            if error.errno in NO_ROOM
            else Failed("INTERNAL", detail=describe(error))
        )
    except MemoryError:
        outcome = attempt.stopped(Failed("OUT_OF_MEMORY", megabytes=attempt.options.memory_megabytes))
    except Exception as error:
        outcome = attempt.stopped(Failed("INTERNAL", detail=describe(error)))
    return replace(outcome, seconds=time.monotonic() - started)


def convert_all(
    conversions: Iterable[Conversion], jobs: int = 1, limits: WorkerLimits | None = None
) -> Iterator[tuple[Conversion, Outcome]]:
    """Convert many files in ``jobs`` worker processes: (conversion, outcome) as they finish.

    ``limits`` hold for every file (default: those of :class:`WorkerLimits`); a file's own options bound LibreOffice.
    Closing the iterator, as an exception or Ctrl-C does, ends the workers and removes what they had half written.
    """
    limits = limits or WorkerLimits()
    unfinished: dict[int, Conversion] = {}

    def handed_over() -> Iterator[Conversion]:
        for conversion in conversions:
            unfinished[id(conversion)] = conversion
            yield conversion

    try:
        with WorkerPool(jobs, limits) as pool:
            for conversion, answer in pool.map(run_conversion, handed_over(), _source_bytes):
                if isinstance(answer, ConverterError):
                    Placement(conversion.target).discard()
                    answer = _outcome_of_death(conversion, answer)
                unfinished.pop(id(conversion), None)
                yield conversion, answer
    finally:
        for conversion in unfinished.values():
            Placement(conversion.target).discard()


def run_conversion(conversion: Conversion) -> Outcome:
    """:func:`convert` for a worker, which keeps its LibreOffice for the next file."""
    keep_warm()
    return convert(
        conversion.source,
        conversion.target,
        engine=conversion.engine,
        options=conversion.options,
        overwrite=conversion.overwrite,
        keep_modified=conversion.keep_modified,
    )


def _source_bytes(conversion: Conversion) -> int:
    try:
        return conversion.source.stat().st_size
    except OSError:
        return 0  # the conversion will say so


class Rooms(Protocol):
    """Where results are made before one is put in place."""

    def prepare(self) -> Path: ...

    def prepare_second(self) -> Path: ...


class _Attempt:
    """The state of one conversion, so that an error at any point still tells what was known."""

    def __init__(self, source: Path, target: Path, wish: Engine, options: Options) -> None:
        self.source, self.target, self.wish, self.options = source, target, wish, options
        self.readable = source  # the source, or what it is without its password
        self.placement = Placement(target)
        self.rooms: Rooms = self.placement
        self.deadline = time.monotonic() + options.timeout_seconds
        self.kind = self.sha256 = self.reason = ""
        self.engine: Engine | None = None
        self.recalculation: Recalculation | None = None
        self.rendered: RenderedPages | None = None
        self.rivals: tuple[Rival, ...] = ()
        self.network = ""
        self.typefaces: tuple[Typeface, ...] = ()
        self.macros = MacroStage(options.macros)
        self.companions: tuple[Companion, ...] = ()
        self.log = LossLog()

    def run(self, *, overwrite: bool, keep_modified: bool) -> Outcome:
        identity = identify(self.source, self.options.limits)
        self.kind = identity.kind
        with unlocked(self.source, identity, self.options) as opened:
            if opened is not None:
                identity, self.readable, self.rooms = opened.identity, opened.source, opened
            return self._run(identity, opened, overwrite=overwrite, keep_modified=keep_modified)

    def _run(
        self, identity: Identity, opened: Unlocked | None, *, overwrite: bool, keep_modified: bool
    ) -> Outcome:
        """Convert what was identified; the result of a source that was ``opened`` is made where nobody can read it."""
        self.kind = identity.kind
        refusal = identity.refusal()
        if refusal is not None:
            raise refusal
        extension = self._target_extension(identity)
        self.engine, self.reason = choose_engine(identity, self.wish)
        placement = self.placement
        placement.check(self.source, overwrite=overwrite)
        with self._opened() as stream:
            status = os.fstat(stream.fileno())
            self.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            try:
                policy = self.options.macros if opened is None else opened.macros(self.options)
                self.macros = read_macros(self.readable, identity, policy, self.options.limits)
                with self.readable.open("rb") as content:
                    task = Task(
                        self.readable,
                        identity,
                        content,
                        self.sha256,
                        extension,
                        self.options,
                        self.deadline,
                        self.macros,
                    )
                    made = self._make(task)
                    self.engine, self.log, self.network = made.engine, made.log, made.network
                    self._look_at_typefaces(made)
                    if self.options.recalculate and identity.family == SPREADSHEET:
                        self._recalculate(task, made)
                    if self.options.render or self.rendered is not None:
                        self._prove_pages(task, made)
                if opened is not None:
                    made.path = opened.stored(made.path, placement.prepare(), self.options, self.log)
                after = os.fstat(stream.fileno())
                if (after.st_mtime_ns, after.st_size) != (status.st_mtime_ns, status.st_size):
                    raise Failed("UNREADABLE_SOURCE", detail="it changed while it was read")
                self.companions = put_beside(self.macros.texts(), self.target, status)
                target_sha256 = placement.place(
                    made.path, status, overwrite=overwrite, keep_modified=keep_modified
                )
            finally:
                placement.discard()
        return self._outcome(verdict_for(self.log.losses()), str(self.target), target_sha256=target_sha256)

    def _make(self, task: Task) -> Made:
        first = self.rooms.prepare()
        if self.wish is Engine.AUTO and self.engine is Engine.NATIVE:
            made, self.reason = make_by_either(task, first, self.rooms.prepare_second)
            return made
        if self.wish is Engine.BOTH and self.engine is Engine.NATIVE:
            from converters.better import make_better  # noqa: PLC0415 - as for _prove_pages

            better = make_better(task, first, self.rooms.prepare_second)
            self.reason, self.rivals, self.rendered = better.reason, better.rivals, better.rendered
            return better.made
        if self.engine is Engine.NATIVE:
            return make_natively(task, first)
        return make_by_libreoffice(task, first, max(task.seconds_left, self.options.timeout_seconds / 2))

    def _look_at_typefaces(self, made: Made) -> None:
        """What stands for the typefaces of the result; a loss only where the readers' own typefaces are known."""
        listed = self.options.typefaces
        used = typefaces_of_odf(made.path, by_libreoffice=made.engine is Engine.LIBREOFFICE)
        self.typefaces = look_up(used.names, installed() if listed is None else listed, used.embedded)
        if listed is not None:
            report_typefaces(self.typefaces, self.log)

    def _recalculate(self, task: Task, made: Made) -> None:
        """Cross-check the formula results in what is left of the time: the conversion itself is never lost by it."""
        # only those who ask for it pay for its imports, the whole of a family among them
        from converters.recalculation import recalculate, report_recalculation  # noqa: PLC0415

        self.network = look_at_network(self.options)
        self.recalculation = recalculate(
            self.readable,
            task.identity.kind,
            made.path,
            timeout_seconds=max(1.0, task.seconds_left),
            memory_megabytes=self.options.memory_megabytes,
        )
        report_recalculation(self.recalculation, self.log)

    def _prove_pages(self, task: Task, made: Made) -> None:
        """Compare the pages, where that was not done when the result was chosen. Raises Failed where they fail."""
        # only those who ask for it pay for the imports of what draws
        from converters.proving import draw_and_compare, prove_pages  # noqa: PLC0415

        self.network = look_at_network(self.options)
        self.rendered = self.rendered or draw_and_compare(task, made)
        prove_pages(self.rendered, self.options, self.log)

    def stopped(self, error: ConverterError) -> Outcome:
        verdict = Verdict.REFUSED if isinstance(error, Refused) else Verdict.FAILED
        return self._outcome(verdict, None, error=error.code, params=tuple(error.params.items()))

    def _outcome(
        self,
        verdict: Verdict,
        target: str | None,
        *,
        error: str = "",
        params: tuple[tuple[str, Param], ...] = (),
        target_sha256: str = "",
    ) -> Outcome:
        losses: tuple[Loss, ...] = self.log.losses() if target else ()
        return Outcome(
            source=str(self.source),
            target=target,
            verdict=verdict,
            engine=self.engine,
            engine_reason=self.reason,
            kind=self.kind,
            losses=losses,
            error=error,
            error_params=params,
            source_sha256=self.sha256,
            target_sha256=target_sha256,
            recalculation=self.recalculation if target else None,
            network=self.network,
            typefaces=self.typefaces if target else (),
            rendered=self.rendered,
            rivals=self.rivals,
            macro_reader=self.macros.reader,
            companions=self.companions,
        )

    def _opened(self) -> BufferedReader:
        try:
            return self.source.open("rb")
        except FileNotFoundError as error:
            raise Failed("NO_SOURCE", detail=error.strerror or "") from None
        except OSError as error:
            raise Failed("UNREADABLE_SOURCE", detail=error.strerror or str(error)) from None

    def _target_extension(self, identity: Identity) -> str:
        """The target's extension, document or template of the source's family. Raises Refused WRONG_FAMILY."""
        extension = self.target.suffix[1:].lower()
        fitting = {kind.extension for kind in KINDS.values() if kind.family == identity.family}
        if extension not in fitting or extension not in MEDIA_TYPES:
            raise Refused("WRONG_FAMILY", kind=identity.kind, extension=extension)
        return extension


def _outcome_of_death(conversion: Conversion, error: ConverterError) -> Outcome:
    """The outcome of a file whose worker died: what it is may be asked again, cheaply."""
    try:
        kind = identify(conversion.source, conversion.options.limits).kind
    except Failed:
        kind = ""
    return Outcome(
        source=str(conversion.source),
        target=None,
        verdict=Verdict.FAILED,
        kind=kind,
        error=error.code,
        error_params=tuple(error.params.items()),
        seconds=float(error.params.get("seconds", 0.0)),
    )
