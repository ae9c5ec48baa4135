"""A damaged package put together again from what can be had of it.

What was mended, guessed or is gone is told, part by part: nothing is taken for whole that is not.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from converters.errors import Failed, Param, Refused
from converters.kinds import KINDS, MAIN_PART_TYPES, PRESENTATION, SPREADSHEET, TEXT
from converters.ooxml.namespaces import NAMESPACES, qn, transitional
from converters.ooxml.package import DEFAULT_LIMITS, OFFICE_DOCUMENT, Limits, Package
from converters.ooxml.xml import read_xml
from converters.recovery.archive import LOCAL_MARK, Entry, salvage
from converters.recovery.markup import mend_xml
from converters.recovery.structure import (
    DEFAULT_TYPES,
    IMPLIED,
    MAIN_PARTS,
    in_order,
    part_type,
    references,
)

_TYPES_PART = "[Content_Types].xml"
_CT, _REL, _R = NAMESPACES["ct"], NAMESPACES["rel"], NAMESPACES["r"]
_PACKAGE_KINDS = {"core-properties", "extended-properties", "custom-properties"}
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"

# code of a mend -> what it is about; the locale has a sentence for each (tables ``mends``)
MENDS: dict[str, str] = {
    "DIRECTORY_REBUILT": "the directory of the container was gone or cut, or its first mark",
    "PART_CUT": "a part ends too early or cannot be unpacked whole (params: kept)",
    "PART_CHANGED": "a part is not the one that was written: its checksum differs",
    "PART_LOST": "nothing of a part could be read",
    "PART_GONE": "a part that the document names is not there",
    "MARKUP_MENDED": "markup was not well-formed and was made so",
    "TYPES_REBUILT": "the list of content types was rebuilt from the names of the parts",
    "RELATIONSHIPS_REBUILT": "what belongs to a part was found again by names and numbers, which is a guess",
    "MAIN_PART_REBUILT": "the part that holds the document itself was gone and was made anew",
}


@dataclass(frozen=True, slots=True)
class Mend:
    """``part`` is empty for the package itself."""

    code: str
    part: str = ""
    params: tuple[tuple[str, Param], ...] = ()

    def __post_init__(self) -> None:
        MENDS[self.code]

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "part": self.part or None, "params": dict(self.params)}


@dataclass(slots=True)
class Recovery:
    """``data`` is a package that can be read; ``parts`` its parts by name. ``kind`` is the kind of document it holds."""

    kind: str = ""
    data: bytes = b""
    parts: dict[str, bytes] = field(default_factory=dict)
    mends: list[Mend] = field(default_factory=list)

    @property
    def text(self) -> dict[str, list[tuple[str, ...]]]:
        """Part -> the words that people wrote in it: by paragraph, cell or comment, in the pieces that stand there."""
        found = {}
        for name, data in self.parts.items():
            if _is_markup(name) and (words := list(text_of(read_xml(data, name)))):
                found[name] = words
        return found

    def note(self, code: str, part: str = "", **params: Param) -> None:
        mend = Mend(code, part, tuple(params.items()))
        if mend not in self.mends:
            self.mends.append(mend)


def recover(path: Path, limits: Limits = DEFAULT_LIMITS) -> Recovery:
    """What can be had of the Office Open XML file at ``path``; ``mends`` is empty for a file that is whole.

    Raises Refused DAMAGED_ZIP where no part of a document is found, DOCTYPE_FORBIDDEN, UNSAFE_NAME and the LIMIT codes;
    Failed NO_SOURCE, UNREADABLE_SOURCE.
    """
    try:
        size = path.stat().st_size
        if size > limits.tree_bytes:
            raise Refused("LIMIT_FILE_SIZE", bytes=size, limit=limits.tree_bytes)
        packed = path.read_bytes()
    except FileNotFoundError as error:
        raise Failed("NO_SOURCE", detail=error.strerror or "") from None
    except OSError as error:
        raise Failed("UNREADABLE_SOURCE", detail=error.strerror or str(error)) from None
    recovery = Recovery()
    entries = salvage(packed, limits)
    if not entries:
        raise Refused("DAMAGED_ZIP", detail="no entry can be read")
    if not (packed.startswith(LOCAL_MARK) and zipfile.is_zipfile(io.BytesIO(packed))):
        recovery.note("DIRECTORY_REBUILT")
    _take_parts(entries, recovery)
    family = _family(recovery.parts)
    _mend_content_types(recovery, family)
    _mend_main_part(recovery, family)
    _mend_relationships(recovery, family)
    recovery.data = _written(recovery.parts)
    recovery.kind = _kind(recovery, limits)
    return recovery


def text_of(root: etree._Element) -> Iterable[tuple[str, ...]]:
    """The words that people wrote, by paragraph, shared string or comment, of any part of a package."""
    for holder in root.iter(*_HOLDERS):
        pieces = tuple(piece.text for piece in holder.iter(*_TEXTS) if piece.text)
        if any(map(str.strip, pieces)):
            yield pieces


_TEXTS = tuple(map(qn, ("w:t", "a:t", "x:t", "m:t")))
_HOLDERS = tuple(map(qn, ("w:p", "a:p", "x:si", "x:is", "x:comment")))


def _is_markup(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _take_parts(entries: Iterable[Entry], recovery: Recovery) -> None:
    for entry in entries:
        data = entry.data
        if not entry.whole:
            _note_damage(entry, recovery)
        if _is_markup(entry.name) and data:
            data, changed = mend_xml(data, entry.name)
            if changed:
                recovery.note("MARKUP_MENDED" if data else "PART_LOST", entry.name)
        if data:
            recovery.parts[entry.name] = data


def _note_damage(entry: Entry, recovery: Recovery) -> None:
    if not entry.data:
        recovery.note("PART_LOST", entry.name)
    elif len(entry.data) == entry.size:
        recovery.note("PART_CHANGED", entry.name)
    else:
        recovery.note("PART_CUT", entry.name, kept=len(entry.data))


def _family(parts: Iterable[str]) -> str:
    """The family whose folder most parts stand in. Raises Refused DAMAGED_ZIP where there is none."""
    folders = {"word": TEXT, "xl": SPREADSHEET, "ppt": PRESENTATION}
    counts = dict.fromkeys(folders.values(), 0)
    for name in parts:
        family = folders.get(name.partition("/")[0].lower())
        if family:
            counts[family] += 1
    best = max(counts, key=counts.__getitem__)
    if not counts[best]:
        raise Refused("DAMAGED_ZIP", detail="no part of a document can be read")
    return best


def _main_part(recovery: Recovery, family: str) -> str:
    """The main part as the package names it, else under its usual name."""
    root = _root(recovery, "_rels/.rels")
    for child in root if root is not None else ():
        target = child.get("Target", "").lstrip("/")
        if transitional(child.get("Type", "")) == OFFICE_DOCUMENT and target in recovery.parts:
            return target
    usual = MAIN_PARTS[family]
    return next((name for name in recovery.parts if name.lower() == usual), usual)


def _root(recovery: Recovery, part: str) -> etree._Element | None:
    data = recovery.parts.get(part)
    return read_xml(data, part) if data else None


def _mend_content_types(recovery: Recovery, family: str) -> None:
    """Give the list of content types what it must say of the main part and of the extensions."""
    root = _root(recovery, _TYPES_PART)
    whole = root is not None and not any(mend.part == _TYPES_PART for mend in recovery.mends)
    if root is None or root.tag != qn("ct:Types"):
        root = etree.Element(qn("ct:Types"), nsmap={None: _CT})
    named = {
        child.get("PartName", "").lstrip("/").lower() for child in root if child.tag == qn("ct:Override")
    }
    extensions = {child.get("Extension", "").lower() for child in root if child.tag == qn("ct:Default")}
    main = _main_part(recovery, family).lower()
    if whole and (main in named or extensions - {"xml", "rels"}):
        return
    recovery.note("TYPES_REBUILT")
    used = {name.rpartition(".")[2].lower() for name in recovery.parts}
    for extension in sorted(used & DEFAULT_TYPES.keys() - extensions):
        etree.SubElement(root, qn("ct:Default"), Extension=extension, ContentType=DEFAULT_TYPES[extension])
    for name in recovery.parts:
        known = part_type(name)
        if known is not None and known.media_type and name.lower() not in named:
            etree.SubElement(root, qn("ct:Override"), PartName=f"/{name}", ContentType=known.media_type)
    recovery.parts[_TYPES_PART] = etree.tostring(root)


def _mend_main_part(recovery: Recovery, family: str) -> None:
    """Make the part anew that holds the document where it is gone: sheets and slides are named in it, text is not."""
    main = _main_part(recovery, family)
    if main in recovery.parts:
        return
    recovery.note("MAIN_PART_REBUILT", main)
    recovery.parts[main] = etree.tostring(_NEW_MAIN[family](recovery))
    types = _root(recovery, _TYPES_PART)
    if types is not None and not any(child.get("PartName", "").lower() == f"/{main}" for child in types):
        known = part_type(main)
        etree.SubElement(
            types, qn("ct:Override"), PartName=f"/{main}", ContentType=known.media_type if known else ""
        )
        recovery.parts[_TYPES_PART] = etree.tostring(types)


def _named(recovery: Recovery, kind: str) -> list[str]:
    """The parts that a relationship of a kind leads to, in the order of their numbers."""
    return in_order(
        [name for name in recovery.parts if (row := part_type(name)) is not None and row.kind == kind]
    )


def _new_document(recovery: Recovery) -> etree._Element:
    root = etree.Element(qn("w:document"), nsmap={"w": NAMESPACES["w"], "r": _R})
    body = etree.SubElement(root, qn("w:body"))
    section = etree.SubElement(body, qn("w:sectPr"))
    for kind in ("header", "footer"):
        for number, _ in enumerate(_named(recovery, kind)[:1], 1):
            reference = etree.SubElement(section, qn(f"w:{kind}Reference"))
            reference.set(qn("w:type"), "default")
            reference.set(qn("r:id"), f"{kind}{number}")
    return root


def _new_workbook(recovery: Recovery) -> etree._Element:
    root = etree.Element(qn("x:workbook"), nsmap={None: NAMESPACES["x"], "r": _R})
    sheets = etree.SubElement(root, qn("x:sheets"))
    titles = _sheet_titles(recovery)
    for number, _ in enumerate(_named(recovery, "worksheet"), 1):
        title = titles[number - 1] if number <= len(titles) else f"Sheet{number}"
        sheet = etree.SubElement(sheets, qn("x:sheet"), name=title, sheetId=str(number))
        sheet.set(qn("r:id"), f"sheet{number}")
    return root


def _sheet_titles(recovery: Recovery) -> list[str]:
    """The names of the sheets as the document's properties list them, where they list as many as there are."""
    root = _root(recovery, "docProps/app.xml")
    titles = root.find(f"{qn('ep:TitlesOfParts')}/{qn('vt:vector')}") if root is not None else None
    names = [child.text or "" for child in titles] if titles is not None else []
    count = len(_named(recovery, "worksheet"))
    fits = len(names) >= count and len(set(names[:count])) == count and all(names[:count])
    return names[:count] if fits else []


