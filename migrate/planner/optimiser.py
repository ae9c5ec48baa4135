"""The cheapest legal licences: which SKUs a user group holds once its department keeps some services and leaves others.

Users with the same department, SKUs and rights form a group (tens to hundreds, whatever the number of users). What a
group needs is what it holds today, each service up to the tier that its department keeps: nobody is upgraded. The
sets that may cover it come from :mod:`offers`; how many users take which one is an integer program over all groups:

* every user takes one set, and what they hold today is always one of them;
* no more arrive at a SKU with a cap than its holders of today leave free, so that no order of moves breaks it;
* where a contract fixes seats of a SKU, or users with what they hold, so many stay.

CP-SAT solves it with one worker and a limit in deterministic time: the same tables give the same sets on any machine,
and the bound says how far from the best a solution could be at most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from migrate.planner.inputs import Contract, PlanInputs
from migrate.planner.offers import Candidate, Group, candidates_of, user_groups
from migrate.planner.services import Part
from migrate.planner.terms import contract_of

DETERMINISTIC_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Assignment:
    """``seats`` users of a group who take a set; ``early_seats`` of them while the floors of the contract last.

    ``gives_up`` is (service, part) -> (tier before, tier after), as positions from 1, 0 for nothing.
    """

    group: Group
    skus: tuple[str, ...]
    cents: int  # a month and seat
    seats: int
    early_seats: int
    gives_up: Mapping[Part, tuple[int, int]]

    @property
    def department(self) -> str:
        return self.group.department.id

    @property
    def held(self) -> tuple[str, ...]:
        return self.group.skus

    @property
    def held_cents(self) -> int:
        return self.group.cents

    @property
    def changes(self) -> bool:
        return self.skus != self.group.skus


@dataclass(frozen=True, slots=True)
class Solution:
    """``bound_cents``: no legal assignment costs less a month; equal to ``monthly_cents`` where it is proved best.

    ``early_cents`` is paid while the floors of contracts last that have an end. ``held_back`` are seats by group
    and reason (``seat_cap`` or ``minimum_seats``) for which a cheaper set exists that not all can have.
    """

    assignments: tuple[Assignment, ...]
    held_cents: int
    early_cents: int
    monthly_cents: int
    bound_cents: int
    held_back: tuple[tuple[Group, str, int], ...]


def cheapest_sets(inputs: PlanInputs, required: Mapping[str, Mapping[str, str]]) -> Solution:
    """The cheapest legal set of SKUs for every user group.

    ``required`` is department id -> (service code -> tier code): the services that the department keeps with
    Microsoft, each up to that tier (``inputs.catalogue.usual(moved)`` and ``.as_held(moved)`` make such a mapping; the
    highest tier means "as held"). A service that is missing is not kept; a department that is missing keeps
    everything as it is. Users who keep Office keep it whatever is required; who is attested as unused needs nothing.
    """
    groups = user_groups(inputs, required)
    choices = [candidates_of(inputs, group, groups) for group in groups]
    lasting = _Floors(inputs, groups, with_end=False)
    final, cents, bound = _solve(inputs, groups, choices, lasting)
    early = final
    if any(contract.floor_until for contract in _contracts(inputs, groups).values()):
        # nobody moves twice: while the floors last, some wait with what they hold
        waiting = [
            [
                candidate
                for candidate, seats in zip(own, counts, strict=True)
                if seats or candidate.skus == group.skus
            ]
            for group, own, counts in zip(groups, choices, final, strict=True)
        ]
        limits = [
            [counts[own.index(candidate)] for candidate in kept]
            for own, kept, counts in zip(choices, waiting, final, strict=True)
        ]
        all_floors = _Floors(inputs, groups, with_end=True)
        counts_early, _cents, _bound = _solve(inputs, groups, waiting, all_floors, limits)
        early = [
            [found[kept.index(candidate)] if candidate in kept else 0 for candidate in own]
            for own, kept, found in zip(choices, waiting, counts_early, strict=True)
        ]
    assignments = tuple(
        Assignment(group, candidate.skus, candidate.cents, seats, early_seats, candidate.gives_up)
        for group, own, counts, counts_early in zip(groups, choices, final, early, strict=True)
        for candidate, seats, early_seats in zip(own, counts, counts_early, strict=True)
        if seats or early_seats
    )
    return Solution(
        assignments,
        sum(group.cents * group.seats for group in groups),
        sum(row.cents * row.early_seats for row in assignments),
        cents,
        bound,
        tuple(_held_back(inputs, groups, choices, final)),
    )


class _Floors:
    """Floors as (terms, SKU) -> seats and as terms -> users who keep what they hold, with or without those that end.

    A floor above what is held today cannot be reached and counts as what is held.
    """

    def __init__(self, inputs: PlanInputs, groups: Sequence[Group], with_end: bool) -> None:
        self.by_sku: dict[tuple[str, str], int] = {}
        self.by_contract: dict[str, int] = {}
        for id, contract in _contracts(inputs, groups).items():
            if contract.floor_until and not with_end:
                continue
            own = [group for group in groups if group.terms == id]
            if contract.minimum_seats:
                self.by_contract[id] = min(contract.minimum_seats, sum(group.seats for group in own))
            for sku, floor in contract.floors.items():
                self.by_sku[id, sku] = min(floor, sum(group.seats for group in own if sku in group.skus))


def _contracts(inputs: PlanInputs, groups: Iterable[Group]) -> dict[str, Contract]:
    return {group.terms: contract_of(inputs, group.department) for group in groups}


def _solve(
    inputs: PlanInputs,
    groups: Sequence[Group],
    choices: Sequence[Sequence[Candidate]],
    floors: _Floors,
    limits: Sequence[Sequence[int]] | None = None,
) -> tuple[list[list[int]], int, int]:
    """Users per group and candidate, what they cost a month, and the proved lower bound of that.

    ``limits`` cap the users of a candidate that differs from what the group holds.
    """
    model = cp_model.CpModel()
    total = cp_model.LinearExpr.sum
    counts: list[list[cp_model.IntVar]] = []
    held: dict[str, list[cp_model.IntVar]] = defaultdict(list)  # terms -> users who keep what they hold
    paid: dict[tuple[str, str], list[cp_model.IntVar]] = defaultdict(list)  # terms and SKU
    arriving: dict[str, list[cp_model.IntVar]] = defaultdict(list)  # SKU
    every: list[cp_model.IntVar] = []
    costs: list[int] = []
    ranks: list[int] = []
    for index, (group, own) in enumerate(zip(groups, choices, strict=True)):
        row = []
        for rank, candidate in enumerate(own):
            most = group.seats
            if limits is not None and candidate.skus != group.skus:
                most = limits[index][rank]
            users = model.new_int_var(0, most, "")
            row.append(users)
            every.append(users)
            costs.append(candidate.cents)
            ranks.append(0 if candidate.skus == group.skus else rank + 1)
            for sku in candidate.skus:
                paid[group.terms, sku].append(users)
                if sku not in group.skus:
                    arriving[sku].append(users)
            if candidate.skus == group.skus:
                held[group.terms].append(users)
        model.add(total(row) == group.seats)
        counts.append(row)
    for sku, places in _free_places(inputs, groups).items():
        model.add(total(arriving[sku]) <= places)
    for terms, floor in floors.by_contract.items():
        model.add(total(held[terms]) >= floor)
    for key, floor in floors.by_sku.items():
        if floor:
            model.add(total(paid[key]) >= floor)
    # of two assignments at one price, the one that changes less and comes first in the order of the sets
    scale = 1 + max((len(own) + 1 for own in choices), default=0) * sum(group.seats for group in groups)
    weights = [scale * cents + rank for cents, rank in zip(costs, ranks, strict=True)]
    model.minimize(cp_model.LinearExpr.weighted_sum(every, weights))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = DETERMINISTIC_SECONDS
    # what everybody holds today is feasible, so that there is always a solution
    for group, own, row in zip(groups, choices, counts, strict=True):
        for candidate, users in zip(own, row, strict=True):
            model.add_hint(users, group.seats if candidate.skus == group.skus else 0)
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise RuntimeError(f"the licence model has no solution: {solver.status_name(status)}")
    values = [[solver.value(users) for users in row] for row in counts]
    cents = sum(
        candidate.cents * users
        for own, row in zip(choices, values, strict=True)
        for candidate, users in zip(own, row, strict=True)
    )
    bound = cents if status == cp_model.OPTIMAL else min(cents, int(solver.best_objective_bound) // scale)
    return values, cents, bound


def _free_places(inputs: PlanInputs, groups: Iterable[Group]) -> dict[str, int]:
    """SKU with a cap -> how many users can still come to it while its present holders have it."""
    holders = Counter[str]()
    for group in groups:
        holders.update(dict.fromkeys(group.skus, group.seats))
    capped = (product for product in inputs.products.values() if product.seat_cap)
    return {product.sku: max(0, (product.seat_cap or 0) - holders[product.sku]) for product in capped}


def _held_back(
    inputs: PlanInputs,
    groups: Sequence[Group],
    choices: Sequence[Sequence[Candidate]],
    counts: Sequence[Sequence[int]],
) -> Iterable[tuple[Group, str, int]]:
    """The seats whose cheapest set others have taken, by the reason: no place is left there, or a contract's floor."""
    places = _free_places(inputs, groups)
    for group, own, users in zip(groups, choices, counts, strict=True):
        for candidate, seats in zip(own, users, strict=True):
            for sku in candidate.skus:
                if sku in places and sku not in group.skus:
                    places[sku] -= seats
    for group, own, users in zip(groups, choices, counts, strict=True):
        best = min(own, key=lambda candidate: candidate.cents)
        waiting = sum(
            seats
            for candidate, seats in zip(own, users, strict=True)
            if candidate.skus == group.skus and candidate.cents > best.cents
        )
        if waiting:
            full = any(places.get(sku) == 0 for sku in best.skus if sku not in group.skus)
            yield group, "seat_cap" if full else "minimum_seats", waiting
