"""Rain pictures of the region and notes of the duty officer."""

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rain_pictures",
        sa.Column("region_id", sa.String(length=64), nullable=False),
        sa.Column("ends_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("analysed_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("region_id", "ends_at", name=op.f("pk_rain_pictures")),
    )
    op.create_table(
        "duty_notes",
        sa.Column(
            "note_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("region_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=48), nullable=False),
        sa.Column("written_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("valid_until", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", data.column_types.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_duty_notes")),
    )
    op.create_index(
        op.f("ix_duty_notes_region_id_scope_written_at"),
        "duty_notes",
        ["region_id", "scope", "written_at"],
    )


def downgrade() -> None:
    op.drop_table("duty_notes")
    op.drop_table("rain_pictures")