def _new_presentation(recovery: Recovery) -> etree._Element:
    root = etree.Element(qn("p:presentation"), nsmap={"p": NAMESPACES["p"], "r": _R, "a": NAMESPACES["a"]})
    for kind, holder, member, first in (
        ("slideMaster", "p:sldMasterIdLst", "p:sldMasterId", 2147483648),
        ("slide", "p:sldIdLst", "p:sldId", 256),
    ):
        parts = _named(recovery, kind)
        if parts:
            listed = etree.SubElement(root, qn(holder))
            for number, _ in enumerate(parts):
                element = etree.SubElement(listed, qn(member), id=str(first + number))
                element.set(qn("r:id"), f"{kind}{number + 1}")
    etree.SubElement(root, qn("p:sldSz"), cx="12192000", cy="6858000")
    etree.SubElement(root, qn("p:notesSz"), cx="6858000", cy="9144000")
    return root


_NEW_MAIN = {TEXT: _new_document, SPREADSHEET: _new_workbook, PRESENTATION: _new_presentation}


def _mend_relationships(recovery: Recovery, family: str) -> None:
    main = _main_part(recovery, family)
    _mend_package_relationships(recovery, main)
    for name in list(recovery.parts):
        known = part_type(name)
        if name == main or (known is not None and known.kind and _is_markup(name)):
            _mend_relationships_of(recovery, name)


