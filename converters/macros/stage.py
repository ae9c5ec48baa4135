"""The macros of one conversion: read before it, dealt with in its result as the policy says, whichever engine ran.

``leave``    no code in the result; the modules beside it as text (default)
``carry``    Basic libraries that LibreOffice runs, where its macro security lets them
``comment``  the same libraries, with every line a comment
``drop``     neither; the loss is named
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from converters.errors import Refused
from converters.flat_opc import read_flat_package
from converters.identify import Content, Identity, opened
from converters.kinds import SPREADSHEET
from converters.losses import LossLog, Place
from converters.macros.basic_libraries import FOLDER, Library, library_files, plan_libraries
from converters.macros.basic_source import carried, commented
from converters.macros.code_names import read_code_names
from converters.macros.compatibility import describe_module, names_of
from converters.macros.containers import (
    SHOW_BYTES,
    SHOW_STREAM,
    Found,
    projects_of_ole,
    projects_of_package,
    projects_of_show,
)
from converters.macros.document_events import Events, events_of
from converters.macros.package_edits import Edits, edit_package
from converters.macros.project import Project
from converters.macros.scripts import scripts_of
from converters.macros.source import read_source
from converters.macros.texts import archive_of
from converters.ooxml.package import Limits
from converters.options import NO_SCRIPTS, MacroPolicy, Scripts
from converters.private_files import private_file

_DIALOGS = "Dialogs/"
_NAMES_TOLD = 6
_WHOLE_BYTES = 32_000_000


@dataclass(slots=True)
class MacroStage:
    """``projects`` that could be read; ``unread`` counts those that could not. ``scripts``: what a native converter
    needs of macros that are carried."""

    policy: MacroPolicy
    family: str = ""
    projects: tuple[Project, ...] = ()
    unread: int = 0
    libraries: tuple[Library, ...] = ()
    scripts: Scripts = NO_SCRIPTS
    code_names: dict[str, str] = field(default_factory=dict)

    @property
    def modules(self) -> int:
        """How many modules hold code."""
        return sum(
            bool(read_source(module.code or "").lines)
            for project in self.projects
            for module in project.modules
        )

    @property
    def found(self) -> bool:
        """Whether the source has macros, readable or not. A native result of one without them holds no code."""
        return bool(self.projects or self.unread)

    @property
    def reader(self) -> str:
        """What read the code: ``oletools``, ``own``, or empty where there was none."""
        return next((project.reader for project in self.projects if project.reader), "")

    def texts(self) -> bytes | None:
        """What lies beside the result under the policy; None for nothing."""
        return archive_of(self.projects) if self.policy is MacroPolicy.LEAVE else None

    def apply(self, package: Path, log: LossLog) -> None:
        """Change the result in place and record what becomes of the macros.

        What LibreOffice's import put there goes whatever the policy, so that both engines give the same. Raises
        zipfile.BadZipFile, KeyError, lxml.etree.XMLSyntaxError where the result is no package.
        """
        events = Events()
        edits = Edits()
        if self.policy in (MacroPolicy.CARRY, MacroPolicy.COMMENT) and self.modules:
            events = self._write(edits, log)
        elif _has_scripts(package):
            edits = Edits((FOLDER, _DIALOGS), without_listeners=True)
        if edits.dropped:
            edits.functions = frozenset(scripts_of(self.libraries).functions)
            edits.without_functions = self.policy is not MacroPolicy.CARRY
            with private_file() as edited:
                edit_package(package, edited, edits)
                shutil.copyfile(edited, package)
        self._report(edits, events, package, log)

    def _write(self, edits: Edits, log: LossLog) -> Events:
        """Plan the libraries, and what leads to them."""
        runs = self.policy is MacroPolicy.CARRY
        written = carried if runs else commented
        libraries = self.libraries
        events = events_of(libraries) if runs else Events()
        if events.module is not None:
            libraries = tuple(_with_module(library, events) for library in libraries)
        files, changed = library_files(libraries, written)
        edits.added, edits.dropped = files, (FOLDER,) if runs else (FOLDER, _DIALOGS)
        edits.without_listeners = not runs
        edits.listeners = events.listeners
        edits.vba_mode = runs and self.family == SPREADSHEET
        edits.code_names = self.code_names if runs else {}
        if changed:
            log.report("MACRO_LINES_CHANGED", lines=changed)
        return events

    def _report(self, edits: Edits, events: Events, package: Path, log: LossLog) -> None:
        modules = self.modules
        if self.unread or (modules and self.policy is MacroPolicy.DROP):
            log.report("MACROS_NOT_CARRIED")
        if edits.removed_listeners:
            log.report("MACRO_BINDING_DROPPED", count=edits.removed_listeners)
        for function, cells in sorted(edits.calling_cells.items()):
            code = "FORMULA_NOT_TRANSLATED" if edits.without_functions else "MACRO_FUNCTION_IN_CELLS"
            log.report(code, count=cells, detail=function.upper())
        if not modules or self.policy is MacroPolicy.DROP:
            return
        log.report(_CODES[self.policy], modules=modules)
        if self.policy is MacroPolicy.CARRY:
            self._report_carried(events, package, log)

    def _report_carried(self, events: Events, package: Path, log: LossLog) -> None:
        missing: dict[str, None] = {}
        procedures = 0
        for project in self.projects:
            names = names_of(project)
            for module in project.modules:
                for procedure in describe_module(module, self.family, names).details:
                    lacking = (*procedure.missing, *procedure.windows)
                    procedures += bool(lacking)
                    missing.update((use.partition(":")[2], None) for use in lacking)
        if procedures:
            log.report("MACROS_TO_PORT", procedures=procedures, names=_told(missing))
        if events.unbound:
            log.report("MACRO_EVENTS_UNBOUND", names=_told(dict.fromkeys(events.unbound)))
        with zipfile.ZipFile(package) as archive:
            carried_dialogs = {Path(name).stem for name in archive.namelist() if name.startswith(_DIALOGS)}
        for project in self.projects:
            for module in project.modules:
                if module.kind == "form" and module.name not in carried_dialogs:
                    log.report(
                        "MACRO_FORM_NOT_CARRIED", Place("module", container=module.name), name=module.name
                    )


_CODES = {
    MacroPolicy.LEAVE: "MACROS_LEFT_BESIDE",
    MacroPolicy.CARRY: "MACROS_UNPROVEN",
    MacroPolicy.COMMENT: "MACROS_COMMENTED",
}


def _told(names: dict[str, None]) -> str:
    """The first names, for a sentence."""
    told = list(names)
    return ", ".join(told[:_NAMES_TOLD]) + (" ..." if len(told) > _NAMES_TOLD else "")


def _with_module(library: Library, events: Events) -> Library:
    if library.name != events.library or events.module is None:
        return library
    return Library(library.name, library.project, (*library.modules, (events.module.name, events.module)))


def _has_scripts(package: Path) -> bool:
    with zipfile.ZipFile(package) as archive:
        return any(name.startswith((FOLDER, _DIALOGS)) for name in archive.namelist())


def read_macros(source: Path, identity: Identity, policy: MacroPolicy, limits: Limits) -> MacroStage:
    """The macros of a source. A project that cannot be read is counted, never raised."""
    stage = MacroStage(policy, identity.family)
    if not _may_hold_macros(source, identity):
        return stage
    projects = []
    try:
        with opened(source, limits, _WHOLE_BYTES) as content:
            for _place, found in _projects(content, identity, limits):
                if isinstance(found, Project):
                    projects.append(found)
                else:
                    stage.unread += 1
            if policy is MacroPolicy.CARRY and identity.family == SPREADSHEET and content.package is not None:
                stage.code_names = read_code_names(content.package)
    except Refused:
        stage.unread += 1  # of the container itself: the engine says so
    stage.projects = tuple(projects)
    stage.libraries = plan_libraries(projects)
    if policy is MacroPolicy.CARRY:
        stage.scripts = scripts_of(stage.libraries)
    return stage


def _may_hold_macros(source: Path, identity: Identity) -> bool:
    """Whether it pays to look: a format of macros, or a package with a project that its type does not announce."""
    if identity.macro or identity.kind == "flat_docx":
        return True
    try:
        with zipfile.ZipFile(source) as archive:
            return any("vbaproject" in name.lower() for name in archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def _projects(content: Content, identity: Identity, limits: Limits) -> Iterator[Found]:
    if identity.kind == "flat_docx":
        content.stream.seek(0)
        with read_flat_package(content.stream.read(), limits) as flat:
            yield from projects_of_package(flat)
    elif content.package is not None:
        yield from projects_of_package(content.package)
    elif content.ole is not None:
        yield from projects_of_ole(content.ole)
        if identity.kind in ("ppt", "pot", "pps") and content.ole.exists(SHOW_STREAM):
            yield from projects_of_show(content.ole.openstream(SHOW_STREAM).read(SHOW_BYTES))
