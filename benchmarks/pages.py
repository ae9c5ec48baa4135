"""How fast are the questions that the pages of IT staff ask, on a large inventory and ledger?

    python benchmarks/pages.py --rows 1000000

Fills a database as benchmarks/history.py does and asks each question once, as a page does: 50 rows and one more.
Printed: seconds and rows for each. Exits 1 where one takes longer than two seconds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import Connection, text  # noqa: E402

from benchmarks.history import FILES_A_FOLDER, SHARE, fill, folder_of  # noqa: E402
from converters.outcome import Verdict  # noqa: E402
from inventory.database import open_database  # noqa: E402
from inventory.search import Wanted, links_from, links_to, search  # noqa: E402
from migrate.ledger_queries import OPEN_VERDICTS, files_of_run, latest_runs, open_files  # noqa: E402

MOST_SECONDS = 2.0
_PAGE = 51


def questions(connection: Connection, rows: int) -> dict[str, Callable[[], Sequence[Any]]]:
    folder = folder_of(rows // FILES_A_FOLDER // 2)
    return {
        "a name that many files have": lambda: search(connection, Wanted("budget"), _PAGE),
        "a name that one file has": lambda: search(connection, Wanted(f" {rows - 1}.xlsx"), _PAGE),
        "a name that none has": lambda: search(connection, Wanted("zzz"), _PAGE),
        "a whole path": lambda: search(connection, Wanted(f"{SHARE}/{folder}/budget"), _PAGE),
        "an owner": lambda: search(connection, Wanted(owner="user77"), _PAGE),
        "an owner's files of a name": lambda: search(connection, Wanted("plan", "user1999"), _PAGE),
        "a kind": lambda: search(connection, Wanted(kind="xlsx"), _PAGE),
        "a kind that none has": lambda: search(connection, Wanted(kind="pptx"), _PAGE),
        "what links to a file": lambda: links_to(connection, 8, _PAGE),
        "what a file links to": lambda: links_from(connection, 4, _PAGE),
        "files that need a person": lambda: open_files(connection, OPEN_VERDICTS, _PAGE),
        "files that failed": lambda: open_files(connection, (Verdict.FAILED,), _PAGE),
        "batches": lambda: latest_runs(connection, _PAGE),
        "a batch's files": lambda: files_of_run(connection, "r", (Verdict.CONVERTED,), _PAGE),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    slow = False
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "pages.db")
        fill(database, rows)
        engine = open_database(database)
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO extensions VALUES (1, 'xlsx')"))
            connection.execute(text("UPDATE jobs SET verdict = 'converted'"))
            connection.execute(text("UPDATE jobs SET verdict = 'needs_a_person' WHERE id % 50 = 0"))
        with engine.connect() as connection:
            print(f"{rows} files, each converted once")
            for name, ask in questions(connection, rows).items():
                started = time.perf_counter()
                found = ask()
                seconds = time.perf_counter() - started
                slow |= seconds > MOST_SECONDS
                print(f"{seconds:8.3f} s  {len(found):4}  {name}")
        engine.dispose()
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
