"""An ODF package with other scripts: files taken out and put in, the manifest with them, listeners in the content.

Everything else is copied as it is, piece by piece. Sources: ODF 1.3 Part 2, 3 (manifest); Part 3, 3.11 and 10.3.19
(office:event-listeners), 19.420 (script:event-name).
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.sax.saxutils import quoteattr

from lxml import etree

from converters.odf.namespaces import NAMESPACES, qn

_BLOCK = 1 << 20
_TIME = (1980, 1, 1, 0, 0, 0)
_EVENTS = "http://www.w3.org/2001/xml-events"  # the prefix dom
_MANIFEST, _CONTENT, _SETTINGS = "META-INF/manifest.xml", "content.xml", "settings.xml"
_LISTENER = re.compile(
    rb"<script:event-listener\b[^<>]*?vnd\.sun\.star\.script:[^<>]*?(?:/>|>\s*</script:event-listener>)"
)
_FORMULA = re.compile(rb'(<table:(?:covered-)?table-cell\b[^<>]*?)\stable:formula="([^"]*)"')
_CALLED = re.compile(r"(?<![\w.])([^\W\d]\w*)\s*\(")
_TEXT = re.compile(r"&quot;.*?&quot;", re.DOTALL)
_SCRIPTS = re.compile(rb"<office:scripts\s*/>|<office:scripts\s*>.*?</office:scripts>", re.DOTALL)
_BEFORE_SCRIPTS = re.compile(rb"<office:document-content\b[^>]*>")


@dataclass(slots=True)
class Edits:
    """``dropped``: prefixes of files that go. ``added``: files that come. ``listeners``: (event, address) of the
    document. ``without_listeners``: those of shapes and controls go. ``code_names``: sheet, or ``*doc*`` -> its name
    in code."""

    dropped: tuple[str, ...] = ()
    added: Mapping[str, bytes] = field(default_factory=dict)
    listeners: tuple[tuple[str, str], ...] = ()
    without_listeners: bool = False
    code_names: Mapping[str, str] = field(default_factory=dict)
    vba_mode: bool = False  # whether Calc is told that the macros are VBA
    functions: frozenset[str] = frozenset()  # of macros, as formulas call them, folded
    without_functions: bool = False  # cells that call them keep their value alone
    removed_listeners: int = 0  # answers
    calling_cells: Counter[str] = field(default_factory=Counter)  # by function


def edit_package(package: Path, edited: Path, edits: Edits) -> None:
    """Write ``edited``. Raises zipfile.BadZipFile, KeyError, lxml.etree.XMLSyntaxError where ``package`` is none."""
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(edited, "w", zipfile.ZIP_DEFLATED) as target:
        names = set(source.namelist())
        for entry in source.infolist():
            name = entry.filename
            if name.startswith(edits.dropped) or name in edits.added:
                continue
            if name == _MANIFEST:
                _write(target, entry, _manifest(source.read(entry), edits))
            elif name == _SETTINGS and edits.vba_mode:
                _write(target, entry, with_vba_mode(source.read(entry), edits.code_names))
            elif name == _CONTENT and (edits.listeners or edits.without_listeners or edits.functions):
                with source.open(entry) as stream:
                    _write(target, entry, _through(stream, edits))
            else:
                with source.open(entry) as stream:
                    _write(target, entry, iter(lambda: stream.read(_BLOCK), b""))
        for name, data in edits.added.items():
            _write(target, zipfile.ZipInfo(name, _TIME), data)
        if edits.vba_mode and _SETTINGS not in names:
            _write(
                target, zipfile.ZipInfo(_SETTINGS, _TIME), with_vba_mode(_EMPTY_SETTINGS, edits.code_names)
            )


def _write(target: zipfile.ZipFile, entry: zipfile.ZipInfo, data: bytes | Iterable[bytes]) -> None:
    copy = zipfile.ZipInfo(entry.filename, entry.date_time)
    stored = entry.filename == "mimetype" or (entry.compress_type == zipfile.ZIP_STORED and entry.file_size)
    copy.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    copy.external_attr = entry.external_attr or 0o600 << 16
    if isinstance(data, bytes):
        target.writestr(copy, data)
        return
    with target.open(copy, "w", force_zip64=entry.file_size > 1 << 30) as writer:
        for piece in data:
            writer.write(piece)


def _through(stream: IO[bytes], edits: Edits) -> Iterator[bytes]:
    """The content with other listeners. It is cut where a tag ends, so that no listener is cut."""

    def without(piece: bytes) -> bytes:
        if edits.without_listeners:
            piece, count = _LISTENER.subn(b"", piece)
            edits.removed_listeners += count
        return _FORMULA.sub(cell, piece) if edits.functions else piece

    def cell(match: re.Match[bytes]) -> bytes:
        words = _CALLED.findall(_TEXT.sub("", match[2].decode()))
        called = {word.casefold() for word in words} & edits.functions
        edits.calling_cells.update(called)
        return match[1] if called and edits.without_functions else match[0]

    head = True
    rest = b""
    while block := stream.read(_BLOCK):
        rest += block
        end = rest.rfind(b">") + 1
        piece, rest = rest[:end], rest[end:]
        if head and piece:
            piece, head = _with_scripts(piece, edits.listeners), False
        yield without(piece)
    yield without(rest)


def _with_scripts(piece: bytes, listeners: tuple[tuple[str, str], ...]) -> bytes:
    """The beginning of the content with the document's own listeners, in place of what stands there."""
    if not listeners:
        return piece
    inner = "".join(
        f'<script:event-listener xmlns:script="{NAMESPACES["script"]}" xmlns:xlink="{NAMESPACES["xlink"]}" '
        f'xmlns:dom="{_EVENTS}" xmlns:ooo="{NAMESPACES["ooo"]}" script:language="ooo:script" '
        f'script:event-name="{event}" xlink:href={quoteattr(address)} xlink:type="simple"/>'
        for event, address in listeners
    )
    scripts = (
        f"<office:scripts><office:event-listeners>{inner}</office:event-listeners></office:scripts>".encode()
    )
    if _SCRIPTS.search(piece):
        return _SCRIPTS.sub(lambda _match: scripts, piece, count=1)
    return _BEFORE_SCRIPTS.sub(lambda match: match[0] + scripts, piece, count=1)


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _manifest(data: bytes, edits: Edits) -> bytes:
    root = _parsed(data)
    path, kind = qn("manifest:full-path"), qn("manifest:media-type")
    listed = set()
    for entry in list(root):
        name = entry.get(path, "")
        if (edits.dropped and name.startswith(edits.dropped)) or name in edits.added:
            root.remove(entry)
        listed.add(name)
    added = [*edits.added, *([_SETTINGS] if edits.vba_mode and _SETTINGS not in listed else [])]
    for name in added:
        etree.SubElement(root, qn("manifest:file-entry"), {path: name, kind: "text/xml"})
    return _bytes(root)


