"""Inspection of PowerPoint's binary files: macros, embedded and linked objects, media.

Sources: [MS-PPT] 2.4.10 (VbaInfoContainer), 2.10.1 (ExObjListContainer).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

import olefile

from converters.inspect.findings import Findings
from converters.inspect.macros import note_projects
from converters.kinds import PRESENTATION
from converters.losses import Place
from converters.macros.containers import SHOW_BYTES, SHOW_STREAM, projects_of_show
from converters.ole_records import art_records

# VbaInfoContainer with its VbaInfoAtom, whose last field says whether there are macros
_MACROS = re.compile(
    rb"\x1f\x00\xff\x03\x14\x00\x00\x00\x02\x00\x00\x04\x0c\x00\x00\x00.{4}(.{4})", re.DOTALL
)
_OBJECT_LIST = re.compile(rb"\x0f\x00\x09\x04(.{4})", re.DOTALL)
_FONT = re.compile(rb"[\x00-\xf0]\x00\xb7\x0f\x44\x00\x00\x00(.{64})", re.DOTALL)  # FontEntityAtom (2.9.8)
_TEXT = 0x0FBA  # CString
# record of the list -> (feature, kind of the link that its first text names)
_OBJECTS: dict[int, tuple[str, str]] = {
    0x0FCC: ("ole_object", ""),  # ExOleEmbedContainer
    0x0FCE: ("external_link", "ole"),  # ExOleLinkContainer
    0x0FEE: ("activex", ""),  # ExControlContainer
    0x1006: ("media", "media"),  # ExAviMovieContainer
    0x1007: ("media", "media"),  # ExMCIMovieContainer
    0x100D: ("media", "media"),  # ExMIDIAudioContainer
    0x100E: ("media", ""),  # ExCDAudioContainer
    0x100F: ("media", ""),  # ExWAVAudioEmbeddedContainer
    0x1010: ("media", "media"),  # ExWAVAudioLinkContainer
    0x0FD7: ("", "hyperlink"),  # ExHyperlinkContainer
}


def inspect_show(ole: olefile.OleFileIO, findings: Findings, *, deep: bool) -> None:
    data = ole.openstream(SHOW_STREAM).read(SHOW_BYTES)
    match = _MACROS.search(data)
    if match and match[1] != b"\x00\x00\x00\x00":
        findings.add("macros", Place("part", part=SHOW_STREAM))
    findings.fonts.update(
        match[1].decode("utf-16-le", "replace").split("\x00", 1)[0] for match in _FONT.finditer(data)
    )
    for found in _OBJECT_LIST.finditer(data):
        _inspect_list(_children(data, found.end(), struct.unpack("<I", found[1])[0]), findings)
    if deep and "macros" in findings:
        note_projects(projects_of_show(data), PRESENTATION, findings)


def _children(data: bytes, position: int, size: int) -> Iterator[tuple[int, bytes]]:
    """(type, content) of the records within a container."""
    for _version, _instance, kind, first, last in art_records(data, position, position + size):
        yield kind, data[first:last]


def _inspect_list(records: Iterator[tuple[int, bytes]], findings: Findings) -> None:
    for kind, content in records:
        feature, link = _OBJECTS.get(kind, ("", ""))
        if feature:
            findings.add(feature)
        if link and (target := _target(content)):
            findings.add_link(link, target)
            if link == "media":
                findings.add("external_link")


def _target(content: bytes, depth: int = 0) -> str:
    """What looks like a path or an address among a record's texts, or within the records in it."""
    texts: list[str] = []
    for kind, inner in _children(content, 0, len(content)):
        if kind == _TEXT:
            texts.append(inner.decode("utf-16-le", "replace").rstrip("\x00"))
        elif depth < 2 and kind in (0x1005,):  # ExVideoContainer
            texts.append(_target(inner, depth + 1))
    return next((text for text in texts if "\\" in text or "/" in text or ":" in text), "")
