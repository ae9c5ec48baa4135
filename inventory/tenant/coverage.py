"""What of a tenant was seen and what was not, why, and what one has to grant for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, select

from inventory import moments
from inventory.graph.errors import GraphError, Meaning
from inventory.tenant.tables import tenant_errors, tenant_gaps

_BODY_CHARACTERS = 4_000


class Sight(StrEnum):
    SEEN = "seen"
    PARTLY = "partly"
    NOT_SEEN = "not_seen"


class Lack(StrEnum):
    """Why something was not seen."""

    NOTHING = ""
    PERMISSION = "permission"
    ROLE = "role"
    NOT_PREMIUM = "not_premium"
    NOT_IN_CLOUD = "not_in_cloud"
    NOT_IN_GRAPH = "not_in_graph"
    CONCEALED = "concealed"
    LOCKED = "locked"
    FAILED = "failed"
    NOT_ASKED = "not_asked"


# areas of which Graph v1.0 tells nothing at all
NOT_IN_GRAPH: tuple[str, ...] = ("forms", "power_automate", "power_apps")

_LACKS: Mapping[Meaning, Lack] = {
    Meaning.PERMISSION: Lack.PERMISSION,
    Meaning.ROLE: Lack.ROLE,
    Meaning.NOT_PREMIUM: Lack.NOT_PREMIUM,
    Meaning.UNSUPPORTED: Lack.NOT_IN_CLOUD,
    Meaning.LOCKED: Lack.LOCKED,
}


@dataclass(frozen=True, slots=True)
class Gap:
    """An area of a tenant; ``number`` counts what was not seen of it, 0 where that is not known."""

    area: str
    sight: Sight
    lack: Lack = Lack.NOTHING
    permission: str = ""
    number: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "area": self.area,
            "state": self.sight.value,
            "reason": self.lack.value,
            "permission": self.permission,
            "number": self.number,
        }


def lack_of(error: GraphError) -> Lack:
    return _LACKS.get(error.meaning, Lack.FAILED)


def note_area(connection: Connection, tenant_id: int, gap: Gap) -> None:
    """What is said of an area now replaces what was said of it before."""
    same = (tenant_gaps.c.tenant_id == tenant_id, tenant_gaps.c.area == gap.area)
    connection.execute(delete(tenant_gaps).where(*same))
    row = {"tenant_id": tenant_id, "area": gap.area, "state": gap.sight.value, "reason": gap.lack.value}
    connection.execute(
        tenant_gaps.insert().values(row | {"permission": gap.permission, "number": gap.number})
    )


def areas_of(connection: Connection, tenant_id: int) -> list[Gap]:
    """The coverage, the areas in the order of their names."""
    table = tenant_gaps.c
    statement = (
        select(table.area, table.state, table.reason, table.permission, table.number)
        .where(table.tenant_id == tenant_id)
        .order_by(table.area)
    )
    return [
        Gap(row.area, Sight(row.state), Lack(row.reason), row.permission, row.number)
        for row in connection.execute(statement)
    ]


def keep_error(connection: Connection, tenant_id: int, error: GraphError, *, bodies: bool) -> None:
    """Keep what an error's answer said. Its text may name people: without ``bodies`` only its codes are kept."""
    told = error.told
    code = (told.codes[0] if told.codes else error.meaning.value)[:80]
    table = tenant_errors.c
    same = (
        table.tenant_id == tenant_id,
        table.call == error.call[:24],
        table.status == told.status,
        table.code == code,
    )
    number = connection.scalar(select(table.number).where(*same)) or 0
    connection.execute(delete(tenant_errors).where(*same))
    connection.execute(
        tenant_errors.insert().values(
            tenant_id=tenant_id,
            call=error.call[:24],
            status=told.status,
            code=code,
            number=number + 1,
            last=moments.now(),
            body=told.body[:_BODY_CHARACTERS] if bodies else "",
        )
    )