_EMPTY_SETTINGS = (
    f'<office:document-settings xmlns:office="{NAMESPACES["office"]}" xmlns:config="{NAMESPACES["config"]}" '
    f'xmlns:ooo="{NAMESPACES["ooo"]}" office:version="1.3"><office:settings/></office:document-settings>'
).encode()
_PREFIXES = {"config": NAMESPACES["config"]}
_CONFIGURATION, _SCRIPT_MAP, _VBA = (
    "ooo:configuration-settings",
    "ScriptConfiguration",
    "VBACompatibilityMode",
)


def with_vba_mode(data: bytes, code_names: Mapping[str, str]) -> bytes:
    """Calc's settings for macros of VBA, with the names of the document and its sheets in code; without such names
    those that are there stay."""
    root = _parsed(data)
    settings = root.find(qn("office:settings"))
    if settings is None:
        settings = etree.SubElement(root, qn("office:settings"), nsmap=_PREFIXES)
    name = qn("config:name")
    sets = [item for item in settings if item.get(name) == _CONFIGURATION]
    configuration = (
        sets[0]
        if sets
        else etree.SubElement(settings, qn("config:config-item-set"), {name: _CONFIGURATION}, nsmap=_PREFIXES)
    )
    replaced = (_VBA, _SCRIPT_MAP) if code_names else (_VBA,)
    for old in [item for item in configuration if item.get(name) in replaced]:
        configuration.remove(old)
    mode = etree.SubElement(
        configuration, qn("config:config-item"), {name: _VBA, qn("config:type"): "boolean"}
    )
    mode.text = "true"
    if not code_names:
        return _bytes(root)
    named = etree.SubElement(configuration, qn("config:config-item-map-named"), {name: _SCRIPT_MAP})
    for sheet, code_name in code_names.items():
        entry = etree.SubElement(named, qn("config:config-item-map-entry"), {name: sheet})
        item = etree.SubElement(
            entry, qn("config:config-item"), {name: "CodeName", qn("config:type"): "string"}
        )
        item.text = code_name
    return _bytes(root)
