"""Who opened which document on the local pages, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "document_openings",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("moment", sa.String(32), nullable=False),
        sa.Column("visitor", sa.Text, nullable=False),
        sa.Column("action", sa.String(12), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.LargeBinary),
        sa.Column("case_id", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_document_openings"),
    )
    op.create_index("ix_document_openings_sha256", "document_openings", ["sha256"])
