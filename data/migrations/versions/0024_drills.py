"""Drills beside real operation, and the course of a replay's clock."""

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drills",
        sa.Column("drill_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("region_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("event", sa.JSON(), nullable=False),
        sa.Column("speed", sa.Float(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("asked_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("ended_at", data.column_types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("drill_id", name=op.f("pk_drills")),
    )
    op.create_index(op.f("ix_drills_region_id_asked_at"), "drills", ["region_id", "asked_at"])
    op.create_table(
        "drill_injections",
        sa.Column("injection_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("replay_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("gauge_id", sa.String(length=64), nullable=False),
        sa.Column("value_m", sa.Float(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("wall_at", data.column_types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("injection_id", name=op.f("pk_drill_injections")),
    )
    op.create_index(op.f("ix_drill_injections_replay_id"), "drill_injections", ["replay_id"])
    op.add_column(
        "replays", sa.Column("course", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
    )


def downgrade() -> None:
    op.drop_column("replays", "course")
    op.drop_table("drill_injections")
    op.drop_table("drills")
