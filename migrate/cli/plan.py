"""``migrate plan``: licences, effort and dates as one JSON model."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click

from converters.outcome import EXIT_OK, EXIT_USAGE
from inventory.database import DEFAULT_DATABASE, open_database
from inventory.errors import InventoryError
from inventory.store import inspected_items
from inventory.summary import coverage
from migrate import locale
from migrate.cli.terminal import known_error_text
from migrate.ledger import newest_outcomes
from migrate.plan_files import PlanFileError, PlanFiles, make_plan, write_plan, write_templates
from migrate.planner.plan import MigrationPlan
from migrate.planner.tables import TableError

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--users", type=_FILE, help="CSV: user, department, skus ...")
@click.option("--departments", type=_FILE, help="CSV: department, paths, renewal ...")
@click.option(
    "--prices", type=_FILE, help="CSV: sku, monthly, currency, as_of, source; goes before list prices."
)
@click.option("--assumptions", type=_FILE, help="CSV: training, support, hourly rates ...")
@click.option("--effort", type=_FILE, help="CSV: minutes per feature.")
@click.option("--contracts", type=_FILE, help="CSV: contract, renewal, floors, notice_days ...")
@click.option(
    "--attestations", type=_FILE, help="CSV: what the users without activity are; confirms unused licences."
)
@click.option("--skus", type=_FILE, help="A newer CSV of Microsoft's product names and service plans.")
@click.option("--db", envvar="MIGRATE_DB", help=f"Inventory: path or URL  [default: {DEFAULT_DATABASE}]")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The date of the plan  [default: today]")
@click.option("--currency", default="", help="EUR, CAD, USD or GBP  [default: that of the prices, else EUR]")
@click.option(
    "--horizon", type=click.IntRange(1, 120), default=36, show_default=True, help="Months looked at."
)
@click.option("-o", "--output", type=_FILE, default=Path("plan.json"), show_default=True)
@click.option("--init", type=click.Path(file_okay=False, path_type=Path), is_flag=False, flag_value=Path(),
              help="Write the tables to fill in, here or into a folder, and stop.")  # fmt: skip
@click.option("--lang", type=click.Choice(locale.LANGUAGES), help="Language of messages and templates.")
def command(
    users: Path | None,
    departments: Path | None,
    prices: Path | None,
    assumptions: Path | None,
    effort: Path | None,
    contracts: Path | None,
    attestations: Path | None,
    skus: Path | None,
    db: str | None,
    as_of: datetime | None,
    currency: str,
    horizon: int,
    output: Path,
    init: Path | None,
    lang: str | None,
) -> None:
    """What leaving saves, costs and needs, per department, with every figure traceable.

    \b
    migrate plan --init tables             the tables to fill in, with comments
    migrate plan --users tables/users.csv --departments tables/departments.csv
    """
    language = locale.preferred_language(lang)
    with plan_errors(language):
        if init is not None:
            write_templates(init, language, currency.upper() or "EUR")
            _say("done.templates", language, path=str(init))
            return
        if users is None or departments is None:
            raise PlanFileError("missing")
        files = PlanFiles(users, departments, prices, assumptions, effort, contracts, attestations, skus)
        day = as_of.date() if as_of else datetime.now(UTC).astimezone().date()
        plan = plan_from_database(files, day, currency, horizon, db)
        write_plan(plan, output)
    if plan.coverage is None:
        _say("done.no_inventory", language)
    _say("done.plan", language, path=str(output))
    _say("done.next", language, path=str(output))
    sys.exit(EXIT_OK)


def plan_from_database(
    files: PlanFiles, as_of: date, currency: str, horizon_months: int, database: str | None
) -> MigrationPlan:
    """The plan with what the database knows of files; without a database, licences alone."""
    address = database or DEFAULT_DATABASE
    if "://" not in address and not Path(address).exists():
        if database:
            raise PlanFileError("no_database", path=address)
        return make_plan(files, as_of, currency, horizon_months)
    engine = open_database(address)
    try:
        with engine.connect() as connection:
            seen = coverage(connection)
            items = inspected_items(connection)
            outcomes = newest_outcomes(connection)
            return make_plan(files, as_of, currency, horizon_months, items, seen, outcomes)
    finally:
        engine.dispose()


# (line known, column known) -> sentence
_PLACES = {
    (True, True): "place",
    (True, False): "place_of_line",
    (False, True): "place_of_column",
    (False, False): "place_of_file",
}


@contextmanager
def plan_errors(language: str) -> Iterator[None]:
    """Errors in tables, files and the database become a line with place and remedy, and the exit code for usage."""
    try:
        yield
    except TableError as error:
        click.echo(table_error_sentence(error, language), err=True)
        sys.exit(EXIT_USAGE)
    except PlanFileError as error:
        click.echo(locale.sentence("plan", f"problem.{error.code}", language, **error.params), err=True)
        sys.exit(EXIT_USAGE)
    except InventoryError as error:
        click.echo(known_error_text(error, language), err=True)
        sys.exit(EXIT_USAGE)


def table_error_sentence(error: TableError, language: str) -> str:
    code = f"error.{error.code}"
    place = _PLACES[bool(error.line), bool(error.column)]
    return locale.sentence(
        "plan",
        place,
        language,
        file=error.file,
        line=error.line,
        column=error.column,
        problem=locale.sentence("plan", code, language, **error.params),
        remedy=locale.remedy("plan", code, language, **error.params),
    )


def _say(code: str, language: str, **params: str) -> None:
    click.echo(locale.sentence("plan", code, language, **params), err=True)
