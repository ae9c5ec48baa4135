"""The planner on an organisation of 30,000 users, 40 departments and 8 contracts, against a greedy baseline.

    python benchmarks/planner.py [--users N] [--seed N]

Printed are the cheapest legal licences with the proved bound, what two greedy choices cost in the same run, the whole
plan's time, and the peak memory of the process. Both baselines go through the tables group by group, keep what is held
where a change is no cheaper, stop at a cap, and let nobody go whom a floor of the contract holds. The first builds a
set SKU by SKU, by the lowest price per need that is still uncovered, as a person with a price list would. The second
is told by the optimiser which sets cover what a group needs and differs in caps and floors alone.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # this folder would hide the package ``inventory``

from migrate.planner import defaults  # noqa: E402
from migrate.planner.covers import Offer  # noqa: E402
from migrate.planner.inputs import Attestation, Contract, Department, PlanInputs, Price, User  # noqa: E402
from migrate.planner.licences import kept_services  # noqa: E402
from migrate.planner.offers import Group, Role, candidates_of, offers_of, skus_held, user_groups  # noqa: E402
from migrate.planner.optimiser import cheapest_sets  # noqa: E402
from migrate.planner.plan import plan_migration  # noqa: E402
from migrate.planner.terms import contract_of, monthly_cents  # noqa: E402

AS_OF = date(2026, 11, 22)
DEPARTMENTS, CONTRACTS = 40, 8
# what users hold, with weights; the add-ons come on top
SUITES = {
    "SPE_E3": 45,
    "ENTERPRISEPACK": 18,
    "STANDARDPACK": 13,
    "SPE_F1": 10,
    "SPE_E5": 8,
    "O365_BUSINESS_PREMIUM": 1,
    "EXCHANGESTANDARD": 5,
}
ADD_ONS = {"POWER_BI_PRO": 0.08, "MCOEV": 0.06, "VISIOCLIENT": 0.04, "PROJECTPROFESSIONAL": 0.03, "EMS": 0.05}
GIVEN_UP = ("security", "information_protection", "compliance", "windows", "video", "notes", "bookings")


def organisation(users: int, seed: int) -> PlanInputs:
    """A made-up organisation: the same for the same arguments on any machine."""
    chance = random.Random(seed)
    contracts = {f"contract_{number}": _contract(number, users, chance) for number in range(CONTRACTS)}
    departments = [
        Department(
            f"Department {number:02}",
            migration=AS_OF + timedelta(days=chance.randrange(120, 900)),
            gives_up=tuple(service for service in GIVEN_UP if chance.random() < 0.6),
            contract=f"Contract {number % CONTRACTS}",
        )
        for number in range(DEPARTMENTS)
    ]
    people = [_user(number, departments[number % DEPARTMENTS].name, chance) for number in range(users)]
    attested = [person for person in people if chance.random() < 0.02]
    return defaults.plan_inputs(
        people,
        departments,
        AS_OF,
        own_prices=[
            Price(sku, cents, "EUR", AS_OF, "contract", "made up", f"Contract {number}")
            for number in range(0, CONTRACTS, 2)
            for sku, cents in (("SPE_E3", 3400 + 20 * number), ("ENTERPRISEPACK", 2350 + 10 * number))
        ],
        currency="EUR",
        contracts=contracts,
        attestations={
            person.user: Attestation(person.user, "unused", "human resources", AS_OF) for person in attested
        },
    )


def _contract(number: int, users: int, chance: random.Random) -> Contract:
    """A third of the E3 seats of the contract are fixed; half of the contracts let go of that at their end."""
    renewal = date(2027 + number % 3, 1 + chance.randrange(12), 1)
    return Contract(
        f"Contract {number}",
        renewal,
        36,
        ("renewal", "anniversary")[number % 2],
        30 * (number % 3),
        ("annual", "annual", "annual_monthly")[number % 3],
        {"SPE_E3": users * 15 // 100 // CONTRACTS, "ENTERPRISEPACK": users * 3 // 100 // CONTRACTS},
        0,
        renewal if number % 2 else None,
    )


def _user(number: int, department: str, chance: random.Random) -> User:
    suite = chance.choices(list(SUITES), list(SUITES.values()))[0]
    add_ons = tuple(sku for sku, share in ADD_ONS.items() if chance.random() < share)
    return User(
        f"user{number:05}",
        department,
        (suite, *(sku for sku in add_ons if sku != "MCOEV" or suite != "EXCHANGESTANDARD")),
        AS_OF - timedelta(days=chance.randrange(1, 120)),
        shared_device=suite == "SPE_F1" or chance.random() < 0.05,
        keep_office_reason="macros" if chance.random() < 0.1 else "",
        mailbox_gb=Decimal(chance.choice((5, 12, 30, 45, 70))),
    )


def greedy_cents(
    inputs: PlanInputs, sets_of: Callable[[PlanInputs, Group, frozenset[str]], list[tuple[str, ...]]]
) -> int:
    """What a greedy choice costs a month, over the same groups, offers, caps and floors."""
    groups = user_groups(inputs, kept_services(inputs))
    caps = {product.sku: product.seat_cap for product in inputs.products.values() if product.seat_cap}
    held = Counter[str]()
    leaving: dict[tuple[str, str], int] = defaultdict(int)  # seats that may still go, by terms and SKU
    for group in groups:
        held.update(dict.fromkeys(group.skus, group.seats))
        for sku in group.skus:
            leaving[group.terms, sku] += group.seats
    places = {sku: max(0, cap - held[sku]) for sku, cap in caps.items()}
    floors = {
        (group.terms, sku): floor
        for group in groups
        for sku, floor in contract_of(inputs, group.department).floors.items()
        if contract_of(inputs, group.department).floor_until is None
    }
    for key, floor in floors.items():
        leaving[key] = max(0, leaving[key] - floor)
    cents, anybodys = 0, skus_held(groups)
    for group in groups:
        staying = group.seats
        for skus in sets_of(inputs, group, anybodys):
            price = sum(monthly_cents(inputs, group.department, sku) for sku in skus)
            arriving = [sku for sku in skus if sku in places and sku not in group.skus]
            dropped = [sku for sku in group.skus if sku not in skus and (group.terms, sku) in floors]
            moving = staying if price < group.cents else 0
            moving = min(
                [moving, *(places[sku] for sku in arriving), *(leaving[group.terms, sku] for sku in dropped)]
            )
            for sku in arriving:
                places[sku] -= moving
            for sku in dropped:
                leaving[group.terms, sku] -= moving
            cents += moving * price
            staying -= moving
        cents += staying * group.cents
    return cents


def sets_by_need(inputs: PlanInputs, group: Group, held: frozenset[str]) -> list[tuple[str, ...]]:
    """The set of the lowest prices per need, and where a cap is in its way the same without limited products."""
    if group.role is Role.UNUSED:
        return [group.fixed]
    needs, offers = offers_of(inputs, group, held)
    found = [_set_by_need(needs, pool) for pool in (offers, [offer for offer in offers if not offer.limited])]
    return [(*skus, *group.fixed) for skus in found if skus is not None]


def _set_by_need(missing: int, offers: Sequence[Offer]) -> tuple[str, ...] | None:
    chosen: list[Offer] = []
    while missing:
        suite = any(offer.suite for offer in chosen)
        useful = [
            offer
            for offer in offers
            if offer.covers & missing and offer not in chosen and not (suite and offer.suite)
        ]
        if not useful:
            return None
        best = min(useful, key=lambda offer: (offer.cents / (offer.covers & missing).bit_count(), offer.sku))
        chosen.append(best)
        covered = 0
        for offer in chosen:
            covered |= offer.covers
        missing = (missing | best.requires) & ~covered
    return tuple(offer.sku for offer in chosen)


def sets_by_price(inputs: PlanInputs, group: Group, held: frozenset[str]) -> list[tuple[str, ...]]:
    """Every set that the optimiser looks at, the cheapest first."""
    found = sorted(candidates_of(inputs, group, held), key=lambda candidate: candidate.cents)
    return [candidate.skus for candidate in found]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--users", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    inputs = organisation(options.users, options.seed)
    groups = len(user_groups(inputs, kept_services(inputs)))
    print(f"{len(inputs.users)} users in {groups} groups, {DEPARTMENTS} departments, {CONTRACTS} contracts")

    started, cpu = time.perf_counter(), time.process_time()
    solution = cheapest_sets(inputs, kept_services(inputs))
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu
    gap = (solution.monthly_cents - solution.bound_cents) / solution.bound_cents
    print(f"today        {solution.held_cents / 100:>14,.2f} EUR a month")
    print(
        f"exact        {solution.monthly_cents / 100:>14,.2f} EUR a month in {seconds:.1f} s ({cpu_seconds:.1f} s CPU)"
    )
    print(f"bound        {solution.bound_cents / 100:>14,.2f} EUR a month, gap {gap:.4%}")

    saved = solution.held_cents - solution.monthly_cents
    for name, sets_of in (("by need", sets_by_need), ("by price", sets_by_price)):
        started, cpu = time.perf_counter(), time.process_time()
        cents = greedy_cents(inputs, sets_of)
        seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu
        print(f"greedy {name:<8}{cents / 100:>12,.2f} EUR a month in {seconds:.1f} s ({cpu_seconds:.1f} s CPU), "
              f"saves {(solution.held_cents - cents) / max(1, saved):.1%} of what the exact choice saves")  # fmt: skip

    started, cpu = time.perf_counter(), time.process_time()
    plan = plan_migration(inputs)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu
    print(f"whole plan, {len(plan.figures)} figures: {seconds:.1f} s ({cpu_seconds:.1f} s CPU)")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
