"""``migrate report``: a plan as a page, a table or data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from converters.outcome import EXIT_OK
from migrate import locale
from migrate.audit import pack_plan
from migrate.cli.language import ReportLanguage
from migrate.cli.plan_errors import plan_errors
from migrate.cli.terminal import suggest, with_known_errors
from migrate.plan_files import read_plan, write_bytes
from migrate.reports import csv, html, json, ods, odt
from migrate.reports.words import Words

# form -> its renderer
FORMS: dict[str, Callable[[Mapping[str, Any], Words], str | bytes]] = {
    "html": html.render,
    "ods": ods.render,
    "odt": odt.render,
    "pdf": odt.render_pdf,
    "csv": csv.render,
    "json": json.render,
}


@click.command()
@click.argument("plan", type=click.Path(dir_okay=False, path_type=Path), default=Path("plan.json"))
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="html", show_default=True)
@click.option("--lang", type=ReportLanguage(), help="fr, en, or with a region: fr_CA, en_CA.")
@click.option("--audit", is_flag=True,
              help="A pack for auditors instead: model, inputs without names, prices, versions, hashes.")  # fmt: skip
@click.option("--public", is_flag=True,
              help="An edition without names (html only): alternatives and why not, questions and answers.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
              help="[default: the plan's name with the form's ending]")  # fmt: skip
@with_known_errors
def command(plan: Path, form: str, lang: str | None, audit: bool, public: bool, output: Path | None) -> None:
    """What a manager reads: savings, costs, dates and how sure they are, from PLAN (plan.json).

    \b
    migrate report plan.json --lang fr      one page to read, print or send
    migrate report plan.json --format ods   change a price or a rate in it
    migrate report plan.json --format csv   every figure with its origin
    migrate report plan.json --format pdf   PDF/A with tags; odt to edit it
    migrate report plan.json --public       without names, questions answered
    migrate report plan.json --audit        for “migrate plan --replay”
    """
    if public and (audit or form != "html"):
        raise click.UsageError("--public goes with --format html alone: other forms name departments in ids.")
    language = lang or locale.preferred_language()
    target = output or plan.with_suffix(_ending(form, audit, public))
    base = language.split("_")[0].split("-")[0].lower()
    with plan_errors(base):
        if audit:
            pack_plan(plan, target)
        else:
            write_report(plan, form, language, target, public)
    click.echo(str(target))
    code = "audit" if audit else "report" if form == "html" else "report_file"
    suggest(code, base, path=target)
    sys.exit(EXIT_OK)


def _ending(form: str, audit: bool, public: bool) -> str:
    if audit or public:
        return ".audit.zip" if audit else ".public.html"
    return f".{form}" if form != "json" else ".report.json"


def write_report(plan: Path, form: str, language: str, target: Path, public: bool = False) -> None:
    """Render the plan in a file to another. Raises PlanFileError."""
    model = read_plan(plan)
    words = Words.of(language, model["currency"])
    content = html.render(model, words, public=True) if public else FORMS[form](model, words)
    write_bytes(content.encode() if isinstance(content, str) else content, target)
