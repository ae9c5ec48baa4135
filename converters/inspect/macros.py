"""What becomes of macros where LibreOffice converts: it turns VBA into Basic, which nobody has run."""

from __future__ import annotations

from collections.abc import Iterable

from converters.inspect.findings import Findings
from converters.inspection import MacroModule
from converters.losses import DOCUMENT, LossLog, Place


def note_modules(modules: Iterable[MacroModule], place: Place, findings: Findings) -> None:
    """Record the modules of a project, and whether code starts by itself or reaches outside."""
    if "macros" not in findings:
        findings.add("macros", place)
    for module in modules:
        findings.macros.append(module)
        where = Place("module", container=module.name, part=place.part)
        if module.auto:
            findings.add("auto_macro", where, len(module.auto))
        if module.calls:
            findings.add("macro_call", where, len(module.calls))


def modules_with_code(findings: Findings) -> int | None:
    """How many modules of the source hold code; None where macros are there and cannot be read.

    A module whose lines were not read (level cheap) counts as one with code.
    """
    if findings.count("macros") and not findings.macros:
        return None
    return sum(module.lines is None or module.lines > 0 for module in findings.macros)


def report_macros(findings: Findings, carried: int, log: LossLog) -> None:
    """Record what a result with ``carried`` modules of Basic code loses of the macros that ``findings`` tell.

    Macro sheets of Excel 4 become plain sheets. A project without a line of code loses nothing.
    """
    sheets = findings.count("macro_sheet")
    if sheets:
        log.report("MACROS_NOT_CARRIED", DOCUMENT, sheets)
    if modules_with_code(findings) == 0:
        return
    if carried:
        log.report("MACROS_UNPROVEN", modules=carried)
    elif not sheets:
        log.report("MACROS_NOT_CARRIED")
