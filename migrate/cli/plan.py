"""``migrate plan``: licences, effort and dates as one JSON model."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click
from sqlalchemy import Connection

from converters.outcome import EXIT_FAILED, EXIT_OK
from inventory.database import DEFAULT_DATABASE, open_database
from inventory.departments import UNASSIGNED, DepartmentRule, Departments
from inventory.link_queries import exchanges
from inventory.store import inspected_items
from inventory.summary import coverage
from migrate import locale
from migrate.audit import replay
from migrate.baselines import Baseline, initial_and_approved, read_baselines
from migrate.cli.plan_baselines import baselines_command, freeze_command
from migrate.cli.plan_errors import plan_errors
from migrate.cli.terminal import say, suggest
from migrate.ledger import newest_outcomes
from migrate.plan_files import (
    PlanFileError,
    PlanFiles,
    make_plan,
    plan_text,
    write_plan,
    write_proposal,
    write_templates,
    write_text,
)
from migrate.planner.draws import SEED
from migrate.planner.inputs import Department, slug
from migrate.planner.organisation import home_of
from migrate.planner.plan import MigrationPlan, with_baseline

_NAMED = 5  # figures that are named where many differ
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.option("--users", type=_FILE, help="CSV: user, department, skus ...")
@click.option("--departments", type=_FILE, help="CSV: department, paths, renewal ...")
@click.option("--contracts", type=_FILE, help="CSV: contract, renewal, floors, notice_days ...")
@click.option(
    "--attestations", type=_FILE, help="CSV: what the users without activity are; confirms unused licences."
)
@click.option(
    "--prices", type=_FILE, help="CSV: sku, monthly, currency, as_of, source; goes before list prices."
)
@click.option("--skus", type=_FILE, help="A newer CSV of Microsoft's product names and service plans.")
@click.option("--assumptions", type=_FILE, help="CSV: training, support, hourly rates ...")
@click.option("--effort", type=_FILE, help="CSV: minutes per feature.")
@click.option(
    "--applications", type=_FILE, help="CSV: application, departments, coupling (what calls Office)."
)
@click.option(
    "--scores", type=_FILE, help="CSV: part (R, D, Q), criterion, weight, score; for the WiBe view."
)
@click.option("--actuals", type=_FILE, help="CSV: kind, code, quantity, value; minutes that were measured.")
@click.option(
    "--invoices", type=_FILE, help="CSV: invoice, day, department, category, amount; what was paid."
)
@click.option(
    "--work-days", type=_FILE, help="CSV: entry, day, department, category, who, days; what was worked."
)
@click.option(
    "--cancellations", type=_FILE, help="CSV: cancellation, day, department, sku, seats; really cancelled."
)
@click.option(
    "--tables",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder with further tables: waves, capacities, tasks, blackouts, targets, locations, supplies ...",
)
@click.option("--propose-waves", type=_FILE, help="Propose who moves when, and write it as a table of waves.")
@click.option(
    "--jurisdiction",
    default="",
    help="FR, DE, EU, GB, CA, QC, US or NONE: discount rate, fiscal year, tax  [default: by currency]",
)
@click.option(
    "--home",
    default="",
    help="Whose law is the organisation's own: FR, DE, CA-QC ...  [default: that of --jurisdiction]",
)
@click.option("--currency", default="", help="EUR, CAD, USD or GBP  [default: that of the prices, else EUR]")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The date of the plan  [default: today]")
@click.option(
    "--horizon", type=click.IntRange(1, 120), default=36, show_default=True, help="Months looked at."
)
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True, help="Of the draws.")
@click.option("--db", envvar="MIGRATE_DB", help=f"Inventory: path or URL  [default: {DEFAULT_DATABASE}]")
@click.option("-o", "--output", type=_FILE, default=Path("plan.json"), show_default=True)
@click.option("--init", type=click.Path(file_okay=False, path_type=Path), is_flag=False, flag_value=Path(),
              help="Write the tables to fill in, here or into a folder, and stop.")  # fmt: skip
@click.option(
    "--replay",
    "pack",
    type=_FILE,
    help="Compute the figures of an audit pack again and compare; writes the plan to -o.",
)
@click.option("--lang", type=click.Choice(locale.LANGUAGES), help="Language of messages and templates.")
@click.pass_context
def command(
    ctx: click.Context,
    users: Path | None,
    departments: Path | None,
    contracts: Path | None,
    attestations: Path | None,
    prices: Path | None,
    skus: Path | None,
    assumptions: Path | None,
    effort: Path | None,
    applications: Path | None,
    scores: Path | None,
    actuals: Path | None,
    invoices: Path | None,
    work_days: Path | None,
    cancellations: Path | None,
    tables: Path | None,
    propose_waves: Path | None,
    jurisdiction: str,
    home: str,
    currency: str,
    as_of: datetime | None,
    horizon: int,
    seed: int,
    db: str | None,
    output: Path,
    init: Path | None,
    pack: Path | None,
    lang: str | None,
) -> None:
    """What leaving saves, costs and needs, per department, with every figure traceable.

    \b
    migrate plan --init tables             the tables to fill in, with comments
    migrate plan --users tables/users.csv --departments tables/departments.csv
    migrate plan ... --tables tables --propose-waves waves.csv
    migrate plan freeze 2026-budget        keep the plan for good
    migrate plan baselines                 the plans that were frozen
    migrate plan --replay plan.audit.zip   the figures of an audit pack again
    """
    if ctx.invoked_subcommand:
        return
    language = locale.preferred_language(lang)
    with plan_errors(language):
        if init is not None:
            write_templates(init, language, currency.upper() or "EUR")
            _say("done.templates", language, path=str(init))
            suggest("templates", language, folder=init.as_posix())
            return
        if pack is not None:
            sys.exit(_replay(pack, output, language))
        if users is None or departments is None:
            raise PlanFileError("missing")
        files = PlanFiles(
            users=users,
            departments=departments,
            contracts=contracts,
            attestations=attestations,
            prices=prices,
            assumptions=assumptions,
            effort=effort,
            skus=skus,
            applications=applications,
            scores=scores,
            actuals=actuals,
            invoices=invoices,
            work_days=work_days,
            cancellations=cancellations,
            organisation=tables,
            jurisdiction=jurisdiction,
            seed=seed,
        )
        day = as_of.date() if as_of else datetime.now(UTC).astimezone().date()
        own = home.upper() or home_of(jurisdiction.upper())
        plan = plan_from_database(files, day, currency, horizon, db, own, propose_waves is not None)
        write_plan(plan, output)
        if propose_waves is not None:
            write_proposal(plan, propose_waves)
            _say("done.waves", language, path=str(propose_waves))
    if plan.coverage is None:
        _say("done.no_inventory", language)
    _say("done.plan", language, path=str(output))
    _say("done.next", language, path=str(output))
    sys.exit(EXIT_OK)


def _replay(pack: Path, output: Path, language: str) -> int:
    """Compute a pack again, write the plan, and say whether the figures are the pack's. Answers the exit code."""
    again = replay(pack)
    write_text(plan_text(again.model), output)
    versions = ", ".join(f"{name} {version}" for name, version in again.packed_by.items())
    _say("replay.versions", language, versions=versions)
    _say("done.plan", language, path=str(output))
    if not again.changed:
        _say("replay.same", language, figures=str(again.figures))
        return EXIT_OK
    some = ", ".join(again.changed[:_NAMED])
    _say("replay.different", language, changed=str(len(again.changed)), figures=str(again.figures), some=some)
    return EXIT_FAILED


