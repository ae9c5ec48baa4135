"""Tenants among the sources of a scan: read first, then listed like shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func, select

from inventory.persons import People
from inventory.records import ItemState
from inventory.source import Source
from inventory.tables import extensions, items, pages, sources
from inventory.tenant.sampling import OFFICE_EXTENSIONS, Documents, margin_percent
from migrate.locale import sentence
from migrate.policy import TenantPolicy
from migrate.sentences import grouped
from migrate.tenant import Tell, choice_of, connect, told_errors

_LISTED = (ItemState.SEEN, ItemState.READ, ItemState.SKIPPED)

_PAUSE_TOLD_SECONDS = 60.0

Say = Callable[[str], None]
Told = Callable[[str, int, int], None]
"""Phase, drive items so far, requests that wait."""


@dataclass(frozen=True, slots=True)
class ReadTenant:
    """A tenant that was read, as its source and as what was told of it."""

    source: Source
    document: dict[str, Any]


def read_tenant(
    name: str,
    database: Engine,
    policy: TenantPolicy,
    *,
    skip: Sequence[str] = (),
    people: People | None = None,
    tell: Tell | None = None,
    told: Told = lambda _phase, _items, _waiting: None,
    say: Say = lambda _text: None,
    language: str = "en",
) -> ReadTenant:
    """Read a tenant into the database, or go on with what was interrupted. Raises InventoryError."""

    def paused(seconds: float) -> None:
        if seconds >= _PAUSE_TOLD_SECONDS:
            until = datetime.now() + timedelta(seconds=seconds)
            say(sentence("tenant", "paused", language, time=until.strftime("%Y-%m-%d %H:%M")))

    connection = connect(name, policy, tell=tell, paused=paused)
    from inventory.sources.tenant import TenantSource  # noqa: PLC0415 - an extra
    from inventory.tenant.forecast import Forecast  # noqa: PLC0415
    from inventory.tenant.scan import TenantProgress, scan_tenant  # noqa: PLC0415

    if connection.tokens.uses_secret:
        say(sentence("tenant", "secret_used", language))

    def announce(expected: Forecast) -> None:
        say(
            sentence(
                "tenant",
                "forecast" if expected.files else "forecast_unknown",
                language,
                drives=grouped(expected.drives),
                files=grouped(expected.files),
                units=grouped(expected.listing_units),
                minutes=f"{expected.listing_minutes:.1f}",
                days=f"{expected.content_days:.2f}",
            )
        )

    def progress(state: TenantProgress) -> None:
        told(state.phase, state.items, state.waiting)

    with told_errors(name, policy.certificate):
        outcome = scan_tenant(
            connection.client, database, name, people=people, progress=progress, announce=announce
        )
    document = {
        "areas": [gap.as_json() for gap in outcome.areas],
        "spent": outcome.spent,
        "forecast": outcome.expected.as_json(),
        "contents": {"documents": policy.documents.value, "sample_percent": policy.sample_percent},
    }
    source = TenantSource(
        name, database, lambda: connect(name, policy, paused=paused).client, skip, choice_of(policy)
    )
    return ReadTenant(source, document)


def coverage_lines(document: dict[str, Any], language: str) -> list[str]:
    """One line for each area that was not seen, or in part: what is missing and how to grant it."""
    return [gap_line(gap, language) for gap in document["areas"] if gap["state"] != "seen"]


def gap_line(gap: dict[str, Any], language: str) -> str:
    lack = sentence(
        "tenant",
        f"lack_{gap['reason']}",
        language,
        permission=gap["permission"],
        number=grouped(gap["number"]),
    )
    area = sentence("tenant", f"area_{gap['area']}", language)
    return sentence("tenant", f"sight_{gap['state']}", language, area=area, lack=lack)


def spent_line(document: dict[str, Any], language: str) -> str:
    spent = document["spent"]
    return sentence(
        "tenant",
        "spent",
        language,
        requests=grouped(spent["requests"]),
        units=grouped(spent["resource_units"].get("sharepoint", 0)),
        throttled=grouped(spent["throttled"]),
    )


def contents_line(database: Engine, name: str, policy: TenantPolicy, language: str) -> str:
    """What reading some contents is worth; empty where all are read."""
    if policy.documents is Documents.NONE:
        return sentence("tenant", "contents_none", language)
    if policy.documents is Documents.ALL:
        return ""
    counted = (
        select(func.count(), func.count(items.c.sha256))
        .select_from(items)
        .join(pages, pages.c.id == items.c.page_id)
        .join(sources, sources.c.id == pages.c.source_id)
        .join(extensions, extensions.c.id == items.c.extension_id)
        .where(
            sources.c.name == name,
            extensions.c.name.in_(sorted(OFFICE_EXTENSIONS)),
            items.c.state.in_(_LISTED),
        )
    )
    with database.connect() as connection:
        documents, read = connection.execute(counted).one()
    margin = f"{margin_percent(read, documents):.1f}"
    return sentence("tenant", "sample", language, percent=policy.sample_percent, margin=margin)
