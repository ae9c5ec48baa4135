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
from typing import Any

from converters.encryption import Unlocked, unlocked
from converters.errors import NO_ROOM, ConverterError, Failed, Param, Refused, describe
from converters.families import family_for
from converters.flat_opc import read_flat_package
from converters.formula_results import Recalculation
from converters.identify import Identity, identify
from converters.inspect import inspect_for_libreoffice
from converters.inspect.macros import report_macros
from converters.kinds import KINDS, SPREADSHEET
from converters.libreoffice.basic import count_basic_modules
from converters.libreoffice.isolation import network, require_isolation
from converters.libreoffice.mend import mend_package
from converters.libreoffice.run import converted as converted_by_libreoffice
from converters.libreoffice.warm import keep_warm
from converters.losses import Loss, LossLog, Severity, worst_severity
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.package import Package
from converters.options import Options
from converters.outcome import Engine, Outcome, Verdict, verdict_for
from converters.parts import report_package_losses
from converters.placement import Placement
from converters.proof import has_text, prove
from converters.provenance import provenance, stamp
from converters.verify import census_of_source, losses_of_libreoffice, report_validity
from converters.workers import WorkerLimits, WorkerPool

# Why an engine was taken: codes of the locale's table ``engine_reasons``.
ENGINE_REASONS: dict[str, str] = {
    "ASKED": "the caller named the engine",
    "NATIVE_KIND": "the native converter reads this kind",
    "NATIVE_MISSING": "this installation has no native converter for the family",
    "LEGACY_KIND": "a binary or older format that only LibreOffice reads",
}
SECONDS_TO_FINISH = 10.0  # what reading, proving and placing takes after LibreOffice


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


def choose_engine(identity: Identity, wish: Engine) -> tuple[Engine, str]:
    """The engine for a file and the reason's code. Raises Refused UNSUPPORTED_KIND where the wish cannot be met."""
    kind = identity.properties
    native = kind.native and family_for(kind.code) is not None
    if wish is Engine.NATIVE:
        if not native:
            raise Refused("UNSUPPORTED_KIND", kind=kind.code)
        return Engine.NATIVE, "ASKED"
    if wish is Engine.LIBREOFFICE:
        return Engine.LIBREOFFICE, "ASKED"
    if native:
        return Engine.NATIVE, "NATIVE_KIND"
    return Engine.LIBREOFFICE, "NATIVE_MISSING" if kind.native else "LEGACY_KIND"


