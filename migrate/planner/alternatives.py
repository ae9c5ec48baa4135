"""What could be done, side by side: stay, stay and clean up, stay with an ODF plug-in, leave Office, leave more.

Each alternative says which services go; what stays is priced by the same solver as the plan's own licences. A service
that goes costs what its row of the catalogue says, per seat and year and once per unit; rows of one package are paid
once. What is counted by hand (sites, flows, reports) and was not counted is named and stands in no figure. Clean-up is
no result of leaving and stands apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from migrate.planner.amounts import Amount
from migrate.planner.catalogue import (
    ALL,
    SEAT_UNITS,
    STAY,
    Hosting,
    Replacement,
    Target,
    target_of,
    usual_replacement,
)
from migrate.planner.inputs import PlanInputs, slug
from migrate.planner.services import OTHER
from migrate.planner.tables import read_rows

OWN = "own"  # the alternative that the organisation's table of targets describes


@dataclass(frozen=True, slots=True)
class Alternative:
    """``moves`` are services that go, ``all`` for every one but those of ``keeps``."""

    code: str
    moves: tuple[str, ...]
    keeps: tuple[str, ...]
    clean_up: bool
    plug_in: bool

    def moved(self, services: Iterable[str]) -> frozenset[str]:
        """Of the services that there are, those that go."""
        return frozenset(
            code for code in services if (ALL in self.moves or code in self.moves) and code not in self.keeps
        )


def read_alternatives(text: str, file: str) -> tuple[Alternative, ...]:
    return tuple(
        Alternative(
            row.required("code"),
            tuple(filter(None, row.text("moves").split("|"))),
            tuple(filter(None, row.text("keeps").split("|"))),
            row.flag("clean_up"),
            row.flag("plug_in"),
        )
        for row in read_rows(text, file, ("code", "moves", "keeps"))
    )


@dataclass(frozen=True, slots=True)
class Move:
    """A service that a department leaves: by what it is replaced and where that runs. ``units`` None: not counted."""

    service: str
    replacement: Replacement
    hosting: str
    seats: int
    units: int | None
    target: str  # id of the row of targets that says so; empty for the usual replacement

    @property
    def origins(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.replacement.id, self.target)))


@dataclass(slots=True)
class Outcome:
    """An alternative worked out. ``moves`` by department id."""

    alternative: Alternative
    moves: dict[str, tuple[Move, ...]]
    first_saving: date | None = None
    uncounted: Counter[tuple[str, str]] = field(default_factory=Counter)  # service, unit -> departments
    unpriced: set[str] = field(default_factory=set)  # codes of rows without a cost in the plan's currency

    @property
    def moved(self) -> list[str]:
        return sorted({move.service for moves in self.moves.values() for move in moves})


@dataclass(frozen=True, slots=True)
class Choices:
    """What alternatives are made from."""

    alternatives: tuple[Alternative, ...]
    replacements: Mapping[str, Replacement]
    hosting: Mapping[str, Hosting]
    targets: tuple[Target, ...] = ()
    usual_hosting: str = "own_premises"


def seats_by_service(inputs: PlanInputs) -> dict[str, Counter[str]]:
    """Department id -> service -> users who hold a licence with it."""
    held = Counter((slug(user.department), tuple(sorted(user.skus))) for user in inputs.users)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for (id, skus), count in held.items():
        services = {service for sku in skus for service, _part in inputs.catalogue.levels(sku)}
        for service in services:
            found[id][service] += count
    return found


def plan_moves(
    alternative: Alternative, choices: Choices, department: str, seats: Mapping[str, int]
) -> Iterable[Move]:
    """What goes, with the department's own target before the usual one. A target ``stay`` keeps a service always."""
    held = [service for service in seats if service != OTHER]
    wanted = alternative.moved(held)
    for service in sorted(held):
        target = target_of(choices.targets, department, service)
        if alternative.code == OWN:
            goes = target is not None and target.replacement != STAY
        else:
            goes = service in wanted and not (target and target.replacement == STAY)
        if not goes:
            continue
        named = choices.replacements.get(target.replacement) if target else None
        row = named or usual_replacement(choices.replacements, service)
        if row is None:
            continue
        hosting = (target.hosting if target else "") or _hosting(choices, row)
        units = seats[service] if row.unit in SEAT_UNITS else target.units if target else None
        yield Move(service, row, hosting, seats[service], units, target.id if target else "")


def _hosting(choices: Choices, row: Replacement) -> str:
    """The usual hosting where the row can run there, else the row's first."""
    return (
        choices.usual_hosting if choices.usual_hosting in row.hosting or not row.hosting else row.hosting[0]
    )


def ends_of(amount: Amount) -> tuple[int, int, int]:
    return amount.low, amount.likely, amount.high


def catalogue_json(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """The rows of the catalogue that an alternative uses."""
    used = {
        move.replacement.code: move.replacement
        for outcome in outcomes
        for moves in outcome.moves.values()
        for move in moves
    }
    return [_row_json(used[code]) for code in sorted(used)]


def _row_json(row: Replacement) -> dict[str, Any]:
    return {
        "id": row.id,
        "code": row.code,
        "service": row.service,
        "name": row.name,
        "status": row.status,
        "licence": row.licence,
        "open_source": row.open_source,
        "owner": row.owner,
        "home": row.home,
        "hosting": list(row.hosting),
        "yearly": list(ends_of(row.yearly)) if row.yearly else None,
        "currency": row.currency,
        "package": row.package,
        "data_path": row.data_path,
        "unit": row.unit,
        "minutes": list(ends_of(row.minutes)),
        "who": row.who,
        "gaps": row.gaps,
        "evidence": row.evidence,
        "as_of": row.as_of.isoformat(),
        "source": row.source,
    }


def alternatives_json(inputs: PlanInputs, outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """The part ``alternatives`` of the published model; amounts stand in the figures ``alternatives.CODE.*``.

    ``kept`` are services that somebody holds.
    """
    held = {service for seats in seats_by_service(inputs).values() for service in seats}
    return [
        {
            "code": outcome.alternative.code,
            "first_saving": outcome.first_saving.isoformat() if outcome.first_saving else None,
            "kept": [code for code in inputs.catalogue.services if code in held.difference(outcome.moved)],
            "moved": [_moved_json(outcome, service) for service in outcome.moved],
            "uncounted": [{"service": service, "unit": unit} for service, unit in sorted(outcome.uncounted)],
            "unpriced": sorted(outcome.unpriced),
        }
        for outcome in outcomes
    ]


def _moved_json(outcome: Outcome, service: str) -> dict[str, Any]:
    """By what a service is replaced: one line per replacement and place, with its seats."""
    counted = Counter[tuple[str, str, str, str]]()
    for moves in outcome.moves.values():
        for move in moves:
            if move.service == service:
                row = move.replacement
                counted[row.code, row.name, row.status, move.hosting] += move.seats
    return {
        "service": service,
        "by": [
            {"replacement": code, "name": name, "status": status, "hosting": hosting, "seats": seats}
            for (code, name, status, hosting), seats in sorted(counted.items())
        ],
    }
