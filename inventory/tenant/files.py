"""Drive items by delta: pages of what is there, or of what changed since, applied to the copy that the database holds.

The same item may come several times, and the last counts; what is deleted comes without a name; paths are told by ids
alone. A link that is too old (410) lists the drive anew, and what does not come again is gone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, exists, select, update

from inventory.bulk import execute_rows
from inventory.columns import stored_path
from inventory.graph.calls import CALLS
from inventory.graph.client import Json, Page
from inventory.graph.errors import Meaning, PermanentError
from inventory.tenant.context import Context, Step
from inventory.tenant.places import state_of
from inventory.tenant.records import (
    ItemKind,
    State,
    inside,
    item_kind,
    item_shared,
    moment_us,
    number_of,
    quick_xor_of,
    text_of,
)
from inventory.tenant.tables import drive_items, tenant_drives
from inventory.tenant.work import Task, set_done, set_link, set_payload

_MOST_RESYNCS = 3  # a drive whose listing never ends is told of, and the others go on

_COLUMNS = [column.name for column in drive_items.columns]
_CHANGING = _COLUMNS[2:]
_PUT = (
    f"INSERT INTO drive_items ({', '.join(_COLUMNS)}) VALUES ({', '.join(['{0}'] * len(_COLUMNS))}) "  # noqa: S608
    f"ON CONFLICT (drive_id, item) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _CHANGING)} "
    f"WHERE {' OR '.join(f'drive_items.{name} IS DISTINCT FROM excluded.{name}' for name in _CHANGING)}"
)
_TAKE_AWAY = "DELETE FROM drive_items WHERE drive_id = {0} AND item = {0}"


def _fetch(context: Context, task: Task) -> Page:
    return context.client.page(CALLS["delta"], task.link, drive=task.key)


def _store(context: Context, connection: Connection, task: Task, page: Page) -> None:
    drive = _drive(context, connection, task.key)
    latest = {text_of(item.get("id"), 128): item for item in page.values}
    latest.pop("", None)
    context.items += len(latest)
    gone = [(drive.id, item) for item, told in latest.items() if told.get("deleted") is not None]
    there = [told for told in latest.values() if told.get("deleted") is None]
    creators = {text_of(inside(told, "createdBy", "user", "id")) for told in there} - {""}
    context.numbers.learn(connection, sorted(creators))
    if gone:
        execute_rows(connection, _TAKE_AWAY, gone)
        _note(connection, task, tidy=True)
    execute_rows(connection, _PUT, [_row(context, drive, told) for told in there])
    if page.next_link:
        set_link(connection, task.id, page.next_link)
        return
    if gone or (task.payload or {}).get("tidy"):
        _take_away_unreachable(connection, drive)
    values = {"state": State.SEEN, "link": page.delta_link, "run_id": context.run_id}
    connection.execute(update(tenant_drives).where(tenant_drives.c.id == drive.id).values(values))
    set_done(connection, task.id)


def _note(connection: Connection, task: Task, **told: Any) -> None:
    """Keep with the task what its end has to know."""
    payload = (task.payload or {}) | told
    if payload != task.payload:
        set_payload(connection, task.id, payload)


def _row(context: Context, drive: Any, item: Json) -> tuple[Any, ...]:
    """A row of drive_items, as the database holds it. A million of them are made: no more is looked up than has to be."""
    kind = item_kind(item)
    creator = text_of(inside(item, "createdBy", "user", "id"))
    system = item.get("fileSystemInfo") or item
    modified, created = (
        moment_us(system.get("lastModifiedDateTime")),
        moment_us(system.get("createdDateTime")),
    )
    return (
        drive.id,
        text_of(item.get("id"), 128),
        text_of(inside(item, "parentReference", "id"), 128),
        stored_path(text_of(item.get("name"))),
        int(kind),
        0 if kind in (ItemKind.FOLDER, ItemKind.ROOT) else number_of(item.get("size")),
        modified if modified is not None else moment_us(item.get("lastModifiedDateTime")),
        created if created is not None else moment_us(item.get("createdDateTime")),
        context.numbers.number(creator) if creator else None,
        int(item_shared(item)),
        quick_xor_of(item),
        drive.generation,
    )


def _take_away_unreachable(connection: Connection, drive: Any) -> None:
    """What a listing that began anew did not tell again, and what lay in folders that are gone."""
    here = drive_items.c.drive_id == drive.id
    connection.execute(delete(drive_items).where(here, drive_items.c.generation != drive.generation))
    above = drive_items.alias("above")
    orphaned = ~exists().where(above.c.drive_id == drive.id, above.c.item == drive_items.c.parent)
    while connection.execute(
        delete(drive_items).where(here, drive_items.c.kind != int(ItemKind.ROOT), orphaned)
    ).rowcount:
        pass


def _drive(context: Context, connection: Connection, graph_id: str) -> Any:
    same = (tenant_drives.c.tenant_id == context.tenant_id, tenant_drives.c.drive == graph_id)
    columns = (tenant_drives.c.id, tenant_drives.c.generation, tenant_drives.c.link)
    return connection.execute(select(*columns).where(*same)).one()


def _refuse(context: Context, connection: Connection, task: Task, error: PermanentError) -> None:
    drive = _drive(context, connection, task.key)
    this = tenant_drives.c.id == drive.id
    resyncs = int((task.payload or {}).get("resyncs", 0))
    if error.meaning is Meaning.RESYNC and resyncs < _MOST_RESYNCS:
        anew = {"generation": drive.generation + 1, "link": ""}
        connection.execute(update(tenant_drives).where(this).values(anew))
        set_link(connection, task.id, context.client.resync_link(error))
        _note(connection, task, resyncs=resyncs + 1, tidy=True)
        return
    state = State.FAILED if error.meaning is Meaning.RESYNC else state_of(error)
    values: dict[str, Any] = {"state": state, "run_id": context.run_id}
    if state is State.GONE:
        connection.execute(delete(drive_items).where(drive_items.c.drive_id == drive.id))
        values["link"] = ""
    connection.execute(update(tenant_drives).where(this).values(values))
    set_done(connection, task.id)


STEPS: dict[str, Step] = {"delta": Step(_fetch, _store, _refuse, "files")}
