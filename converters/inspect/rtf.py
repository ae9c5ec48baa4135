"""Inspection of RTF: embedded and linked objects, fields, the template, changes, protection.

Source: Rich Text Format Specification 1.9.1 (objects, fields, document formatting properties). Told by control words;
nothing is unpacked. A file that hides its control words (as attacks do) shows as damaged to no one here: LibreOffice,
which converts it, reads what it can.
"""

from __future__ import annotations

import re
from typing import IO

from converters.inspect.fields import inspect_instruction
from converters.inspect.findings import Findings
from converters.inspect.heads import read_head
from converters.losses import DOCUMENT

# control word -> feature
_WORDS = {
    b"objemb": "ole_object",
    b"objocx": "activex",
    b"objlink": "external_link",
    b"objautlink": "external_link",
    b"revised": "tracked_change",
    b"deleted": "tracked_change",
    b"formfield": "form_field",
    b"annotation": "comment",
    b"footnote": "footnote",
    b"pict": "picture",
    b"shp": "shape",
    b"trowd": "table",
    b"formprot": "protection",
    b"allprot": "protection",
    b"annotprot": "protection",
    b"revprot": "protection",
    b"mailmerge": "mail_merge",
    b"mmdatasource": "mail_merge",
    b"fontemb": "embedded_font",
}
_WORD = re.compile(rb"\\(" + b"|".join(sorted(_WORDS, reverse=True)) + rb")(?![a-z])")
_OBJECT_DATA = re.compile(rb"\\objdata(?![a-z])")
_OBJECT_CLASS = re.compile(rb"\\objclass\s+(Package|Access)", re.IGNORECASE)
_INSTRUCTION = re.compile(rb"\\fldinst\s*((?:[^{}]|\{[^{}]*\}){1,2000})")
_TEMPLATE = re.compile(rb"\{\\\*\\template\s+([^{}]{1,1000})\}")
_DATA_SOURCE = re.compile(rb"\{\\\*?\\?(?:mmdatasource|mmconnectstr|mmheadersource)\s+([^{}]{1,1000})\}")
_FONT = re.compile(rb"\{\\f\d+[^{};]*?\s([^\\{};]{1,64});\}")
_CODE = re.compile(rb"\\'([0-9a-fA-F]{2})")
_UNICODE = re.compile(rb"\\u(-?\d+)\s?\??")
_CONTROL = re.compile(rb"\\[a-z]+-?\d* ?")
_GENERATOR = re.compile(rb"\{\\\*\\generator\s+([^{};]{1,200})")


def inspect_rtf(stream: IO[bytes], findings: Findings, *, deep: bool) -> None:
    data = read_head(stream, findings, deep=deep)
    for match in _WORD.finditer(data):
        findings.add(_WORDS[match[1]])
    objects = len(_OBJECT_DATA.findall(data))
    if objects and "ole_object" not in findings:
        findings.add("ole_object", DOCUMENT, objects)
    for _match in _OBJECT_CLASS.finditer(data):
        findings.add("package_object")
    if "protection" in findings:
        findings.protection.append("document")
    for match in _INSTRUCTION.finditer(data):
        inspect_instruction(_text(match[1]), DOCUMENT, findings)
    for match in _TEMPLATE.finditer(data):
        findings.add("attached_template")
        findings.add_link("template", _text(match[1]))
    for match in _DATA_SOURCE.finditer(data):
        findings.add_link("data", _text(match[1]))
    findings.fonts.update(_text(match[1]) for match in _FONT.finditer(data[:200_000]))
    if generator := _GENERATOR.search(data[:20_000]):
        findings.application = _text(generator[1])


def _text(raw: bytes) -> str:
    """The text of a group: escapes resolved, control words and braces gone."""
    raw = _CODE.sub(lambda match: bytes([int(match[1], 16)]), raw.replace(b"\\\\", b"\\'5c"))
    text = _UNICODE.sub(lambda match: chr(int(match[1]) % 0x10000).encode("utf-8", "replace"), raw)
    text = _CONTROL.sub(b"", text.replace(b"\r", b"").replace(b"\n", b""))
    return text.replace(b"{", b"").replace(b"}", b"").decode("cp1252", "replace").strip()
