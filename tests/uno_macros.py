"""Runs under the Python that knows ``uno``: starts LibreOffice on a profile, opens a document with its macros allowed,
does what is asked and prints the answers as JSON. See ``tests/macro_office.py``.

    python uno_macros.py PIPE PROGRAM ARGUMENT...    with {"url": ..., "steps": [[NAME, ARGUMENT...]...]} on its input
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import uno
from uno_desktop import desktop_of


def main(pipe: str, command: list[str]) -> None:
    asked = json.load(sys.stdin)
    with desktop_of(pipe, command) as desktop:
        # the profile decides whether its macros run: com.sun.star.document.MacroExecMode.USE_CONFIG
        loading = (
            uno.createUnoStruct(
                "com.sun.star.beans.PropertyValue", "Hidden", 0, asked.get("hidden", True), 0
            ),
            uno.createUnoStruct(
                "com.sun.star.beans.PropertyValue", "MacroExecutionMode", 0, asked["mode"], 0
            ),
        )
        document = desktop.loadComponentFromURL(asked["url"], "_blank", 0, loading)
        if document is None:
            print(json.dumps("no document"))
            return
        answers = []
        for name, *arguments in asked["steps"]:
            try:
                answers.append(_STEPS[name](document, *arguments))
            except Exception as error:
                answers.append(f"error: {getattr(error, 'Message', error)}")
        print(json.dumps(answers))
        sys.stdout.flush()
        document.close(True)


def _cell(document: Any, sheet: int, cell: str) -> Any:
    found = document.Sheets.getByIndex(sheet).getCellRangeByName(cell)
    return (
        found.Value if not found.getError() and found.String and found.Type.value != "TEXT" else found.String
    )


def _recalculate(document: Any) -> None:
    document.calculateAll()


def _call(document: Any, url: str, *arguments: Any) -> Any:
    return document.getScriptProvider().getScript(url).invoke(arguments, (), ())[0]


def _bound(document: Any) -> list[list[str]]:
    """The macros of the controls: name of each, event, script URL."""
    found = []
    for page in _pages(document):
        for form in (page.Forms.getByIndex(index) for index in range(page.Forms.Count)):
            for index in range(form.Count):
                for event in form.getScriptEvents(index):
                    found.append([form.getByIndex(index).Name, event.EventMethod, event.ScriptCode])
    return found


def _pages(document: Any) -> list[Any]:
    pages = getattr(document, "DrawPages", None)
    return [pages.getByIndex(index) for index in range(pages.Count)] if pages else [document.DrawPage]


def _events(document: Any) -> dict[str, str]:
    """The document's own events that start a macro."""
    events = document.Events
    found = {}
    for name in events.ElementNames:
        values = {value.Name: value.Value for value in events.getByName(name) or ()}
        if values.get("Script"):
            found[name] = values["Script"]
    return found


def _shape_events(document: Any) -> list[list[str]]:
    found = []
    for page in _pages(document):
        for index in range(page.Count):
            shape = page.getByIndex(index)
            for name in getattr(shape, "Events", None).ElementNames if hasattr(shape, "Events") else ():
                values = {value.Name: value.Value for value in shape.Events.getByName(name) or ()}
                if values.get("Script"):
                    found.append([shape.Name, name, values["Script"]])
    return found


def _modules(document: Any) -> dict[str, str]:
    libraries = document.BasicLibraries
    found = {}
    for library in libraries.ElementNames:
        libraries.loadLibrary(library)
        for module in libraries.getByName(library).ElementNames:
            found[f"{library}.{module}"] = libraries.getByName(library).getByName(module)
    return found


def _module_kinds(document: Any) -> dict[str, int]:
    libraries = document.BasicLibraries
    found = {}
    for library in libraries.ElementNames:
        libraries.loadLibrary(library)
        held = libraries.getByName(library)
        for module in held.ElementNames:
            found[f"{library}.{module}"] = (
                held.getModuleInfo(module).ModuleType if held.hasModuleInfo(module) else 0
            )
    return found


def _vba_mode(document: Any) -> list[Any]:
    return [document.BasicLibraries.VBACompatibilityMode, document.BasicLibraries.ProjectName]


def _text(document: Any) -> str:
    return document.Text.String


def _probe(document: Any, snippets: dict[str, str]) -> dict[str, str]:
    """What becomes of pieces of Basic, each the body of a function in a module of its own: its answer, or the error."""
    libraries = document.BasicLibraries
    libraries.VBACompatibilityMode = True
    if not libraries.hasByName("Probe"):
        libraries.createLibrary("Probe")
    library = libraries.getByName("Probe")
    found = {}
    for name, code in snippets.items():
        if library.hasByName("Piece"):
            library.removeByName("Piece")
        library.insertByName("Piece", code)
        try:
            found[name] = repr(
                _call(document, "vnd.sun.star.script:Probe.Piece.Main?language=Basic&location=document")
            )
        except Exception as error:
            found[name] = f"error: {getattr(error, 'Message', error)}"
    return found


def _sleep(_document: Any, seconds: float) -> None:
    time.sleep(seconds)


_STEPS = {
    "sleep": _sleep,
    "cell": _cell,
    "recalculate": _recalculate,
    "call": _call,
    "bound": _bound,
    "events": _events,
    "shape_events": _shape_events,
    "modules": _modules,
    "module_kinds": _module_kinds,
    "vba_mode": _vba_mode,
    "text": _text,
    "probe": _probe,
}

if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
