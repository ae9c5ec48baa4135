import json
from datetime import date
from decimal import Decimal

from migrate.plan_files import plan_text
from migrate.planner.frozen import freeze_inputs, thaw_inputs
from migrate.planner.plan import plan_migration
from migrate.planner.records import plain, restored

from .test_dependence import organisation  # isort: skip


def amounts(plan):
    return {figure.id: (figure.amount, figure.label, figure.since) for figure in plan.figures}


def test_a_plan_is_computed_again_from_its_own_text():
    inputs, items = organisation()
    plan = plan_migration(inputs, items)
    records = json.loads(plan_text(plan.as_json()))["records"]
    again_inputs, again_effort = thaw_inputs(records)
    again = plan_migration(again_inputs, effort=again_effort)
    assert amounts(again) == amounts(plan)
    assert freeze_inputs(again_inputs, again_effort) == records


def test_more_equal_documents_than_examples_are_counted_all(make_plan):
    from .conftest import file

    items = [file(f"finance/{number}.docx", f"{number:064x}", features=[("chart", 2)]) for number in range(9)]
    plan = make_plan(items=items)
    groups = plan.as_json()["records"]["effort"]["contents"]
    assert [(group["contents"], len(group["examples"])) for group in groups] == [(9, 5)]
    inputs, effort = thaw_inputs(plan.as_json()["records"])
    assert amounts(plan_migration(inputs, effort=effort)) == amounts(plan)


def test_no_users_name_is_kept():
    inputs, items = organisation()
    records = plan_migration(inputs, items).as_json()["records"]
    assert all("user" not in group for group in records["inputs"]["users"])


def test_dates_decimals_and_pairs_come_back_as_they_were():
    kind = dict[tuple[str, int], tuple[Decimal, date | None]]
    value = {("a", 1): (Decimal("1.20"), None), ("b", 2): (Decimal(3), date(2026, 1, 31))}
    assert restored(kind, json.loads(json.dumps(plain(value)))) == value
