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
from migrate.planner.services import Catalogue

UNASSIGNED = "unassigned"  # the department of what no department's paths or rows claim


@lru_cache(maxsize=1 << 16)
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
    keep_office_until: date | None = None  # when the reason is looked at again
    keep_office_owner: str = ""  # the service or role that answers for it
    mailbox_gb: Decimal | None = None  # None: not known, counts as one of the usual size


@dataclass(frozen=True, slots=True)
class Contract:
    """What is signed with the reseller. ``renewal`` is the end of the term, after which the next one begins.

    Seats go at a ``renewal`` alone, or at every ``anniversary`` of it too; notice is due ``notice_days`` before.
    ``floors`` are seats of a SKU, and ``minimum_seats`` users with what they hold today, that stay paid: up to the
    first reduction on or after ``floor_until``, or for good where no date is given. ``name`` is empty for the terms
    that stand in the row of a department. A ``reference`` says that the reduction is signed.
    """

    name: str = ""
    renewal: date | None = None
    term_months: int = 12
    reductions: str = "renewal"
    notice_days: int = 0
    billing: str = "annual"
    floors: Mapping[str, int] = field(default_factory=dict)
    minimum_seats: int = 0
    floor_until: date | None = None
    reference: str = ""

    @property
    def id(self) -> str:
        return slug(self.name)

    @property
    def label(self) -> Label:
        return Label.CONTRACTED if self.reference else Label.FORECAST

    @property
    def step_months(self) -> int:
        """Months between two dates at which seats can go."""
        return min(12, self.term_months) if self.reductions == "anniversary" else self.term_months


@dataclass(frozen=True, slots=True)
class Department:
    """``paths`` are prefixes of paths in the inventory; ``migration`` is the day the department is done.

    ``gives_up`` are services that it leaves besides the Office applications. ``target_skus`` replace whatever has
    Office in it, whatever would be cheaper; None leaves the choice to the optimiser. The terms are those of the
    ``contract`` of that name, else the department's own.
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
    gives_up: tuple[str, ...] = ()
    contract: str = ""

    @property
    def id(self) -> str:
        return slug(self.name)

    @property
    def own_terms(self) -> Contract:
        return Contract(
            "",
            self.renewal,
            self.term_months,
            billing=self.billing,
            minimum_seats=self.minimum_seats,
            reference=self.contract_reference,
        )


@dataclass(frozen=True, slots=True)
class Price:
    """Cents per user and month. ``kind`` is list or contract; a contract price is billed as it stands.

    ``contract`` names the one contract that it belongs to; it goes before a price for all.
    """

    sku: str
    monthly_cents: int
    currency: str
    as_of: date
    kind: str
    source: str
    contract: str = ""

    @property
    def id(self) -> str:
        return f"prices.{self.sku}.{slug(self.contract)}" if self.contract else f"prices.{self.sku}"


@dataclass(frozen=True, slots=True)
class Product:
    """Who may buy a SKU and what it may stand for; only a product with terms is proposed to those without it.

    ``eligibility``: anyone, shared_device (documented use of a small or shared device) or holders (an organisation
    that has it already). ``suite``: at most one of these per user. ``requires`` are services that another SKU of the
    same user gives; ``only`` the services that count of what it contains, empty for all. ``region`` is eea, other or
    empty for both.
    """

    sku: str
    name: str
    eligibility: str
    seat_cap: int | None
    suite: bool
    requires: tuple[str, ...]
    only: tuple[str, ...]
    region: str
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class Attestation:
    """What somebody who knows says of a user without activity; only ``unused`` lets the seat go."""

    user: str
    state: str
    attested_by: str
    attested_on: date


@dataclass(frozen=True, slots=True)
class EffortRule:
    """Minutes per ``unit`` (file, each, line, procedure, call, form, application), and who spends them."""

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
class Application:
    """A specialised application that calls Office: ``coupling`` is opens, exports or automates.

    ``opens``: it opens documents in Office; ``exports``: it writes documents or fills templates; ``automates``: it steers
    Office from its own code, or lives in it as an add-in.
    """

    name: str
    departments: tuple[str, ...]
    coupling: str

    @property
    def id(self) -> str:
        return f"applications.{slug(self.name)}"


@dataclass(frozen=True, slots=True)
class Component:
    """A kind of cost: ``rows`` are assumptions that are multiplied ``per`` seat or minute of a trade.

    ``total`` is one_off, support_yearly, time_once, time_yearly, time_year1 to time_year5, or exit. ``budget`` is h where money
    leaves the budget and nh where it does not; ``funding`` internal or contracted; ``spending`` capital or operating.
    """

    code: str
    total: str
    per: str
    rows: tuple[str, ...]
    budget: str
    funding: str
    spending: str


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Rates in per cent; ``fiscal_month`` begins the fiscal year; ``tax`` None where it differs inside."""

    code: str
    discount_rate: Decimal
    rate_kind: str
    fiscal_month: int
    tax: Decimal | None
    as_of: date
    source: str

    @property
    def id(self) -> str:
        return f"jurisdictions.{self.code}"


@dataclass(frozen=True, slots=True)
class Score:
    """A criterion of a WiBe: ``part`` is KN, R, D or Q; ``score`` None is missing, which is not zero.

    D and Q: 0 to 10 points; R: a risk surcharge in per cent on the cost or benefit that ``criterion`` names.
    """

    part: str
    criterion: str
    weight: Decimal
    score: Decimal | None
    reason: str

    @property
    def id(self) -> str:
        return f"scores.{self.part}.{slug(self.criterion)}"


@dataclass(frozen=True, slots=True)
class Measurement:
    """Minutes that people took for ``quantity`` units of a rule. ``line`` is that of the file."""

    rule: str
    quantity: int
    minutes: Decimal
    line: int


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
    """``contract_prices`` are by SKU and contract id, ``contracts`` by id, ``attestations`` by lower-case user."""

    users: tuple[User, ...]
    departments: tuple[Department, ...]
    prices: Mapping[str, Price]
    products: Mapping[str, Product]
    rules: Mapping[str, EffortRule]
    assumptions: Mapping[str, Assumption]
    currency: str
    as_of: date
    horizon_months: int
    catalogue: Catalogue
    contract_prices: Mapping[tuple[str, str], Price] = field(default_factory=dict)
    contracts: Mapping[str, Contract] = field(default_factory=dict)
    attestations: Mapping[str, Attestation] = field(default_factory=dict)
    applications: tuple[Application, ...] = ()
    jurisdiction: Jurisdiction | None = None
    scores: tuple[Score, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    seed: int = 1
    invoices: Mapping[str, Invoice] = field(default_factory=dict)
    work_days: Mapping[str, WorkDays] = field(default_factory=dict)
    cancellations: Mapping[str, Cancellation] = field(default_factory=dict)
