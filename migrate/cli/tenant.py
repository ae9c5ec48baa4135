"""``migrate tenant``: may a scan of a Microsoft 365 tenant read what it needs, and what does an administrator do for it?"""

from __future__ import annotations

import stat
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import sqlalchemy

from converters.outcome import EXIT_OK, EXIT_USAGE
from inventory import moments
from inventory.database import open_database, transaction
from inventory.errors import InventoryError
from inventory.frontier import note_persons
from inventory.graph.cache import Kept
from inventory.persons import Persons, people_of
from inventory.tenant.coverage import areas_of
from inventory.tenant.exports import import_export
from inventory.tenant.people import licensed_people, units_over_time
from inventory.tenant.permissions import PERMISSIONS, more_than_needed, needed
from inventory.tenant.tables import tenants
from inventory.tenant.totals import totals_of_tenant
from inventory.tenant.work import tenant_number
from migrate.cli.terminal import (
    answer,
    answer_options,
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
from migrate.locale import sentence
from migrate.policy import TenantPolicy
from migrate.sentences import grouped, shown
from migrate.tenant import SCHEME, Connection, certificate_days, connect, tenant_of, told_errors
from migrate.tenant_scan import coverage_lines
from migrate.tenant_tables import products_of, users_table

GRAPH_APPLICATION = "00000003-0000-0000-c000-000000000000"  # Microsoft Graph, the same in every tenant
_KEY_COMMAND = (
    "openssl req -x509 -newkey rsa:3072 -noenc -days 365 -subj /CN=office-migration "
    "-keyout key.pem -out certificate.pem",
    "cat key.pem certificate.pem > application.pem && chmod 600 application.pem key.pem",
)


@click.group()
def command() -> None:
    """A Microsoft 365 tenant: what a scan may read and how one grants it, exports instead of a scan, licences for a plan.

    \b
    migrate tenant setup-help m365:contoso.onmicrosoft.com
    migrate tenant doctor m365:contoso.onmicrosoft.com
    migrate tenant import m365:contoso.onmicrosoft.com users.csv licences.csv usage.csv
    migrate tenant users m365:contoso.onmicrosoft.com -o plan-inputs/users.csv
    migrate tenant licences m365:contoso.onmicrosoft.com
    migrate tenant summary m365:contoso.onmicrosoft.com
    """


@command.command("doctor")
@click.argument("source", metavar="m365:TENANT")
@json_option
@config_option
@language_option
@with_known_errors
def doctor_command(source: str, as_json: bool, config: Path | None, lang: str | None) -> None:
    """Sign in and tell each permission: what it is for, whether it is granted, what a scan lacks without it.

    Exits 0 where all are granted, else 3. Nothing of the tenant is read.

    \b
    migrate tenant doctor m365:contoso.onmicrosoft.com
    migrate tenant doctor m365:contoso.onmicrosoft.com --json
    """
    policy = policy_for(config, None, lang)
    language = language_of(policy)
    connection = connect(
        source, policy.tenant, tell=lambda address, code: tell_device(address, code, language)
    )
    with told_errors(source, policy.tenant.certificate):
        document = as_document(connection, policy.tenant)
    if as_json:
        write_json(document)
    else:
        _say(document, language)
    sys.exit(EXIT_OK if document["ok"] else EXIT_USAGE)


def tell_device(address: str, code: str, language: str) -> None:
    """What a person does to sign in, on standard error: standard output may be a document."""
    click.echo(sentence("tenant", "device_code", language, address=address, user_code=code), err=True)


def as_document(connection: Connection, policy: TenantPolicy) -> dict[str, Any]:
    """What the sign-in and its token tell, as one JSON document. Raises GraphError."""
    granted = connection.tokens.granted()
    skew = connection.tokens.clock.skew_seconds
    permissions = [
        {
            "permission": one.name,
            "granted": one.name in granted,
            "included": one.name not in granted and one.is_granted(granted),
            "purpose": one.purpose,
            "lacking": [] if one.is_granted(granted) else list(one.areas),
        }
        for one in PERMISSIONS
    ]
    path = Path(policy.certificate).expanduser() if policy.certificate else None
    return {
        "ok": all(row["granted"] or row["included"] for row in permissions),
        "tenant": connection.tenant,
        "login": connection.client.cloud.login,
        "graph": connection.client.cloud.graph,
        "delegated": not policy.certificate and not connection.tokens.uses_secret,
        "secret": connection.tokens.uses_secret,
        "kept": connection.tokens.kept.value,
        "clock_skew_seconds": None if skew is None else round(skew),
        "clock_wrong": connection.tokens.clock.is_wrong,
        "certificate_days": certificate_days(path) if path else None,
        "certificate_open_to_others": str(path) if path and _is_open(path) else "",
        "permissions": permissions,
        "more_than_needed": more_than_needed(granted),
        "told": bool(granted),
    }


def _is_open(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))


