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
from fractions import Fraction
from typing import Any

from migrate.planner.amounts import ZERO, Amount, rounded
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
from migrate.planner.costs import priced
from migrate.planner.figures import Figure, Figures, Label, Unit
from migrate.planner.inputs import UNASSIGNED, Department, PlanInputs, slug
from migrate.planner.licences import CHOICE, Licences, kept_services
from migrate.planner.months import month_of
from migrate.planner.offers import Role
from migrate.planner.optimiser import Assignment, Solution, cheapest_sets
from migrate.planner.periods import horizon_months
from migrate.planner.services import OFFICE, OTHER
from migrate.planner.tables import read_rows
from migrate.planner.terms import date_rows, migration_day, saving_starts

OWN = "own"  # the alternative that the organisation's table of targets describes


# amounts of an alternative, per department and in total: cents a year, or over the horizon
COLUMNS: Mapping[str, Label] = {
    "licences_yearly": Label.COST,
    "saving_yearly": Label.FORECAST,
    "clean_up_yearly": Label.FORECAST,
    "one_off": Label.COST,
    "recurring_yearly": Label.COST,
    "net_horizon": Label.FORECAST,
}


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


def plan_alternatives(
    inputs: PlanInputs, choices: Choices, licences: Licences, figures: Figures
) -> list[Outcome]:
    """Add ``alternatives.*`` figures. Licences, effort and costs must have been planned before."""
    solved = {_key(kept_services(inputs)): licences.solution}
    seats = seats_by_service(inputs)
    departments = [department for department in inputs.departments if department.id != UNASSIGNED]
    alternatives = list(choices.alternatives)
    if choices.targets:
        alternatives.append(Alternative(OWN, (), (), True, False))
    outcomes = []
    for alternative in alternatives:
        moves = {
            department.id: tuple(_moves(alternative, choices, department.id, seats[department.id]))
            for department in departments
        }
        outcome = Outcome(alternative, moves)
        assignments = _assignments(inputs, outcome, solved)
        _add_figures(inputs, departments, outcome, assignments, figures)
        outcomes.append(outcome)
    return outcomes


