"""What is left for a person, and what each run came to."""

from __future__ import annotations

import pytest

from converters.outcome import Verdict
from inventory.database import open_database
from migrate.ledger_queries import (
    OPEN_VERDICTS,
    files_of_run,
    latest_runs,
    open_files,
    outcomes_of,
    run_totals,
)
from tests.migrate.ledger_rows import FAILED, GOOD, OPEN, REFUSED, run_of


@pytest.fixture
def database(tmp_path):
    engine = open_database(str(tmp_path / "x.db"))
    yield engine
    engine.dispose()


def test_only_the_newest_outcome_of_a_file_counts(database):
    run_of(database, {"a.docx": OPEN, "b.docx": REFUSED, "c.docx": GOOD}, "2026-11-01", "1")
    run_of(database, {"a.docx": GOOD, "c.docx": FAILED}, "2026-11-02", "2")
    with database.connect() as connection:
        found = open_files(connection, OPEN_VERDICTS, 10)
        assert [(one.source, one.outcome.verdict) for one in found] == [
            ("c.docx", Verdict.FAILED),
            ("b.docx", Verdict.REFUSED),
        ]
        assert [one.outcome.verdict for one in outcomes_of(connection, "a.docx", 10)] == [
            Verdict.CONVERTED,
            Verdict.NEEDS_A_PERSON,
        ]


def test_pages_follow_each_other_where_many_ended_in_the_same_moment(database):
    run_of(database, {f"{number}.docx": OPEN for number in range(7)}, "2026-11-01")
    seen, mark = [], None
    with database.connect() as connection:
        while page := open_files(connection, OPEN_VERDICTS, 3, mark):
            seen += [one.source for one in page]
            mark = page[-1].mark
    assert sorted(seen) == [f"{number}.docx" for number in range(7)]


def test_a_run_is_told_with_its_verdicts_and_their_files(database):
    first = run_of(database, {"a.docx": GOOD, "b.docx": OPEN, "c.docx": OPEN})
    second = run_of(database, {"d.docx": FAILED})
    with database.connect() as connection:
        told = {run.id: run for run in latest_runs(connection, 10)}
        assert set(told) == {first, second}
        assert told[first].verdicts == {"converted": 1, "needs_a_person": 2}
        assert (told[first].files, told[first].open) == (3, 0)
        assert told[first].finished
        assert run_totals(connection, "0" * 32) is None
        files = files_of_run(connection, first, [Verdict.NEEDS_A_PERSON], 10)
        assert {one.source for one in files} == {"b.docx", "c.docx"}


def test_what_a_run_began_and_did_not_end_is_counted(database):
    from migrate.ledger import JobKey, Ledger

    ledger = Ledger(database)
    ledger.claim(JobKey("a.odt", "0" * 64, "", 1), "a.docx", "")
    with database.connect() as connection:
        run = latest_runs(connection, 1)[0]
    assert (run.files, run.open, run.finished) == (0, 1, "")
