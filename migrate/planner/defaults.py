"""The rows that stand in ``migrate/planner/data``, as records, and how a plan's own rows go before them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from migrate.planner import contract_tables, data, finance_tables, service_tables, tables
from migrate.planner.draws import SEED, Factor
from migrate.planner.inputs import (
    Application,
    Assumption,
    Attestation,
    Cancellation,
    Component,
    Contract,
    Department,
    EffortRule,
    Invoice,
    Jurisdiction,
    Measurement,
    PlanInputs,
    Price,
    Product,
    Score,
    User,
    WorkDays,
    slug,
)
from migrate.planner.services import Catalogue, Sku


@cache
def products() -> Mapping[str, Product]:
    return contract_tables.read_products(data.text("products.csv"), "products.csv")


@cache
def catalogue() -> Catalogue:
    names = ("services.csv", "plans.csv", "skus.csv")
    services, plans, skus = (data.text(name) for name in names)
    return service_tables.read_catalogue(services, plans, skus, names)


@cache
def prices() -> tuple[Price, ...]:
    return tables.read_prices(data.text("prices.csv"), "prices.csv")


@cache
def rules() -> Mapping[str, EffortRule]:
    return tables.read_rules(data.text("effort.csv"), "effort.csv")


@cache
def assumptions() -> Mapping[str, Assumption]:
    return tables.read_assumptions(data.text("assumptions.csv"), "assumptions.csv")


@cache
def components() -> tuple[Component, ...]:
    return finance_tables.read_components(data.text("components.csv"), "components.csv")


@cache
def factors() -> tuple[Factor, ...]:
    return finance_tables.read_factors(data.text("factors.csv"), "factors.csv")


@cache
def jurisdictions() -> Mapping[str, Jurisdiction]:
    return finance_tables.read_jurisdictions(data.text("jurisdictions.csv"), "jurisdictions.csv")


# where none is chosen: the one that most who pay in the currency share
JURISDICTION_OF = {"EUR": "EU", "CAD": "CA", "GBP": "GB", "USD": "US"}


def plan_inputs(
    users: Iterable[User],
    departments: Iterable[Department],
    as_of: date,
    own_prices: Iterable[Price] = (),
    own_rules: Mapping[str, EffortRule] | None = None,
    own_assumptions: Mapping[str, Assumption] | None = None,
    currency: str = "",
    horizon_months: int = 36,
    contracts: Mapping[str, Contract] | None = None,
    attestations: Mapping[str, Attestation] | None = None,
    skus: Mapping[str, Sku] | None = None,
    applications: Iterable[Application] = (),
    jurisdiction: str = "",
    scores: Iterable[Score] = (),
    measurements: Iterable[Measurement] = (),
    seed: int = SEED,
    invoices: Mapping[str, Invoice] | None = None,
    work_days: Mapping[str, WorkDays] | None = None,
    cancellations: Mapping[str, Cancellation] | None = None,
) -> PlanInputs:
    """A plan's own rows before the embedded ones; departments that only users name are added, without a contract.

    The currency is the chosen one, else that of the own prices, else the euro: prices are never converted, because
    local list prices follow no exchange rate. ``skus`` of a newer table of Microsoft's replace the embedded ones. The
    jurisdiction is the chosen one, else that of the currency; ``NONE`` discounts nothing.
    Raises TableError MIXED_CURRENCIES, NO_PRICES, FOREIGN_CURRENCY, UNKNOWN_CONTRACT, UNKNOWN_NAME.
    """
    users, own_prices = tuple(users), tuple(own_prices)
    given = sorted({price.currency for price in own_prices})
    if not currency and len(given) > 1:
        raise tables.TableError("MIXED_CURRENCIES", "prices", column="currency", value=", ".join(given))
    currency = currency.upper() or (given[0] if given else "EUR")
    in_currency = [price for price in (*prices(), *own_prices) if price.currency == currency]
    usable = {price.sku: price for price in in_currency if not price.contract}
    if not usable:
        raise tables.TableError("NO_PRICES", "prices", column="currency", value=currency)
    merged = {**assumptions(), **(own_assumptions or {})}
    foreign = [row.code for row in merged.values() if row.unit == "money" and row.currency != currency]
    if foreign:
        raise tables.TableError(
            "FOREIGN_CURRENCY",
            "assumptions",
            column="currency",
            value=", ".join(foreign),
            currency=currency,
        )
    contracts, departments = contracts or {}, _all_departments(users, departments)
    for name in (
        *(department.contract for department in departments),
        *(price.contract for price in own_prices),
    ):
        if name and slug(name) not in contracts:
            raise tables.TableError("UNKNOWN_CONTRACT", "contracts", column="contract", value=name)
    applications, measurements = tuple(applications), tuple(measurements)
    merged_rules = {**rules(), **(own_rules or {})}
    _check_names(departments, applications, measurements, merged_rules)
    return PlanInputs(
        users,
        departments,
        usable,
        products(),
        merged_rules,
        merged,
        currency,
        as_of,
        horizon_months,
        replace(catalogue(), skus=skus) if skus else catalogue(),
        {(price.sku, slug(price.contract)): price for price in in_currency if price.contract},
        contracts,
        attestations or {},
        applications,
        _jurisdiction(jurisdiction.upper() or JURISDICTION_OF.get(currency, "NONE")),
        tuple(scores),
        measurements,
        seed,
        invoices or {},
        work_days or {},
        cancellations or {},
    )


def _jurisdiction(code: str) -> Jurisdiction | None:
    if code == "NONE":
        return None
    if code not in jurisdictions():
        raise tables.TableError("UNKNOWN_NAME", "jurisdictions.csv", column="jurisdiction", value=code)
    return jurisdictions()[code]


def _check_names(
    departments: Iterable[Department],
    applications: Iterable[Application],
    measurements: Iterable[Measurement],
    known_rules: Mapping[str, EffortRule],
) -> None:
    known = {department.id for department in departments}
    for application in applications:
        for name in application.departments:
            if slug(name) not in known:
                raise tables.TableError("UNKNOWN_NAME", "applications", column="departments", value=name)
    for measurement in measurements:
        if measurement.rule not in known_rules:
            raise tables.TableError(
                "UNKNOWN_NAME", "actuals", measurement.line, "code", value=measurement.rule
            )


def _all_departments(users: Iterable[User], departments: Iterable[Department]) -> tuple[Department, ...]:
    found = {department.id: department for department in departments}
    for user in users:
        found.setdefault(slug(user.department), Department(user.department))
    return tuple(replace(department, name=department.name.strip()) for department in found.values())
