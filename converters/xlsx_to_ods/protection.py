"""Locks on sheets, on the workbook's structure and on the file (ECMA-376 Part 1, 18.3.1.85, 18.2.29, 18.2.12).

Excel's old hash of a password, 16 bits, is one of ODF's (ODF 1.3 Part 3, 19.699 names ``legacy-hash-excel``; LibreOffice
hashes it once more). The salted and repeated hash of Excel 2013 is not: such a lock stays, and anybody can lift it.
"""

from __future__ import annotations

import base64
import hashlib

from lxml import etree

from converters.losses import LossLog, Place
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.protection import lost_protection, lost_sheet_protection, old_hash, opens_read_only
from converters.units import read_on_off
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.workbook import Workbook

_OLD_EXCEL = "http://docs.oasis-open.org/office/ns/table/legacy-hash-excel"
_SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1"
# what may still be done on a protected sheet: Excel's attribute, whether it is forbidden unless said, LibreOffice's
_PERMISSIONS = (
    ("selectLockedCells", False, "loext:select-protected-cells"),
    ("selectUnlockedCells", False, "loext:select-unprotected-cells"),
    ("insertColumns", True, "loext:insert-columns"),
    ("insertRows", True, "loext:insert-rows"),
    ("deleteColumns", True, "loext:delete-columns"),
    ("deleteRows", True, "loext:delete-rows"),
    ("autoFilter", True, "loext:use-autofilter"),
    ("pivotTables", True, "loext:use-pivot"),
)
_USUALLY_ALLOWED = ("loext:select-protected-cells", "loext:select-unprotected-cells")


def protection_attributes(frame: SheetFrame, log: LossLog) -> dict[str, str | None]:
    """The attributes of ``table:table`` for a protected sheet."""
    lock = _lock(frame)
    if lock is None:
        return {}
    for code, parameters in lost_sheet_protection(lock):
        log.report(code, Place("sheet", container=frame.name), **parameters)
    return {"table:protected": "true", **_key_attributes(old_hash(lock, "password"))}


def write_permissions(writer: XmlWriter, frame: SheetFrame) -> None:
    """What may still be done on a protected sheet, first in ``table:table`` (LibreOffice's extension of ODF); nothing
    where that is what LibreOffice allows anyway."""
    lock = _lock(frame)
    if lock is not None:
        allowed = {
            name: "true"
            for source, forbidden, name in _PERMISSIONS
            if not read_on_off(lock.get(source), forbidden)
        }
        if tuple(allowed) != _USUALLY_ALLOWED:
            writer.empty("loext:table-protection", allowed)


def structure_protection(workbook: Workbook, log: LossLog) -> dict[str, str | None]:
    """The attributes of ``office:spreadsheet`` for a workbook whose sheets may not be added, moved or renamed."""
    attributes: dict[str, str | None] = {}
    for lock in workbook.locks:
        for code, kind in lost_protection(lock):
            log.report(code, kind=kind)
        if lock.tag == qn("x:workbookProtection") and read_on_off(lock.get("lockStructure"), False):
            attributes = {
                "table:structure-protected": "true",
                **_key_attributes(old_hash(lock, "workbookPassword")),
            }
    return attributes


def is_opened_read_only(workbook: Workbook) -> bool:
    return any(lock.tag == qn("x:fileSharing") and opens_read_only(lock) for lock in workbook.locks)


def _lock(frame: SheetFrame) -> etree._Element | None:
    lock = frame.protection
    return lock if lock is not None and read_on_off(lock.get("sheet"), False) else None


def _key_attributes(key: bytes | None) -> dict[str, str | None]:
    if key is None:
        return {}
    return {
        "table:protection-key": base64.b64encode(hashlib.sha1(key, usedforsecurity=False).digest()).decode(),
        "table:protection-key-digest-algorithm": _OLD_EXCEL,
        "loext:protection-key-digest-algorithm-2": _SHA1,
    }
