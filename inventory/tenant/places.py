"""Sites and drives: where documents of a tenant lie, and what of them cannot be entered."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, select, update

from inventory.graph.calls import CALLS
from inventory.graph.client import Json, Page
from inventory.graph.errors import GraphError, Meaning, PermanentError, TransientError
from inventory.tenant.context import (
    RANK_DETAILS,
    RANK_FILES,
    RANK_PLACES,
    Context,
    Step,
    go_on,
    refused_area,
)
from inventory.tenant.coverage import keep_error
from inventory.tenant.records import State, inside, number_of, text_of
from inventory.tenant.tables import tenant_drives, tenant_people, tenant_sites, tenants
from inventory.tenant.work import Task, drop_kind, set_done, set_link, set_payload

PERSONAL, SHARED = "OneDrive", "SharePoint"
_HOPELESS = 3  # tasks of a kind that were all refused for a permission: the others would be too

_STATE_OF: dict[Meaning, State] = {
    Meaning.LOCKED: State.LOCKED,
    Meaning.PERMISSION: State.DENIED,
    Meaning.TOKEN: State.DENIED,
    Meaning.NOT_FOUND: State.GONE,
    Meaning.NO_DRIVE: State.GONE,
}


def state_of(error: GraphError) -> State:
    return _STATE_OF.get(error.meaning, State.FAILED)


# -- sites ---------------------------------------------------------------------------------------------------


def _fetch_sites(context: Context, task: Task) -> Page:
    call = CALLS["search_sites" if task.key == "search" else "sites"]
    return context.client.page(call, task.link)


def _store_sites(context: Context, connection: Connection, task: Task, page: Page) -> None:
    for site in page.values:
        _store_site(context, connection, site)
    if page.next_link:
        set_link(connection, task.id, page.next_link)
        return
    set_done(connection, task.id)
    gone = (tenant_sites.c.tenant_id == context.tenant_id, tenant_sites.c.run_id != context.run_id)
    connection.execute(update(tenant_sites).where(*gone).values(state=State.GONE))
    context.seen(connection, "sites")
    sites = select(tenant_sites.c.site).where(
        tenant_sites.c.tenant_id == context.tenant_id,
        tenant_sites.c.run_id == context.run_id,
        tenant_sites.c.personal.is_(False),
    )
    for site in connection.scalars(sites.order_by(tenant_sites.c.id)).all():
        _enter(context, connection, site)


def _enter(context: Context, connection: Connection, site: str) -> None:
    """Ask a site for its libraries and for the sites below it, which no list of a tenant's sites tells."""
    for kind in ("site_drives", "subsites"):
        context.put(connection, RANK_PLACES, kind, site)


def _fetch_subsites(context: Context, task: Task) -> Page:
    return context.client.page(CALLS["subsites"], task.link, site=task.key)


def _store_subsites(context: Context, connection: Connection, task: Task, page: Page) -> None:
    for site in page.values:
        _enter(context, connection, _store_site(context, connection, site))
    go_on(connection, task, page)


def _refuse_subsites(context: Context, connection: Connection, task: Task, error: PermanentError) -> None:
    """What was known below a site that cannot be entered stands, and says so; the site itself is told of by its libraries."""
    above = _site(context, connection, task.key)
    below = select(tenant_sites.c.id).where(
        tenant_sites.c.tenant_id == context.tenant_id,
        tenant_sites.c.site_guid == above.site_guid,
        tenant_sites.c.run_id != context.run_id,
        tenant_sites.c.personal.is_(False),
    )
    values = {"state": state_of(error), "run_id": context.run_id}
    sites = connection.scalars(below).all()
    connection.execute(update(tenant_drives).where(tenant_drives.c.site_id.in_(sites)).values(values))
    connection.execute(update(tenant_sites).where(tenant_sites.c.id.in_(sites)).values(values))
    set_done(connection, task.id)


