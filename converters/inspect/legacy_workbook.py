"""Inspection of Excel's binary files: sheets, links, pivots, queries, protection, by their records.

Sources: [MS-XLS] 2.4.28 (BoundSheet8), 2.4.150 (Lbl), 2.4.181 (Obj), 2.4.207 (Protect), 2.4.271 (SupBook), 2.5.277
(VirtualPath).
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable

import olefile

from converters.inspect.findings import Findings
from converters.inspection import UNREAD
from converters.losses import DOCUMENT, Place
from converters.ole_records import biff_records

_STREAM_BYTES = 200_000_000
_CHEAP_BYTES = 2_000_000
_BOUNDSHEET, _PROTECT, _SUPBOOK, _NAME, _OBJECT = 0x0085, 0x0012, 0x01AE, 0x0018, 0x005D
_MACRO_SHEET = 1
_EVENTS = {"\x01": "Auto_Open", "\x02": "Auto_Close", "\x0a": "Auto_Activate", "\x0b": "Auto_Deactivate"}
_BUILT_IN = 0x0020  # flag of a name: it is one of Excel's own
_ADD_INS = b"\x01\x3a"  # a SupBook of the functions of add-ins
# record -> feature, one each
_FEATURES = {
    0x00B0: "pivot_table",  # SxView
    0x01AD: "external_data",  # Qsi: a query table
    0x0876: "external_data",  # DConn
    0x00DC: "external_data",  # DbOrParamQry
    0x001C: "comment",  # Note
    0x0221: "array_formula",
    0x01B0: "conditional_format",  # CondFmt
    0x01BE: "data_validation",  # Dv
}
_CHART_TYPE, _BOF, _FONT = 0x0020, 0x0809, 0x0031
# type of an object ([MS-XLS] 2.5.143) -> feature: the controls of a form
_FORM_OBJECTS = frozenset([0x07, 0x0B, 0x0C, 0x0D, 0x0E, 0x10, 0x11, 0x12, 0x13])


def inspect_workbook(ole: olefile.OleFileIO, findings: Findings, *, deep: bool) -> None:
    name = "Workbook" if ole.exists("Workbook") else "Book"
    limit = _STREAM_BYTES if deep else _CHEAP_BYTES
    data = ole.openstream(name).read(limit)
    if not deep and len(data) == limit:
        findings.asks.append(UNREAD)
    wide = name == "Workbook"
    found: Counter[str] = Counter()
    for code, content in biff_records(data):
        if feature := _FEATURES.get(code):
            found[feature] += 1
        elif reader := _READERS.get(code):
            reader(content, wide, findings)
    for feature, count in found.items():
        findings.add(feature, DOCUMENT, count)


def _read_sheet(content: bytes, wide: bool, findings: Findings) -> None:
    if len(content) < 8:
        return
    _offset, hidden, kind = struct.unpack_from("<IBB", content)
    place = Place("sheet", container=_short_text(content, 6, wide))
    findings.work["sheets"] += 1
    if hidden & 3:
        findings.add("hidden_sheet", place)
    if kind == _MACRO_SHEET:
        findings.add("macro_sheet", place)


def _short_text(content: bytes, position: int, wide: bool) -> str:
    """A text with one byte of length; BIFF8 has a byte of options behind it."""
    size = content[position]
    if not wide:
        return content[position + 1 : position + 1 + size].decode("cp1252", "replace")
    if content[position + 1] & 1:
        return content[position + 2 : position + 2 + 2 * size].decode("utf-16-le", "replace")
    return content[position + 2 : position + 2 + size].decode("cp1252", "replace")


def _read_protection(content: bytes, _wide: bool, findings: Findings) -> None:
    if content[:2] == b"\x01\x00":
        findings.add("protection")
        findings.protection.append("workbook")


def _read_substream(content: bytes, _wide: bool, findings: Findings) -> None:
    if len(content) >= 4 and struct.unpack_from("<H", content, 2)[0] == _CHART_TYPE:
        findings.add("chart")


def _read_object(content: bytes, _wide: bool, findings: Findings) -> None:
    if len(content) >= 6 and struct.unpack_from("<H", content, 4)[0] in _FORM_OBJECTS:
        findings.add("form_field")


def _read_name(content: bytes, wide: bool, findings: Findings) -> None:
    findings.add("defined_name")
    if len(content) < 16 or not struct.unpack_from("<H", content)[0] & _BUILT_IN:
        return
    letter = chr(content[15 if wide else 14])
    if event := _EVENTS.get(letter):
        findings.add("auto_macro", Place("name", container=event))


def _read_link(content: bytes, _wide: bool, findings: Findings) -> None:
    """A SupBook that names another workbook, a DDE server, or add-ins."""
    if content[2:4] == _ADD_INS:
        findings.add("external_function")
        return
    if len(content) <= 4:
        return
    (size,) = struct.unpack_from("<H", content, 2)
    if not 1 < size <= 0xFF:
        return
    double = content[4] & 1
    raw = content[5 : 5 + size * (1 + double)].decode("utf-16-le" if double else "cp1252", "replace")
    if raw[0] not in "\x00\x01\x02" and "\x03" in raw:
        findings.add("dde")
        findings.add_link("dde", raw.replace("\x03", "|"))
        return
    findings.add("external_link")
    findings.add_link("workbook", decoded_path(raw))


def decoded_path(raw: str) -> str:
    """A virtual path as people write it: control characters stand for drives, servers, separators, the folder above."""
    if raw[:1] == "\x01":
        raw = raw[1:]
        if raw[:2] == "\x01@":
            raw = "\\\\" + raw[2:]
        elif raw[:1] == "\x01" and len(raw) > 1:
            raw = f"{raw[1]}:\\{raw[2:]}"
    raw = raw.lstrip("\x01").replace("\x02", "\\").replace("\x03", "\\").replace("\x04", "..\\")
    return "".join(character for character in raw if character >= " ")


def _read_font(content: bytes, wide: bool, findings: Findings) -> None:
    """A Font record (2.4.122)."""
    if len(content) > 16 and (name := _short_text(content, 14, wide)):
        findings.fonts[name] += 1


_READERS: dict[int, Callable[[bytes, bool, Findings], None]] = {
    _BOUNDSHEET: _read_sheet,
    _PROTECT: _read_protection,
    _SUPBOOK: _read_link,
    _NAME: _read_name,
    _OBJECT: _read_object,
    _BOF: _read_substream,
    _FONT: _read_font,
}
