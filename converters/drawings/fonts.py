"""Fonts by typeface name, with the marks that symbol fonts need."""

from __future__ import annotations

from converters.odf.document import OdfDocument
from converters.odf.stylesheet import FontFace

# fonts whose characters stand in the private use area when a document names them by byte
SYMBOL_FONTS = frozenset(
    ("wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol", "marlett", "mt extra", "zapfdingbats")
)
_PRIVATE_USE = 0xF000


def is_symbol_font(typeface: str) -> bool:
    return typeface.lower() in SYMBOL_FONTS


def font_name(document: OdfDocument, typeface: str) -> str:
    """The name under which the document declares a typeface."""
    charset = "x-symbol" if is_symbol_font(typeface) else None
    return document.fonts.name_for(FontFace(typeface, charset=charset))


def symbol_text(text: str, typeface: str) -> str:
    """Text as a symbol font needs it: bytes become characters of the private use area; any other font's stays."""
    if not is_symbol_font(typeface):
        return text
    return "".join(chr(_PRIVATE_USE + ord(c)) if 0x20 < ord(c) < 0x100 else c for c in text)
