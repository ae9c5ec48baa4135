"""``migrate plan``: licences, effort and dates as one JSON model."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from converters.outcome import EXIT_OK
from inventory.database import DEFAULT_DATABASE, open_database
from inventory.store import inspected_items
from inventory.summary import coverage
from migrate import locale
from migrate.baselines import Baseline, initial_and_approved, read_baselines
from migrate.cli.plan_baselines import baselines_command, freeze_command
from migrate.cli.plan_errors import plan_errors
from migrate.ledger import newest_outcomes
from migrate.plan_files import PlanFileError, PlanFiles, make_plan, write_plan, write_templates
from migrate.planner.plan import MigrationPlan, with_baseline

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.option("--users", type=_FILE, help="CSV: user, department, skus ...")
@click.option("--departments", type=_FILE, help="CSV: department, paths, renewal ...")
@click.option(
    "--prices", type=_FILE, help="CSV: sku, monthly, currency, as_of, source; goes before list prices."
)
@click.option("--assumptions", type=_FILE, help="CSV: training, support, hourly rates ...")
@click.option("--effort", type=_FILE, help="CSV: minutes per feature.")
@click.option(
    "--invoices", type=_FILE, help="CSV: invoice, day, department, category, amount; what was paid."
)
@click.option(
    "--work-days", type=_FILE, help="CSV: entry, day, department, category, who, days; what was worked."
)
@click.option(
    "--cancellations", type=_FILE, help="CSV: cancellation, day, department, sku, seats; really cancelled."
)
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
@click.pass_context
def command(
    ctx: click.Context,
    users: Path | None,
    departments: Path | None,
    prices: Path | None,
    assumptions: Path | None,
    effort: Path | None,
    invoices: Path | None,
    work_days: Path | None,
    cancellations: Path | None,
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
    migrate plan freeze 2026-budget        keep the plan for good; later plans stand beside it
    migrate plan baselines                 the plans that were frozen
    """
    if ctx.invoked_subcommand:
        return
    language = locale.preferred_language(lang)
    with plan_errors(language):
        if init is not None:
            write_templates(init, language, currency.upper() or "EUR")
            _say("done.templates", language, path=str(init))
            return
        if users is None or departments is None:
            raise PlanFileError("missing")
        files = PlanFiles(
            users,
            departments,
            prices,
            assumptions,
            effort,
            contracts,
            attestations,
            skus,
            invoices=invoices,
            work_days=work_days,
            cancellations=cancellations,
        )
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
            # a database that only keeps frozen plans has no inventory
            seen = told if (told := coverage(connection)).started else None
            items = inspected_items(connection)
            outcomes = newest_outcomes(connection)
            plan = make_plan(files, as_of, currency, horizon_months, items, seen, outcomes)
            return beside_baselines(plan, read_baselines(connection))
    finally:
        engine.dispose()


def beside_baselines(plan: MigrationPlan, rows: list[Baseline]) -> MigrationPlan:
    """The plan beside what was frozen, which nothing leaves out. Raises PlanFileError for another currency."""
    initial, approved = initial_and_approved(rows)
    if initial is None:
        return plan
    try:
        return with_baseline(plan, initial.as_plan(), approved.as_plan() if approved else None)
    except ValueError as error:
        raise PlanFileError("baseline_currency", name=str(error), currency=plan.inputs.currency) from error


def _say(code: str, language: str, **params: str) -> None:
    click.echo(locale.sentence("plan", code, language, **params), err=True)


command.add_command(freeze_command)
command.add_command(baselines_command)
