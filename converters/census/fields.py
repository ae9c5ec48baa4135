"""What field instructions of Word tell a census (ECMA-376 Part 1, 17.16.5): the same in its binary files and in RTF."""

from __future__ import annotations

import re

# fields whose result depends on the moment or the place, so that another program shows another
VOLATILE = frozenset(
    [
        "PAGE",
        "NUMPAGES",
        "SECTIONPAGES",
        "SECTION",
        "DATE",
        "TIME",
        "SAVEDATE",
        "PRINTDATE",
        "CREATEDATE",
        "EDITTIME",
        "FILENAME",
        "FILESIZE",
        "AUTHOR",
        "LASTSAVEDBY",
        "TITLE",
        "SUBJECT",
        "KEYWORDS",
        "COMMENTS",
        "TEMPLATE",
        "USERNAME",
        "USERINITIALS",
        "USERADDRESS",
        "NUMWORDS",
        "NUMCHARS",
        "REVNUM",
        "DOCPROPERTY",
        "INFO",
        "AUTONUM",
        "AUTONUMLGL",
        "AUTONUMOUT",
        "SYMBOL",
        "PAGEREF",
        "NOTEREF",
        "STYLEREF",
        "EQ",
        "ADVANCE",
        "FORMDROPDOWN",
        "LISTNUM",
        "SEQ",
    ]
)
_LINK = re.compile(r"^\s*HYPERLINK\s+(.*)$", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r'^"([^"]*)"|^([^\s"\\]\S*)')
_PLACE = re.compile(r'\\l\s+(?:"([^"]*)"|(\S+))')


def linked_target(instruction: str) -> str:
    """Where a HYPERLINK leads, with the place within the target; empty for other fields and links within the document."""
    found = _LINK.match(instruction)
    if found is None:
        return ""
    address = _QUOTED.match(found[1].strip())
    target = (address[1] or address[2] or "") if address else ""
    place = _PLACE.search(found[1])
    if target and place:
        target += "#" + (place[1] or place[2])
    return target
