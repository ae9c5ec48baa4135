"""What really happened until the plan's date: invoices, internal days, licences really cancelled.

Costs count on the day of their row, none after the plan's date. A cancelled licence saves from the first whole month
on or after its date: months that are past are realised, months to come are contracted, because the cancellation is
done. Both stand apart from what the plan forecasts, and from each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from migrate.planner.amounts import Amount, rounded
from migrate.planner.costs import factors
from migrate.planner.figures import Figure, Figures, Label, Unit
from migrate.planner.inputs import (
    Assumption,
    Cancellation,
    Department,
    Invoice,
    PlanInputs,
    Product,
    WorkDays,
    slug,
)
from migrate.planner.months import first_whole_month, month_of
from migrate.planner.tables import Row, read_rows, read_skus
from migrate.planner.terms import monthly_cents, price_ids

# what costs are for; all but licences and support are spent once
CATEGORIES = ("training", "helpdesk", "effort", "other", "support", "licences")
ONE_OFF = ("training", "helpdesk", "effort", "other")
WORK_DAY = "work_day"  # the assumption that says how long a day of work is


def read_invoices(text: str, file: str) -> dict[str, Invoice]:
    """Columns invoice, day, department, category, amount; a credit note is an invoice of its own below zero."""
    found: dict[str, Invoice] = {}
    for row in read_rows(text, file, ("invoice", "day", "department", "category", "amount")):
        name = _unique(row, "invoice", found)
        credit = row.required("amount").startswith(("-", "\u2212"))
        cells = {**row.cells, "amount": row.required("amount").lstrip("-\u2212")} if credit else row.cells
        cents = Row(row.file, row.line, cells).number("amount") * 100
        if cents != int(cents):
            raise row.error("BAD_NUMBER", "amount", value=row.text("amount"))
        found[slug(name)] = Invoice(
            name,
            row.required_date("day"),
            row.required("department"),
            row.choice("category", CATEGORIES, ""),
            -int(cents) if credit else int(cents),
        )
    return found


def read_work_days(text: str, file: str) -> dict[str, WorkDays]:
    """Columns entry, day, department, category, who, days: internal work, priced at the rate of the trade."""
    found: dict[str, WorkDays] = {}
    for row in read_rows(text, file, ("entry", "day", "department", "category", "who", "days")):
        name = _unique(row, "entry", found)
        found[slug(name)] = WorkDays(
            name,
            row.required_date("day"),
            row.required("department"),
            row.choice("category", CATEGORIES, ""),
            row.choice("who", ("owner", "helpdesk", "developer"), ""),
            row.number("days"),
        )
    return found


def read_cancellations(text: str, file: str, products: Mapping[str, Product]) -> dict[str, Cancellation]:
    """Columns cancellation, day, department, sku, seats: what is no longer paid, and since when."""
    found: dict[str, Cancellation] = {}
    for row in read_rows(text, file, ("cancellation", "day", "department", "sku", "seats")):
        name = _unique(row, "cancellation", found)
        skus = read_skus(row.required("sku"), products)
        if len(skus) != 1:
            raise row.error("BAD_CHOICE", "sku", value=row.text("sku"), choices="ENTERPRISEPACK")
        found[slug(name)] = Cancellation(
            name, row.required_date("day"), row.required("department"), skus[0], row.whole("seats", 0)
        )
    return found


def _unique(row: Row, column: str, found: Mapping[str, object]) -> str:
    name = row.required(column)
    if slug(name) in found:
        raise row.error("DUPLICATE_ROW", column, value=name)
    return name


def has_actuals(inputs: PlanInputs) -> bool:
    return bool(inputs.invoices or inputs.work_days or inputs.cancellations)


def plan_actuals(inputs: PlanInputs, figures: Figures) -> None:
    """Add ``actuals.*`` figures; none where no table of actuals was given."""
    if not has_actuals(inputs):
        return
    by_category = {category: _costs(inputs, category, figures) for category in CATEGORIES}
    once = [by_category[category] for category in ONE_OFF]
    figures.total("actuals.costs.one_off", Unit.CENTS, Label.COST, once)
    _add_savings(inputs, figures)


def _costs(inputs: PlanInputs, category: str, figures: Figures) -> Figure:
    invoices = [row for row in inputs.invoices.values() if row.category == category]
    invoiced = figures.add(
        f"actuals.costs.{category}.invoices",
        Unit.CENTS,
        sum(row.cents for row in invoices if row.day <= inputs.as_of),
        Label.COST,
        _dated((row.id for row in invoices), "invoices"),
    )
    parts = [invoiced]
    for who in ("owner", "helpdesk", "developer"):
        days = [row for row in inputs.work_days.values() if (row.category, row.who) == (category, who)]
        rate, length = inputs.assumptions[f"rate.{who}"], inputs.assumptions[WORK_DAY]
        done = sum((row.days for row in days if row.day <= inputs.as_of), Decimal(0))
        parts.append(
            figures.add(
                f"actuals.costs.{category}.days.{who}",
                Unit.CENTS,
                _priced(done, length, rate),
                Label.COST,
                _day_rows(days, done, length, rate),
            )
        )
    return figures.total(f"actuals.costs.{category}", Unit.CENTS, Label.COST, parts)


def _priced(days: Decimal, length: Assumption, rate: Assumption) -> int:
    """Days of likely length at the likely rate: what is done is not uncertain, and only its price is assumed."""
    return rounded(days * length.likely * rate.cents.likely / 60)


def _day_rows(days: list[WorkDays], done: Decimal, length: Assumption, rate: Assumption) -> tuple[str, ...]:
    amounts = (int(bool(done)), int(bool(length.likely)), rate.cents.likely)
    named = factors(
        *zip(("days", length.id, rate.id), map(Amount.exactly, amounts), strict=True),
    )
    own = _dated((row.id for row in days), "") if "days" in named else ()
    return (*own, *(name for name in named if name != "days")) or ("work_days",)


def _dated(rows: Iterable[str], otherwise: str) -> tuple[str, ...]:
    """Rows that count once their day is past, hence by the plan's date too."""
    found = tuple(rows)
    return (*found, "plan.as_of") if found else (otherwise,) if otherwise else ()