def _say(document: dict[str, Any], language: str) -> None:
    def line(code: str, **params: object) -> None:
        say(sentence("tenant", code, language, **params))

    line("doctor_signed_in", tenant=document["tenant"], host=document["login"])
    if document["clock_wrong"]:
        line("doctor_skew_wrong", seconds=document["clock_skew_seconds"])
    elif document["clock_skew_seconds"] is not None:
        line("doctor_skew", seconds=document["clock_skew_seconds"])
    if document["certificate_days"] is not None:
        line("doctor_certificate", days=document["certificate_days"])
    if document["certificate_open_to_others"]:
        line("doctor_certificate_open", path=document["certificate_open_to_others"])
    if document["secret"]:
        line("secret_used")
    if document["delegated"] and document["kept"] == Kept.FILE:
        line("token_file")
    if not document["told"]:
        line("doctor_opaque")
    headers = [sentence("tenant", f"head_{name}", language) for name in ("permission", "granted", "purpose")]
    rows = []
    for row in document["permissions"]:
        how = "yes" if row["granted"] else "included" if row["included"] else "no"
        purpose = sentence("tenant", f"purpose_{row['purpose']}", language)
        rows.append((row["permission"], sentence("tenant", f"granted_{how}", language), purpose))
    write_table(headers, rows)
    missing = [row for row in document["permissions"] if row["lacking"]]
    for row in missing:
        areas = ", ".join(sentence("tenant", f"area_{area}", language) for area in row["lacking"])
        line("doctor_without", permission=row["permission"], areas=areas)
    line("doctor_grant" if missing else "doctor_all_well")
    if document["more_than_needed"]:
        line("doctor_more", permissions=", ".join(document["more_than_needed"]))


@command.command("setup-help")
@click.argument("source", metavar="m365:TENANT", default="m365:TENANT")
@click.option("--device-code", is_flag=True, help="For a person who signs in, instead of an application.")
@config_option
@language_option
@with_known_errors
def setup_command(source: str, device_code: bool, config: Path | None, lang: str | None) -> None:
    """Print every step that an administrator of the tenant does once, with the permissions and what each is for.

    \b
    migrate tenant setup-help m365:contoso.onmicrosoft.com
    migrate tenant setup-help m365:contoso.onmicrosoft.com --device-code
    """
    language = language_of(policy_for(config, None, lang))
    for line in setup_lines(tenant_of(source), language, delegated=device_code):
        click.echo(line)


def setup_lines(tenant: str, language: str, *, delegated: bool = False) -> list[str]:
    """The steps, a line each; what is typed is indented."""

    def told(code: str) -> str:
        return sentence("tenant", code, language, tenant=tenant)

    permissions = [one for one in needed() if one.delegated or not delegated]
    lines = [told("setup_title"), "", told("setup_app"), ""]
    if delegated:
        lines += [told("setup_device"), ""]
    else:
        lines += [told("setup_certificate"), *(f"    {text}" for text in _KEY_COMMAND), ""]
    lines.append(told("setup_delegated" if delegated else "setup_permissions"))
    for one in permissions:
        lines.append(f"    {one.name:36}{sentence('tenant', f'purpose_{one.purpose}', language)}")
    if not delegated:
        lines += [
            "",
            told("setup_script"),
            *(f"    {text}" for text in _script([one.name for one in permissions])),
        ]
    config = ["[tenant]", 'client_id = "…"', *([] if delegated else ['certificate = "application.pem"'])]
    lines += ["", told("setup_config"), *(f"    {text}" for text in config), "", told("setup_check")]
    return lines


def _script(permissions: list[str]) -> list[str]:
    names = ", ".join(f'"{name}"' for name in permissions)
    return [
        'Connect-MgGraph -Scopes "Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All"',
        f"$graph = Get-MgServicePrincipal -Filter \"appId eq '{GRAPH_APPLICATION}'\"",
        '$key = [Security.Cryptography.X509Certificates.X509Certificate2]::new("certificate.pem")',
        '$app = New-MgApplication -DisplayName "Office migration inventory" -SignInAudience AzureADMyOrg '
        '-KeyCredentials @(@{ Type = "AsymmetricX509Cert"; Usage = "Verify"; Key = $key.RawData })',
        "$principal = New-MgServicePrincipal -AppId $app.AppId",
        f"foreach ($name in {names}) {{",
        "    $role = $graph.AppRoles | Where-Object { $_.Value -eq $name }",
        "    New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id "
        "-PrincipalId $principal.Id -ResourceId $graph.Id -AppRoleId $role.Id",
        "}",
        "$app.AppId",
    ]


@command.command("import")
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


@command.command("users")
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


@command.command("licences")
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


@command.command("summary")
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
