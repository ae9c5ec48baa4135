"""How long an administrator's questions take on a large SQLite database, and how large it is.

    python benchmarks/inventory.py --files 40000000 --folder /var/tmp
    python benchmarks/inventory.py --ask /var/tmp/inventory.db

The rows are synthetic: folders of a hundred files in 400 departments' areas, each area with a few owners, names of a
natural length, ages over fifteen years, a tenth of the documents inspected, each tenth of these with a link. The
database is deleted at the end unless it is made in a folder that is named; ``--ask`` asks an existing one again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

sys.path.insert(0, str(Path(__file__).parents[1]))

from converters.inspection import INSPECTOR_REVISION
from inventory.database import open_database, transaction
from inventory.departments import DepartmentRule, Departments
from inventory.directory import Directory, DirectoryEntry
from inventory.duplicate_queries import contents_by_kind, count_copies, largest_copies
from inventory.finding_counts import count_findings
from inventory.link_queries import exchanges, link_states, most_linked
from inventory.link_totals import total_links
from inventory.queries import DIMENSIONS, totals
from inventory.summary import coverage, summarise, summarise_missing

FILES_A_FOLDER = 100
AREAS, OWNERS_AN_AREA = 400, 12
EXTENSIONS = ("docx", "xlsx", "pptx", "doc", "xls", "pdf", "jpg", "txt", "msg", "zip")
KINDS = EXTENSIONS[:5]
RISKS = ("ready", "cosmetic", "check", "rework", "manual")
FEATURES = ("macros", "external_link", "ole_object", "pivot_table", "protection")
CONTENTS = 1_000_000
AUTHORS, APPLICATIONS, LINK_TARGETS = 20_000, 40, 50_000
SECONDS_ALLOWED = 5.0
NOW = "2026-01-01T00:00:00.000000Z"

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})"


def fill(connection: Connection, first: int, last: int) -> None:
    """Folders ``first`` to ``last`` and their files. A multiplicative hash stands for chance."""
    numbers = _NUMBERS.format(first=first, last=last)
    run = connection.exec_driver_sql
    run(
        f"{numbers} INSERT INTO pages (id, source_id, cursor, scan_id, area_id, state, item_count) "
        f"SELECT i, 1, 'area ' || (i % {AREAS}) || '/project ' || (i / {AREAS}) || '/documents', 1, "
        f"1 + i % {AREAS}, 'listed', {FILES_A_FOLDER} FROM n"
    )
    files = _NUMBERS.format(first=first * FILES_A_FOLDER, last=(last + 1) * FILES_A_FOLDER - 1)
    run(
        f"{files}, h AS (SELECT i, (i * 2654435761) % 4294967296 AS h FROM n) "
        "INSERT INTO items (page_id, name, extension_id, size_bytes, modified_us, state, reason_id, owner_id, "
        "group_id, file_id, links, sha256, marks) "
        f"SELECT i / {FILES_A_FOLDER}, 'Report of the meeting ' || i || '.docx', 1 + h % {len(EXTENSIONS)}, h % 900000, "
        "1293840000000000 + h % 15 * 31557600000000 + h % 1000000, "
        f"CASE WHEN h % {len(EXTENSIONS)} < 5 AND h % 97 < 20 THEN 1 ELSE 0 END, NULL, "
        f"1 + (i / {FILES_A_FOLDER} % {AREAS}) * {OWNERS_AN_AREA} + h % {OWNERS_AN_AREA}, 1, CAST(i AS TEXT), 1, "
        f"CASE WHEN h % {len(EXTENSIONS)} < 5 AND h % 97 < 20 "
        f"THEN CAST(printf('%032d', h % {CONTENTS}) AS BLOB) END, CASE WHEN h % 1000 = 0 THEN 1 ELSE 0 END FROM h"
    )


def link(connection: Connection) -> None:
    """A graph of links: a tenth of the documents that were read, to files that are there and to some that are not."""
    run = connection.exec_driver_sql
    run(
        f"{_NUMBERS.format(first=1, last=LINK_TARGETS)} INSERT INTO link_targets (id, location, state, item_id) "
        "SELECT i, 'smb://server/share/folder ' || i || '/budget.xlsx', CASE i % 4 WHEN 0 THEN 'missing' ELSE 'found' "
        "END, CASE i % 4 WHEN 0 THEN NULL ELSE i * 7 END FROM n"
    )
    run(
        "INSERT INTO file_links (item_id, kind, target_id) SELECT id, CASE id % 3 WHEN 0 THEN 'template' WHEN 1 THEN "
        f"'workbook' ELSE 'hyperlink' END, 1 + id * 31 % {LINK_TARGETS} FROM items WHERE state = 1 AND id % 10 = 0"
    )
    total_links(connection)


def prepare(connection: Connection) -> None:
    run = connection.exec_driver_sql
    run(
        "INSERT INTO scans (id, started, finished, sources, persons) VALUES (1, ?, ?, '[\"synthetic\"]', 'named')",
        (NOW, NOW),
    )
    run("INSERT INTO sources (id, name) VALUES (1, 'synthetic')")
    for number, name in enumerate(EXTENSIONS, 1):
        run("INSERT INTO extensions (id, name) VALUES (?, ?)", (number, name))
    areas = [(number + 1, f"area {number}") for number in range(AREAS)]
    run("INSERT INTO areas (id, source_id, path) VALUES (?, 1, ?)", areas)
    owners = [(number + 1, f"owner{number}") for number in range(AREAS * OWNERS_AN_AREA)]
    run("INSERT INTO accounts (id, name) VALUES (?, ?)", owners)
    for table, count in (("authors", AUTHORS), ("applications", APPLICATIONS)):
        words = [(number + 1, f"{table} {number}") for number in range(count)]
        run(f"INSERT INTO {table} (id, name) VALUES (?, ?)", words)
    contents = _NUMBERS.format(first=0, last=CONTENTS - 1)
    kind = " ".join(f"WHEN {number} THEN '{name}'" for number, name in enumerate(KINDS))
    risk = " ".join(f"WHEN {number} THEN '{name}'" for number, name in enumerate(RISKS))
    feature = " ".join(f"WHEN {number} THEN '{name}'" for number, name in enumerate(FEATURES))
    run(
        f"{contents} INSERT INTO inspections (sha256, revision, level, kind, family, error, risk, record, "
        "application_id, author_id) "
        f"SELECT CAST(printf('%032d', i) AS BLOB), {INSPECTOR_REVISION}, 'cheap', CASE i % 5 {kind} END, 'text', '', "
        f"CASE i % 5 {risk} END, '{{}}', 1 + i * 7 % {APPLICATIONS}, 1 + i * 13 % {AUTHORS} FROM n"
    )
    run(
        f"{contents} INSERT INTO content_features (sha256, feature) "
        f"SELECT CAST(printf('%032d', i) AS BLOB), CASE i % 5 {feature} END FROM n WHERE i % 3 = 0"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=400_000)
    parser.add_argument("--folder", type=Path, help="where the database is made, and kept")
    parser.add_argument("--ask", type=Path, metavar="DATABASE", help="ask a database that was made before")
    options = parser.parse_args()
    with ExitStack() as stack:
        path = options.ask
        if path is None:
            folder = options.folder or stack.enter_context(
                tempfile.TemporaryDirectory(prefix="migrate-benchmark-")
            )
            path = Path(folder, "inventory.db")
            make(path, options.files)
        else:
            remake_totals(path)
        sys.exit(1 if ask(path) > SECONDS_ALLOWED else 0)


def make(path: Path, files: int) -> None:
    folders = files // FILES_A_FOLDER
    engine = open_database(str(path))
    started = time.perf_counter()
    with transaction(engine) as connection:
        prepare(connection)
    step = 20_000
    for first in range(0, folders, step):
        with transaction(engine) as connection:
            fill(connection, first, min(first + step, folders) - 1)
    print(f"{files:,} rows in {time.perf_counter() - started:,.0f} s", flush=True)
    for what, made in (("totals", partial(summarise, source_ids=[1], now=NOW)), ("links", link)):
        started = time.perf_counter()
        with transaction(engine) as connection:
            made(connection)
        print(f"{what} made in {time.perf_counter() - started:,.0f} s, once a scan", flush=True)
    engine.dispose()
    size = path.stat().st_size
    print(f"database {size / 1e9:.2f} GB, {size / files:.0f} bytes a row", flush=True)


def remake_totals(path: Path) -> None:
    """Make the totals that an upgrade of the schema took away, as the commands do before they answer."""
    engine = open_database(str(path))
    started, cpu = time.perf_counter(), time.process_time()
    summarise_missing(engine, NOW)
    spent = time.perf_counter() - started
    print(f"missing totals made in {spent:,.0f} s, processor {time.process_time() - cpu:,.0f} s", flush=True)
    engine.dispose()


def ask(path: Path) -> float:
    """Ask every question on a fresh connection; answers the seconds of the slowest."""
    rules = [DepartmentRule(f"area {number}", f"department {number % 40}") for number in range(AREAS)]
    departments = Departments(rules, datetime.now(UTC).date())
    questions = {"coverage": coverage}
    for by in DIMENSIONS:
        questions[f"by {by}"] = lambda connection, by=by: totals(connection, by, departments)
    owners = [
        DirectoryEntry("", f"owner{number}", "", f"department {number % 40}") for number in range(5_000)
    ]
    directory = Directory(owners, datetime.now(UTC).date())
    for name, by, only in (
        ("department, risk rework", "department", {"risk": "rework"}),
        ("owner, department 7", "owner", {"department": "department 7"}),
        ("kind, oldest", "kind", {"age": "10_years_or_more"}),
    ):
        questions[name] = lambda connection, by=by, only=only: totals(connection, by, departments, only)
    questions |= {
        "department by owner": lambda connection: totals(connection, "department", None, None, directory),
        "findings": count_findings,
        "links by state": link_states,
        "templates": lambda connection: most_linked(connection, 20, kind="template"),
        "missing targets": lambda connection: most_linked(connection, 20, state="missing"),
        "exchanges": lambda connection: exchanges(connection, departments),
        "copies": count_copies,
        "largest copies": lambda connection: largest_copies(connection, 20),
        "contents by kind": contents_by_kind,
    }
    slowest = 0.0
    for name, question in questions.items():
        engine = open_database(str(path))
        started = time.perf_counter()
        with engine.connect() as connection:
            question(connection)
        seconds = time.perf_counter() - started
        slowest = max(slowest, seconds)
        print(f"{name:26}{seconds:8.2f} s")
        engine.dispose()
    return slowest


if __name__ == "__main__":
    main()