def _mend_package_relationships(recovery: Recovery, main: str) -> None:
    part = "_rels/.rels"
    root = _root(recovery, part)
    targets = {child.get("Target", "").lstrip("/") for child in root} if root is not None else set()
    if main in targets:
        return
    recovery.note("RELATIONSHIPS_REBUILT", part)
    root = etree.Element(qn("rel:Relationships"), nsmap={None: _REL})
    _relate(root, "document", OFFICE_DOCUMENT, main)
    for name in recovery.parts:
        known = part_type(name)
        if known is not None and known.kind in _PACKAGE_KINDS:
            type_ = _CORE if known.kind == "core-properties" else f"{_R}/{known.kind}"
            _relate(root, known.kind, type_, name)
    recovery.parts[part] = etree.tostring(root)


def _mend_relationships_of(recovery: Recovery, name: str) -> None:
    """Find again what a part's references lead to: those without a relationship take the next part of their kind."""
    source = Package.relationships_part(name)
    root = _root(recovery, source)
    if root is None or root.tag != qn("rel:Relationships"):
        root = etree.Element(qn("rel:Relationships"), nsmap={None: _REL})
    folder = name.rpartition("/")[0]
    known = {child.get("Id", ""): child.get("Target", "") for child in root}
    reached = {_absolute(folder, target) for target in known.values()}
    kinds = {transitional(child.get("Type", "")).rpartition("/")[2] for child in root}
    added = False
    for kind in next((kinds_ for pattern, kinds_ in IMPLIED if pattern.match(name)), ()):
        if kind not in kinds and (parts := _named(recovery, kind)):
            _relate(root, f"implied-{kind}", f"{_R}/{kind}", f"/{parts[0]}")
            added = True
    document = _root(recovery, name)
    for identifier, kind in references(document) if document is not None else ():
        if identifier in known or not kind:
            continue
        free = [part for part in _named(recovery, kind) if part not in reached]
        if free:
            _relate(root, identifier, f"{_R}/{kind}", f"/{free[0]}")
            reached.add(free[0])
            added = True
    for target in known.values():
        _note_gone(recovery, root, folder, target)
    if added:
        recovery.note("RELATIONSHIPS_REBUILT", source)
        recovery.parts[source] = etree.tostring(root)


def _note_gone(recovery: Recovery, root: etree._Element, folder: str, target: str) -> None:
    external = any(child.get("Target") == target and child.get("TargetMode") == "External" for child in root)
    name = _absolute(folder, target)
    known = part_type(name)
    if not external and known is not None and name not in recovery.parts:
        recovery.note("PART_GONE", name)


def _absolute(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    while target.startswith("../"):
        folder, target = folder.rpartition("/")[0], target[3:]
    return f"{folder}/{target}" if folder else target


def _relate(root: etree._Element, identifier: str, type_: str, target: str) -> None:
    etree.SubElement(root, qn("rel:Relationship"), Id=identifier, Type=type_, Target=target)


def _written(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != _TYPES_PART, name)):
            archive.writestr(name, parts[name])
    return stream.getvalue()


def _kind(recovery: Recovery, limits: Limits) -> str:
    with Package(recovery.data, limits) as package:
        found = MAIN_PART_TYPES.get(package.content_type(package.main_part).lower(), "")
    return found if found in KINDS else ""
