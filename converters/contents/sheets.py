"""What differs between spreadsheets, by cell and row."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from converters.census.record import normalised_words
from converters.contents.changes import ALIGNED, ChangeKind, Found, pairs_of
from converters.contents.record import Sheets, Shown
from converters.losses import Place

_ROUNDING, _SHARE = 2e-8, 1e-10  # of dates, and of results that were calculated again
_DAYS_TO_1904 = 1462

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


def compare_sheets(found: Found, before: Sheets, after: Sheets, *, formulas: bool) -> None:
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


def _compare_rows(found: Found, rule: _Rule, sheet: str, before: _Rows, after: _Rows) -> None:
    """By the numbers of rows or, where that gives fewer changes, by rows that were put in or taken out."""
    by_number = [
        (number if number in before else None, number if number in after else None)
        for number in sorted({*before, *after})
        if rule.changed_columns(before.get(number, {}), after.get(number, {}))
    ]
    aligned = by_number
    if len(by_number) > 1 and max(len(before), len(after)) <= ALIGNED:
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
    for old, new in pairs_of(*keys):
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
    found: Found,
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
