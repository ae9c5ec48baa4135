"""Lists that count from zero: ODF lets an item start there, but no level (ODF 1.3 Part 3, 19.880 text:start-value).

LibreOffice writes ``text:start-value="0"`` at the level. It is taken off, and each item with which such a level starts
to count says it instead: the first with text of its own in a list, and a heading that is the first of its level below
another (an outline).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from converters.libreoffice.markup import read_attributes, start_tag

SIGN = b'text:start-value="0"'
TOGETHER = (b"text:list-item",)
_OUTLINE = "Outline"
_TAG = re.compile(
    rb"<(/?)(text:list-style|text:outline-style|text:list-level-style-number|text:outline-level-style|text:list-item"
    rb"|text:list|text:h)(?=[\s/>])([^<>]*?)(/?)>(?=(<text:[ph][\s>])?)"
)
_START = "text:start-value"


@dataclass(slots=True)
class _List:
    """``counts``: an item at its level has shown a number since it began."""

    style: str
    counts: bool


@dataclass(slots=True)
class ZeroStarts:
    """Goes through the parts of one document, styles first; remembers which levels of which list styles are meant."""

    _levels: dict[str, set[int]] = field(default_factory=dict)
    _style: str = ""
    _lists: list[_List] = field(default_factory=list)
    _headings: set[int] = field(default_factory=set)

    def mend(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces with levels that count from one and items that say what they count from."""
        for piece in pieces:
            yield _TAG.sub(self._tag, piece)

    def _tag(self, match: re.Match[bytes]) -> bytes:
        closing, name, text, end, before_text = match.groups()
        if closing:
            if name == b"text:list" and self._lists:
                self._lists.pop()
            return match[0]
        attributes = read_attributes(text)
        before = dict(attributes)
        if name in (b"text:list-style", b"text:outline-style"):
            self._style = attributes.get("style:name", "") if name == b"text:list-style" else _OUTLINE
        elif name in (b"text:list-level-style-number", b"text:outline-level-style"):
            if attributes.get(_START) == "0":
                self._levels.setdefault(self._style, set()).add(int(attributes["text:level"]))
                del attributes[_START]
        elif name == b"text:list":
            self._open(attributes, empty=bool(end))
        elif name == b"text:list-item" and before_text:
            self._item(attributes)
        elif name == b"text:h":
            self._heading(attributes)
        return match[0] if attributes == before else start_tag(name, attributes, end)

    def _open(self, attributes: dict[str, str], *, empty: bool) -> None:
        inherited = self._lists[-1].style if self._lists else ""
        goes_on = "text:continue-list" in attributes or attributes.get("text:continue-numbering") == "true"
        if not empty:
            self._lists.append(_List(attributes.get("text:style-name", inherited), goes_on))

    def _item(self, attributes: dict[str, str]) -> None:
        if not self._lists:
            return
        around = self._lists[-1]
        style = attributes.get("text:style-override", around.style)
        if not around.counts and len(self._lists) in self._levels.get(style, ()):
            attributes.setdefault(_START, "0")
        around.counts = True

    def _heading(self, attributes: dict[str, str]) -> None:
        """A heading in no list counts in the outline."""
        if self._lists or attributes.get("text:is-list-header") == "true":
            return
        level = int(attributes.get("text:outline-level", "1"))
        if level not in self._headings and level in self._levels.get(_OUTLINE, ()):
            attributes.setdefault("text:restart-numbering", "true")
            attributes.setdefault(_START, "0")
        self._headings = {met for met in self._headings if met <= level} | {level}
