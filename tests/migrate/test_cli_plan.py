import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from inventory.database import open_database
from inventory.scan import scan
from inventory.sources.memory import MemorySource
from migrate.cli.plan import command as plan_command
from migrate.cli.report import command as report_command
from migrate.planner import data
from tests.migrate.plan_tables import take_examples


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MIGRATE_DB", raising=False)
    return lambda command, *arguments: CliRunner().invoke(command, [*map(str, arguments), "--lang", "en"])


def make_plan(run, *more):
    run(plan_command, "--init", "tables")
    take_examples(Path("tables"))
    return run(
        plan_command, "--users", "tables/users.csv", "--departments", "tables/departments.csv",
        "--as-of", "2026-11-21", *more,
    )  # fmt: skip


def test_the_templates_make_a_plan_as_they_are_and_the_plan_makes_every_report(run, tmp_path):
    result = make_plan(
        run, "--prices", "tables/prices.csv", "--assumptions", "tables/assumptions.csv",
        "--effort", "tables/effort.csv", "--contracts", "tables/contracts.csv",
        "--attestations", "tables/attestations.csv",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    plan = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert [row["name"] for row in plan["departments"]] == ["Finance", "Communications", "Technical services"]
    for form, name in (("html", "plan.html"), ("csv", "plan.csv"), ("json", "plan.report.json")):
        assert run(report_command, "plan.json", "--format", form).exit_code == 0
        assert (tmp_path / name).stat().st_size > 1000


def test_examples_of_rows_are_no_facts(run, tmp_path):
    run(plan_command, "--init", "tables")
    plans = []
    for more in ((), ("--tables", "tables", "--cancellations", "tables/cancellations.csv", "--invoices",
                      "tables/invoices.csv", "--work-days", "tables/work_days.csv", "--actuals", "tables/actuals.csv",
                      "--contracts", "tables/contracts.csv", "--attestations", "tables/attestations.csv")):  # fmt: skip
        result = run(
            plan_command, "--users", "tables/users.csv", "--departments", "tables/departments.csv",
            "--as-of", "2026-11-21", *more,
        )  # fmt: skip
        assert result.exit_code == 0, result.output
        figures = json.loads((tmp_path / "plan.json").read_text("utf-8"))["figures"]
        plans.append({figure["id"]: figure for figure in figures})
    without, with_tables = plans
    assert {id: with_tables[id] for id in without} == without
    assert all(with_tables[id]["likely"] == 0 for id in with_tables.keys() - without)


def test_applications_scores_measurements_jurisdiction_and_seed_reach_the_plan(run, tmp_path):
    result = make_plan(
        run, "--applications", "tables/applications.csv", "--actuals", "tables/actuals.csv",
        "--scores", "tables/scores.csv", "--jurisdiction", "fr", "--seed", "7",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    plan = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert [row["coupling"] for row in plan["inputs"]["applications"]] == ["automates", "exports", "opens"]
    assert [row["rule"] for row in plan["calibration"]] == ["rules.macros.procedure", "rules.loss.layout"]
    assert plan["wibe"]["d"]["missing"] == ["data protection and security"]
    assert (plan["finance"]["jurisdiction"]["code"], plan["uncertainty"]["seed"]) == ("FR", 7)


def test_a_department_that_no_table_knows_is_named(run, tmp_path):
    run(plan_command, "--init", "tables")
    (tmp_path / "mine.csv").write_text("application,departments,coupling\nX,Nowhere,opens\n")
    result = make_plan(run, "--applications", "mine.csv")
    assert result.exit_code == 3
    assert "“Nowhere” is not known" in result.output


def test_a_newer_table_of_microsofts_products_replaces_the_embedded_one(run, tmp_path):
    (tmp_path / "newer.csv").write_text(
        "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names\n"
        "Office 365 E3,ENTERPRISEPACK,6fd2c87f-b296-42f0-b197-1e91e994b900,OFFICESUBSCRIPTION,1,Apps\n"
        "Office 365 E3,ENTERPRISEPACK,6fd2c87f-b296-42f0-b197-1e91e994b900,BRAND_NEW_PLAN,2,New\n"
    )
    assert make_plan(run, "--skus", "newer.csv").exit_code == 0
    unknown = json.loads((tmp_path / "plan.json").read_text("utf-8"))["licences"]["unknown"]
    assert {"sku": "ENTERPRISEPACK", "in_table": True, "plans": ["BRAND_NEW_PLAN"]} in unknown
    assert {"sku": "POWER_BI_PRO", "in_table": False, "plans": []} in unknown


def test_templates_are_never_overwritten(run, tmp_path):
    run(plan_command, "--init", "tables")
    (tmp_path / "tables/users.csv").write_text("mine")
    result = run(plan_command, "--init", "tables")
    assert (result.exit_code, (tmp_path / "tables/users.csv").read_text()) == (3, "mine")


def test_a_mistake_in_a_table_is_named_with_file_line_column_and_remedy(run, tmp_path):
    run(plan_command, "--init", "tables")
    users = tmp_path / "tables/users.csv"
    users.write_text(users.read_text("utf-8").replace("2026-11-12", "12/11/2026"), "utf-8")
    result = make_plan(run)
    assert result.exit_code == 3
    lines = users.read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines) if text.startswith("b.roy@example.org"))
    assert f"users.csv, line {line + 1}, column last_active: “12/11/2026” is no date." in result.output


