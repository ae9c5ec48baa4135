"""Questions to the graph of links, answered from its totals: what leads where, which templates, who exchanges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from inventory.departments import UNASSIGNED, Departments
from inventory.queries import departments_of_areas
from inventory.tables import area_links, areas, link_targets, sources, target_totals

TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Target:
    """A file that others link to; ``files`` is how many hold a link of the kind to it."""

    location: str
    kind: str
    state: str
    files: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """Links of files of one department to files of another; ``target`` is empty where it is not known."""

    source: str
    target: str
    links: int


def link_states(connection: Connection) -> dict[str, dict[str, int]]:
    """Links by kind and state of their targets, the most frequent kind first."""
    rows = connection.execute(
        select(area_links.c.kind, area_links.c.state, func.sum(area_links.c.links)).group_by(
            area_links.c.kind, area_links.c.state
        )
    )
    counted: dict[str, dict[str, int]] = {}
    for kind, state, links in rows:
        counted.setdefault(kind, {})[state] = links
    return dict(sorted(counted.items(), key=lambda pair: (-sum(pair[1].values()), pair[0])))


def most_linked(
    connection: Connection, limit: int, *, kind: str | None = None, state: str | None = None
) -> list[Target]:
    """The targets that most files link to."""
    statement = (
        select(link_targets.c.location, target_totals.c.kind, link_targets.c.state, target_totals.c.files)
        .join(link_targets, link_targets.c.id == target_totals.c.target_id)
        .order_by(target_totals.c.files.desc(), link_targets.c.location)
        .limit(limit)
    )
    if kind is not None:
        statement = statement.where(target_totals.c.kind == kind)
    if state is not None:
        statement = statement.where(link_targets.c.state == state)
    return [Target(*row) for row in connection.execute(statement)]


def count_templates(connection: Connection) -> tuple[int, int]:
    """How many templates there are, and how many documents they are attached to."""
    row = connection.execute(
        select(func.count(), func.coalesce(func.sum(target_totals.c.files), 0)).where(
            target_totals.c.kind == TEMPLATE
        )
    ).one()
    return row[0], row[1]


def exchanges(connection: Connection, departments: Departments | None = None) -> list[Exchange]:
    """Who links to whom, the most links first: departments or, without a table of them, the top folders of sources.

    Links to what no source holds are left out; a department's links to itself are not.
    """
    name_of = departments_of_areas(connection, departments) if departments else _folders(connection)
    rows = connection.execute(
        select(area_links.c.area_id, area_links.c.target_area_id, func.sum(area_links.c.links))
        .where(area_links.c.target_area_id.is_not(None))
        .group_by(area_links.c.area_id, area_links.c.target_area_id)
    )
    counted: dict[tuple[str, str], int] = {}
    for area, target, links in rows:
        pair = name_of.get(area, UNASSIGNED), name_of.get(target, UNASSIGNED)
        counted[pair] = counted.get(pair, 0) + links
    found = [Exchange(source, target, links) for (source, target), links in counted.items()]
    return sorted(found, key=lambda one: (-one.links, one.source, one.target))


def _folders(connection: Connection) -> Mapping[int, str]:
    """Areas by source and first folder."""
    rows = connection.execute(
        select(areas.c.id, sources.c.name, areas.c.path).join(sources, sources.c.id == areas.c.source_id)
    )
    return {row.id: f"{row.name.rstrip('/')}/{row.path.split('/')[0]}".rstrip("/") for row in rows}
