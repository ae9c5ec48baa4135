"""The theme part: colours, fonts and format schemes (ECMA-376 Part 1, 14.2.7, 20.1.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from converters.errors import Refused
from converters.ooxml.colors import read_color
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.ooxml.xml import read_xml

SCHEME_ORDER = (
    "dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
)  # fmt: skip
# Excel's theme indices swap the first two pairs (18.8.3, as Excel does)
EXCEL_ORDER = ("lt1", "dk1", "lt2", "dk2", *SCHEME_ORDER[4:])
_OFFICE = (
    "000000", "ffffff", "44546a", "e7e6e6", "4472c4", "ed7d31", "a5a5a5", "ffc000", "5b9bd5", "70ad47", "0563c1", "954f72",
)  # fmt: skip
DEFAULT_COLOR_MAP = {
    "bg1": "lt1",
    "tx1": "dk1",
    "bg2": "lt2",
    "tx2": "dk2",
    **{name: name for name in SCHEME_ORDER[4:]},
}


@dataclass(frozen=True, slots=True)
class FontScheme:
    """Typeface names of one of the two theme fonts; ``by_script`` for scripts such as Jpan, Arab.

    ``pitch_families`` holds @pitchFamily (21.1.2.3.7) as written, by ``lt``, ``ea`` and ``cs``, where it is stated.
    """

    latin: str = ""
    east_asian: str = ""
    complex_script: str = ""
    by_script: Mapping[str, str] = field(default_factory=dict)
    pitch_families: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Theme:
    """``colors`` by scheme name as ``"#rrggbb"``; format schemes as the elements they are."""

    colors: Mapping[str, str] = field(
        default_factory=lambda: {n: "#" + c for n, c in zip(SCHEME_ORDER, _OFFICE, strict=True)}
    )
    major: FontScheme = FontScheme()
    minor: FontScheme = FontScheme()
    fill_styles: tuple[etree._Element, ...] = ()
    line_styles: tuple[etree._Element, ...] = ()
    effect_styles: tuple[etree._Element, ...] = ()
    background_fill_styles: tuple[etree._Element, ...] = ()
    part: str = ""

    def scheme(self, color_map: Mapping[str, str] | None = None) -> dict[str, str]:
        """Colours by every name a document may use: the twelve, and tx1, bg1 ... through a colour map."""
        mapping = color_map or DEFAULT_COLOR_MAP
        mapped = {name: self.colors[slot] for name, slot in mapping.items() if slot in self.colors}
        return {**self.colors, **mapped}

    def typeface(self, name: str) -> str:
        """The typeface that ``+mj-lt``, ``+mn-ea`` and the like stand for; any other name as it is."""
        if not name.startswith("+"):
            return name
        fonts = self._font_scheme(name)
        by_suffix = {"lt": fonts.latin, "ea": fonts.east_asian, "cs": fonts.complex_script}
        return by_suffix.get(name[4:6], fonts.latin)

    def pitch_family(self, name: str) -> str:
        """@pitchFamily of a name that the theme stands for; empty for any other name, and where none is stated."""
        return self._font_scheme(name).pitch_families.get(name[4:6], "") if name.startswith("+") else ""

    def _font_scheme(self, name: str) -> FontScheme:
        return self.major if name[1:3] == "mj" else self.minor


def read_theme(package: Package, part: str | None) -> Theme:
    """The theme in a part; Office's own default where it is missing or damaged."""
    if part is None:
        return Theme()
    try:
        data = package.read(part)
        return _read_known(data, part) if len(data) <= _KNOWN_BYTES else _read(data, part)
    except Refused:
        return Theme()


def _read(data: bytes, part: str) -> Theme:
    root = read_xml(data, part)
    elements = root.find(qn("a:themeElements"))
    if elements is None:
        elements = root
    colors = dict(Theme().colors)
    for element in elements.find(qn("a:clrScheme")) if elements.find(qn("a:clrScheme")) is not None else ():
        if isinstance(element.tag, str) and (color := read_color(element, {})) is not None:
            colors[etree.QName(element).localname] = color.rgb
    formats = elements.find(qn("a:fmtScheme"))

    def scheme(tag: str) -> tuple[etree._Element, ...]:
        found = formats.find(qn(tag)) if formats is not None else None
        return tuple(found) if found is not None else ()

    return Theme(
        colors=colors,
        major=_font_scheme(elements.find(f"{qn('a:fontScheme')}/{qn('a:majorFont')}")),
        minor=_font_scheme(elements.find(f"{qn('a:fontScheme')}/{qn('a:minorFont')}")),
        fill_styles=scheme("a:fillStyleLst"),
        line_styles=scheme("a:lnStyleLst"),
        effect_styles=scheme("a:effectStyleLst"),
        background_fill_styles=scheme("a:bgFillStyleLst"),
        part=part,
    )


# documents of one house share a few themes, in which nobody changes anything
_KNOWN_BYTES, _KNOWN = 50_000, 8
_read_known = lru_cache(_KNOWN)(_read)


def _font_scheme(element: etree._Element | None) -> FontScheme:
    if element is None:
        return FontScheme()

    named = {
        suffix: found
        for suffix, tag in (("lt", "a:latin"), ("ea", "a:ea"), ("cs", "a:cs"))
        if (found := element.find(qn(tag))) is not None
    }
    faces = {suffix: found.get("typeface", "") for suffix, found in named.items()}
    return FontScheme(
        faces.get("lt", ""),
        faces.get("ea", ""),
        faces.get("cs", ""),
        by_script={item.get("script", ""): item.get("typeface", "") for item in element.iter(qn("a:font"))},
        pitch_families={suffix: found.get("pitchFamily", "") for suffix, found in named.items()},
    )
