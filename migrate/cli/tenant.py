"""``migrate tenant``: may a scan of a Microsoft 365 tenant read what it needs, and what does an administrator do for it?"""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import Any

import click

from converters.outcome import EXIT_OK, EXIT_USAGE
from inventory.graph.cache import Kept
from inventory.tenant.permissions import PERMISSIONS, more_than_needed, needed
from migrate.cli.tenant_records import import_command, licences_command, summary_command, users_command
from migrate.cli.terminal import (
    config_option,
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
from migrate.tenant import Connection, certificate_days, connect, tenant_of, told_errors

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
    migrate tenant import m365:contoso.onmicrosoft.com users.csv licences.csv
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


command.add_command(import_command)
command.add_command(users_command)
command.add_command(licences_command)
command.add_command(summary_command)
