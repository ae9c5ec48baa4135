"""The whole path on a sample share: write, scan, convert, plan, report, and compare with what was expected."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import converters
from converters.inspection import Inspection
from converters.libreoffice.find import Program, find
from converters.outcome import Outcome, Verdict
from inventory.database import open_database
from inventory.records import Coverage, InspectedItem
from inventory.scan import scan
from inventory.sources.filesystem import FilesystemSource
from inventory.store import inspected_items
from migrate.batch.plan import plan_batch
from migrate.batch.rows import BatchResult
from migrate.batch.runner import BatchOptions, run_batch
from migrate.ledger import Ledger
from migrate.plan_files import PlanFiles, make_plan, write_plan, write_text
from migrate.reports import csv, html
from migrate.reports.words import Words
from migrate.sample_share.expected import EXPECTED
from migrate.sample_share.share import Share, content, write_share

AS_OF = date(2026, 9, 1)
JOBS = 2
TABLES = ("users.csv", "departments.csv")


@dataclass(frozen=True, slots=True)
class Difference:
    """A file whose verdict is not the one it was made for; None: no verdict."""

    path: str
    expected: Verdict | None
    found: Verdict | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo made, below ``folder``."""

    folder: Path
    share: Share
    coverage: Coverage
    verdicts: Mapping[str, Verdict]
    differences: tuple[Difference, ...]
    libreoffice: Program | None

    @property
    def reports(self) -> dict[str, Path]:
        """Language -> page."""
        return {language: self.folder / f"report.{language}.html" for language in ("fr", "en")}


class FolderInUse(Exception):
    """The folder holds something already, and the demo overwrites nothing."""


def _quiet(_step: str) -> None:
    """Steps that nobody watches."""


def run_demo(folder: Path, progress: Callable[[str], None] = _quiet) -> Demo:
    """Make everything below ``folder``, which must be empty or not exist. Raises FolderInUse."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderInUse(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - no links resolved
    program = find()
    progress("write")
    share = write_share(folder / "share", program)
    database = open_database(str(folder / "migrate.db"))
    try:
        progress("scan")
        coverage = scan([FilesystemSource(share.folder)], database, inspect=_inspect, jobs=JOBS)
        progress("convert")
        result = _convert(share, folder / "odf", Ledger(database))
        with database.connect() as connection:
            items = list(inspected_items(connection))
    finally:
        database.dispose()
    progress("plan")
    model = _plan(folder, items, coverage, result.outcomes)
    progress("report")
    demo = Demo(folder, share, coverage, *_compared(share, result), program)
    for language, target in demo.reports.items():
        write_text(html.render(model, Words.of(language, model["currency"])), target)
    write_text(csv.render(model, Words.of("en", model["currency"])), folder / "figures.csv")
    return demo


def _inspect(path: Path) -> Inspection | None:
    inspection = converters.inspect(path, "deep")
    return None if inspection.error == "NOT_OFFICE" else inspection


def _convert(share: Share, target: Path, ledger: Ledger) -> BatchResult:
    try:
        return run_batch(plan_batch([share.folder], target), ledger, BatchOptions(jobs=JOBS))
    finally:
        ledger.close()


def _plan(
    folder: Path, items: list[InspectedItem], coverage: Coverage, outcomes: list[Outcome]
) -> dict[str, Any]:
    tables = folder / "tables"
    tables.mkdir()
    for name in TABLES:
        write_text(content(name), tables / name)
    users, departments = (tables / name for name in TABLES)
    files = PlanFiles(users=users, departments=departments)
    plan = make_plan(files, AS_OF, items=items, coverage=coverage, outcomes=outcomes)
    write_plan(plan, folder / "plan.json")
    return plan.as_json()


def _compared(share: Share, result: BatchResult) -> tuple[dict[str, Verdict], tuple[Difference, ...]]:
    outcomes = {Path(row.source).relative_to(share.folder).as_posix(): row.outcome for row in result.rows}
    verdicts = {path: outcome.verdict for path, outcome in outcomes.items() if outcome}
    paths = [path for path in EXPECTED if path not in share.left_out]
    paths += sorted(set(share.paths) - set(EXPECTED))
    differences = (
        Difference(path, EXPECTED.get(path), verdicts.get(path), outcomes.get(path))
        for path in paths
        if EXPECTED.get(path) != verdicts.get(path)
    )
    return verdicts, tuple(differences)
