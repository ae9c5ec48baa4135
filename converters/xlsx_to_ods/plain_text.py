"""Text that stands in ODF as it stands in SpreadsheetML, byte by byte.

Such text is most of any large workbook. It has no character that one side escapes and the other does not, no white space
that ODF collapses (Part 3, 6.1.2), and no ``_x000D_`` (ECMA-376 Part 1, 22.9.2.19). Anything else takes the long way.
"""

from __future__ import annotations

# words, single spaces between them, and the references that both sides write for three characters; an atomic group,
# since Python 3.11.2, Debian 12's, matches a possessive repeat of such a group wrongly
PLAIN_TEXT = rb"(?! )(?>(?:[^<>&\x00-\x20_]++|_(?!x)|&(?:amp|lt|gt);| (?![ <]))+)"

_UNREADABLE = (b"<!", b"<?", b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # the last two are U+FFFE and U+FFFF


def is_readable(data: bytes) -> bool:
    """Whether tags in ``data`` may be found by their bytes: it is UTF-8 without comments, sections, instructions or
    characters that XML forbids beyond the control characters."""
    if any(mark in data for mark in _UNREADABLE):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
