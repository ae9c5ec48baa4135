"""What a formula reaches beyond Excel 2007 and beyond its workbook, told by the prefixes that files spell out.

Source: [MS-XLSX] 2.2.2 (future functions carry ``_xlfn``, ``_xlws``); ``_xll`` and ``_xludf`` mark functions of
add-ins and of users; ``[1]!Name`` is a name in another workbook (ECMA-376 Part 1, 18.17.2.3).
"""

from __future__ import annotations

import re

from converters.inspect.findings import Findings
from converters.losses import Place

_EXTERNAL = re.compile(r"_xll\.|\[\d+\]!|(?<![\w.])_xludf\.", re.IGNORECASE)
_NEW = re.compile(r"(?<![\w.])_xl(?:fn|ws)\.", re.IGNORECASE)
_STRING = re.compile(r'"[^"]*"')
# a structured reference (18.17.2.4), but to the row of the formula, the header or the totals
_GROWING = re.compile(r"(?<![\w.\]])[^\W\d][\w.]*\[(?!\[?\#(?:This Row|Headers|Totals)\]|@)", re.IGNORECASE)
# bytes that stand in the text of every formula which one of the two could match
MARKS = (b"_xl", b"]!")


def inspect_formula(text: str, place: Place, findings: Findings) -> None:
    if _EXTERNAL.search(text):
        findings.add("external_function", place)
    if _NEW.search(text):
        findings.add("new_function", place)


def refers_to_growing_rows(text: str) -> bool:
    """Whether a formula refers to rows of a table that grow as rows are added, which no engine carries over."""
    return "[" in text and _GROWING.search(_STRING.sub("", text)) is not None
