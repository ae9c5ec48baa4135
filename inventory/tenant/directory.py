"""Subscriptions, people with their licences, sign-ins: the steps that ask the directory."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select, update

from inventory.bulk import execute_rows
from inventory.columns import stored_path
from inventory.graph.calls import CALLS
from inventory.graph.client import BATCH_PARTS, Json, Page
from inventory.graph.errors import Meaning, PermanentError
from inventory.persons import People
from inventory.tenant.context import (
    RANK_DETAILS,
    RANK_PLACES,
    Context,
    Step,
    fetch_page,
    go_on,
    refused_area,
)
from inventory.tenant.records import inside, moment_us, number_of, text_of
from inventory.tenant.tables import tenant_licences, tenant_people, tenant_skus
from inventory.tenant.work import Task, set_attempted

_PREMIUM_PLANS = ("AAD_PREMIUM", "AAD_PREMIUM_P2")
PREMIUM_TRIES = 10  # a licensed tenant is told that it has no licence up to nine times of ten


# -- subscriptions -------------------------------------------------------------------------------------------


def _store_skus(context: Context, connection: Connection, task: Task, page: Page) -> None:
    if not task.link:
        today = (tenant_skus.c.tenant_id == context.tenant_id, tenant_skus.c.taken == context.today)
        connection.execute(tenant_skus.delete().where(*today))
    rows = [_sku(context, sku) for sku in page.values]
    by_id = {row["sku_id"]: row for row in rows}
    if by_id:
        connection.execute(tenant_skus.insert(), list(by_id.values()))
    if go_on(connection, task, page):
        context.seen(connection, "licences")


def _sku(context: Context, sku: Json) -> dict[str, Any]:
    units = sku.get("prepaidUnits")
    return {
        "tenant_id": context.tenant_id,
        "taken": context.today,
        "sku_id": text_of(sku.get("skuId"), 120),
        "part_number": text_of(sku.get("skuPartNumber"), 80),
        "status": text_of(sku.get("capabilityStatus"), 16),
        "applies_to": text_of(sku.get("appliesTo"), 16),
        **{
            column: number_of(inside({"units": units}, "units", name))
            for column, name in (
                ("enabled", "enabled"),
                ("suspended", "suspended"),
                ("warning", "warning"),
                ("locked_out", "lockedOut"),
            )
        },
        "consumed": number_of(sku.get("consumedUnits")),
        "plans": [
            [
                text_of(plan.get("servicePlanId"), 40).lower(),
                text_of(plan.get("servicePlanName"), 80),
                text_of(plan.get("provisioningStatus"), 24),
            ]
            for plan in sku.get("servicePlans") or ()
        ],
    }


# -- people --------------------------------------------------------------------------------------------------

_PERSON_COLUMNS = (
    "run_id",
    "gone",
    "upn",
    "department",
    "enabled",
    "kind",
    "usage_location",
    "data_location",
    "created_us",
    "sid",
    "account",
)
SET_PERSON = (
    f"UPDATE tenant_people SET {', '.join(f'{name} = {{0}}' for name in _PERSON_COLUMNS)} WHERE id = {{0}}"  # noqa: S608
)
FORGET_LICENCES = "DELETE FROM tenant_licences WHERE person_id = {0}"
PUT_LICENCE = (
    "INSERT INTO tenant_licences (person_id, sku_id, by_group, state, error, disabled) "
    "VALUES ({0}, {0}, {0}, {0}, {0}, {0}) ON CONFLICT (person_id, sku_id, by_group) DO NOTHING"
)


def _store_users(context: Context, connection: Connection, task: Task, page: Page) -> None:
    users = {text_of(user.get("id")): user for user in page.values}
    users.pop("", None)
    _adopt(connection, context, users)
    context.numbers.learn(connection, list(users))
    numbers = {entra: context.numbers.number(entra) for entra in users}
    asked_before = select(tenant_people.c.id).where(
        tenant_people.c.id.in_(list(numbers.values())), tenant_people.c.run_id.is_not(None)
    )
    known = set(connection.scalars(asked_before))
    rows, licences, asked = [], [], []
    for entra, user in users.items():
        number = numbers[entra]
        rows.append((*person_values(context.people, context.run_id, user), number))
        licences += [(number, *licence) for licence in licence_values(user)]
        if user.get("userType") != "Guest" and number not in known:
            asked.append(entra)
    execute_rows(connection, SET_PERSON, rows)
    execute_rows(connection, FORGET_LICENCES, [(number,) for number in numbers.values()])
    execute_rows(connection, PUT_LICENCE, licences)
    for start in range(0, len(asked), BATCH_PARTS):
        some = asked[start : start + BATCH_PARTS]
        context.put(connection, RANK_PLACES, "user_drives", some[0], some)
    if go_on(connection, task, page):
        unseen = (
            tenant_people.c.tenant_id == context.tenant_id,
            tenant_people.c.run_id.is_not(None),
            tenant_people.c.run_id != context.run_id,
        )
        connection.execute(update(tenant_people).where(*unseen).values(gone=True))
        context.seen(connection, "people")
        context.put(connection, RANK_DETAILS, "sign_ins", "")


_ADOPT = "UPDATE tenant_people SET entra = {0} WHERE tenant_id = {0} AND entra = {0}"


def _adopt(connection: Connection, context: Context, users: dict[str, Json]) -> None:
    """People whom an export told of by their principal name alone are the directory's people now."""
    imported = (tenant_people.c.tenant_id == context.tenant_id, tenant_people.c.run_id.is_(None))
    if (
        connection.scalar(
            select(tenant_people.c.id).where(*imported, tenant_people.c.upn.is_not(None)).limit(1)
        )
        is None
    ):
        return
    spelt = context.people.person
    names = {
        spelt(text_of(user.get("userPrincipalName")).lower()): spelt(entra) for entra, user in users.items()
    }
    there = select(tenant_people.c.entra).where(*imported, tenant_people.c.entra.in_(list(names)))
    told = set(connection.scalars(there))
    of_tenant = tenant_people.c.tenant_id == context.tenant_id
    known = select(tenant_people.c.entra).where(
        of_tenant, tenant_people.c.entra.in_([names[name] for name in told])
    )
    twice = {name for entra in connection.scalars(known) for name in told if names[name] == entra}
    rows = [(stored_path(names[name]), context.tenant_id, stored_path(name)) for name in told - twice]
    execute_rows(connection, _ADOPT, rows)
    doubled = select(tenant_people.c.id).where(of_tenant, tenant_people.c.entra.in_(list(twice)))
    connection.execute(tenant_licences.delete().where(tenant_licences.c.person_id.in_(doubled)))
    connection.execute(tenant_people.delete().where(tenant_people.c.id.in_(doubled)))


