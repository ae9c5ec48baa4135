"""Drop caps (ECMA-376 Part 1, 17.3.1.11; ODF 1.3 Part 3, 17.9).

In WordprocessingML the capital is a paragraph of its own in a frame before the text; in ODF it is the first characters
of the text, which the paragraph's formatting enlarges. One in the margin stays a frame.
"""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from converters.docx_to_odt.inline import Inline, run_properties
from converters.docx_to_odt.run_properties import RunFormat
from converters.odf.properties import DropCap
from converters.ooxml.namespaces import qn
from converters.units import from_twips, read_int, read_twips

MAX_LENGTH = 9  # of characters that LibreOffice enlarges
_P, _R, _T = qn("w:p"), qn("w:r"), qn("w:t")
_FRAME = f"{qn('w:pPr')}/{qn('w:framePr')}"
_BESIDE_TEXT = frozenset(map(qn, ("w:rPr", "w:pPr", "w:proofErr", "w:bookmarkStart", "w:bookmarkEnd")))


def becomes_drop_cap(paragraph: etree._Element, frame: etree._Element) -> bool:
    """Whether a paragraph in a frame is a drop cap of a few characters before a paragraph of text."""
    if frame.get(qn("w:dropCap")) != "drop":
        return False
    following = paragraph.getnext()
    if following is None or following.tag != _P or following.find(_FRAME) is not None:
        return False
    runs = [child for child in paragraph if child.tag not in _BESIDE_TEXT]
    pieces = [piece for run in runs for piece in run if piece.tag not in _BESIDE_TEXT]
    plain = all(run.tag == _R for run in runs) and all(piece.tag == _T for piece in pieces)
    return plain and 0 < sum(len(piece.text or "") for piece in pieces) <= MAX_LENGTH


def write_drop_cap(inline: Inline) -> DropCap | None:
    """Write the waiting capital at the start of its paragraph; what the paragraph's style says of it."""
    paragraph, inline.story.pending_drop_cap = inline.story.pending_drop_cap, None
    if paragraph is None:
        return None
    frame = paragraph.find(_FRAME)
    length = 0
    for run in paragraph.iter(_R):
        text = "".join(piece.text or "" for piece in run.iter(_T))
        inline.text(text, _without_size(run_properties(run, inline), inline))
        length += len(text)
    lines = read_int(frame.get(qn("w:lines")), 3) if frame is not None else None
    distance = read_twips(frame.get(qn("w:hSpace"))) if frame is not None else None
    return DropCap(max(lines or 3, 1), str(length), from_twips(distance) if distance else None)


def _without_size(format_: RunFormat, inline: Inline) -> RunFormat:
    """A capital's formatting without the size and the lowered baseline with which Word enlarges it."""
    formats = inline.story.conversion.typeface_formats
    key = (id(format_), "")  # no typeface: the sizes of the text around
    if key not in formats:
        text = replace(format_.text, font_size=None, font_size_asian=None, font_size_complex=None)
        formats[key] = replace(format_, text=text, raised_points=None)
    return formats[key]
