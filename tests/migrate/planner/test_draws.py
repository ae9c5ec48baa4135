"""Draws: the same on any machine, inside their ranges, and each row's own."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate.planner.amounts import Amount
from migrate.planner.draws import (
    ALL_HIGH,
    ALL_LOW,
    LIKELY,
    WHOLE,
    Draws,
    Factor,
    at,
    divided,
    position,
)
from migrate.planner.inputs import Assumption

FACTORS = (Factor("macros", "assumptions.m*", 70, "own"), Factor("rest", "*", 0, "own"))


def row(code, low, likely, high):
    ends = (Decimal(str(end)) for end in (low, likely, high))
    return Assumption(code, *ends, "minutes", "", date(2026, 1, 1), "own")


def draws_of(*rows, **more):
    return Draws(rows, FACTORS, **more)


def last(lanes, draws):
    return lanes[draws.lanes - draws.count :]


def test_the_draws_of_a_seed_are_the_recorded_ones():
    draws = draws_of(row("a", 10, 20, 70), row("m1", 0, 0, 15), row("m2", 5, 30, 30))
    assert last(draws.of(row("a", 10, 20, 70), 100), draws)[:6].tolist() == RECORDED["a"]
    assert last(draws.of(row("m1", 0, 0, 15), 100), draws)[:6].tolist() == RECORDED["m1"]
    assert last(draws.of(row("m2", 5, 30, 30), 100), draws)[:6].tolist() == RECORDED["m2"]
    percentiles = draws.percentiles(draws.of(row("a", 10, 20, 70), 100))
    assert (percentiles.p10, percentiles.p50, percentiles.p90) == RECORDED["percentiles"]


# written once by this program: another machine, Python or numpy must not change a figure
RECORDED = {
    "a": [4826, 2845, 2734, 3818, 2306, 3983],
    "m1": [77, 563, 357, 219, 62, 22],
    "m2": [1293, 2452, 2119, 1800, 1209, 922],
    "percentiles": (1773, 3125, 5264),
}


def test_another_seed_gives_other_draws_of_the_same_distribution():
    first, second = (draws_of(row("a", 10, 20, 70), seed=seed) for seed in (1, 2))
    one, two = (last(draws.of(row("a", 10, 20, 70), 100), draws) for draws in (first, second))
    assert one.tolist() != two.tolist()
    assert sorted(one.tolist()) == sorted(two.tolist())


def test_a_new_row_changes_no_other_rows_draws():
    alone = draws_of(row("m1", 0, 3, 9))
    beside = draws_of(row("a", 1, 2, 3), row("m1", 0, 3, 9), row("m2", 1, 2, 3))
    value = row("m1", 0, 3, 9)
    assert last(alone.of(value, 100), alone).tolist() == last(beside.of(value, 100), beside).tolist()


def test_rows_of_a_factor_move_together_in_the_stated_share_of_draws():
    rows = [row("m1", 0, 5, 9), row("m2", 0, 5, 9), row("a", 0, 5, 9)]
    draws = draws_of(*rows)
    m1, m2, alone = (last(draws.positions(each.id), draws) for each in rows)
    together = int(np.count_nonzero(m1 == m2))
    assert 430 < together < 550  # seven of ten each: about half of the draws
    assert int(np.count_nonzero(m1 == alone)) < 20


@given(
    st.tuples(*[st.integers(0, 10**6)] * 3).map(sorted),
    st.integers(1, 999),
)
def test_a_position_lies_between_the_ends_and_grows_with_the_share_below(ends, part):
    low, likely, high = ends
    first, second = position(low, likely, high, part, 1000), position(low, likely, high, part + 1, 1001)
    assert -WHOLE <= first <= second + 1 <= WHOLE + 1


def test_the_shares_below_are_those_of_a_triangle():
    assert position(0, 0, 100, 19, 100) == WHOLE - 900_000  # 1 - sqrt(0.81)
    assert position(0, 50, 100, 1, 2) == 0
    assert position(0, 100, 100, 25, 100) == -500_000


def test_a_value_is_interpolated_to_each_side_of_the_likely_one():
    positions = np.array([-WHOLE, -WHOLE // 2, 0, WHOLE // 2, WHOLE, 2 * WHOLE])
    assert at(Amount(0, 10, 100), positions).tolist() == [0, 5, 10, 55, 100, 190]


def test_amounts_of_any_size_are_exact():
    huge = Amount(10**15, 2 * 10**15, 9 * 10**15)
    assert at(huge, np.array([-WHOLE, 0, WHOLE])).tolist() == [10**15, 2 * 10**15, 9 * 10**15]
    product = divided([np.array([3 * 10**9, 5]), 10**9, 7], 10**9)
    assert np.asarray(product).tolist() == [21 * 10**9, 35]
    assert divided([7, 5], 2) == 18  # halves up


ranges = st.tuples(*[st.integers(0, 500)] * 3).map(sorted)


@settings(max_examples=30, deadline=None)
@given(st.lists(ranges, min_size=1, max_size=5))
def test_percentiles_are_in_order_and_within_the_range(found):
    rows = [row(f"m{number}", *ends) for number, ends in enumerate(found)]
    draws = draws_of(*rows, count=100)
    total = np.sum([draws.of(each, 100) for each in rows], axis=0)
    percentiles = draws.percentiles(total)
    assert total[ALL_LOW] <= percentiles.p10 <= percentiles.p50 <= percentiles.p90 <= total[ALL_HIGH]
    assert total[LIKELY] == sum(100 * ends[1] for ends in found)


def test_a_factor_alone_stands_at_its_ends_and_percentiles_in_its_own_lanes():
    rows = [row("m1", 0, 10, 20), row("a", 0, 10, 20)]
    draws = draws_of(*rows)
    ends = [draws.lane("macros", end) for end in range(4)]
    assert draws.of(rows[0], 1)[ends].tolist() == [0, 4, 16, 20]
    assert draws.of(rows[1], 1)[ends].tolist() == [10] * 4
    assert draws.of(rows[1], 1)[
        [draws.single_lane("assumptions.a", high) for high in (False, True)]
    ].tolist() == [0, 20]


@pytest.mark.parametrize("ends", [(3, 3, 3), (0, 0, 0)])
def test_a_row_without_a_range_is_the_same_in_every_lane(ends):
    draws = draws_of(row("a", *ends), row("m1", 0, 1, 2))
    assert set(draws.of(row("a", *ends), 10).tolist()) == {ends[0] * 10}
