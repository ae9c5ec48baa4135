"""``migrate demo``: the whole path on a sample share, in a minute and without a network."""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from pathlib import Path

import click

from converters.outcome import EXIT_FAILED, EXIT_OK, EXIT_USAGE, Verdict
from migrate import locale
from migrate.cli.terminal import language_option, near, say, say_command
from migrate.demo import Demo, Difference, FolderInUse, run_demo

# what to try next on what the demo made
NEXT = {
    "explain": "migrate explain totals.costs.one_off {plan} --db {database}",
    "freeze": "migrate plan freeze demo-budget {plan} --db {database}",
}


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("demo"))
@language_option
def command(folder: Path, lang: str | None) -> None:
    """Write a sample share into FOLDER (./demo), scan, convert, plan and report it.

    Exits 0 when every file got the verdict that it was made for, else 2.

    \b
    migrate demo                    into ./demo
    migrate demo /tmp/demo --lang fr
    """
    language = locale.preferred_language(lang)
    try:
        demo = run_demo(folder, lambda step: _say(f"step.{step}", language))
    except FolderInUse:
        _say("folder_in_use", language, path=str(folder))
        sys.exit(EXIT_USAGE)
    show(demo, language)
    sys.exit(EXIT_FAILED if demo.differences else EXIT_OK)


def show(demo: Demo, language: str) -> None:
    """What came out, where to look, and what was not as expected."""
    say()
    counts = Counter(demo.verdicts.values())
    for verdict in Verdict:
        if counts[verdict]:
            name = locale.sentence("verdicts", verdict.value, language)
            say(f"{counts[verdict]:5d}  {name}")
    say()
    if demo.libreoffice is None:
        _say("no_libreoffice", language, files=len(demo.share.left_out))
        for path in demo.share.left_out:
            say(f"  {path}", err=True)
    for difference in demo.differences:
        say(difference_sentence(difference, language), err=True)
    code = "different" if demo.differences else "as_expected"
    _say(code, language, files=len(demo.verdicts), differences=len(demo.differences))
    for name in ("share", "odf", "tables", "plan.json", "figures.csv"):
        _look(name, demo.folder / name, language)
    for name, report in demo.reports.items():
        _look(f"report.{name}", report, language)
    say()
    plan, database = (shlex.quote(near(demo.folder / name)) for name in ("plan.json", "migrate.db"))
    for step, line in NEXT.items():
        say(f"  {locale.sentence('demo', f'next.{step}', language)}")
        say_command(line.format(plan=plan, database=database))


def difference_sentence(difference: Difference, language: str) -> str:
    """Path, expected and found verdict, and the losses or the error behind it."""
    names = [
        locale.sentence("verdicts", verdict.value, language)
        if verdict
        else locale.sentence("demo", "no_verdict", language)
        for verdict in (difference.expected, difference.found)
    ]
    outcome = difference.outcome
    reasons = [outcome.error] if outcome and outcome.error else []
    reasons += sorted({loss.code for loss in outcome.losses}) if outcome else []
    return locale.sentence(
        "demo",
        "difference",
        language,
        path=difference.path,
        expected=names[0],
        found=names[1],
        reasons=", ".join(reasons) or "–",
    )


def _look(name: str, path: Path, language: str) -> None:
    say(f"  {locale.sentence('demo', f'look.{name}', language)}  {near(path)}")


def _say(code: str, language: str, **params: object) -> None:
    say(locale.sentence("demo", code, language, **params), err=True)
