"""The inventory: scans, sources, pages, items, inspections."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "scans",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("started", sa.String(32), nullable=False),
        sa.Column("finished", sa.String(32)),
        sa.Column("sources", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scans"),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("name", name="uq_sources_name"),
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("cursor", sa.Text, nullable=False),
        sa.Column("scan_id", sa.Integer, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pages"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_pages_source_id"),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name="fk_pages_scan_id"),
        sa.UniqueConstraint("source_id", "cursor", name="uq_pages_source_id_cursor"),
    )
    op.create_index("ix_pages_scan_id_state", "pages", ["scan_id", "state"])
    op.create_table(
        "items",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("page_id", sa.Integer, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("modified", sa.String(32), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("owner", sa.String(256), nullable=False),
        sa.Column("group_name", sa.String(256), nullable=False),
        sa.Column("file_id", sa.String(128), nullable=False),
        sa.Column("links", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_items_source_id"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_items_page_id"),
        sa.UniqueConstraint("source_id", "path", name="uq_items_source_id_path"),
    )
    op.create_index("ix_items_page_id", "items", ["page_id"])
    op.create_index("ix_items_state", "items", ["state"])
    op.create_index("ix_items_sha256", "items", ["sha256"])
    op.create_index("ix_items_source_id_file_id", "items", ["source_id", "file_id"])
    op.create_table(
        "inspections",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("family", sa.String(16), nullable=False),
        sa.Column("error", sa.String(40), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sha256", "revision", name="pk_inspections"),
    )
    op.create_index("ix_inspections_kind", "inspections", ["kind"])
