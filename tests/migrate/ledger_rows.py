"""Rows of the ledger as a run leaves them, without converting anything."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from converters.losses import Loss, Place
from converters.outcome import Engine as Converter
from converters.outcome import Outcome, Verdict
from migrate.ledger import JobKey, Ledger, jobs

LOSS = Loss("UNKNOWN_ELEMENT", (("element", "<b>odd</b>"),), examples=(Place("paragraph", 3),))
GOOD = Outcome("", "", Verdict.CONVERTED, Converter.NATIVE, kind="docx")
OPEN = replace(GOOD, verdict=Verdict.NEEDS_A_PERSON, losses=(LOSS,))
REFUSED = Outcome("", None, Verdict.REFUSED, error="ENCRYPTED", kind="docx")
FAILED = Outcome("", None, Verdict.FAILED, error="TIMEOUT", error_params=(("seconds", 120),), kind="docx")


def run_of(database: Engine, outcomes: dict[str, Outcome], day: str = "", mark: str = "0") -> str:
    """A run that ended with these outcomes by source; ``day`` (ISO 8601) dates them. Answers the run's id."""
    ledger = Ledger(database)
    for source, outcome in outcomes.items():
        target = f"{source}.odt"
        written = replace(outcome, source=source, target=outcome.target and target)
        job = ledger.claim(JobKey(target, mark * 64, "", 1), source, "")
        assert job is not None
        if outcome.target is None:
            ledger.without_target(job, written)
        else:
            ledger.placing(job, replace(written, target=target, target_sha256="f" * 64))
            ledger.placed(job)
        if day:
            with database.begin() as connection:
                connection.execute(
                    jobs.update().where(jobs.c.id == job).values(finished=f"{day}T10:00:00.000000Z")
                )
    ledger.close()
    return ledger.run_id
