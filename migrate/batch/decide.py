"""What to do about one task, from what the ledger knows and what stands at the target: pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from converters.outcome import Outcome, Verdict
from migrate.ledger import Job, JobKey


class Action(StrEnum):
    """What becomes of a task; all but CONVERT leave the target as it is."""

    CONVERT = "convert"
    DONE_BEFORE = "done_before"  # the same result would come out
    OLDER_STANDS = "older_stands"  # made by an older version or with other options; --redo makes it anew
    KEPT_EDITED = "kept_edited"  # somebody changed our result
    KEPT_FOREIGN = "kept_foreign"  # a file that we did not write
    IN_PROGRESS = "in_progress"  # another run is at work on it


@dataclass(frozen=True, slots=True)
class Decision:
    """``outcome`` is what the report says of a task that is not converted now."""

    action: Action
    outcome: Outcome | None = None


def decide(
    key: JobKey,
    *,
    settled: Job | None,
    written: Job | None,
    target_sha256: str | None,
    redo: bool = False,
    force: bool = False,
    retried: frozenset[str] = frozenset(),
) -> Decision:
    """Decide about a task.

    ``settled``: the last finished job for the target from a source of the same bytes; ``written``: the job that last
    wrote the target; ``target_sha256``: what stands there now, None for nothing and empty for what is no file.
    ``retried``: the codes of refusals that may be lifted now, so that they do not settle a job.
    """
    if settled is not None and settled.outcome is not None and settled.outcome.error in retried:
        settled = None
    if target_sha256 is None:
        return _without_target(key, settled, redo=redo)
    if written is None or written.target_sha256 != target_sha256:
        if force and target_sha256:
            return Decision(Action.CONVERT)
        if written is None:
            return Decision(Action.KEPT_FOREIGN)
        return Decision(Action.KEPT_EDITED, written.outcome)
    if settled is not None and settled.outcome is not None and settled.outcome.verdict is Verdict.REFUSED:
        return _without_target(key, settled, redo=redo)
    if written.key.source_sha256 != key.source_sha256:
        return Decision(Action.CONVERT)  # the source changed, and nobody touched what was made of it
    if written.key == key:
        return Decision(Action.DONE_BEFORE, written.outcome)
    return Decision(Action.CONVERT) if redo else Decision(Action.OLDER_STANDS, written.outcome)


def _without_target(key: JobKey, settled: Job | None, *, redo: bool) -> Decision:
    """Nothing stands there: convert, unless the same bytes were refused; a failure was ours and is tried again."""
    if settled is None or settled.outcome is None or settled.outcome.verdict is not Verdict.REFUSED:
        return Decision(Action.CONVERT)
    if settled.key == key:
        return Decision(Action.DONE_BEFORE, settled.outcome)
    return Decision(Action.CONVERT) if redo else Decision(Action.OLDER_STANDS, settled.outcome)