def _store_site(context: Context, connection: Connection, site: Json) -> str:
    """Store a site, which was there before or is new; answers its id."""
    graph_id = text_of(site.get("id"))
    personal = bool(site.get("isPersonalSite"))
    parts = graph_id.split(",")
    guid = parts[1].lower() if len(parts) > 1 else graph_id
    values: dict[str, Any] = {
        "run_id": context.run_id,
        "site_guid": guid,
        "place": "" if personal else _place_of_site(site),
        "personal": personal,
        "archived": text_of(inside(site, "siteCollection", "archivalDetails", "archiveStatus"), 24),
        "data_location": text_of(inside(site, "siteCollection", "dataLocationCode"), 16),
    }
    same = (tenant_sites.c.tenant_id == context.tenant_id, tenant_sites.c.site == graph_id)
    if not connection.execute(update(tenant_sites).where(*same).values(values)).rowcount:
        key = {"tenant_id": context.tenant_id, "site": graph_id, "state": State.NEW}
        connection.execute(tenant_sites.insert().values(values | key))
    return graph_id


def _place_of_site(site: Json) -> str:
    """A site as the inventory shows it: its path without ``sites/``. Sites of one path in several regions have places of
    their own all the same, by a number."""
    parts = urlsplit(text_of(site.get("webUrl"), 2_000))
    path = unquote(parts.path).strip("/")
    for prefix in ("sites/", "teams/"):
        path = path.removeprefix(prefix)
    return path or "root"


def _refuse_sites(context: Context, connection: Connection, task: Task, error: PermanentError) -> None:
    """A person who signed in may not list all sites and searches for those that they see; others are told."""
    if task.key != "search" and error.meaning is Meaning.PERMISSION:
        context.put(connection, RANK_DETAILS, "sites", "search")
        set_done(connection, task.id)
        return
    context.not_seen(connection, "sites", error, CALLS["sites"].permission)
    set_done(connection, task.id)


# -- drives of sites -----------------------------------------------------------------------------------------


def _fetch_site_drives(context: Context, task: Task) -> Page:
    return context.client.page(CALLS["site_drives"], task.link, site=task.key)


def _store_site_drives(context: Context, connection: Connection, task: Task, page: Page) -> None:
    context.answered["drives"] += 1
    site = _site(context, connection, task.key)
    for drive in page.values:
        _store_drive(context, connection, drive, site)
    if page.next_link:
        set_link(connection, task.id, page.next_link)
        return
    connection.execute(update(tenant_sites).where(tenant_sites.c.id == site.id).values(state=State.SEEN))
    gone = (
        tenant_drives.c.site_id == site.id,
        tenant_drives.c.run_id != context.run_id,
        tenant_drives.c.state != State.GONE,
    )
    connection.execute(update(tenant_drives).where(*gone).values(state=State.GONE))
    set_done(connection, task.id)


def _refuse_site_drives(context: Context, connection: Connection, task: Task, error: PermanentError) -> None:
    site = _site(context, connection, task.key)
    state = state_of(error)
    connection.execute(update(tenant_sites).where(tenant_sites.c.id == site.id).values(state=state))
    # what was known of its drives stands, and says that it could not be looked at again
    connection.execute(
        update(tenant_drives)
        .where(tenant_drives.c.site_id == site.id)
        .values(state=state, run_id=context.run_id)
    )
    set_done(connection, task.id)
    _give_up(context, connection, "site_drives", error)


def _give_up(context: Context, connection: Connection, kind: str, error: GraphError) -> None:
    """Where nothing of a kind was answered and some were refused for a permission, the others are not asked."""
    if error.meaning is not Meaning.PERMISSION:
        context.answered["drives"] += error.meaning is not Meaning.TOKEN
        return
    context.missed[kind] += 1
    if context.missed[kind] >= _HOPELESS and not context.answered["drives"]:
        drop_kind(connection, context.tenant_id, kind)
        context.not_seen(connection, "drives", error, CALLS[_CALL_OF[kind]].permission)


