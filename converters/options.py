"""What a caller may choose for one conversion; handed down frozen."""

from __future__ import annotations

from dataclasses import dataclass

from converters.ooxml.package import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Options:
    """``provenance`` is written as user-defined metadata: source hash, batch, version; never a path or a name."""

    libreoffice: tuple[int, int] = (
        25,
        2,
    )  # the version that will open the result: newer functions keep their value
    recalculate: bool = False  # let LibreOffice cross-check the formula results of a spreadsheet
    template: bool = False  # write the template media type (.ott for .dotx)
    provenance: tuple[tuple[str, str], ...] = ()
    limits: Limits = DEFAULT_LIMITS
    timeout_seconds: float = 120.0
    memory_megabytes: int = 2_000
    require_isolation: bool = False  # LibreOffice only where the machine gives it no network
    prove: bool = False  # count a native result against its source, and check it against the schema
    render: bool = False  # let LibreOffice draw source and result, and compare their pages
    likeness_floor: float = 0.0  # of the compared pages, from 0 to 1: below it a result is not put in place
