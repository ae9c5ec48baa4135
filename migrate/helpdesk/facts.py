"""What is known of one file when its trouble is looked into: gathered once, in workers, before any cause is asked about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from converters import Identity, Verification
from converters.errors import ConverterError, Param, Refused
from converters.formula_results import Recalculation
from converters.inspection import Inspection
from converters.kinds import KINDS, SPREADSHEET
from converters.losses import Loss
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.outcome import Outcome
from converters.recovery import Mend
from converters.typefaces import Presence, installed, look_up
from converters.workers import WorkerPool

# families that every system has, or that mean no font
_NO_FONTS = frozenset(["", "+mn-lt", "+mj-lt", "+mn-ea", "+mj-ea", "+mn-cs", "+mj-cs"])


@dataclass(frozen=True, slots=True)
class Calculation:
    """``x:calcPr`` (ECMA-376 Part 1, 18.2.2), as far as it changes what totals say."""

    manual: bool = False
    iterates: bool = False
    as_shown: bool = False  # it calculates with the figures as they are shown
    dates_from_1904: bool = False


@dataclass(slots=True)
class Facts:
    """``identity`` is of the file as it came; the rest of what could be opened of it, which may be a mended copy.

    ``error`` is what stopped the work, if anything did. ``missing_fonts`` are those of the document for which this
    machine has neither the font nor one of the same widths.
    """

    file: Path
    identity: Identity
    provenance: Mapping[str, str] = field(default_factory=dict)
    inspection: Inspection | None = None
    outcome: Outcome | None = None
    verification: Verification | None = None
    recalculation: Recalculation | None = None
    calculation: Calculation = field(default_factory=Calculation)
    missing_fonts: tuple[str, ...] = ()
    mends: tuple[Mend, ...] = ()
    mended_kind: str = ""
    error: str = ""
    error_params: Mapping[str, Param] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """text, spreadsheet, presentation, or empty; a damaged file's is that of what could be had of it."""
        return KINDS[self.mended_kind].family if self.mended_kind else self.identity.family

    def losses(self, *codes: str) -> list[Loss]:
        """The losses of the conversion with one of these codes, else those that inspection expects."""
        if self.outcome is not None and self.outcome.target:
            found = self.outcome.losses
        else:
            found = self.inspection.losses if self.inspection is not None else ()
        return [loss for loss in found if loss.code in codes]

    def count(self, *features: str) -> int:
        return sum(self.inspection.feature_count(code) for code in features) if self.inspection else 0


def read_calculation(path: Path) -> Calculation:
    """How a workbook wants to be calculated; the defaults for any other file. For a worker."""
    try:
        with Package(path) as package:
            root = package.read_xml(package.main_part)
    except Refused:
        return Calculation()
    settings, properties = root.find(qn("x:calcPr")), root.find(qn("x:workbookPr"))

    def on(element: object, name: str, default: str = "0") -> bool:
        return element is not None and element.get(name, default) in ("1", "true", "on")  # type: ignore[attr-defined]

    return Calculation(
        manual=settings is not None and settings.get("calcMode") == "manual",
        iterates=on(settings, "iterate"),
        as_shown=settings is not None and not on(settings, "fullPrecision", "1"),
        dates_from_1904=on(properties, "date1904"),
    )


def calculation_of(path: Path, family: str, pool: WorkerPool) -> Calculation:
    if family != SPREADSHEET:
        return Calculation()
    answer = pool.run(read_calculation, path)
    return Calculation() if isinstance(answer, ConverterError) else answer


def missing_fonts(
    fonts: tuple[str, ...], families: Callable[[], Collection[str] | None] = installed
) -> tuple[str, ...]:
    """The fonts that this machine neither has nor has one of the same widths for; none where it cannot tell."""
    found = look_up((font for font in fonts if font not in _NO_FONTS), families())
    return tuple(typeface.name for typeface in found if typeface.presence is Presence.MISSING)
