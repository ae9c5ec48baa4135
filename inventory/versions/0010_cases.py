"""Cases of the helpdesk, and alerts that IT has dealt with."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("finished", sa.String(32), nullable=False),
        sa.Column("visitor", sa.Text, nullable=False),
        sa.Column("visitor_key", sa.Text, nullable=False),
        sa.Column("ticket", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.LargeBinary),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("symptom", sa.String(24), nullable=False),
        sa.Column("verdict", sa.String(24), nullable=False),
        sa.Column("cause", sa.String(40), nullable=False),
        sa.Column("actions", sa.Text, nullable=False),
        sa.Column("target_sha256", sa.LargeBinary),
        sa.Column("deleted", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    op.create_index("ix_cases_created", "cases", ["created"])
    op.create_index("ix_cases_visitor_key", "cases", ["visitor_key", "created"])
    op.create_table(
        "handled_alerts",
        sa.Column("cause", sa.String(40), nullable=False),
        sa.Column("handled", sa.String(32), nullable=False),
        sa.Column("visitor", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("cause", name="pk_handled_alerts"),
    )
