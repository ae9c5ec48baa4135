"""What the steps of a tenant's scan share, and what a step is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from inventory.graph.calls import CALLS
from inventory.graph.client import GraphClient, Page
from inventory.graph.errors import GraphError, PermanentError
from inventory.persons import People, Persons
from inventory.tenant.coverage import Gap, Sight, lack_of, note_area
from inventory.tenant.numbers import Numbers
from inventory.tenant.work import Task, put_work, set_done, set_link

# the order in which a run asks: what belongs to the directory, then people, then places, then drive items
RANK_FIRST, RANK_PEOPLE, RANK_DETAILS, RANK_PLACES, RANK_FILES = range(5)


@dataclass
class Context:
    """``missed`` counts, by kind, tasks that were refused for a missing
    permission and nothing else; ``answered`` those that were not."""

    client: GraphClient
    tenant_id: int
    run_id: int
    people: People
    today: str
    numbers: Numbers
    missed: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    items: int = 0

    @property
    def bodies(self) -> bool:
        """Whether what an error says is kept as it stands."""
        return self.people.persons is Persons.NAMED

    def put(
        self, connection: Connection, rank: int, kind: str, key: str, payload: Any = None, link: str = ""
    ) -> None:
        put_work(connection, self.tenant_id, rank, [(kind, key, link, payload)])

    def note(self, connection: Connection, gap: Gap) -> None:
        note_area(connection, self.tenant_id, gap)

    def seen(self, connection: Connection, area: str) -> None:
        self.note(connection, Gap(area, Sight.SEEN))

    def not_seen(self, connection: Connection, area: str, error: GraphError, permission: str) -> None:
        lack = lack_of(error)
        named = permission if lack.value == "permission" else ""
        self.note(connection, Gap(area, Sight.NOT_SEEN, lack, named))


# asks Graph, in a thread and without the database
Fetch = Callable[[Context, Task], Any]
# stores what was answered, in the transaction that says so
Store = Callable[[Context, Connection, Task, Any], None]
# stores that a permanent error was answered
Refuse = Callable[[Context, Connection, Task, PermanentError], None]


@dataclass(frozen=True, slots=True)
class Step:
    """How tasks of a kind are asked and stored. ``area`` is the line of the coverage that they make. ``alone``: one at a time,
    since each is many requests."""

    fetch: Fetch
    store: Store
    refuse: Refuse
    area: str = ""
    alone: bool = False


def fetch_page(name: str) -> Fetch:
    """Ask for a page of a call that takes no ids."""

    def fetch(context: Context, task: Task) -> Page:
        return context.client.page(CALLS[name], task.link)

    return fetch


def go_on(connection: Connection, task: Task, page: Page) -> bool:
    """Remember the next page; answers whether this was the last."""
    if page.next_link:
        set_link(connection, task.id, page.next_link)
        return False
    set_done(connection, task.id)
    return True


def refused_area(area: str, permission: str) -> Refuse:
    """An area of the coverage that is not seen."""

    def refuse(context: Context, connection: Connection, task: Task, error: PermanentError) -> None:
        context.not_seen(connection, area, error, permission)
        set_done(connection, task.id)

    return refuse
