"""Tenants of Microsoft 365: people, licences, use, sites, drives and what is in them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "tenants",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("throttled_until", sa.String(32), nullable=False, server_default=""),
        sa.Column("concealed", sa.Boolean),
        sa.Column("sharing", sa.String(48), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_tenants"),
        sa.UniqueConstraint("name", name="uq_tenants_name"),
    )
    op.create_table(
        "tenant_runs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("tenant_id", sa.Integer, nullable=False),
        sa.Column("started", sa.String(32), nullable=False),
        sa.Column("finished", sa.String(32)),
        sa.Column("spent", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_tenant_runs_tenant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tenant_runs"),
    )
    op.create_table(
        "tenant_work",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("tenant_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("rank", sa.SmallInteger, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("attempts", sa.SmallInteger, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_tenant_work_tenant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tenant_work"),
        sa.UniqueConstraint("tenant_id", "kind", "key", name="uq_tenant_work_tenant_id_kind_key"),
    )
    op.create_index(
        "ix_tenant_work_tenant_id_state_rank_id", "tenant_work", ["tenant_id", "state", "rank", "id"]
    )
    op.create_table(
        "tenant_gaps",
        sa.Column("tenant_id", sa.Integer, nullable=False),
        sa.Column("area", sa.String(24), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(24), nullable=False),
        sa.Column("permission", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_tenant_gaps_tenant_id"),
        sa.PrimaryKeyConstraint("tenant_id", "area", name="pk_tenant_gaps"),
    )
    op.create_table(
        "tenant_errors",
        sa.Column("tenant_id", sa.Integer, nullable=False),
        sa.Column("call", sa.String(24), nullable=False),
        sa.Column("status", sa.SmallInteger, nullable=False),
        sa.Column("code", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("last", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_tenant_errors_tenant_id"),
        sa.PrimaryKeyConstraint("tenant_id", "call", "status", "code", name="pk_tenant_errors"),
    )
    op.create_table(
        "tenant_people",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("tenant_id", sa.Integer, nullable=False),
        sa.Column("entra", sa.Text, nullable=False),
        sa.Column("run_id", sa.Integer),
        sa.Column("gone", sa.Boolean, nullable=False, server_default="0"),
        sa.Column("upn", sa.Text),
        sa.Column("department", sa.Text),
        sa.Column("enabled", sa.Boolean),
        sa.Column("kind", sa.String(8)),
        sa.Column("usage_location", sa.String(8)),
        sa.Column("data_location", sa.String(16)),
        sa.Column("created_us", sa.BigInteger),
        sa.Column("sid", sa.Text),
        sa.Column("account", sa.Text),
        sa.Column("signed_in_us", sa.BigInteger),
        sa.Column("background_us", sa.BigInteger),
        sa.Column("succeeded_us", sa.BigInteger),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_tenant_people_tenant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tenant_people"),
        sa.UniqueConstraint("tenant_id", "entra", name="uq_tenant_people_tenant_id_entra"),
    )
    op.create_index("ix_tenant_people_sid", "tenant_people", ["sid"])
    op.create_table(
        "tenant_skus",
        sa.Column("tenant_id", sa.Integer, nullable=False),
        sa.Column("taken", sa.String(10), nullable=False),
        sa.Column("sku_id", sa.String(120), nullable=False),
        sa.Column("part_number", sa.String(80), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("applies_to", sa.String(16), nullable=False),
        sa.Column("enabled", sa.Integer, nullable=False),
        sa.Column("suspended", sa.Integer, nullable=False),
        sa.Column("warning", sa.Integer, nullable=False),
        sa.Column("locked_out", sa.Integer, nullable=False),
        sa.Column("consumed", sa.Integer, nullable=False),
        sa.Column("plans", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_tenant_skus_tenant_id"),
        sa.PrimaryKeyConstraint("tenant_id", "taken", "sku_id", name="pk_tenant_skus"),
    )
    op.create_table(
        "tenant_licences",
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("sku_id", sa.String(120), nullable=False),
        sa.Column("by_group", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("error", sa.String(40), nullable=False),
        sa.Column("disabled", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["tenant_people.id"], name="fk_tenant_licences_person_id"),
        sa.PrimaryKeyConstraint("person_id", "sku_id", "by_group", name="pk_tenant_licences"),
    )
    op.create_index("ix_tenant_licences_sku_id", "tenant_licences", ["sku_id"])
    op.create_table(
        "tenant_groups",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("tenant_id", sa.Integer, nullable=False),
        sa.Column("entra_group", sa.String(40), nullable=False),
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("unified", sa.Boolean, nullable=False),
        sa.Column("security", sa.Boolean, nullable=False),
        sa.Column("team", sa.Boolean, nullable=False),
        sa.Column("data_location", sa.String(16), nullable=False),
        sa.Column("licences", sa.Text, nullable=False),
        sa.Column("channels", sa.Integer),
        sa.Column("plans", sa.Integer),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_tenant_groups_tenant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tenant_groups"),
        sa.UniqueConstraint("tenant_id", "entra_group", name="uq_tenant_groups_tenant_id_entra_group"),
    )
    op.create_table(
        "tenant_usage",
        sa.Column("tenant_id", sa.Integer, nullable=False),
        sa.Column("report", sa.String(16), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("refreshed", sa.String(10), nullable=False),
        sa.Column("person_id", sa.Integer),
        sa.Column("figures", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_tenant_usage_tenant_id"),
        sa.PrimaryKeyConstraint("tenant_id", "report", "subject", name="pk_tenant_usage"),
    )
    op.create_table(
        "tenant_sites",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("tenant_id", sa.Integer, nullable=False),
        sa.Column("site", sa.Text, nullable=False),
        sa.Column("site_guid", sa.Text, nullable=False),
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("personal", sa.Boolean, nullable=False),
        sa.Column("archived", sa.String(24), nullable=False),
        sa.Column("data_location", sa.String(16), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_tenant_sites_tenant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tenant_sites"),
        sa.UniqueConstraint("tenant_id", "site", name="uq_tenant_sites_tenant_id_site"),
    )
    op.create_table(
        "tenant_drives",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("tenant_id", sa.Integer, nullable=False),
        sa.Column("drive", sa.Text, nullable=False),
        sa.Column("site_id", sa.Integer),
        sa.Column("site_guid", sa.Text, nullable=False),
        sa.Column("person_id", sa.Integer),
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("used_bytes", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("generation", sa.SmallInteger, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_tenant_drives_tenant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tenant_drives"),
        sa.UniqueConstraint("tenant_id", "place", name="uq_tenant_drives_tenant_id_place"),
        sa.UniqueConstraint("tenant_id", "drive", name="uq_tenant_drives_tenant_id_drive"),
    )
    op.create_table(
        "drive_items",
        sa.Column("drive_id", sa.Integer, nullable=False),
        sa.Column("item", sa.String(128), nullable=False),
        sa.Column("parent", sa.String(128), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("modified_us", sa.BigInteger),
        sa.Column("created_us", sa.BigInteger),
        sa.Column("creator_id", sa.Integer),
        sa.Column("shared", sa.SmallInteger, nullable=False),
        sa.Column("quick_xor", sa.LargeBinary),
        sa.Column("generation", sa.SmallInteger, nullable=False),
        sa.PrimaryKeyConstraint("drive_id", "item", name="pk_drive_items"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_drive_items_parent", "drive_items", ["parent", "drive_id"])
    op.create_index("ix_drive_items_quick_xor", "drive_items", ["quick_xor"])
    op.create_index("ix_drive_items_size_bytes", "drive_items", ["size_bytes"])
    op.create_table(
        "quick_xors",
        sa.Column("item_id", sa.Integer, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("modified_us", sa.BigInteger),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_quick_xors"),
    )
    op.create_index("ix_quick_xors_digest", "quick_xors", ["digest"])
