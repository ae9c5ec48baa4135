"""``migrate explain``: any figure of a plan back to prices, rules, assumptions, dates and files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from converters.outcome import EXIT_OK, EXIT_USAGE
from inventory.database import DEFAULT_DATABASE, open_database
from inventory.duplicate_queries import files_with
from migrate import locale
from migrate.cli.language import ReportLanguage
from migrate.cli.plan_errors import plan_errors
from migrate.cli.terminal import say, suggest
from migrate.plan_files import PlanFileError, read_plan
from migrate.planner.explanation import Explanation, explain
from migrate.planner.trace import figures_by_id, nearest
from migrate.reports.explanation import explanation_lines
from migrate.reports.words import Words


@click.command()
@click.argument("figure")
@click.argument("plan", type=click.Path(dir_okay=False, path_type=Path), default=Path("plan.json"))
@click.option(
    "--depth", type=click.IntRange(1, 20), default=3, show_default=True, help="Levels of figures shown."
)
@click.option(
    "--db", envvar="MIGRATE_DB", help=f"Inventory that knows the files' paths  [default: {DEFAULT_DATABASE}]"
)
@click.option("--json", "as_json", is_flag=True, help="Everything behind the figure, as JSON.")
@click.option("--lang", type=ReportLanguage(), help="fr, en, or with a region: fr_CA, en_CA.")
def command(figure: str, plan: Path, depth: int, db: str | None, as_json: bool, lang: str | None) -> None:  # fmt: skip
    """Where FIGURE of PLAN (plan.json) comes from: what it is the sum of, and what moves it.

    Changing a row, a rule or a date that is listed can move the figure; nothing else can. The ids of figures stand in
    the table that "migrate report --format csv" writes. Exits 3 for a figure that the plan does not have.

    \b
    migrate explain totals.costs.one_off
    migrate explain departments.finance.costs.training plan.json --lang fr
    migrate explain scenarios.difference.horizon --json
    """
    language = lang or locale.preferred_language()
    base = language.split("_")[0].split("-")[0].lower()
    with plan_errors(base):
        model = read_plan(plan)
        try:
            found = explain(model, figure)
        except KeyError:
            _say_unknown(figure, nearest(figures_by_id(model), figure), base)
            sys.exit(EXIT_USAGE)
        files = paths_of(found, db)
    if as_json:
        click.echo(json.dumps(found.as_json(files), ensure_ascii=False, indent=1))
    else:
        words = Words.of(language, model["currency"])
        for line in explanation_lines(found, model, words, depth, files):
            say(line, hanging=len(line) - len(line.lstrip()) + 4)
        suggest("explain", base)
    sys.exit(EXIT_OK)


def paths_of(found: Explanation, database: str | None) -> dict[str, list[str]]:
    """Row id of a file -> where it lies, as far as the inventory knows; nothing without one.

    Raises PlanFileError for a database that was named and is not there.
    """
    hashes = [row.id for row in found.rows if row.id.startswith("sha256:")]
    address = database or DEFAULT_DATABASE
    if "://" not in address and not Path(address).exists():
        if database:
            raise PlanFileError("no_database", path=address)
        return {}
    if not hashes:
        return {}
    engine = open_database(address)
    try:
        with engine.connect() as connection:
            paths = {
                id: sorted(f"{item.source}/{item.path}" for item in files_with(connection, id.removeprefix("sha256:")))
                for id in hashes
            }  # fmt: skip
    finally:
        engine.dispose()
    return {id: known for id, known in paths.items() if known}


def _say_unknown(figure: str, near: list[str], language: str) -> None:
    say(locale.sentence("explain", "unknown", language, figure=figure), err=True)
    if near:
        say(locale.sentence("explain", "did_you_mean", language), err=True)
        for id in near:
            say(f"  {id}", err=True)
