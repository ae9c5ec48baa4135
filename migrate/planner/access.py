"""Access cut off: which documents in use open without Microsoft today, and how long the rest takes to restore.

Counted while the items of the inventory pass by. A document is in use where it was changed in the last months
(``active_months``); one without a date counts as in use. What opens is what an inspection opened without Microsoft's
programs; documents with macros open, but what the macros do is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from inventory.records import InspectedItem, ItemState, iso_time
from migrate.planner.alternatives import seats_by_service
from migrate.planner.amounts import Amount, rounded
from migrate.planner.effort import Readiness, classify, department_of
from migrate.planner.figures import Figures, Label, Unit
from migrate.planner.inputs import Department, PlanInputs
from migrate.planner.months import months_later
from migrate.planner.waves.records import Capacity

LABELS = ("sensitivity_label", "rights_management")
# figure -> classes of documents in use that it counts
_COUNTED: Mapping[str, tuple[Readiness, ...]] = {
    "documents": tuple(readiness for readiness in Readiness if readiness is not Readiness.OTHER),
    "opens": (Readiness.READY, Readiness.CHECK),
    "opens_without_macros": (Readiness.MACROS,),
    "closed": (Readiness.CLOSED,),
}
_DAYS_A_MONTH = 30


@dataclass(slots=True)
class Access:
    """Documents in use by class, and files with labels or rights management by department.

    ``dated`` are all documents with a date by class, in use or not, ``aged`` those of before the plan's date.
    """

    documents: Counter[Readiness] = field(default_factory=Counter)
    dated: Counter[Readiness] = field(default_factory=Counter)
    aged: Counter[Readiness] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)
    undated: int = 0

    def watching(
        self, items: Iterable[InspectedItem], inputs: PlanInputs, departments: Sequence[Department]
    ) -> Iterator[InspectedItem]:
        """The items unchanged, counted as they pass."""
        months = inputs.assumptions["active_months"].whole.likely
        since = months_later(inputs.as_of, -months).isoformat()
        for found in items:
            self._count(found, inputs, departments, since)
            yield found

    def _count(
        self, found: InspectedItem, inputs: PlanInputs, departments: Sequence[Department], since: str
    ) -> None:
        item = found.item
        if item.state is ItemState.GONE:
            return
        if found.inspection and any(feature.code in LABELS for feature in found.inspection.features):
            self.labelled[department_of(item, departments)] += 1
        readiness, _hits = classify(found, inputs.rules)
        if readiness is Readiness.OTHER:
            return
        if item.modified_us is None:
            self.undated += 1
        else:
            day = iso_time(item.modified_us)
            self.dated[readiness] += 1
            if day < inputs.as_of.isoformat():
                self.aged[readiness] += 1
            if day < since:
                return
        self.documents[readiness] += 1


def add_access(
    inputs: PlanInputs, access: Access, capacities: Sequence[Capacity], figures: Figures
) -> dict[str, Any]:
    """Add ``access.*`` figures; the part ``access`` of the model. The effort must have been planned before."""
    for name, classes in _COUNTED.items():
        count = sum(access.documents[readiness] for readiness in classes)
        by_date = {"plan.as_of": access.dated, "assumptions.active_months": access.aged}
        dated = (row for row, counted in by_date.items() if any(counted[readiness] for readiness in classes))
        figures.add(f"access.{name}", Unit.FILES, count, Label.COUNT, ("inventory", *dated))
    offered = _offered(inputs, capacities)
    seats = len(inputs.users)
    mailboxes = sum(counted["mail"] for counted in seats_by_service(inputs).values())
    people = tuple(f"users.{department.id}" for department in inputs.departments)
    documents = figures["totals.effort.developer.minutes"]
    seat = inputs.assumptions["restore_seat"]
    work: dict[str, tuple[str, Amount, tuple[str, ...]]] = {
        "office": ("helpdesk", seat.whole * seats, (*people, *((seat.id,) if seats else ()))),
        "mail": ("mailboxes", Amount.exactly(mailboxes), people),
        "documents": ("developers", documents.amount, (documents.id,)),
    }
    days: dict[str, int | None] = {}
    for name, (resource, amount, origin) in work.items():
        monthly = offered.get(resource, 0)
        ends = [_days(end, monthly) for end in (amount.low, amount.likely, amount.high)]
        days[name] = ends[1]
        if None not in ends:
            low, likely, high = (end or 0 for end in ends)
            # where there is nothing to do it does not matter who is there
            origins = (*origin, *(_offering_rows(capacities, resource) if amount.high else ()))
            figures.add(f"access.days.{name}", Unit.DAYS, Amount(low, likely, high), Label.COUNT, origins)
    total, opens = (figures[f"access.{name}"].amount.likely for name in ("documents", "opens"))
    return {"documents": total, "opens": opens, "undated": access.undated, "days": days}


def _offering_rows(capacities: Iterable[Capacity], resource: str) -> tuple[str, ...]:
    """The rows that say how much of a resource a month offers today."""
    rows = [row for row in capacities if row.resource == resource]
    by_people = ("assumptions.wave.people_minutes",) if any(row.unit == "people" for row in rows) else ()
    by_date = ("plan.as_of",) if any(row.since or row.until for row in rows) else ()
    return (f"capacities.{resource}", *by_people, *by_date)


def _offered(inputs: PlanInputs, capacities: Iterable[Capacity]) -> Mapping[str, int]:
    """What a month offers today, by resource."""
    minutes = inputs.assumptions["wave.people_minutes"].whole.likely
    found: Counter[str] = Counter()
    for row in capacities:
        if (row.since is None or row.since <= inputs.as_of) and (
            row.until is None or row.until >= inputs.as_of
        ):
            found[row.resource] += row.amount * (minutes if row.unit == "people" else 1)
    return found


def _days(amount: int, monthly: int) -> int | None:
    """Calendar days, at least one where there is work; None where nobody is there to do it."""
    if not amount:
        return 0
    return max(1, rounded(Fraction(amount * _DAYS_A_MONTH, monthly))) if monthly else None