def plan_from_database(
    files: PlanFiles,
    as_of: date,
    currency: str,
    horizon_months: int,
    database: str | None,
    home: str = "",
    proposing: bool = False,
) -> MigrationPlan:
    """The plan with what the database knows of files; without a database, licences alone."""
    address = database or DEFAULT_DATABASE
    if "://" not in address and not Path(address).exists():
        if database:
            raise PlanFileError("no_database", path=address)
        return make_plan(files, as_of, currency, horizon_months, home=home, proposing=proposing)
    engine = open_database(address)
    try:
        with engine.connect() as connection:
            # a database that only keeps frozen plans has no inventory
            seen = told if (told := coverage(connection)).started else None
            items = inspected_items(connection)
            outcomes = newest_outcomes(connection)
            plan = make_plan(
                files, as_of, currency, horizon_months, items, seen, outcomes,
                lambda departments: department_links(connection, departments, as_of), home, proposing,
            )  # fmt: skip
            return beside_baselines(plan, read_baselines(connection))
    finally:
        engine.dispose()


def department_links(
    connection: Connection, departments: Sequence[Department], day: date
) -> dict[tuple[str, str], int]:
    """How many links lead from one department's files to another's, by pair of ids."""
    rules = [DepartmentRule(path, one.name) for one in departments for path in one.paths]
    found: dict[tuple[str, str], int] = {}
    for one in exchanges(connection, Departments(rules, day)) if rules else ():
        if UNASSIGNED not in (one.source, one.target) and one.source != one.target:
            found[slug(one.source), slug(one.target)] = one.links
    return found


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
    say(locale.sentence("plan", code, language, **params), err=True)


command.add_command(freeze_command)
command.add_command(baselines_command)
