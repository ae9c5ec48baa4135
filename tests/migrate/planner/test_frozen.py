import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from inventory.records import Coverage, ItemState
from migrate.plan_files import plan_text
from migrate.planner import data, defaults
from migrate.planner.frozen import freeze_basis, thaw_basis, without_names
from migrate.planner.inputs import Department, Measurement
from migrate.planner.organisation import read_organisation
from migrate.planner.plan import changed_figures, compute, plan_migration
from migrate.planner.records import plain, restored

from .conftest import AS_OF, file, users_of  # isort: skip
from .test_dependence import organisation  # isort: skip


def amounts(plan):
    return {
        figure.id: (figure.amount, figure.label, figure.since, figure.percentiles) for figure in plan.figures
    }


def test_a_plan_is_computed_again_from_its_own_text():
    inputs, items = organisation()
    measured = (Measurement("macros.line", 12, Decimal(900), 2),)
    inputs = replace(inputs, measurements=measured)
    texts = {name: (data.text(f"template_{name}.csv"), f"{name}.csv") for name in ("supplies", "capacities")}
    targets = "department,service,replacement,hosting,units\nall,files,nextcloud,own_premises,\nFinance,mail,stay,,\n"
    texts["targets"] = (targets, "targets.csv")
    own = read_organisation(
        texts, [row.id for row in inputs.departments], "FR", True, {("finance", "parks"): 7}
    )
    seen = Coverage(("share",), "2026-11-01", "2026-11-02", len(items), 1000, {}, {})
    plan = plan_migration(inputs, items, seen, organisation=own)
    records = json.loads(plan_text(plan.as_json()))["records"]
    again = thaw_basis(records)
    assert amounts(compute(again)) == amounts(plan)
    assert freeze_basis(again) == records


def test_more_equal_documents_than_examples_are_counted_all(make_plan):
    items = [file(f"finance/{number}.docx", f"{number:064x}", features=[("chart", 2)]) for number in range(9)]
    plan = make_plan(items=items)
    groups = plan.as_json()["records"]["effort"]["contents"]
    assert [(group["contents"], len(group["examples"])) for group in groups] == [(9, 5)]
    assert amounts(compute(thaw_basis(plan.as_json()["records"]))) == amounts(plan)


def test_no_users_name_is_kept():
    inputs, items = organisation()
    records = plan_migration(inputs, items).as_json()["records"]
    assert all("user" not in group for group in records["inputs"]["users"])


def test_dates_decimals_and_pairs_come_back_as_they_were():
    kind = dict[tuple[str, int], tuple[Decimal, date | None]]
    value = {("a", 1): (Decimal("1.20"), None), ("b", 2): (Decimal(3), date(2026, 1, 31))}
    assert restored(kind, json.loads(json.dumps(plain(value)))) == value


def test_what_a_database_keeps_names_no_person_and_no_path_and_computes_the_same():
    users = users_of("Finance", ("SPE_E3",), keep_office_reason="macros", keep_office_owner="Jane Doe")
    items = [file("home/jane.doe/a.docx", state=ItemState.UNREADABLE), file("finance/b.docx")]
    seen = Coverage(("//server/jane.doe",), "2026-11-01", "2026-11-02", 2, 20, {}, {})
    inputs = defaults.plan_inputs(users, [Department("Finance", ("finance",))], AS_OF)
    model = plan_migration(inputs, items, seen).as_json()
    kept = without_names(model)
    assert "jane" in json.dumps(model).lower()
    assert "jane" not in json.dumps(kept).lower()
    assert changed_figures(json.loads(plan_text(kept))) == []
    assert kept["licences"]["residual"][0]["owner"]
    assert list(kept["gaps"]) == list(model["gaps"])
    assert without_names(kept)["records"]["inputs"] == kept["records"]["inputs"]
