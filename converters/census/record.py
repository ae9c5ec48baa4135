"""The counts of one document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from converters.census.numbers import missing_numbers

# of texts: what an editor needs to stay alive
MARKUP = ("insertions", "deletions", "fields", "indexes", "bookmarks")
# what is counted, in the order of reports
COUNTED = (
    "paragraphs",
    "tables",
    "sheets",
    "cells",
    "formulas",
    "names",
    "slides",
    "pictures",
    "charts",
    "notes",
    "comments",
    "links",
    *MARKUP,
)
# of binary files and RTF besides: no family of ours predicts what becomes of these
LEGACY_COUNTED = ("objects", "validations", "conditional_formats")
# Characters whose presence differs for good reasons: soft hyphens, joiners, byte order marks, symbol-font code
# points, object placeholders.
_UNCOUNTED = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc\ue000-\uf8ff]")
_LIKE = str.maketrans({"\u2011": "-", "\u2010": "-", "\u00a0": " ", "\u202f": " "})
_SCHEMES = ("http:", "https:", "mailto:", "ftp:")


@dataclass(slots=True)
class Census:
    """``words`` with their counts; ``sequence`` the words whose order counts, as they stand in the document;

    ``links`` the targets of links that leave the document. ``values`` are the numbers of cells that are no results,
    None where nobody counted them. ``uncounted`` names what the document may hold and its reader cannot count.
    """

    counts: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    sequence: list[str] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    values: Counter[float] | None = None
    uncounted: set[str] = field(default_factory=set)

    def add_text(self, text: str, *, in_order: bool = True) -> None:
        """Count a paragraph, if it has any words, and them. Without ``in_order`` it may stand elsewhere."""
        words = normalised_words(text)
        if words:
            self.words.update(words)
            self.counts["paragraphs"] += 1
            if in_order:
                self.sequence.extend(words)

    def add_cell_text(self, text: str, times: int = 1) -> None:
        """Count the words of a cell that is repeated ``times``."""
        for word in normalised_words(text):
            self.words[word] += times

    def add_link(self, target: str) -> None:
        if target.lower().startswith(_SCHEMES):
            self.links.add(unquote(target).strip().rstrip("/").lower())

    def as_json(self) -> dict[str, Any]:
        counts = {name: self.counts[name] for name in (*COUNTED, *LEGACY_COUNTED) if self.counts[name]}
        values = {} if self.values is None else {"values": self.values.total()}
        return {"words": self.words.total(), **counts, **values, "links": len(self.links)}


def normalised_words(text: str) -> list[str]:
    return _UNCOUNTED.sub("", text.translate(_LIKE)).split()


@dataclass(frozen=True, slots=True)
class Difference:
    """``source`` and ``target`` are counts of ``what``; ``examples`` are what is missing, for words and links."""

    what: str
    source: int
    target: int
    examples: tuple[str, ...] = ()

    @property
    def lost(self) -> bool:
        return self.target < self.source

    def as_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "source": self.source,
            "target": self.target,
            "lost": self.lost,
            "examples": list(self.examples),
        }


EXAMPLES = 20


def compare(source: Census, target: Census, counted: Iterable[str] = COUNTED) -> tuple[Difference, ...]:
    """What differs, of what is ``counted``. Words are compared as they occur, each with its count, then in their order."""
    found = []
    missing = source.words - target.words
    if missing:
        total = source.words.total()
        found.append(Difference("words", total, total - missing.total(), tuple(missing)[:EXAMPLES]))
    elif not _in_order(source.sequence, target.sequence):
        found.append(Difference("word_order", 1, 0))
    if source.values is not None and target.values is not None:
        lost = missing_numbers(source.values, target.values)
        if lost:
            total = source.values.total()
            found.append(
                Difference(
                    "values", total, total - lost.total(), tuple(f"{value:.15g}" for value in lost)[:EXAMPLES]
                )
            )
    for name in counted:
        if name in source.uncounted:
            continue
        if name != "links" and source.counts[name] != target.counts[name]:
            found.append(Difference(name, source.counts[name], target.counts[name]))
    lost_links = sorted(source.links - target.links)
    if lost_links:
        total = len(source.links)
        found.append(Difference("links", total, total - len(lost_links), tuple(lost_links[:EXAMPLES])))
    return tuple(found)


def _in_order(source: list[str], target: list[str]) -> bool:
    """Whether the source's words stand in the target in their order, others between them allowed."""
    remaining = iter(target)
    return all(word in remaining for word in source)
