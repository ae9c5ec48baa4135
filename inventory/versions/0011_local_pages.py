"""The local pages: who opened which document, and verdicts by which the ledger is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_VERDICTS = ("converted_with_losses", "converted", "needs_a_person", "refused", "failed")


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

    op.add_column("jobs", sa.Column("verdict", sa.String(24), nullable=False, server_default=""))
    for verdict in _VERDICTS:  # quotes within a text of the document are escaped, so this is never a text's
        told = f'%"verdict": "{verdict}"%'
        op.execute(
            sa.text("UPDATE jobs SET verdict = :verdict WHERE outcome LIKE :told").bindparams(
                verdict=verdict, told=told
            )
        )
    op.create_index("ix_jobs_verdict_finished", "jobs", ["verdict", "finished", "id"])
    op.create_index("ix_jobs_run_id_verdict", "jobs", ["run_id", "verdict", "finished", "id"])
