"""Imported indicators of municipalities."""

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "indicators",
        sa.Column("indicator_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("licence", sa.String(length=100), nullable=False),
        sa.Column("imported_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("imported_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("indicator_id", name=op.f("pk_indicators")),
    )
    op.create_table(
        "indicator_values",
        sa.Column(
            "value_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("indicator_id", sa.String(length=64), nullable=False),
        sa.Column("ags", sa.String(length=12), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("imported_at", data.column_types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["indicators.indicator_id"],
            name=op.f("fk_indicator_values_indicator_id_indicators"),
        ),
        sa.PrimaryKeyConstraint("value_id", name=op.f("pk_indicator_values")),
    )
    op.create_index(
        op.f("ix_indicator_values_indicator_id_ags_period_imported_at"),
        "indicator_values",
        ["indicator_id", "ags", "period", "imported_at"],
    )


def downgrade() -> None:
    op.drop_table("indicator_values")
    op.drop_table("indicators")
