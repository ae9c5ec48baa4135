"""Inspection of binary files: macros, properties and sheets, as far as their streams tell without a converter.

Sources: [MS-OSHARED] 2.3.3 (properties), [MS-XLS] 2.4.28 (BoundSheet8), [MS-DOC] 2.1.9, [MS-PPT] 2.4.10.
"""

from __future__ import annotations

import re
import struct
from datetime import datetime
from pathlib import Path

import olefile

from converters.errors import Refused
from converters.identify import Identity
from converters.identify_ole import BIFF_HEAD_BYTES, biff_records, opened
from converters.inspect.findings import Findings
from converters.inspect.vba import read_project_storage
from converters.losses import Place

_PROJECTS = ("Macros", "_VBA_PROJECT_CUR")
_BOUNDSHEET, _PROTECT, _SUPBOOK = 0x0085, 0x0012, 0x01AE
_MACRO_SHEET = 1
# VbaInfoContainer with its VbaInfoAtom, whose last field says whether there are macros
_SHOW_MACROS = re.compile(
    rb"\x1f\x00\xff\x03\x14\x00\x00\x00\x02\x00\x00\x04\x0c\x00\x00\x00.{4}(.{4})", re.DOTALL
)
_SHOW_BYTES = 50_000_000
_PROPERTIES = {
    "title": "title",
    "author": "creator",
    "last_saved_by": "last_modified_by",
    "create_time": "created",
    "last_saved_time": "modified",
    "company": "company",
    "template": "template",
}
_WORK = {"num_pages": "pages", "num_words": "words", "slides": "slides", "notes": "notes"}
# a custom property in code page or UTF-16; the label's own name stands in its value, the identifier is enough
_LABEL = re.compile(rb"MSIP_Label_([0-9a-f-]{36})_Name", re.IGNORECASE)
_CUSTOM_PROPERTIES = "\x05DocumentSummaryInformation"
_PROPERTIES_BYTES = 5_000_000
_SIGNATURES = ("_signatures", "_xmlsignatures")


def inspect_ole(path: Path, identity: Identity, findings: Findings, *, deep: bool) -> None:
    """Raises Refused DAMAGED_OLE."""
    with opened(path) as ole:
        _inspect_properties(ole, findings)
        roots = {entry[0] for entry in ole.listdir(streams=True, storages=True)}
        for storage in _PROJECTS:
            if storage in roots:
                findings.add("macros", Place("part", part=storage))
                _read_macros(ole, storage, findings, deep=deep)
        for name in _SIGNATURES:
            if name in roots:
                findings.add("signature", Place("part", part=name))
                findings.losses.report("SIGNATURE_LOST", Place("part", part=name))
        _inspect_labels(ole, findings)
        objects = {entry[1] for entry in ole.listdir(storages=True) if entry[0] == "ObjectPool" and entry[1:]}
        objects |= {name for name in roots if name.startswith("MBD")}
        if objects:
            findings.add("ole_object", count=len(objects))
        if identity.kind in ("xls", "xlt", "xls95"):
            _inspect_workbook(ole, findings)
        elif identity.kind == "ppt":
            _inspect_show(ole, findings)


def _read_macros(ole: olefile.OleFileIO, storage: str, findings: Findings, *, deep: bool) -> None:
    try:
        findings.macros.extend(read_project_storage(ole, storage, deep=deep))
    except Refused as refusal:
        findings.losses.report("PART_DAMAGED", Place("part", part=storage), detail=str(refusal))


def _inspect_properties(ole: olefile.OleFileIO, findings: Findings) -> None:
    metadata = ole.get_metadata()
    for source, name in _PROPERTIES.items():
        if value := _text(getattr(metadata, source, None)):
            findings.metadata[name] = value
    for source, name in _WORK.items():
        number = getattr(metadata, source, None)
        if isinstance(number, int) and number > 0:
            findings.work[name] = number
    findings.application = _text(metadata.creating_application)


def _inspect_labels(ole: olefile.OleFileIO, findings: Findings) -> None:
    if not ole.exists(_CUSTOM_PROPERTIES):
        return
    data = ole.openstream(_CUSTOM_PROPERTIES).read(_PROPERTIES_BYTES).replace(b"\x00", b"")
    for label in sorted(set(_LABEL.findall(data))):
        findings.add("sensitivity_label")
        findings.losses.report("SENSITIVITY_LABEL", label=label.decode("ascii"))


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("cp1252", "replace").strip("\x00 ")
    if isinstance(value, datetime):
        return value.isoformat() if value.year > 1601 else ""
    return str(value) if value else ""


def _inspect_workbook(ole: olefile.OleFileIO, findings: Findings) -> None:
    name = "Workbook" if ole.exists("Workbook") else "Book"
    data = ole.openstream(name).read(BIFF_HEAD_BYTES * 16)
    for code, content in biff_records(data):
        if code == _BOUNDSHEET and len(content) >= 8:
            _offset, hidden, kind = struct.unpack_from("<IBB", content)
            place = Place("sheet", container=_sheet_name(content))
            findings.work["sheets"] += 1
            if hidden & 3:
                findings.add("hidden_sheet", place)
            if kind == _MACRO_SHEET:
                findings.add("macro_sheet", place)
        elif code == _PROTECT and content[:2] == b"\x01\x00":
            findings.add("protection")
            findings.protection.append("workbook")
        elif code == _SUPBOOK and len(content) > 4:
            _inspect_link(content, findings)


def _sheet_name(content: bytes) -> str:
    size, wide = content[6], content[7] & 1
    raw = content[8 : 8 + size * (1 + wide)]
    return raw.decode("utf-16-le" if wide else "cp1252", "replace")


def _inspect_link(content: bytes, findings: Findings) -> None:
    """A SupBook that names another workbook ([MS-XLS] 2.4.271); the path is encoded as 2.5.277 says."""
    (size,) = struct.unpack_from("<H", content, 2)
    if not 1 < size <= 0xFF:
        return
    wide = content[4] & 1
    raw = content[5 : 5 + size * (1 + wide)].decode("utf-16-le" if wide else "cp1252", "replace")
    target = raw.lstrip("\x01\x02").replace("\x03", "/").replace("\x04", "../").replace("\x05", "")
    findings.add("external_link")
    findings.add_link("workbook", "".join(character for character in target if character >= " "))


def _inspect_show(ole: olefile.OleFileIO, findings: Findings) -> None:
    data = ole.openstream("PowerPoint Document").read(_SHOW_BYTES)
    match = _SHOW_MACROS.search(data)
    if match and match[1] != b"\x00\x00\x00\x00":
        findings.add("macros")
