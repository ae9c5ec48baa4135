"""Published migrations, predicted without themselves; and the two failed ones as plans."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from migrate.planner import defaults
from migrate.planner.back_test import WIDEST, back_test, calibrated, cases, decisions, outcomes, predict
from migrate.planner.inputs import Department, Price, User
from migrate.planner.plan import plan_migration
from tests.command_line import assert_current

PROJECT = Path(__file__).resolve().parents[3]
PREDICTIONS = back_test()


def test_at_least_eight_of_at_least_twelve_cases_lie_in_narrow_ranges():
    principal = [row for row in PREDICTIONS if row.outcome.principal]
    assert len({row.outcome.case for row in principal}) == len(principal) >= 12
    assert sum(row.inside for row in principal) >= 8
    for row in principal:
        if row.inside:
            assert row.percentiles.p10 <= row.actual <= row.percentiles.p90 <= WIDEST * row.percentiles.p10


def test_every_case_in_the_test_has_one_principal_outcome_and_every_other_one_a_reason():
    named = {outcome.case for outcome in outcomes() if outcome.principal}
    assert named == {case.id for case in cases().values() if case.in_test}
    assert all(case.reason for case in cases().values() if not case.in_test)


def test_a_cases_own_numbers_do_not_reach_its_prediction(monkeypatch):
    from migrate.planner import back_test as module

    own = next(row for row in outcomes() if row.case == "C05" and row.principal)
    before = predict(own).percentiles
    changed = tuple(
        replace(row, low=row.low * 7, high=row.high * 7) if row.case == "C05" else row for row in outcomes()
    )
    monkeypatch.setattr(module, "outcomes", lambda: changed)
    assert predict(own).percentiles == before
    others = tuple(
        replace(row, low=row.low * 7, high=row.high * 7) if row.case == "C06" else row for row in changed
    )
    monkeypatch.setattr(module, "outcomes", lambda: others)
    assert predict(own).percentiles != before


def test_a_calibrated_row_has_the_smallest_the_median_and_the_largest_value():
    row = calibrated("x", [Fraction(9), Fraction(1), Fraction(4), Fraction(6)])
    assert (row.low, row.likely, row.high) == (1, 5, 9)


def test_the_failed_migrations_are_the_ones_to_which_the_rules_say_no():
    for row in decisions():
        assert row.says_yes is not row.case.failed, row.case.organisation


def test_the_page_is_current():
    assert_current("benchmarks/back_test.py")


# two failed migrations as their planners could have entered them

NOTHING = (
    "training_time",
    "helpdesk",
    "parallel.minutes",
    "administration",
    "exchange.share",
    "price_rise",
    "delay",
)


def failed(seats, monthly_cents, months, **assumptions):
    """A plan whose only uncertain rows are those that are given; a number stands for itself, a tuple for a range."""
    day = date(2011, 1, 1)
    rows = dict(defaults.assumptions())
    values = dict.fromkeys(NOTHING, 0) | {"support": 0, "productivity.strain": 1} | assumptions
    own = {}
    for code, value in values.items():
        low, likely, high = value if isinstance(value, tuple) else (value,) * 3
        own[code] = replace(
            rows[code], low=Decimal(str(low)), likely=Decimal(str(likely)), high=Decimal(str(high))
        )
    users = [User(f"u{number}", "Town", ("OFFICESUBSCRIPTION",)) for number in range(seats)]
    department = Department("Town", (), day, migration=day)
    prices = [Price("OFFICESUBSCRIPTION", monthly_cents, "EUR", day, "contract", "published")]
    inputs = defaults.plan_inputs(
        users, [department], day, prices, own_assumptions=own, horizon_months=months, jurisdiction="NONE"
    )
    return plan_migration(inputs)


def test_the_published_inputs_of_pesaro_give_its_published_cost_a_user():
    hourly = (Decimal("530.38") * 2500 - 300_000) / 46_750
    assert hourly.quantize(Decimal("0.1")) == defaults.assumptions()["rate.owner"].low == Decimal("21.9")
    shares = {
        f"productivity.affected.year{year}": share for year, share in enumerate((0.7, 0.5, 0.3, 0.1, 0.1), 1)
    }
    plan = failed(
        500,
        round(19749 / 12),
        60,
        training=600,
        productivity_minutes_a_day=15,
        **{"rate.owner": "21.90"},
        **shares,
    )
    cost = -plan.figures["finance.horizon.kept_nh"].amount.likely + 300_000_00
    assert cost / 100 / 2500 == pytest.approx(530.38, abs=1)
    assert plan.figures["finance.value.all"].amount.high < 0
    assert plan.decision.chance_all == 0


def test_freiburg_with_honest_inputs_does_not_pay():
    pessimistic = {
        f"productivity.affected.year{year}": (0, share / 2, share)
        for year, share in enumerate((0.7, 0.5, 0.3, 0.1, 0.1), 1)
    }
    plan = failed(
        2300, round(800_000_00 / 2300 / 60), 60, training=(22, 71, 120), productivity_minutes_a_day=(0, 5, 15),
        **{"parallel.months": 60, "parallel.minutes": (1, 3, 10)}, **pessimistic,
    )  # fmt: skip
    assert plan.decision.chance_all < 250
    assert plan.decision.drivers[0].factor == "productivity"
