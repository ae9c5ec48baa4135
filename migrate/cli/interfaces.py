"""``migrate interfaces``: the files that programs read or write, which a migration leaves as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection

from inventory import moments
from inventory.database import open_database, transaction
from inventory.machine_made import (
    Interface,
    count_interfaces,
    list_interfaces,
    note_interfaces,
    read_software,
)
from inventory.summary import summarise_all
from migrate.cli.terminal import (
    answer,
    answer_options,
    language_of,
    policy_for,
    say,
    suggest,
    write_table,
)
from migrate.locale import sentence, table
from migrate.sentences import hidden, shown


@click.command()
@click.option(
    "--software",
    "software_file",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="Inventory of software: CSV with name, calls, files (a pattern of paths that the software reads or writes).",
)
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="Files listed.")
@click.option("--reveal", is_flag=True, help="Name files, which are numbered otherwise.")
@answer_options
def command(
    software_file: Path | None,
    top: int,
    reveal: bool,
    db: str | None,
    as_json: bool,
    config: Path | None,
    lang: str | None,
) -> int:
    """Files that programs write or read: made by a program, owned by a service, written at even intervals, read by other
    documents' connections, or named by an inventory of software. Their class is "leave". Nothing is opened.

    \b
    migrate interfaces
    migrate interfaces --software software.csv --reveal
    """
    policy = policy_for(config, db, lang)
    language = language_of(policy)
    software = read_software(software_file) if software_file else None
    database = open_database(policy.database)
    try:
        with transaction(database) as connection:
            note_interfaces(connection, software)
            summarise_all(connection, moments.now())
        with database.connect() as connection:
            document = as_document(connection, top, reveal=reveal)
    finally:
        database.dispose()
    return answer(document, _say, language, as_json=as_json)


def as_document(connection: Connection, top: int, *, reveal: bool) -> dict[str, Any]:
    """The interfaces by rule and by what made them, and the first of them, as one JSON document."""
    rules, details = count_interfaces(connection)
    return {
        "rules": [{"rule": rule, "files": files} for rule, files in rules],
        "producers": [{"producer": name, "files": files} for name, files in details],
        "files": [
            _as_row(number, one, reveal) for number, one in enumerate(list_interfaces(connection, top), 1)
        ],
    }


def _as_row(number: int, one: Interface, reveal: bool) -> dict[str, str]:
    return {
        "file": f"{one.source}/{one.path}" if reveal else f"file {number}",
        "rule": one.rule,
        "detail": one.detail if reveal or one.rule not in _TELLING else "",
    }


_TELLING = ("written_regularly",)  # whose detail is a name of files


def _say(document: dict[str, Any], language: str) -> None:
    words = table("inventory", language)
    if not document["rules"]:
        say(sentence("inventory", "no_interfaces", language))
        return
    write_table(
        [words["by_rule"], words["files"]],
        [(words.get(f"rule_{row['rule']}", row["rule"]), str(row["files"])) for row in document["rules"]],
    )
    say()
    if document["producers"]:
        rows = [(shown(row["producer"]), str(row["files"])) for row in document["producers"]]
        write_table([words["producer"], words["files"]], rows)
        say()
    files = [
        (
            hidden(row["file"], language),
            str(words.get(f"rule_{row['rule']}", row["rule"])),
            shown(row["detail"]),
        )
        for row in document["files"]
    ]
    write_table([words["interface"], words["by_rule"], words["detail"]], files)
    suggest("interfaces", language)