def _add_savings(inputs: PlanInputs, figures: Figures) -> None:
    begins = month_of(inputs.as_of)
    parts: dict[str, list[Figure]] = {"saving_to_date": [], "saving_horizon": [], "saving_full_year": []}
    labels = {name: Label.REALISED if name == "saving_to_date" else Label.CONTRACTED for name in parts}
    for key, row in inputs.cancellations.items():
        first = first_whole_month(row.day)
        months = {
            "saving_to_date": max(0, begins - first),
            "saving_horizon": max(0, begins + inputs.horizon_months - max(first, begins)),
            "saving_full_year": 12,
        }
        monthly, prices = _monthly(inputs, row)
        for name, count in months.items():
            saved = monthly * row.seats * count
            dated = ("plan.as_of",) if name != "saving_full_year" else ()
            own = (row.id, *dated) if monthly else ()
            rows = (*own, *(prices if count and row.seats else ())) or (
                f"departments.{slug(row.department)}.billing",
            )
            parts[name].append(
                figures.add(f"actuals.licences.{key}.{name}", Unit.CENTS, saved, labels[name], rows)
            )
    for name, own_parts in parts.items():
        label = labels[name]
        figures.total(f"actuals.licences.{name}.{label}", Unit.CENTS, label, own_parts)


def _monthly(inputs: PlanInputs, row: Cancellation) -> tuple[int, tuple[str, ...]]:
    """What a cancelled seat cost a month, and the rows that say so; nothing where no price is known."""
    departments = {department.id: department for department in inputs.departments}
    department = departments.get(slug(row.department)) or Department(row.department)
    return monthly_cents(inputs, department, row.sku), price_ids(inputs, department, row.sku)
