"""What differs between two contents, each change at its place; what formats only spell otherwise is none."""

import time

import pytest

from converters.contents import ChangeKind, Deck, Sheets, Text, compare_contents
from converters.contents.changes import KEPT
from converters.contents.record import Shown

CHANGED, GONE, NEW, CALCULATED = ChangeKind.CHANGED, ChangeKind.GONE, ChangeKind.NEW, ChangeKind.RECALCULATED


def text(*paragraphs, aside=()):
    return Text(list(paragraphs), list(aside))


def sheet(*rows, name="Budget", **options):
    """A sheet of rows of values; a pair is a formula with its result."""
    made = Sheets(**options)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            formula, result = value if isinstance(value, tuple) else ("", value)
            number_or_text = float(result) if isinstance(result, int | float) else result
            made.add(name, number, column, Shown(number_or_text, "", formula))
    return made


def told(before, after, *, same_format=True):
    found = compare_contents(before, after, same_format=same_format)
    assert found.count == len(found.listed)
    return [
        (one.kind, one.place.cell or one.place.index or one.place.container, one.before, one.after)
        for one in found.listed
    ]


def test_paragraphs_are_compared_in_their_order():
    before = text("a", "b", "c", "d")
    assert told(before, text("a", "b", "c", "d")) == []
    assert told(before, text("a", "x", "c", "d")) == [(CHANGED, 2, "b", "x")]
    assert told(before, text("a", "c", "d")) == [(GONE, 2, "b", "")]
    assert told(before, text("new", "a", "b", "c", "d")) == [(NEW, 1, "", "new")]
    assert told(before, text("a", "c", "b", "d")) != []


def test_what_stands_aside_may_stand_in_any_order():
    assert told(text(aside=["one", "two"]), text(aside=["two", "one"])) == []
    ((kind, _place, old, new),) = told(text(aside=["one", "two"]), text(aside=["two", "three"]))
    assert (kind, old, new) == (CHANGED, "one", "three")


def test_signs_of_symbol_fonts_count_between_equal_formats_alone():
    assert told(text("point"), text("• point"), same_format=False) == []
    assert told(text("point"), text("• point")) == [(CHANGED, 1, "point", "• point")]
    assert told(text("–"), text("•"), same_format=False) == [(CHANGED, 1, "–", "•")]


def test_slides_are_found_again_where_one_was_put_in():
    before = Deck([text("one"), text("two"), text("three")])
    after = Deck([text("one"), text("in between"), text("two"), text("three", "and more")])
    assert told(before, after) == [(NEW, 2, "", "in between"), (NEW, 4, "", "and more")]
    assert told(Deck([text("a", "b")]), Deck([text("b", "a")])) == []  # shapes in another order


def test_cells_are_compared_by_their_values():
    before = sheet(("a", 1, 0.1 + 0.2), ("b", 2, 3))
    assert told(before, sheet(("a", 1, 0.3), ("b", 2, 3))) == []
    assert told(before, sheet(("a", 1.001, 0.3), ("c", 2))) == [
        (CHANGED, "B1", "1", "1.001"),
        (CHANGED, "A2", "b", "c"),
        (GONE, "C2", "3", ""),
    ]
    assert told(sheet(("  a\nb ",)), sheet(("a b",))) == []


def test_a_row_that_was_put_in_or_taken_out_is_one_change():
    rows = [(f"item {number}", number) for number in range(50)]
    more = [*rows[:20], ("new", 99), *rows[20:]]
    assert told(sheet(*rows), sheet(*more)) == [(NEW, 21, "", "new | 99")]
    assert told(sheet(*more), sheet(*rows)) == [(GONE, 21, "new | 99", "")]


def test_a_formula_is_a_formula_however_it_is_spelt_and_a_value_is_none():
    before = sheet((("=SUM(B1:B2)", 3),))
    assert told(before, sheet((("of:=SUM([.B1:.B2])", 3),)), same_format=False) == []
    assert told(before, sheet((3,)), same_format=False) == [(CHANGED, "A1", "3 (=SUM(B1:B2))", "3")]
    changed = told(sheet((("of:=[.B1]", 3),)), sheet((("of:=[.B2]", 3),)))
    assert changed == [(CHANGED, "A1", "3 (=[.B1])", "3 (=[.B2])")]


def test_a_result_that_follows_another_change_is_told_apart():
    before, after = sheet((1, ("of:=[.A1]*2", 2))), sheet((5, ("of:=[.A1]*2", 10)))
    assert told(before, after) == [(CHANGED, "A1", "1", "5"), (CALCULATED, "B1", "2", "10")]
    assert told(sheet((("of:=1", None),)), sheet((("of:=1", 1),))) == []  # not calculated yet


def test_dates_from_1904_are_the_same_days():
    before = sheet((100,), dates_from_1904=True)
    assert told(before, sheet((1562,)), same_format=False) == []
    assert told(sheet((100,)), sheet((1562,)), same_format=False) != []


def test_sheets_may_be_renamed_put_in_and_taken_out():
    assert told(sheet((1,)), sheet((2,), name="Plan")) == [
        (CHANGED, "Plan", "Budget", "Plan"),
        (CHANGED, "A1", "1", "2"),
    ]
    assert told(sheet((1,)), Sheets()) == [(GONE, "Budget", "Budget", "")]
    assert told(Sheets(), sheet((1,))) == [(NEW, "Budget", "", "Budget")]


def test_many_changes_are_counted_and_the_first_told():
    rows = [(number,) for number in range(30_000)]
    started = time.process_time()
    found = compare_contents(
        sheet(*rows), sheet(*((number + 1, number) for (number,) in rows)), same_format=True
    )
    assert (found.count, len(found.listed)) == (60_000, KEPT)
    assert time.process_time() - started < 30


def test_a_text_and_a_sheet_are_not_compared():
    with pytest.raises(TypeError):
        compare_contents(Text(), Sheets(), same_format=True)
