"""The ledger: runs and jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_CLAIMED = sa.text("state IN ('running', 'placing')")


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("host", sa.String(256), nullable=False),
        sa.Column("process", sa.Integer, nullable=False),
        sa.Column("process_started", sa.Float, nullable=False),
        sa.Column("started", sa.String(32), nullable=False),
        sa.Column("heartbeat", sa.Float, nullable=False),
        sa.Column("finished", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("run_id", sa.String(32), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("source_sha256", sa.String(64), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("options", sa.String(400), nullable=False),
        sa.Column("output_revision", sa.Integer, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("staging", sa.Text, nullable=False),
        sa.Column("target_sha256", sa.String(64), nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("conversions", sa.Integer, nullable=False),
        sa.Column("finished", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_jobs_run_id"),
        sa.UniqueConstraint("target", "source_sha256", "options", "output_revision", name="uq_jobs_key"),
    )
    op.create_index("ix_jobs_run_id_state", "jobs", ["run_id", "state"])
    op.create_index(
        "ix_jobs_claimed_target",
        "jobs",
        ["target"],
        unique=True,
        sqlite_where=_CLAIMED,
        postgresql_where=_CLAIMED,
    )
