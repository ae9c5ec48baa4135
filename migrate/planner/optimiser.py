"""The cheapest legal licences: which SKUs a user group holds once its department keeps some services and leaves others.

Users with the same department, SKUs and rights form a group (tens to hundreds, whatever the number of users). What a
group needs is what it holds today, each service up to the tier that its department keeps: nobody is upgraded. The
sets that may cover it come from :mod:`offers`; how many users take which one is an integer program over all groups:

* every user takes one set, and what they hold today is always one of them;
* no more arrive at a SKU with a cap than its holders of today leave free, so that no order of moves breaks it;
* where a contract fixes seats of a SKU, or users with what they hold, so many stay.

:mod:`seat_program` solves it with one worker and a limit in deterministic time: the same tables give the same sets on
any machine, and the bound says how far from the best a solution could be at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from migrate.planner.inputs import PlanInputs
from migrate.planner.offers import Candidate, Group, Role, candidates_of, skus_held, user_groups
from migrate.planner.seat_program import Floors, contracts_of, free_places, solve
from migrate.planner.services import Part


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
    choices = _choices(inputs, groups)
    final, cents, bound = solve(inputs, groups, choices, Floors.of(inputs, groups, with_end=False))
    early = final
    if any(contract.floor_until for contract in contracts_of(inputs, groups).values()):
        # nobody moves twice: while the floors last, some of those who will change wait with what they hold
        early, _cents, _bound = solve(
            inputs, groups, choices, Floors.of(inputs, groups, with_end=True), limits=final
        )
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


def _choices(inputs: PlanInputs, groups: Sequence[Group]) -> list[list[Candidate]]:
    """The candidates of every group; groups that buy, hold and need the same share them."""
    held = skus_held(groups)
    known: dict[tuple, list[Candidate]] = {}
    found = []
    for group in groups:
        wish = group.department.target_skus if group.role is Role.MOVES else None
        key = (group.terms, group.skus, group.fixed, group.shared_device, wish, tuple(group.needs.items()))
        if key not in known:
            known[key] = candidates_of(inputs, group, held)
        found.append(known[key])
    return found


def _held_back(
    inputs: PlanInputs,
    groups: Sequence[Group],
    choices: Sequence[Sequence[Candidate]],
    counts: Sequence[Sequence[int]],
) -> Iterable[tuple[Group, str, int]]:
    """The seats whose cheapest set others have taken, by the reason: no place is left there, or a contract's floor."""
    places = free_places(inputs, groups)
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
