"""The planner's files: tables in, plan out, templates for those who have none yet."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from converters.outcome import Outcome
from inventory.records import Coverage, InspectedItem
from migrate import locale
from migrate.planner import actuals, contract_tables, data, defaults, finance_tables, tables
from migrate.planner.draws import SEED
from migrate.planner.inputs import Department
from migrate.planner.organisation import TABLES as ORGANISATION
from migrate.planner.organisation import read_organisation
from migrate.planner.plan import FORMAT, FORMAT_VERSION, MigrationPlan, plan_migration
from migrate.planner.service_tables import read_skus
from migrate.planner.waves.section import proposed_rows

# tables whose templates have examples of rows; the others begin with the embedded ones
_EXAMPLES = (
    "users", "departments", "contracts", "attestations", "applications", "actuals", "scores", "invoices", "work_days",
    "cancellations", "waves", "capacities", "tasks", "blackouts", "targets", "locations", "supplies",
)  # fmt: skip
_LIVE = ("users", "departments")  # examples make a plan of these; of the others they would count as facts
TEMPLATES = (*_EXAMPLES, "prices", "assumptions", "effort")


class PlanFileError(Exception):
    """A code of the table ``plan`` (``problem.*``) with its parameters."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFiles:
    """Where the tables of a plan lie; what is None comes from the embedded rows, or is not known.

    ``jurisdiction`` and ``seed`` are those of :func:`defaults.plan_inputs`.
    """

    users: Path
    departments: Path
    prices: Path | None = None
    assumptions: Path | None = None
    effort: Path | None = None
    contracts: Path | None = None
    attestations: Path | None = None
    skus: Path | None = None  # Microsoft's table of names and service plans, newer than the embedded one
    applications: Path | None = None
    scores: Path | None = None
    actuals: Path | None = None  # minutes that were measured
    invoices: Path | None = None
    work_days: Path | None = None
    cancellations: Path | None = None
    organisation: Path | None = None  # a folder with tables of migrate.planner.organisation
    jurisdiction: str = ""
    seed: int = SEED


Exchanges = Callable[[Sequence[Department]], Mapping[tuple[str, str], int]]
"""Links between departments, by pair of ids, from their paths."""


def make_plan(
    files: PlanFiles,
    as_of: date,
    currency: str = "",
    horizon_months: int = 36,
    items: Iterable[InspectedItem] = (),
    coverage: Coverage | None = None,
    outcomes: Iterable[Outcome] = (),
    exchanges: Exchanges | None = None,
    home: str = "",
    proposing: bool = False,
) -> MigrationPlan:
    """Read the tables and compute. Raises TableError for a table, PlanFileError for a file.

    ``home`` is the organisation's jurisdiction; ``proposing`` asks for a proposal of waves.
    """
    products, services = defaults.products(), defaults.catalogue().services
    users = tables.read_users(*_text(files.users), products)
    inputs = defaults.plan_inputs(
        users,
        tables.read_departments(*_text(files.departments), products, services),
        as_of,
        tables.read_prices(*_text(files.prices)) if files.prices else (),
        tables.read_rules(*_text(files.effort)) if files.effort else None,
        tables.read_assumptions(*_text(files.assumptions)) if files.assumptions else None,
        currency,
        horizon_months,
        contract_tables.read_contracts(*_text(files.contracts), products) if files.contracts else None,
        contract_tables.read_attestations(*_text(files.attestations), users) if files.attestations else None,
        read_skus(*_text(files.skus)) if files.skus else None,
        applications=(
            finance_tables.read_applications(*_text(files.applications)) if files.applications else ()
        ),
        jurisdiction=files.jurisdiction,
        scores=finance_tables.read_scores(*_text(files.scores)) if files.scores else (),
        measurements=finance_tables.read_measurements(*_text(files.actuals)) if files.actuals else (),
        seed=files.seed,
        invoices=actuals.read_invoices(*_text(files.invoices)) if files.invoices else None,
        work_days=actuals.read_work_days(*_text(files.work_days)) if files.work_days else None,
        cancellations=(
            actuals.read_cancellations(*_text(files.cancellations), products) if files.cancellations else None
        ),
    )
    organisation = read_organisation(
        _organisation_texts(files.organisation),
        [department.id for department in inputs.departments],
        home,
        proposing,
        exchanges(inputs.departments) if exchanges else None,
    )
    return plan_migration(inputs, items, coverage, outcomes, organisation)


