"""Inspection of Word's binary files: fields, the attached template, protection, as their streams tell.

Sources: [MS-DOC] 2.5.1 (Fib), 2.7.2 (DopBase), 2.8.25 (field characters), 2.9.273 (SttbfAssoc).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

import olefile

from converters.inspect.fields import inspect_instruction
from converters.inspect.findings import Findings
from converters.inspection import UNREAD
from converters.losses import DOCUMENT

_STREAM_BYTES = 50_000_000
_CHEAP_BYTES = 2_000_000
_TABLE_BYTES = 20_000_000
_SECOND_TABLE = 0x0200  # flag of the Fib: the table stream is 1Table
_WORD_97 = 0x00C1
# pairs of position and size in FibRgFcLcb97, which begins at byte 154 of a Fib of Word 97 and later
_POSITIONS = 154
_FONTS, _DOP, _ASSOCIATED = 15, 31, 32
_FONT_NAME = 39  # bytes before the name within an FFN (2.9.79), behind the byte of its size
_TEMPLATE = 1  # index of the attached template among the associated strings
# DopBase: (byte, bit) -> kind of protection
_DOP_PROTECTION = {(6, 0x10): "document", (7, 0x02): "document", (7, 0x40): "document"}
_DOP_EMBEDS_FONTS = (7, 0x80)
# begin of a field, its instruction, then separator or end; in code page and in UTF-16
_FIELD = re.compile(rb"\x13([\x20-\xff]{2,1000}?)[\x14\x15]")
_WIDE_FIELD = re.compile(rb"\x13\x00((?:[^\x00-\x1f]\x00|[\x00-\xff][\x01-\x09]){2,1000}?)[\x14\x15]\x00")


def inspect_word(ole: olefile.OleFileIO, findings: Findings, *, deep: bool) -> None:
    limit = _STREAM_BYTES if deep else _CHEAP_BYTES
    data = ole.openstream("WordDocument").read(limit)
    if not deep and len(data) == limit:
        findings.asks.append(UNREAD)
    for instruction in _instructions(data):
        inspect_instruction(instruction, DOCUMENT, findings)
    if len(data) < _POSITIONS + 8 * (_ASSOCIATED + 1):
        return
    version, flags = struct.unpack_from("<H", data, 2)[0], struct.unpack_from("<H", data, 10)[0]
    name = "1Table" if flags & _SECOND_TABLE else "0Table"
    if version < _WORD_97 or not ole.exists(name):
        return
    table = ole.openstream(name).read(_TABLE_BYTES)
    _inspect_protection(_piece(data, table, _DOP), findings)
    findings.fonts.update(_font_names(_piece(data, table, _FONTS)))
    strings = list(_strings(_piece(data, table, _ASSOCIATED)))
    if len(strings) > _TEMPLATE and _names_a_file(strings[_TEMPLATE]):
        findings.add("attached_template")
        findings.add_link("template", strings[_TEMPLATE])


def _instructions(data: bytes) -> Iterator[str]:
    for match in _FIELD.finditer(data):
        yield match[1].decode("cp1252", "replace")
    for match in _WIDE_FIELD.finditer(data):
        yield match[1].decode("utf-16-le", "replace")


def _piece(data: bytes, table: bytes, index: int) -> bytes:
    """A structure of the table stream, empty where it lies outside."""
    position, size = struct.unpack_from("<II", data, _POSITIONS + 8 * index)
    return table[position : position + size]


def _inspect_protection(dop: bytes, findings: Findings) -> None:
    for (byte, bit), kind in _DOP_PROTECTION.items():
        if len(dop) > byte and dop[byte] & bit:
            findings.add("protection")
            findings.protection.append(kind)
            break
    byte, bit = _DOP_EMBEDS_FONTS
    if len(dop) > byte and dop[byte] & bit:
        findings.add("embedded_font")


def _font_names(table: bytes) -> Iterator[str]:
    """The fonts of an SttbfFfn (2.9.282)."""
    if len(table) < 4:
        return
    (count,) = struct.unpack_from("<H", table)
    position = 4
    for _ in range(count):
        if position >= len(table):
            return
        size = table[position]
        name = table[position + 1 + _FONT_NAME : position + 1 + size].decode("utf-16-le", "replace")
        if found := name.split("\x00", 1)[0]:
            yield found
        position += 1 + size


def _strings(table: bytes) -> Iterator[str]:
    """The strings of an extended STTB ([MS-DOC] 2.2.4)."""
    if len(table) < 6 or table[:2] != b"\xff\xff":
        return
    count, extra = struct.unpack_from("<HH", table, 2)
    position = 6
    for _ in range(count):
        if position + 2 > len(table):
            return
        size = struct.unpack_from("<H", table, position)[0] * 2
        yield table[position + 2 : position + 2 + size].decode("utf-16-le", "replace")
        position += 2 + size + extra


def _names_a_file(text: str) -> bool:
    """Whether an attached template is named with a folder: a bare name is the user's own Normal template."""
    return any(mark in text for mark in ("\\", "/"))
