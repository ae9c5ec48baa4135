"""``migrate links``: which files lead to which, which templates are in use, who exchanges with whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection, select

from inventory import moments
from inventory.database import open_database, transaction
from inventory.departments import Departments, read_departments
from inventory.hiding import FEWEST
from inventory.link_queries import (
    TEMPLATE,
    Exchange,
    Target,
    count_templates,
    exchanges,
    link_states,
    most_linked,
)
from inventory.links import link_files, up_to_date
from inventory.locations import Locations, read_locations
from inventory.machine_made import note_interfaces
from inventory.summary import coverage, summarise_all
from inventory.tables import interfaces
from migrate.cli.terminal import (
    answer,
    answer_options,
    department_options,
    language_of,
    policy_for,
    say,
    suggest,
    write_table,
)
from migrate.locale import sentence, table
from migrate.sentences import grouped, hidden


@click.command()
@click.option(
    "--locations",
    "locations_file",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="Table of what drives and names stand for: CSV with prefix, location.",
)
@department_options
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="Lines of each list.")
@click.option("--reveal", is_flag=True, help="Name files and folders, which are numbered otherwise.")
@answer_options
def command(
    locations_file: Path | None,
    departments_file: Path | None,
    day: date,
    top: int,
    reveal: bool,
    db: str | None,
    as_json: bool,
    config: Path | None,
    lang: str | None,
) -> int:
    """Where links in documents lead, across shares: found, missing, outside. Nothing is opened.

    \b
    migrate links
    migrate links --locations drives.csv --reveal
    migrate links --departments departments.csv --json
    """
    policy = policy_for(config, db, lang)
    language = language_of(policy)
    named = locations_file or (Path(policy.scan.locations) if policy.scan.locations else None)
    locations = read_locations(named) if named else Locations()
    departments = Departments(read_departments(departments_file), day) if departments_file else None
    database = open_database(policy.database)
    try:
        with database.connect() as connection:
            if departments is not None:
                departments.check_depth(coverage(connection).sources)
            current = up_to_date(connection, locations)
        if not current:
            with transaction(database) as connection:
                link_files(connection, locations)
                _leave_what_others_read(connection)
        with database.connect() as connection:
            document = as_document(connection, departments, top, reveal=reveal)
    finally:
        database.dispose()
    return answer(document, _say, language, as_json=as_json)


def _leave_what_others_read(connection: Connection) -> None:
    """Another graph may tell other files to be read by connections: their class, and with it the totals, change."""
    before = set(connection.execute(select(interfaces.c.item_id, interfaces.c.rule)))
    note_interfaces(connection)
    if set(connection.execute(select(interfaces.c.item_id, interfaces.c.rule))) != before:
        summarise_all(connection, moments.now())


def as_document(
    connection: Connection, departments: Departments | None, top: int, *, reveal: bool
) -> dict[str, Any]:
    """Coverage, links, templates and exchanges as one JSON document, without names unless they are revealed."""
    templates, documents = count_templates(connection)
    told = coverage(connection)
    return {
        "items": told.items,
        "read": told.by_state.get("read", 0),
        "links": link_states(connection),
        "templates": templates,
        "documents_with_template": documents,
        "most_used_templates": _targets(most_linked(connection, top, kind=TEMPLATE), "template", reveal),
        "missing": _targets(most_linked(connection, top, state="missing"), "missing file", reveal),
        "exchanges": _exchanges(exchanges(connection, departments), top, departments is not None, reveal),
    }


def _targets(found: Sequence[Target], word: str, reveal: bool) -> list[dict[str, Any]]:
    return [
        {
            "location": one.location if reveal else f"{word} {rank}",
            "kind": one.kind,
            "state": one.state,
            "files": one.files,
        }
        for rank, one in enumerate(found, 1)
    ]


def _exchanges(found: Sequence[Exchange], top: int, named: bool, reveal: bool) -> list[dict[str, Any]]:
    """Rows of the exchange network; without ``reveal`` folders are numbered and pairs of few links left out."""
    if reveal:
        rows = [(one.source, one.target, one.links) for one in found]
    else:
        numbers: dict[str, str] = {}
        for name in (name for one in found for name in (one.source, one.target)):
            numbers.setdefault(name, name if named else f"folder {len(numbers) + 1}")
        rows = [(numbers[one.source], numbers[one.target], one.links) for one in found if one.links >= FEWEST]
    return [{"from": source, "to": target, "links": links} for source, target, links in rows[:top]]


def _say(document: dict[str, Any], language: str) -> None:
    words = table("links", language)
    links = {
        (kind, state): count for kind, states in document["links"].items() for state, count in states.items()
    }
    say(sentence("links", "coverage", language, items=document["items"], read=document["read"]))
    say(sentence("links", "head", language, links=sum(links.values())), style="bold")
    if links:
        rows = [
            (str(words.get(f"kind_{kind}", kind)), str(words[f"state_{state}"]), grouped(count))
            for (kind, state), count in links.items()
        ]
        write_table([str(words[f"head_{name}"]) for name in ("kind", "state", "links")], rows)
    say(
        sentence(
            "links",
            "templates",
            language,
            templates=document["templates"],
            documents=document["documents_with_template"],
        ),
        style="bold",
    )
    for title, key in (("", "most_used_templates"), ("missing", "missing")):
        if title and document[key]:
            say(sentence("links", title, language), style="bold")
        if document[key]:
            rows = [
                (
                    hidden(one["location"], language),
                    str(words[f"state_{one['state']}"]),
                    grouped(one["files"]),
                )
                for one in document[key]
            ]
            write_table([str(words[f"head_{name}"]) for name in ("location", "state", "files")], rows)
    if document["exchanges"]:
        say(sentence("links", "exchanges", language), style="bold")
        rows = [
            (hidden(one["from"], language), hidden(one["to"], language), grouped(one["links"]))
            for one in document["exchanges"]
        ]
        write_table([str(words[f"head_{name}"]) for name in ("from", "to", "links")], rows)
    suggest("links", language)
