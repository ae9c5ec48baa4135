"""User groups, what each needs, and the sets of SKUs that it may take instead of those it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import Any

from migrate.planner.covers import Offer, covering_sets
from migrate.planner.inputs import Department, PlanInputs, Product, User, slug
from migrate.planner.services import OFFICE, Levels, Part, given_up, joined
from migrate.planner.terms import contract_of, monthly_cents, price_of, region_of, terms_id

STANDARD_MAILBOX_GB = Decimal(50)
"""The size up to which the mail tier ``standard`` holds a mailbox (Exchange Online limits, plan 1)."""


class Role(StrEnum):
    """Why a group is looked at by itself."""

    MOVES = "moves"
    KEEPS_OFFICE = "keeps_office"
    UNUSED = "unused"  # attested: the seat can go


@dataclass(frozen=True, slots=True)
class Group:
    """Users of a department who hold, need and may hold the same. ``cents`` a month and seat, of what has a price.

    ``fixed`` are SKUs of ``skus`` that nobody can judge: without a price, or without a known service. They stay.
    """

    department: Department
    terms: str  # id of the contract, or of the department's own terms
    skus: tuple[str, ...]
    role: Role
    shared_device: bool
    needs: Mapping[Part, int]
    fixed: tuple[str, ...]
    cents: int
    seats: int
    users: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A set of SKUs that a group may take."""

    skus: tuple[str, ...]
    cents: int
    gives_up: Mapping[Part, tuple[int, int]]


def role_of(inputs: PlanInputs, user: User) -> Role:
    attested = inputs.attestations.get(user.user.lower())
    if attested and attested.state == "unused":
        return Role.UNUSED
    return Role.KEEPS_OFFICE if user.keep_office_reason else Role.MOVES


def user_groups(inputs: PlanInputs, required: Mapping[str, Mapping[str, str]]) -> list[Group]:
    """The groups in the order of the tables. Users without a SKU are in none."""
    departments = {department.id: department for department in inputs.departments}
    members: dict[tuple, list[User]] = {}
    for user in inputs.users:
        if user.skus:
            large = user.mailbox_gb is not None and user.mailbox_gb > STANDARD_MAILBOX_GB
            key = (
                slug(user.department),
                tuple(sorted(user.skus)),
                role_of(inputs, user),
                user.shared_device,
                large,
            )
            members.setdefault(key, []).append(user)
    groups = []
    for (id, skus, role, shared_device, large), users in members.items():
        department = departments[id]
        fixed = tuple(sku for sku in skus if _is_fixed(inputs, department, sku))
        if id not in required and role is not Role.UNUSED:
            fixed = skus
        needs = _needs(inputs, skus, fixed, role, large, required.get(id, {}))
        groups.append(
            Group(
                department,
                terms_id(department),
                skus,
                role,
                shared_device,
                needs,
                fixed,
                sum(monthly_cents(inputs, department, sku) for sku in skus),
                len(users),
                tuple(users),
            )
        )
    return groups


def _is_fixed(inputs: PlanInputs, department: Department, sku: str) -> bool:
    return price_of(inputs, department, sku) is None or not inputs.catalogue.levels(sku)


def _needs(
    inputs: PlanInputs,
    skus: Iterable[str],
    fixed: Collection[str],
    role: Role,
    large_mailbox: bool,
    required: Mapping[str, str],
) -> dict[Part, int]:
    if role is Role.UNUSED:
        return {}
    catalogue = inputs.catalogue
    kept = dict(required)
    if role is Role.KEEPS_OFFICE:
        kept[OFFICE] = catalogue.services[OFFICE].tiers[-1]
    if large_mailbox and kept.get("mail"):
        kept["mail"] = catalogue.services["mail"].tiers[-1]
    own = catalogue.needs(joined(_counted(inputs, sku) for sku in skus), kept)
    covered = joined(catalogue.levels(sku) for sku in fixed)
    return {part: level for part, level in sorted(own.items()) if covered.get(part, 0) < level}


def _counted(inputs: PlanInputs, sku: str) -> Levels:
    """What a SKU gives, but for the services for which its terms do not let it stand."""
    levels, product = inputs.catalogue.levels(sku), inputs.products.get(sku)
    if product is None or not product.only:
        return levels
    return {part: level for part, level in levels.items() if part[0] in product.only}


def candidates_of(inputs: PlanInputs, group: Group, held: Collection[str]) -> list[Candidate]:
    """What the group may hold, today's SKUs first; ``held`` are the SKUs that anybody of the organisation has."""
    if group.department.target_skus is not None and group.role is Role.MOVES:
        target = target_of(inputs, group)
        sets = [] if rejection(inputs, group, held) else [target]
    else:
        floored = frozenset(contract_of(inputs, group.department).floors)
        wanted, offers = offers_of(inputs, group, held)
        fixed_cents = sum(monthly_cents(inputs, group.department, sku) for sku in group.fixed)
        covers = covering_sets(wanted, offers, group.cents - fixed_cents, floored)
        sets = list(_with_paid_seats(group, floored, ((*skus, *group.fixed) for _cents, skus in covers)))
    found = dict.fromkeys(tuple(sorted(skus)) for skus in (group.skus, *sets))
    return [_candidate(inputs, group, skus) for skus in found]


