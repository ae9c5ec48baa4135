"""One run of a batch with the fake converter, to be killed: SOURCE TARGET DATABASE REVISION [--redo]."""

import sys
from pathlib import Path

from inventory.database import open_database
from migrate.batch.plan import plan_batch
from migrate.batch.runner import BatchOptions, run_batch
from migrate.ledger import Ledger
from tests.migrate.batch.fake_engine import convert_in_workers


def main() -> None:
    source, target, database, revision, *rest = sys.argv[1:]
    ledger = Ledger(open_database(database))
    plan = plan_batch([Path(source)], Path(target), earlier=ledger.targets())
    options = BatchOptions(jobs=2, redo="--redo" in rest)
    run_batch(plan, ledger, options, convert=convert_in_workers, revision=lambda kind: int(revision))


if __name__ == "__main__":
    main()
