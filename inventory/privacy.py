"""What the database tells of people: every field that may, for what, and how long.

One table answers ``migrate privacy`` and the test that reads the schema: a column that can hold text, and so a name,
stands either in PERSONAL or in NOT_PERSONAL, or the test fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Table, func, select

import inventory.tenant.tables  # noqa: F401 - registers the tables of tenants
from inventory.database import metadata


class Without(StrEnum):
    """What becomes of a field where people are not collected by name."""

    REPLACED = "replaced"  # by a pseudonym, or dropped
    KEPT = "kept"  # it names files and places, which the work needs


@dataclass(frozen=True, slots=True)
class PersonalField:
    """``purpose`` and ``retention`` are codes of the locale's table ``privacy``."""

    purpose: str
    without: Without
    retention: str = "database"


# (table, column) -> what it is for. What refers to a person by number stands here too.
PERSONAL: dict[tuple[str, str], PersonalField] = {
    ("accounts", "name"): PersonalField("owner", Without.REPLACED),
    ("accounts", "shown"): PersonalField("owner", Without.REPLACED),
    ("items", "owner_id"): PersonalField("owner", Without.REPLACED),
    ("items", "group_id"): PersonalField("owner", Without.REPLACED),
    ("pages", "owner_id"): PersonalField("owner", Without.REPLACED),
    ("owner_totals", "owner_id"): PersonalField("owner", Without.REPLACED),
    ("authors", "name"): PersonalField("author", Without.REPLACED),
    ("inspections", "author_id"): PersonalField("author", Without.REPLACED),
    ("author_totals", "author_id"): PersonalField("author", Without.REPLACED),
    ("inspections", "record"): PersonalField("record", Without.REPLACED),
    ("items", "name"): PersonalField("file", Without.KEPT),
    ("pages", "cursor"): PersonalField("folder", Without.KEPT),
    ("areas", "path"): PersonalField("folder", Without.KEPT),
    ("link_targets", "location"): PersonalField("link", Without.KEPT),
    ("sources", "name"): PersonalField("source", Without.KEPT),
    ("interfaces", "detail"): PersonalField("file", Without.KEPT),
    ("scans", "sources"): PersonalField("source", Without.KEPT),
    ("tenants", "name"): PersonalField("source", Without.KEPT),
    ("tenant_people", "entra"): PersonalField("member", Without.REPLACED),
    ("tenant_people", "upn"): PersonalField("member", Without.REPLACED),
    ("tenant_people", "sid"): PersonalField("member", Without.REPLACED),
    ("tenant_people", "account"): PersonalField("member", Without.REPLACED),
    ("tenant_people", "department"): PersonalField("member", Without.KEPT),
    ("tenant_usage", "subject"): PersonalField("usage", Without.REPLACED),
    ("tenant_drives", "place"): PersonalField("folder", Without.REPLACED),
    ("tenant_sites", "place"): PersonalField("folder", Without.KEPT),
    ("tenant_groups", "name"): PersonalField("group", Without.KEPT),
    ("tenant_work", "key"): PersonalField("work", Without.KEPT, "run"),
    ("tenant_work", "payload"): PersonalField("work", Without.KEPT, "run"),
    ("tenant_errors", "body"): PersonalField("error", Without.REPLACED),
    ("drive_items", "name"): PersonalField("file", Without.KEPT),
    ("jobs", "source"): PersonalField("job", Without.KEPT),
    ("jobs", "target"): PersonalField("job", Without.KEPT),
    ("jobs", "source_name"): PersonalField("job", Without.KEPT),
    ("jobs", "target_name"): PersonalField("job", Without.KEPT),
    ("jobs", "staging"): PersonalField("job", Without.KEPT),
    ("jobs", "outcome"): PersonalField("job", Without.KEPT),
    ("cases", "visitor"): PersonalField("case", Without.KEPT),
    ("cases", "visitor_key"): PersonalField("case", Without.KEPT),
    ("cases", "ticket"): PersonalField("case", Without.KEPT),
    ("cases", "name"): PersonalField("file", Without.KEPT, "content"),
    ("handled_alerts", "visitor"): PersonalField("case", Without.KEPT),
    ("document_openings", "visitor"): PersonalField("opening", Without.KEPT),
    ("document_openings", "name"): PersonalField("file", Without.KEPT),
}

