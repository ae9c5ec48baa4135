"""Beside the money: where data lies, who runs it, who has the keys; before and after each alternative.

Residency, operator and keys are axes by themselves: data that lies in France is still run by a company of another
country. Nothing here judges whether something is allowed. It counts seats and money by what tables say, and names what
no table says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from migrate.planner.alternatives import Choices, Outcome, seats_by_service
from migrate.planner.amounts import spread
from migrate.planner.catalogue import ALL, STAY, Hosting
from migrate.planner.figures import Figures, Label, Unit
from migrate.planner.inputs import UNASSIGNED, Department, PlanInputs, slug
from migrate.planner.sovereignty_tables import Location, Supply
from migrate.planner.terms import contract_of

UNKNOWN = "unknown"
HOME = "home"  # in a row of hosting: wherever the organisation is
# services that hold data of others than the user's device
DATA_SERVICES = ("mail", "chat_meetings", "files", "sites", "web_office", "forms", "notes", "video", "tasks",
                 "project", "automation", "bi", "social", "bookings", "identity", "telephony", "ai")  # fmt: skip
AXES = ("residency", "operator_home", "owner_home", "keys")


@dataclass(frozen=True, slots=True)
class Places:
    """``home`` is the organisation's jurisdiction (``FR``, ``CA-QC``), empty where it was not told."""

    locations: tuple[Location, ...]
    supplies: tuple[Supply, ...]
    home: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """A department's data in a service: the axes as tables tell them."""

    department: str
    service: str
    supplier: str
    seats: int
    residency: str
    operator_home: str
    owner_home: str
    keys: str
    assessed: date | None

    def axis(self, name: str) -> str:
        return str(getattr(self, name))


def is_abroad(jurisdiction: str, home: str) -> bool | None:
    """Whether a jurisdiction is another than the home; a part of the home is not. None: not known."""
    if not home or jurisdiction in (UNKNOWN, "", "chosen"):
        return None
    return not (jurisdiction in (home, HOME) or jurisdiction.startswith(home + "-"))


def holdings_today(inputs: PlanInputs, places: Places) -> list[Holding]:
    """Every department's services with data, at the supplier and place that the most specific row tells."""
    seats = seats_by_service(inputs)
    found = []
    for department in inputs.departments:
        for service in DATA_SERVICES:
            if (count := seats[department.id][service]) and (
                row := _location(places.locations, department.id, service)
            ):
                found.append(
                    Holding(department.id, service, row.supplier, count, row.residency, row.operator_home,
                            row.owner_home, row.keys, row.assessed)
                )  # fmt: skip
    return found


def _location(rows: Iterable[Location], department: str, service: str) -> Location | None:
    by_key = {(row.department, row.service): row for row in rows}
    for key in ((department, service), (ALL, service), (department, ALL), (ALL, ALL)):
        if key in by_key:
            return by_key[key]
    return None


def holdings_after(
    today: Sequence[Holding], outcome: Outcome, hosting: Mapping[str, Hosting]
) -> list[Holding]:
    """The same services where an alternative puts them. What was assessed for the old place is not for the new."""
    moved = {(id, move.service): move for id, moves in outcome.moves.items() for move in moves}
    found = []
    for holding in today:
        move = moved.get((holding.department, holding.service))
        if move is None:
            found.append(holding)
            continue
        place = hosting[move.hosting]
        found.append(
            Holding(holding.department, holding.service, place.operator, holding.seats, place.residency,
                    place.operator_home, place.owner_home, place.keys, None)
        )  # fmt: skip
    return found


def count_axes(holdings: Iterable[Holding]) -> dict[str, dict[str, int]]:
    """Axis -> jurisdiction or key holder -> seats of services (a user of three services counts three times)."""
    found: dict[str, Counter[str]] = {axis: Counter() for axis in AXES}
    for holding in holdings:
        for axis in AXES:
            found[axis][holding.axis(axis)] += holding.seats
    return {axis: dict(sorted(counts.items())) for axis, counts in found.items()}


def count_abroad(holdings: Iterable[Holding], home: str) -> dict[str, dict[str, int | None]]:
    """Department id -> axis -> seats of services under another jurisdiction; None where the home is not told."""
    found: dict[str, dict[str, int | None]] = {}
    for holding in holdings:
        row = found.setdefault(holding.department, dict.fromkeys(AXES[:3], 0 if home else None))
        for axis in AXES[:3]:
            count = row[axis]
            if count is not None and is_abroad(holding.axis(axis), home):
                row[axis] = count + holding.seats
    return found


@dataclass(frozen=True, slots=True)
class Spending:
    """Cents a year to suppliers of a jurisdiction under an alternative; ``owner_home`` is who owns the supplier."""

    alternative: str
    supplier: str
    owner_home: str
    cents: int


