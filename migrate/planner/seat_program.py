"""The integer program over all user groups: how many of each take which set, under caps and floors.

Groups that look the same to the program (same terms, sets of the same price differences under the same caps and
floors) are one class, and of two sets that caps and floors cannot tell apart only the cheaper is kept. So the program
has some hundred variables, whatever the number of users, and is solved to the proved optimum in a second or two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from migrate.planner.inputs import Contract, PlanInputs
from migrate.planner.offers import Candidate, Group
from migrate.planner.terms import contract_of

DETERMINISTIC_SECONDS = 20.0
"""A limit in CP-SAT's deterministic time, which is the same on any machine."""


@dataclass(frozen=True, slots=True)
class Floors:
    """``by_sku``: (terms, SKU) -> seats that stay; ``by_terms``: terms -> users who keep what they hold.

    A floor above what is held today cannot be reached and counts as what is held.
    """

    by_sku: dict[tuple[str, str], int]
    by_terms: dict[str, int]

    @classmethod
    def of(cls, inputs: PlanInputs, groups: Sequence[Group], with_end: bool) -> Floors:
        """The floors of all contracts, with or without those that end one day."""
        by_sku: dict[tuple[str, str], int] = {}
        by_terms: dict[str, int] = {}
        for terms, contract in contracts_of(inputs, groups).items():
            if contract.floor_until and not with_end:
                continue
            own = [group for group in groups if group.terms == terms]
            if contract.minimum_seats:
                by_terms[terms] = min(contract.minimum_seats, sum(group.seats for group in own))
            for sku, floor in contract.floors.items():
                seats = min(floor, sum(group.seats for group in own if sku in group.skus))
                if seats:
                    by_sku[terms, sku] = seats
        return cls(by_sku, by_terms)


@dataclass(frozen=True, slots=True)
class _Profile:
    """What caps and floors see of a set."""

    stays: bool  # counts for users who keep what they hold
    floored: frozenset[str]
    arriving: frozenset[str]  # at SKUs with a cap

    def suits(self, other: _Profile) -> bool:
        """Whether whoever may take the other set may take this one."""
        return self.stays >= other.stays and self.floored >= other.floored and self.arriving <= other.arriving


@dataclass(slots=True)
class _Class:
    """Groups with the same columns: (profile, cents more than what is held)."""

    terms: str
    columns: tuple[tuple[_Profile, int], ...]
    members: list[tuple[int, tuple[int, ...]]] = field(
        default_factory=list
    )  # group and its candidate per column


def contracts_of(inputs: PlanInputs, groups: Iterable[Group]) -> dict[str, Contract]:
    return {group.terms: contract_of(inputs, group.department) for group in groups}


def free_places(inputs: PlanInputs, groups: Iterable[Group]) -> dict[str, int]:
    """SKU with a cap -> how many users can still come to it while its present holders have it."""
    holders = Counter[str]()
    for group in groups:
        holders.update(dict.fromkeys(group.skus, group.seats))
    caps = {
        product.sku: product.seat_cap for product in inputs.products.values() if product.seat_cap is not None
    }
    return {sku: max(0, cap - holders[sku]) for sku, cap in caps.items()}


def solve(
    inputs: PlanInputs,
    groups: Sequence[Group],
    choices: Sequence[Sequence[Candidate]],
    floors: Floors,
    limits: Sequence[Sequence[int]] | None = None,
) -> tuple[list[list[int]], int, int]:
    """Users per group and candidate, what they cost a month, and the proved lower bound of that.

    The first candidate of a group is what it holds. ``limits`` cap the users of every other one.
    """
    places = free_places(inputs, groups)
    classes = _classes(groups, choices, floors, places)
    seats_held = sum(group.cents * group.seats for group in groups)
    totals, bound = _solve_classes(groups, classes, floors, places, limits)
    counts = [[0] * len(own) for own in choices]
    for row, found in zip(classes, totals, strict=True):
        _hand_out(groups, row, found, counts, limits)
    cents = sum(
        candidate.cents * users
        for own, row in zip(choices, counts, strict=True)
        for candidate, users in zip(own, row, strict=True)
    )
    return counts, cents, min(cents, seats_held + bound)


