"""VBA projects: modules with their code, references, protection, from ``vbaProject.bin`` or a legacy file's storage.

Source: [MS-OVBA] 2.3.1 (PROJECT stream), 2.3.4.2 (dir stream), 2.2.10 (designer storages). Nothing is executed. Where
the extra ``macros`` is installed, ``oletools`` reads the code (:mod:`converters.macros.oletools_reader`); structure,
bounds and everything else are this module's.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

import olefile

from converters.errors import Refused
from converters.identify_ole import opened
from converters.macros.compression import MAX_SOURCE_BYTES, decompress
from converters.macros.oletools_reader import code_by_oletools
from converters.macros.project_protection import is_locked

MAX_MODULES = 5_000
MAX_PROJECT_BYTES = 60_000_000  # the code of all modules
_TEXT_BYTES = 1_000_000

# key of the PROJECT stream -> kind of module
_MODULE_KEYS = {"Module": "standard", "Class": "class", "Document": "document", "BaseClass": "form"}
_PROJECT_LINE = re.compile(r"^(Module|Class|Document|BaseClass)=([^/\r\n]+)", re.MULTILINE)
_PROJECT_NAME = re.compile(r'^Name="([^"\r\n]*)"', re.MULTILINE)
# dir stream records that are read (2.3.4.2)
_CODEPAGE, _VERSION, _NAME = 0x0003, 0x0009, 0x0004
_MODULE_NAME, _MODULE_NAME_UNICODE = 0x0019, 0x0047
_STREAM_NAME, _STREAM_NAME_UNICODE, _OFFSET = 0x001A, 0x0032, 0x0031
_REFERENCE_NAME, _REFERENCE_REGISTERED, _REFERENCE_PROJECT, _REFERENCE_CONTROL = 0x16, 0x0D, 0x0E, 0x2F
_NOT_PROCEDURAL = 0x0022  # MODULETYPE of document, class and designer modules


@dataclass(frozen=True, slots=True)
class Module:
    """``kind``: standard, class, document, form, or empty where no list names it. ``code`` as the file stores it, with
    its Attribute lines and line ends; None where it was not read. ``designer``: the text of a form's VBFrame stream."""

    name: str
    kind: str = ""
    code: str | None = None
    designer: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A library or another project that the code relies on: its name in code, and its LIBID or path."""

    name: str
    target: str


@dataclass(frozen=True, slots=True)
class Project:
    """``locked``: its author closed it to the eye with a password; its code is stored in the clear all the same.
    ``reader``: ``oletools``, ``own``, or empty where no code was read."""

    name: str = ""
    modules: tuple[Module, ...] = ()
    references: tuple[Reference, ...] = ()
    locked: bool = False
    reader: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    stream: str
    offset: int
    procedural: bool


@dataclass(slots=True)
class _Directory:
    """What the dir stream lists."""

    codepage: str
    name: str
    entries: list[_Entry]
    references: list[Reference]


def read_project(data: bytes, *, deep: bool = True) -> Project:
    """The project of a ``vbaProject.bin``. Raises Refused DAMAGED_OLE, LIMIT_PART_SIZE."""
    with opened(io.BytesIO(data)) as ole:
        return read_project_storage(ole, "", deep=deep)


def read_project_storage(ole: olefile.OleFileIO, storage: str, *, deep: bool = True) -> Project:
    """The project in a storage of a compound file (``Macros``, ``_VBA_PROJECT_CUR``, empty for the root).

    Without ``deep`` only names and kinds. Raises Refused DAMAGED_OLE, LIMIT_PART_SIZE, and what olefile raises on
    broken tables.
    """
    prefix = f"{storage}/" if storage else ""
    text = _read_text(ole, f"{prefix}PROJECT", "cp1252")
    kinds = _kinds(text)
    listed = _PROJECT_NAME.search(text)
    project = Project(listed[1] if listed else "", locked=is_locked(text))
    if not deep or not ole.exists(f"{prefix}VBA/dir"):
        return replace(project, modules=tuple(Module(name, kind) for name, kind in kinds.items()))
    directory = _read_directory(decompress(ole.openstream(f"{prefix}VBA/dir").read()))
    kinds = _kinds(_read_text(ole, f"{prefix}PROJECT", directory.codepage))
    by_name = {name.casefold(): kind for name, kind in kinds.items()}
    modules, own_bytes = [], 0
    for entry in directory.entries:
        code = _read_code(ole, f"{prefix}VBA/{entry.stream}", entry, directory.codepage)
        own_bytes += len(code)
        if own_bytes > MAX_PROJECT_BYTES:
            raise Refused("LIMIT_PART_SIZE", part="vbaProject.bin", limit=MAX_PROJECT_BYTES)
        kind = by_name.get(entry.name.casefold()) or ("standard" if entry.procedural else "")
        designer = _read_text(ole, f"{prefix}{entry.name}/\x03VBFrame", directory.codepage)
        modules.append(Module(entry.name, kind, code, designer))
    if (second := code_by_oletools(ole, prefix)) is not None:
        modules = [replace(module, code=second.get(module.name) or module.code) for module in modules]
    read = {module.name.casefold() for module in modules}
    modules += [Module(name, kind) for name, kind in kinds.items() if name.casefold() not in read]
    return replace(
        project,
        name=directory.name or project.name,
        modules=tuple(modules),
        references=tuple(directory.references),
        reader="own" if second is None else "oletools",
    )


def _read_text(ole: olefile.OleFileIO, name: str, codepage: str) -> str:
    return ole.openstream(name).read(_TEXT_BYTES).decode(codepage, "replace") if ole.exists(name) else ""


def _kinds(text: str) -> dict[str, str]:
    return {match[2].strip(): _MODULE_KEYS[match[1]] for match in _PROJECT_LINE.finditer(text)}


def _read_code(ole: olefile.OleFileIO, path: str, entry: _Entry, codepage: str) -> str:
    if not ole.exists(path):
        raise Refused("DAMAGED_OLE", detail=f"no stream for module {entry.name}")
    if ole.get_size(path) > MAX_SOURCE_BYTES:
        raise Refused("LIMIT_PART_SIZE", part=entry.name, limit=MAX_SOURCE_BYTES)
    return decompress(ole.openstream(path).read()[entry.offset :]).decode(codepage, "replace")


def _read_directory(data: bytes) -> _Directory:
    directory = _Directory("cp1252", "", [], [])
    name = stream = reference = ""
    for code, content in _records(data):
        if code == _CODEPAGE and len(content) == 2:
            directory.codepage = _codec(struct.unpack("<H", content)[0])
        elif code == _NAME:
            directory.name = content.decode(directory.codepage, "replace")
        elif code == _MODULE_NAME:
            name = content.decode(directory.codepage, "replace")
        elif code == _MODULE_NAME_UNICODE and content:
            name = content.decode("utf-16-le", "replace")
        elif code == _STREAM_NAME:
            stream = content.decode(directory.codepage, "replace")
        elif code == _STREAM_NAME_UNICODE and content:
            stream = content.decode("utf-16-le", "replace")
        elif code == _OFFSET and len(content) == 4:
            if len(directory.entries) >= MAX_MODULES:
                raise Refused("LIMIT_ENTRIES", entries=MAX_MODULES + 1, limit=MAX_MODULES)
            directory.entries.append(_Entry(name, stream, struct.unpack("<I", content)[0], True))
        elif code == _NOT_PROCEDURAL and directory.entries:
            directory.entries[-1] = replace(directory.entries[-1], procedural=False)
        elif code == _REFERENCE_NAME:
            reference = content.decode(directory.codepage, "replace")
        elif code in (_REFERENCE_REGISTERED, _REFERENCE_PROJECT, _REFERENCE_CONTROL):
            directory.references.append(Reference(reference, _library(content, directory.codepage)))
    return directory


def _library(content: bytes, codepage: str) -> str:
    """The LIBID of a reference record: a counted text at its beginning (2.3.4.2.2)."""
    if len(content) < 4:
        return ""
    (size,) = struct.unpack_from("<I", content)
    return content[4 : 4 + size].decode(codepage, "replace")


def _codec(number: int) -> str:
    name = {65001: "utf-8", 10000: "mac_roman", 1200: "utf-16-le"}.get(number, f"cp{number}")
    try:
        b"".decode(name)
    except LookupError:
        return "latin-1"
    return name


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + 6 <= len(data):
        code, size = struct.unpack_from("<HI", data, position)
        if code == _VERSION:
            size = 6  # the one record whose size field is wrong by definition (2.3.4.2.1.11)
        position += 6
        yield code, data[position : position + size]
        position += size
