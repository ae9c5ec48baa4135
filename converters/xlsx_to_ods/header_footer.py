"""Headers and footers: their codes (ECMA-376 Part 1, 18.3.1.46) as regions with fields (ODF 1.3 Part 3, 16.10 ff)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from converters.odf.text import write_text
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import read_on_off
from converters.xlsx_to_ods.text_items import StyleForRun, unescape

_CODE = re.compile(r'&(?:"([^"]*)"|(\d+)|K([0-9A-Fa-f]{6}|\d{2}[+-]\d{3})|(.))', re.DOTALL)
_BREAK = re.compile(r"\r\n|\r|\n")
_SECTIONS = {"L": "left", "C": "center", "R": "right"}
_TOGGLES = {"B": "b", "I": "i", "S": "strike", "X": "vertAlign:superscript", "Y": "vertAlign:subscript",
            "U": "u:single", "E": "u:double", "O": "outline", "H": "shadow"}  # fmt: skip
# code -> field element, its attributes and the text it shows until the field is refreshed
_FIELDS: dict[str, tuple[str, dict[str, str], str]] = {
    "P": ("text:page-number", {}, "1"),
    "N": ("text:page-count", {}, "1"),
    "D": ("text:date", {}, ""),
    "T": ("text:time", {}, ""),
    "A": ("text:sheet-name", {}, "???"),
    "F": ("text:file-name", {"text:display": "name-and-extension"}, "???"),
    "Z": ("text:file-name", {"text:display": "path"}, "???"),
}


@dataclass(frozen=True, slots=True)
class HeaderFooter:
    odd_header: str = ""
    odd_footer: str = ""
    even_header: str = ""
    even_footer: str = ""
    first_header: str = ""
    first_footer: str = ""
    different_even: bool = False
    different_first: bool = False

    @property
    def has_header(self) -> bool:
        return bool(
            self.odd_header
            or (self.different_even and self.even_header)
            or (self.different_first and self.first_header)
        )

    @property
    def has_footer(self) -> bool:
        return bool(
            self.odd_footer
            or (self.different_even and self.even_footer)
            or (self.different_first and self.first_footer)
        )

    def header_height(self, font_points: float) -> float:
        """The height of the highest header in points; 0 without one. ``font_points`` is the size of text without one."""
        return self._height((self.odd_header, self.even_header, self.first_header), font_points)

    def footer_height(self, font_points: float) -> float:
        return self._height((self.odd_footer, self.even_footer, self.first_footer), font_points)

    def _height(self, sources: tuple[str, str, str], font_points: float) -> float:
        shown = (True, self.different_even, self.different_first)
        return max(
            _section_height(section, font_points)
            for source, is_shown in zip(sources, shown, strict=True)
            for section in _sections(source if is_shown else "").values()
        )

    @property
    def pictures(self) -> int:
        """How many pictures (``&G``) the headers and footers show."""
        shown = self.odd_header, self.odd_footer, self.even_header, self.even_footer
        return sum(text.count("&G") for text in (*shown, self.first_header, self.first_footer))


def read_header_footer(element: etree._Element | None) -> HeaderFooter:
    if element is None:
        return HeaderFooter()

    def text(name: str) -> str:
        found = element.find(qn(f"x:{name}"))
        return unescape(found.text or "") if found is not None else ""

    return HeaderFooter(
        odd_header=text("oddHeader"),
        odd_footer=text("oddFooter"),
        even_header=text("evenHeader"),
        even_footer=text("evenFooter"),
        first_header=text("firstHeader"),
        first_footer=text("firstFooter"),
        different_even=read_on_off(element.get("differentOddEven"), False),
        different_first=read_on_off(element.get("differentFirst"), False),
    )


def write_region(
    writer: XmlWriter, tag: str, source: str, style_for_run: StyleForRun, *, shown: bool
) -> None:
    """Write ``style:header`` and its siblings with the left, centre and right sections of a code string."""
    with writer.element(tag, {"style:display": None if shown else "false"}):
        if not shown:
            return
        for name, content in _sections(source).items():
            if content:
                with writer.element(f"style:region-{name}"):
                    _write_section(writer, content, style_for_run)


def _sections(source: str) -> dict[str, str]:
    """Code strings of the three sections; text before any section belongs to the centre."""
    sections = {"left": "", "center": "", "right": ""}
    current, position = "center", 0
    for match in _CODE.finditer(source):
        sections[current] += source[position : match.start()]
        if match[4] in _SECTIONS:
            current = _SECTIONS[match[4]]
        else:
            sections[current] += match[0]
        position = match.end()
    sections[current] += source[position:]
    return sections


def _section_height(source: str, font_points: float) -> float:
    """The height of a section's lines in points, each as high as its largest font; 0 for a section without codes."""
    if not source:
        return 0.0
    heights, size, position = [0.0], font_points, 0
    for match in (*_CODE.finditer(source), None):
        text = source[position : match.start() if match is not None else None]
        for index, line in enumerate(_BREAK.split(text)):
            if index:
                heights[-1] = heights[-1] or size
                heights.append(0.0)
            if line:
                heights[-1] = max(heights[-1], size)
        if match is None:
            break
        position = match.end()
        if match[2] is not None:
            size = float(match[2])
        elif match[4] is not None and (match[4] == "&" or match[4].upper() in _FIELDS):
            heights[-1] = max(heights[-1], size)
    heights[-1] = heights[-1] or size
    return sum(heights)


def _write_section(writer: XmlWriter, source: str, style_for_run: StyleForRun) -> None:
    font: dict[str, Mapping[str, str]] = {}
    position = 0
    writer.start("text:p")
    for match in _CODE.finditer(source):
        _write_run(writer, source[position : match.start()], font, style_for_run)
        position = match.end()
        name, size, color, letter = match.groups()
        if name is not None:
            _set_font(font, name)
        elif size is not None:
            font["sz"] = {"val": size}
        elif color is not None:
            if len(color) == 6 and "+" not in color and "-" not in color:
                font["color"] = {"rgb": color}
        elif letter == "&":
            _write_run(writer, "&", font, style_for_run)
        elif letter.upper() in _TOGGLES:
            _toggle(font, _TOGGLES[letter.upper()])
        elif letter.upper() in _FIELDS:
            _write_field(writer, letter.upper(), font, style_for_run)
    _write_run(writer, source[position:], font, style_for_run)
    writer.end()


def _set_font(font: dict[str, Mapping[str, str]], code: str) -> None:
    name, _, style = code.partition(",")
    if name and name != "-":
        font["rFont"] = {"val": name}
    words = style.lower()
    for toggle, names in (("b", ("bold",)), ("i", ("italic", "oblique"))):
        if any(word in words for word in names):
            font[toggle] = {}
        else:
            font.pop(toggle, None)


def _toggle(font: dict[str, Mapping[str, str]], code: str) -> None:
    name, _, value = code.partition(":")
    if name in font:
        del font[name]
    else:
        font[name] = {"val": value} if value else {}


def _write_run(
    writer: XmlWriter, text: str, font: dict[str, Mapping[str, str]], style_for_run: StyleForRun
) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for index, line in enumerate(lines):
        if index:
            writer.end()
            writer.start("text:p")
        if line:
            with writer.element("text:span", {"text:style-name": style_for_run(list(font.items()))}):
                write_text(writer, line)


def _write_field(
    writer: XmlWriter, letter: str, font: dict[str, Mapping[str, str]], style_for_run: StyleForRun
) -> None:
    element, attributes, shown = _FIELDS[letter]
    with writer.element("text:span", {"text:style-name": style_for_run(list(font.items()))}):
        writer.text_element(element, shown, attributes)
