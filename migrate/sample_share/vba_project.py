"""A small VBA project: source text in a compound file, as Office stores it in ``vbaProject.bin``.

[MS-OVBA] 2.2 and 2.3 name the streams and records, 2.4.1 the compression, [MS-CFB] the container. Written are only
literal tokens, one chunk per stream, and a container in which every stream lies in the mini stream; that is enough
for modules of some 3,600 bytes, and longer ones are refused.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from itertools import pairwise

_SECTOR, _MINI_SECTOR = 512, 64
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_CODEPAGE = 1252
_LONGEST = 3600  # bytes that fit one chunk as literals, nine for eight


def vba_project(modules: Mapping[str, str], document_module: str) -> bytes:
    """``vbaProject.bin`` with standard modules by name and the empty module of the document itself.

    Raises ValueError for a module that is too long or not in code page 1252.
    """
    sources = {document_module: "", **modules}
    streams = {
        "PROJECT": _project_text(list(modules), document_module).encode("cp1252"),
        # _VBA_PROJECT (2.3.4.1): version 0xFFFF says that the performance cache is to be ignored
        "VBA/_VBA_PROJECT": struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0),
        "VBA/dir": compressed(_directory(list(modules), document_module)),
    }
    for name, source in sources.items():
        text = f'Attribute VB_Name = "{name}"\r\n' + source.replace("\n", "\r\n")
        streams[f"VBA/{name}"] = compressed(text.encode("cp1252"))
    return compound_file(streams)


def compressed(data: bytes) -> bytes:
    """A compressed container of one chunk of literal tokens ([MS-OVBA] 2.4.1.1)."""
    if len(data) > _LONGEST:
        raise ValueError(f"{len(data)} bytes do not fit one chunk of literals")
    tokens = b"".join(b"\0" + data[start : start + 8] for start in range(0, len(data), 8))
    # size less 3 in 12 bits, signature 0b011, flag "compressed" (2.4.1.1.5)
    return struct.pack("<BH", 1, (len(tokens) - 1) | 0xB000) + tokens


def _project_text(modules: list[str], document_module: str) -> str:
    """The PROJECT stream (2.3.1): modules and no protection."""
    lines = [
        'ID="{7C6B1F00-0000-4000-8000-000000000001}"',
        f"Document={document_module}/&H00000000",
        *(f"Module={name}" for name in modules),
        'Name="VBAProject"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        'CMG="0705D8E3D8EDDBF1DBF1DBF1DBF1"',
        'DPB="0E0CD1ECDFF4E7F5E7F5E7"',
        'GC="1517CAF1D6F9D7F9D706"',
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        f"{document_module}=0, 0, 0, 0, C",
        *(f"{name}=0, 0, 0, 0, C" for name in modules),
        "",
    ]
    return "\r\n".join(lines)


def _record(code: int, content: bytes) -> bytes:
    return struct.pack("<HI", code, len(content)) + content


def _directory(modules: list[str], document_module: str) -> bytes:
    """The dir stream before compression (2.3.4.2)."""
    records = [
        _record(0x0001, struct.pack("<I", 1)),  # SYSKIND: 32 bit
        _record(0x0002, struct.pack("<I", 0x040C)),  # LCID
        _record(0x0014, struct.pack("<I", 0x040C)),  # LCIDINVOKE
        _record(0x0003, struct.pack("<H", _CODEPAGE)),
        _record(0x0004, b"VBAProject"),  # NAME
        _record(0x0005, b"") + _record(0x0040, b""),  # DOCSTRING
        _record(0x0006, b"") + _record(0x003D, b""),  # HELPFILEPATH
        _record(0x0007, struct.pack("<I", 0)),  # HELPCONTEXT
        _record(0x0008, struct.pack("<I", 0)),  # LIBFLAGS
        # VERSION: its size field says 4, and 6 bytes follow (2.3.4.2.1.11)
        struct.pack("<HIIH", 0x0009, 4, 1, 1),
        _record(0x000C, b"") + _record(0x003C, b""),  # CONSTANTS
        _record(0x000F, struct.pack("<H", len(modules) + 1)),  # MODULES: how many
        _record(0x0013, struct.pack("<H", 0xFFFF)),  # COOKIE
    ]
    for name in (document_module, *modules):
        kind = 0x0022 if name == document_module else 0x0021
        records += [
            _record(0x0019, name.encode("cp1252")),
            _record(0x0047, name.encode("utf-16-le")),
            _record(0x001A, name.encode("cp1252")) + _record(0x0032, name.encode("utf-16-le")),
            _record(0x001C, b"") + _record(0x0048, b""),  # DOCSTRING
            _record(0x0031, struct.pack("<I", 0)),  # OFFSET: no cache before the source
            _record(0x001E, struct.pack("<I", 0)),
            _record(0x002C, struct.pack("<H", 0xFFFF)),
            _record(kind, b""),
            _record(0x002B, b""),
        ]
    return b"".join(records) + _record(0x0010, b"")


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of version 3 ([MS-CFB]) with short streams in the root or one storage deep.

    Raises ValueError for a stream of 4,096 bytes or more, which would not lie in the mini stream.
    """
    mini_stream = b""
    mini_fat: list[int] = []
    starts: dict[str, int] = {}
    for path, content in streams.items():
        if len(content) >= 4096:
            raise ValueError(f"{path} is too long for the mini stream")
        count = -(-len(content) // _MINI_SECTOR)
        starts[path] = len(mini_fat) if count else _END
        mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), _END][:count]
        mini_stream += content.ljust(count * _MINI_SECTOR, b"\0")
    directory = _padded(_directory_entries(streams, starts, len(mini_stream)), b"\0")
    mini_table = _padded(struct.pack(f"<{len(mini_fat)}I", *mini_fat), b"\xff")
    data = _padded(mini_stream, b"\0")
    # sectors in this order: the FAT, the directory, the mini FAT, the mini stream
    fat, firsts = [_FAT], []
    for part in (directory, mini_table, data):
        count = len(part) // _SECTOR
        firsts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
    if len(fat) > _SECTOR // 4:
        raise ValueError("more sectors than one sector of the table holds")
    directory = directory.replace(_ROOT_START, struct.pack("<I", firsts[2]), 1)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E, 3, 0xFFFE, 9, 6,  # minor and major version, byte order, sector and mini sector shift
        0, 1, firsts[0], 0, 4096,  # directory sectors (0 in version 3), FAT sectors, directory, transaction, cutoff
        firsts[1], len(mini_table) // _SECTOR, _END, 0,  # mini FAT, its sectors, no further FAT sectors
        0,  # the first FAT sector; the other 108 are free
    )  # fmt: skip
    header += struct.pack("<108I", *[_FREE] * 108)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    return header + table + directory + mini_table + data


