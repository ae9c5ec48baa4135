"""White space in text content: ODF collapses runs of it, so it is written as elements (ODF 1.3 Part 3, 3.18, 6.1.2)."""

from __future__ import annotations

import re

from converters.odf.xmlwriter import XmlWriter, escape_text

_SPECIAL = re.compile("  +|^ | $|\t|\n|\r\n?|\v|\f")


def is_plain(text: str) -> bool:
    """Whether a text stands in XML as it is; where in doubt, it does not."""
    return (
        text.isprintable()  # so none of the characters that are forbidden, or are elements
        and text[:1] != " " != text[-1:]
        and "  " not in text
        and "&" not in text
        and "<" not in text
        and ">" not in text
    )


def write_text(writer: XmlWriter, text: str) -> None:
    """Write a run's text: several, leading and trailing spaces as ``text:s``, tabs and breaks as their elements.

    Leading and trailing spaces of every run are written as elements, since the neighbouring run may bring a space
    too and ODF would collapse both.
    """
    if is_plain(text):
        writer.raw(text)
        return
    position = 0
    pieces: list[str] = []
    for match in _SPECIAL.finditer(text):
        start, found = match.start(), match[0]
        if start > position:
            pieces.append(escape_text(text[position:start]))
        position = match.end()
        if found[0] == " ":
            count = len(found)
            if count > 1 and start > 0:  # the first of several between words may stay a character
                pieces.append(" ")
                count -= 1
            pieces.append(f'<text:s text:c="{count}"/>' if count > 1 else "<text:s/>")
        else:
            pieces.append("<text:tab/>" if found == "\t" else "<text:line-break/>")
    if position < len(text):
        pieces.append(escape_text(text[position:] if position else text))
    writer.raw("".join(pieces))
