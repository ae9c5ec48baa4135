"""WiBe: a missing score is missing."""

from decimal import Decimal

import pytest

from migrate.planner import defaults
from migrate.planner.finance_tables import read_scores
from migrate.planner.inputs import Score
from migrate.planner.plan import plan_migration
from migrate.planner.tables import TableError

from .conftest import AS_OF, users_of  # isort: skip


def score(part, criterion, weight, points):
    return Score(part, criterion, Decimal(weight), None if points is None else Decimal(points), "")


def plan_of(*scores, saves=False):
    sku = "ENTERPRISEPACK" if saves else "STANDARDPACK"
    return plan_migration(defaults.plan_inputs(users_of("Finance", (sku,)), [], AS_OF, scores=scores))


def test_points_are_weighted_means_of_a_hundred():
    wibe = plan_of(score("D", "a", 10, 6), score("D", "b", 30, 2), score("Q", "c", 5, 10)).wibe
    assert (wibe.urgency.low, wibe.urgency.high) == (30, 30)
    assert (wibe.quality.low, wibe.quality.high) == (100, 100)


def test_a_missing_score_is_a_range_and_named_and_never_zero():
    wibe = plan_of(score("D", "a", 10, 6), score("D", "b", 10, None)).wibe
    assert (wibe.urgency.low, wibe.urgency.high, wibe.urgency.missing) == (30, 80, ("b",))
    assert wibe.quality is None


@pytest.mark.parametrize(
    ("points", "verdict"),
    [((4, 4), "no_go"), ((5, 0), "go"), ((0, 5), "go"), ((4, None), "open"), ((None, 9), "go")],
)
def test_the_verdict_of_a_plan_that_does_not_pay_hangs_on_the_points(points, verdict):
    assert plan_of(score("D", "a", 1, points[0]), score("Q", "b", 1, points[1])).wibe.verdict == verdict


def test_without_scores_a_plan_that_does_not_pay_has_no_verdict():
    assert plan_of().wibe.verdict == "open"


def test_a_surcharge_for_risk_takes_its_share_of_what_it_stands_on():
    plan = plan_of(score("R", "one_off_h", 0, 20), score("R", "yearly_h", 0, None))
    once = plan.figures["finance.value.one_off_h"].amount.likely
    assert (
        plan.figures["wibe.kn_r"].amount.likely == plan.figures["finance.value.all"].amount.likely - once // 5
    )
    assert "yearly_h" in plan.wibe.risks_missing
    assert "wibe.kn_r" not in plan_of().figures


def test_a_scoring_file_is_read_with_its_gaps():
    rows = read_scores("part,criterion,weight,score\nR,saving,,10\nD,law,20,\nq,open,10,7.5\n", "scores.csv")
    assert [(row.part, row.score) for row in rows] == [("R", 10), ("D", None), ("Q", Decimal("7.5"))]


@pytest.mark.parametrize("row", ["D,law,20,11", "X,law,20,1", "D,law,,1"])
def test_what_is_no_score_is_refused(row):
    with pytest.raises(TableError):
        read_scores(f"part,criterion,weight,score\n{row}\n", "scores.csv")