def person_values(people: People, run_id: int | None, user: Json) -> tuple[Any, ...]:
    """The values of _PERSON_COLUMNS, as the database holds them."""
    domain, account = text_of(user.get("onPremisesDomainName")), text_of(user.get("onPremisesSamAccountName"))
    upn, department, sid, named = (
        stored_path(name) or None
        for name in (
            people.account(text_of(user.get("userPrincipalName"))),
            text_of(user.get("department")),
            people.account(text_of(user.get("onPremisesSecurityIdentifier"))),
            people.account(f"{domain}\\{account}" if account else ""),
        )
    )
    return (
        run_id,
        False,
        upn,
        department,
        bool(user.get("accountEnabled")),
        text_of(user.get("userType"), 8) or "Member",
        text_of(user.get("usageLocation"), 8),
        text_of(user.get("preferredDataLocation"), 16),
        moment_us(user.get("createdDateTime")),
        sid,
        named,
    )


def licence_values(user: Json) -> list[tuple[str, str, str, str, str]]:
    """SKU, group or nothing, state, error and disabled plans of each way that a licence came.

    Where the directory tells no states, what is assigned counts as direct.
    """
    states = user.get("licenseAssignmentStates")
    if not states:
        states = [one | {"state": "Active"} for one in user.get("assignedLicenses") or ()]
    return [
        (
            text_of(one.get("skuId"), 120),
            text_of(one.get("assignedByGroup"), 40).lower(),
            text_of(one.get("state"), 20),
            text_of(one.get("error"), 40),
            json.dumps(sorted(text_of(plan, 40).lower() for plan in one.get("disabledPlans") or ())),
        )
        for one in states
        if one.get("skuId")
    ]


# -- sign-ins ------------------------------------------------------------------------------------------------

_SET_SIGN_IN = (
    "UPDATE tenant_people SET signed_in_us = {0}, background_us = {0}, succeeded_us = {0} WHERE id = {0}"
)


def _store_sign_ins(context: Context, connection: Connection, task: Task, page: Page) -> None:
    found = {text_of(user.get("id")): user.get("signInActivity") for user in page.values}
    found.pop("", None)
    context.numbers.learn(connection, list(found))
    names = ("lastSignInDateTime", "lastNonInteractiveSignInDateTime", "lastSuccessfulSignInDateTime")
    rows = [
        (*(moment_us((activity or {}).get(name)) for name in names), context.numbers.number(entra))
        for entra, activity in found.items()
    ]
    execute_rows(connection, _SET_SIGN_IN, rows)
    if go_on(connection, task, page):
        context.seen(connection, "sign_ins")


def _refuse_sign_ins(context: Context, connection: Connection, task: Task, error: PermanentError) -> None:
    """A tenant that has paid for sign-in activity is told now and then that it has not: it asks again."""
    if (
        error.meaning is Meaning.NOT_PREMIUM
        and task.attempts < PREMIUM_TRIES
        and _is_premium(context, connection)
    ):
        set_attempted(connection, task.id)
        return
    refused_area("sign_ins", CALLS["sign_ins"].permission)(context, connection, task, error)


def _is_premium(context: Context, connection: Connection) -> bool:
    today = (tenant_skus.c.tenant_id == context.tenant_id, tenant_skus.c.taken == context.today)
    plans = connection.scalars(select(tenant_skus.c.plans).where(*today))
    return any(plan[1] in _PREMIUM_PLANS for some in plans for plan in some)


STEPS: dict[str, Step] = {
    "skus": Step(
        fetch_page("skus"), _store_skus, refused_area("licences", CALLS["skus"].permission), "licences"
    ),
    "users": Step(
        fetch_page("users"), _store_users, refused_area("people", CALLS["users"].permission), "people"
    ),
    "sign_ins": Step(fetch_page("sign_ins"), _store_sign_ins, _refuse_sign_ins, "sign_ins"),
}