_ROOT_START = b"root"  # stands for the first sector of the mini stream until it is known


def _directory_entries(streams: Mapping[str, bytes], starts: Mapping[str, int], mini_bytes: int) -> bytes:
    """Root, storages and streams; siblings hang on the right in the order of [MS-CFB] 2.6.4, all nodes black."""
    storages = sorted({path.split("/")[0] for path in streams if "/" in path})
    names = ["", *storages, *streams]
    index = {name: number for number, name in enumerate(names)}

    def children(parent: str) -> list[str]:
        own = [name for name in names[1:] if name.rpartition("/")[0] == parent]
        return sorted(own, key=lambda name: (len(name.rpartition("/")[2]), name.rpartition("/")[2].upper()))

    after: dict[str, int] = {}
    for parent in ("", *storages):
        siblings = children(parent)
        after |= {name: index[right] for name, right in pairwise(siblings)}
    entries = b""
    for name in names:
        kind = 5 if not name else 1 if name in storages else 2
        text = ("Root Entry" if not name else name.rpartition("/")[2]).encode("utf-16-le") + b"\0\0"
        own = children(name) if kind != 2 else []
        start = _ROOT_START if kind == 5 else struct.pack("<I", starts.get(name, 0))
        size = mini_bytes if kind == 5 else len(streams.get(name, b""))
        entries += struct.pack("<64sHBBIII", text, len(text), kind, 1, _FREE, after.get(name, _FREE),
                               index[own[0]] if own else _FREE)  # fmt: skip
        entries += bytes(36) + start + struct.pack("<Q", size)
    empty = struct.pack("<64sHBBIII", b"", 0, 0, 0, _FREE, _FREE, _FREE) + bytes(48)
    return entries + empty * (-len(names) % 4)


def _padded(data: bytes, filler: bytes) -> bytes:
    return data + filler * (-len(data) % _SECTOR)
