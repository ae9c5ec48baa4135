"""The cheap level of a package: its directory, its relationships, its small parts, and a search in the first text.

Nothing here builds a tree of a document's content. What the text holds is told by the bytes that its markup is made
of, up to a limit; where there is more, the inspection asks for the deep level.
"""

from __future__ import annotations

import html
import re
from functools import partial

from converters.errors import Refused
from converters.inspect.fields import FieldText, inspect_instruction
from converters.inspect.findings import Findings
from converters.inspect.formulas import MARKS, inspect_formula
from converters.inspection import UNREAD
from converters.kinds import PRESENTATION, SPREADSHEET, TEXT
from converters.losses import Place
from converters.ooxml.package import Package

TEXT_BYTES = 500_000  # of a document's text that the cheap level searches, unpacked

# the parts that hold a family's text
_TEXT_PARTS: dict[str, re.Pattern[str]] = {
    TEXT: re.compile(r"^word/(document\w*|header\d*|footer\d*|footnotes|endnotes)\.xml$", re.IGNORECASE),
    SPREADSHEET: re.compile(r"^xl/(worksheets|chartsheets|macrosheets)/[^/]+\.xml$", re.IGNORECASE),
    PRESENTATION: re.compile(r"^$"),  # what slides hold that matters, relationships tell
}
# markup of a text document -> feature; the usual prefixes, since the deep level reads the names
_ELEMENTS = {
    b"<w:ins ": "tracked_change",
    b"<w:del ": "tracked_change",
    b"<w:moveFrom ": "tracked_change",
    b"<w:sdt>": "form_field",
    b"<w:ffData>": "form_field",
    b"<m:oMath>": "equation",
    b"<w:footnoteReference ": "footnote",
    b"<w:endnoteReference ": "footnote",
}
_FIELDS = (b"instrText", b"fldSimple")
_FIELD = re.compile(
    rb"<\w+:(?:fldChar\s[^>]*?fldCharType=[\"'](begin|separate|end)|instrText(?:\s[^>]*)?>([^<]*)<|"
    rb"fldSimple\s[^>]*?instr=(?:\"([^\"]*)\"|'([^']*)'))"
)
# markup of a sheet, before or behind its rows -> feature
_SHEET_ELEMENTS = {
    b"conditionalFormatting ": "conditional_format",
    b"dataValidation ": "data_validation",
    b"sheetProtection ": "protection",
}
_ROWS, _ROWS_END = b"<sheetData>", b"</sheetData>"
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]+)<")


def inspect_text(package: Package, family: str, findings: Findings) -> None:
    """Search the text of a package, as far as :data:`TEXT_BYTES` go. A damaged part asks for the deep level."""
    pattern = _TEXT_PARTS.get(family)
    if pattern is None:
        return
    left = TEXT_BYTES
    for part in package.part_names:
        if not pattern.match(part):
            continue
        left -= package.size(part)
        if left < 0:
            findings.asks.append(UNREAD)
            return
        try:
            data = package.read(part)
        except Refused:
            findings.asks.append("damaged")
            continue
        _SEARCHES[family](data, Place("part", part=part), findings)


def _search_document(data: bytes, place: Place, findings: Findings) -> None:
    for mark, feature in _ELEMENTS.items():
        if count := data.count(mark):
            findings.add(feature, place, count)
    if any(mark in data for mark in _FIELDS):
        _search_fields(data, place, findings)


def _search_fields(data: bytes, place: Place, findings: Findings) -> None:
    fields = FieldText(partial(inspect_instruction, place=place, findings=findings))
    step = {b"begin": fields.begin, b"separate": fields.separate, b"end": fields.end}
    for match in _FIELD.finditer(data):
        kind, text, *simple = match.groups()
        if kind:
            step[kind]()
        elif text is not None:
            fields.add(_decoded(text))
        else:
            inspect_instruction(_decoded(simple[0] or simple[1] or b""), place, findings)


def _search_sheet(data: bytes, place: Place, findings: Findings) -> None:
    end = max(data.rfind(_ROWS_END), 0)
    around = data[: max(data.find(_ROWS, 0, end), 0)] + data[end:]
    for mark, feature in _SHEET_ELEMENTS.items():
        if count := around.count(mark):
            findings.add(feature, place, count)
            if feature == "protection":
                findings.protection.append("sheet")
    findings.work["cells"] += data.count(b"<c ", 0, end)
    formulas = data.count(b"<f", 0, end)
    if not formulas:
        return
    findings.work["formulas"] += formulas
    if arrays := data.count(b' t="array"', 0, end):
        findings.add("array_formula", place, arrays)
    if any(mark in data for mark in MARKS):
        for match in _FORMULA.finditer(data):
            inspect_formula(_decoded(match[1]), place, findings)


def _decoded(text: bytes) -> str:
    return html.unescape(text.decode("utf-8", "replace"))


_SEARCHES = {TEXT: _search_document, SPREADSHEET: _search_sheet}
