"""Usage reports: who used what, on which platform, as of which day; names that the service hides are never joined.

Columns are read by their headings, since Microsoft has added some over time. What a row tells is kept under
these headings; who it tells it of becomes a number of a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, delete, func, select, update

from inventory.graph.calls import CALLS, REPORT_DAYS, REPORT_NAMES
from inventory.graph.client import Json
from inventory.graph.errors import PermanentError
from inventory.persons import People
from inventory.tenant.context import RANK_DETAILS, Context, Step, refused_area
from inventory.tenant.coverage import Gap, Lack, Sight
from inventory.tenant.records import inside
from inventory.tenant.tables import tenant_people, tenant_usage, tenants
from inventory.tenant.work import Task, set_done

REFRESHED = "Report Refresh Date"
UPN, OWNER, SITE_URL = "User Principal Name", "Owner Principal Name", "Site URL"
# columns that name people and places; the rest of a row are figures
_NAMING = frozenset(
    {
        REFRESHED,
        UPN,
        OWNER,
        SITE_URL,
        "Display Name",
        "Owner Display Name",
        "Site Id",
        "User Id",
        "Report Period",
    }
)
_HIDDEN = re.compile(r"[0-9A-F]{32}", re.IGNORECASE)
_ROWS_A_STATEMENT = 500
# what the files of a tenant are counted by before any of them was listed
FILE_COUNT = "File Count"


def subject_column(columns: Iterable[str]) -> str:
    """The heading of who a row tells of."""
    found = set(columns)
    return next((name for name in (UPN, OWNER, SITE_URL) if name in found), "")


def are_concealed(rows: Iterable[Mapping[str, str]]) -> bool:
    """Whether all names are what the service puts in their place: 32 hexadecimal digits."""
    told = False
    for row in rows:
        for name in (UPN, OWNER):
            if row.get(name):
                if not _HIDDEN.fullmatch(row[name]):
                    return False
                told = True
    return told


def store_usage(
    connection: Connection,
    tenant_id: int,
    people: People,
    report: str,
    rows: list[dict[str, str]],
    *,
    concealed: bool,
) -> None:
    """Store a report in place of the one before."""
    refreshed = max((row.get(REFRESHED, "") for row in rows), default="")
    same = (tenant_usage.c.tenant_id == tenant_id, tenant_usage.c.report == report)
    connection.execute(delete(tenant_usage).where(*same))
    base = {"tenant_id": tenant_id, "report": report, "refreshed": refreshed[:10]}
    stored = [base | {"subject": "", "person_id": None, "figures": totals_of(rows)}]
    if not concealed:
        stored += _named(connection, people, report, rows, base)
    for start in range(0, len(stored), _ROWS_A_STATEMENT):
        connection.execute(tenant_usage.insert(), stored[start : start + _ROWS_A_STATEMENT])


def _named(
    connection: Connection,
    people: People,
    report: str,
    rows: list[dict[str, str]],
    base: dict[str, Any],
) -> list[dict[str, Any]]:
    known = connection.execute(
        select(func.lower(tenant_people.c.upn), tenant_people.c.id).where(
            tenant_people.c.tenant_id == base["tenant_id"], tenant_people.c.upn.is_not(None)
        )
    )
    numbers: dict[str, int] = {row[0]: row[1] for row in known}
    column = SITE_URL if report == "sharepoint" else subject_column(rows[0] if rows else ())
    stored: dict[str, dict[str, Any]] = {}
    for row in rows:
        name = row.get(column, "")
        subject = _site_path(name) if column == SITE_URL else people.account(name)
        if subject:
            person = None if column == SITE_URL else numbers.get(subject.lower())
            stored[subject] = base | {"subject": subject, "person_id": person, "figures": figures_of(row)}
    return list(stored.values())


def _site_path(url: str) -> str:
    return unquote(urlsplit(url).path).rstrip("/") or ("/" if url else "")


def figures_of(row: Mapping[str, str]) -> dict[str, str | int]:
    """What a row tells, without who it tells it of: whole numbers as such, the rest as it stands; nothing that is empty."""
    return {
        name: int(value) if value.isdecimal() else value
        for name, value in row.items()
        if name not in _NAMING and value
    }


def totals_of(rows: Iterable[Mapping[str, str]]) -> dict[str, int]:
    """Sums of numbers, how many say yes, how many have a date; and the number of rows."""
    totals: Counter[str] = Counter()
    for row in rows:
        totals["rows"] += 1
        for name, value in figures_of(row).items():
            if isinstance(value, int):
                totals[name] += value
            elif value in ("Yes", "True") or name.endswith("Date"):
                totals[name] += 1
    return dict(totals)


# -- steps ---------------------------------------------------------------------------------------------------


def _fetch_settings(context: Context, _task: Task) -> Json:
    call = CALLS["report_settings"]
    return context.client.get(call, call.url(context.client.cloud))


def _store_settings(context: Context, connection: Connection, task: Task, document: Json) -> None:
    """The metadata says that this is an entity, the service wraps it as a value: both are read."""
    hidden = document.get("displayConcealedNames", inside(document, "value", "displayConcealedNames"))
    concealed = hidden if isinstance(hidden, bool) else None
    connection.execute(update(tenants).where(tenants.c.id == context.tenant_id).values(concealed=concealed))
    gap = (
        Gap("names_in_reports", Sight.NOT_SEEN, Lack.CONCEALED)
        if concealed
        else Gap("names_in_reports", Sight.SEEN)
    )
    context.note(connection, gap)
    set_done(connection, task.id)


def _fetch_report(context: Context, task: Task) -> list[dict[str, str]]:
    name = REPORT_NAMES[task.key]
    return list(context.client.report(CALLS["report"], report=name, period=REPORT_DAYS))


def _store_report(context: Context, connection: Connection, task: Task, rows: list[dict[str, str]]) -> None:
    told = connection.scalar(select(tenants.c.concealed).where(tenants.c.id == context.tenant_id))
    concealed = bool(told) or are_concealed(rows)
    if concealed:
        context.note(connection, Gap("names_in_reports", Sight.NOT_SEEN, Lack.CONCEALED))
    store_usage(connection, context.tenant_id, context.people, task.key, rows, concealed=concealed)
    lack = Lack.CONCEALED if concealed else Lack.NOTHING
    context.note(connection, Gap(f"usage_{task.key}", Sight.PARTLY if concealed else Sight.SEEN, lack))
    if task.key == "mailboxes":
        context.seen(connection, "mailboxes")
    set_done(connection, task.id)


def _refuse_report(context: Context, connection: Connection, task: Task, error: PermanentError) -> None:
    permission = CALLS["report"].permission
    context.not_seen(connection, f"usage_{task.key}", error, permission)
    if task.key == "mailboxes":
        context.not_seen(connection, "mailboxes", error, permission)
    set_done(connection, task.id)


def put_reports(context: Context, connection: Connection) -> None:
    """Ask for the reports, where the cloud has any."""
    for name in REPORT_NAMES:
        if context.client.cloud.reports:
            context.put(connection, RANK_DETAILS, "report", name)
        else:
            context.note(connection, Gap(f"usage_{name}", Sight.NOT_SEEN, Lack.NOT_IN_CLOUD))
    if not context.client.cloud.reports:
        context.note(connection, Gap("mailboxes", Sight.NOT_SEEN, Lack.NOT_IN_CLOUD))


STEPS: dict[str, Step] = {
    "report_settings": Step(
        _fetch_settings,
        _store_settings,
        refused_area("names_in_reports", CALLS["report_settings"].permission),
        "names_in_reports",
    ),
    "report": Step(_fetch_report, _store_report, _refuse_report, "usage"),
}
