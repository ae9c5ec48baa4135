"""Files beside a result (the text of its macros): put in place with it, never over what somebody else wrote.

The ledger's outcome names each with its hash before it comes to its place. So a later run knows which of them are its
own and untouched: those it replaces, or removes where the result has none any more; every other file of that name
stays, and ours takes a number.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from converters.macros.companion import candidates
from converters.outcome import Companion, Outcome
from migrate.batch.permissions import carry_permissions
from migrate.batch.plan import Task
from migrate.batch.staging import Occupied, hash_of_target, put_in_place
from migrate.ledger import Job


def name_companions(outcome: Outcome, task: Task, staging: Path, reach: int, before: Job | None) -> Outcome:
    """The outcome with its companions where they will stand; in the staging folder they get the same names, and the
    rights of the source. ``before``: the job that last wrote the target. Raises OSError."""
    companions = []
    for companion in outcome.companions:
        made = staging / Path(companion.path).name
        path = _place_for(companion, task.target.with_name(made.name), _own(before))
        made = made.rename(staging / path.name)
        carry_permissions(task.source.stat(), task.source, made, reach=reach)
        companions.append(replace(companion, path=str(path)))
    return replace(outcome, companions=tuple(companions))


def _own(before: Job | None) -> dict[str, str]:
    """Path -> hash of the files that stood beside the earlier result."""
    outcome = before.outcome if before else None
    return {companion.path: companion.sha256 for companion in (outcome.companions if outcome else ())}


def _place_for(companion: Companion, wanted: Path, own: dict[str, str]) -> Path:
    """The first name at which nothing stands but what we wrote."""
    for path in candidates(wanted):
        standing = hash_of_target(path)
        if standing is None or standing == companion.sha256 or (standing and standing == own.get(str(path))):
            return path
    raise FileExistsError(wanted)


def put_companions(outcome: Outcome, staging: Path, before: Job | None) -> None:
    """Bring companions from the staging folder to their places; one that is there already stays.

    Raises OSError. A file that came up at the place meanwhile stays: then the companion is not there.
    """
    own = _own(before)
    for companion in outcome.companions:
        path = Path(companion.path)
        made = staging / path.name
        standing = hash_of_target(path)
        if standing == companion.sha256 or not made.is_file():
            continue
        if standing is None or standing == own.get(companion.path):
            with suppress(Occupied):
                put_in_place(made, path, replacing=standing)


def finish_companions(outcome: Outcome, before: Job | None) -> None:
    """Remove what lay beside the earlier result and not beside this one, where nobody touched it. Raises OSError."""
    kept = {companion.path for companion in outcome.companions}
    for path, sha256 in _own(before).items():
        if path not in kept and hash_of_target(Path(path)) == sha256:
            Path(path).unlink()
