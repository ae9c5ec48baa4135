"""White space in text content: ODF collapses runs of it, so it is written as elements (ODF 1.3 Part 3, 3.18, 6.1.2)."""

from __future__ import annotations

import re

from converters.odf.xmlwriter import XmlWriter

_SPECIAL = re.compile("  +|^ | $|\t|\n|\r\n?|\v|\f")


def write_text(writer: XmlWriter, text: str) -> None:
    """Write a run's text: several, leading and trailing spaces as ``text:s``, tabs and breaks as their elements.

    Leading and trailing spaces of every run are written as elements, since the neighbouring run may bring a space
    too and ODF would collapse both.
    """
    if not _SPECIAL.search(text):
        writer.text(text)
        return
    position = 0
    for match in _SPECIAL.finditer(text):
        writer.text(text[position : match.start()])
        position = match.end()
        found = match[0]
        if found[0] == " ":
            if (
                len(found) > 1 and match.start() > 0
            ):  # the first of several between words may stay a character
                writer.text(" ")
                found = found[1:]
            writer.empty("text:s", {"text:c": str(len(found)) if len(found) > 1 else None})
        elif found == "\t":
            writer.empty("text:tab")
        else:
            writer.empty("text:line-break")
    writer.text(text[position:])
