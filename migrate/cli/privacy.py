"""``migrate privacy``: what the database tells of people, for what, how long, and what becomes of it without names."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine

import migrate.ledger  # noqa: F401 - registers the tables of jobs
from inventory.database import open_database
from inventory.persons import Persons, collected, key_file
from inventory.privacy import PERSONAL, personal_rows
from migrate.cli.terminal import (
    answer,
    answer_options,
    language_of,
    policy_for,
    say,
    suggest,
    write_table,
)
from migrate.locale import sentence
from migrate.sentences import grouped, shown


@click.command()
@answer_options
def command(db: str | None, as_json: bool, config: Path | None, lang: str | None) -> int:
    """Every field of the database that may tell something of a person, its purpose and how long it is kept.

    \b
    migrate privacy
    migrate privacy --lang fr --json > register.json
    """
    policy = policy_for(config, db, lang)
    language = language_of(policy)
    database = open_database(policy.database)
    try:
        document = as_document(database, language)
    finally:
        database.dispose()
    return answer(document, _say, language, as_json=as_json)


def as_document(database: Engine, language: str) -> dict[str, Any]:
    """How people are collected and the fields that tell of them, as one JSON document in a language."""
    with database.connect() as connection:
        persons = collected(connection) or Persons.NAMED
        rows = personal_rows(connection)
    key = key_file(database)
    return {
        "persons": persons.value,
        "key": str(key) if key and key.exists() else None,
        "fields": [
            {
                "table": table,
                "column": column,
                "rows": rows.get((table, column)),
                "purpose": sentence("privacy", f"purpose_{field.purpose}", language),
                "retention": sentence("privacy", f"retention_{field.retention}", language),
                "without_persons": sentence("privacy", f"without_{field.without}", language),
            }
            for (table, column), field in PERSONAL.items()
        ],
    }


def _say(document: dict[str, Any], language: str) -> None:
    say(sentence("privacy", f"persons_{document['persons']}", language), style="bold")
    if document["key"]:
        say(sentence("privacy", "key", language, path=shown(document["key"])))
    say()
    if sys.stdout.isatty():
        _say_by_purpose(document["fields"], language)
    else:
        _write_fields(document["fields"], language)
    say(sentence("privacy", "leaves", language))
    suggest("privacy", language)


def _say_by_purpose(fields: Sequence[dict[str, Any]], language: str) -> None:
    """Five columns of sentences fit no terminal: each purpose once, then the fields that serve it."""
    told = ("purpose", "retention", "without_persons")
    for (purpose, retention, without), rows in groupby(
        sorted(fields, key=itemgetter(*told)), key=itemgetter(*told)
    ):
        say(purpose, style="bold")
        for head, text in (("retention", retention), ("without", without)):
            name = sentence("privacy", f"head_{head}", language)
            say(f"  {sentence('terminal', 'labelled', language, name=name, text=text)}")
        for field in rows:
            count = "" if field["rows"] is None else grouped(field["rows"])
            say(f"{count:>10}  {field['table']}.{field['column']}")
        say()


def _write_fields(fields: Sequence[dict[str, Any]], language: str) -> None:
    headers = [
        sentence("privacy", f"head_{name}", language)
        for name in ("field", "rows", "purpose", "retention", "without")
    ]
    rows = [
        (
            f"{field['table']}.{field['column']}",
            "" if field["rows"] is None else grouped(field["rows"]),
            field["purpose"],
            field["retention"],
            field["without_persons"],
        )
        for field in fields
    ]
    write_table(headers, rows)
