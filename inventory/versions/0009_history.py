"""What happened to a file, asked by its path, name, bytes, owner or day."""

import sqlalchemy as sa
from alembic import op

from inventory.columns import restored_path, stored_path
from inventory.names import known_name

revision = "0009"
down_revision = "0008"

_ROWS = 20_000


def upgrade() -> None:
    for column in ("source_name", "target_name"):
        op.add_column("jobs", sa.Column(column, sa.Text, nullable=False, server_default=""))
    _name_jobs(op.get_bind())
    for column, beside in (("source", ()), ("source_name", ("source",)), ("target_name", ("target",))):
        op.create_index(
            f"ix_jobs_{column}",
            "jobs",
            [column, "finished", *beside],
            postgresql_ops={column: "text_pattern_ops"},
        )
    op.create_index("ix_jobs_source_sha256", "jobs", ["source_sha256"])
    op.create_index("ix_jobs_finished", "jobs", ["finished"])
    op.create_index("ix_items_owner_id", "items", ["owner_id"])
    meant = sa.text("item_id IS NOT NULL")
    op.create_index(
        "ix_link_targets_item_id", "link_targets", ["item_id"], sqlite_where=meant, postgresql_where=meant
    )


def _name_jobs(connection: sa.Connection) -> None:
    read = sa.text("SELECT id, source, target FROM jobs WHERE id > :last ORDER BY id LIMIT :rows")
    write = sa.text("UPDATE jobs SET source_name = :source, target_name = :target WHERE id = :id")
    last = 0
    while rows := connection.execute(read, {"last": last, "rows": _ROWS}).all():
        connection.execute(
            write,
            [{"id": row.id, "source": _name(row.source), "target": _name(row.target)} for row in rows],
        )
        last = rows[-1].id


def _name(path: str) -> str:
    return stored_path(known_name(restored_path(path)))