def _moves(
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


_Key = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def _key(required: Mapping[str, Mapping[str, str]]) -> _Key:
    """What is required, as a key: alternatives that keep the same are solved once."""
    return tuple((id, tuple(sorted(kept.items()))) for id, kept in sorted(required.items()))


def _assignments(
    inputs: PlanInputs, outcome: Outcome, solved: dict[_Key, Solution]
) -> dict[str, list[Assignment]]:
    """Department id -> what its users take; an alternative that moves nothing changes nothing."""
    found: dict[str, list[Assignment]] = defaultdict(list)
    if outcome.moved:
        required = {
            department.id: inputs.catalogue.usual(
                {*(move.service for move in outcome.moves[department.id]), *department.gives_up}
            )
            if outcome.moves.get(department.id)
            else inputs.catalogue.as_held()
            for department in inputs.departments
        }
        key = _key(required)
        if key not in solved:
            solved[key] = cheapest_sets(inputs, required)
        for row in solved[key].assignments:
            if row.changes and row.group.role is not Role.UNUSED:
                found[row.department].append(row)
    return found


def _add_figures(
    inputs: PlanInputs,
    departments: list[Department],
    outcome: Outcome,
    assignments: Mapping[str, list[Assignment]],
    figures: Figures,
) -> None:
    code = outcome.alternative.code
    columns: dict[str, list[Figure]] = defaultdict(list)
    for department in departments:
        prefix, id = f"alternatives.{code}.departments.{department.id}", department.id
        saving = sum((row.held_cents - row.cents) * row.seats for row in assignments.get(id, ()))
        early = sum((row.held_cents - row.cents) * row.early_seats for row in assignments.get(id, ()))
        starts = saving_starts(inputs, department) if saving > 0 else None
        if starts and (outcome.first_saving is None or starts < outcome.first_saving):
            outcome.first_saving = starts
        before_floors, after_floors = horizon_months(inputs, department)
        held = figures[f"departments.{id}.licences.current_monthly"].amount.likely
        origins = (
            CHOICE,
            *date_rows(department),
            *(row for move in outcome.moves[id] for row in move.origins),
        )
        one_off, one_off_rows = _one_off(inputs, outcome, department, figures)
        recurring, recurring_rows = _recurring(inputs, outcome, department, figures)
        clean_up, clean_up_rows = _clean_up(outcome.alternative, id, figures)
        running = max(0, month_of(inputs.as_of) + inputs.horizon_months - _done(inputs, department))
        horizon = Amount.exactly(early * before_floors + saving * after_floors)
        months = Amount(*(rounded(Fraction(end * running, 12)) for end in _ends(recurring)))
        rows = {
            "licences_yearly": (Amount.exactly((held - saving) * 12), origins),
            "saving_yearly": (Amount.exactly(saving * 12 if starts else 0), origins),
            "clean_up_yearly": (clean_up, clean_up_rows),
            "one_off": (one_off, one_off_rows),
            "recurring_yearly": (recurring, recurring_rows),
            "net_horizon": (
                horizon.minus_cost(one_off).minus_cost(months),
                (*origins, *one_off_rows, *recurring_rows),
            ),
        }
        for name, (amount, inputs_of_row) in rows.items():
            since = starts if name == "saving_yearly" else None
            id_of_row, label = f"{prefix}.{name}", COLUMNS[name]
            columns[name].append(figures.add(id_of_row, Unit.CENTS, amount, label, inputs_of_row, since))
    for name, label in COLUMNS.items():
        figures.total(f"alternatives.{code}.{name}", Unit.CENTS, label, columns[name])


def _ends(amount: Amount) -> tuple[int, int, int]:
    return amount.low, amount.likely, amount.high


def _done(inputs: PlanInputs, department: Department) -> int:
    return max(month_of(migration_day(inputs, department)), month_of(inputs.as_of))


def _clean_up(alternative: Alternative, id: str, figures: Figures) -> tuple[Amount, tuple[str, ...]]:
    """What attested seats save a year, with the figure that says so."""
    name = f"departments.{id}.licences.clean_up.saving_full_year.forecast"
    return (figures[name].amount, (name,)) if alternative.clean_up and name in figures else (ZERO, ())


def _one_off(
    inputs: PlanInputs, outcome: Outcome, department: Department, figures: Figures
) -> tuple[Amount, tuple[str, ...]]:
    """Cents once, and the rows behind them. Leaving Office costs what the plan counts from files and people."""
    total, rows = ZERO, [f"users.{department.id}"]
    if outcome.alternative.plug_in:
        people = sum(slug(user.department) == department.id for user in inputs.users)
        minutes, rate = inputs.assumptions["plug_in"], inputs.assumptions["rate.helpdesk"]
        total += priced(minutes.whole * people, rate)
        rows += [minutes.id, rate.id]
    for move in outcome.moves[department.id]:
        if move.service == OFFICE:
            figure = figures[f"departments.{department.id}.costs.one_off"]
            total += figure.amount
            rows.append(figure.id)
        elif move.units is None:
            outcome.uncounted[move.service, move.replacement.unit] += 1
        else:
            rate = inputs.assumptions[f"rate.{move.replacement.who}"]
            total += priced(move.replacement.minutes * move.units, rate)
            rows += [*move.origins, rate.id]
    return total, tuple(rows)


def _recurring(
    inputs: PlanInputs, outcome: Outcome, department: Department, figures: Figures
) -> tuple[Amount, tuple[str, ...]]:
    """Cents a year: of a package the dearest row once per seat, of everything else each row."""
    total, rows = ZERO, [f"users.{department.id}"]
    packages: dict[str, list[Amount]] = defaultdict(list)
    for move in outcome.moves[department.id]:
        row = move.replacement
        if move.service == OFFICE:
            figure = figures[f"departments.{department.id}.costs.support_yearly"]
            total += figure.amount
            rows.append(figure.id)
        elif row.yearly is None or (row.currency != inputs.currency and row.yearly != ZERO):
            outcome.unpriced.add(row.code)
        else:
            packages[row.package or row.code].append(row.yearly * move.seats)
            rows += move.origins
    for amounts in packages.values():
        total += max(amounts, key=lambda amount: (amount.likely, amount.high))
    return total, tuple(rows)


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
        "yearly": list(_ends(row.yearly)) if row.yearly else None,
        "currency": row.currency,
        "package": row.package,
        "data_path": row.data_path,
        "unit": row.unit,
        "minutes": list(_ends(row.minutes)),
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