_CALL_OF = {"site_drives": "site_drives", "user_drives": "user_drive"}


def _site(context: Context, connection: Connection, graph_id: str) -> Any:
    same = (tenant_sites.c.tenant_id == context.tenant_id, tenant_sites.c.site == graph_id)
    return connection.execute(select(tenant_sites).where(*same)).one()


# -- drives of people ----------------------------------------------------------------------------------------


def _fetch_user_drives(context: Context, task: Task) -> dict[str, Json | GraphError]:
    return context.client.batch(CALLS["user_drive"], {entra: {"user": entra} for entra in task.payload})


def _store_user_drives(
    context: Context, connection: Connection, task: Task, found: dict[str, Json | GraphError]
) -> None:
    again = []
    refused: GraphError | None = None
    context.numbers.learn(connection, list(found))
    for entra, answer in found.items():
        if isinstance(answer, TransientError):
            again.append(entra)
        elif isinstance(answer, GraphError):
            if answer.meaning is Meaning.PERMISSION:
                refused = answer
            if answer.meaning not in (Meaning.NO_DRIVE, Meaning.NOT_FOUND):
                keep_error(connection, context.tenant_id, answer, bodies=context.bodies)
            else:
                context.answered["drives"] += 1
        else:
            context.answered["drives"] += 1
            _store_drive(context, connection, answer, None, context.numbers.number(entra))
    if again:
        set_payload(connection, task.id, again)
    else:
        set_done(connection, task.id)
    if refused is not None:
        _give_up(context, connection, "user_drives", refused)


# -- a drive -------------------------------------------------------------------------------------------------


def _store_drive(
    context: Context, connection: Connection, drive: Json, site: Any, person: int | None = None
) -> None:
    """Store a drive and ask for its items; a drive that is known keeps its place and its link."""
    graph_id = text_of(drive.get("id"))
    if not graph_id:
        return
    owner = text_of(inside(drive, "owner", "user", "id"))
    if person is None and owner and (site is None or site.personal):
        context.numbers.learn(connection, [owner])
        person = context.numbers.number(owner)
    same = (tenant_drives.c.tenant_id == context.tenant_id, tenant_drives.c.drive == graph_id)
    columns = (tenant_drives.c.id, tenant_drives.c.state, tenant_drives.c.drive, tenant_drives.c.link)
    known = connection.execute(select(*columns).where(*same)).one_or_none()
    site_guid = text_of(inside(drive, "sharePointIds", "siteId"), 80).lower()
    values: dict[str, Any] = {
        "run_id": context.run_id,
        "site_id": site.id if site is not None and not site.personal else None,
        "site_guid": site_guid or (site.site_guid if site is not None else ""),
        "kind": text_of(drive.get("driveType"), 24),
        "used_bytes": number_of(inside(drive, "quota", "used")),
        "state": State.NEW if known is None or known.state != State.SEEN else State.SEEN,
    }
    if person is not None:
        values["person_id"] = person
    if known is not None:
        connection.execute(update(tenant_drives).where(*same).values(values))
        _ask_for_items(context, connection, known)
    else:
        place = _place_of_drive(context, connection, drive, site, person)
        key = {"tenant_id": context.tenant_id, "drive": graph_id, "place": place, "link": "", "generation": 0}
        connection.execute(tenant_drives.insert().values(values | key))
        context.put(connection, RANK_FILES, "delta", graph_id)


def _ask_for_items(context: Context, connection: Connection, drive: Any) -> None:
    """Ask a known drive what changed; one whose listing never ended, or whose link leads to another cloud, is listed anew, over what was
    stored of it."""
    link = drive.link if context.client.follows(drive.link) else ""
    if not link:
        anew = update(tenant_drives).where(tenant_drives.c.id == drive.id)
        connection.execute(anew.values(generation=tenant_drives.c.generation + 1))
    tidy = {} if link else {"tidy": True}
    context.put(connection, RANK_FILES, "delta", drive.drive, tidy, link)


