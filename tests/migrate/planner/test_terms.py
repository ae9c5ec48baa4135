"""Contracts: prices of their own, dates at which seats can go, notice, and the end of floors."""

from dataclasses import replace
from datetime import date

import pytest

from migrate.planner import defaults
from migrate.planner.contract_tables import read_attestations, read_contracts
from migrate.planner.inputs import Attestation, Contract, Department, Price, User
from migrate.planner.plan import plan_migration
from migrate.planner.tables import TableError, read_prices
from migrate.planner.terms import floors_end, monthly_cents, notice_due, saving_starts

from .conftest import AS_OF, DECIDED, users_of  # isort: skip

EA = Contract("EA", renewal=date(2029, 7, 1), term_months=36, reductions="anniversary", notice_days=60)


def inputs_of(department, contract=EA, prices=(), users=(), **more):
    return defaults.plan_inputs(
        users, [department], AS_OF, prices, currency="EUR", contracts={contract.id: contract}, **more
    )


def likely(plan, id):
    return plan.figures[id].amount.likely


@pytest.mark.parametrize(
    ("reductions", "done", "starts"),
    [
        ("anniversary", date(2027, 1, 31), date(2027, 7, 1)),
        ("anniversary", date(2027, 7, 2), date(2028, 7, 1)),
        ("renewal", date(2027, 1, 31), date(2029, 7, 1)),
        ("renewal", date(2029, 8, 1), date(2032, 7, 1)),
    ],
)
def test_seats_go_at_the_next_date_that_the_contract_allows(reductions, done, starts):
    department = Department("Finance", migration=done, contract="EA")
    inputs = inputs_of(department, replace(EA, reductions=reductions))
    assert saving_starts(inputs, department) == starts


def test_a_date_whose_notice_is_overdue_is_passed_over():
    department = Department("Finance", migration=AS_OF, contract="EA")
    contract = replace(EA, renewal=date(2027, 1, 15), term_months=12)
    inputs = inputs_of(department, contract)  # notice was due on 2026-11-16
    assert saving_starts(inputs, department) == date(2028, 1, 15)
    assert notice_due(inputs, department) == date(2027, 11, 16)
    in_time = inputs_of(department, replace(contract, notice_days=30))
    assert saving_starts(in_time, department) == date(2027, 1, 15)


def test_floors_end_at_the_first_reduction_after_their_date():
    department = Department("Finance", migration=date(2027, 1, 31), contract="EA")
    inputs = inputs_of(department, replace(EA, floor_until=date(2028, 1, 1)))
    assert floors_end(inputs, department) == date(2028, 7, 1)
    assert floors_end(inputs_of(department), department) is None


def test_the_price_of_the_own_contract_goes_before_a_price_for_all_and_both_are_named():
    finance, parks = Department("Finance", contract="EA"), Department("Parks")
    prices = [
        Price("SPE_E3", 3000, "EUR", AS_OF, "contract", "EA, annex 2", "EA"),
        Price("SPE_E3", 3500, "EUR", AS_OF, "contract", "framework"),
    ]
    inputs = replace(inputs_of(finance, prices=prices, users=users_of("Finance", ("SPE_E3",))))
    assert [monthly_cents(inputs, department, "SPE_E3") for department in (finance, parks)] == [3000, 3500]
    plan = plan_migration(inputs)
    assert plan.figures["departments.finance.licences.current.spe_e3.monthly"].inputs[0] == "prices.SPE_E3.ea"
    assert [row["contract"] for row in plan.as_json()["inputs"]["prices"]] == ["EA"]


def test_a_contract_that_stands_in_no_table_is_an_error():
    with pytest.raises(TableError) as caught:
        defaults.plan_inputs([], [Department("Finance", contract="CSP")], AS_OF)
    assert (caught.value.code, caught.value.params) == ("UNKNOWN_CONTRACT", {"value": "CSP"})


def test_clean_up_is_counted_apart_from_the_next_reduction_without_waiting_for_the_migration():
    users = users_of("Finance", ("SPE_E3",), ("SPE_E3",), last_active=date(2026, 1, 1))
    attestations = {
        users[0].user.lower(): Attestation(users[0].user, "unused", "human resources", AS_OF),
        users[1].user.lower(): Attestation(users[1].user, "leave", "human resources", AS_OF),
    }
    department = Department(
        "Finance", renewal=date(2027, 1, 1), migration=date(2028, 6, 1), contract_reference="signed"
    )
    inputs = defaults.plan_inputs(users, [department], AS_OF, currency="EUR", attestations=attestations)
    plan = plan_migration(inputs)
    clean_up = plan.figures["totals.licences.clean_up.saving_first_year.forecast"]
    assert (clean_up.amount.likely, clean_up.since) == (10 * 3778, date(2027, 1, 1))
    assert likely(plan, "totals.licences.clean_up.seats") == 1
    for label in ("forecast", "contracted"):
        assert likely(plan, f"totals.licences.saving_full_year.{label}") == 0
    # nobody is a candidate any more: both have been spoken for
    assert likely(plan, "totals.licences.unused.seats") == 0
    assert plan.as_json()["licences"]["attested"] == {"leave": 1, "unused": 1}


