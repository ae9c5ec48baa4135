"""People and their collection, marks of names, what copies and links are found from."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from inventory.columns import restored_path, stored_path
from inventory.marks import marks_of

revision = "0004"
down_revision = "0003"

_PAGES_A_STEP = 500

_MARKED = sa.text("marks > 0")


def upgrade() -> None:
    op.add_column("scans", sa.Column("persons", sa.String(12), nullable=False, server_default="named"))
    op.add_column("accounts", sa.Column("shown", sa.Text))
    op.add_column("pages", sa.Column("owner_id", sa.Integer))
    op.add_column("items", sa.Column("marks", sa.SmallInteger, nullable=False, server_default="0"))
    _mark_items(op.get_bind())
    op.create_index("ix_items_marked", "items", ["marks"], sqlite_where=_MARKED, postgresql_where=_MARKED)
    op.add_column("inspections", sa.Column("application_id", sa.Integer))
    op.add_column("inspections", sa.Column("author_id", sa.Integer))
    for table in ("applications", "authors"):
        op.create_table(
            table,
            sa.Column("id", sa.Integer, nullable=False),
            sa.Column("name", sa.Text, nullable=False),
            sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
            sa.UniqueConstraint("name", name=f"uq_{table}_name"),
        )
    _name_authors(op.get_bind())
    _create_totals()
    _create_contents()
    _create_links()


def _mark_items(connection: sa.Connection) -> None:
    """Marks are those of the names that stand together on a page now."""
    ids = sa.text("SELECT id, cursor FROM pages WHERE id > :after ORDER BY id LIMIT :count")
    names = sa.text("SELECT id, name FROM items WHERE page_id = :page AND state <> 4 ORDER BY name")
    mark = sa.text("UPDATE items SET marks = :marks WHERE id = :id")
    after = 0
    while pages := connection.execute(ids, {"after": after, "count": _PAGES_A_STEP}).all():
        for page in pages:
            rows = connection.execute(names, {"page": page.id}).all()
            marks = marks_of(restored_path(page.cursor), [restored_path(row.name) for row in rows])
            for row, value in zip(rows, marks, strict=True):
                if value:
                    connection.execute(mark, {"marks": value, "id": row.id})
        after = pages[-1].id


def _name_authors(connection: sa.Connection) -> None:
    """Applications and authors from the records of the inspections."""
    known: dict[str, dict[str, int]] = {"applications": {}, "authors": {}}
    update = sa.text(
        "UPDATE inspections SET application_id = :application, author_id = :author "
        "WHERE sha256 = :sha256 AND revision = :revision"
    )
    for row, application, author in _written(connection):
        numbers = {}
        for table, name in (("applications", application), ("authors", author)):
            words = known[table]
            if name and name not in words:
                words[name] = len(words) + 1
                connection.execute(
                    sa.text(f"INSERT INTO {table} (id, name) VALUES (:id, :name)"),  # noqa: S608
                    {"id": words[name], "name": name},
                )
            numbers[table] = words.get(name)
        connection.execute(
            update,
            {
                "application": numbers["applications"],
                "author": numbers["authors"],
                "sha256": row.sha256,
                "revision": row.revision,
            },
        )
    if connection.dialect.name == "postgresql":
        for table in known:
            op.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608
                f"(SELECT coalesce(max(id), 0) + 1 FROM {table}), false)"
            )


def _written(connection: sa.Connection) -> Iterator[tuple[Any, str, str]]:
    for row in connection.execute(sa.text("SELECT sha256, revision, record FROM inspections")).all():
        record = json.loads(row.record)
        people = record.get("metadata", {})
        author = people.get("last_modified_by") or people.get("creator") or ""
        yield row, stored_path(record.get("application") or ""), stored_path(author)


def _totals(name: str, *dimensions: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("area_id", sa.Integer, nullable=False),
        *dimensions,
        sa.Column("files", sa.Integer, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
    )
    op.create_index(f"ix_{name}_source_id", name, ["source_id"])


def _create_totals() -> None:
    """Totals are made from the items: what an older program made is asked for again."""
    op.execute("DELETE FROM summaries")
    op.drop_index("ix_owner_totals_source_id", "owner_totals")
    op.drop_table("owner_totals")
    for name, of in (
        ("owner_totals", "owner_id"),
        ("author_totals", "author_id"),
        ("application_totals", "application_id"),
    ):
        kind = sa.Column("kind", sa.String(16), nullable=False)
        _totals(name, sa.Column(of, sa.Integer), kind, sa.Column("risk", sa.String(12), nullable=False))
    op.create_index("ix_author_totals_author_id", "author_totals", ["author_id", "area_id", "files", "bytes"])
    _totals("mark_totals", sa.Column("marks", sa.SmallInteger))


def _create_contents() -> None:
    op.create_table(
        "edges",
        sa.Column("item_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("modified_us", sa.BigInteger),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_edges"),
    )
    op.create_index("ix_edges_size_bytes", "edges", ["size_bytes", "digest"])
    op.create_table(
        "copies",
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("files", sa.Integer, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("spare_bytes", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_copies"),
    )
    op.create_index("ix_copies_spare_bytes", "copies", ["spare_bytes"])
    op.create_table(
        "content_totals",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("files", sa.Integer, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("contents", sa.Integer, nullable=False),
        sa.Column("content_bytes", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("kind", name="pk_content_totals"),
    )


def _create_links() -> None:
    op.create_table(
        "link_targets",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("location", sa.Text, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("item_id", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_link_targets"),
        sa.UniqueConstraint("location", name="uq_link_targets_location"),
    )
    op.create_table(
        "file_links",
        sa.Column("item_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("target_id", sa.Integer, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("item_id", "kind", "target_id", name="pk_file_links"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_file_links_target_id", "file_links", ["target_id"])
    op.create_table(
        "target_totals",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("target_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("files", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("kind", "target_id", name="pk_target_totals"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_target_totals_kind", "target_totals", ["kind", "files"])
    op.create_table(
        "area_links",
        sa.Column("area_id", sa.Integer, nullable=False),
        sa.Column("target_area_id", sa.Integer),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("links", sa.Integer, nullable=False),
    )
    op.create_table(
        "link_graphs",
        sa.Column("made", sa.String(32), nullable=False),
        sa.Column("locations", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("made", name="pk_link_graphs"),
    )
