"""The licence arithmetic, case by case: list prices in USD per user and year unless said otherwise."""

from dataclasses import replace
from datetime import date

import pytest

from migrate.planner import defaults
from migrate.planner.inputs import Contract, Department, User
from migrate.planner.months import months_later
from migrate.planner.optimiser import cheapest_sets
from migrate.planner.plan import plan_migration

from .conftest import AS_OF, users_of  # isort: skip

CATALOGUE = defaults.catalogue()
PROTECTION = ("security", "information_protection", "compliance", "windows")
MINOR = ("bookings", "notes", "video", "project", "devices")


def plan_inputs(users, departments, currency="USD", **more):
    money = {
        code: replace(row, currency=currency)
        for code, row in defaults.assumptions().items()
        if row.unit == "money"
    }
    return defaults.plan_inputs(users, departments, AS_OF, currency=currency, own_assumptions=money, **more)


def solved(sku, kept, seats=1, currency="USD", **user):
    users = [User(f"user{number}", "Finance", (sku,), **user) for number in range(seats)]
    inputs = plan_inputs(users, [Department("Finance", renewal=date(2027, 1, 1))], currency)
    return cheapest_sets(inputs, {"finance": kept})


def yearly_cents(solution):
    return 12 * (solution.held_cents - solution.monthly_cents)


def sets(solution):
    return {row.skus: row.seats for row in solution.assignments}


def lost(solution):
    return {service for row in solution.assignments for service, _part in row.gives_up}


def likely(plan, id):
    return plan.figures[id].amount.likely


def test_L1_office_disabled_inside_e3_saves_nothing():
    """Everything but Office is kept as it is held: only E3 itself has all of it."""
    solution = solved("SPE_E3", CATALOGUE.as_held(moved=["desktop_office"]))
    assert (yearly_cents(solution), sets(solution)) == (0, {("SPE_E3",): 1})
    wish = Department(
        "Finance", renewal=date(2027, 1, 1), migration=date(2026, 12, 1), target_skus=("SPE_E3",)
    )
    plan = plan_migration(plan_inputs(users_of("Finance", ("SPE_E3",)), [wish]))
    assert likely(plan, "totals.licences.saving_full_year.forecast") == 0
    assert plan.licences.rejected["finance", "SPE_E3", "nothing_cheaper"] == 1


def test_L2_office_365_e3_to_e1_saves_192():
    solution = solved("ENTERPRISEPACK", CATALOGUE.usual(("desktop_office", *PROTECTION)))
    assert (yearly_cents(solution), sets(solution)) == (19200, {("STANDARDPACK",): 1})
    assert {"desktop_office", "mail"} <= lost(solution)


def test_L3_microsoft_365_e3_to_e1_with_ems_e3_saves_204_and_loses_the_windows_rights():
    solution = solved("SPE_E3", CATALOGUE.usual(("desktop_office", *PROTECTION)), seats=301)
    assert yearly_cents(solution) == 301 * 20400
    assert sets(solution) == {("EMS", "STANDARDPACK"): 301}
    assert "windows" in lost(solution)
    assert not {"identity", "devices"} & lost(solution)


@pytest.mark.parametrize(("currency", "cents"), [("USD", 10260), ("EUR", 8904)])
def test_L4_e3_to_its_variant_without_teams_saves_the_difference_of_the_local_list(currency, cents):
    kept = CATALOGUE.as_held(moved=["chat_meetings", "security", "notes"])
    solution = solved("SPE_E3", kept, currency=currency)
    assert yearly_cents(solution) == cents
    variant = "O365_w/o Teams Bundle_M3" if currency == "EUR" else "Microsoft_365_E3_(no_Teams)"
    assert sets(solution) == {(variant,): 1}


def test_L5_e3_to_f3_saves_348_for_eligible_users_alone():
    kept = {"mail": "kiosk", "web_office": "standard", "chat_meetings": "standard", "devices": "managed"}
    kept |= {"identity": "p1", "windows": "business"}
    eligible = solved("SPE_E3", kept, shared_device=True)
    assert (yearly_cents(eligible), sets(eligible)) == (34800, {("SPE_F1",): 1})
    others = solved("SPE_E3", kept)
    assert not any(sku in ("SPE_F1", "M365_F1", "M365_F1_COMM") for skus in sets(others) for sku in skus)
    wish = Department(
        "Finance", renewal=date(2027, 1, 1), migration=date(2026, 12, 1), target_skus=("SPE_F1",)
    )
    plan = plan_migration(plan_inputs(users_of("Finance", ("SPE_E3",)), [wish]))
    assert plan.licences.rejected == {("finance", "SPE_E3", "not_eligible"): 1}
    assert likely(plan, "totals.licences.saving_full_year.forecast") == 0


