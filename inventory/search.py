"""Files found by a part of their path, their owner, what they are or how much work they are: a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, not_, or_, select

from converters.inspection import INSPECTOR_REVISION, Inspection
from inventory.columns import stored_path
from inventory.records import Item, ItemState
from inventory.store import item_by_row, item_query
from inventory.tables import (
    accounts,
    area_totals,
    extensions,
    file_links,
    inspections,
    items,
    link_graphs,
    link_targets,
    pages,
    sources,
)

_MOST_OWNERS = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """``text``: a part of a path or name, or a whole path with its source. ``owner``: a part of an account's name.
    ``kind``: what inspection found or, without one, the name's ending. ``risk``: a class of inventory/risk.py."""

    text: str = ""
    owner: str = ""
    kind: str = ""
    risk: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """``number`` is the item's in the database; ``kind`` and ``risk`` are empty for what nobody looked into."""

    number: int
    item: Item
    kind: str
    risk: str


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """The other end of a link: where it leads, in which state that is, or the file that holds it; ``number`` is that
    file's where it was listed."""

    kind: str
    location: str
    state: str
    number: int | None


def search(connection: Connection, wanted: Wanted, limit: int, after: int = 0) -> list[Found]:
    """The files that fit, by number, beyond ``after``; a text is looked for without case where it is ASCII."""
    conditions = [items.c.id > after, items.c.state != ItemState.GONE]
    if wanted.text:
        conditions.append(_text_is(connection, wanted.text))
    if wanted.owner:
        conditions.append(_owner_is(connection, wanted.owner))
    if wanted.kind:
        conditions.append(_kind_is(wanted.kind))
    if wanted.risk:
        fitting = select(inspections.c.sha256).where(
            inspections.c.risk == wanted.risk, inspections.c.revision == INSPECTOR_REVISION
        )
        conditions.append(items.c.sha256.in_(fitting))
    statement = (
        item_query()
        .add_columns(inspections.c.kind.label("inspected_kind"), inspections.c.risk.label("risk"))
        .outerjoin(
            inspections,
            and_(inspections.c.sha256 == items.c.sha256, inspections.c.revision == INSPECTOR_REVISION),
        )
        .where(*conditions)
        .order_by(items.c.id)
        .limit(limit)
    )
    return [
        Found(row.id, item_by_row(row), row.inspected_kind or "", row.risk or "")
        for row in connection.execute(statement)
    ]


def file_of(connection: Connection, number: int) -> tuple[Item, Inspection | None] | None:
    """A file by its number, with what is in it; None where there is none of that number."""
    row = connection.execute(item_query().where(items.c.id == number)).one_or_none()
    if row is None:
        return None
    item = item_by_row(row)
    record = connection.scalar(
        select(inspections.c.record).where(
            inspections.c.sha256 == item.sha256, inspections.c.revision == INSPECTOR_REVISION
        )
    )
    return item, Inspection.from_json(record) if record else None


def known_kinds(connection: Connection) -> list[str]:
    """The kinds of the documents that there are, the most frequent first; from the totals."""
    statement = (
        select(area_totals.c.kind)
        .where(area_totals.c.kind != "other")
        .group_by(area_totals.c.kind)
        .order_by(func.sum(area_totals.c.files).desc(), area_totals.c.kind)
    )
    return list(connection.scalars(statement))


def links_are_known(connection: Connection) -> bool:
    """Whether the graph of links was ever made."""
    return connection.scalar(select(func.count()).select_from(link_graphs)) != 0


def links_from(connection: Connection, number: int, limit: int) -> list[LinkEnd]:
    """What a file links to."""
    statement = (
        select(file_links.c.kind, link_targets.c.location, link_targets.c.state, link_targets.c.item_id)
        .join(link_targets, link_targets.c.id == file_links.c.target_id)
        .where(file_links.c.item_id == number)
        .order_by(link_targets.c.location, file_links.c.kind)
        .limit(limit)
    )
    return [LinkEnd(*row) for row in connection.execute(statement)]


def links_to(connection: Connection, number: int, limit: int) -> list[LinkEnd]:
    """The files that link to a file."""
    statement = (
        item_query()
        .add_columns(file_links.c.kind.label("link_kind"))
        .join(file_links, file_links.c.item_id == items.c.id)
        .join(link_targets, link_targets.c.id == file_links.c.target_id)
        .where(link_targets.c.item_id == number)
        .order_by(items.c.id)
        .limit(limit)
    )
    found = []
    for row in connection.execute(statement):
        item = item_by_row(row)
        found.append(LinkEnd(row.link_kind, f"{item.source}/{item.path}", "found", row.id))
    return found


def _holds(connection: Connection, column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """That a column holds a text. SQLite's own LIKE knows no case in ASCII, and no function call makes it slow."""
    pattern = f"%{_escaped(text)}%"
    if connection.dialect.name == "sqlite":
        return column.like(pattern, escape="!")
    return column.ilike(pattern, escape="!")


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _text_is(connection: Connection, text: str) -> ColumnElement[bool]:
    """In a name or a folder; or a path whose last part is in the name and the rest at the folder's end."""
    text = text.replace("\\", "/")
    conditions = [
        _holds(connection, items.c.name, text),
        items.c.page_id.in_(select(pages.c.id).where(_holds(connection, pages.c.cursor, text))),
    ]
    if "/" in text:
        conditions += _path_is(connection, text)
    return or_(*conditions)


def _path_is(connection: Connection, text: str) -> list[ColumnElement[bool]]:
    """A path that a name continues: below any source, or below the one that it begins with."""
    found = []
    named = connection.execute(select(sources.c.id, sources.c.name)).all()
    ways: list[tuple[int | None, str]] = [(None, text)]
    ways += [
        (row.id, text[len(root) + 1 :])
        for row in named
        if (root := row.name.replace("\\", "/").rstrip("/")) and text.startswith(f"{root}/")
    ]
    for source, path in ways:
        folder, _slash, name = path.rpartition("/")
        of = select(pages.c.id)
        if source is None:
            of = of.where(pages.c.cursor.like(f"%{_escaped(folder)}", escape="!"))
        else:
            of = of.where(pages.c.source_id == source, pages.c.cursor == folder)
        begins = items.c.name.like(f"{_escaped(name)}%", escape="!")
        found.append(and_(items.c.page_id.in_(of), begins))
    return found


def _owner_is(connection: Connection, owner: str) -> ColumnElement[bool]:
    """By the file's own account or, where only the folder's is told, by that."""
    called = select(accounts.c.id).where(
        or_(_holds(connection, accounts.c.name, owner), _holds(connection, accounts.c.shown, owner))
    )
    ids: Sequence[int] = list(connection.scalars(called.limit(_MOST_OWNERS)))
    folders = select(pages.c.id).where(pages.c.owner_id.in_(ids))
    return or_(items.c.owner_id.in_(ids), and_(items.c.owner_id.is_(None), items.c.page_id.in_(folders)))


def _kind_is(kind: str) -> ColumnElement[bool]:
    """By what inspection found; by the name where nothing did."""
    revision = inspections.c.revision == INSPECTOR_REVISION
    known = select(inspections.c.sha256).where(revision)
    inspected = items.c.sha256.in_(known.where(inspections.c.kind == kind))
    ending = items.c.extension_id.in_(select(extensions.c.id).where(extensions.c.name == stored_path(kind)))
    return or_(inspected, and_(ending, or_(items.c.sha256.is_(None), not_(items.c.sha256.in_(known)))))
