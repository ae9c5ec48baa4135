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
# bytes that stand in the text of every formula which one of the two could match
MARKS = (b"_xl", b"]!")


def inspect_formula(text: str, place: Place, findings: Findings) -> None:
    if _EXTERNAL.search(text):
        findings.add("external_function", place)
    if _NEW.search(text):
        findings.add("new_function", place)
