"""Fonts by typeface name, with the marks that symbol fonts need."""

from __future__ import annotations

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.odf.document import OdfDocument
from converters.odf.stylesheet import FontFace
from converters.units import read_int

# fonts whose characters stand in the private use area when a document names them by byte
SYMBOL_FONTS = frozenset(
    ("wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol", "marlett", "mt extra", "zapfdingbats")
)
_PRIVATE_USE = 0xF000
# @pitchFamily: the family in the high four bits, the pitch in the low ones
_GENERIC = {1: "roman", 2: "swiss", 3: "modern", 4: "script", 5: "decorative"}
_PITCH = {1: "fixed", 2: "variable"}


def is_symbol_font(typeface: str) -> bool:
    return typeface.lower() in SYMBOL_FONTS


def font_name(document: OdfDocument, typeface: str, pitch_family: str = "") -> str:
    """The name under which the document declares a typeface, as ``@pitchFamily`` (21.1.2.3.7) describes it."""
    charset = "x-symbol" if is_symbol_font(typeface) else None
    described = read_int(pitch_family, 0) or 0
    return document.fonts.distinct_name_for(
        FontFace(
            typeface, generic=_GENERIC.get(described >> 4), pitch=_PITCH.get(described & 0xF), charset=charset
        )
    )


def named_font(element: etree._Element | None, context: DrawingContext) -> str | None:
    """The name of what an element of type CT_TextFont names: a:latin, a:buFont and the like; None where it names none."""
    if element is None:
        return None
    name = element.get("typeface", "")
    typeface = context.theme.typeface(name)
    if not typeface:
        return None
    known = context.document.fonts.name_of(typeface) if context.shares_faces else None
    described = element.get("pitchFamily") or context.theme.pitch_family(name)
    return known or font_name(context.document, typeface, described)


def symbol_text(text: str, typeface: str) -> str:
    """Text as a symbol font needs it: bytes become characters of the private use area; any other font's stays."""
    if not is_symbol_font(typeface):
        return text
    return "".join(chr(_PRIVATE_USE + ord(c)) if 0x20 < ord(c) < 0x100 else c for c in text)
