"""How fast is the question what happened to a file, on a ledger of millions?

    python benchmarks/history.py --rows 5000000

Makes a ledger and an inventory of as many files, with names that many files share, owners of few files and of many,
links, and files that were converted again; then asks each kind of question in a process of its own, so that nothing is
warm but what the system keeps. Printed: seconds for each question, the whole command included, and those of the
processor. Exits 1 where one takes longer than five seconds.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import text  # noqa: E402

from converters.losses import Loss, Place  # noqa: E402
from converters.outcome import Engine, Outcome, Verdict  # noqa: E402
from inventory.database import open_database  # noqa: E402
from inventory.names import known_name  # noqa: E402

MOST_SECONDS = 5.0
FILES_A_FOLDER = 20
ROWS_A_WRITE = 20_000
NAMES = ("budget", "letter", "minutes", "plan", "list", "report", "invoice", "offer")
SHARE = "/srv/share"


def fill(database: str, rows: int) -> None:
    engine = open_database(database)
    chance = random.Random(5)
    with engine.begin() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA cache_size=-1500000")
        later = list(raw.execute(_INDICES))
        for name, _made in later:
            raw.execute(f"DROP INDEX {name}")
        connection.execute(text("INSERT INTO sources VALUES (1, :name)"), {"name": SHARE})
        connection.execute(text("INSERT INTO scans VALUES (1, '2026-01-01', '2026-01-02', '[]', 'named')"))
        connection.execute(text("INSERT INTO areas VALUES (1, 1, '')"))
        connection.execute(text("INSERT INTO link_graphs VALUES ('2026-01-02', x'00')"))
        raw.execute("INSERT INTO accounts VALUES (1, 'backup', NULL)")
        raw.executemany("INSERT INTO accounts VALUES (?, ?, NULL)", [(n, f"user{n}") for n in range(2, 2000)])
        raw.executemany(
            "INSERT INTO pages (id, source_id, cursor, scan_id, area_id, state) VALUES (?, 1, ?, 1, 1, 'listed')",
            [(n, folder_of(n)) for n in range(1, rows // FILES_A_FOLDER + 2)],
        )
        raw.execute(
            "INSERT INTO runs (id, host, process, process_started, started, heartbeat) VALUES ('r', 'h', 1, 0, '', 0)"
        )
        waiting = _rows(rows, chance)
        while group := list(islice(waiting, ROWS_A_WRITE)):
            raw.executemany(_JOB, [row[0] for row in group])
            raw.executemany(_ITEM, [row[1] for row in group])
        for _name, made in later:
            raw.execute(made)
        raw.executemany(
            "INSERT INTO link_targets VALUES (?, ?, 'found', ?)",
            [(n, f"{SHARE}/t{n}", n * 7 % rows + 1) for n in range(1, rows // 10)],
        )
        raw.executemany(
            "INSERT INTO file_links VALUES (?, 'workbook', ?)",
            [(n * 3 % rows + 1, n) for n in range(1, rows // 10)],
        )
    with engine.connect() as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


def folder_of(number: int) -> str:
    return f"department{number % 40}/section{number % 7}/folder{number}"


_INDICES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('jobs', 'items')"
_JOB = "INSERT INTO jobs (run_id, source, source_sha256, target, options, output_revision, state, staging, target_sha256, outcome, conversions, finished, source_name, target_name) VALUES ('r', ?, ?, ?, '{}', 9, 'done', '', ?, ?, 1, ?, ?, ?)"
_ITEM = "INSERT INTO items (page_id, name, extension_id, size_bytes, modified_us, state, owner_id, file_id, links, marks) VALUES (?, ?, 1, 1000, ?, 1, ?, '', 1, 0)"


def _rows(rows: int, chance: random.Random) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """A row of the ledger and one of the inventory for each file."""
    place = Place("cell", container="Budget", cell="B7")
    losses = (Loss("FORMULA_NOT_TRANSLATED", (("detail", "X"),), 3, (place,)),)
    for number in range(rows):
        folder = number // FILES_A_FOLDER + 1
        stem = f"{chance.choice(NAMES)} {number}" if number % FILES_A_FOLDER else "budget"
        source, target = (f"{SHARE}/{folder_of(folder)}/{stem}.{kind}" for kind in ("xlsx", "ods"))
        before, after = f"{chance.getrandbits(256):064x}", f"{chance.getrandbits(256):064x}"
        outcome = Outcome(
            source, target, Verdict.NEEDS_A_PERSON, Engine.NATIVE, "NATIVE_KEEPS", "xlsx", losses,
            source_sha256=before, target_sha256=after,
        )  # fmt: skip
        day = f"2026-{number * 11 // rows + 1:02}-{number % 28 + 1:02}"
        moment = f"{day}T{number % 24:02}:{number % 60:02}:00.{number % 1000000:06}Z"
        told = json.dumps(outcome.as_json())
        job = (source, before, target, after, told, moment, known_name(source), known_name(target))
        owner = 1 if number % 3 == 0 else chance.randrange(2, 2000)
        yield job, (folder, f"{stem}.xlsx", 1_760_000_000_000_000 + number, owner)


def questions(rows: int) -> dict[str, list[str]]:
    folder = folder_of(rows // FILES_A_FOLDER // 2)
    return {
        "a name that 5 % of the files have": ["budget.xlsx"],
        "a beginning of a name": ["budg"],
        "a pattern": ["*port 77*"],
        "nothing by that pattern": ["*zzz*"],
        "a path": [f"{SHARE}/{folder}/budget.xlsx"],
        "a path of another machine": [f"P:\\{folder}\\budget.xlsx".replace("/", "\\")],
        "a folder": [f"{SHARE}/{folder}/"],
        "the whole share": [SHARE],
        "an owner": ["--owner", "user77"],
        "an owner, since a day": ["--owner", "user77", "--since", "2026-11-01"],
        "an owner of a third of all files": ["--owner", "backup"],
        "an owner's files of a name": ["budget.xlsx", "--owner", "user77"],
        "since a day": ["--since", "2026-11-25"],
        "everything": [],
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument(
        "--database", type=Path, help="kept, and filled where it is not there; else a temporary one"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = given.database or Path(folder) / "migrate.db"
        if not database.exists():
            started = time.perf_counter()
            fill(str(database), given.rows)
            print(
                f"{given.rows} rows, {database.stat().st_size / 1e6:.0f} MB, made in {time.perf_counter() - started:.0f} s"
            )
        worst = max(ask(database, name, asked) for name, asked in questions(given.rows).items())
    print(f"slowest: {worst:.2f} s")
    return worst > MOST_SECONDS


def ask(database: Path, name: str, asked: list[str]) -> float:
    call = "from migrate.cli import main; main()"
    started, spent = time.perf_counter(), _processor_seconds()
    done = subprocess.run(
        [sys.executable, "-c", call, "history", *asked, "--db", str(database), "--json"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    seconds = time.perf_counter() - started
    answer = json.loads(done.stdout)
    spent = _processor_seconds() - spent
    print(
        f"{seconds:6.2f} s, of the processor {spent:5.2f} s  {name}: {answer['match']}, files {len(answer['files'])}"
    )
    return seconds


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
