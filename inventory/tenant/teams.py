"""Groups, teams and what they hold: channels and plans are counted, nothing in them is read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, update

from inventory.graph.calls import CALLS
from inventory.graph.client import BATCH_PARTS, Json, Page
from inventory.graph.errors import GraphError, Meaning, PermanentError, TransientError
from inventory.tenant.context import RANK_DETAILS, Context, Step, fetch_page, go_on, refused_area
from inventory.tenant.coverage import Gap, Lack, Sight, keep_error
from inventory.tenant.records import text_of
from inventory.tenant.tables import tenant_groups
from inventory.tenant.work import Task, set_done, set_payload


def _store_groups(context: Context, connection: Connection, task: Task, page: Page) -> None:
    for group in page.values:
        entra = text_of(group.get("id"), 40)
        kinds = group.get("groupTypes") or ()
        team = "Team" in (group.get("resourceProvisioningOptions") or ())
        values = {
            "run_id": context.run_id,
            "name": text_of(group.get("displayName")),
            "unified": "Unified" in kinds,
            "security": bool(group.get("securityEnabled")),
            "team": team,
            "data_location": text_of(group.get("preferredDataLocation"), 16),
            "licences": [
                text_of(one.get("skuId"), 40).lower() for one in group.get("assignedLicenses") or ()
            ],
        }
        same = (tenant_groups.c.tenant_id == context.tenant_id, tenant_groups.c.entra_group == entra)
        if not connection.execute(update(tenant_groups).where(*same).values(values)).rowcount:
            key = {"tenant_id": context.tenant_id, "entra_group": entra}
            connection.execute(tenant_groups.insert().values(values | key))
    teams = [text_of(group["id"], 40) for group in page.values if _is_team(group)]
    unified = [
        text_of(group["id"], 40) for group in page.values if "Unified" in (group.get("groupTypes") or ())
    ]
    for kind, ids in (("channels", teams), ("plans", unified)):
        for start in range(0, len(ids), BATCH_PARTS):
            some = ids[start : start + BATCH_PARTS]
            context.put(connection, RANK_DETAILS, kind, some[0], some)
    if go_on(connection, task, page):
        gone = (
            tenant_groups.c.tenant_id == context.tenant_id,
            tenant_groups.c.run_id != context.run_id,
        )
        connection.execute(tenant_groups.delete().where(*gone))
        for area in ("groups", "teams"):
            context.seen(connection, area)


def _is_team(group: Json) -> bool:
    return "Team" in (group.get("resourceProvisioningOptions") or ())


def _refuse_groups(context: Context, connection: Connection, task: Task, error: PermanentError) -> None:
    permission = CALLS["groups"].permission
    for area in ("groups", "teams", "channels", "planner"):
        context.not_seen(connection, area, error, permission)
    set_done(connection, task.id)


def _counted(name: str) -> Any:
    """Ask how many of something each of some groups has."""

    def fetch(context: Context, task: Task) -> dict[str, Json | GraphError]:
        return context.client.batch(CALLS[name], {one: {"group": one} for one in task.payload})

    return fetch


def _store_counts(kind: str, area: str) -> Any:
    def store(
        context: Context, connection: Connection, task: Task, found: dict[str, Json | GraphError]
    ) -> None:
        again, refused, answered = [], 0, 0
        for entra, answer in found.items():
            if isinstance(answer, TransientError):
                again.append(entra)
                continue
            if isinstance(answer, GraphError):
                keep_error(connection, context.tenant_id, answer, bodies=context.bodies)
                refused += answer.meaning is Meaning.PERMISSION
                answered += answer.meaning is not Meaning.PERMISSION
                continue
            answered += 1
            same = (tenant_groups.c.tenant_id == context.tenant_id, tenant_groups.c.entra_group == entra)
            number = len(answer.get("value") or ())
            connection.execute(update(tenant_groups).where(*same).values({kind: number}))
        context.missed[kind] += refused
        context.answered[kind] += answered
        if context.missed[kind] and not context.answered[kind]:
            gap = Gap(area, Sight.NOT_SEEN, Lack.PERMISSION, CALLS[kind].permission)
        elif context.missed[kind]:
            gap = Gap(area, Sight.PARTLY, Lack.PERMISSION, CALLS[kind].permission, context.missed[kind])
        else:
            gap = Gap(area, Sight.SEEN)
        context.note(connection, gap)
        if again:
            set_payload(connection, task.id, again)
        else:
            set_done(connection, task.id)

    return store


def _counting(kind: str, area: str) -> Step:
    """Ask how many things of a kind each of some groups has; what may not be asked is a gap of an area."""
    refused = refused_area(area, CALLS[kind].permission)
    return Step(_counted(kind), _store_counts(kind, area), refused, kind, alone=True)


STEPS: dict[str, Step] = {
    "groups": Step(fetch_page("groups"), _store_groups, _refuse_groups, "groups"),
    "channels": _counting("channels", "channels"),
    "plans": _counting("plans", "planner"),
}
