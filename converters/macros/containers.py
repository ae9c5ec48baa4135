"""The VBA projects of a file, wherever its format keeps them.

Sources: ECMA-376 packages by relationship and name ([MS-OFFMACRO2] 2.1.3); [MS-OVBA] 2.2.1 (storages of compound
files); [MS-PPT] 2.4.10, 2.10.34 (a project within the stream of a presentation).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator

import olefile

from converters.errors import Refused
from converters.identify_ole import damage_refused
from converters.losses import Place
from converters.macros.project import Project, read_project, read_project_storage
from converters.ooxml.package import Package
from converters.parts import relationships

_ROOTS = ("Macros", "_VBA_PROJECT_CUR")
SHOW_STREAM = "PowerPoint Document"
SHOW_BYTES = 100_000_000
_STORAGE_BYTES = 20_000_000
_OBJECT_STORAGE = re.compile(rb"([\x00\x10])\x00\x11\x10(.{4})", re.DOTALL)
_VBA_DIRECTORY = "VBA".encode("utf-16-le")

# where a project stands, and the project or why it cannot be read
Found = tuple[Place, Project | Refused]


def projects_of_package(
    package: Package, sources: Iterable[str] | None = None, *, deep: bool = True
) -> Iterator[Found]:
    """Every project of a package, whether or not a relationship (of ``sources``, all without it) leads there."""
    linked = [
        relationship.target
        for _source, relationship in relationships(package, sources)
        if relationship.kind == "vbaProject" and not relationship.external
    ]
    named = [part for part in package.part_names if part.lower().endswith("vbaproject.bin")]
    for part in dict.fromkeys(part for part in (*linked, *named) if part in package):
        place = Place("part", part=part)
        try:
            yield place, read_project(package.read(part), deep=deep)
        except Refused as refusal:
            yield place, refusal


def projects_of_ole(ole: olefile.OleFileIO, *, deep: bool = True) -> Iterator[Found]:
    """Every project that has a storage of its own, in the order of the directory."""
    for storage in _storages(ole.listdir(streams=True, storages=True)):
        place = Place("part", part=storage or "VBA")
        try:
            with damage_refused():
                yield place, read_project_storage(ole, storage, deep=deep)
        except Refused as refusal:
            yield place, refusal


def _storages(paths: list[list[str]]) -> list[str]:
    """The storages that hold a VBA project; the root itself is the empty name."""
    found = [
        path[:-2] for path in paths if path[-2:-1] == ["VBA"] and path[-1].lower() in ("dir", "_vba_project")
    ]
    found += [path for path in paths if len(path) == 1 and path[0] in _ROOTS]
    return list(dict.fromkeys("/".join(path) for path in found))


def projects_of_show(data: bytes) -> Iterator[Found]:
    """The projects among the objects that a ``PowerPoint Document`` stream stores, compressed or not."""
    place = Place("part", part=SHOW_STREAM)
    for match in _OBJECT_STORAGE.finditer(data):
        (size,) = struct.unpack("<I", match[2])
        content = data[match.end() : match.end() + size]
        if match[1] == b"\x10":
            try:
                content = zlib.decompressobj().decompress(content[4:], _STORAGE_BYTES)
            except zlib.error:
                continue  # bytes that look like the record and are none
        if not content.startswith(olefile.MAGIC) or _VBA_DIRECTORY not in content:
            continue
        try:
            yield place, read_project(content)
        except Refused as refusal:
            yield place, refusal
