"""The rule that gives a document its class, files that programs read or write, totals by rule."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("inspections", sa.Column("rule", sa.String(32), nullable=False, server_default=""))
    op.create_table(
        "interfaces",
        sa.Column("item_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("rule", sa.String(32), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_interfaces"),
    )
    op.create_table(
        "rule_totals",
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("area_id", sa.Integer, nullable=False),
        sa.Column("rule", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("risk", sa.String(12), nullable=False),
        sa.Column("files", sa.Integer, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_rule_totals_source_id", "rule_totals", ["source_id"])
    # totals without rules are those of an earlier program: they are made again
    op.execute("DELETE FROM summaries")
