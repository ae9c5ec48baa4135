"""People as numbers: by the ids that the directory gives them, stored as people are collected."""

from __future__ import annotations

from sqlalchemy import Connection

from inventory.persons import People
from inventory.tenant.tables import tenant_people
from inventory.words import Words


class Numbers:
    """Of the people of one tenant."""

    def __init__(self, tenant_id: int, people: People) -> None:
        self._tenant_id = tenant_id
        self._words = Words(tenant_people, "tenant_id", "entra", spelt=people.person)

    def learn(self, connection: Connection, ids: list[str]) -> None:
        self._words.learn(connection, [(self._tenant_id, one) for one in ids])

    def number(self, entra: str) -> int:
        """The number of somebody who was learnt."""
        return int(self._words.known[self._tenant_id, entra])