def _place_of_drive(
    context: Context, connection: Connection, drive: Json, site: Any, person: int | None
) -> str:
    name = text_of(drive.get("name")).replace("/", "_") or "drive"
    if person is not None and (site is None or site.personal):
        upn = connection.scalar(select(tenant_people.c.upn).where(tenant_people.c.id == person))
        place = f"{PERSONAL}/{upn or f'person {person}'}"
    elif site is not None and not site.personal:
        place = f"{SHARED}/{site.place}/{name}"
    else:
        place = f"{PERSONAL}/without owner"
    taken = select(tenant_drives.c.id).where(tenant_drives.c.tenant_id == context.tenant_id)
    for number in range(1, 1_000_000):
        one = place if number == 1 else f"{place} ({number})"
        if connection.scalar(taken.where(tenant_drives.c.place == one)) is None:
            return one
    raise AssertionError("unreachable")


def settle_places(context: Context, connection: Connection) -> None:
    """When everybody and every site was asked: personal sites that no drive belongs to are asked for theirs, people who left
    the organisation among them; known drives that nobody told of again are asked for what changed, and those of sites that
    are gone are gone."""
    personal = select(tenant_sites.c.site).where(
        tenant_sites.c.tenant_id == context.tenant_id,
        tenant_sites.c.run_id == context.run_id,
        tenant_sites.c.personal.is_(True),
        ~select(tenant_drives.c.id)
        .where(
            tenant_drives.c.tenant_id == context.tenant_id,
            tenant_drives.c.site_guid == tenant_sites.c.site_guid,
        )
        .exists(),
    )
    for site in connection.scalars(personal.order_by(tenant_sites.c.id)).all():
        context.put(connection, RANK_PLACES, "site_drives", site)
    columns = (tenant_drives.c.id, tenant_drives.c.drive, tenant_drives.c.link)
    drives = select(*columns).where(
        tenant_drives.c.tenant_id == context.tenant_id,
        tenant_drives.c.run_id != context.run_id,
        tenant_drives.c.site_id.is_(None),
        tenant_drives.c.state != State.GONE,
    )
    for drive in connection.execute(drives.order_by(tenant_drives.c.id)).all():
        _ask_for_items(context, connection, drive)
    gone = select(tenant_sites.c.id).where(
        tenant_sites.c.tenant_id == context.tenant_id,
        tenant_sites.c.run_id != context.run_id,
        tenant_sites.c.state == State.GONE,
    )
    lost = (tenant_drives.c.site_id.in_(gone), tenant_drives.c.run_id != context.run_id)
    connection.execute(update(tenant_drives).where(*lost).values(state=State.GONE))


# -- what the tenant allows outside ----------------------------------------------------------------------------


def _fetch_sharing(context: Context, _task: Task) -> Json:
    call = CALLS["sharing"]
    return context.client.get(call, call.url(context.client.cloud))


def _store_sharing(context: Context, connection: Connection, task: Task, document: Json) -> None:
    sharing = text_of(document.get("sharingCapability"), 48)
    connection.execute(update(tenants).where(tenants.c.id == context.tenant_id).values(sharing=sharing))
    context.seen(connection, "sharing")
    set_done(connection, task.id)


STEPS: dict[str, Step] = {
    "sites": Step(_fetch_sites, _store_sites, _refuse_sites, "sites"),
    "subsites": Step(_fetch_subsites, _store_subsites, _refuse_subsites, "drives"),
    "site_drives": Step(_fetch_site_drives, _store_site_drives, _refuse_site_drives, "drives"),
    "user_drives": Step(
        _fetch_user_drives,
        _store_user_drives,
        refused_area("drives", CALLS["user_drive"].permission),
        "drives",
        alone=True,
    ),
    "sharing": Step(
        _fetch_sharing, _store_sharing, refused_area("sharing", CALLS["sharing"].permission), "sharing"
    ),
}
