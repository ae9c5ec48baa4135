"""The rows that stand in ``migrate/planner/data``, as records, and how a plan's own rows go before them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from migrate.planner import data, tables
from migrate.planner.inputs import (
    Assumption,
    Cancellation,
    Department,
    EffortRule,
    Invoice,
    PlanInputs,
    Price,
    Product,
    Step,
    User,
    WorkDays,
    slug,
)


@cache
def products() -> Mapping[str, Product]:
    return tables.read_products(data.text("products.csv"), "products.csv")


@cache
def steps() -> Mapping[str, Step]:
    return tables.read_steps(data.text("steps.csv"), "steps.csv", products())


@cache
def prices() -> tuple[Price, ...]:
    return tables.read_prices(data.text("prices.csv"), "prices.csv")


@cache
def rules() -> Mapping[str, EffortRule]:
    return tables.read_rules(data.text("effort.csv"), "effort.csv")


@cache
def assumptions() -> Mapping[str, Assumption]:
    return tables.read_assumptions(data.text("assumptions.csv"), "assumptions.csv")


def plan_inputs(
    users: Iterable[User],
    departments: Iterable[Department],
    as_of: date,
    own_prices: Iterable[Price] = (),
    own_rules: Mapping[str, EffortRule] | None = None,
    own_assumptions: Mapping[str, Assumption] | None = None,
    currency: str = "",
    horizon_months: int = 36,
    invoices: Mapping[str, Invoice] | None = None,
    work_days: Mapping[str, WorkDays] | None = None,
    cancellations: Mapping[str, Cancellation] | None = None,
) -> PlanInputs:
    """A plan's own rows before the embedded ones; departments that only users name are added, without a contract.

    The currency is the chosen one, else that of the own prices, else the euro: prices are never converted, because
    local list prices follow no exchange rate. Raises TableError MIXED_CURRENCIES, NO_PRICES, FOREIGN_CURRENCY.
    """
    users, own_prices = tuple(users), tuple(own_prices)
    given = sorted({price.currency for price in own_prices})
    if not currency and len(given) > 1:
        raise tables.TableError("MIXED_CURRENCIES", "prices", column="currency", value=", ".join(given))
    currency = currency.upper() or (given[0] if given else "EUR")
    usable = {price.sku: price for price in (*prices(), *own_prices) if price.currency == currency}
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
    return PlanInputs(
        users,
        _all_departments(users, departments),
        usable,
        products(),
        steps(),
        {**rules(), **(own_rules or {})},
        merged,
        currency,
        as_of,
        horizon_months,
        invoices or {},
        work_days or {},
        cancellations or {},
    )


def _all_departments(users: Iterable[User], departments: Iterable[Department]) -> tuple[Department, ...]:
    found = {department.id: department for department in departments}
    for user in users:
        found.setdefault(slug(user.department), Department(user.department))
    return tuple(replace(department, name=department.name.strip()) for department in found.values())
