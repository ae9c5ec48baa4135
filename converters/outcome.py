"""A verdict per file: what :func:`converters.convert` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from converters.errors import Param
from converters.formula_results import Recalculation
from converters.losses import Loss, Severity, worst_severity
from converters.rendered_pages import RenderedPages
from converters.typefaces import Typeface


class Verdict(StrEnum):
    CONVERTED = "converted"  # no loss, or cosmetic
    CONVERTED_WITH_LOSSES = "converted_with_losses"  # layout
    NEEDS_A_PERSON = "needs_a_person"  # content or behaviour, or unproven; the target is written
    REFUSED = "refused"  # the source's fault; no target
    FAILED = "failed"  # ours; no target


class Engine(StrEnum):
    AUTO = "auto"
    NATIVE = "native"
    LIBREOFFICE = "libreoffice"
    BOTH = "both"  # both work, and the better result is kept; an outcome names the one that was


_BY_SEVERITY = {
    None: Verdict.CONVERTED,
    Severity.COSMETIC: Verdict.CONVERTED,
    Severity.LAYOUT: Verdict.CONVERTED_WITH_LOSSES,
    Severity.BEHAVIOUR: Verdict.NEEDS_A_PERSON,
    Severity.CONTENT: Verdict.NEEDS_A_PERSON,
}


def verdict_for(losses: tuple[Loss, ...]) -> Verdict:
    """The verdict of a conversion whose target is written."""
    return _BY_SEVERITY[worst_severity(losses)]


@dataclass(frozen=True, slots=True)
class Rival:
    """One of two results that were compared: what it lost, as far as counted, and how alike its pages are.

    ``lost`` is what of the source's counts is missing (:mod:`converters.census`), each as a share from 0 to 1;
    ``likeness`` is None where no pages were compared; ``error`` is a code where this engine made nothing.
    """

    engine: Engine
    lost: tuple[tuple[str, float], ...] = ()
    severity: Severity | None = None
    likeness: float | None = None
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "engine": self.engine.value,
            "lost": {what: round(share, 4) for what, share in self.lost},
            "severity": self.severity.identifier if self.severity else None,
            "likeness": None if self.likeness is None else round(self.likeness, 4),
            "error": self.error or None,
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Rival:
        return cls(
            Engine(record["engine"]),
            tuple(record["lost"].items()),
            Severity.from_identifier(record["severity"]) if record["severity"] else None,
            record["likeness"],
            record["error"] or "",
        )


@dataclass(frozen=True, slots=True)
class Companion:
    """A file that was written beside the target: ``kind`` says what is in it (macros)."""

    kind: str
    path: str
    sha256: str

    def as_json(self) -> dict[str, str]:
        return {"kind": self.kind, "path": self.path, "sha256": self.sha256}

    @classmethod
    def from_json(cls, record: Mapping[str, str]) -> Companion:
        return cls(record["kind"], record["path"], record["sha256"])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one file.

    ``error`` is a code of :mod:`converters.errors` and stands exactly where the verdict is refused or failed.
    ``engine_reason`` is a code: why this engine (tables ``engine_reasons`` of the locale). ``recalculation`` stands
    where the formula results were to be cross-checked. ``network`` stands where LibreOffice worked on the file:
    ``isolated`` or ``not_isolated``. ``rendered`` stands where the pages were to be compared, ``rivals`` where both
    engines worked: what each made. ``macro_reader`` stands where macros were read: ``oletools`` or ``own``.
    ``companions`` are files beside the target. ``typefaces`` are those that the result uses, each with what stands for
    it: one that is missing is a risk for the layout whichever engine worked, and no loss of the conversion.
    """

    source: str
    target: str | None
    verdict: Verdict
    engine: Engine | None = None
    engine_reason: str = ""
    kind: str = ""
    losses: tuple[Loss, ...] = ()
    error: str = ""
    error_params: tuple[tuple[str, Param], ...] = ()
    source_sha256: str = ""
    target_sha256: str = ""
    seconds: float = 0.0
    recalculation: Recalculation | None = None
    network: str = ""
    rendered: RenderedPages | None = None
    rivals: tuple[Rival, ...] = ()
    macro_reader: str = ""
    companions: tuple[Companion, ...] = ()
    typefaces: tuple[Typeface, ...] = ()

    @property
    def severity(self) -> Severity | None:
        return worst_severity(self.losses)

    def as_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "target": self.target,
            "verdict": self.verdict.value,
            "severity": self.severity.identifier if self.severity else None,
            "engine": self.engine.value if self.engine else None,
            "engine_reason": self.engine_reason,
            "kind": self.kind,
            "losses": [loss.as_json() for loss in self.losses],
            "error": self.error or None,
            "error_params": dict(self.error_params),
            "source_sha256": self.source_sha256,
            "target_sha256": self.target_sha256,
            "seconds": round(self.seconds, 3),
            "recalculation": self.recalculation.as_json() if self.recalculation else None,
            "network": self.network or None,
            "rendering": self.rendered.as_json() if self.rendered else None,
            "rivals": [rival.as_json() for rival in self.rivals],
            "macro_reader": self.macro_reader or None,
            "companions": [companion.as_json() for companion in self.companions],
            "typefaces": [typeface.as_json() for typeface in self.typefaces],
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Outcome:
        return cls(
            source=record["source"],
            target=record["target"],
            verdict=Verdict(record["verdict"]),
            engine=Engine(record["engine"]) if record["engine"] else None,
            engine_reason=record["engine_reason"],
            kind=record["kind"],
            losses=tuple(Loss.from_json(loss) for loss in record["losses"]),
            error=record["error"] or "",
            error_params=tuple(record["error_params"].items()),
            source_sha256=record["source_sha256"],
            target_sha256=record["target_sha256"],
            seconds=record["seconds"],
            recalculation=(
                Recalculation.from_json(record["recalculation"]) if record.get("recalculation") else None
            ),
            network=record.get("network") or "",
            rendered=RenderedPages.from_json(record["rendering"]) if record.get("rendering") else None,
            rivals=tuple(map(Rival.from_json, record.get("rivals") or ())),
            macro_reader=record.get("macro_reader") or "",
            companions=tuple(map(Companion.from_json, record.get("companions", ()))),
            typefaces=tuple(map(Typeface.from_json, record.get("typefaces", ()))),
        )


# Exit codes of every command (documented in the README and in `migrate --help`).
EXIT_OK = 0  # nothing is worse than --fail-on allows
EXIT_LOSSES = 1  # something is, or was refused
EXIT_FAILED = 2  # something failed
EXIT_USAGE = 3  # usage, configuration or environment
EXIT_INTERRUPTED = 130


def exit_code(outcomes: list[Outcome], fail_on: Severity = Severity.BEHAVIOUR) -> int:
    """The exit code for a set of outcomes: failed before refused or too lossy before fine."""
    if any(outcome.verdict is Verdict.FAILED for outcome in outcomes):
        return EXIT_FAILED
    if any(outcome.verdict is Verdict.REFUSED or (outcome.severity or 0) >= fail_on for outcome in outcomes):
        return EXIT_LOSSES
    return EXIT_OK
