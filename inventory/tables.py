"""The tables of the inventory. Their history stands in ``inventory/versions``; a test keeps both equal.

Millions of items decide the shape: an item is its page and a name, what repeats (reasons, accounts, extensions) is a
number, times are microseconds, digests are bytes, and the few indices are partial where most rows have nothing to
find. ``name`` is the item's path below its page's cursor, or the whole path behind a slash where it does not lie
below it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    text,
)

from inventory.columns import HexDigest, JsonText, PathText, StateNumber
from inventory.database import metadata

scans = Table(
    "scans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", String(32), nullable=False),
    Column("finished", String(32)),  # null: interrupted, and resumed by the next scan of the same sources
    Column("sources", JsonText, nullable=False),  # names, sorted
)

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", PathText, nullable=False, unique=True),
)

# The top folders of a source, by which departments are told apart: see AREA_DEPTH.
areas = Table(
    "areas",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", ForeignKey("sources.id"), nullable=False),
    Column("path", PathText, nullable=False),
    UniqueConstraint("source_id", "path"),
)
AREA_DEPTH = 2

_PENDING = text("state = 'pending'")

# The frontier: every page of every source, with the scan that last dealt with it.
pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", ForeignKey("sources.id"), nullable=False),
    Column("cursor", PathText, nullable=False),
    Column("scan_id", ForeignKey("scans.id"), nullable=False),
    Column("area_id", Integer, nullable=False),
    Column("state", String(8), nullable=False),  # pending, listed, unlisted
    # of the listing that the page's items stand for; null where they have to be compared again
    Column("digest", LargeBinary),
    Column("item_count", Integer),  # in that listing; null before the first
    UniqueConstraint("source_id", "cursor"),
    Index("ix_pages_pending", "scan_id", "id", sqlite_where=_PENDING, postgresql_where=_PENDING),
)


def _words(name: str, column: Column[str]) -> Table:
    """A table of what repeats in items."""
    return Table(name, metadata, Column("id", Integer, primary_key=True), column)


reasons = _words("reasons", Column("code", String(40), nullable=False, unique=True))
accounts = _words("accounts", Column("name", PathText, nullable=False, unique=True))
extensions = _words("extensions", Column("name", PathText, nullable=False, unique=True))

_HASHED = text("sha256 IS NOT NULL")
_LINKED = text("links > 1")

items = Table(
    "items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", ForeignKey("pages.id"), nullable=False),
    Column("name", PathText, nullable=False),
    Column("extension_id", Integer, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("modified_us", BigInteger),
    Column("created_us", BigInteger),
    Column("state", StateNumber, nullable=False),
    Column("reason_id", Integer),
    Column("owner_id", Integer),
    Column("group_id", Integer),
    Column("file_id", String(128), nullable=False),
    Column("links", Integer, nullable=False),
    Column("sha256", HexDigest),
    Index(None, "page_id"),
    Index("ix_items_sha256", "sha256", sqlite_where=_HASHED, postgresql_where=_HASHED),
    Index("ix_items_linked", "file_id", sqlite_where=_LINKED, postgresql_where=_LINKED),
)

# What is in a file depends on its bytes and on the inspector alone.
inspections = Table(
    "inspections",
    metadata,
    Column("sha256", HexDigest, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("level", String(8), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("family", String(16), nullable=False),
    Column("error", String(40), nullable=False),
    Column("risk", String(12), nullable=False),
    Column("record", JsonText, nullable=False),
    Index(None, "kind"),
)

# One row per feature that an inspection of the latest revision found.
content_features = Table(
    "content_features",
    metadata,
    Column("sha256", HexDigest, primary_key=True),
    Column("feature", String(32), primary_key=True),
    sqlite_with_rowid=False,
)

# What the administrator's questions are answered from, made at the end of a scan: see inventory/summary.py.
# ``kind`` is what inspection found or, without one, what the name says; ``years`` the age at the end of the scan.
summaries = Table(
    "summaries",
    metadata,
    Column("source_id", ForeignKey("sources.id"), primary_key=True, autoincrement=False),
    Column("made", String(32), nullable=False),
)


def _totals(name: str, *dimensions: Column[Any]) -> Table:
    return Table(
        name,
        metadata,
        Column("source_id", Integer, nullable=False),
        *dimensions,
        Column("files", Integer, nullable=False),
        Column("bytes", BigInteger, nullable=False),
        Index(None, "source_id"),
    )


area_totals = _totals(
    "area_totals",
    Column("area_id", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("years", SmallInteger),
    Column("state", StateNumber, nullable=False),
    Column("reason_id", Integer),
    Column("risk", String(12), nullable=False),
)
owner_totals = _totals(
    "owner_totals",
    Column("owner_id", Integer),
    Column("kind", String(16), nullable=False),
    Column("years", SmallInteger),
    Column("risk", String(12), nullable=False),
)
feature_totals = _totals(
    "feature_totals",
    Column("area_id", Integer, nullable=False),
    Column("feature", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("risk", String(12), nullable=False),
)
