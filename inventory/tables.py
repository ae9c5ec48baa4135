"""The tables of the inventory. Their history stands in ``inventory/versions``; a test keeps both equal."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from inventory.columns import JsonText, PathText
from inventory.database import metadata

SHA256_LENGTH = 64

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

# The frontier: every page of every source, with the scan that last dealt with it.
pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", ForeignKey("sources.id"), nullable=False),
    Column("cursor", PathText, nullable=False),
    Column("scan_id", ForeignKey("scans.id"), nullable=False),
    Column("state", String(8), nullable=False),  # pending, listed, unlisted
    UniqueConstraint("source_id", "cursor"),
    Index(None, "scan_id", "state"),
)

items = Table(
    "items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", ForeignKey("sources.id"), nullable=False),
    Column("page_id", ForeignKey("pages.id"), nullable=False),
    Column("path", PathText, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("modified", String(32), nullable=False),
    Column("created", String(32), nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("owner", String(256), nullable=False),
    Column("group_name", String(256), nullable=False),
    Column("file_id", String(128), nullable=False),
    Column("links", Integer, nullable=False),
    Column("sha256", String(SHA256_LENGTH), nullable=False),
    UniqueConstraint("source_id", "path"),
    Index(None, "page_id"),
    Index(None, "state"),
    Index(None, "sha256"),
    Index(None, "source_id", "file_id"),
)

# What is in a file depends on its bytes and on the inspector alone.
inspections = Table(
    "inspections",
    metadata,
    Column("sha256", String(SHA256_LENGTH), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("level", String(8), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("family", String(16), nullable=False),
    Column("error", String(40), nullable=False),
    Column("record", JsonText, nullable=False),
    Index(None, "kind"),
)
