"""How high text is in a cell that wraps it, as LibreOffice fits a row to it: lines that are counted, of whole pixels.

LibreOffice measures on a screen of 96 dots an inch. A size becomes whole pixels, so do ascent and descent of a line; a
cell has a pixel of margin on each side, and one less for the grid. ``text_widths.tsv`` beside this module has the fonts'
own metrics, in thousandths of the size: typeface, weight, ascent, descent, and the widths of the characters from space
to ``~``. Letters with accents are as wide as those without, ideographs as the size.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import unescape

from converters.xlsx_to_ods.fonts import STAND_IN, equal_of

_FIRST_CHARACTER = " "
_MOST_KEPT = 5_000
_AVERAGE_WIDTH = 550
_IDEOGRAPH_WIDTH = 1000
_PIXELS_PER_TWIP = 0.067  # LibreOffice's own, of whole pixels in a thousand twips
_PRINTER_FACTOR = 1.0345  # by which it takes text on paper to be narrower than on the screen
_PIXELS_PER_POINT = 96 / 72
_MARGIN_PIXELS = 1
_GRID_PIXELS = 1
# a word with what LibreOffice lets stand at the end of a line, or the space between words
_WORDS = re.compile(r"\s+|[^\s-]*-+|[^\s-]+")
_MARKUP = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"<text:(?:s|tab)\b[^>]*>")
_START, _END = "<text:p>", "</text:p>"
_BREAK = _END + _START


class _Widths(dict[str, int]):
    """Widths by character, in thousandths of the size; those of letters with accents are found as they are asked for."""

    def __missing__(self, character: str) -> int:
        base = unicodedata.normalize("NFD", character)[0]
        if base != character and base in self:
            width = self[base]
        elif unicodedata.combining(character):
            width = 0
        else:
            is_wide = unicodedata.east_asian_width(character) in "WF"
            width = _IDEOGRAPH_WIDTH if is_wide else _AVERAGE_WIDTH
        if len(self) < _MOST_KEPT:  # a document may hold every character there is
            self[character] = width
        return width


@dataclass(frozen=True, slots=True)
class TextFace:
    """A typeface in one weight and size, as text of it is measured: lengths in pixels."""

    widths: _Widths
    size: int
    line: int

    def height_twips(self, lines: int) -> int:
        """The height of a row that shows so many lines."""
        return int((lines * self.line + 2 * _MARGIN_PIXELS) / _PIXELS_PER_TWIP)

    def lines(self, paragraphs: str, width_twips: float) -> int:
        """The lines that ``text:p`` elements take in a column."""
        room = int(width_twips * _PIXELS_PER_TWIP / _PRINTER_FACTOR) - 2 * _MARGIN_PIXELS - _GRID_PIXELS
        room = max(room, 1) * 1000 // self.size
        texts = paragraphs.removeprefix(_START).removesuffix(_END).split(_BREAK)
        return sum(self._lines(_plain(text), room) for text in texts)

    def _lines(self, text: str, room: int) -> int:
        width_of = self.widths.__getitem__
        if sum(map(width_of, text)) <= room:
            return 1
        lines, used, gap = 1, 0, 0
        for word in _WORDS.findall(text):
            width = sum(map(width_of, word))
            if word.isspace():
                gap += width
                continue
            if used and used + gap + width > room:
                lines, used, gap = lines + 1, 0, 0
            used += gap + width
            gap = 0
            if used > room:  # a word that is longer than a line breaks anywhere
                lines += (used - 1) // room
                used = (used - 1) % room + 1
        return lines


@dataclass(frozen=True, slots=True)
class WrappingText:
    """How a style shows text that it wraps: typeface in lower case, size and indentation in points."""

    typeface: str
    size_points: float
    is_bold: bool = False
    indent_points: float = 0.0

    @property
    def face(self) -> TextFace:
        return text_face(self.typeface, self.size_points, self.is_bold)


def single_line_twips(size_points: float) -> int:
    """The height of a row of one line that does not wrap: LibreOffice takes it from the size alone."""
    return int(size_points * 20 * 1.18) + 17


def is_same(needed_twips: float, stated_twips: float) -> bool:
    """Whether two heights are one on the screen: LibreOffice leaves a row as it is then."""
    return int(needed_twips * _PIXELS_PER_TWIP) == int(stated_twips * _PIXELS_PER_TWIP)


@lru_cache(maxsize=512)
def text_face(typeface: str, size_points: float, is_bold: bool) -> TextFace:
    """The face of a typeface by its name in lower case."""
    name = equal_of(typeface)
    weight = "bold" if is_bold else "normal"
    ascent, descent, widths = _faces().get((name, weight)) or _faces()[STAND_IN, weight]
    size = max(1, _rounded(size_points * _PIXELS_PER_POINT))
    return TextFace(widths, size, _rounded(ascent * size / 1000) + _rounded(descent * size / 1000))


@lru_cache(maxsize=1)
def _faces() -> dict[tuple[str, str], tuple[int, int, _Widths]]:
    _header, *lines = Path(__file__).with_name("text_widths.tsv").read_text("utf-8").splitlines()
    faces = {}
    for line in lines:
        name, weight, ascent, descent, widths = line.split("\t")
        table = _Widths(
            (chr(ord(_FIRST_CHARACTER) + index), int(width)) for index, width in enumerate(widths.split(" "))
        )
        faces[name, weight] = (int(ascent), int(descent), table)
    return faces


def _rounded(value: float) -> int:
    return int(value + 0.5)


def _plain(fragment: str) -> str:
    """The text of a fragment of paragraphs; marks of spaces and tabs count as one space."""
    if "<" in fragment:
        fragment = _MARKUP.sub("", _SPACES.sub(" ", fragment))
    return unescape(fragment)