def _organisation_texts(folder: Path | None) -> dict[str, tuple[str, str]]:
    """The tables of a folder by name; a folder without any is a mistake. Raises PlanFileError."""
    if folder is None:
        return {}
    found = {name: _text(path) for name in ORGANISATION if (path := folder / f"{name}.csv").is_file()}
    if not found:
        raise PlanFileError("no_tables", path=str(folder), names=", ".join(ORGANISATION))
    return found


def write_proposal(plan: MigrationPlan, target: Path) -> None:
    """The proposed waves as the table ``waves.csv`` that a plan reads. Raises PlanFileError."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("department", "start", "end", "wave"))
    for row in proposed_rows(plan.waves) if plan.waves else ():
        name = row.name if row.department else row.id
        writer.writerow((name, row.start.isoformat(), row.end.isoformat(), row.wave))
    write_text(stream.getvalue(), target)


def _text(path: Path) -> tuple[str, str]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PlanFileError("no_file", path=str(path), detail=error.strerror or str(error)) from error
    return tables.decoded(content, path.name), path.name


def write_plan(plan: MigrationPlan, target: Path) -> None:
    """Write the JSON model; an interrupted run leaves no half file."""
    write_text(plan_text(plan.as_json()), target)


def plan_text(model: Mapping[str, Any]) -> str:
    """The model as a file's text: one value a line, but the records that it is computed from on a line of their own."""
    shown = {key: value for key, value in model.items() if key != "records"}
    text = json.dumps(shown, ensure_ascii=False, indent=1)
    records = json.dumps(model["records"], ensure_ascii=False, separators=(",", ":"))
    return text.removesuffix("\n}") + f',\n "records": {records}\n}}\n'


def write_text(text: str, target: Path) -> None:
    """The text in UTF-8, as :func:`write_bytes`."""
    write_bytes(text.encode(), target)


def write_bytes(content: bytes, target: Path) -> None:
    """Write to a temporary file beside the target, then rename. Raises PlanFileError where that fails."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise _not_written(target, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _not_written(target, error) from error
        raise


def _not_written(target: Path, error: OSError) -> PlanFileError:
    return PlanFileError("not_written", path=str(target), detail=error.strerror or str(error))


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def read_plan(path: Path) -> dict:
    """The JSON model of a plan. Raises PlanFileError for anything else."""
    return read_plan_text(path)[1]


def read_plan_text(path: Path) -> tuple[str, dict]:
    """The text of a plan's file, and the model in it. Raises PlanFileError for anything else."""
    try:
        text = path.read_bytes().decode("utf-8")
        model = json.loads(text)
    except OSError as error:
        raise PlanFileError("no_file", path=str(path), detail=error.strerror or str(error)) from error
    except ValueError as error:
        raise PlanFileError("not_a_plan", path=str(path)) from error
    if not isinstance(model, dict) or (model.get("format"), model.get("format_version")) != (
        FORMAT,
        FORMAT_VERSION,
    ):
        raise PlanFileError("not_a_plan", path=str(path))
    return text, model


def _prices(currency: str) -> str:
    """The embedded list prices in one currency, as CSV text."""
    heading, *rows = csv.reader(io.StringIO(data.text("prices.csv")))
    own = [row for row in rows if row[heading.index("currency")] == currency]
    if not own:
        raise tables.TableError("NO_PRICES", "prices.csv", column="currency", value=currency)
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([heading, *own])
    return stream.getvalue()


def write_templates(folder: Path, language: str, currency: str = "EUR") -> list[Path]:
    """Write the tables to fill in, with comments in the language; none of them may exist.

    But for people and departments, examples of rows are comments too (``#`` without a space): what is no fact is never
    counted.

    The prices are the list prices in one currency. Raises PlanFileError, and TableError where there are none in it.
    """
    targets = [folder / f"{name}.csv" for name in TEMPLATES]
    for target in targets:
        if target.exists():
            raise PlanFileError("exists", path=str(target))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(folder, error) from error
    for name, target in zip(TEMPLATES, targets, strict=True):
        comments = locale.sentence("plan", f"template.{name}", language).splitlines()
        file = f"template_{name}.csv" if name in _EXAMPLES else f"{name}.csv"
        rows = _prices(currency) if name == "prices" else data.text(file)
        if name in _EXAMPLES and name not in _LIVE:
            header, *examples = rows.splitlines()
            rows = "".join(f"{line}\n" for line in (header, *(f"#{row}" for row in examples)))
        write_text("".join(f"# {line}\n" for line in comments) + rows, target)
    return targets
