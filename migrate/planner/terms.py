"""Terms of sale: under which contract a department buys, what a seat costs there, and when seats can go."""

from __future__ import annotations

from datetime import date, timedelta

from migrate.planner.amounts import rounded
from migrate.planner.figures import Label
from migrate.planner.inputs import Contract, Department, PlanInputs, Price, slug
from migrate.planner.months import months_later, next_renewal

EEA_CURRENCIES = ("EUR", "DKK", "SEK", "NOK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN", "CHF")
"""Lists with the variants that Microsoft sells in the European Economic Area and in Switzerland."""


def region_of(currency: str) -> str:
    return "eea" if currency in EEA_CURRENCIES else "other"


def contract_of(inputs: PlanInputs, department: Department) -> Contract:
    """The terms of a department. Raises KeyError for a contract that stands nowhere: tables are checked before."""
    return inputs.contracts[slug(department.contract)] if department.contract else department.own_terms


def terms_id(department: Department) -> str:
    """The id of the row in which the dates and floors of a department stand, for the inputs of figures."""
    if department.contract:
        return f"contracts.{slug(department.contract)}"
    return f"departments.{department.id}.renewal"


def price_of(inputs: PlanInputs, department: Department, sku: str) -> Price | None:
    """The price of the department's contract, else the one for all, else None."""
    return inputs.contract_prices.get((sku, slug(department.contract)), inputs.prices.get(sku))


def monthly_cents(inputs: PlanInputs, department: Department, sku: str) -> int:
    """What one seat costs this department a month; zero where no price is known.

    A list price is for a year paid at once: other billing terms have their factor. A contract price stands.
    """
    price = price_of(inputs, department, sku)
    if price is None:
        return 0
    if price.kind == "contract":
        return price.monthly_cents
    billing = contract_of(inputs, department).billing
    return rounded(price.monthly_cents * inputs.assumptions[f"billing.{billing}"].likely)


def price_ids(inputs: PlanInputs, department: Department, sku: str) -> tuple[str, ...]:
    """The rows that move :func:`monthly_cents`: a price of nothing is nothing at any terms of billing."""
    price = price_of(inputs, department, sku)
    if price is None:
        return ()
    if price.kind == "contract":
        return (price.id,)
    factor = inputs.assumptions[f"billing.{contract_of(inputs, department).billing}"]
    return (*((price.id,) if factor.likely else ()), *((factor.id,) if price.monthly_cents else ()))


def migration_day(inputs: PlanInputs, department: Department) -> date:
    """The day a department is done: its date, or the assumed length from the date of the plan."""
    assumed = months_later(inputs.as_of, inputs.assumptions["months_to_migrate"].whole.likely)
    return department.migration or assumed


def saving_starts(inputs: PlanInputs, department: Department, after: date | None = None) -> date | None:
    """The date from which fewer seats are paid, on or after ``after``; None where no date is known.

    A signed reduction starts at its renewal, even a past one. An unsigned one needs a date of reduction that is still
    to come, whose notice is not overdue, and a department that is done by then.
    """
    contract = contract_of(inputs, department)
    if contract.renewal is None:
        return None
    if contract.label is Label.CONTRACTED and (after is None or contract.renewal >= after):
        return contract.renewal
    notice_given = inputs.as_of + timedelta(days=contract.notice_days)
    earliest = max(migration_day(inputs, department), notice_given, after or date.min)
    return next_renewal(_first_reduction(contract), contract.step_months, earliest)


def clean_up_starts(inputs: PlanInputs, department: Department) -> date | None:
    """The date from which a seat that nobody uses is no longer paid: no migration is waited for."""
    contract = contract_of(inputs, department)
    if contract.renewal is None:
        return None
    earliest = inputs.as_of + timedelta(days=contract.notice_days)
    return next_renewal(_first_reduction(contract), contract.step_months, earliest)


def floors_end(inputs: PlanInputs, department: Department) -> date | None:
    """The reduction at which the floors of the contract are gone; None where they stay or there is no date."""
    contract = contract_of(inputs, department)
    if contract.floor_until is None:
        return None
    return saving_starts(inputs, department, contract.floor_until)


def notice_due(inputs: PlanInputs, department: Department) -> date | None:
    """The last day on which notice can be given for the date from which the plan saves."""
    contract, starts = contract_of(inputs, department), saving_starts(inputs, department)
    if starts is None or contract.label is Label.CONTRACTED:
        return None
    return starts - timedelta(days=contract.notice_days)


def _first_reduction(contract: Contract) -> date:
    """The earliest date of reduction in the running term, so that later ones follow by steps."""
    assert contract.renewal is not None
    steps_back = (contract.term_months - 1) // contract.step_months
    return months_later(contract.renewal, -steps_back * contract.step_months)