def add_spending(
    inputs: PlanInputs, choices: Choices, outcomes: Iterable[Outcome], places: Places, figures: Figures
) -> list[Spending]:
    """Add ``sovereignty.spending.*`` figures: where the money of each alternative goes, by owner's jurisdiction.

    Recurring costs of replacements go to their owners as far as rows of the catalogue tell costs; clean-up is left out.
    """
    found = []
    for outcome in outcomes:
        code = outcome.alternative.code
        rows: dict[tuple[str, str], tuple[int, list[str]]] = {}

        def pay(supplier: str, home: str, cents: int, *origins: str) -> None:
            total, others = rows.get((supplier, home), (0, []))  # noqa: B023
            rows[supplier, home] = total + cents, [*others, *origins]  # noqa: B023

        licences = figures[f"alternatives.{code}.licences_yearly"]
        pay("Microsoft", "US", licences.amount.likely, licences.id)
        recurring = figures[f"alternatives.{code}.recurring_yearly"]
        if recurring.amount.likely:
            # the cost of any row shifts the shares of all
            weighed = dict.fromkeys(row.replacement.id for moves in outcome.moves.values() for row in moves)
            for owner, home, share in _shares(inputs, outcome, recurring.amount.likely):
                pay(owner, home, share, recurring.id, *weighed)
        for supply in places.supplies:
            if supply.currency == inputs.currency and not _supply_goes(supply, outcome, choices):
                pay(supply.supplier, supply.owner_home, supply.yearly_cents, supply.id)
        by_home: dict[str, list[Any]] = defaultdict(list)
        for (supplier, home), (cents, origins) in sorted(rows.items()):
            id = f"sovereignty.spending.{code}.{slug(home or UNKNOWN)}.{slug(supplier)}"
            by_home[home].append(figures.add(id, Unit.CENTS, cents, Label.COST, origins))
            found.append(Spending(code, supplier, home or UNKNOWN, cents))
        for home, parts in by_home.items():
            figures.total(
                f"sovereignty.spending.{code}.{slug(home or UNKNOWN)}", Unit.CENTS, Label.COST, parts
            )
    return found


def _shares(inputs: PlanInputs, outcome: Outcome, total: int) -> list[tuple[str, str, int]]:
    """The recurring costs split over the owners of replacements, in proportion to what their rows cost."""
    weights: Counter[tuple[str, str]] = Counter()
    for moves in outcome.moves.values():
        for move in moves:
            row = move.replacement
            if row.yearly and row.yearly.likely and row.currency == inputs.currency:
                weights[row.owner or row.name, row.home] += row.yearly.likely * move.seats
    owners = sorted(weights)
    if not owners:
        return [("", UNKNOWN, total)]
    parts = spread(total, [weights[owner] for owner in owners])
    return [(*owner, cents) for owner, cents in zip(owners, parts, strict=True)]


def _supply_goes(supply: Supply, outcome: Outcome, choices: Choices) -> bool:
    """Another supplier's service goes with the service that it serves, where a replacement is named for it."""
    if supply.replacement == STAY or supply.replacement not in choices.replacements:
        return False
    alternative = outcome.alternative
    return supply.service in outcome.moved or bool(alternative.moved([supply.service]))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A contract in force that an alternative would leave before it lets go."""

    alternative: str
    contract: str
    code: str  # notice_passed, floor, term, supplier_term
    until: date | None
    seats: int


def contradictions(
    inputs: PlanInputs, outcomes: Iterable[Outcome], choices: Choices, places: Places
) -> list[Contradiction]:
    """Contracts whose terms run against an alternative: floors, and terms that outlast the plan's dates."""
    found: list[Contradiction] = []
    for outcome in outcomes:
        code = outcome.alternative.code
        seen: set[str] = set()
        for department in inputs.departments:
            if not outcome.moves.get(department.id):
                continue
            contract = contract_of(inputs, department)
            name = contract.name or department.name
            if name in seen:
                continue
            seen.add(name)
            found.extend(_against(inputs, code, name, department))
        for supply in places.supplies:
            if (
                supply.contract_end
                and supply.contract_end > inputs.as_of
                and _supply_goes(supply, outcome, choices)
            ):
                found.append(
                    Contradiction(code, supply.product, "supplier_term", supply.contract_end, supply.seats)
                )
    return found


