from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.planner.amounts import Amount, rounded, spread, spread_amount
from migrate.planner.months import first_whole_month, month_of, months_later, next_renewal

totals = st.integers(-(10**9), 10**9)
weights = st.lists(st.integers(0, 1000), min_size=1, max_size=12)


@given(totals, weights)
def test_parts_add_up_to_the_total(total, weights):
    assert sum(spread(total, weights)) == total


@given(totals, weights)
def test_no_part_is_a_whole_unit_away_from_its_exact_share(total, weights):
    whole = sum(weights) or len(weights)
    for part, weight in zip(spread(total, weights), weights, strict=True):
        share = weight if sum(weights) else 1
        assert abs(part - Fraction(total * share, whole)) < 1


@given(st.lists(st.integers(0, 10**6), min_size=3, max_size=3).map(sorted), weights)
def test_split_ranges_add_up_and_stay_in_order(ends, weights):
    parts = spread_amount(Amount(*ends), weights)
    assert Amount.total(parts) == Amount(*ends)
    assert all(part.low <= part.likely <= part.high for part in parts)


def test_a_total_without_parts_is_an_error():
    assert spread(0, []) == []
    with pytest.raises(ValueError, match="parts"):
        spread(1, [])


def test_halves_are_rounded_away_from_zero():
    assert [rounded(Fraction(value, 2)) for value in (1, 3, -1)] == [1, 2, -1]


def test_a_part_of_a_month_does_not_save():
    assert first_whole_month(date(2027, 7, 1)) == month_of(date(2027, 7, 1))
    assert first_whole_month(date(2027, 7, 2)) == month_of(date(2027, 8, 1))


def test_a_contract_renewed_on_the_31st_keeps_its_day():
    assert months_later(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert next_renewal(date(2027, 1, 31), 1, date(2027, 3, 1)) == date(2027, 3, 31)


@given(
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    st.integers(1, 60),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
)
def test_the_next_renewal_is_never_before_the_date_asked_for_nor_a_term_too_late(renewal, term, day):
    found = next_renewal(renewal, term, day)
    assert found >= max(day, renewal) or found >= day
    assert found == renewal or months_later(day, term) >= found
