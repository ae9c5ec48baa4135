"""What differs between two contents, each change at its place: in the newer document, of what is gone in the older one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from converters.census.record import normalised_words
from converters.contents.record import Contents, Deck, Sheets, Shown, Text
from converters.losses import Place

KEPT = 500  # changes that are told one by one
_ALIGNED = 20_000  # rows or paragraphs that are looked for elsewhere; beyond, numbers decide
_TEXT_KEPT = 400  # characters of a paragraph that are told
_ROUNDING, _SHARE = 2e-8, 1e-10  # of dates, and of results that were calculated again
_DAYS_TO_1904 = 1462


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
class _Found:
    listed: list[Change] = field(default_factory=list)
    count: int = 0

    def add(self, kind: ChangeKind, place: Place, before: str = "", after: str = "") -> None:
        self.count += 1
        if len(self.listed) < KEPT:
            self.listed.append(Change(kind, place, before[:_TEXT_KEPT], after[:_TEXT_KEPT]))

    def changes(self) -> Changes:
        return Changes(tuple(self.listed), self.count)


def compare_contents(before: Contents, after: Contents, *, same_format: bool) -> Changes:
    """What differs. ``same_format``: both are ODF, so that formulas and signs are compared too; else it only counts
    that a formula is still one, and signs without a letter or digit, which may come from a symbol font, are left out.

    Raises TypeError for contents of different kinds.
    """
    found = _Found()
    match before, after:
        case Text(), Text():
            _compare_text(found, before, after, "paragraph", _exactly if same_format else _words)
        case Deck(), Deck():
            _compare_decks(found, before, after, _exactly if same_format else _words)
        case Sheets(), Sheets():
            _compare_sheets(found, before, after, formulas=same_format)
        case _:
            raise TypeError(f"{type(before).__name__}, {type(after).__name__}")
    return found.changes()


Key = Callable[[str], Hashable]


def _exactly(text: str) -> Hashable:
    return text


def _words(text: str) -> Hashable:
    return tuple(word for word in text.split() if any(sign.isalnum() for sign in word)) or text


# -- texts ---------------------------------------------------------------------------------------------------------


def _compare_text(found: _Found, before: Text, after: Text, kind: str, key: Key) -> None:
    """Paragraphs in their order; what stands aside as often as it occurs."""
    keys = [[key(text) for text in one.paragraphs] for one in (before, after)]
    for old, new in _pairs(*keys):
        if old is None and new is not None:
            found.add(ChangeKind.NEW, Place(kind, new + 1), after=after.paragraphs[new])
        elif new is None and old is not None:
            found.add(ChangeKind.GONE, Place(kind, old + 1), before.paragraphs[old])
        elif old is not None and new is not None:
            texts = before.paragraphs[old], after.paragraphs[new]
            found.add(ChangeKind.CHANGED, Place(kind, new + 1), *texts)
    gone, new_ones = _left(before.aside, after.aside, key), _left(after.aside, before.aside, key)
    place = Place("aside")
    for text, other in zip(gone, new_ones, strict=False):
        found.add(ChangeKind.CHANGED, place, text, other)
    for text in gone[len(new_ones) :]:
        found.add(ChangeKind.GONE, place, text)
    for text in new_ones[len(gone) :]:
        found.add(ChangeKind.NEW, place, after=text)


def _left(texts: Sequence[str], others: Sequence[str], key: Key) -> list[str]:
    """The texts that are not among others, each as often."""
    there = Counter(map(key, others))
    left = []
    for text in texts:
        if there[key(text)]:
            there[key(text)] -= 1
        else:
            left.append(text)
    return left


def _pairs(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[tuple[int | None, int | None]]:
    """Positions of what differs: (old, new), one of them None for what is new or gone."""
    start, most = 0, min(len(before), len(after))
    while start < most and before[start] == after[start]:
        start += 1
    end = 0
    while end < most - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) + len(new) > 2 * _ALIGNED:
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


# -- presentations -------------------------------------------------------------------------------------------------


def _compare_decks(found: _Found, before: Deck, after: Deck, key: Key) -> None:
    keys = [
        [(tuple(map(key, slide.paragraphs)), tuple(map(key, sorted(slide.aside)))) for slide in deck.slides]
        for deck in (before, after)
    ]
    for old, new in _pairs(*keys):
        if old is None and new is not None:
            found.add(ChangeKind.NEW, Place("slide", new + 1), after=_slide_text(after.slides[new]))
        elif new is None and old is not None:
            found.add(ChangeKind.GONE, Place("slide", old + 1), _slide_text(before.slides[old]))
        elif old is not None and new is not None:
            _compare_slides(found, before.slides[old], after.slides[new], new + 1, key)


def _compare_slides(found: _Found, before: Text, after: Text, number: int, key: Key) -> None:
    """Shapes may be written in another order: what only stands elsewhere on the slide is no change."""
    if Counter(map(key, before.paragraphs)) == Counter(map(key, after.paragraphs)):
        after = Text(before.paragraphs, after.aside)
    inner = _Found()
    _compare_text(inner, before, after, "slide", key)
    for change in inner.listed:
        found.add(change.kind, Place("slide", number), change.before, change.after)
    found.count += inner.count - len(inner.listed)


def _slide_text(slide: Text) -> str:
    return " / ".join(slide.paragraphs)


# -- spreadsheets --------------------------------------------------------------------------------------------------

_Row = dict[int, Shown]
_Rows = dict[int, _Row]


@dataclass(frozen=True, slots=True)
class _Rule:
    """When two cells are the same."""

    formulas: bool
    dates_from_1904: bool

    def same(self, before: Shown, after: Shown) -> bool:
        if bool(before.formula) > bool(after.formula):
            return False
        if self.formulas and before.formula != after.formula:
            return False
        if before.formula and (_is_empty(before) or _is_empty(after)):  # not calculated yet
            return True
        if before.error or after.error:
            return bool(before.error) == bool(after.error)
        one, other = before.value, after.value
        if isinstance(one, float) and isinstance(other, float):
            near = _ROUNDING + abs(one) * _SHARE
            return abs(one - other) <= near or (
                self.dates_from_1904 and abs(other - one - _DAYS_TO_1904) <= near
            )
        return normalised_words(str(one)) == normalised_words(str(other))

    def kind(self, before: Shown | None, after: Shown | None) -> ChangeKind:
        """What happened to a cell that is not the same."""
        if before is None:
            return ChangeKind.NEW
        if after is None:
            return ChangeKind.GONE
        kept = before.formula == after.formula if self.formulas else bool(after.formula)
        return ChangeKind.RECALCULATED if before.formula and kept else ChangeKind.CHANGED

    def changed_columns(self, before: _Row, after: _Row) -> list[int]:
        return [
            column
            for column in sorted({*before, *after})
            if column not in before or column not in after or not self.same(before[column], after[column])
        ]


def _is_empty(cell: Shown) -> bool:
    return cell.value is None and not cell.error


def _compare_sheets(found: _Found, before: Sheets, after: Sheets, *, formulas: bool) -> None:
    rule = _Rule(formulas, before.dates_from_1904)
    old_only = [name for name in before.sheets if name not in after.sheets]
    new_only = [name for name in after.sheets if name not in before.sheets]
    renamed = dict(zip(old_only, new_only, strict=True)) if len(old_only) == len(new_only) else {}
    for name, rows in before.sheets.items():
        other = renamed.get(name, name)
        if name in renamed:
            found.add(ChangeKind.CHANGED, Place("sheet", container=other), name, other)
        if other in after.sheets:
            _compare_rows(found, rule, other, rows, after.sheets[other])
        else:
            found.add(ChangeKind.GONE, Place("sheet", container=name), name)
    for name in new_only if not renamed else ():
        found.add(ChangeKind.NEW, Place("sheet", container=name), after=name)


def _compare_rows(found: _Found, rule: _Rule, sheet: str, before: _Rows, after: _Rows) -> None:
    """By the numbers of rows or, where that gives fewer changes, by rows that were put in or taken out."""
    by_number = [
        (number if number in before else None, number if number in after else None)
        for number in sorted({*before, *after})
        if rule.changed_columns(before.get(number, {}), after.get(number, {}))
    ]
    aligned = by_number
    if len(by_number) > 1 and max(len(before), len(after)) <= _ALIGNED:
        aligned = list(_aligned(rule, before, after))
    moved = _cells(rule, before, after, aligned) < _cells(rule, before, after, by_number)
    for old, new in aligned if moved else by_number:
        old_row, new_row = (old, before.get(old or 0, {})), (new, after.get(new or 0, {}))
        _tell_row(found, rule, sheet, old_row, new_row, moved=moved)


def _aligned(rule: _Rule, before: _Rows, after: _Rows) -> Iterator[tuple[int | None, int | None]]:
    old_numbers, new_numbers = sorted(before), sorted(after)
    keys = [
        [_key(rows[number]) for number in numbers]
        for rows, numbers in ((before, old_numbers), (after, new_numbers))
    ]
    for old, new in _pairs(*keys):
        pair = (
            None if old is None else old_numbers[old],
            None if new is None else new_numbers[new],
        )
        if None in pair or rule.changed_columns(before[pair[0] or 0], after[pair[1] or 0]):
            yield pair


def _key(row: _Row) -> Hashable:
    """What two rows have in common that hold the same; formulas move with their row and are left out."""
    return tuple(
        (column, f"{cell.value:.10g}" if isinstance(cell.value, float) else (cell.error or cell.value))
        for column, cell in sorted(row.items())
    )


def _cells(rule: _Rule, before: _Rows, after: _Rows, pairs: Sequence[tuple[int | None, int | None]]) -> int:
    """How many changes pairs of rows come to: a row that is new or gone is one."""
    return sum(
        len(rule.changed_columns(before[old], after[new])) if old is not None and new is not None else 1
        for old, new in pairs
    )


def _tell_row(
    found: _Found,
    rule: _Rule,
    sheet: str,
    before: tuple[int | None, _Row],
    after: tuple[int | None, _Row],
    *,
    moved: bool,
) -> None:
    (old, old_cells), (new, new_cells) = before, after
    if moved and old is None:
        found.add(ChangeKind.NEW, Place("row", new, sheet), after=_row_text(new_cells))
        return
    if moved and new is None:
        found.add(ChangeKind.GONE, Place("row", old, sheet), _row_text(old_cells))
        return
    for column in rule.changed_columns(old_cells, new_cells):
        one, other = old_cells.get(column), new_cells.get(column)
        place = Place("cell", container=sheet, cell=f"{_letters(column)}{new or old}")
        kind = rule.kind(one, other)
        spelt = kind is ChangeKind.CHANGED and (rule.formulas or bool(one and one.formula))
        found.add(kind, place, _cell_text(one, formulas=spelt), _cell_text(other, formulas=spelt))


def _row_text(cells: _Row) -> str:
    return " | ".join(_cell_text(cell, formulas=False) for _column, cell in sorted(cells.items()))


def _cell_text(cell: Shown | None, *, formulas: bool) -> str:
    if cell is None:
        return ""
    text = cell.text or cell.error
    if not text:
        text = f"{cell.value:.15g}" if isinstance(cell.value, float) else str(cell.value or "")
    if not formulas or not cell.formula:
        return text
    formula = cell.formula.removeprefix("of:").removeprefix("msoxl:")
    return f"{text} ({formula if formula.startswith('=') else '=' + formula})"


def _letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
