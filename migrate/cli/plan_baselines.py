"""``migrate plan freeze`` and ``migrate plan baselines``: plans that nobody rewrites."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from converters.outcome import EXIT_OK
from inventory.database import DEFAULT_DATABASE, open_database
from migrate import locale
from migrate.baselines import LONGEST_NAME, freeze, initial_and_approved, read_baselines
from migrate.cli.plan_errors import plan_errors
from migrate.cli.terminal import say, suggest
from migrate.plan_files import PlanFileError, plan_text, read_plan_text
from migrate.planner.frozen import without_names
from migrate.planner.plan import changed_figures

_DATABASE = click.option(
    "--db", envvar="MIGRATE_DB", help=f"Database: path or URL  [default: {DEFAULT_DATABASE}]"
)
_LANGUAGE = click.option("--lang", type=click.Choice(locale.LANGUAGES), help="Language of the messages.")


@click.command("freeze")
@click.argument("name")
@click.argument("plan", type=click.Path(dir_okay=False, path_type=Path), default=Path("plan.json"))
@click.option(
    "--approved", metavar="REFERENCE", default="", help="What approves it: a decision, a file number."
)
@_DATABASE
@_LANGUAGE
def freeze_command(name: str, plan: Path, approved: str, db: str | None, lang: str | None) -> None:
    """Keep PLAN (plan.json) under NAME for good: its inputs, versions and hash, in the database.

    The first frozen plan is the initial one. From then on every plan made with this database shows initial, approved,
    forecast and actual side by side. A frozen plan can be neither overwritten nor deleted.

    \b
    migrate plan freeze 2026-budget
    migrate plan freeze 2027-council --approved "Council decision 2027-14"
    """
    language = locale.preferred_language(lang)
    with plan_errors(language):
        name = name.strip()
        if not 0 < len(name) <= LONGEST_NAME:
            raise PlanFileError("baseline_name", longest=str(LONGEST_NAME))
        text, model = read_plan_text(plan)
        try:
            changed = changed_figures(model)
        except (KeyError, TypeError, ValueError) as error:
            raise PlanFileError("not_computed", path=str(plan), figure=str(error)) from error
        if changed:
            raise PlanFileError("not_computed", path=str(plan), figure=changed[0])
        engine = open_database(db)
        try:
            kept = without_names(model)
            row = freeze(engine, name, text if kept == model else plan_text(kept), bool(approved), approved)
        finally:
            engine.dispose()
    code = "done.initial" if row.initial else "done.frozen"
    say(locale.sentence("plan", code, language, name=row.name, sha256=row.sha256), err=True)
    suggest("frozen", language)
    sys.exit(EXIT_OK)


@click.command("baselines")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@_DATABASE
@_LANGUAGE
def baselines_command(as_json: bool, db: str | None, lang: str | None) -> None:
    """The plans that were frozen, oldest first; says so where somebody changed one in the database itself."""
    language = locale.preferred_language(lang)
    with plan_errors(language):
        address = db or DEFAULT_DATABASE
        if "://" not in address and not Path(address).exists():
            raise PlanFileError("no_database", path=address)
        engine = open_database(address)
        try:
            with engine.connect() as connection:
                rows = read_baselines(connection)
        finally:
            engine.dispose()
    _initial, approved = initial_and_approved(rows)
    told = [
        {
            "name": row.name,
            "role": "initial" if row.initial else "approved" if row is approved else "",
            "approved": row.approved,
            "reference": row.reference,
            "frozen": row.frozen,
            "program": row.program,
            "sha256": row.sha256,
            "as_of": row.model["as_of"],
        }
        for row in rows
    ]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    elif not told:
        say(locale.sentence("plan", "baselines.none", language))
    for entry in () if as_json else told:
        role = locale.sentence("plan", f"baselines.{entry['role'] or 'other'}", language)
        place = locale.sentence(
            "plan",
            "baselines.line",
            language,
            **{**entry, "role": role, "sha256": entry["sha256"][:12], "frozen": entry["frozen"][:10]},
        )
        say(f"{place} {entry['reference']}".rstrip())
    if not as_json:
        suggest("baselines", language)
    sys.exit(EXIT_OK)
