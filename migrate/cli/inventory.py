"""``migrate inventory``: what the scans found, by department, kind, risk, age, owner or feature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection, Engine

from converters.outcome import EXIT_OK
from inventory import moments
from inventory.database import open_database
from inventory.departments import Departments, read_departments
from inventory.directory import Directory, read_directory
from inventory.export import export_items, write_rows
from inventory.hiding import hidden_totals
from inventory.persons import people_of
from inventory.queries import AGE_CLASSES, DIMENSIONS, FILTERS, Total, totals
from inventory.records import Coverage
from inventory.risk import PLACE_RULES, RISK_OF_RULE
from inventory.summary import coverage, summarise_missing, summarised
from migrate.cli.terminal import (
    answer_options,
    department_options,
    language_of,
    policy_for,
    say,
    suggest,
    write_json,
    write_table,
)
from migrate.locale import sentence, table
from migrate.sentences import grouped, hidden, megabytes, reason_sentence, shown

TABLES = (".csv", ".parquet")
# an answer as a table: column -> its type in Parquet
_TOTAL_COLUMNS = {"key": "VARCHAR", "files": "BIGINT", "bytes": "BIGINT"}


def _filters(command: Any) -> Any:
    """An option for each dimension that an answer can be narrowed by."""
    for name in reversed(FILTERS):
        if name != "department":
            command = click.option(f"--{name}", help=_FILTER_HELP[name])(command)
    return command


_FILTER_HELP = {
    "source": "Only files of this source.",
    "kind": "Only files of this kind (docx, xls, other ...).",
    "risk": "Only files of this class (ready, cosmetic, check, rework, manual, leave, archive).",
    "rule": "Only files whose class this rule gives (--by rule names them).",
    "age": f"Only files last changed so long ago ({', '.join(name for _first, name in AGE_CLASSES)}).",
    "state": "Only files in this state (seen, read, skipped, unreadable).",
    "reason": "Only files that were not read for this reason.",
    "owner": "Only files of this owner.",
    "author": "Only documents that this person saved last.",
    "application": "Only documents that this application wrote.",
    "feature": "Only documents with this feature (macros, external_link ...).",
}


@click.command()
@click.option(
    "--by",
    type=click.Choice(list(DIMENSIONS)),
    metavar="WHAT",
    default="kind",
    show_default=True,
    help=f"What to count by: {', '.join(DIMENSIONS)}.",
)
@_filters
@click.option("--department", help="Only files of this department.")
@department_options
@click.option(
    "--directory",
    "directory_file",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="Table of accounts and departments, as a directory exports it: CSV with sid, account or name, department.",
)
@click.option("--reveal", is_flag=True, help="Name owners, sources and files, which are numbered otherwise.")
@click.option(
    "--export",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all files as a table: .csv or .parquet.",
)
@click.option(
    "--totals",
    "totals_target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the answer as a table: .csv or .parquet.",
)
@answer_options
def command(
    by: str,
    department: str | None,
    departments_file: Path | None,
    directory_file: Path | None,
    day: date,
    reveal: bool,
    target: Path | None,
    totals_target: Path | None,
    db: str | None,
    as_json: bool,
    config: Path | None,
    lang: str | None,
    **narrowed: str | None,
) -> int:
    """Count what the scans found. What was covered comes first: no figure is better than its coverage.

    \b
    migrate inventory --by kind
    migrate inventory --by department --departments departments.csv --risk rework
    migrate inventory --by department --directory users.csv --on 2026-07-01
    migrate inventory --by owner --reveal --json
    migrate inventory --by feature --kind xlsx --totals features.csv
    migrate inventory --export files.parquet
    """
    policy = policy_for(config, db, lang)
    language = language_of(policy)
    if (department or by == "department") and not (departments_file or directory_file):
        raise click.UsageError(
            "--departments or --directory names the table that says what belongs to which department."
        )
    for written in filter(None, (target, totals_target)):
        if written.suffix.lower() not in TABLES:
            raise click.UsageError("Tables are written as .csv or .parquet.")
    only = {name: value for name, value in {**narrowed, "department": department}.items() if value}
    database = open_database(policy.database)
    try:
        summarise_missing(database, moments.now())
        departments = Departments(read_departments(departments_file), day) if departments_file else None
        directory = _directory(database, directory_file, day) if directory_file else None
        with database.connect() as connection:
            told = coverage(connection)
            if departments is not None:
                departments.check_depth(told.sources)
            if target is not None:
                with _known_target(target):
                    written_rows = export_items(connection, target, departments, directory, reveal=reveal)
                say(sentence("inventory", "exported", language, files=written_rows, target=shown(target)))
                return EXIT_OK
            counted = count(connection, by, departments, only, directory, reveal=reveal)
            current = summarised(connection)
    finally:
        database.dispose()
    if totals_target is not None:
        with _known_target(totals_target):
            write_rows(totals_target, _TOTAL_COLUMNS, (_as_row(total) for total in counted))
    if as_json:
        write_json(as_document(told, by, only, counted, reveal=reveal, current=current))
    else:
        _say(told, by, counted, language, reveal=reveal, current=current)
    return EXIT_OK


def _directory(database: Engine, file: Path, day: date) -> Directory:
    """The directory as this database spells people. Raises InventoryError."""
    return Directory(read_directory(file), day, people_of(database).account)


def count(
    connection: Connection,
    by: str,
    departments: Departments | None,
    only: Mapping[str, str],
    directory: Directory | None = None,
    *,
    reveal: bool = False,
) -> list[Total]:
    """The totals asked for, people and sources numbered unless they are revealed. Raises click.UsageError."""
    try:
        found = totals(connection, by, departments, only, directory)
    except ValueError as error:
        raise click.UsageError(f"--by {by} cannot be narrowed by {', '.join(only)} ({error}).") from error
    return found if reveal else hidden_totals(found, by, directory)


def _as_row(total: Total) -> dict[str, Any]:
    return {"key": total.key, "files": total.files, "bytes": total.bytes}


def as_document(
    told: Coverage, by: str, only: Mapping[str, str], counted: Sequence[Total], *, reveal: bool, current: bool
) -> dict[str, Any]:
    """Coverage and totals as one JSON document."""
    shown_coverage = told.as_json() | {"complete": current}
    if not reveal:
        shown_coverage["sources"] = [f"source {number}" for number, _ in enumerate(told.sources, 1)]
    return {
        "coverage": shown_coverage,
        "by": by,
        "only": dict(only),
        "totals": [_as_row(total) for total in counted],
        **({"rules": _rules()} if by in ("risk", "rule") else {}),
    }


def _rules() -> list[dict[str, str]]:
    """The rules that give the classes, in the order in which they apply: those of places before those of contents."""
    return [
        {"rule": code, "risk": risk.value, "means": sentence("inventory", f"rule_{code}", "en")}
        for code, risk in (PLACE_RULES | RISK_OF_RULE).items()
    ]


@contextmanager
def _known_target(target: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise click.UsageError(f"{shown(target)} is there already.") from error


def _say(
    told: Coverage, by: str, counted: Sequence[Total], language: str, *, reveal: bool, current: bool
) -> None:
    words = table("inventory", language)
    sources = ", ".join(map(shown, told.sources)) if reveal else str(len(told.sources))
    say(sentence("inventory", "coverage_sources", language, sources=sources), style="bold")
    counts = {state: told.by_state.get(state, 0) for state in ("seen", "read", "skipped", "unreadable")}
    say(sentence("inventory", "coverage_counts", language, items=told.items, **counts))
    for reason, files in sorted(told.by_reason.items(), key=lambda pair: -pair[1]):
        say(f"{grouped(files):>12}  {reason_sentence(reason, language)}")
    if not current:
        say(sentence("inventory", "coverage_unfinished", language), style="bold")
    say()
    rows = [
        (
            _label(by, total.key, words, language),
            grouped(total.files),
            megabytes(total.bytes, language),
        )
        for total in counted
    ]
    headers = [words[f"by_{by}"], words["files"], words["megabytes"]]
    write_table([str(header) for header in headers], rows)
    suggest("inventory", language)


def _label(by: str, key: str, words: Mapping[str, Any], language: str) -> str:
    if by == "feature":
        return sentence("features", key, language) if key in table("features", language) else key
    if by == "reason" and key:
        return reason_sentence(key, language)
    return str(words.get(f"{by}_{key}", hidden(key, language) or words["none"]))
