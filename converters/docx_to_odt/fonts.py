"""The font table and theme fonts of a document as ODF font declarations (ECMA-376 Part 1, 17.8; 17.3.2.26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from converters.docx_to_odt.symbols import is_symbol_font
from converters.odf.stylesheet import FontFace, FontFaces
from converters.ooxml.namespaces import qn
from converters.ooxml.theme import FontScheme, Theme
from converters.ooxml.xml import child_value

DEFAULT_TYPEFACE = "Times New Roman"
_SYMBOL_CHARSET = "02"
SYMBOLS = "x-symbol"
# what LibreOffice takes for the family of a typeface that a Word file names: it chooses the substitute of a missing one
LATIN, OTHER_SCRIPTS = "roman", "system"
_KNOWN_FAMILIES = frozenset(("roman", "swiss"))

# the script that stands for a language in a theme's font list (20.1.4.1.16), for East Asian and complex scripts
_SCRIPT_OF_LANGUAGE: Mapping[str, str] = {
    "ja": "Jpan",
    "ko": "Hang",
    "zh-TW": "Hant",
    "zh-HK": "Hant",
    "zh-MO": "Hant",
    "zh": "Hans",
    "ar": "Arab",
    "fa": "Arab",
    "ur": "Arab",
    "he": "Hebr",
    "th": "Thai",
    "hi": "Deva",
    "mr": "Deva",
    "vi": "Viet",
    "ta": "Taml",
    "te": "Telu",
    "bn": "Beng",
    "ka": "Geor",
    "km": "Khmr",
    "lo": "Laoo",
}


class Fonts:
    """Declares each typeface once, as the font table describes it."""

    def __init__(self, faces: FontFaces, table: etree._Element | None, theme: Theme) -> None:
        self._faces = faces
        self._theme = theme
        self._language: Mapping[str, str] = {}
        self._declared: dict[str, FontFace] = {}
        self._described = {
            font.get(qn("w:name"), ""): _read_description(font)
            for font in (table if table is not None else ())
            if font.tag == qn("w:font")
        }

    def use_theme_languages(self, languages: Mapping[str, str]) -> None:
        """``w:themeFontLang`` of the settings: the languages by ``eastAsia`` and ``bidi`` (17.15.1.88)."""
        self._language = languages

    def name_for(self, typeface: str, *, latin: bool = True, theme: bool = False) -> str:
        """The declared name for a typeface, as the font table describes it.

        LibreOffice asks the font table for Latin text with a typeface of its own; for one of the theme and for other
        scripts it does not. Its substitute for a missing typeface hangs on that, so the declaration says the same.
        """
        family, charset = self._described.get(typeface, ("", None))
        charset = SYMBOLS if is_symbol_font(typeface) else charset
        generic = LATIN if self.follows_style(typeface, theme=theme) else family
        face = FontFace(
            typeface, generic=generic if latin else OTHER_SCRIPTS, pitch="variable", charset=charset
        )
        name = self._faces.name_for(face)
        self._declared[name] = face
        return name

    def follows_style(self, typeface: str, *, theme: bool = False) -> bool:
        """Whether the generic family of a Latin typeface is that of the style around: it has none of its own."""
        return theme or self._described.get(typeface, ("", None))[0] not in _KNOWN_FAMILIES

    def with_family_of(self, name: str, style_font: str | None) -> str:
        """The name of a declared typeface once more, in the generic family of the font that the style declares."""
        face, around = self._declared.get(name), self._declared.get(style_font or "")
        if face is None or around is None or around.generic not in _KNOWN_FAMILIES:
            return name
        if face.generic == around.generic:
            return name
        face = replace(face, generic=around.generic)
        name = self._faces.name_for(face)
        self._declared[name] = face
        return name

    def theme_typeface(self, reference: str) -> str:
        """The typeface for ``ST_Theme`` (``minorHAnsi``, ``majorBidi``); empty where the theme names none."""
        scheme = self._theme.major if reference.startswith("major") else self._theme.minor
        if reference.endswith("EastAsia"):
            return scheme.east_asian or self._by_script(scheme, "eastAsia")
        if reference.endswith("Bidi"):
            return scheme.complex_script or self._by_script(scheme, "bidi")
        return scheme.latin

    def _by_script(self, scheme: FontScheme, kind: str) -> str:
        language = self._language.get(kind, "")
        script = _SCRIPT_OF_LANGUAGE.get(language) or _SCRIPT_OF_LANGUAGE.get(language.split("-")[0], "")
        return scheme.by_script.get(script, "")


def _read_description(font: etree._Element) -> tuple[str, str | None]:
    """The family that the font table states, and the character set of a symbol font."""
    is_symbol = child_value(font, qn("w:charset")) == _SYMBOL_CHARSET
    return child_value(font, qn("w:family")) or "", SYMBOLS if is_symbol else None
