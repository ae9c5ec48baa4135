"""The tables of tenants. Their history stands in ``inventory/versions``.

A person is one row, whoever tells of them: the directory, a licence, a report, a document. Drive items are a copy of
what Graph's delta told, by which the next scan asks for changes alone; the inventory's items are made from it.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from inventory.columns import JsonText, PathText
from inventory.database import metadata

tenants = Table(
    "tenants",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", PathText, nullable=False, unique=True),  # as the user names the source
    Column(
        "throttled_until", String(32), nullable=False, server_default=""
    ),  # the service's word, over a kill
    Column("concealed", Boolean),  # the reports hide names; null where nothing tells
    Column("sharing", String(48), nullable=False, server_default=""),  # what the tenant allows outside
)

# Each scan of a tenant; what it spent is kept.
tenant_runs = Table(
    "tenant_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", ForeignKey("tenants.id"), nullable=False),
    Column("started", String(32), nullable=False),
    Column("finished", String(32)),  # null: interrupted, and resumed by the next
    Column("spent", JsonText, nullable=False),
)

# Resource units of SharePoint that were asked for, by the hour since 1970; hours go when they are older than a day.
tenant_spent = Table(
    "tenant_spent",
    metadata,
    Column("tenant_id", ForeignKey("tenants.id"), primary_key=True, autoincrement=False),
    Column("hour", Integer, primary_key=True, autoincrement=False),
    Column("units", Integer, nullable=False),
)

# What a run still has to ask, and what it has asked: rows go when the run ends.
tenant_work = Table(
    "tenant_work",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", ForeignKey("tenants.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("key", PathText, nullable=False),
    Column("rank", SmallInteger, nullable=False),
    Column("state", String(8), nullable=False),  # pending, done
    Column("link", Text, nullable=False),  # to the page that comes next; empty for the first
    Column("payload", JsonText, nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    UniqueConstraint("tenant_id", "kind", "key"),
    Index(None, "tenant_id", "state", "rank", "id"),
)

# What was seen of a tenant and what was not, and why: the coverage that every report states first.
tenant_gaps = Table(
    "tenant_gaps",
    metadata,
    Column("tenant_id", ForeignKey("tenants.id"), primary_key=True, autoincrement=False),
    Column("area", String(24), primary_key=True),
    Column("state", String(8), nullable=False),  # seen, partly, not_seen
    Column("reason", String(24), nullable=False),
    Column("permission", String(64), nullable=False),
    Column("number", Integer, nullable=False),  # of things that were not seen, where they can be counted
)

# Answers that were errors, with the body of the last of each kind.
tenant_errors = Table(
    "tenant_errors",
    metadata,
    Column("tenant_id", ForeignKey("tenants.id"), primary_key=True, autoincrement=False),
    Column("call", String(24), primary_key=True),
    Column("status", SmallInteger, primary_key=True, autoincrement=False),
    Column("code", String(80), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("last", String(32), nullable=False),
    Column("body", Text, nullable=False),
)

tenant_people = Table(
    "tenant_people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", ForeignKey("tenants.id"), nullable=False),
    Column("entra", PathText, nullable=False),  # the directory's id, or the name that an export gives
    Column(
        "run_id", Integer
    ),  # that saw the person in the directory last; null for who is told of elsewhere alone
    Column("gone", Boolean, nullable=False, server_default="0"),
    Column("upn", PathText),
    Column("department", PathText),
    Column("enabled", Boolean),
    Column("kind", String(8)),  # Member, Guest
    Column("usage_location", String(8)),
    Column("data_location", String(16)),
    Column("created_us", BigInteger),
    Column("sid", PathText),  # of the account on one's own domain, by which owners on shares are found
    Column("account", PathText),  # DOMAIN\\name there
    Column("signed_in_us", BigInteger),  # attempts by the person, attempts by programs, successes
    Column("background_us", BigInteger),
    Column("succeeded_us", BigInteger),
    UniqueConstraint("tenant_id", "entra"),
    Index(None, "sid"),
)

# Subscriptions with their units, one snapshot a day, so that a licence really cancelled can be shown later.
tenant_skus = Table(
    "tenant_skus",
    metadata,
    Column("tenant_id", ForeignKey("tenants.id"), primary_key=True, autoincrement=False),
    Column("taken", String(10), primary_key=True),
    Column("sku_id", String(120), primary_key=True),
    Column("part_number", String(80), nullable=False),
    Column("status", String(16), nullable=False),
    Column("applies_to", String(16), nullable=False),
    Column("enabled", Integer, nullable=False),
    Column("suspended", Integer, nullable=False),
    Column("warning", Integer, nullable=False),
    Column("locked_out", Integer, nullable=False),
    Column("consumed", Integer, nullable=False),
    Column("plans", JsonText, nullable=False),  # [[id, name, state], ...]
)

# A licence by each way that it came: a person may hold one SKU directly and by several groups.
tenant_licences = Table(
    "tenant_licences",
    metadata,
    Column("person_id", ForeignKey("tenant_people.id"), primary_key=True, autoincrement=False),
    Column("sku_id", String(120), primary_key=True),
    Column("by_group", String(40), primary_key=True),  # empty: assigned directly
    Column("state", String(20), nullable=False),
    Column("error", String(40), nullable=False),
    Column("disabled", JsonText, nullable=False),  # ids of service plans
    Index(None, "sku_id"),
)

tenant_groups = Table(
    "tenant_groups",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", ForeignKey("tenants.id"), nullable=False),
    Column("entra_group", String(40), nullable=False),
    Column("run_id", Integer, nullable=False),
    Column("name", PathText, nullable=False),
    Column("unified", Boolean, nullable=False),
    Column("security", Boolean, nullable=False),
    Column("team", Boolean, nullable=False),
    Column("data_location", String(16), nullable=False),
    Column("licences", JsonText, nullable=False),  # SKU ids
    Column("channels", Integer),
    Column("plans", Integer),
    UniqueConstraint("tenant_id", "entra_group"),
)

# Rows of the usage reports with their date; ``subject`` is empty for the sums of a report that hides names.
tenant_usage = Table(
    "tenant_usage",
    metadata,
    Column("tenant_id", ForeignKey("tenants.id"), primary_key=True, autoincrement=False),
    Column("report", String(16), primary_key=True),
    Column("subject", PathText, primary_key=True),
    Column("refreshed", String(10), nullable=False),
    Column("person_id", Integer),
    Column("figures", JsonText, nullable=False),
)

tenant_sites = Table(
    "tenant_sites",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", ForeignKey("tenants.id"), nullable=False),
    Column("site", PathText, nullable=False),  # Graph's id
    Column("site_guid", PathText, nullable=False),
    Column("run_id", Integer, nullable=False),
    Column("place", PathText, nullable=False),
    Column("personal", Boolean, nullable=False),
    Column("archived", String(24), nullable=False),
    Column("data_location", String(16), nullable=False),
    Column("state", String(8), nullable=False),  # of its drives: new, seen, locked, denied, failed, gone
    UniqueConstraint("tenant_id", "site"),
)

tenant_drives = Table(
    "tenant_drives",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", ForeignKey("tenants.id"), nullable=False),
    Column("drive", PathText, nullable=False),  # Graph's id
    Column("site_id", Integer),
    Column("site_guid", PathText, nullable=False),
    Column("person_id", Integer),  # whose OneDrive it is
    Column("run_id", Integer, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("place", PathText, nullable=False),  # where the inventory shows it
    Column("used_bytes", BigInteger, nullable=False),
    Column("state", String(8), nullable=False),  # new, seen, locked, denied, failed, gone
    Column("link", Text, nullable=False),  # to what changes after the last complete listing
    Column("generation", SmallInteger, nullable=False),  # raised when a listing begins anew
    UniqueConstraint("tenant_id", "drive"),
    UniqueConstraint("tenant_id", "place"),
)

drive_items = Table(
    "drive_items",
    metadata,
    Column("drive_id", Integer, primary_key=True, autoincrement=False),
    Column("item", String(128), primary_key=True),
    Column("parent", String(128), nullable=False),
    Column("name", PathText, nullable=False),
    Column("kind", SmallInteger, nullable=False),  # inventory.tenant.records.ItemKind
    Column("size_bytes", BigInteger, nullable=False),
    Column("modified_us", BigInteger),
    Column("created_us", BigInteger),
    Column("creator_id", Integer),
    Column("shared", SmallInteger, nullable=False),  # inventory.tenant.records.Shared
    Column("quick_xor", LargeBinary),
    Column("generation", SmallInteger, nullable=False),
    Index("ix_drive_items_parent", "parent", "drive_id"),
    Index("ix_drive_items_quick_xor", "quick_xor"),
    Index("ix_drive_items_size_bytes", "size_bytes"),
    sqlite_with_rowid=False,
)

# quickXorHashes of files elsewhere, which may be copies of drive items; of use while size and time are these.
quick_xors = Table(
    "quick_xors",
    metadata,
    Column("item_id", Integer, primary_key=True, autoincrement=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("modified_us", BigInteger),
    Column("digest", LargeBinary, nullable=False),
    Index(None, "digest"),
)
