"""What became of locks against changes in a result of LibreOffice's: the locks of the source against those of the result.

LibreOffice carries some and drops others without a word. The native converters report their own.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from converters.errors import Refused
from converters.flat_opc import read_flat_package
from converters.identify import Identity
from converters.kinds import SPREADSHEET, TEXT
from converters.losses import LossLog
from converters.ooxml.namespaces import prefixed, qn
from converters.ooxml.package import Limits, Package
from converters.ooxml.protection import (
    FORMS,
    READ_ONLY,
    has_password,
    locked_edit,
    lost_sheet_protection,
    opens_read_only,
)
from converters.units import read_on_off

_LOCKS = (
    "w:documentProtection",
    "w:writeProtection",
    "x:fileSharing",
    "x:workbookProtection",
    "p:modifyVerifier",
)
_SHEET_LOCK = re.compile(rb"<(?:\w+:)?sheetProtection\b([^<>]*?)/?>")
_BLOCK_BYTES, _LONGEST_LOCK_BYTES = 1 << 20, 4096
_PARSER = etree.XMLParser(
    recover=True, resolve_entities=False, no_network=True
)  # prefixes are declared elsewhere
_CHANGES = "trackedChanges"
_TABLE = re.compile(rb"<table:table [^>]*\btable:protected=\"true\"[^>]*>")
_STRUCTURE = re.compile(rb"<office:spreadsheet [^>]*\btable:structure-protected=\"true\"[^>]*>")
_KEY = b"protection-key="


@dataclass(frozen=True, slots=True)
class _Kept:
    """The locks of an ODF file: how many sheets, how many with a password, and which edits of a text are locked."""

    sheets: int
    keyed_sheets: int
    structure: bool
    keyed_structure: bool
    edits: frozenset[str]

    @classmethod
    def read(cls, result: Path) -> _Kept:
        with zipfile.ZipFile(result) as package:
            content = package.read("content.xml")
            settings = package.read("settings.xml") if "settings.xml" in package.namelist() else b""
        sheets = _TABLE.findall(content)
        structure = _STRUCTURE.search(content)
        edits = {
            READ_ONLY: _is_set(settings, b"LoadReadonly"),
            FORMS: _is_set(settings, b"ProtectForm") or b'text:protected="true"' in content,
            _CHANGES: re.search(rb'config:name="RedlineProtectionKey"[^>]*>[^<]', settings) is not None,
        }
        return cls(
            len(sheets),
            sum(_KEY in sheet for sheet in sheets),
            structure is not None,
            structure is not None and _KEY in structure[0],
            frozenset(edit for edit, kept in edits.items() if kept),
        )


def _is_set(settings: bytes, name: bytes) -> bool:
    return re.search(rb'config:name="' + name + rb'"[^>]*>true<', settings) is not None


def report_protection(
    source: Path, identity: Identity, limits: Limits, found: Iterable[str], result: Path, log: LossLog
) -> None:
    """Record every lock of the source that the result lacks, or has without its password.

    ``found`` are the kinds of protection that inspection met, for binary files. Raises zipfile.BadZipFile, KeyError
    where the result is no package.
    """
    kept = _Kept.read(result)
    if not identity.properties.native:
        for kind in dict.fromkeys(found):
            if not (kept.edits or kept.sheets or kept.structure):
                log.report("DOCUMENT_PROTECTION_DROPPED", kind=kind)
        return
    with _package(source, identity, limits) as package:
        locks, sheets = list(_document_locks(package, identity)), list(_sheet_locks(package, identity))
    for lock in locks:
        _report_lock(lock, kept, log)
    for lock in sheets:
        for code, parameters in lost_sheet_protection(lock):
            if code != "SHEET_PASSWORD_DROPPED":
                log.report(code, **parameters)
    if len(sheets) > kept.sheets:
        log.report("DOCUMENT_PROTECTION_DROPPED", count=len(sheets) - kept.sheets, kind="x:sheetProtection")
    if (without := min(sum(map(has_password, sheets)), kept.sheets) - kept.keyed_sheets) > 0:
        log.report("SHEET_PASSWORD_DROPPED", count=without)


def _report_lock(lock: etree._Element, kept: _Kept, log: LossLog) -> None:
    """A lock of the whole document."""
    tag = kind = prefixed(lock.tag)
    if tag == "x:workbookProtection":
        if not read_on_off(lock.get("lockStructure"), False):
            return
        is_kept, is_keyed = kept.structure, kept.keyed_structure
    else:
        edit = (
            locked_edit(lock) if tag == "w:documentProtection" else READ_ONLY if opens_read_only(lock) else ""
        )
        if not edit:
            return
        is_kept, is_keyed = edit in kept.edits, edit == _CHANGES
        if tag == "w:documentProtection" and not is_kept:
            kind = f"{tag}: {edit}"
    if not is_kept:
        log.report("DOCUMENT_PROTECTION_DROPPED", kind=kind)
    elif has_password(lock) and not is_keyed:
        log.report("PROTECTION_PASSWORD_DROPPED", kind=kind)


def _package(source: Path, identity: Identity, limits: Limits) -> Package:
    if identity.kind == "flat_docx":
        return read_flat_package(source.read_bytes(), limits)
    return Package(source, limits)


def _document_locks(package: Package, identity: Identity) -> Iterator[etree._Element]:
    main = package.main_part
    part = package.related_part(main, "settings") if identity.family == TEXT else main
    try:
        if part is None:
            return
        root = package.read_xml(part)
    except Refused:
        return  # a damaged part is reported by others
    for tag in _LOCKS:
        yield from root.iterfind(qn(tag))


def _sheet_locks(package: Package, identity: Identity) -> Iterator[etree._Element]:
    """The locks of sheets that are in force, without their place."""
    if identity.family != SPREADSHEET:
        return
    for relationship in package.related(package.main_part, "worksheet"):
        lock = _sheet_lock(package, relationship.target)
        if lock is not None and read_on_off(lock.get("sheet"), False):
            yield lock


def _sheet_lock(package: Package, part: str) -> etree._Element | None:
    """It stands behind the rows, of which there may be millions: found by its bytes."""
    tail = b""
    try:
        with package.open(part) as stream:
            while block := stream.read(_BLOCK_BYTES):
                if found := _SHEET_LOCK.search(tail + block):
                    return etree.fromstring(b"<sheetProtection " + found[1] + b"/>", _PARSER)
                tail = block[-_LONGEST_LOCK_BYTES:]
    except (Refused, zipfile.BadZipFile, EOFError, OSError, zlib.error):
        return None  # a damaged part is reported by others
    return None
