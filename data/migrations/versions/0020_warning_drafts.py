"""Drafts of public warnings with their history."""

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "warning_drafts",
        sa.Column("identifier", sa.String(length=120), nullable=False),
        sa.Column("region_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=48), nullable=False),
        sa.Column("chain", sa.String(length=120), nullable=False),
        sa.Column("sender", sa.String(length=120), nullable=False),
        sa.Column("sent_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("msg_type", sa.String(length=10), nullable=False),
        sa.Column("expires_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("xml", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("made_at", data.column_types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("identifier", name=op.f("pk_warning_drafts")),
    )
    op.create_index(
        op.f("ix_warning_drafts_region_id_scope_chain"),
        "warning_drafts",
        ["region_id", "scope", "chain"],
    )


def downgrade() -> None:
    op.drop_table("warning_drafts")
