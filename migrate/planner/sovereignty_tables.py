"""Where data lies and who is paid besides Microsoft: the organisation's tables of locations and of other suppliers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from migrate.planner.catalogue import ALL
from migrate.planner.inputs import slug
from migrate.planner.tables import read_rows

KEYS = ("provider", "customer_managed", "customer", "unknown")
"""Who can read: keys of the provider, of the customer but inside the provider's service, of the customer alone."""


@dataclass(frozen=True, slots=True)
class Location:
    """The three axes of a service's data, each by itself: where it lies, who runs it and owns them, who has the keys.

    ``assessed`` is the day of a recorded assessment of the transfer, None where none is recorded.
    """

    service: str
    department: str
    supplier: str
    residency: str
    operator_home: str
    owner_home: str
    keys: str
    assessed: date | None
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class Supply:
    """A service of another supplier, counted by hand: Zoom, Salesforce, AWS, Adobe. ``yearly_cents`` is all of it."""

    product: str
    supplier: str
    service: str
    seats: int
    yearly_cents: int
    currency: str
    residency: str
    operator_home: str
    owner_home: str
    keys: str
    assessed: date | None
    contract_end: date | None
    notice_days: int
    replacement: str
    as_of: date
    source: str

    @property
    def id(self) -> str:
        return f"supplies.{slug(self.product)}"


def read_locations(text: str, file: str) -> tuple[Location, ...]:
    """Columns service (or ``all``), supplier, residency, operator_home; the others are optional."""
    return tuple(
        Location(
            row.required("service").lower(),
            slug(row.text("department")) if row.text("department") else ALL,
            row.required("supplier"),
            row.required("residency"),
            row.required("operator_home"),
            row.text("owner_home", row.required("operator_home")),
            row.choice("keys", KEYS, "unknown"),
            row.day("assessed"),
            row.day("as_of") or date.min,
            row.text("source", file),
        )
        for row in read_rows(text, file, ("service", "supplier", "residency", "operator_home"))
    )


def read_supplies(text: str, file: str) -> tuple[Supply, ...]:
    """Columns product, supplier, service, seats, yearly, currency, owner_home; the others are optional."""
    found: dict[str, Supply] = {}
    columns = ("product", "supplier", "service", "seats", "yearly", "currency", "owner_home")
    for row in read_rows(text, file, columns):
        cents = row.number("yearly") * 100
        if cents != int(cents):
            raise row.error("BAD_NUMBER", "yearly", value=row.text("yearly"))
        supply = Supply(
            row.required("product"),
            row.required("supplier"),
            row.required("service").lower(),
            row.whole("seats", 0),
            int(cents),
            row.required("currency").upper(),
            row.text("residency", "unknown"),
            row.text("operator_home", row.required("owner_home")),
            row.required("owner_home"),
            row.choice("keys", KEYS, "unknown"),
            row.day("assessed"),
            row.day("contract_end"),
            row.whole("notice_days", 0),
            row.text("replacement", "stay").lower(),
            row.day("as_of") or date.min,
            row.text("source", file),
        )
        if supply.id in found:
            raise row.error("DUPLICATE_ROW", "product", value=supply.product)
        found[supply.id] = supply
    return tuple(found.values())