@pytest.mark.parametrize(("currency", "cents"), [("USD", 8400), ("EUR", 7272)])
def test_L6_business_standard_to_basic_saves_84(currency, cents):
    kept = CATALOGUE.usual(("desktop_office", "information_protection", *MINOR))
    solution = solved("O365_BUSINESS_PREMIUM", kept, currency=currency)
    assert yearly_cents(solution) == cents
    assert sets(solution) == {("O365_BUSINESS_ESSENTIALS",): 1}


def test_L7_e3_to_exchange_online_plan_1_saves_420():
    solution = solved("SPE_E3", {"mail": "standard"})
    assert (yearly_cents(solution), sets(solution)) == (42000, {("EXCHANGESTANDARD",): 1})


@pytest.mark.parametrize(("billing", "percent"), [("annual", 100), ("annual_monthly", 105), ("monthly", 120)])
def test_L8_the_same_seats_cost_5_percent_more_billed_by_month_and_20_without_a_year(billing, percent):
    department = Department("Finance", renewal=date(2027, 1, 1), billing=billing)
    plan = plan_migration(plan_inputs(users_of("Finance", *[("ENTERPRISEPACK",)] * 10), [department]))
    assert likely(plan, "totals.licences.current_monthly") == 10 * 26 * percent


def test_L9_done_in_month_6_of_a_contract_of_14_months_saves_from_month_14():
    department = Department(
        "Finance",
        renewal=months_later(date(2026, 11, 1), 14),
        migration=months_later(date(2026, 11, 1), 6),
        gives_up=PROTECTION,
    )
    plan = plan_migration(plan_inputs(users_of("Finance", ("ENTERPRISEPACK",)), [department]))
    (licences,) = plan.licences.departments
    begins = AS_OF.year * 12 + AS_OF.month - 1
    assert [licences.saving_in(begins + month) for month in (6, 13, 14)] == [0, 0, 1600]
    saved = plan.figures["totals.licences.saving_horizon.forecast"]
    assert (saved.since, saved.amount.likely) == (date(2028, 1, 1), 1600 * (36 - 14))


def test_L10_of_100_e3_with_a_floor_of_60_at_most_40_go_before_the_renewal():
    contract = Contract(
        "EA",
        renewal=date(2028, 7, 1),
        term_months=36,
        reductions="anniversary",
        floors={"SPE_E3": 60},
        floor_until=date(2028, 7, 1),
    )
    department = Department("Finance", migration=date(2027, 1, 31), contract="EA", gives_up=PROTECTION)
    plan = plan_migration(
        plan_inputs(users_of("Finance", *[("SPE_E3",)] * 100), [department], contracts={"ea": contract})
    )
    changed = [row for row in plan.licences.solution.assignments if row.changes]
    assert sum(row.early_seats for row in changed) == 40
    assert sum(row.seats for row in changed) == 100
    (licences,) = plan.licences.departments
    assert licences.saving_in(2027 * 12 + 5) == 0  # June 2027, before the anniversary
    assert licences.saving_in(2027 * 12 + 6) == 40 * 1700
    assert licences.saving_in(2028 * 12 + 5) == 40 * 1700
    assert licences.saving_in(2028 * 12 + 6) == 100 * 1700
    horizon = likely(plan, "totals.licences.saving_horizon.forecast")
    assert horizon == 12 * 40 * 1700 + 16 * 100 * 1700


@pytest.mark.parametrize(("seats", "moved"), [(300, 300), (301, 300)])
def test_L11_301_business_basic_are_rejected_one_keeps_what_it_holds(seats, moved):
    wish = Department(
        "Finance",
        renewal=date(2027, 1, 1),
        migration=date(2026, 12, 1),
        target_skus=("O365_BUSINESS_ESSENTIALS",),
    )
    plan = plan_migration(plan_inputs(users_of("Finance", *[("ENTERPRISEPACK",)] * seats), [wish]))
    found = {row.skus: row.seats for row in plan.licences.solution.assignments}
    assert found["O365_BUSINESS_ESSENTIALS",] == moved
    assert plan.licences.rejected.get(("finance", "ENTERPRISEPACK", "seat_cap"), 0) == seats - moved


def test_L11_nobody_comes_to_a_product_for_300_that_300_hold_already():
    users = [
        *users_of("Finance", *[("O365_BUSINESS_ESSENTIALS",)] * 300),
        *users_of("Parks", ("ENTERPRISEPACK",)),
    ]
    inputs = plan_inputs(users, [Department("Parks", target_skus=("O365_BUSINESS_ESSENTIALS",))])
    solution = cheapest_sets(inputs, {"parks": CATALOGUE.usual()})
    assert sets(solution) == {("O365_BUSINESS_ESSENTIALS",): 300, ("ENTERPRISEPACK",): 1}
