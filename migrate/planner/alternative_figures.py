"""What each alternative costs and saves, per department and in total: the figures ``alternatives.*``.

What stays is priced by the solver of the plan's own licences, once for all alternatives that keep the same. A saving
begins when the department's contract lets go of seats; replacements are paid from the day on which it is done.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from migrate.planner.alternatives import (
    OWN,
    Alternative,
    Choices,
    Move,
    Outcome,
    ends_of,
    plan_moves,
    seats_by_service,
)
from migrate.planner.amounts import ZERO, Amount, rounded
from migrate.planner.catalogue import target_of
from migrate.planner.costs import factors, priced
from migrate.planner.figures import Figure, Figures, Label, Unit
from migrate.planner.inputs import UNASSIGNED, Department, PlanInputs, slug
from migrate.planner.licences import CHOICE, Licences, kept_services
from migrate.planner.months import month_of
from migrate.planner.offers import Role
from migrate.planner.optimiser import Assignment, Solution, cheapest_sets
from migrate.planner.periods import horizon_months
from migrate.planner.services import OFFICE
from migrate.planner.term_changes import term_changes
from migrate.planner.terms import migration_day, price_ids, saving_starts

# amounts of an alternative, per department and in total: cents a year, or over the horizon
COLUMNS: Mapping[str, Label] = {
    "licences_yearly": Label.COST,
    "saving_yearly": Label.FORECAST,
    "clean_up_yearly": Label.FORECAST,
    "one_off": Label.COST,
    "recurring_yearly": Label.COST,
    "net_horizon": Label.FORECAST,
}
_Rows = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Dates:
    """When a department saves and pays: ``before`` and ``after`` are months of the horizon while floors last and
    after, ``running`` those in which replacements are paid."""

    starts: date | None
    before: int
    after: int
    running: int


@dataclass(frozen=True, slots=True)
class _Department:
    """What is the same for a department under every alternative. ``changed`` are other dates that changes of rows give it."""

    department: Department
    held: Mapping[str, int]  # seats by product
    people: int
    dates: _Dates
    changed: tuple[tuple[str, _Dates], ...]


@dataclass(frozen=True, slots=True)
class _Seats:
    """A department's seats by product that an alternative frees (those that it adds are negative), and what they
    save a month: ``early`` while floors last."""

    full: Mapping[str, int]
    early: Mapping[str, int]
    saving: int
    early_saving: int


def plan_alternatives(
    inputs: PlanInputs, choices: Choices, licences: Licences, figures: Figures
) -> list[Outcome]:
    """Add ``alternatives.*`` figures. Licences, effort and costs must have been planned before."""
    solved = {_key(kept_services(inputs)): licences.solution}
    seats = seats_by_service(inputs)
    rows = _departments(inputs)
    alternatives = list(choices.alternatives)
    if choices.targets:
        alternatives.append(Alternative(OWN, (), (), True, False))
    outcomes = []
    for alternative in alternatives:
        moves = {
            row.department.id: tuple(plan_moves(alternative, choices, row.department.id, seats[row.department.id]))
            for row in rows
        }  # fmt: skip
        outcome = Outcome(alternative, moves)
        assignments = _assignments(inputs, outcome, solved)
        columns: dict[str, list[Figure]] = defaultdict(list)
        for row in rows:
            id = row.department.id
            targets = _targets(alternative, choices, id, seats[id])
            _add_department(inputs, row, outcome, assignments.get(id, ()), targets, columns, figures)
        for name, label in COLUMNS.items():
            figures.total(f"alternatives.{alternative.code}.{name}", Unit.CENTS, label, columns[name])
        outcomes.append(outcome)
    return outcomes


def _departments(inputs: PlanInputs) -> list[_Department]:
    held: dict[str, Counter[str]] = defaultdict(Counter)
    people = Counter(slug(user.department) for user in inputs.users)
    for user in inputs.users:
        held[slug(user.department)].update(user.skus)
    found = []
    for department in inputs.departments:
        if department.id != UNASSIGNED:
            dates = _dates(inputs, department)
            changed = ((id, _dates(other, terms)) for id, other, terms in term_changes(inputs, department))
            others = tuple(dict.fromkeys(one for one in changed if one[1] != dates))
            found.append(_Department(department, held[department.id], people[department.id], dates, others))
    return found


def _dates(inputs: PlanInputs, department: Department) -> _Dates:
    done = max(month_of(migration_day(inputs, department)), month_of(inputs.as_of))
    running = max(0, month_of(inputs.as_of) + inputs.horizon_months - done)
    return _Dates(saving_starts(inputs, department), *horizon_months(inputs, department), running)


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


def _targets(alternative: Alternative, choices: Choices, id: str, seats: Mapping[str, int]) -> _Rows:
    """The rows of targets that decide whether a service goes, and to what."""
    services = sorted(seats) if alternative.code == OWN else sorted(alternative.moved(seats))
    found = (target_of(choices.targets, id, service) for service in services)
    return tuple(target.id for target in found if target)


def _add_department(
    inputs: PlanInputs,
    row: _Department,
    outcome: Outcome,
    assignments: Iterable[Assignment],
    targets: _Rows,
    columns: Mapping[str, list[Figure]],
    figures: Figures,
) -> None:
    department, dates, id = row.department, row.dates, row.department.id
    seats = _seats(assignments)
    starts = dates.starts if seats.saving > 0 else None
    if starts and (outcome.first_saving is None or starts < outcome.first_saving):
        outcome.first_saving = starts
    one_off, one_off_rows = _one_off(inputs, outcome, row, figures)
    recurring, recurring_rows = _recurring(inputs, outcome, department, figures)
    clean_up, clean_up_rows = _clean_up(outcome.alternative, id, figures)

    def prices(counts: Mapping[str, int]) -> _Rows:
        return tuple(
            name for sku, count in counts.items() if count for name in price_ids(inputs, department, sku)
        )

    def net(dates: _Dates) -> Amount:
        saved = seats.early_saving * dates.before + seats.saving * dates.after
        months = Amount(*(rounded(Fraction(end * dates.running, 12)) for end in ends_of(recurring)))
        return Amount.exactly(saved).minus_cost(one_off).minus_cost(months)

    def net_rows() -> _Rows:
        counts = {
            sku: seats.early.get(sku, 0) * dates.before + seats.full.get(sku, 0) * dates.after
            for sku in {**seats.full, **seats.early}
        }
        moved = (name for name, other in row.changed if net(other) != net(dates))
        running = recurring_rows if dates.running else ()
        return (*prices(counts), *chosen, *moved, *one_off_rows, *running)

    def saving_rows() -> _Rows:
        # a year in force belongs to no day: what counts is whether the contract ever lets seats go
        saves = seats.saving > 0
        moved = [name for name, other in row.changed if saves and bool(other.starts) != bool(dates.starts)]
        return (*(prices(seats.full) if dates.starts else ()), *chosen, *moved)

    priced_seats = any(price_ids(inputs, department, sku) for sku in row.held)
    chosen = (*((CHOICE,) if outcome.moved and priced_seats else ()), *targets)
    held = figures[f"departments.{id}.licences.current_monthly"].amount.likely
    after = {
        sku: count - seats.full.get(sku, 0)
        for sku, count in {**dict.fromkeys(seats.full, 0), **row.held}.items()
    }
    paid_rows = (f"users.{id}", *prices(after), *chosen)
    cells = {
        "licences_yearly": (Amount.exactly((held - seats.saving) * 12), paid_rows),
        "saving_yearly": (Amount.exactly(seats.saving * 12 if starts else 0), saving_rows()),
        "clean_up_yearly": (clean_up, clean_up_rows),
        "one_off": (one_off, one_off_rows),
        "recurring_yearly": (recurring, recurring_rows),
        "net_horizon": (net(dates), net_rows()),
    }
    for name, (amount, rows) in cells.items():
        figure_id = f"alternatives.{outcome.alternative.code}.departments.{id}.{name}"
        columns[name].append(figures.add(figure_id, Unit.CENTS, amount, COLUMNS[name], rows))


def _seats(assignments: Iterable[Assignment]) -> _Seats:
    full, early = Counter[str](), Counter[str]()
    saving = early_saving = 0
    for row in assignments:
        saving += (row.held_cents - row.cents) * row.seats
        early_saving += (row.held_cents - row.cents) * row.early_seats
        for skus, sign in ((row.held, 1), (row.skus, -1)):
            for sku in skus:
                full[sku] += sign * row.seats
                early[sku] += sign * row.early_seats
    return _Seats(full, early, saving, early_saving)


def _clean_up(alternative: Alternative, id: str, figures: Figures) -> tuple[Amount, _Rows]:
    """What attested seats save a year, with the figure that says so."""
    name = f"departments.{id}.licences.clean_up.saving_full_year.forecast"
    return (figures[name].amount, (name,)) if alternative.clean_up and name in figures else (ZERO, ())


def _one_off(
    inputs: PlanInputs, outcome: Outcome, row: _Department, figures: Figures
) -> tuple[Amount, _Rows]:
    """Cents once, and the rows behind them. Leaving Office costs what the plan counts from files and people."""
    id = row.department.id
    total, rows = ZERO, [f"users.{id}"]
    if outcome.alternative.plug_in:
        minutes, rate = inputs.assumptions["plug_in"], inputs.assumptions["rate.helpdesk"]
        total += priced(minutes.whole * row.people, rate)
        seats = (f"users.{id}", Amount.exactly(row.people))
        rows += factors(seats, (minutes.id, minutes.whole), (rate.id, rate.cents))
    for move in outcome.moves[id]:
        if move.service == OFFICE:
            figure = figures[f"departments.{id}.costs.one_off"]
            total += figure.amount
            rows.append(figure.id)
        elif move.units is None:
            outcome.uncounted[move.service, move.replacement.unit] += 1
            rows += filter(None, [move.target])
        else:
            rate = inputs.assumptions[f"rate.{move.replacement.who}"]
            total += priced(move.replacement.minutes * move.units, rate)
            rows += _work_rows(move, move.units, (rate.id, rate.cents))
    return total, tuple(rows)


def _work_rows(move: Move, units: int, rate: tuple[str, Amount]) -> _Rows:
    minutes = (move.replacement.id, move.replacement.minutes)
    named = factors(("", Amount.exactly(units)), minutes, rate)
    return tuple(filter(None, (*named, move.target)))


def _recurring(
    inputs: PlanInputs, outcome: Outcome, department: Department, figures: Figures
) -> tuple[Amount, _Rows]:
    """Cents a year: of a package the dearest row once per seat, of everything else each row."""
    total, rows = ZERO, [f"users.{department.id}"]
    packages: dict[str, list[Amount]] = defaultdict(list)
    for move in outcome.moves[department.id]:
        row = move.replacement
        if move.service == OFFICE:
            figure = figures[f"departments.{department.id}.costs.support_yearly"]
            total += figure.amount
            rows.append(figure.id)
            continue
        rows += move.origins
        if row.yearly is None or (row.currency != inputs.currency and row.yearly != ZERO):
            outcome.unpriced.add(row.code)
        else:
            packages[row.package or row.code].append(row.yearly * move.seats)
    for amounts in packages.values():
        total += max(amounts, key=lambda amount: (amount.likely, amount.high))
    return total, tuple(rows)