class _Attempt:
    """The state of one conversion, so that an error at any point still tells what was known."""

    def __init__(self, source: Path, target: Path, wish: Engine, options: Options) -> None:
        self.source, self.target, self.wish, self.options = source, target, wish, options
        self.readable = source  # the source, or what it is without its password
        self.placement = Placement(target)
        self.started = time.monotonic()
        self.kind = self.sha256 = self.reason = ""
        self.engine: Engine | None = None
        self.recalculation: Recalculation | None = None
        self.network = ""
        self.log = LossLog()

    def run(self, *, overwrite: bool, keep_modified: bool) -> Outcome:
        identity = identify(self.source, self.options.limits)
        self.kind = identity.kind
        with unlocked(self.source, identity, self.options) as opened:
            if opened is not None:
                identity, self.readable = opened.identity, opened.source
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
                temporary = placement.prepare()
                made = temporary if opened is None else opened.result
                with self.readable.open("rb") as content:
                    self._convert(identity, content, made, extension)
                if self.options.recalculate and identity.family == SPREADSHEET:
                    self._recalculate(identity, made)
                if opened is not None:
                    opened.store(temporary, self.options, self.log)
                after = os.fstat(stream.fileno())
                if (after.st_mtime_ns, after.st_size) != (status.st_mtime_ns, status.st_size):
                    raise Failed("UNREADABLE_SOURCE", detail="it changed while it was read")
                target_sha256 = placement.place(status, overwrite=overwrite, keep_modified=keep_modified)
            finally:
                placement.discard()
        return self._outcome(verdict_for(self.log.losses()), str(self.target), target_sha256=target_sha256)

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

    def _convert(self, identity: Identity, stream: BufferedReader, temporary: Path, extension: str) -> None:
        template = MEDIA_TYPES[extension].endswith("-template")
        pairs = (
            *self.options.provenance,
            *provenance(self.sha256, self.engine.value if self.engine else ""),
        )
        if self.engine is Engine.NATIVE:
            options = replace(self.options, template=template, provenance=pairs)
            self._convert_natively(identity, stream, temporary, extension, options)
        else:
            self._convert_by_libreoffice(identity, stream, temporary, extension, pairs)

    def _recalculate(self, identity: Identity, temporary: Path) -> None:
        """Cross-check the formula results in what is left of the time: the conversion itself is never lost by it."""
        # only those who ask for it pay for its imports, the whole of a family among them
        from converters.recalculation import recalculate, report_recalculation  # noqa: PLC0415

        self._look_at_network()
        self.recalculation = recalculate(
            self.readable,
            identity.kind,
            temporary,
            timeout_seconds=max(1.0, self._seconds_left()),
            memory_megabytes=self.options.memory_megabytes,
        )
        report_recalculation(self.recalculation, self.log)

    def _seconds_left(self) -> float:
        """For LibreOffice, until this conversion has to come to its end."""
        return self.options.timeout_seconds - (time.monotonic() - self.started) - SECONDS_TO_FINISH

    def _look_at_network(self) -> None:
        """Note what LibreOffice will reach. Raises Failed NETWORK_NOT_ISOLATED where that is forbidden."""
        if self.options.require_isolation:
            require_isolation()
        self.network = network().value

    def _convert_natively(
        self, identity: Identity, stream: BufferedReader, temporary: Path, extension: str, options: Options
    ) -> None:
        family = family_for(identity.kind)
        if family is None:
            raise Refused("UNSUPPORTED_KIND", kind=identity.kind)
        with self._package(identity, stream) as package:
            with OdfPackage(temporary, MEDIA_TYPES[extension]) as odf:
                family.convert(package, odf, options, self.log)
            report_package_losses(package, self.log)
            announced = worst_severity(self.log.losses()) is Severity.CONTENT
            prove(temporary, extension, expects_content=not announced and has_text(package, identity.family))

    def _convert_by_libreoffice(
        self,
        identity: Identity,
        stream: BufferedReader,
        temporary: Path,
        extension: str,
        pairs: tuple[tuple[str, str], ...],
    ) -> None:
        counted = census_of_source(self.readable, identity, self.options.limits)  # refuses what is damaged
        self._look_at_network()
        with converted_by_libreoffice(
            stream,
            identity.kind,
            template=MEDIA_TYPES[extension].endswith("-template"),
            timeout_seconds=max(self._seconds_left(), self.options.timeout_seconds / 2),
            memory_megabytes=self.options.memory_megabytes,
        ) as result:
            prove(result, extension, expects_content=False)
            mended = result.with_name("mended")
            nearest = mend_package(result, mended)
            stamp(result if nearest is None else mended, temporary, pairs)
        prove(temporary, extension, expects_content=False)
        for what in sorted(nearest or ()):
            self.log.report("NEAREST_IN_ODF", what=what)
        report_validity(temporary, self.log)
        found = inspect_for_libreoffice(self.readable, identity, self.options.limits)
        self.log.extend(found.losses.losses())
        report_macros(found, count_basic_modules(temporary), self.log)
        self.log.extend(losses_of_libreoffice(counted, temporary, identity))

    def _package(self, identity: Identity, stream: BufferedReader) -> Package:
        if identity.kind == "flat_docx":
            return read_flat_package(stream.read(), self.options.limits)
        return Package(stream, self.options.limits)


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
