"""Changes as they are found, and which parts of two sequences belong together."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from converters.losses import Place

KEPT = 500  # changes that are told one by one
ALIGNED = 20_000  # rows or paragraphs that are looked for elsewhere; beyond, numbers decide
_TEXT_KEPT = 400  # characters of a paragraph that are told


class ChangeKind(StrEnum):
    CHANGED = "changed"
    RECALCULATED = "recalculated"  # the result of a formula that is the same
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` and ``after`` are what a person reads; one of them is empty for what is new or gone."""

    kind: ChangeKind
    place: Place
    before: str
    after: str

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "place": self.place.as_json(),
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True, slots=True)
class Changes:
    """``listed`` are the first of ``count``."""

    listed: tuple[Change, ...] = ()
    count: int = 0

    def as_json(self) -> dict[str, Any]:
        return {"count": self.count, "listed": [change.as_json() for change in self.listed]}


@dataclass(slots=True)
class Found:
    listed: list[Change] = field(default_factory=list)
    count: int = 0

    def add(self, kind: ChangeKind, place: Place, before: str = "", after: str = "") -> None:
        self.count += 1
        if len(self.listed) < KEPT:
            self.listed.append(Change(kind, place, before[:_TEXT_KEPT], after[:_TEXT_KEPT]))

    def changes(self) -> Changes:
        return Changes(tuple(self.listed), self.count)


def pairs_of(
    before: Sequence[Hashable], after: Sequence[Hashable]
) -> Iterator[tuple[int | None, int | None]]:
    """Positions of what differs: (old, new), one of them None for what is new or gone."""
    start, most = 0, min(len(before), len(after))
    while start < most and before[start] == after[start]:
        start += 1
    end = 0
    while end < most - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) + len(new) > 2 * ALIGNED:
        blocks: Sequence[tuple[str, int, int, int, int]] = [("replace", 0, len(old), 0, len(new))]
    else:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for word, first, last, first_new, last_new in blocks:
        if word == "equal":
            continue
        common = min(last - first, last_new - first_new)
        for offset in range(max(last - first, last_new - first_new)):
            one, other = start + first + offset, start + first_new + offset
            if offset >= common:
                yield (one, None) if last - first > common else (None, other)
            elif before[one] != after[other]:
                yield one, other
