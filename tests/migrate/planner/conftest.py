"""Builders for plans: a few words make users, departments and files."""

from datetime import date

import pytest

from converters.inspection import Feature, Inspection, MacroModule
from inventory.records import InspectedItem, Item, ItemState
from migrate.planner import defaults
from migrate.planner.inputs import Department, User
from migrate.planner.plan import plan_migration

AS_OF = date(2026, 11, 21)
# what the department of these tests has decided to do without, besides Office
DECIDED = ("security", "information_protection", "compliance", "windows")


def users_of(department, *sku_sets, **more):
    return [User(f"{department}-{number}", department, skus, **more) for number, skus in enumerate(sku_sets)]


def file(
    path,
    content="a",
    kind="docx",
    family="text",
    features=(),
    macros=(),
    error="",
    losses=(),
    state=ItemState.READ,
    modified=None,
):
    sha256 = content * (64 // len(content)) if state is ItemState.READ else ""
    modified_us = modified and (modified - date(1970, 1, 1)).days * 86_400 * 10**6
    item = Item("share", path, 10, modified_us, state, sha256=sha256)
    if state is not ItemState.READ:
        return InspectedItem(item)
    inspection = Inspection(
        sha256,
        10,
        kind,
        family,
        features=tuple(Feature(code, count) for code, count in features),
        macros=tuple(MacroModule(name, part, lines) for name, part, lines in macros),
        error=error,
        losses=tuple(losses),
    )
    return InspectedItem(item, inspection)


@pytest.fixture
def make_plan():
    def make(users=(), departments=(), items=(), as_of=AS_OF, currency="USD", horizon_months=36, **more):
        money = {
            code: _in_currency(row, currency)
            for code, row in defaults.assumptions().items()
            if row.unit == "money"
        }
        money |= more.pop("own_assumptions", {})
        inputs = defaults.plan_inputs(
            users,
            departments,
            as_of,
            currency=currency,
            own_assumptions=money,
            horizon_months=horizon_months,
            **more,
        )
        return plan_migration(inputs, items)

    return make


def _in_currency(row, currency):
    from dataclasses import replace

    return replace(row, currency=currency)


@pytest.fixture
def department():
    """A department whose contract ends on the first of a month, that is done before, and that has decided."""

    def make(name="Finance", renewal=date(2027, 1, 1), migration=date(2026, 12, 1), **more):
        more.setdefault("gives_up", DECIDED)
        return Department(name, renewal=renewal, migration=migration, **more)

    return make
