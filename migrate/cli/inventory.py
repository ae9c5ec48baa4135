"""``migrate inventory``: what the scans found, by department, kind, risk, age, owner or feature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection

from converters.outcome import EXIT_OK
from inventory.database import open_database
from inventory.departments import Departments, read_departments
from inventory.export import export_items
from inventory.queries import DIMENSIONS, FILTERS, Total, totals
from inventory.records import Coverage
from inventory.summary import coverage, summarised
from migrate.cli.terminal import (
    config_option,
    database_option,
    json_option,
    language_of,
    language_option,
    policy_for,
    say,
    with_known_errors,
    write_json,
    write_table,
)
from migrate.locale import sentence, table
from migrate.sentences import reason_sentence, shown

# owners of fewer files are counted together where names stay hidden: few files tell who somebody is
FEWEST_FILES = 5


@click.command()
@click.option(
    "--by", type=click.Choice(list(DIMENSIONS)), default="kind", show_default=True, help="What to count by."
)
@click.option("--kind", help="Only files of this kind (docx, xls, other ...).")
@click.option("--risk", help="Only files of this class (ready, cosmetic, check, rework, manual).")
@click.option("--department", help="Only files of this department.")
@click.option(
    "--departments",
    "departments_file",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="Table of folders and departments: CSV with path, department, from, until.",
)
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day whose departments count.  [default: today]",
)
@click.option("--reveal", is_flag=True, help="Name owners, sources and files, which are numbered otherwise.")
@click.option(
    "--export",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all files as a table: .csv or .parquet.",
)
@database_option
@json_option
@config_option
@language_option
@with_known_errors
def command(
    by: str,
    kind: str | None,
    risk: str | None,
    department: str | None,
    departments_file: Path | None,
    day: datetime | None,
    reveal: bool,
    target: Path | None,
    db: str | None,
    as_json: bool,
    config: Path | None,
    lang: str | None,
) -> int:
    """Count what the scans found. What was covered comes first: no figure is better than its coverage.

    \b
    migrate inventory --by kind
    migrate inventory --by department --departments departments.csv --risk rework
    migrate inventory --by owner --reveal --json
    migrate inventory --export files.parquet
    """
    policy = policy_for(config, db, lang)
    language = language_of(policy)
    if (department and not departments_file) or (by == "department" and not departments_file):
        raise click.UsageError("--departments names the table that says which folder belongs to whom.")
    if target is not None and target.suffix.lower() not in (".csv", ".parquet"):
        raise click.UsageError("--export writes .csv or .parquet.")
    only = {name: value for name, value in zip(FILTERS, (kind, risk, department), strict=True) if value}
    database = open_database(policy.database)
    try:
        with database.connect() as connection:
            told = coverage(connection)
            rules = read_departments(departments_file) if departments_file else ()
            departments = Departments(rules, day.date() if day else _today()) if departments_file else None
            if departments is not None:
                departments.check_depth(told.sources)
            if target is not None:
                return _export(connection, target, departments, reveal, language)
            counted = count(connection, by, departments, only, reveal=reveal)
            current = summarised(connection)
    finally:
        database.dispose()
    if as_json:
        write_json(as_document(told, by, only, counted, reveal=reveal, current=current))
    else:
        _say(told, by, counted, language, reveal=reveal, current=current)
    return EXIT_OK


def count(
    connection: Connection,
    by: str,
    departments: Departments | None,
    only: Mapping[str, str],
    *,
    reveal: bool = False,
) -> list[Total]:
    """The totals asked for, owners numbered unless they are revealed. Raises click.UsageError."""
    try:
        found = totals(connection, by, departments, only)
    except ValueError as error:
        raise click.UsageError(f"--by {by} cannot be narrowed by {', '.join(only)}.") from error
    return found if reveal or by != "owner" else hidden(found)


def hidden(owners: Sequence[Total]) -> list[Total]:
    """Owners by rank in place of their names, those of few files together."""
    many = [total for total in owners if total.files >= FEWEST_FILES]
    few = [total for total in owners if total.files < FEWEST_FILES]
    numbered = [Total(f"owner {rank}", total.files, total.bytes) for rank, total in enumerate(many, 1)]
    if few:
        numbered.append(
            Total("owners of few files", sum(one.files for one in few), sum(one.bytes for one in few))
        )
    return numbered


def as_document(
    told: Coverage, by: str, only: Mapping[str, str], counted: Sequence[Total], *, reveal: bool, current: bool
) -> dict[str, Any]:
    """Coverage and totals as one JSON document."""
    return {
        "coverage": {
            "sources": list(told.sources)
            if reveal
            else [f"source {n}" for n, _ in enumerate(told.sources, 1)],
            "started": told.started,
            "finished": told.finished,
            "complete": current,
            "items": told.items,
            "bytes": told.bytes,
            "by_state": dict(told.by_state),
            "by_reason": dict(told.by_reason),
        },
        "by": by,
        "only": dict(only),
        "totals": [{"key": total.key, "files": total.files, "bytes": total.bytes} for total in counted],
    }


def _export(
    connection: Connection, target: Path, departments: Departments | None, reveal: bool, language: str
) -> int:
    try:
        written = export_items(connection, target, departments, reveal=reveal)
    except FileExistsError as error:
        raise click.UsageError(f"{shown(target)} is there already.") from error
    say(sentence("inventory", "exported", language, files=written, target=shown(target)))
    return EXIT_OK


def _say(
    told: Coverage, by: str, counted: Sequence[Total], language: str, *, reveal: bool, current: bool
) -> None:
    words = table("inventory", language)
    sources = ", ".join(map(shown, told.sources)) if reveal else str(len(told.sources))
    say(sentence("inventory", "coverage_sources", language, sources=sources), style="bold")
    counts = {state: told.by_state.get(state, 0) for state in ("seen", "read", "skipped", "unreadable")}
    say(sentence("inventory", "coverage_counts", language, items=told.items, **counts))
    for reason, files in sorted(told.by_reason.items(), key=lambda pair: -pair[1]):
        say(f"{files:12,}  {reason_sentence(reason, language)}".replace(",", "\u202f"))
    if not current:
        say(sentence("inventory", "coverage_unfinished", language), style="bold")
    say()
    rows = [
        (
            _label(by, total.key, words, language),
            f"{total.files:,}".replace(",", "\u202f"),
            _megabytes(total.bytes),
        )
        for total in counted
    ]
    headers = [words[f"by_{by}"], words["files"], words["megabytes"]]
    write_table([str(header) for header in headers], rows)


def _label(by: str, key: str, words: Mapping[str, Any], language: str) -> str:
    if by == "feature":
        return sentence("features", key, language) if key in table("features", language) else key
    if by == "reason" and key:
        return reason_sentence(key, language)
    return str(words.get(f"{by}_{key}", shown(key) or words["none"]))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f}".replace(",", "\u202f")


def _today() -> date:
    return datetime.now(UTC).date()