def _with_paid_seats(
    group: Group, floored: frozenset[str], sets: Iterable[tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """The sets, and each with seats that the user holds and a contract wants paid, whether needed or not."""
    for skus in sets:
        spare = [sku for sku in group.skus if sku in floored and sku not in skus]
        for size in range(len(spare) + 1):
            yield from ((*skus, *more) for more in combinations(spare, size))


def offers_of(inputs: PlanInputs, group: Group, held: Collection[str]) -> tuple[int, list[Offer]]:
    """The needs of a group as bits, and what it may buy or holds already, with the needs that each covers."""
    floored = frozenset(contract_of(inputs, group.department).floors)
    bits = {part: 1 << index for index, part in enumerate(_parts(inputs, group))}
    kept = joined(inputs.catalogue.levels(sku) for sku in group.fixed)
    offers = [
        _offer(inputs, group, sku, bits, sku in floored, kept)
        for sku in sorted({*_sellable(inputs, group, held), *group.skus})
        if sku not in group.fixed
    ]
    return sum(bits[part] for part in group.needs), offers


def target_of(inputs: PlanInputs, group: Group) -> tuple[str, ...]:
    """What the group holds once its department's ``target_skus`` stand in for every SKU with Office."""
    office = [sku for sku in group.skus if (OFFICE, "") in inputs.catalogue.levels(sku)]
    if not office or group.department.target_skus is None:
        return group.skus
    kept = set(group.skus) - set(office)
    return tuple(sorted({*kept, *group.department.target_skus, *group.fixed}))


def rejection(inputs: PlanInputs, group: Group, held: Collection[str]) -> str:
    """Why the wish of a department cannot be followed: ``unpriced``, ``not_eligible``, ``dearer`` or nothing."""
    new = [sku for sku in target_of(inputs, group) if sku not in group.skus]
    if any(price_of(inputs, group.department, sku) is None for sku in new):
        return "unpriced"
    if any(not _may_buy(inputs, group, inputs.products.get(sku), held, wished=True) for sku in new):
        return "not_eligible"
    cents = sum(monthly_cents(inputs, group.department, sku) for sku in target_of(inputs, group))
    return "dearer" if cents > group.cents else ""


def _may_buy(
    inputs: PlanInputs, group: Group, product: Product | None, held: Collection[str], wished: bool = False
) -> bool:
    """Whether the terms of a product let the group buy it. One without terms only where a department wishes it."""
    if product is None:
        return wished
    if product.region not in ("", region_of(inputs.currency)) and not wished:
        return False
    if product.eligibility == "shared_device":
        return group.shared_device
    if product.eligibility == "holders":
        return product.sku in held
    return True


def _sellable(inputs: PlanInputs, group: Group, held: Collection[str]) -> list[str]:
    return [
        sku
        for sku, product in inputs.products.items()
        if price_of(inputs, group.department, sku) is not None and _may_buy(inputs, group, product, held)
    ]


def _parts(inputs: PlanInputs, group: Group) -> list[Part]:
    """The parts with a bit: what is needed, and what products require of their companions."""
    required = {(service, "") for product in inputs.products.values() for service in product.requires}
    return sorted({*group.needs, *required})


def _offer(
    inputs: PlanInputs, group: Group, sku: str, bits: Mapping[Part, int], floored: bool, kept: Levels
) -> Offer:
    """``kept`` is what the fixed SKUs of the group give: what they have, no companion is required for."""
    levels, product = _counted(inputs, sku), inputs.products.get(sku)
    covers = sum(bit for part, bit in bits.items() if levels.get(part, 0) >= group.needs.get(part, 1))
    requires = sum(
        bits[service, ""] for service in (product.requires if product else ()) if (service, "") not in kept
    )
    return Offer(
        sku,
        monthly_cents(inputs, group.department, sku),
        covers,
        requires,
        (product is not None and product.seat_cap is not None) or floored,
        bool(product and product.suite),
    )


def _candidate(inputs: PlanInputs, group: Group, skus: Iterable[str]) -> Candidate:
    skus = tuple(sorted(skus))
    before = joined(inputs.catalogue.levels(sku) for sku in group.skus)
    after = joined(_counted(inputs, sku) for sku in skus)
    return Candidate(
        skus,
        sum(monthly_cents(inputs, group.department, sku) for sku in skus),
        {} if skus == group.skus else given_up(before, after),
    )


def skus_held(groups: Iterable[Group]) -> frozenset[str]:
    return frozenset(sku for group in groups for sku in group.skus)


def held_against_terms(inputs: PlanInputs) -> Iterator[dict[str, Any]]:
    """Gaps of the plan: seats that an audit would question today, whatever the plan changes."""
    held = Counter(sku for user in inputs.users for sku in user.skus)
    frontline = {sku for sku, row in inputs.products.items() if row.eligibility == "shared_device"}
    undocumented = sum(
        not user.shared_device and not frontline.isdisjoint(user.skus) for user in inputs.users
    )
    if undocumented:
        yield {"code": "held_not_eligible", "seats": undocumented}
    for sku, product in inputs.products.items():
        if product.seat_cap is not None and held[sku] > product.seat_cap:
            yield {
                "code": "held_over_cap",
                "product": product.name,
                "seats": held[sku],
                "cap": product.seat_cap,
            }