def _against(inputs: PlanInputs, code: str, name: str, department: Department) -> Iterable[Contradiction]:
    contract = contract_of(inputs, department)
    if floor := contract.minimum_seats + sum(contract.floors.values()):
        yield Contradiction(code, name, "floor", contract.floor_until, floor)
    if contract.renewal and contract.renewal > inputs.as_of:
        done = department.migration
        if done and done < contract.renewal:
            yield Contradiction(code, name, "term", contract.renewal, 0)
        if (contract.renewal - inputs.as_of).days < contract.notice_days:
            yield Contradiction(code, name, "notice_passed", contract.renewal, 0)


@dataclass(frozen=True, slots=True)
class Unassessed:
    service: str
    supplier: str
    departments: int
    seats: int


def unassessed(holdings: Iterable[Holding], supplies: Iterable[Supply]) -> list[Unassessed]:
    """Services in use whose row records no assessment."""
    seats: Counter[tuple[str, str]] = Counter()
    departments: dict[tuple[str, str], set[str]] = defaultdict(set)
    for holding in holdings:
        if holding.assessed is None:
            seats[holding.service, holding.supplier] += holding.seats
            departments[holding.service, holding.supplier].add(holding.department)
    found = [
        Unassessed(service, supplier, len(departments[service, supplier]), count)
        for (service, supplier), count in sorted(seats.items())
    ]
    found.extend(
        Unassessed(row.service, f"{row.supplier}, {row.product}", 0, row.seats)
        for row in supplies
        if row.assessed is None
    )
    return found


def sovereignty_json(
    inputs: PlanInputs,
    choices: Choices,
    places: Places,
    outcomes: Sequence[Outcome],
    spending: Iterable[Spending],
    access: Mapping[str, Any] | None,
    labels: Mapping[str, int],
) -> dict[str, Any]:
    """The part ``sovereignty`` of the published model."""
    today = holdings_today(inputs, places)
    used = {row.hosting for outcome in outcomes for moves in outcome.moves.values() for row in moves}
    return {
        "home": places.home,
        "today": [_holding_json(holding) for holding in today],
        "labelled_files": dict(sorted(labels.items())),
        "abroad": _abroad_json(inputs, today, places.home),
        "alternatives": [
            {
                "code": outcome.alternative.code,
                "axes": count_axes(after),
                "abroad": _abroad_json(inputs, after, places.home),
            }
            for outcome in outcomes
            for after in [holdings_after(today, outcome, choices.hosting)]
        ],
        "hosting": [
            {
                "code": row.code,
                "name": row.name,
                "operator": row.operator,
                "residency": row.residency,
                "operator_home": row.operator_home,
                "owner_home": row.owner_home,
                "qualification": row.qualification,
                "keys": row.keys,
                "as_of": row.as_of.isoformat(),
                "source": row.source,
            }
            for row in choices.hosting.values()
            if row.code in used
        ],
        "spending": [
            {
                "alternative": row.alternative,
                "supplier": row.supplier,
                "owner_home": row.owner_home,
                "cents": row.cents,
            }
            for row in spending
        ],
        "contracts": [
            {
                "alternative": row.alternative,
                "contract": row.contract,
                "code": row.code,
                "until": row.until.isoformat() if row.until else None,
                "seats": row.seats,
            }
            for row in contradictions(inputs, outcomes, choices, places)
        ],
        "unassessed": [
            {
                "service": row.service,
                "supplier": row.supplier,
                "departments": row.departments,
                "seats": row.seats,
            }
            for row in unassessed(today, places.supplies)
        ],
        "access": access,
        "other_currencies": sorted(row.product for row in places.supplies if row.currency != inputs.currency),
    }


def supplies_json(supplies: Iterable[Supply]) -> list[dict[str, Any]]:
    """The services of other suppliers, as rows behind figures."""
    return [
        {
            "id": row.id,
            "product": row.product,
            "supplier": row.supplier,
            "service": row.service,
            "seats": row.seats,
            "yearly_cents": row.yearly_cents,
            "currency": row.currency,
            "owner_home": row.owner_home,
            "replacement": row.replacement,
            "as_of": row.as_of.isoformat(),
            "source": row.source,
        }
        for row in supplies
    ]


def _holding_json(holding: Holding) -> dict[str, Any]:
    return {
        "department": holding.department,
        "service": holding.service,
        "supplier": holding.supplier,
        "seats": holding.seats,
        "residency": holding.residency,
        "operator_home": holding.operator_home,
        "owner_home": holding.owner_home,
        "keys": holding.keys,
        "assessed": holding.assessed.isoformat() if holding.assessed else None,
    }


def _abroad_json(inputs: PlanInputs, holdings: Iterable[Holding], home: str) -> list[dict[str, Any]]:
    counted = count_abroad(holdings, home)
    return [
        {"department": department.id, **counted[department.id]}
        for department in inputs.departments
        if department.id in counted and department.id != UNASSIGNED
    ]