def test_without_an_attestation_an_unused_seat_saves_nothing_whatever_its_department_does():
    users = users_of("Finance", ("POWER_BI_PRO",), last_active=date(2026, 1, 1))
    department = Department("Finance", renewal=date(2027, 1, 1), migration=date(2026, 12, 1))
    plan = plan_migration(defaults.plan_inputs(users, [department], AS_OF, currency="EUR"))
    assert likely(plan, "totals.licences.clean_up.saving_horizon.forecast") == 0
    assert likely(plan, "totals.licences.unused.seats") == 1


def test_residual_seats_carry_reason_cheapest_licence_expiry_and_owner_and_show_what_is_missing():
    users = [
        User("a", "Finance", ("SPE_E5",), keep_office_reason="macros", keep_office_until=date(2027, 12, 31),
             keep_office_owner="accounting"),
        User("b", "Finance", ("SPE_E5",), keep_office_reason="macros", keep_office_until=date(2026, 1, 1)),
        User("c", "Finance", ("SPE_E5",), keep_office_reason="add-in"),
    ]  # fmt: skip
    department = Department(
        "Finance", renewal=date(2027, 1, 1), gives_up=(*DECIDED, "telephony", "bi", "identity")
    )
    model = plan_migration(defaults.plan_inputs(users, [department], AS_OF, currency="EUR")).as_json()
    rows = model["licences"]["residual"]
    assert [(row["reason"], row["owner"], row["until"], row["expired"]) for row in rows] == [
        ("add-in", "", None, False),
        ("macros", "", "2026-01-01", True),
        ("macros", "accounting", "2027-12-31", False),
    ]
    cheapest = ["Enterprise Mobility + Security E3", "Microsoft 365 Apps for enterprise", "Office 365 E1"]
    assert all((row["names"], row["held_cents"], row["cents"]) == (cheapest, 5813, 3446) for row in rows)
    assert {"code": "residual_open", "seats": 2} in model["gaps"]


def test_what_a_decision_is_worth_is_a_candidate_and_in_no_saving():
    department = Department("Finance", renewal=date(2027, 1, 1), migration=date(2026, 12, 1))
    plan = plan_migration(
        defaults.plan_inputs(users_of("Finance", ("SPE_E3",)), [department], AS_OF, currency="EUR")
    )
    assert likely(plan, "totals.licences.saving_full_year.forecast") == 0
    (decision,) = plan.as_json()["licences"]["decisions"]
    assert decision["yearly_cents"] == likely(plan, "totals.licences.decisions.yearly") > 0
    assert {"security", "windows"} <= set(decision["services"])


def test_seats_that_an_audit_would_question_are_named():
    users = [*users_of("Finance", *[("SPB",)] * 301), *users_of("Parks", ("SPE_F1",))]
    gaps = plan_migration(defaults.plan_inputs(users, [], AS_OF, currency="EUR")).as_json()["gaps"]
    assert {"code": "held_not_eligible", "seats": 1} in gaps
    over = {"code": "held_over_cap", "product": "Microsoft 365 Business Premium", "seats": 301, "cap": 300}
    assert over in gaps


def test_tables_of_contracts_and_attestations_are_read_with_their_places():
    products = defaults.products()
    contracts = read_contracts(
        "contract;renewal;floors;reductions;notice_days\nEA;2028-07-01;Office 365 E3=60|SPE_E3=40;anniversary;60\n",
        "contracts.csv",
        products,
    )
    assert contracts["ea"].floors == {"ENTERPRISEPACK": 60, "SPE_E3": 40}
    for text, place in (
        ("contract,renewal,floors\nEA,2028-07-01,SPE_E3\n", ("BAD_NUMBER", 2, "floors")),
        ("contract,renewal\nEA,2028-07-01\nea,2028-07-01\n", ("DUPLICATE_ROW", 3, "contract")),
    ):
        with pytest.raises(TableError) as caught:
            read_contracts(text, "contracts.csv", products)
        assert (caught.value.code, caught.value.line, caught.value.column) == place
    users = users_of("Finance", ("SPE_E3",))
    heading = "user,state,attested_by,attested_on\n"
    for line, place in (
        ("nobody,unused,me,2026-01-01\n", ("UNKNOWN_USER", 2, "user")),
        ("finance-0,gone,me,2026-01-01\n", ("BAD_CHOICE", 2, "state")),
        ("finance-0,unused,,2026-01-01\n", ("MISSING_VALUE", 2, "attested_by")),
    ):
        with pytest.raises(TableError) as caught:
            read_attestations(heading + line, "attestations.csv", users)
        assert (caught.value.code, caught.value.line, caught.value.column) == place


def test_a_price_of_a_contract_is_a_contract_price_without_saying_so():
    (price,) = read_prices(
        "sku,monthly,currency,as_of,source,contract\nSPE_E3,30,EUR,2026-01-01,annex 2,EA\n", "prices.csv"
    )
    assert (price.kind, price.contract, price.id) == ("contract", "EA", "prices.SPE_E3.ea")
