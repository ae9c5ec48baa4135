"""The licence rules in figures, list prices in USD per user and year unless said otherwise."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.planner import defaults
from migrate.planner.figures import Figures, Label, Unit
from migrate.planner.inputs import Department, Price, User
from migrate.planner.months import first_day, months_later
from migrate.planner.plan import plan_migration

from .conftest import AS_OF, DECIDED, users_of  # isort: skip


def likely(plan, id):
    return plan.figures[id].amount.likely


def yearly_saving(make_plan, department, target, sku, **user):
    plan = make_plan([User("a", "Finance", (sku,), **user)], [department(target_skus=target)], currency="USD")
    return likely(plan, "departments.finance.licences.saving_full_year.forecast"), plan


@pytest.mark.parametrize(
    ("sku", "target", "dollars"),
    [
        ("ENTERPRISEPACK", ("STANDARDPACK",), 192),
        ("SPE_E3", ("STANDARDPACK", "EMS"), 204),
        ("O365_BUSINESS_PREMIUM", ("O365_BUSINESS_ESSENTIALS",), 84),
        ("SPE_E3", ("EXCHANGESTANDARD",), 420),
        ("SPE_E3", ("Microsoft_365_E3_(no_Teams)",), 102.60),
    ],
)
def test_a_step_saves_the_difference_of_the_prices(make_plan, department, sku, target, dollars):
    saving, _plan = yearly_saving(make_plan, department, target, sku)
    assert saving == round(dollars * 100)


@pytest.mark.parametrize(
    ("sku", "dollars"), [("ENTERPRISEPACK", 192), ("SPE_E3", 204), ("O365_BUSINESS", 38.52)]
)
def test_without_a_wish_the_cheapest_set_is_taken_that_keeps_the_rest(make_plan, department, sku, dollars):
    saving, _plan = yearly_saving(make_plan, department, None, sku)
    assert saving == round(dollars * 100)


def test_euro_prices_are_those_of_the_local_list_and_not_converted(department):
    wish = department(target_skus=("O365_BUSINESS_ESSENTIALS",))
    inputs = defaults.plan_inputs(
        users_of("Finance", ("O365_BUSINESS_PREMIUM",)), [wish], AS_OF, currency="EUR"
    )
    plan = plan_migration(inputs)
    assert likely(plan, "departments.finance.licences.saving_full_year.forecast") == 7272


def test_a_frontline_product_is_for_users_with_a_shared_device_only(make_plan, department):
    saving, plan = yearly_saving(make_plan, department, ("SPE_F1",), "SPE_E3")
    assert saving == 0
    assert plan.licences.rejected == {("finance", "SPE_E3", "not_eligible"): 1}
    saving, _plan = yearly_saving(make_plan, department, ("SPE_F1",), "SPE_E3", shared_device=True)
    assert saving == 34800


@pytest.mark.parametrize(
    ("billing", "cents"), [("annual", 1600), ("annual_monthly", 2730 - 1050), ("monthly", 3120 - 1200)]
)
def test_list_prices_follow_the_billing_terms(make_plan, department, billing, cents):
    plan = make_plan(users_of("Finance", ("ENTERPRISEPACK",)), [department(billing=billing)])
    assert likely(plan, "departments.finance.licences.saving_full_year.forecast") == 12 * cents


def test_a_contract_price_stands_as_it_is_whatever_the_billing(make_plan, department):
    prices = [Price("ENTERPRISEPACK", 2000, "USD", AS_OF, "contract", "contract 12")]
    plan = make_plan(
        users_of("Finance", ("ENTERPRISEPACK",)),
        [department(billing="monthly", target_skus=())],
        own_prices=prices,
    )
    assert likely(plan, "departments.finance.licences.saving_full_year.forecast") == 12 * 2000


def test_a_department_that_is_done_early_saves_from_the_end_of_its_contract(make_plan):
    # the contract ends in 14 months, the department is done in month 6
    done = Department(
        "Finance", renewal=months_later(AS_OF, 14), migration=months_later(AS_OF, 6), gives_up=DECIDED
    )
    plan = make_plan(users_of("Finance", ("ENTERPRISEPACK",)), [done])
    assert plan.figures["departments.finance.licences.saving_horizon.forecast"].since == date(2028, 1, 21)
    assert likely(plan, "departments.finance.licences.saving_first_year.forecast") == 0


def test_a_department_that_is_done_late_waits_for_the_next_renewal(make_plan, department):
    plan = make_plan(users_of("Finance", ("ENTERPRISEPACK",)), [department(migration=date(2027, 1, 2))])
    assert plan.figures["departments.finance.licences.saving_horizon.forecast"].since == date(2028, 1, 1)


def test_users_whom_the_contract_fixes_keep_what_they_hold(make_plan, department):
    plan = make_plan(users_of("Finance", *[("SPE_E3",)] * 100), [department(minimum_seats=60)])
    assert likely(plan, "departments.finance.licences.changes.spe_e3_to_ems_standardpack.seats") == 40
    assert plan.licences.rejected["finance", "SPE_E3", "minimum_seats"] == 60


def test_without_a_renewal_date_nothing_is_saved_and_the_plan_says_so(make_plan, department):
    plan = make_plan(users_of("Finance", ("ENTERPRISEPACK",)), [department(renewal=None)])
    assert likely(plan, "totals.licences.saving_horizon.forecast") == 0
    assert {"code": "no_renewal", "department": "Finance"} in list(plan.gaps())


def test_a_product_nobody_knows_is_listed_with_its_seats(make_plan, department):
    plan = make_plan(users_of("Finance", ("MADE_UP",), ("MADE_UP", "ENTERPRISEPACK")), [department()])
    assert plan.as_json()["unpriced"] == [{"sku": "MADE_UP", "seats": 2}]


def test_who_keeps_office_is_no_saving_and_stands_in_a_list_of_its_own(make_plan, department):
    users = users_of("Finance", ("SPE_E3",), keep_office_reason="macros")
    plan = make_plan(users, [department(gives_up=())])
    assert likely(plan, "totals.licences.saving_horizon.forecast") == 0
    assert plan.as_json()["kept"] == [{"department": "finance", "reason": "macros", "seats": 1}]


def test_an_unused_seat_is_a_candidate_and_in_no_saving(make_plan, department):
    users = users_of("Finance", ("POWER_BI_PRO",), last_active=date(2026, 1, 1))
    plan = make_plan(users, [department()])
    assert likely(plan, "totals.licences.unused.yearly") == 1400 * 12
    assert plan.figures["totals.licences.unused.yearly"].label is Label.CANDIDATE
    assert all(
        figure.amount.likely == 0
        for figure in plan.figures
        if figure.label in (Label.FORECAST, Label.CONTRACTED, Label.REALISED)
        and figure.id.startswith("totals")
    )


def test_a_signed_saving_is_realised_for_the_months_that_are_past_and_contracted_for_the_others(
    make_plan, department
):
    signed = department(renewal=date(2026, 9, 1), contract_reference="2026-114")
    plan = make_plan(users_of("Finance", ("ENTERPRISEPACK",)), [signed])
    assert likely(plan, "totals.licences.saving_to_date.realised") == 2 * 1600
    assert likely(plan, "totals.licences.saving_first_year.contracted") == 12 * 1600
    assert likely(plan, "totals.licences.saving_first_year.forecast") == 0


def test_savings_with_different_labels_are_never_summed():
    figures = Figures()
    parts = [
        figures.add("a.b", Unit.CENTS, 1, Label.FORECAST),
        figures.add("a.c", Unit.CENTS, 1, Label.CONTRACTED),
    ]
    with pytest.raises(ValueError, match="cannot contain"):
        figures.total("a.d", Unit.CENTS, Label.FORECAST, parts)


days = st.dates(date(2025, 1, 1), date(2030, 12, 31))


@given(days, days, st.integers(1, 48), st.booleans(), st.integers(1, 60))
def test_no_saving_is_counted_before_its_contract_date(renewal, migration, term, signed, horizon):
    """Standing test. The saving up to any horizon is at most the whole months between the start and its end."""
    department = Department(
        "Finance",
        gives_up=DECIDED,
        renewal=renewal,
        migration=migration,
        term_months=term,
        contract_reference="signed" if signed else "",
    )
    inputs = defaults.plan_inputs(
        users_of("Finance", ("ENTERPRISEPACK",)), [department], AS_OF, currency="EUR", horizon_months=horizon
    )
    figures = plan_migration(inputs).figures
    label = "contracted" if signed else "forecast"
    saved = figures[f"totals.licences.saving_horizon.{label}"]
    begins = first_day(AS_OF.year * 12 + AS_OF.month - 1)
    earliest = renewal if signed else max(renewal, AS_OF, migration)
    whole_months = sum(1 for number in range(horizon) if months_later(begins, number) >= earliest)
    assert saved.amount.likely <= whole_months * (2627 - 866)
    assert saved.since is None or saved.since >= renewal
    other = "forecast" if signed else "contracted"
    assert figures[f"totals.licences.saving_horizon.{other}"].amount.likely == 0
    if not signed:
        assert figures["totals.licences.saving_to_date.realised"].amount.likely == 0


def test_a_step_to_something_dearer_is_not_taken(make_plan, department):
    saving, plan = yearly_saving(make_plan, department, ("SPE_E5",), "ENTERPRISEPACK")
    assert saving == 0
    assert plan.licences.rejected["finance", "ENTERPRISEPACK", "dearer"] == 1


def test_what_a_user_holds_already_is_not_charged_again(make_plan, department):
    users = [User("a", "Finance", ("ENTERPRISEPACK", "EXCHANGESTANDARD"))]
    plan = make_plan(users, [department(target_skus=("EXCHANGESTANDARD",))])
    assert likely(plan, "departments.finance.licences.saving_full_year.forecast") == 12 * 2600


def test_a_department_that_only_users_name_is_in_the_plan(make_plan, department):
    plan = make_plan(
        [*users_of("Finance", ("STANDARDPACK",)), *users_of("Parks", ("STANDARDPACK",))], [department()]
    )
    assert [row.name for row in plan.departments] == ["Finance", "Parks"]
    assert replace(plan.departments[1], name="Parks").renewal is None
