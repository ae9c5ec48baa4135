"""Freeze, change, compare: the initial column stands, and the parts of every variance add up to the cent."""

import json
from collections import Counter
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrate.planner import data
from migrate.planner.baseline import FIELD_GROUPS, GROUPS, PARTS, FrozenPlan, mixed
from migrate.planner.inputs import Cancellation, Department, Invoice, PlanInputs, User
from migrate.planner.plan import changed_figures, compute, plan_migration, with_baseline

from .conftest import file  # isort: skip
from .test_dependence import organisation  # isort: skip

SCHEMA = json.loads(data.text("plan.schema.json"))


def frozen(plan, name="budget"):
    return FrozenPlan(name, "", "2026-11-21T08:00:00+00:00", "0" * 64, json.loads(json.dumps(plan.as_json())))


def base():
    inputs, items = organisation()
    return replace(inputs, invoices={}, work_days={}, cancellations={}), items


def rows_of(plan):
    return {row["id"]: row for row in plan.baseline["rows"]}


def check_sums(plan, initial):
    """Every row: the initial value is the frozen one, each variance is the difference and the sum of its parts."""
    given = {record["id"]: record["likely"] for record in initial.model["figures"]}
    for row in plan.baseline["rows"]:
        if not row["id"].startswith("to_date."):
            assert row["initial"] == given.get(row["id"], 0)
        for column, variance in row["variances"].items():
            if row[column] is None:
                assert variance is None
            else:
                assert variance["total"] == row[column] - row["initial"]
                assert variance["total"] == sum(variance[part] for part in PARTS)


def changed(inputs, group):
    """The inputs after a change of one group alone."""
    match group:
        case "scope":
            departments = [replace(row, migration=date(2027, 12, 1)) for row in inputs.departments[1:]]
            users = [user for user in inputs.users if user.department != "Finance"]
            return replace(inputs, departments=tuple(departments), users=tuple(users))
        case "volume":
            more = [User(f"new{number}", "Parks", ("SPE_E3",)) for number in range(7)]
            return replace(inputs, users=(*inputs.users, *more))
        case "price":
            row = inputs.prices["STANDARDPACK"]
            return replace(inputs, prices={**inputs.prices, "STANDARDPACK": replace(row, monthly_cents=1200)})
        case "rule":
            rules = {
                code: replace(row, likely=row.likely + 7, high=row.high + 9)
                for code, row in inputs.rules.items()
            }
            return replace(inputs, rules=rules)
    raise ValueError(group)


def after(group, initial_inputs, items, initial):
    plan = plan_migration(changed(initial_inputs, group), items)
    return with_baseline(plan, initial, None)


@pytest.mark.parametrize("group", GROUPS)
def test_a_change_of_one_group_is_a_variance_of_that_group_alone(group):
    inputs, items = base()
    initial = frozen(plan_migration(inputs, items))
    if group == "scope":
        items = [item for item in items if not item.item.path.startswith("finance")]
    plan = after(group, inputs, items, initial)
    check_sums(plan, initial)
    jsonschema.validate(plan.as_json(), SCHEMA)
    moved = Counter()
    for row in plan.baseline["rows"]:
        moved.update({part: abs(row["variances"]["forecast"][part]) for part in PARTS})
    assert moved[group] > 0
    assert {part for part in PARTS if moved[part]} == {group}


def test_the_initial_column_stands_whatever_changes_afterwards():
    inputs, items = base()
    initial = frozen(plan_migration(inputs, items))
    for group in GROUPS:
        inputs = changed(inputs, group)
    inputs = replace(inputs, as_of=date(2027, 9, 1), horizon_months=48)
    plan = with_baseline(plan_migration(inputs, items), initial, None)
    check_sums(plan, initial)
    row = rows_of(plan)["scenarios.difference.horizon"]
    assert row["initial"] != row["forecast"]
    assert all(row["variances"]["forecast"][group] for group in GROUPS)


def test_the_approved_plan_has_a_column_and_a_variance_of_its_own():
    inputs, items = base()
    initial = frozen(plan_migration(inputs, items))
    approved = frozen(plan_migration(changed(inputs, "price"), items), "council")
    plan = with_baseline(plan_migration(changed(inputs, "volume"), items), initial, approved)
    check_sums(plan, initial)
    row = rows_of(plan)["scenarios.migrate.horizon"]
    assert row["variances"]["approved"]["price"] == row["variances"]["approved"]["total"] != 0
    assert row["variances"]["forecast"]["volume"] == row["variances"]["forecast"]["total"] != 0


def test_a_formula_that_changed_since_is_error():
    inputs, items = base()
    plan = plan_migration(inputs, items)
    initial = frozen(plan)
    record = next(row for row in initial.model["figures"] if row["id"] == "totals.costs.training")
    record["likely"] -= 1234
    variance = rows_of(with_baseline(plan, initial, None))["totals.costs.training"]["variances"]["forecast"]
    assert variance == {"total": 1234, "scope": 0, "volume": 0, "price": 0, "rule": 0, "error": 1234}


