"""The Basic libraries of an ODF package, as LibreOffice reads them: a library per VBA project, a file per module.

Source: ODF 1.3 Part 2, 3.1 leaves scripts to the program; the files are LibreOffice's own (``libraries.dtd``,
``library.dtd``, ``module.dtd`` of its xmlscript), ``script:moduleType`` among them, which says what a module belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from converters.macros.basic_source import BasicSource
from converters.macros.project import Module, Project

FOLDER = "Basic/"
STANDARD = "Standard"  # the library that every document has
DEFAULT_NAME = "VBAProject"
_NAME = re.compile(r"[^\W\d]\w{0,60}")
_MODULE_TYPES = {"standard": "normal", "class": "class", "form": "form", "document": "document"}
_DOCTYPE = '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARY = 'xmlns:library="http://openoffice.org/2000/library"'


@dataclass(frozen=True, slots=True)
class Library:
    """A project under the name of its library, each module under the name of its file and in code."""

    name: str
    project: Project
    modules: tuple[tuple[str, Module], ...]


def plan_libraries(projects: Iterable[Project]) -> tuple[Library, ...]:
    """Names for libraries and modules: the project's own, where a package may carry them, and none twice."""
    libraries = []
    taken = {STANDARD.casefold()}
    for project in projects:
        name = _free(project.name or DEFAULT_NAME, taken)
        modules, used = [], {"script-lb"}
        for module in project.modules:
            modules.append((_free(module.name, used), module))
        libraries.append(Library(name, project, tuple(modules)))
    return tuple(libraries)


def _free(wanted: str, taken: set[str]) -> str:
    """A name that is a word, so that no path can stand in it; numbered where it is taken."""
    name = wanted if _NAME.fullmatch(wanted) else "_".join(re.findall(r"\w+", wanted))[:60] or "Module"
    if not _NAME.fullmatch(name):
        name = f"M{name}"[:61]
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name}_{number}"
    taken.add(free.casefold())
    return free


def library_files(
    libraries: Iterable[Library], written: Callable[[Module], BasicSource]
) -> tuple[dict[str, bytes], int]:
    """Path in the package -> content of every file, and how many statements of the modules were changed.

    ``written`` makes Basic of a module.
    """
    files: dict[str, bytes] = {}
    names, changed = [], 0
    for library in libraries:
        names.append(library.name)
        for name, module in library.modules:
            source = written(module)
            changed += source.changed
            files[f"{FOLDER}{library.name}/{name}.xml"] = _module_file(name, module, source.text)
        files[f"{FOLDER}{library.name}/script-lb.xml"] = _library_file(
            library.name, [name for name, _module in library.modules]
        )
    files[f"{FOLDER}{STANDARD}/script-lb.xml"] = _library_file(STANDARD, [])
    files[f"{FOLDER}script-lc.xml"] = _list_file([*names, STANDARD])
    return files, changed


def _module_file(name: str, module: Module, text: str) -> bytes:
    kind = _MODULE_TYPES.get(module.kind, "normal")
    return (
        _DECLARATION
        + _DOCTYPE.format("script:module", "module")
        + '\n<script:module xmlns:script="http://openoffice.org/2000/script" '
        + f'script:name={quoteattr(name)} script:language="StarBasic" script:moduleType="{kind}">'
        + escape(text)
        + "</script:module>"
    ).encode()


def _library_file(name: str, elements: list[str]) -> bytes:
    entries = "".join(f"\n <library:element library:name={quoteattr(element)}/>" for element in elements)
    return (
        _DECLARATION
        + _DOCTYPE.format("library:library", "library")
        + f"\n<library:library {_LIBRARY} library:name={quoteattr(name)} "
        + f'library:readonly="false" library:passwordprotected="false">{entries}\n</library:library>'
    ).encode()


def _list_file(names: list[str]) -> bytes:
    entries = "".join(
        f'\n <library:library library:name={quoteattr(name)} library:link="false"/>' for name in names
    )
    return (
        _DECLARATION
        + _DOCTYPE.format("library:libraries", "libraries")
        + f'\n<library:libraries {_LIBRARY} xmlns:xlink="http://www.w3.org/1999/xlink">{entries}\n'
        + "</library:libraries>"
    ).encode()