def _classes(
    groups: Sequence[Group],
    choices: Sequence[Sequence[Candidate]],
    floors: Floors,
    places: dict[str, int],
) -> list[_Class]:
    found: dict[tuple[str, tuple[tuple[_Profile, int], ...]], _Class] = {}
    floored: dict[str, set[str]] = defaultdict(set)
    for terms, sku in floors.by_sku:
        floored[terms].add(sku)
    for index, (group, own) in enumerate(zip(groups, choices, strict=True)):
        columns: list[tuple[_Profile, int, int]] = []
        for number, candidate in enumerate(own):
            profile = _Profile(
                number == 0 and group.terms in floors.by_terms,
                frozenset(floored[group.terms].intersection(candidate.skus)),
                frozenset(sku for sku in candidate.skus if sku in places and sku not in group.skus),
            )
            columns.append((profile, candidate.cents - group.cents, number))
        kept = [own_column for own_column in columns if not _beaten(own_column, columns)]
        key = (group.terms, tuple((profile, cents) for profile, cents, _number in kept))
        row = found.setdefault(key, _Class(*key))
        row.members.append((index, tuple(number for _profile, _cents, number in kept)))
    return list(found.values())


def _beaten(column: tuple[_Profile, int, int], columns: Iterable[tuple[_Profile, int, int]]) -> bool:
    """Whether another set suits wherever this one does and costs less, or as much and suits better or comes first."""
    profile, cents, number = column
    return any(
        other.suits(profile)
        and (other_cents, profile.suits(other) and other_number >= number) < (cents, True)
        for other, other_cents, other_number in columns
    )


def _solve_classes(
    groups: Sequence[Group],
    classes: Sequence[_Class],
    floors: Floors,
    places: dict[str, int],
    limits: Sequence[Sequence[int]] | None,
) -> tuple[list[list[int]], int]:
    """Users per class and column, and the lower bound of the cents that they cost more than today."""
    model = cp_model.CpModel()
    total = cp_model.LinearExpr.sum
    users: list[list[cp_model.IntVar]] = []
    weights: list[int] = []
    staying: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    paid: dict[tuple[str, str], list[cp_model.IntVar]] = defaultdict(list)
    coming: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    for row in classes:
        seats = sum(groups[index].seats for index, _numbers in row.members)
        own = []
        for column, (profile, cents) in enumerate(row.columns):
            variable = model.new_int_var(0, min(seats, _most(groups, row, column, limits)), "")
            own.append(variable)
            weights.append(cents)
            if profile.stays:
                staying[row.terms].append(variable)
            for sku in profile.floored:
                paid[row.terms, sku].append(variable)
            for sku in profile.arriving:
                coming[sku].append(variable)
        model.add(total(own) == seats)
        users.append(own)
    for sku, variables in coming.items():
        model.add(total(variables) <= places[sku])
    for terms, floor in floors.by_terms.items():
        model.add(total(staying[terms]) >= floor)
    for key, floor in floors.by_sku.items():
        model.add(total(paid[key]) >= floor)
    model.minimize(cp_model.LinearExpr.weighted_sum([variable for own in users for variable in own], weights))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = DETERMINISTIC_SECONDS
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        # what everybody holds is a solution, so that only the limit of time can lead here
        raise RuntimeError(f"the licences have no solution: {solver.status_name(status)}")
    return [[solver.value(variable) for variable in own] for own in users], round(solver.best_objective_bound)


def _most(groups: Sequence[Group], row: _Class, column: int, limits: Sequence[Sequence[int]] | None) -> int:
    """How many users of a class may take a column at most."""
    return sum(_limit(groups, index, numbers[column], limits) for index, numbers in row.members)


def _limit(groups: Sequence[Group], index: int, number: int, limits: Sequence[Sequence[int]] | None) -> int:
    return groups[index].seats if limits is None or number == 0 else limits[index][number]


def _hand_out(
    groups: Sequence[Group],
    row: _Class,
    totals: Sequence[int],
    counts: list[list[int]],
    limits: Sequence[Sequence[int]] | None,
) -> None:
    """The users of a class back to its groups, in the order of the tables: who comes first changes first.

    What is held comes last, so that it takes whom no other column took.
    """
    left = list(totals)
    free = {index: groups[index].seats for index, _numbers in row.members}
    held_last = sorted(range(len(left)), key=lambda column: row.members[0][1][column] == 0)
    for column in held_last:
        for index, numbers in row.members:
            taken = min(left[column], free[index], _limit(groups, index, numbers[column], limits))
            counts[index][numbers[column]] += taken
            left[column] -= taken
            free[index] -= taken
