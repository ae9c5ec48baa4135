"""What inspection tells of macros: modules, procedures with what they use, and what the default policy loses of them."""

from __future__ import annotations

from collections.abc import Iterable

from converters.errors import Refused
from converters.inspect.findings import Findings
from converters.inspection import MacroModule, MacroProject
from converters.losses import DOCUMENT, LossLog, Place
from converters.macros.compatibility import describe_module, names_of
from converters.macros.containers import Found
from converters.macros.project import Project


def note_projects(
    projects: Iterable[Found], family: str, findings: Findings, *, uncounted: bool = False
) -> None:
    """Record the projects in a document of ``family``; one that cannot be read is a damaged part.

    ``uncounted``: nothing else has told of them, so that each counts as one.
    """
    for place, project in projects:
        if uncounted or "macros" not in findings:
            findings.add("macros", place)
        if isinstance(project, Refused):
            findings.losses.report("PART_DAMAGED", place, detail=str(project))
        else:
            _note_project(project, family, place, findings)


def _note_project(project: Project, family: str, place: Place, findings: Findings) -> None:
    """Record its modules, and whether code starts by itself or reaches outside."""
    findings.macro_projects.append(
        MacroProject(
            project.name,
            project.locked,
            tuple((reference.name, reference.target) for reference in project.references),
            project.reader,
        )
    )
    if project.locked:
        findings.protection.append("macros")
    known = names_of(project)
    for module in (describe_module(module, family, known) for module in project.modules):
        findings.macros.append(module)
        where = Place("module", container=module.name, part=place.part)
        if module.auto:
            findings.add("auto_macro", where, len(module.auto))
        if module.calls:
            findings.add("macro_call", where, len(module.calls))


def modules_with_code(modules: Iterable[MacroModule]) -> int:
    """How many modules hold code; one whose lines were not read (level cheap) counts as one that does."""
    return sum(module.lines is None or module.lines > 0 for module in modules)


def report_macro_sheets(findings: Findings, log: LossLog) -> None:
    """Macro sheets of Excel 4 become plain sheets where LibreOffice converts."""
    if sheets := findings.count("macro_sheet"):
        log.report("MACROS_NOT_CARRIED", DOCUMENT, sheets)


def expect_macro_losses(findings: Findings, log: LossLog) -> None:
    """Record what a conversion under the default policy will say of the macros that ``findings`` tell.

    A project without a line of code loses nothing.
    """
    if findings.macros:
        if modules := modules_with_code(findings.macros):
            log.report("MACROS_LEFT_BESIDE", modules=modules)
    elif "macros" in findings:
        log.report("MACROS_NOT_CARRIED")
