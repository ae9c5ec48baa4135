"""The font table and theme fonts of a document as ODF font declarations (ECMA-376 Part 1, 17.8; 17.3.2.26)."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from converters.odf.stylesheet import FontFace, FontFaces
from converters.ooxml.namespaces import qn
from converters.ooxml.theme import FontScheme, Theme

DEFAULT_TYPEFACE = "Times New Roman"
_PITCH = {"fixed": "fixed", "variable": "variable"}
_SYMBOL_CHARSET = "02"

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
        self._described = {
            font.get(qn("w:name"), ""): _read_face(font)
            for font in (table if table is not None else ())
            if font.tag == qn("w:font")
        }

    def use_theme_languages(self, languages: Mapping[str, str]) -> None:
        """``w:themeFontLang`` of the settings: the languages by ``eastAsia`` and ``bidi`` (17.15.1.88)."""
        self._language = languages

    def name_for(self, typeface: str) -> str:
        """The declared name for a typeface."""
        return self._faces.name_for(self._described.get(typeface) or FontFace(typeface, pitch="variable"))

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


def _read_face(font: etree._Element) -> FontFace:
    def value(tag: str) -> str:
        found = font.find(qn(tag))
        return found.get(qn("w:val"), "") if found is not None else ""

    family = value("w:family")
    return FontFace(
        font.get(qn("w:name"), ""),
        generic=family if family in ("roman", "swiss", "modern", "decorative", "script") else None,
        pitch=_PITCH.get(value("w:pitch")),
        charset="x-symbol" if value("w:charset") == _SYMBOL_CHARSET else None,
    )
