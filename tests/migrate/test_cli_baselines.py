"""Freezing by the command line: what was frozen stands, in the database and in every later plan and report."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.exc import DatabaseError

from inventory.database import open_database, transaction
from migrate.baselines import BaselineError, freeze, read_baselines
from migrate.cli.plan import command as plan_command
from migrate.cli.report import command as report_command
from tests.inventory.postgresql import postgresql_url
from tests.migrate.plan_tables import take_examples


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MIGRATE_DB", raising=False)
    monkeypatch.setenv("MIGRATE_LANG", "en")
    CliRunner().invoke(plan_command, ["--init", "tables"])
    take_examples(Path("tables"))
    return lambda command, *arguments: CliRunner().invoke(command, [*map(str, arguments)])


def plan(run, *more, day="2026-11-21"):
    result = run(
        plan_command,
        "--users",
        "tables/users.csv",
        "--departments",
        "tables/departments.csv",
        "--as-of",
        day,
        *more,
    )
    assert result.exit_code == 0, result.output


def frozen(run, name="budget", *more):
    return run(plan_command, "freeze", name, *more)


def test_freeze_change_report_and_the_initial_column_stands(run, tmp_path):
    plan(run)
    before = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert before["baseline"] is None
    result = frozen(run)
    assert (result.exit_code, "Frozen as the initial plan: budget" in result.output) == (0, True)
    users = tmp_path / "tables/users.csv"
    users.write_text(users.read_text("utf-8") + "e.new@example.org,Finance,SPE_E3,2026-11-10,no,\n", "utf-8")
    plan(run, "--invoices", "tables/invoices.csv", day="2027-07-15")
    model = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    given = {record["id"]: record["likely"] for record in before["figures"]}
    rows = model["baseline"]["rows"]
    assert any(row["forecast"] != row["initial"] for row in rows)
    for row in rows:
        if not row["id"].startswith("to_date."):
            assert row["initial"] == given.get(row["id"], 0)
        for variance in filter(None, row["variances"].values()):
            assert variance["total"] == sum(variance[part] for part in model["baseline"]["parts"])
    assert model["baseline"]["columns"]["initial"]["name"] == "budget"
    for language, told in (("en", "initial plan"), ("fr", "plan initial")):
        assert run(report_command, "plan.json", "--lang", language).exit_code == 0
        assert told in (tmp_path / "plan.html").read_text("utf-8").lower()


def test_a_database_that_only_keeps_frozen_plans_is_no_inventory(run, tmp_path):
    plan(run)
    frozen(run)
    plan(run)
    model = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert (model["coverage"], {"code": "no_inventory"} in model["gaps"]) == (None, True)


def test_nothing_switches_the_initial_column_off():
    options = {name for option in plan_command.params + report_command.params for name in option.opts}
    assert not [name for name in options if "baseline" in name or "initial" in name]


def test_a_name_is_taken_once_and_for_all(run):
    plan(run)
    assert frozen(run).exit_code == 0
    again = frozen(run)
    assert (again.exit_code, "already" in again.output) == (3, True)


def test_an_approval_has_its_reference_and_the_list_says_who_is_who(run):
    plan(run)
    frozen(run)
    assert frozen(run, "council", "--approved", "Decision 2027-14").exit_code == 0
    told = json.loads(run(plan_command, "baselines", "--json").output)
    assert [(row["name"], row["role"], row["reference"]) for row in told] == [
        ("budget", "initial", ""),
        ("council", "approved", "Decision 2027-14"),
    ]
    text = run(plan_command, "baselines", "--lang", "fr").output
    assert "council  approuvé  figé le" in text


def test_a_plan_that_was_edited_is_not_frozen(run, tmp_path):
    plan(run)
    path = tmp_path / "plan.json"
    model = json.loads(path.read_text("utf-8"))
    model["figures"][0]["likely"] += 100
    path.write_text(json.dumps(model), "utf-8")
    result = frozen(run)
    assert (result.exit_code, "not what its own inputs compute" in result.output) == (3, True)


@pytest.mark.parametrize(
    "arguments", [("freeze", " "), ("freeze", "x", "nowhere.json"), ("baselines", "--db", "no.db")]
)
def test_what_cannot_be_is_an_error_of_usage(run, arguments):
    plan(run)
    assert run(plan_command, *arguments).exit_code == 3


def check_store(address):
    engine = open_database(address)
    try:
        freeze(engine, "one", '{"as_of": "2026-11-21"}')
        freeze(engine, "two", '{"as_of": "2026-12-21"}', approved=True, reference="no. 3")
        with pytest.raises(BaselineError, match="taken"):
            freeze(engine, "one", "{}")
        for statement in ("UPDATE baselines SET plan = 'x'", "DELETE FROM baselines"):
            with (
                pytest.raises(DatabaseError, match="never changed or deleted"),
                transaction(engine) as connection,
            ):
                connection.exec_driver_sql(statement)
        with engine.connect() as connection:
            rows = read_baselines(connection)
        assert [(row.name, row.initial, row.approved, row.reference) for row in rows] == [
            ("one", True, False, ""),
            ("two", False, True, "no. 3"),
        ]
    finally:
        engine.dispose()


def test_the_database_itself_refuses_to_change_a_frozen_plan(tmp_path):
    check_store(str(tmp_path / "migrate.db"))


def test_postgresql_refuses_it_too():
    with postgresql_url() as url:
        check_store(url)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE baselines SET plan = '{}' WHERE name = 'one'", "DELETE FROM baselines WHERE name = 'one'"],
)
def test_a_row_that_was_changed_in_spite_of_the_database_is_noticed(tmp_path, statement):
    engine = open_database(str(tmp_path / "migrate.db"))
    freeze(engine, "one", '{"as_of": "2026-11-21"}')
    freeze(engine, "two", '{"as_of": "2026-12-21"}')
    with transaction(engine) as connection:
        for trigger in ("baselines_no_update", "baselines_no_delete"):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.exec_driver_sql(statement)
    with engine.connect() as connection, pytest.raises(BaselineError, match="changed"):
        read_baselines(connection)
    engine.dispose()


_SCRIPT = """
import sys
from pathlib import Path
from tests.migrate.planner.test_dependence import organisation
from migrate.plan_files import write_plan
from migrate.planner.plan import plan_migration
write_plan(plan_migration(*organisation()), Path(sys.argv[1]))
"""


def test_two_runs_write_the_same_bytes_whatever_the_order_of_sets(tmp_path):
    written = []
    for seed in ("1", "2"):
        target = tmp_path / f"{seed}.json"
        subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(target)],
            check=True,
            env={
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": ".",
                "PATH": "",
                "TZ": "Asia/Tokyo" if seed == "2" else "UTC",
            },
        )
        written.append(target.read_bytes())
    assert written[0] == written[1]


def test_two_runs_of_the_command_write_the_same_bytes(run, tmp_path):
    plan(run)
    first = (tmp_path / "plan.json").read_bytes()
    plan(run)
    assert (tmp_path / "plan.json").read_bytes() == first
