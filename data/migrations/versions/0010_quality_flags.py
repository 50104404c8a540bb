"""Findings of the quality tests and flags by hand."""

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "quality_flags",
        sa.Column("finding_id", number, autoincrement=True, nullable=False),
        sa.Column("datastream_id", sa.Integer(), nullable=False),
        sa.Column("start_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("end_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("test", sa.String(length=20), nullable=False),
        sa.Column("flag", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("made_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("config", sa.String(length=12), nullable=False),
        sa.Column("withdrawn_at", data.column_types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["datastream_id"],
            ["datastreams.datastream_id"],
            name=op.f("fk_quality_flags_datastream_id_datastreams"),
        ),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_quality_flags")),
    )
    automatic = sa.text("test <> 'manual'")
    op.create_index(
        "uq_quality_flags_automatic",
        "quality_flags",
        ["datastream_id", "start_at", "test"],
        unique=True,
        sqlite_where=automatic,
        postgresql_where=automatic,
    )
    op.create_index(op.f("ix_quality_flags_test_end_at"), "quality_flags", ["test", "end_at"])
    op.create_index(op.f("ix_quality_flags_start_at"), "quality_flags", ["start_at"])


def downgrade() -> None:
    op.drop_table("quality_flags")
