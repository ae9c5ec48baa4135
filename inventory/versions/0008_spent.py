"""What a tenant was asked for, by the hour: the service allows so many resource units a day."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "tenant_spent",
        sa.Column("tenant_id", sa.Integer, nullable=False),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.Column("units", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_tenant_spent_tenant_id"),
        sa.PrimaryKeyConstraint("tenant_id", "hour", name="pk_tenant_spent"),
    )