def test_a_mistake_is_told_in_french_too(run, tmp_path):
    run(plan_command, "--init", "tables")
    (tmp_path / "tables/departments.csv").write_text("department,paths\n")
    arguments = ["--users", "tables/users.csv", "--departments", "tables/departments.csv", "--lang", "fr"]
    result = CliRunner().invoke(plan_command, arguments)
    assert "departments.csv, ligne 1, colonne renewal\u00a0: cette colonne manque." in result.output


def test_without_tables_the_command_says_what_it_needs(run):
    result = run(plan_command)
    assert result.exit_code == 3
    assert "--init" in result.output


def test_a_database_that_was_named_and_is_not_there_is_an_error(run):
    assert make_plan(run, "--db", "nowhere.db").exit_code == 3


def test_the_inventory_of_a_database_is_in_the_plan(run, tmp_path):
    engine = open_database(str(tmp_path / "migrate.db"))
    scan([MemorySource("memory", {"finance/a.docx": b"x", "elsewhere/b.xlsx": b"y"})], engine)
    engine.dispose()
    assert make_plan(run).exit_code == 0
    plan = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert plan["coverage"]["items"] == 2
    assert plan["inventory"]["closed"] == {"closed.not_inspected": 2}
    assert plan["departments"][-1]["id"] == "unassigned"


@pytest.mark.parametrize("content", ["{}", "no json", "[]"])
def test_what_is_no_plan_is_refused(run, tmp_path, content):
    (tmp_path / "plan.json").write_text(content)
    result = run(report_command, "plan.json")
    assert (result.exit_code, "is no plan" in result.output) == (3, True)


def test_an_unknown_language_is_refused(run, tmp_path):
    result = CliRunner().invoke(report_command, ["plan.json", "--lang", "de"])
    assert result.exit_code != 0


def test_templates_come_in_the_wished_currency(run, tmp_path):
    assert run(plan_command, "--init", "tables", "--currency", "cad").exit_code == 0
    prices = (tmp_path / "tables/prices.csv").read_text("utf-8")
    assert ",CAD," in prices
    assert ",EUR," not in prices


def test_a_currency_without_list_prices_has_no_template(run):
    result = run(plan_command, "--init", "tables", "--currency", "CHF")
    assert (result.exit_code, "there is no price in CHF" in result.output) == (3, True)


def test_the_further_tables_make_waves_alternatives_and_places_in_plan_and_report(run, tmp_path):
    result = make_plan(
        run, "--contracts", "tables/contracts.csv", "--tables", "tables", "--home", "fr",
        "--propose-waves", "waves.csv",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    plan = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    jsonschema.validate(plan, json.loads(data.text("plan.schema.json")))
    proposed = (tmp_path / "waves.csv").read_text("utf-8").splitlines()
    assert proposed[0] == "department,start,end,wave"
    assert {line.split(",")[0] for line in proposed[1:]} >= {
        "Finance",
        "Communications",
        "Technical services",
    }
    assert plan["waves"]["list"]["findings"] and plan["waves"]["proposal"]["rows"]
    assert plan["sovereignty"]["home"] == "FR"
    assert "own" in {row["code"] for row in plan["alternatives"]}
    assert run(report_command, "plan.json").exit_code == 0
    page = (tmp_path / "plan.html").read_text("utf-8")
    for words in (
        "What the list breaks",
        "What keeps it from a better date",
        "Where the money goes",
        "CLOUD Act",
    ):
        assert words in page
    assert "illegal" not in page.lower()


def test_the_proposal_is_a_table_that_a_plan_reads(run, tmp_path):
    assert make_plan(run, "--propose-waves", "tables/waves.csv").exit_code == 0
    again = run(
        plan_command, "--users", "tables/users.csv", "--departments", "tables/departments.csv",
        "--as-of", "2026-11-21", "--tables", "tables", "--contracts", "tables/contracts.csv",
    )  # fmt: skip
    assert again.exit_code == 0, again.output
    found = json.loads((tmp_path / "plan.json").read_text("utf-8"))["waves"]["list"]["findings"]
    assert not [row for row in found if row["code"] in ("precedence_broken", "unknown_department")]


def test_a_folder_without_tables_is_a_mistake_that_names_what_could_stand_there(run, tmp_path):
    (tmp_path / "empty").mkdir()
    result = make_plan(run, "--tables", "empty")
    assert result.exit_code == 3
    assert "waves" in result.output and "supplies" in result.output
