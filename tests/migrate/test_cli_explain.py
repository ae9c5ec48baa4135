import json
from datetime import date

import pytest
from click.testing import CliRunner

from inventory.database import open_database
from inventory.scan import scan
from inventory.sources.memory import MemorySource
from migrate.cli.explain import command
from migrate.locale import table
from migrate.plan_files import write_plan
from migrate.planner.explanation import kind_of_figure
from migrate.planner.plan import plan_migration
from tests.migrate.planner.test_dependence import organisation

PLAN = plan_migration(*organisation())


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MIGRATE_DB", raising=False)
    write_plan(PLAN, tmp_path / "plan.json")
    return lambda *arguments: CliRunner().invoke(command, [*map(str, arguments)])


def test_a_figure_leads_to_its_price_with_date_and_source(run):
    result = run("departments.finance.licences.current.enterprisepack.monthly", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert (
        "Today's licences of one product per month: seats times price · Finance · Office 365 E3"
        in result.output
    )
    price = next(line for line in result.output.splitlines() if "prices.ENTERPRISEPACK" in line)
    for told in ("Office 365 E3", "€26.27 per seat and month", "list", "1 Jul 2026", "CIPP-API"):
        assert told in price
    assert "users.finance.ENTERPRISEPACK · 3 seats" in result.output


def test_a_saving_leads_to_the_date_of_its_contract(run):
    result = run("totals.licences.saving_horizon.forecast", "--lang", "en")
    assert "departments.finance.renewal · 1 Jul 2027" in result.output
    assert "forecast" in result.output


def test_the_same_in_french_with_a_canadian_region(run):
    result = run("totals.costs.one_off", "--lang", "fr_CA")
    assert result.exit_code == 0
    assert "Coûts uniques\u00a0: formation" in result.output
    assert "Hypothèses" in result.output
    assert "assumptions.training · 22 · 71 · 120 EUR" in result.output


def test_what_was_paid_leads_to_invoices_and_days_with_their_dates(run):
    output = run("actuals.costs.one_off", "--lang", "en").output
    assert "invoices.f1 · F1 · 1 Jun 2026 · Parks · €1,200.00" in output
    assert "work_days.d1 · D1 · 1 Jul 2026 · Parks · 2.5 days" in output


def test_json_tells_everything_behind_the_figure(run):
    told = json.loads(run("scenarios.difference.horizon", "--json").output)
    assert told["figure"]["likely"] == PLAN.figures["scenarios.difference.horizon"].amount.likely
    kinds = {row["table"] for row in told["depends_on"]}
    assert kinds >= {"prices", "assumptions", "rules", "dates", "users", "files", "choices"}
    for row in told["depends_on"]:
        if row["table"] in ("prices", "assumptions", "rules"):
            assert row["source"]
            assert date.fromisoformat(row["as_of"])


def test_every_row_behind_every_figure_is_told_with_a_value(run):
    from migrate.planner.explanation import explain

    model = PLAN.as_json()
    for figure in model["figures"]:
        for row in explain(model, figure["id"]).rows:
            assert row.kind != "other", row.id
            assert row.values or row.kind in ("files", "inventory"), (figure["id"], row.id)


def test_files_are_named_where_the_inventory_knows_them(run, tmp_path):
    engine = open_database(str(tmp_path / "migrate.db"))
    scan([MemorySource("memory", {"finance/a.docx": b"x", "parks/b.docx": b"x"})], engine)
    with engine.connect() as connection:
        sha256 = connection.exec_driver_sql("SELECT hex(sha256) FROM items").scalar()
    engine.dispose()
    plan = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    figure = next(record for record in plan["figures"] if record["id"].endswith("rules.chart.contents"))
    if sha256:
        figure["inputs"] = [f"sha256:{sha256.lower()}"]
        (tmp_path / "plan.json").write_text(json.dumps(plan))
        output = run(figure["id"], "--lang", "en").output
        assert "memory/finance/a.docx" in output
        assert "memory/parks/b.docx" in output


def test_an_unknown_figure_names_the_nearest_and_exits_with_usage(run):
    result = run("totals.cost.one_of", "--lang", "en")
    assert result.exit_code == 3
    assert "totals.costs.one_off" in result.output
    assert "Did you mean" in result.output


@pytest.mark.parametrize(
    "arguments", [("totals.seats", "nowhere.json"), ("totals.seats", "--db", "nowhere.db")]
)
def test_a_file_that_is_not_there_is_an_error(run, arguments):
    assert run(*arguments).exit_code == 3


def test_every_figure_of_the_plan_has_a_name():
    unnamed = {kind_of_figure(figure.id) for figure in PLAN.figures} - {
        code.removeprefix("figure.") for code in table("explain", "en")
    }
    assert unnamed == set()
