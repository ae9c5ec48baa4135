"""The record of a case stays, its content goes; the same cause in many cases tells IT, with all files affected."""

from datetime import UTC, datetime, timedelta

import pytest

from converters.losses import Loss
from converters.outcome import Engine, Outcome, Verdict
from inventory.database import open_database
from migrate.helpdesk.alerts import alerts_in, files_affected, handle_alert, open_alerts
from migrate.helpdesk.cases import (
    cases_of,
    find_case,
    forget_contents,
    open_case,
    overdue,
    settle_case,
)
from migrate.helpdesk.causes import CAUSES, losses_behind
from migrate.ledger import JobKey, Ledger


@pytest.fixture
def database(tmp_path):
    engine = open_database(str(tmp_path / "x.db"))
    yield engine
    engine.dispose()


def _case(database, sha256, cause, visitor="ann", ticket="T-1", name="Secret plan.docx"):
    number = open_case(
        database, visitor=visitor, visitor_key=f"account {visitor}", ticket=ticket, name=name, sha256=sha256, size_bytes=9
    )  # fmt: skip
    settle_case(
        database, number, kind="docx", symptom="", verdict="needs_a_person", cause=cause, actions=["CONVERTED"],
        target_sha256="cd" * 32,
    )  # fmt: skip
    return number


def test_what_stays_of_a_case_is_its_record_and_not_its_content(database):
    number = _case(database, "ab" * 32, "FONTS")
    with database.connect() as connection:
        assert overdue(connection, 72) == []
        assert overdue(connection, 72, datetime.now(UTC) + timedelta(hours=73)) == [number]
    forget_contents(database, [number])
    with database.connect() as connection:
        kept = find_case(connection, number, "account ann")
        assert overdue(connection, 0, datetime.now(UTC) + timedelta(hours=1)) == []
    assert kept is not None
    assert (kept.ticket, kept.sha256, kept.verdict, kept.cause, kept.actions) == (
        "T-1", "ab" * 32, "needs_a_person", "FONTS", ("CONVERTED",),
    )  # fmt: skip
    assert kept.name == ""
    assert kept.deleted


def test_nobody_finds_the_case_of_another(database):
    number = _case(database, "ab" * 32, "FONTS", visitor="ann")
    _case(database, "cd" * 32, "FONTS", visitor="bea")
    with database.connect() as connection:
        assert find_case(connection, number, "account bea") is None
        assert find_case(connection, "0" * 32, "account bea") is None
        assert [case.visitor for case in cases_of(connection, "account bea", 10)] == ["bea"]


def test_a_cause_of_enough_different_files_is_an_alert_until_somebody_deals_with_it(database):
    for number in (1, 1, 1, 2):
        _case(database, f"{number:064x}", "FONTS")
    with database.connect() as connection:
        assert open_alerts(connection) == []  # one file many times is one file
    _case(database, f"{3:064x}", "FONTS", ticket="T-9")
    _case(database, f"{4:064x}", "DAMAGED")
    with database.connect() as connection:
        (alert,) = open_alerts(connection)
        assert open_alerts(connection, datetime.now(UTC) + timedelta(days=31)) == []
    assert (alert.cause, alert.files, len(alert.cases)) == ("FONTS", 3, 5)
    assert alert.cases[-1].ticket == "T-9"
    handle_alert(database, "FONTS", "it")
    handle_alert(database, "FONTS", "it")
    with database.connect() as connection:
        assert open_alerts(connection) == []
    for number in (5, 6, 7):
        _case(database, f"{number:064x}", "FONTS")
    with database.connect() as connection:
        assert [one.files for one in open_alerts(connection)] == [3]


def test_alerts_are_those_of_most_files_first_and_never_of_no_cause(database):
    for cause, files in (("FONTS", 3), ("DAMAGED", 4), ("", 9)):
        for number in range(files):
            _case(database, f"{number:064x}", cause)
    with database.connect() as connection:
        found = open_alerts(connection)
    assert [(one.cause, one.files) for one in found] == [("DAMAGED", 4), ("FONTS", 3)]
    assert alerts_in([], {}) == []


def test_files_affected_are_those_that_lost_what_is_behind_the_cause(database):
    ledger = Ledger(database)
    for name, loss in (
        ("a", "FORMULA_NOT_TRANSLATED"),
        ("b", "CHART_DROPPED"),
        ("c", "FORMULA_NOT_TRANSLATED"),
    ):
        source, target = f"/srv/{name}.xlsx", f"/srv/{name}.ods"
        job = ledger.claim(JobKey(target, "00" * 32, "{}", 1), source, "/staging")
        outcome = Outcome(
            source,
            target,
            Verdict.NEEDS_A_PERSON,
            Engine.NATIVE,
            losses=(Loss(loss),),
            target_sha256="ab" * 32,
        )
        ledger.placing(job, outcome)
        ledger.placed(job)
    with database.connect() as connection:
        assert [one.source for one in files_affected(connection, "FORMULA_KEPT", 10)] == [
            "/srv/c.xlsx",
            "/srv/a.xlsx",
        ]
        assert [one.source for one in files_affected(connection, "FORMULA_KEPT", 1)] == ["/srv/c.xlsx"]
        assert files_affected(connection, "DAMAGED", 10) == []


def test_the_losses_behind_causes_are_known_where_a_cause_shows_by_losses():
    assert losses_behind("PICTURE_LINKED") == ("PICTURE_LINKED", "MEDIA_LINKED")
    assert losses_behind("NO_SUCH_CAUSE") == ()
    assert sum(bool(losses_behind(code)) for causes in CAUSES.values() for code, _look in causes) > 10
