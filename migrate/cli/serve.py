"""``migrate serve``: pages for managers, IT staff and the helpdesk, on this computer or behind a team's proxy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from converters.outcome import EXIT_OK
from inventory.database import open_database
from migrate.cli.terminal import (
    config_option,
    database_option,
    language_of,
    language_option,
    policy_for,
    with_known_errors,
)
from migrate.locale import sentence
from migrate.policy import PolicyError, WebPolicy, with_options

EPILOG = """\b
Examples:
  migrate serve                          prints an address that works once
  migrate serve plan.json --port 9000
  migrate serve --config migrate.toml    a team, behind a proxy:

\b
  [web]
  host = "10.0.0.7"
  proxy = ["10.0.0.5"]                   only these addresses are answered
  names = ["migrate.example.org"]
  user_header = "X-Remote-User"
  groups_header = "X-Remote-Groups"
  managers = ["ann", "group:direction"]  accounts or groups
  it = ["group:it-staff"]
  helpdesk = ["group:helpdesk"]
  upload_megabytes = 100

\b
Exit codes: 0 stopped, 3 usage, configuration or environment."""


@click.command(epilog=EPILOG)
@click.argument("plan", type=click.Path(dir_okay=False, path_type=Path), default=Path("plan.json"))
@click.option("--host", help="Address to serve at.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 for any that is free.  [default: 8440]")
@database_option
@config_option
@language_option
@with_known_errors
def command(
    plan: Path, host: str | None, port: int | None, db: str | None, config: Path | None, lang: str | None
) -> None:
    """Pages in a browser: the decision for managers, the inventory for IT staff, broken files for the helpdesk.

    PLAN (plan.json) is what managers see; the rest comes from the database. Without a proxy the pages serve this
    computer alone.
    """
    policy = policy_for(config, db, lang)
    web = with_options(policy.web, host=host, port=port)
    web.check()
    serve(web, policy.database, plan, language_of(policy))
    sys.exit(EXIT_OK)


def serve(web: WebPolicy, database: str, plan: Path, language: str) -> None:
    """Serve until Ctrl+C. Raises PolicyError for an address that cannot be used, InventoryError for the database."""
    try:
        from migrate.web.application import application  # noqa: PLC0415 - the extra may not be installed
        from migrate.web.server import bound_socket, server_for  # noqa: PLC0415
        from migrate.web.site import build_site  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise PolicyError("WEB_LIBRARIES", extra="web,plan") from error
    engine = open_database(database)
    try:
        bound = bound_socket(web.host, web.port)
    except OSError as error:
        engine.dispose()
        raise PolicyError(
            "WEB_ADDRESS", host=web.host, port=web.port, detail=error.strerror or str(error)
        ) from error
    port = bound.getsockname()[1]
    site = build_site(replace(web, port=port), engine, plan, port, _announcer(web.host, port, language))
    if web.proxy:
        click.echo(sentence("web", "serve.team", language, host=web.host, port=str(port)))
    click.echo(sentence("web", "serve.stop", language))
    try:
        server_for(application(site)).run(sockets=[bound])
    except KeyboardInterrupt:
        pass
    finally:
        bound.close()
        engine.dispose()
    click.echo(sentence("web", "serve.stopped", language))


def _announcer(host: str, port: int, language: str) -> Callable[[str], None]:
    """Prints the address with each token; the first one is told differently."""
    codes = iter(("serve.open",))
    shown = f"[{host}]" if ":" in host else host

    def announce(token: str) -> None:
        click.echo(sentence("web", next(codes, "serve.entered"), language))
        click.echo(f"  http://{shown}:{port}/enter?token={token}")

    return announce
