"""Readings by hand, planned outages and all-clears."""

import sqlalchemy as sa
from alembic import op

from data.column_types import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def _number(name: str) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, autoincrement=True, nullable=False)


def _scope() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("region_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=48), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "manual_readings",
        _number("reading_id"),
        *_scope(),
        sa.Column("gauge_id", sa.String(length=64), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("read_by", sa.String(length=80), nullable=False),
        sa.Column("entered_by", sa.String(length=80), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=80), nullable=False),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("pk_manual_readings")),
    )
    op.create_index(
        op.f("ix_manual_readings_region_id_scope_read_at"),
        "manual_readings",
        ["region_id", "scope", "read_at"],
    )
    op.create_table(
        "planned_outages",
        _number("outage_id"),
        *_scope(),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("start_at", UtcDateTime(), nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("set_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("outage_id", name=op.f("pk_planned_outages")),
    )
    op.create_index(
        op.f("ix_planned_outages_region_id_scope_until_at"),
        "planned_outages",
        ["region_id", "scope", "until_at"],
    )
    op.create_table(
        "all_clears",
        _number("clear_id"),
        *_scope(),
        sa.Column("area", sa.String(length=140), nullable=False),
        sa.Column("area_name", sa.String(length=200), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("wall_at", UtcDateTime(), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.JSON(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("override_reason", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("clear_id", name=op.f("pk_all_clears")),
    )
    op.create_index(
        op.f("ix_all_clears_region_id_scope_given_at"),
        "all_clears",
        ["region_id", "scope", "given_at"],
    )


def downgrade() -> None:
    op.drop_table("all_clears")
    op.drop_table("planned_outages")
    op.drop_table("manual_readings")
