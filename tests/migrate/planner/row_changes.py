"""Every row of a plan's inputs, changed one at a time: found by the types of their fields, so that rows of new tables
fall under it by themselves.

A row is a record with an ``id`` in a mapping of :class:`PlanInputs`; each date and each term of a department is a row
of its own (``departments.finance.renewal``), and so is the plan's date. What a row says of its own source and date
moves nothing and is not changed.
"""

from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from migrate.planner.amounts import Amount
from migrate.planner.inputs import slug

PROVENANCE = ("as_of", "source")
# whole numbers that cannot be nothing
AT_LEAST_ONE = ("term_months",)
# the longest spans for which there is a calendar
LARGEST = {"months": Decimal(600), "days": Decimal(36500)}


def row_changes(inputs):
    """Pairs of a row's id and the inputs after one change of that row, small changes and large ones."""
    for field in fields(inputs):
        value = getattr(inputs, field.name)
        if isinstance(value, date):
            for day in dates(value, inputs.as_of):
                yield f"plan.{field.name}", replace(inputs, **{field.name: day})
        elif field.name == "users":
            yield from user_changes(inputs)
        elif field.name == "departments":
            yield from term_changes(inputs)
        elif field.name == "products":
            yield from product_changes(inputs)
        elif isinstance(value, tuple):
            for index, row in enumerate(value):
                for changed in rows(row, inputs.as_of) if hasattr(row, "id") else ():
                    others = (*value[:index], changed, *value[index + 1 :])
                    yield row.id, replace(inputs, **{field.name: others})
        elif is_dataclass(value) and hasattr(value, "id"):
            for changed in rows(value, inputs.as_of):
                yield value.id, replace(inputs, **{field.name: changed})
        elif hasattr(value, "items"):
            for key, row in value.items():
                if hasattr(row, "id"):
                    # a contract's id is its key, and its row is named after the table
                    name = row.id if "." in row.id else f"{field.name}.{row.id}"
                    for changed in rows(row, inputs.as_of):
                        yield name, replace(inputs, **{field.name: {**value, key: changed}})


def product_changes(inputs):
    """Each product on sale with terms by which it counts only for services that wait for nobody's decision."""
    services = inputs.catalogue.services.values()
    settled = tuple(service.code for service in services if not service.decision)
    for sku in sorted(inputs.prices.keys() & inputs.products.keys()):
        changed = replace(inputs.products[sku], only=settled)
        yield f"products.{sku}", replace(inputs, products={**inputs.products, sku: changed})


def organisation_changes(organisation, inputs):
    """Pairs of a row's id and the organisation after one change of that row."""
    waves, choices, places = organisation.waves, organisation.choices, organisation.places
    for part, name, table, keys in (
        ("waves", "own_list", waves.own_list, None),
        ("waves", "capacities", waves.capacities, None),
        ("waves", "tasks", waves.tasks, None),
        ("waves", "blackouts", waves.blackouts, None),
        ("choices", "replacements", tuple(choices.replacements.values()), tuple(choices.replacements)),
        ("choices", "targets", choices.targets, None),
        ("places", "supplies", places.supplies, None),
    ):
        for index, row in enumerate(table or ()):
            for changed in shifted(row) if name == "own_list" else rows(row, inputs.as_of):
                if hasattr(row, "currency"):  # an amount is given in the plan's currency
                    changed = replace(changed, currency=inputs.currency)
                records = (*table[:index], changed, *table[index + 1 :])
                table_after = dict(zip(keys, records, strict=True)) if keys else records
                part_after = replace(getattr(organisation, part), **{name: table_after})
                yield getattr(row, "input_id", row.id), replace(organisation, **{part: part_after})


def shifted(row):
    """A row of the list of waves at other times, and of another length."""
    for span in (-800, -120, 31, 200, 400, 20000):
        yield replace(row, start=row.start + timedelta(days=span), end=row.end + timedelta(days=span))
    yield replace(row, end=row.end + timedelta(days=60))


def rows(row, as_of):
    """A row with other values: its range, or each of its numbers and dates."""
    if hasattr(row, "likely"):
        yield from (replace(row, low=low, likely=likely, high=high) for low, likely, high in ranges(row))
        return
    for field in fields(row):
        value = getattr(row, field.name)
        if field.name not in PROVENANCE and not isinstance(value, bool):
            if isinstance(value, int):
                yield from (replace(row, **{field.name: number}) for number in numbers(field.name, value))
            elif isinstance(value, Amount):
                for amount in (Amount(0, 0, 0), value + value, Amount.exactly(value.high * 1000 + 10**6)):
                    yield replace(row, **{field.name: amount})
            elif isinstance(value, Decimal):
                yield from (replace(row, **{field.name: number}) for number in (Decimal(0), value * 3 + 1))
            elif isinstance(value, date) or "date" in str(field.type):
                days = [*dates(value, as_of), *([None] if "None" in str(field.type) and value else [])]
                yield from (replace(row, **{field.name: day}) for day in days)


def ranges(row):
    largest = LARGEST.get(row.unit, Decimal(10) ** 6)
    low, likely, high = row.low, row.likely, row.high
    for end in ((low, likely, largest), (Decimal(0), likely, high), (low, high, high), (low, low, high)):
        if end != (low, likely, high):
            yield end
    spans = map(Decimal, (1, 2, 6, 10, 14, 20, 26, 32)) if row.unit == "months" else ()
    for value in (Decimal(0), likely * 2 + 1, largest, *spans):
        yield (min(value, largest),) * 3


def numbers(name, value):
    if name == "fiscal_month":
        found = {1, 4, 7, 10}
    elif name.endswith("cents"):
        found = {
            0,
            value + 1,
            value // 2,
            value * 2,
            10**7,
            *(value + step for step in (-1500, -500, 500, 1500, 4000)),
        }
    else:
        found = {int(name in AT_LEAST_ONE), 1, value + 1, value * 3 + 2, 120, 10**4}
    return sorted(number for number in found - {value} if number >= 0)


def dates(day, as_of):
    spans = (-20000, -800, -31, -1, 1, 31, 400, 20000)
    found = {(day or as_of) + timedelta(days=span) for span in spans}
    found |= {as_of + timedelta(days=span) for span in (-800, 0, 30, 61, 300, 550, 900)}
    return sorted(found - {day})


def term_changes(inputs):
    records = inputs.departments
    for index, record in enumerate(records):
        for field in fields(record):
            value = getattr(record, field.name)
            kind = str(field.type)
            if "date" in kind:
                values = [*dates(value, inputs.as_of), *([None] if "None" in kind and value else [])]
            elif kind == "int":
                values = numbers(field.name, value)
            else:
                continue
            for changed in values:
                others = (*records[:index], replace(record, **{field.name: changed}), *records[index + 1 :])
                yield f"departments.{record.id}.{field.name}", replace(inputs, departments=others)


def user_changes(inputs):
    """The last days of activity of a department's users are one row."""
    for department in inputs.departments:
        own = [user for user in inputs.users if slug(user.department) == department.id]
        for day in (None, date(1900, 1, 1), inputs.as_of):
            for chosen in (own, *([user] for user in own[:3])):
                users = tuple(
                    replace(user, last_active=day) if user in chosen else user for user in inputs.users
                )
                if users != inputs.users:
                    yield f"users.{department.id}.last_active", replace(inputs, users=users)
