"""Inspection of the XML of Office 2003 and of web archives: macros, objects and links, by the marks they carry.

Sources: Office 2003 XML Reference Schemas (``w:docSuppData``, ``w:docOleData``); [MS-OVBA] 2.2 names ``editdata.mso``
as what holds a project outside of a compound file.
"""

from __future__ import annotations

import html
import re
from typing import IO

from converters.inspect.fields import inspect_instruction
from converters.inspect.findings import Findings
from converters.inspect.heads import read_head
from converters.losses import DOCUMENT

_MARKS: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), feature)
    for pattern, feature in (
        (rb"editdata\.mso|w:macrosPresent=\"yes\"|QWN0aXZlTWltZQ", "macros"),  # "ActiveMime" in base64
        (rb"oledata\.mso|<o:OLEObject\b", "ole_object"),
        (rb"<w:ocx\b|<object\b[^>]*classid", "activex"),
        (rb"<w:ins\b|<w:del\b|<aml:annotation\b", "tracked_change"),
        (rb"<w:documentProtection\b|<x:ProtectContents>", "protection"),
        (rb"<x:PivotTable>|<PivotTable\b", "pivot_table"),
        (rb"<x:QueryTable>|<QueryTable\b", "external_data"),
        (rb"<SupBook>", "external_link"),
    )
)
_INSTRUCTION = re.compile(rb"<w:instrText(?:\s[^>]*)?>([^<]*)<|\bw:instr=\"([^\"]*)\"")
_TEMPLATE = re.compile(rb"<w:attachedTemplate\b[^>]*\bw:val=\"([^\"]+)\"")
_WORKBOOK = re.compile(rb"<SupBook>\s*<Path>([^<]+)</Path>")


def inspect_web_text(stream: IO[bytes], findings: Findings, *, deep: bool) -> None:
    data = read_head(stream, findings, deep=deep)
    for pattern, feature in _MARKS:
        if count := len(pattern.findall(data)):
            findings.add(feature, DOCUMENT, count)
    for match in _INSTRUCTION.finditer(data):
        inspect_instruction(_text(match[1] or match[2] or b""), DOCUMENT, findings)
    for match in _TEMPLATE.finditer(data):
        findings.add("attached_template")
        findings.add_link("template", _text(match[1]))
    for match in _WORKBOOK.finditer(data):
        findings.add_link("workbook", _text(match[1]))


def _text(raw: bytes) -> str:
    return html.unescape(raw.decode("utf-8", "replace"))
