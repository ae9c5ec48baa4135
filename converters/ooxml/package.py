"""An Office Open XML package: parts and relationships, read with limits against hostile zips.

Source: ECMA-376 Part 2 (Open Packaging Conventions). Part names are compared without case (6.2.2.3), backslashes
that some producers write are read as slashes.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from lxml import etree
from zlib_ng import zlib_ng

from converters.errors import Refused
from converters.ooxml.namespaces import NAMESPACES, qn, transitional_relationship
from converters.ooxml.xml import read_xml

_R = NAMESPACES["r"]
OFFICE_DOCUMENT = f"{_R}/officeDocument"
_END_RECORD_REACH = 65_557  # the end record and the longest comment (APPNOTE 4.3.16)
_DIRECTORY_BYTES_PER_ENTRY = 128  # 46 and a name of usual length
_LOCAL_HEADER_BYTES = 30
# encrypted, patched data, strong encryption (APPNOTE 4.4.4); and the flag of names in UTF-8
_SPECIAL_FLAGS, _UTF8_NAME = 0x1 | 0x20 | 0x40, 0x800
_USUAL_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# what every unsafe name holds, looked for in all names at once
_SUSPECT = re.compile(r":|\.\.|\x00|[\\/]{2}|^[\\/]", re.MULTILINE)
_UNSAFE = re.compile(r"^[A-Za-z]:|^[\\/]{2}|(^|[\\/])\.\.([\\/]|$)|\x00")


def is_unsafe(name: str) -> bool:
    """Whether the name of an entry leads out of the package, or means a drive, a share or nothing."""
    return _UNSAFE.search(name) is not None


# a target that takes more than steps up and a name to resolve
_ODD_TARGET = re.compile(r"^/|[\\#%]|//|/\.|[^.]\./|^\./")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what a package may cost before it is refused."""

    file_bytes: int = 2_000_000_000
    entries: int = 20_000
    part_bytes: int = 4_000_000_000  # a part that is streamed
    tree_bytes: int = 200_000_000  # a part that is read as a whole tree
    total_bytes: int = 8_000_000_000
    ratio: int = 400  # unpacked to packed size, beyond ratio_free_bytes
    ratio_free_bytes: int = 20_000_000
    encrypted_bytes: int = 200_000_000  # a file under a password, which is opened in memory
    key_rounds: int = 1_000_000  # of the hash that makes a key of a password; Office does 100 000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Relationship:
    """``type`` is the Transitional URI; ``target`` a part name (internal) or the URI as written (external)."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last step of the type: ``image``, ``hyperlink``, ``styles``."""
        return _last_step(self.type)


