"""VBA projects: modules, lines and procedures, read from ``vbaProject.bin`` or a project storage of a legacy file.

Source: [MS-OVBA] 2.3.1 (PROJECT stream), 2.3.4.2 (dir stream), 2.4.1 (compression). Nothing is executed.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import olefile

from converters.errors import Refused
from converters.identify_ole import opened
from converters.inspect.vba_marks import AUTO_PROCEDURES, outside_calls
from converters.inspection import MacroModule

MAX_SOURCE_BYTES = 20_000_000
_CHUNK = 4096

# key of the PROJECT stream -> kind of module
_MODULE_KEYS = {"Module": "standard", "Class": "class", "Document": "document", "BaseClass": "form"}
_PROJECT_LINE = re.compile(r"^(Module|Class|Document|BaseClass)=([^/\r\n]+)", re.MULTILINE)
_PROCEDURE = re.compile(
    r"^\s*(?:(?:Public|Private|Friend|Static)\s+)*(?:Sub|Function|Property\s+(?:Get|Let|Set))\s+(\w+)",
    re.IGNORECASE,
)
# dir stream records that are read (2.3.4.2)
_CODEPAGE, _VERSION, _STREAM_NAME, _OFFSET, _MODULE_NAME = 0x0003, 0x0009, 0x001A, 0x0031, 0x0019


@dataclass(frozen=True, slots=True)
class _ModuleStream:
    name: str
    stream: str
    offset: int


def read_project(data: bytes, *, deep: bool) -> list[MacroModule]:
    """The modules of a ``vbaProject.bin``. Raises Refused DAMAGED_OLE."""
    with opened(io.BytesIO(data)) as ole:
        return read_project_storage(ole, "", deep=deep)


def read_project_storage(ole: olefile.OleFileIO, storage: str, *, deep: bool) -> list[MacroModule]:
    """The modules of the project in a storage of a compound file (``Macros``, ``_VBA_PROJECT_CUR``, root).

    Raises Refused DAMAGED_OLE, LIMIT_PART_SIZE.
    """
    prefix = f"{storage}/" if storage else ""
    kinds = _read_project_stream(ole, f"{prefix}PROJECT")
    if not deep:
        return [MacroModule(name, kind) for name, kind in kinds.items()]
    modules = []
    for module, source in _sources(ole, prefix):
        modules.append(_read_module(module, kinds.get(module, ""), source))
    read = {module.name for module in modules}
    return modules + [MacroModule(name, kind) for name, kind in kinds.items() if name not in read]


def _read_project_stream(ole: olefile.OleFileIO, name: str) -> dict[str, str]:
    if not ole.exists(name):
        return {}
    text = ole.openstream(name).read(1_000_000).decode("cp1252", "replace")
    return {match[2].strip(): _MODULE_KEYS[match[1]] for match in _PROJECT_LINE.finditer(text)}


def _sources(ole: olefile.OleFileIO, prefix: str) -> Iterator[tuple[str, str]]:
    if not ole.exists(f"{prefix}VBA/dir"):
        return
    directory = decompress(ole.openstream(f"{prefix}VBA/dir").read())
    modules, codepage = _read_directory(directory)
    for module in modules:
        path = f"{prefix}VBA/{module.stream}"
        if not ole.exists(path):
            raise Refused("DAMAGED_OLE", detail=f"no stream for module {module.name}")
        data = ole.openstream(path).read()[module.offset :]
        yield module.name, decompress(data).decode(codepage, "replace")


def _read_directory(data: bytes) -> tuple[list[_ModuleStream], str]:
    modules: list[_ModuleStream] = []
    codepage, name, stream = "cp1252", "", ""
    for code, content in _records(data):
        if code == _CODEPAGE and len(content) == 2:
            codepage = _codec(struct.unpack("<H", content)[0])
        elif code == _MODULE_NAME:
            name = content.decode(codepage, "replace")
        elif code == _STREAM_NAME:
            stream = content.decode(codepage, "replace")
        elif code == _OFFSET and len(content) == 4:
            modules.append(_ModuleStream(name, stream, struct.unpack("<I", content)[0]))
    return modules, codepage


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


def decompress(data: bytes) -> bytes:
    """A compressed container ([MS-OVBA] 2.4.1.3.1). Raises Refused DAMAGED_OLE, LIMIT_PART_SIZE."""
    if not data or data[0] != 1:
        raise Refused("DAMAGED_OLE", detail="no compressed container")
    result = bytearray()
    position = 1
    while position + 2 <= len(data):
        (header,) = struct.unpack_from("<H", data, position)
        if (header >> 12) & 7 != 3:
            break  # slack after the last chunk
        end = min(position + (header & 0x0FFF) + 3, len(data))
        if header & 0x8000:
            _decompress_chunk(data, position + 2, end, result)
        else:
            result += data[position + 2 : position + 2 + _CHUNK]
        position = end
        if len(result) > MAX_SOURCE_BYTES:
            raise Refused("LIMIT_PART_SIZE", part="vbaProject.bin", limit=MAX_SOURCE_BYTES)
    return bytes(result)


def _decompress_chunk(data: bytes, position: int, end: int, result: bytearray) -> None:
    start = len(result)
    while position < end:
        flags = data[position]
        position += 1
        for bit in range(8):
            if position >= end:
                return
            if not flags >> bit & 1:
                result.append(data[position])
                position += 1
                continue
            if position + 2 > end:
                return
            (token,) = struct.unpack_from("<H", data, position)
            position += 2
            offset_bits = max((len(result) - start - 1).bit_length(), 4)
            length = (token & (0xFFFF >> offset_bits)) + 3
            origin = len(result) - (token >> (16 - offset_bits)) - 1
            if origin < start:
                raise Refused("DAMAGED_OLE", detail="a copy token points before its chunk")
            for index in range(origin, origin + length):  # may overlap what it writes
                result.append(result[index])


def _read_module(name: str, kind: str, source: str) -> MacroModule:
    """Lines of code, without blank lines, comments and Attribute lines; what starts by itself; what it reaches."""
    code: list[str] = []
    procedures: list[str] = []
    for line in source.splitlines():
        text = line.strip()
        if not text or text[0] == "'" or text[:4].lower() in ("rem ", "rem") or text.startswith("Attribute "):
            continue
        code.append(text)
        if match := _PROCEDURE.match(text):
            procedures.append(match[1])
    names = tuple(dict.fromkeys(procedures))
    auto = tuple(name for name in names if name.lower() in AUTO_PROCEDURES)
    return MacroModule(name, kind, len(code), names, auto, outside_calls("\n".join(code)))
