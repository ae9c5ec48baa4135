"""What a plan is made from: records of people, departments, prices, rules and assumptions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from migrate.planner.amounts import Amount, rounded
from migrate.planner.figures import Label

UNASSIGNED = "unassigned"  # the department of what no department's paths or rows claim


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """A name as a part of an id: ``Service des finances`` is ``service_des_finances``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "x" + "_".join(f"{ord(char):x}" for char in name)


@dataclass(frozen=True, slots=True)
class User:
    """``skus`` are what the user holds before any step of this plan, as part numbers (``ENTERPRISEPACK``)."""

    user: str
    department: str
    skus: tuple[str, ...]
    last_active: date | None = None
    shared_device: bool = False  # documented use of a small or shared device: frontline products are allowed
    keep_office_reason: str = ""  # keeps Microsoft Office, for this reason


@dataclass(frozen=True, slots=True)
class Department:
    """``paths`` are prefixes of paths in the inventory; ``target_skus`` None follows the table of steps.

    ``renewal`` is the date at which the contract lets seats go, ``migration`` the day the department is done.
    ``minimum_seats`` stay paid whatever happens. A ``contract_reference`` says that the reduction is signed.
    """

    name: str
    paths: tuple[str, ...] = ()
    renewal: date | None = None
    term_months: int = 12
    migration: date | None = None
    contract_reference: str = ""
    minimum_seats: int = 0
    billing: str = "annual"
    target_skus: tuple[str, ...] | None = None

    @property
    def id(self) -> str:
        return slug(self.name)

    @property
    def label(self) -> Label:
        return Label.CONTRACTED if self.contract_reference else Label.FORECAST


@dataclass(frozen=True, slots=True)
class Price:
    """Cents per user and month. ``kind`` is list or contract; a contract price is billed as it stands."""

    sku: str
    monthly_cents: int
    currency: str
    as_of: date
    kind: str
    source: str

    @property
    def id(self) -> str:
        return f"prices.{self.sku}"


@dataclass(frozen=True, slots=True)
class Product:
    sku: str
    name: str
    has_office: bool
    frontline: bool
    seat_cap: int | None
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """What replaces a product once its user works without the Office desktop applications."""

    sku: str
    target_skus: tuple[str, ...]
    gives_up: str  # a code: what else goes with the product
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class EffortRule:
    """Minutes per ``unit`` (file, each, line, form) of what ``code`` names, and who spends them."""

    code: str
    unit: str
    low: Decimal
    likely: Decimal
    high: Decimal
    who: str
    as_of: date
    source: str

    @property
    def id(self) -> str:
        return f"rules.{self.code}"


@dataclass(frozen=True, slots=True)
class Assumption:
    """``unit`` is money (in units of ``currency``), minutes, months, days or factor."""

    code: str
    low: Decimal
    likely: Decimal
    high: Decimal
    unit: str
    currency: str
    as_of: date
    source: str

    @property
    def id(self) -> str:
        return f"assumptions.{self.code}"

    @property
    def cents(self) -> Amount:
        """A money assumption in cents."""
        return Amount(*(rounded(value * 100) for value in (self.low, self.likely, self.high)))

    @property
    def whole(self) -> Amount:
        """Any other assumption that counts whole things."""
        return Amount(*(rounded(value) for value in (self.low, self.likely, self.high)))


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice that was paid, or a credit note below zero. ``category`` is one of :mod:`actuals`."""

    name: str
    day: date
    department: str
    category: str
    cents: int

    @property
    def id(self) -> str:
        return f"invoices.{slug(self.name)}"


@dataclass(frozen=True, slots=True)
class WorkDays:
    """Days that own people of a trade (``who``) really worked."""

    name: str
    day: date
    department: str
    category: str
    who: str
    days: Decimal

    @property
    def id(self) -> str:
        return f"work_days.{slug(self.name)}"


@dataclass(frozen=True, slots=True)
class Cancellation:
    """Seats of a product that are really cancelled, and the first day on which they are not paid."""

    name: str
    day: date
    department: str
    sku: str
    seats: int

    @property
    def id(self) -> str:
        return f"cancellations.{slug(self.name)}"


@dataclass(frozen=True, slots=True)
class PlanInputs:
    users: tuple[User, ...]
    departments: tuple[Department, ...]
    prices: Mapping[str, Price]
    products: Mapping[str, Product]
    steps: Mapping[str, Step]
    rules: Mapping[str, EffortRule]
    assumptions: Mapping[str, Assumption]
    currency: str
    as_of: date
    horizon_months: int = 36
    invoices: Mapping[str, Invoice] = field(default_factory=dict)
    work_days: Mapping[str, WorkDays] = field(default_factory=dict)
    cancellations: Mapping[str, Cancellation] = field(default_factory=dict)