class Package:
    """A package opened for reading; use as a context manager.

    Raises Refused: DAMAGED_ZIP, UNSAFE_NAME, DUPLICATE_NAME and the LIMIT codes.
    """

    def __init__(self, source: Path | IO[bytes] | bytes, limits: Limits = DEFAULT_LIMITS) -> None:
        self.limits = limits
        if isinstance(source, bytes):
            source = io.BytesIO(source)
        try:
            _check_directory_size(source, limits)
            self._zip = zipfile.ZipFile(source)
            self._entries = self._checked_entries()
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, zlib.error) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise Refused("DAMAGED_ZIP", detail=str(error)) from None
        self._relationships: dict[str, dict[str, Relationship]] = {}

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._zip.close()

    # -- parts -------------------------------------------------------------------------------------------------

    def _checked_entries(self) -> dict[str, zipfile.ZipInfo]:
        limits, entries, total = self.limits, self._zip.infolist(), 0
        if len(entries) > limits.entries:
            raise Refused("LIMIT_ENTRIES", entries=len(entries), limit=limits.entries)
        found: dict[str, zipfile.ZipInfo] = {}
        suspect = _SUSPECT.search("\n".join([entry.filename for entry in entries]))
        for entry in entries:
            if suspect and is_unsafe(entry.filename):
                raise Refused("UNSAFE_NAME", name=entry.filename)
            if entry.is_dir():
                continue
            if entry.file_size > limits.part_bytes:
                raise Refused("LIMIT_PART_SIZE", part=entry.filename, limit=limits.part_bytes)
            if entry.file_size > max(limits.ratio_free_bytes, limits.ratio * max(1, entry.compress_size)):
                ratio = entry.file_size // max(1, entry.compress_size)
                raise Refused("LIMIT_RATIO", part=entry.filename, ratio=ratio, limit=limits.ratio)
            total += entry.file_size
            if total > limits.total_bytes:
                raise Refused("LIMIT_TOTAL_SIZE", limit=limits.total_bytes)
            name = _key(entry.filename)
            if name in found and found[name].filename == entry.filename and found[name].CRC != entry.CRC:
                raise Refused("DUPLICATE_NAME", name=entry.filename)
            found.setdefault(name, entry)
        return found

    @cached_property
    def part_names(self) -> list[str]:
        """Part names as written, without a leading slash, in the order of the zip directory."""
        return [entry.filename.replace("\\", "/").lstrip("/") for entry in self._entries.values()]

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._entries

    def size(self, part: str) -> int:
        """Unpacked size in bytes as the zip directory tells it. Raises Refused MISSING_PART."""
        return self._entry(part).file_size

    def _entry(self, part: str) -> zipfile.ZipInfo:
        try:
            return self._entries[_key(part)]
        except KeyError:
            raise Refused("MISSING_PART", part=part) from None

    def open(self, part: str) -> IO[bytes]:
        """The part as a stream. Raises Refused: MISSING_PART, ENCRYPTED, DAMAGED_ZIP."""
        entry = self._entry(part)
        if entry.flag_bits & 0x1:
            raise Refused("ENCRYPTED")
        try:
            return self._zip.open(entry)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, zlib.error) as error:
            raise Refused("DAMAGED_ZIP", detail=str(error)) from None

    def read(self, part: str, limit: int | None = None) -> bytes:
        """All bytes of the part. Raises Refused: MISSING_PART, LIMIT_PART_SIZE, DAMAGED_ZIP."""
        limit = self.limits.tree_bytes if limit is None else limit
        if self.size(part) > limit:
            raise Refused("LIMIT_PART_SIZE", part=part, limit=limit)
        try:
            data = self._unpacked(self._entry(part), limit)
            if data is None:
                with self.open(part) as stream:
                    data = stream.read(limit + 1)  # the directory may lie about the size
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, zlib.error) as error:
            raise Refused("DAMAGED_ZIP", detail=f"{part}: {error}") from None
        if len(data) > limit:
            raise Refused("LIMIT_PART_SIZE", part=part, limit=limit)
        return data

    def head(self, part: str, size: int) -> bytes:
        """The first bytes of a part, as many as ``size`` at most. Raises Refused as :meth:`open`, DAMAGED_ZIP."""
        try:
            with self.open(part) as stream:
                return stream.read(size)
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, zlib.error) as error:
            raise Refused("DAMAGED_ZIP", detail=f"{part}: {error}") from None

    def _unpacked(self, entry: zipfile.ZipInfo, limit: int) -> bytes | None:
        """An entry that is stored or deflated as most are, unpacked at once: a third of the time of a stream.

        None for one that only zipfile can read or can say what is wrong with.
        """
        file = self._zip.fp
        if file is None or entry.flag_bits & _SPECIAL_FLAGS or entry.compress_type not in _USUAL_PACKING:
            return None
        file.seek(entry.header_offset)
        head = file.read(_LOCAL_HEADER_BYTES)
        if len(head) < _LOCAL_HEADER_BYTES or not head.startswith(b"PK\x03\x04"):
            return None
        name_bytes, extra_bytes = struct.unpack_from("<HH", head, 26)
        name = file.read(name_bytes)
        if name != entry.orig_filename.encode(
            "utf-8" if entry.flag_bits & _UTF8_NAME else "cp437", "replace"
        ):
            return None
        file.seek(extra_bytes, io.SEEK_CUR)
        packed = file.read(entry.compress_size)
        if entry.compress_type == zipfile.ZIP_STORED:
            data = packed
        else:
            inflation = zlib_ng.decompressobj(-zlib_ng.MAX_WBITS)
            try:
                data = inflation.decompress(packed, limit + 1)
            except zlib_ng.error:  # type: ignore[misc]  # the stubs do not say that it is an exception
                return None
            if not inflation.eof and len(data) <= limit:
                return None
        if len(data) != entry.file_size or zlib_ng.crc32(data) != entry.CRC:
            return None
        return data

    def read_xml(self, part: str) -> etree._Element:
        """The part's root element. Raises Refused as :meth:`read` and :func:`converters.ooxml.xml.read_xml`."""
        return read_xml(self.read(part), part)

    # -- content types -----------------------------------------------------------------------------------------

    @cached_property
    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        overrides: dict[str, str] = {}
        defaults: dict[str, str] = {}
        root = self.read_xml("[Content_Types].xml")
        for child in root:
            if child.tag == qn("ct:Override"):
                overrides[_key(child.get("PartName", ""))] = child.get("ContentType", "")
            elif child.tag == qn("ct:Default"):
                defaults[child.get("Extension", "").lower()] = child.get("ContentType", "")
        return overrides, defaults

    def content_type(self, part: str) -> str:
        """The media type of a part, ``""`` where the package names none."""
        overrides, defaults = self._content_types
        extension = posixpath.splitext(part)[1][1:].lower()
        return overrides.get(_key(part)) or defaults.get(extension, "")

    # -- relationships -----------------------------------------------------------------------------------------

    def relationships(self, part: str = "") -> dict[str, Relationship]:
        """The relationships of a part (of the package for ``""``) by id, in order; empty where there are none."""
        key = _key(part)
        if key not in self._relationships:
            self._relationships[key] = self._read_relationships(part)
        return self._relationships[key]

    def _read_relationships(self, part: str) -> dict[str, Relationship]:
        folder = part.rpartition("/")[0]
        source = self.relationships_part(part)
        if source not in self:
            return {}
        found = {}
        for child in self.read_xml(source):
            if child.tag != qn("rel:Relationship"):
                continue
            external = child.get("TargetMode", "").lower() == "external"
            target = child.get("Target", "")
            identifier = child.get("Id", "")
            found[identifier] = Relationship(
                id=identifier,
                type=transitional_relationship(child.get("Type", "")),
                target=target if external else self._resolve(folder, target),
                external=external,
            )
        return found

    @staticmethod
    def relationships_part(part: str) -> str:
        """The name of the part that holds the relationships of a part, whether or not it is there."""
        folder, _, name = part.rpartition("/")
        return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"

    def _resolve(self, folder: str, target: str) -> str:
        if not _ODD_TARGET.search(target):  # as most are: down from the folder, or first some steps up
            while target.startswith("../") and folder:
                folder, target = folder.rpartition("/")[0], target[3:]
            name = f"{folder}/{target}" if folder else target
            if name in self:
                return name
        target = target.replace("\\", "/")
        path = target if target.startswith("/") else posixpath.join("/", folder, target)
        name = posixpath.normpath(path.split("#")[0]).lstrip("/")
        return name if name in self else unquote(name)

    @cached_property
    def relationship_sources(self) -> list[str]:
        """The parts that have relationships, in the order of the zip directory; the package itself is ``""``."""
        found = []
        for name in self.part_names:
            folder, _, file = name.rpartition("/")
            if file.lower().endswith(".rels") and folder.lower().endswith("_rels"):
                found.append(posixpath.join(folder[: -len("_rels")].rstrip("/"), file[: -len(".rels")]))
        return found

    def related(self, part: str, kind: str) -> Iterator[Relationship]:
        """The internal relationships of a kind (``"image"``) whose target part exists."""
        for relationship in self.relationships(part).values():
            if relationship.kind == kind and not relationship.external and relationship.target in self:
                yield relationship

    def related_part(self, part: str, kind: str) -> str | None:
        """The first part related to ``part`` by a kind of relationship, or None."""
        return next((relationship.target for relationship in self.related(part, kind)), None)

    @property
    def main_part(self) -> str:
        """The part that holds the document. Raises Refused MISSING_PART where none is named or present."""
        for relationship in self.relationships("").values():
            if relationship.type == OFFICE_DOCUMENT and relationship.target in self:
                return relationship.target
        raise Refused("MISSING_PART", part="officeDocument")


def _check_directory_size(source: Path | IO[bytes], limits: Limits) -> None:
    """Refuse a directory that is too long to be read at all, from the record at the file's end.

    Raises Refused LIMIT_ENTRIES. Where the record is missing or lies, reading the directory tells.
    """
    stream = source.open("rb") if isinstance(source, Path) else source
    try:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(max(0, size - _END_RECORD_REACH))
        tail = stream.read()
    finally:
        if isinstance(source, Path):
            stream.close()
        else:
            stream.seek(0)
    start = tail.rfind(b"PK\x05\x06")
    if start < 0 or len(tail) < start + 16:
        return
    entries, directory_bytes = struct.unpack("<HI", tail[start + 10 : start + 16])
    if entries > limits.entries or directory_bytes > limits.entries * _DIRECTORY_BYTES_PER_ENTRY:
        raise Refused("LIMIT_ENTRIES", entries=entries, limit=limits.entries)


@lru_cache(maxsize=1_024)
def _last_step(relationship_type: str) -> str:
    return relationship_type.rpartition("/")[2]


@lru_cache(maxsize=8_192)
def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
