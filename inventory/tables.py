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
    Column("persons", String(12), nullable=False),  # how people were collected: inventory.persons.Persons
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
    Column("owner_id", Integer),  # of the folder, where its source tells it and not those of its files
    UniqueConstraint("source_id", "cursor"),
    Index("ix_pages_pending", "scan_id", "id", sqlite_where=_PENDING, postgresql_where=_PENDING),
)


def _words(name: str, column: Column[str]) -> Table:
    """A table of what repeats in items."""
    return Table(name, metadata, Column("id", Integer, primary_key=True), column)


def _names(table: str) -> Table:
    return _words(table, Column("name", PathText, nullable=False, unique=True))


reasons = _words("reasons", Column("code", String(40), nullable=False, unique=True))
extensions = _names("extensions")
applications = _names("applications")  # that wrote documents, with their version
authors = _names("authors")  # people as documents spell them

# Owners and groups as file systems tell them: names, numbers of accounts that are gone, SIDs. A source's SIDs are
# looked up together at the end of a scan.
accounts = _names("accounts")
accounts.append_column(Column("shown", PathText))  # what a SID stands for, where somebody could tell

_HASHED = text("sha256 IS NOT NULL")
_LINKED = text("links > 1")
_MARKED = text("marks > 0")
_MEANT = text("item_id IS NOT NULL")

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
    Column(
        "marks", SmallInteger, nullable=False
    ),  # what its name and path stand in the way of: inventory/marks.py
    Index(None, "page_id"),
    Index(None, "owner_id"),
    Index("ix_items_sha256", "sha256", sqlite_where=_HASHED, postgresql_where=_HASHED),
    Index("ix_items_linked", "file_id", sqlite_where=_LINKED, postgresql_where=_LINKED),
    Index("ix_items_marked", "marks", sqlite_where=_MARKED, postgresql_where=_MARKED),
)

# First and last bytes of files whose size is not theirs alone, on the way to duplicates: see inventory/duplicates.py.
# Of use while the item's size and time are these.
edges = Table(
    "edges",
    metadata,
    Column("item_id", Integer, primary_key=True, autoincrement=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("modified_us", BigInteger),
    Column("digest", LargeBinary, nullable=False),
    Index("ix_edges_size_bytes", "size_bytes", "digest"),
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
    Column("application_id", Integer),
    Column("author_id", Integer),  # who saved it last or, where that is not told, who made it
    Column("rule", String(32), nullable=False, server_default=""),  # that gives the class: inventory/risk.py
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
    Column("area_id", Integer, nullable=False),
    Column("owner_id", Integer),
    Column("kind", String(16), nullable=False),
    Column("risk", String(12), nullable=False),
)
author_totals = _totals(
    "author_totals",
    Column("area_id", Integer, nullable=False),
    Column("author_id", Integer),
    Column("kind", String(16), nullable=False),
    Column("risk", String(12), nullable=False),
)
# authors save everywhere: many rows, of which the usual question reads these columns in this order
Index(
    "ix_author_totals_author_id",
    author_totals.c.author_id,
    author_totals.c.area_id,
    author_totals.c.files,
    author_totals.c.bytes,
)
application_totals = _totals(
    "application_totals",
    Column("area_id", Integer, nullable=False),
    Column("application_id", Integer),
    Column("kind", String(16), nullable=False),
    Column("risk", String(12), nullable=False),
)
feature_totals = _totals(
    "feature_totals",
    Column("area_id", Integer, nullable=False),
    Column("feature", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("risk", String(12), nullable=False),
)

rule_totals = _totals(
    "rule_totals",
    Column("area_id", Integer, nullable=False),
    Column("rule", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("risk", String(12), nullable=False),
)

# Files that programs read or write, with the rule that says so: see inventory/machine_made.py.
interfaces = Table(
    "interfaces",
    metadata,
    Column("item_id", Integer, primary_key=True, autoincrement=False),
    Column("rule", String(32), nullable=False),
    Column("detail", PathText, nullable=False),
)

# How many files of an area have a mark: see inventory/marks.py.
mark_totals = _totals(
    "mark_totals", Column("area_id", Integer, nullable=False), Column("marks", SmallInteger)
)

# Contents that several files hold, over all sources.
copies = Table(
    "copies",
    metadata,
    Column("sha256", HexDigest, primary_key=True),
    Column("files", Integer, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),  # of each
    Column("spare_bytes", BigInteger, nullable=False),  # of all but one
    Index(None, "spare_bytes"),
)
# Files that were read and contents that they hold, over all sources: what is converted once.
content_totals = Table(
    "content_totals",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("files", Integer, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("contents", Integer, nullable=False),
    Column("content_bytes", BigInteger, nullable=False),
)

# The graph of links between files, made from the inspections: see inventory/links.py.
link_targets = Table(
    "link_targets",
    metadata,
    Column("id", Integer, primary_key=True),
    # where a link leads: server and path, or what it says where that cannot be told
    Column("location", PathText, nullable=False, unique=True),
    Column("state", String(12), nullable=False),
    Column("item_id", Integer),  # null where no file that was listed is meant
    Index("ix_link_targets_item_id", "item_id", sqlite_where=_MEANT, postgresql_where=_MEANT),
)
file_links = Table(
    "file_links",
    metadata,
    Column("item_id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), primary_key=True),
    Column("target_id", Integer, primary_key=True, autoincrement=False),
    Index(None, "target_id"),
    sqlite_with_rowid=False,
)
target_totals = Table(
    "target_totals",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("target_id", Integer, primary_key=True, autoincrement=False),
    Column("files", Integer, nullable=False),  # that hold a link of the kind
    Index("ix_target_totals_kind", "kind", "files"),
    sqlite_with_rowid=False,
)
# Who links to whom: files of one area and links to files of another; null for what was not found.
area_links = Table(
    "area_links",
    metadata,
    Column("area_id", Integer, nullable=False),
    Column("target_area_id", Integer),
    Column("kind", String(16), nullable=False),
    Column("state", String(12), nullable=False),
    Column("links", Integer, nullable=False),
)
# One row: as of which scan the graph was made, and with which table of locations.
link_graphs = Table(
    "link_graphs",
    metadata,
    Column("made", String(32), primary_key=True),
    Column("locations", LargeBinary, nullable=False),
)
