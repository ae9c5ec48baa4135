"""Locks against changes, as Office Open XML writes them; whoever can edit the file's XML can lift them.

Sources: ECMA-376 Part 1, 17.15.1.29 (documentProtection), 17.15.1.93 (writeProtection), 18.2.12 (fileSharing), 18.2.29
(workbookProtection), 18.3.1.85 (sheetProtection), 19.2.1.19 (modifyVerifier); Part 4, 14.7.1 (the hash of 16 bits).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from converters.ooxml.namespaces import prefixed, qn
from converters.units import read_on_off

# what a lock keeps of its password, by the local name of the attribute
_HASHES = frozenset(
    [
        "hash",
        "hashValue",
        "hashData",
        "password",
        "reservationPassword",
        "workbookHashValue",
        "workbookPassword",
    ]
)
_OLD_HASH = re.compile(r"[0-9A-Fa-f]{1,4}")
# what Excel may leave allowed on a protected sheet, and LibreOffice has no word for
_FURTHER_PERMISSIONS = ("formatCells", "formatColumns", "formatRows", "insertHyperlinks", "sort")
READ_ONLY, FORMS = "readOnly", "forms"
_CARRIED_EDITS = (READ_ONLY, FORMS)


def has_password(element: etree._Element) -> bool:
    """Whether a password lifts the lock."""
    return any(value and etree.QName(name).localname in _HASHES for name, value in element.items())


def old_hash(element: etree._Element, name: str) -> bytes | None:
    """The two bytes of Excel's old hash of a password, in an attribute; None where there is none, or it is of no use."""
    text = element.get(name, "")
    return int(text, 16).to_bytes(2, "big") if _OLD_HASH.fullmatch(text) and int(text, 16) else None


def locked_edit(element: etree._Element) -> str:
    """What ``w:documentProtection`` leaves to do; empty where it is not in force."""
    if not read_on_off(element.get(qn("w:enforcement")), False):
        return ""
    return element.get(qn("w:edit"), "none")


def opens_read_only(element: etree._Element) -> bool:
    """Whether a lock of the whole file asks for it to be opened for reading alone."""
    tag = prefixed(element.tag)
    if tag == "w:documentProtection":
        return locked_edit(element) == READ_ONLY
    recommended = element.get(qn("w:recommended")) or element.get("readOnlyRecommended")
    return has_password(element) or read_on_off(recommended, False)


def lost_protection(element: etree._Element) -> Iterator[tuple[str, str]]:
    """(code of the loss, kind) of what ODF and LibreOffice have no words for in a lock of a whole document."""
    tag = prefixed(element.tag)
    if tag == "w:documentProtection":
        edit = locked_edit(element)
        if edit and edit not in _CARRIED_EDITS:
            yield "DOCUMENT_PROTECTION_DROPPED", f"{tag}: {edit}"
        if edit not in _CARRIED_EDITS:
            return
    elif tag == "x:workbookProtection" and (
        not read_on_off(element.get("lockStructure"), False) or old_hash(element, "workbookPassword")
    ):
        return
    if has_password(element):
        yield "PROTECTION_PASSWORD_DROPPED", tag


def lost_sheet_protection(lock: etree._Element) -> Iterator[tuple[str, dict[str, Any]]]:
    """(code of the loss, parameters) of what cannot be said of a sheet's lock."""
    if not read_on_off(lock.get("sheet"), False):
        return
    if lost := [name for name in _FURTHER_PERMISSIONS if not read_on_off(lock.get(name), True)]:
        yield "SHEET_PERMISSION_DROPPED", {"permissions": ", ".join(lost)}
    if has_password(lock) and old_hash(lock, "password") is None:
        yield "SHEET_PASSWORD_DROPPED", {}
