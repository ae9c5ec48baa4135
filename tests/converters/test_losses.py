"""Losses are data that add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.losses import EXAMPLES_KEPT, LOSSES, Loss, LossLog, Place, Severity
from converters.outcome import Engine, Outcome, Verdict, exit_code, verdict_for


def test_a_million_bad_cells_are_one_row_with_a_count_and_the_first_places() -> None:
    log = LossLog()
    for row in range(1, 1001):
        log.report("UNKNOWN_ELEMENT", Place("cell", container="Budget", cell=f"A{row}"), element="x:foo")
    (loss,) = log.losses()
    assert loss.count == 1000
    assert [place.cell for place in loss.examples] == [f"A{row}" for row in range(1, EXAMPLES_KEPT + 1)]


def test_losses_of_two_sheets_stay_apart() -> None:
    log = LossLog()
    for sheet in ("Budget", "Notes"):
        log.report("CHART_DROPPED", Place("sheet", container=sheet))
    assert len(log.losses()) == 2


def test_a_code_in_no_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        LossLog().report("NO_SUCH_CODE")


def test_what_is_in_no_table_is_a_loss_of_content() -> None:
    assert LOSSES["UNKNOWN_ELEMENT"].severity is Severity.CONTENT


@pytest.mark.parametrize(
    ("codes", "verdict"),
    [
        ((), Verdict.CONVERTED),
        (("THUMBNAIL_DROPPED",), Verdict.CONVERTED),
        (("THUMBNAIL_DROPPED", "PICTURE_FORMAT"), Verdict.CONVERTED_WITH_LOSSES),
        (("MACROS_NOT_CARRIED",), Verdict.NEEDS_A_PERSON),
        (("UNPROVEN",), Verdict.NEEDS_A_PERSON),
    ],
)
def test_the_worst_loss_decides_the_verdict(codes: tuple[str, ...], verdict: Verdict) -> None:
    assert verdict_for(tuple(Loss(code) for code in codes)) is verdict


def _outcome(verdict: Verdict, *codes: str) -> Outcome:
    return Outcome("a.docx", "a.odt", verdict, Engine.NATIVE, losses=tuple(Loss(code) for code in codes))


def test_exit_codes_follow_the_worst_outcome_and_what_is_allowed() -> None:
    fine, behaviour = _outcome(Verdict.CONVERTED), _outcome(Verdict.NEEDS_A_PERSON, "MACROS_NOT_CARRIED")
    refused, failed = _outcome(Verdict.REFUSED), _outcome(Verdict.FAILED)
    assert exit_code([fine]) == 0
    assert exit_code([fine, behaviour]) == 1
    assert exit_code([fine, behaviour], Severity.CONTENT) == 0
    assert exit_code([refused]) == 1
    assert exit_code([refused, failed]) == 2


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(LOSSES)), st.sampled_from(["", "Budget"]), st.integers(1, 50)),
        max_size=30,
    )
)
def test_counts_survive_aggregation_and_json(reports: list[tuple[str, str, int]]) -> None:
    log = LossLog()
    for code, container, count in reports:
        log.report(code, Place("sheet", container=container), count=count)
    losses = log.losses()
    assert sum(loss.count for loss in losses) == sum(count for _, _, count in reports)
    assert tuple(Loss.from_json(loss.as_json()) for loss in losses) == losses
    assert [loss.severity for loss in losses] == sorted((loss.severity for loss in losses), reverse=True)


def test_an_outcome_survives_json() -> None:
    outcome = Outcome("a.docx", None, Verdict.REFUSED, error="ENCRYPTED", error_params=(("kind", "docx"),))
    assert Outcome.from_json(outcome.as_json()) == outcome
