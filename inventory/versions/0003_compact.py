"""Compact items: page and name, numbers for what repeats, times in microseconds; summaries of what scans found."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from converters.inspection import Inspection
from inventory.columns import STATE_NUMBERS, restored_path, stored_path
from inventory.moments import microseconds_of
from inventory.records import ItemState, extension_of
from inventory.risk import risk_of

revision = "0003"
down_revision = "0002"

_ROWS_A_STEP = 5_000
_AREA_DEPTH = 2

_PENDING = sa.text("state = 'pending'")
_HASHED = sa.text("sha256 IS NOT NULL")
_LINKED = sa.text("links > 1")


def upgrade() -> None:
    connection = op.get_bind()
    _create_words(connection)
    _widen_pages(connection)
    _move_items(connection)
    _move_inspections(connection)
    _create_summaries()


def _create_words(connection: sa.Connection) -> None:
    for table, column, kind in (
        ("reasons", "code", sa.String(40)),
        ("accounts", "name", sa.Text()),
        ("extensions", "name", sa.Text()),
    ):
        op.create_table(
            table,
            sa.Column("id", sa.Integer, nullable=False),
            sa.Column(column, kind, nullable=False),
            sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
            sa.UniqueConstraint(column, name=f"uq_{table}_{column}"),
        )
    for word, old in (("reasons", "reason"), ("accounts", "owner"), ("accounts", "group_name")):
        column = "code" if word == "reasons" else "name"
        connection.execute(
            sa.text(
                f"INSERT INTO {word} ({column}) SELECT DISTINCT {old} FROM items "  # noqa: S608
                f"WHERE {old} <> '' AND {old} NOT IN (SELECT {column} FROM {word})"
            )
        )


def _widen_pages(connection: sa.Connection) -> None:
    op.create_table(
        "areas",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_areas"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_areas_source_id"),
        sa.UniqueConstraint("source_id", "path", name="uq_areas_source_id_path"),
    )
    op.drop_index("ix_pages_scan_id_state", "pages")
    op.add_column("pages", sa.Column("area_id", sa.Integer, nullable=False, server_default="0"))
    op.add_column("pages", sa.Column("digest", sa.LargeBinary))
    op.add_column("pages", sa.Column("item_count", sa.Integer))
    op.create_index(
        "ix_pages_pending", "pages", ["scan_id", "id"], sqlite_where=_PENDING, postgresql_where=_PENDING
    )
    op.execute("UPDATE pages SET item_count = 0")  # each was listed, or may have been
    areas: dict[tuple[int, str], int] = {}
    insert = sa.text("INSERT INTO areas (id, source_id, path) VALUES (:id, :source_id, :path)")
    update = sa.text("UPDATE pages SET area_id = :area WHERE id = :id")
    for rows in _steps(connection, "SELECT id, source_id, cursor FROM pages WHERE id > :after"):
        for row in rows:
            key = (row.source_id, "/".join(row.cursor.split("/")[:_AREA_DEPTH]))
            if key not in areas:
                areas[key] = len(areas) + 1
                connection.execute(insert, {"id": areas[key], "source_id": key[0], "path": key[1]})
            connection.execute(update, {"area": areas[key], "id": row.id})


def _move_items(connection: sa.Connection) -> None:
    for name in (
        "ix_items_page_id",
        "ix_items_state",
        "ix_items_sha256",
        "ix_items_source_id_file_id",
    ):
        op.drop_index(name, "items")
    op.rename_table("items", "items_before")
    if connection.dialect.name == "postgresql":  # names of constraints are the schema's, not the table's
        op.execute("ALTER TABLE items_before RENAME CONSTRAINT pk_items TO pk_items_before")
        op.execute("ALTER TABLE items_before RENAME CONSTRAINT fk_items_page_id TO fk_items_before_page_id")
    items = op.create_table(
        "items",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("page_id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("extension_id", sa.Integer, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("modified_us", sa.BigInteger),
        sa.Column("created_us", sa.BigInteger),
        sa.Column("state", sa.SmallInteger, nullable=False),
        sa.Column("reason_id", sa.Integer),
        sa.Column("owner_id", sa.Integer),
        sa.Column("group_id", sa.Integer),
        sa.Column("file_id", sa.String(128), nullable=False),
        sa.Column("links", sa.Integer, nullable=False),
        sa.Column("sha256", sa.LargeBinary),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_items_page_id"),
    )
    reasons = _words(connection, "SELECT code, id FROM reasons")
    accounts = _words(connection, "SELECT name, id FROM accounts")
    extensions: dict[str, int] = {}
    query = (
        "SELECT items_before.*, pages.cursor FROM items_before JOIN pages ON pages.id = items_before.page_id "
        "WHERE items_before.id > :after"
    )
    for rows in _steps(connection, query, "items_before.id"):
        moved = []
        for row in rows:
            extension = stored_path(extension_of(restored_path(row.path).rsplit("/", 1)[-1]))
            moved.append(
                {
                    "id": row.id,
                    "page_id": row.page_id,
                    "name": _name_below(row.cursor, row.path),
                    "extension_id": extensions.setdefault(extension, len(extensions) + 1),
                    "size_bytes": row.size_bytes,
                    "modified_us": microseconds_of(row.modified),
                    "created_us": microseconds_of(row.created),
                    "state": STATE_NUMBERS[ItemState(row.state)],
                    "reason_id": reasons.get(row.reason),
                    "owner_id": accounts.get(row.owner),
                    "group_id": accounts.get(row.group_name),
                    "file_id": row.file_id.rpartition(":")[2],
                    "links": row.links,
                    "sha256": bytes.fromhex(row.sha256) or None,
                }
            )
        connection.execute(items.insert(), moved)
    insert = sa.text("INSERT INTO extensions (id, name) VALUES (:id, :name)")
    for name, number in extensions.items():
        connection.execute(insert, {"id": number, "name": name})
    op.drop_table("items_before")
    op.create_index("ix_items_page_id", "items", ["page_id"])
    op.create_index("ix_items_sha256", "items", ["sha256"], sqlite_where=_HASHED, postgresql_where=_HASHED)
    op.create_index("ix_items_linked", "items", ["file_id"], sqlite_where=_LINKED, postgresql_where=_LINKED)
    if connection.dialect.name == "postgresql":
        for table in ("items", "areas", "extensions"):
            op.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608
                f"(SELECT coalesce(max(id), 0) + 1 FROM {table}), false)"
            )


def _move_inspections(connection: sa.Connection) -> None:
    op.drop_index("ix_inspections_kind", "inspections")
    op.rename_table("inspections", "inspections_before")
    if connection.dialect.name == "postgresql":
        op.execute("ALTER TABLE inspections_before RENAME CONSTRAINT pk_inspections TO pk_inspections_before")
    inspections = op.create_table(
        "inspections",
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("family", sa.String(16), nullable=False),
        sa.Column("error", sa.String(40), nullable=False),
        sa.Column("risk", sa.String(12), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sha256", "revision", name="pk_inspections"),
    )
    features = op.create_table(
        "content_features",
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("feature", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "feature", name="pk_content_features"),
        sqlite_with_rowid=False,
    )
    known: set[tuple[bytes, str]] = set()
    for row in connection.execute(sa.text("SELECT * FROM inspections_before ORDER BY revision DESC")).all():
        record, sha256 = json.loads(row.record), bytes.fromhex(row.sha256)
        values = {column: getattr(row, column) for column in ("revision", "level", "kind", "family", "error")}
        risk = str(risk_of(Inspection.from_json(record)))
        connection.execute(
            inspections.insert(), values | {"sha256": sha256, "risk": risk, "record": row.record}
        )
        for feature in sorted({found["code"] for found in record["features"]}):
            if (sha256, feature) not in known:
                known.add((sha256, feature))
                connection.execute(features.insert(), {"sha256": sha256, "feature": feature})
    op.drop_table("inspections_before")
    op.create_index("ix_inspections_kind", "inspections", ["kind"])


def _create_summaries() -> None:
    op.create_table(
        "summaries",
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("made", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name="pk_summaries"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_summaries_source_id"),
    )
    op.create_table(
        "area_totals",
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("area_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("years", sa.SmallInteger),
        sa.Column("state", sa.SmallInteger, nullable=False),
        sa.Column("reason_id", sa.Integer),
        sa.Column("risk", sa.String(12), nullable=False),
        sa.Column("files", sa.Integer, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_area_totals_source_id", "area_totals", ["source_id"])
    op.create_table(
        "owner_totals",
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("owner_id", sa.Integer),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("years", sa.SmallInteger),
        sa.Column("risk", sa.String(12), nullable=False),
        sa.Column("files", sa.Integer, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_owner_totals_source_id", "owner_totals", ["source_id"])
    op.create_table(
        "feature_totals",
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("area_id", sa.Integer, nullable=False),
        sa.Column("feature", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("risk", sa.String(12), nullable=False),
        sa.Column("files", sa.Integer, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_feature_totals_source_id", "feature_totals", ["source_id"])


def _words(connection: sa.Connection, query: str) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(sa.text(query))}


def _name_below(cursor: str, path: str) -> str:
    if not cursor:
        return path
    return path[len(cursor) + 1 :] if path.startswith(cursor + "/") else "/" + path


def _steps(connection: sa.Connection, query: str, id: str = "id") -> Iterator[list[Any]]:
    """The rows of a query by id, some thousands at a time."""
    after = 0
    statement = sa.text(f"{query} ORDER BY {id} LIMIT {_ROWS_A_STEP}")
    while rows := list(connection.execute(statement, {"after": after})):
        yield rows
        after = rows[-1].id