def test_what_really_happened_stands_beside_what_was_expected_until_then():
    inputs, items = base()
    initial = frozen(plan_migration(inputs, items))
    later = replace(
        inputs,
        as_of=date(2027, 7, 15),
        invoices={"f1": Invoice("F1", date(2027, 5, 2), "Finance", "training", 50_000)},
        cancellations={"c1": Cancellation("C1", date(2027, 5, 1), "Parks", "O365_BUSINESS_PREMIUM", 2)},
    )
    plan = with_baseline(plan_migration(later, items), initial, None)
    check_sums(plan, initial)
    training = rows_of(plan)["to_date.costs.training"]
    expected = sum(
        row["likely"]
        for row in initial.model["figures"]
        if row["id"] in [f"departments.{name}.costs.training" for name in ("finance", "parks", "museum")]
    )
    assert (training["initial"], training["actual"]) == (expected, 50_000)
    saving = rows_of(plan)["to_date.licences.saving"]
    assert saving["labels"]["initial"] == "forecast"
    assert (saving["labels"]["actual"], saving["actual"]) == ("realised", 2 * 2 * 1100)


def test_only_cancelled_licences_are_realised_once_a_table_says_which():
    inputs, items = base()
    id = "totals.licences.saving_to_date.realised"
    assert plan_migration(inputs, items).figures[id].amount.likely > 0
    told = replace(
        inputs, cancellations={"c1": Cancellation("C1", date(2026, 3, 1), "Parks", "OFFICESUBSCRIPTION", 1)}
    )
    plan = plan_migration(told, items)
    assert plan.figures[id].amount.likely == 0
    assert plan.figures["actuals.licences.saving_to_date.realised"].amount.likely == 8 * 1540
    assert plan.figures["actuals.licences.saving_horizon.contracted"].amount.likely == 36 * 1540


def test_a_plan_in_another_currency_is_not_compared():
    inputs, items = base()
    initial = frozen(plan_migration(inputs, items))
    plan = plan_migration(replace(inputs, currency="USD"), items)
    with pytest.raises(ValueError, match="budget"):
        with_baseline(plan, initial, None)


def test_a_plan_that_was_edited_is_noticed():
    inputs, items = organisation()
    model = json.loads(json.dumps(plan_migration(inputs, items).as_json()))
    assert changed_figures(model) == []
    model["figures"][0]["likely"] += 1
    assert changed_figures(model) == [model["figures"][0]["id"]]


def test_every_field_of_the_inputs_has_its_group():
    assert set(FIELD_GROUPS) == {field.name for field in fields(PlanInputs)}


def test_all_groups_together_are_the_other_plan():
    inputs, items = base()
    start = plan_migration(inputs, items).basis
    other = inputs
    for group in GROUPS:
        other = changed(other, group)
    end = plan_migration(other, items).basis
    whole = compute(mixed(start, end, GROUPS))
    again = compute(end)
    assert {figure.id: figure.amount for figure in whole.figures} == {
        figure.id: figure.amount for figure in again.figures
    }


names = st.sampled_from(["Finance", "Parks", "Roads"])
small = st.builds(
    lambda users, prices, rules, renewal, as_of: (users, prices, rules, renewal, as_of),
    st.lists(st.tuples(names, st.sampled_from(["ENTERPRISEPACK", "SPE_E3", "FOO"])), max_size=8),
    st.integers(0, 6000),
    st.integers(0, 50),
    st.none() | st.dates(date(2026, 1, 1), date(2029, 1, 1)),
    st.dates(date(2026, 6, 1), date(2028, 1, 1)),
)


def basis_of(drawn):
    users, cents, minutes, renewal, as_of = drawn
    inputs, _items = base()
    people = tuple(User(f"u{number}", name, (sku,)) for number, (name, sku) in enumerate(users))
    departments = tuple(
        Department(name, (name.lower(),), renewal) for name in sorted({name for name, _sku in users})
    )
    chart = replace(inputs.rules["chart"], likely=Decimal(minutes), high=Decimal(minutes + 5))
    items = [
        file(f"{name.lower()}/{sku}.docx", sku[0].lower(), features=[("chart", 2)]) for name, sku in users
    ]
    return replace(
        inputs,
        users=people,
        departments=departments,
        prices={**inputs.prices, "SPE_E3": replace(inputs.prices["SPE_E3"], monthly_cents=cents)},
        rules={**inputs.rules, "chart": chart},
        as_of=as_of,
    ), items


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small, small)
def test_the_parts_add_up_for_any_two_plans(before, now):
    initial = frozen(plan_migration(*basis_of(before)))
    plan = with_baseline(plan_migration(*basis_of(now)), initial, initial)
    check_sums(plan, initial)
