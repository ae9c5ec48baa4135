"""The exact choice of licences: against trying everything, and rule by rule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate.planner import defaults
from migrate.planner.covers import Offer, covering_sets
from migrate.planner.inputs import Attestation, Contract, Department, Price, User
from migrate.planner.optimiser import cheapest_sets
from migrate.planner.services import joined

from .conftest import AS_OF, users_of  # isort: skip

CATALOGUE = defaults.catalogue()
POOL = (
    "ENTERPRISEPACK",
    "STANDARDPACK",
    "O365_BUSINESS_ESSENTIALS",
    "EXCHANGESTANDARD",
    "OFFICESUBSCRIPTION",
    "SPE_F1",
)


def inputs_of(users, departments=(), contracts=None, caps=None, prices=None, attestations=None):
    inputs = defaults.plan_inputs(
        users, departments, AS_OF, currency="EUR", contracts=contracts, attestations=attestations
    )
    products = {
        sku: replace(inputs.products[sku], seat_cap=(caps or {}).get(sku, inputs.products[sku].seat_cap))
        for sku in inputs.products
        if prices is None or sku in prices
    }
    if prices is None:
        return replace(inputs, products=products)
    rows = {sku: Price(sku, cents, "EUR", AS_OF, "list", "test") for sku, cents in prices.items()}
    return replace(inputs, products=products, prices=rows)


def counted(inputs, sku):
    only = inputs.products[sku].only
    return {part: level for part, level in CATALOGUE.levels(sku).items() if not only or part[0] in only}


def subsets(skus):
    return chain.from_iterable(combinations(skus, size) for size in range(len(skus) + 1))


def legal_sets(inputs, user, needs, floors):
    """Every subset of the pool that this user may hold, what is held today, and seats that a contract wants paid."""
    spare = [sku for sku in user.skus if sku in floors]
    yield tuple(sorted(user.skus))
    for skus in subsets(sorted(inputs.products)):
        gives = joined(counted(inputs, sku) for sku in skus)
        new = [sku for sku in skus if sku not in user.skus]
        if (
            all(gives.get(part, 0) >= level for part, level in needs.items())
            and sum(inputs.products[sku].suite for sku in skus) <= 1
            and not any(
                inputs.products[sku].eligibility == "shared_device" for sku in new if not user.shared_device
            )
        ):
            yield from (tuple(sorted({*skus, *more})) for more in subsets(spare))


def cheapest_by_trying(inputs, kept, floors, caps):
    """The lowest monthly cents over all assignments of all legal sets to all users."""
    held = [sku for user in inputs.users for sku in user.skus]
    options = []
    for user in inputs.users:
        needs = CATALOGUE.needs(joined(counted(inputs, sku) for sku in user.skus), kept)
        options.append(sorted(set(legal_sets(inputs, user, needs, floors))))
    best = None
    for choice in product(*options):
        seats = [sku for skus in choice for sku in skus]
        pairs = list(zip(inputs.users, choice, strict=True))
        arrivals = [sku for user, skus in pairs for sku in skus if sku not in user.skus]
        if any(arrivals.count(sku) > max(0, cap - held.count(sku)) for sku, cap in caps.items()):
            continue
        if any(seats.count(sku) < min(floor, held.count(sku)) for sku, floor in floors.items()):
            continue
        cents = sum(inputs.prices[sku].monthly_cents for sku in seats)
        best = cents if best is None else min(best, cents)
    return best


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_assignment_is_cheaper_when_everything_is_tried(data):
    pool = data.draw(st.lists(st.sampled_from(POOL), min_size=2, max_size=4, unique=True))
    prices = {sku: data.draw(st.integers(1, 40), label=sku) * 100 for sku in pool}
    caps = {sku: data.draw(st.integers(0, 3)) for sku in pool if data.draw(st.booleans())}
    floors = {sku: data.draw(st.integers(0, 3)) for sku in pool if data.draw(st.booleans())}
    holding = st.lists(st.sampled_from(pool), min_size=1, max_size=2, unique=True).map(tuple)
    users = [
        User(f"user{number}", "Finance", data.draw(holding), shared_device=data.draw(st.booleans()))
        for number in range(data.draw(st.integers(1, 3)))
    ]
    kept = data.draw(
        st.sampled_from(
            [
                CATALOGUE.usual(),
                CATALOGUE.as_held(),
                {"mail": "standard", "web_office": "standard"},
                CATALOGUE.usual(("desktop_office", "security", "information_protection", "compliance")),
                {},
            ]
        )
    )
    contract = Contract("EA", renewal=date(2027, 1, 1), floors=floors)
    inputs = inputs_of(
        users,
        [Department("Finance", contract="EA")],
        {"ea": contract},
        {sku: caps.get(sku) for sku in pool},
        prices,
    )
    solution = cheapest_sets(inputs, {"finance": kept})
    assert solution.monthly_cents == cheapest_by_trying(inputs, kept, floors, caps)
    assert solution.bound_cents == solution.monthly_cents
    assert sum(row.seats for row in solution.assignments) == len(users)
    assert sum(row.early_seats for row in solution.assignments) == len(users)


def test_a_required_companion_is_part_of_the_set():
    """Telephony alone needs the telephony add-on, and that add-on needs chat and meetings from somebody."""
    offers = [
        Offer("SUITE", 6000, covers=0b11, requires=0, limited=False, suite=True),
        Offer("PHONE", 1000, covers=0b01, requires=0b10, limited=False, suite=False),
        Offer("CHAT", 400, covers=0b10, requires=0, limited=False, suite=False),
    ]
    assert covering_sets(0b01, offers, ceiling=9000) == [(1400, ("CHAT", "PHONE"))]


def test_two_suites_never_stand_in_one_set():
    offers = [
        Offer("A", 100, covers=0b01, requires=0, limited=False, suite=True),
        Offer("B", 100, covers=0b10, requires=0, limited=False, suite=True),
        Offer("C", 900, covers=0b11, requires=0, limited=False, suite=True),
    ]
    assert covering_sets(0b11, offers, ceiling=1000) == [(900, ("C",))]


def test_a_mailbox_above_50_gb_keeps_the_larger_kind_of_mailbox():
    kept = {"mail": "standard"}
    users = [User("a", "Finance", ("EXCHANGEENTERPRISE",), mailbox_gb=Decimal(size)) for size in (49, 51)]
    users = [replace(user, user=f"user{number}") for number, user in enumerate(users)]
    solution = cheapest_sets(inputs_of(users), {"finance": kept})
    assert {row.skus for row in solution.assignments} == {("EXCHANGESTANDARD",), ("EXCHANGEENTERPRISE",)}


def test_a_department_nobody_asks_about_keeps_everything():
    solution = cheapest_sets(inputs_of(users_of("Finance", ("SPE_E5", "POWER_BI_PRO"))), {})
    assert [row.skus for row in solution.assignments] == [("POWER_BI_PRO", "SPE_E5")]


def test_what_a_dearer_product_already_contains_can_go():
    solution = cheapest_sets(
        inputs_of(users_of("Finance", ("SPE_E5", "POWER_BI_PRO"))), {"finance": CATALOGUE.as_held()}
    )
    assert [row.skus for row in solution.assignments] == [("SPE_E5",)]


@pytest.mark.parametrize("sku", ["MADE_UP", "CRM_AUTO_ROUTING_ADDON"])
def test_a_product_that_nobody_can_judge_stays(sku):
    solution = cheapest_sets(
        inputs_of(users_of("Finance", (sku, "EXCHANGEENTERPRISE"))), {"finance": {"mail": "kiosk"}}
    )
    (row,) = solution.assignments
    assert sku in row.skus


def test_a_priced_product_without_a_known_service_stays_too():
    inputs = inputs_of(users_of("Finance", ("CRM_AUTO_ROUTING_ADDON",)))
    price = Price("CRM_AUTO_ROUTING_ADDON", 3000, "EUR", AS_OF, "contract", "contract 12")
    inputs = replace(inputs, prices={**inputs.prices, price.sku: price})
    (row,) = cheapest_sets(inputs, {"finance": {}}).assignments
    assert row.skus == ("CRM_AUTO_ROUTING_ADDON",)


def test_who_is_attested_as_unused_needs_nothing_and_only_unused_says_so():
    users = users_of("Finance", *[("SPE_E3",)] * 5)
    states = ("unused", "leave", "service_account", "shared_mailbox", "in_use")
    attestations = {
        user.user.lower(): Attestation(user.user, state, "head of Finance", AS_OF)
        for user, state in zip(users, states, strict=True)
    }
    solution = cheapest_sets(inputs_of(users, attestations=attestations), {"finance": CATALOGUE.as_held()})
    assert sorted((row.skus, row.seats) for row in solution.assignments) == [((), 1), (("SPE_E3",), 4)]


def test_seats_that_a_contract_fixes_serve_another_who_needs_less():
    """The floor wants one E3: the user who needs all of it keeps it, and the others go."""
    contract = Contract("EA", renewal=date(2027, 1, 1), floors={"ENTERPRISEPACK": 1})
    users = [*users_of("Finance", *[("ENTERPRISEPACK",)] * 2), *users_of("Parks", ("ENTERPRISEPACK",))]
    departments = [Department("Finance", contract="EA"), Department("Parks", contract="EA")]
    inputs = inputs_of(users, departments, {"ea": contract})
    solution = cheapest_sets(inputs, {"finance": {"mail": "standard"}, "parks": CATALOGUE.as_held()})
    found = {(row.department, row.skus): row.seats for row in solution.assignments}
    assert found == {("finance", ("EXCHANGESTANDARD",)): 2, ("parks", ("ENTERPRISEPACK",)): 1}


def test_the_same_tables_give_the_same_sets():
    users = users_of("Finance", *[("SPE_E3",)] * 400, *[("ENTERPRISEPACK", "POWER_BI_PRO")] * 50)
    kept = {"finance": CATALOGUE.usual(("desktop_office", "security", "windows", "compliance"))}
    first, second = (cheapest_sets(inputs_of(users), kept) for _ in range(2))
    assert [(row.skus, row.seats) for row in first.assignments] == [
        (row.skus, row.seats) for row in second.assignments
    ]
