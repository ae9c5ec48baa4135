"""Which engine a document goes to, and why.

The native converter takes a fraction of LibreOffice's time, so nothing foretells its losses as well as its own log:
under ``auto`` it works first, and LibreOffice where something is lost that LibreOffice may keep. Losses of both
(:class:`~converters.losses.LossKind`, ``engine_independent``) and cosmetic ones never decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from converters.errors import ConverterError, Failed, Refused, describe
from converters.families import family_for
from converters.identify import Identity
from converters.libreoffice.find import find
from converters.libreoffice.run import LEAST_SECONDS
from converters.losses import Loss, Severity, worst_severity
from converters.making import Made, Task, make_by_libreoffice, make_natively
from converters.outcome import Engine

# Why an engine was taken: codes of the locale's table ``engine_reasons``.
ENGINE_REASONS: dict[str, str] = {
    "ASKED": "the caller named the engine",
    "NATIVE_KEEPS": "the native converter loses nothing that LibreOffice would keep",
    "NATIVE_LOSES": "the native converter loses something that LibreOffice may keep",
    "NATIVE_FAILED": "the native converter failed, LibreOffice did not",
    "NATIVE_MISSING": "this installation has no native converter for the family",
    "LIBREOFFICE_MISSING": "LibreOffice may keep more, and is not installed",
    "LIBREOFFICE_FAILED": "LibreOffice may keep more, and could not convert the file",
    "LIBREOFFICE_LOSES": "LibreOffice was tried, and loses as much",
    "BOTH_ONLY": "both were tried, and the other one made nothing that opens",
    "BOTH_CENSUS": "both worked, and this result holds more of what was counted",
    "BOTH_VALIDITY": "both worked, and the other result breaks the schema",
    "BOTH_PAGES": "both worked and kept as much, and the pages of this one look more like the source's",
    "BOTH_LOSSES": "both worked and kept as much by count and by sight, and this one reports less that was lost",
    "BOTH_EQUAL": "both worked, and nothing decides between the results",
    "LEGACY_KIND": "a binary or older format that only LibreOffice reads",
}
# what a native conversion may end in that says nothing about the source
_OWN_FAULTS = frozenset(["PROOF_FAILED", "LOST_IN_SILENCE", "RESULT_NOT_VALID", "INTERNAL"])


def choose_engine(identity: Identity, wish: Engine) -> tuple[Engine, str]:
    """The engine to begin with and the reason's code; under ``auto`` and ``both`` the work itself may change both.

    Raises Refused UNSUPPORTED_KIND where the wish cannot be met.
    """
    kind = identity.properties
    native = kind.native and family_for(kind.code) is not None
    if wish is Engine.NATIVE and not native:
        raise Refused("UNSUPPORTED_KIND", kind=kind.code)
    if wish in (Engine.NATIVE, Engine.LIBREOFFICE):
        return wish, "ASKED"
    if native:
        return Engine.NATIVE, "NATIVE_KEEPS"
    return Engine.LIBREOFFICE, "NATIVE_MISSING" if kind.native else "LEGACY_KIND"


def deciding_severity(losses: Iterable[Loss]) -> Severity | None:
    """The worst of the losses that decide the engine; None where none does."""
    worst = worst_severity(loss for loss in losses if not loss.engine_independent)
    return None if worst is Severity.COSMETIC else worst


def make_by_either(task: Task, path: Path, second: Callable[[], Path]) -> tuple[Made, str]:
    """The result of the better engine and the reason's code; ``second`` makes room for another. Raises as the native one."""
    try:
        native = make_natively_or_fail(task, path)
    except ConverterError as error:
        if error.code not in _OWN_FAULTS or find() is None:
            raise
        return _in_place_of(error, task, second()), "NATIVE_FAILED"
    worst = deciding_severity(native.log.losses())
    if worst is None:
        return native, "NATIVE_KEEPS"
    if find() is None:
        return native, "LIBREOFFICE_MISSING"
    try:
        other = _make_in_time(task, second())
    except ConverterError:
        return native, "LIBREOFFICE_FAILED"
    if (deciding_severity(other.log.losses()) or 0) >= worst:
        return native, "LIBREOFFICE_LOSES"
    return other, "NATIVE_LOSES"


def make_natively_or_fail(task: Task, path: Path) -> Made:
    """:func:`make_natively`, with anything that it stumbles over as Failed INTERNAL."""
    try:
        return make_natively(task, path)
    except (ConverterError, OSError, MemoryError):
        raise
    except Exception as error:
        raise Failed("INTERNAL", detail=describe(error)) from error


def _in_place_of(error: ConverterError, task: Task, path: Path) -> Made:
    """LibreOffice's result for a file that the native converter stumbled over. Raises its error where there is none."""
    try:
        return _make_in_time(task, path)
    except ConverterError:
        raise error from None


def _make_in_time(task: Task, path: Path) -> Made:
    if task.seconds_left < LEAST_SECONDS:
        raise Failed("TIMEOUT", seconds=task.options.timeout_seconds)
    return make_by_libreoffice(task, path, task.seconds_left)
