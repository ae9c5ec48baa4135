"""Both engines work on one document, and the better result is kept: by census, by validity, by drawn pages, by losses.

LibreOffice draws the source with the same import filter with which it converts it, so that its own result always looks
much like the drawing. Pages therefore decide only from a clear difference on, and only where the censuses do not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from converters.census.odf import census_of_odf
from converters.census.record import COUNTED, MARKUP, Census, compare
from converters.errors import ConverterError, Failed, Refused
from converters.libreoffice.find import find
from converters.losses import Severity
from converters.making import Made, Task, make_by_libreoffice
from converters.outcome import Engine, Rival
from converters.proving import bounds_for
from converters.rendered_pages import RenderedPages
from converters.rendering.pair import Witness
from converters.routing import deciding_severity, make_natively_or_fail
from converters.validity import validate
from converters.verify import census_of_source

CENSUS_MARGIN = 0.002  # shares of what was counted, added up: a word in five hundred decides nothing
LIKENESS_MARGIN = 0.05


@dataclass(frozen=True, slots=True)
class Better:
    """``reason`` is a code of :data:`~converters.routing.ENGINE_REASONS`; ``rendered`` compares what was kept."""

    made: Made
    reason: str
    rivals: tuple[Rival, ...] = ()
    rendered: RenderedPages | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """One result with all that decides. ``valid`` is False where a rule of ODF is certainly broken."""

    made: Made
    lost: tuple[tuple[str, float], ...]
    valid: bool
    rendered: RenderedPages
    severity: Severity | None

    @property
    def likeness(self) -> float | None:
        return self.rendered.likeness if self.rendered.compared else None

    @property
    def rival(self) -> Rival:
        error = "RESULT_DOES_NOT_OPEN" if self.rendered.opens is False else ""
        return Rival(self.made.engine, self.lost, self.severity, self.likeness, error)


def make_better(task: Task, path: Path, second: Callable[[], Path]) -> Better:
    """The better of two results and why; ``second`` makes room for the other engine's.

    Raises what the native engine raises where neither makes a result.
    """
    native = _tried(lambda: make_natively_or_fail(task, path))
    if find() is None:
        return Better(_made(native), "LIBREOFFICE_MISSING")
    other = _tried(lambda: make_by_libreoffice(task, second(), task.seconds_left))
    if isinstance(native, ConverterError) and isinstance(other, ConverterError):
        raise native
    if isinstance(native, ConverterError):
        return _alone(_made(other), Rival(Engine.NATIVE, error=native.code))
    if isinstance(other, ConverterError):
        return _alone(native, Rival(Engine.LIBREOFFICE, error=other.code))
    source_census = census_of_source(task.source, task.identity, task.options.limits)
    with Witness(task.source, task.identity.kind, bounds_for(task)) as witness:
        judged = [judge(task, made, source_census, witness) for made in (native, other)]
    kept, reason = choose(*judged)
    return Better(kept.made, reason, tuple(entry.rival for entry in judged), kept.rendered)


def judge(task: Task, made: Made, source_census: Census | None, witness: Witness) -> Judged:
    """What decides about one result."""
    losses = made.log.losses()
    if made.engine is Engine.NATIVE:
        valid = not any(violation.confirmed for violation in validate(made.path).violations)
    else:
        valid = not any(loss.code == "NOT_VALID_ODF" for loss in losses)
    return Judged(
        made,
        _lost(source_census, made.path, task.identity.family),
        valid,
        witness.compare(made.path, task.extension),
        deciding_severity(losses),
    )


def choose(native: Judged, other: Judged) -> tuple[Judged, str]:
    """The better one and the reason's code. Where nothing decides it is the native one, which any host can repeat."""
    opens = native.rendered.opens, other.rendered.opens
    if opens in ((False, True), (True, False)):
        return (native if opens[0] else other), "BOTH_ONLY"
    lost = [sum(share for _what, share in entry.lost) for entry in (native, other)]
    if abs(lost[0] - lost[1]) > CENSUS_MARGIN:
        return (native if lost[0] < lost[1] else other), "BOTH_CENSUS"
    if native.valid != other.valid:
        return (native if native.valid else other), "BOTH_VALIDITY"
    if native.likeness is not None and other.likeness is not None:
        ahead = native.likeness - other.likeness
        if abs(ahead) > LIKENESS_MARGIN:
            return (native if ahead > 0 else other), "BOTH_PAGES"
    if (native.severity or 0) != (other.severity or 0):
        return (native if (native.severity or 0) < (other.severity or 0) else other), "BOTH_LOSSES"
    return native, "BOTH_EQUAL"


def _tried(make: Callable[[], Made]) -> Made | ConverterError:
    try:
        return make()
    except ConverterError as error:
        return error


def _made(result: Made | ConverterError) -> Made:
    if isinstance(result, ConverterError):
        raise result
    return result


def _alone(made: Made, failed: Rival) -> Better:
    rivals = [Rival(made.engine, severity=deciding_severity(made.log.losses())), failed]
    return Better(
        made, "BOTH_ONLY", tuple(sorted(rivals, key=lambda rival: rival.engine is not Engine.NATIVE))
    )


def _lost(source_census: Census | None, target: Path, family: str) -> tuple[tuple[str, float], ...]:
    """What is missing of each thing that both engines are counted alike by, as a share of what the source holds."""
    if source_census is None:
        return ()
    counted = [name for name in COUNTED if name not in MARKUP]  # LibreOffice has fields and marks of its own
    try:
        target_census = census_of_odf(target, family)
    except Refused as error:  # the result's fault, never the source's
        raise Failed("PROOF_FAILED", detail=error.code) from None
    return tuple(
        (difference.what, (difference.source - difference.target) / difference.source)
        for difference in compare(source_census, target_census, counted)
        if difference.lost
    )
