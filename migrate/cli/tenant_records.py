"""``migrate tenant``: exports in place of a scan, and what is known of a tenant: people, licences, all that was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import sqlalchemy

from converters.outcome import EXIT_OK
from inventory import moments
from inventory.database import open_database, transaction
from inventory.errors import InventoryError
from inventory.frontier import note_persons
from inventory.persons import Persons, people_of
from inventory.tenant.coverage import areas_of
from inventory.tenant.exports import import_export
from inventory.tenant.people import licensed_people, units_over_time
from inventory.tenant.tables import tenants
from inventory.tenant.totals import totals_of_tenant
from inventory.tenant.work import tenant_number
from migrate.cli.terminal import (
    answer,
    answer_options,
    config_option,
    database_option,
    language_of,
    language_option,
    policy_for,
    say,
    with_known_errors,
    write_table,
)
from migrate.locale import sentence
from migrate.sentences import grouped, shown
from migrate.tenant import SCHEME, tenant_of
from migrate.tenant_scan import coverage_lines
from migrate.tenant_tables import products_of, users_table


@click.command("import")
@click.argument("source", metavar="m365:TENANT")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(dir_okay=False, exists=True, path_type=Path)
)
@click.option("--no-persons", is_flag=True, help="Store people by pseudonyms.")
@answer_options
def import_command(
    source: str,
    files: Sequence[Path],
    no_persons: bool,
    db: str | None,
    as_json: bool,
    config: Path | None,
    lang: str | None,
) -> int:
    """Read CSV exports of the admin centre or of PowerShell in place of a scan: users, licences, usage reports.

    What a file holds is told by its headings, in English or French. The same records come of it as of a scan.

    \b
    migrate tenant import m365:contoso.onmicrosoft.com users.csv licences.csv
    """
    policy = policy_for(config, db, lang)
    language = language_of(policy)
    name = SCHEME + tenant_of(source)
    database = open_database(policy.database)
    try:
        asked = Persons.PSEUDONYMOUS if no_persons else None
        people = people_of(database, asked)
        if people.persons is Persons.DROPPED:
            raise InventoryError("TENANT_NEEDS_PERSONS", source=name)
        now = moments.now()
        with transaction(database) as connection:
            note_persons(connection, name, people.persons, now)
            tenant_id = tenant_number(connection, name)
            for _ in range(2):  # a report is joined to people who may stand in a later file
                read = [
                    import_export(connection, tenant_id, people, path, now[:10], products_of)
                    for path in files
                ]
    finally:
        database.dispose()
    document = {
        "files": [
            {"file": str(one.path), "kind": one.kind, "rows": one.rows, "concealed": one.concealed}
            for one in read
        ]
    }
    return answer(document, _say_imported, language, as_json=as_json)


def _say_imported(document: dict[str, Any], language: str) -> None:
    for one in document["files"]:
        kind = sentence("tenant", f"kind_{one['kind']}", language)
        said = sentence(
            "tenant", "imported", language, file=shown(one["file"]), kind=kind, rows=grouped(one["rows"])
        )
        say(said)
    if any(one["concealed"] for one in document["files"]):
        area = sentence("tenant", "area_names_in_reports", language)
        lack = sentence("tenant", "lack_concealed", language)
        say(sentence("tenant", "sight_not_seen", language, area=area, lack=lack))


@click.command("users")
@click.argument("source", metavar="m365:TENANT")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file, instead of standard output.",
)
@database_option
@config_option
@language_option
@with_known_errors
def users_command(
    source: str, output: Path | None, db: str | None, config: Path | None, lang: str | None
) -> int:
    """Write the table of users that migrate plan reads: who holds which licences, in which department, last active when.

    Columns that a tenant cannot tell, such as who keeps Office and why, are there and empty. A file that is there is
    not written over.

    \b
    migrate tenant users m365:contoso.onmicrosoft.com -o plan-inputs/users.csv
    """
    policy = policy_for(config, db, lang)
    database = open_database(policy.database)
    try:
        with database.connect() as connection:
            text = users_table(licensed_people(connection, _known_tenant(connection, source)))
    finally:
        database.dispose()
    if output is None:
        click.echo(text, nl=False)
        return EXIT_OK
    try:
        with output.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as error:
        raise InventoryError("FILE_EXISTS", path=str(output)) from error
    return EXIT_OK


@click.command("licences")
@click.argument("source", metavar="m365:TENANT")
@answer_options
def licences_command(
    source: str, db: str | None, as_json: bool, config: Path | None, lang: str | None
) -> int:
    """Subscriptions with their units on the first and the last day that they were read: what was really cancelled.

    \b
    migrate tenant licences m365:contoso.onmicrosoft.com
    """
    policy = policy_for(config, db, lang)
    language = language_of(policy)
    database = open_database(policy.database)
    try:
        with database.connect() as connection:
            units = units_over_time(connection, _known_tenant(connection, source))
    finally:
        database.dispose()
    document = {"licences": [asdict(one) | {"change": one.last_enabled - one.first_enabled} for one in units]}
    return answer(document, _say_licences, language, as_json=as_json)


def _say_licences(document: dict[str, Any], language: str) -> None:
    rows = document["licences"]
    if not rows:
        return
    names = ("product", "first", "last", "change", "held")
    first, last = rows[0]["first_day"], rows[0]["last_day"]
    headers = [sentence("tenant", f"head_{name}", language, first=first, last=last) for name in names]
    columns = ("first_enabled", "last_enabled", "change", "consumed")
    write_table(headers, [(row["part_number"], *(str(row[name]) for name in columns)) for row in rows])


@click.command("summary")
@click.argument("source", metavar="m365:TENANT")
@answer_options
def summary_command(source: str, db: str | None, as_json: bool, config: Path | None, lang: str | None) -> int:
    """What the tenant holds in all, and what of it was not seen, why, and how one grants it.

    \b
    migrate tenant summary m365:contoso.onmicrosoft.com
    migrate tenant summary m365:contoso.onmicrosoft.com --json
    """
    policy = policy_for(config, db, lang)
    language = language_of(policy)
    database = open_database(policy.database)
    try:
        with database.connect() as connection:
            number = _known_tenant(connection, source)
            document = {
                "totals": totals_of_tenant(connection, number).as_json(),
                "areas": [gap.as_json() for gap in areas_of(connection, number)],
            }
    finally:
        database.dispose()
    return answer(document, _say_summary, language, as_json=as_json)


def _say_summary(document: dict[str, Any], language: str) -> None:
    for line in coverage_lines(document, language):
        say(line)
    totals = document["totals"]
    rows = []
    for name in (
        "members",
        "guests",
        "blocked",
        "licensed",
        "groups",
        "teams",
        "channels",
        "plans",
        "sites",
        "drives",
    ):
        rows.append((sentence("tenant", f"total_{name}", language), grouped(totals[name])))
    rows.append((sentence("tenant", "total_files", language), grouped(totals["files"])))
    rows.append((sentence("tenant", "total_bytes", language), grouped(totals["bytes"] // 1_000_000)))
    for whom, count in totals["shared"].items():
        rows.append((sentence("tenant", f"total_shared_{whom}", language), grouped(count)))
    if totals["mailboxes"] is not None:
        rows.append((sentence("tenant", "total_mailboxes", language), grouped(totals["mailboxes"])))
        size = grouped(totals["mailbox_bytes"] // 1_000_000)
        rows.append((sentence("tenant", "total_mailbox_bytes", language), size))
    for place, count in totals["data_locations"].items():
        rows.append((sentence("tenant", "total_location", language, place=place), grouped(count)))
    if totals["sharing_allowed"]:
        rows.append((sentence("tenant", "total_sharing", language), shown(totals["sharing_allowed"])))
    write_table([sentence("tenant", name, language) for name in ("head_what", "head_number")], rows)


def _known_tenant(connection: sqlalchemy.Connection, source: str) -> int:
    """The number of a tenant that was scanned or imported. Raises InventoryError."""
    name = SCHEME + tenant_of(source)
    number = connection.scalar(sqlalchemy.select(tenants.c.id).where(tenants.c.name == name))
    if number is None:
        raise InventoryError("TENANT_UNKNOWN", source=name)
    return int(number)
