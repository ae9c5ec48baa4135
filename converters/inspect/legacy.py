"""Inspection of compound files: what all of them share, by their directory and their property sets.

Macros are found by their storages, wherever these stand, in files of any kind: Word, Excel, PowerPoint, Visio,
Publisher, Project. Sources: [MS-CFB]; [MS-OSHARED] 2.3.3 (properties);
[MS-OLEDS] 2.3 (embedded objects); [MS-OFFCRYPTO] 2.2.11, 2.6 (rights management, labels).
"""

from __future__ import annotations

import re
from collections.abc import Callable

import olefile

from converters.identify import Identity
from converters.inspect.findings import Findings
from converters.inspect.legacy_show import inspect_show
from converters.inspect.legacy_word import inspect_word
from converters.inspect.legacy_workbook import inspect_workbook
from converters.inspect.macros import note_projects
from converters.inspect.producers import producer_of
from converters.inspect.property_sets import read_properties
from converters.losses import Place
from converters.macros.containers import projects_of_ole

_METADATA = ("title", "creator", "last_modified_by", "created", "modified", "company", "template")
_WORK = ("pages", "words", "slides", "notes")
_MOST_WORK = 1 << 31
# a custom property in code page or UTF-16; the label's own name stands in its value, the identifier is enough
_LABEL = re.compile(rb"MSIP_Label_([0-9a-f-]{36})_Name", re.IGNORECASE)
_LABEL_IDENTIFIER = re.compile(rb'\bid="\{?([0-9a-f-]{36})', re.IGNORECASE)
_CUSTOM_PROPERTIES = "\x05DocumentSummaryInformation"
_PROPERTIES_BYTES = 5_000_000
_SIGNATURES = ("_signatures", "_xmlsignatures")
# the storages of embedded objects: below ObjectPool in Word, in the root of a workbook
_OBJECT_POOL, _WORKBOOK_OBJECT = "ObjectPool", re.compile(r"^(MBD|LNK)[0-9A-F]{8}$")
# streams of an object's storage -> what the object is
_OBJECT_STREAMS = {"\x03OCXNAME": "activex", "\x03OCXDATA": "activex", "\x01Ole10Native": "package_object"}
_PIVOT_CACHES = "_SX_DB_CUR"

_DOCUMENTS: dict[str, Callable[..., None]] = {
    **dict.fromkeys(("doc", "dot", "doc95", "dot95"), inspect_word),
    **dict.fromkeys(("xls", "xlt", "xls95"), inspect_workbook),
    "ppt": inspect_show,
}


def inspect_ole(ole: olefile.OleFileIO, identity: Identity, findings: Findings, *, deep: bool) -> None:
    """Raises Refused DAMAGED_OLE, and what olefile raises on broken tables. What is encrypted is not read."""
    paths = ole.listdir(streams=True, storages=True)
    roots = {path[0] for path in paths}
    note_projects(projects_of_ole(ole, deep=deep), identity.family, findings, uncounted=True)
    for name in _SIGNATURES:
        if name in roots:
            findings.add("signature", Place("part", part=name))
            findings.losses.report("SIGNATURE_LOST", Place("part", part=name))
    _inspect_objects(paths, findings)
    if "Ctls" in roots:
        findings.add("activex", Place("part", part="Ctls"))
    if _PIVOT_CACHES in roots:
        findings.add("pivot_table", Place("part", part=_PIVOT_CACHES))
    _inspect_label_streams(ole, paths, findings)
    _inspect_properties(ole, findings)
    _inspect_labels(ole, findings)
    if (reader := _DOCUMENTS.get(identity.kind)) and not identity.encrypted:
        reader(ole, findings, deep=deep)


def _inspect_objects(paths: list[list[str]], findings: Findings) -> None:
    """Embedded objects, each with its storage; controls are ActiveX, files of any kind are packages."""
    objects: dict[str, str] = {}
    for path in paths:
        if path[0] == _OBJECT_POOL and len(path) > 1:
            storage, rest = f"{path[0]}/{path[1]}", path[2:]
        elif _WORKBOOK_OBJECT.match(path[0]):
            storage, rest = path[0], path[1:]
        else:
            continue
        kind = _OBJECT_STREAMS.get(rest[0], "") if rest else ""
        objects[storage] = kind or objects.get(storage, "ole_object")
    for storage, kind in objects.items():
        findings.add(kind, Place("part", part=storage))
        if kind == "package_object":
            findings.add("ole_object", Place("part", part=storage))


def _inspect_label_streams(ole: olefile.OleFileIO, paths: list[list[str]], findings: Findings) -> None:
    """The labels of a file under rights management, which stand outside of what is encrypted."""
    for path in paths:
        if path[-1] != "LabelInfo":
            continue
        data = ole.openstream(path).read(_PROPERTIES_BYTES).replace(b"\x00", b"")
        for label in sorted(set(_LABEL_IDENTIFIER.findall(data))):
            findings.add("sensitivity_label", Place("part", part="/".join(path)))
            findings.losses.report("SENSITIVITY_LABEL", label=label.decode("ascii"))


def _inspect_properties(ole: olefile.OleFileIO, findings: Findings) -> None:
    found = read_properties(ole)
    texts = {name: str(value) for name, value in found.items()}
    findings.metadata.update({name: texts[name] for name in _METADATA if name in texts})
    if found.get("project_signature"):  # that of the macros ([MS-OSHARED] 2.3.2.1)
        findings.add("signature")
        findings.losses.report("SIGNATURE_LOST")
    for name in _WORK:
        number = found.get(name, 0)
        if isinstance(number, int) and 0 < number < _MOST_WORK:
            findings.work[name] = number
    findings.application = texts.get("application", "")
    findings.producer = producer_of(
        findings.application,
        texts.get("creator", ""),
        texts.get("description", ""),
        texts.get("last_modified_by", ""),
    )


def _inspect_labels(ole: olefile.OleFileIO, findings: Findings) -> None:
    if not ole.exists(_CUSTOM_PROPERTIES):
        return
    data = ole.openstream(_CUSTOM_PROPERTIES).read(_PROPERTIES_BYTES).replace(b"\x00", b"")
    for label in sorted(set(_LABEL.findall(data))):
        findings.add("sensitivity_label")
        findings.losses.report("SENSITIVITY_LABEL", label=label.decode("ascii"))