# text columns that hold codes, times, digests or words of programs, and never a person's name
NOT_PERSONAL: frozenset[tuple[str, str]] = frozenset(
    (table, column)
    for table, columns in {
        "scans": ("started", "finished", "persons"),
        "baselines": (
            "name",
            "frozen",
            "reference",
            "plan",
            "sha256",
            "chain",
            "program",
        ),  # people are seats in a plan
        "pages": ("state", "digest"),
        "reasons": ("code",),
        "extensions": ("name",),
        "applications": ("name",),
        "items": ("file_id", "sha256"),
        "edges": ("digest",),
        "inspections": ("sha256", "level", "kind", "family", "error", "risk", "rule"),
        "content_features": ("sha256", "feature"),
        "summaries": ("made",),
        "area_totals": ("kind", "risk"),
        "owner_totals": ("kind", "risk"),
        "author_totals": ("kind", "risk"),
        "application_totals": ("kind", "risk"),
        "feature_totals": ("feature", "kind", "risk"),
        "rule_totals": ("rule", "kind", "risk"),
        "interfaces": ("rule",),
        "copies": ("sha256",),
        "content_totals": ("kind",),
        "link_targets": ("state",),
        "file_links": ("kind",),
        "target_totals": ("kind",),
        "area_links": ("kind", "state"),
        "link_graphs": ("made", "locations"),
        "tenants": ("throttled_until", "sharing"),
        "tenant_runs": ("started", "finished", "spent"),
        "tenant_work": ("kind", "state", "link"),
        "tenant_gaps": ("area", "state", "reason", "permission"),
        "tenant_errors": ("call", "code", "last"),
        "tenant_people": ("kind", "usage_location", "data_location"),
        "tenant_skus": ("taken", "sku_id", "part_number", "status", "applies_to", "plans"),
        "tenant_licences": ("sku_id", "by_group", "state", "error", "disabled"),
        "tenant_groups": ("entra_group", "data_location", "licences"),
        "tenant_usage": ("report", "refreshed", "figures"),
        "tenant_sites": ("site", "site_guid", "archived", "data_location", "state"),
        "tenant_drives": ("drive", "site_guid", "kind", "state", "link"),
        "drive_items": ("item", "parent", "quick_xor"),
        "quick_xors": ("digest",),
        "runs": ("id", "host", "started", "finished"),  # the machine that converted, not who sat there
        "jobs": ("run_id", "source_sha256", "options", "state", "target_sha256", "finished", "verdict"),
        "cases": (
            "id",
            "created",
            "finished",
            "sha256",
            "kind",
            "symptom",
            "verdict",
            "cause",
            "actions",
            "target_sha256",
            "deleted",
        ),
        "handled_alerts": ("cause", "handled"),
        "document_openings": ("moment", "action", "sha256", "case_id"),
    }.items()
    for column in columns
)


def personal_rows(connection: Connection) -> dict[tuple[str, str], int]:
    """How many rows tell something in each personal field; a field of numbers counts where its words do."""
    counted: dict[tuple[str, str], int] = {}
    for name, column in PERSONAL:
        table = metadata.tables.get(name)
        if table is not None and not column.endswith("_id"):
            counted[name, column] = _rows(connection, table, column)
    return counted


def _rows(connection: Connection, table: Table, column: str) -> int:
    """Few tables are long: those of files and folders are counted by their last number."""
    if table.name in ("items", "pages"):
        return connection.scalar(select(func.max(table.c.id))) or 0
    return connection.scalar(select(func.count(table.c[column]))) or 0
