"""The procedures that Office starts by themselves, tied to the events of an ODF document.

Excel and Word find them by name; LibreOffice does so in the files of Office alone and not in the ODF file made of one.
So one small module calls them, and the document's own events call that (ODF 1.3 Part 3, 3.11.1 office:event-listeners;
the names of the events are LibreOffice's, in its xmloff). Macro security decides whether any of it runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from converters.macros.basic_libraries import Library
from converters.macros.marks import AUTO_PROCEDURES
from converters.macros.project import Module
from converters.macros.scripts import ADDRESS_PREFIX
from converters.macros.source import Procedure, read_source

MODULE = "MigrateEvents"
_BOTH = ("document", "standard")


@dataclass(frozen=True, slots=True)
class _Call:
    """``kinds`` of modules in which the program looks for it; ``arguments`` that Office would hand over."""

    procedure: str
    kinds: tuple[str, ...] = _BOTH
    arguments: str = ""


# event in ODF -> (name of our procedure, what it calls, in Office's order)
_EVENTS: dict[str, tuple[str, tuple[_Call, ...]]] = {
    "dom:load": (
        "OnOpen",
        (
            _Call("Workbook_Open", ("document",)),
            _Call("Document_Open", ("document",)),
            _Call("Auto_Open", ("standard",)),
            _Call("AutoOpen"),
        ),
    ),
    "office:new": ("OnNew", (_Call("Document_New", ("document",)), _Call("AutoNew"))),
    "office:save": ("OnSave", (_Call("Workbook_BeforeSave", ("document",), "False, False"),)),
    "office:print": ("OnPrint", (_Call("Workbook_BeforePrint", ("document",), "False"),)),
    "office:prepare-unload": (
        "OnClose",
        (
            _Call("Workbook_BeforeClose", ("document",), "False"),
            _Call("Document_Close", ("document",)),
            _Call("Auto_Close", ("standard",)),
            _Call("AutoClose"),
        ),
    ),
}
_BOUND = frozenset(call.procedure.casefold() for _name, calls in _EVENTS.values() for call in calls)


@dataclass(frozen=True, slots=True)
class Events:
    """``listeners``: event -> address. ``module``: what calls the procedures, for ``library``; None where there are
    none. ``unbound``: procedures that Office starts and nothing starts here."""

    listeners: tuple[tuple[str, str], ...] = ()
    library: str = ""
    module: Module | None = None
    unbound: tuple[str, ...] = ()


def events_of(libraries: Iterable[Library]) -> Events:
    """The events of the first library that has any: a document has one project of its own."""
    unbound: dict[str, None] = {}
    found = Events()
    for library in libraries:
        procedures = [
            (name, module.kind, procedure)
            for name, module in library.modules
            for procedure in read_source(module.code or "").procedures
        ]
        unbound.update(
            (procedure.name, None) for _name, kind, procedure in procedures if _is_unbound(kind, procedure)
        )
        if found.module is None:
            found = _bound(library, procedures)
    return Events(found.listeners, found.library, found.module, tuple(unbound))


def _is_unbound(kind: str, procedure: Procedure) -> bool:
    """A handler of a sheet, a control or the program: its arguments are objects that LibreOffice does not hand over."""
    name = procedure.name.casefold()
    if name in _BOUND or kind not in _BOTH or len(procedure.lines) <= 2:
        return False
    handler = kind == "document" and name.startswith(("worksheet_", "workbook_", "chart_", "document_"))
    return handler or name in AUTO_PROCEDURES


def _bound(library: Library, procedures: list[tuple[str, str, Procedure]]) -> Events:
    code: list[str] = []
    listeners = []
    for event, (name, calls) in _EVENTS.items():
        lines = [
            f"    {module}.{procedure.name} {call.arguments}".rstrip()
            for call in calls
            for module, kind, procedure in procedures
            if kind in call.kinds and procedure.name.casefold() == call.procedure.casefold()
        ]
        if lines:
            code += [f"Sub {name}()", *lines, "End Sub", ""]
            address = f"{ADDRESS_PREFIX}{library.name}.{MODULE}.{name}?language=Basic&location=document"
            listeners.append((event, address))
    if not listeners:
        return Events()
    return Events(tuple(listeners), library.name, Module(MODULE, "standard", "\n".join(code)))
