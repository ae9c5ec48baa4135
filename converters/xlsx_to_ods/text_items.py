"""String items: plain or rich text of a cell (ECMA-376 Part 1, 18.4.8 ``si``, 18.3.1.53 ``is``) as ODF paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from converters.odf.text import write_text
from converters.odf.xmlwriter import XmlWriter, escape_text

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPECIAL = re.compile(r"  |^ | $|[\t\n\r\x0b\x0c]")
_BREAK = re.compile(r"\r\n|\r|\n")

# children of a string item, by local name
HANDLED = frozenset(("t", "r", "rPr"))
IGNORED: dict[str, str] = {
    "rPh": "phonetic hints repeat the text in another script",
    "phoneticPr": "phonetic hints repeat the text in another script",
}

StyleForRun = Callable[[list[tuple[str, Mapping[str, str]]]], str | None]


def unescape(text: str) -> str:
    """``ST_Xstring``: ``_x000D_`` stands for a character that XML cannot carry (22.9.2.19)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def paragraphs(text: str) -> str:
    """Text as ``text:p`` elements, one a line, with its white space kept."""
    if not _SPECIAL.search(text):
        return f"<text:p>{escape_text(text)}</text:p>"
    return "".join(f"<text:p>{inline(line)}</text:p>" for line in _BREAK.split(text))


def inline(text: str) -> str:
    """Text without breaks as the content of a paragraph."""
    writer = XmlWriter()
    write_text(writer, text)
    return writer.result()


class TextItem:
    """Gathers one string item from start and end tags; ``chunks`` takes character data.

    ``style_for_run`` answers the text style of a run's properties, given as (local name, attributes).
    """

    __slots__ = ("_phonetic", "_properties", "_runs", "_style", "_style_for_run", "chunks")

    def __init__(self, style_for_run: StyleForRun) -> None:
        self.chunks: list[str] = []
        self._style_for_run = style_for_run
        self.clear()

    def clear(self) -> None:
        self.chunks.clear()
        self._runs: list[tuple[str, str | None]] = []
        self._properties: list[tuple[str, Mapping[str, str]]] | None = None
        self._style: str | None = None
        self._phonetic = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "t":
            self.chunks.clear()
        elif name == "r":
            self._style = None
        elif name == "rPr":
            self._properties = []
        elif name == "rPh":
            self._phonetic += 1
        elif self._properties is not None:
            self._properties.append((name, attributes))

    def end(self, name: str) -> None:
        if name == "t" and not self._phonetic:
            self._runs.append((unescape("".join(self.chunks)), self._style))
        elif name == "rPr" and self._properties is not None:
            self._style = self._style_for_run(self._properties)
            self._properties = None
        elif name == "rPh":
            self._phonetic -= 1

    def text(self) -> str:
        return "".join(text for text, _style in self._runs)

    def fragment(self) -> str:
        """The item as paragraphs."""
        if len(self._runs) == 1 and self._runs[0][1] is None:
            return paragraphs(self._runs[0][0])
        lines = [""]
        for text, style in self._runs:
            for index, line in enumerate(_BREAK.split(text)):
                if index:
                    lines.append("")
                if line:
                    content = inline(line)
                    lines[-1] += (
                        f'<text:span text:style-name="{style}">{content}</text:span>' if style else content
                    )
        return "".join(f"<text:p>{line}</text:p>" for line in lines)
