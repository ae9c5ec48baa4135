"""Rules corrected by measured minutes."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.planner import defaults
from migrate.planner.calibration import calibrate
from migrate.planner.finance_tables import read_measurements
from migrate.planner.inputs import EffortRule, Measurement
from migrate.planner.plan import plan_migration
from migrate.planner.tables import TableError

from .conftest import AS_OF, file, users_of  # isort: skip


def rule(low, likely, high):
    return EffortRule("x", "file", *map(Decimal, (low, likely, high)), "owner", date(2026, 1, 1), "own")


def posterior(prior, units, minutes, weight=10):
    rules, found = calibrate({"x": prior}, [Measurement("x", units, Decimal(minutes), 2)], weight)
    assert found[0].prior is prior
    return rules["x"]


def test_ten_measured_units_weigh_as_much_as_the_rule():
    after = posterior(rule(5, 10, 30), 10, 200)
    assert after.likely == 15
    # the range keeps 1/sqrt(2) of its width, in proportion to the new value
    assert after.low == (15 - Decimal("7.5") * Decimal("0.707106")).quantize(Decimal("0.0001"))
    assert after.source == "own + measured"


def test_many_measurements_leave_the_rule_no_say():
    after = posterior(rule(5, 10, 30), 10_000, 40_000)
    assert after.likely == pytest.approx(Decimal("4.006"), abs=Decimal("0.001"))
    assert after.high - after.low < 1


def test_several_measurements_of_a_rule_are_one():
    rows = [Measurement("x", 4, Decimal(10), 2), Measurement("x", 6, Decimal(20), 3)]
    _rules, found = calibrate({"x": rule(1, 2, 3)}, rows, 10)
    assert (found[0].units, found[0].minutes) == (10, 30)


@given(st.tuples(*[st.integers(0, 1000)] * 3).map(sorted), st.integers(1, 500), st.integers(0, 10**5))
def test_a_corrected_rule_is_in_order_and_never_negative(ends, units, minutes):
    after = posterior(rule(*ends), units, minutes)
    assert 0 <= after.low <= after.likely <= after.high


def test_a_plan_shows_the_rule_before_and_after():
    inputs = defaults.plan_inputs(
        users_of("Finance", ("SPE_E3",)),
        [],
        AS_OF,
        measurements=[Measurement("loss.layout", 90, Decimal(90), 2)],
    )
    plan = plan_migration(inputs, [file("a.docx")])
    found = plan.as_json()["calibration"]
    assert found[0] == {
        "rule": "rules.loss.layout", "prior": {"low": "1", "likely": "3", "high": "10"}, "weight": 10, "units": 90,
        "minutes": "90", "posterior": found[0]["posterior"],
    }  # fmt: skip
    assert found[0]["posterior"]["likely"] == "1.2"
    assert plan.inputs.rules["loss.layout"].likely == Decimal("1.2")


def test_only_rows_of_minutes_correct_rules():
    text = "kind,code,quantity,value\nminutes,chart,3,7.5\ninvoice,support,1,900\n"
    assert read_measurements(text, "actuals.csv") == (Measurement("chart", 3, Decimal("7.5"), 2),)


def test_a_measurement_of_nothing_is_an_error():
    with pytest.raises(TableError, match="BAD_NUMBER"):
        read_measurements("kind,code,quantity,value\nminutes,chart,0,7.5\n", "actuals.csv")


def test_a_rule_that_is_not_there_is_named():
    with pytest.raises(TableError, match="UNKNOWN_NAME"):
        defaults.plan_inputs([], [], AS_OF, measurements=[Measurement("chartt", 1, Decimal(1), 2)])
